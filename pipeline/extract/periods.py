"""Calendar arithmetic for dates told in words: where a step leads to, and which of several days is meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from pipeline.records import Precision

Tense = Literal["past", "future"]
# A reprint of Oct. 15 may say "will start Oct. 14": a day this close before the anchor is still meant.
SLACK_DAYS = 3


@dataclass(frozen=True, slots=True)
class Context:
    """What a wording is read against: publication date, tense of the clause, and the year that the text speaks of."""

    anchor: date | None
    tense: Tense | None
    year_hint: int | None


Period = tuple[date, Precision]
Resolver = Callable[["re.Match[str]", Context], Period | None]


def cover_days(first: date, last: date) -> Period | None:
    """The month, else the year, that holds both days; None when they lie in two years."""
    if first.year != last.year:
        return None
    if first.month != last.month:
        return date(first.year, 1, 1), "year"
    return first.replace(day=1), "month"


def cover_week(day: date) -> Period | None:
    """The month, else the year, that holds the working days of a day's week: on other days firms tell little."""
    monday = day - timedelta(days=day.weekday())
    return cover_days(monday, monday + timedelta(days=4))


def add_months(day: date, months: int) -> date:
    """The first day of the month so many months after a day's."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def whole_year(number: int) -> Period:
    """A year as a period."""
    return date(number, 1, 1), "year"


def step_of(ref: str) -> int:
    """-1, 0 or 1 for a wording such as "last", "this past", "the coming"."""
    word = ref.lower().split()[-1]
    return {"last": -1, "past": -1, "next": 1, "coming": 1}.get(word, 0)


def valid_day(year: int, month: int, day: int) -> date | None:
    """The day of that number; none for Feb. 30."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def stated_year(match: re.Match[str], context: Context) -> int | None:
    """The year that "2025", "of next year" or the like fixes."""
    groups = match.groupdict()
    if groups.get("year"):
        return int(groups["year"])
    if groups.get("yref") and context.anchor:
        return context.anchor.year + step_of(groups["yref"])
    return None


def choose_occurrence(options: Sequence[date], context: Context, slack_days: int = 0) -> date | None:
    """The occurrence meant: nearest to the anchor, or the latest past, or the next coming one."""
    anchor = context.anchor
    if anchor is None:
        return None
    if context.tense == "past":
        return max((o for o in options if o <= anchor + timedelta(days=min(slack_days, 1))), default=None)
    if context.tense == "future":
        return min((o for o in options if o >= anchor - timedelta(days=slack_days)), default=None)
    return min(options, key=lambda o: (abs((o - anchor).days), o), default=None)


def month_options(month: int, anchor: date) -> list[date]:
    """A month in the year before the anchor, in its own and in the next."""
    return [date(anchor.year + shift, month, 1) for shift in (-1, 0, 1)]


def unit_at(unit: str, step: int, anchor: date) -> Period | None:
    """The calendar week, month, quarter or year that lies `step` of them after the anchor's."""
    if unit == "week":
        return cover_week(anchor + timedelta(weeks=step))
    if unit == "month":
        return add_months(anchor, step), "month"
    if unit == "quarter":
        return add_months(anchor, 3 * step - (anchor.month - 1) % 3), "quarter"
    return whole_year(anchor.year + step)


def shifted(anchor: date, whole: int, unit: str) -> Period | None:
    """The day, week, month or year that lies a whole number of them after a day (before it, if negative)."""
    if unit == "day":
        return anchor + timedelta(days=whole), "day"
    if unit == "decade":
        unit, whole = "year", whole * 10
    if unit == "fortnight":
        unit, whole = "week", whole * 2
    if not 1 <= anchor.year + (whole if unit == "year" else 0) <= 9998:
        return None
    return unit_at(unit, whole, anchor)
