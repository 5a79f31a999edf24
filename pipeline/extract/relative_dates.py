"""What a date names that is reckoned from the anchor date: "yesterday", "last week", "two years ago"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from pipeline.extract.date_forms import (
    DAY_WORDS,
    count_number,
)
from pipeline.extract.periods import (
    Context,
    Period,
    Resolver,
    cover_days,
    shifted,
    step_of,
    unit_at,
    whole_year,
)


def day_word(match: re.Match[str], context: Context) -> Period | None:
    """ "Today", "tomorrow night", "the day before yesterday"."""
    if context.anchor is None:
        return None
    word = " ".join(match["word"].lower().split())
    return context.anchor + timedelta(days=DAY_WORDS.get(word, 0)), "day"


def day_window(match: re.Match[str], context: Context) -> Period | None:
    """ "The past day", "the coming day"."""
    if context.anchor is None:
        return None
    return context.anchor + timedelta(days=step_of(match["ref"])), "day"


def before_last(match: re.Match[str], context: Context) -> Period | None:
    """ "The week before last"."""
    return unit_at(match["unit"].lower(), -2, context.anchor) if context.anchor else None


def weekend(match: re.Match[str], context: Context) -> Period | None:
    """ "At the weekend", "last weekend"."""
    if context.anchor is None:
        return None
    saturday = context.anchor - timedelta(days=(context.anchor.weekday() - 5) % 7)
    step = step_of(match["ref"]) if match["ref"] else None
    ahead = step == 1 or (step != -1 and context.tense == "future" and context.anchor.weekday() < 5)
    saturday += timedelta(weeks=1 if ahead else 0)
    return cover_days(saturday, saturday + timedelta(days=1))


def ref_window(match: re.Match[str], context: Context) -> Period | None:
    """ "In the past three weeks": the month or year that holds all of it."""
    if context.anchor is None or match["unit"].lower().rstrip("s") not in ("day", "week"):
        return None
    days = int(count_number(match["count"]) * (7 if match["unit"].lower().startswith("week") else 1))
    edge = context.anchor + timedelta(days=days * (step_of(match["ref"]) or -1))
    return cover_days(min(edge, context.anchor), max(edge, context.anchor))


def ref_unit(match: re.Match[str], context: Context) -> Period | None:
    """ "Last week", "next quarter", "the past year"."""
    if context.anchor is None:
        return None
    ref, unit = match["ref"].lower(), match["unit"].lower()
    if ref in ("the past", "past", "the last", "this past") and unit != "quarter":
        days = {"week": 7, "month": 30, "year": 365}[unit]
        return cover_days(context.anchor - timedelta(days=days), context.anchor)
    return unit_at(unit, step_of(ref), context.anchor)


def ago(match: re.Match[str], context: Context) -> Period | None:
    """ "Two years ago"."""
    if context.anchor is None:
        return None
    return _shift(context.anchor, match["count"], match["unit"], -1)


def ahead(match: re.Match[str], context: Context) -> Period | None:
    """ "In three months"."""
    if context.anchor is None or context.tense == "past":
        return None
    return _shift(context.anchor, match["count"], match["unit"], 1)


def _shift(anchor: date, count: str, unit: str, sign: int) -> Period | None:
    return shifted(anchor, sign * int(count_number(count)), unit.lower().rstrip("s"))


def the_unit(match: re.Match[str], context: Context) -> Period | None:
    """ "This week", "the quarter"."""
    return unit_at(match["unit"].lower(), 0, context.anchor) if context.anchor else None


def new_year(_match: re.Match[str], context: Context) -> Period | None:
    """ "In the new year": the one begun if told as past, or in its first weeks; else the coming one."""
    if context.anchor is None:
        return None
    begun = context.anchor.month == 1 or (context.tense == "past" and context.anchor.month < 7)
    return whole_year(context.anchor.year + (0 if begun else 1))


def year_turn(_match: re.Match[str], context: Context) -> Period | None:
    """ "At the turn of the year": the January begun if told as past, or in its first weeks; else the coming one."""
    begun = new_year(_match, context)
    return (begun[0], "month") if begun else None


def current(unit: str) -> Resolver:
    """The period of the anchor date: "at year-end", "at the end of the month"."""
    return lambda _match, context: unit_at(unit, 0, context.anchor) if context.anchor else None


def now(_match: re.Match[str], context: Context) -> Period | None:
    """ "Now", "with immediate effect": the anchor date."""
    return (context.anchor, "day") if context.anchor else None
