"""Which date of the sentence belongs to an event, and what day or period it means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from pipeline.extract.date_forms import MONTH_WORDS, SEASON_START
from pipeline.extract.date_owners import (
    after_body_met,
    ahead,
    announces,
    behind_noun,
    circumstance,
    date_owner,
    embeds,
    goes_along,
    goes_with,
    of_other_thing,
    of_trading,
    only_if,
    opens_when,
    presupposed,
    purposed,
    shares_effect,
    told_behind,
    told_together,
    within_noun,
)
from pipeline.extract.dates import ResolvedDate, find_dates, resolve_date
from pipeline.extract.grammar import auxiliaries
from pipeline.extract.mentions import Name, Sentence, Window
from pipeline.extract.periods import SLACK_DAYS, Tense
from pipeline.extract.status import tense_of
from pipeline.extract.triggers import Trigger
from pipeline.records import DIRECTIONS, Status

if TYPE_CHECKING:
    from spacy.tokens import Token

EFFECTIVE = frozenset({"effective", "effect", "starting", "beginning", "commencing", "w.e.f", "w.e.f.", "wef"})
_MAY_LIE_AHEAD = EFFECTIVE | {"from"}
_BOUNDED = frozenset({"to", "until", "till", "through", "-", "–"})  # "from 2010 to 2015"
_SHARED = frozenset({"both", "all", "each"})  # "A resigned and B retired, both effective May 1"
_ENDS = frozenset({"until", "till", "through"})


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
        if not (n.text in MONTH_WORDS and n.last < sentence.last and window.words[n.last].isdigit())
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
        resolved = _resolved(window, trigger, status, published, place, bool(near & _MAY_LIE_AHEAD))
        if resolved is None or (resolved.mod == "since" and not _since_then(window, trigger, place)):
            continue
        if status == "planned" and is_past(resolved, published):
            continue
        event = window.doc[trigger.head]
        if status == "planned" and _of_announcement(owner, event, resolved, published):
            continue
        if _only_said(status, owner, event, trigger):
            continue  # the day on which it was proposed or said
        if _of_circumstance(window, trigger, status, place, resolved):
            continue
        if best is None or score > best.score:
            best = When(resolved, score)
    return best


_OWN_DAY = 12.0  # score of a date that the clause of one of several persons gives


def day_behind(window: Window, sentence: Sentence, person: Name, published: date | None, status: Status) -> When | None:
    """The first day told behind a person whose clause leaves out the verb: "A left in May and B in June"."""
    tense: Tense = "future" if status == "planned" else "past"
    for place in dates_in(window, sentence):
        if place.first >= person.last:
            resolved = resolve_date(place.text, published, tense)
            return When(resolved, _OWN_DAY) if resolved is not None else None
    return None


def _of_circumstance(
    window: Window, trigger: Trigger, status: Status, place: DatePlace, resolved: ResolvedDate
) -> bool:
    """Whether a date tells when something else was or will be: "after a loss in May", "ahead of results on Friday".

    A day behind "after" or "as" is mostly that of the event: "named Roe as it reported results on Monday".
    """
    if status != "done" or opens_when(window.doc[trigger.head], place.last):
        return False
    link = told_behind(window.doc, place.first, frozenset(trigger.words))
    if link == "before" or resolved.precision == "day":
        return link == "before"
    if link is not None:
        return True
    owner = date_owner(window.doc[place.first])
    return owner is not None and owner.i not in trigger.words and circumstance(owner, window.doc[trigger.head])


def _only_said(status: Status, owner: Token | None, event: Token, trigger: Trigger) -> bool:
    """Whether a date is that of proposing or saying what may never be; not "asked her to serve from July 1"."""
    if status not in ("proposed", "rumored") or owner is None or owner.i in trigger.words:
        return False
    return embeds(owner, event)


def _since_then(window: Window, trigger: Trigger, place: DatePlace) -> bool:
    """Whether "since May" tells the day of an event: "suspended since May", "vacant since May, when Roe left"."""
    return trigger.rule.action == "on_leave" or opens_when(window.doc[trigger.head], place.last)


_LONG_PAST_DAYS = 45  # a present tense so long after a day means the next one: "joins in November", told in March


_FAR_AHEAD_DAYS = 300
_JUST_PAST_DAYS = 31


def _resolved(
    window: Window, trigger: Trigger, status: Status, published: date | None, place: DatePlace, marked: bool
) -> ResolvedDate | None:
    """The period that a date means by the tense of the verb it goes with."""
    event, owner = window.doc[trigger.head], date_owner(window.doc[place.first])
    died = trigger.rule.action == "died" and status == "done"  # "his sudden death in May" lies behind
    if died or (opens_when(event, place.last) and event.tag_ == "VBD"):
        tense: Tense | None = "past"
    elif owner is not None and (
        goes_with(event, owner, place.first) or opens_when(event, place.last) or goes_along(event, owner)
    ):
        tense = tense_at(window, place)
    else:
        tense = tense_of(window, trigger, status, marked)
        goes_on = owner is not None and owner.dep_ == "conj" and owner.head == event
        later = (goes_on or trigger.rule.kind == "modifier") and owner is not None and ahead(owner)
        if later or (tense is None and owner == event and _as_its_verb(event)):
            tense = "future"  # "the new minister, Ana Ruiz, will be sworn in on Thursday", "was named and will start"
    resolved = resolve_date(place.text, published, tense)
    if tense == "future" and published is not None and resolved is not None and resolved.precision == "day":
        before = resolve_date(place.text, published, "past")
        distance = (resolved.date - published).days
        if before is not None and distance > _FAR_AHEAD_DAYS and (published - before.date).days < _JUST_PAST_DAYS:
            return before  # "said on June 3 that she will leave", told on June 17: the day it was said
    if resolved is None or tense is not None or published is None or owner is None or owner.i not in trigger.words:
        return resolved
    if _in_present(owner) and (published - resolved.date).days > _LONG_PAST_DAYS:
        return resolve_date(place.text, published, "future")
    return resolved


def _as_its_verb(owner: Token) -> bool:
    """Whether a participle lies ahead with the verb it goes with: "will become chairman, succeeding Kim on May 1"."""
    bare = owner.tag_ == "VBG" and owner.dep_ in ("advcl", "acl", "xcomp") and not any(auxiliaries(owner))
    return bare and ahead(owner.head)


def _in_present(verb: Token) -> bool:
    """ "Joins in November", "is leaving in May"."""
    helpers = {child.lower_ for child in auxiliaries(verb)}
    return (verb.tag_ in ("VBZ", "VBP") and not helpers) or (
        verb.tag_ == "VBG" and not helpers.isdisjoint(("is", "are", "am", "'s", "’s", "'m", "’m", "'re", "’re"))
    )


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


def is_past(resolved: ResolvedDate, published: date | None) -> bool:
    """Whether a period lies before the publication, where something is still to come."""
    if published is None:
        return False
    if resolved.precision == "day":
        return resolved.date < published - timedelta(days=SLACK_DAYS)
    first = published.replace(month=1, day=1) if resolved.precision == "year" else published.replace(day=1)
    return resolved.date < first


_COMING = re.compile(
    r"(?i)\b(?:later|next|coming|end of|close of)\b|^(?:with)?in (?:an?|\d+|[a-z]+) (?:day|week|month)s?\b"
)
_SEASONS = re.compile(rf"(?i)\b(?:this|the|next) ({'|'.join(SEASON_START)})$")


def is_to_come(window: Window, trigger: Trigger, resolved: ResolvedDate, published: date | None) -> bool:
    """Whether a date lies ahead, or a part of a period that is not over: "leaves later this year", "in two weeks"."""
    if published is None or resolved.date > published:
        return published is not None
    if window.doc[trigger.head].tag_ == "VBD" or is_past(resolved, published) or resolved.precision == "day":
        return False
    season = _SEASONS.search(resolved.text)
    starts = SEASON_START[season[1].lower()] if season is not None else 0
    return starts > published.month or _COMING.search(resolved.text) is not None


def _of_announcement(owner: Token | None, event: Token, resolved: ResolvedDate, published: date | None) -> bool:
    """Whether a date is that of telling what is to come: "said on Monday that she will leave"."""
    if owner is None or not embeds(owner, event) or ahead(owner):
        return False
    return owner.tag_ == "VBD" or (
        owner.tag_ in ("VBZ", "VBN") and published is not None and resolved.date <= published
    )


def place_score(
    window: Window, sentence: Sentence, trigger: Trigger, place: DatePlace, others: Sequence[Trigger]
) -> float:
    """Nearness in the clause, with effective dates before dates of announcement; 0 where another verb owns it."""
    doc, first, last = window.doc, place.first, place.last
    event = doc[trigger.head]
    if opens_when(event, last):
        return 12.0
    if of_other_thing(event, frozenset(trigger.words), first, last):
        return -1.0
    ending = _ends_office(window, trigger)
    if ending and last <= trigger.head and "from" in window.lows[max(first - 1, 0) : last]:
        return -1.0  # where the office began: "from 1990 until her resignation in 2004"
    if ending and trigger.last < first <= trigger.last + 2:
        return 12.0  # "until her resignation in 2004"
    if _of_office_held(window, sentence, place):
        return -1.0
    if within_noun(doc[first], frozenset(other.head for other in others) - frozenset(trigger.words)):
        return -1.0
    before = [window.lows[i] for i in range(max(sentence.first, first - 4), last)]
    distance = first - trigger.last if first > trigger.last else trigger.head - last
    low, high = (trigger.last, first) if first > trigger.last else (last, trigger.head)
    between = range(low + 1, high)
    score = 10.0 - 0.15 * distance
    if "close" in before:  # "with effect from close of business on Friday"
        before = [window.lows[i] for i in range(max(sentence.first, first - 7), last)]
    effective = not EFFECTIVE.isdisjoint(before) or _takes_effect(window, sentence, trigger, place)
    if effective:
        score += 10
    if effective and not _SHARED.isdisjoint(before):
        return score
    rivals = {other.head for other in others if other.head in between}
    owner = date_owner(doc[first])
    alike = {o.head for o in others if DIRECTIONS[o.rule.action] == DIRECTIONS[trigger.rule.action]}
    if effective and owner is not None and owner.i in alike and shares_effect(event, owner) and first > trigger.last:
        return score
    if effective and first < trigger.head and owner is not None and owner.i in {other.head for other in others}:
        score -= 10  # "takes over with effect from July 1 from Roe, who retired on June 30"
    score -= 6 * len(rivals)
    score -= 2.5 * sum(doc[i].tag_ in ("VBD", "VBZ", "VBP") and i not in trigger.words for i in between)
    if "since" in before and trigger.rule.action != "on_leave":
        score -= 12
    ends = (not _ENDS.isdisjoint(before) and "not" not in before) or (first and window.lows[first - 1] == "to")
    if ends and DIRECTIONS[trigger.rule.action] != "out":
        return -1.0  # the end of a term, a contract or a leave
    if owner is None or (effective and first > trigger.last and not rivals and owner.i not in trigger.words):
        return score
    if owner.i in trigger.words:
        return score + 4
    if trigger.rule.kind == "noun" and (behind_noun(event, owner, first) or presupposed(event, owner)):
        return -1.0
    if of_trading(owner, event):
        return -1.0
    if _leaves_for(trigger, owner, others) or (only_if(owner) and not embeds(owner, event)):
        return -1.0
    if DIRECTIONS[trigger.rule.action] == "out" and purposed(event, owner):
        return score
    if announces(owner, event) or (embeds(owner, event) and all(embeds(owner, doc[head]) for head in rivals)):
        return max(score + 6 * len(rivals), 0.0) + 2.0  # the day of the announcement, of all that it tells
    return _owned_by(event, owner, score, {other.head for other in others}, first)


_CLOSED = 5  # words from the first of a date to the comma behind it: "2001 to 2014,"


def _ends_office(window: Window, trigger: Trigger) -> bool:
    """Whether a noun tells of the loss that ended what somebody is called: "treasurer until his retirement in 2004"."""
    before = window.lows[max(trigger.head - 3, 0) : trigger.head]
    return trigger.rule.kind == "noun" and not {"until", "till"}.isdisjoint(before)


def _of_office_held(window: Window, sentence: Sentence, place: DatePlace) -> bool:
    """Whether a date tells when somebody held what he is called: "Roe, head of sales from 2001 to 2014, has left"."""
    if "," not in window.words[place.first : min(place.first + _CLOSED, sentence.last)]:
        return False
    index = place.first - 1
    while index > sentence.first and window.words[index] != ",":
        if window.doc[index].tag_.startswith("VB"):
            return False
        index -= 1
    name = window.name_at.get(index - 1)
    opens = index + 1 + (window.lows[index + 1] in ("the", "its", "a", "an"))
    title = window.title_at.get(opens)
    return name is not None and name.kind == "person" and title is not None and title.last <= place.first


def _leaves_for(trigger: Trigger, owner: Token, others: Sequence[Trigger]) -> bool:
    """Whether a date is that of leaving for what is to come: "will leave on May 31 to become chairman of Acme"."""
    token = owner.doc[trigger.head]
    gain = token.head if token.lower_ == "to" else token
    purpose = gain.dep_ in ("xcomp", "advcl") and gain.head == owner and gain.tag_ == "VB" and owner.tag_ != "VBD"
    return (
        purpose
        and DIRECTIONS[trigger.rule.action] == "in"
        and any(o.head == owner.i and DIRECTIONS[o.rule.action] == "out" for o in others)
    )


def _takes_effect(window: Window, sentence: Sentence, trigger: Trigger, place: DatePlace) -> bool:
    """ "Named president as of May 1", "appointed for five years from August 1"; not "president from 2010 to 2015"."""
    words = place.text.lower().split()
    if place.first <= trigger.last:
        return False
    if words[:2] in (["as", "of"], ["as", "from"]):
        return True
    bounded = place.last < sentence.last and window.lows[place.last] in _BOUNDED
    ends = bounded or not _BOUNDED.isdisjoint(words)
    return words[0] == "from" and not ends and DIRECTIONS[trigger.rule.action] == "in"


def _owned_by(event: Token, owner: Token, score: float, others: set[int], first: int) -> float:
    """The score of a date in the clause of another verb than the trigger's own."""
    if embeds(owner, event):  # the day of the announcement
        return score
    if goes_with(event, owner, first) or after_body_met(event, owner) or told_together(event, owner, first):
        return 3.0
    if owner.i in others:
        return -1.0  # the day of another event
    if owner.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in ("after", "before") for c in owner.children):
        return -1.0  # the day of what it came of
    if owner.dep_ == "relcl" and not embeds(owner, event) and any(c.tag_ in ("WP", "WDT") for c in owner.children):
        return -1.0  # told in passing of somebody or something else
    opens_when = any(c.lower_ == "when" for c in owner.children)
    return score - 2 if opens_when and owner.i > event.i else score - 8


def tense_at(window: Window, place: DatePlace) -> Tense | None:
    """Tense of the verb in whose clause a date stands; None where it tells neither."""
    owner = date_owner(window.doc[place.first])
    if owner is None:
        return None
    if ahead(owner) or owner.tag_ in ("VBZ", "VBP"):
        return "future"
    return "past" if owner.tag_ == "VBD" else None
