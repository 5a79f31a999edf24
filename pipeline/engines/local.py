"""The engine that works in this process: no start-up, and no guard against a crash or a hang."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.engines import Load, Lost, Result, Split, Task, Work
from pipeline.errors import NewsmovesError


class LocalEngine:
    """Does one task after the other."""

    def map(
        self,
        load: Load[Task, Result],
        tasks: Iterable[Task],
        split: Split[Task],
        lost: Lost[Task, Result],
    ) -> Iterator[Result]:
        """Results in the order of the tasks."""
        work: Work[Task, Result] | None = None
        for task in tasks:
            work = work or load()
            yield from _done(work, task, split, lost)


def _done(work: Work[Task, Result], task: Task, split: Split[Task], lost: Lost[Task, Result]) -> Iterator[Result]:
    try:
        result = work(task, _nothing)
    except NewsmovesError:
        raise
    except Exception as err:
        items = split(task)
        if len(items) > 1:
            for item in items:
                yield from _done(work, item, split, lost)
            return
        result = lost(task, failure(err))
    yield result


def failure(err: Exception) -> str:
    """How an exception is told in a reason."""
    return f"failed: {type(err).__name__}: {err}"[:500]


def _nothing() -> None:
    pass
