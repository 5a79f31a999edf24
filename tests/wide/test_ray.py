"""On Ray as everywhere: the same rows, whatever happens to the processes that make them."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.engines.local import LocalEngine
from pipeline.engines.pool import PoolEngine
from pipeline.engines.ray import RayEngine
from pipeline.errors import InputError, RuleError, StageError
from pipeline.flow import RunSettings, run_extract
from tests.engines.test_engines import (
    Answers,
    BadLoad,
    DieOnce,
    Shout,
    Words,
    Work,
    all_well,
    answers,
    tasks,
    within,
)
from tests.flow.fakes import FakeLoad
from tests.flow.inputs import table_bytes, text_of, write_articles

ROOT = Path(__file__).parents[2]


def test_every_item_once(ray_engine: RayEngine) -> None:
    assert answers(ray_engine, tasks(30)) == all_well(120)
    assert answers(ray_engine, []) == {}


@pytest.mark.parametrize("wide", [False, True], ids=["merged here", "copies found by the engine"])
def test_same_bytes_under_all_engines(
    ray_engine: RayEngine, tmp_path: Path, wide: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if wide:
        monkeypatch.setattr("pipeline.flow.run.WIDE_ARTICLES", 10)
        monkeypatch.setattr("pipeline.flow.wide_copies.TASK_TEXTS", 8)
    raw = write_articles(tmp_path / "raw", range(100))
    lines = [json.dumps({"title": f"Story {n}", "text": text_of(n)}) for n in range(100, 150)]
    (raw / "records.jsonl").write_text("\n".join(lines) + "\n")
    for name, engine in (("local", LocalEngine()), ("pool", PoolEngine(2)), ("ray", ray_engine)):
        run_extract(RunSettings((str(raw),), tmp_path / name), engine=engine, load=FakeLoad())
    assert table_bytes(tmp_path / "local") == table_bytes(tmp_path / "pool") == table_bytes(tmp_path / "ray")


def test_items_that_crash_hang_or_raise_are_lost_alone(ray_engine: RayEngine) -> None:
    found = answers(ray_engine, tasks(3, w1="raise", w5="crash", w9="hang"))
    lost = {word: answer for word, answer in found.items() if answer != word.upper()}
    assert lost == {
        "raise": "failed: ValueError: cannot do this",
        "crash": "crashed (exit code 7)",
        "hang": "took longer than 1.5 seconds",
    }
    assert len(found) == 12


@pytest.mark.parametrize(
    ("load", "error", "message"),
    [(BadLoad("rule"), RuleError, "own.toml"), (BadLoad("import"), StageError, "no such model")],
)
def test_an_error_of_the_program_ends_the_run(
    ray_engine: RayEngine, load: BadLoad, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        answers(ray_engine, tasks(2), load)
    assert answers(ray_engine, tasks(2)) == all_well(8)


def test_guarded_process_killed_from_outside_costs_nothing(ray_engine: RayEngine, tmp_path: Path) -> None:
    assert answers(ray_engine, tasks(3), DieOnce(tmp_path / "mark")) == all_well(12)
    assert (tmp_path / "mark").exists()


def test_a_node_with_another_version_is_refused(ray_engine: RayEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.engines.ray.program", lambda: "an older one")
    with pytest.raises(StageError, match=r"has another version of newsmoves .* install one version on all nodes"):
        answers(ray_engine, tasks(2))


def test_an_address_without_a_cluster_is_said(cpus: int) -> None:
    import ray

    assert cpus
    ray.shutdown()
    with pytest.raises(InputError, match="auto: no Ray cluster can be used at this address"):
        answers(RayEngine("auto"), tasks(1))


@dataclass(frozen=True)
class KillTheWorkerOnce:
    """Works as usual, but the first to meet `w0` kills the Ray worker above it."""

    mark: Path

    def __call__(self) -> Work:
        def work(words: Words, tick: Callable[[], None]) -> Answers:
            if "w0" in words and not self.mark.exists():
                self.mark.touch()
                parent = multiprocessing.parent_process()
                assert parent is not None
                assert parent.pid is not None
                os.kill(parent.pid, signal.SIGKILL)
                time.sleep(1_000)
            return Shout().work(words, tick)

        return work


def test_busy_ray_worker_killed_costs_nothing(ray_engine: RayEngine, tmp_path: Path) -> None:
    assert answers(ray_engine, tasks(6), KillTheWorkerOnce(tmp_path / "mark")) == all_well(24)
    assert (tmp_path / "mark").exists()


def test_poisoned_article_costs_a_row(ray_engine: RayEngine, tmp_path: Path) -> None:
    raw = write_articles(tmp_path / "raw", range(12))
    (raw / "crash.txt").write_text(text_of(50) + "CRASH")
    (raw / "hang.txt").write_text(text_of(51) + "HANG")
    for name, engine in (("pool", PoolEngine(2, 1.5)), ("ray", ray_engine)):
        run_extract(RunSettings((str(raw),), tmp_path / name), engine=engine, load=FakeLoad())
    assert table_bytes(tmp_path / "pool") == table_bytes(tmp_path / "ray")


DRIVER = """
import sys
from pathlib import Path
from pipeline.engines.ray import RayEngine
from pipeline.flow import RunSettings, run_extract, settings
from tests.flow.fakes import CountingLoad
if __name__ == "__main__":
    raw, output, log, pause, cpus = sys.argv[1:]
    settings.code_digest = lambda *_: "code"
    engine = RayEngine(workers=int(cpus))
    run_extract(RunSettings((raw,), Path(output)), engine=engine, load=CountingLoad(Path(log), float(pause)))
"""
ARTICLES, SHARD = 160, 32


def test_a_run_whose_driver_is_killed_goes_on_where_it_was(cpus: int, tmp_path: Path) -> None:
    raw, log, script = write_articles(tmp_path / "raw", range(ARTICLES)), tmp_path / "log", tmp_path / "driver.py"
    script.write_text(DRIVER)

    def start(pause_seconds: float) -> subprocess.Popen[bytes]:
        command = [sys.executable, script, raw, tmp_path / "ray", log, str(pause_seconds), str(cpus)]
        return subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT)})

    driver = start(0.05)
    done = tmp_path / "ray" / ".state" / "extracted"
    assert within(60, lambda: len(list(done.rglob("*.parquet"))) >= 1)
    driver.kill()
    driver.wait()
    assert len(log.read_text().split()) < ARTICLES
    assert start(0.0).wait(timeout=60) == 0
    run_extract(RunSettings((str(raw),), tmp_path / "local"), engine=LocalEngine(), load=FakeLoad())
    assert table_bytes(tmp_path / "ray") == table_bytes(tmp_path / "local")
    times = Counter(log.read_text().split())
    assert len(times) == ARTICLES
    # At most the shards that were open are done again.
    assert sum(times.values()) - ARTICLES <= cpus * SHARD
