"""Feasts that news dates by: "by Christmas", "at Easter", "on New Year's Day"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from pipeline.records import Precision

# Month and day; those without a day are known to the month only, Easter by reckoning.
_FEASTS = {
    "new year day": (1, 1),
    "new year eve": (12, 31),
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "boxing day": (12, 26),
    "christmas": (12, 0),
    "thanksgiving": (11, 0),
    "easter": (0, 0),
}


def feast_days(words: str, years: Iterable[int]) -> tuple[list[date], Precision]:
    """The day of a feast in each of some years, and whether the day or only the month is meant."""
    month, day = _FEASTS[re.sub(r"['’]s", "", " ".join(words.lower().split()))]
    days = [date(year, month, day or 1) if month else _easter(year) for year in years]
    return days, "day" if day else "month"


def _easter(year: int) -> date:
    """Easter Sunday (Gregorian calendar).

    Source:
        The algorithm of Meeus, Jones and Butcher.
    """
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return date(year, month, day + 1)
