"""Output in an object store: tables are put beside the former ones, and a manifest that names them comes last.

    OUTPUT/manifest.json             the files of each table; nothing else says what is published
    OUTPUT/tables/TOKEN/*.parquet    the tables of one run, and its run.json
    OUTPUT/.state/                   finished work, as on this machine

Nothing there can be renamed or locked. A run that is killed while it puts its tables leaves files that no manifest
names, which the next run removes; two runs into one place at once are the user's care.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from pipeline.errors import InputError
from pipeline.places import AnyPath, RemotePath, remove_folder
from pipeline.store import Store
from pipeline.tables import SCHEMA_VERSION, TABLES

MANIFEST = "manifest.json"
_TABLES = "tables"


class ManifestStore:
    """The output of runs in an object store. Use it under `locked()`."""

    def __init__(self, output: RemotePath) -> None:
        self.output = output
        self.state = output / ".state"
        self._staged: Path | None = None

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Make sure that the place can be used; keep what is staged until the run ends.

        Raises:
            InputError: The place cannot be reached.
        """
        try:
            self._read()
        except OSError as err:
            raise InputError(f"{self.output}: cannot be used as output: {err}") from err
        with tempfile.TemporaryDirectory(prefix="newsmoves-") as folder:
            self._staged = Path(folder)
            yield
            self._staged = None

    def stage(self) -> Path:
        """An empty folder of this machine to write the tables of this run into before `publish`."""
        assert self._staged is not None, "use the store under locked()"
        return self._staged

    def publish(self) -> None:
        """Put all staged files in place, then the manifest that names them, and remove what it does not name.

        The tables of the former run stay until the next one, for those who are reading them.
        """
        former, token = self._read(), uuid4().hex[:12]
        files = sorted(self.stage().iterdir())
        for file in files:
            (self.output / _TABLES / token / file.name).put(file)
        named = {file.stem: [f"{_TABLES}/{token}/{file.name}"] for file in files if file.suffix == ".parquet"}
        manifest: dict[str, Any] = {
            "schema_version": SCHEMA_VERSION,
            "token": token,
            "run": f"{_TABLES}/{token}/run.json",
            # `ingest` writes two of the tables; the others stay as they were.
            "tables": {**former.get("tables", {}), **named},
        }
        (self.output / MANIFEST).write_bytes(json.dumps(manifest, indent=2).encode())
        kept = _folders(former) | _folders(manifest)
        for folder in (self.output / _TABLES).iterdir():
            if folder.name not in kept:
                remove_folder(folder)

    def folder(self, name: str) -> RemotePath:
        """Where finished work lies."""
        return self.state / name

    def table(self, name: str) -> RemotePath:
        """The table as it was last published; there may be none."""
        files = self._read().get("tables", {}).get(name)
        return self.output / (files[0] if files else f"{_TABLES}/{name}.parquet")

    def run(self) -> Mapping[str, Any]:
        """The record of the former run; empty where there is none."""
        try:
            record = json.loads((self.output / self._read()["run"]).read_bytes())
        except (KeyError, FileNotFoundError, ValueError):
            return {}
        return record if isinstance(record, dict) else {}

    def wrote(self, path: AnyPath) -> bool:
        """Whether this is a file of ours. The output may lie inside an input, and is no news."""
        return str(path) == str(self.output / MANIFEST) or str(path).startswith(f"{self.output / _TABLES}/")

    def _read(self) -> dict[str, Any]:
        try:
            manifest = json.loads((self.output / MANIFEST).read_bytes())
        except (FileNotFoundError, ValueError):
            return {}
        return manifest if isinstance(manifest, dict) else {}


def _folders(manifest: Mapping[str, Any]) -> set[str]:
    """The folders that hold what a manifest names."""
    named: Mapping[str, list[str]] = manifest.get("tables", {})
    return {file.split("/")[1] for files in named.values() for file in files}


AnyStore = Store | ManifestStore


def store_at(output: AnyPath) -> AnyStore:
    """The store of this output, wherever it lies."""
    return Store(output) if isinstance(output, Path) else ManifestStore(output)


def table_files(output: AnyPath) -> dict[str, AnyPath]:
    """Where the published tables of an output lie."""
    store = store_at(output)
    return {name: store.table(name) for name in TABLES}
