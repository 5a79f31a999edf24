"""Denials: events of their own, tied to the event they deny."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from pipeline.dedupe.tellings import Teller
from pipeline.records import Conflict, Event, EventMention


def link_denials(
    events: Sequence[Event], clusters: Sequence[Sequence[EventMention]], teller: Teller, link_points: int
) -> list[Event]:
    """Tie each denied event to the best-fitting event of the same person and direction.

    The denial gets a conflict of slot "denies" with the id of the other event, the other one gets "denied_by"
    with the id of the denial; the counts are the independent sources of the event named.
    """
    by_person: dict[tuple[str | None, str], list[int]] = defaultdict(list)
    for index, event in enumerate(events):
        by_person[event.person_id, event.direction].append(index)
    extra: dict[int, list[Conflict]] = defaultdict(list)
    for _, indexes in sorted(by_person.items(), key=lambda item: item[1]):
        denials = [i for i in indexes if events[i].status == "denied"]
        others = [i for i in indexes if events[i].status != "denied"]
        for denial in denials if others else ():
            best = max((_fit(clusters[denial], clusters[o], teller), -o) for o in others)
            if best[0] >= link_points:
                other = -best[1]
                extra[denial].append(Conflict("denies", events[other].event_id, events[other].source_count))
                extra[other].append(Conflict("denied_by", events[denial].event_id, events[denial].source_count))
    return [
        replace(event, conflicts=(*event.conflicts, *extra[index])) if index in extra else event
        for index, event in enumerate(events)
    ]


def _fit(denials: Sequence[EventMention], reports: Sequence[EventMention], teller: Teller) -> int:
    """Best agreement of a denial with a report; less than nothing where every pair contradicts."""
    tellings = (
        {teller.telling(mention) for mention in denials},
        {teller.telling(mention) for mention in reports},
    )
    scores = [teller.points(one, other) for one in tellings[0] for other in tellings[1]]
    return max((score for score in scores if score is not None), default=-1)
