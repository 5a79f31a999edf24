"""The engine that works in this process: no start-up, and no guard against a crash or a hang."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyarrow as pa

from pipeline.engines import Load, Outcome, Run
from pipeline.tables import EVENT_MENTIONS, REJECTIONS


class LocalEngine:
    """Extracts one batch after the other."""

    def run(self, load: Load, batches: Iterable[pa.RecordBatch]) -> Iterator[Outcome]:
        """Outcomes in the order of the batches."""
        extract: Run | None = None
        for batch in batches:
            extract = extract or load()
            yield from outcomes(extract, batch)


def outcomes(extract: Run, batch: pa.RecordBatch) -> Iterator[Outcome]:
    """Extract a batch; where that raises, extract its articles one by one, and the culprit fails alone."""
    ids = tuple(str(value) for value in batch.column("article_id").to_pylist())
    try:
        mentions, rejections = extract(batch)
    except Exception as err:
        if len(ids) > 1:
            for row in range(len(ids)):
                yield from outcomes(extract, batch.slice(row, 1))
            return
        yield failed(ids[0], f"extraction failed: {type(err).__name__}: {err}")
        return
    yield Outcome(ids, mentions, rejections, {})


def failed(article_id: str, reason: str) -> Outcome:
    """The outcome of an article that could not be extracted."""
    return Outcome((article_id,), _empty(EVENT_MENTIONS), _empty(REJECTIONS), {article_id: reason[:500]})


def _empty(schema: pa.Schema) -> pa.RecordBatch:
    return pa.RecordBatch.from_pylist([], schema=schema)
