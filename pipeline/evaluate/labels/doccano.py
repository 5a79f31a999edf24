"""doccano JSONL for sequence labelling with relations (https://doccano.github.io/doccano/).

Status, scope and date are labels over the trigger, such as `date:2024-10`, tied to it like arguments. No room
for notes: alternatives and names that the text never writes in one piece are lost, and said to be.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from pipeline.errors import InputError
from pipeline.evaluate.labels.tasks import REGION_SLOTS, LabelledEvent, Region, Task
from pipeline.records import DIRECTIONS

HELD = ("published", "date")


def write(tasks: list[Task], output: Path) -> None:
    """One line per task; article and date go into the columns that doccano keeps as metadata."""
    numbers = iter(range(1, 10**9))
    with output.open("w", encoding="utf-8") as stream:
        for key, task in enumerate(tasks, start=1):
            entities: list[dict[str, Any]] = []
            relations = []
            for event in task.events:
                marks = [event.trigger, *event.arguments, *_labels(event)]
                ids = [next(numbers) for _ in marks]
                entities += [
                    {"id": number, "label": mark.label, "start_offset": mark.start, "end_offset": mark.end}
                    for number, mark in zip(ids, marks, strict=True)
                ]
                relations += [
                    {
                        "id": next(numbers),
                        "from_id": ids[0],
                        "to_id": number,
                        "type": mark.label.partition(":")[0],
                    }
                    for number, mark in zip(ids[1:], marks[1:], strict=True)
                ]
            row = {
                "id": key,
                "text": task.text,
                "entities": entities,
                "relations": relations,
                "article": task.article,
                "published": task.published.isoformat() if task.published else None,
            }
            stream.write(json.dumps(row, ensure_ascii=False) + "\n")


def _labels(event: LabelledEvent) -> list[Region]:
    """What is said of an event as labels over its trigger."""
    said = [f"status:{event.status}", f"scope:{event.scope}"]
    dates = event.notes.get("date", ())
    if len(dates) == 1:
        said.append(f"date:{dates[0]}")
    return [replace(event.trigger, label=label) for label in said]


def read(path: Path) -> tuple[list[Task], list[str]]:
    """The tasks of an export, and what was not understood.

    Raises:
        InputError: Not a doccano export with entities.
    """
    tasks, losses = [], []
    number = 0
    try:
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
            if line.strip():
                task, problems = _task(json.loads(line), number, path)
                tasks.append(task)
                losses += problems
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as err:
        raise InputError(f"{path}:{number}: not doccano JSONL with entities ({err!r}); export as JSONL") from err
    return tasks, losses


def _task(row: dict[str, Any], number: int, path: Path) -> tuple[Task, list[str]]:
    losses = []
    extra = {**row, **(row.get("meta") or {})}
    name = extra.get("article")
    if not name:
        name = f"task_{row.get('id', number)}.txt"
        losses.append(f"{path}:{number}: names no article; it becomes {name}")
    published = date.fromisoformat(extra["published"]) if extra.get("published") else None
    marks = {
        entity["id"]: Region(entity["start_offset"], entity["end_offset"], entity["label"])
        for entity in row["entities"]
    }
    tied: dict[int, list[Region]] = {}
    used = set()
    for relation in row.get("relations", []):
        tied.setdefault(relation["from_id"], []).append(marks[relation["to_id"]])
        used.add(relation["to_id"])
    events = [_event(mark, tied.get(key, [])) for key, mark in marks.items() if mark.label in DIRECTIONS]
    losses += [
        f"{path}:{number}: {mark.label} at {mark.start}-{mark.end} belongs to no event"
        for key, mark in marks.items()
        if mark.label not in DIRECTIONS and key not in used
    ]
    return Task(name, published, row["text"], tuple(events), path), losses


def _event(trigger: Region, marks: list[Region]) -> LabelledEvent:
    arguments = tuple(mark for mark in marks if mark.label in REGION_SLOTS)
    chosen = dict(mark.label.split(":", 1) for mark in marks if ":" in mark.label)
    notes = {"date": (chosen["date"],)} if "date" in chosen else {}
    status, scope = chosen.get("status", "done"), chosen.get("scope", "news")
    return LabelledEvent(trigger, arguments, status, scope, notes)
