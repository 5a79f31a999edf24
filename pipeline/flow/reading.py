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
from pipeline.flow.articles import Catalogue, ShardWriter
from pipeline.store import digest

if TYPE_CHECKING:
    from pipeline.ingest import IngestSettings, Source

New = tuple[str, "Source"]
"""A source to read, with its key."""

# Enough files for a shard, few enough to keep all processes busy to the end.
_TASK_FILES = 64
_TASK_BYTES = 4_000_000


@dataclass(frozen=True, slots=True)
class ReaderLoad:
    """Makes the work of reading sources into shards in `folder`; its result is the shards it wrote."""

    folder: Path
    settings: IngestSettings
    rules: tuple[Path, ...] = ()

    def __call__(self) -> Work[tuple[New, ...], list[Path]]:
        """Import what reads."""
        from pipeline.ingest import read

        rulebook.use(self.rules)

        def work(task: tuple[New, ...], tick: Callable[[], None]) -> list[Path]:
            writer = ShardWriter(self.folder, tick)
            for key, source in task:
                writer.add(key, read(source, self.settings))
            writer.flush()
            return writer.files

        return work


def read_all(
    catalogue: Catalogue,
    new: Sequence[New],
    load: ReaderLoad,
    engine: Engine,
    advance: Callable[[int], None],
) -> None:
    """Read these sources and add them to the catalogue."""

    def lost(task: tuple[New, ...], reason: str) -> list[Path]:
        from pipeline.ingest.build import failed

        [(key, source)] = task
        writer = ShardWriter(load.folder)
        catalogue.look()  # what the lost process wrote before
        if before := catalogue.rows(key):
            reason = f"{reason} after {before} articles; the rest of the file is not read"
        writer.add(key, [failed(source.uri, f"reading {reason}")], catalogue.end(key))
        writer.flush()
        return writer.files

    # Standard input belongs to this process.
    ours = [item for item in new if item[1].path is None]
    others = [item for item in new if item[1].path is not None]
    for who, items in ((LocalEngine(), ours), (engine, others)):
        for files in who.map(load, _tasks(items), lambda task: [(item,) for item in task], lost):
            for path in files:
                advance(catalogue.note(path))


def read_first(catalogue: Catalogue, sources: Iterable[New], load: ReaderLoad, limit: int) -> tuple[list[str], int]:
    """Read sources in their order until there are so many articles; the keys, and how many were new."""
    from pipeline.ingest import read

    writer = ShardWriter(load.folder)
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
            met = writer.add(key, islice(read(source, load.settings), left))
        left -= met
        keys.append(key)
    writer.flush()
    for path in writer.files:
        catalogue.note(path)
    return keys, new


def _tasks(new: Iterable[New]) -> Iterator[tuple[New, ...]]:
    task: list[New] = []
    size = 0
    for key, source in new:
        task.append((key, source))
        size += source.size
        if len(task) >= _TASK_FILES or size >= _TASK_BYTES:
            yield tuple(task)
            task, size = [], 0
    if task:
        yield tuple(task)
