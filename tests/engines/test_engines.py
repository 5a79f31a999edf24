"""Every item comes back once, whatever happens to the process that works on it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.engines import Engine
from pipeline.engines.local import LocalEngine
from pipeline.engines.pool import PoolEngine
from pipeline.errors import RuleError, StageError

Words = tuple[str, ...]
Answers = list[tuple[str, str]]
Work = Callable[[Words, Callable[[], None]], Answers]


@dataclass(frozen=True)
class Shout:
    """Turns words to capitals, and obeys some of them."""

    folder: Path | None = None
    pause_seconds: float = 0.0

    def __call__(self) -> Work:
        if self.folder:
            (self.folder / str(os.getpid())).touch()
        return self.work

    def work(self, words: Words, tick: Callable[[], None]) -> Answers:
        for word in words:
            time.sleep(self.pause_seconds)
            if word.startswith("crash"):
                os._exit(7)
            if word.startswith("raise"):
                raise ValueError("cannot do this")
            if word.startswith("stop"):
                raise StageError("the disk is gone")
            if word.startswith("hang"):
                time.sleep(1_000)
            if word.startswith("long"):
                for _ in range(30):
                    time.sleep(0.1)
                    tick()
        return [(word, word.upper()) for word in words]


def tasks(count: int, size: int = 4, **special: str) -> list[Words]:
    """Tasks of plain words `w0`, `w1`, ...; `special` puts others in their place."""
    words = [special.get(f"w{number}", f"w{number}") for number in range(count * size)]
    return [tuple(words[n * size : (n + 1) * size]) for n in range(count)]


@dataclass(frozen=True)
class Words4:
    """The job of answering shards of words, four at a time."""

    load: Callable[[], Work]

    def tasks(self, shard: Words) -> list[Words]:
        return [shard[start : start + 4] for start in range(0, len(shard), 4)]

    def split(self, task: Words) -> list[Words]:
        return [(word,) for word in task]

    def lost(self, task: Words, reason: str) -> Answers:
        return [(task[0], reason)]

    def commit(self, shard: Words, results: Sequence[Answers]) -> Answers:
        pairs = [pair for result in results for pair in result]
        assert sorted(word for word, _ in pairs) == sorted(shard)
        return pairs


def answers(engine: Engine, given: Iterable[Words], load: Callable[[], Work] | None = None) -> dict[str, str]:
    """What each word became."""
    results = engine.run(Words4(load or Shout()), given)
    pairs = [pair for result in results for pair in result]
    assert max(Counter(word for word, _ in pairs).values(), default=1) == 1
    return dict(pairs)


def all_well(count: int) -> dict[str, str]:
    return {f"w{number}": f"W{number}" for number in range(count)}


def all_but(number: int, word: str, why: str) -> dict[str, str]:
    """Twelve words, of which one is lost."""
    rest = {key: value for key, value in all_well(12).items() if key != f"w{number}"}
    return {**rest, word: why}


@pytest.mark.parametrize("engine", [LocalEngine(), PoolEngine(1), PoolEngine(3)], ids=["local", "1", "3"])
def test_every_item_once(engine: Engine) -> None:
    assert answers(engine, tasks(30)) == all_well(120)


@pytest.mark.parametrize("engine", [LocalEngine(), PoolEngine(2)], ids=["local", "pool"])
def test_nothing_to_do(engine: Engine) -> None:
    assert answers(engine, []) == {}


@pytest.mark.parametrize("engine", [LocalEngine(), PoolEngine(2)], ids=["local", "pool"])
def test_item_that_raises_is_lost_alone(engine: Engine) -> None:
    assert answers(engine, tasks(3, w5="raise")) == all_but(5, "raise", "failed: ValueError: cannot do this")


@pytest.mark.parametrize("engine", [LocalEngine(), PoolEngine(2)], ids=["local", "pool"])
def test_error_of_the_program_ends_the_run(engine: Engine) -> None:
    with pytest.raises(StageError, match="the disk is gone"):
        answers(engine, tasks(3, w5="stop"))


def test_item_that_crashes_its_process_is_lost_alone() -> None:
    assert answers(PoolEngine(2), tasks(3, w5="crash")) == all_but(5, "crash", "crashed (exit code 7)")


def test_item_that_hangs_is_lost_alone() -> None:
    expected = all_but(5, "hang", "took longer than 1 seconds")
    assert answers(PoolEngine(2, deadline_seconds=1.0), tasks(3, w5="hang")) == expected


def test_item_that_ticks_may_take_long() -> None:
    engine = PoolEngine(1, deadline_seconds=2.0)
    assert answers(engine, [("long",)]) == {"long": "LONG"}


@pytest.mark.parametrize("engine", [LocalEngine(), PoolEngine(3)], ids=["local", "pool"])
def test_a_shard_of_many_tasks_is_committed_once_and_whole(engine: Engine) -> None:
    assert answers(engine, tasks(3, size=17, w20="raise")) == {
        **{word: answer for word, answer in all_well(51).items() if word != "w20"},
        "raise": "failed: ValueError: cannot do this",
    }


def test_processes_are_kept_for_an_equal_job_and_ended_for_another(tmp_path: Path) -> None:
    engine = PoolEngine(1, keep=True)
    folders = [tmp_path / name for name in ("one", "two")]
    for folder in folders:
        folder.mkdir()
    for _ in range(3):
        assert answers(engine, tasks(2), Shout(folders[0])) == all_well(8)
    [pid] = [path.name for path in folders[0].iterdir()]
    assert Path("/proc", pid).exists() or not Path("/proc/self").exists()
    assert answers(engine, tasks(2), Shout(folders[1])) == all_well(8)
    assert [path.name for path in folders[1].iterdir()] != [pid]
    assert not Path("/proc", pid).exists()


def test_many_poisoned_items() -> None:
    poison = {f"w{number}": f"crash{number}" for number in range(0, 12, 3)}
    found = answers(PoolEngine(2), tasks(3, **poison))
    assert {word for word, answer in found.items() if "crashed" in answer} == set(poison.values())
    assert len(found) == 12


@dataclass(frozen=True)
class DieOnce:
    """Works as usual, except that the first process to meet `w0` is killed from outside."""

    mark: Path

    def __call__(self) -> Work:
        def work(words: Words, tick: Callable[[], None]) -> Answers:
            if "w0" in words and not self.mark.exists():
                self.mark.touch()
                os.kill(os.getpid(), 9)
            return Shout().work(words, tick)

        return work


def test_worker_killed_from_outside_costs_nothing(tmp_path: Path) -> None:
    assert answers(PoolEngine(2), tasks(3), DieOnce(tmp_path / "mark")) == all_well(12)
    assert (tmp_path / "mark").exists()


@dataclass(frozen=True)
class BadLoad:
    """Cannot be loaded, in one way or another."""

    how: str

    def __call__(self) -> Work:
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
def test_work_that_cannot_be_loaded(how: str, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        answers(PoolEngine(2), tasks(2), BadLoad(how))


def test_worker_is_renewed_after_so_many_tasks(tmp_path: Path) -> None:
    assert answers(PoolEngine(1, tasks_each=3), tasks(10), Shout(tmp_path)) == all_well(40)
    assert len(list(tmp_path.iterdir())) == 4


def test_tasks_are_taken_as_they_are_needed() -> None:
    taken = 0

    def endless() -> Iterator[Words]:
        nonlocal taken
        while True:
            taken += 1
            yield (f"x{taken}",)

    run = PoolEngine(2).run(Words4(Shout()), endless())
    first = [next(run) for _ in range(3)]
    assert len({answer[0] for answer in first}) == 3
    assert taken <= 20


def test_workers_are_gone_when_the_run_is_left(tmp_path: Path) -> None:
    run = PoolEngine(2).run(Words4(Shout(tmp_path, 0.01)), iter(tasks(50)))
    next(run)
    run.close()  # type: ignore[attr-defined]
    pids = [int(path.name) for path in tmp_path.iterdir()]
    assert pids
    assert within(10, lambda: not any(Path(f"/proc/{pid}").exists() for pid in pids)), pids


ORPHANS = """
import sys
from pathlib import Path
from pipeline.engines.pool import PoolEngine
from tests.engines.test_engines import Shout, Words4, tasks
if __name__ == "__main__":
    for _ in PoolEngine(2).run(Words4(Shout(Path(sys.argv[1]), 0.05)), tasks(500)):
        pass
"""


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks processes up in /proc")
def test_workers_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    (tmp_path / "pids").mkdir()
    script = tmp_path / "orphans.py"
    script.write_text(ORPHANS)
    root = Path(__file__).parents[2]
    parent = subprocess.Popen(
        [sys.executable, str(script), str(tmp_path / "pids")], env={**os.environ, "PYTHONPATH": str(root)}
    )
    assert within(20, lambda: len(list((tmp_path / "pids").iterdir())) == 2)
    parent.kill()
    parent.wait()
    pids = [path.name for path in (tmp_path / "pids").iterdir()]
    assert within(10, lambda: not any(Path("/proc", pid).exists() for pid in pids)), pids


def within(seconds: float, condition: Callable[[], bool]) -> bool:
    """Whether a condition comes true in this time."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def test_a_worker_goes_without_pandas() -> None:
    assert answers(PoolEngine(1), [("w0",)], _looks_for_pandas) == {"w0": "none"}


def _looks_for_pandas() -> Work:
    import pyarrow

    pyarrow.array(["a list"])
    return lambda words, _: [(word, "some" if "pandas" in sys.modules else "none") for word in words]
