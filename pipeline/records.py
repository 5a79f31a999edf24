"""The nouns of the pipeline. Field order is column order; tables.py holds the matching Arrow schemas."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Day = date  # a name that no column hides
Action = Literal[
    "appointed",
    "joined",
    "promoted",
    "returned",
    "reappointed",
    "founded",
    "resigned",
    "retired",
    "dismissed",
    "departed",
    "died",
    "on_leave",
]
Direction = Literal["in", "out", "pause"]
Status = Literal["done", "planned", "proposed", "rumored", "denied"]
Scope = Literal["news", "background"]
Precision = Literal["day", "month", "quarter", "year"]
Level = Literal[
    "board",
    "chief",
    "president",
    "vice_president",
    "director",
    "head",
    "manager",
    "partner",
    "founder",
    "other",
]

LEAST_CONFIDENCE = 0.4  # rows less sure cost more precision than they add recall: F1 gains where they go

DIRECTIONS: dict[str, Direction] = {
    "appointed": "in",
    "joined": "in",
    "promoted": "in",
    "returned": "in",
    "reappointed": "in",
    "founded": "in",
    "resigned": "out",
    "retired": "out",
    "dismissed": "out",
    "departed": "out",
    "died": "out",
    "on_leave": "pause",
}
STATUSES: tuple[Status, ...] = ("done", "planned", "proposed", "rumored", "denied")
SCOPES: tuple[Scope, ...] = ("news", "background")
ASSERTED = frozenset({"done", "planned"})


@dataclass(frozen=True, slots=True)
class Article:
    """One text from one source. `text` is the cleaned text that all offsets refer to.

    `article_id` is stable for the same URL or path. `published_at` is UTC.
    """

    article_id: str
    source_uri: str
    url: str | None
    publisher: str | None
    title: str | None
    authors: tuple[str, ...]
    language: str | None
    published_at: datetime | None
    published_source: Literal["metadata", "text", "name", "option"] | None
    text: str
    text_sha256: str
    word_count: int
    status: Literal["ok", "skipped", "failed"]
    reason: str | None
    duplicate_of: str | None = None
    duplicate_kind: Literal["exact", "near"] | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where an article states an event: half-open character offsets into `Article.text`."""

    start: int
    end: int
    sentence: str
    trigger: str
    rule_id: str


@dataclass(frozen=True, slots=True)
class EventMention:
    """One article x event. `date` is the first day of the period that `date_precision` names."""

    mention_id: str
    article_id: str
    event_id: str | None
    person: str
    role: str | None
    company: str | None
    action: Action
    direction: Direction
    date: date | None
    date_precision: Precision | None
    date_text: str | None
    date_source: Literal["text", "published"] | None
    status: Status
    scope: Scope
    person_id: str | None
    company_id: str | None
    role_canonical: str | None
    role_level: Level | None
    interim: bool
    previous_role: str | None
    other_company: str | None
    counterpart: str | None
    confidence: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A value that lost against the canonical one, and how many independent sources gave it."""

    slot: str
    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Source:
    """One article that states an event."""

    article_id: str
    url: str | None
    publisher: str | None
    published_at: datetime | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Event:
    """One event, merged across articles; each slot is the best-supported value."""

    event_id: str
    person: str
    role: str | None
    company: str | None
    action: Action
    direction: Direction
    date: date | None
    date_precision: Precision | None
    status: Status
    scope: Scope
    person_id: str | None
    company_id: str | None
    role_canonical: str | None
    role_level: Level | None
    interim: bool
    previous_role: str | None
    other_company: str | None
    counterpart: str | None
    date_first: Day | None
    date_last: Day | None
    first_published: datetime | None
    last_published: datetime | None
    mention_count: int
    article_count: int
    source_count: int
    confidence: float
    conflicts: tuple[Conflict, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Rejection:
    """An article not read, or a trigger not kept, and why. Offsets are null for whole articles."""

    article_id: str
    stage: Literal["ingest", "screen", "extract", "dedupe"]
    start: int | None
    end: int | None
    text: str | None
    rule_id: str | None
    reason: str
