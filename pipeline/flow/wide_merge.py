"""`dedupe` for more mentions than one process should merge, as steps of a shuffle; the answer is the same.

    (here)    names of persons and companies -> groups: mentions that can have to do with each other
    (here)    mentions                       -> the same by group
    merge     groups                         -> mentions with their ids, and events, by ranges of their keys
    (here)    ranges, one after the other    -> tables

Only names and one number for each mention are in the memory of the process that runs this.
"""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from pipeline.engines import Engine
from pipeline.errors import StageError
from pipeline.flow.memory import BYTES_PER_MENTION
from pipeline.flow.mentions import Found
from pipeline.flow.outputs import Merged, even_batches
from pipeline.flow.shuffle import PART, Made, Step, read_part, run_step, write_parts
from pipeline.places import AnyPath, remove_folder
from pipeline.tables import EVENT_MENTIONS, EVENTS, mentions_of, to_batch

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from pipeline.dedupe.companies import Companies
    from pipeline.dedupe.copies import Copies
    from pipeline.dedupe.seats import Named
    from pipeline.dedupe.settings import DedupeSettings

# Most mentions of one task, unless one group has more, and least; between the two, so many tasks as keep the processes
# of a machine busy.
TASK_MENTIONS = 20_000
_LEAST_TASK_MENTIONS = 2_000
_TASKS = 64
# Mentions that are spread at once: so many that each part gets some.
_SPREAD_MENTIONS = 50_000
# Ranges of keys into which each task cuts its rows: a range is sorted in memory.
_RANGES = 64
# What a mention's article is, and what its companies are called: everything else that merging asks for.
_COLUMNS: dict[str, pa.DataType] = {
    "url": pa.string(),
    "publisher": pa.string(),
    "published_at": pa.timestamp("us", tz="UTC"),
    "original": pa.string(),
    "original_publisher": pa.string(),
    "company_key": pa.string(),
    "company_name": pa.string(),
    "other_key": pa.string(),
    "other_name": pa.string(),
    PART: pa.int32(),
}
_ABOUT = pa.schema(_COLUMNS)


