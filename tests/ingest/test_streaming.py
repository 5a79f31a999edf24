"""Records come one by one; a file is never held whole."""

from __future__ import annotations

import io
import json
import tracemalloc
from itertools import islice
from pathlib import Path

import pytest

from pipeline.ingest import IngestSettings, discover, read
from pipeline.ingest import reading as reading_module
from tests.ingest.conftest import STORY, Reader
from tests.ingest.test_formats import tarred

MIB = 1024 * 1024
LINE = json.dumps({"text": STORY})


class _Counting(io.RawIOBase):
    """Counts the bytes that a reader takes."""

    def __init__(self, content: bytes) -> None:
        self.inner = io.BytesIO(content)
        self.consumed = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        count = self.inner.readinto(buffer)
        self.consumed += count
        return count


@pytest.mark.parametrize("form", ["jsonl", "json", "csv", "tar"])
def test_records_come_before_the_file_is_read(form: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    count = 20_000
    forms = {
        "jsonl": lambda: f"{LINE}\n" * count,
        "json": lambda: "[" + ",".join([LINE] * count) + "]",
        "csv": lambda: "title,text\n" + f'A,"{STORY}"\n' * count,
    }
    content = (
        forms[form]().encode() if form != "tar" else tarred("w", **{f"{n}.txt": STORY.encode() for n in range(3000)})
    )
    stream = _Counting(content)
    path = tmp_path / f"a.{form}"
    path.write_bytes(b"x")
    (source,) = discover([str(path)])
    monkeypatch.setattr(reading_module, "open_source", lambda _: io.BufferedReader(stream))  # type: ignore[type-var]
    monkeypatch.setattr(reading_module, "_size_of", lambda _: len(content))
    assert len(list(islice(read(source, IngestSettings()), 10))) == 10
    assert stream.consumed < 1.5 * MIB < len(content)


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(f"{LINE}\n" * 3000)
    (source,) = discover([str(path)])
    articles = read(source, IngestSettings())
    list(islice(articles, 1000))
    tracemalloc.start()
    assert sum(1 for _ in articles) == 2000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 300 * len(LINE)


def test_reading_twice_gives_the_same(ingest: Reader) -> None:
    content = f"{LINE}\nbroken\n{LINE}\n"
    assert ingest("a.jsonl", content) == ingest("a.jsonl", content)
