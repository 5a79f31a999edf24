"""Reading of sources that are new or changed, by whatever engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import rulebook
from pipeline.engines import Engine, Work
from pipeline.engines.local import LocalEngine
from pipeline.errors import StageError
from pipeline.flow.articles import Catalogue, ShardWriter
from pipeline.places import AnyPath
from pipeline.store import digest

if TYPE_CHECKING:
    from pipeline.ingest import IngestSettings, Source

New = tuple[str, "Source"]
"""A source to read, with its key."""

# Enough files for a shard, few enough to keep all processes busy to the end.
_SHARD_FILES = 64
_SHARD_BYTES = 4_000_000


@dataclass(frozen=True, slots=True)
class Reading:
    """The job of reading sources into shards of articles in `folder`; its outcome is the files it wrote."""

    folder: AnyPath
    settings: IngestSettings
    rules: tuple[Path, ...] = ()

    def load(self) -> Work[tuple[New, ...], list[AnyPath]]:
        """Import what reads."""
        from pipeline.ingest import read

        rulebook.use(self.rules)

        def work(task: tuple[New, ...], tick: Callable[[], None]) -> list[AnyPath]:
            writer = ShardWriter(self.folder, tick)
            for key, source in task:
                writer.add(key, read(source, self.settings))
            writer.flush()
            return writer.files

        return work

    def tasks(self, shard: tuple[New, ...]) -> list[tuple[New, ...]]:
        """All sources at once: what they say fills few files that way."""
        return [shard]

    def split(self, task: tuple[New, ...]) -> list[tuple[New, ...]]:
        """Each source alone."""
        return [(item,) for item in task]

    def lost(self, task: tuple[New, ...], reason: str) -> list[AnyPath]:
        """A row that says why the source, or the rest of it, is not read."""
        from pipeline.ingest.build import failed

        [(key, source)] = task
        writer = ShardWriter(self.folder)
        before = Catalogue(self.folder)  # what the lost process wrote
        if rows := before.rows(key):
            reason = f"{reason} after {rows} articles; the rest of the file is not read"
        writer.add(key, [failed(source.uri, f"reading {reason}")], before.end(key))
        writer.flush()
        return [*before.files(key), *writer.files]

    def commit(self, _: tuple[New, ...], results: Sequence[list[AnyPath]]) -> list[AnyPath]:
        """Nothing is left to do: a shard file appears when it is complete."""
        return [path for files in results for path in files]


def read_all(
    catalogue: Catalogue,
    new: Sequence[New],
    job: Reading,
    engine: Engine,
    advance: Callable[[int], None],
) -> None:
    """Read these sources and add them to the catalogue."""
    # Standard input belongs to this process.
    ours = [item for item in new if item[1].path is None]
    others = [item for item in new if item[1].path is not None]
    for who, items in ((LocalEngine(), ours), (engine, others)):
        for files in who.run(job, _shards(items)):
            if missing := [path for path in files if isinstance(path, Path) and not path.exists()]:
                raise StageError(
                    f"{missing[0]}: written by a node, and not there for this machine; "
                    "every node must see the output under the same path"
                )
            advance(catalogue.note(files))


def read_first(catalogue: Catalogue, sources: Iterable[New], job: Reading, limit: int) -> tuple[list[str], int]:
    """Read sources in their order until there are so many articles; the keys, and how many were new."""
    from pipeline.ingest import read

    writer = ShardWriter(job.folder)
    keys: list[str] = []
    new = 0
    left = limit
    for key, source in sources:
        if left <= 0:
            break
        if catalogue.has(key):
            met = catalogue.rows(key)
        else:
            key = digest(key, f"first {left}")  # a source cut short must not count as read in a later run
            new += 1
            met = writer.add(key, islice(read(source, job.settings), left))
        left -= met
        keys.append(key)
    writer.flush()
    catalogue.note(writer.files)
    return keys, new


def _shards(new: Iterable[New]) -> Iterator[tuple[New, ...]]:
    shard: list[New] = []
    size = 0
    for key, source in new:
        shard.append((key, source))
        size += source.size
        if len(shard) >= _SHARD_FILES or size >= _SHARD_BYTES:
            yield tuple(shard)
            shard, size = [], 0
    if shard:
        yield tuple(shard)
