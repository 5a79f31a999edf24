"""What an organisation is, told beside it: "joins Acme, the newsletter publisher", "moves to its parent, Acme,"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.common_nouns import common_nouns
from pipeline.extract.mentions import Name, Title, Window

if TYPE_CHECKING:
    from spacy.tokens import Token

_ARTICLES = frozenset({"a", "an", "the"})
_MODIFIERS = ("JJ", "JJR", "JJS", "NN", "NNS", "NNP", "VBN", "VBG", "HYPH", "CD", "RB", "POS")
_OF_PERSONS = frozenset({"board", "chief", "president", "vice_president"})  # levels that no firm has
_LONGEST_MODIFIER = 8  # words such as "the Leeds-based home" before "builder"


def describes_firm(window: Window, title: Title) -> bool:
    """Whether a title stands in an apposition that opens behind an organisation: "Acme, an adviser to funds"."""
    if title.mention.level in _OF_PERSONS:
        return False  # "elected Roe, president of Acme, a director"
    opening = max(title.first - _LONGEST_MODIFIER, 1)
    for index in range(title.first - 1, opening, -1):
        if window.lows[index] in _ARTICLES:
            firm = window.name_at.get(index - 2) if window.words[index - 1] == "," else None
            return firm is not None and firm.kind == "org" and not firm.weak
        if window.doc[index].tag_ not in _MODIFIERS:
            return False
    return False


_CLOSERS = frozenset({",", ".", ";", "–", "—", "-", ")"})


def apposed_firm(window: Window, noun: Token) -> Name | None:
    """The firm named behind what it is to another: "is moving to the controlling shareholder, Acme, as treasurer"."""
    if noun.lower_ not in common_nouns("related") or window.words[noun.i + 1 : noun.i + 2] != [","]:
        return None
    name = window.name_at.get(noun.i + 2)
    if name is None or name.kind != "org" or name.weak or name.first != noun.i + 2:
        return None
    return name if name.last >= len(window.words) or window.words[name.last] in _CLOSERS else None
