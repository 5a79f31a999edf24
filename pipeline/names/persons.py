"""Names of persons: taken apart, brought to one form, compared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pipeline.names.text import fold, plain_words
from pipeline.rulebook import read_data, remembered

Gender = Literal["female", "male"]
Likeness = Literal["same", "compatible", "different"]

_AGE = re.compile(r",?\s*\(?\b(?:aged?\s+)?\d{1,3}\)?\s*$")
_POSSESSIVE = re.compile(r"['’]s?$")
_SPELLING_LENGTH = 7  # shorter given names one letter apart are mostly two names: Marc and Mark, Jean and Joan


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name taken apart, as printed; a part that is not there is ""."""

    given: str
    middle: str
    surname: str
    suffix: str
    honorific: str

    @property
    def full(self) -> str:
        """The name without honorific, as a gold file gives it: "Jane Roe", "John Poe Jr."."""
        return " ".join(part for part in (self.given, self.middle, self.surname, self.suffix) if part)


@dataclass(frozen=True)
class _Words:
    honorifics: frozenset[str]
    ranks: frozenset[str]
    suffixes: frozenset[str]
    degrees: frozenset[str]
    particles: frozenset[str]
    family_first: frozenset[str]
    family_hyphen: frozenset[str]
    male: frozenset[str]
    female: frozenset[str]
    male_titles: frozenset[str]
    female_titles: frozenset[str]
    groups: Mapping[str, frozenset[int]]
    alias: Mapping[str, str]


@remembered()
def _words() -> _Words:
    data: Mapping[str, Any] = read_data("persons.toml")
    groups: dict[str, set[int]] = {}
    for number, names in enumerate(data["same_given"]):
        for name in names:
            groups.setdefault(name, set()).add(number)
    alias = {
        " ".join(plain_words(fold(other))): " ".join(plain_words(fold(name)))
        for name, others in data["alias"].items()
        for other in others
    }
    sets = {
        key: frozenset(data[key])
        for key in (
            "honorifics", "ranks", "suffixes", "degrees", "particles", "family_first", "family_hyphen", "male_titles",
            "female_titles",
        )
    }  # fmt: skip
    given = {key: frozenset(" ".join(data["given"][key]).split()) for key in ("male", "female")}
    return _Words(groups={name: frozenset(found) for name, found in groups.items()}, alias=alias, **sets, **given)


@remembered()
def _nicknames() -> Any:
    from nicknames import NickNamer

    return NickNamer()


@remembered(20_000)
def _nicknames_of(name: str) -> frozenset[str]:
    return frozenset(_nicknames().nicknames_of(name))


def _key(token: str) -> str:
    return fold(token).replace(".", "").strip(",")


def is_honorific(word: str) -> bool:
    """Whether a word is a form of address ("Mr.", "Dr", "Baroness")."""
    return _key(word) in _words().honorifics


def is_address(word: str) -> bool:
    """Whether a word before a name is a form of address or a rank ("Dr", "Constable", "Councillor")."""
    return _key(word) in _words().honorifics | _words().ranks


def _is_malay_title(tokens: list[str], index: int) -> bool:
    """Whether a word is part of a title of two words: "Tan Sri", "Datuk Seri"."""
    if _key(tokens[index]) == "tan":
        return _key(tokens[index + 1]) == "sri"
    before = _key(tokens[index - 1]).strip("'’") if index else ""
    return _key(tokens[index]) in ("sri", "seri") and before in ("tan", "datuk", "dato", "datin")


def _cut_honorifics(tokens: list[str]) -> tuple[list[str], list[str]]:
    """Split leading honorifics off, one word of name always left."""
    count = 0
    while count < len(tokens) - 1 and (is_address(tokens[count]) or _is_malay_title(tokens, count)):
        count += 1
    return tokens[:count], tokens[count:]


def strip_honorific(name: str) -> str:
    """The name without leading honorifics and a possessive at the end; never empty for a name that is not."""
    _, rest = _cut_honorifics(_POSSESSIVE.sub("", name.strip()).split())
    return " ".join(rest)


def _cut_suffixes(tokens: list[str]) -> tuple[list[str], list[str]]:
    """Split degrees off for good and generations ("Jr.", "III") to be kept."""
    words = _words()
    kept: list[str] = []
    while len(tokens) > 1:
        key = _key(tokens[-1])
        if key in words.suffixes and (len(tokens) > 2 or key not in ("junior", "senior")):
            kept.insert(0, tokens[-1].strip(","))
        elif key not in words.degrees or (len(key) < 3 and "." not in tokens[-1] and not tokens[-1].isupper()):
            break
        tokens = tokens[:-1]
    return tokens, kept


