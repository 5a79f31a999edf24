"""Finished reading: shards of articles in the state folder, and the list of those that count now."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields, replace
from itertools import count, takewhile
from socket import gethostname
from typing import Any, cast
from uuid import uuid4

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.errors import StageError
from pipeline.places import AnyPath, for_each, parquet_files, readable
from pipeline.records import Article
from pipeline.store import digest, write_table
from pipeline.tables import ARTICLES, articles_of, to_batch

_SOURCES = b"newsmoves.sources"
# Row groups this small let single files be read back from a shard; this many of them stay in memory.
_GROUP_ROWS = 64
_KEPT_GROUPS = 48
_SHARD_ROWS = 512
_SHARD_CHARS = 4_000_000
_LIGHT = ("article_id", "source_uri", "url", "title", "publisher", "authors", "language", "published_at")
_LIGHT_REST = ("published_source", "text_sha256", "word_count", "status", "reason")


@dataclass(frozen=True, slots=True)
class Piece:
    """Consecutive rows of one shard that come from one source. `last` ends the source.

    A source is read in one attempt or, after a kill, in several; pieces of different attempts are cut at
    different places and never go together.
    """

    source_key: str
    attempt: str
    part: int
    last: bool
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One article of the catalogue: where its row is, what must be changed in it, and its content key."""

    shard: AnyPath
    row: int
    article_id: str
    source_uri: str
    status: str
    reason: str | None
    content_key: str


class ShardWriter:
    """Gathers articles of several sources, or a part of one, into shards.

    A shard file appears only when complete; its metadata lists the pieces it holds. A source counts as read
    when all pieces of one attempt, from 0 to the last one, are there.
    """

    def __init__(self, folder: AnyPath, tick: Callable[[], None] | None = None) -> None:
        self._folder = folder
        self._tick = tick
        self._rows: list[Article] = []
        self._chars = 0
        self._pieces: list[Piece] = []
        self.files: list[AnyPath] = []

    def add(self, source_key: str, articles: Iterable[Article], after: Piece | None = None) -> int:
        """Take all articles of one source, or those that come after a piece of it, and count them."""
        attempt, part = (after.attempt, after.part + 1) if after else (uuid4().hex, 0)
        start, met = len(self._rows), 0
        for article in articles:
            if len(self._rows) >= _SHARD_ROWS or self._chars >= _SHARD_CHARS:
                self._pieces.append(Piece(source_key, attempt, part, False, start, len(self._rows)))
                self.flush()
                part, start = part + 1, 0
            self._rows.append(article)
            self._chars += len(article.text)
            met += 1
            if self._tick:
                self._tick()
        self._pieces.append(Piece(source_key, attempt, part, True, start, len(self._rows)))
        return met

    def flush(self) -> None:
        """Write what was gathered."""
        if not self._pieces:
            return
        named = json.dumps([astuple(piece) for piece in self._pieces], separators=(",", ":"))
        path = self._folder / f"{digest(named)}.parquet"
        schema = ARTICLES.with_metadata({**(ARTICLES.metadata or {}), _SOURCES: named.encode()})
        try:
            write_table(path, [_batch(self._rows)], schema, group_rows=_GROUP_ROWS)
        except OSError as err:
            raise StageError(f"{path}: cannot be written: {err.strerror or err}") from err
        self.files.append(path)
        self._rows, self._pieces, self._chars = [], [], 0


def _batch(articles: Sequence[Article]) -> pa.RecordBatch:
    try:
        return to_batch(articles, ARTICLES)
    except UnicodeEncodeError:  # half of a surrogate pair, as JSON can spell it
        return to_batch([_encodable(article) for article in articles], ARTICLES)


