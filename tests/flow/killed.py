"""What the kill tests start in a process of its own: one run, killed at a chosen point or from outside."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nicknames  # noqa: F401  (these only so that the processes split off need not load them)
import pandas  # noqa: F401
import pyarrow.dataset  # noqa: F401
import pyarrow.parquet as pq
import rapidfuzz.process  # noqa: F401
import rensa  # noqa: F401

import pipeline.dedupe  # noqa: F401
from pipeline.engines.local import LocalEngine
from pipeline.flow import RunSettings, articles, mentions, run_extract, settings
from pipeline.ingest.language import detect_language
from tests.flow.fakes import CountingLoad
from tests.flow.inputs import text_of

SHARD_ROWS = 6
detect_language(text_of(0))


def _small_shards() -> None:
    settings.code_digest = lambda *_: "code"  # the program may be edited while its tests run
    articles._SHARD_ROWS = SHARD_ROWS
    mentions._SHARD_ARTICLES = SHARD_ROWS
    mentions.CHUNK_ARTICLES = 2


def run(raw: Path, output: Path, log: Path, pause_seconds: float = 0.0) -> None:
    """A run with shards so small that there are many points to be killed at."""
    _small_shards()
    run_extract(RunSettings((str(raw),), output), engine=LocalEngine(), load=CountingLoad(log, pause_seconds))


def run_to_point(raw: Path, output: Path, log: Path, point: int) -> None:
    """The same, killed before the `point`-th time that it changes the disk; exit code 0 if it never is."""
    passed = 0

    def counted(owner: Any, name: str) -> None:
        original: Callable[..., Any] = getattr(owner, name)

        def change(*args: Any, **kwargs: Any) -> Any:
            nonlocal passed
            passed += 1
            if passed == point:
                os.kill(os.getpid(), signal.SIGKILL)
            return original(*args, **kwargs)

        setattr(owner, name, change)

    for name in ("replace", "unlink", "rmdir", "mkdir", "write_text"):
        counted(Path, name)
    for name in ("write_table", "close"):
        counted(pq.ParquetWriter, name)
    run(raw, output, log)
