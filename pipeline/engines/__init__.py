"""Who does the work of a stage, and where. No two engines may differ in a single output row.

A job is given as shards, each some hundred articles. An engine takes a shard, does its tasks one by one in
guarded processes, and commits the shard; it knows nothing of articles. `LocalEngine` does this in this
process, `PoolEngine` in processes of this machine, `RayEngine` has each node of a cluster do it as a pool
of one process. Another distributed engine is as short as `ray.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

Shard = TypeVar("Shard")
Task = TypeVar("Task")
Result = TypeVar("Result")
Outcome = TypeVar("Outcome")
_Shard = TypeVar("_Shard", contravariant=True)
_Outcome = TypeVar("_Outcome", covariant=True)

Work = Callable[[Task, Callable[[], None]], Result]
"""Does a task. It calls its second argument now and then, to show that it has not stopped working."""


class Job(Protocol[_Shard, Task, Result, _Outcome]):
    """What is to be done with every shard. It must be picklable, as must shards, tasks, results and outcomes.

    `commit` runs outside the guarded process and may be called again for a shard that a lost machine had
    committed before, so it must write the same under the same name.
    """

    def load(self) -> Work[Task, Result]:
        """Make the `Work`; called once per process."""
        ...

    def tasks(self, shard: _Shard, /) -> Sequence[Task]:
        """The tasks of a shard, at least one."""
        ...

    def split(self, task: Task) -> Sequence[Task]:
        """The single items of a task, each a task of its own."""
        ...

    def lost(self, task: Task, reason: str) -> Result:
        """The result of a single item that could not be done, from the reason ("crashed (exit code 7)")."""
        ...

    def commit(self, shard: _Shard, /, results: Sequence[Result]) -> _Outcome:
        """Keep the results of a shard, which come in any order and together cover each item once."""
        ...


class Engine(Protocol):
    """Does jobs, wherever and in whatever order, and guards them.

    A task that raises is tried again item by item, so that only the item that is to blame is lost.
    Errors of the program's own kinds end the run: they are not the item's fault.
    """

    def run(self, job: Job[Shard, Task, Result, Outcome], shards: Iterable[Shard]) -> Iterator[Outcome]:
        """The outcome of every shard, in any order."""
        ...
