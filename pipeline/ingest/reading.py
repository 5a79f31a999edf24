"""From a source to its articles, one at a time."""

from __future__ import annotations

import io
import logging
import lzma
import os
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.errors import NewsmovesError
from pipeline.ingest.build import build, failed
from pipeline.ingest.containers import BoundExceeded, Budget, decompress, members, spooled
from pipeline.ingest.encoding import decode, guess_encoding
from pipeline.ingest.found import Found, Unreadable
from pipeline.ingest.parts import sliced
from pipeline.ingest.settings import IngestSettings
from pipeline.ingest.sniff import HEAD_BYTES, Format, sniff
from pipeline.ingest.sources import Part, Source, open_source
from pipeline.records import Article

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

log = logging.getLogger(__name__)

_BROKEN = (EOFError, OSError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, tarfile.TarError)
_SUFFIXES = {"gz": (".gz", ".gzip"), "bz2": (".bz2",), "xz": (".xz",), "zst": (".zst", ".zstd")}


def read(source: Source, settings: IngestSettings) -> Iterator[Article]:
    """The articles of a source, in the order of the file; never raises for what the file holds.

    `source_uri` is the source's uri; in an archive `/member` is added, and `#n` for the n-th record
    (from 1) of a file with several.
    """
    try:
        stream = open_source(source)
    except OSError as err:
        yield failed(source.uri, f"cannot open: {err.strerror or err}")
        return
    with stream:
        size = _size_of(stream) if source.path is None else source.size
        budget = Budget(settings.limits, size)
        documents = (
            _documents_of_part(stream, source.uri, source.part, budget, settings)
            if source.part
            else _documents(stream, source.uri, 0, budget, settings)
        )
        for uri, found in _guarded(documents, source.uri, 0):
            yield _built(uri, found, settings)


def _size_of(stream: io.BufferedReader) -> int:
    return os.fstat(stream.fileno()).st_size


def _built(uri: str, found: Found, settings: IngestSettings) -> Article:
    if found.number is not None:
        uri = f"{uri}#{found.number}"
    try:
        return build(found, uri, settings)
    except Unreadable as err:
        return failed(uri, str(err))
    except Exception as err:  # whatever a library trips over in one text must not end the run
        log.debug("%s: cannot clean", uri, exc_info=True)
        return failed(uri, f"cannot clean: {type(err).__name__}: {err}"[:300])


def _guarded(documents: Iterator[tuple[str, Found]], uri: str, depth: int) -> Iterator[tuple[str, Found]]:
    """These documents, with whatever goes wrong as a last document that says why.

    Raises:
        BoundExceeded: Inside an archive, so that the archive is given up too.
    """
    try:
        yield from documents
    except BoundExceeded as err:
        if depth:
            raise
        yield uri, Found(problem=str(err))
    except Unreadable as err:
        yield uri, Found(problem=str(err))
    except NewsmovesError:
        raise  # no fault of the file
    except _BROKEN as err:
        yield uri, Found(problem=f"broken file: {err}"[:300])
    except Exception as err:  # parsers of nine formats meet hostile input here
        log.debug("%s: cannot read", uri, exc_info=True)
        yield uri, Found(problem=f"cannot read: {type(err).__name__}: {err}"[:300])


def _documents(
    stream: io.BufferedReader, uri: str, depth: int, budget: Budget, settings: IngestSettings
) -> Iterator[tuple[str, Found]]:
    """Each document of a stream with the uri of the file it stands in."""
    head, stream = _peeked(stream)
    name = uri.rsplit("/", 1)[-1]
    while (kind := sniff(head, name)) in ("gz", "bz2", "xz", "zst"):
        depth += 1
        _check_depth(depth, settings)
        stream = decompress(stream, kind, budget)
        head, stream = _peeked(stream)
        name = _without_suffix(name, kind)
    if kind in ("zip", "tar"):
        _check_depth(depth + 1, settings)
        for member, content in members(stream, kind, budget):
            where = f"{uri}/{member}"
            if isinstance(content, Unreadable):
                yield where, Found(problem=str(content))
            else:
                yield from _guarded(_documents(content, where, depth + 1, budget, settings), where, depth + 1)
        return
    for found in _parse(stream, kind, head, budget, settings):
        yield uri, found


