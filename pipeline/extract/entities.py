"""The persons and organisations of one article: which mentions name the same one, and its fullest form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from pipeline.extract.mentions import Name, Window
from pipeline.extract.name_runs import is_town, name_data
from pipeline.extract.name_words import is_area_name
from pipeline.extract.occurrences import count, occurrences
from pipeline.extract.title_owners import is_called_part
from pipeline.names import gender_hint, given_gender, normalise_company, normalise_person, same_person, strip_honorific

_SUFFIXES = {"jr", "sr", "ii", "iii", "iv"}
_MALE = {"mr", "sir", "lord", "shri"}
_FEMALE = {"mrs", "ms", "miss", "lady", "dame", "baroness", "smt"}
_SMALL = {"of", "and", "the", "for", "&", "de", "du", "la", "in", "at"}
_LEGAL_TAIL = re.compile(r",?\s+(?:Inc|Corp|Co|Ltd|PLC|plc|Plc|LLC|N\.V|AG|SA|S\.A|Cos|L\.P|LP)\.?$")


@dataclass(slots=True)
class Person:
    """One person of the article. `positions` are article offsets of the mentions, ascending."""

    full: str
    given: str
    surname: str
    suffix: str = ""
    gender: str | None = None
    honorific: bool = False
    positions: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Organisation:
    """One organisation of the article. `positions` are article offsets of the mentions, ascending."""

    full: str
    key: str
    positions: list[int] = field(default_factory=list)
    count: int = 0
    weak: bool = True
    acts: bool = False  # engages others, though the model takes it for a person


def _suffix(name: str) -> str:
    last = normalise_person(name).split()[-1:]
    return last[0] if last and last[0] in _SUFFIXES else ""


def _split(name: str) -> tuple[str, str]:
    parts = normalise_person(name).split()
    while len(parts) > 1 and parts[-1] in _SUFFIXES:
        parts.pop()
    if not parts:
        return "", name.lower()
    words = name.lower().split()
    if len(words) > 1 and "-" in words[-1] and words[-2] in name_data("family_name_first"):
        return (words[0] if len(words) > 2 else words[-1]), words[-2]  # "Li Ka-shing", "Irene Lee Yun-lien"
    return (parts[0] if len(parts) > 1 else ""), parts[-1]


def _compatible(a: str, b: str) -> bool:
    if not a or not b or a == b:
        return True
    if len(a) == 1 or len(b) == 1:
        return a[0] == b[0]
    return a.startswith(b) or b.startswith(a)


def _misspelt(given: str, other: str) -> bool:
    """Whether a name is another one of the article with one letter changed: "Stephan" for "Stephen"."""
    return len(given) == len(other) >= 6 and sum(a != b for a, b in zip(given, other, strict=True)) == 1


class People:
    """Registry of the article's persons."""

    def __init__(self, windows: Sequence[Window], text: str) -> None:
        self.persons: list[Person] = []
        self._text = text
        mentions = [(w.span(n.first, n.last)[0], n) for w in windows for n in w.names if n.kind == "person"]
        for longer in (True, False):
            for position, name in mentions:
                if (" " in name.text.strip()) == longer:
                    self._add(position, name)
        for person in self.persons:
            person.positions.sort()
            if not person.given:
                self._complete(person)
            if person.gender is None:
                hint = gender_hint(person.full)
                person.gender = hint[0] if hint else given_gender(person.full.split()[0])

    def named(self, text: str) -> int:
        """The person of that name, registered if new."""
        name = Name("person", 0, 0, text)
        self._add(0, name)
        return name.entity

    def imply(self, name: Name, position: int) -> None:
        """Register a mention that only its place in a sentence shows to be a person."""
        self._add(position, name)

    def _add(self, position: int, name: Name) -> None:
        given, surname = _split(name.text)
        suffix = _suffix(name.text)
        index = self._find(given, surname, position, name.honorific, suffix, clean_person(name.text))
        if index is None:
            index = len(self.persons)
            self.persons.append(Person(clean_person(name.text), given, surname, suffix))
        person = self.persons[index]
        name.entity = index
        person.positions.append(position)
        if len(name.text) > len(person.full) and given:
            person.full, person.given = clean_person(name.text), given
        person.honorific = person.honorific or name.honorific is not None
        if name.honorific in _MALE:
            person.gender = "m"
        elif name.honorific in _FEMALE:
            person.gender = "f"

    def _find(
        self, given: str, surname: str, position: int, honorific: str | None, suffix: str, text: str
    ) -> int | None:
        if given:
            for index, person in enumerate(self.persons):
                if same_person(person.full, text, within_article=bool(person.given)) or (
                    person.surname == surname
                    and _compatible(given, person.given)
                    and not (suffix and person.suffix and suffix != person.suffix)
                ):
                    return index
            for index, person in enumerate(self.persons):
                if person.given == given and person.surname[:1] == surname[0] and _misspelt(person.surname, surname):
                    self._respell(person, text, surname)
                    return index  # "Rima Koslow" is who is called Rima Koslov elsewhere
            words = normalise_person(text).split()
            for index, person in enumerate(self.persons):
                full = normalise_person(person.full).split()
                if len(full) > len(words) and full[-len(words) :] == words:
                    return index  # "Romo Leroux" is Carlos Romo Leroux
            opened = [i for i, p in enumerate(self.persons) if honorific and self._opens(p, words, position)]
            return opened[0] if len(opened) == 1 and len(words) > 1 else None  # "Dinesh Kumar" is Dinesh Kumar Lodha
        matches = [i for i, p in enumerate(self.persons) if p.surname == surname]
        if honorific in _MALE | _FEMALE:
            wanted = "m" if honorific in _MALE else "f"
            matches = [i for i in matches if self.persons[i].gender in (None, wanted)] or matches
        if not matches:  # "Sir Desmond" as well as "Desmond" for Desmond Quarshie
            matches = [i for i, p in enumerate(self.persons) if p.given == surname]
            if honorific is not None and len(matches) > 1:
                matches = []
        if not matches and honorific is None:
            matches = [i for i, p in enumerate(self.persons) if _misspelt(p.given, surname)]
        if not matches:
            parts = [i for i, p in enumerate(self.persons) if surname in normalise_person(p.full).split()[1:]]
            matches = parts
        if not matches:
            return None
        titled = [i for i in matches if self.persons[i].honorific] if honorific is not None else []
        if len(titled) == 1:
            matches = titled  # "Mr. Li" is who was called so before, not his son Victor Li
        before = [i for i in matches if any(at <= position for at in self.persons[i].positions)]
        return max(
            before or matches,
            key=lambda i: max((at for at in self.persons[i].positions if at <= position), default=-1),
        )

    def _opens(self, person: Person, words: list[str], position: int) -> bool:
        """Whether words are the given names of somebody told before, as in India: "Mr Dinesh Kumar"."""
        full = normalise_person(person.full).split()
        return (
            len(full) > len(words)
            and full[: len(words)] == words
            and min(person.positions, default=position) < position
        )

    def _respell(self, person: Person, text: str, surname: str) -> None:
        """Call somebody by the form that the article has more often."""
        if self._text.count(text.split()[-1]) > self._text.count(person.full.split()[-1]):
            person.full, person.surname = text, surname

    def _complete(self, person: Person) -> None:
        """Look for a fuller form of a surname in the part of the article that was not parsed."""
        for start in occurrences(self._text, person.full):
            before = _GIVEN_BEFORE.search(self._text, max(0, start - _LONGEST_GIVEN), start)
            words = before[0].split() if before else []
            if words and len(words[0]) > 1 and not any(_is_title_word(word) for word in words):
                person.full = f"{' '.join(words)} {person.full}"
                person.given = words[0].lower()
                return


