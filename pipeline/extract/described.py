"""Employers that a title names by a common noun: "adviser to the bank", "the anti-graft agency's head"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.extract.anaphors import anaphors
from pipeline.extract.mentions import Title, Window
from pipeline.extract.name_runs import name_data

if TYPE_CHECKING:
    from spacy.tokens import Token

_LINKS = frozenset(["of", "at", "for", "to", "with"])
_WHERE = frozenset("country nation state city town county province region island borough government world".split())
_DEFINITE = frozenset(["the", "this", "that"])
_LONGEST = 6  # words of a description
_MODIFIER_TAGS = frozenset(["JJ", "JJS", "NN", "NNP", "NNS", "VBN", "VBG", "HYPH", "CD", "POS"])
# What marks out no organisation from others: "the same company", "the 40-year-old firm".
_IDLE = frozenset("same whole entire troubled struggling ailing embattled giant - based".split())


@dataclass(frozen=True, slots=True)
class Description:
    """The noun for an employer, and the words before it that say which one, in small letters.

    `first` is the token at which they start.
    """

    noun: Token
    modifiers: tuple[str, ...]
    first: int
    located: bool = False  # all that says which one is a place: "the Gateshead brewer"


def employer_described(window: Window, title: Title) -> Description | None:
    """How a title's wording describes the employer without a name; none where it does not, or gives a name."""
    sentence = window.sentence_of(title.first)
    behind = _behind(window, title, sentence.last)
    return behind if behind is not None else _before(window, title, sentence.first)


def of_unnamed_employer(window: Window, title: Title) -> bool:
    """Whether a title is one at an employer that nobody names: "head of a trade union"; not "of a bank, Acme"."""
    limit = window.sentence_of(title.first).last
    for index in range(title.first + 1, min(title.last + 1, limit - 2)):
        if window.lows[index] not in _LINKS or window.lows[index + 1] not in _INDEFINITE:
            continue
        for noun in range(index + 2, min(index + 2 + _LONGEST, limit)):
            token = window.doc[noun]
            if noun in window.name_at and not window.name_at[noun].weak:
                return False
            if window.lows[noun : noun + 3] == ["start", "-", "up"]:
                return not any(i in window.name_at for i in range(noun + 3, min(noun + 5, limit)))
            if noun + 1 < limit and window.doc[noun + 1].tag_ in _MODIFIER_TAGS:
                continue
            behind = next(
                (window.name_at[i] for i in range(noun + 1, min(noun + 3, limit)) if i in window.name_at), None
            )
            named = behind is not None and behind.kind == "org" and not behind.weak
            return token.lower_ in _nouns() and not named
    return False


_INDEFINITE = frozenset({"a", "an", "another"})


def is_marked_out(window: Window, noun: Token) -> bool:
    """Whether nouns before a definite noun say which one is meant: "the pilots' union"; not "the creative agency"."""
    first = noun.i
    start = window.sentence_of(noun.i).first
    while first > start and window.doc[first - 1].tag_ in _MODIFIER_TAGS and window.words[first - 1] != ",":
        first -= 1
    own = [index for index in range(first, noun.i) if window.lows[index] not in _IDLE]
    nominal = any(window.doc[index].tag_ in ("NN", "NNS", "POS") for index in own)
    return nominal and not any(index in window.name_at for index in own)


def _nouns() -> frozenset[str]:
    return anaphors() | name_data("kinds") | name_data("public_bodies")


def _behind(window: Window, title: Title, limit: int) -> Description | None:
    """ "consultant to the Gateshead brewer", within the title or right behind it."""
    for index in range(title.first + 1, min(title.last + 1, limit - 2)):
        if window.lows[index] in _LINKS and window.lows[index + 1] in _DEFINITE:
            return _read(window, index + 2, limit)
    return None


def _read(window: Window, first: int, limit: int) -> Description | None:
    for index in range(first, min(first + _LONGEST, limit)):
        token = window.doc[index]
        name = window.name_at.get(index)
        if name is not None and not (name.kind == "org" and name.weak):
            return None
        if window.lows[index] in _WHERE and window.lows[index + 1 : index + 2] in (["'s"], ["’s"]):
            continue
        last = index + 1 >= limit or window.doc[index + 1].tag_ not in _MODIFIER_TAGS or window.lows[index + 1] == "'s"
        if last:
            return _described(window, first, token) if token.lower_ in _nouns() else None
        if token.tag_ not in _MODIFIER_TAGS:
            return None
    return None


def _before(window: Window, title: Title, start: int) -> Description | None:
    """ "the anti-graft agency's head"; not "the agency's new head of sales", which is the same, nor "Acme's head"."""
    index = title.first - 1
    while index > start and window.doc[index].tag_ in ("JJ", "VBN") and index not in window.name_at:
        index -= 1
    if index - 1 <= start or window.lows[index] not in ("'s", "’s", "'", "’"):
        return None
    noun = index - 1
    if noun in window.name_at or window.lows[noun] not in _nouns():
        return None
    for first in range(noun, max(noun - _LONGEST, start - 1), -1):
        name = window.name_at.get(first)
        if name is not None and not (name.kind == "org" and name.weak):
            return None
        if window.lows[first] in _DEFINITE:
            return _described(window, first + 1, window.doc[noun])
    return None


def _described(window: Window, first: int, noun: Token) -> Description:
    places = [index for index in range(first, noun.i) if index in window.name_at]
    own = [index for index in range(first, noun.i) if window.lows[index] not in _IDLE]
    return Description(noun, tuple(window.lows[i] for i in own), own[0] if own else noun.i, bool(own) and places == own)
