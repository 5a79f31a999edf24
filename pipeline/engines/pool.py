"""The engine of worker processes: each loads the extractor once, and each is guarded.

A worker that dies or exceeds the deadline is replaced. Its articles are tried again one by one, so that only
the one that is to blame fails; it gets a second try, since a process may also die of something else.
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
from typing import Any

import pyarrow as pa

from pipeline.engines import Load, Outcome
from pipeline.engines.local import failed, outcomes
from pipeline.errors import NewsmovesError, StageError

# A chunk of ordinary articles takes a second; a deadline that marks a healthy article would be a bug.
DEADLINE_SECONDS = 120.0
START_SECONDS = 600.0
# Loading the model takes as long as this many chunks of articles; for fewer, another worker is not worth it.
_WORTH_A_WORKER = 6
_GONE_SECONDS = 5.0
_TRIES = 2


@dataclass(frozen=True, slots=True)
class _Task:
    batch: pa.RecordBatch
    tries: int = 0


class _Tasks:
    """What is still to be given to a worker: first what must be tried again."""

    def __init__(self, source: Iterator[pa.RecordBatch]) -> None:
        self._source = source
        self.again: deque[_Task] = deque()

    def waiting(self, count: int) -> bool:
        """Whether at least this many tasks wait."""
        while len(self.again) < count:
            batch = next(self._source, None)
            if batch is None:
                return False
            self.again.append(_Task(batch))
        return True

    def take(self) -> _Task | None:
        return self.again.popleft() if self.waiting(1) else None


class _Worker:
    def __init__(self, context: BaseContext, load: Load) -> None:
        self.pipe, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(target=_serve, args=(load, theirs), daemon=True)  # type: ignore[attr-defined]
        self.process.start()
        theirs.close()
        self.task: _Task | None = None
        self.ready = False
        self.deadline = time.monotonic() + START_SECONDS

    def give(self, task: _Task, seconds: float) -> None:
        self.task = task
        self.deadline = time.monotonic() + seconds
        with suppress(OSError):  # it has died in the meantime, and is about to be found dead with its task
            self.pipe.send_bytes(_pack(task.batch))

    def stop(self) -> None:
        self.pipe.close()
        if self.process.is_alive():
            self.process.kill()
        self.process.join()


class PoolEngine:
    """Extracts in `workers` processes."""

    def __init__(self, workers: int, deadline_seconds: float = DEADLINE_SECONDS) -> None:
        self._workers = workers
        self._seconds = deadline_seconds

    def run(self, load: Load, batches: Iterable[pa.RecordBatch]) -> Iterator[Outcome]:
        """Outcomes in the order in which they are ready.

        Raises:
            NewsmovesError: The extractor cannot be loaded.
            StageError: Workers die before they are ready.
        """
        source = iter(batches)
        first = next(source, None)
        if first is None:
            return
        tasks = _Tasks(chain([first], source))
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # processes with threads get in each other's way
        os.environ.setdefault("OMP_NUM_THREADS", "1")
        context = multiprocessing.get_context("forkserver" if sys.platform == "linux" else "spawn")
        pool: list[_Worker] = []
        try:
            while True:
                for worker in pool:
                    if worker.ready and worker.task is None and (task := tasks.take()):
                        worker.give(task, self._seconds)
                while len(pool) < self._workers and tasks.waiting(1 + _WORTH_A_WORKER * len(pool)):
                    pool.append(_Worker(context, load))
                if not tasks.waiting(1) and all(worker.task is None for worker in pool):
                    return
                for worker in _due(pool):
                    yield from self._collect(worker, pool, tasks.again)
        finally:
            for worker in pool:
                worker.stop()

    def _collect(self, worker: _Worker, pool: list[_Worker], again: deque[_Task]) -> Iterator[Outcome]:
        """Take what a worker sent, or what is to be done when it is dead or late."""
        message, late = None, False
        try:
            if worker.pipe.poll():
                message = worker.pipe.recv_bytes()
            else:
                late = worker.process.is_alive()
        except (EOFError, OSError):
            worker.process.join(_GONE_SECONDS)  # its end of the pipe closes before it is gone
        if message is not None:
            found = pickle.loads(message)
            if isinstance(found, BaseException):
                raise found
            worker.ready = True
            if worker.task is not None:
                worker.task = None
                yield from (_unpacked(item) for item in found)
            return
        pool.remove(worker)
        worker.stop()
        task = worker.task
        if task is None:
            raise StageError(
                f"a worker process ended before it was ready (exit code {worker.process.exitcode}); "
                "is there enough memory for --workers?"
            )
        if task.batch.num_rows > 1:
            again.extend(_Task(task.batch.slice(row, 1)) for row in range(task.batch.num_rows))
        elif task.tries + 1 < _TRIES:
            again.append(_Task(task.batch, task.tries + 1))
        else:
            reason = (
                f"extraction took longer than {self._seconds:g} seconds"
                if late
                else f"extraction crashed (exit code {worker.process.exitcode})"
            )
            yield failed(task.batch.column("article_id")[0].as_py(), reason)


def _due(pool: list[_Worker]) -> list[_Worker]:
    """Wait for the workers that have sent something, are dead, or are late."""
    busy = [worker for worker in pool if worker.task is not None or not worker.ready]
    handles: dict[Any, _Worker] = {worker.pipe: worker for worker in busy}
    handles |= {worker.process.sentinel: worker for worker in busy}
    rest = min(worker.deadline for worker in busy) - time.monotonic()
    stirred = {id(handles[handle]) for handle in wait(list(handles), max(rest, 0.0))}
    now = time.monotonic()
    return [worker for worker in busy if id(worker) in stirred or worker.deadline <= now]


def _pack(batch: pa.RecordBatch) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    return bytes(sink.getvalue())


def _unpack(raw: bytes) -> pa.RecordBatch:
    return pa.ipc.open_stream(raw).read_next_batch()


def _unpacked(item: tuple[tuple[str, ...], bytes, bytes, dict[str, str]]) -> Outcome:
    ids, mentions, rejections, failures = item
    return Outcome(ids, _unpack(mentions), _unpack(rejections), failures)


def _serve(load: Load, pipe: Connection) -> None:
    """The life of a worker: load, then answer each batch until the other end is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends its workers
    threading.Thread(target=_die_with_parent, daemon=True).start()
    try:
        extract = load()
    except NewsmovesError as err:
        pipe.send_bytes(pickle.dumps(err))
        return
    except Exception as err:
        pipe.send_bytes(
            pickle.dumps(StageError(f"the extractor cannot be loaded: {type(err).__name__}: {err}"))
        )
        return
    pipe.send_bytes(pickle.dumps(()))
    while True:
        try:
            batch = _unpack(pipe.recv_bytes())
        except (EOFError, OSError):
            return
        found = [
            (o.article_ids, _pack(o.mentions), _pack(o.rejections), dict(o.failures))
            for o in outcomes(extract, batch)
        ]
        pipe.send_bytes(pickle.dumps(found))


def _die_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
