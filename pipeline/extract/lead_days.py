"""The day that the lead gives for all it sums up: "replaced its board on Monday. Roe was named chairman"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from typing import TYPE_CHECKING

from pipeline.extract.candidates import Candidate
from pipeline.extract.common_nouns import common_nouns
from pipeline.extract.date_owners import ahead, date_owner
from pipeline.extract.dates import find_dates, resolve_date
from pipeline.extract.event_row import Row
from pipeline.extract.grammar import auxiliaries
from pipeline.extract.mentions import Sentence, Window
from pipeline.extract.triggers import Trigger, triggers_of
from pipeline.extract.view import View
from pipeline.extract.when import When, dates_in
from pipeline.records import DIRECTIONS
from pipeline.titles import canonical_role

if TYPE_CHECKING:
    from spacy.tokens import Token

_SENTENCES_BACK = 3  # of other matter; the moves of one list may be more
_REACH = 700  # characters from the dated sentence, or from another move of its list
_DAYS = 7  # before publication; what is older is no lead
_SCORE = 5.0  # as of other dates that stand outside of the event's own sentence
_RULERS = frozenset(
    "management board boards shareholders stockholders holders directors meeting cabinet executives officials "
    "leadership reshuffle shake-up shakeup shuffle overhaul purge appointments decree decrees personnel trustees "
    "regents commissioners councillors orders".split()
)
_ASIDES = frozenset({"relcl", "advcl", "acl", "ccomp", "pcomp"})
_OPENS_CLAUSE = frozenset({"mark", "advmod", "prep"})  # "after naming", "when named"


def share_lead_day(view: View, rows: Sequence[Row]) -> None:
    """Date what happened with the lead, told after it in the plain past without a day of its own."""
    listed = {(id(row.candidate.window), row.candidate.sentence) for row in rows}
    dated = {(row.person, row.direction) for row in rows if row.when is not None and row.scope == "news"}
    for row in rows:
        if row.when is not None or row.scope != "news" or row.direction == "pause":
            continue
        if row.status == "done":
            row.when = _lead_day(view, row, listed) or _meeting_day(view, row)
            if row.when is None and row.role is not None and (row.person, row.direction) not in dated:
                row.when = _day_of_person(view, row)
        elif row.status == "planned":
            row.when = _coming_day(view, row)


def _lead_day(view: View, row: Row, listed: Set[tuple[int, int]]) -> When | None:
    window, number = row.candidate.window, row.candidate.sentence
    verb = _main_verb(window.doc[row.candidate.trigger.head])
    if view.published is None or not _plain_past(verb) or verb.dep_ in _ASIDES:
        return None
    start, passed = window.sentences[number].start, 0
    for back in range(number - 1, -1, -1):
        earlier = window.sentences[back]
        items = earlier.kind == "item" and window.sentences[number].kind == "item"  # each a story of its own
        if items or earlier.kind == "heading" or start - earlier.start > _REACH or passed == _SENTENCES_BACK:
            return None
        if any(True for _ in dates_in(window, earlier)):
            told = _tells_of_change(window, earlier) and not (
                _of_another_firm(row.candidate, verb, earlier) or (passed and _his(verb))
            )
            return _day_of(view, window, earlier) if told else None
        if (id(window), back) in listed:
            start = earlier.start
        else:
            passed += 1
    return None


def _his(verb: Token) -> bool:
    """Whether a verb is said of "he" or "she": what follows on other matter is somebody's history."""
    return any(child.dep_ in ("nsubj", "nsubjpass") and child.lower_ in ("he", "she") for child in verb.children)


def _main_verb(verb: Token) -> Token:
    """The verb that a participle goes with: "resigned, naming Roe as chairman", "with Kim removed from the board"."""
    if verb.dep_ != "advcl" or verb.tag_ not in ("VBG", "VBN"):
        return verb
    opened = any(child.dep_ in _OPENS_CLAUSE and child.i < verb.i and child.lower_ != "with" for child in verb.children)
    return verb if opened else verb.head


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


