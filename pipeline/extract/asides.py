"""What may be left out of a sentence without changing who moves where: clauses and appositions between two marks."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extract.mentions import Sentence, Window

_RELATIVES = frozenset({"who", "whose", "whom", "which"})
_LINKS = frozenset("of to in for with under from by at".split())  # "to whom", "under which"
_OPENS_APPOSITION = frozenset(
    "a an the its his her their our one former formerly previously currently now then aged until most also".split()
)
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_SAYING = frozenset("said says say added adds wrote told".split())
_DASHES = frozenset({"-", "--", "–", "—"})
_LONGEST_CLAUSE = 34  # words of ", who has run its consumer division since 2014 and sits on the board,"
_LONGEST_APPOSITION = 18
_LONGEST_BRACKET = 14
_LONGEST_SAYING = 8


def asides(window: Window, sentence: Sentence) -> list[tuple[int, int]]:
    """The token ranges of a sentence's asides with the mark that opens each and the mark that closes it, in order.

    None overlaps another; a range that a person's own description needs, "its treasurer, Roe," is none.
    """
    found: list[tuple[int, int]] = []
    behind = sentence.first
    for first, last in _all(window, sentence):
        if first >= behind:
            found.append((first, last))
            behind = last
    return found


def _all(window: Window, sentence: Sentence) -> Iterator[tuple[int, int]]:
    for index in range(sentence.first + 1, sentence.last - 2):
        word, closing = window.words[index], None
        if word == ",":
            closing = _behind_comma(window, sentence, index)
        elif word == "(":
            closing = _closing(window, sentence, index, frozenset({")"}), _LONGEST_BRACKET)
        elif word in _DASHES:
            closing = _closing(window, sentence, index, _DASHES, _LONGEST_CLAUSE)
            apart = closing is not None and window.doc[index - 1].whitespace_ and window.doc[closing - 1].whitespace_
            closing = closing if apart else None
        if closing is not None:
            yield index, closing + 1


def _closing(window: Window, sentence: Sentence, opening: int, marks: frozenset[str], longest: int) -> int | None:
    limit = min(opening + longest + 2, sentence.last - 1)
    return next((i for i in range(opening + 2, limit) if window.words[i] in marks), None)


def _behind_comma(window: Window, sentence: Sentence, opening: int) -> int | None:
    """The comma that closes what a comma opens, where that is a relative clause, an apposition or who says so."""
    lows, doc = window.lows, window.doc
    relative = lows[opening + 1] in _RELATIVES or (lows[opening + 1] in _LINKS and lows[opening + 2] in _RELATIVES)
    acts = False
    for index in range(opening + 1, min(opening + _LONGEST_CLAUSE + 2, sentence.last - 1)):
        if window.words[index] in (";", ":", '"', "“", "”"):
            return None
        acts = acts or doc[index].tag_ in _FINITE
        if window.words[index] != ",":
            continue
        inside = range(opening + 1, index)
        if relative:
            if acts:
                return index
            continue  # "who, at 51, is"
        if len(inside) <= _LONGEST_SAYING and not _SAYING.isdisjoint(lows[opening + 1 : index]):
            return index
        named = window.name_at.get(opening - 1)
        told = named is not None and lows[opening + 1] in _OPENS_APPOSITION and not acts
        return index if told and len(inside) <= _LONGEST_APPOSITION else None
    return None


def kept_words(window: Window, sentence: Sentence, left_out: list[tuple[int, int]]) -> list[int]:
    """The tokens of a sentence without its asides.

    The closing comma stays where the sentence needs one: in an enumeration, and behind a name between commas.
    """
    gone: set[int] = set()
    for first, last in left_out:
        gone.update(range(first, last))
        if window.words[last - 1] == "," and _needs_comma(window, sentence, first, last):
            gone.discard(last - 1)
    return [index for index in range(sentence.first, sentence.last) if index not in gone]


def _needs_comma(window: Window, sentence: Sentence, first: int, last: int) -> bool:
    if last >= sentence.last:
        return False
    if last in window.name_at or window.lows[last] in ("and", "or", "a", "an"):
        return True
    name = window.name_at.get(first - 1)
    return name is not None and name.first > sentence.first and window.words[name.first - 1] == ","
