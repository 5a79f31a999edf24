"""Which date of the sentence belongs to an event, and what day or period it means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from pipeline.extract.date_periods import SLACK_DAYS, Tense
from pipeline.extract.dates import ResolvedDate, find_dates, resolve_date
from pipeline.extract.mentions import Sentence, Window
from pipeline.extract.status import tense_of
from pipeline.extract.triggers import Trigger
from pipeline.records import DIRECTIONS, Status

if TYPE_CHECKING:
    from spacy.tokens import Token

EFFECTIVE = frozenset({"effective", "effect", "starting", "beginning", "commencing"})
_MAY_LIE_AHEAD = EFFECTIVE | {"from"}
_BOUNDED = frozenset({"to", "until", "till", "through", "-", "–"})  # "from 2010 to 2015"
_SHARED = frozenset({"both", "all", "each"})  # "A resigned and B retired, both effective May 1"
_MEETINGS = frozenset({"meeting", "meetings", "agm", "egm", "assembly", "vote", "session"})
_HELD = frozenset({"held", "scheduled", "planned", "set", "due", "convened", "called", "takes", "take"})
_MEETING_REACH = 6  # words back from "held": "meeting of shareholders that will be held"
_ENDS = frozenset({"until", "till", "through"})
_OWN_TIME = frozenset({"at", "after", "upon", "following", "when", "once", "until"})
_WHEN = frozenset({"when", "once", "as"})


@dataclass(frozen=True, slots=True)
class When:
    """A date of an event. `score` ranks the dates of one sentence."""

    resolved: ResolvedDate
    score: float


@dataclass(frozen=True, slots=True)
class DatePlace:
    """Where a date stands: token range in the window's doc, half-open, and its wording."""

    first: int
    last: int
    text: str


def dates_in(window: Window, sentence: Sentence) -> Iterator[DatePlace]:
    """The dates of a sentence; parts of persons' names are none."""
    doc = window.doc
    base = window.starts[sentence.first]
    text = window.piece(sentence.first, sentence.last)
    persons = [
        (window.starts[n.first] - base, window.end(n.last) - base)
        for n in window.names_in(sentence.first, sentence.last)
    ]
    for mention in find_dates(text, persons):
        span = doc.char_span(base + mention.start, base + mention.end, alignment_mode="expand")
        if span is not None:
            yield DatePlace(span.start, span.end, mention.text)


def date_of(
    window: Window,
    sentence: Sentence,
    trigger: Trigger,
    status: Status,
    published: date | None,
    others: Sequence[Trigger],
) -> When | None:
    """The best date for a trigger in its sentence; None if the sentence holds none that resolves."""
    best: When | None = None
    for place in dates_in(window, sentence):
        score = place_score(window, sentence, trigger, place, others)
        if score <= 0:
            continue
        near = {t.lower_ for t in window.doc[max(place.first - 3, 0) : place.last]}
        if _takes_effect(window, sentence, trigger, place):
            near |= EFFECTIVE
        owner = date_owner(window.doc[place.first])
        if owner is not None and _goes_with(window.doc[trigger.head], owner, place.first):
            tense = tense_at(window, place)
        else:
            tense = tense_of(window, trigger, status, bool(near & _MAY_LIE_AHEAD))
        resolved = resolve_date(place.text, published, tense)
        if resolved is None or (resolved.mod == "since" and trigger.rule.action != "on_leave"):
            continue
        if status == "planned" and _is_past(resolved, published):
            continue
        event = window.doc[trigger.head]
        if status == "planned" and _of_announcement(owner, event, resolved, published):
            continue
        if status in ("proposed", "rumored") and owner is not None and _embeds(owner, event):
            continue  # the day on which it was proposed or said
        if best is None or score > best.score:
            best = When(resolved, score)
    return best


_LONG_AGO_DAYS = 60  # whoever left so long ago "to become chairman" is chairman by now


def held_by_now(
    window: Window, sentence: Sentence, trigger: Trigger, published: date | None, others: Sequence[Trigger]
) -> When | None:
    """The day of a move told by its purpose, "left last year to be chairman of Acme"; None if it may lie ahead."""
    token = window.doc[trigger.head]
    verb = token.head if token.lower_ == "to" else token
    if verb.dep_ not in ("xcomp", "advcl") or verb.head.tag_ != "VBD" or published is None:
        return None
    when = date_of(window, sentence, trigger, "done", published, others)
    past = when is not None and (published - when.resolved.date).days > _LONG_AGO_DAYS
    return when if past else None


def _embeds(verb: Token, token: Token) -> bool:
    """Whether a verb governs another's clause; the first of two coordinated verbs does not govern the second."""
    while token.head != token:  # spaCy makes a new object at each look-up
        if token.dep_ in ("relcl", "appos"):
            return False  # "Roe, who joined Acme, said on Monday"
        coordinated = token.dep_ == "conj"
        token = token.head
        if token == verb:
            return not coordinated
    return False


def _is_past(resolved: ResolvedDate, published: date | None) -> bool:
    """Whether a period lies before the publication, where something is still to come."""
    if published is None:
        return False
    if resolved.precision == "day":
        return resolved.date < published - timedelta(days=SLACK_DAYS)
    first = published.replace(month=1, day=1) if resolved.precision == "year" else published.replace(day=1)
    return resolved.date < first


