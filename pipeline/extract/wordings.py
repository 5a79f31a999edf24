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
# Words that most articles hold: what a wording is looked for by is another of its words, where it has one.
_COMMON = frozenset(
    "to for with from in on at by of as over under into out up off back through about after against the a an and or "
    "that this its his her their it not no more most one two first second last year years new another also only "
    "be is are was were been being will would can could may might have has had having do does did done "
    "make makes made making take takes took taken taking give gives gave given giving get gets got gotten getting "
    "go goes went gone going come comes came coming put puts putting set sets setting say says said want wants wanted "
    "add adds added adding hold holds held holding call calls called calling work works worked working "
    "president chairman chief executive director officer head manager minister board company group deal trade".split()
)
_VERBS = frozenset("apply reply supply rely".split())  # as whole words no adverbs
# Signs that something may stand inside a wording.
_INSERTED = ["ly ", *(f"{mark} " for mark in QUOTES), *(f" {mark}" for mark in QUOTES), *(f" {it} " for it in _ADVERBS)]
_WIDE_SPACE = re.compile(r"  |[^\S \n]")


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
        self._inserted = len(strings)  # the first of the signs of insertions
        strings += _INSERTED
        self._automaton = ahocorasick_rs.AhoCorasick(strings)

    def in_text(self, lowered: str) -> set[int]:
        """The numbers of the wordings that a text may hold; wrong only in naming too many.

        Args:
            lowered: In small letters, with one space between words.
        """
        return self._in_lowered(lowered, [(0, len(lowered))])[0]

    def in_spans(self, text: str, spans: Sequence[tuple[int, int]]) -> list[set[int]]:
        """The same for each of several stretches of a text, in one search.

        Args:
            text: As it is spelt.
            spans: Half-open offsets, in order; they do not overlap, and none goes beyond a line.
        """
        lowered = text.lower()
        if len(lowered) != len(text) or _WIDE_SPACE.search(lowered):  # a few letters are longer when small
            return [self.in_text(" ".join(text[start:end].lower().split())) for start, end in spans]
        return self._in_lowered(lowered, spans)

    def _in_lowered(self, lowered: str, spans: Sequence[tuple[int, int]]) -> list[set[int]]:
        found: list[set[int]] = [set() for _ in spans]
        if not spans:
            return found
        inserted: set[int] = set()
        here, (low, high) = 0, spans[0]
        for number, start, end in self._automaton.find_matches_as_indexes(lowered, overlapping=True):
            while end > high and here + 1 < len(spans):
                here += 1
                low, high = spans[here]
            if start < low or end > high:
                continue
            if number >= self._inserted:
                inserted.add(here)
            elif not (lowered[start - 1 : start].isalnum() or lowered[end : end + 1].isalnum()):
                found[here].update(self._numbers[number])
        for here in inserted:
            start, end = spans[here]
            bare = _without_insertions(lowered[start:end])
            if len(bare) < end - start:
                found[here] |= self._in_lowered(bare, [(0, len(bare))])[0]
        return found


def _without_insertions(lowered: str) -> str:
    """A text without what may stand inside a wording: adverbs and quotation marks."""
    words = [word.strip(QUOTES) for word in lowered.split(" ")]
    return " ".join(word for word in words if word and not is_adverb(word))


def _forms(elements: Elements) -> set[str]:
    """The strings one of which is in every text that holds the wording, as it stands or without what stands inside."""
    runs: list[list[frozenset[str]]] = [[]]
    for element in elements:
        if not element or any(is_adverb(word) and word not in _VERBS for word in element):
            runs.append([])
        elif element != _HYPHEN or runs[-1]:
            runs[-1].append(element)
    if not any(runs):  # "apply": one word is there whatever stands beside it
        runs = [[element] for element in elements if element]
    return max((_strings(run) for run in runs if run), key=_rarity)


def _rarity(strings: set[str]) -> tuple[bool, int]:
    """Strings without a common word are rarer, and long ones."""
    return _COMMON.isdisjoint(strings), min(map(len, strings))


def _strings(run: list[frozenset[str]]) -> set[str]:
    count = 1
    for element in run:
        count *= len(element)
    if count > _MOST_FORMS:
        run = [max(run, key=lambda element: min(map(len, element)))]
    spaced = {" ".join(words) for words in product(*run)}
    return spaced | {text.replace(" - ", "-") for text in spaced}
