"""Runs of capitalised words in a sentence: whole names as they are spelt, whatever the model made of their parts."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.extract.mentions import Sentence, Title, Window
from pipeline.extract.name_words import (
    HONORIFICS,
    INITIAL,
    LETTERS,
    STYLES,
    is_area_name,
    is_area_word,
    is_listed_at,
    is_org_tail,
    is_unit_name,
    styled_as_headline,
)
from pipeline.names import is_given_name
from pipeline.names.text import fold
from pipeline.rulebook import read_data, remembered
from pipeline.titles.lexicon import lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

_LONGEST = 6
_OPENERS = frozenset('"“‘(:-–—*•|;')
_CAMEL = re.compile(r"^[a-z]{1,2}[A-Z]|^[a-z]{3,8}[A-Z][a-z]")
_DOMAIN = re.compile(r"^[A-Za-z0-9-]{2,}\.(?:com|ai|io|co|net|org|tv|app|dev|me|uk|health|bio|tech)$")
_DIGIT_FIRST = re.compile(r"^\d+[A-Za-z]{1,}[a-z]*$")
_ORDINAL = re.compile(r"^\d+(?:st|nd|rd|th|s|m|bn|k|am|pm|x|p)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Run:
    """A name as spelt: token indices of the window, half-open, and its words."""

    first: int
    last: int
    text: str

    @property
    def words(self) -> list[str]:
        return self.text.split()


@remembered()
def name_data(key: str) -> frozenset[str]:
    """A list of `names.toml`: of words where it is one text, of phrases where it is a list."""
    words = read_data("names.toml")[key]
    return frozenset(words.split() if isinstance(words, str) else words)


def is_place(text: str) -> bool:
    """Whether a name is that of a well-known city, state or region, or of those who live in a country."""
    low = text.lower()
    return low in name_data("places") or low in name_data("countrymen")


def is_full_name(run: Run | None) -> bool:
    """Whether a run is a person's name of two or three words, the first a given name."""
    return run is not None and 2 <= len(run.words) <= 3 and is_given_name(run.words[0])


def is_town(text: str) -> bool:
    """Whether a name is that of any town of some size, a county, a state or a country."""
    low = fold(text).lower()
    return low in _towns() or low in name_data("places") or low in lexicon().places


@remembered()
def _towns() -> frozenset[str]:
    return frozenset(line.strip() for line in read_data("towns.toml")["names"].split("|"))


_PARTS_OF_COUNTRIES = frozenset(
    "north south east west northern southern eastern western central greater upper lower mid middle inner outer old "
    "new rural urban mainland metropolitan sub-saharan latin great little".split()
)


def is_branch_name(text: str) -> bool:
    """Whether a name is a word and a country or continent, as firms call their branches: "Acme Africa"."""
    words = text.split()
    if len(words) != 2 or words[1].lower() not in lexicon().places or not words[1][:1].isupper() or is_town(text):
        return False
    first = words[0].lower()
    known = first in _PARTS_OF_COUNTRIES or first in lexicon().places or is_area_word(first)
    return not (known or is_given_name(first))


def title_end(window: Window, title: Title) -> int:
    """Where a title ends without the name that it took along: "chief executive of Larder"."""
    doc = window.doc
    for index in range(title.first + 1, title.last - 1):
        if window.lows[index] in ("of", "at", "for") and _spelt_as_name(window.words[index + 1]):
            tail = doc[index + 1 : title.last]
            unit = is_area_name(tail.text) or is_unit_name(tail.text)
            if not unit and all(_spelt_as_name(token.text) or not token.is_alpha for token in tail):
                return index
    return title.last


def find_runs(window: Window, sentence: Sentence, verbs: Collection[int]) -> Iterator[Run]:
    """The runs of a sentence in order; titles end one, and so do the verbs of a headline in title case."""
    doc = window.doc
    barriers = {
        index
        for title in window.titles_in(sentence.first, sentence.last)
        if title.mention.strong or not title.mention.capitalised or _before_name(window, title)
        for index in range(title.first, title_end(window, title))
    }
    for name in window.names_in(sentence.first, sentence.last, "org"):
        if name.weak and is_unit_name(name.text) and not is_branch_name(name.text):
            barriers.update(range(name.first, name.last))  # "Head of Post-Training Jane Roe"
    styled = styled_as_headline(window, sentence.first)
    if styled:
        barriers.update(index for index in verbs if _inflected(doc[index]))
    index = sentence.first
    while index < sentence.last:
        if index not in window.name_at and not _spelt_as_name(window.words[index]):
            index += 1
            continue
        last = _run_end(window, sentence, index, barriers, styled)
        last += last > index and _ends_in_s(window, sentence, last)
        if last > index:
            yield Run(index, last, window.piece(index, last))
        index = max(last, index + 1)


def _ends_in_s(window: Window, sentence: Sentence, index: int) -> bool:
    """Whether the 's behind a name belongs to it, for no possessive stands before a verb: "Hadley's said"."""
    if index + 1 >= sentence.last or window.lows[index] not in ("'s", "’s") or window.doc[index].tag_ != "POS":
        return False
    return window.doc[index + 1].tag_ in ("VBD", "VBZ", "MD") or is_listed_at(window, index + 1)


def _before_name(window: Window, title: Title) -> bool:
    """Whether a given name follows a title that may be a name itself: "Captain Daniel Foster", not "Faith Booker"."""
    return title.last < len(window.doc) and is_given_name(window.words[title.last])


