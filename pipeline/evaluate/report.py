"""The error report: one HTML page that needs nothing but itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from itertools import pairwise

from pipeline.evaluate.align import SLOTS
from pipeline.evaluate.mistakes import Mistake, find_words, mistakes_of, rule_counts
from pipeline.evaluate.outcomes import gold_row, predicted_row
from pipeline.evaluate.run import EvaluationRun
from pipeline.evaluate.scores import Counts
from pipeline.evaluate.table import LEVEL_NAMES
from pipeline.records import DIRECTIONS

_COLUMNS = (*SLOTS, "status", "scope")
_MISSED, _SPURIOUS = "missed", "spurious"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the article to mark, half-open; `style` is a class of the page: gold, pred or trigger."""

    start: int
    end: int
    style: str
    meaning: str


def report_html(run: EvaluationRun) -> str:
    """The page: scores, confusion of actions, then every row that is not right, with filters."""
    mistakes = list(mistakes_of(run))
    texts = {item.score.gold.article: item.article.text for item in run.articles}
    parts = {
        "summary": _summary(run, mistakes),
        "levels": _levels(run),
        "parts": _parts(run),
        "confusion": _confusion(run),
        "rules": _rule_table(run),
        "filters": _filters(mistakes),
        "rows": "\n".join(_row(mistake, texts[mistake.article]) for mistake in mistakes),
    }
    page = files("pipeline.evaluate").joinpath("page.html").read_text(encoding="utf-8")
    pieces = page.split("<!--")
    filled = [pieces[0]]
    for piece in pieces[1:]:
        name, _, rest = piece.partition("-->")
        filled.append(parts[name] + rest)
    return "".join(filled)


def _summary(run: EvaluationRun, mistakes: Sequence[Mistake]) -> str:
    kinds = Counter(mistake.kind for mistake in mistakes)
    rate = run.scores.spurious_per_100_quiet
    quiet = "" if rate is None else f", {rate:.1f} spurious rows per 100 articles without events"
    return escape(
        f"{run.gold_folder}: {run.scores.articles} articles, {run.scores.gold_rows} gold rows; "
        f"{kinds['wrong']} wrong, {kinds['missed']} missed, {kinds['spurious']} spurious{quiet}."
    )


def _levels(run: EvaluationRun) -> str:
    rows = [
        [LEVEL_NAMES[level], *_rates(score.counts), f"{score.low:.3f} to {score.high:.3f}"]
        for level, score in run.scores.levels.items()
    ]
    return _table(["", *_RATES, "95 % of F1"], rows)


_RATES = ("precision", "recall", "F1", "right", "given", "wanted")


def _rates(counts: Counts) -> list[str]:
    return [
        *(f"{rate:.3f}" for rate in (counts.precision, counts.recall, counts.f1)),
        *map(str, (counts.correct, counts.predicted, counts.wanted)),
    ]


def _parts(run: EvaluationRun) -> str:
    parts: Mapping[str, Mapping[str, Counts]] = {
        "slot": run.scores.by_slot,
        "action": run.scores.by_action,
        "status": run.scores.by_status,
    }
    return "".join(
        _table([title, *_RATES], [[name, *_rates(counts)] for name, counts in part.items() if counts != Counts()])
        for title, part in parts.items()
    )


def _rule_table(run: EvaluationRun) -> str:
    rows = [
        [rule, str(counts.rows), str(counts.events_right), str(counts.tuples_right)]
        for rule, counts in rule_counts(run).items()
    ]
    return _table(["rule", "rows", "event right", "tuple right"], rows)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    cells = "".join(f"<th>{escape(cell)}</th>" for cell in head)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{cells}</tr></thead><tbody>{body}</tbody></table>"


def _confusion(run: EvaluationRun) -> str:
    counted: Counter[tuple[str, str]] = Counter()
    for item in run.articles:
        score = item.score
        for pair in score.pairs:
            rights = score.gold.events[pair.gold].action
            answer = score.predicted[pair.predicted].action
            counted[answer if answer in rights else rights[0], answer] += 1
        counted.update((score.gold.events[index].action[0], _MISSED) for index in score.missed)
        counted.update((_SPURIOUS, score.predicted[index].action) for index in score.spurious)
    head = [*DIRECTIONS, _MISSED]
    lines = []
    for gold in (*DIRECTIONS, _SPURIOUS):
        cells = "".join(_confusion_cell(gold, answer, counted[gold, answer]) for answer in head)
        lines.append(f"<tr><th>{gold}</th>{cells}</tr>")
    titles = "".join(f"<th>{answer}</th>" for answer in head)
    return f'<table class="confusion"><thead><tr><th></th>{titles}</tr></thead><tbody>{"".join(lines)}</tbody></table>'


def _confusion_cell(gold: str, answer: str, count: int) -> str:
    style = "hit" if gold == answer else "miss"
    return f'<td class="{style}">{count}</td>' if count else "<td></td>"


