"""The scores as a table for a terminal and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.evaluate.scores import Counts, Scores

_HEAD = f"{'':<16}{'precision':>10}{'recall':>10}{'F1':>10}{'right':>8}{'given':>8}{'wanted':>8}"
LEVEL_NAMES = {"event": "event", "tuple": "tuple", "slot": "slot (aligned)", "slot_all": "slot (all rows)"}


def score_lines(scores: Scores) -> Iterator[str]:
    """The score table, line by line."""
    rate = scores.spurious_per_100_quiet
    yield (
        f"{scores.articles} articles, {scores.gold_rows} gold rows, {scores.predicted_rows} predicted rows; "
        f"{scores.quiet_articles} articles without events"
        + ("" if rate is None else f", {rate:.1f} spurious rows per 100 of them")
    )
    yield _HEAD + f"{'95 % of F1':>16}"
    for level, score in scores.levels.items():
        yield _line(LEVEL_NAMES[level], score.counts) + f"{score.low:>9.3f} -{score.high:.3f}"
    macro = ", ".join(f"{level} {value:.3f}" for level, value in scores.macro.items())
    yield f"macro F1 over articles with events: {macro}"
    for title, part in (
        ("slot", scores.by_slot),
        ("action", scores.by_action),
        ("status", scores.by_status),
    ):
        yield f"by {title}"
        yield from (_line(f"  {name}", counts) for name, counts in part.items() if counts != Counts())


def _line(name: str, counts: Counts) -> str:
    rates = f"{counts.precision:>10.3f}{counts.recall:>10.3f}{counts.f1:>10.3f}"
    return f"{name:<16}{rates}{counts.correct:>8}{counts.predicted:>8}{counts.wanted:>8}"


def scores_json(scores: Scores) -> dict[str, Any]:
    """The scores as plain values, rounded to six places so that the same run gives the same bytes."""
    return {
        "articles": scores.articles,
        "gold_rows": scores.gold_rows,
        "predicted_rows": scores.predicted_rows,
        "quiet_articles": scores.quiet_articles,
        "spurious_per_100_quiet": _rounded(scores.spurious_per_100_quiet),
        "levels": {
            level: {
                **_counts_json(score.counts),
                "f1_low": _rounded(score.low),
                "f1_high": _rounded(score.high),
            }
            for level, score in scores.levels.items()
        },
        "macro_f1": {level: _rounded(value) for level, value in scores.macro.items()},
        "by_slot": _part_json(scores.by_slot),
        "by_action": _part_json(scores.by_action),
        "by_status": _part_json(scores.by_status),
    }


def _part_json(part: Mapping[str, Counts]) -> dict[str, Any]:
    return {name: _counts_json(counts) for name, counts in part.items()}


def _counts_json(counts: Counts) -> dict[str, float | int | None]:
    return {
        "precision": _rounded(counts.precision),
        "recall": _rounded(counts.recall),
        "f1": _rounded(counts.f1),
        "correct": counts.correct,
        "predicted": counts.predicted,
        "wanted": counts.wanted,
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)
