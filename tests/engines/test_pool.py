"""Every article comes back once, whatever happens to a worker."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pytest

from pipeline.engines import Engine, Load, Outcome, Run
from pipeline.engines.local import LocalEngine
from pipeline.engines.pool import PoolEngine
from pipeline.errors import RuleError, StageError
from pipeline.tables import ARTICLES
from tests.flow.fakes import FakeLoad


def batch(**texts: str) -> pa.RecordBatch:
    rows = [{"article_id": name, "text": text, "authors": []} for name, text in texts.items()]
    return pa.RecordBatch.from_pylist(rows, schema=ARTICLES)


def batches(count: int, size: int = 4, **special: str) -> list[pa.RecordBatch]:
    """Batches of plain articles `a0`, `a1`, ...; `special` gives some of them another text."""
    names = [f"a{number}" for number in range(count * size)]
    texts = {name: special.get(name, f"Anna Falk joined Umbra. {name}") for name in names}
    return [batch(**dict(list(texts.items())[n * size : (n + 1) * size])) for n in range(count)]


def results(engine: Engine, given: Iterable[pa.RecordBatch], load: Load | None = None) -> dict[str, str]:
    """For each article its failure, or the mentions found in it."""
    answers: dict[str, str] = {}
    seen: Counter[str] = Counter()
    for outcome in engine.run(load or FakeLoad(), given):
        seen.update(outcome.article_ids)
        found = Counter(outcome.mentions.column("article_id").to_pylist())
        for name in outcome.article_ids:
            answers[name] = outcome.failures.get(name, f"{found[name]} mentions")
    assert set(seen.values()) <= {1}
    return answers


def all_well(count: int) -> dict[str, str]:
    return {f"a{number}": "1 mentions" for number in range(count)}


@pytest.mark.parametrize("engine", [LocalEngine(), PoolEngine(1), PoolEngine(3)], ids=["local", "1", "3"])
def test_every_article_once(engine: Engine) -> None:
    assert results(engine, batches(6)) == all_well(24)


@pytest.mark.parametrize("engine", [LocalEngine(), PoolEngine(2)], ids=["local", "pool"])
def test_nothing_to_do(engine: Engine) -> None:
    assert results(engine, []) == {}


@pytest.mark.parametrize("engine", [LocalEngine(), PoolEngine(2)], ids=["local", "pool"])
def test_article_that_raises_fails_alone(engine: Engine) -> None:
    expected = all_well(12) | {"a5": "extraction failed: ValueError: cannot read this"}
    assert results(engine, batches(3, a5="RAISE")) == expected


def test_article_that_crashes_its_process_fails_alone() -> None:
    expected = all_well(12) | {"a5": "extraction crashed (exit code 7)"}
    assert results(PoolEngine(2), batches(3, a5="CRASH")) == expected


def test_article_that_hangs_fails_alone() -> None:
    expected = all_well(12) | {"a5": "extraction took longer than 1 seconds"}
    assert results(PoolEngine(2, deadline_seconds=1.0), batches(3, a5="HANG")) == expected


def test_many_poisoned_articles() -> None:
    poison = {f"a{number}": "CRASH" for number in range(0, 12, 3)}
    answers = results(PoolEngine(2), batches(3, **poison))
    assert {name for name, answer in answers.items() if "crashed" in answer} == set(poison)
    assert len(answers) == 12


@dataclass(frozen=True)
class DieOnce:
    """Extracts as usual, except that the first process to come here is killed from outside."""

    mark: Path

    def __call__(self) -> Run:
        extract = FakeLoad()()

        def run(given: pa.RecordBatch) -> tuple[pa.RecordBatch, pa.RecordBatch]:
            if "a0" in given.column("article_id").to_pylist() and not self.mark.exists():
                self.mark.touch()
                os.kill(os.getpid(), 9)
            return extract(given)

        return run


def test_worker_killed_from_outside_costs_nothing(tmp_path: Path) -> None:
    assert results(PoolEngine(2), batches(3), DieOnce(tmp_path / "mark")) == all_well(12)
    assert (tmp_path / "mark").exists()


@dataclass(frozen=True)
class BadLoad:
    """Cannot be loaded, in one way or another."""

    how: str

    def __call__(self) -> Run:
        if self.how == "rule":
            raise RuleError("actions/own.toml: rule 'x' has no source")
        if self.how == "exit":
            os._exit(3)
        raise ImportError("no such model")


@pytest.mark.parametrize(
    ("how", "error", "message"),
    [
        ("rule", RuleError, "own.toml"),
        ("import", StageError, "cannot be loaded: ImportError: no such model"),
        ("exit", StageError, "exit code 3"),
    ],
)
def test_extractor_that_cannot_be_loaded(how: str, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        results(PoolEngine(2), batches(2), BadLoad(how))


def test_input_is_taken_as_it_is_needed() -> None:
    taken = 0

    def endless() -> Iterator[pa.RecordBatch]:
        nonlocal taken
        while True:
            taken += 1
            yield batch(**{f"x{taken}": "Anna Falk joined Umbra."})

    run = PoolEngine(2).run(FakeLoad(), endless())
    first: list[Outcome] = [next(run) for _ in range(3)]
    assert len({outcome.article_ids for outcome in first}) == 3
    assert taken <= 20


def test_workers_are_gone_when_the_run_is_left(tmp_path: Path) -> None:
    run = PoolEngine(2).run(Pids(tmp_path), iter(batches(50)))
    next(run)
    run.close()  # type: ignore[attr-defined]
    pids = [int(path.name) for path in tmp_path.iterdir()]
    assert pids
    for _ in range(100):
        if not any(Path(f"/proc/{pid}").exists() for pid in pids):
            break
        time.sleep(0.05)
    else:
        pytest.fail(f"still running: {pids}")


@dataclass(frozen=True)
class Pids:
    """Leaves a file named after each process that extracts."""

    folder: Path

    def __call__(self) -> Run:
        (self.folder / str(os.getpid())).touch()
        return FakeLoad(pause_seconds=0.01)()
