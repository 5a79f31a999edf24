"""Counts of one article, and the scores of a set: precision, recall, F1, and how sure they are.

At the levels event and tuple, a background row of gold is optional: found, it counts as correct; missed, it
counts for nothing; found with a slot that differs, it counts for nothing at the tuple level.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from pipeline.evaluate.align import SLOTS, Pair, align
from pipeline.evaluate.gold import GoldArticle, GoldEvent
from pipeline.records import DIRECTIONS, STATUSES, EventMention

LEVELS = ("event", "tuple", "slot")
RESAMPLES = 2000  # enough that the ends of a 95 % interval stand to about .005 on sets of 100 articles
SEED = 20_240_301


@dataclass(frozen=True, slots=True)
class Counts:
    """Right answers, answers given, answers wanted."""

    correct: int = 0
    predicted: int = 0
    wanted: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.correct + other.correct, self.predicted + other.predicted, self.wanted + other.wanted)

    @property
    def precision(self) -> float:
        """Share of answers that are right; 1.0 where none was given."""
        return self.correct / self.predicted if self.predicted else 1.0

    @property
    def recall(self) -> float:
        """Share of wanted answers that were given; 1.0 where none was wanted."""
        return self.correct / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 1.0 where nothing was wanted and nothing given."""
        total = self.predicted + self.wanted
        return 2 * self.correct / total if total else 1.0


@dataclass(frozen=True, slots=True)
class ArticleScore:
    """How the answer for one article compares with its gold file.

    `counts` is keyed by level: event, tuple, slot (aligned pairs) and slot_all (slots of unpaired rows too).
    """

    gold: GoldArticle
    predicted: tuple[EventMention, ...]
    pairs: tuple[Pair, ...]
    counts: Mapping[str, Counts]
    by_slot: Mapping[str, Counts]
    by_action: Mapping[str, Counts]
    by_status: Mapping[str, Counts]

    @property
    def missed(self) -> tuple[int, ...]:
        """Positions of the gold rows of the news that no predicted row is aligned to."""
        paired = {pair.gold for pair in self.pairs}
        return tuple(
            index for index, event in enumerate(self.gold.events) if index not in paired and event.scope == "news"
        )

    @property
    def spurious(self) -> tuple[int, ...]:
        """Positions of the predicted rows that are aligned to no gold row."""
        paired = {pair.predicted for pair in self.pairs}
        return tuple(index for index in range(len(self.predicted)) if index not in paired)