def _of_another_firm(candidate: Candidate, verb: Token, earlier: Sentence) -> bool:
    """Whether the subject of a verb is of a firm that the dated sentence does not name: the next item of a round-up."""
    window, person = candidate.window, candidate.person
    known = {name.entity for name in window.names_in(earlier.first, earlier.last, "org")}
    for subject in (child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")):
        of_subject = {subject.i, *(t.i for t in subject.children if t.dep_ in ("poss", "compound", "nmod", "amod"))}
        for name in window.names_in(window.sentence_of(verb.i).first, verb.i, "org"):
            apart = name.entity not in known and not name.weak and not person.first <= name.first < person.last
            if apart and not of_subject.isdisjoint(range(name.first, name.last)):
                return True
    return False


def _day_of(view: View, window: Window, sentence: Sentence) -> When | None:
    """The one day of a sentence's main verb in the past."""
    days = {}
    for place in dates_in(window, sentence):
        resolved = resolve_date(place.text, view.published, "past")
        owner = date_owner(window.doc[place.first])
        if resolved is None or resolved.precision != "day" or owner is None or owner.tag_ != "VBD":
            continue
        assert view.published is not None
        if owner.dep_ not in _ASIDES and 0 <= (view.published - resolved.date).days <= _DAYS:
            days[resolved.date] = resolved
    return When(next(iter(days.values())), _SCORE) if len(days) == 1 else None


# --- what the opening of an article dates, however far on it is told --------------------------------------------

_OPENING_CHARS = 700  # the lead and about one paragraph more


def opening(view: View) -> tuple[int, int]:
    """Where the text below the headline opens: its first paragraph, or what fits into some 700 characters."""
    start = view.headline_end
    while start < len(view.text) and view.text[start].isspace():
        start += 1
    end = view.text.find("\n", start)
    return start, min(end if end > 0 else len(view.text), start + _OPENING_CHARS)


def only_day(view: View, start: int, end: int) -> When | None:
    """The one day of the last week that a stretch of text names."""
    if view.published is None:
        return None
    days = {}
    for mention in find_dates(view.text[start:end]):
        resolved = resolve_date(mention.text, view.published, "past")
        if resolved is not None and resolved.precision == "day":
            days[resolved.date] = resolved
    if len(days) != 1:
        return None
    [(day, resolved)] = days.items()
    return When(resolved, _SCORE) if 0 <= (view.published - day).days <= _DAYS else None


def _meeting_day(view: View, row: Row) -> When | None:
    """The day of the meeting that the lead tells of, for what it "also" did: "The board also elected Roe"."""
    window, verb = row.candidate.window, row.candidate.window.doc[row.candidate.trigger.head]
    subjects = {child.lower_ for child in verb.children if child.dep_ == "nsubj"}
    again = row.action == "reappointed" or any(child.lower_ == "also" for child in verb.children)
    if not _plain_past(verb) or not again or not (subjects & common_nouns("meeting") or row.action == "reappointed"):
        return None
    start, end = opening(view)
    met = {token.strip(".,()").lower() for token in view.text[start:end].split()}
    if window.sentences[row.candidate.sentence].start < end or not met & (
        common_nouns("meeting") | {"agm", "elected", "appointed"}
    ):
        return None
    return only_day(view, start, end)


def _opening_triggers(view: View) -> Iterator[tuple[Window, Sentence, Trigger]]:
    """The wordings of rules that the opening of an article holds, those that made no event included."""
    start, end = opening(view)
    for window in view.windows:
        for sentence in window.sentences:
            if not start <= sentence.start < end:
                continue
            for trigger in triggers_of(window):
                if sentence.first <= trigger.head < sentence.last:
                    yield window, sentence, trigger


def _day_of_person(view: View, row: Row) -> When | None:
    """The day of a lead that tells the same of the same person, where only its headline or what follows was read."""
    told = row.candidate.window.sentences[row.candidate.sentence]
    positions = view.people.persons[row.person].positions
    for window, sentence, trigger in _opening_triggers(view):
        if sentence.start == told.start or not any(sentence.start <= at < sentence.end for at in positions):
            continue
        verb = window.doc[trigger.head]
        if DIRECTIONS[trigger.rule.action] == row.direction and verb.dep_ == "ROOT" and _plain_past(verb):
            return only_day(view, sentence.start, sentence.end)
    return None


def _coming_day(view: View, row: Row) -> When | None:
    """The coming day of a lead that names nobody yet: "will replace its president in June. Roe will take over"."""
    told = row.candidate.window.sentences[row.candidate.sentence].start
    for window, sentence, trigger in _opening_triggers(view):
        event = window.doc[trigger.head]
        if any(True for _ in window.names_in(sentence.first, sentence.last, "person")) or not ahead(event):
            continue
        offices = {canonical_role(title.text) for title in window.titles_in(sentence.first, sentence.last)}
        if not row.role or canonical_role(row.role) not in offices or told - sentence.end > _REACH:
            continue
        coming = [
            resolved
            for place in dates_in(window, sentence)
            if (owner := date_owner(window.doc[place.first])) is not None and owner == event
            if (resolved := resolve_date(place.text, view.published, "future")) is not None
        ]
        if len(coming) == 1 and view.published is not None and coming[0].date >= view.published.replace(day=1):
            return When(coming[0], _SCORE)
    return None
