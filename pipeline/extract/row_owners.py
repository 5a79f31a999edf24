"""Whose the offices of a row are when only the last says it: "Roe was named chairman and Kim president of Acme"."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.event_row import Row
from pipeline.extract.mentions import Name, Title, Window

# An employer that acts is not the one that the last office alone is at: "Acme named Roe chairman and Kim head of Bolt".
_NAMED = frozenset("frame_subject frame_object frame_preposition report_subject role_company held_out anaphor".split())
# What tells the employer of one who is succeeded.
_TOLD = (_NAMED - {"report_subject"}) | frozenset(
    "described described_body same_role_here_out held_out same_company report_behind object_anaphor "
    "joined_with_it ahead_at_out ahead_at_in at_in at_out".split()
)

_AREA_LINKS = frozenset({"of", "for"})  # "Roe, Minister for Trade, and Kim, Minister at Acme"


def share_last_owner(rows: Sequence[Row]) -> None:
    """Give the firm behind the last office of a trigger to those that stand before it in the row."""
    for last in rows:
        title = _last_title(last)
        if title is None or "role_company" not in last.choice.evidence or last.company is None:
            continue
        for row in rows:
            own = _last_title(row)
            if row.candidate.trigger is not last.candidate.trigger or own is None or own is title:
                continue
            if own.company is not None and own.company is not title.company:
                continue
            if own.last > title.first or not _AREA_LINKS.isdisjoint(own.text.lower().split()):
                continue
            if row.person == last.person:
                shared = _is_joined(row.candidate.window, own, title)
            else:
                shared = _NAMED.isdisjoint(row.choice.evidence)
            if shared:
                row.company, row.choice = last.company, last.choice


def _last_title(row: Row) -> Title | None:
    """The title that a row's role is."""
    return next((role.title for role in row.candidate.roles if role.text == row.role), None)


_JOINTS = frozenset({"and", "&", ",", "the", "a"})


def _is_joined(window: Window, one: Title, other: Title) -> bool:
    """Whether two offices of one person are joined: "president and chief of Acme"; not "vice president and head"."""
    lower = "vice" in one.text.lower() and "vice" not in other.text.lower()
    between = window.lows[one.last : other.first]
    return not lower and bool(between) and _JOINTS.issuperset(between) and len(between) <= _MOST_BETWEEN


_MOST_BETWEEN = 3  # words of ", and the"


def share_succession_firm(rows: Sequence[Row]) -> None:
    """Where one succeeds another "who becomes deputy chairman": at the firm of the succession, if none is told."""
    for row in rows:
        alike = [r for r in rows if r.person == row.person and r.candidate.direction == row.candidate.direction]
        if row.company is None or any(not _TOLD.isdisjoint(other.choice.evidence) for other in alike):
            continue
        for other in rows:
            heir = other.candidate.counterpart
            if (
                heir is None
                or heir.entity != row.person
                or other.person == row.person
                or other.candidate is row.candidate
            ):
                continue
            same = other.candidate.window is row.candidate.window and other.candidate.sentence == row.candidate.sentence
            firm = _firm_stated(rows, other)
            if same and firm is not None and firm.company != row.company and _goes_on(heir, row):
                for told in alike:
                    told.company, told.choice = firm.company, firm.choice
                break


def _goes_on(name: Name, row: Row) -> bool:
    """Whether what becomes of the one succeeded follows the name: "succeeds Kim, who becomes", "Kim, who retired"."""
    return row.candidate.window.lows[name.last : name.last + 2] == [",", "who"]


def _firm_stated(rows: Sequence[Row], heir: Row) -> Row | None:
    """The row that says with the office itself at which firm an heir comes in, if there is one such firm.

    Not one of the heir's career, told behind: "Roe replaced Kim, who retired. Roe then became editor of the Courier".
    """
    found = [
        row
        for row in rows
        if row.person == heir.person
        and row.candidate.direction == "in"
        and row.company is not None
        and "role_company" in row.choice.evidence
        and (heir.role is not None or (row.scope == "news" and row.evidence[0].start <= heir.evidence[0].start))
    ]
    same = len({row.company for row in found}) == 1 and heir.role in (None, *(row.role for row in found))
    return found[0] if same else None
