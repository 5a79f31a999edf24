"""Which triggers an article holds, what filled each slot of their rows, and why the others make no row."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING

from pipeline.extract.candidates import LINKED, Candidate
from pipeline.extract.reasons import COMPANY_NONE, PERSON, ROLE, STATUS, in_words
from pipeline.extract.screen import Stretch
from pipeline.extract.sentences import split_sentences
from pipeline.extract.stage import Extractor, ExtractSettings
from pipeline.records import LEAST_CONFIDENCE, Article, EventMention, Rejection
from pipeline.rulebook import put_in_force, read_data

if TYPE_CHECKING:
    from pipeline.extract.event_row import Row
    from pipeline.extract.status import Cues
    from pipeline.extract.view import View

_SHOWN = 4  # pieces of evidence for a company that are worth a line
_WIDE = 100  # characters of a sentence that was not parsed


@dataclass(frozen=True, slots=True)
class Slot:
    """A slot of a row and where its value came from, in words."""

    name: str
    value: str | None
    why: str


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A row that a trigger tells. `slots` are empty where an earlier trigger told it already."""

    mention_id: str
    summary: str
    slots: tuple[Slot, ...] = ()


@dataclass(frozen=True, slots=True)
class TriggerStory:
    """A trigger: article offsets, half-open, the rows it tells, and why it tells no (further) ones."""

    start: int
    end: int
    text: str
    rule_id: str
    rows: tuple[KeptRow, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SentenceStory:
    """A sentence that holds a trigger; `number` counts from 1."""

    number: int
    start: int
    end: int
    text: str
    triggers: tuple[TriggerStory, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """What was made of an article. `context` numbers sentences parsed only as neighbours of a trigger's."""

    article_id: str
    source_uri: str
    published: str | None
    reason: str | None
    sentences: tuple[SentenceStory, ...] = ()
    context: tuple[int, ...] = ()
    screened: tuple[tuple[int, str], ...] = ()
    mentions: tuple[EventMention, ...] = field(default=(), repr=False)
    rejections: tuple[Rejection, ...] = field(default=(), repr=False)


def explain(article: Article, settings: ExtractSettings | None = None, as_json: bool = False) -> str:
    """Readable text on what was made of an article and why, or the same as one JSON object."""
    found = explained(article, Extractor(settings))
    if as_json:
        return json.dumps(asdict(found), ensure_ascii=False, indent=2, default=str)
    return "\n".join(_lines(found))


def explained(article: Article, extractor: Extractor) -> Explanation:
    """What was made of an article; its mentions and rejections are those that `extract` gives."""
    from pipeline.extract.match import collect
    from pipeline.extract.model import parse
    from pipeline.extract.resolve import decide
    from pipeline.extract.view import build_view

    put_in_force(extractor.rulebook)
    published = article.published_at.date() if article.published_at is not None else None
    day = published.isoformat() if published else None
    unread = Explanation(article.article_id, article.source_uri, day, None)
    if article.status != "ok":
        return replace(unread, reason=article.reason or article.status)
    stretches = extractor.screen.stretches(article.text)
    if not stretches:
        return _screened(unread, article, [])
    windows = parse([(article.text, stretch) for stretch in stretches])
    view = build_view(article.article_id, article.text, published, windows, article.authors)
    matches = collect(view)
    told, rejections = decide(view, matches, extractor.cues)
    linked = [row.candidate for _, row in told if row.candidate.how.get("person") == LINKED]
    stories = list(_stories(view, [*matches.candidates, *linked], told, rejections, extractor.cues))
    mentions = tuple(mention for mention, _ in told)
    found = replace(unread, mentions=mentions, rejections=tuple(rejections))
    return _screened(found, article, stretches, stories)


def _screened(
    found: Explanation, article: Article, stretches: Sequence[Stretch], stories: Sequence[TriggerStory] = ()
) -> Explanation:
    """Sort the triggers into their sentences, and the other sentences into context and those not parsed."""
    parsed = {s.start for stretch in stretches for s in stretch.sentences}
    candidates = {stretch.sentences[i].start for stretch in stretches for i in stretch.candidates}
    sentences, context, screened = [], [], []
    for number, sentence in enumerate(split_sentences(article.text), start=1):
        text = article.text[sentence.start : sentence.end]
        if sentence.start in candidates:
            own = tuple(s for s in stories if sentence.start <= s.start < sentence.end)
            sentences.append(SentenceStory(number, sentence.start, sentence.end, text, own))
        elif sentence.start in parsed:
            context.append(number)
        else:
            screened.append((number, text))
    return replace(found, sentences=tuple(sentences), context=tuple(context), screened=tuple(screened))


def _stories(
    view: View,
    candidates: Sequence[Candidate],
    told: Sequence[tuple[EventMention, Row]],
    rejections: Sequence[Rejection],
    cues: Cues,
) -> Iterator[TriggerStory]:
    """All triggers in the order of the text; a row is told in full at its first one."""
    spans: dict[tuple[int, int, str], list[Candidate]] = {}
    for candidate in candidates:
        trigger = candidate.trigger
        start, end = candidate.window.span(trigger.head, trigger.last + 1)
        spans.setdefault((start, end, trigger.rule.rule_id), []).append(candidate)
    reasons: dict[tuple[int, int, str], list[str]] = {}
    for rejection in rejections:
        key = (rejection.start or 0, rejection.end or 0, rejection.rule_id or "")
        reasons.setdefault(key, []).append(in_words(rejection.reason))
    shown: set[str] = set()
    for key in sorted(spans.keys() | reasons.keys()):
        start, end, rule_id = key
        rows = []
        for mention, row in told:
            if not any(_tells(candidate, mention, row) for candidate in spans.get(key, ())):
                continue
            first = mention.mention_id not in shown
            shown.add(mention.mention_id)
            rows.append(
                KeptRow(
                    mention.mention_id,
                    _summary(mention),
                    tuple(_slots(view, mention, row, cues)) if first else (),
                )
            )
        why = tuple(dict.fromkeys(reasons.get(key, ())))
        yield TriggerStory(start, end, view.text[start:end], rule_id, tuple(rows), why)


def _tells(candidate: Candidate, mention: EventMention, row: Row) -> bool:
    sentence = candidate.window.sentences[candidate.sentence]
    words = candidate.window.as_printed(candidate.trigger.head, candidate.trigger.last + 1)
    evidence = (sentence.start, words, candidate.trigger.rule.rule_id)
    return candidate.person.entity == row.person and any(
        (piece.start, piece.trigger, piece.rule_id) == evidence for piece in mention.evidence
    )


def _summary(mention: EventMention) -> str:
    when = {"day": 10, "month": 7, "year": 4, "quarter": 7, None: 10}[mention.date_precision]
    day = mention.date.isoformat()[:when] if mention.date else "-"
    slots = (mention.person, mention.role or "-", mention.company or "-", mention.action, day, mention.status)
    return " | ".join(slots)


def _slots(view: View, mention: EventMention, row: Row, cues: Cues) -> Iterator[Slot]:
    yield Slot("person", mention.person, _why_person(view, row))
    across = _SHORTENED if row.candidate.how.get("office") == "shortened" else ""
    yield Slot("role", mention.role, ROLE.get(row.role_how, row.role_how) + across)
    yield Slot("company", mention.company, _why_company(view, row))
    yield Slot("date", mention.date.isoformat() if mention.date else None, _why_date(view, mention))
    yield Slot("status", mention.status, _why_status(view, mention, row, cues))
    if mention.counterpart is not None:
        yield Slot("counterpart", mention.counterpart, "the one succeeded or succeeding")
    support = f"told by {row.support} triggers" if row.support > 1 else "told by one trigger"
    weak = ", a weak rule" if row.candidate.trigger.rule.weak else ""
    kept = "" if mention.confidence >= LEAST_CONFIDENCE else f"; below {LEAST_CONFIDENCE}: kept only if asked for"
    yield Slot("confidence", f"{mention.confidence:.2f}", f"{mention.scope}, {support}{weak}{kept}")


_SHORTENED = ", in the sentence without its asides"


def _why_person(view: View, row: Row) -> str:
    candidate = row.candidate
    how = candidate.how.get("person", "parse")
    why = PERSON.get(how, how)
    if how == LINKED:
        why += f" (likelihood {float(candidate.how['likely']):.2f})"
    if candidate.how.get("read") == "shortened":
        why += _SHORTENED
    name = candidate.person
    if name.first >= 0 and candidate.window.sentence_at[name.first] != candidate.sentence:
        return f"{why}; a pronoun or noun stands for the name"
    if name.text != view.people.persons[row.person].full:
        return f'{why}; written "{name.text}" here'
    return why


def _why_company(view: View, row: Row) -> str:
    organisations = view.organisations.organisations
    scores = sorted(row.choice.scores.items(), key=lambda item: (-item[1], item[0]))
    rest = [(index, score) for index, score in scores if index != (row.company if row.company is not None else -1)]
    parts = []
    if row.company is None:
        parts.append(f"{COMPANY_NONE} ({row.choice.scores.get(-1, 0.0):.1f})")
    else:
        parts.append(f"score {row.choice.scores.get(row.company, row.choice.score):.1f}")
        if row.choice.evidence:
            parts.append("for " + ", ".join(_strongest(row.choice.evidence)))
    if rest:
        index, score = rest[0]
        parts.append(f"next {organisations[index].full if index >= 0 else 'no organisation'} ({score:.1f})")
    return "; ".join(parts)


def _strongest(evidence: Sequence[str]) -> list[str]:
    """The evidence that weighs most, with its weights as in weights.toml."""
    weights = read_data("weights.toml")["company"]["evidence"]
    ranked = sorted(evidence, key=lambda key: (-abs(weights.get(key, 0.0)), key))
    return [f"{key} {weights[key]:+.1f}" if key in weights else key for key in ranked[:_SHOWN]]


def _why_date(view: View, mention: EventMention) -> str:
    if mention.date is None:
        return "no words fix a day, month or year"
    anchor = f", read against {view.published}" if view.published is not None else ""
    return f'"{mention.date_text}" names a {mention.date_precision}{anchor}'


def _why_status(view: View, mention: EventMention, row: Row, cues: Cues) -> str:
    from pipeline.extract.status import status_of

    status, cue = status_of(row.candidate.window, row.candidate.trigger, cues)
    if status == mention.status:
        return STATUS.get(cue, cue)
    later = mention.date is not None and view.published is not None and mention.date > view.published
    return "the date lies after the publication" if later else "so another sentence on the same event has it"


def _lines(found: Explanation) -> Iterator[str]:
    published = f"published {found.published}" if found.published else "no publication date"
    yield f"{found.source_uri} ({found.article_id}), {published}"
    if found.reason is not None:
        yield f"not read: {in_words(found.reason)}"
        return
    triggers = [trigger for sentence in found.sentences for trigger in sentence.triggers]
    total = len(found.sentences) + len(found.context) + len(found.screened)
    yield (
        f"{total} sentences: {len(found.sentences)} with a trigger, {len(found.context)} parsed beside them, "
        f"{len(found.screened)} not parsed; {len(triggers)} triggers, {len(found.mentions)} rows"
    )
    for sentence in found.sentences:
        yield ""
        yield f"[{sentence.number}] {' '.join(sentence.text.split())}"
        for trigger in sentence.triggers:
            yield from _trigger_lines(trigger)
        if not sentence.triggers:
            yield "    no trigger is left: its words belong to two sentences, or to a longer wording"
    if found.screened:
        yield ""
        yield "Not parsed, for no trigger stands in them or beside them:"
        yield from (f"[{number}] {_shortened(text)}" for number, text in found.screened)


def _trigger_lines(trigger: TriggerStory) -> Iterator[str]:
    yield f'    "{trigger.text}" ({trigger.rule_id})'
    for row in trigger.rows:
        yield f"        row: {row.summary}"
        if not row.slots:
            yield "            told above already; this sentence is further evidence"
        for slot in row.slots:
            yield f"            {slot.name:<12}{slot.value or '-'}: {slot.why}"
    for reason in trigger.reasons:
        yield f"        left out: {reason}"
    if not trigger.rows and not trigger.reasons:
        yield "        left out: another telling of the same event stands in its place"


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _WIDE else text[:_WIDE].rsplit(" ", 1)[0] + " ..."