_GIVEN_BEFORE = re.compile(r"\b(?:[A-Z][a-zA-Z'’-]+\.? |[A-Z]\. ){1,3}$")
_LONGEST_GIVEN = 80


def _is_title_word(word: str) -> bool:
    from pipeline.titles import find_titles

    lowered = word.lower().rstrip(".")
    return (
        lowered
        in {
            "mr",
            "mrs",
            "ms",
            "dr",
            "sir",
            "lord",
            "messrs",
            "the",
            "but",
            "and",
            "for",
            "when",
            "as",
            "while",
            "in",
            "said",
        }
        or bool(find_titles(lowered))
        or lowered.endswith(("man", "dent", "ief"))
    )


def clean_person(text: str) -> str:
    """A person's name without form of address, possessive, age or stray marks."""
    text = re.sub(r"['’]s?$", "", text.strip())
    return strip_honorific(re.sub(r"\s+", " ", text).strip(' ,;:-–—()[]"“”'))


@lru_cache(maxsize=10_000)
def clean_company(text: str) -> str:
    """An organisation's name without a leading article, possessive or ticker."""
    text = re.sub(r"\s+", " ", text.strip())
    text = re.sub(r"\s*\((?:NYSE|NASDAQ|Nasdaq|LSE|OTC)[^)]*\)$", "", text)
    text = re.sub(r"^(?:the|The)\s+", "", text)
    return re.sub(r"['’]s$", "", text).strip(' ,;:-–—()[]"“”')