def merge_wide(
    found: Found,
    copies: Copies,
    settings: DedupeSettings,
    engine: Engine,
    folder: AnyPath,
    room_bytes: int,
    rules: tuple[Path, ...] = (),
) -> Merged:
    """What `dedupe` makes of these mentions where there was no former run.

    Args:
        found: Of `names_only`.
        copies: Of the articles.
        settings: As of `dedupe`.
        engine: Who merges the groups.
        folder: Where they keep their tables.
        room_bytes: Memory that one process of the engine may use.
        rules: Folders of rules that add to the built-in ones.

    Raises:
        StageError: A group is too large for one process.
    """
    from pipeline.dedupe.groups import group_mentions
    from pipeline.dedupe.stage import companies_named

    companies = companies_named(found.named, copies.renames, settings)
    part = _parts(group_mentions(found.named, companies, settings.names), room_bytes)
    _spread(found, part, companies, copies, folder)
    article_ids = sorted({mention.article_id for mention in found.named})
    ranges = min(_RANGES, -(-len(article_ids) // 1_000))
    merge = Merge(
        settings,
        tuple(sorted(companies.renamed)),
        tuple(article_ids[number * len(article_ids) // ranges] for number in range(1, ranges)),
        tuple(f"e_{number * 65_536 // ranges:04x}" for number in range(1, ranges)),
    )
    counts: Counter[str] = Counter()
    company_ids: set[str] = set()
    for note in run_step(engine, Step(folder, "merge", merge, rules), list(range(int(part.max(initial=-1)) + 1))):
        company_ids.update(note["company_ids"])
        counts.update(note["counts"])
    persons, events = counts.pop("persons", 0), counts.pop("events", 0)
    return Merged(
        copies.duplicates,
        even_batches(_sorted(folder / "mentions", ranges, "article_id", "mention_id"), EVENT_MENTIONS),
        even_batches(_sorted(folder / "events", ranges, "event_id"), EVENTS),
        sorted(copies.cut, key=lambda row: row.article_id),
        {
            "articles": len(copies.heads),
            "copies": len(copies.duplicates),
            "mentions": len(found.named),
            "persons": persons,
            "companies": len(company_ids),
            "events": events,
            "merges": 0,
            **dict(sorted((copies.bounds + counts).items())),
        },
    )


def _parts(groups: NDArray[np.int32], room_bytes: int) -> NDArray[np.int32]:
    """The part of each mention: whole groups, the largest ones first."""
    import numpy as np

    size = min(TASK_MENTIONS, max(_LEAST_TASK_MENTIONS, len(groups) // _TASKS))
    sizes = np.bincount(groups)
    largest = int(sizes.max(initial=0))
    if largest * BYTES_PER_MENTION > room_bytes:
        raise StageError(
            f"dedupe: {largest:,} event mentions are of people who may be one, by way of others, and merging them needs"
            f" {largest * BYTES_PER_MENTION / 1e9:.1f} GB in one process, where {room_bytes / 1e9:.1f} GB are free; "
            "split the input by time, an output for each"
        )
    order = np.argsort(-sizes, kind="stable")
    part_of_group = np.empty(len(sizes), dtype=np.int32)
    part_of_group[order] = (np.cumsum(sizes[order]) - sizes[order]) // size
    _, part = np.unique(part_of_group[groups], return_inverse=True)  # a large group leaves numbers out
    return part.astype(np.int32)


def _spread(found: Found, part: NDArray[np.int32], companies: Companies, copies: Copies, folder: AnyPath) -> None:
    """Write the mentions by part, each with what merging asks for beside it."""
    remove_folder(folder / "by_group")  # what a killed run may have left
    tables: list[pa.Table] = []
    start = 0
    for number, table in enumerate(found.mention_tables()):
        tables.append(table)
        rows = sum(table.num_rows for table in tables)
        if rows and (rows >= _SPREAD_MENTIONS or start + rows == len(found.named)):
            named = found.named[start : start + rows]
            columns = [*_about(named, companies, copies), pa.array(part[start : start + rows], pa.int32())]
            whole = pa.concat_tables(tables)
            for field, column in zip(_ABOUT, columns, strict=True):
                whole = whole.append_column(field, column)
            write_parts(folder / "by_group", number, whole)
            tables, start = [], start + rows


def _about(named: Sequence[Named], companies: Companies, copies: Copies) -> list[pa.Array[Any]]:
    """The columns of `_ABOUT` but the part."""

    def called(name: str | None) -> tuple[str | None, str | None]:
        key = companies.key(name) if name else None
        return key, companies.name(key) if key else None

    rows = []
    for mention in named:
        head = copies.heads[mention.article_id]
        original = copies.heads[copies.duplicates.get(mention.article_id, (mention.article_id,))[0]]
        names = (*called(mention.company), *called(mention.other_company))
        rows.append((head.url, head.publisher, head.published_at, original.article_id, original.publisher, *names))
    return [pa.array(column, field.type) for column, field in zip(zip(*rows, strict=True), _ABOUT, strict=False)]


@dataclass(frozen=True, slots=True)
class Merge:
    """Groups to events. The tables are cut where the keys given begin."""

    settings: DedupeSettings
    renamed: tuple[tuple[str, str], ...]
    article_ids: tuple[str, ...]
    event_ids: tuple[str, ...]

    def __call__(self, folder: AnyPath, part: int) -> Made:
        """Merge the groups of a part."""
        from pipeline.dedupe import dedupe
        from pipeline.dedupe.companies import Companies

        table = read_part(folder / "by_group", part)
        if table is None:
            raise StageError(f"{folder}: the event mentions of part {part} are not there")
        about = table.select(_ABOUT.names).to_pylist()
        mentions = list(mentions_of(table.select(EVENT_MENTIONS.names)))
        rows = {
            (name, row[f"{which}_key"], row[f"{which}_name"])
            for mention, row in zip(mentions, about, strict=True)
            for which, name in (("company", mention.company), ("other", mention.other_company))
            if name
        }
        companies = Companies.known(rows, self.renamed)
        copies = _copies([mention.article_id for mention in mentions], about)
        result = dedupe((), mentions, settings=self.settings, copies=copies, companies=companies)
        counts = {name: result.counts[name] for name in ("persons", "events", *copies.bounds)}
        return (
            {
                "mentions": _cut(to_batch(result.mentions, EVENT_MENTIONS), "article_id", self.article_ids),
                "events": _cut(to_batch(result.events, EVENTS), "event_id", self.event_ids),
            },
            {"counts": counts, "company_ids": sorted({m.company_id for m in result.mentions if m.company_id})},
        )


def _copies(article_ids: Sequence[str], about: Sequence[dict[str, Any]]) -> Copies:
    """What is known of the articles of some mentions, and of the originals of which they are copies."""
    from pipeline.dedupe.articles import ArticleHead
    from pipeline.dedupe.copies import Copies

    found = Copies()
    for article_id, row in zip(article_ids, about, strict=True):
        found.heads[article_id] = ArticleHead(article_id, row["url"], row["publisher"], row["published_at"])
        if row["original"] != article_id:
            found.duplicates[article_id] = (row["original"], "near")
    for row in about:
        found.heads.setdefault(row["original"], ArticleHead(row["original"], None, row["original_publisher"], None))
    return found


def _cut(batch: pa.RecordBatch, key: str, starts: Sequence[str]) -> pa.Table:
    """The rows with the range of each: the number of starts that are not above its key."""
    ranges = [bisect(starts, str(value)) for value in batch[key].to_pylist()]
    return pa.Table.from_batches([batch]).append_column(_ABOUT.field(PART), pa.array(ranges, pa.int32()))


def _sorted(folder: AnyPath, ranges: int, *keys: str) -> Iterator[pa.Table]:
    """The rows of each range, in order."""
    for number in range(ranges):
        table = read_part(folder, number)
        if table is not None:
            yield table.drop_columns([PART]).sort_by([(key, "ascending") for key in keys])
