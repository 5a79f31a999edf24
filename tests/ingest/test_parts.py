"""The parts of a file hold what the whole file holds."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from warcio.warcwriter import WARCWriter

from pipeline.ingest import IngestSettings, Source, discover, may_have_parts, parts_of, read
from pipeline.records import Article
from tests.ingest.conftest import STORY

SETTINGS = IngestSettings()


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.ingest.parts.PART_BYTES", 2_000)


def text(number: int) -> str:
    return STORY.replace("Acme", f"Acme{number}")


def jsonl() -> bytes:
    """Thirty records, with blank lines, broken ones and one that is too long between them."""
    lines = [json.dumps({"title": f"Story {n}", "text": text(n)}) for n in range(30)]
    lines[7:7] = ["", "  ", "{broken", "[1, 2]"]
    lines[20:20] = ["", json.dumps({"text": "é" * 5})]
    return b"\xef\xbb\xbf" + "\n".join(lines).encode()


def parquet() -> bytes:
    out = io.BytesIO()
    texts = [text(n) if n % 11 else None for n in range(200)]
    pq.write_table(pa.table({"title": [f"Story {n}" for n in range(200)], "text": texts}), out, row_group_size=15)
    return out.getvalue()


def warc(gzip: bool) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=gzip)
    for number in range(60):
        kind, content = ("conversion", "text/plain") if number % 3 else ("resource", "image/png")
        headers = {"Content-Type": content}
        url, payload = f"http://a.example/{number}", io.BytesIO(text(number).encode())
        writer.write_record(
            writer.create_warc_record(url, kind, payload=payload, warc_headers_dict=headers, warc_content_type=content)
        )
    return out.getvalue()


FILES = {
    "a.jsonl": jsonl(),
    "a.parquet": parquet(),
    "a.warc": warc(gzip=False),
    "a.warc.gz": warc(gzip=True),
}


def in_parts(source: Source) -> Iterator[list[Article]]:
    assert may_have_parts(source)
    for part in parts_of(source, SETTINGS, lambda: None):
        yield list(read(replace(source, part=part), SETTINGS))


@pytest.mark.parametrize("name", list(FILES))
def test_parts_give_the_articles_of_the_whole(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(FILES[name])
    [source] = discover([str(tmp_path)])
    found = list(in_parts(source))
    assert len(found) > 3
    whole = list(read(source, SETTINGS))
    assert len(whole) >= 30
    assert [article for part in found for article in part] == whole


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", jsonl().decode("utf-8-sig").encode("utf-16")),
        ("a.json", json.dumps([{"text": text(n)} for n in range(30)]).encode()),
        ("a.txt", text(1).encode() * 50),
        ("a.csv", b"title,text\n" + b"a story,the text\n" * 1_000),
    ],
    ids=["utf-16", "json", "plain", "csv"],
)
def test_other_files_have_no_parts(name: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    [source] = discover([str(tmp_path)])
    assert parts_of(source, SETTINGS, lambda: None) == []


def test_a_small_file_is_not_even_looked_at(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(jsonl()[:3_000])
    assert not may_have_parts(discover([str(tmp_path)])[0])
