"""The newest events as a small table to read, with where the files lie."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Mapping
from typing import Any

import pyarrow.parquet as pq

from pipeline.manifest import table_files
from pipeline.places import AnyPath, readable

_ROWS = 10
_COLUMNS = ("published", "date", "person", "action", "role", "company", "status", "sources")
_SHRINKABLE = ("role", "company", "person")
_NARROWEST = 12
_NEEDED = (
    "event_id",
    "person",
    "action",
    "role",
    "company",
    "status",
    "scope",
    "date",
    "date_precision",
    "last_published",
    "source_count",
)


def newest_events(output: AnyPath) -> str:
    """The ten newest events of the tables in `output`, then the tables' paths."""
    lines = []
    files = table_files(output)
    events = pq.read_table(readable(files["events"]), columns=list(_NEEDED)).to_pylist()
    if events:
        events.sort(key=_newest_first)
        lines += [*_table([_cells(event) for event in events[:_ROWS]])]
        if len(events) > _ROWS:
            lines.append(f"... and {len(events) - _ROWS} more")
    else:
        lines.append("No events were found.")
    lines.append("")
    for name, path in reversed(files.items()):
        lines.append(f"{pq.read_metadata(readable(path)).num_rows:>9,} {name.replace('_', ' '):<15} {path}")
    return "\n".join(lines)


def _newest_first(event: Mapping[str, Any]) -> tuple[bool, float, float, str]:
    published = event["last_published"].timestamp() if event["last_published"] else 0.0
    took_effect = float(event["date"].toordinal()) if event["date"] else 0.0
    return event["scope"] == "background", -published, -took_effect, event["event_id"]


def _cells(event: Mapping[str, Any]) -> dict[str, str]:
    day = event["date"]
    texts = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}
    when = ""
    if day and event["date_precision"] == "quarter":
        when = f"{day.year}-Q{(day.month + 2) // 3}"
    elif day:
        when = day.strftime(texts.get(event["date_precision"], "%Y-%m-%d"))
    told = event["last_published"]
    return {
        "published": told.strftime("%Y-%m-%d") if told else "",
        "date": when,
        "sources": str(event["source_count"]),
        **{name: _plain(event[name] or "") for name in ("person", "action", "role", "company", "status")},
    }


def _plain(text: str) -> str:
    """Without control characters, which a hostile article could send to the terminal."""
    return "".join(" " if unicodedata.category(c).startswith("C") else c for c in text)


def _table(rows: list[dict[str, str]]) -> list[str]:
    widths = {name: max(len(name), *(len(row[name]) for row in rows)) for name in _COLUMNS}
    room = max(shutil.get_terminal_size((120, 24)).columns, 80) - 2 * (len(_COLUMNS) - 1)
    for name in _SHRINKABLE:
        over = sum(widths.values()) - room
        if over > 0:
            widths[name] = max(min(widths[name], _NARROWEST), widths[name] - over)
    lines = ["  ".join(name.ljust(widths[name]) for name in _COLUMNS)]
    lines.append("  ".join("-" * widths[name] for name in _COLUMNS))
    lines += ["  ".join(_cut(row[name], widths[name]) for name in _COLUMNS) for row in rows]
    return [line.rstrip() for line in lines]


def _cut(text: str, width: int) -> str:
    return text.ljust(width) if len(text) <= width else text[: width - 1] + "…"
