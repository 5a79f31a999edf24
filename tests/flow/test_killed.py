"""A run that is killed leaves the former tables whole, and the next one goes on where it was."""

from __future__ import annotations

import json
import os
import random
import select
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline.store import run_of
from tests.flow import killed
from tests.flow.inputs import table_bytes, write_articles

SEED = 20240305
KILLS = 50
FIRST, ALL = 6, 24
ROOT = Path(__file__).parents[2]


class Nursery:
    """Starts runs from a process that has everything imported; see `tests/flow/killed.py`."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.flow.killed"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
            cwd=ROOT,
        )
        self.pid = 0

    def start(self, target: str, raw: Path, output: Path, log: Path, number: float = 0) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([target, str(raw), str(output), str(log), number]) + "\n")
        self._process.stdin.flush()
        self.pid = int(self._process.stdout.readline())

    def wait(self) -> int:
        """The exit code of the run, when it has ended."""
        assert self._process.stdout is not None
        return int(self._process.stdout.readline())

    def kill_after(self, seconds: float) -> int:
        """The exit code of the run, which is killed if it takes longer."""
        if not select.select([self._process.stdout], [], [], seconds)[0]:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
        return self.wait()

    def finish(self, raw: Path, output: Path, log: Path) -> None:
        """A run that nobody kills."""
        self.start("run", raw, output, log)
        assert self.wait() == 0

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    nursery = Nursery()
    yield nursery
    nursery.close()


def prepare(nursery: Nursery, folder: Path) -> tuple[Path, dict[str, bytes], dict[str, bytes]]:
    """Inputs that have grown since the first run, with the tables before and after, of runs nobody killed."""
    raw = write_articles(folder / "raw", range(FIRST))
    nursery.finish(raw, folder / "calm", folder / "calm.log")
    before = table_bytes(folder / "calm")
    write_articles(raw, range(FIRST, ALL))
    nursery.finish(raw, folder / "calm", folder / "calm.log")
    return raw, before, table_bytes(folder / "calm")


def first_run(nursery: Nursery, folder: Path, output: Path, log: Path) -> None:
    """The tables as they were before the input grew."""
    raw = write_articles(folder / "first" / "raw", range(FIRST))
    nursery.finish(raw, output, log)


def assert_whole(output: Path, before: dict[str, bytes], after: dict[str, bytes]) -> None:
    """Each table is the former or the new one, and can be read."""
    for name, content in table_bytes(output).items():
        assert content in (before[name], after[name]), f"{name} is neither the former nor the new one"
        pq.read_table(output / name)


def test_killed_at_every_point_where_the_disk_changes(nursery: Nursery, tmp_path: Path) -> None:
    raw, before, after = prepare(nursery, tmp_path)
    start_folder, log = tmp_path / "start", tmp_path / "log"
    first_run(nursery, tmp_path, start_folder, log)
    mixed = 0
    for point in range(1, 1_000):
        output = tmp_path / "out"
        shutil.rmtree(output, ignore_errors=True)
        shutil.copytree(start_folder, output)
        nursery.start("run_to_point", raw, output, log, point)
        code = nursery.wait()
        assert_whole(output, before, after)
        mixed += len({run_of(path) for path in output.glob("*.parquet")}) > 1
        if code == 0:
            break
        assert code == -signal.SIGKILL
        nursery.finish(raw, output, log)
        assert table_bytes(output) == after, f"killed at point {point}"
        assert not list(output.rglob("*.tmp"))
    assert point > 30
    assert 0 < mixed < 5  # only between the moves of a publication, which the next run completes


def test_killed_fifty_times_at_random(nursery: Nursery, tmp_path: Path) -> None:
    raw, before, after = prepare(nursery, tmp_path)
    dice = random.Random(SEED)
    kills = rounds = 0
    while kills < KILLS:
        rounds += 1
        output, log = tmp_path / f"out{rounds}", tmp_path / f"log{rounds}"
        first_run(nursery, tmp_path, output, log)
        killed_now = 0
        while True:
            nursery.start("run", raw, output, log, 0.002)
            code = nursery.kill_after(dice.uniform(0.0, 0.2))
            assert_whole(output, before, after)
            if code == 0:
                break
            assert code == -signal.SIGKILL
            killed_now += 1
            if killed_now >= KILLS:
                nursery.finish(raw, output, log)
                break
        kills += killed_now
        assert table_bytes(output) == after, f"seed {SEED}, round {rounds}"
        extracted = Counter(log.read_text().split())
        assert len(extracted) == ALL
        # Each kill may cost the articles of one unfinished shard, and no more.
        assert sum(extracted.values()) - ALL <= killed_now * 2 * killed.SHARD_ROWS
    assert kills >= KILLS


def test_a_killed_run_does_not_hold_the_lock(nursery: Nursery, tmp_path: Path) -> None:
    raw = write_articles(tmp_path / "raw", range(ALL))
    nursery.start("run", raw, tmp_path / "out", tmp_path / "log", 0.05)
    deadline = time.monotonic() + 20
    while not (tmp_path / "log").exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert nursery.kill_after(0) == -signal.SIGKILL
    nursery.finish(raw, tmp_path / "out", tmp_path / "log")
    assert len(table_bytes(tmp_path / "out")) == 4
