"""Beside what a title stands: the preposition that introduces it, and the titles that go on behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.date_forms import MONTH_WORDS
from pipeline.extract.mentions import Sentence, Title, Window
from pipeline.extract.name_words import HONORIFICS
from pipeline.extract.title_links import in_one_enumeration

if TYPE_CHECKING:
    from spacy.tokens import Token

GAP = frozenset(
    "as to the a an its his her their post posts position positions role roles job jobs title titles "
    "additional added new newly created of become becomes be being from effective immediately permanent "
    "full-time vacant acting interim both one two also now and , 's ’s serve duties rank office "
    "function mr. ms. mrs. dr. - for at on last this yesterday today".split()
)


def closes_clause(window: Window, title: Title) -> bool:
    """Whether a new clause follows a title: "was elected president and Kim was re-elected treasurer"."""
    if window.lows[title.last : title.last + 1] not in (["and"], ["while"]):
        return False
    name = window.name_at.get(title.last + 1)
    return name is not None and name.kind == "person" and name.last < len(window.doc)


def marker_of(window: Window, title: Title) -> str:
    """The preposition that introduces a title, articles, organisations and "post of" skipped."""
    doc, index = window.doc, title.first - 1
    sentence = window.sentence_of(title.first)
    for _ in range(10):
        if index < sentence.first:
            return ""
        lowered = window.lows[index]
        bare = index == title.first - 1 and closes_clause(window, title)
        opens = lowered == "as" and doc[index].dep_ == "mark" and doc[index].head.tag_ not in ("VB", "VBG")
        if opens and not bare and not _is_only_clause(window, doc[index].head, sentence):
            return "clause"  # not "as chief officer to finish a book", "as chief officer, reporting to Roe"
        if lowered in ("as", "to", "become", "becoming", "from"):
            return "become" if lowered.startswith("becom") else lowered
        if (
            lowered == "of"
            and index
            and window.lows[index - 1]
            in ("post", "position", "role", "job", "title", "office", "posts", "duties", "titles", "rank", "capacity")
        ):
            return "to"
        name = window.name_at.get(index)
        if name is not None and name.kind == "org":
            index = name.first - 1
            continue
        if lowered not in GAP or lowered == ",":
            if (
                doc[index].tag_ in ("JJ", "NN", "NNP", "POS", "PRP$", "VBN")
                and name is None
                and index not in window.title_at
            ):
                index -= 1
                continue
            return ""
        index -= 1
    return ""


def _is_only_clause(window: Window, verb: Token, sentence: Sentence) -> bool:
    """Whether a sentence has no other finite verb, so "as" opens no clause: "Roe's exit as treasurer was noted"."""
    finite = (t for t in window.doc[sentence.first : sentence.last] if t.tag_ in ("VBD", "VBZ", "VBP", "MD"))
    return all(token == verb or token.head == verb for token in finite)


def following_titles(window: Window, title: Title, limit: int) -> list[Title]:
    """Titles coordinated with a complement: "president and chief executive", "director, and chairman of X"."""
    run, last = [], title
    for other in window.titles:
        if other.first < last.last or other.first >= limit:
            continue
        if other.first == last.last + 1 and other.text == "chair" and window.doc[last.last].tag_ == "POS":
            continue  # "the treasurer's chair"
        if window.words[last.last : other.first] == ["("] and window.words[other.last : other.last + 1] == [")"]:
            last = other  # "chief executive officer (CEO) and president"
            continue
        if not in_one_enumeration(window, last, other) or _opens_next(window, other) or _is_sought(window, other):
            break
        run.append(other)
        last = other
    return run


_LONGEST_BRACKET = 8  # words


def behind_bracket(window: Window, index: int, limit: int) -> int:
    """Where the text goes on behind a bracket that holds no title: "by Acme (NYSE: ACM) as treasurer"."""
    if window.words[index] != "(":
        return index
    for last in range(index + 1, min(index + _LONGEST_BRACKET, limit)):
        if window.words[last] == ")":
            return last + 1
        if last in window.title_at:
            break
    return index


_LONGEST_COUNT = 4  # words of "five other top"


def counts_others(window: Window, title: Title) -> bool:
    """Whether an office is that of others who are counted: "fired Roe and four other managers"."""
    if not title.mention.plural:
        return False
    for index in range(title.first - 1, max(title.first - 1 - _LONGEST_COUNT, 0), -1):
        if window.doc[index].tag_ == "CD":
            return window.lows[index - 1] in ("and", "plus")
        if window.doc[index].tag_ not in ("JJ", "NN", "HYPH", "VBN"):
            return False
    return False


_STAGE = frozenset(
    "on in from by at of the end start beginning next this year month later early mid effective , - also then".split()
)
_TIMES = frozenset(month.lower() for month in MONTH_WORDS) | frozenset(
    "monday tuesday wednesday thursday friday saturday sunday spring summer autumn fall winter year month".split()
)
_STAGE_REACH = 18  # words from an office, its firm and its day to the next office


def title_of_later_day(window: Window, title: Title, limit: int, marked: bool) -> Title | None:
    """The office of a second day: "will retire as chief of Acme on June 30 and as chairman on Dec. 31".

    Args:
        window: The window.
        title: The office of the first day.
        limit: Where the sentence ends.
        marked: Whether an "as" must stand before the second one.
    """
    company, index = title.company, title.last
    if company is not None and company.first >= index:
        index = company.last
    dated = False
    for other in window.titles_in(index, min(index + _STAGE_REACH, limit)):
        between = window.lows[index : other.first]
        if "and" not in between or _opens_next(window, other):
            return None
        joint = len(between) - 1 - between[::-1].index("and")
        for at, word in enumerate(between[:joint]):
            dated = dated or word in _TIMES or window.doc[index + at].tag_ == "CD"
            if not (word in _STAGE or word in _TIMES or window.doc[index + at].tag_ == "CD"):
                return None
        opening = between[joint + 1 :]
        told = ("as" in opening or not marked) and set(opening) <= {"as", "also", "then", "the", "its", "a", "an"}
        return other if dated and told else None
    return None


_SEARCHES = frozenset("position post role job search vacancy selection".split())


def _is_sought(window: Window, title: Title) -> bool:
    """Whether a title is what a search is for: "chair of the committee for the interim dean position"."""
    index = title.first - 1
    while index > 0 and window.lows[index] in ("the", "a", "an", "its", "their"):
        index -= 1
    return window.lows[index] == "for" and not _SEARCHES.isdisjoint(window.lows[title.last : title.last + 1])


def _opens_next(window: Window, title: Title) -> bool:
    """Whether a title opens what comes next: "and chairman Roe", "the partners said", "the publisher's flagship"."""
    index, doc = title.last, window.doc
    definite = title.first > 0 and doc[title.first - 1].lower_ in ("the", "its", "their", "'s", "’s")
    if definite and index + 1 < len(doc) and doc[index].tag_ == "POS":
        return doc[index + 1].lower_ not in _SEARCHES
    if definite and index + 1 < len(doc) and doc[index].text == ",":
        index += 1  # "and the agency's chairman, Kim, ..."
    index += index < len(doc) and window.lows[index].rstrip(".") in HONORIFICS  # "and chairman Mr Roe"
    name = window.name_at.get(index)
    says = index < len(window.doc) and window.lows[index] in ("said", "says", "say", "added")
    return says or (name is not None and name.kind == "person")
