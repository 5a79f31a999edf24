"""What each form of date names, reckoned from the anchor date: one function per form of date_forms.py.

Periods that the table has no precision for keep the precision that stays true: a week or weekend is the
month it lies in whole, else the year, else nothing; a half-year and a season are the year they lie in whole
(winter: nothing, unless its year is written); a decade is nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from pipeline.extract.date_forms import (
    DAY_WORDS,
    QUARTERS,
    SEASON_START,
    count_number,
    day_number,
    month_number,
    weekday_number,
)
from pipeline.extract.feasts import feast_days
from pipeline.extract.written_dates import parse_written
from pipeline.records import Precision

Tense = Literal["past", "future"]
# A reprint of Oct. 15 may say "will start Oct. 14": a day this close before the anchor is still meant.
SLACK_DAYS = 3


@dataclass(frozen=True, slots=True)
class Context:
    anchor: date | None
    tense: Tense | None
    year_hint: int | None


Period = tuple[date, Precision]
Resolver = Callable[["re.Match[str]", Context], Period | None]


def _cover(first: date, last: date) -> Period | None:
    """The month, else the year, that holds both days; None when they lie in two years."""
    if first.year != last.year:
        return None
    if first.month != last.month:
        return date(first.year, 1, 1), "year"
    return first.replace(day=1), "month"


def cover_week(day: date) -> Period | None:
    monday = day - timedelta(days=day.weekday())
    return _cover(monday, monday + timedelta(days=6))


def _add_months(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def _year(number: int) -> Period:
    return date(number, 1, 1), "year"


def _step(ref: str) -> int:
    """-1, 0 or 1 for a wording such as "last", "this past", "the coming"."""
    word = ref.lower().split()[-1]
    return {"last": -1, "past": -1, "next": 1, "coming": 1}.get(word, 0)


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _stated_year(match: re.Match[str], context: Context) -> int | None:
    """The year that "2025", "of next year" or the like fixes."""
    groups = match.groupdict()
    if groups.get("year"):
        return int(groups["year"])
    if groups.get("yref") and context.anchor:
        return context.anchor.year + _step(groups["yref"])
    return None


def _choose(options: Sequence[date], context: Context, slack_days: int = 0) -> date | None:
    """The occurrence meant: nearest to the anchor, or the latest past, or the next coming one."""
    anchor = context.anchor
    if anchor is None:
        return None
    if context.tense == "past":
        return max((o for o in options if o <= anchor + timedelta(days=min(slack_days, 1))), default=None)
    if context.tense == "future":
        return min((o for o in options if o >= anchor - timedelta(days=slack_days)), default=None)
    return min(options, key=lambda o: (abs((o - anchor).days), o), default=None)


def _month_day(match: re.Match[str], context: Context) -> Period | None:
    month = month_number(match["month"] or match["month2"])
    day = day_number(match["day"] or match["dom"] or match["domof"])
    weekday = weekday_number(match["weekday"]) if match["weekday"] else None
    year = _stated_year(match, context)
    if year is None and match["yref"]:
        return None
    if year is None and context.anchor is None:
        year = context.year_hint
    if year is not None:
        found = _valid(year, month, day)
        if found is not None and weekday is not None and found.weekday() != weekday:
            return date(year, month, 1), "month"  # weekday and date contradict each other: one is a slip
        return (found, "day") if found else None
    if context.anchor is None:
        return None
    near = context.anchor.year
    options = [o for y in range(near - 8, near + 9) if (o := _valid(y, month, day))]
    if weekday is not None:
        agreeing = [o for o in options if o.weekday() == weekday and abs(o.year - near) <= 1]
        options = agreeing or options
    chosen = _choose(options, context, SLACK_DAYS)
    return (chosen, "day") if chosen else None


def _month_year(match: re.Match[str], context: Context) -> Period | None:
    year = _stated_year(match, context)
    return (date(year, month_number(match["month"]), 1), "month") if year else None


def _day_of_ref(match: re.Match[str], context: Context) -> Period | None:
    if context.anchor is None:
        return None
    first = _add_months(context.anchor, _step(match["ref"]))
    found = _valid(first.year, first.month, day_number(match["dom"]))
    return (found, "day") if found else None


def _month_options(month: int, anchor: date) -> list[date]:
    return [date(anchor.year + shift, month, 1) for shift in (-1, 0, 1)]


def _month(match: re.Match[str], context: Context) -> Period | None:
    month = month_number(match["month"])
    if context.anchor is None:
        return (date(context.year_hint, month, 1), "month") if context.year_hint else None
    month_anchor = Context(context.anchor.replace(day=1), context.tense, None)
    chosen = _choose(_month_options(month, context.anchor), month_anchor)
    return (chosen, "month") if chosen else None


def _ref_month(match: re.Match[str], context: Context) -> Period | None:
    if context.anchor is None:
        return None
    month, current = month_number(match["month"]), context.anchor.replace(day=1)
    options = _month_options(month, current)
    step = _step(match["ref"])
    if step < 0:
        return max(o for o in options if o < current), "month"
    if step > 0:
        return min(o for o in options if o > current), "month"
    return options[1], "month"


def _numeric(match: re.Match[str], _context: Context) -> Period | None:
    order = "YMD" if match["iso"] else "DMY" if match["dotted"] else "MDY"
    found = parse_written(match[0], order)
    return (found, "day") if found else None


def _weekday(match: re.Match[str], context: Context) -> Period | None:
    if context.anchor is None:
        return None
    anchor, number = context.anchor, weekday_number(match["weekday"])
    monday = anchor - timedelta(days=anchor.weekday())
    ref = (match["ref"] or "").lower()
    if match["wref"]:
        return monday + timedelta(days=number + 7 * _step(match["wref"])), "day"
    back, ahead = (anchor.weekday() - number) % 7, (number - anchor.weekday()) % 7
    if ref in ("this coming", "the coming"):
        return anchor + timedelta(days=ahead or 7), "day"
    step = _step(ref) if ref else 0
    if step < 0:
        return anchor - timedelta(days=back or 7), "day"
    if step > 0:
        return monday + timedelta(days=number + 7), "day"
    forward = context.tense == "future" or (bool(ref) and context.tense is None)
    return (anchor + timedelta(days=ahead) if forward else anchor - timedelta(days=back)), "day"


def _weekday_week(match: re.Match[str], context: Context) -> Period | None:
    """ "Monday week", "a week on Monday": a week, or two, after the coming one."""
    if context.anchor is None:
        return None
    number = weekday_number(match["weekday"] or match["weekday2"])
    weeks = 2 if (match["span"] or match["span2"]).lower() == "fortnight" else 1
    return context.anchor + timedelta(days=((number - context.anchor.weekday()) % 7 or 7) + 7 * weeks), "day"


def _holiday(match: re.Match[str], context: Context) -> Period | None:
    """The day of a feast; of one that moves or spans days the month. "After Christmas" names no month."""
    year = _stated_year(match, context)
    if (year is None and (context.anchor is None or match["yref"])) or re.search(r"(?i)after|before", match["prefix"]):
        return None
    years = [year] if year else [context.anchor.year + shift for shift in (-1, 0, 1)] if context.anchor else []
    days, precision = feast_days(match["feast"], years)
    if year is None and match["ref"]:
        context = Context(context.anchor, "past" if match["ref"].lower() == "last" else "future", None)
    chosen = days[0] if year else _choose(days, context)
    if chosen is None:
        return None
    return (chosen, precision) if precision == "day" else (chosen.replace(day=1), precision)


def _day_word(match: re.Match[str], context: Context) -> Period | None:
    if context.anchor is None:
        return None
    word = " ".join(match["word"].lower().split())
    return context.anchor + timedelta(days=DAY_WORDS.get(word, 0)), "day"


def _day_window(match: re.Match[str], context: Context) -> Period | None:
    if context.anchor is None:
        return None
    return context.anchor + timedelta(days=_step(match["ref"])), "day"


def _unit_at(unit: str, step: int, anchor: date) -> Period | None:
    """The calendar week, month, quarter or year that lies `step` of them after the anchor's."""
    if unit == "week":
        return cover_week(anchor + timedelta(weeks=step))
    if unit == "month":
        return _add_months(anchor, step), "month"
    if unit == "quarter":
        return _add_months(anchor, 3 * step - (anchor.month - 1) % 3), "quarter"
    return _year(anchor.year + step)


