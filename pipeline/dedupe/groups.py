"""Mentions that can have to do with each other, by the names of persons: what other groups say does not matter.

So a group can be merged wherever there is room for it, by `dedupe` with the companies of the whole run, and all
groups together give what all mentions at once would give.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pipeline.dedupe.companies import Companies
from pipeline.dedupe.naming import name_likeness, plain_name, surname
from pipeline.dedupe.seats import Named, SeatBlocks, Seats, seat_likenesses
from pipeline.dedupe.settings import NameSettings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def group_mentions(mentions: Sequence[Named], companies: Companies, settings: NameSettings) -> NDArray[np.int32]:
    """The number of the group of each mention, from 0; it depends on the mentions and not on their order."""
    import numpy as np
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    names = [plain_name(mention.person) for mention in mentions]
    number = {name: index for index, name in enumerate(sorted(set(names)))}
    seats = Seats(mentions, companies)
    links = np.array(
        [(number[one], number[other]) for one, other in _links(mentions, seats, companies, settings)], dtype=np.int64
    ).reshape(-1, 2)
    ones = np.ones(len(links), dtype=np.int8)
    graph = coo_array((ones, (links[:, 0], links[:, 1])), shape=(len(number), len(number)))
    _, labels = connected_components(graph, directed=False)
    found: NDArray[np.int32] = labels[[number[name] for name in names]].astype(np.int32)
    return found


def _links(
    mentions: Sequence[Named], seats: Seats, companies: Companies, settings: NameSettings
) -> Iterator[tuple[str, str]]:
    """Plain names that are compared, and found alike, where persons are made of seats."""
    plain = [plain_name(name) for name, _ in seats.seats]
    for items in SeatBlocks(seats, companies).larger_than(settings.max_block):  # what is cut off depends on all of it
        yield from ((plain[items[0]], plain[item]) for item in items)
    for one, other in seat_likenesses(seats, companies, settings.max_block, Counter()):
        yield plain[one], plain[other]
    # A report that gives no company goes to a person whose name is as good as the same.
    by_surname: dict[str, set[str]] = defaultdict(set)
    for name, _ in seats.seats:
        by_surname[surname(name)].add(name)
    known = set(plain)
    loose = {mention.person for mention, seat in zip(mentions, seats.of_mention, strict=True) if seat is None}
    for person in loose:
        if plain_name(person) not in known:
            for name in by_surname.get(surname(person), ()):
                if name_likeness(person, name) == "same":
                    yield plain_name(person), plain_name(name)
