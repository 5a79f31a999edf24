"""Which gold row each predicted row answers: the one-to-one alignment of one article with most agreement."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.optimize import linear_sum_assignment

from pipeline.evaluate.gold import GoldEvent
from pipeline.evaluate.normalise import (
    companies_agree,
    date_text,
    dates_agree,
    persons_agree,
    roles_agree,
    shared_surnames,
    words_of,
    words_without_possessives,
)
from pipeline.records import ASSERTED, DIRECTIONS, EventMention

Slot = Literal["person", "role", "company", "action", "date"]
Verdict = Literal["correct", "wrong", "missing", "spurious", "empty"]
SLOTS: tuple[Slot, ...] = ("person", "role", "company", "action", "date")

# Weights that put one more agreeing event above any number of tuples, one more tuple above any number of
# slots, and among equals a news row above a background one. Each article has far fewer than 1,000 rows.
_EVENT, _TUPLE, _SLOT, _NEWS = 1e9, 1e5, 10.0, 1e-3


@dataclass(frozen=True, slots=True)
class Agreement:
    """How one predicted row compares with one gold row."""

    slots: dict[Slot, Verdict]
    event: bool
    tuple: bool
    asserted: bool
    status: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold row and the predicted row that answers it, by their positions in the article's lists."""

    gold: int
    predicted: int
    agreement: Agreement


def compare(gold: GoldEvent, predicted: EventMention, shared: frozenset[str]) -> Agreement:
    """Compare one gold row with one predicted row, slot by slot.

    Args:
        gold: The labelled row; any of its alternatives counts.
        predicted: The extractor's row.
        shared: Surnames that two people of the article bear.
    """
    day = date_text(predicted.date, predicted.date_precision)
    slots: dict[Slot, Verdict] = {
        "person": "correct" if any(persons_agree(name, predicted.person, shared) for name in gold.person) else "wrong",
        "role": _verdict(gold.role, predicted.role, lambda right: roles_agree(right, predicted.role or "")),
        "company": _verdict(
            gold.company, predicted.company, lambda right: companies_agree(right, predicted.company or "")
        ),
        "action": "correct" if predicted.action in gold.action else "wrong",
        "date": _verdict(gold.date, day, lambda right: dates_agree(right, day or "")),
    }
    agreed = {slot for slot, verdict in slots.items() if verdict in ("correct", "empty")}
    same_direction = any(DIRECTIONS[action] == predicted.direction for action in gold.action)
    asserted = any((status in ASSERTED) == (predicted.status in ASSERTED) for status in gold.status)
    return Agreement(
        slots=slots,
        event={"person", "company"} <= agreed and same_direction,
        tuple=len(agreed) == len(SLOTS) and asserted,
        asserted=asserted,
        status=predicted.status in gold.status,
    )


def _verdict(gold: tuple[str | None, ...], predicted: str | None, agrees: Callable[[str], bool]) -> Verdict:
    if predicted is None:
        return "empty" if None in gold else "missing"
    rights = [value for value in gold if value is not None]
    if not rights:
        return "spurious"
    return "correct" if any(agrees(value) for value in rights) else "wrong"


def align(gold: Sequence[GoldEvent], predicted: Sequence[EventMention], text: str) -> list[Pair]:
    """The one-to-one alignment with the most agreeing events, then tuples, then slots.

    Rows are paired only where the person agrees, or where role and company both do; everything else is
    a missed and a spurious row. Ties fall to the news row, then to the earlier rows as sorted by content,
    so that the order of rows never matters.

    Args:
        gold: Labelled rows of one article.
        predicted: The extractor's rows of the same article.
        text: The article, to tell which full names occur in it.

    Returns:
        Pairs in order of the gold rows.
    """
    if not gold or not predicted:
        return []
    shared = _shared_surnames(gold, predicted, text)
    rows = sorted(range(len(gold)), key=lambda index: _gold_key(gold[index]))
    columns = sorted(range(len(predicted)), key=lambda index: _predicted_key(predicted[index]))
    table = {(g, p): compare(gold[g], predicted[p], shared) for g in rows for p in columns}
    weights = np.array([[_weight(table[g, p], gold[g]) for p in columns] for g in rows])
    chosen = zip(*linear_sum_assignment(weights, maximize=True), strict=True)
    pairs = [(rows[r], columns[c]) for r, c in chosen if weights[r, c] > 0]
    return [Pair(g, p, table[g, p]) for g, p in sorted(pairs)]


def _weight(agreement: Agreement, gold: GoldEvent) -> float:
    slots = agreement.slots
    if slots["person"] != "correct" and (slots["role"], slots["company"]) != ("correct", "correct"):
        return 0.0
    points = sum({"correct": 2.0, "empty": 1.0}.get(verdict, 0.0) for verdict in slots.values())
    points += agreement.asserted + 0.5 * agreement.status
    news = _NEWS if gold.scope == "news" else 0.0
    return _EVENT * agreement.event + _TUPLE * agreement.tuple + _SLOT * points + news


def _shared_surnames(gold: Sequence[GoldEvent], predicted: Sequence[EventMention], text: str) -> frozenset[str]:
    labelled = {name for event in gold for name in event.person[:1]}
    words = f" {words_without_possessives(text)} "
    found = {row.person for row in predicted if f" {words_of(row.person)} " in words}
    return shared_surnames(labelled | found)


def _gold_key(event: GoldEvent) -> tuple[str, ...]:
    slots = (event.person, event.role, event.company, event.action, event.date, event.status)
    return (*("|".join(value or "" for value in slot) for slot in slots), event.scope)


def _predicted_key(row: EventMention) -> tuple[str, ...]:
    day = date_text(row.date, row.date_precision)
    return (row.person, row.role or "", row.company or "", row.action, day or "", row.status, row.scope)
