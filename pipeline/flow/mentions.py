"""Finished extraction: shards with one row per article, found again by what the article says."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.engines import Engine, Work
from pipeline.errors import StageError
from pipeline.flow.progress import kind_of
from pipeline.records import Article, EventMention
from pipeline.store import digest, write_table
from pipeline.tables import ARTICLES, EVENT_MENTIONS, REJECTIONS, mentions_of, to_batch

EXTRACTED = pa.schema(
    [
        pa.field("content_key", pa.string()),
        pa.field("failure", pa.string()),
        pa.field("mentions", pa.list_(pa.struct(list(EVENT_MENTIONS)))),
        pa.field("rejections", pa.list_(pa.struct(list(REJECTIONS)))),
    ]
)
# Chunks of 8 articles keep all processes busy to the end; chunks of 32 of 160 articles did not.
CHUNK_ARTICLES = 8
# A kill costs at most this many articles of work.
_SHARD_ARTICLES = 128


Run = Callable[[pa.RecordBatch], tuple[pa.RecordBatch, pa.RecordBatch]]
"""Articles in, event mentions and rejections out."""

ExtractLoad = Callable[[], Run]
"""Makes a `Run`, once per process; must be picklable."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of some articles: rows, or for an article in `failures` the reason why there are none."""

    article_ids: tuple[str, ...]
    mentions: pa.RecordBatch
    rejections: pa.RecordBatch
    failures: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class GuardedLoad:
    """Makes the work of extracting a batch of articles."""

    load: ExtractLoad

    def __call__(self) -> Work[pa.RecordBatch, Outcome]:
        """Load the extractor."""
        run = self.load()

        def work(batch: pa.RecordBatch, _: Callable[[], None]) -> Outcome:
            return Outcome(_ids(batch), *run(batch), {})

        return work


def _ids(batch: pa.RecordBatch) -> tuple[str, ...]:
    return tuple(str(value) for value in batch.column("article_id").to_pylist())


def _single(batch: pa.RecordBatch) -> list[pa.RecordBatch]:
    return [batch.slice(row, 1) for row in range(batch.num_rows)]


def _lost(batch: pa.RecordBatch, reason: str) -> Outcome:
    [article_id] = _ids(batch)
    mentions = pa.RecordBatch.from_pylist([], schema=EVENT_MENTIONS)
    rejections = pa.RecordBatch.from_pylist([], schema=REJECTIONS)
    return Outcome((article_id,), mentions, rejections, {article_id: f"extraction {reason}"})


class Extracted:
    """The extraction shards made by one extractor; those of others are of no use to it."""

    def __init__(self, folder: Path, extractor: str) -> None:
        self._root = folder
        self._folder = folder / extractor[:16]
        self._folder.mkdir(parents=True, exist_ok=True)
        self.keys: set[str] = set()
        for path in sorted(self._folder.glob("*.parquet")):
            try:
                self.keys.update(_keys(path))
            except (OSError, pa.ArrowInvalid):
                path.unlink(missing_ok=True)

    def extract(
        self,
        engine: Engine,
        load: ExtractLoad,
        pending: Iterable[tuple[str, Article]],
        advance: Callable[[int], None],
    ) -> None:
        """Have the engine extract these articles, given with their content keys, and keep what it finds."""
        waiting: dict[str, str] = {}
        rows: list[dict[str, Any]] = []
        for outcome in engine.map(GuardedLoad(load), _chunks(pending, waiting), _single, _lost):
            grouped = _by_article(outcome.mentions, outcome.rejections)
            for article_id in outcome.article_ids:
                mentions, rejections = grouped.get(article_id, ([], []))
                rows.append(
                    {
                        "content_key": waiting.pop(article_id),
                        "failure": outcome.failures.get(article_id),
                        "mentions": mentions,
                        "rejections": rejections,
                    }
                )
            advance(len(outcome.article_ids))
            if len(rows) >= _SHARD_ARTICLES:
                self._keep(rows)
                rows = []
        self._keep(rows)

    def _keep(self, rows: list[dict[str, Any]]) -> None:
        if not rows:
            return
        rows.sort(key=lambda row: str(row["content_key"]))
        keys = [row["content_key"] for row in rows]
        batch = pa.RecordBatch.from_pylist(rows, schema=EXTRACTED)
        write_table(self._folder / f"{digest(*keys)}.parquet", [batch], EXTRACTED)
        self.keys.update(keys)

    def parts(self, wanted: Mapping[str, str]) -> Iterator[pa.Table]:
        """What was found for these content keys, as tables with the columns of `EXTRACTED`.

        An article whose key occurs in two shards, after two kills, is given once.
        """
        given: set[str] = set()
        for path in sorted(self._folder.glob("*.parquet")):
            part = pq.read_table(path)
            taken = []
            for row, key in enumerate(_keys(path)):
                if key in wanted and key not in given:
                    given.add(key)
                    taken.append(row)
            yield part if len(taken) == part.num_rows else part.take(pa.array(taken, pa.int64()))

    def drop_unused(self, wanted: Mapping[str, str]) -> None:
        """Remove what other extractors left, and shards of which nothing is wanted any more."""
        for folder in self._root.iterdir():
            if folder != self._folder:
                shutil.rmtree(folder, ignore_errors=True)
        for path in self._folder.glob("*.parquet"):
            if not any(key in wanted for key in _keys(path)):
                path.unlink()


