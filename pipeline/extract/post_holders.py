"""The office that one leaves who moves up, and another takes: "Kim becomes chairman. Roe will take his job"."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.event_row import Row
from pipeline.extract.same_posts import DUTIES
from pipeline.extract.view import View
from pipeline.titles import canonical_role

_HIS = frozenset({"his", "her", "their"})
_PLACES = DUTIES | {"place", "places", "stead", "spot"}
_OF_ONES_OWN = frozenset("get land win bag clinch secure accept".split())  # "got his job through a friend"
_REACH = 2  # words behind a trigger that may still hold the post: "take over | his old post"
_MOVE_REACH = 300  # characters from "will move up to chairman" to "will take his job"


def share_left_offices(view: View, rows: Sequence[Row]) -> None:
    """Give a gain that takes another's place, and names no office, the old one of who has just moved up."""
    for row in rows:
        if row.role is not None or row.direction != "in" or not _takes_place(row):
            continue
        start = row.evidence[0].start
        moves = [
            other
            for other in rows
            if other.role is not None
            and other.person != row.person
            and other.scope == "news"
            and 0 <= start - other.evidence[0].start < _MOVE_REACH
        ]
        move = max(moves, key=lambda other: other.evidence[0].start, default=None)
        if move is None or move.direction != "in":
            continue  # an office lost before is read elsewhere
        gained = {canonical_role(other.role) for other in moves if other.role is not None}
        held = [
            a.role
            for a in view.affiliations
            if a.person == move.person
            and not (a.former or a.address or a.new or a.how == "remains")
            and a.company in (move.company, None)
            and canonical_role(a.role) not in gained
        ]
        if held:
            row.role, row.role_how, row.company = held[0], "counterpart", move.company


def _takes_place(row: Row) -> bool:
    """Whether the words of a gain point to another's post: "takes his place", "will take over her old job"."""
    window, trigger = row.candidate.window, row.candidate.trigger
    if trigger.phrase.split()[0] in _OF_ONES_OWN:
        return False
    last = min(trigger.last + _REACH, window.sentence_of(trigger.head).last - 1)
    return any(
        window.lows[index] in _HIS and not _PLACES.isdisjoint(window.lows[index + 1 : min(index + 3, last + 1)])
        for index in range(trigger.head, last)
    )
