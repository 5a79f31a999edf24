"""Names of persons as dedupe compares them: across articles, where only what the name itself says counts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache
from typing import Literal

from pipeline.names import compare_persons, gender_hint, normalise_person, split_person
from pipeline.rulebook import remembered

# "same": the names say so. "supported": one is less than the other; a fitting report must support it.
# "alike": a letter slipped, or spelt by ear or from another script; a report must fit closely.
NameLikeness = Literal["same", "supported", "alike"]

_SHORTEST_SLIP = 5  # letters of a word that may be misspelt; in shorter ones a letter makes another name
_SOUNDS = (("ph", "f"), ("ck", "k"), ("ch", "k"), ("c", "k"), ("q", "k"), ("x", "ks"), ("w", "v"), ("z", "s"))
_SILENT = re.compile(r"[aeiouyjh]")
_DOUBLED = re.compile(r"(.)\1+")


def fold(text: str) -> str:
    """Letters and digits only, without case and accents, single spaces."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("ø", "o"))
    return " ".join("".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c)).split())


def plain_name(name: str) -> str:
    """The name without honorifics, case, accents and punctuation; of one word at least, whatever it is."""
    return normalise_person(name).strip() or name.strip().casefold() or "?"


@remembered(500_000)
def name_likeness(one: str, other: str) -> NameLikeness | None:
    """How two names of persons, as printed, can belong to one; None where they part two people."""
    likeness = compare_persons(one, other)
    if likeness == "same":
        return "same"
    a, b = plain_name(one).split(), plain_name(other).split()
    if likeness == "compatible" or _cut_short(a, b) or _cut_short(b, a):
        return "supported"
    if len({gender_hint(one), gender_hint(other)} - {None}) == 2:
        return None
    return "alike" if _slip_of_pen(a, b) or _sound_alike(a, b) else None


def name_blocks(name: str) -> list[str]:
    """Blocks that two names share if they are at all alike, a given name that stands alone left aside.

    They hold who has the surname, the same words in any order, a surname of the same sound or beginning after
    a given name of the same sound, or one of two surnames.
    """
    words, last = plain_name(name).split(), surname(name)
    given = skeleton(words[0])
    found = {last, words[-1], " ".join(sorted(words)), f"{given}+{skeleton(last)}", f"{given}+{last[0]}"}
    full = [word for word in words if len(word) > 1]
    if len(full) > 2:
        found.update(full)
    return sorted(found)


@remembered(200_000)
def surname(name: str) -> str:
    """The last word of the surname, in plain letters."""
    return plain_name(split_person(name).surname or name).split()[-1]


def names_agree(ours: Collection[str], theirs: Collection[str]) -> bool:
    """Whether two sets of names can belong to one person.

    Names that part two people do not where a third name holds both: a maiden and a married name.
    """
    words_of = {name: set(plain_name(name).split()) for name in (*ours, *theirs)}
    bridges = [words for words in words_of.values() if len(words) >= 3]
    for one in ours:
        for other in theirs:
            words = words_of[one] | words_of[other]
            if name_likeness(one, other) is None and not any(words <= bridge for bridge in bridges):
                return False
    return True


@lru_cache(maxsize=200_000)
def skeleton(word: str) -> str:
    """The consonants that are heard, one letter each: equal for most spellings from another script."""
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    return _DOUBLED.sub(r"\1", _SILENT.sub("", fold(word)))


def _cut_short(few: list[str], many: list[str]) -> bool:
    """Whether words of a name were left out, the first never: a given name alone, or one surname of two."""
    return len(few) < len(many) and few[0] == many[0] and len(few[0]) > 1 and set(few) <= set(many)


def _slip_of_pen(a: list[str], b: list[str]) -> bool:
    """Whether one letter differs in a long word, or one in each of two, and none that parts two people.

    The first letter must stand, and in given names the ending that tells men from women, too.
    """
    from rapidfuzz.distance import OSA

    if len(a) != len(b) or len(a) < 2:
        return False
    for position, (x, y) in enumerate(zip(a, b, strict=True)):
        if x == y:
            continue
        if min(len(x), len(y)) < _SHORTEST_SLIP or x[0] != y[0] or OSA.distance(x, y) != 1:
            return False
        if position < len(a) - 1 and x[-1] != y[-1]:
            return False
    return True


def _sound_alike(a: list[str], b: list[str]) -> bool:
    """Whether names spelt differently sound alike, in the ending of the given name too."""
    if len(a) != len(b) or len(a) < 2:
        return False
    for x, y in zip(a, b, strict=True):
        heard = skeleton(x)
        if x != y and (heard != skeleton(y) or len(heard) < 2):
            return False
    return _ending(a[0]) == _ending(b[0])


def _ending(given: str) -> str:
    """What tells "Christian" from "Christine" and "Alexander" from "Alexandra"."""
    last = given[-1]
    return "i" if last in "iyj" else "vowel" if last in "ae" else "consonant"
