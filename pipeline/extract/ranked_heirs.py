"""Heirs whose office is worded before their names: "Roe was replaced by interim chief executive Kim".

Whoever is interim or joint holder of the office that another leaves is so only from then on, so that the words are
the office gained; a "finance director Kim" who succeeds a chief executive gives what Kim was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.titles import canonical_role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.extract.event_row import Row

_FOR_NOW = frozenset({"interim", "acting", "co", "joint", "caretaker", "temporary", "co-interim"})
_LONGEST_RUN = 8  # words of "co-CEOs Ann Roe and Bob Kim" between the office and the name


def share_ranked(rows: Sequence[Row], offices: Sequence[str]) -> None:
    """Give heirs without an office the interim or joint one that stands before their names, if it is one of these."""
    left = [_words(office) - _FOR_NOW for office in offices]
    for row in rows:
        office = _worded_before(row) if row.role is None else None
        if office is None:
            continue
        words = _words(office)
        ranked = not _FOR_NOW.isdisjoint(office.lower().replace("-", " ").split())
        if ranked and any(words - _FOR_NOW == other for other in left):
            row.role, row.role_how = office, "counterpart"


def _words(office: str) -> frozenset[str]:
    return frozenset(canonical_role(office).lower().replace("-", " ").split())


def _worded_before(row: Row) -> str | None:
    """The office right behind the trigger and before the names: "replaced by" + "co-CEOs" + "Ann Roe and Bob Kim"."""
    window, trigger, person = row.candidate.window, row.candidate.trigger, row.candidate.person
    for index in range(trigger.last + 1, min(person.first, trigger.last + _LONGEST_RUN)):
        title = window.title_at.get(index)
        if title is None or title.first != index:
            continue
        first = window.name_at.get(title.last)
        if first is None or first.kind != "person":
            return None
        plain = first is person or all(w in ("and", ",") for w in _between(row, first.last, person.first))
        return title.text if plain and (first is person or title.mention.plural) else None
    return None


def _between(row: Row, start: int, stop: int) -> list[str]:
    """The words from one name to another, those of names between them left out."""
    window = row.candidate.window
    return [window.lows[i] for i in range(start, stop) if i not in window.name_at]
