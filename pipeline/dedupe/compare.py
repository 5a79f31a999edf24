"""Whether two mentions of one person in one direction can tell one event, slot by slot."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from pipeline.dedupe.roles import Role, compare_roles
from pipeline.dedupe.settings import EventSettings
from pipeline.errors import StageError
from pipeline.records import Action, Precision, Scope, Status

T = TypeVar("T")
Related = Callable[[str, str], bool]
Period = tuple[int, int]

# Points of a slot: it agrees to the day, it agrees, it agrees as far as it goes, it is empty on a side, it
# says nothing either way, it takes some believing.
TO_THE_DAY, AGREES, FITS, EMPTY, SILENT, STRAINS = 4, 3, 2, 1, 0, -1
IDENTICAL = 10
_LEAVING: frozenset[Action] = frozenset({"resigned", "retired", "dismissed", "departed", "died"})
_MONTH = 31  # days; a period as long fixes a date, a longer one only holds it


@dataclass(frozen=True, slots=True)
class Telling:
    """What a mention says of the event, with everything left out that does not bear on which event it is.

    `first_day` and `last_day` bound the date that the text gives, as ordinals; both are None without one.
    `published` is the ordinal of the publication day. Mentions with equal tellings are one for clustering.
    Make one with `telling_dates` for the days.
    """

    company: str | None
    title: str | None
    role: Role | None
    interim: bool
    action: Action
    status: Status
    scope: Scope
    first_day: int | None
    last_day: int | None
    published: int | None

    @property
    def period(self) -> Period | None:
        """First and last day, where the text dates the event."""
        return None if self.first_day is None or self.last_day is None else (self.first_day, self.last_day)

    @property
    def anchor(self) -> int | None:
        """The day nearest to the event that is known."""
        return self.first_day if self.first_day is not None else self.published


@dataclass(frozen=True)
class Context:
    """What all reports of a person in one direction say together.

    `tellings` and `companies` hold the articles in which each stands: two in one article are two, for an
    article has one mention per event. `companies_akin` are pairs of short forms of one full name. `reversals`
    are dated moves of the person in the other direction: who left twice came back between.
    """

    tellings: Mapping[Telling, set[str]] = field(default_factory=dict)
    companies: Mapping[str, set[str]] = field(default_factory=dict)
    companies_akin: frozenset[frozenset[str]] = frozenset()
    reversals: tuple[Telling, ...] = ()


def telling_dates(
    day: date | None, precision: Precision | None, status: Status, published: int | None
) -> tuple[int | None, int | None]:
    """First and last day of the event as the text dates it.

    What is not done yet and dated no later than the report bears the date of the announcement: it has none.
    """
    if day is None:
        return None, None
    first, last = period(day, precision)
    if status != "done" and published is not None and last <= published:
        return None, None
    return first, last


def period(day: date, precision: Precision | None) -> tuple[int, int]:
    """First and last day of the period that begins on `day`, as ordinals."""
    if precision == "year":
        end = date(day.year, 12, 31)
    elif precision == "quarter":
        month = min(day.month + 2, 12)
        end = date(day.year, month, monthrange(day.year, month)[1])
    elif precision == "month":
        end = date(day.year, day.month, monthrange(day.year, day.month)[1])
    else:
        end = day
    return day.toordinal(), end.toordinal()


def points(one: Telling, other: Telling, settings: EventSettings, related: Related, context: Context) -> int | None:
    """How well two tellings of one person, in one direction, agree: the sum over company, role and time.

    Returns:
        None where a slot contradicts, so that the two may never share an event, whatever lies between them.
    """
    if one == other:
        return IDENTICAL
    when = time_points(one, other, settings)
    if when is None or not _actions_fit(one.action, other.action, when):
        return None
    if _told_as_two(one, other, context):
        return None
    where = _company_points(one, other, related, context)
    if where is None:
        return None
    what = _role_points(one, other, settings, when, where)
    return None if what is None else where + what + when


def _share(articles: Mapping[T, set[str]], one: T, other: T) -> bool:
    ours, theirs = articles.get(one), articles.get(other)
    return ours is not None and theirs is not None and not ours.isdisjoint(theirs)


def _told_as_two(one: Telling, other: Telling, context: Context) -> bool:
    """Whether an article tells both as two events, or the person turned back between."""
    if _share(context.tellings, one, other):
        return True
    if one.first_day is None or other.first_day is None:
        return False
    start, end = min(_span(one)[1], _span(other)[1]), max(one.first_day, other.first_day)
    return any(
        start < _span(turn)[0]
        and _span(turn)[1] < end
        and turn.company is not None
        and turn.company in (one.company, other.company)
        and _one_job(one.role, turn.role)
        and _one_job(other.role, turn.role)
        for turn in context.reversals
    )


def _one_job(one: Role | None, other: Role | None) -> bool:
    return one is not None and other is not None and compare_roles(one, other) in ("same", "narrower")


def _actions_fit(one: Action, other: Action, when: int) -> bool:
    if one == other:
        return True
    pair = {one, other}
    if "founded" in pair:
        return False
    if "died" in pair:
        return "departed" in pair
    if "reappointed" in pair:
        # A second term begins where the first ends; only on the same day is it a matter of words.
        return when >= AGREES
    return True


def _company_points(one: Telling, other: Telling, related: Related, context: Context) -> int | None:
    if one.company is None or other.company is None:
        return EMPTY
    if one.company == other.company:
        return AGREES
    if _share(context.companies, one.company, other.company):
        return None
    akin = frozenset((one.company, other.company)) in context.companies_akin
    return FITS if akin or related(one.company, other.company) else None


def _role_points(one: Telling, other: Telling, settings: EventSettings, when: int, where: int) -> int | None:
    if one.role is None or other.role is None:
        return EMPTY
    if one.interim != other.interim:
        return None
    agreement = compare_roles(one.role, other.role)
    if agreement == "same":
        return AGREES
    if agreement == "narrower":
        return FITS
    if where < FITS or when < FITS:
        return None
    if agreement == "related":
        return EMPTY
    if one.published is None or other.published is None:
        return None
    if abs(one.published - other.published) > settings.older_title_days:
        return None
    return SILENT if _one_title_wrong(one, other) else None


def _one_title_wrong(one: Telling, other: Telling) -> bool:
    """Whether two newsrooms may have given one job two titles at one time, one of them old or mistaken.

    Who leaves may be given an older title. Who comes gets one job of a kind: two chiefs, or two vice
    presidents, of different units are one mistaken; a president and a chief executive are two jobs. Board
    seats come beside a job.
    """
    if one.role is None or other.role is None or one.role.board or other.role.board:
        return False
    if one.action in _LEAVING and other.action in _LEAVING:
        return True
    return one.role.kind == other.role.kind and one.role.ranks == other.role.ranks


def time_points(one: Telling, other: Telling, settings: EventSettings) -> int | None:
    """How well two tellings agree in time; None where they are too far apart for one event."""
    if one.first_day is not None and other.first_day is not None:
        return _both_dated(one, other, settings)
    if one.first_day is not None:
        return _one_dated(one, other, settings)
    if other.first_day is not None:
        return _one_dated(other, one, settings)
    if one.published is None or other.published is None:
        return SILENT
    gap = abs(one.published - other.published)
    if one.scope == "background" or other.scope == "background":
        # What one article tells as history cannot be news long after.
        history, news = (one, other) if one.scope == "background" else (other, one)
        late = news.scope == "news" and (news.published or 0) - (history.published or 0) > settings.affair_days
        return None if late else SILENT
    if gap <= settings.older_title_days:
        return AGREES
    if gap <= settings.near_days:
        return FITS
    return EMPTY if gap <= settings.retelling_days else None


def _both_dated(one: Telling, other: Telling, settings: EventSettings) -> int | None:
    (first, last), (start, end) = _span(one), _span(other)
    gap = max(first, start) - min(last, end)
    longest = max(last - first, end - start)
    if gap <= 1 and longest == 0:
        return TO_THE_DAY
    if gap <= settings.slack_days:
        return AGREES if longest <= _MONTH else FITS
    if gap <= settings.near_days:
        return FITS
    if (
        gap <= settings.plan_days
        and _one_affair(one, other, settings)
        and (_announces(one, settings) or _announces(other, settings))
    ):
        return FITS
    if gap <= settings.report_days:
        if (one.status != "done") != (other.status != "done"):
            return EMPTY
        earlier = one if last < start else other
        if _announces(earlier, settings):
            return STRAINS
    return None


def _one_dated(dated: Telling, other: Telling, settings: EventSettings) -> int | None:
    if other.published is None:
        return SILENT
    first, last = _span(dated)
    before = other.published - last  # days from the event to the report
    after = first - other.published  # days from the report to the event
    if other.scope == "background":
        return None if after > settings.slack_days else SILENT
    if after > settings.slack_days and other.status == "done" and dated.status == "done":
        # Told as done before it was, unless the one tells the announcement and the other the first day.
        return None if after > settings.plan_days else STRAINS
    if _one_affair(dated, other, settings) and after <= settings.plan_days:
        return FITS if max(before, after) > settings.near_days else AGREES
    if after > 0:
        return None if after > settings.plan_days else FITS
    if before > settings.report_days:
        return None
    return FITS if before <= settings.near_days else EMPTY


def _span(telling: Telling) -> Period:
    """First and last day of a telling that has a date."""
    if telling.period is None:
        raise StageError("dedupe: a telling without a date was compared by its date")
    return telling.period


def _one_affair(one: Telling, other: Telling, settings: EventSettings) -> bool:
    """Whether both are news of about the same time."""
    if one.published is None or other.published is None or one.scope != "news" or other.scope != "news":
        return False
    return abs(one.published - other.published) <= settings.affair_days


def _announces(telling: Telling, settings: EventSettings) -> bool:
    """Whether the date can be that of an announcement, or lies ahead: either leaves room for another date."""
    if telling.status != "done" or telling.published is None or telling.first_day is None:
        return True
    return abs(telling.published - telling.first_day) <= settings.announce_days
