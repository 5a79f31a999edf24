"""Which value of a slot is best supported."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Generic, TypeVar

from pipeline.dedupe.articles import ArticleHead
from pipeline.records import EventMention

T = TypeVar("T")
_FIRST = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Member:
    """A mention, its article, and the independent source that the article counts as."""

    mention: EventMention
    head: ArticleHead | None
    origin: str

    @property
    def published_at(self) -> datetime | None:
        """When the article was published."""
        return self.head.published_at if self.head else None


@dataclass(frozen=True)
class Choice(Generic[T]):
    """The best-supported value, if there is any, and the others with the sources that give each."""

    value: T | None
    members: tuple[Member, ...]
    losers: tuple[tuple[T, int], ...]


@dataclass(frozen=True)
class Slot(Generic[T]):
    """How to read and weigh the values of a slot.

    Args:
        value: The value in a mention; None where it gives none.
        same: Values with an equal key are one value in different words.
        detail: How much a value says; more is better.
        supports: Whether who gives the second value also supports the first, as it says the same and less.
    """

    value: Callable[[EventMention], T | None]
    same: Callable[[EventMention], Hashable]
    detail: Callable[[T], int]
    supports: Callable[[T, T], bool] = lambda _one, _other: False


def choose(members: Sequence[Member], slot: Slot[T]) -> Choice[T]:
    """Weigh by independent sources, then by the surest mention, then by detail, then by the latest report.

    A value also has the sources of values that say the same and less. Later reports win the last tie because
    they correct earlier ones.
    """
    given = [member for member in members if slot.value(member.mention) is not None]
    if len(given) < 2:
        return Choice(slot.value(given[0].mention) if given else None, tuple(given), ())
    groups: dict[Hashable, list[Member]] = defaultdict(list)
    for member in given:
        groups[slot.same(member.mention)].append(member)
    if len(groups) == 1:
        (group,) = groups.values()
        return Choice(_wording(group, slot), tuple(group), ())
    worded = [(_wording(group, slot), tuple(group)) for group in groups.values()]

    def rank(item: tuple[T, tuple[Member, ...]]) -> tuple[int, float, int, float, str]:
        value, group = item
        backing = [m for other, theirs in worded if other != value and slot.supports(value, other) for m in theirs]
        support = _origins([*group, *backing])
        return (-support, -_surest(group), -slot.detail(value), -_latest(group), str(value))

    best, *others = sorted(worded, key=rank)
    return Choice(*best, tuple((value, _origins(group)) for value, group in others))


def _wording(group: Sequence[Member], slot: Slot[T]) -> T:
    """How most sources word a value; the fuller wording where they are even."""
    by_value: dict[T, list[Member]] = defaultdict(list)
    for member in group:
        value = slot.value(member.mention)
        if value is not None:
            by_value[value].append(member)
    if len(by_value) == 1:
        return next(iter(by_value))
    return min(by_value, key=lambda v: (-_origins(by_value[v]), -slot.detail(v), -len(str(v)), str(v)))


def _origins(members: Iterable[Member]) -> int:
    return len({member.origin for member in members})


def _surest(members: Iterable[Member]) -> float:
    return round(max(member.mention.confidence for member in members), 4)


def _latest(members: Iterable[Member]) -> float:
    return max((member.published_at or _FIRST).timestamp() for member in members)
