"""The engine of worker processes: each loads its work once, and each is guarded.

A worker that dies or exceeds the deadline is replaced. Its task is tried again item by item, so that only the
item that is to blame is lost; it gets a second try, since a process may also die of something else.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from typing import Any, Generic

from pipeline.engines import Load, Lost, Result, Split, Task
from pipeline.engines.local import failure
from pipeline.errors import NewsmovesError, StageError

# A chunk of ordinary articles takes a second; a deadline that marks a healthy article would be a bug.
DEADLINE_SECONDS = 120.0
START_SECONDS = 600.0
# A worker's memory grows with the words it meets, from 157 to 384 MB in 20,000 articles; then it is renewed.
TASKS_EACH = 2_000
# Loading the model takes as long as this many chunks of articles; for fewer, another worker is not worth it.
_WORTH_A_WORKER = 6
_GONE_SECONDS = 5.0
_TICK_SECONDS = 1.0
_TRIES = 2


@dataclass(frozen=True, slots=True)
class _Given(Generic[Task]):
    task: Task
    tries: int = 0


class _Queue(Generic[Task]):
    """What is still to be given to a worker: first what must be tried again."""

    def __init__(self, source: Iterator[Task]) -> None:
        self._source = source
        self.again: deque[_Given[Task]] = deque()

    def waiting(self, count: int) -> bool:
        """Whether at least this many tasks wait."""
        while len(self.again) < count:
            for task in self._source:
                self.again.append(_Given(task))
                break
            else:
                return False
        return True

    def take(self) -> _Given[Task] | None:
        return self.again.popleft() if self.waiting(1) else None


class _Worker(Generic[Task]):
    def __init__(self, context: BaseContext, load: Any) -> None:
        self.pipe, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(target=_serve, args=(load, theirs), daemon=True)  # type: ignore[attr-defined]
        self.process.start()
        theirs.close()
        self.given: _Given[Task] | None = None
        self.ready = False
        self.done = 0
        self.deadline = time.monotonic() + START_SECONDS

    def give(self, given: _Given[Task], seconds: float) -> None:
        self.given = given
        self.deadline = time.monotonic() + seconds
        with suppress(OSError):  # it has died in the meantime, and is about to be found dead with its task
            self.pipe.send_bytes(pickle.dumps(given.task))

    def stop(self) -> None:
        self.pipe.close()
        if self.process.is_alive():
            self.process.kill()
        self.process.join()


class PoolEngine:
    """Does tasks in up to `workers` processes."""

    def __init__(self, workers: int, deadline_seconds: float = DEADLINE_SECONDS, tasks_each: int = TASKS_EACH) -> None:
        self._workers = workers
        self._seconds = deadline_seconds
        self._tasks_each = tasks_each

    def map(
        self,
        load: Load[Task, Result],
        tasks: Iterable[Task],
        split: Split[Task],
        lost: Lost[Task, Result],
    ) -> Iterator[Result]:
        """Results in the order in which they are ready.

        Raises:
            NewsmovesError: The work cannot be loaded.
            StageError: Workers die before they are ready.
        """
        source = iter(tasks)
        for first in source:
            queue = _Queue(chain([first], source))
            break
        else:
            return
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # processes with threads get in each other's way
        os.environ.setdefault("OMP_NUM_THREADS", "1")
        context = multiprocessing.get_context("forkserver" if sys.platform == "linux" else "spawn")
        pool: list[_Worker[Task]] = []
        try:
            while True:
                for worker in pool:
                    if worker.ready and worker.given is None and (given := queue.take()):
                        worker.give(given, self._seconds)
                while len(pool) < self._workers and queue.waiting(1 + _WORTH_A_WORKER * len(pool)):
                    pool.append(_Worker(context, load))
                if not queue.waiting(1) and all(worker.given is None for worker in pool):
                    return
                for worker in _due(pool):
                    yield from self._collect(worker, pool, queue.again, split, lost)
        finally:
            for worker in pool:
                worker.stop()

    def _collect(
        self,
        worker: _Worker[Task],
        pool: list[_Worker[Task]],
        again: deque[_Given[Task]],
        split: Split[Task],
        lost: Lost[Task, Result],
    ) -> Iterator[Result]:
        """Take what a worker sent, or see to its task when it is dead or late."""
        message, late = None, False
        try:
            if worker.pipe.poll():
                message = worker.pipe.recv_bytes()
            else:
                late = worker.process.is_alive()
        except (EOFError, OSError):
            worker.process.join(_GONE_SECONDS)  # its end of the pipe closes before it is gone
        if message is None:
            pool.remove(worker)
            worker.stop()
            if worker.given is None:
                raise StageError(
                    f"a worker process ended before it was ready (exit code {worker.process.exitcode}); "
                    "is there enough memory for --workers?"
                )
            reason = (
                f"took longer than {self._seconds:g} seconds"
                if late
                else f"crashed (exit code {worker.process.exitcode})"
            )
            yield from _again(worker.given, again, split, lost, reason, _TRIES)
            return
        kind, value = pickle.loads(message)
        if kind == "error":
            raise value
        given = worker.given
        if kind == "tick":
            worker.deadline = time.monotonic() + self._seconds
        elif kind == "ready":
            worker.ready = True
        elif given is not None:
            worker.given = None
            worker.done += 1
            if worker.done >= self._tasks_each:
                pool.remove(worker)
                worker.stop()
            if kind == "done":
                yield value
            else:
                yield from _again(given, again, split, lost, value, 1)


def _again(
    given: _Given[Task],
    again: deque[_Given[Task]],
    split: Split[Task],
    lost: Lost[Task, Result],
    reason: str,
    tries: int,
) -> Iterator[Result]:
    items = split(given.task)
    if len(items) > 1:
        again.extend(_Given(item) for item in items)
    elif given.tries + 1 < tries:
        again.append(_Given(given.task, given.tries + 1))
    else:
        yield lost(given.task, reason)


def _due(pool: list[_Worker[Any]]) -> list[_Worker[Any]]:
    """Wait for the workers that have sent something, are dead, or are late."""
    busy = [worker for worker in pool if worker.given is not None or not worker.ready]
    handles: dict[Any, _Worker[Any]] = {worker.pipe: worker for worker in busy}
    handles |= {worker.process.sentinel: worker for worker in busy}
    rest = min(worker.deadline for worker in busy) - time.monotonic()
    stirred = {id(handles[handle]) for handle in wait(list(handles), max(rest, 0.0))}
    now = time.monotonic()
    return [worker for worker in busy if id(worker) in stirred or worker.deadline <= now]


def _serve(load: Load[Any, Any], pipe: Connection) -> None:
    """The life of a worker: load, then do each task until the other end is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends its workers
    threading.Thread(target=_die_with_parent, daemon=True).start()
    ticked = time.monotonic()

    def send(kind: str, value: object) -> None:
        pipe.send_bytes(pickle.dumps((kind, value)))

    def tick() -> None:
        nonlocal ticked
        if time.monotonic() - ticked > _TICK_SECONDS:
            ticked = time.monotonic()
            send("tick", None)

    try:
        work = load()
    except NewsmovesError as err:
        return send("error", err)
    except Exception as err:
        return send("error", StageError(f"the stage cannot be loaded: {type(err).__name__}: {err}"))
    send("ready", None)
    while True:
        try:
            task = pickle.loads(pipe.recv_bytes())
        except (EOFError, OSError):
            return None
        try:
            result = work(task, tick)
        except NewsmovesError as err:
            return send("error", err)
        except Exception as err:
            send("failed", failure(err))
        else:
            send("done", result)


def _die_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