def _before_last(match: re.Match[str], context: Context) -> Period | None:
    return _unit_at(match["unit"].lower(), -2, context.anchor) if context.anchor else None


def _weekend(match: re.Match[str], context: Context) -> Period | None:
    if context.anchor is None:
        return None
    saturday = context.anchor - timedelta(days=(context.anchor.weekday() - 5) % 7)
    step = _step(match["ref"]) if match["ref"] else None
    ahead = step == 1 or (step != -1 and context.tense == "future" and context.anchor.weekday() < 5)
    saturday += timedelta(weeks=1 if ahead else 0)
    return _cover(saturday, saturday + timedelta(days=1))


def _ref_window(match: re.Match[str], context: Context) -> Period | None:
    if context.anchor is None or match["unit"].lower().rstrip("s") not in ("day", "week"):
        return None
    days = int(count_number(match["count"]) * (7 if match["unit"].lower().startswith("week") else 1))
    edge = context.anchor + timedelta(days=days * (_step(match["ref"]) or -1))
    return _cover(min(edge, context.anchor), max(edge, context.anchor))


def _ref_unit(match: re.Match[str], context: Context) -> Period | None:
    if context.anchor is None:
        return None
    ref, unit = match["ref"].lower(), match["unit"].lower()
    if ref in ("the past", "past", "the last", "this past") and unit != "quarter":
        days = {"week": 7, "month": 30, "year": 365}[unit]
        return _cover(context.anchor - timedelta(days=days), context.anchor)
    return _unit_at(unit, _step(ref), context.anchor)


