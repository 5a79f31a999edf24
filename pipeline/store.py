"""Files of a run: whole or not at all.

`OUTPUT/.state/` keeps finished work, so that a run that was killed goes on where it was and a later one
reads only what is new. A file there exists only when it is complete; nothing else records progress.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.errors import InputError
from pipeline.places import AnyPath, readable
from pipeline.tables import TABLES

ROW_GROUP_ROWS = 5_000  # groups under 1,000 rows made reading several times slower
_RUN_KEY = b"newsmoves.run"


def digest(*parts: str | bytes) -> str:
    """A short name for a list of values: equal lists, equal names, on every machine."""
    state = blake2b(digest_size=16)
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        state.update(len(raw).to_bytes(8, "big") + raw)
    return state.hexdigest()


def code_digest(*names: str) -> str:
    """Digest of program files and folders under `pipeline/`, so that a changed program is noticed."""
    root = Path(__file__).parent
    files: list[Path] = []
    for name in names:
        path = root / name
        files += [path] if path.is_file() else [p for p in path.rglob("*") if p.suffix in {".py", ".toml"}]
    named = sorted((file.relative_to(root).as_posix(), file) for file in files)
    return digest(*(part for name, file in named for part in (name, file.read_bytes())))


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_table(
    path: AnyPath,
    batches: Iterable[pa.RecordBatch],
    schema: pa.Schema,
    run: str = "",
    group_rows: int = ROW_GROUP_ROWS,
    gather_rows: int = ROW_GROUP_ROWS,
) -> int:
    """Write a Parquet file under a temporary name and give it its own only when it is complete.

    Args:
        path: The file to make or replace.
        batches: Any sizes; they are gathered into row groups.
        schema: Of every batch.
        run: Written into the file's metadata when given; `run_of` reads it back.
        group_rows: Most rows in a row group.
        gather_rows: Rows to wait for before a row group is written; 1 gives every batch its own.

    Returns:
        The number of rows.
    """
    if run:
        schema = schema.with_metadata({**(schema.metadata or {}), _RUN_KEY: run.encode()})
    folder = path.parent if isinstance(path, Path) else Path(tempfile.gettempdir())
    temporary = folder / f".{path.name}.{os.getpid()}.tmp"
    rows = 0
    try:
        # Not `with ParquetWriter(path)`: it would close, and so complete, the file when a batch raises.
        writer = pq.ParquetWriter(temporary, schema, compression="zstd")
        try:
            for table in _groups(batches, schema, gather_rows):
                writer.write_table(table, row_group_size=group_rows)
                rows += table.num_rows
        finally:
            writer.close()
        if isinstance(path, Path):
            _sync(temporary)
            temporary.replace(path)
        else:
            path.put(temporary)
    finally:
        temporary.unlink(missing_ok=True)
    return rows


def _groups(batches: Iterable[pa.RecordBatch], schema: pa.Schema, gather_rows: int) -> Iterator[pa.Table]:
    waiting: list[pa.RecordBatch] = []
    rows = 0
    for batch in batches:
        waiting.append(batch)
        rows += batch.num_rows
        if rows >= gather_rows:
            yield pa.Table.from_batches(waiting).cast(schema)
            waiting, rows = [], 0
    if waiting:
        yield pa.Table.from_batches(waiting).cast(schema)


def write_text(path: AnyPath, text: str) -> None:
    """Write a text file, whole or not at all."""
    if not isinstance(path, Path):
        path.write_bytes(text.encode())
        return
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_text(text, encoding="utf-8")
        _sync(temporary)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def run_of(path: AnyPath) -> str | None:
    """The run that a table came from, or None where there is no such table or it cannot be read."""
    try:
        metadata = pq.read_schema(readable(path)).metadata or {}
    except (OSError, pa.ArrowInvalid):
        return None
    return metadata.get(_RUN_KEY, b"").decode() or None


class Store:
    """The output folder and its state. Use it under `locked()`."""

    def __init__(self, output: Path) -> None:
        self.output = output
        self.state = output / ".state"
        self._staged = self.state / "staged"
        self._ready = self.state / "ready"

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Make the folders, keep every other run out, and finish a publication that was cut short.

        The lock is the kernel's: it ends with the process that holds it, however that ends.

        Raises:
            InputError: The folder cannot be used, or another run is using it.
        """
        try:
            self.state.mkdir(parents=True, exist_ok=True)
            handle = open(self.state / "lock", "a+", encoding="utf-8")  # noqa: SIM115
        except OSError as err:
            raise InputError(f"{self.output}: cannot be used as output folder: {err.strerror}") from err
        with handle:
            if not _lock(handle.fileno()):
                handle.seek(0)
                holder = handle.read().strip() or "unknown"
                raise InputError(
                    f"{self.output}: another run (process {holder}) is writing here; "
                    "wait for it or choose another output folder"
                )
            handle.truncate(0)
            handle.write(str(os.getpid()))
            handle.flush()
            self._clean()
            yield

    def _clean(self) -> None:
        """Finish a publication that had begun; drop what a killed run left half-written."""
        self._move_out()
        shutil.rmtree(self._staged, ignore_errors=True)
        for left in [*self.output.glob(".*.tmp"), *self.state.rglob(".*.tmp")]:
            left.unlink(missing_ok=True)

    def stage(self) -> Path:
        """An empty folder to write the tables of this run into before `publish`."""
        shutil.rmtree(self._staged, ignore_errors=True)
        self._staged.mkdir()
        return self._staged

    def publish(self) -> None:
        """Put all staged files in place together: after a kill the next run completes the move."""
        _sync(self._staged)
        self._staged.replace(self._ready)
        _sync(self.state)
        self._move_out()

    def _move_out(self) -> None:
        if not self._ready.is_dir():
            return
        for file in sorted(self._ready.iterdir()):
            target = self.output / file.name
            if target.is_dir():
                raise InputError(f"{target}: a folder stands where the table belongs; move it away")
            file.replace(target)
        self._ready.rmdir()
        _sync(self.output)

    def folder(self, name: str) -> Path:
        """A folder for finished work, made when it is missing."""
        path = self.state / name
        path.mkdir(parents=True, exist_ok=True)
        return path

    def table(self, name: str) -> Path:
        """The table as it was last published; there may be none."""
        return self.output / f"{name}.parquet"

    def wrote(self, path: AnyPath) -> bool:
        """Whether this is a file of ours. The output folder may lie inside an input, and is no news."""
        return path.resolve() in self._published

    @cached_property
    def _published(self) -> frozenset[Path]:
        names = (*(f"{table}.parquet" for table in TABLES), "run.json")
        return frozenset(self.output.resolve() / name for name in names)

    def run(self) -> Mapping[str, Any]:
        """The record of the former run; empty where there is none that can be read."""
        try:
            record = json.loads((self.output / "run.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return record if isinstance(record, dict) else {}


def _lock(handle: int) -> bool:
    try:
        import fcntl
    except ImportError:  # no such call on this system: two runs at once are then the user's care
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
