"""Persons across articles: who is one, by name and by company.

A name alone makes nobody one: two people of one name at two companies stay two, unless an article gives one
person both companies. The unit is the seat, a name at a company. Seats are linked, surest first, and nobody
may end up with two names that part people.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pipeline.dedupe.companies import Companies
from pipeline.dedupe.naming import NameLikeness, name_likeness, names_agree, plain_name, surname
from pipeline.dedupe.partition import Link, Partition
from pipeline.dedupe.seats import ARTICLE_LINK, Seats, seat_likenesses
from pipeline.dedupe.settings import NameSettings
from pipeline.records import EventMention

_RELATED_COMPANY = ARTICLE_LINK + 1
_RANKS: dict[NameLikeness, int] = {"same": 2, "supported": 3, "alike": 4}
# How well two mentions, taken as of one person, could tell one event; None where they contradict.
Points = Callable[[EventMention, EventMention], int | None]


@dataclass(frozen=True)
class Persons:
    """Groups of mention positions, one per person, and how each is best called in an id."""

    groups: list[list[int]]
    seeds: list[str]


def group_persons(
    mentions: Sequence[EventMention],
    companies: Companies,
    points: Points,
    settings: NameSettings,
    bounds: Counter[str],
) -> Persons:
    """Group mentions by person.

    Args:
        mentions: All mentions, sorted by something that lasts.
        points: Corroborates a name that is not the same, and tells namesakes apart where a report gives no
            company.
    """
    seats = Seats(mentions, companies)
    linker = _Linker(seats, mentions, companies, points, settings, bounds)
    partition = Partition([name for name, _ in seats.seats], names_agree)
    variants, vague = linker.variants()
    partition.join([*seats.article_links(), *linker.related(), *variants])
    return _Gathering(linker, partition, vague).persons()


class _Linker:
    """Finds seats that can be one person's."""

    def __init__(
        self,
        seats: Seats,
        mentions: Sequence[EventMention],
        companies: Companies,
        points: Points,
        settings: NameSettings,
        bounds: Counter[str],
    ) -> None:
        self.seats = seats
        self.mentions = mentions
        self.settings = settings
        self.points = points
        self._companies = companies
        self._bounds = bounds

    def related(self) -> Iterable[Link]:
        """One full name at two companies that are called in two ways."""
        by_name: dict[str, dict[str, int]] = defaultdict(dict)
        for index, (name, company) in enumerate(self.seats.seats):
            if " " in name:
                by_name[name][company] = index
        for _, found in sorted(by_name.items()):
            if len(found) > 1:
                for company, index in found.items():
                    for other in self._companies.relatives(company):
                        if company < other and other in found:
                            yield Link(_RELATED_COMPANY, *sorted((index, found[other])))

    def variants(self) -> tuple[list[Link], dict[int, set[int]]]:
        """Links between two forms of a name at one company, and seats whose name fits two people there.

        A nickname or a left-out middle name links by itself; anything less where two reports fit one event.
        A vague seat is not linked; it comes with the seats it fits.
        """
        likenesses = seat_likenesses(self.seats, self._companies, self.settings.max_block, self._bounds)
        fitting: dict[int, set[int]] = defaultdict(set)
        for (one, other), likeness in likenesses.items():
            if likeness != "alike":
                fitting[one].add(other)
                fitting[other].add(one)
        vague = {seat: others for seat, others in sorted(fitting.items()) if self._ambiguous(seat, others)}
        links = []
        for (one, other), likeness in sorted(likenesses.items()):
            if one in vague or other in vague or (likeness != "same" and self.seats.met(one, other)):
                continue
            same_company = self.seats.seats[one][1] == self.seats.seats[other][1]
            if (likeness == "same" and same_company) or self._corroborated(one, other, likeness):
                links.append(Link(_RANKS[likeness], one, other))
        return links, vague

    def _ambiguous(self, seat: int, others: Iterable[int]) -> bool:
        """Whether a name fits two names that do not fit each other ("J. Smith" beside John and Jane)."""
        own = self.seats.seats[seat][0]
        names = sorted({self.seats.seats[other][0] for other in others})
        return any(not names_agree((a, own), (b,)) for i, a in enumerate(names) for b in names[i + 1 :])

    def _corroborated(self, one: int, other: int, likeness: NameLikeness) -> bool:
        """Whether reports of the two seats fit one event; the first of each are looked at."""
        least = self.settings.close_points if likeness == "alike" else self.settings.fit_points
        most = self.settings.max_samples
        return any(
            (self.points(self.mentions[a], self.mentions[b]) or 0) >= least
            for a in self.seats.mentions_at[one][:most]
            for b in self.seats.mentions_at[other][:most]
        )