def _keys(path: Path) -> list[str]:
    column = pq.read_table(path, columns=["content_key"])["content_key"]
    return [str(key) for key in column.to_pylist()]


class Found:
    """What extraction found in the articles of this run: mentions as records, rejections as Arrow."""

    def __init__(self, wanted: Mapping[str, str], extracted: Extracted) -> None:
        self.keys = wanted
        self.failures: dict[str, str] = {}
        self.mentions: list[EventMention] = []
        rejections: list[pa.Table] = []
        met = 0
        for part in extracted.parts(wanted):
            met += part.num_rows
            for row in part.select(["content_key", "failure"]).to_pylist():
                if row["failure"]:
                    self.failures[wanted[row["content_key"]]] = row["failure"]
            self.mentions += mentions_of(_flat(part["mentions"], EVENT_MENTIONS))
            rejections.append(_flat(part["rejections"], REJECTIONS))
        self.rejections = pa.concat_tables([REJECTIONS.empty_table(), *rejections])
        if met != len(wanted):
            raise StageError(f"extract: {len(wanted)} articles went in and {met} came out")
        if len({mention.mention_id for mention in self.mentions}) != len(self.mentions):
            raise StageError("extract: two event mentions have the same mention_id")

    def counts(self) -> dict[str, Any]:
        """Counts for the log and for run.json."""
        reasons: Counter[str] = Counter()
        for row in self.rejections.group_by("reason").aggregate([([], "count_all")]).to_pylist():
            reasons[kind_of(row["reason"])] += row["count_all"]
        return {
            "articles_failed": len(self.failures),
            "event_mentions": len(self.mentions),
            "rejections": self.rejections.num_rows,
            "rejection_reasons": dict(sorted(reasons.items())),
        }


def _flat(column: Any, schema: pa.Schema) -> pa.Table:
    """The structs in a column of lists as a table of their own."""
    batches = [pa.RecordBatch.from_struct_array(chunk.flatten()) for chunk in column.chunks]
    return pa.Table.from_batches(batches, schema.remove_metadata()).cast(schema)


def _chunks(pending: Iterable[tuple[str, Article]], waiting: dict[str, str]) -> Iterator[pa.RecordBatch]:
    chunk: list[Article] = []
    for content_key, article in pending:
        waiting[article.article_id] = content_key
        chunk.append(article)
        if len(chunk) >= CHUNK_ARTICLES:
            yield to_batch(chunk, ARTICLES)
            chunk = []
    if chunk:
        yield to_batch(chunk, ARTICLES)


def _by_article(
    mentions: pa.RecordBatch, rejections: pa.RecordBatch
) -> dict[str, tuple[list[dict[str, Any]], list[dict[str, Any]]]]:
    grouped: dict[str, tuple[list[dict[str, Any]], list[dict[str, Any]]]] = {}
    for place, batch in enumerate((mentions, rejections)):
        for row in batch.to_pylist():
            grouped.setdefault(row["article_id"], ([], []))[place].append(row)
    return grouped
