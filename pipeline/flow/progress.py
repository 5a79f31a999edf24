"""How far a run is: for whoever watches, for the log, and for run.json."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from typing import Protocol


class Progress(Protocol):
    """Told how far a stage is; the command line draws a bar from it."""

    def start(self, stage: str, total: int) -> None:
        """A stage begins that has so many steps."""

    def advance(self, steps: int) -> None:
        """So many more are done."""

    def finish(self) -> None:
        """The stage is over."""


class Silent:
    """Progress that nobody watches."""

    def start(self, stage: str, total: int) -> None:
        """Nothing."""

    def advance(self, steps: int) -> None:
        """Nothing."""

    def finish(self) -> None:
        """Nothing."""


class Clock:
    """Seconds of each stage, for run.json and the log."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, stage: str) -> float:
        """Seconds since the last lap, kept as those of this stage."""
        now = time.perf_counter()
        self.seconds[stage] = round(now - self._last, 3)
        self._last = now
        return self.seconds[stage]


def listed(counts: Mapping[str, int]) -> str:
    """Counts as a log line shows them."""
    return ", ".join(f"{name} {count}" for name, count in counts.items())


def kind_of(reason: str | None) -> str:
    """The general part of a reason, for counting: without line numbers and the like."""
    return re.split(r"[:;,(]", reason or "unknown")[0].strip()
