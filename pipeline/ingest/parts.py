"""Large files in parts, so that several processes can read one: lines of JSON, row groups, members of a WARC.

A part begins where a record begins and knows how many come before it, so its articles are those of the whole file,
down to their numbers. What is compressed as a whole cannot be read from its middle, and has no parts.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from pipeline.ingest.encoding import guess_encoding
from pipeline.ingest.lines import bounded_lines
from pipeline.ingest.settings import MIB, IngestSettings
from pipeline.ingest.sniff import HEAD_BYTES, sniff
from pipeline.ingest.sources import Part, PartKind, Source, open_source

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

# A part of news as JSON Lines has some thousand articles: seconds of reading, so that no process is idle for long.
PART_BYTES = 8 * MIB
_LEAST_PARTS = 2

Cuts = Iterator[tuple[int, int]]
"""Where a record begins (byte, or row group), and how many records come before it; last the end of the file."""


def may_have_parts(source: Source) -> bool:
    """Whether it is worth while to look for parts; tells by the size alone."""
    return source.path is not None and source.size >= _LEAST_PARTS * PART_BYTES


def parts_of(source: Source, settings: IngestSettings, tick: Callable[[], None]) -> list[Part]:
    """The parts of a file, in their order; none where it is better read as a whole.

    Raises:
        Exception: Whatever a broken file makes its reader raise; it has no parts then.
    """
    with open_source(source) as stream:
        head = stream.read(HEAD_BYTES)
        stream.seek(0)
        kind = _kind(head, source.uri.rsplit("/", 1)[-1])
        if kind is None:
            return []
        cuts = {"jsonl": _lines, "warc": _members, "parquet": _row_groups}[kind](stream, settings, tick)
        return list(_joined(cuts, kind))


def sliced(stream: io.BufferedReader, part: Part) -> io.BufferedReader:
    """The bytes of a part as a stream of their own."""
    return io.BufferedReader(_Slice(stream, part))


def _kind(head: bytes, name: str) -> PartKind | None:
    match sniff(head, name):
        case "jsonl" if guess_encoding(head) == "utf-8":
            return "jsonl"
        case "parquet":
            return "parquet"
        case "warc":
            return "warc"
        case "gz" if zlib.decompressobj(31).decompress(head, 5) == b"WARC/":
            return "warc"
        case _:
            return None


def _joined(cuts: Cuts, kind: PartKind) -> Iterator[Part]:
    """Cuts to parts that touch."""
    start, before = next(cuts)
    for stop, count in cuts:
        yield Part(kind, start, stop, before)
        start, before = stop, count


def _lines(stream: io.BufferedReader, settings: IngestSettings, tick: Callable[[], None]) -> Cuts:
    number = start = 0
    yield 0, 0
    for line in bounded_lines(stream, settings.limits.record_bytes):
        number += line is None or bool(line.strip())
        if stream.tell() - start >= PART_BYTES:
            start = stream.tell()
            yield start, number
            tick()
    if stream.tell() > start:
        yield stream.tell(), number


def _members(stream: io.BufferedReader, _: IngestSettings, tick: Callable[[], None]) -> Cuts:
    from warcio.archiveiterator import ArchiveIterator

    records = ArchiveIterator(stream)
    start = number = 0
    yield 0, 0
    for _record in records:
        offset = records.get_record_offset()
        if offset - start >= PART_BYTES:
            start = offset
            yield start, number
        number += 1
        tick()
    yield stream.seek(0, io.SEEK_END), number


def _row_groups(stream: io.BufferedReader, _: IngestSettings, tick: Callable[[], None]) -> Cuts:
    import pyarrow.parquet as pq

    metadata = pq.read_metadata(stream)
    tick()
    size = rows = 0
    yield 0, 0
    for group in range(metadata.num_row_groups):
        if size >= PART_BYTES:
            yield group, rows
            size = 0
        about = metadata.row_group(group)
        size += sum(about.column(column).total_compressed_size for column in range(about.num_columns))
        rows += about.num_rows
    yield metadata.num_row_groups, rows


class _Slice(io.RawIOBase):
    def __init__(self, inner: io.BufferedReader, part: Part) -> None:
        inner.seek(part.start)
        self._inner = inner
        self._left = part.stop - part.start

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer)
        piece = self._inner.read1(min(len(view), self._left))
        view[: len(piece)] = piece
        self._left -= len(piece)
        return len(piece)
