"""Parquet: one article per row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import IO, Any

from pipeline.ingest.containers import Budget
from pipeline.ingest.found import Found, Unreadable
from pipeline.ingest.metadata import KEYS, column_for
from pipeline.ingest.record import from_record
from pipeline.ingest.settings import IngestSettings

_BATCH_ROWS = 64


def read_parquet(
    file: IO[bytes], budget: Budget, settings: IngestSettings, row_groups: list[int] | None = None
) -> Iterator[Found]:
    """One document per row, of these row groups or of all; only the columns that articles need are read.

    Raises:
        Unreadable: No column holds the text, or the file expands beyond the bounds.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        parquet = pq.ParquetFile(file)
        _check_size(parquet.metadata, file, settings)
        names = parquet.schema_arrow.names
        columns = _columns(names, settings)
        if not columns:
            raise Unreadable(
                f"no column with the text (columns: {', '.join(names)[:200]}); name it, such as text=COLUMN"
            )
        number = 0
        for batch in parquet.iter_batches(batch_size=_BATCH_ROWS, columns=columns, row_groups=row_groups):
            for row in _rows(batch, budget, settings):
                number += 1
                found = Found(problem=row) if isinstance(row, str) else from_record(row, settings)
                yield replace(found, number=number)
    except (pa.ArrowException, OSError) as err:
        raise Unreadable(f"broken Parquet: {err}"[:300]) from err


def _columns(names: list[str], settings: IngestSettings) -> list[str]:
    """Columns to read; none if no text is among them."""
    chosen = {our: settings.columns.get(our) or column_for(names, our) for our in KEYS}
    if chosen["text"] not in names:
        chosen["text"] = next((name for name in ("html", "raw_html") if name in names), None)
    if chosen["text"] is None:
        return []
    wanted = {name for name in chosen.values() if name}
    plain = {_plain(key) for keys in KEYS.values() for key in keys}
    return [name for name in names if name in wanted or _plain(name) in plain]


def _plain(name: str) -> str:
    return "".join(filter(str.isalnum, name)).lower()


def _check_size(metadata: Any, file: IO[bytes], settings: IngestSettings) -> None:
    file.seek(0, 2)
    stored = max(file.tell(), 1)
    groups = [metadata.row_group(index).total_byte_size for index in range(metadata.num_row_groups)]
    limits = settings.limits
    if sum(groups) > max(limits.expansion_grace_bytes, limits.expansion_ratio * stored):
        raise Unreadable(f"expands more than {limits.expansion_ratio} times")


def _rows(batch: Any, budget: Budget, settings: IngestSettings) -> Iterator[Mapping[str, Any] | str]:
    """Rows one by one, so that a repeated long value is held once; a reason for one beyond the bound."""
    for index in range(batch.num_rows):
        row = batch.slice(index, 1)
        budget.spend(row.nbytes)
        if row.nbytes > settings.limits.record_bytes:
            yield f"record is longer than {settings.limits.record_bytes} bytes"
        else:
            yield row.to_pylist()[0]
