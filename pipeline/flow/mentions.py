"""Finished extraction: shards with one row per article, found again by what the article says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.engines import Engine, Work
from pipeline.errors import StageError
from pipeline.flow.articles import Entry, Texts
from pipeline.flow.progress import kind_of
from pipeline.places import AnyPath, for_each, parquet_files, readable, remove_folder
from pipeline.records import EventMention
from pipeline.store import digest, write_table
from pipeline.tables import ARTICLES, EVENT_MENTIONS, REJECTIONS, mentions_of, to_batch

if TYPE_CHECKING:
    from pipeline.dedupe.seats import Named

EXTRACTED = pa.schema(
    [
        pa.field("content_key", pa.string()),
        pa.field("failure", pa.string()),
        pa.field("mentions", pa.list_(pa.struct(list(EVENT_MENTIONS)))),
        pa.field("rejections", pa.list_(pa.struct(list(REJECTIONS)))),
    ]
)
# Small chunks keep all processes busy to the end: those of 8 articles did, those of 32 of 160 articles did not.
# Large ones spare work: those of 16 cost 0.91 of the CPU time of those of 8, and those of 32 no less.
CHUNK_ARTICLES = 16
_FEW_ARTICLES, _SMALL_CHUNK = 64, 8  # of a shard
# A kill costs at most the work on the shards that are open, one for each process: a second to some ten.
_SHARD_ARTICLES = 512
_LEAST_SHARD_ARTICLES = 32
_SHARDS = 64


Run = Callable[[pa.RecordBatch], tuple[pa.RecordBatch, pa.RecordBatch]]
"""Articles in, event mentions and rejections out."""

ExtractLoad = Callable[[], Run]
"""Makes a `Run`, once per process; must be picklable."""

Chunk = tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of some articles: rows, or for a single article the reason why there are none."""

    mentions: pa.RecordBatch
    rejections: pa.RecordBatch
    failures: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Extraction:
    """The job of extracting articles, given by where their rows are; its outcome are their content keys."""

    make: ExtractLoad
    folder: AnyPath

    def load(self) -> Work[Chunk, Outcome]:
        """Load the extractor."""
        run, texts = self.make(), Texts()

        def work(chunk: Chunk, _: Callable[[], None]) -> Outcome:
            return Outcome(*run(to_batch(texts.articles(chunk), ARTICLES)), {})

        return work

    def tasks(self, shard: Chunk) -> list[Chunk]:
        """Some articles at a time."""
        size = CHUNK_ARTICLES if len(shard) > _FEW_ARTICLES else min(CHUNK_ARTICLES, _SMALL_CHUNK)
        return [shard[start : start + size] for start in range(0, len(shard), size)]

    def split(self, task: Chunk) -> list[Chunk]:
        """Each article alone."""
        return [(entry,) for entry in task]

    def lost(self, task: Chunk, reason: str) -> Outcome:
        """A failed article."""
        [entry] = task
        mentions = pa.RecordBatch.from_pylist([], schema=EVENT_MENTIONS)
        rejections = pa.RecordBatch.from_pylist([], schema=REJECTIONS)
        return Outcome(mentions, rejections, {entry.article_id: f"extraction {reason}"})

    def commit(self, shard: Chunk, results: Sequence[Outcome]) -> list[str]:
        """Write a row for each article; the same articles make the same file, whoever does it again."""
        grouped = _by_article(results)
        failures = {article_id: why for result in results for article_id, why in result.failures.items()}
        rows = []
        for entry in sorted(shard, key=lambda entry: entry.content_key):
            mentions, rejections = grouped.get(entry.article_id, ([], []))
            rows.append(
                {
                    "content_key": entry.content_key,
                    "failure": failures.get(entry.article_id),
                    "mentions": mentions,
                    "rejections": rejections,
                }
            )
        keys = [str(row["content_key"]) for row in rows]
        batch = pa.RecordBatch.from_pylist(rows, schema=EXTRACTED)
        write_table(self.folder / f"{digest(*keys)}.parquet", [batch], EXTRACTED)
        return keys


