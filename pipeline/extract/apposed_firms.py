"""Titles that say what an organisation is: "joins Acme, the newsletter publisher, as a director"."""

from __future__ import annotations

from pipeline.extract.mentions import Title, Window

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
