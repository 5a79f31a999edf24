"""Names on lines of a list, where a title beside a name says that it is a person's: "Jane Roe – head of sales"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.extract.name_runs import is_place, is_town
from pipeline.extract.name_words import HONORIFICS, is_area_name, is_org_tail
from pipeline.names import is_given_name
from pipeline.titles import find_titles
from pipeline.titles.lexicon import lexicon

if TYPE_CHECKING:
    from pipeline.extract.mentions import Sentence, Window

_LONGEST = 240  # characters of a line
_WORD = r"[^\W\d_a-zß-öø-ÿ][\w’'.-]*"
NAME = rf"{_WORD}(?: (?:(?:de|del|der|van|von|bin|bint|al|la|di|da|dos|el) ){{0,2}}{_WORD}){{1,4}}"
_HONORIFIC = r"(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Sir|Dame)\.? )?"
_LEAD = r"[\s*_•·–—-]*(?:\(?\d{1,2}[.)]\s*)?[*_]{0,2}"
_BEFORE_TITLE = re.compile(
    rf"{_LEAD}{_HONORIFIC}(?P<name>{NAME})[*_]{{0,2}}(?:,[*_]{{0,2}} | [-–—] | as | to |: | ?\(| ?\| ?|\t+)"
)
_BEHIND_TITLE = re.compile(rf"[*_]{{0,2}}(?: [-–—] |: ?| ?\| ?|\t+)[*_]{{0,2}}{_HONORIFIC}(?P<name>{NAME})[*_.,; )]*$")
_BEFORE_FIRM = re.compile(rf"{_LEAD}{_HONORIFIC}(?P<name>{NAME}), (?:{_WORD}|&|of|and)(?: (?:{_WORD}|&|of|and))*\s*$")
_OPENS_TITLE = 6  # characters before a title: "the ", "new ", "as "


def lone_firms(window: Window) -> Iterator[tuple[int, int, str, str | None]]:
    """Firms that stand on a line of their own over what is told of them: "Marlow Housing Trust".

    Names of any shape are, where several stand so over persons' moves that name no firm.
    """
    headings = [span for number in range(len(window.sentences) - 1) if (span := _heading_of_move(window, number))]
    if len(headings) >= _LEAST_HEADINGS:
        yield from ((first, last, "org", None) for first, last in headings)
        return
    for number, sentence in enumerate(window.sentences[:-1]):
        if sentence.kind != "heading" or not _FEWEST < sentence.last - sentence.first <= _MOST:
            continue
        last = sentence.last
        while last > sentence.first and window.words[last - 1].isspace():
            last -= 1
        words = window.words[sentence.first : last]
        spelt = all(word[:1].isupper() or word in ("&", "and", "of", "the") for word in words)
        firm = spelt and len(words) > 1 and _ends_as_firm(words[-1]) and not is_area_name(" ".join(words))
        if firm and _heads(window, number):
            yield sentence.first, last, "org", None


def _heading_of_move(window: Window, number: int) -> tuple[int, int] | None:
    """The name that is a line over a sentence that tells a person's move, and no firm: "Wild Plum" over "Jane Roe"."""
    sentence, below = window.sentences[number], window.sentences[number + 1]
    if sentence.kind != "heading" or number + 1 not in window.candidate or number in window.candidate:
        return None
    words = window.words
    kept = [i for i in range(sentence.first, sentence.last) if not words[i].isspace() and words[i] not in _STARS]
    if not kept or kept[-1] + 1 - kept[0] != len(kept) or len(kept) > _MOST_OF_NAME:
        return None
    named = window.piece(kept[0], kept[-1] + 1)
    spelt = all(words[i][:1].isupper() or words[i][:1].isdigit() or words[i] in ("&", "and", "of") for i in kept)
    plain = is_given_name(words[kept[0]]) or is_area_name(named) or is_town(named) or find_titles(named)
    generic = any(window.lows[i] in _OF_COLUMNS for i in kept)
    if not spelt or plain or generic or (named.isupper() and len(named) > _LONGEST_ACRONYM):
        return None
    told = [ent for ent in window.doc.ents if below.first <= ent.start < below.last]
    opens = any(ent.label_ == "PERSON" and ent.start <= below.first + 1 for ent in told)
    return (kept[0], kept[-1] + 1) if opens and not any(ent.label_ == "ORG" for ent in told) else None


_LEAST_HEADINGS = 2
_MOST_OF_NAME = 5  # words
_LONGEST_ACRONYM = 4  # letters; what is longer and in capitals is a section: "BANKING"
_STARS = frozenset({"*", "**", "_", "__"})
_OF_COLUMNS = frozenset(
    "new moves movers people appointments appointed promotions promoted hires hired departures retirements joiners "
    "leavers news board staff team changes other others also more elsewhere the in on".split()
)


def _heads(window: Window, number: int) -> bool:
    """Whether a line stands over a sentence that may tell of a move, and tells of none itself."""
    return number + 1 in window.candidate and number not in window.candidate and number > 0


def _ends_as_firm(word: str) -> bool:
    """Whether a word ends the name of a firm, not that of a paper or of a part of something."""
    return is_org_tail(word) and word.lower() not in _PAPERS_AND_PARTS


_PAPERS_AND_PARTS = frozenset(
    "times journal press news records herald tribune gazette chronicle courier examiner sentinel inquirer telegraph "
    "newspapers school department committee council county district library archive archives center centre".split()
)
_FEWEST, _MOST = 1, 8  # words of a firm's line


