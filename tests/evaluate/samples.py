"""Builders of small gold and predicted rows, so that a test states only what it is about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from pipeline.evaluate.gold import GoldArticle, GoldEvent
from pipeline.records import DIRECTIONS, Article, EventMention, Evidence

Value = str | None | Sequence[str | None]


def _many(value: Value) -> tuple[Any, ...]:
    return (value,) if value is None or isinstance(value, str) else tuple(value)


def wanted(
    person: Value = "Ana Ruiz",
    role: Value = "chief executive",
    company: Value = "Acme",
    action: Value = "appointed",
    date: Value = None,
    status: Value = "done",
    scope: str = "news",
    evidence: str | None = None,
) -> GoldEvent:
    """A gold row; a list gives alternatives."""
    return GoldEvent(
        _many(person),
        _many(role),
        _many(company),
        _many(action),
        _many(date),
        _many(status),
        scope,  # type: ignore[arg-type]
        evidence,
        1,
    )


def answer(
    person: str = "Ana Ruiz",
    role: str | None = "chief executive",
    company: str | None = "Acme",
    action: str = "appointed",
    date: str | None = None,
    status: str = "done",
    scope: str = "news",
    *,
    evidence: Sequence[Evidence] = (),
    article_id: str = "a1",
    mention_id: str = "m",
) -> EventMention:
    """A predicted row, its date written as in gold files."""
    day, precision = parse_date(date)
    return EventMention(
        mention_id=mention_id,
        article_id=article_id,
        event_id=None,
        person=person,
        role=role,
        company=company,
        action=action,  # type: ignore[arg-type]
        direction=DIRECTIONS[action],
        date=day,
        date_precision=precision,
        date_text=None,
        date_source="text" if day else None,
        status=status,  # type: ignore[arg-type]
        scope=scope,  # type: ignore[arg-type]
        person_id=None,
        company_id=None,
        role_canonical=None,
        role_level=None,
        interim=False,
        previous_role=None,
        other_company=None,
        counterpart=None,
        confidence=0.5,
        evidence=tuple(evidence),
    )


def as_answer(event: GoldEvent) -> EventMention:
    """The predicted row that repeats a gold row, by its first alternatives."""
    return answer(
        event.person[0],
        event.role[0],
        event.company[0],
        event.action[0],
        event.date[0],
        event.status[0],
        event.scope,
    )


def parse_date(text: str | None) -> tuple[date | None, Any]:
    """First day and precision of a date as gold files write it."""
    if text is None:
        return None, None
    if "Q" in text:
        return date(int(text[:4]), 3 * int(text[6]) - 2, 1), "quarter"
    numbers = [int(part) for part in text.split("-")]
    precision = ("year", "month", "day")[len(numbers) - 1]
    return date(*[*numbers, 1, 1][:3]), precision


def labelled(*events: GoldEvent, name: str = "a1.txt") -> GoldArticle:
    """A gold article."""
    return GoldArticle(name, None, events, Path(name).with_suffix(".yaml"))


def article(text: str, name: str = "a1.txt", article_id: str = "a1") -> Article:
    """An article with nothing but a text."""
    return Article(article_id, name, None, None, None, (), "en", None, None, text, "", len(text.split()), "ok", None)
