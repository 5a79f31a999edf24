"""One row per event: each slot the best-supported value, every disagreement kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pipeline.dedupe.articles import ArticleHead
from pipeline.records import Action, Conflict, Event, EventMention, Source, Status

# How far a report has got, least first: the furthest wins. A denial is an event of its own.
STATUS_RANK: Mapping[Status, int] = {"denied": 0, "rumored": 1, "proposed": 2, "planned": 3, "done": 4}
# How much an action says: "departed" and "joined" leave open what the others tell.
ACTION_DETAIL: Mapping[Action, int] = {"departed": 0, "joined": 0, "appointed": 1}
PRECISION_DETAIL = {None: 0, "year": 1, "quarter": 2, "month": 3, "day": 4}
_LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Member:
    """A mention, its article, and the independent source that the article counts as."""

    mention: EventMention
    head: ArticleHead | None
    origin: str

    @property
    def published_at(self) -> datetime | None:
        return self.head.published_at if self.head else None


@dataclass(frozen=True)
class _Vote:
    sources: int
    confidence: float
    detail: int
    value: Any


def canonical_event(event_id: str, members: Sequence[Member]) -> Event:
    """The event that these mentions tell of.

    A value weighs by the number of independent sources that give it, then by the confidence of its surest
    mention, then by how much it says; the last tie goes to the value first in order. Action and date prefer what
    says more before they count sources: "fired" in one source is not outvoted by ten that say "left".
    """
    ordered = sorted(members, key=lambda m: (m.published_at or _LAST, m.mention.mention_id))
    conflicts: list[Conflict] = []

    def choose(
        slot: str, value_of: Callable[[EventMention], Any], detail: Callable[[Any], int] = _length
    ) -> Any:
        winner, losers = _choose(ordered, value_of, detail)
        conflicts.extend(Conflict(slot, str(vote.value), vote.sources) for vote in losers)
        return winner

    person = choose("person", lambda m: m.person)
    role = choose("role", lambda m: m.role)
    company = choose("company", lambda m: m.company)
    action, action_losers = _choose(
        ordered, lambda m: m.action, lambda a: ACTION_DETAIL.get(a, 2), detail_first=True
    )
    conflicts.extend(Conflict("action", str(vote.value), vote.sources) for vote in action_losers)
    status = max((m.mention.status for m in ordered), key=lambda s: STATUS_RANK[s])
    for vote in _votes(ordered, lambda m: m.status, lambda s: STATUS_RANK[s]):
        if vote.value != status:
            conflicts.append(Conflict("status", vote.value, vote.sources))
    when, when_losers = _choose(
        ordered,
        lambda m: (m.date, m.date_precision) if m.date and m.date_source != "published" else None,
        lambda d: PRECISION_DETAIL[d[1]],
        detail_first=True,
    )
    conflicts.extend(Conflict("date", vote.value[0].isoformat(), vote.sources) for vote in when_losers)
    with_role = [m for m in ordered if m.mention.role == role]
    dates = sorted(m.mention.date for m in ordered if m.mention.date)
    published = sorted(m.published_at for m in ordered if m.published_at)
    same_action = next(m.mention for m in ordered if m.mention.action == action)
    if when is None:
        fallback = [(m.mention.date, m.mention.date_precision) for m in ordered if m.mention.date]
        when = min(fallback) if fallback else (None, None)
    return Event(
        event_id=event_id,
        person=person,
        role=role,
        company=company,
        action=action,
        direction=same_action.direction,
        date=when[0],
        date_precision=when[1],
        status=status,
        scope="news" if any(m.mention.scope == "news" for m in ordered) else "background",
        person_id=_choose(ordered, lambda m: m.person_id, _length)[0],
        company_id=_choose(
            [m for m in ordered if m.mention.company == company], lambda m: m.company_id, _length
        )[0],
        role_canonical=_choose(with_role, lambda m: m.role_canonical, _length)[0],
        role_level=_choose(with_role, lambda m: m.role_level, _length)[0],
        interim=bool(_choose(with_role, lambda m: m.interim, int)[0]),
        previous_role=choose("previous_role", lambda m: m.previous_role),
        other_company=choose("other_company", lambda m: m.other_company),
        counterpart=choose("counterpart", lambda m: m.counterpart),
        date_first=dates[0] if dates else None,
        date_last=dates[-1] if dates else None,
        first_published=published[0] if published else None,
        last_published=published[-1] if published else None,
        mention_count=len(ordered),
        article_count=len({m.mention.article_id for m in ordered}),
        source_count=len({m.origin for m in ordered}),
        confidence=_confidence(ordered),
        conflicts=tuple(sorted(conflicts, key=lambda c: (c.slot, -c.count, c.value))),
        sources=_sources(ordered),
    )


def _length(value: Any) -> int:
    return len(str(value))


def _votes(
    members: Sequence[Member], value_of: Callable[[EventMention], Any], detail: Callable[[Any], int]
) -> list[_Vote]:
    origins: dict[Any, set[str]] = defaultdict(set)
    sure: dict[Any, float] = {}
    for member in members:
        value = value_of(member.mention)
        if value is not None:
            origins[value].add(member.origin)
            sure[value] = max(sure.get(value, 0.0), member.mention.confidence)
    return [_Vote(len(origins[value]), sure[value], detail(value), value) for value in origins]


def _choose(
    members: Sequence[Member],
    value_of: Callable[[EventMention], Any],
    detail: Callable[[Any], int],
    detail_first: bool = False,
) -> tuple[Any, list[_Vote]]:
    """The best-supported value, or None, and the votes that lost."""

    def rank(vote: _Vote) -> tuple[Any, ...]:
        support = (-vote.sources, -round(vote.confidence, 6))
        return ((-vote.detail, *support) if detail_first else (*support, -vote.detail), str(vote.value))

    votes = sorted(_votes(members, value_of, detail), key=rank)
    return (votes[0].value, votes[1:]) if votes else (None, [])


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
    rows: dict[str, Source] = {}
    for member in members:
        mention = member.mention
        sentence = mention.evidence[0].sentence if mention.evidence else ""
        head = member.head
        rows.setdefault(
            mention.article_id,
            Source(
                article_id=mention.article_id,
                url=head.url if head else None,
                publisher=head.publisher if head else None,
                published_at=head.published_at if head else None,
                sentence=sentence,
            ),
        )
    return tuple(rows.values())
