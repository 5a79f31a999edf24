"""Dates written out in full, read by dateparser."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateparser.date import DateDataParser


@lru_cache(maxsize=1)
def _parsers() -> dict[str, DateDataParser]:
    """One parser per order of the parts; kept, since making one costs more than parsing."""
    from dateparser.date import DateDataParser

    settings = {"STRICT_PARSING": True, "PREFER_LOCALE_DATE_ORDER": False}
    return {
        order: DateDataParser(languages=["en"], settings={**settings, "DATE_ORDER": order})
        for order in ("YMD", "DMY", "MDY")
    }


@lru_cache(maxsize=4096)
def parse_written(text: str, order: str = "MDY") -> date | None:
    """The local day of a date written out in full, in numbers or with a time and zone."""
    found = _parsers()[order].get_date_data(text).date_obj
    return found.date() if found else None
