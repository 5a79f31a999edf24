"""One row per event: each slot the best-supported value, every disagreement kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TypeVar

from pipeline.dedupe.compare import period
from pipeline.dedupe.naming import fold
from pipeline.dedupe.roles import compare_roles, read_role
from pipeline.dedupe.votes import Choice, Member, Slot, choose
from pipeline.errors import StageError
from pipeline.names import canonical_company, compare_persons, normalise_person
from pipeline.records import Action, Conflict, Event, EventMention, Level, Precision, Source, Status

T = TypeVar("T")
# How far a report has got, least first: the furthest wins. A denial is an event of its own.
STATUS_RANK: Mapping[Status, int] = {"denied": 0, "rumored": 1, "proposed": 2, "planned": 3, "done": 4}
# What an action leaves open is told by the others: "left" supports "resigned" and does not contradict it.
_OPEN_ACTIONS: Mapping[Action, frozenset[Action]] = {
    "departed": frozenset({"resigned", "retired", "dismissed", "died"}),
    "joined": frozenset({"appointed", "returned", "founded"}),
    "appointed": frozenset({"promoted", "returned", "reappointed"}),
}
_PRECISION_DETAIL: Mapping[Precision | None, int] = {None: 0, "year": 1, "quarter": 2, "month": 3, "day": 4}
_LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, order=True, slots=True)
class _When:
    """A date and how much of it is known."""

    day: date
    precision: Precision | None

    def __str__(self) -> str:
        text = self.day.isoformat()
        if self.precision == "quarter":
            return f"{self.day.year}-Q{(self.day.month + 2) // 3}"
        return {"year": text[:4], "month": text[:7]}.get(self.precision or "day", text)

    def holds(self, other: _When) -> bool:
        """Whether the other date lies within this one."""
        first, last = period(self.day, self.precision)
        start, end = period(other.day, other.precision)
        return first <= start and end <= last


def canonical_event(event_id: str, members: Sequence[Member]) -> Event:
    """The event that these mentions tell of; at least one is given, and their order does not matter."""
    ordered = sorted(members, key=lambda m: (m.published_at or _LAST, m.mention.mention_id))
    ballot = _Ballot(ordered)
    person, action = ballot.settle("person", _PERSON), ballot.settle("action", _ACTION)
    role, company = ballot.settle("role", _ROLE), ballot.settle("company", _COMPANY)
    when = ballot.settle("date", _dates(ordered)).value
    status = ballot.furthest_status()
    days = sorted(member.mention.date for member in ordered if member.mention.date)
    published = sorted(member.published_at for member in ordered if member.published_at)
    return Event(
        event_id=event_id,
        person=_given(person),
        role=role.value,
        company=company.value,
        action=_given(action),
        direction=ordered[0].mention.direction,
        date=when.day if when else None,
        date_precision=when.precision if when else None,
        status=status,
        scope="news" if any(member.mention.scope == "news" for member in ordered) else "background",
        person_id=choose(person.members, _plain(lambda m: m.person_id)).value,
        company_id=choose(company.members, _plain(lambda m: m.company_id)).value,
        role_canonical=choose(role.members, _plain(lambda m: m.role_canonical)).value,
        role_level=choose(role.members, _LEVEL).value,
        interim=bool(choose(role.members or ordered, _INTERIM).value),
        previous_role=ballot.settle("previous_role", _plain(lambda m: m.previous_role)).value,
        other_company=ballot.settle("other_company", _plain(lambda m: m.other_company)).value,
        counterpart=ballot.settle("counterpart", _plain(lambda m: m.counterpart)).value,
        date_first=days[0] if days else None,
        date_last=days[-1] if days else None,
        first_published=published[0] if published else None,
        last_published=published[-1] if published else None,
        mention_count=len(ordered),
        article_count=len({member.mention.article_id for member in ordered}),
        source_count=len({member.origin for member in ordered}),
        confidence=_confidence(ordered),
        conflicts=tuple(sorted(ballot.conflicts, key=lambda c: (c.slot, -c.count, c.value))),
        sources=_sources(ordered),
    )


class _Ballot:
    """Settles one slot after the other and keeps what lost."""

    def __init__(self, members: Sequence[Member]) -> None:
        self._members = members
        self.conflicts: list[Conflict] = []

    def settle(self, name: str, slot: Slot[T]) -> Choice[T]:
        choice = choose(self._members, slot)
        self.conflicts.extend(Conflict(name, str(value), count) for value, count in choice.losers)
        return choice

    def furthest_status(self) -> Status:
        """How far the report got; what it was before is kept, with the sources that said so."""
        origins: dict[Status, set[str]] = {}
        for member in self._members:
            origins.setdefault(member.mention.status, set()).add(member.origin)
        furthest = max(origins, key=lambda value: STATUS_RANK[value])
        self.conflicts.extend(
            Conflict("status", value, len(found)) for value, found in origins.items() if value != furthest
        )
        return furthest


def _given(choice: Choice[T]) -> T:
    if choice.value is None:
        raise StageError("dedupe: an event mention has no person or no action")
    return choice.value


def _plain(value: Callable[[EventMention], str | None]) -> Slot[str]:
    return Slot(value, lambda m: fold(str(value(m))), lambda v: len(str(v).split()))


def _shorter_name(one: str, other: str) -> bool:
    """Whether the other name is the first one cut short."""
    return _fullness(other) < _fullness(one) and compare_persons(one, other) != "different"


def _fullness(name: str) -> int:
    """How much of a name is there: a word counts twice what an initial does."""
    return sum(1 if len(word) == 1 else 2 for word in normalise_person(name).split())


def _vaguer_title(one: str, other: str) -> bool:
    ours, theirs = read_role(one, None), read_role(other, None)
    if ours is None or theirs is None or compare_roles(ours, theirs) != "narrower":
        return False
    return theirs.vague or theirs.unit < ours.unit


def _shorter_company(one: str, other: str) -> bool:
    return f" {canonical_company(other)} " in f" {canonical_company(one)} "


_PERSON = Slot(lambda m: m.person, lambda m: normalise_person(m.person), _fullness, _shorter_name)
_ROLE = Slot(
    lambda m: m.role,
    lambda m: read_role(m.role_canonical or m.role or "", None),
    lambda title: len(title.split()),
    _vaguer_title,
)
_COMPANY = Slot(
    lambda m: m.company,
    lambda m: m.company_id or canonical_company(m.company or ""),
    lambda name: len(name.split()),
    _shorter_company,
)
_LEVEL: Slot[Level] = Slot(lambda m: m.role_level, lambda m: m.role_level, lambda _: 0)
_INTERIM: Slot[bool] = Slot(lambda m: m.interim, lambda m: m.interim, int)
_ACTION: Slot[Action] = Slot(
    lambda m: m.action,
    lambda m: m.action,
    lambda action: action not in _OPEN_ACTIONS,
    lambda one, other: one in _OPEN_ACTIONS.get(other, frozenset()),
)


def _dates(members: Sequence[Member]) -> Slot[_When]:
    """Dates that texts give; only where no text gives one, dates taken from the publication."""
    stated = any(m.mention.date and m.mention.date_source != "published" for m in members)

    def value(mention: EventMention) -> _When | None:
        if mention.date is None or (stated and mention.date_source == "published"):
            return None
        return _When(mention.date, mention.date_precision)

    return Slot(
        value,
        value,
        lambda when: _PRECISION_DETAIL[when.precision],
        lambda one, other: other.precision != one.precision and other.holds(one),
    )


def _confidence(members: Sequence[Member]) -> float:
    """The chance that at least one independent source is right, each counted by its surest mention."""
    best: dict[str, float] = {}
    for member in members:
        best[member.origin] = max(best.get(member.origin, 0.0), member.mention.confidence)
    wrong = 1.0
    for origin in sorted(best):
        wrong *= 1.0 - best[origin]
    return round(1.0 - wrong, 6)


def _sources(members: Sequence[Member]) -> tuple[Source, ...]:
    """One row per article, first published first."""
    rows: dict[str, Source] = {}
    for member in members:
        mention, head = member.mention, member.head
        rows.setdefault(
            mention.article_id,
            Source(
                article_id=mention.article_id,
                url=head.url if head else None,
                publisher=head.publisher if head else None,
                published_at=head.published_at if head else None,
                sentence=mention.evidence[0].sentence if mention.evidence else "",
            ),
        )
    return tuple(rows.values())
