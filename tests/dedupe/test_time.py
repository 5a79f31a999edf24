"""Whether two reports of one person, role and company agree in time."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.dedupe.compare import (
    AGREES,
    EMPTY,
    FITS,
    SILENT,
    STRAINS,
    TO_THE_DAY,
    Telling,
    period,
    telling_dates,
    time_points,
)
from pipeline.dedupe.settings import load_settings
from tests.dedupe.made import when

EVENTS = load_settings().events
NAMES = {
    "to the day": TO_THE_DAY,
    "agrees": AGREES,
    "fits": FITS,
    "open": EMPTY,
    "silent": SILENT,
    "strains": STRAINS,
    "apart": None,
}
# wanted | published, stated date, status and scope of one report | of the other
CASES = """
to the day | 2024-03-05 2024-03-04 done news       | 2024-03-06 2024-03-04 done news
to the day | 2024-03-05 2024-03-04 done news       | 2024-08-01 2024-03-05 done background
agrees     | 2024-03-05 2024-03-04 done news       | 2024-03-06 2024-03-07 done news
agrees     | 2024-03-05 2024-03-04 done news       | 2024-08-06 2024-03 done news
fits       | 2024-03-05 2024-03-04 done news       | 2025-08-06 2024 done news
fits       | 2024-03-05 2024-03-04 done news       | 2024-04-10 2024-04-01 done news
apart      | 2019-03-05 2019-03-04 done news       | 2024-03-06 2024-03-04 done news
apart      | 2024-03-05 2023 done background       | 2024-03-06 2024-03-04 done news
fits       | 2024-01-10 2024-01-10 done news       | 2024-01-12 2024-07-01 planned news
open       | 2024-01-10 2024-03-31 planned news    | 2024-06-20 2024-06-15 done news
strains    | 2024-01-10 2024-01-10 done news       | 2024-06-20 2024-06-15 done news
apart      | 2024-05-01 2024-01-10 done news       | 2024-06-20 2024-06-15 done news
agrees     | 2024-03-05 2024-03-04 done news       | 2024-03-20 - done news
fits       | 2024-03-05 2024-03-04 done news       | 2024-04-15 - done news
open       | 2024-03-05 2024-03-04 done news       | 2024-07-01 - done news
apart      | 2024-03-05 2024-03-04 done news       | 2025-03-05 - done news
silent     | 2024-03-05 2024-03-04 done news       | 2025-03-05 - done background
apart      | 2024-03-05 2024-03-04 done news       | 2023-03-05 - done background
fits       | 2024-12-30 2024-12-31 planned news    | 2024-03-05 - rumored news
strains    | 2024-07-15 2024-07-15 done news       | 2024-06-23 - done news
agrees     | 2024-03-05 - done news                | 2024-03-15 - done news
fits       | 2024-03-05 - done news                | 2024-04-15 - done news
open       | 2024-03-05 - rumored news             | 2024-09-15 - done news
apart      | 2024-03-05 - done news                | 2025-03-05 - done news
silent     | 2024-03-05 - done news                | 2025-03-05 - done background
apart      | 2024-03-05 - done background          | 2025-03-05 - done news
silent     | - - done news                         | 2025-03-05 - done news
silent     | - 2024-03-04 done news                | - - done news
"""


def telling(text: str) -> Telling:
    published, stated, status, scope = text.split()
    day, precision = when(None if stated == "-" else stated)
    said = None if published == "-" else date.fromisoformat(published).toordinal()
    first, last = telling_dates(day, precision, status, said)  # type: ignore[arg-type]
    return Telling("acme", None, None, False, "departed", status, scope, first, last, said)  # type: ignore[arg-type]


@pytest.mark.parametrize("case", CASES.strip().splitlines())
def test_reports_agree_in_time(case: str) -> None:
    wanted, one, other = (cell.strip() for cell in case.split("|"))
    assert time_points(telling(one), telling(other), EVENTS) == NAMES[wanted]
    assert time_points(telling(other), telling(one), EVENTS) == NAMES[wanted]


def test_what_is_not_done_is_not_dated_by_its_announcement() -> None:
    said = date(2024, 3, 5).toordinal()
    assert telling_dates(date(2024, 3, 4), "day", "planned", said) == (None, None)
    assert telling_dates(date(2024, 3, 4), "day", "done", said) == (said - 1, said - 1)
    assert telling_dates(date(2024, 3, 6), "day", "planned", said) == (said + 1, said + 1)
    assert telling_dates(date(2024, 3, 1), "month", "planned", said) == (said - 4, said + 26)


@pytest.mark.parametrize(
    ("text", "precision", "last"),
    [
        ("2024-03-04", "day", "2024-03-04"),
        ("2024-02-01", "month", "2024-02-29"),
        ("2024-10-01", "quarter", "2024-12-31"),
        ("2024-01-01", "quarter", "2024-03-31"),
        ("2024-01-01", "year", "2024-12-31"),
    ],
)
def test_periods(text: str, precision: str, last: str) -> None:
    first = date.fromisoformat(text)
    assert period(first, precision) == (first.toordinal(), date.fromisoformat(last).toordinal())  # type: ignore[arg-type]
