"""Finds in one pass whether a text may hold a wording of the rulebook: the first and cheapest test of the screen."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import product

import ahocorasick_rs

from pipeline.extract.triggers import ADVERBS, Pattern

_MOST_FORMS = 500  # of one pattern; what has more is looked for by its longest word alone
_ADVERB = "ly "  # an adverb may stand inside a wording: "stepped quietly down"
_SHORT_ADVERBS = re.compile(rf" (?:{'|'.join(sorted(ADVERBS))})(?= )")


class Wordings:
    """The wordings of patterns as strings: of each its longest run of words that stand next to each other."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        wordings = {form for pattern in patterns for form in _forms(pattern)}
        self._automaton = ahocorasick_rs.AhoCorasick(sorted(wordings))

    def may_stand_in(self, text: str) -> bool:
        """Whether a stretch of text holds a wording; wrong only in saying so too often."""
        lowered = " ".join(text.lower().split())
        if _ADVERB in lowered:
            return True
        if self._stands_in(lowered):
            return True
        without = _SHORT_ADVERBS.sub("", lowered)  # "will also lead"
        return len(without) < len(lowered) and self._stands_in(without)

    def _stands_in(self, lowered: str) -> bool:
        for _, start, end in self._automaton.find_matches_as_indexes(lowered, overlapping=True):
            if not (lowered[start - 1 : start].isalnum() or lowered[end : end + 1].isalnum()):
                return True
        return False


def _forms(pattern: Pattern) -> set[str]:
    """The strings one of which is in every text that the pattern matches, adverbs apart."""
    runs: list[list[frozenset[str]]] = [[]]
    for element in pattern.elements:
        if element:
            runs[-1].append(element)
        else:
            runs.append([])
    forms = [_strings(run) for run in runs if run]
    return max(forms, key=lambda strings: min(map(len, strings)))


def _strings(run: list[frozenset[str]]) -> set[str]:
    count = 1
    for element in run:
        count *= len(element)
    if count > _MOST_FORMS:
        run = [max(run, key=lambda element: min(map(len, element)))]
    spaced = {" ".join(words) for words in product(*run)}
    return spaced | {text.replace(" - ", "-") for text in spaced}
