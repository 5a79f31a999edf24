"""Dates: the table of expressions with their answers, and sentences with every mention marked."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.extract.dates import DateMention, find_dates, resolve_date

CASES = Path(__file__).parents[1] / "cases"
EXPRESSIONS: list[dict[str, Any]] = yaml.safe_load((CASES / "date_cases.yaml").read_text("utf-8"))
SENTENCES: dict[str, list[Any]] = yaml.safe_load((CASES / "date_sentences.yaml").read_text("utf-8"))
TUESDAY = date(2024, 10, 15)

Answer = tuple[date, str] | None


def _as_tables_have_it(day: date, precision: str) -> Answer:
    """The wanted date in day, month, quarter or year: what stays true of a week, half, season or decade."""
    if precision == "day":
        return day, "day"
    if precision == "month":
        return day.replace(day=1), "month"
    if precision == "quarter":
        return date(day.year, (day.month - 1) // 3 * 3 + 1, 1), "quarter"
    if precision == "week":
        monday = day - timedelta(days=day.weekday())
        sunday = monday + timedelta(days=6)
        if monday.month == sunday.month:
            return monday.replace(day=1), "month"
        return (date(monday.year, 1, 1), "year") if monday.year == sunday.year else None
    if precision == "decade" or (precision == "season" and day.month == 12):
        return None
    return date(day.year, 1, 1), "year"


def _answers(case: dict[str, Any]) -> list[Answer]:
    if case["date"] is None or case.get("mod") == "fiscal":  # no company calendar: text, but no date
        return [None]
    days = [date.fromisoformat(day) for day in (case["date"], *case.get("accept", []))]
    return [_as_tables_have_it(day, case["precision"]) for day in days]


@pytest.mark.parametrize("case", EXPRESSIONS, ids=lambda case: f"{case['text']}|{case['pub']}|{case.get('tense', '')}")
def test_expression(case: dict[str, Any]) -> None:
    found = resolve_date(case["text"], date.fromisoformat(case["pub"]), case.get("tense"))
    answer = (found.date, found.precision) if found else None
    assert answer in _answers(case)


@pytest.mark.parametrize("case", [c for c in EXPRESSIONS if c["date"]], ids=lambda case: case["text"])
def test_mod(case: dict[str, Any]) -> None:
    found = resolve_date(case["text"], date.fromisoformat(case["pub"]), case.get("tense"))
    wanted = case.get("mod")
    if found and wanted in ("end", "by", "since", "mid", "early", "late"):
        assert found.mod == wanted


def test_table_is_whole() -> None:
    assert len(EXPRESSIONS) == 252


def _unmark(marked: str) -> tuple[str, list[DateMention]]:
    text, mentions, depth = "", [], 0
    for piece in re.split(r"(\{[^{}]*\})", marked):
        plain = piece.strip("{}") if piece.startswith("{") else piece
        if piece.startswith("{"):
            mentions.append(DateMention(len(text), len(text) + len(plain), plain))
            depth += 1
        text += plain
    return text, mentions


@pytest.mark.parametrize("marked", SENTENCES["dates"])
def test_sentence_with_dates(marked: str) -> None:
    text, mentions = _unmark(marked)
    assert mentions
    assert find_dates(text) == mentions


@pytest.mark.parametrize("text", SENTENCES["look_alikes"])
def test_sentence_without_dates(text: str) -> None:
    assert find_dates(text) == []


@pytest.mark.parametrize("row", SENTENCES["blocked"], ids=lambda row: row["text"])
def test_blocked_names(row: dict[str, Any]) -> None:
    text, mentions = _unmark(row["text"])
    blocked = [(text.index(name), text.index(name) + len(name)) for name in row["names"]]
    assert find_dates(text, blocked) == mentions


@pytest.mark.parametrize(
    "marked",
    [m for m in SENTENCES["dates"] if not re.search(r"fiscal|19[89]0s", m)],
)
def test_what_is_found_resolves(marked: str) -> None:
    text, _ = _unmark(marked)
    assert all(resolve_date(m.text, TUESDAY) for m in find_dates(text))


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("in 1985", (date(1985, 1, 1), "year")),
        ("effective Jan. 1, 2025", (date(2025, 1, 1), "day")),
        ("by the end of June 2024", (date(2024, 6, 1), "month")),
        ("in the first quarter of 2025", (date(2025, 1, 1), "quarter")),
        ("2024-10-07", (date(2024, 10, 7), "day")),
        ("on Monday", None),
        ("Nov. 29", None),
        ("in May", None),
        ("earlier this year", None),
        ("two weeks ago", None),
        ("in the third quarter", None),
        ("in October last year", None),
    ],
)
def test_without_anchor_only_dates_with_a_year_resolve(text: str, answer: Answer) -> None:
    found = resolve_date(text, None)
    assert ((found.date, found.precision) if found else None) == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Nov. 29", (date(2021, 11, 29), "day")),
        ("in May", (date(2021, 5, 1), "month")),
        ("in the third quarter", (date(2021, 7, 1), "quarter")),
        ("in 1985", (date(1985, 1, 1), "year")),
        ("Feb. 29", None),
        ("on Monday", None),
        ("last year", None),
    ],
)
def test_year_hint_stands_in_for_the_anchor(text: str, answer: Answer) -> None:
    found = resolve_date(text, None, year_hint=2021)
    assert ((found.date, found.precision) if found else None) == answer


def test_year_hint_gives_way_to_the_anchor() -> None:
    assert resolve_date("in May", TUESDAY, "past", year_hint=2021) == resolve_date("in May", TUESDAY, "past")


@pytest.mark.parametrize(
    ("text", "anchor", "tense", "answer"),
    [
        # Weekday and date contradict each other: only the month is sure.
        ("Monday, Oct. 8, 2024", TUESDAY, None, (date(2024, 10, 1), "month")),
        # The weekday picks the year.
        ("Wednesday, Nov. 29", TUESDAY, None, (date(2023, 11, 29), "day")),
        ("Oct. 14", TUESDAY, "future", (date(2024, 10, 14), "day")),
        ("Oct. 10", TUESDAY, "future", (date(2025, 10, 10), "day")),
        ("Feb. 29", date(2025, 3, 1), "past", (date(2024, 2, 29), "day")),
        ("Feb. 30", TUESDAY, None, None),
        ("June 31, 2024", TUESDAY, None, None),
        ("last week", date(2024, 10, 8), None, (date(2024, 1, 1), "year")),
        ("last week", date(2025, 1, 7), None, None),
        ("last week", date(2025, 11, 6), None, (date(2025, 10, 1), "month")),  # Oct. 27 to 31, then a weekend
        ("at the turn of the year", TUESDAY, "future", (date(2025, 1, 1), "month")),
        ("at the turn of the year", date(2025, 2, 3), "past", (date(2025, 1, 1), "month")),
        ("w.e.f. 05-11-2024", TUESDAY, None, (date(2024, 11, 5), "day")),
        ("on 05.11.2024", TUESDAY, None, (date(2024, 11, 5), "day")),
        ("in the past year", TUESDAY, None, None),
        ("last winter", TUESDAY, None, None),
        ("winter 2023", TUESDAY, None, (date(2023, 1, 1), "year")),
        ("over the weekend", TUESDAY, "past", (date(2024, 10, 1), "month")),
        ("next weekend", date(2024, 11, 25), "future", (date(2024, 1, 1), "year")),
        ("May of last year", TUESDAY, None, (date(2023, 5, 1), "month")),
        ("the first quarter of next year", TUESDAY, None, (date(2025, 1, 1), "quarter")),
        ("in two weeks", TUESDAY, "past", None),
        ("in last year's fourth quarter", TUESDAY, None, (date(2023, 10, 1), "quarter")),
        ("in the new year", TUESDAY, "future", (date(2025, 1, 1), "year")),
        ("in the new year", date(2025, 1, 10), "past", (date(2025, 1, 1), "year")),
        ("in the new year", date(2025, 3, 5), None, (date(2026, 1, 1), "year")),
        ("Tuesday of next week", TUESDAY, "future", (date(2024, 10, 22), "day")),
        ("a week from now", TUESDAY, None, (date(2024, 10, 1), "month")),
        ("in a fortnight's time", TUESDAY, "future", (date(2024, 1, 1), "year")),
        ("a fortnight ago", date(2024, 10, 30), "past", (date(2024, 10, 1), "month")),
        ("on Monday week", TUESDAY, "future", (date(2024, 10, 28), "day")),
        ("a week on Monday", TUESDAY, "future", (date(2024, 10, 28), "day")),
        ("Friday fortnight", TUESDAY, "future", (date(2024, 11, 1), "day")),
        ("by Christmas", TUESDAY, "future", (date(2024, 12, 1), "month")),
        ("after Christmas", TUESDAY, "future", None),
        ("last Christmas", TUESDAY, "past", (date(2023, 12, 1), "month")),
        ("on New Year's Day", TUESDAY, "past", (date(2024, 1, 1), "day")),
        ("on New Year's Eve", TUESDAY, "future", (date(2024, 12, 31), "day")),
        ("at Easter", TUESDAY, "future", (date(2025, 4, 1), "month")),
        ("until Easter next year", TUESDAY, "future", (date(2025, 4, 1), "month")),
        ("in 900 years", TUESDAY, "future", (date(2924, 1, 1), "year")),
        ("five hundred years ago", TUESDAY, None, None),
        ("999 decades ago", TUESDAY, None, None),
        ("Tuesday", TUESDAY, "future", (TUESDAY, "day")),
        ("on  Oct.\u00a07", TUESDAY, "past", (date(2024, 10, 7), "day")),
    ],
)
def test_calendar(text: str, anchor: date, tense: Any, answer: Answer) -> None:
    found = resolve_date(text, anchor, tense)
    assert ((found.date, found.precision) if found else None) == answer


@pytest.mark.parametrize("text", ["", " ", "{}", "in", "the", "0/0/2024", "99.99.2024", "31", "Q5 2024", "12"])
def test_no_date_no_error(text: str) -> None:
    assert resolve_date(text, TUESDAY) is None
    assert find_dates(text) == []


@pytest.mark.parametrize("year", [1, 2, 9998, 9999])
def test_edges_of_the_calendar_do_not_raise(year: int) -> None:
    for case in EXPRESSIONS:
        resolve_date(case["text"], date(year, 1, 1), case.get("tense"))
        resolve_date(case["text"], date(year, 12, 31), case.get("tense"))


def test_long_runs_of_prepositions_end() -> None:
    assert find_dates("in on by since " * 5_000 + "in 1985")[-1].text == "in 1985"
