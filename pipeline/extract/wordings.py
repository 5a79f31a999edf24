"""Finds in one pass which wordings of the rulebook a text may hold: the first and cheapest test of the screen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import product

import ahocorasick_rs

Elements = Sequence[frozenset[str] | None]
"""What a wording consists of, in order: forms of a word, or None or an empty set for words of any kind."""

_MOST_FORMS = 500  # of one wording; what has more is looked for by its longest word alone
QUOTES = "\"“”'‘’"
_ADVERBS = frozenset("also now then soon instead henceforth thus".split())
_HYPHEN = frozenset("-")
_INSIDE = re.compile(rf"ly |[{QUOTES}] | [{QUOTES}]|(?<= )(?:{'|'.join(sorted(_ADVERBS))}) ")


def is_adverb(word: str) -> bool:
    """Whether a word may stand anywhere inside a wording: "stepped quietly down", "will also lead"."""
    return word in _ADVERBS or (word.endswith("ly") and len(word) > 3)


class Wordings:
    """Wordings as strings: of each its longest run of words that stand next to each other."""

    def __init__(self, wordings: Sequence[Elements]) -> None:
        numbers: dict[str, list[int]] = {}
        for number, elements in enumerate(wordings):
            for form in _forms(elements):
                numbers.setdefault(form, []).append(number)
        strings = sorted(numbers)
        self._numbers = [numbers[string] for string in strings]
        self._automaton = ahocorasick_rs.AhoCorasick(strings)

    def in_text(self, lowered: str) -> set[int]:
        """The numbers of the wordings that a text may hold; wrong only in naming too many.

        Args:
            lowered: In small letters, with one space between words.
        """
        found = self._in(lowered)
        if _INSIDE.search(lowered):
            words = [word.strip(QUOTES) for word in lowered.split(" ")]
            found |= self._in(" ".join(word for word in words if word and not is_adverb(word)))
        return found

    def _in(self, lowered: str) -> set[int]:
        found: set[int] = set()
        for number, start, end in self._automaton.find_matches_as_indexes(lowered, overlapping=True):
            if not (lowered[start - 1 : start].isalnum() or lowered[end : end + 1].isalnum()):
                found.update(self._numbers[number])
        return found


def _forms(elements: Elements) -> set[str]:
    """The strings one of which is in every text that holds the wording, as it stands or without what stands inside."""
    runs: list[list[frozenset[str]]] = [[]]
    for element in elements:
        if not element or any(map(is_adverb, element)):
            runs.append([])
        elif element != _HYPHEN or runs[-1]:
            runs[-1].append(element)
    if not any(runs):  # "apply": one word is there whatever stands beside it
        runs = [[element] for element in elements if element]
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
