"""What the dedupe stage hands back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pipeline.records import Event, EventMention, Rejection

DuplicateKind = Literal["exact", "near"]


@dataclass(frozen=True)
class DedupeResult:
    """Events and the mentions they were made of; every tuple is sorted by the key of its table.

    `duplicates` maps the id of a copy to the id of its original and the kind of copy. `mentions` are the
    mentions given, with `event_id`, `person_id` and `company_id` filled. `merges` are events that
    were found to be one with another, in this run or before: rejections of stage "dedupe" with the reason
    "merged_into:<event_id>", the lost event id as `text`. `rejections` are the ends of texts too long to be
    compared with others. `counts` say what went in and came out and which bounds were met.
    """

    duplicates: Mapping[str, tuple[str, DuplicateKind]]
    mentions: tuple[EventMention, ...]
    events: tuple[Event, ...]
    merges: tuple[Rejection, ...]
    rejections: tuple[Rejection, ...]
    counts: Mapping[str, int]
