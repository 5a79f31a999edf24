"""Ids that stay from run to run.

What belongs together is decided anew from all mentions in every run, so it cannot depend on the order in
which batches came. Only the ids remember: a cluster takes the id that its mentions had in the former run, and
a new cluster derives one from its earliest mention. Two orders of the same batches therefore give the same
events, equal in every column but the id; and within one order an id, once given, stays.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import blake2b

from pipeline.names import normalise_person
from pipeline.records import Event, EventMention, Rejection

_MERGED = "merged_into:"
_LAST = datetime.max.replace(tzinfo=UTC)


class Former:
    """The ids that mentions had in the former run, and how old each id is.

    A mention whose own id is new, because the program reads better now, takes those of the mention of the
    same article, person and direction that it replaces, where that is one mention.
    """

    def __init__(
        self,
        events: Iterable[Event],
        former_mentions: Sequence[EventMention],
        mentions: Sequence[EventMention],
    ) -> None:
        self.events: dict[str, str] = {}
        self.persons: dict[str, str] = {}
        self.companies: dict[str, str] = {}
        self.article_of: dict[str, str] = {}
        for mention in former_mentions:
            self._take(mention.mention_id, mention)
            if mention.event_id:
                known = self.article_of.setdefault(mention.event_id, mention.article_id)
                self.article_of[mention.event_id] = min(known, mention.article_id)
        for mention_id, replaced in _replaced(former_mentions, mentions):
            self._take(mention_id, replaced)
        self.event_age: dict[str, tuple[datetime, str]] = {}
        self.person_age: dict[str, tuple[datetime, str]] = {}
        self.company_age: dict[str, tuple[datetime, str]] = {}
        for event in events:
            age = (event.first_published or _LAST, event.event_id)
            for ages, value in (
                (self.event_age, event.event_id),
                (self.person_age, event.person_id),
                (self.company_age, event.company_id),
            ):
                if value:
                    ages[value] = min(age, ages.get(value, age))

    def _take(self, mention_id: str, former: EventMention) -> None:
        for found, value in (
            (self.events, former.event_id),
            (self.persons, former.person_id),
            (self.companies, former.company_id),
        ):
            if value:
                found[mention_id] = value


def _replaced(former: Sequence[EventMention], mentions: Sequence[EventMention]) -> Iterator[tuple[str, EventMention]]:
    """Ids of new mentions, each with the one that it stands in for."""
    if not former:
        return
    there, before = {m.mention_id for m in mentions}, {m.mention_id for m in former}
    gone = _by_content(m for m in former if m.mention_id not in there)
    new = _by_content(m for m in mentions if m.mention_id not in before)
    for key in sorted(new.keys() & gone.keys()):
        if len(new[key]) == len(gone[key]) == 1:
            yield new[key][0].mention_id, gone[key][0]


def _by_content(mentions: Iterable[EventMention]) -> dict[tuple[str, str, str], list[EventMention]]:
    found: dict[tuple[str, str, str], list[EventMention]] = defaultdict(list)
    for mention in mentions:
        found[mention.article_id, normalise_person(mention.person), mention.direction].append(mention)
    return found


def carry_merges(
    former: Iterable[Rejection],
    merged: Mapping[str, str],
    article_of: Mapping[str, str],
    alive: Collection[str],
) -> tuple[Rejection, ...]:
    """Every merge there ever was between events that still are, each naming the event that is left.

    Args:
        former: Rejections of the former run; those that are no merges are ignored.
        merged: Merges of this run, lost id to kept id.
        article_of: An article of each former event.
        alive: The events there are now.
    """
    kept_by_lost = {
        row.text: (row.article_id, row.reason.removeprefix(_MERGED))
        for row in former
        if row.text and row.reason.startswith(_MERGED)
    }
    kept_by_lost.update({lost: (article_of[lost], kept) for lost, kept in merged.items()})
    rows = []
    for lost, (article_id, kept) in sorted(kept_by_lost.items()):
        seen = {lost}
        while kept not in alive and kept in kept_by_lost and kept not in seen:
            seen.add(kept)
            kept = kept_by_lost[kept][1]
        if kept in alive and lost not in alive:
            rows.append(Rejection(article_id, "dedupe", None, None, lost, None, f"{_MERGED}{kept}"))
    return tuple(rows)


def derive_id(prefix: str, *parts: str) -> str:
    """A short id that depends on nothing but its parts."""
    digest = blake2b("\x1f".join(parts).encode(), digest_size=8).hexdigest()
    return f"{prefix}{digest}"


def keep_ids(
    clusters: Sequence[Sequence[str]],
    former: Mapping[str, str],
    age: Mapping[str, tuple[Hashable, ...]],
    prefix: str,
    seeds: Sequence[str],
) -> tuple[list[str], dict[str, str]]:
    """Give every cluster an id: the one its members had, or a new one.

    Args:
        clusters: Members of each cluster, the most lasting one first; no member stands twice.
        former: The id a member had in the former run; members new in this run are absent.
        age: Sort key of each former id, oldest first; a former id without one counts as youngest.
        prefix: What new ids start with.
        seeds: What a new id of each cluster is derived from.

    Returns:
        The id of each cluster, and for each former id that lost to an older one in its cluster, the id kept.
        A former id whose members were parted stays with the cluster that holds most of them.
    """
    votes = [Counter(former[member] for member in cluster if member in former) for cluster in clusters]
    bids: dict[str, list[tuple[int, str, int]]] = defaultdict(list)
    for index, counter in enumerate(votes):
        for old, count in counter.items():
            bids[old].append((-count, clusters[index][0], index))
    holder = {old: min(offers)[2] for old, offers in bids.items()}
    held: dict[int, list[str]] = defaultdict(list)
    for old, index in holder.items():
        held[index].append(old)

    ids = [""] * len(clusters)
    merged: dict[str, str] = {}
    for index, olds in held.items():
        kept = min(olds, key=lambda old: (old not in age, age.get(old, ()), old))
        ids[index] = kept
        merged.update({old: kept for old in olds if old != kept})
    taken = set(former.values())
    for index, seed in enumerate(seeds):
        if not ids[index]:
            ids[index] = _unused(prefix, seed, taken)
            taken.add(ids[index])
    return ids, merged


def _unused(prefix: str, seed: str, taken: set[str]) -> str:
    candidate = derive_id(prefix, seed)
    step = 0
    while candidate in taken:
        step += 1
        candidate = derive_id(prefix, seed, str(step))
    return candidate
