"""Seats: who is named where. A name at a company is the unit of which persons are made."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, product
from typing import Protocol

from pipeline.dedupe.companies import Companies
from pipeline.dedupe.naming import NameLikeness, name_blocks, name_likeness, plain_name
from pipeline.dedupe.partition import Link

ARTICLE_LINK = 0
Seat = tuple[str, str]


class Named(Protocol):
    """What of an event mention says who is named where."""

    @property
    def mention_id(self) -> str:
        """The mention."""

    @property
    def article_id(self) -> str:
        """The article."""

    @property
    def person(self) -> str:
        """The person as printed."""

    @property
    def company(self) -> str | None:
        """The company as printed."""

    @property
    def other_company(self) -> str | None:
        """Another company that the article gives the person."""


class Seats:
    """Who is named where: `of_mention` is the seat of each mention, None where no company is given."""

    def __init__(self, mentions: Sequence[Named], companies: Companies) -> None:
        self.seats: list[Seat] = []
        self.mentions_at: list[list[int]] = []
        self.of_mention: list[int | None] = []
        self._index: dict[Seat, int] = {}
        by_article: dict[tuple[str, str], set[int]] = defaultdict(set)
        keys = _fullest([mention.person for mention in mentions])
        for mention, name in zip(mentions, keys, strict=True):
            for company in (mention.company, mention.other_company):
                if company:
                    by_article[mention.article_id, name].add(self._seat(name, companies.key(company)))
        self._articles: dict[str, set[str]] = defaultdict(set)
        for mention, name in zip(mentions, keys, strict=True):
            self._articles[name].add(mention.article_id)
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

    def met(self, one: int, other: int) -> bool:
        """Whether an article names both: then they are two people."""
        few, many = sorted((self._articles[self.seats[one][0]], self._articles[self.seats[other][0]]), key=len)
        return any(article in many for article in few)

    def article_links(self) -> list[Link]:
        """One article gives one person several companies."""
        pairs = {(found[0], other) for found in self._nodes.values() for other in found[1:]}
        return [Link(ARTICLE_LINK, *sorted(pair)) for pair in sorted(pairs)]


def _fullest(names: Sequence[str]) -> list[str]:
    """For each name, the longest of those equal but for honorifics, case, accents and punctuation."""
    best: dict[str, str] = {}
    for name in names:
        key = plain_name(name)
        best[key] = max(best.get(key, name), name, key=lambda text: (len(text), text))
    return [best[plain_name(name)] for name in names]


class SeatBlocks:
    """Seats by company and by what alike names share: two seats of one company, or of two related ones, are in
    blocks of one key if their names are at all alike."""

    def __init__(self, seats: Seats, companies: Companies) -> None:
        self.at: dict[str, list[int]] = defaultdict(list)
        self._seats = seats
        self._companies = companies
        self._kept: dict[str, dict[str, list[int]]] = {}
        self._alone: set[Seat] = set()  # where a given name stands alone, it is compared with all who bear it
        for index, (name, company) in enumerate(seats.seats):
            self.at[company].append(index)
            plain = plain_name(name)
            if " " not in plain:
                self._alone.update((plain, place) for place in (company, *companies.relatives(company)))

    def of(self, company: str) -> dict[str, list[int]]:
        """The blocks of a company; kept only where another company may need them."""
        if company in self._kept:
            return self._kept[company]
        blocks: dict[str, list[int]] = defaultdict(list)
        for index in self.at[company]:
            name, _ = self._seats.seats[index]
            first = plain_name(name).split()[0]
            given_alone = [f"given {first}"] if (first, company) in self._alone else []
            for key in (*name_blocks(name), *given_alone):
                blocks[key].append(index)
        if self._companies.relatives(company):
            self._kept[company] = blocks
        return blocks

    def larger_than(self, size: int) -> Iterator[list[int]]:
        """The blocks of more seats than this."""
        for company, here in self.at.items():
            if len(here) > size:
                yield from (items for items in self.of(company).values() if len(items) > size)


def seat_likenesses(
    seats: Seats, companies: Companies, max_block: int, bounds: Counter[str]
) -> dict[tuple[int, int], NameLikeness]:
    """Pairs of seats, the first one first, whose names are alike and not equal, at one company or at related ones.

    Of a block the first `max_block` are looked at; `bounds` counts the others.
    """
    blocks = SeatBlocks(seats, companies)
    for items in blocks.larger_than(max_block):
        bounds["person_block_cut"] += len(items) - max_block
    found: dict[tuple[int, int], NameLikeness] = {}
    for one, other in _pairs(blocks, companies, max_block):
        pair = (min(one, other), max(one, other))
        first, second = (seats.seats[index][0] for index in pair)
        if pair not in found and first != second:
            likeness = name_likeness(first, second)
            if likeness is not None:
                found[pair] = likeness
    return found


def _pairs(blocks: SeatBlocks, companies: Companies, most: int) -> Iterator[tuple[int, int]]:
    for company, here in blocks.at.items():
        if len(here) > 1:
            for items in blocks.of(company).values():
                yield from combinations(items[:most], 2)
        for other in companies.relatives(company):
            if company < other and other in blocks.at:
                few, many = sorted((blocks.of(company), blocks.of(other)), key=len)
                for key in few.keys() & many.keys():
                    yield from product(few[key][:most], many[key][:most])
