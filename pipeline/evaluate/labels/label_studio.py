"""Label Studio JSON: a list of tasks (https://labelstud.io/guide/task_format). It holds everything.

An event is a region labelled with its action, tied to its arguments by relations; status, scope and notes
are choices and a text field of that region.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from pipeline.errors import InputError
from pipeline.evaluate.labels.tasks import REGION_SLOTS, LabelledEvent, Region, Task
from pipeline.records import DIRECTIONS, SCOPES, STATUSES

HELD = ("published", "notes")


def write(tasks: list[Task], output: Path) -> None:
    """The tasks, and the labelling interface to paste into the project's settings beside them."""
    data = [_to_json(task) for task in tasks]
    output.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    output.with_suffix(".config.xml").write_text(configuration(), encoding="utf-8")


def configuration() -> str:
    """The labelling interface."""
    labels = "".join(f'    <Label value="{name}"/>\n' for name in (*DIRECTIONS, *REGION_SLOTS))
    relations = "".join(f'    <Relation value="{slot}"/>\n' for slot in REGION_SLOTS)

    def choices(name: str, values: tuple[str, ...]) -> str:
        options = "".join(f'<Choice value="{value}"/>' for value in values)
        return f'  <Choices name="{name}" toName="text" perRegion="true" choice="single">{options}</Choices>\n'

    return (
        f'<View>\n  <Labels name="label" toName="text">\n{labels}  </Labels>\n'
        f"  <Relations>\n{relations}  </Relations>\n"
        '  <Text name="text" value="$text"/>\n'
        + choices("status", STATUSES)
        + choices("scope", SCOPES)
        + '  <TextArea name="notes" toName="text" perRegion="true"/>\n</View>\n'
    )


def _to_json(task: Task) -> dict[str, Any]:
    data = {
        "text": task.text,
        "article": task.article,
        "published": task.published.isoformat() if task.published else None,
    }
    results = [part for number, event in enumerate(task.events) for part in _results(event, number, task.text)]
    return {"data": data, "annotations": [{"result": results}]}


def _results(event: LabelledEvent, number: int, text: str) -> Iterator[dict[str, Any]]:
    def region(key: str, place: Region) -> dict[str, Any]:
        span = {"start": place.start, "end": place.end, "text": text[place.start : place.end]}
        return {"id": key, "from_name": "label", "to_name": "text", "type": "labels"} | {
            "value": {**span, "labels": [place.label]}
        }

    trigger = f"e{number}"
    yield region(trigger, event.trigger)
    fields = {"id": trigger, "to_name": "text"}
    span = {"start": event.trigger.start, "end": event.trigger.end}
    for name in ("status", "scope"):
        chosen = {**span, "choices": [getattr(event, name)]}
        yield {**fields, "from_name": name, "type": "choices", "value": chosen}
    if event.notes:
        noted = {**span, "text": [json.dumps(event.notes, ensure_ascii=False)]}
        yield {**fields, "from_name": "notes", "type": "textarea", "value": noted}
    for place, argument in enumerate(event.arguments):
        key = f"e{number}a{place}"
        yield region(key, argument)
        yield {
            "type": "relation",
            "from_id": trigger,
            "to_id": key,
            "direction": "right",
            "labels": [argument.label],
        }


def read(path: Path) -> tuple[list[Task], list[str]]:
    """The tasks of an export, and what was not understood.

    Raises:
        InputError: Not a Label Studio export with texts.
    """
    try:
        items = json.loads(path.read_text(encoding="utf-8"))
        found = [_task(item, number, path) for number, item in enumerate(items, start=1)]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError) as err:
        raise InputError(f"{path}: not a Label Studio JSON export ({err!r}); export with 'JSON'") from err
    return [task for task, _ in found], [loss for _, losses in found for loss in losses]


def _task(item: dict[str, Any], number: int, path: Path) -> tuple[Task, list[str]]:
    data = item["data"]
    done = [entry for entry in item.get("annotations", []) if not entry.get("was_cancelled")]
    results = done[-1]["result"] if done else []
    losses = []
    name = data.get("article")
    if not name:
        name = f"task_{item.get('id', number)}.txt"
        losses.append(f"{path}: task {number} names no article; it becomes {name}")
    if len(done) > 1:
        losses.append(f"{path}: {name}: {len(done)} annotations; the last one is taken")
    published = date.fromisoformat(data["published"]) if data.get("published") else None
    events, problems = _events(results)
    losses += [f"{path}: {name}: {problem}" for problem in problems]
    return Task(name, published, data["text"], tuple(events), path), losses


def _events(results: list[dict[str, Any]]) -> tuple[list[LabelledEvent], list[str]]:
    regions: dict[str, Region] = {}
    fields: dict[str, dict[str, str]] = {}
    ties: dict[str, list[str]] = {}
    for result in results:
        value = result.get("value", {})
        match result["type"]:
            case "labels":
                regions[result["id"]] = Region(value["start"], value["end"], value["labels"][0])
            case "choices":
                fields.setdefault(result["id"], {})[result["from_name"]] = value["choices"][0]
            case "textarea":
                fields.setdefault(result["id"], {})[result["from_name"]] = value["text"][0]
            case "relation":
                ties.setdefault(result["from_id"], []).append(result["to_id"])
    events, losses = [], []
    for key, region in regions.items():
        if region.label in REGION_SLOTS:
            continue
        given = fields.get(key, {})
        try:
            notes = {slot: tuple(values) for slot, values in json.loads(given.get("notes", "{}")).items()}
        except (ValueError, AttributeError, TypeError):
            notes = {}
            losses.append(f"note is not understood: {given['notes']!r}")
        arguments = tuple(regions[tied] for tied in ties.get(key, []))
        status, scope = given.get("status", "done"), given.get("scope", "news")
        events.append(LabelledEvent(region, arguments, status, scope, notes))
    tied = {end for ends in ties.values() for end in ends}
    losses += [
        f"{region.label} at {region.start}-{region.end} belongs to no event; draw a relation to it"
        for key, region in regions.items()
        if region.label in REGION_SLOTS and key not in tied
    ]
    return events, losses
