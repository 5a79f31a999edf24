"""Persons named in one enumeration: "A, CFO of X, B and C"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.mentions import Name, Sentence, Window
from pipeline.extract.name_words import HONORIFICS

if TYPE_CHECKING:
    from spacy.tokens import Token


def coordinated_names(window: Window, name: Name, loose: bool = False) -> list[Name]:
    """Persons in one enumeration with a person, to its right, itself first ("A, CFO of X, B and C").

    Loose: the enumeration is announced ("including A, who left, and B from the Bolt team"), so that relative clauses
    and prepositional phrases may stand in it.
    """
    doc, run = window.doc, [name]
    sentence = window.sentence_of(name.first)
    index, separated = name.last, False
    employer = False  # behind "chairman of": what follows may be parts of a firm's name
    while index < sentence.last:
        token = doc[index]
        other = window.name_at.get(index)
        if other is not None and other.kind == "person":
            if not separated or (employer and other.last - other.first == 1) or _is_served(window, other):
                break
            if index and window.words[index - 1] == ";" and _opens_clause(window, other, sentence.last):
                break
            if _ends_opening(window, run, other, sentence):
                break
            run.append(other)
            index, separated = other.last, False
            continue
        if token.text in ("(", "[") and (closing := _bracket_end(window, index, sentence.last)) > index:
            index = closing
            continue
        employer = employer or (token.lower_ in ("of", "at") and index - 1 in window.title_at)
        if token.text in (",", "and", "&", ";", "/") or token.lower_ == "and":
            separated = True
        elif separated and (kin := _kin(window, index, sentence.last)) > index:
            index = kin
            continue
        elif loose and token.lower_ in ("who", "which", "whose"):
            index = _clause_end(window, index, sentence.last)
            continue
        elif token.lower_ == "who" and index and window.words[index - 1] == ",":
            closing = _clause_end(window, index, sentence.last)
            if window.lows[closing : closing + 2] != [",", "and"]:  # "A, who ran Acme, and B"
                closing = _next_item(window, index, sentence.last)
                if closing == index:
                    break
            index, separated = closing, True
            continue
        elif window.lows[index - 1 : index + 1] == ["well", "as"] and window.lows[index - 2] == "as":
            separated = True  # "A as well as B"
        elif window.lows[index : index + 2] in (["along", "with"], ["together", "with"]):
            separated = True
            index += 2
            continue
        elif loose and token.tag_ in (
            "NN",
            "NNS",
            "NNP",
            "NNPS",
            "JJ",
            "DT",
            "IN",
            "POS",
            "CD",
            "HYPH",
            "VBN",
        ):
            pass
        elif loose and index + 1 in window.title_at:
            pass  # "as works minister"
        elif not (
            index in window.title_at
            or (token.tag_ == "PRP$" and index + 1 in window.title_at)  # "A, its treasurer, and B"
            or other is not None
            or token.lower_
            in (
                "of",
                "at",
                "from",
                "the",
                "(",
                ")",
                "for",
                "a",
                "an",
                "as",
                "well",
            )
            or (token.lower_ == "from" and _is_org(window, index + 1))  # "hired A from Acme and B from Bolt"
            or token.lower_.rstrip(".") in HONORIFICS
            or token.like_num
            or token.text in "()[]"
        ):
            closing = _next_item(window, index, sentence.last)
            if closing == index:
                break
            index, separated = closing, True
            continue
        index += 1
    return run


_LONGEST_KIN = 3  # words of "his first wife", "her deputy"


def _kin(window: Window, index: int, limit: int) -> int:
    """Where the name starts in "Roe and his wife, A", "Roe and her deputy A"; `index` where nobody is named so."""
    if window.lows[index] not in ("his", "her") or window.lows[index - 1] != "and" or window.words[index - 2] == ",":
        return index  # behind a comma it may open a clause: "fired Roe, and his wife, A, spoke"
    for ahead in range(index + 1, min(index + 1 + _LONGEST_KIN, limit)):
        if window.doc[ahead].tag_ == "NN" and ahead + 1 < limit:
            at = ahead + 1 + (window.words[ahead + 1] == ",")
            name = window.name_at.get(at)
            if name is not None and name.kind == "person" and name.first == at:
                return at
        if not window.doc[ahead].is_lower or window.doc[ahead].tag_ not in ("NN", "JJ", "HYPH"):
            break
    return index


def _next_item(window: Window, index: int, limit: int) -> int:
    """The name behind the semicolon ahead, where a list goes on: "A, who runs Acme; Mr B, a lawyer"; else `index`."""
    mark = next((at for at in range(index, min(index + _ITEM_REACH, limit)) if window.words[at] == ";"), limit)
    if any(at in window.name_at and window.name_at[at].kind == "person" for at in range(index, mark)):
        return index
    ahead = mark + 1
    while ahead < min(mark + _OPENING, limit - 1) and ahead not in window.name_at and _opens_item(window, ahead):
        ahead += 1
    name = window.name_at.get(ahead)
    if name is None or name.kind != "person" or acts_behind(window, name):
        return index
    return index if window.lows[name.last : name.last + 1] in (["'s"], ["’s"]) else ahead


_OPENING = 5  # words of "and the Rev."


def _opens_item(window: Window, index: int) -> bool:
    """Whether a word may stand before the name of the next of a list: "and", "Mr", "Elder"."""
    return window.lows[index] in ("and", ".", '"', "“", "”") or window.doc[index].tag_ == "NNP"


_ITEM_REACH = 24  # words of ", who is chief executive of Acme, an alliance of 272 firms"


def _bracket_end(window: Window, index: int, limit: int) -> int:
    """Behind a bracket beside a name: "Ruth Adler (tax, London), Ben Cho (M&A)"; `index` if it holds a person."""
    for at in range(index + 1, min(index + _BRACKET_REACH, limit)):
        name = window.name_at.get(at)
        if name is not None and name.kind == "person":
            return index
        if window.words[at] in (")", "]"):
            return at + 1
    return index


_BRACKET_REACH = 16  # words in a bracket beside one of several names


def _is_served(window: Window, name: Name) -> bool:
    """Whether a name is that of whom the office before it serves: Kim of "an adviser to chief executive Kim"."""
    title = window.title_at.get(name.first - 1)
    return title is not None and "to" in window.lows[title.first + 1 : title.last]


def _is_org(window: Window, index: int) -> bool:
    name = window.name_at.get(index)
    return name is not None and name.kind == "org"


def _opens_clause(window: Window, name: Name, limit: int) -> bool:
    """Whether a name acts in a clause of its own: "replaced by A; B was let go"."""
    return name.last < limit and window.doc[name.last].tag_ in FINITE


_TIME_WORDS = frozenset("after before since later earlier into ago".split())


def begins_with_phrase(window: Window, first: int) -> bool:
    """Whether a sentence opens with a phrase that is not its subject: "With Roe gone,", "Ending months of talks,"."""
    doc = window.doc
    if first + 1 >= len(doc) or first in window.name_at:
        return False
    opening = doc[first]
    timed = opening.tag_ in ("NNS", "NN", "CD", "DT") and not _TIME_WORDS.isdisjoint(window.lows[first + 1 : first + 4])
    return opening.tag_ in ("IN", "VBG", "VBN", "RB", "RBR") or timed


def _ends_opening(window: Window, run: list[Name], other: Name, sentence: Sentence) -> bool:
    """Whether the comma before a name ends what opens a sentence: "Following the exit of Kim, Roe was named"."""
    before, doc = run[0], window.doc
    if len(run) > 1 or sentence.kind != "prose" or not begins_with_phrase(window, sentence.first):
        return False
    between = window.words[before.last : other.first]
    if (
        between.count(",") not in (1, _AGED)
        or between[-1:] != [","]
        or not {"and", "&", ";"}.isdisjoint(between)
        or not acts_behind(window, other)
    ):
        return False
    return not any(token.tag_ in FINITE for token in doc[sentence.first : before.first])


def acts_behind_phrase(window: Window, word: Token, other: Name) -> bool:
    """Whether the main clause starts at a name behind a comma: "After the exit of its chief, Roe was named".

    `word` ends the phrase before the comma.
    """
    subject = window.doc[other.last - 1]
    acts = subject.dep_ in ("nsubj", "nsubjpass") and _opens_clause(window, other, len(window.doc))
    if not acts or word.dep_ not in ("pobj", "appos") or not subject.head.is_ancestor(word):
        return False
    phrase = word
    while phrase.lower_ != "as" and phrase.head.i != subject.head.i:
        phrase = phrase.head
    return phrase.dep_ == "prep" and phrase.lower_ != "as"  # not "in her third year as chairman, Roe has"


_AGED = 2  # commas of ", 51, Roe"
_ASIDE = 20  # words of an apposition behind the subject: ", the bank's treasurer since 2019,"
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def acts_behind(window: Window, name: Name) -> bool:
    """Whether a finite verb stands right behind a name, or behind what commas part from it: "Roe, its chief, has"."""
    behind, limit = name.last, window.sentence_of(name.first).last
    if window.words[behind : behind + 1] == [","]:
        ahead = range(behind + 1, min(behind + _ASIDE, limit - 1))
        behind = next((i + 1 for i in ahead if window.words[i] == ","), behind)
    return behind < limit and window.doc[behind].tag_ in FINITE


def _clause_end(window: Window, index: int, limit: int) -> int:
    """Where a relative clause inside an enumeration ends: at the comma or "and" before the next name."""
    for position in range(index, limit - 1):
        if window.lows[position] in (",", "and", ";"):
            ahead = position + 1
            while ahead < limit and (
                window.lows[ahead] in ("and", ",", "also") or window.lows[ahead].rstrip(".") in HONORIFICS
            ):
                ahead += 1
            while ahead < limit - 1 and ahead - position < _DESCRIBED and _describes(window, ahead):
                ahead += 1
            name = window.name_at.get(ahead)
            title = window.title_at.get(ahead)
            if (name is not None and name.kind == "person") or (
                title is not None and title.last < limit and window.name_at.get(title.last) is not None
            ):
                return position
    return limit


_DESCRIBED = 5  # words from "and" to the name of "and the former lawmaker Jane Roe"


def _describes(window: Window, index: int) -> bool:
    """Whether a word stands before a name to say who it is: "lawmaker", "the former banker"."""
    if index in window.name_at or index in window.title_at:
        return False
    return window.doc[index].tag_ in ("NN", "JJ", "DT") and window.words[index].islower()
