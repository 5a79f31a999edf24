"""Whether two wordings can be of one event: by their companies, and by when they happened."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from pipeline.extract.company import is_stated
from pipeline.names import normalise_company
from pipeline.titles import canonical_role

if TYPE_CHECKING:
    from datetime import date

    from pipeline.extract.dates import ResolvedDate
    from pipeline.extract.event_row import Row
    from pipeline.extract.view import View

_DAYS_APART = 45  # of two accounts of one event: "by New Year's Day" and "at the end of this year"
_CLEAR_LEAD = 2.0  # of a company over the next one where the event's own words name none
_DAYS = {"year": 365, "quarter": 92, "month": 31, "day": 1}


def same_company(view: View, one: Row, other: Row) -> bool:
    """Whether two rows may be of one organisation: by name, or since the words of one leave it open."""
    if one.company is None or other.company is None or one.company == other.company:
        return True
    if _contains(view, one.company, other.company):
        return True
    both_news = one.scope == other.scope == "news"
    return both_news and (_leaves_open(one) or _leaves_open(other) or _same_office(one, other))


def _contains(view: View, one: int, other: int) -> bool:
    """Whether one name is the other with words before or behind: "Acme" and "Acme Energy Inc."."""
    known = view.organisations.organisations
    a, b = (f" {normalise_company(known[index].full)} " for index in (one, other))
    return bool(a.strip() and b.strip()) and (a in b or b in a)


# Evidence by which an event's own words, or what they refer to, name the employer.
_NAMES_EMPLOYER = frozenset(
    "frame_subject frame_object frame_preposition role_company role_unit report_subject outer_subject anaphor "
    "object_anaphor joined_with_it same_company line_head we".split()
)


def _same_office(one: Row, other: Row) -> bool:
    """Whether an office told twice is one: "Acme hires Roe as chief. Roe has been named chief", with Bolt near by."""
    if one.role is None or other.role is None or canonical_role(one.role) != canonical_role(other.role):
        return False
    return any(
        _NAMES_EMPLOYER.isdisjoint(row.choice.evidence) and row.choice.lead < _CLEAR_LEAD for row in (one, other)
    )


def _leaves_open(row: Row) -> bool:
    """Whether an event's own words name no employer, and no office that would tell it: "he will be replaced by Roe"."""
    gives = "subject" in row.candidate.trigger.rule.frame.get("company", ())
    if is_stated(row.choice) or (gives and "frame_subject" in row.choice.evidence):
        return False
    return row.role_how != "sentence" if row.direction == "out" else row.role is None


def firmness(row: Row) -> tuple[int, float]:
    """How firmly a row's own words tie it to its company: by its office, by its frame, or not at all."""
    if not {"role_company", "same_role_here_out"}.isdisjoint(row.choice.evidence):
        return 3, row.choice.score
    return (2 if is_stated(row.choice) else 0 if _leaves_open(row) else 1), row.choice.score


def apart_in_time(one: Row, other: Row) -> bool:
    """Whether two accounts are of different times, or one is history and the other news."""
    if one.when is not None and other.when is not None:
        first, second = sorted((_period(one.when.resolved), _period(other.when.resolved)))
        years = {one.when.resolved.date.year, other.when.resolved.date.year}
        return len(years) == 2 and (second[0] - first[1]).days > _DAYS_APART
    if one.scope == other.scope or one.action == other.action:
        return False
    return not (is_reminder(one) or is_reminder(other))


def is_reminder(row: Row) -> bool:
    """Whether a row only reminds of a move: "Prior to joining Acme, he was T" says nothing of its time or office."""
    window, head = row.candidate.window, row.candidate.trigger.head
    before = window.lows[max(head - 2, 0) : head]
    undated = row.when is None and row.role is None and row.scope == "background"
    return undated and window.doc[head].tag_ == "VBG" and (before[-1:] == ["before"] or before == ["prior", "to"])


def _period(when: ResolvedDate) -> tuple[date, date]:
    """The first and the last day of a date as precise as it is."""
    return when.date, when.date + timedelta(days=_DAYS[when.precision] - 1)
