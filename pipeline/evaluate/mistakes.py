"""The rows that are not right, each with the words of the article that tell why."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from pipeline.evaluate.gold import GoldEvent
from pipeline.evaluate.normalise import surname, words_without_possessives
from pipeline.evaluate.outcomes import gold_row, predicted_row, wrong_slots
from pipeline.evaluate.run import EvaluationRun, ScoredArticle
from pipeline.records import EventMention, Rejection

Kind = Literal["missed", "spurious", "wrong"]
_BREAK = re.compile(r"[.!?]+[\"'”’)]*\s+(?=[\"'“‘(]?[A-Z0-9])|\s*\n\s*")
_NO_END = re.compile(r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|Inc|Corp|Co|Cos|Ltd|Jr|Sr|St|No|Gen|Sen|Rep|Gov)\.$")


@dataclass(frozen=True, slots=True)
class Mistake:
    """One row that is not right.

    `slots` names what differs in a wrong row, `status` among them. `counted` is false where the gold row is
    background and the event agrees: then the row is shown and costs nothing. `start` and `end` bound the
    passage it rests on.
    """

    kind: Kind
    article: str
    gold: GoldEvent | None
    predicted: EventMention | None
    slots: tuple[str, ...]
    counted: bool
    start: int
    end: int
    rejections: tuple[Rejection, ...]


def mistakes_of(run: EvaluationRun) -> Iterator[Mistake]:
    """Every wrong, missed and spurious row, article by article, wrong rows of the news first."""
    for item in run.articles:
        score = item.score
        for pair in sorted(score.pairs, key=lambda pair: score.gold.events[pair.gold].scope, reverse=True):
            slots = wrong_slots(pair)
            if slots:
                gold, predicted = score.gold.events[pair.gold], score.predicted[pair.predicted]
                counted = gold.scope == "news" or not pair.agreement.event
                yield _mistake(item, gold, predicted, slots, counted=counted)
        for index in score.missed:
            yield _mistake(item, score.gold.events[index], None)
        for index in score.spurious:
            yield _mistake(item, None, score.predicted[index])


def _mistake(
    item: ScoredArticle,
    gold: GoldEvent | None,
    predicted: EventMention | None,
    slots: tuple[str, ...] = (),
    *,
    counted: bool = True,
) -> Mistake:
    kind: Kind = "missed" if predicted is None else "spurious" if gold is None else "wrong"
    start, end = passage(item, gold, predicted)
    near = tuple(
        rejection
        for rejection in item.rejections
        if rejection.start is not None and start <= rejection.start < max(end, start + 1)
    )
    return Mistake(kind, item.score.gold.article, gold, predicted, slots, counted, start, end, near)


def passage(item: ScoredArticle, gold: GoldEvent | None, predicted: EventMention | None) -> tuple[int, int]:
    """The stretch of the article, half-open, a row rests on: its evidence, or the person's sentences."""
    text = item.article.text
    spans = []
    if predicted is not None:
        spans += [(piece.start, piece.end) for piece in predicted.evidence]
    if gold is not None and gold.evidence is not None and (found := find_words(text, gold.evidence)):
        spans.append(found)
    if gold is not None and not spans:
        spans = surname_sentences(text, gold.person[0], 2)
    if not spans:
        return 0, 0
    anchor = min(spans)
    inside = [span for span in spans if span[0] - anchor[1] < 600]
    return sentence_bounds(text, anchor[0], max(end for _, end in inside))


def find_words(text: str, words: str) -> tuple[int, int] | None:
    """Where a quotation stands in a text, whatever the white space between its words."""
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    match = re.search(pattern, text)
    return match.span() if match else None


def surname_sentences(text: str, person: str, limit: int) -> list[tuple[int, int]]:
    """The first sentences in which a person's surname occurs."""
    family = f" {surname(person)} "
    found = (
        (start, end) for start, end in sentences(text) if family in f" {words_without_possessives(text[start:end])} "
    )
    return list(islice(found, limit))


def sentence_bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """A span widened to whole sentences."""
    touched = [span for span in sentences(text) if span[0] < end and span[1] > start]
    return (touched[0][0], touched[-1][1]) if touched else (start, end)


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Sentences for a reader's eye: lines cut after full stops, but not after initials and abbreviations."""
    start = 0
    for match in _BREAK.finditer(text):
        end = match.start() + len(match.group().rstrip())
        if "\n" not in match.group() and _NO_END.search(text[start : match.start() + 1]):
            continue
        if end > start:
            yield start, end
        start = match.end()
    if start < len(text.rstrip()):
        yield start, len(text.rstrip())


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How the rows that a rule gave evidence for came out."""

    rows: int
    events_right: int
    tuples_right: int


def rule_counts(run: EvaluationRun) -> dict[str, RuleCount]:
    """Per rule, most rows first, the rows it gave evidence for; a row with several rules counts for each."""
    rows, events, tuples = Counter[str](), Counter[str](), Counter[str]()
    for item in run.articles:
        right = {pair.predicted: pair.agreement for pair in item.score.pairs}
        for index, row in enumerate(item.score.predicted):
            agreement = right.get(index)
            for rule in {piece.rule_id for piece in row.evidence}:
                rows[rule] += 1
                events[rule] += agreement is not None and agreement.event
                tuples[rule] += agreement is not None and agreement.tuple
    ordered = sorted(rows, key=lambda rule: (-rows[rule], rule))
    return {rule: RuleCount(rows[rule], events[rule], tuples[rule]) for rule in ordered}


def error_text(run: EvaluationRun) -> Iterator[str]:
    """The mistakes for a reader at a terminal, one block each, then how each rule fared."""
    for mistake in mistakes_of(run):
        yield "\n".join(_block(run, mistake)) + "\n"
    yield f"{'rule':<28}{'rows':>6}{'event right':>13}{'tuple right':>13}"
    for rule, counts in rule_counts(run).items():
        yield f"{rule:<28}{counts.rows:>6}{counts.events_right:>13}{counts.tuples_right:>13}"
    yield ""


def _block(run: EvaluationRun, mistake: Mistake) -> Iterator[str]:
    optional = "" if mistake.counted else " (background, costs nothing)"
    differs = f": {', '.join(mistake.slots)}" if mistake.slots else ""
    yield f"== {mistake.article}  {mistake.kind.upper()}{differs}{optional}"
    if mistake.gold is not None:
        yield "  gold      " + " ; ".join(gold_row(mistake.gold).values())
    if mistake.predicted is not None:
        yield "  predicted " + " ; ".join(predicted_row(mistake.predicted).values())
        for piece in mistake.predicted.evidence:
            yield f"    [{piece.rule_id}: {piece.trigger}] {' '.join(piece.sentence.split())}"
    text = next(item.article.text for item in run.articles if item.score.gold.article == mistake.article)
    if mistake.gold is not None and mistake.gold.evidence is not None:
        yield f"    evidence: {mistake.gold.evidence}"
    elif mistake.gold is not None:
        for start, end in surname_sentences(text, mistake.gold.person[0], 2):
            yield f"    text: {' '.join(text[start:end].split())}"
    for rejection in mistake.rejections:
        yield f"    rejected {rejection.rule_id}: {rejection.reason} ({rejection.text})"
