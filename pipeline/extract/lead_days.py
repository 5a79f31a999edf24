"""The day that the lead gives for all it sums up: "replaced its board on Monday. Roe was named chairman"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.extract.dates import resolve_date
from pipeline.extract.event_row import Row
from pipeline.extract.grammar import auxiliaries
from pipeline.extract.mentions import Sentence, Window
from pipeline.extract.triggers import triggers_of
from pipeline.extract.view import View
from pipeline.extract.when import When, date_owner, dates_in

if TYPE_CHECKING:
    from spacy.tokens import Token

_SENTENCES_BACK = 3
_REACH = 700  # characters from the dated sentence to what happened with it
_DAYS = 7  # before publication; what is older is no lead
_SCORE = 5.0  # as of other dates that stand outside of the event's own sentence
_RULERS = frozenset(
    "management board boards shareholders stockholders holders directors meeting cabinet executives officials "
    "leadership reshuffle shake-up shakeup shuffle overhaul purge".split()
)
_ASIDES = frozenset({"relcl", "advcl", "acl", "ccomp", "pcomp"})


def share_lead_day(view: View, rows: Sequence[Row]) -> None:
    """Date what happened with the lead, told after it in the plain past without a day of its own."""
    for row in rows:
        if row.when is None and row.status == "done" and row.scope == "news" and row.direction != "pause":
            row.when = _lead_day(view, row)


def _lead_day(view: View, row: Row) -> When | None:
    window, number = row.candidate.window, row.candidate.sentence
    verb = window.doc[row.candidate.trigger.head]
    if view.published is None or not _plain_past(verb) or verb.dep_ in _ASIDES:
        return None
    sentence = window.sentences[number]
    for earlier in reversed(window.sentences[max(number - _SENTENCES_BACK, 0) : number]):
        if sentence.start - earlier.start > _REACH or earlier.start < view.headline_end:
            return None
        if any(True for _ in dates_in(window, earlier)):
            told = _tells_of_change(window, earlier) and not _of_another_firm(window, verb, earlier)
            return _day_of(view, window, earlier) if told else None
    return None


def _tells_of_change(window: Window, sentence: Sentence) -> bool:
    """Whether a sentence speaks of who runs a firm: a wording of a rule, or "its management", "shareholders"."""
    words = window.lows[sentence.first : sentence.last]
    return not _RULERS.isdisjoint(words) or any(
        sentence.first <= trigger.head < sentence.last for trigger in triggers_of(window)
    )


def _plain_past(verb: Token) -> bool:
    """ "Resigned", "was named"; not "has resigned", "had been named"."""
    helpers = {token.lower_ for token in auxiliaries(verb)}
    return (verb.tag_ == "VBD" and not helpers) or (verb.tag_ == "VBN" and bool(helpers) and helpers <= {"was", "were"})


def _of_another_firm(window: Window, verb: Token, earlier: Sentence) -> bool:
    """Whether a firm that the dated sentence does not name stands before a verb: the next item of a round-up."""
    known = {name.entity for name in window.names_in(earlier.first, earlier.last, "org")}
    before = window.names_in(window.sentence_of(verb.i).first, verb.i, "org")
    return any(name.entity not in known and not name.weak for name in before)


def _day_of(view: View, window: Window, sentence: Sentence) -> When | None:
    """The one day of a sentence's main verb in the past."""
    days = []
    for place in dates_in(window, sentence):
        resolved = resolve_date(place.text, view.published, "past")
        owner = date_owner(window.doc[place.first])
        if resolved is None or resolved.precision != "day" or owner is None or owner.tag_ != "VBD":
            continue
        assert view.published is not None
        if owner.dep_ not in _ASIDES and 0 <= (view.published - resolved.date).days <= _DAYS:
            days.append(resolved)
    return When(days[0], _SCORE) if len(days) == 1 else None