class _Gathering:
    """Seats to persons; then reports whose person name and company do not tell go where they fit best."""

    def __init__(self, linker: _Linker, partition: Partition, vague: dict[int, set[int]]) -> None:
        self._linker = linker
        self._seats = linker.seats
        self._partition = partition
        self._vague = vague
        self._by_name: dict[str, set[int]] = defaultdict(set)
        self._by_surname: dict[str, set[str]] = defaultdict(set)
        for index, (name, _) in enumerate(self._seats.seats):
            self._by_name[plain_name(name)].add(partition.find(index))
            self._by_surname[surname(name)].add(name)

    def persons(self) -> Persons:
        """The persons, in an order that depends on the mentions alone."""
        groups: dict[int, list[int]] = defaultdict(list)
        loose: list[tuple[int, int | None]] = []
        for position, seat in enumerate(self._seats.of_mention):
            if seat is None or seat in self._vague:
                loose.append((position, seat))
            else:
                groups[self._partition.find(seat)].append(position)
        known = {root: group[: self._linker.settings.max_samples] for root, group in groups.items()}
        unknown: dict[str, list[int]] = {}
        for position, seat in loose:
            owner = self._owner(position, self._candidates(position, seat), known)
            if owner is not None:
                groups[owner].append(position)
            elif seat is not None:
                groups[self._partition.find(seat)].append(position)
            else:
                name = plain_name(self._linker.mentions[position].person)
                unknown.setdefault(name, []).append(position)
        seats = self._seats.seats
        seeds = {root: f"{plain_name(seats[root][0])}|{seats[root][1]}" for root in groups}
        ordered = [(sorted(group), seeds[root]) for root, group in sorted(groups.items())]
        ordered += [(sorted(group), f"{name}|") for name, group in sorted(unknown.items())]
        return Persons([group for group, _ in ordered], [seed for _, seed in ordered])

    def _candidates(self, position: int, seat: int | None) -> list[int]:
        """Persons whom a mention may mean."""
        if seat is not None:
            return sorted({self._partition.find(other) for other in self._vague[seat]})
        person = self._linker.mentions[position].person
        name = plain_name(person)
        if name in self._by_name:
            return sorted(self._by_name[name])
        if " " not in name:
            return []
        alike = [o for o in self._by_surname.get(surname(person), ()) if name_likeness(person, o) == "same"]
        return sorted({owner for other in alike for owner in self._by_name[plain_name(other)]})

    def _owner(self, position: int, candidates: list[int], known: dict[int, list[int]]) -> int | None:
        """The only candidate, where the report gives no company; else the one whose reports it fits best."""
        settings, mention = self._linker.settings, self._linker.mentions[position]
        owners = [owner for owner in candidates if owner in known]
        if len(owners) == 1 and not mention.company:
            return owners[0]
        if not owners or len(owners) > settings.max_samples:
            return None
        scores = sorted(
            (max(self._linker.points(mention, self._linker.mentions[m]) or 0 for m in known[owner]), -owner)
            for owner in owners
        )
        best = scores[-1]
        if best[0] < settings.fit_points or (len(scores) > 1 and scores[-2][0] == best[0]):
            return None
        return -best[1]