class Extracted:
    """The extraction shards made by one extractor; those of others are of no use to it."""

    def __init__(self, folder: AnyPath, extractor: str) -> None:
        self._root = folder
        self._folder = folder / extractor[:16]
        self._folder.mkdir(parents=True, exist_ok=True)
        self.keys: set[str] = set()
        paths = parquet_files(self._folder)
        for path, keys in zip(paths, for_each(paths, _keys_if_whole), strict=True):
            if keys is None:
                path.unlink(missing_ok=True)
            else:
                self.keys.update(keys)

    def extract(
        self, engine: Engine, make: ExtractLoad, pending: Sequence[Entry], advance: Callable[[int], None]
    ) -> None:
        """Have the engine extract these articles and keep what it finds."""
        for keys in engine.run(Extraction(make, self._folder), _shards(pending)):
            self.keys.update(keys)
            advance(len(keys))

    def parts(self, wanted: Mapping[str, str]) -> Iterator[pa.Table]:
        """What was found for these content keys, as tables with the columns of `EXTRACTED`.

        An article whose key occurs in two shards, after two kills, is given once.
        """
        given: set[str] = set()
        for part in for_each(parquet_files(self._folder), _whole):
            taken = []
            for row, key in enumerate(map(str, part["content_key"].to_pylist())):
                if key in wanted and key not in given:
                    given.add(key)
                    taken.append(row)
            yield part if len(taken) == part.num_rows else part.take(pa.array(taken, pa.int64()))

    def drop_unused(self, wanted: Mapping[str, str]) -> None:
        """Remove what other extractors left, and shards of which nothing is wanted any more."""
        for folder in self._root.iterdir():
            if folder != self._folder:
                remove_folder(folder)
        paths = parquet_files(self._folder)
        for path, keys in zip(paths, for_each(paths, _keys), strict=True):
            if not any(key in wanted for key in keys):
                path.unlink()


def _whole(path: AnyPath) -> pa.Table:
    return pq.read_table(readable(path))


def _keys_if_whole(path: AnyPath) -> list[str] | None:
    try:
        return _keys(path)
    except (OSError, pa.ArrowInvalid):
        return None


def _keys(path: AnyPath) -> list[str]:
    column = pq.read_table(readable(path), columns=["content_key"])["content_key"]
    return [str(key) for key in column.to_pylist()]


@dataclass(frozen=True, slots=True)
class NamedMention:
    """Who is named where in an event mention, and nothing else of it."""

    mention_id: str
    article_id: str
    person: str
    company: str | None
    other_company: str | None


_NAMED = [field.name for field in fields(NamedMention)]


class Found:
    """What extraction found in the articles of this run: rejections as Arrow, and mentions as records.

    With `names_only`, `mentions` stays empty, and `named` holds what of them says who is named where.
    """

    def __init__(self, wanted: Mapping[str, str], extracted: Extracted, names_only: bool = False) -> None:
        self.keys = wanted
        self.names_only = names_only
        self.failures: dict[str, str] = {}
        self.mentions: list[EventMention] = []
        names: list[NamedMention] = []
        rejections: list[pa.Table] = []
        met = 0
        self._extracted = extracted
        for part in extracted.parts(wanted):
            met += part.num_rows
            for row in part.select(["content_key", "failure"]).to_pylist():
                if row["failure"]:
                    self.failures[wanted[row["content_key"]]] = row["failure"]
            mentions = _flat(part["mentions"], EVENT_MENTIONS)
            if names_only:
                names += (NamedMention(**row) for row in mentions.select(_NAMED).to_pylist())
            else:
                self.mentions += mentions_of(mentions)
            rejections.append(_flat(part["rejections"], REJECTIONS))
        self.named: Sequence[Named] = names if names_only else self.mentions
        self.rejections = pa.concat_tables([REJECTIONS.empty_table(), *rejections])
        if met != len(wanted):
            raise StageError(f"extract: {len(wanted)} articles went in and {met} came out")
        if len({mention.mention_id for mention in self.named}) != len(self.named):
            raise StageError("extract: two event mentions have the same mention_id")

    def mention_tables(self) -> Iterator[pa.Table]:
        """All event mentions, in the order of `named`, read once more."""
        return (_flat(part["mentions"], EVENT_MENTIONS) for part in self._extracted.parts(self.keys))

    def counts(self) -> dict[str, Any]:
        """Counts for the log and for run.json."""
        reasons: Counter[str] = Counter()
        for row in self.rejections.group_by("reason").aggregate([([], "count_all")]).to_pylist():
            reasons[kind_of(row["reason"])] += row["count_all"]
        return {
            "articles_failed": len(self.failures),
            "event_mentions": len(self.named),
            "rejections": self.rejections.num_rows,
            "rejection_reasons": dict(sorted(reasons.items())),
        }


def _flat(column: Any, schema: pa.Schema) -> pa.Table:
    """The structs in a column of lists as a table of their own."""
    batches = [pa.RecordBatch.from_struct_array(chunk.flatten()) for chunk in column.chunks]
    return pa.Table.from_batches(batches, schema.remove_metadata()).cast(schema)


def _shards(pending: Sequence[Entry]) -> list[Chunk]:
    size = min(_SHARD_ARTICLES, max(_LEAST_SHARD_ARTICLES, -(-len(pending) // _SHARDS)))
    return [tuple(pending[start : start + size]) for start in range(0, len(pending), size)]


def _by_article(results: Iterable[Outcome]) -> dict[str, tuple[list[dict[str, Any]], list[dict[str, Any]]]]:
    grouped: dict[str, tuple[list[dict[str, Any]], list[dict[str, Any]]]] = {}
    for result in results:
        for place, batch in enumerate((result.mentions, result.rejections)):
            for row in batch.to_pylist():
                grouped.setdefault(row["article_id"], ([], []))[place].append(row)
    return grouped
