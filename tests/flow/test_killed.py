"""A run that is killed leaves the former tables whole, and the next one goes on where it was."""

from __future__ import annotations

import multiprocessing
import random
import shutil
import signal
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from pipeline.store import run_of
from tests.flow import killed
from tests.flow.inputs import table_bytes, write_articles

SEED = 20240305
KILLS = 50
FIRST, ALL = 8, 30


@pytest.fixture(scope="module")
def context() -> Any:
    """Starts processes that have everything imported already."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.flow.killed"])
    return context


def start(context: Any, target: Any, *args: object) -> Any:
    process = context.Process(target=target, args=args)
    process.start()
    return process


def finish(context: Any, *args: object) -> None:
    process = start(context, killed.run, *args)
    process.join()
    assert process.exitcode == 0


def prepare(context: Any, folder: Path) -> tuple[Path, dict[str, bytes], dict[str, bytes]]:
    """Inputs that have grown since the first run, with the tables before and after, of runs nobody killed."""
    raw = write_articles(folder / "raw", range(FIRST))
    finish(context, raw, folder / "calm", folder / "calm.log")
    before = table_bytes(folder / "calm")
    write_articles(raw, range(FIRST, ALL))
    finish(context, raw, folder / "calm", folder / "calm.log")
    return raw, before, table_bytes(folder / "calm")


def first_run(context: Any, folder: Path, output: Path, log: Path) -> None:
    """The tables as they were before the input grew."""
    raw = write_articles(folder / "first" / "raw", range(FIRST))
    finish(context, raw, output, log)


def assert_whole(output: Path, before: dict[str, bytes], after: dict[str, bytes]) -> None:
    """Each table is the former or the new one, and can be read."""
    for name, content in table_bytes(output).items():
        assert content in (before[name], after[name]), f"{name} is neither the former nor the new one"
        pq.read_table(output / name)


def test_killed_at_every_point_where_the_disk_changes(context: Any, tmp_path: Path) -> None:
    raw, before, after = prepare(context, tmp_path)
    start_folder, log = tmp_path / "start", tmp_path / "log"
    first_run(context, tmp_path, start_folder, log)
    mixed = 0
    for point in range(1, 1_000):
        output = tmp_path / "out"
        shutil.rmtree(output, ignore_errors=True)
        shutil.copytree(start_folder, output)
        process = start(context, killed.run_to_point, raw, output, log, point)
        process.join()
        assert_whole(output, before, after)
        mixed += len({run_of(path) for path in output.glob("*.parquet")}) > 1
        if process.exitcode == 0:
            break
        assert process.exitcode == -signal.SIGKILL
        finish(context, raw, output, log)
        assert table_bytes(output) == after, f"killed at point {point}"
        assert not list(output.rglob("*.tmp"))
    assert point > 30
    assert 0 < mixed < 5  # only between the moves of a publication, which the next run completes


def test_killed_fifty_times_at_random(context: Any, tmp_path: Path) -> None:
    raw, before, after = prepare(context, tmp_path)
    dice = random.Random(SEED)
    kills = rounds = 0
    while kills < KILLS:
        rounds += 1
        output, log = tmp_path / f"out{rounds}", tmp_path / f"log{rounds}"
        first_run(context, tmp_path, output, log)
        killed_now = 0
        while True:
            process = start(context, killed.run, raw, output, log, 0.002)
            process.join(dice.uniform(0.0, 0.2))
            if process.exitcode is None:
                process.kill()
                process.join()
            assert_whole(output, before, after)
            if process.exitcode == 0:
                break
            assert process.exitcode == -signal.SIGKILL
            killed_now += 1
            if killed_now >= KILLS:
                finish(context, raw, output, log)
                break
        kills += killed_now
        assert table_bytes(output) == after, f"seed {SEED}, round {rounds}"
        extracted = Counter(log.read_text().split())
        assert len(extracted) == ALL
        # Each kill may cost the articles of one unfinished shard, and no more.
        assert sum(extracted.values()) - ALL <= killed_now * 2 * killed.SHARD_ROWS
    assert kills >= KILLS


def test_interrupted_children_do_not_hold_the_lock(context: Any, tmp_path: Path) -> None:
    raw = write_articles(tmp_path / "raw", range(ALL))
    process = start(context, killed.run, raw, tmp_path / "out", tmp_path / "log", 0.05)
    deadline = time.monotonic() + 20
    while not (tmp_path / "log").exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    process.kill()
    process.join()
    finish(context, raw, tmp_path / "out", tmp_path / "log")
    assert len(table_bytes(tmp_path / "out")) == 4