def fills_line(window: Window, first: int, last: int) -> bool:
    """Whether a firm's name is all that stands on a line over a move."""
    sentence = window.sentence_of(first)
    if not _heads(window, window.sentence_at[first]):
        return False
    rest = [*window.words[sentence.first : first], *window.words[last : sentence.last]]
    return _ends_as_firm(window.words[last - 1]) and all(word.isspace() for word in rest)


@dataclass(frozen=True, slots=True)
class _Line:
    """A name's character range in the window, and whether its spelling or the model says that it is a person's."""

    number: int
    start: int
    end: int
    known: bool


def beside_titles(window: Window) -> Iterator[tuple[int, int, str, str | None]]:
    """The persons of list lines; one of no known given name only among others on the lines around it."""
    lines = [line for number in range(len(window.sentences)) for line in _line(window, number)]
    lines += _bare_names(window)
    for line in lines:
        near = (other for other in lines if other is not line and abs(other.number - line.number) == 1)
        if not (line.known or any(other.known for other in near)):
            continue
        span = window.doc.char_span(line.start, line.end)
        if span is None:
            continue
        before = window.lows[span.start - 1].rstrip(".") if span.start else ""
        yield span.start, span.end, "person", before if before in HONORIFICS else None


def _bare_names(window: Window) -> list[_Line]:
    """The lines of a list that are nothing but names, most of them surely persons'."""
    found: list[_Line] = []
    block: list[_Line] = []
    for number, sentence in enumerate([*window.sentences, None]):
        line = None
        if sentence is not None and sentence.kind != "prose" and sentence.first < sentence.last:
            text = window.piece(sentence.first, sentence.last)
            named = _BARE.match(text) if len(text) <= _LONGEST_BARE else None
            if named is not None and _may_be_person(named["name"]):
                base = window.starts[sentence.first]
                start, end = base + named.start("name"), base + named.end("name")
                marked = {ent.label_ for ent in window.doc.ents if ent.start_char < end and ent.end_char > start}
                known = "PERSON" in marked and is_given_name(named["name"].split()[0])
                line = _Line(number, start, end, known)
        if line is not None:
            block.append(line)
            continue
        if len(block) >= _LEAST_BARE and 2 * sum(other.known for other in block) >= len(block):
            found += block
        block = []
    return found


_BARE = re.compile(rf"{_LEAD}{_HONORIFIC}(?P<name>{NAME})[*_.,;\s]*$")
_LONGEST_BARE = 50  # characters of a line that is only a name
_LEAST_BARE = 3  # lines


def _line(window: Window, number: int) -> Iterator[_Line]:
    sentence = window.sentences[number]
    if sentence.end - sentence.start > _LONGEST or sentence.first >= sentence.last:
        return
    prose = sentence.kind == "prose"
    alone = not prose or (_is_whole_line(window, number) and not _has_clause(window, sentence))
    found = _name_on(window.piece(sentence.first, sentence.last)) if alone else None
    if found is None:
        return
    base = window.starts[sentence.first]
    start, end = base + found[0], base + found[1]
    name = window.text[start:end]
    if not _may_be_person(name):
        return
    at = window.doc.char_span(start, end)
    if at is None or at[0].tag_ in _VERBS:
        return  # "Succeeding Jane Roe as chairman is"
    marked = {ent.label_ for ent in window.doc.ents if ent.start_char < end and ent.end_char > start}
    yield _Line(number, start, end, "PERSON" in marked or is_given_name(name.split()[0]))


_VERBS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "MD"})
_FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})


def _has_clause(window: Window, sentence: Sentence) -> bool:
    return any(token.tag_ in _FINITE for token in window.doc[sentence.first : sentence.last])


def _is_whole_line(window: Window, number: int) -> bool:
    """Whether no other sentence stands on the line of one: "Jane Roe, treasurer."."""
    sentence = window.sentences[number]
    opens = sentence.first == 0 or "\n" in window.words[sentence.first - 1]
    closes = sentence.last >= len(window.words) or "\n" in window.words[sentence.last - 1]
    return opens and closes


def _name_on(line: str) -> tuple[int, int] | None:
    """Where the name stands on a line of a name and a title, in either order."""
    alone = _BEFORE_FIRM.match(line)
    if alone is not None and is_given_name(alone["name"].split()[0]) and not _may_be_office(line):
        return alone.span("name")
    if not _may_be_office(line):
        return None
    opening = _BEFORE_TITLE.match(line)
    if opening is not None:
        behind = find_titles(line[opening.end() :])
        if behind and behind[0].start <= _OPENS_TITLE:
            return opening.span("name")
    titles = find_titles(line)
    if titles and titles[0].start <= _OPENS_TITLE:
        closing = _BEHIND_TITLE.match(line, titles[0].end)
        if closing is not None:
            return closing.span("name")
    return None


def _may_be_office(line: str) -> bool:
    return lexicon().gate.search(line.lower()) is not None


def _may_be_person(name: str) -> bool:
    words = name.split()
    told = find_titles(name)
    return not (
        any(is_org_tail(word) for word in words)
        or is_place(name)
        or words[-1].lower() in lexicon().places
        or (told and told[0].start == 0)
        or any(word.isupper() and len(word) > 3 for word in words)
    )
