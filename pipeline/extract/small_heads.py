"""Institutions whose name ends in a common noun: "Norfield council", "the Ignacio Paz school"."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.extract.mentions import Window
from pipeline.extract.name_runs import is_place, name_data
from pipeline.extract.name_words import HONORIFICS, is_area_word
from pipeline.titles.lexicon import lexicon

_POSSESSIVE = ("'s", "’s")
_SAINTS = frozenset({"st", "st.", "saint", "our", "lady", "queen", "king", "all", "christ"})
_MOST = 4  # words of the name proper
_MOST_BETWEEN = 2  # words between it and its noun: "Norfield borough council", "Ouse valley health trust"


def small_headed(window: Window) -> Iterable[tuple[int, int]]:
    """First and last token of each such name; not "a Norfield school", "the London museum", "the Danish hospital"."""
    heads, links = name_data("small_heads"), name_data("before_small_heads")
    for index, low in enumerate(window.lows):
        if low not in heads or not window.words[index].islower():
            continue
        between = index
        while index - between < _MOST_BETWEEN and window.lows[between - 1] in links:
            between -= 1
        first = _name_before(window, between)
        if first < between and _is_name(window, first, between, low) and not _opens_office(window, first, between):
            yield first, index + 1


def _opens_office(window: Window, first: int, last: int) -> bool:
    """Whether a noun behind a person belongs to the office they get: "named Jane Roe police chief", one and all."""
    doc = window.doc
    if any(token.ent_type_ != "PERSON" for token in doc[first:last]):
        return False
    office = next((index for index in range(last + 1, len(doc)) if doc[index].tag_ != "NN"), len(doc))
    goes_on = window.tag(office) not in ("NNP", ",")
    return office > last + 1 and doc[office - 1].lower_ in lexicon().heads and goes_on


def _name_before(window: Window, last: int) -> int:
    """Where the capitalised words before a noun start; `last` if there are none."""
    start = window.sentence_of(last).first
    first = last
    if first - 1 > start and window.words[first - 1] in _POSSESSIVE and window.lows[first - 3] in _SAINTS:
        first -= 1  # "St Mary's"
    while first > start and last - first < _MOST and _is_capitalised(window, first - 1, start):
        first -= 1
    return first


def _is_capitalised(window: Window, index: int, start: int) -> bool:
    word, low = window.words[index], window.lows[index]
    if not word[:1].isupper() or low.rstrip(".") in HONORIFICS - {"st"} or low in name_data("calendar"):
        return False
    opens = index == start or not window.words[index - 1][-1].isalnum()
    return not (opens and (low in name_data("no_name") or low in lexicon().stops))


def _is_name(window: Window, first: int, last: int, noun: str) -> bool:
    """Whether the words before a noun are the name of one institution and do not say where or what it is."""
    doc = window.doc
    words = window.lows[first:last]
    if window.lows[first] in ("the", "a", "an") or any(word in name_data("no_small_headed") for word in words):
        return False
    if any(doc[index].ent_type_ == "NORP" or doc[index].tag_ in ("JJ", "NNS", "NNPS") for index in range(first, last)):
        return False
    if last - first == 1 and (window.words[first].isupper() or not _is_no_common_word(window, first)):
        return False
    before = window.lows[first - 1] if first else ""
    if before in ("a", "an", "another", "any", "each", "every", "one", "two", "three", "its", "their", "his", "her"):
        return False
    text = window.piece(first, last)
    place = is_place(text) or text.lower() in lexicon().places
    return not place or (before != "the" and noun in name_data("town_heads"))


def _is_no_common_word(window: Window, index: int) -> bool:
    """Whether a capital is more than that of a sentence's first word: "Norfield council", not "Village council"."""
    if index > window.sentence_of(index).first:
        return True
    low = window.lows[index]
    return window.doc[index].tag_ == "NNP" and not is_area_word(low) and low not in name_data("before_small_heads")


def is_small_part(window: Window, first: int, last: int) -> bool:
    """Whether words in small letters that the model takes for an organisation are a part of one.

    "chair of the chemistry department at Norfield University"; not "the police department", a body of its own.
    """
    if last - first < 2 or not all(word.islower() for word in window.words[first:last]):
        return False
    if window.lows[last - 1] not in lexicon().generic or window.lows[first - 2 : first] != ["of", "the"]:
        return False
    if not _OF_THE_PUBLIC.isdisjoint(window.lows[first:last]):
        return window.lows[last : last + 1] in (["at"], ["of"]) and window.doc[last + 1].tag_ == "NNP"
    return all(word in lexicon().areas for word in window.lows[first : last - 1])


_OF_THE_PUBLIC = frozenset(
    "police fire sheriff state justice defence defense treasury interior health education labor labour energy "
    "transport transportation agriculture commerce corrections parks".split()
)