@dataclass(frozen=True, slots=True)
class Score:
    """One line of the score table; the interval holds 95 % of the F1 of resampled sets."""

    counts: Counts
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of a set of articles."""

    levels: Mapping[str, Score]
    macro: Mapping[str, float]
    by_slot: Mapping[str, Counts]
    by_action: Mapping[str, Counts]
    by_status: Mapping[str, Counts]
    articles: int
    quiet_articles: int
    quiet_spurious: int
    gold_rows: int = field(default=0)
    predicted_rows: int = field(default=0)

    @property
    def spurious_per_100_quiet(self) -> float | None:
        """Predicted rows per 100 articles whose gold file lists no event; None without such articles."""
        return 100 * self.quiet_spurious / self.quiet_articles if self.quiet_articles else None


def score_article(gold: GoldArticle, predicted: Sequence[EventMention], text: str) -> ArticleScore:
    """Align the rows of one article and count.

    Args:
        gold: The labelled rows.
        predicted: The extractor's rows of that article, in any order.
        text: The article's text, to tell whether a surname belongs to one person only.
    """
    pairs = align(gold.events, predicted, text)
    by_slot = _slot_counts(gold.events, predicted, pairs, unpaired=False)
    everything = _slot_counts(gold.events, predicted, pairs, unpaired=True)
    return ArticleScore(
        gold=gold,
        predicted=tuple(predicted),
        pairs=tuple(pairs),
        counts={
            "event": _row_counts(gold.events, predicted, pairs, "event"),
            "tuple": _row_counts(gold.events, predicted, pairs, "tuple"),
            "slot": sum(by_slot.values(), Counts()),
            "slot_all": sum(everything.values(), Counts()),
        },
        by_slot=by_slot,
        by_action=_value_counts(gold.events, predicted, pairs, "action"),
        by_status=_value_counts(gold.events, predicted, pairs, "status"),
    )


def _row_counts(
    gold: Sequence[GoldEvent], predicted: Sequence[EventMention], pairs: Sequence[Pair], level: str
) -> Counts:
    news = sum(event.scope == "news" for event in gold)
    correct = found_background = excused = 0
    for pair in pairs:
        agrees = getattr(pair.agreement, level)
        background = gold[pair.gold].scope == "background"
        correct += agrees
        found_background += background and agrees
        excused += background and pair.agreement.event and not agrees
    return Counts(correct, len(predicted) - excused, news + found_background)


def _slot_counts(
    gold: Sequence[GoldEvent], predicted: Sequence[EventMention], pairs: Sequence[Pair], *, unpaired: bool
) -> dict[str, Counts]:
    correct, given, wanted = Counter[str](), Counter[str](), Counter[str]()
    for pair in pairs:
        for slot, verdict in pair.agreement.slots.items():
            correct[slot] += verdict == "correct"
            given[slot] += verdict in ("correct", "wrong", "spurious")
            wanted[slot] += verdict in ("correct", "wrong", "missing")
    if unpaired:
        answered = {pair.gold for pair in pairs}
        used = {pair.predicted for pair in pairs}
        for index, event in enumerate(gold):
            if index not in answered and event.scope == "news":
                wanted.update(slot for slot in SLOTS if None not in getattr(event, slot))
        for index, row in enumerate(predicted):
            if index not in used:
                given.update(slot for slot in SLOTS if getattr(row, slot) is not None)
    return {slot: Counts(correct[slot], given[slot], wanted[slot]) for slot in SLOTS}


def _value_counts(
    gold: Sequence[GoldEvent], predicted: Sequence[EventMention], pairs: Sequence[Pair], column: str
) -> dict[str, Counts]:
    """Counts per action or status: right where the event agrees and the value does too.

    A gold row with alternatives stands under the value that was answered, if right, else under its first.
    """
    correct, given, wanted = Counter[str](), Counter[str](), Counter[str]()
    answer = {pair.gold: pair for pair in pairs if pair.agreement.event}
    excused = set()
    for index, event in enumerate(gold):
        values = getattr(event, column)
        pair = answer.get(index)
        value: str = getattr(predicted[pair.predicted], column) if pair else ""
        if value in values:
            correct[value] += 1
            wanted[value] += 1
        elif event.scope == "news":
            wanted[values[0]] += 1
        elif pair is not None:
            excused.add(pair.predicted)
    given.update(getattr(row, column) for index, row in enumerate(predicted) if index not in excused)
    values = DIRECTIONS if column == "action" else STATUSES
    return {value: Counts(correct[value], given[value], wanted[value]) for value in values}


def aggregate(scores: Sequence[ArticleScore], *, resamples: int = RESAMPLES) -> Scores:
    """The scores of a set: counts summed over its articles, with bootstrap intervals over articles.

    Args:
        scores: One per article, in any order.
        resamples: How often the set is drawn anew, with replacement and a fixed seed.
    """
    ordered = sorted(scores, key=lambda score: score.gold.article)
    draws = draw_weights(len(ordered), resamples)
    levels = {}
    for level in (*LEVELS, "slot_all"):
        counts = [score.counts[level] for score in ordered]
        low, high = interval(resampled_f1(counts, draws))
        levels[level] = Score(sum(counts, Counts()), low, high)
    eventful = [score for score in ordered if any(event.scope == "news" for event in score.gold.events)]
    quiet = [score for score in ordered if not score.gold.events]
    return Scores(
        levels=levels,
        macro={
            level: sum(score.counts[level].f1 for score in eventful) / len(eventful) if eventful else 1.0
            for level in ("event", "tuple")
        },
        by_slot=_summed(score.by_slot for score in ordered),
        by_action=_summed(score.by_action for score in ordered),
        by_status=_summed(score.by_status for score in ordered),
        articles=len(ordered),
        quiet_articles=len(quiet),
        quiet_spurious=sum(len(score.predicted) for score in quiet),
        gold_rows=sum(len(score.gold.events) for score in ordered),
        predicted_rows=sum(len(score.predicted) for score in ordered),
    )


def _summed(parts: Iterable[Mapping[str, Counts]]) -> dict[str, Counts]:
    total: dict[str, Counts] = {}
    for part in parts:
        for name, counts in part.items():
            total[name] = total.get(name, Counts()) + counts
    return total


def draw_weights(articles: int, resamples: int) -> NDArray[np.int64]:
    """How often each article is drawn in each resample.

    Returns:
        Shape (resamples, articles); each row sums to `articles`.
    """
    if not articles:
        return np.zeros((resamples, 0), dtype=np.int64)
    generator = np.random.default_rng(SEED)
    return generator.multinomial(articles, np.full(articles, 1 / articles), size=resamples)


def resampled_f1(counts: Sequence[Counts], draws: NDArray[np.int64]) -> NDArray[np.float64]:
    """The F1 of every resample; shape (resamples,)."""
    correct = draws @ np.array([item.correct for item in counts], dtype=np.int64)
    total = draws @ np.array([item.predicted + item.wanted for item in counts], dtype=np.int64)
    return np.where(total > 0, 2 * correct / np.maximum(total, 1), 1.0)


def interval(values: NDArray[np.float64]) -> tuple[float, float]:
    """The middle 95 % of resampled values."""
    low, high = np.quantile(values, [0.025, 0.975])
    return float(low), float(high)
