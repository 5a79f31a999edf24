"""What became of every row: right, wrong, missed or spurious. A run is saved as these rows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from pipeline import __version__
from pipeline.errors import InputError
from pipeline.evaluate.align import SLOTS, Pair
from pipeline.evaluate.gold import GoldEvent
from pipeline.evaluate.normalise import date_text
from pipeline.evaluate.run import EvaluationRun, ScoredArticle
from pipeline.evaluate.scores import LEVELS, Counts
from pipeline.evaluate.table import scores_json
from pipeline.records import EventMention

Verdict = Literal["right", "wrong", "missed", "spurious"]
Row = Mapping[str, str]
_FORM = 1  # of saved runs


@dataclass(frozen=True, slots=True)
class Outcome:
    """One row of gold, of the answer, or of both aligned.

    `slots` names what differs in a wrong row, `status` among them. `gold` and `predicted` are words,
    alternatives parted by "|" and an empty slot "-".
    """

    verdict: Verdict
    gold: Row | None
    predicted: Row | None
    slots: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SavedArticle:
    """The outcome for one article."""

    article: str
    counts: Mapping[str, Counts]
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class SavedRun:
    """What of a run is needed to compare it with another."""

    version: str
    gold_folder: str
    articles: Mapping[str, SavedArticle]


def wrong_slots(pair: Pair) -> tuple[str, ...]:
    """The slots in which an aligned pair differs; empty where the tuple is right."""
    slots: list[str] = [slot for slot in SLOTS if pair.agreement.slots[slot] not in ("correct", "empty")]
    return tuple(slots if pair.agreement.asserted else [*slots, "status"])


def gold_row(event: GoldEvent) -> dict[str, str]:
    """A gold row as words."""
    slots = {slot: "|".join(value or "-" for value in getattr(event, slot)) for slot in (*SLOTS, "status")}
    return {**slots, "scope": event.scope}


def predicted_row(row: EventMention) -> dict[str, str]:
    """A predicted row as words."""
    return {
        "person": row.person,
        "role": row.role or "-",
        "company": row.company or "-",
        "action": row.action,
        "date": date_text(row.date, row.date_precision) or "-",
        "status": row.status,
        "scope": row.scope,
    }


def outcomes_of(item: ScoredArticle) -> Iterator[Outcome]:
    """Every row of an article; missed background rows are left out."""
    score = item.score
    for pair in score.pairs:
        slots = wrong_slots(pair)
        yield Outcome(
            "wrong" if slots else "right",
            gold_row(score.gold.events[pair.gold]),
            predicted_row(score.predicted[pair.predicted]),
            slots,
        )
    for index in score.missed:
        yield Outcome("missed", gold_row(score.gold.events[index]), None)
    for index in score.spurious:
        yield Outcome("spurious", None, predicted_row(score.predicted[index]))


def saved(run: EvaluationRun) -> SavedRun:
    """A run in the form that is saved and compared."""
    articles = {
        item.score.gold.article: SavedArticle(
            item.score.gold.article,
            {level: item.score.counts[level] for level in LEVELS},
            tuple(outcomes_of(item)),
        )
        for item in run.articles
    }
    return SavedRun(__version__, str(run.gold_folder), articles)


def run_json(run: EvaluationRun) -> dict[str, Any]:
    """A run as plain values: scores, then every row of every article."""
    form = saved(run)
    return {
        "form": _FORM,
        "version": form.version,
        "gold_folder": form.gold_folder,
        "scores": scores_json(run.scores),
        "articles": [
            {
                "article": article.article,
                "counts": {
                    level: [counts.correct, counts.predicted, counts.wanted] for level, counts in article.counts.items()
                },
                "rows": [asdict(outcome) for outcome in article.outcomes],
            }
            for article in form.articles.values()
        ],
    }


def read_run(path: Path) -> SavedRun:
    """A run that `--save` wrote.

    Raises:
        InputError: Not such a file, or of another form.
    """
    remedy = "write one with `newsmoves evaluate --save FILE`"
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as err:
        raise InputError(f"{path}: not a saved run ({err}); {remedy}") from err
    if not isinstance(data, dict) or data.get("form") != _FORM:
        raise InputError(f"{path}: not a saved run of form {_FORM}; {remedy}")
    try:
        articles = {item["article"]: _article(item) for item in data["articles"]}
        return SavedRun(data["version"], data["gold_folder"], articles)
    except (KeyError, TypeError, ValueError) as err:
        raise InputError(f"{path}: a saved run with parts missing or wrong ({err!r}); {remedy}") from err


def _article(item: Mapping[str, Any]) -> SavedArticle:
    outcomes = tuple(
        Outcome(row["verdict"], row["gold"], row["predicted"], tuple(row["slots"])) for row in item["rows"]
    )
    counts = {level: Counts(*map(int, item["counts"][level])) for level in LEVELS}
    return SavedArticle(item["article"], counts, outcomes)
