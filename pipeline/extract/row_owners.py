"""Whose the offices of a row are when only the last says it: "Roe was named chairman and Kim president of Acme"."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.event_row import Row

# An employer that acts is not the one that the last office alone is at: "Acme named Roe chairman and Kim head of Bolt".
_NAMED = frozenset("frame_subject frame_object frame_preposition report_subject role_company held_out anaphor".split())

_AREA_LINKS = frozenset({"of", "for"})  # "Roe, Minister for Trade, and Kim, Minister at Acme"


def share_last_owner(rows: Sequence[Row]) -> None:
    """Give the firm behind the last office of a trigger to the offices of others that stand before it."""
    for last in rows:
        title = last.candidate.roles[-1].title if last.candidate.roles else None
        if title is None or "role_company" not in last.choice.evidence or last.company is None:
            continue
        for row in rows:
            if (
                row.candidate.trigger is last.candidate.trigger
                and row.person != last.person
                and row.candidate.roles
                and (own := row.candidate.roles[-1].title) is not None
                and own.last <= title.first
                and own.company is None
                and _AREA_LINKS.isdisjoint(own.text.lower().split())
                and _NAMED.isdisjoint(row.choice.evidence)
            ):
                row.company, row.choice = last.company, last.choice