def _half(match: re.Match[str], context: Context) -> Period | None:
    written = match["hyear"] or match["hshort"]
    year = _full_year(written) if written else _stated_year(match, context)
    return _year(year) if year else None


def _full_year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _quarter(match: re.Match[str], context: Context) -> Period | None:
    digit = match["q"] or match["q2"] or match["q3"]
    number = int(digit) if digit else QUARTERS[match["qword"].lower()]
    written = match["qyear"] or match["qshort"]
    year = _full_year(written) if written else _stated_year(match, context)
    if match["qref"]:
        year = context.anchor.year + _step(match["qref"]) if context.anchor else None
    month = 3 * number - 2
    if year is None and not match["yref"] and context.anchor is not None:
        current = _unit_at("quarter", 0, context.anchor)
        assert current is not None
        chosen = _choose(_month_options(month, current[0]), Context(current[0], context.tense, None))
        return (chosen, "quarter") if chosen else None
    year = year or (context.year_hint if context.anchor is None else None)
    return (date(year, month, 1), "quarter") if year else None


def _season(match: re.Match[str], context: Context) -> Period | None:
    year = _stated_year(match, context)
    if year is not None:
        return _year(year)
    start_month = SEASON_START[match["season"].lower()]
    if context.anchor is None or start_month == 12:
        return None
    anchor, ref = context.anchor, (match["ref"] or "").lower()
    starts = _month_options(start_month, anchor)
    if ref and ref != "the":
        step = _step(ref)
        if step < 0:
            return _year(max(s for s in starts if _add_months(s, 3) <= anchor).year)
        return _year(min(s for s in starts if s > anchor).year) if step else _year(anchor.year)
    chosen = _choose(starts, context)
    return _year(chosen.year) if chosen else None


def _ago(match: re.Match[str], context: Context) -> Period | None:
    if context.anchor is None:
        return None
    return _shift(context.anchor, match["count"], match["unit"], -1)


def _ahead(match: re.Match[str], context: Context) -> Period | None:
    if context.anchor is None or context.tense == "past":
        return None
    return _shift(context.anchor, match["count"], match["unit"], 1)


def _shift(anchor: date, count: str, unit: str, sign: int) -> Period | None:
    return shifted(anchor, sign * int(count_number(count)), unit.lower().rstrip("s"))


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
    return _unit_at(unit, whole, anchor)


def _the_unit(match: re.Match[str], context: Context) -> Period | None:
    return _unit_at(match["unit"].lower(), 0, context.anchor) if context.anchor else None


def _new_year(_match: re.Match[str], context: Context) -> Period | None:
    """ "In the new year": the one begun if told as past, or in its first weeks; else the coming one."""
    if context.anchor is None:
        return None
    begun = context.anchor.month == 1 or (context.tense == "past" and context.anchor.month < 7)
    return _year(context.anchor.year + (0 if begun else 1))


def _current(unit: str) -> Resolver:
    return lambda _match, context: _unit_at(unit, 0, context.anchor) if context.anchor else None


def _plain_year(match: re.Match[str], _context: Context) -> Period | None:
    return _year(int(match["year"]))


def _nothing(_match: re.Match[str], _context: Context) -> Period | None:
    return None


def _month_dom(match: re.Match[str], context: Context) -> Period | None:
    if context.anchor is None:
        return None
    day = day_number(match["dom"])
    firsts = [_add_months(context.anchor, shift) for shift in (-2, -1, 0, 1, 2)]
    options = [o for first in firsts if (o := _valid(first.year, first.month, day))]
    chosen = _choose(options, context)
    return (chosen, "day") if chosen else None


def _now(_match: re.Match[str], context: Context) -> Period | None:
    return (context.anchor, "day") if context.anchor else None


RESOLVERS: dict[str, Resolver] = {
    "month_day": _month_day,
    "month_year": _month_year,
    "day_of_ref": _day_of_ref,
    "ref_month": _ref_month,
    "month": _month,
    "numeric": _numeric,
    "weekday": _weekday,
    "weekday_week": _weekday_week,
    "holiday": _holiday,
    "day_word": _day_word,
    "day_window": _day_window,
    "week_before_last": _before_last,
    "weekend": _weekend,
    "ref_window": _ref_window,
    "ref_unit": _ref_unit,
    "half": _half,
    "quarter": _quarter,
    "season": _season,
    "ago": _ago,
    "ahead": _ahead,
    "year_end": _current("year"),
    "month_end": _current("month"),
    "the_unit": _the_unit,
    "range": _plain_year,
    "decade": _nothing,
    "year": _plain_year,
    "new_year": _new_year,
    "month_dom": _month_dom,
    "now": _now,
    "fiscal": _nothing,
}
