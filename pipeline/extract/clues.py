"""Likely names of persons in a text, told by spelling alone: the evidence that the screen goes by."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cache

from pipeline.rulebook import read_data, remembered
from pipeline.titles import canonical_role
from pipeline.titles.lexicon import lexicon

_CAPITAL = r"[^\W\d_a-zß-öø-ÿ][\w’'-]*"
_HYPHENED = r"(?:al|el|ul|ad|an|ar|as|at|az|ash)-|d['’]"  # "Adel al-Rashid", "Jean d'Arvor"
_NICKNAME = r"""(?:["“‘'(][A-Z][\w.-]{1,15}["”’')])"""  # 'William "Bill" Hartman'
_NEAR_TITLE = 40  # characters between a name and the title it is read with: "Jane Roe, 45, the group's chairman"
_POSSESSIVE = re.compile(r"['’]s?$")
_CAMEL = re.compile(r"[a-z][A-Z]")
_SURNAME_CAMEL = re.compile(r"(?:Mc|Mac|De|Di|Da|Du|La|Le|Van|Von|Fitz|[OD]['’])[A-Z][a-z]")
_THE = re.compile(r"\b[Tt]he $")
_HE = re.compile(r"\b(?:he|she|his|her|him|himself|herself)\b", re.IGNORECASE)
_THEY = re.compile(r"\b(?:they|their|them|(?:the )?both|the (?:pair|duo|two))\b", re.IGNORECASE)
# "You left in May. Was that hard?": an interviewer asks the one an article is about.
_YOU = re.compile(r"[*_]*(?:Q[:.] ?)?[*_]*You\b[^\n\"“”?]{0,200}\?")
_I = re.compile(r"\b(?:I|[Mm]e|[Mm]y|ME|MY)\b")


@dataclass(frozen=True, slots=True)
class _Words:
    no_name: frozenset[str]
    given: frozenset[str]
    honorifics: frozenset[str]
    name: re.Pattern[str]


@remembered()
def _words() -> _Words:
    screen, persons = read_data("screen.toml"), read_data("persons.toml")
    particles = "|".join(screen["particles"].split())
    return _Words(
        frozenset(" ".join(screen["no_name"]).split()),
        frozenset(" ".join((*persons["given"]["male"], *persons["given"]["female"])).split()),
        frozenset(persons["honorifics"]),
        re.compile(
            rf"(?<![\w’'&.-])((?:{_HYPHENED})?{_CAPITAL})\.?"
            rf"(?= ?(?:[A-Z]\. ?|[A-Z] )*(?:{_NICKNAME} )?"
            rf"(?:(?:{particles}) ){{0,2}}(?P<last>(?:{_HYPHENED})?{_CAPITAL})|)"
        ),
    )


@remembered()
def _epithets() -> re.Pattern[str]:
    """What stands for a person named before; a common noun only where it opens a sentence or follows "that"."""
    nouns = "|".join(sorted(read_data("nouns.toml")["epithet"].split()))
    return re.compile(
        rf"\b[Tt]he (?:\d\d-year-old\b|[A-Z][\w-]+-(?:born|educated)\b|former (?:[\w-]+ ){{0,2}}[a-z]+\b)"
        rf"|\b(?:The|that the) (?:[\w-]+ ){{0,2}}(?i:{nouns})\b"
    )


@dataclass(slots=True)
class Clues:
    """What the spelling of an article tells of persons.

    `named` holds the offsets, ascending, of given names, of names after an honorific or a title, of two
    capitalised words that nothing speaks against, and of each of these words where it stands alone. `introduced`
    tells for a surname, in small letters, where it first stands behind a given name.
    """

    text: str
    named: list[int] = field(default_factory=list)
    introduced: dict[str, int] = field(default_factory=dict)
    _held: frozenset[str] | None = None

    def persons(self, start: int, end: int) -> list[int]:
        """Where a stretch of the text likely names or stands for a person."""
        found = _between(self.named, start, end)
        found += [match.start() for match in _HE.finditer(self.text, start, end)]
        found += [match.start() for match in _I.finditer(self.text, start, end)]
        if _YOU.match(self.text, start):
            found.append(start)
        return sorted(found)

    def named_in(self, start: int, end: int) -> bool:
        """Whether a stretch of the text likely names a person."""
        return bool(_between(self.named, start, end))

    def says_he(self, start: int, end: int) -> bool:
        """Whether a stretch of the text has a pronoun for one person."""
        return _HE.search(self.text, start, end) is not None

    def plurals(self, start: int, end: int) -> list[int]:
        """Where a stretch of the text says "they", "their", "both" or "the pair"."""
        return [match.start() for match in _THEY.finditer(self.text, start, end)]

    def epithets(self, start: int, end: int) -> list[int]:
        """Where a stretch of the text describes somebody without a name: "the 51-year-old", "The banker"."""
        return [match.start() for match in _epithets().finditer(self.text, start, end)]

    def is_held(self, title: str) -> bool:
        """Whether the article names somebody beside this word of a title, or another for the same office: "CEO"."""
        if self._held is None:
            gate, lowered = lexicon().gate, self.text.lower()
            self._held = frozenset(
                word
                for first in self.named
                for match in gate.finditer(lowered, max(0, first - _NEAR_TITLE), first + 2 * _NEAR_TITLE)
                for word in (match.group(), *_in_full(match.group()))
            )
        return title in self._held or not self._held.isdisjoint(_in_full(title))


@cache
def _in_full(word: str) -> tuple[str, ...]:
    """The words that an abbreviation of a title stands for: "CEO" for chief, executive and officer; else none."""
    full = canonical_role(word).split()
    return tuple(full) if len(full) > 1 else ()


def _between(offsets: list[int], start: int, end: int) -> list[int]:
    return offsets[bisect_left(offsets, start) : bisect_left(offsets, end)]


def find_clues(text: str) -> Clues:
    """Read the capitalised words of an article."""
    words = _words()
    named: set[int] = set()
    parts: set[str] = set()  # given names and surnames
    introduced: dict[str, int] = {}
    capitals: list[tuple[int, str]] = []
    for match in words.name.finditer(text):
        first, last = match[1], match["last"]
        low = _POSSESSIVE.sub("", first.lower())
        capitals.append((match.start(), low))
        if low in words.given:
            named.add(match.start())
        if last is None:
            continue
        surname = _POSSESSIVE.sub("", last.lower())
        if low in words.honorifics or _is_title_of(words, match, low, surname):
            named.add(match.start())
            parts.add(surname)
        elif low in words.given or len(first) == 1:
            if surname not in words.no_name:
                named.add(match.start())
                introduced.setdefault(surname, match.start())
                parts |= {surname, low} if len(first) > 1 else {surname}
        elif _may_be_name(words, text, match, low, surname):
            named.add(match.start())
            introduced.setdefault(surname, match.start())
            parts |= {surname, low}
    named.update(at for at, word in capitals if word in parts)
    return Clues(text, sorted(named), introduced)


def _is_title_of(words: _Words, match: re.Match[str], low: str, surname: str) -> bool:
    """Whether the first of two capitalised words is a title and the second may be a surname: "Dean Sorensen"."""
    gate, last = lexicon().gate, match["last"]
    return (
        gate.fullmatch(low) is not None
        and gate.fullmatch(surname) is None
        and surname not in words.no_name
        and len(surname) > 2
        and not (match[1].isupper() or last.isupper() or match[0].endswith("."))
        and _CAMEL.search(last) is None
    )


def _may_be_name(words: _Words, text: str, match: re.Match[str], low: str, surname: str) -> bool:
    """Whether two capitalised words that hold no known given name may name a person."""
    first, last = match[1], match["last"]
    if (
        low in words.no_name
        or surname in words.no_name
        or match[0].endswith(".")
        or first != _POSSESSIVE.sub("", first)
    ):
        return False
    if (first.isupper() or last.isupper()) and not _in_capitals(text, match.start(), match.end("last")):
        return False
    if any(_CAMEL.search(word) and not _SURNAME_CAMEL.match(word) for word in (first, last)):
        return False
    gate = lexicon().gate
    if gate.fullmatch(low) or gate.fullmatch(surname):
        return False
    return _THE.search(text, max(0, match.start() - 4), match.start()) is None


def _in_capitals(text: str, start: int, end: int) -> bool:
    """Whether the words around a stretch are in capitals too, as in the headlines of wires."""
    return text[max(0, start - 20) : end + 20].isupper()
