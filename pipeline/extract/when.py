"""Which date of the sentence, or the next, belongs to an event, and what day or period it means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal, cast

from pipeline.extract.dates import ResolvedDate, find_dates, resolve_date
from pipeline.extract.mentions import Sentence, Window
from pipeline.extract.status import tense_of
from pipeline.extract.triggers import Trigger
from pipeline.records import Status

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class When:
    """A date of an event. `score` ranks the dates of one sentence."""

    resolved: ResolvedDate
    score: float


def date_of(
    window: Window,
    sentence: Sentence,
    trigger: Trigger,
    status: Status,
    published: date | None,
    others: list[Trigger],
) -> When | None:
    """The best date for a trigger in its sentence; None if the sentence holds none that resolves."""
    doc = window.doc
    base = doc[sentence.first].idx
    text = doc.text[base : doc[sentence.last - 1].idx + len(doc[sentence.last - 1].text)]
    persons = [
        (doc[n.first].idx - base, doc[n.last - 1].idx + len(doc[n.last - 1].text) - base)
        for n in window.names_in(sentence.first, sentence.last)
    ]
    best: When | None = None
    for mention in find_dates(text, persons):
        span = doc.char_span(base + mention.start, base + mention.end, alignment_mode="expand")
        if span is None:
            continue
        score = _score(window, sentence, trigger, span.start, span.end, others)
        if score <= 0:
            continue
        marked = bool(
            {"effective", "effect", "from", "starting", "beginning"}
            & {t.lower_ for t in doc[max(span.start - 3, 0) : span.end]}
        )
        tense = tense_of(window, trigger, status, marked)
        resolved = resolve_date(mention.text, published, cast(Literal["past", "future"] | None, tense))
        if resolved is None or resolved.mod == "since" or (status == "planned" and _long_past(resolved, published)):
            continue
        if best is None or score > best.score:
            best = When(resolved, score)
    return best


def _embeds(verb: Token, token: Token) -> bool:
    """Whether a verb governs another's clause; the first of two coordinated verbs does not govern the second."""
    while token.head != token:  # spaCy makes a new object at each look-up
        coordinated = token.dep_ == "conj"
        token = token.head
        if token == verb:
            return not coordinated
    return False


def _long_past(resolved: ResolvedDate, published: date | None) -> bool:
    """Whether a period lies wholly before the publication, where something is still to come."""
    return (
        published is not None
        and (resolved.date.year, resolved.date.month) < (published.year, published.month)
        and (resolved.precision in ("day", "month") or resolved.date.year < published.year)
    )


def _score(window: Window, sentence: Sentence, trigger: Trigger, first: int, last: int, others: list[Trigger]) -> float:
    """Nearness in the clause, with effective dates before dates of announcement; 0 where another verb owns it."""
    doc = window.doc
    before = {doc[i].lower_ for i in range(max(sentence.first, first - 4), first)}
    distance = first - trigger.last if first > trigger.last else trigger.head - last
    low, high = (trigger.last, first) if first > trigger.last else (last, trigger.head)
    between = range(low + 1, high)
    score = 10.0 - 0.15 * distance
    if "effective" in before or "effect" in before or "starting" in before or "beginning" in before:
        score += 10
    rivals = {other.head for other in others if other.head in between}
    if rivals:
        score -= 6 * len(rivals)
    verbs = [i for i in between if doc[i].tag_ in ("VBD", "VBZ", "VBP") and i not in trigger.words]
    score -= 2.5 * len(verbs)
    if "since" in before or ("until" in before and trigger.rule.action not in ("on_leave",)):
        score -= 12
    head = doc[first].head
    for _ in range(6):
        if head.i in trigger.words:
            score += 4
            break
        if head.tag_.startswith("VB"):
            if _embeds(head, doc[trigger.head]):  # the day of the announcement
                return max(score, 0.0) + 2.0 if not rivals else score
            if any(other.head == head.i for other in others) and not _embeds(head, doc[trigger.head]):
                return -1.0  # the day of another event
            opens_when = any(c.lower_ == "when" for c in head.children)
            score += -2 if opens_when and head.i > trigger.head else -8
            break
        if head.head == head:
            break
        head = head.head
    return score


_STARTS = frozenset(
    "start starts starting begin begins beginning join joins joining effective effect commence "
    "commences assume assumes takes take leave leaves leaving depart departs".split()
)
_NAMES_THE_MOVE = frozenset(
    "appointment change transition move promotion resignation departure retirement it he she they".split()
)
_SENTENCES_ON = 2


def date_said_next(window: Window, number: int, surname: str, published: date | None) -> When | None:
    """The day a move takes effect, told in the next sentences: "She starts on May 5"."""
    for sentence in window.sentences[number + 1 : number + 1 + _SENTENCES_ON]:
        words = [token.lower_ for token in window.doc[sentence.first : sentence.last]]
        opening = set(words[:4])
        if not (opening & _NAMES_THE_MOVE or surname.lower() in words[:5]) or not set(words) & _STARTS:
            continue
        base = window.doc[sentence.first].idx
        text = window.doc.text[base : base + sentence.end - sentence.start]
        starts = [i for i, word in enumerate(words) if word in _STARTS]
        for mention in find_dates(text):
            span = window.doc.char_span(base + mention.start, base + mention.end, alignment_mode="expand")
            if span is None or not any(0 <= span.start - sentence.first - i <= 8 for i in starts):
                continue
            resolved = resolve_date(mention.text, published, "future")
            if resolved is not None and resolved.mod != "since" and (published is None or resolved.date >= published):
                return When(resolved, 5.0)
    return None
