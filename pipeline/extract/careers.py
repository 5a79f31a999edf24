"""Where a person came from or goes to, and the role held before the one gained."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.complement_titles import is_governed, marker_of
from pipeline.extract.event_row import Row
from pipeline.extract.mentions import Name
from pipeline.extract.view import Affiliation, View
from pipeline.titles import canonical_role

_PAIR_REACH = 600  # characters between a loss and a gain told as one move, some three sentences
_DESCRIBING = 5  # words between "from" and a name: "from the French luxury group Bolt"
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
    name = row.candidate.other_company
    return name.entity if name is not None and name.entity >= 0 and name.entity != row.company else None


def _named_from(row: Row) -> int | None:
    """ "joins from Acme", "was hired from the rival Bolt"."""
    window, trigger = row.candidate.window, row.candidate.trigger
    sentence = window.sentences[row.candidate.sentence]
    for name in window.names_in(sentence.first, sentence.last, "org"):
        before = _preposition(row, name)
        if before is None or window.doc[before].lower_ != "from" or name.weak or name.entity == row.company:
            continue
        near = trigger.head < before and not any(
            token.tag_ in ("VBD", "VBZ", "VBP", "MD") for token in window.doc[trigger.last + 1 : before]
        )
        if near or is_governed(window.doc[before], trigger):
            return name.entity if name.entity >= 0 else None
    return None


def _preposition(row: Row, name: Name) -> int | None:
    """The preposition that a name follows, articles and descriptions skipped."""
    doc = row.candidate.window.doc
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
    sentence = row.candidate.window.sentences[row.candidate.sentence]
    return sentence.start <= held.position < sentence.end


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
    window, trigger = row.candidate.window, row.candidate.trigger
    last = window.sentences[row.candidate.sentence].last
    return [title.text for title in window.titles_in(trigger.last + 1, last) if marker_of(window, title) == "from"]


def _same_sentence(one: Row, other: Row) -> bool:
    return one.evidence[0].start == other.evidence[0].start
