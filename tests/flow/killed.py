"""What the kill tests start: one run in a process of its own, killed at a chosen point or from outside.

As a program it is a nursery: it has everything imported, forks a process for each line it reads, and tells
the process id and then the exit code. Starting each run from nothing would take ten times as long.
"""

from __future__ import annotations

import json
import os
import signal
import sys
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


def nursery() -> None:
    """For each line `["run", RAW, OUTPUT, LOG, number]`: fork, tell its id, wait, tell its exit code."""
    for line in sys.stdin:
        name, raw, output, log, number = json.loads(line)
        child = os.fork()
        if not child:
            try:
                {"run": run, "run_to_point": run_to_point}[name](Path(raw), Path(output), Path(log), number)
            except BaseException as err:
                print(repr(err), file=sys.stderr)
                os._exit(1)
            os._exit(0)
        print(child, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


if __name__ == "__main__":
    nursery()
