"""Where a person came from or goes to, and the role held before the one gained."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.extract.candidates import Candidate
from pipeline.extract.complement_titles import is_governed
from pipeline.extract.event_row import Row
from pipeline.extract.mentions import Name
from pipeline.extract.title_places import marker_of
from pipeline.extract.view import Affiliation, View
from pipeline.titles import canonical_role

if TYPE_CHECKING:
    from spacy.tokens import Doc

_PAIR_REACH = 600  # characters between a loss and a gain told as one move, some three sentences
_DESCRIBING = 5  # words between "from" and a name: "from the French luxury group Bolt"
_APPOSED = 4  # words between a name and "formerly of"
_FORMERLY = frozenset({"formerly", "previously", "late", "lately"})
_MOVES = frozenset({"founded", "joined", "appointed", "promoted", "returned"})


def other_company(view: View, row: Row, rows: Sequence[Row]) -> int | None:
    """The organisation that the person of a gain came from or that of a loss goes to; an index of the registry."""
    if row.direction == "in" and row.action in _MOVES:
        found = [_framed(row), _named_from(row), _held_here(view, row), _paired(row, rows), _held_elsewhere(view, row)]
    elif row.direction == "out" and row.action != "died":
        found = [_framed(row), _paired(row, rows)]
    else:
        return None
    return next((index for index in found if index is not None and _apart(view, index, row.company)), None)


def _apart(view: View, one: int, other: int | None) -> bool:
    """Whether two organisations are not one under a longer and a shorter name."""
    if other is None:
        return True
    registry = view.organisations.organisations
    a, b = set(registry[one].key.split()), set(registry[other].key.split())
    return not (a <= b or b <= a)


def _framed(row: Row) -> int | None:
    """The organisation in the place that the rule's frame gives."""
    names = (candidate.other_company for candidate in _wordings(row))
    return next((name.entity for name in names if name is not None and 0 <= name.entity != row.company), None)


def _wordings(row: Row) -> list[Candidate]:
    """All wordings of an event, the one that stands first."""
    return [row.candidate, *row.also]


def _named_from(row: Row) -> int | None:
    """ "joins from Acme", "was hired from the rival Bolt", "poached Bolt's Jane Roe", "Roe, formerly of Bolt"."""
    for candidate in _wordings(row):
        window, sentence = candidate.window, candidate.window.sentences[candidate.sentence]
        for name in window.names_in(sentence.first, sentence.last, "org"):
            if name.weak or name.entity < 0 or name.entity == row.company:
                continue
            if _owns_person(candidate, name) or _is_from(candidate, name):
                return name.entity
    return None


def _owns_person(candidate: Candidate, name: Name) -> bool:
    """ "poached Bolt's Jane Roe": the name's possessive stands right before the person's."""
    person = candidate.person
    return name.last + 1 == person.first and candidate.window.lows[name.last] in ("'s", "’s", "'", "’")


def _is_from(candidate: Candidate, name: Name) -> bool:
    """Whether "from" or "formerly of" before a name belongs to the trigger or the person."""
    doc, trigger = candidate.window.doc, candidate.trigger
    before = _preposition(doc, name)
    if before is None:
        return False
    if (
        candidate.window.lows[before] in ("of", "at", "with")
        and before
        and candidate.window.lows[before - 1] in _FORMERLY
    ):
        return 0 <= before - candidate.person.last <= _APPOSED
    if candidate.window.lows[before] != "from":
        return False
    between = doc[trigger.last + 1 : before]
    near = trigger.head < before and not any(token.tag_ in ("VBD", "VBZ", "VBP", "MD") for token in between)
    return near or is_governed(doc[before], trigger)


def _preposition(doc: Doc, name: Name) -> int | None:
    """The preposition that a name follows, articles and descriptions skipped."""
    for index in range(name.first - 1, max(name.first - 1 - _DESCRIBING, -1), -1):
        if doc[index].tag_ in ("IN", "TO"):
            return index
        if doc[index].tag_ not in ("DT", "JJ", "NN", "PRP$", "HYPH", "NNP", "POS"):
            return None
    return None


def _held_here(view: View, row: Row) -> int | None:
    """The employer that the gain's own sentence gives: "Roe, finance director of Bolt, will join"."""
    return next((a.company for a in _own(view, row) if _is_other(a, row) and _told_here(row, a)), None)


def _held_elsewhere(view: View, row: Row) -> int | None:
    """The former employer that another sentence gives: "Roe was previously treasurer of Bolt"."""
    told = (a for a in _own(view, row) if _is_other(a, row) and (a.former or a.how in ("where", "told")))
    return next((a.company for a in told), None)


def _own(view: View, row: Row) -> list[Affiliation]:
    return [a for a in view.affiliations if a.person == row.person and not a.new and a.how != "remains"]


def _is_other(held: Affiliation, row: Row) -> bool:
    return held.company is not None and held.company >= 0 and held.company != row.company


def _told_here(row: Row, held: Affiliation) -> bool:
    """Whether an affiliation is told in a sentence that tells the event."""
    sentences = [candidate.window.sentences[candidate.sentence] for candidate in _wordings(row)]
    return any(sentence.start <= held.position < sentence.end for sentence in sentences)


def _paired(row: Row, rows: Sequence[Row]) -> int | None:
    """The other organisation of a move told as a loss and a gain: "left Acme for Bolt"."""
    near = [
        (abs(other.evidence[0].start - row.evidence[0].start), other.company)
        for other in rows
        if other.person == row.person
        and {other.direction, row.direction} == {"in", "out"}
        and other.company not in (None, row.company)
        and other.scope == row.scope
        and "denied" not in (other.status, row.status)
    ]
    distance, company = min(near, key=lambda item: item[0], default=(_PAIR_REACH + 1, None))
    return company if distance <= _PAIR_REACH else None


def previous_role(view: View, row: Row, rows: Sequence[Row]) -> str | None:
    """The role held before the one gained, as worded: promoted "from" it, told beside the name, or given up for it."""
    if row.direction != "in" or row.action in ("founded", "reappointed"):
        return None
    gained = {canonical_role(r.role) for r in rows if r.person == row.person and r.direction == "in" and r.role}
    lost = [r.role for r in rows if r.person == row.person and r.direction == "out" and _same_sentence(r, row)]
    held = sorted(_own(view, row), key=lambda a: (not _told_here(row, a), a.former, a.position))
    here = [a.role for a in held if _told_here(row, a)]
    present = [a.role for a in held if not a.former and a.strong and a.how in ("before", "before,", "after")]
    told = [a.role for a in held if a.how in ("told", "where")]
    for role in (*_given_up(row), *here, *lost, *present, *told):
        if role is not None and canonical_role(role) not in gained and "founder" not in canonical_role(role):
            return role
    return None


def _given_up(row: Row) -> list[str]:
    """ "promoted from finance director to chief executive"."""
    found = []
    for candidate in _wordings(row):
        window, last = candidate.window, candidate.window.sentences[candidate.sentence].last
        titles = window.titles_in(candidate.trigger.last + 1, last)
        found += [title.text for title in titles if marker_of(window, title) == "from"]
    return found


def _same_sentence(one: Row, other: Row) -> bool:
    return one.evidence[0].start == other.evidence[0].start
