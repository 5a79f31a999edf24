"""Persons written in a way that the model does not know: family name first, in capitals, behind bare initials."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.extract.mentions import Window
from pipeline.extract.name_runs import name_data
from pipeline.extract.name_words import HONORIFICS, INITIAL, all_upper, is_org_tail
from pipeline.names import is_given_name


def family_name_first(window: Window) -> Iterable[tuple[int, int, str, str | None]]:
    """East Asian names with the family name in front, of which the model mostly sees a part: "Park In-ho"."""
    for first in range(len(window.words) - 3 if "-" in window.words else 0):
        if window.words[first + 2] != "-" or window.lows[first] not in name_data("family_name_first"):
            continue
        family, given, second = (window.words[first + step] for step in (0, 1, 3))
        tight = not window.doc[first + 1].whitespace_ and not window.doc[first + 2].whitespace_
        if tight and family.istitle() and given.istitle() and second.islower() and len(second) <= _LONGEST_SYLLABLE:
            end = first + 4
            if first and is_given_name(window.words[first - 1]):
                first -= 1  # "Raymond Tse Kin-wah"
            honorific = window.lows[first - 1].rstrip(".") if first else ""
            yield first, end, "person", honorific if honorific in HONORIFICS else None


_LONGEST_SYLLABLE = 6


def in_capitals(window: Window) -> Iterable[tuple[int, int, str, str | None]]:
    """Persons whom a newsletter writes in capitals amid running text: "replaces JANE ROE, who left"."""
    words = window.words
    capitals = [index for index, word in enumerate(words[:-1]) if word.isupper()]
    behind = 0
    for first in capitals:
        if first < behind:
            continue
        last = first
        while last < len(words) and words[last].isupper() and (words[last].isalpha() or INITIAL.match(words[last])):
            last += 1
        told = 2 <= last - first <= 3 and len(words[last - 1]) > 2
        named = told and ("who" in window.lows[last : last + 2] or is_given_name(words[first]))
        if named and not is_org_tail(words[last - 1]) and not all_upper(window, first):
            honorific = window.lows[first - 1].rstrip(".") if first else ""
            yield first, last, "person", honorific if honorific in HONORIFICS else None
        behind = max(last, first + 1)


def behind_initials(window: Window) -> Iterable[tuple[int, int, str, str | None]]:
    """South Asian names with bare initials, which the model takes for a firm or misses: "P R Menon", "K V S Rao"."""
    words = window.words
    for first, word in enumerate(words[:-2]):
        if not (_is_initial(word) and _is_initial(words[first + 1])) or (first and _is_initial(words[first - 1])):
            continue
        last = first + 2 + _is_initial(words[first + 2])
        surname = words[last] if last < len(words) else ""
        behind = words[last + 1] if last + 1 < len(words) else ""
        longer = behind[:1].isupper() or behind in ("&", "and") or window.lows[first - 1 : first] == ["&"]
        if surname.istitle() and surname.isalpha() and len(surname) > 2 and not longer and not is_org_tail(surname):
            honorific = window.lows[first - 1].rstrip(".") if first else ""
            yield first, last + 1, "person", honorific if honorific in HONORIFICS else None


def _is_initial(word: str) -> bool:
    return len(word) == 1 and word.isupper()
