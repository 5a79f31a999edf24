"""Names of persons as dedupe compares them: across articles, where only what the name itself says counts."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from pipeline.names import compare_persons

_SHORTEST_SLIP = 5  # letters of a word that may be misspelt; in shorter ones a letter makes another name


def fold(text: str) -> str:
    """Letters and digits only, without case and accents, single spaces."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c)).split())


def may_be_one(one: str, other: str) -> bool:
    """Whether two plain names of persons can belong to one: nothing parts them but a slip of the pen."""
    return compare_persons(one, other) != "different" or slip_of_pen(one, other)


@lru_cache(maxsize=500_000)
def slip_of_pen(one: str, other: str) -> bool:
    """Whether two plain names of persons differ by one letter in one long word, and not by what parts two people.

    The first letter must stand, and in given names the ending that tells men from women, too.
    """
    from rapidfuzz.distance import OSA

    a, b = one.split(), other.split()
    if len(a) != len(b) or len(a) < 2:
        return False
    differing = [i for i, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    if len(differing) != 1:
        return False
    x, y = a[differing[0]], b[differing[0]]
    if min(len(x), len(y)) < _SHORTEST_SLIP or x[0] != y[0] or OSA.distance(x, y) != 1:
        return False
    surname = differing[0] == len(a) - 1
    return surname or (x[-1] == y[-1] and len(x) == len(y))