def _surname_start(tokens: list[str]) -> int:
    """Index of the first word of the surname: the last word with the particles before it."""
    words = _words()
    start = len(tokens) - 1
    while start > 0 and _key(tokens[start - 1]) in words.particles:
        if len(_key(tokens[start - 1])) == 1 and tokens[start - 1] != tokens[start - 1].lower().rstrip("."):
            break
        if start == 1 and tokens[0][:1].isupper() and _key(tokens[0]) in ("ben", "al", "san", "mac", "lo", "do"):
            break
        start -= 1
    return start


@remembered(50_000)
def split_person(name: str) -> PersonName:
    """Take a person's name apart.

    "Sir John F. Poe Jr." gives given "John", middle "F.", surname "Poe", suffix "Jr.", honorific "Sir".
    "Poe, Jane" is turned round; ages and degrees are dropped; particles belong to the surname ("van der
    Berg"). A single word is a surname.
    """
    text = _POSSESSIVE.sub("", _AGE.sub("", " ".join(name.split()))).strip(" ,")
    if text.count(",") == 1:
        left, right = (part.strip() for part in text.split(","))
        words = _words()
        tail = [_key(word) for word in right.split()]
        if left and tail and not all(word in words.suffixes or word in words.degrees for word in tail):
            text = f"{right} {left}"
    tokens = text.replace(",", " ").split()
    if not tokens:
        return PersonName("", "", name.strip(), "", "")
    titles, tokens = _cut_honorifics(tokens)
    tokens, suffixes = _cut_suffixes(tokens)
    start = _surname_start(tokens)
    if start == 0:
        return PersonName("", "", " ".join(tokens), " ".join(suffixes), " ".join(titles))
    return PersonName(
        tokens[0], " ".join(tokens[1:start]), " ".join(tokens[start:]), " ".join(suffixes), " ".join(titles)
    )


@remembered(50_000)
def normalise_person(name: str) -> str:
    """One plain form: no honorifics, case, accents, punctuation; Jr. and III stay. Never empty for a name."""
    folded = " ".join(plain_words(fold(split_person(name).full)))
    return folded or fold(name).strip()


def gender_hint(name: str) -> Gender | None:
    """What the honorific or a common given name says about the gender, if anything."""
    parts = split_person(name)
    words = _words()
    titles = {_key(word) for word in parts.honorific.split()}
    given = _key(parts.given)
    if titles & words.female_titles:
        return "female"
    if titles & words.male_titles:
        return "male"
    if given in words.female:
        return None if given in words.male else "female"
    return "male" if given in words.male else None


def _given_words(parts: PersonName, german: bool = False) -> list[str]:
    """Given and middle names in plain form; "A.G." is two initials, "Jean-Claude" two names."""
    found: list[str] = []
    for token in f"{parts.given} {parts.middle}".split():
        if re.fullmatch(r"(?:[^\W\d_]\.){2,}[^\W\d_]?\.?", token):
            found.extend(char for char in fold(token) if char.isalpha())
        else:
            found.extend(plain_words(fold(token, german=german)))
    return found


def _same_spelling(first: str, second: str) -> bool:
    """One letter apart inside a long name: "Sebastien" and "Sebastian"."""
    if min(len(first), len(second)) < _SPELLING_LENGTH or first[0] != second[0] or first[-1] != second[-1]:
        return False
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.distance(first, second, score_cutoff=1) <= 1


def _given_likeness(first: str, second: str) -> Likeness:
    words = _words()
    if first == second:
        return "same"
    if len(first) == 1 or len(second) == 1:
        return "compatible" if first[0] == second[0] else "different"
    if words.groups.get(first, frozenset()) & words.groups.get(second, frozenset()):
        return "same"
    if all(name in words.male or name in words.female for name in (first, second)):
        both = {first, second}
        one_gender = both <= words.male or both <= words.female
        return "same" if one_gender and _same_spelling(first, second) else "different"
    if second in _nicknames_of(first) or first in _nicknames_of(second):
        return "same"
    return "same" if _same_spelling(first, second) else "different"


def _middles_agree(first: list[str], second: list[str]) -> bool:
    if len(first) != len(second) and first and second and {len(word) for word in first + second} == {1}:
        return False
    return all(a[0] == b[0] if 1 in (len(a), len(b)) else a == b for a, b in zip(first, second, strict=False))


def _sequences(first: list[str], second: list[str]) -> Likeness:
    """Compare given names and middle names in order."""
    best: Likeness = "different"
    for left, right in ((first, second), (first[1:], second), (first, second[1:])):
        shifted = len(left) + len(right) < len(first) + len(second)
        if not left or not right or (shifted and (len(first) == len(second) or 1 in (len(left[0]), len(right[0])))):
            continue
        if shifted and len((first if len(left) < len(first) else second)[0]) != 1:
            continue
        likeness = _given_likeness(left[0], right[0])
        if likeness == "different" or not _middles_agree(left[1:], right[1:]):
            continue
        initials = [word for word in left[:2] if len(word) == 1]
        if likeness == "compatible" and len(left) > 1 and len(right) > 1 and initials:
            likeness = "same"
        if likeness == "same":
            return "same"
        best = likeness
    return best


