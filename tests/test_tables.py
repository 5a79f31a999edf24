"""The contract of the tables: names, types, order; and that the usual tools open them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.records import Article, Conflict, Event, EventMention, Evidence, Rejection, Source
from pipeline.store import write_table
from pipeline.tables import TABLES, articles_of, events_of, mentions_of, rejections_of, to_batch

TIME = "timestamp[us, tz=UTC]"
EVIDENCE = "list<item: struct<start: int32, end: int32, sentence: string, trigger: string, rule_id: string>>"
CONFLICTS = "list<item: struct<slot: string, value: string, count: int32>>"
SOURCES = (
    f"list<item: struct<article_id: string, url: string, publisher: string, published_at: {TIME}, sentence: string>>"
)
SLOTS = {
    "person": "string",
    "role": "string",
    "company": "string",
    "action": "string",
    "direction": "string",
    "date": "date32[day]",
    "date_precision": "string",
}
CANONICAL = {
    "status": "string",
    "scope": "string",
    "person_id": "string",
    "company_id": "string",
    "role_canonical": "string",
    "role_level": "string",
    "interim": "bool",
    "previous_role": "string",
    "other_company": "string",
    "counterpart": "string",
}
# Changing or removing a line here breaks other people's notebooks; a column is only ever added.
CONTRACT = {
    "articles": {
        "article_id": "string",
        "source_uri": "string",
        "url": "string",
        "publisher": "string",
        "title": "string",
        "authors": "list<item: string>",
        "language": "string",
        "published_at": TIME,
        "published_source": "string",
        "text": "string",
        "text_sha256": "string",
        "word_count": "int32",
        "status": "string",
        "reason": "string",
        "duplicate_of": "string",
        "duplicate_kind": "string",
    },
    "event_mentions": {
        "mention_id": "string",
        "article_id": "string",
        "event_id": "string",
        **SLOTS,
        "date_text": "string",
        "date_source": "string",
        **CANONICAL,
        "confidence": "float",
        "evidence": EVIDENCE,
    },
    "events": {
        "event_id": "string",
        **SLOTS,
        **CANONICAL,
        "date_first": "date32[day]",
        "date_last": "date32[day]",
        "first_published": TIME,
        "last_published": TIME,
        "mention_count": "int32",
        "article_count": "int32",
        "source_count": "int32",
        "confidence": "float",
        "conflicts": CONFLICTS,
        "sources": SOURCES,
    },
    "rejections": {
        "article_id": "string",
        "stage": "string",
        "start": "int32",
        "end": "int32",
        "text": "string",
        "rule_id": "string",
        "reason": "string",
    },
}
AT = datetime(2024, 3, 5, 12, 30, tzinfo=UTC)
ARTICLE = Article(
    article_id="a1",
    source_uri="a.txt",
    url=None,
    publisher="The Courier",
    title="Höß & “Söhne”",
    authors=("A. Falk", "B. Grau"),
    language="en",
    published_at=AT,
    published_source="metadata",
    text="Anna Falk joined Umbra.",
    text_sha256="0" * 64,
    word_count=4,
    status="ok",
    reason=None,
)
MENTION = EventMention(
    mention_id="m1",
    article_id="a1",
    event_id="e1",
    person="Anna Falk",
    role=None,
    company="Umbra",
    action="joined",
    direction="in",
    date=date(2024, 3, 1),
    date_precision="month",
    date_text="this month",
    date_source="text",
    status="done",
    scope="news",
    person_id="p1",
    company_id="c1",
    role_canonical=None,
    role_level=None,
    interim=False,
    previous_role=None,
    other_company=None,
    counterpart=None,
    confidence=0.5,
    evidence=(Evidence(0, 23, "Anna Falk joined Umbra.", "joined", "join.verb"),),
)
EVENT = Event(
    **{field.name: getattr(MENTION, field.name) for field in fields(Event) if hasattr(MENTION, field.name)},
    date_first=date(2024, 3, 1),
    date_last=date(2024, 3, 1),
    first_published=AT,
    last_published=AT,
    mention_count=1,
    article_count=1,
    source_count=1,
    conflicts=(Conflict("company", "Umbria", 1),),
    sources=(Source("a1", None, "The Courier", AT, "Anna Falk joined Umbra."),),
)
REJECTION = Rejection("a1", "extract", 3, 9, "joined", "join.verb", "missing_slot")
SAMPLES = {"articles": ARTICLE, "event_mentions": MENTION, "events": EVENT, "rejections": REJECTION}
READERS = {
    "articles": articles_of,
    "event_mentions": mentions_of,
    "events": events_of,
    "rejections": rejections_of,
}


@pytest.mark.parametrize("name", CONTRACT)
def test_names_types_and_order_of_columns(name: str) -> None:
    assert {field.name: str(field.type).replace(" not null", "") for field in TABLES[name]} == CONTRACT[name]
    assert TABLES[name].names == list(CONTRACT[name])
    assert TABLES[name].metadata == {b"newsmoves.schema_version": b"1"}


@pytest.mark.parametrize("name", CONTRACT)
def test_records_have_the_columns_of_their_table(name: str) -> None:
    assert [field.name for field in fields(SAMPLES[name])] == list(CONTRACT[name])


@pytest.mark.parametrize("name", CONTRACT)
def test_record_survives_the_way_to_disk(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"{name}.parquet"
    assert write_table(path, [to_batch([SAMPLES[name]], TABLES[name])], TABLES[name]) == 1
    assert list(READERS[name](pq.read_table(path))) == [SAMPLES[name]]


def _duckdb(path: str) -> tuple[int, list[str]]:
    with duckdb.connect() as connection:
        cursor = connection.execute("select * from read_parquet(?)", [path])
        names = [column[0] for column in cursor.description or ()]
        return len(cursor.fetchall()), names


def _pandas(path: str) -> tuple[int, list[str]]:
    frame = pd.read_parquet(path)
    return len(frame), list(frame.columns)


def _polars(path: str) -> tuple[int, list[str]]:
    frame = pl.read_parquet(path)
    return len(frame), frame.columns


@pytest.mark.parametrize("opened", [_pandas, _polars, _duckdb], ids=["pandas", "polars", "duckdb"])
@pytest.mark.parametrize("name", CONTRACT)
@pytest.mark.parametrize("rows", [0, 3])
def test_usual_tools_open_every_table(
    opened: Callable[[str], tuple[int, list[str]]], name: str, rows: int, tmp_path: Path
) -> None:
    path = tmp_path / f"{name}.parquet"
    write_table(path, [to_batch([SAMPLES[name]] * rows, TABLES[name])], TABLES[name], run="abc")
    assert opened(str(path)) == (rows, list(CONTRACT[name]))


def test_table_is_whole_or_not_there(tmp_path: Path) -> None:
    path = tmp_path / "articles.parquet"

    def breaking() -> object:
        yield to_batch([ARTICLE], TABLES["articles"])
        raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError, match="in the middle"):
        write_table(path, breaking(), TABLES["articles"])  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_wrong_column_type_is_refused(tmp_path: Path) -> None:
    wrong = pa.RecordBatch.from_pylist([{"article_id": 1}], schema=pa.schema([("article_id", pa.int32())]))
    with pytest.raises((pa.ArrowInvalid, ValueError)):
        write_table(tmp_path / "articles.parquet", [wrong], TABLES["articles"])