@lru_cache(maxsize=1000)
def _acronyms(key: str) -> frozenset[str]:
    words = [word for word in re.split(r"[\s-]+", key) if word]
    letters = "".join(word[0] for word in words if word not in _SMALL)
    return frozenset({letters, "".join(word[0] for word in words)} if len(words) > 1 else ())


_PARTS = frozenset(
    "for of foundation ventures capital china india europe america asia japan uk canada australia "
    "africa cloud labs studios research pay prime health business pharma energy ai digital enterprise "
    "university".split()
)


def _part_of(short: list[str], extra: list[str]) -> bool:
    """Whether the words behind a shorter name make it a part or a namesake: "Acme Ventures", "Acme for Business"."""
    if not extra:
        return False
    beside = short[-1] in name_data("heads") and extra[-1] in name_data("kinds_by_head")  # "Weston Police Federation"
    return beside or extra[0] in ("for", "of") or extra[-1] in _PARTS


_BEHIND_NAME = re.compile(
    r"['’]s(?=[,.;:)]|\s+(?:is|was|has|had|have|said|says|to|and|in|for|as|are|were|will|would|can|could|may|might|"
    r"announced|announces|reported|hired|named(?! exec)|appoints|fired|ousted|promoted|expects|agreed|"
    r"did|does|also|on|at|by|from|with|after|before|since|until|when|which|who|that|"
    r"(?:today|yesterday) (?:announced|said|named))\b|\s+\((?:NASDAQ|NYSE|LSE|ASX|TSX)|\s+(?:Corp|Inc|Co|Ltd|plc)\b)"
)


_POSSESSIVE = re.compile("['’]s\\b")


def _ends_in_s(name: str, text: str) -> bool:
    """Whether a text uses a name with 's where no possessive can stand: "McDonald's is"."""
    return any(_BEHIND_NAME.match(text, start + len(name)) for start in occurrences(text, name))


