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
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from typing import Any, Generic

from pipeline.engines import Job, Outcome, Result, Shard, Task
from pipeline.engines.local import failure
from pipeline.errors import NewsmovesError, StageError
from pipeline.lean import without_pandas

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


@dataclass(slots=True)
class _Open(Generic[Shard, Result]):
    """A shard that is being done: what there is of it, and how many of its tasks are still out."""

    shard: Shard
    left: int
    results: list[Result] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Given(Generic[Shard, Task, Result]):
    task: Task
    of: _Open[Shard, Result]
    tries: int = 0


class _Queue(Generic[Shard, Task, Result]):
    """What is still to be given to a worker: first what must be tried again."""

    def __init__(self, job: Job[Shard, Task, Result, Any], shards: Iterable[Shard]) -> None:
        self._job = job
        self._source = self._given(shards)
        self._again: deque[_Given[Shard, Task, Result]] = deque()

    def _given(self, shards: Iterable[Shard]) -> Iterator[_Given[Shard, Task, Result]]:
        for shard in shards:
            tasks = self._job.tasks(shard)
            of: _Open[Shard, Result] = _Open(shard, len(tasks))
            for task in tasks:
                yield _Given(task, of)

    def waiting(self, count: int) -> bool:
        """Whether at least this many tasks wait."""
        while len(self._again) < count:
            for given in self._source:
                self._again.append(given)
                break
            else:
                return False
        return True

    def take(self) -> _Given[Shard, Task, Result] | None:
        return self._again.popleft() if self.waiting(1) else None

    def try_again(self, given: _Given[Shard, Task, Result], reason: str, tries: int) -> bool:
        """Put back a task that failed, item by item; False where it is one item that was lost for good."""
        items = self._job.split(given.task)
        if len(items) > 1:
            given.of.left += len(items) - 1
            self._again.extend(_Given(item, given.of) for item in items)
        elif given.tries + 1 < tries:
            self._again.append(_Given(given.task, given.of, given.tries + 1))
        else:
            self.keep(given, self._job.lost(given.task, reason))
            return False
        return True

    def keep(self, given: _Given[Shard, Task, Result], result: Result) -> None:
        given.of.results.append(result)
        given.of.left -= 1


