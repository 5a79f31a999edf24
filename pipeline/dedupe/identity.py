"""Ids that stay from run to run.

What belongs together is decided anew from all mentions in every run, so it cannot depend on the order in
which batches came. Only the ids remember: a cluster takes the id that its mentions had in the former run, and a
new cluster derives one from its earliest mention. Two orders of the same batches therefore give the same events,
equal in every column but the id; and within one order an id, once given, stays.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from hashlib import blake2b


def derive_id(prefix: str, *parts: str) -> str:
    """A short id that depends on nothing but its parts."""
    digest = blake2b("\x1f".join(parts).encode(), digest_size=8).hexdigest()
    return f"{prefix}{digest}"


def keep_ids(
    clusters: Sequence[Sequence[str]],
    former: Mapping[str, str],
    age: Mapping[str, tuple[Hashable, ...]],
    prefix: str,
) -> tuple[list[str], dict[str, str]]:
    """Give every cluster an id: the one its members had, or a new one.

    Args:
        clusters: Members of each cluster, the most lasting one first; no member stands twice.
        former: The id a member had in the former run; members new in this run are absent.
        age: Sort key of each former id, oldest first; a former id without one counts as youngest.
        prefix: What new ids start with.

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
    for index, cluster in enumerate(clusters):
        if not ids[index]:
            ids[index] = _unused(prefix, cluster[0], taken)
            taken.add(ids[index])
    return ids, merged


def _unused(prefix: str, member: str, taken: set[str]) -> str:
    candidate = derive_id(prefix, member)
    step = 0
    while candidate in taken:
        step += 1
        candidate = derive_id(prefix, member, str(step))
    return candidate
