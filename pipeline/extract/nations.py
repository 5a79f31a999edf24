"""Which presidents and leaders an article calls by their nation, or tells of as the heads of a state.

"Syrian President Hadi", "Chad's new leader", "the vice president of Maro"; or "President Hadi", in an article of
parliaments, coups and impeachments.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.extract.name_runs import name_data
from pipeline.rulebook import remembered

_CALLED = r"(?:vice[- ])?(?:president(?:[- ]elect)?|leader|dictator|ruler)"
_BEFORE = r"(?:new |former |then-?|ex-|ousted |deposed |outgoing |acting |interim )?"
_FEW = 3  # different words of politics; news of firms has one or two of them, of a "government" or "protests"


@lru_cache(maxsize=64)  # the last articles: every president of an article asks the same
def offices_of_nations(text: str) -> tuple[tuple[int, int], ...]:
    """Where a text names a nation before the office of its head: "Syrian President", "Chad's new leader"."""
    return tuple(match.span() for match in _nation_ahead().finditer(text))


@remembered()
def _nation_ahead() -> re.Pattern[str]:
    peoples, countries = (_either(name_data(key)) for key in ("nations", "countries"))
    return re.compile(rf"\b(?:(?:{peoples})(?:['’]s)?|(?:{countries})['’]s?) {_BEFORE}{_CALLED}\b", re.IGNORECASE)


@remembered()
def nation_behind() -> re.Pattern[str]:
    """The end of a head of state's title: " of Maro", " of the country"."""
    return re.compile(rf" of (?:the )?(?:{_either(name_data('countries'))}|u\.?s\.?|country|republic|nation)")


def _either(words: frozenset[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words))


@lru_cache(maxsize=64)
def is_of_politics(text: str) -> bool:
    """Whether an article is of states and their parliaments: at least three different words say so."""
    return len({match.group().lower() for match in _political().finditer(text)}) >= _FEW


@remembered()
def _political() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_either(name_data('politics'))})\b", re.IGNORECASE)
