"""Tellings to clusters: the best-agreeing pairs join first, and no cluster may hold a contradiction.

Connected components alone would let a vague telling ("she left") join two events that contradict each other.
Here a pair joins its clusters only where no member of one contradicts a member of the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from pipeline.dedupe.compare import Telling

Points = Callable[[Telling, Telling], int | None]


def sort_key(telling: Telling) -> tuple[str, ...]:
    """A total order of different tellings by what they say."""
    return (
        f"{telling.anchor or 0:08d}",
        telling.company or "",
        telling.title or "",
        telling.action,
        telling.status,
        telling.scope,
        str(telling.interim),
        f"{telling.first_day or 0:08d}",
        f"{telling.last_day or 0:08d}",
        f"{telling.published or 0:08d}",
    )


def cluster(
    tellings: Sequence[Telling], points: Points, link_points: int, max_block: int, bounds: Counter[str]
) -> list[list[Telling]]:
    """Cluster different tellings of one person in one direction.

    Args:
        tellings: No two alike, in any order.
        points: How well two agree; None where they contradict.
        link_points: Least points that join two.
        max_block: Most tellings that are compared with each other. More are cut into blocks by time, and
            tellings on both sides of a cut stay apart; `bounds` counts the tellings of such blocks.
    """
    ordered = sorted(tellings, key=sort_key)
    if len(ordered) <= max_block:
        return _cluster_block(ordered, points, link_points)
    bounds["event_block_cut"] += len(ordered)
    found: list[list[Telling]] = []
    for start in range(0, len(ordered), max_block):
        found.extend(_cluster_block(ordered[start : start + max_block], points, link_points))
    return found


def _cluster_block(tellings: Sequence[Telling], points: Points, link_points: int) -> list[list[Telling]]:
    count = len(tellings)
    against = [0] * count  # bit j of against[i]: i and j contradict
    links: list[tuple[int, int, int, int]] = []
    for i in range(count):
        for j in range(i + 1, count):
            score = points(tellings[i], tellings[j])
            if score is None:
                against[i] |= 1 << j
                against[j] |= 1 << i
            elif score >= link_points:
                links.append((-score, _gap(tellings[i], tellings[j]), i, j))
    owner = list(range(count))
    members = [1 << i for i in range(count)]
    for _, _, i, j in sorted(links):
        one, other = owner[i], owner[j]
        if one == other or against[one] & members[other]:
            continue
        keep, drop = min(one, other), max(one, other)
        members[keep] |= members[drop]
        against[keep] |= against[drop]
        owner = [keep if held == drop else held for held in owner]
    groups: dict[int, list[Telling]] = {}
    for index, telling in enumerate(tellings):
        groups.setdefault(owner[index], []).append(telling)
    return list(groups.values())


def _gap(one: Telling, other: Telling) -> int:
    """Days between two tellings; unknown counts as far."""
    if one.anchor is None or other.anchor is None:
        return 100_000
    return abs(one.anchor - other.anchor)