def _of_announcement(owner: Token | None, event: Token, resolved: ResolvedDate, published: date | None) -> bool:
    """Whether a date is that of telling what is to come: "said on Monday that she will leave"."""
    if owner is None or not _embeds(owner, event) or _ahead(owner):
        return False
    return owner.tag_ == "VBD" or (
        owner.tag_ in ("VBZ", "VBN") and published is not None and resolved.date <= published
    )


def place_score(
    window: Window, sentence: Sentence, trigger: Trigger, place: DatePlace, others: Sequence[Trigger]
) -> float:
    """Nearness in the clause, with effective dates before dates of announcement; 0 where another verb owns it."""
    doc, first, last = window.doc, place.first, place.last
    before = [doc[i].lower_ for i in range(max(sentence.first, first - 4), last)]
    distance = first - trigger.last if first > trigger.last else trigger.head - last
    low, high = (trigger.last, first) if first > trigger.last else (last, trigger.head)
    between = range(low + 1, high)
    score = 10.0 - 0.15 * distance
    effective = not EFFECTIVE.isdisjoint(before) or _takes_effect(window, sentence, trigger, place)
    if effective:
        score += 10
    if effective and not _SHARED.isdisjoint(before):
        return score
    rivals = {other.head for other in others if other.head in between}
    score -= 6 * len(rivals)
    score -= 2.5 * sum(doc[i].tag_ in ("VBD", "VBZ", "VBP") and i not in trigger.words for i in between)
    if "since" in before and trigger.rule.action != "on_leave":
        score -= 12
    if not _ENDS.isdisjoint(before) and DIRECTIONS[trigger.rule.action] != "out":
        return -1.0  # the end of a term, a contract or a leave
    owner = date_owner(doc[first])
    if owner is None or (effective and first > trigger.last and not rivals and owner.i not in trigger.words):
        return score
    if owner.i in trigger.words:
        return score + 4
    return _owned_by(doc[trigger.head], owner, score, bool(rivals), {other.head for other in others}, first)


def _takes_effect(window: Window, sentence: Sentence, trigger: Trigger, place: DatePlace) -> bool:
    """ "Named president as of May 1", "appointed for five years from August 1"; not "president from 2010 to 2015"."""
    words = place.text.lower().split()
    if place.first <= trigger.last:
        return False
    if words[:2] in (["as", "of"], ["as", "from"]):
        return True
    bounded = place.last < sentence.last and window.doc[place.last].lower_ in _BOUNDED
    ends = bounded or not _BOUNDED.isdisjoint(words)
    return words[0] == "from" and not ends and DIRECTIONS[trigger.rule.action] == "in"


def date_owner(token: Token) -> Token | None:
    """The verb whose clause a date stands in; the day of a meeting is that of what happens there."""
    head = token.head
    for _ in range(6):
        if head.tag_.startswith("VB") and not _of_meeting(head):
            return head
        if head.head == head:
            return None
        head = head.head
    return None


def _of_meeting(verb: Token) -> bool:
    """ "at the annual meeting to be held on May 14"."""
    if verb.lower_ not in _HELD or verb.dep_ not in ("acl", "relcl"):
        return False
    return any(t.lower_ in _MEETINGS for t in verb.doc[max(verb.i - _MEETING_REACH, 0) : verb.i])


def _owned_by(event: Token, owner: Token, score: float, rivals: bool, others: set[int], first: int) -> float:
    """The score of a date in the clause of another verb than the trigger's own."""
    if _embeds(owner, event):  # the day of the announcement
        return score if rivals else max(score, 0.0) + 2.0
    if _goes_with(event, owner, first):
        return 3.0
    if owner.i in others:
        return -1.0  # the day of another event
    if owner.dep_ == "relcl" and not _embeds(owner, event) and any(c.tag_ in ("WP", "WDT") for c in owner.children):
        return -1.0  # told in passing of somebody or something else
    opens_when = any(c.lower_ == "when" for c in owner.children)
    return score - 2 if opens_when and owner.i > event.i else score - 8


def _finite(event: Token) -> Token:
    """The verb that carries an infinitive: "elected Roe to fill the vacancy"."""
    while event.dep_ in ("xcomp", "advcl") and event.tag_ == "VB" and event.head.tag_.startswith("VB"):
        event = event.head
    return event


def _goes_with(event: Token, owner: Token, first: int) -> bool:
    """Whether an event happens on the day of another verb.

    "will step down in May and become adviser", "In May he quit and joined Acme", "succeeds Kim when she leaves in May".
    """
    if owner.dep_ == "advcl" and any(c.lower_ in _WHEN and c.dep_ in ("advmod", "mark") for c in owner.children):
        return owner.i > event.i and (owner.head == event or _embeds(owner.head, event))
    event = _finite(event)
    if event.dep_ != "conj" or event.head != owner:
        return False
    if first < owner.i:
        return event.tag_ == owner.tag_ or {event.tag_, owner.tag_} == {"VBD", "VBN"}
    own = any(c.dep_.startswith("nsubj") or c.lower_ in _OWN_TIME for c in event.children)
    return _ahead(owner) and not own


def tense_at(window: Window, place: DatePlace) -> Tense | None:
    """Tense of the verb in whose clause a date stands; None where it tells neither."""
    owner = date_owner(window.doc[place.first])
    if owner is None:
        return None
    if _ahead(owner) or owner.tag_ in ("VBZ", "VBP"):
        return "future"
    return "past" if owner.tag_ == "VBD" else None


def _ahead(verb: Token) -> bool:
    return any(c.tag_ == "MD" or c.lower_ == "to" for c in verb.children if c.dep_ == "aux")
