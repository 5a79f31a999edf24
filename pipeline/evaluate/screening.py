"""What the screen costs: the answers for the same gold files with and without it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.evaluate.run import EvaluationRun
from pipeline.evaluate.table import LEVEL_NAMES

MOST_LOST = 0.005  # of an F1
LEAST_FOUND = 0.99  # of the rows


@dataclass(frozen=True, slots=True)
class ScreenLoss:
    """Answers without the screen, and what of them is there with it.

    Attributes:
        rows: Event mentions without the screen.
        found: Those of them that are there with it, by article, person and action.
        same: Those of them that are the same in role, company, status and date too.
        f1: Of each level without and with it.
        quiet_spurious: Rows in articles without events, without and with it.
    """

    rows: int
    found: int
    same: int
    f1: dict[str, tuple[float, float]]
    quiet_spurious: tuple[int, int]


def screen_loss(every: EvaluationRun, screened: EvaluationRun) -> ScreenLoss:
    """Compare a run that read every sentence with one that read those that pass the screen."""
    (told, whole), (told_screened, whole_screened) = map(_rows, (every, screened))
    before, after = every.scores, screened.scores
    return ScreenLoss(
        rows=told.total(),
        found=(told & told_screened).total(),
        same=(whole & whole_screened).total(),
        f1={name: (score.counts.f1, after.levels[name].counts.f1) for name, score in before.levels.items()},
        quiet_spurious=(before.quiet_spurious, after.quiet_spurious),
    )


def _rows(run: EvaluationRun) -> tuple[Counter[tuple[object, ...]], Counter[tuple[object, ...]]]:
    """Rows by article, person and action, and by all that is scored."""
    mentions = [mention for item in run.articles for mention in item.score.predicted]
    told = Counter[tuple[object, ...]]((m.article_id, m.person, m.action) for m in mentions)
    whole = Counter[tuple[object, ...]](
        (m.article_id, m.person, m.action, m.role, m.company, m.status, m.date, m.date_precision) for m in mentions
    )
    return told, whole


def loss_lines(loss: ScreenLoss) -> Iterator[str]:
    """The table, line by line."""
    share = f"{loss.found / loss.rows:.1%}" if loss.rows else "all"
    yield f"{loss.rows} rows without the screen; with it {loss.found} of them ({share}), {loss.same} in every slot"
    yield f"{'F1':<16}{'without':>10}{'with':>10}{'change':>10}"
    for level, (before, after) in loss.f1.items():
        yield f"{LEVEL_NAMES[level]:<16}{before:>10.3f}{after:>10.3f}{after - before:>+10.4f}"
    before, after = loss.quiet_spurious
    yield f"spurious rows in articles without events: {before} without, {after} with"


def too_much(loss: ScreenLoss) -> list[str]:
    """Why the screen costs too much; empty where it does not."""
    found = []
    if loss.found < LEAST_FOUND * loss.rows:
        found.append(f"the screen loses {loss.rows - loss.found} of {loss.rows} rows (at most {1 - LEAST_FOUND:.0%})")
    for level, (before, after) in loss.f1.items():
        if before - after > MOST_LOST:
            found.append(f"the screen lowers F1 of {LEVEL_NAMES[level]} by {before - after:.4f} (at most {MOST_LOST})")
    return found
