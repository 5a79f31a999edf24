"""Offices that a headline words shorter than the text below it, or longer.

"Acme names Roe vice president" stands above "Acme has named Jane Roe vice president of marketing": one gain, told
once with all of its words. A rank is no shorter wording, it is another office: a chairman is no vice chairman.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.retold import same_company
from pipeline.titles import canonical_role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.extract.event_row import Row
    from pipeline.extract.view import View

_RANKS = frozenset(
    "vice deputy assistant associate acting interim caretaker sub under co co- honorary emeritus executive non- "
    "nonexecutive non-executive managing general senior junior founding group".split()
)


def is_worded_fuller(view: View, row: Row, rows: Sequence[Row]) -> bool:
    """Whether another row tells the same event with more words of its office, one of the two in the headline."""
    if row.role is None:
        return False
    short = _words(row.role)
    others = [o for o in rows if o is not row and o.role is not None and _is_twin(view, row, o)]
    if any(_words(other.role or "") == short for other in others):
        return False
    return any(_holds(_words(other.role or ""), short) for other in others)


def _is_twin(view: View, row: Row, other: Row) -> bool:
    """Whether two rows tell an event of one person, one in the headline and one below it."""
    if (row.person, row.direction, row.scope) != (other.person, other.direction, other.scope):
        return False
    above = [each.evidence[0].start < view.headline_end for each in (row, other)]
    return above[0] != above[1] and row.action != "founded" and same_company(view, row, other)


def _words(role: str) -> list[str]:
    return canonical_role(role).lower().replace(",", " ").split()


def _holds(longer: list[str], short: list[str]) -> bool:
    """Whether an office is another one with an area or a region more: before it or behind it, and no rank."""
    more = {*longer} - {*short}
    return bool(short and more) and {*short} < {*longer} and _RANKS.isdisjoint(more)
