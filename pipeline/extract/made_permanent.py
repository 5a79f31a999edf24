"""The office one holds for a while and is given for good: "the acting treasurer, Roe, gets the job permanently"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extract.event_row import Row
from pipeline.extract.same_posts import same_post
from pipeline.extract.view import View

_FOR_A_WHILE = re.compile(r"(?i)^(?:acting|interim|caretaker|temporary|provisional)\s+(?=\w)")
_FOR_GOOD = re.compile(r"(?i)\b(?:permanent|permanently|full[- ]time|for good)\b")


def share_permanent(view: View, rows: Sequence[Row]) -> None:
    """Give a gain that names no office the one its person holds for a while, where it is told as that or for good."""
    for row in rows:
        if row.direction != "in" or row.action == "founded" or row.status == "denied":
            continue
        window, sentence = row.candidate.window, row.candidate.window.sentences[row.candidate.sentence]
        for_good = _FOR_GOOD.search(window.piece(sentence.first, sentence.last)) is not None
        if not (for_good or same_post(row.candidate)):
            continue
        if row.role is not None:
            row.role = row.role if row.role_how == "sentence" else for_ever(row.role)  # "is confirmed in the role"
            continue
        own = [a for a in view.affiliations if a.person == row.person and _FOR_A_WHILE.match(a.role)]
        held = next((a for a in own if None in (a.company, row.company) or a.company == row.company), None)
        if held is not None:
            row.role, row.role_how = for_ever(held.role), "counterpart"
            row.company = held.company if row.company is None else row.company


def for_ever(office: str) -> str:
    """An office without the word for holding it a while: "acting managing director"."""
    return _FOR_A_WHILE.sub("", office)
