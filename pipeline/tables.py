"""Arrow schemas of the output tables, and the way between records and Arrow.

Row grain, key and sort order:

* articles: one row per article met; key `article_id`; in the order of sources, then of records in each.
* event_mentions: one row per article x event; key `mention_id`; sorted by `article_id`, `mention_id`.
* events: one row per event; key `event_id`; sorted by `event_id`.
* rejections: sorted by `article_id`, `stage`, `start`, `end`, `rule_id`, `reason`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from typing import Any

import pyarrow as pa

from pipeline.records import Article, Conflict, Event, EventMention, Evidence, Rejection, Source

SCHEMA_VERSION = "1"
_META: dict[bytes | str, bytes | str] = {b"newsmoves.schema_version": SCHEMA_VERSION.encode()}
_TIME = pa.timestamp("us", tz="UTC")

_EVIDENCE = pa.list_(
    pa.struct(
        [
            pa.field("start", pa.int32()),
            pa.field("end", pa.int32()),
            pa.field("sentence", pa.string()),
            pa.field("trigger", pa.string()),
            pa.field("rule_id", pa.string()),
        ]
    )
)
_SLOTS: list[pa.Field[Any]] = [
    pa.field("person", pa.string()),
    pa.field("role", pa.string()),
    pa.field("company", pa.string()),
    pa.field("action", pa.string()),
    pa.field("direction", pa.string()),
    pa.field("date", pa.date32()),
    pa.field("date_precision", pa.string()),
]
_CANONICAL: list[pa.Field[Any]] = [
    pa.field("status", pa.string()),
    pa.field("scope", pa.string()),
    pa.field("person_id", pa.string()),
    pa.field("company_id", pa.string()),
    pa.field("role_canonical", pa.string()),
    pa.field("role_level", pa.string()),
    pa.field("interim", pa.bool_()),
    pa.field("previous_role", pa.string()),
    pa.field("other_company", pa.string()),
    pa.field("counterpart", pa.string()),
]

ARTICLES = pa.schema(
    [
        pa.field("article_id", pa.string()),
        pa.field("source_uri", pa.string()),
        pa.field("url", pa.string()),
        pa.field("publisher", pa.string()),
        pa.field("title", pa.string()),
        pa.field("authors", pa.list_(pa.string())),
        pa.field("language", pa.string()),
        pa.field("published_at", _TIME),
        pa.field("published_source", pa.string()),
        pa.field("text", pa.string()),
        pa.field("text_sha256", pa.string()),
        pa.field("word_count", pa.int32()),
        pa.field("status", pa.string()),
        pa.field("reason", pa.string()),
        pa.field("duplicate_of", pa.string()),
        pa.field("duplicate_kind", pa.string()),
    ],
    metadata=_META,
)
EVENT_MENTIONS = pa.schema(
    [
        pa.field("mention_id", pa.string()),
        pa.field("article_id", pa.string()),
        pa.field("event_id", pa.string()),
        *_SLOTS,
        pa.field("date_text", pa.string()),
        pa.field("date_source", pa.string()),
        *_CANONICAL,
        pa.field("confidence", pa.float32()),
        pa.field("evidence", _EVIDENCE),
    ],
    metadata=_META,
)
EVENTS = pa.schema(
    [
        pa.field("event_id", pa.string()),
        *_SLOTS,
        *_CANONICAL,
        pa.field("date_first", pa.date32()),
        pa.field("date_last", pa.date32()),
        pa.field("first_published", _TIME),
        pa.field("last_published", _TIME),
        pa.field("mention_count", pa.int32()),
        pa.field("article_count", pa.int32()),
        pa.field("source_count", pa.int32()),
        pa.field("confidence", pa.float32()),
        pa.field(
            "conflicts",
            pa.list_(
                pa.struct(
                    [
                        pa.field("slot", pa.string()),
                        pa.field("value", pa.string()),
                        pa.field("count", pa.int32()),
                    ]
                )
            ),
        ),
        pa.field(
            "sources",
            pa.list_(
                pa.struct(
                    [
                        pa.field("article_id", pa.string()),
                        pa.field("url", pa.string()),
                        pa.field("publisher", pa.string()),
                        pa.field("published_at", _TIME),
                        pa.field("sentence", pa.string()),
                    ]
                )
            ),
        ),
    ],
    metadata=_META,
)
_REJECTED: list[pa.Field[Any]] = [
    pa.field("article_id", pa.string()),
    pa.field("stage", pa.string()),
    pa.field("start", pa.int32()),
    pa.field("end", pa.int32()),
    pa.field("text", pa.string()),
    pa.field("rule_id", pa.string()),
    pa.field("reason", pa.string()),
]
REJECTIONS = pa.schema(_REJECTED, metadata=_META)

TABLES: Mapping[str, pa.Schema] = {
    "articles": ARTICLES,
    "event_mentions": EVENT_MENTIONS,
    "events": EVENTS,
    "rejections": REJECTIONS,
}


def to_batch(records: Iterable[Article | EventMention | Event | Rejection], schema: pa.Schema) -> pa.RecordBatch:
    """Records of one kind as one Arrow batch, in the order given."""
    rows = list(records)
    columns = [pa.array([_plain(getattr(row, field.name)) for row in rows], type=field.type) for field in schema]
    return pa.RecordBatch.from_arrays(columns, schema=schema)


_PARTS = {kind: tuple(part.name for part in fields(kind)) for kind in (Conflict, Evidence, Source)}


def _plain(value: Any) -> Any:
    """A column value as Arrow takes it; only the small records inside lists need to be taken apart."""
    if isinstance(value, tuple):
        return [{name: getattr(item, name) for name in _PARTS.get(type(item), ())} or item for item in value]
    return value


def articles_of(batch: pa.RecordBatch | pa.Table) -> Iterator[Article]:
    """The articles of an Arrow batch."""
    for row in batch.to_pylist():
        row["authors"] = tuple(row["authors"] or ())
        yield Article(**row)


def mentions_of(batch: pa.RecordBatch | pa.Table) -> Iterator[EventMention]:
    """The event mentions of an Arrow batch."""
    for row in batch.to_pylist():
        row["evidence"] = tuple(Evidence(**item) for item in row["evidence"] or ())
        yield EventMention(**row)


def events_of(batch: pa.RecordBatch | pa.Table) -> Iterator[Event]:
    """The events of an Arrow batch."""
    for row in batch.to_pylist():
        row["conflicts"] = tuple(Conflict(**item) for item in row["conflicts"] or ())
        row["sources"] = tuple(Source(**item) for item in row["sources"] or ())
        yield Event(**row)


def rejections_of(batch: pa.RecordBatch | pa.Table) -> Iterator[Rejection]:
    """The rejections of an Arrow batch."""
    rows: list[dict[str, Any]] = batch.to_pylist()
    for row in rows:
        yield Rejection(**row)
