"""The tables of a run: what goes into each, and what the former run left in them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.errors import InputError
from pipeline.flow.articles import Entry
from pipeline.flow.progress import Clock
from pipeline.manifest import AnyStore
from pipeline.places import readable
from pipeline.records import Article, Event, EventMention, Rejection
from pipeline.store import write_table
from pipeline.tables import EVENT_MENTIONS, EVENTS, REJECTIONS, TABLES, events_of, mentions_of, rejections_of, to_batch

if TYPE_CHECKING:
    from pipeline.dedupe import DedupeResult

_BATCH_ROWS = 1_000


@dataclass(frozen=True, slots=True)
class Merged:
    """What merging found, as rows of tables: event mentions and events in batches of `_BATCH_ROWS`."""

    duplicates: Mapping[str, tuple[str, Any]]
    mentions: Iterable[pa.RecordBatch]
    events: Iterable[pa.RecordBatch]
    rejections: Sequence[Rejection]
    counts: Mapping[str, int]


def as_rows(result: DedupeResult) -> Merged:
    """The result of the stage, as rows."""
    return Merged(
        result.duplicates,
        batches(result.mentions, EVENT_MENTIONS),
        batches(result.events, EVENTS),
        [*result.merges, *result.rejections],
        result.counts,
    )


def write_results(
    staged: Path, merged: Merged, rejections: pa.Table, lost: Iterable[Rejection], run: str
) -> dict[str, int]:
    """Write event mentions, events and rejections; `lost` are rejections of whole articles."""
    others = to_batch([*lost, *merged.rejections], REJECTIONS)
    table = pa.concat_tables([rejections, pa.Table.from_batches([others])])
    table = table.sort_by(
        [(name, "ascending") for name in ("article_id", "stage", "start", "end", "rule_id", "reason", "text")]
    )
    return {
        "event_mentions": write_table(staged / "event_mentions.parquet", merged.mentions, EVENT_MENTIONS, run),
        "events": write_table(staged / "events.parquet", merged.events, EVENTS, run),
        "rejections": write_table(staged / "rejections.parquet", table.to_batches(), REJECTIONS, run),
    }


def write_record(staged: Path, record: dict[str, Any], clock: Clock) -> None:
    clock.lap("write")
    record["seconds"] = clock.seconds
    (staged / "run.json").write_text(json.dumps(record, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


class Former(TypedDict):
    """What the former run lends to the next: its ids, and the merges it recorded."""

    previous: list[Event]
    previous_mentions: list[EventMention]
    previous_rejections: list[Rejection]


def previous(store: AnyStore) -> Former:
    """Events, mentions and recorded merges of the former run; none where there are none."""
    try:
        events = pq.read_table(readable(store.table("events")), schema=EVENTS)
        mentions = pq.read_table(readable(store.table("event_mentions")), schema=EVENT_MENTIONS)
        rejections = pq.read_table(
            readable(store.table("rejections")), schema=REJECTIONS, filters=[("stage", "=", "dedupe")]
        )
    except (OSError, pa.ArrowInvalid):
        return Former(previous=[], previous_mentions=[], previous_rejections=[])
    return Former(
        previous=list(events_of(events)),
        previous_mentions=list(mentions_of(mentions)),
        previous_rejections=list(rejections_of(rejections)),
    )


def table(store: AnyStore, name: str) -> pa.Table:
    path = store.table(name)
    try:
        return pq.read_table(readable(path), schema=TABLES[name])
    except (OSError, pa.ArrowInvalid) as err:
        raise InputError(f"{path}: cannot be read as a table; run 'newsmoves extract' first") from err


def failed(articles: Iterable[Article], failures: Mapping[str, str]) -> Iterator[Article]:
    for article in articles:
        reason = failures.get(article.article_id)
        yield replace(article, status="failed", reason=reason) if reason else article


def marked(articles: Iterable[Article], duplicates: Mapping[str, tuple[str, Any]]) -> Iterator[Article]:
    for article in articles:
        original, kind = duplicates.get(article.article_id, (None, None))
        yield replace(article, duplicate_of=original, duplicate_kind=kind)


def unread(entries: Iterable[Entry]) -> Iterator[Rejection]:
    for entry in sorted(entries, key=lambda entry: entry.article_id):
        if entry.status != "ok":
            yield Rejection(entry.article_id, "ingest", None, None, None, None, entry.reason or entry.status)


def batches(records: Iterable[Any], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """Records as rows, in batches of one size, so that the same rows make the same file."""
    waiting: list[Any] = []
    for record in records:
        waiting.append(record)
        if len(waiting) >= _BATCH_ROWS:
            yield to_batch(waiting, schema)
            waiting = []
    if waiting:
        yield to_batch(waiting, schema)


def even_batches(tables: Iterable[pa.Table], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """Tables as `batches` gives the records of their rows."""
    left = schema.empty_table()
    for table in tables:
        left = pa.concat_tables([left, table.cast(schema)])
        whole = left.num_rows - left.num_rows % _BATCH_ROWS
        for start in range(0, whole, _BATCH_ROWS):
            yield from left.slice(start, _BATCH_ROWS).combine_chunks().to_batches()
        left = left.slice(whole)
    yield from left.combine_chunks().to_batches()