class Organisations:
    """Registry of the article's organisations; short forms and acronyms join the longer form."""

    def __init__(self, windows: Sequence[Window], text: str) -> None:
        self.organisations: list[Organisation] = []
        self._by_key: dict[str, int] = {}
        self._text = text
        mentions = [
            (w.span(n.first, n.last)[0], n, normalise_company(clean_company(n.text)))
            for w in windows
            for n in w.names
            if n.kind == "org"
        ]
        body = text.find("\n")
        self._first = {key: at for at, _, key in sorted(mentions, key=lambda item: -item[0]) if at > body}
        for position, name, key in sorted(mentions, key=lambda item: (-len(item[2]), item[0])):
            own_s = name.text.endswith(("'s", "’s")) or _POSSESSIVE.match(text, position + len(name.text))
            if key + "s" in self._by_key and own_s:
                key += "s"  # of "Roe's Corp." in short: "Roe's said"
            if key:
                self._add(position, name, key)
        for window in windows:  # "the company's Aeronautics business" makes "Aeronautics" an area of work
            for name in window.names:
                if name.kind == "org" and name.entity >= 0 and is_area_name(name.text):
                    self.organisations[name.entity].weak |= is_called_part(window, name, len(window.words))
        for organisation in self.organisations:
            organisation.positions.sort()
            self._add_own_s(organisation)
            short = _LEGAL_TAIL.sub("", organisation.full)
            organisation.count = count(text, short) + (count(text, short.split()[0]) if " " in short else 0)

    def _add_own_s(self, organisation: Organisation) -> None:
        """Make the 's a part of a name that is one with it: "McDonald's" is no possessive."""
        if not organisation.full.endswith("s") and _ends_in_s(organisation.full, self._text):
            organisation.full += "'s"

    def imply(self, name: Name, position: int) -> bool:
        """Register a mention that only its place in a sentence shows to be an organisation; false for an empty name."""
        key = normalise_company(clean_company(name.text))
        if not key:
            return False
        self._add(position, name, key)
        organisation = self.organisations[name.entity]
        organisation.count = max(organisation.count, 1)
        self._add_own_s(organisation)
        return True

    def named(self, text: str, article: str) -> int | None:
        """The organisation of that name, registered if new; none for an empty name."""
        name = Name("org", 0, 0, text)
        key = normalise_company(clean_company(text))
        if not key:
            return None
        index = self._find(key)
        if index is None:
            self._add(article.find(text), name, key)
            index = name.entity
            self.organisations[index].count = max(count(article, text), 1)
        self.organisations[index].weak = False
        return index

    def _add(self, position: int, name: Name, key: str) -> None:
        index = self._find(key)
        if index is None and name.text[:1].isupper() and name.text.split()[-1].islower():
            bodies = [i for i, one in enumerate(self.organisations) if _same_body(key.split(), one.key.split())]
            index = bodies[0] if len(bodies) == 1 else None
        if index is None:
            index = len(self.organisations)
            self.organisations.append(Organisation(clean_company(name.text), key))
            self._by_key[key] = index
        organisation = self.organisations[index]
        name.entity = index
        organisation.positions.append(position)
        short = organisation.key.startswith(f"{key} ") and not name.text.isupper()
        if name.weak and not organisation.weak and short and not is_town(name.text):
            name.weak = False  # "Kingsmead" for "Kingsmead Primary"
        organisation.weak = organisation.weak and name.weak
        longer = len(clean_company(name.text)) > len(organisation.full) and not name.text.isupper()
        if key == organisation.key and (longer or (organisation.full.isupper() and not name.text.isupper())):
            organisation.full = clean_company(name.text)

    def _find(self, key: str) -> int | None:
        if key in self._by_key:
            return self._by_key[key]
        matches = []
        short, openings = key.split(), name_data("openings")
        for index, organisation in enumerate(self.organisations):
            longer = organisation.key.split()
            rest = longer[len(short) :]
            starts = longer[: len(short)] == short and len(rest) <= 4 and not _part_of(short, rest)
            starts = starts and not (len(rest) > 1 and self._is_told_first(key, organisation.key))
            if starts or (longer[0] in openings and longer[1:] == short):
                matches.append(index)
            elif len(short) == 1 and 2 <= len(key) <= 6:
                full = organisation.full.lower().replace(".", "")
                if key in _acronyms(organisation.key) | _acronyms(full):
                    matches.append(index)
        return matches[0] if matches else self._by_head(short)

    def _is_told_first(self, key: str, longer: str) -> bool:
        """Whether a short name comes before the longer one, which is then a part: "Acme" and "Acme Retail Finance"."""
        return self._first.get(key, len(self._text)) < self._first.get(longer, 0)

    def _by_head(self, short: list[str]) -> int | None:
        """The one organisation of whose name a short form is the head: "the Courier", "the Institute", "the Panel"."""
        if short[-1] not in name_data("heads"):
            return None
        longer = [i for i, one in enumerate(self.organisations) if short[-1] in one.key.split()]
        return (
            longer[0] if len(longer) == 1 and _head(self.organisations[longer[0]].key)[-len(short) :] == short else None
        )


def _same_body(short: list[str], longer: list[str]) -> bool:
    """Whether a name that ends in a common noun is another form of a body's.

    "Norfield hospital" of "Norfield General Hospital", "corrections department" of "state department of corrections".
    """
    last = short[-1]
    if last not in longer or len(short) < 2:
        return False
    inserted = longer[-1] == last and longer[: len(short) - 1] == short[:-1] and len(longer) - len(short) <= _INSERTED
    return inserted or longer[longer.index(last) :] == [last, "of", *short[:-1]]


_INSERTED = 2  # words


def _head(key: str) -> list[str]:
    """A name up to "of" or "for": "lister institute" of "lister institute of oncology"."""
    words = key.split()
    return words[: next((at for at, word in enumerate(words) if word in ("of", "for") and at), len(words))]
