"""CSV and TSV: one article per row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace

from pipeline.ingest.encoding import as_utf8, decode
from pipeline.ingest.found import Found, Unreadable
from pipeline.ingest.lines import bounded_lines
from pipeline.ingest.metadata import column_for
from pipeline.ingest.record import from_record
from pipeline.ingest.settings import IngestSettings
from pipeline.ingest.sniff import DELIMITERS, delimiter_of


def read_delimited(stream: io.BufferedReader, encoding: str, settings: IngestSettings) -> Iterator[Found]:
    """One document per row; the first line names the columns.

    Raises:
        Unreadable: No column holds the text, or a field never ends.
    """
    limit = settings.limits.record_bytes
    csv.field_size_limit(limit)
    lines = _text_lines(as_utf8(stream, encoding), limit)
    header = next((line for line in lines if line.strip()), "")
    delimiter = delimiter_of(header, list(settings.columns.values())) or max(DELIMITERS, key=header.count)
    names = [name.strip() for name in next(csv.reader([header], delimiter=delimiter), [])]
    if settings.columns.get("text") not in names and column_for(names, "text") is None and "html" not in names:
        raise Unreadable(f"no column with the text (columns: {', '.join(names)[:200]}); name it, such as text=COLUMN")
    rows = csv.reader(lines, delimiter=delimiter)
    number = 0
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as err:
            raise Unreadable(f"broken after row {number}: {err}") from err
        if not row:
            continue
        number += 1
        if len(row) > len(names):
            found = Found(problem=f"row has {len(row)} fields, the header {len(names)}")
        else:
            found = from_record({**dict.fromkeys(names), **dict(zip(names, row, strict=False))}, settings)
        yield replace(found, number=number)


def _text_lines(stream: io.BufferedReader, limit: int) -> Iterator[str]:
    for line in bounded_lines(stream, limit):
        if line is None:
            raise Unreadable(f"line is longer than {limit} bytes")
        yield decode(line)
