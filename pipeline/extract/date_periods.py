"""What each form of date names, reckoned from the anchor date: one function per form of date_forms.py.

Periods that the table has no precision for keep the precision that stays true: a week or weekend is the
month it lies in whole, else the year, else nothing; a half-year and a season are the year they lie in whole
(winter: nothing, unless its year is written); a decade is nothing.
"""

from __future__ import annotations

from pipeline.extract.named_dates import (
    day_of_ref,
    half,
    holiday,
    month_day,
    month_dom,
    month_year,
    named_month,
    nothing,
    numeric,
    plain_year,
    quarter,
    ref_month,
    season,
    weekday,
    weekday_week,
)
from pipeline.extract.periods import Resolver
from pipeline.extract.relative_dates import (
    ago,
    ahead,
    before_last,
    current,
    day_window,
    day_word,
    new_year,
    now,
    ref_unit,
    ref_window,
    the_unit,
    weekend,
    year_turn,
)

RESOLVERS: dict[str, Resolver] = {
    "month_day": month_day,
    "month_year": month_year,
    "day_of_ref": day_of_ref,
    "ref_month": ref_month,
    "month": named_month,
    "numeric": numeric,
    "weekday": weekday,
    "weekday_week": weekday_week,
    "holiday": holiday,
    "day_word": day_word,
    "day_window": day_window,
    "week_before_last": before_last,
    "weekend": weekend,
    "ref_window": ref_window,
    "ref_unit": ref_unit,
    "half": half,
    "quarter": quarter,
    "season": season,
    "ago": ago,
    "ahead": ahead,
    "year_end": current("year"),
    "month_end": current("month"),
    "the_unit": the_unit,
    "range": plain_year,
    "decade": nothing,
    "year": plain_year,
    "new_year": new_year,
    "year_turn": year_turn,
    "month_dom": month_dom,
    "now": now,
    "fiscal": nothing,
}
