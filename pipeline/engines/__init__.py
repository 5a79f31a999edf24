"""Who calls extract on batches. No two engines may differ in a single output row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

import pyarrow as pa

Run = Callable[[pa.RecordBatch], tuple[pa.RecordBatch, pa.RecordBatch]]
"""Articles in, event mentions and rejections out."""

Load = Callable[[], Run]
"""Makes a `Run`, once per process; must be picklable."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of some articles: rows, or for an article in `failures` the reason why there are none."""

    article_ids: tuple[str, ...]
    mentions: pa.RecordBatch
    rejections: pa.RecordBatch
    failures: Mapping[str, str]


class Engine(Protocol):
    """Calls a `Run` on batches, wherever and in whatever order."""

    def run(self, load: Load, batches: Iterable[pa.RecordBatch]) -> Iterator[Outcome]:
        """Outcomes for every article given, each article once, in any order."""
        ...
