"""Who does the work of a stage, and where. No two engines may differ in a single output row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")

Work = Callable[[Task, Callable[[], None]], Result]
"""Does a task. It calls its second argument now and then, to show that it has not stopped working."""

Load = Callable[[], Work[Task, Result]]
"""Makes a `Work`, once per process; must be picklable, as must tasks and results."""

Split = Callable[[Task], Sequence[Task]]
"""The single items of a task, each a task of its own."""

Lost = Callable[[Task, str], Result]
"""The result of a single item that could not be done, from the reason ("crashed (exit code 7)")."""


class Engine(Protocol):
    """Does tasks, wherever and in whatever order, and guards them.

    A task that raises is tried again item by item, so that only the item that is to blame is lost.
    Errors of the program's own kinds end the run: they are not the item's fault.
    """

    def map(
        self,
        load: Load[Task, Result],
        tasks: Iterable[Task],
        split: Split[Task],
        lost: Lost[Task, Result],
    ) -> Iterator[Result]:
        """Results that together cover every item given, each once, in any order."""
        ...
