"""WARC files as crawls ship them: one article per HTML response or converted text."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pipeline.ingest.containers import BoundExceeded
from pipeline.ingest.encoding import decode
from pipeline.ingest.found import Found, Unreadable
from pipeline.ingest.metadata import canonical_url
from pipeline.ingest.settings import MIB, IngestSettings

_PIECE = 64 * 1024
# Headers of one record; crawlers stay below 64 KiB. warcio itself reads a header line however long.
_HEADER_BYTES = MIB
_HTML = ("text/html", "application/xhtml+xml")


class _HeaderGuard:
    """A stream that gives up where a record's headers don't end."""

    def __init__(self, inner: io.BufferedReader) -> None:
        self._inner = inner
        self.left: int | None = _HEADER_BYTES

    def read(self, size: int = -1, /) -> bytes:
        try:
            piece = self._inner.read1(_PIECE if size < 0 else min(size, _PIECE))
        except EOFError as err:  # warcio would take it for the end of the file
            raise Unreadable(f"broken file: {err}") from err
        if self.left is not None:
            self.left -= len(piece)
            if self.left < 0:
                raise BoundExceeded(f"WARC header is longer than {_HEADER_BYTES} bytes")
        return piece


def read_warc(stream: io.BufferedReader, settings: IngestSettings) -> Iterator[Found]:
    """One document per successful HTML response, resource or text conversion; other records are no articles.

    `number` counts all records of the file. The date of the crawl is not taken for a publication date.

    Raises:
        Unreadable: The file is broken.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    guard = _HeaderGuard(stream)
    records = iter(ArchiveIterator(guard))
    number = 0
    while True:
        guard.left = _HEADER_BYTES
        try:
            record = next(records, None)
        except ArchiveLoadFailed as err:
            raise Unreadable(f"broken WARC after record {number}: {err}"[:300]) from err
        if record is None:
            return
        number += 1
        guard.left = None
        try:
            found = _document(record, settings)
        except Unreadable as err:
            found = Found(problem=str(err))
        if found is not None:
            yield replace(found, number=number, named_by_date=False)
        while record.raw_stream.read(_PIECE):
            pass


def _document(record: Any, settings: IngestSettings) -> Found | None:
    kind = record.rec_type
    if kind == "response":
        status = record.http_headers.get_statuscode() if record.http_headers else ""
        content = record.http_headers.get_header("Content-Type", "") if record.http_headers else ""
        if not status.startswith("2"):
            return None
    elif kind in ("conversion", "resource"):
        content = record.rec_headers.get_header("Content-Type", "")
    else:
        return None
    content = content.partition(";")[0].strip().lower()
    url = record.rec_headers.get_header("WARC-Target-URI", "").strip("<> ")
    if kind == "conversion" and content == "text/plain":
        return Found(body=decode(_payload(record, settings)), url=canonical_url(url))
    if content not in _HTML:
        return None
    from pipeline.ingest.page import read_page

    return read_page(_payload(record, settings), url or None, settings.limits)


def _payload(record: Any, settings: IngestSettings) -> bytes:
    limit = settings.limits.record_bytes
    parts, size = [], 0
    stream = record.content_stream()
    while piece := stream.read(_PIECE):
        parts.append(piece)
        size += len(piece)
        if size > limit:
            raise Unreadable(f"record is longer than {limit} bytes")
    return b"".join(parts)
