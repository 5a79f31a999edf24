"""`find_copies` for more articles than fit in memory, as steps of a shuffle; the answer is the same.

    shingle   shards of texts      -> shingles, by site
    strip     sites                -> shingles without furniture, and the bucket keys of each text, by bucket
    bucket    buckets              -> links between texts that share one
    (here)    links                -> groups: texts that matter to each other, if only by way of others
    gather    stripped texts       -> the same by group
    compare   groups               -> copies

Only links and one number for each text are ever in the memory of the process that runs this.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.engines import Engine
from pipeline.errors import StageError
from pipeline.flow.articles import Entry, Texts, light_rows
from pipeline.flow.shuffle import PART, Made, Step, read_all_parts, read_part, run_step
from pipeline.places import AnyPath, parquet_files, readable
from pipeline.store import write_table

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from pipeline.dedupe.articles import ArticleHead
    from pipeline.dedupe.copies import Copies
    from pipeline.dedupe.settings import CopySettings

# Most texts of one task, each of which takes some 25 kB for a moment, and least: every task of a step reads from every
# file of the step before. Between the two, so many tasks as keep the processes of a machine busy.
TASK_TEXTS = 20_000
_LEAST_TASK_TEXTS = 5_000
_TASKS = 64
# What comparing takes for each text of a group: shingles, sets of them, buckets.
_BYTES_PER_TEXT = 12_000
_COLUMNS: dict[str, pa.DataType] = {
    "number": pa.int64(),
    "article_id": pa.string(),
    "publisher": pa.string(),
    "published_at": pa.timestamp("us", tz="UTC"),
    "persons": pa.list_(pa.string()),
    "length": pa.int64(),
    "shingles": pa.large_list(pa.uint32()),
    PART: pa.int32(),
}
_TEXT = pa.schema(_COLUMNS)
_KEY = pa.schema({"band": pa.uint8(), "key": pa.uint64(), "number": pa.int64(), PART: pa.int32()})
_LABEL = pa.schema({PART: pa.int32()})


@dataclass(frozen=True, slots=True)
class Text:
    """The oldest article of a text, and the persons whose moves it tells."""

    number: int
    entry: Entry
    persons: tuple[str, ...]


def find_copies_wide(
    entries: Sequence[Entry],
    failures: Mapping[str, str],
    persons: Mapping[str, frozenset[str]],
    settings: CopySettings,
    engine: Engine,
    folder: AnyPath,
    room_bytes: int,
    rules: tuple[Path, ...] = (),
) -> Copies:
    """What `find_copies` finds among these articles.

    Args:
        entries: All articles.
        failures: Articles that could not be extracted, which are no copies of anything.
        persons: As of `find_copies`.
        settings: As of `find_copies`.
        engine: Who does the steps.
        folder: Where they keep their tables.
        room_bytes: Memory that one process of the engine may use.
        rules: Folders of rules that add to the built-in ones.

    Raises:
        StageError: A group of like texts is too large for one process.
    """
    found, texts, alike = _distinct(entries, failures, persons)
    size = min(TASK_TEXTS, max(_LEAST_TASK_TEXTS, len(texts) // _TASKS))
    parts = -(-len(texts) // size)
    by_place = sorted(texts, key=lambda text: (str(text.entry.shard), text.entry.row))
    shards = [tuple(by_place[start : start + size]) for start in range(0, len(texts), size)]
    for note in run_step(engine, Step(folder, "shingle", Shingle(settings, parts)), shards):
        found.renames.update((new, old) for new, old in note["renames"])
        for number, length in note["cut"]:
            _note_cut(found, alike[number], length, settings)
    numbers = list(range(parts))
    run_step(engine, Step(folder, "strip", Strip(settings, parts)), numbers)
    run_step(engine, Step(folder, "bucket", bucket), numbers)
    groups = _write_groups(folder, len(texts), size, room_bytes)
    run_step(engine, Step(folder, "gather", gather), numbers)
    near: dict[str, str] = {}
    for note in run_step(engine, Step(folder, "compare", Compare(settings), rules), list(range(groups))):
        near.update(note["copies"])
        found.bounds.update(note["bounds"])
    found.add_near(near)
    return found


def _distinct(
    entries: Sequence[Entry], failures: Mapping[str, str], persons: Mapping[str, frozenset[str]]
) -> tuple[Copies, list[Text], list[list[str]]]:
    """Exact copies; each text once; and the articles that have it."""
    from pipeline.dedupe.articles import ArticleHead, age_of
    from pipeline.dedupe.copies import Copies

    found = Copies()
    by_text: dict[str, list[tuple[ArticleHead, Entry]]] = defaultdict(list)
    columns = ("url", "publisher", "published_at", "text_sha256")
    for entry, row in zip(entries, light_rows(entries, columns), strict=True):
        head = ArticleHead(entry.article_id, row["url"], row["publisher"], row["published_at"])
        found.heads[entry.article_id] = head
        if entry.status == "ok" and entry.article_id not in failures:
            by_text[row["text_sha256"]].append((head, entry))
    texts, alike = [], []
    for number, sha in enumerate(sorted(by_text)):
        (first, entry), *others = sorted(by_text[sha], key=lambda item: age_of(item[0]))
        texts.append(Text(number, entry, tuple(sorted(persons.get(first.article_id, ())))))
        alike.append([first.article_id, *(other.article_id for other, _ in others)])
        found.duplicates.update({other.article_id: (first.article_id, "exact") for other, _ in others})
    return found, texts, alike


def _note_cut(found: Copies, article_ids: Iterable[str], length: int, settings: CopySettings) -> None:
    from pipeline.dedupe.copies import cut_row

    for article_id in article_ids:
        found.bounds["article_text_cut"] += 1
        found.cut.append(cut_row(article_id, length, settings))


@dataclass(frozen=True, slots=True)
class Shingle:
    """Texts to shingles, by site."""

    settings: CopySettings
    parts: int

    def __call__(self, _: AnyPath, texts: tuple[Text, ...]) -> Made:
        from pipeline.dedupe.copies import shingle
        from pipeline.dedupe.renames import stated_renames

        rows, shingles, cut = [], [], []
        renames: set[tuple[str, str]] = set()
        most = self.settings.max_characters
        for text, article in zip(texts, Texts().articles(text.entry for text in texts), strict=True):
            said = article.text[:most]
            renames.update(stated_renames(said))
            shingles.append(shingle(said))
            if len(article.text) > most:
                cut.append([text.number, len(article.text)])
            site = crc32((article.publisher or article.article_id).encode()) % self.parts
            head = (article.article_id, article.publisher, article.published_at)
            rows.append((text.number, *head, text.persons, len(shingles[-1]), site))
        return {"by_site": _table(rows, shingles)}, {"renames": sorted(renames), "cut": cut}


@dataclass(frozen=True, slots=True)
class Strip:
    """Texts of some sites to what is their own, and the buckets that it falls into."""

    settings: CopySettings
    parts: int

    def __call__(self, folder: AnyPath, site: int) -> Made:
        import numpy as np

        from pipeline.dedupe.copies import band_keys, without_furniture

        table = read_part(folder / "by_site", site)
        if table is None:
            return {}, {}
        stripped = without_furniture(_articles(table), self.settings)
        long_enough = [i for i, s in enumerate(stripped) if len(s) >= self.settings.min_shingles]
        kept = table.take(pa.array(long_enough, pa.int64()))
        texts = _with_shingles(kept, [stripped[i] for i in long_enough])
        if not long_enough:
            return {}, {}
        keys = band_keys([stripped[i] for i in long_enough], self.settings)
        numbers = np.tile(kept["number"].to_numpy(), len(keys))
        bands = np.repeat(np.arange(len(keys), dtype=np.uint8), keys.shape[1])
        flat = keys.ravel()
        part = (flat % np.uint64(self.parts)).astype(np.int32)
        columns = [pa.array(bands), pa.array(flat), pa.array(numbers), pa.array(part)]
        buckets = pa.Table.from_arrays(columns, schema=_KEY)
        return {"stripped": texts, "buckets": buckets}, {}


def bucket(folder: AnyPath, part: int) -> Made:
    """Buckets to links: of each text of a bucket with the first one."""
    import numpy as np

    table = read_part(folder / "buckets", part)
    if table is None:
        return {}, {}
    bands, keys, numbers = (table[name].to_numpy() for name in ("band", "key", "number"))
    order = np.lexsort((numbers, keys, bands))
    bands, keys, numbers = bands[order], keys[order], numbers[order]
    new = np.ones(len(keys), dtype=bool)
    new[1:] = (keys[1:] != keys[:-1]) | (bands[1:] != bands[:-1])
    first = numbers[np.maximum.accumulate(np.where(new, np.arange(len(keys)), 0))]
    links = np.unique(np.stack([first[~new], numbers[~new]]), axis=1)
    columns = {"one": links[0], "other": links[1], PART: np.zeros(links.shape[1], dtype=np.int32)}
    return {"links": pa.table(columns)}, {}


def _write_groups(folder: AnyPath, texts: int, size: int, room_bytes: int) -> int:
    """Write the part of each text, groups as whole as they are, -1 for one that is alone; the number of parts."""
    import numpy as np
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    links = [
        np.stack([table["one"].to_numpy(), table["other"].to_numpy()]) for table in read_all_parts(folder / "links")
    ]
    one, other = np.concatenate([np.empty((2, 0), dtype=np.int64), *links], axis=1)
    graph = coo_array((np.ones(len(one), dtype=np.int8), (one, other)), shape=(texts, texts))
    count, labels = connected_components(graph, directed=False)
    sizes = np.bincount(labels, minlength=count)
    largest = int(sizes.max(initial=0))
    if largest * _BYTES_PER_TEXT > room_bytes:
        needed = largest * _BYTES_PER_TEXT
        raise StageError(
            f"dedupe: {largest:,} articles are alike, by way of others, and comparing them needs {needed / 1e9:.1f} GB "
            f"in one process, where {room_bytes / 1e9:.1f} GB are free; split the input by time, an output for each"
        )
    order = np.argsort(-sizes, kind="stable")
    part_of_group = np.full(count, -1, dtype=np.int32)
    shared = order[sizes[order] > 1]
    part_of_group[shared] = (np.cumsum(sizes[shared]) - sizes[shared]) // size
    table = pa.table({PART: part_of_group[labels]}, schema=_LABEL)
    write_table(folder / "groups.parquet", table.to_batches(), _LABEL)
    return int(part_of_group.max(initial=-1)) + 1


def gather(folder: AnyPath, site: int) -> Made:
    """Stripped texts of some sites, by group; those that are alone go."""
    files = [path for path in parquet_files(folder / "stripped") if path.name == f"{site:06}.parquet"]
    if not files:
        return {}, {}
    table = pq.read_table(readable(files[0]))
    groups = pq.read_table(readable(folder / "groups.parquet"))[PART]
    parts = groups.take(table["number"]).combine_chunks()
    table = table.set_column(table.schema.get_field_index(PART), _TEXT.field(PART), parts)
    return {"by_group": table.filter(pc.field(PART) >= 0)}, {}


@dataclass(frozen=True, slots=True)
class Compare:
    """Groups to copies."""

    settings: CopySettings

    def __call__(self, folder: AnyPath, part: int) -> Made:
        from pipeline.dedupe.articles import age_of
        from pipeline.dedupe.copies import copies_among

        table = read_part(folder / "by_group", part)
        if table is None:
            return {}, {"copies": {}, "bounds": {}}
        rows: Any = zip(_articles(table), table["length"].to_pylist(), table["persons"].to_pylist(), strict=True)
        rows = sorted(rows, key=lambda row: (age_of(row[0][0])[0], -row[1], row[0][0].article_id))
        persons = {head.article_id: frozenset(names) for (head, _), _, names in rows if names}
        bounds: Counter[str] = Counter()
        copies = copies_among([article for article, _, _ in rows], self.settings, persons, bounds)
        return {}, {"copies": copies, "bounds": dict(bounds)}


def _table(rows: Sequence[tuple[Any, ...]], shingles: Sequence[NDArray[np.uint32]]) -> pa.Table:
    """Rows of all columns but the shingles, and those."""
    schema = _TEXT.remove(_TEXT.get_field_index("shingles"))
    arrays = [pa.array(column, field.type) for column, field in zip(zip(*rows, strict=True), schema, strict=True)]
    return _with_shingles(pa.Table.from_arrays(arrays, schema=schema), shingles)


def _with_shingles(table: pa.Table, shingles: Sequence[NDArray[np.uint32]]) -> pa.Table:
    import numpy as np

    offsets = pa.array(np.cumsum([0, *(len(item) for item in shingles)], dtype=np.int64), pa.int64())
    values = pa.array(np.concatenate([np.empty(0, dtype=np.uint32), *shingles]), pa.uint32())
    lists: Any = pa.LargeListArray.from_arrays(offsets, values)
    if "shingles" in table.column_names:
        table = table.drop_columns(["shingles"])
    return table.append_column("shingles", lists).select(_TEXT.names).cast(_TEXT)


def _articles(table: pa.Table) -> list[tuple[ArticleHead, NDArray[np.uint32]]]:
    """Each row as its head and its shingles."""
    from pipeline.dedupe.articles import ArticleHead

    table = table.combine_chunks()
    if not table.num_rows:
        return []
    lists: Any = table["shingles"].chunk(0)
    values, ends = lists.values.to_numpy(), lists.offsets.to_numpy()
    columns = (table[name].to_pylist() for name in ("article_id", "publisher", "published_at"))
    return [
        (ArticleHead(article_id, None, publisher, published_at), values[start:stop])
        for article_id, publisher, published_at, start, stop in zip(*columns, ends[:-1], ends[1:], strict=True)
    ]