def _encodable(article: Article) -> Article:
    """With a question mark for each character that cannot be written; no offset moves."""

    def mended(value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(map(mended, value))
        return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value

    return replace(article, **{item.name: mended(getattr(article, item.name)) for item in fields(article)})


class Catalogue:
    """The shards on disk, and the articles in them that belong to the sources of this run."""

    def __init__(self, folder: AnyPath) -> None:
        self._folder = folder
        self._pieces: dict[str, dict[str, dict[int, tuple[AnyPath, Piece]]]] = {}
        self.note(parquet_files(self._folder))

    def note(self, paths: Sequence[AnyPath]) -> int:
        """Take shards into account and count the sources that end in them.

        One that cannot be read is removed, and its sources are read again.
        """
        listed = zip(paths, for_each(paths, _listed), strict=True)
        return sum(self._note(path, pieces) for path, pieces in listed)

    def _note(self, path: AnyPath, pieces: Sequence[Piece] | None) -> int:
        if pieces is None:
            path.unlink(missing_ok=True)
            return 0
        for piece in pieces:
            attempts = self._pieces.setdefault(piece.source_key, {})
            attempts.setdefault(piece.attempt, {})[piece.part] = (path, piece)
        return sum(piece.last for piece in pieces)

    def has(self, source_key: str) -> bool:
        """Whether all articles of the source are there."""
        last = self.end(source_key)
        return last is not None and last.last

    def rows(self, source_key: str) -> int:
        """The number of articles that were read of a source."""
        return sum(piece.stop - piece.start for _, piece in self._chain(source_key))

    def files(self, source_key: str) -> list[AnyPath]:
        """The shards that hold articles of the source."""
        return [path for path, _ in self._chain(source_key)]

    def end(self, source_key: str) -> Piece | None:
        """The piece up to which a source was read; None where it was not."""
        chain = self._chain(source_key)
        return chain[-1][1] if chain else None

    def _chain(self, source_key: str) -> list[tuple[AnyPath, Piece]]:
        """The pieces of a source in their order: of an attempt that came to the end, else of the longest."""

        def merit(chain: list[tuple[AnyPath, Piece]]) -> tuple[bool, int]:
            return chain[-1][1].last, sum(piece.stop - piece.start for _, piece in chain)

        chains = []
        for _, parts in sorted(self._pieces.get(source_key, {}).items()):
            chain = list(takewhile(lambda found: found is not None, map(parts.get, count())))
            if chain:
                chains.append(cast("list[tuple[AnyPath, Piece]]", chain))
        return max(chains, key=merit, default=[])

    def drop_unused(self, source_keys: Iterable[str]) -> None:
        """Remove shards that hold nothing of these sources."""
        used = {path for key in source_keys for path, _ in self._chain(key)}
        for path in parquet_files(self._folder):
            if path not in used:
                path.unlink()

    def entries(self, source_keys: Sequence[str], limit: int | None = None) -> list[Entry]:
        """The articles of these sources, in their order; a second one of the same id gets its own id."""
        light: dict[AnyPath, list[dict[str, Any]]] = {}
        found: list[Entry] = []
        taken: set[str] = set()
        for source_key in source_keys:
            for path, piece in self._chain(source_key):
                if path not in light:
                    if len(light) >= _KEPT_GROUPS:
                        light.pop(next(iter(light)))
                    light[path] = _columns(path, [*_LIGHT, *_LIGHT_REST])
                for row in range(piece.start, piece.stop):
                    if limit is not None and len(found) >= limit:
                        return found
                    found.append(_entry(path, row, light[path][row], taken))
        return found


def _listed(path: AnyPath) -> list[Piece] | None:
    """The pieces that a shard says it holds; None where it cannot be read."""
    try:
        metadata = pq.read_schema(readable(path)).metadata or {}
        return [Piece(*values) for values in json.loads(metadata[_SOURCES])]
    except (OSError, pa.ArrowInvalid, KeyError, ValueError):
        return None


def _columns(path: AnyPath, names: Sequence[str]) -> list[dict[str, Any]]:
    # Not `read_table`: it imports pandas, which takes as long as the reading of 200 articles.
    with pq.ParquetFile(readable(path)) as shard:
        rows: list[dict[str, Any]] = shard.read(columns=list(names)).to_pylist()
    return rows


def light_rows(entries: Iterable[Entry], columns: Sequence[str]) -> Iterator[dict[str, Any]]:
    """These columns of each entry's row, without reading any text."""
    kept: dict[AnyPath, list[dict[str, Any]]] = {}
    for entry in entries:
        if entry.shard not in kept:
            if len(kept) >= _KEPT_GROUPS:
                kept.pop(next(iter(kept)))
            kept[entry.shard] = _columns(entry.shard, columns)
        yield kept[entry.shard][entry.row]


class Texts:
    """Reads whole articles back from shards; only a bounded number of them is in memory."""

    def __init__(self) -> None:
        self._groups: OrderedDict[tuple[AnyPath, int], list[Article]] = OrderedDict()
        self._open: tuple[AnyPath, pq.ParquetFile] | None = None

    def articles(self, entries: Iterable[Entry]) -> Iterator[Article]:
        """The articles of these entries, one by one."""
        for entry in entries:
            article = self._group(entry.shard, entry.row // _GROUP_ROWS)[entry.row % _GROUP_ROWS]
            if article.article_id != entry.article_id:
                article = replace(article, article_id=entry.article_id)
            yield article

    def _group(self, path: AnyPath, group: int) -> list[Article]:
        key = (path, group)
        if key in self._groups:
            self._groups.move_to_end(key)
            return self._groups[key]
        try:
            if self._open is None or self._open[0] != path:
                self._open = (path, pq.ParquetFile(readable(path)))
            rows = list(articles_of(self._open[1].read_row_group(group)))
        except OSError as err:  # no fault of the article
            raise StageError(
                f"{path}: cannot be read on {gethostname()}: {err}; every node must see the output under the same path"
            ) from err
        self._groups[key] = rows
        if len(self._groups) > _KEPT_GROUPS:
            self._groups.popitem(last=False)
        return rows


def _entry(path: AnyPath, row: int, light: Mapping[str, Any], taken: set[str]) -> Entry:
    article_id = light["article_id"]
    if article_id in taken:
        article_id = digest(article_id, light["source_uri"])[: len(article_id)]
    taken.add(article_id)
    # Where a file lies does not change what its article says, so a moved file is not extracted again.
    said = [str(light[name]) for name in (*_LIGHT, *_LIGHT_REST) if name not in {"article_id", "source_uri"}]
    return Entry(
        shard=path,
        row=row,
        article_id=article_id,
        source_uri=light["source_uri"],
        status=light["status"],
        reason=light["reason"],
        content_key=digest(article_id, *said),
    )
