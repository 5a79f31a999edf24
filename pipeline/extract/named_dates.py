"""What a date names that the calendar has a word or number for: "Oct. 15", "Monday", "the second quarter".

A half-year and a season are the year they lie in whole (winter: nothing, unless its year is written).
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from pipeline.extract.date_forms import (
    QUARTERS,
    SEASON_START,
    day_number,
    month_number,
    weekday_number,
)
from pipeline.extract.feasts import feast_days
from pipeline.extract.periods import (
    SLACK_DAYS,
    Context,
    Period,
    add_months,
    choose_occurrence,
    month_options,
    stated_year,
    step_of,
    unit_at,
    valid_day,
    whole_year,
)
from pipeline.extract.written_dates import parse_written


def month_day(match: re.Match[str], context: Context) -> Period | None:
    """ "Oct. 15", "15 October 2024", "Tuesday, the 15th of October"."""
    month = month_number(match["month"] or match["month2"])
    day = day_number(match["day"] or match["dom"] or match["domof"])
    weekday = weekday_number(match["weekday"]) if match["weekday"] else None
    year = stated_year(match, context)
    if year is None and match["yref"]:
        return None
    if year is None and context.anchor is None:
        year = context.year_hint
    if year is not None:
        found = valid_day(year, month, day)
        if found is not None and weekday is not None and found.weekday() != weekday:
            return date(year, month, 1), "month"  # weekday and date contradict each other: one is a slip
        return (found, "day") if found else None
    if context.anchor is None:
        return None
    near = context.anchor.year
    options = [o for y in range(near - 8, near + 9) if (o := valid_day(y, month, day))]
    if weekday is not None:
        agreeing = [o for o in options if o.weekday() == weekday and abs(o.year - near) <= 1]
        options = agreeing or options
    chosen = choose_occurrence(options, context, SLACK_DAYS)
    return (chosen, "day") if chosen else None


def month_year(match: re.Match[str], context: Context) -> Period | None:
    """ "October 2024", "October of last year"."""
    year = stated_year(match, context)
    return (date(year, month_number(match["month"]), 1), "month") if year else None


def day_of_ref(match: re.Match[str], context: Context) -> Period | None:
    """ "The 15th of next month"."""
    if context.anchor is None:
        return None
    first = add_months(context.anchor, step_of(match["ref"]))
    found = valid_day(first.year, first.month, day_number(match["dom"]))
    return (found, "day") if found else None


def named_month(match: re.Match[str], context: Context) -> Period | None:
    """ "In October": the one that tense and anchor date mean."""
    month = month_number(match["month"])
    if context.anchor is None:
        return (date(context.year_hint, month, 1), "month") if context.year_hint else None
    month_anchor = Context(context.anchor.replace(day=1), context.tense, None)
    chosen = choose_occurrence(month_options(month, context.anchor), month_anchor)
    return (chosen, "month") if chosen else None


def ref_month(match: re.Match[str], context: Context) -> Period | None:
    """ "Last October", "next May"."""
    if context.anchor is None:
        return None
    month, current = month_number(match["month"]), context.anchor.replace(day=1)
    options = month_options(month, current)
    step = step_of(match["ref"])
    if step < 0:
        return max(o for o in options if o < current), "month"
    if step > 0:
        return min(o for o in options if o > current), "month"
    return options[1], "month"


def numeric(match: re.Match[str], _context: Context) -> Period | None:
    """ "2024-10-15", "15.10.2024", "15-10-2024", "10/15/2024"."""
    order = "YMD" if match["iso"] else "DMY" if match["dotted"] else "MDY"
    found = parse_written(match["iso"] or match["dotted"] or match["slash"], order)
    return (found, "day") if found else None


def weekday(match: re.Match[str], context: Context) -> Period | None:
    """ "Monday", "last Monday", "Monday of next week"."""
    if context.anchor is None:
        return None
    anchor, number = context.anchor, weekday_number(match["weekday"])
    monday = anchor - timedelta(days=anchor.weekday())
    ref = (match["ref"] or "").lower()
    if match["wref"]:
        return monday + timedelta(days=number + 7 * step_of(match["wref"])), "day"
    back, ahead = (anchor.weekday() - number) % 7, (number - anchor.weekday()) % 7
    if ref in ("this coming", "the coming"):
        return anchor + timedelta(days=ahead or 7), "day"
    step = step_of(ref) if ref else 0
    if step < 0:
        return anchor - timedelta(days=back or 7), "day"
    if step > 0:
        return monday + timedelta(days=number + 7), "day"
    forward = context.tense == "future" or (bool(ref) and context.tense is None)
    return (anchor + timedelta(days=ahead) if forward else anchor - timedelta(days=back)), "day"


def weekday_week(match: re.Match[str], context: Context) -> Period | None:
    """ "Monday week", "a week on Monday": a week, or two, after the coming one."""
    if context.anchor is None:
        return None
    number = weekday_number(match["weekday"] or match["weekday2"])
    weeks = 2 if (match["span"] or match["span2"]).lower() == "fortnight" else 1
    return context.anchor + timedelta(days=((number - context.anchor.weekday()) % 7 or 7) + 7 * weeks), "day"


def holiday(match: re.Match[str], context: Context) -> Period | None:
    """The day of a feast; of one that moves or spans days the month. "After Christmas" names no month."""
    year = stated_year(match, context)
    if (year is None and (context.anchor is None or match["yref"])) or re.search(r"(?i)after|before", match["prefix"]):
        return None
    years = [year] if year else [context.anchor.year + shift for shift in (-1, 0, 1)] if context.anchor else []
    days, precision = feast_days(match["feast"], years)
    if year is None and match["ref"]:
        context = Context(context.anchor, "past" if match["ref"].lower() == "last" else "future", None)
    chosen = days[0] if year else choose_occurrence(days, context)
    if chosen is None:
        return None
    return (chosen, precision) if precision == "day" else (chosen.replace(day=1), precision)


def half(match: re.Match[str], context: Context) -> Period | None:
    """ "The first half of 2024"."""
    written = match["hyear"] or match["hshort"]
    year = _full_year(written) if written else stated_year(match, context)
    return whole_year(year) if year else None


def _full_year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def quarter(match: re.Match[str], context: Context) -> Period | None:
    """ "The second quarter", "Q2 2024", "the first quarter of next year"."""
    digit = match["q"] or match["q2"] or match["q3"]
    number = int(digit) if digit else QUARTERS[match["qword"].lower()]
    written = match["qyear"] or match["qshort"]
    year = _full_year(written) if written else stated_year(match, context)
    if match["qref"]:
        year = context.anchor.year + step_of(match["qref"]) if context.anchor else None
    month = 3 * number - 2
    if year is None and not match["yref"] and context.anchor is not None:
        current = unit_at("quarter", 0, context.anchor)
        assert current is not None
        chosen = choose_occurrence(month_options(month, current[0]), Context(current[0], context.tense, None))
        return (chosen, "quarter") if chosen else None
    year = year or (context.year_hint if context.anchor is None else None)
    return (date(year, month, 1), "quarter") if year else None


def season(match: re.Match[str], context: Context) -> Period | None:
    """ "This autumn", "in the spring of 2024"."""
    year = stated_year(match, context)
    if year is not None:
        return whole_year(year)
    start_month = SEASON_START[match["season"].lower()]
    if context.anchor is None or start_month == 12:
        return None
    anchor, ref = context.anchor, (match["ref"] or "").lower()
    starts = month_options(start_month, anchor)
    if ref and ref != "the":
        step = step_of(ref)
        if step < 0:
            return whole_year(max(s for s in starts if add_months(s, 3) <= anchor).year)
        return whole_year(min(s for s in starts if s > anchor).year) if step else whole_year(anchor.year)
    chosen = choose_occurrence(starts, context)
    return whole_year(chosen.year) if chosen else None


def plain_year(match: re.Match[str], _context: Context) -> Period | None:
    """ "In 2024"; of a range its first year."""
    return whole_year(int(match["year"]))


def nothing(_match: re.Match[str], _context: Context) -> Period | None:
    """Of a decade or a fiscal year no period of the tables is true."""
    return None


def month_dom(match: re.Match[str], context: Context) -> Period | None:
    """ "The 15th": of the month that tense and anchor date mean."""
    if context.anchor is None:
        return None
    day = day_number(match["dom"])
    firsts = [add_months(context.anchor, shift) for shift in (-2, -1, 0, 1, 2)]
    options = [o for first in firsts if (o := valid_day(first.year, first.month, day))]
    chosen = choose_occurrence(options, context)
    return (chosen, "day") if chosen else None
