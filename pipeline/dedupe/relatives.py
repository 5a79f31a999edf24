"""Which of many companies can be one or related: found by what names share, not by comparing all with all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

from pipeline.names import canonical_company, companies_spelt_alike, company_keys

Pair = tuple[int, int]


def pairs_of_one(names: Sequence[str]) -> set[Pair]:
    """Positions of pairs, the lower first, among which are all that `same_company` calls one."""
    holders: dict[str, list[int]] = defaultdict(list)
    for position, name in enumerate(names):
        for key in company_keys(name)[0]:
            holders[key].append(position)
    found = companies_spelt_alike(names)
    for held in holders.values():
        found.update(combinations(held, 2))
    return found


def pairs_related(names: Sequence[str]) -> set[Pair]:
    """Positions of pairs, the lower first, among which are all where one name can be short for the other."""
    holders: dict[str, list[int]] = defaultdict(list)
    seekers: list[tuple[int, str]] = []
    framed: dict[tuple[str, str], list[int]] = defaultdict(list)
    for position, name in enumerate(names):
        own, shortened = company_keys(name)
        words = canonical_company(name).split()
        shortened.update(" ".join(words[start:]) for start in range(1, len(words)))
        for key in own | {" ".join(words)}:
            holders[key].append(position)
        seekers += [(position, key) for key in shortened]
        if len(words) > 1:
            framed[words[0], words[-1]].append(position)  # words between may be left out
    found = companies_spelt_alike(names)
    found.update((min(one, other), max(one, other)) for one, key in seekers for other in holders.get(key, ()))
    for held in (*holders.values(), *framed.values()):
        found.update(combinations(held, 2))
    return {(one, other) for one, other in found if one != other}