class _Worker(Generic[Shard, Task, Result]):
    def __init__(self, context: BaseContext, job: Job[Shard, Task, Result, Any]) -> None:
        self.pipe, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(target=_serve, args=(job, theirs), daemon=True)  # type: ignore[attr-defined]
        with _interrupts_held_back():
            self.process.start()
        theirs.close()
        self.given: _Given[Shard, Task, Result] | None = None
        self.ready = False
        self.done = 0
        self.deadline = time.monotonic() + START_SECONDS

    def give(self, given: _Given[Shard, Task, Result], seconds: float) -> None:
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
    """Does tasks in up to `workers` processes.

    With `keep`, processes that are idle at the end of a run are there for the next run of an equal job.
    """

    def __init__(
        self,
        workers: int,
        deadline_seconds: float = DEADLINE_SECONDS,
        tasks_each: int = TASKS_EACH,
        keep: bool = False,
    ) -> None:
        self._workers = workers
        self._seconds = deadline_seconds
        self._tasks_each = tasks_each
        self._keep = keep
        self._kept: list[_Worker[Any, Any, Any]] = []
        self._kept_job = b""

    def run(self, job: Job[Shard, Task, Result, Outcome], shards: Iterable[Shard]) -> Iterator[Outcome]:
        """Outcomes in the order in which the shards are done.

        Raises:
            NewsmovesError: The work cannot be loaded.
            StageError: Workers die before they are ready.
        """
        queue = _Queue(job, shards)
        if not queue.waiting(1):
            return
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # processes with threads get in each other's way
        os.environ.setdefault("OMP_NUM_THREADS", "1")
        context = multiprocessing.get_context("forkserver" if sys.platform == "linux" else "spawn")
        pool: list[_Worker[Shard, Task, Result]] = self._kept_for(job)
        try:
            while True:
                for worker in pool:
                    if worker.ready and worker.given is None and (given := queue.take()):
                        worker.give(given, self._seconds)
                while len(pool) < self._workers and queue.waiting(1 + _WORTH_A_WORKER * len(pool)):
                    pool.append(_Worker(context, job))
                if not queue.waiting(1) and all(worker.given is None for worker in pool):
                    return
                for worker in _due(pool):
                    of = self._collect(worker, pool, queue)
                    if of and not of.left:
                        yield job.commit(of.shard, of.results)
        finally:
            self._kept = [worker for worker in pool if self._keep and worker.ready and worker.given is None]
            for worker in pool:
                if worker not in self._kept:
                    worker.stop()

    def _kept_for(self, job: Job[Shard, Task, Result, Any]) -> list[_Worker[Shard, Task, Result]]:
        """The processes that an equal job left; those of another are ended."""
        this = pickle.dumps(job) if self._keep else b""
        kept, self._kept = self._kept, []
        if this == self._kept_job and all(worker.process.is_alive() for worker in kept):
            return kept
        self._kept_job = this
        for worker in kept:
            worker.stop()
        return []

    def _collect(
        self,
        worker: _Worker[Shard, Task, Result],
        pool: list[_Worker[Shard, Task, Result]],
        queue: _Queue[Shard, Task, Result],
    ) -> _Open[Shard, Result] | None:
        """Take what a worker sent, or see to its task when it is dead or late; the shard that got a result."""
        message, late = None, False
        try:
            if worker.pipe.poll():
                message = worker.pipe.recv_bytes()
            else:
                late = worker.process.is_alive()
        except (EOFError, OSError):
            worker.process.join(_GONE_SECONDS)  # its end of the pipe closes before it is gone
        given = worker.given
        if message is None:
            pool.remove(worker)
            worker.stop()
            if given is None:
                raise StageError(
                    f"a worker process ended before it was ready (exit code {worker.process.exitcode}); "
                    "is there enough memory for --workers?"
                )
            reason = (
                f"took longer than {self._seconds:g} seconds"
                if late
                else f"crashed (exit code {worker.process.exitcode})"
            )
            return None if queue.try_again(given, reason, _TRIES) else given.of
        kind, value = pickle.loads(message)
        if kind == "error":
            raise value
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
                queue.keep(given, value)
                return given.of
            return None if queue.try_again(given, value, 1) else given.of
        return None


def _due(pool: list[_Worker[Shard, Task, Result]]) -> list[_Worker[Shard, Task, Result]]:
    """Wait for the workers that have sent something, are dead, or are late."""
    busy = [worker for worker in pool if worker.given is not None or not worker.ready]
    handles: dict[Any, _Worker[Shard, Task, Result]] = {worker.pipe: worker for worker in busy}
    handles |= {worker.process.sentinel: worker for worker in busy}
    rest = min(worker.deadline for worker in busy) - time.monotonic()
    stirred = {id(handles[handle]) for handle in wait(list(handles), max(rest, 0.0))}
    now = time.monotonic()
    return [worker for worker in busy if id(worker) in stirred or worker.deadline <= now]


@contextmanager
def _interrupts_held_back() -> Iterator[None]:
    """Let a process start with Ctrl-C blocked: one that is not yet loaded cannot ignore it, and would tell of it."""
    if sys.platform == "win32":
        yield
        return
    resource_tracker.ensure_running()  # it lifts the block when it starts
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(job: Job[Any, Any, Any, Any], pipe: Connection) -> None:
    """The life of a worker: load, then do each task until the other end is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends its workers
    threading.Thread(target=_die_with_parent, daemon=True).start()
    without_pandas()
    ticked = time.monotonic()

    def send(kind: str, value: object) -> None:
        pipe.send_bytes(pickle.dumps((kind, value)))

    def tick() -> None:
        nonlocal ticked
        if time.monotonic() - ticked > _TICK_SECONDS:
            ticked = time.monotonic()
            send("tick", None)

    try:
        work = job.load()
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
