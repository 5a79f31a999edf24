"""Small evaluation runs from hand-made articles and answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.evaluate.gold import GoldEvent
from pipeline.evaluate.run import EvaluationRun, score_run
from pipeline.records import EventMention, Rejection
from tests.evaluate.samples import article, labelled


@dataclass(frozen=True)
class Case:
    """One article with its gold rows, its answer, and what was turned down."""

    text: str
    gold: Sequence[GoldEvent] = ()
    answers: Sequence[EventMention] = ()
    rejections: Sequence[Rejection] = ()


def run_of(cases: Mapping[str, Case]) -> EvaluationRun:
    """A run over the cases, by article name."""
    golds = [labelled(*case.gold, name=name) for name, case in cases.items()]
    articles = [article(case.text, name, name) for name, case in cases.items()]
    mentions = {name: [replace(row, article_id=name) for row in case.answers] for name, case in cases.items()}
    rejections = {name: list(case.rejections) for name, case in cases.items()}
    return score_run(Path("answers"), Path("articles"), golds, articles, mentions, rejections)