def _surnames(parts: PersonName) -> set[str]:
    found = {"".join(plain_words(fold(parts.surname, german=german))) for german in (False, True)}
    first = _key(parts.given)
    words = _words()
    if (first in words.family_first and not parts.middle) or (first in words.family_hyphen and "-" in parts.surname):
        found.add(first)
    return found


def _bare_surname(parts: PersonName) -> set[str]:
    """Surname without particles too: "Beurden" for "van Beurden"."""
    tokens = [word for word in parts.surname.split() if _key(word) not in _words().particles]
    return _surnames(parts) | {"".join(plain_words(fold(" ".join(tokens))))} - {""}


def _family_first(parts: PersonName) -> tuple[str, str] | None:
    """Family and given name where the family name is printed first ("Li Ka-shing")."""
    first = _key(parts.given)
    words = _words()
    if not parts.middle and (first in words.family_first or (first in words.family_hyphen and "-" in parts.surname)):
        return first, "".join(plain_words(fold(parts.surname)))
    return None


@remembered(100_000)
def compare_persons(first: str, second: str) -> Likeness:
    """Whether two names can be one person.

    Returns:
        "same" where the names say so by themselves; "compatible" where nothing contradicts but something else
        must support it (a surname alone, one initial, "Jr." against none); "different" where they contradict
        each other: surname, given name, middle initial, generation, gender of honorific.
    """
    alias = _words().alias
    one, two = normalise_person(first), normalise_person(second)
    if alias.get(one, one) == alias.get(two, two) and one:
        genders = {gender_hint(first), gender_hint(second)} - {None}
        return "different" if len(genders) == 2 else ("same" if " " in one else "compatible")
    left, right = split_person(first), split_person(second)
    genders = {gender_hint(first), gender_hint(second)} - {None}
    if len(genders) == 2 and (not left.given or not right.given):
        return "different"
    generations = {_generation(left.suffix), _generation(right.suffix)}
    if len(generations - {""}) == 2:
        return "different"
    likeness = _names_likeness(left, right, one, two)
    return "compatible" if likeness == "same" and len(generations) == 2 else likeness


def _generation(suffix: str) -> str:
    key = _key(suffix.split()[-1]) if suffix else ""
    return {"junior": "jr", "senior": "sr"}.get(key, key)


def _names_likeness(left: PersonName, right: PersonName, one: str, two: str) -> Likeness:
    """The likeness of names and surnames, generations left aside."""
    if not left.given or not right.given:
        short, long = (left, right) if not left.given else (right, left)
        return "compatible" if _bare_surname(short) & _bare_surname(long) else "different"
    words_one, words_two = ("".join(sorted(plain_words(text))) for text in (one, two))
    if one.replace(" ", "") == two.replace(" ", "") or (
        words_one == words_two and sorted(one.split()) == sorted(two.split())
    ):
        return "same"
    asian = _family_first(left), _family_first(right)
    if asian[0] and asian[1]:
        return "same" if asian[0] == asian[1] else "different"
    if not _surnames(left) & _surnames(right):
        return "different"
    spellings = [
        _sequences(_given_words(left, one_way), _given_words(right, other_way))
        for one_way, other_way in ((False, False), (True, False), (False, True))
    ]
    return next((likeness for likeness in ("same", "compatible") if likeness in spellings), "different")


def same_person(first: str, second: str, *, within_article: bool = False) -> bool:
    """Whether two names are one person.

    Args:
        first: A name as printed.
        second: Another.
        within_article: Both stand in one article: surnames alone, initials and "Jr." against none count as
            the same, as long as nothing contradicts. The caller sees to it that a bare surname is unique
            there.
    """
    likeness = compare_persons(first, second)
    return likeness == "same" or (within_article and likeness == "compatible")


def person_matches(first: str, second: str, names: Iterable[str] = ()) -> bool:
    """Whether a predicted name is the gold one: the full name, or a surname that is unique in the article.

    Args:
        first: One name.
        second: The other.
        names: All persons of the article; a bare surname that fits more than one of them does not match.
    """
    if not same_person(first, second, within_article=True):
        return False
    bare = next((name for name in (first, second) if not split_person(name).given), None)
    if bare is None:
        return True
    fitting = {
        normalise_person(name)
        for name in names
        if split_person(name).given and same_person(bare, name, within_article=True)
    }
    distinct: list[str] = []
    for name in sorted(fitting):
        if not any(same_person(name, other, within_article=True) for other in distinct):
            distinct.append(name)
    return len(distinct) <= 1