def _documents_of_part(
    stream: io.BufferedReader, uri: str, part: Part, budget: Budget, settings: IngestSettings
) -> Iterator[tuple[str, Found]]:
    """Each document of a part, numbered as in the whole file."""
    if part.kind == "jsonl":
        from pipeline.ingest.records_json import read_jsonl

        documents = read_jsonl(sliced(stream, part), "utf-8", settings)
    elif part.kind == "parquet":
        from pipeline.ingest.columnar import read_parquet

        documents = read_parquet(stream, budget, settings, list(range(part.start, part.stop)))
    else:
        documents = (found for _, found in _documents(sliced(stream, part), uri, 0, budget, settings))
    for found in documents:
        yield uri, replace(found, number=None if found.number is None else found.number + part.before)


def _parse(
    stream: io.BufferedReader, kind: Format, head: bytes, budget: Budget, settings: IngestSettings
) -> Iterator[Found]:
    """Hand a stream to the module of its format; each is loaded when first needed."""
    match kind:
        case "jsonl":
            from pipeline.ingest.records_json import read_jsonl

            return read_jsonl(stream, guess_encoding(head), settings)
        case "json":
            from pipeline.ingest.records_json import read_json

            return read_json(stream, guess_encoding(head), settings)
        case "delimited":
            from pipeline.ingest.delimited import read_delimited

            return read_delimited(stream, guess_encoding(head), settings)
        case "parquet":
            from pipeline.ingest.columnar import read_parquet

            return read_parquet(spooled(stream, budget), budget, settings)
        case "warc":
            from pipeline.ingest.warc import read_warc

            return read_warc(stream, settings)
        case _:
            return _parse_whole(_whole(stream, settings.limits.record_bytes), kind, settings)


def _parse_whole(data: bytes, kind: Format, settings: IngestSettings) -> Iterator[Found]:
    match kind:
        case "markdown":
            from pipeline.ingest.markdown import read_markdown

            return iter([read_markdown(decode(data), settings.limits.front_matter_bytes)])
        case "html":
            from pipeline.ingest.page import read_page

            return iter([read_page(data, None, settings.limits)])
        case "feed":
            from pipeline.ingest.feed import read_feed

            return read_feed(data, settings)
        case "mail":
            from pipeline.ingest.mail import read_mail

            return iter([read_mail(data, settings.limits)])
        case _:
            from pipeline.ingest.plain import read_plain

            return iter([read_plain(decode(data))])


def _whole(stream: io.BufferedReader, limit: int) -> bytes:
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise Unreadable(f"document is longer than {limit} bytes")
    return data


def _check_depth(depth: int, settings: IngestSettings) -> None:
    if depth > settings.limits.archive_depth:
        raise Unreadable(f"archives nest deeper than {settings.limits.archive_depth}")


def _without_suffix(name: str, kind: str) -> str:
    for suffix in _SUFFIXES[kind]:
        name = name.removesuffix(suffix)
    return name


def _peeked(stream: io.BufferedReader) -> tuple[bytes, io.BufferedReader]:
    """The first bytes of a stream, and the stream as if they had not been read. A break among the first
    bytes is met again where it is."""
    head, trouble = b"", None
    try:
        while len(head) < HEAD_BYTES and (piece := stream.read1(HEAD_BYTES - len(head))):
            head += piece
    except _BROKEN as err:
        if not head:
            raise
        trouble = err
    if stream.seekable():
        stream.seek(0)
        return head, stream
    return head, io.BufferedReader(_Chained(head, stream, trouble), HEAD_BYTES)


class _Chained(io.RawIOBase):
    """Bytes already read, then the rest of the stream or what went wrong there."""

    def __init__(self, head: bytes, rest: io.BufferedReader, trouble: BaseException | None) -> None:
        self._head = head
        self._rest = rest
        self._trouble = trouble

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer)
        if self._head:
            piece, self._head = self._head[: len(view)], self._head[len(view) :]
        elif self._trouble is not None:
            raise self._trouble
        else:
            piece = self._rest.read1(len(view))
        view[: len(piece)] = piece
        return len(piece)
