"""Names of organisations: brought to one form, compared."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.names.text import fold, plain_words
from pipeline.rulebook import read_data, remembered

_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_POSSESSIVE = re.compile(r"['’]s$|(?<=s)['’]$")
_OWNED = re.compile(r"^(?P<owner>.*\w)['’]s\s+(?P<rest>[A-Z0-9].*)$")
_SITE = re.compile(r"\.(?:com|net|org)(?![\w])", re.I)
_FUZZY = 93  # token_sort_ratio of two long names that differ by a slip; lower ones merged different firms
_FUZZY_LENGTH = 9  # names shorter than this are never compared by likeness: one letter is too much of them
_WORD_FUZZY = 88  # each differing word must look like its counterpart: Ireland and Iceland are 86
_ACRONYM = re.compile(r"[A-Z](?:&?[A-Z]){1,5}|(?:[A-Z]\.){2,6}")
_COMPARED_ROWS = 1_000  # names compared with all others in one call, so that the matrix stays small


@dataclass(frozen=True)
class _Words:
    legal: frozenset[str]
    soft: frozenset[str]
    country: Mapping[str, str]
    short: Mapping[str, str]
    possessive: frozenset[str]
    parts: frozenset[str]


@remembered()
def _words() -> _Words:
    data: Mapping[str, Any] = read_data("companies.toml")
    return _Words(
        legal=frozenset(data["suffix"]["legal"]),
        soft=frozenset(data["suffix"]["soft"]),
        country={form: land for land, forms in data["suffix"]["country"].items() for form in forms},
        short=dict(data["words"]),
        possessive=frozenset(data["names"]["possessive"]),
        parts=frozenset(data["names"]["parts"]),
    )


@remembered()
def _aliases() -> Mapping[str, str]:
    """Plain form of every other name to the plain form of the name it stands for."""
    found: dict[str, str] = {}
    for name, others in read_data("companies.toml")["alias"].items():
        found[normalise_company(name)] = normalise_company(name)
        for other in others:
            found[normalise_company(other)] = normalise_company(name)
    return found


@remembered()
def _apart() -> frozenset[frozenset[str]]:
    pairs = read_data("companies.toml")["names"]["apart"]
    return frozenset(frozenset(_with_form(name) for name in pair) for pair in pairs)


def _strip_possessive(text: str) -> str:
    if not _POSSESSIVE.search(text):
        return text
    last = " ".join(plain_words(fold(text)))
    keeps = _words().possessive
    if last in keeps or (last.split()[-1:] and last.split()[-1] in keeps):
        return text
    return _POSSESSIVE.sub("", text)


@remembered(50_000)
def _plain(name: str) -> tuple[str, ...]:
    """Words of a name without tickers in brackets, article and possessive; legal forms are still there."""
    name = " ".join(name.split())
    text = _strip_possessive(_BRACKETS.sub(" ", name).strip() or name)
    words = plain_words(fold(_SITE.sub("", text) or text))
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return tuple(_joined_letters(words))


def _joined_letters(words: list[str]) -> list[str]:
    """Single letters in a row are one word: "n v" and "s p a" of spaced or dotted forms."""
    found: list[str] = []
    run = ""
    for word in [*words, ""]:
        if len(word) == 1 and word.isalpha():
            run += word
            continue
        if run:
            found.append(run)
            run = ""
        if word:
            found.append(word)
    return found


def _cut_legal(words: tuple[str, ...]) -> tuple[str, ...]:
    legal = _words().legal
    end = len(words)
    while end > 1 and words[end - 1] in legal:
        end -= 1
        if end > 1 and words[end - 1] == "and":
            end -= 1
    start = 1 if end > 1 and words[0] in ("ab", "pt", "oao", "ooo", "pao") else 0
    return words[start:end]


@remembered(50_000)
def normalise_company(name: str) -> str:
    """One plain form: no case, accents, punctuation, article, ticker or legal form; never empty for a name.

    A legal form that is all there is stays ("Spa", "AB"), and so does "Group" ("Capital Group").
    """
    words = _cut_legal(_plain(name))
    short = _words().short
    return " ".join(short.get(word, word) for word in words) or " ".join(name.casefold().split())


def canonical_company(name: str) -> str:
    """The plain form of the name an organisation is best known by, from the alias table."""
    plain = normalise_company(name)
    return _aliases().get(plain, plain)


def company_matches(first: str, second: str) -> bool:
    """Whether a predicted name is the gold one: one plain form is the other, or holds it as whole words."""
    one, two = normalise_company(first), normalise_company(second)
    if not one or not two:
        return one == two
    short, long = sorted((one, two), key=len)
    return f" {short} " in f" {long} " or one.replace(" ", "") == two.replace(" ", "")


def _with_form(name: str) -> str:
    return " ".join(_plain(name))


def _kept_apart(first: str, second: str) -> bool:
    """Whether the names are listed as two organisations, or carry legal forms of two countries."""
    listed = _apart()
    one, two = _with_form(first), _with_form(second)
    if one != two and any(
        frozenset({a, b}) in listed for a in (one, normalise_company(first)) for b in (two, normalise_company(second))
    ):
        return True
    lands = _words().country
    forms = [{lands[word] for word in _plain(name)[1:] if word in lands} for name in (first, second)]
    return bool(forms[0] and forms[1] and not forms[0] & forms[1])


def _has_form(name: str) -> bool:
    words = _plain(name)
    return len(_cut_legal(words)) < len(words)


def _cut_soft(plain: str, left: int = 2) -> str:
    """Without "Group" or "Holdings" at the end, `left` words always left."""
    words = plain.split()
    while len(words) > left and words[-1] in _words().soft:
        words.pop()
    return " ".join(words)


def _is_acronym(short: str, plain: str) -> bool:
    """Whether `short` as printed is made of the initials of `plain`, small words counted or not."""
    letters = _letters_of(short)
    return letters is not None and letters in _initials(plain.split())


def _letters_of(printed: str) -> str | None:
    """The letters of a name that is printed as an acronym is."""
    return re.sub(r"[^a-z]", "", printed.lower()) if _ACRONYM.fullmatch(printed.strip()) else None


def _initials(words: Sequence[str]) -> set[str]:
    """What acronyms of these words are made of, small words counted or not; one word has none."""
    if len(words) < 2:
        return set()
    telling = (word[0] for word in words if word not in ("of", "and", "the", "for", "in", "de"))
    return {"".join(word[0] for word in words), "".join(telling)}


def _alike(one: str, two: str) -> bool:
    """Whether two long names differ by a slip of spelling only."""
    if min(len(one), len(two)) < _FUZZY_LENGTH or re.findall(r"\d+", one) != re.findall(r"\d+", two):
        return False
    from rapidfuzz import fuzz

    if fuzz.token_sort_ratio(one, two) < _FUZZY:
        return False
    left, right = one.split(), two.split()
    if len(left) != len(right):
        return one.replace(" ", "")[:4] == two.replace(" ", "")[:4]
    return all(a == b or (a[0] == b[0] and fuzz.ratio(a, b) >= _WORD_FUZZY) for a, b in zip(left, right, strict=True))


def _owned_part(name: str) -> str | None:
    """ "Alphabet's Google" is Google; "McDonald's Corp." is not."""
    match = _OWNED.match(name.strip())
    if match is None or all(word in _words().legal for word in plain_words(fold(match["rest"]))):
        return None
    owner = plain_words(fold(match["owner"] + "s"))
    if owner and (owner[-1] in _words().possessive or " ".join(owner) in _words().possessive):
        return None
    return match["rest"]


def _shortened(first: str, second: str, one: str, two: str) -> bool:
    """Whether one name is the other as an article shortens it: initials, beginning, without "Group"."""
    if _cut_soft(one, 1) == _cut_soft(two, 1) or _is_acronym(first, two) or _is_acronym(second, one):
        return True
    (short, printed), (long, _) = sorted(((one, first), (two, second)), key=lambda item: len(item[0]))
    if _has_form(printed) or not long.startswith(short + " "):
        return False
    rest = long[len(short) + 1 :].split()
    return len(short) > 2 and rest[0] not in _words().parts and rest[-1] not in _words().parts and rest[0] != "and"


@remembered(100_000)
def same_company(first: str, second: str, *, within_article: bool = False) -> bool:
    """Whether two names are one organisation; parent and subsidiary are two.

    Args:
        first: A name as printed.
        second: Another.
        within_article: Both stand in one article, where a name is also shortened to its beginning ("Toyota"
            for "Toyota Motor Corp.") or to its initials.
    """
    one, two = normalise_company(first), normalise_company(second)
    if not one or not two or _kept_apart(first, second):
        return False
    parts = _owned_part(first), _owned_part(second)
    if (parts[0] is None) != (parts[1] is None) and one != two:
        return same_company(parts[0] or first, parts[1] or second, within_article=within_article)
    aliases = _aliases()
    known_one, known_two = aliases.get(one), aliases.get(two)
    if one == two or one.replace(" ", "") == two.replace(" ", "") or _cut_soft(one) == _cut_soft(two):
        return True
    if (known_one or one) == (known_two or two) or _cut_soft(known_one or one) == _cut_soft(known_two or two):
        return True
    if known_one and known_two:
        return False
    if within_article and not (known_one or known_two) and _shortened(first, second, one, two):
        return True
    return _alike(one, two)


def _said_forms(name: str) -> Iterator[str]:
    """The name as printed, and what it says its owner owns."""
    left: str | None = name
    while left is not None:
        yield left
        left = _owned_part(left)


def company_keys(name: str) -> tuple[set[str], set[str]]:
    """Keys by which those of many names are found that `same_company` can call one.

    Returns:
        The keys of the name itself, and those of what it can be shortened to within an article. Names are one
        only where they share a key of the first kind, where one of them has among the second kind a key of
        the other's first kind, or where they are among `companies_spelt_alike`.
    """
    own: set[str] = set()
    shortened: set[str] = set()
    for said in _said_forms(name):
        plain = normalise_company(said)
        for form in (plain, canonical_company(said)):
            own |= {form.replace(" ", ""), _cut_soft(form, 1)}
        own.add(plain)
        words = plain.split()
        shortened.update(" ".join(words[:end]) for end in range(1, len(words)))
        shortened.update(f"={letters}" for letters in _initials(words))
        if letters := _letters_of(said):
            own.add(f"={letters}")
    return own, shortened


def companies_spelt_alike(names: Sequence[str]) -> set[tuple[int, int]]:
    """Positions of pairs, the lower first, among which are all that differ by a slip of spelling only."""
    blocks: dict[tuple[str, str], list[tuple[str, int]]] = defaultdict(list)
    for position, name in enumerate(names):
        for plain in {normalise_company(said) for said in _said_forms(name)}:
            if len(plain) >= _FUZZY_LENGTH:
                text = " ".join(sorted(plain.split()))
                for block in _letter_blocks(plain):
                    blocks[block].append((text, position))
    found = set()
    for said in blocks.values():
        for i, j in _like_texts([text for text, _ in said]):
            one, other = said[i][1], said[j][1]
            if one != other:
                found.add((min(one, other), max(one, other)))
    return found


def _letter_blocks(plain: str) -> Iterator[tuple[str, str]]:
    """Blocks that two plain forms share if `_alike` can say yes: it wants first letters of words, or of the whole."""
    words = plain.split()
    yield ("start", plain.replace(" ", "")[:4])
    if len(words) > 1:
        yield ("initials", "".join(word[0] for word in words))
    else:  # one letter slipped, in the beginning or after it; in a long word maybe two
        yield ("end", plain[-4:])
        if len(plain) >= _FUZZY_LENGTH + 5:
            yield ("long", plain[0])


def _like_texts(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Positions of texts that are alike by `_FUZZY`, the lower first."""
    if len(texts) < 2:
        return
    import numpy as np
    from rapidfuzz import fuzz, process

    for start in range(0, len(texts), _COMPARED_ROWS):
        rows = texts[start : start + _COMPARED_ROWS]
        scores = process.cdist(rows, texts[start:], scorer=fuzz.ratio, score_cutoff=_FUZZY, dtype=np.uint8)
        for row, column in zip(*(axis.tolist() for axis in np.nonzero(scores)), strict=True):
            if row < column:
                yield start + row, start + column