def _inflected(token: Token) -> bool:
    return token.tag_.startswith("VB") or token.lower_.endswith(("s", "ed"))


def _run_end(window: Window, sentence: Sentence, first: int, barriers: set[int], styled: bool) -> int:
    last, known = first, first
    if first == sentence.first and window.doc[first].tag_ not in ("NNP", "NNPS"):
        rest = window.name_at.get(first + 1)
        if rest is not None and rest.first == first + 1 and rest.kind == "org":
            return first  # "Troubled Acme Inc. said"
    while last < sentence.last and last - first < _LONGEST:
        if last in barriers:
            break
        whole = _organisation_end(window, last, barriers)
        if whole:
            known = last = whole
        elif _is_name_word(window, sentence, last, first, styled):
            if last > first and _starts_anew(window.words[last - 1], window.words[last]):
                break
            last += 1
            known = last
        elif last > first and last + 1 < sentence.last and last + 1 not in barriers and _joins(window, first, last):
            last += 1
            if window.words[last - 1] == "-" and not window.words[last][:1].isupper():
                last += 1  # "Jae-hyun"
                known = last
        else:
            break
    return known


LEGAL_FORMS = frozenset("inc corp ltd co plc llc llp".split())


def _starts_anew(before: str, word: str) -> bool:
    """Whether a second name starts without a mark between: "ACME Jane Roe", "Bolt Corp. Bolt"."""
    if before.lower().rstrip(".") in LEGAL_FORMS:
        return word.lower().rstrip(".") not in LEGAL_FORMS and word not in ("&", "and")
    return before.isupper() and len(before) > 2 and is_given_name(word) and not word.isupper()


def _organisation_end(window: Window, index: int, barriers: Collection[int]) -> int:
    """Where an organisation ends that the model saw as one name ("Roe, Kim and Co"); else 0."""
    name = window.name_at.get(index)
    if name is None or name.kind != "org" or name.weak or name.first != index or name.last - index < 2:
        return 0
    return 0 if any(i in barriers for i in range(name.first, name.last)) else name.last


@lru_cache(maxsize=20_000)
def _spelt_as_name(text: str) -> bool:
    """Whether a word is spelt like one of a name: "Acme", "eVolve", "7Bridges", "acme.io"."""
    return bool(
        text[:1].isupper()
        or _CAMEL.match(text)
        or _DOMAIN.match(text)
        or (_DIGIT_FIRST.match(text) and not _ORDINAL.match(text))
    )


def _is_name_word(window: Window, sentence: Sentence, index: int, first: int, styled: bool) -> bool:
    text = window.words[index]
    if not _spelt_as_name(text):
        return False
    lowered = window.lows[index].rstrip(".")
    if INITIAL.match(text) and text.endswith("."):
        return True
    after_given = index > first and is_given_name(window.words[index - 1])
    style = index if lowered in STYLES else index + 1
    styled_so = style and not STYLES.isdisjoint(window.lows[style : style + 1])
    if styled_so and window.lows[style - 1] in ("his", "her", "your"):
        return False  # "His Grace"
    if lowered in LETTERS and index > first + 1 and not text.istitle() and is_given_name(window.words[first]):
        return False  # "Jane Roe MP"
    if lowered in name_data("calendar"):
        return after_given and not window.doc[index].is_sent_start
    if lowered in HONORIFICS or text == "I":
        return False
    opens = index == sentence.first or window.words[index - 1] in _OPENERS
    if opens and (lowered in name_data("describing") or _is_kind(window, sentence, index)):
        return False
    if opens or styled:
        return lowered not in name_data("no_name") and (lowered not in lexicon().stops or after_given)
    return lowered not in ("the", "a", "an")


def _is_kind(window: Window, sentence: Sentence, index: int) -> bool:
    """Whether a noun that opens a sentence only says what the one behind it is: "Charity Acme", not "Bank Negara"."""
    kind = window.lows[index] in name_data("kinds_before") and index + 1 < sentence.last
    behind = window.words[index + 1] if kind else ""
    if kind and is_given_name(window.words[index]) and not "".join(window.words[index + 2 : index + 3])[:1].isupper():
        return False  # "Charity Mumbi"
    return _spelt_as_name(behind) and not is_org_tail(behind) and not is_area_word(behind.lower())


def _joins(window: Window, first: int, index: int) -> bool:
    """Whether a word that is no name by itself goes on with one: a particle, "&", a hyphen, "of" of an institution."""
    doc, token = window.doc, window.doc[index]
    behind = doc[index + 1]
    if token.text in ("-", "‐"):
        tight = not doc[index - 1].whitespace_ and not token.whitespace_
        return tight and (behind.text[:1].isupper() or (index in window.name_at and index + 1 in window.name_at))
    if token.text in ("&", "+"):
        return behind.text[:1].isupper()
    if token.lower_ == "of":
        owner = window.name_at.get(index + 1)
        if window.lows[first] == "board" and owner is not None and owner.kind == "org" and owner.first == index + 1:
            return False  # "the Board of Acme Inc."; not the Board of Trade
        return window.lows[first] in name_data("institutions") and behind.text[:1].isupper() and index == first + 1
    if token.lower_ in name_data("inside_person") | name_data("inside_organisation"):
        ahead = doc[index + 2] if index + 2 < len(doc) else behind
        return behind.text[:1].isupper() or (behind.lower_ in name_data("inside_person") and ahead.text[:1].isupper())
    return False