def _filters(mistakes: Sequence[Mistake]) -> str:
    choices: dict[str, set[str]] = {
        "kind": {str(mistake.kind) for mistake in mistakes},
        "slot": {slot for mistake in mistakes for slot in mistake.slots},
        "action": {action for mistake in mistakes for action in _actions(mistake)},
        "rule": {rule for mistake in mistakes for rule in _rules(mistake)},
    }
    return "\n".join(
        f'<label>{name.title()} <select name="{name}" id="filter-{name}"><option value="">all</option>'
        + "".join(f"<option>{escape(value)}</option>" for value in sorted(values))
        + "</select></label>"
        for name, values in choices.items()
    )


def _actions(mistake: Mistake) -> list[str]:
    actions: set[str] = set(mistake.gold.action) if mistake.gold else set()
    if mistake.predicted:
        actions.add(mistake.predicted.action)
    return sorted(actions)


def _rules(mistake: Mistake) -> list[str]:
    """The rules that fired, and those that were turned down in the passage."""
    rules = {rejection.rule_id for rejection in mistake.rejections if rejection.rule_id}
    if mistake.predicted:
        rules.update(piece.rule_id for piece in mistake.predicted.evidence)
    return sorted(rules)


def _row(mistake: Mistake, text: str) -> str:
    data = {
        "kind": mistake.kind,
        "slot": "\n".join(mistake.slots),
        "action": "\n".join(_actions(mistake)),
        "rule": "\n".join(_rules(mistake)),
        "counted": "yes" if mistake.counted else "no",
    }
    attributes = " ".join(f'data-{name}="{escape(value)}"' for name, value in data.items())
    free = "" if mistake.counted else ' <span class="free">background row, costs nothing</span>'
    slots = f": {', '.join(mistake.slots)}" if mistake.slots else ""
    return (
        f'<article {attributes}><h3><span class="kind {mistake.kind}">{mistake.kind}{slots}</span> '
        f"{escape(mistake.article)}{free}</h3>{_slots(mistake)}"
        f"<blockquote>{marked(text, mistake.start, mistake.end, _spans(mistake, text))}</blockquote>"
        f"{_why(mistake)}</article>"
    )


def _slots(mistake: Mistake) -> str:
    lines = []
    if mistake.gold:
        lines.append(("gold", gold_row(mistake.gold)))
    if mistake.predicted:
        lines.append(("predicted", predicted_row(mistake.predicted)))
    body = ""
    for name, row in lines:
        cells = "\n".join(
            f"<td{_differs(mistake, column)}>{escape(row[column].replace('|', ' | '))}</td>" for column in _COLUMNS
        )
        body += f"<tr><th>{name}</th>\n{cells}</tr>\n"
    titles = "".join(f"<th>{column}</th>" for column in _COLUMNS)
    head = f"<thead><tr><th></th>{titles}</tr></thead>"
    return f'<div class="scroll"><table>{head}<tbody>{body}</tbody></table></div>'


def _differs(mistake: Mistake, column: str) -> str:
    return ' class="differs"' if column in mistake.slots else ""


def _why(mistake: Mistake) -> str:
    lines = []
    for piece in mistake.predicted.evidence if mistake.predicted else ():
        lines.append(f"fired <code>{escape(piece.rule_id)}</code> on “{escape(piece.trigger)}”")
    for rejection in mistake.rejections:
        rule = f"<code>{escape(rejection.rule_id)}</code> " if rejection.rule_id else ""
        lines.append(f"rejected {rule}on “{escape(rejection.text or '')}”: {escape(rejection.reason)}")
    return f'<ul class="why">{"".join(f"<li>{line}</li>" for line in lines)}</ul>' if lines else ""


def _spans(mistake: Mistake, text: str) -> Iterator[Span]:
    """Where gold and predicted values stand in the passage."""

    def find(words: str | None, start: int, end: int) -> tuple[int, int] | None:
        found = find_words(text[start:end], words) if words else None
        return (start + found[0], start + found[1]) if found else None

    if mistake.gold:
        for slot in ("person", "role", "company", "evidence"):
            held = getattr(mistake.gold, slot)
            for value in held if isinstance(held, tuple) else (held,):
                if span := find(value, mistake.start, mistake.end):
                    yield Span(*span, "gold", f"gold {slot}")
    if mistake.predicted:
        for slot in ("person", "role", "company", "date_text"):
            if span := find(getattr(mistake.predicted, slot), mistake.start, mistake.end):
                yield Span(*span, "pred", f"predicted {slot.removesuffix('_text')}")
        for piece in mistake.predicted.evidence:
            if span := find(piece.trigger, piece.start, piece.end):
                yield Span(*span, "pred", f"trigger of {piece.rule_id}")
                yield Span(*span, "trigger", "")


def marked(text: str, start: int, end: int, spans: Iterable[Span]) -> str:
    """A passage as HTML with its spans marked; where spans overlap, the stretch bears the marks of both."""
    inside = [span for span in spans if span.start < end and span.end > start]
    edges = {start, end}
    for span in inside:
        edges |= {max(start, span.start), min(end, span.end)}
    points = sorted(edges)
    pieces = []
    for left, right in pairwise(points):
        words = escape(text[left:right])
        here = [span for span in inside if span.start <= left and span.end >= right]
        if here:
            styles = " ".join(sorted({span.style for span in here}))
            meaning = escape("; ".join(sorted({span.meaning for span in here if span.meaning})))
            words = f'<mark class="{styles}" title="{meaning}">{words}</mark>'
        pieces.append(words)
    return "".join(pieces)
