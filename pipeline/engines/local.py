"""The engine that works in this process: no start-up, and no guard against a crash or a hang."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.engines import Job, Outcome, Result, Shard, Task, Work
from pipeline.errors import NewsmovesError


class LocalEngine:
    """Does one shard after the other."""

    def run(self, job: Job[Shard, Task, Result, Outcome], shards: Iterable[Shard]) -> Iterator[Outcome]:
        """Outcomes in the order of the shards."""
        work: Work[Task, Result] | None = None
        for shard in shards:
            results: list[Result] = []
            for task in job.tasks(shard):
                work = work or job.load()
                results.extend(_done(work, task, job))
            yield job.commit(shard, results)


def _done(work: Work[Task, Result], task: Task, job: Job[Shard, Task, Result, Outcome]) -> Iterator[Result]:
    try:
        result = work(task, _nothing)
    except NewsmovesError:
        raise
    except Exception as err:
        items = job.split(task)
        if len(items) > 1:
            for item in items:
                yield from _done(work, item, job)
            return
        result = job.lost(task, failure(err))
    yield result


def failure(err: Exception) -> str:
    """How an exception is told in a reason."""
    return f"failed: {type(err).__name__}: {err}"[:500]


def _nothing() -> None:
    pass
