"""Prodigy JSONL of the relations interface (https://prodi.gy/docs/api-interfaces#relations).

Spans carry status, scope and notes as extra keys, which Prodigy keeps. Spans and relations of one event
share an `event` key, because two events may lie on the same words; a relation that a person draws has no
such key and is tied by its spans.
"""

from __future__ import annotations

import json
import re
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from pipeline.errors import InputError
from pipeline.evaluate.labels.tasks import REGION_SLOTS, LabelledEvent, Region, Task
from pipeline.records import DIRECTIONS

HELD = ("published", "notes")
_TOKEN = re.compile(r"\w+|[^\w\s]")
_Key = tuple[str | None, int, int, str]


def write(tasks: list[Task], output: Path) -> None:
    """One line per task."""
    with output.open("w", encoding="utf-8") as stream:
        for task in tasks:
            stream.write(json.dumps(_to_json(task), ensure_ascii=False) + "\n")


def _to_json(task: Task) -> dict[str, Any]:
    regions = [region for event in task.events for region in (event.trigger, *event.arguments)]
    tokens = _tokens(task.text, regions)
    spans, relations = [], []
    for number, event in enumerate(task.events):
        key = f"e{number}"
        head = _span(event.trigger, tokens, key)
        head |= {"status": event.status, "scope": event.scope, "notes": dict(event.notes)}
        spans.append(head)
        for argument in event.arguments:
            child = _span(argument, tokens, key)
            spans.append(child)
            relations.append(
                {
                    "head": head["token_end"],
                    "child": child["token_end"],
                    "head_span": head,
                    "child_span": child,
                    "label": argument.label,
                    "event": key,
                }
            )
    published = task.published.isoformat() if task.published else None
    return {
        "text": task.text,
        "tokens": tokens,
        "spans": spans,
        "relations": relations,
        "meta": {"article": task.article, "published": published},
        "answer": "accept",
    }


def _tokens(text: str, regions: list[Region]) -> list[dict[str, Any]]:
    """Words and punctuation, cut also where a region starts or ends, since spans must end with tokens."""
    cuts = {edge for region in regions for edge in (region.start, region.end)}
    pieces: list[tuple[int, int]] = []
    for match in _TOKEN.finditer(text):
        edges = [
            match.start(),
            *sorted(cut for cut in cuts if match.start() < cut < match.end()),
            match.end(),
        ]
        pieces += pairwise(edges)
    return [
        {"text": text[start:end], "start": start, "end": end, "id": key, "ws": text[end : end + 1].isspace()}
        for key, (start, end) in enumerate(pieces)
    ]


def _span(region: Region, tokens: list[dict[str, Any]], event: str) -> dict[str, Any]:
    inside = [token["id"] for token in tokens if token["start"] < region.end and token["end"] > region.start]
    return {
        "start": region.start,
        "end": region.end,
        "token_start": inside[0],
        "token_end": inside[-1],
        "label": region.label,
        "event": event,
    }


def read(path: Path) -> tuple[list[Task], list[str]]:
    """The accepted tasks of an export, and what was not understood.

    Raises:
        InputError: Not Prodigy JSONL.
    """
    tasks, losses = [], []
    number = 0
    try:
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
            if not line.strip():
                continue
            row = json.loads(line)
            if not isinstance(row["text"], str):
                raise TypeError("text is not a string")
            if row.get("answer", "accept") != "accept":
                losses.append(f"{path}:{number}: answered {row['answer']!r}; left out")
                continue
            task, problems = _task(row, number, path)
            tasks.append(task)
            losses += problems
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as err:
        raise InputError(f"{path}:{number}: not Prodigy JSONL ({err!r}); write it with `prodigy db-out`") from err
    return tasks, losses


def _task(row: dict[str, Any], number: int, path: Path) -> tuple[Task, list[str]]:
    losses = []
    meta = row.get("meta", {})
    name = meta.get("article")
    if not name:
        name = f"task_{number}.txt"
        losses.append(f"{path}:{number}: names no article; it becomes {name}")
    published = date.fromisoformat(meta["published"]) if meta.get("published") else None
    spans = {_key(span, span.get("event")): span for span in row.get("spans", [])}
    tied: dict[_Key, list[Region]] = {}
    for relation in row.get("relations", []):
        event = relation.get("event", relation["head_span"].get("event"))
        child = relation["child_span"]
        region = Region(child["start"], child["end"], relation["label"])
        tied.setdefault(_key(relation["head_span"], event), []).append(region)
    events = []
    for key, span in spans.items():
        if span["label"] in DIRECTIONS:
            trigger = Region(span["start"], span["end"], span["label"])
            notes = {slot: tuple(values) for slot, values in span.get("notes", {}).items()}
            arguments = tuple(region for region in tied.pop(key, []) if region.label in REGION_SLOTS)
            status, scope = span.get("status", "done"), span.get("scope", "news")
            events.append(LabelledEvent(trigger, arguments, status, scope, notes))
    losses += [f"{path}:{number}: a relation starts at {key[3]} {key[1]}-{key[2]}, no event" for key in tied]
    return Task(name, published, row["text"], tuple(events), path), losses


def _key(span: dict[str, Any], event: str | None) -> _Key:
    return event, span["start"], span["end"], span["label"]
