"""Two runs on the same gold: which rows became right or wrong, and whether it is beyond chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from pipeline.evaluate.outcomes import Outcome, Row, SavedArticle, SavedRun
from pipeline.evaluate.scores import LEVELS, RESAMPLES, Counts, draw_weights, interval, resampled_f1

RowKey = tuple[str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True, slots=True)
class Difference:
    """F1 before and after on the same articles, by paired bootstrap over articles.

    `low` and `high` hold 95 % of the resampled differences. `chance` is the two-sided share of resamples that
    show no difference or one the other way (0 to 1).
    """

    before: float
    after: float
    low: float
    high: float
    chance: float

    @property
    def beyond_chance(self) -> bool:
        """Whether the interval leaves out zero."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True, slots=True)
class Change:
    """A row whose verdict changed. `before` or `after` is None where the row was not there."""

    article: str
    before: Outcome | None
    after: Outcome | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs side by side.

    `relabelled` are articles whose gold rows differ between the runs, and `unshared` those only one run has;
    neither is compared.
    """

    levels: Mapping[str, Difference]
    became_right: tuple[Change, ...]
    became_wrong: tuple[Change, ...]
    compared: int
    relabelled: tuple[str, ...]
    unshared: tuple[str, ...]


def compare_runs(before: SavedRun, after: SavedRun, *, resamples: int = RESAMPLES) -> Comparison:
    """Compare two runs on the articles both answer for, with the same gold rows."""
    shared = sorted(before.articles.keys() & after.articles.keys())
    relabelled = [name for name in shared if _wanted(before.articles[name]) != _wanted(after.articles[name])]
    names = [name for name in shared if name not in set(relabelled)]
    draws = draw_weights(len(names), resamples)
    levels = {}
    for level in LEVELS:
        old = [before.articles[name].counts[level] for name in names]
        new = [after.articles[name].counts[level] for name in names]
        gaps = resampled_f1(new, draws) - resampled_f1(old, draws)
        low, high = interval(gaps)
        chance = min(1.0, 2 * min(float(np.mean(gaps <= 0)), float(np.mean(gaps >= 0))))
        levels[level] = Difference(sum(old, Counts()).f1, sum(new, Counts()).f1, low, high, chance)
    changes = [change for name in names for change in _changes(before.articles[name], after.articles[name])]
    return Comparison(
        levels=levels,
        became_right=tuple(change for change in changes if _is_right(change.after)),
        became_wrong=tuple(change for change in changes if not _is_right(change.after)),
        compared=len(names),
        relabelled=tuple(relabelled),
        unshared=tuple(sorted(before.articles.keys() ^ after.articles.keys())),
    )


def _wanted(article: SavedArticle) -> Counter[RowKey]:
    rows = Counter(_key(outcome.gold) for outcome in article.outcomes if outcome.gold is not None)
    return Counter({key: count for key, count in rows.items() if dict(key[1])["scope"] == "news"})


def _is_right(outcome: Outcome | None) -> bool:
    return outcome is None or outcome.verdict == "right"


def _key(row: Row) -> RowKey:
    return row["person"], tuple(sorted(row.items()))


def _changes(before: SavedArticle, after: SavedArticle) -> Iterator[Change]:
    """Rows right in one run and not in the other. A spurious row that is gone became right."""
    old, new = _keyed(before), _keyed(after)
    for key in sorted(old.keys() | new.keys()):
        was, now = old.get(key), new.get(key)
        if _is_right(was) != _is_right(now):
            yield Change(before.article, was, now)


def _keyed(article: SavedArticle) -> dict[tuple[str, RowKey, int], Outcome]:
    """Outcomes by gold row, or by predicted row where spurious, numbered where rows are alike."""
    seen: Counter[tuple[str, RowKey]] = Counter()
    keyed = {}
    for outcome in sorted(article.outcomes, key=lambda outcome: outcome.verdict):
        row = outcome.gold if outcome.gold is not None else outcome.predicted
        assert row is not None
        name = ("gold" if outcome.gold is not None else "spurious", _key(row))
        keyed[(*name, seen[name])] = outcome
        seen[name] += 1
    return keyed


def comparison_lines(comparison: Comparison) -> Iterator[str]:
    """The comparison for a reader at a terminal."""
    yield f"compared on {comparison.compared} articles"
    if comparison.relabelled:
        yield f"not compared, gold rows changed: {', '.join(comparison.relabelled)}"
    if comparison.unshared:
        yield f"not compared, in one run only: {', '.join(comparison.unshared)}"
    for level, item in comparison.levels.items():
        verdict = "beyond chance" if item.beyond_chance else "within chance"
        yield (
            f"{level:<8} F1 {item.before:.3f} -> {item.after:.3f}  ({item.after - item.before:+.3f}, "
            f"95 % {item.low:+.3f} to {item.high:+.3f}, p {item.chance:.3f}: {verdict})"
        )
    for title, changes in (("right", comparison.became_right), ("wrong", comparison.became_wrong)):
        yield f"{len(changes)} rows became {title}"
        yield from (_change_line(change) for change in changes)


def _change_line(change: Change) -> str:
    outcome = change.after or change.before
    assert outcome is not None
    row = outcome.gold or outcome.predicted
    assert row is not None
    was = _said(change.before)
    now = _said(change.after)
    return f"  {change.article}: {'; '.join(row.values())}  [{was} -> {now}]"


def _said(outcome: Outcome | None) -> str:
    if outcome is None:
        return "absent"
    return outcome.verdict + (f": {', '.join(outcome.slots)}" if outcome.slots else "")


def comparison_json(comparison: Comparison) -> dict[str, Any]:
    """The comparison as plain values."""
    return {
        "compared": comparison.compared,
        "relabelled": list(comparison.relabelled),
        "unshared": list(comparison.unshared),
        "levels": {
            level: {
                "f1_before": round(item.before, 6),
                "f1_after": round(item.after, 6),
                "difference_low": round(item.low, 6),
                "difference_high": round(item.high, 6),
                "p": round(item.chance, 6),
                "beyond_chance": item.beyond_chance,
            }
            for level, item in comparison.levels.items()
        },
        "became_right": [_change_json(change) for change in comparison.became_right],
        "became_wrong": [_change_json(change) for change in comparison.became_wrong],
    }


def _change_json(change: Change) -> dict[str, Any]:
    outcome = change.after or change.before
    assert outcome is not None
    return {
        "article": change.article,
        "gold": outcome.gold,
        "predicted": {
            "before": change.before.predicted if change.before else None,
            "after": change.after.predicted if change.after else None,
        },
        "verdict": {"before": _said(change.before), "after": _said(change.after)},
    }
