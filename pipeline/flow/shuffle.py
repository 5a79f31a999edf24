"""Steps of work on tables too large for one process: each task reads a part of the last step and writes parts.

A table is one Parquet file with a row group for each part, so the next step reads its part of every file and
nothing else. A note says that a task is finished, and what it found; a step that was killed goes on there.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline import rulebook
from pipeline.engines import Engine, Work
from pipeline.errors import StageError
from pipeline.places import AnyPath, for_each, parquet_files, readable
from pipeline.store import write_table, write_text

PART = "part"
_PARTS = b"newsmoves.parts"
_TICK_SECONDS = 0.5

Given = TypeVar("Given")
Note = dict[str, Any]
Made = tuple[Mapping[str, pa.Table], Note]
"""Tables by name, each with a column that says to which part a row goes; and a note for who runs the step."""

Make = Callable[[AnyPath, Given], Made]
"""Does a task: from the folder of the shuffle and what the task is given. Must be picklable."""


@dataclass(frozen=True, slots=True)
class Step(Generic[Given]):
    """The job of a step. A shard is the number of a task and what it is given."""

    folder: AnyPath
    name: str
    make: Make[Given]
    rules: tuple[Path, ...] = ()

    def load(self) -> Work[tuple[int, Given], Note]:
        """Put the rules in force."""
        rulebook.use(self.rules)

        def work(task: tuple[int, Given], tick: Callable[[], None]) -> Note:
            number, given = task
            with _ticking(tick):
                tables, note = self.make(self.folder, given)
                for name, table in tables.items():
                    write_parts(self.folder / name, number, table)
                write_text(_made(self.folder / self.name) / f"{number:06}.json", json.dumps(note))
            return note

        return work

    def tasks(self, shard: tuple[int, Given]) -> list[tuple[int, Given]]:
        """One task."""
        return [shard]

    def split(self, task: tuple[int, Given]) -> list[tuple[int, Given]]:
        """One task."""
        return [task]

    def lost(self, task: tuple[int, Given], reason: str) -> Note:
        """A step is whole, or the run ends."""
        raise StageError(f"step '{self.name}' of merging, part {task[0]}: {reason}; is there enough memory?")

    def commit(self, _: tuple[int, Given], results: Sequence[Note]) -> Note:
        """The note."""
        [note] = results
        return note


def run_step(engine: Engine, step: Step[Given], given: Sequence[Given]) -> list[Note]:
    """Do what is not done yet; all notes, in no order."""
    done = {path.name: path for path in _made(step.folder / step.name).iterdir() if path.name.endswith(".json")}
    notes = [json.loads(path.read_bytes()) for path in done.values()]
    left = [(number, item) for number, item in enumerate(given) if f"{number:06}.json" not in done]
    return [*notes, *engine.run(step, left)]


def read_part(folder: AnyPath, part: int) -> pa.Table | None:
    """The rows of a part, in the order of the files; None where there are none."""

    def read(path: AnyPath) -> pa.Table | None:
        file = pq.ParquetFile(readable(path))
        parts: list[int] = json.loads((file.schema_arrow.metadata or {})[_PARTS])
        return file.read_row_group(parts.index(part)) if part in parts else None

    tables = [table for table in for_each(parquet_files(folder), read) if table is not None]
    return pa.concat_tables(tables) if tables else None


def read_all_parts(folder: AnyPath) -> Iterator[pa.Table]:
    """Every file of a step."""
    return for_each(parquet_files(folder), lambda path: pq.read_table(readable(path)))


def write_parts(folder: AnyPath, number: int, table: pa.Table) -> None:
    """Write a table, with a column that says to which part a row goes, as one of the files of a step."""
    path = _made(folder) / f"{number:06}.parquet"
    parts: list[int] = pc.unique(table[PART]).sort().to_pylist()  # type: ignore[assignment]
    schema = table.schema.with_metadata({_PARTS: json.dumps(parts).encode()})
    batches = (batch for part in parts for batch in _of_part(table, part, schema))
    write_table(path, batches, schema, group_rows=max(table.num_rows, 1), gather_rows=1)


def _of_part(table: pa.Table, part: int, schema: pa.Schema) -> list[pa.RecordBatch]:
    rows = table.filter(pc.field(PART) == part).cast(schema)
    return list(rows.combine_chunks().to_batches())


def _made(folder: AnyPath) -> AnyPath:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def _ticking(tick: Callable[[], None]) -> Iterator[None]:
    """Says from time to time that the work goes on; a step meets nothing that could hang it."""
    over = threading.Event()

    def beat() -> None:
        while not over.wait(_TICK_SECONDS):
            tick()

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
