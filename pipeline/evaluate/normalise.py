"""When two values of a slot agree, for scoring: strict and small, so that no change of extraction moves it.

The extractor's own name and title modules may grow cleverer; an answer is still judged by the rules here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

_HONORIFICS = frozenset(
    ("mr", "mrs", "ms", "miss", "dr", "prof", "professor", "sir", "dame", "lord", "lady", "baron", "baroness")
)
_GENERATIONS = frozenset(("jr", "sr", "ii", "iii", "iv"))
# fmt: off
_LEGAL_FORMS = frozenset((
    "inc", "incorporated", "corp", "corporation", "co", "company", "companies", "ltd", "limited", "plc",
    "llc", "llp", "lp", "nv", "bv", "sa", "ag", "gmbh", "se", "ab", "asa", "oy", "oyj", "spa", "srl", "kk",
    "pty", "pvt", "sarl", "kgaa", "kg", "sas", "aps", "pte", "bhd",
))
# fmt: on
_ABBREVIATIONS = {
    "ceo": "chief executive officer",
    "cfo": "chief financial officer",
    "coo": "chief operating officer",
    "cto": "chief technology officer",
    "cio": "chief information officer",
    "cmo": "chief marketing officer",
    "cpo": "chief product officer",
    "cso": "chief strategy officer",
    "cro": "chief revenue officer",
    "chro": "chief human resources officer",
    "ciso": "chief information security officer",
    "md": "managing director",
    "vp": "vice president",
    "svp": "senior vice president",
    "evp": "executive vice president",
    "avp": "assistant vice president",
    "gm": "general manager",
    "exec": "executive",
    "sr": "senior",
    "asst": "assistant",
    "dept": "department",
    "intl": "international",
    "chairwoman": "chairman",
    "chairperson": "chairman",
    "chair": "chairman",
    "vicechairman": "vice chairman",
    "spokeswoman": "spokesman",
    "spokesperson": "spokesman",
    "nonexecutive": "non executive",
    "cofounder": "co founder",
    "vicepresident": "vice president",
    "organisation": "organization",
    "centre": "center",
    "programme": "program",
    "defence": "defense",
    "labour": "labor",
}
_ROLE_PHRASES = (
    (
        r"\bboard (?:member|director)\b|\bmember of board(?: of directors)?\b|\bdirector of board\b",
        "director",
    ),
    (r"\bboard of directors\b", "director"),
    (r"\bboard chairman\b|\bchairman of board\b", "chairman"),
    (
        r"\bchief (executive|financial|operating|technology|information|marketing)(?! officer)\b",
        r"chief \1 officer",
    ),
    (r"\bfinance director\b", "finance director"),
)
_ROLE_FILLERS = frozenset(["the", "a", "an", "its", "his", "her", "their", "new", "of", "for", "at", "in"])


def words_of(text: str) -> str:
    """Lower case without accents; punctuation becomes a space, dots and apostrophes vanish ("N.V.": "nv")."""
    plain = unicodedata.normalize("NFKD", text).casefold().replace("&", " and ")
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = re.sub(r"[.'’‘`´]", "", plain)
    return " ".join(re.findall(r"[^\W_]+", plain))


def words_without_possessives(text: str) -> str:
    """As `words_of`, with "'s" at the end of words dropped, to look for names in a text."""
    return words_of(re.sub(r"(?<=\w)['’]s\b", " ", text))


@lru_cache(maxsize=65_536)
def normalise_person(name: str) -> str:
    """The name without honorifics, case, accents and punctuation; generation suffixes are dropped too."""
    tokens = words_of(re.sub(r"(?<=\b\w)\.(?=\w)", ". ", name)).split()
    while len(tokens) > 1 and tokens[0] in _HONORIFICS:
        tokens.pop(0)
    while len(tokens) > 1 and tokens[-1] in _GENERATIONS:
        tokens.pop()
    return " ".join(tokens)


@lru_cache(maxsize=65_536)
def surname(name: str) -> str:
    """The last word of a normalised name; a hyphenated last word counts as its last part."""
    return normalise_person(name).rpartition(" ")[2]


def _generation(name: str) -> str | None:
    last = words_of(name).rpartition(" ")[2]
    return last if last in _GENERATIONS else None


def same_given_names(one: str, other: str) -> bool:
    """Whether two normalised full names of one surname can be one person: "j p bolduc" and "john bolduc"."""
    first, second = one.split()[:-1], other.split()[:-1]
    if not first or not second:
        return True
    if first[0] == second[0]:
        middles = (first[1:2] + second[1:2]) if len(first) > 1 and len(second) > 1 else []
        return not middles or middles[0][0] == middles[1][0]
    if 1 in (len(first[0]), len(second[0])):
        return first[0][0] == second[0][0]
    return _one_slip_apart(first[0], second[0])


def _one_slip_apart(one: str, other: str) -> bool:
    """Whether two long words differ by one replaced letter: a misspelt variant ("sebastian", "sebastien")."""
    return (
        len(one) == len(other) > 5 and one[0] == other[0] and sum(a != b for a, b in zip(one, other, strict=True)) == 1
    )


def shared_surnames(names: Iterable[str]) -> frozenset[str]:
    """Surnames that two different people of one article bear, told apart by given name or Jr./Sr."""
    bearers: dict[str, list[tuple[str, str | None]]] = {}
    for name in sorted(set(names)):
        full = normalise_person(name)
        if " " in full:
            bearers.setdefault(surname(name), []).append((full, _generation(name)))
    return frozenset(
        family
        for family, known in bearers.items()
        for index, (full, generation) in enumerate(known)
        for other, other_generation in known[index + 1 :]
        if not same_given_names(full, other)
        or (generation is not None and other_generation is not None and generation != other_generation)
    )


def persons_agree(gold: str, predicted: str, shared: frozenset[str]) -> bool:
    """Whether two names are one person: the same full name, or the same surname that only one person bears.

    Args:
        gold: Name in the gold file.
        predicted: Name in the extractor's answer.
        shared: Surnames borne by two people of the article, from `shared_surnames`.
    """
    if normalise_person(gold) == normalise_person(predicted):
        own, theirs = _generation(gold), _generation(predicted)
        return own is None or theirs is None or own == theirs or surname(gold) not in shared
    return surname(gold) == surname(predicted) and surname(gold) not in shared


@lru_cache(maxsize=65_536)
def normalise_company(name: str) -> str:
    """The name without case, accents, punctuation, leading "the" and trailing legal forms; never empty."""
    tokens = words_of(name).split()
    if len(tokens) > 1 and tokens[0] == "the":
        tokens.pop(0)
    while len(tokens) > 1 and tokens[-1] in _LEGAL_FORMS:
        tokens.pop()
        if len(tokens) > 1 and tokens[-1] == "and":
            tokens.pop()
    return " ".join(tokens)


def companies_agree(gold: str, predicted: str) -> bool:
    """Whether one normalised form is the other, or contains it as whole words."""
    one, other = normalise_company(gold), normalise_company(predicted)
    return bool(one and other) and (f" {one} " in f" {other} " or f" {other} " in f" {one} ")


@lru_cache(maxsize=65_536)
def normalise_role(role: str) -> tuple[str, ...]:
    """The words of a title with its unit, abbreviations spelled out, in alphabetical order.

    Order is dropped so that "sales director" is "director of sales"; every word still counts.
    """
    spelled = " ".join(_ABBREVIATIONS.get(word, word) for word in words_of(role).split())
    spelled = " ".join(word for word in spelled.split() if word not in {"the", "its", "his", "her", "their"})
    for pattern, replacement in _ROLE_PHRASES:
        spelled = re.sub(pattern, replacement, spelled)
    return tuple(sorted(word for word in spelled.split() if word not in _ROLE_FILLERS))


def roles_agree(gold: str, predicted: str) -> bool:
    """Whether two titles are the same canonical title with the same unit."""
    return normalise_role(gold) == normalise_role(predicted)


def date_text(day: date | None, precision: str | None) -> str | None:
    """A date in the form of the gold files: `2024-10-07`, `2024-10`, `2024-Q3` or `2024`."""
    if day is None:
        return None
    match precision:
        case "year":
            return f"{day.year:04d}"
        case "quarter":
            return f"{day.year:04d}-Q{(day.month + 2) // 3}"
        case "month":
            return f"{day.year:04d}-{day.month:02d}"
        case _:
            return day.isoformat()


def dates_agree(gold: str, predicted: str) -> bool:
    """Whether the predicted date is the gold one, read at the gold's precision.

    A prediction finer than the gold is cut to it; a coarser one does not agree.
    """
    if gold == predicted:
        return True
    if len(gold) == 7 and gold[5] == "Q":
        return len(predicted) in (7, 10) and predicted[5] != "Q" and _quarter_of(predicted) == gold
    return len(predicted) > len(gold) and predicted.startswith(gold)


def _quarter_of(text: str) -> str:
    return f"{text[:4]}-Q{(int(text[5:7]) + 2) // 3}"
