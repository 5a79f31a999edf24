"""Persons across articles: who is one, by name and by company.

A name alone makes nobody one: two people of one name at two companies stay two, unless an article gives one
person both companies. The unit is the seat, a name at a company. Seats are linked, surest first, and no
person may end up with two names that part people.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pipeline.dedupe.companies import Companies
from pipeline.dedupe.naming import may_be_one, slip_of_pen
from pipeline.dedupe.partition import Link, Partition
from pipeline.dedupe.settings import NameSettings
from pipeline.names import compare_persons, normalise_person, split_person
from pipeline.records import EventMention

_ARTICLE, _RELATED_COMPANY, _NAME_VARIANT, _SUPPORTED, _MISSPELT = range(5)
Seat = tuple[str, str]
Fits = Callable[[EventMention, EventMention], bool]


@dataclass(frozen=True)
class Persons:
    """Groups of mention positions, one per person, and how each is best called in an id."""

    groups: list[list[int]]
    seeds: list[str]


def group_persons(
    mentions: Sequence[EventMention],
    companies: Companies,
    fits: Fits,
    settings: NameSettings,
    bounds: Counter[str],
) -> Persons:
    """Group mentions by person.

    Args:
        mentions: All mentions, sorted by something that lasts.
        fits: Whether two mentions, taken as of one person, could tell one event; it corroborates a misspelt
            name and tells apart namesakes where a report gives no company.
    """
    seats = _Seats(mentions, companies)
    labels = [name for name, _ in seats.seats]
    partition = Partition(labels, may_be_one)
    links = [*seats.article_links()]
    links += _related_links(seats, companies, settings, bounds)
    links += _variant_links(seats, mentions, fits, settings, bounds)
    partition.join(links)
    return _gather(mentions, seats, partition, fits, settings)


class _Seats:
    """Who is named where: `of_mention` is the seat of each mention, None where no company is given."""

    def __init__(self, mentions: Sequence[EventMention], companies: Companies) -> None:
        self.seats: list[Seat] = []
        self.mentions_at: list[list[int]] = []
        self.of_mention: list[int | None] = []
        self._index: dict[Seat, int] = {}
        by_article: dict[tuple[str, str], set[int]] = defaultdict(set)
        keys = [normalise_person(mention.person) for mention in mentions]
        for mention, name in zip(mentions, keys, strict=True):
            for company in (mention.company, mention.other_company):
                if company:
                    by_article[mention.article_id, name].add(self._seat(name, companies.key(company)))
        self._nodes = {node: sorted(found) for node, found in by_article.items()}
        for position, (mention, name) in enumerate(zip(mentions, keys, strict=True)):
            seat: int | None
            if mention.company:
                seat = self._index[name, companies.key(mention.company)]
            else:
                seat = next(iter(self._nodes.get((mention.article_id, name), ())), None)
            self.of_mention.append(seat)
            if seat is not None:
                self.mentions_at[seat].append(position)

    def _seat(self, name: str, company: str) -> int:
        seat = (name, company)
        if seat not in self._index:
            self._index[seat] = len(self.seats)
            self.seats.append(seat)
            self.mentions_at.append([])
        return self._index[seat]

    def article_links(self) -> list[Link]:
        """One article gives one person several companies."""
        pairs = {(found[0], other) for found in self._nodes.values() for other in found[1:]}
        return [Link(_ARTICLE, *sorted(pair)) for pair in sorted(pairs)]


def _related_links(
    seats: _Seats, companies: Companies, settings: NameSettings, bounds: Counter[str]
) -> Iterable[Link]:
    """One full name at two companies that belong together or are called in two ways."""
    by_name: dict[str, list[int]] = defaultdict(list)
    for index, (name, _) in enumerate(seats.seats):
        if " " in name:
            by_name[name].append(index)
    for _, found in sorted(by_name.items()):
        if len(found) == 1:
            continue
        blocks: dict[str, list[int]] = defaultdict(list)
        for index in found:
            for block in companies.blocks(seats.seats[index][1]):
                blocks[block].append(index)
        for _, block_seats in sorted(blocks.items()):
            for one, other in _pairs(block_seats, settings.max_block, bounds):
                if companies.related(seats.seats[one][1], seats.seats[other][1]):
                    yield Link(_RELATED_COMPANY, one, other)


def _variant_links(
    seats: _Seats, mentions: Sequence[EventMention], fits: Fits, settings: NameSettings, bounds: Counter[str]
) -> Iterable[Link]:
    """Two forms of a name at one company.

    A nickname or a left-out middle name links by itself; a surname alone, an initial, "Jr." on one side or a slip
    of the pen only where two reports fit one event, and never where the name fits two people.
    """
    blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, (name, company) in enumerate(seats.seats):
        words = name.split()
        for word in {words[0], words[-1], split_person(name).surname}:
            blocks[company, word].append(index)
    ranks: dict[tuple[int, int], int] = {}
    for _, found in sorted(blocks.items()):
        for one, other in _pairs(found, settings.max_block, bounds):
            a, b = seats.seats[one][0], seats.seats[other][0]
            likeness = compare_persons(a, b)
            if likeness == "same":
                ranks[one, other] = _NAME_VARIANT
            elif likeness == "compatible":
                ranks[one, other] = _SUPPORTED
            elif slip_of_pen(a, b):
                ranks[one, other] = _MISSPELT
    fitting: dict[int, set[int]] = defaultdict(set)
    for (one, other), rank in ranks.items():
        if rank != _MISSPELT:
            fitting[one].add(other)
            fitting[other].add(one)
    vague = {seat for seat, others in fitting.items() if _ambiguous(others, seats)}
    for (one, other), rank in sorted(ranks.items()):
        if one in vague or other in vague:
            continue
        if rank == _NAME_VARIANT or _corroborated(one, other, seats, mentions, fits, settings.max_samples):
            yield Link(rank, one, other)


def _pairs(items: Sequence[int], most: int, bounds: Counter[str]) -> Iterable[tuple[int, int]]:
    if len(items) > most:
        bounds["person_block_cut"] += len(items) - most
    within = items[:most]
    for position, one in enumerate(within):
        for other in within[position + 1 :]:
            yield one, other


def _ambiguous(others: Iterable[int], seats: _Seats) -> bool:
    """Whether a name fits two names that do not fit each other ("J. Smith" beside John and Jane)."""
    names = sorted({seats.seats[other][0] for other in others})
    return any(compare_persons(a, b) == "different" for i, a in enumerate(names) for b in names[i + 1 :])


def _corroborated(
    one: int, other: int, seats: _Seats, mentions: Sequence[EventMention], fits: Fits, most: int
) -> bool:
    """Whether reports of the two seats fit one event; so many of each are looked at."""
    return any(
        fits(mentions[a], mentions[b])
        for a in seats.mentions_at[one][:most]
        for b in seats.mentions_at[other][:most]
    )


def _gather(
    mentions: Sequence[EventMention],
    seats: _Seats,
    partition: Partition,
    fits: Fits,
    settings: NameSettings,
) -> Persons:
    """Seats to persons, then reports without a company to the one person they fit."""
    groups: dict[int, list[int]] = defaultdict(list)
    loose: dict[str, list[int]] = defaultdict(list)
    for position, seat in enumerate(seats.of_mention):
        if seat is None:
            loose[normalise_person(mentions[position].person)].append(position)
        else:
            groups[partition.find(seat)].append(position)
    owners_of = _Owners(seats, partition)
    seated = {root: list(group[: settings.max_samples]) for root, group in groups.items()}
    unknown: dict[str, list[int]] = {}
    for name, positions in sorted(loose.items()):
        owners = [owner for owner in owners_of.named(name) if owner in seated]
        for position in positions:
            mention = mentions[position]
            fitting = owners
            if 1 < len(owners) <= settings.max_samples:
                fitting = [o for o in owners if any(fits(mention, mentions[m]) for m in seated[o])]
            if len(fitting) == 1:
                groups[fitting[0]].append(position)
            else:
                unknown.setdefault(name, []).append(position)
    ordered = [(sorted(group), "|".join(seats.seats[root])) for root, group in sorted(groups.items())]
    ordered += [(sorted(group), f"{name}|") for name, group in sorted(unknown.items())]
    return Persons([group for group, _ in ordered], [seed for _, seed in ordered])


class _Owners:
    """Persons by name: those who bear it, else those whose names agree with it."""

    def __init__(self, seats: _Seats, partition: Partition) -> None:
        self._by_name: dict[str, set[int]] = defaultdict(set)
        self._by_surname: dict[str, set[str]] = defaultdict(set)
        for index, (name, _) in enumerate(seats.seats):
            self._by_name[name].add(partition.find(index))
            self._by_surname[name.split()[-1]].add(name)

    def named(self, name: str) -> list[int]:
        if name in self._by_name:
            return sorted(self._by_name[name])
        if " " not in name:
            return []
        alike = [o for o in self._by_surname.get(name.split()[-1], ()) if compare_persons(name, o) == "same"]
        return sorted({owner for other in alike for owner in self._by_name[other]})
