"""The slow, obvious way to merge: every mention with every other, no blocks, no bookkeeping.

It shares with the stage only what two mentions say (`Teller`) and who is who, and joins one pair at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, product

from pipeline.dedupe.cluster import sort_key
from pipeline.dedupe.compare import Telling
from pipeline.dedupe.tellings import Teller
from pipeline.records import EventMention

_REVERSE = {"in": "out", "out": "in", "pause": "in"}


def slow_clusters(mentions: Sequence[EventMention], teller: Teller, link_points: int) -> set[frozenset[str]]:
    """Clusters of mention ids, over mentions whose person ids are known."""
    found: list[list[EventMention]] = [[mention] for mention in mentions]
    while True:
        pairs = [
            (rank, one, other)
            for one, other in combinations(range(len(found)), 2)
            if (rank := _best_pair(found[one], found[other], mentions, teller, link_points)) is not None
        ]
        if not pairs:
            return {frozenset(mention.mention_id for mention in cluster) for cluster in found}
        _, one, other = min(pairs)
        found[one] += found.pop(other)


def _best_pair(
    ours: list[EventMention],
    theirs: list[EventMention],
    mentions: Sequence[EventMention],
    teller: Teller,
    link_points: int,
) -> tuple[object, ...] | None:
    """Rank of the best-agreeing pair of two clusters; None where a pair contradicts or none agrees enough."""
    ranks = []
    for one, other in product(ours, theirs):
        score = _points(one, other, mentions, teller)
        if score is None:
            return None
        first, second = sorted((teller.telling(one), teller.telling(other)), key=sort_key)
        ranks.append((-score, _gap(first, second), sort_key(first), sort_key(second)))
    best = min(ranks)
    return best if -best[0] >= link_points else None


def _points(one: EventMention, other: EventMention, mentions: Sequence[EventMention], teller: Teller) -> int | None:
    if one.person_id != other.person_id or one.direction != other.direction:
        return None
    denied = one.status == "denied"
    if denied != (other.status == "denied"):
        return None
    same = [m for m in mentions if m.person_id == one.person_id and m.direction == one.direction]
    turns = [
        m
        for m in mentions
        if m.person_id == one.person_id and m.direction == _REVERSE[one.direction] and m.status != "denied"
    ]
    context = teller.context([m for m in same if (m.status == "denied") == denied], [] if denied else turns)
    return teller.points(teller.telling(one), teller.telling(other), context)


def _gap(one: Telling, other: Telling) -> int:
    if one.anchor is None or other.anchor is None:
        return 100_000
    return abs(one.anchor - other.anchor)
