"""Names as dedupe compares them: across articles, where only what the name itself says counts."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_LEGAL = frozenset(
    [
        "inc",
        "incorporated",
        "corp",
        "corporation",
        "co",
        "company",
        "ltd",
        "limited",
        "llc",
        "plc",
        "ag",
        "sa",
        "nv",
        "lp",
        "llp",
    ]
)
_HONORIFICS = frozenset(["mr", "mrs", "ms", "dr", "sir", "dame", "prof"])


def fold(text: str) -> str:
    """Letters and digits only, without case and accents, single spaces."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c)).split())


@lru_cache(maxsize=200_000)
def person_key(name: str) -> str:
    return " ".join(word for word in fold(name).split() if word not in _HONORIFICS) or fold(name)


@lru_cache(maxsize=200_000)
def company_key(name: str) -> str:
    words = fold(name).split()
    while len(words) > 1 and words[-1] in _LEGAL:
        words.pop()
    return " ".join(words)


@lru_cache(maxsize=200_000)
def persons_agree(one: str, other: str) -> bool:
    if one == other:
        return True
    a, b = one.split(), other.split()
    if a[-1] != b[-1] or len(a) < 2 or len(b) < 2:
        return False
    return a[0] == b[0] or (a[0][0] == b[0][0] and 1 in (len(a[0]), len(b[0])))


@lru_cache(maxsize=500_000)
def same_spelling(one: str, other: str, least: float) -> bool:
    """Whether two company keys differ by spaces or by one slip of the pen in a long word."""
    from rapidfuzz import fuzz
    from rapidfuzz.distance import OSA

    if one == other or one.replace(" ", "") == other.replace(" ", ""):
        return True
    a, b = one.split(), other.split()
    if len(a) != len(b) or fuzz.token_sort_ratio(one, other) < least:
        return False
    differing = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
    if len(differing) != 1:
        return False
    x, y = differing[0]
    return (
        min(len(x), len(y)) >= 6 and x[0] == y[0] and x.isalpha() and y.isalpha() and OSA.distance(x, y) == 1
    )


@lru_cache(maxsize=500_000)
def slip_of_pen(one: str, other: str) -> bool:
    """Whether two person keys differ by one letter in one long word, and not by what parts two people.

    The first letter and, for given names, the ending that tells men from women must stand.
    """
    from rapidfuzz.distance import OSA

    a, b = one.split(), other.split()
    if len(a) != len(b) or len(a) < 2:
        return False
    differing = [i for i, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    if len(differing) != 1:
        return False
    x, y = a[differing[0]], b[differing[0]]
    if min(len(x), len(y)) < 5 or x[0] != y[0] or OSA.distance(x, y) != 1:
        return False
    surname = differing[0] == len(a) - 1
    return surname or (x[-1] == y[-1] and len(x) == len(y))
