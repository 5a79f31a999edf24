"""brat standoff: a folder with NAME.txt and NAME.ann per article (https://brat.nlplab.org/standoff.html).

Room for notes: yes, as JSON in an AnnotatorNotes line. No room for the publication date.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from pipeline.errors import InputError
from pipeline.evaluate.labels.tasks import REGION_SLOTS, LabelledEvent, Region, Task
from pipeline.records import DIRECTIONS, SCOPES, STATUSES

HELD = ("notes",)
_PIECES = re.compile(r"[^\n]*\S[^\n]*")


def write(tasks: list[Task], output: Path) -> None:
    """One pair of files per task, and the `annotation.conf` that brat asks for."""
    output.mkdir(parents=True, exist_ok=True)
    for task in tasks:
        (output / f"{task.article}.txt").write_text(task.text, encoding="utf-8")
        lines = "".join(f"{line}\n" for line in _lines(task))
        (output / f"{task.article}.ann").write_text(lines, encoding="utf-8")
    (output / "annotation.conf").write_text(configuration(), encoding="utf-8")


def configuration() -> str:
    """The labels, for brat."""
    arguments = ", ".join(f"{slot}*:{slot}" for slot in REGION_SLOTS)
    events = "".join(f"{action}\t{arguments}\n" for action in DIRECTIONS)
    return (
        "[entities]\n"
        + "".join(f"{slot}\n" for slot in REGION_SLOTS)
        + "[relations]\n[events]\n"
        + events
        + f"[attributes]\nstatus\tArg:<EVENT>, Value:{'|'.join(STATUSES)}\n"
        + f"scope\tArg:<EVENT>, Value:{'|'.join(SCOPES)}\n"
    )


def _lines(task: Task) -> Iterator[str]:
    spans = 0
    for number, event in enumerate(task.events, start=1):
        ties = []
        for region in (event.trigger, *event.arguments):
            spans += 1
            yield _span(f"T{spans}", region, task.text)
            ties.append(f"{region.label}:T{spans}")
        yield f"E{number}\t{' '.join(ties)}"
        yield f"A{2 * number - 1}\tstatus E{number} {event.status}"
        yield f"A{2 * number}\tscope E{number} {event.scope}"
        if event.notes:
            yield f"#{number}\tAnnotatorNotes E{number}\t{json.dumps(event.notes, ensure_ascii=False)}"


def _span(key: str, region: Region, text: str) -> str:
    """A text-bound line; brat cuts a span at line breaks."""
    pieces = [
        (region.start + match.start(), region.start + match.end())
        for match in _PIECES.finditer(text[region.start : region.end])
    ]
    places = ";".join(f"{start} {end}" for start, end in pieces)
    words = " ".join(text[start:end] for start, end in pieces)
    return f"{key}\t{region.label} {places}\t{words}"


def read(folder: Path) -> tuple[list[Task], list[str]]:
    """Every annotated article of a folder, and what was not understood.

    Raises:
        InputError: Not a folder, no .ann files, or one without its .txt.
    """
    files = sorted(folder.glob("*.ann")) if folder.is_dir() else []
    if not files:
        raise InputError(f"{folder}: no folder with .ann files; name the folder that brat wrote")
    tasks, losses = [], []
    for path in files:
        text_path = path.with_suffix(".txt")
        if not text_path.is_file():
            raise InputError(f"{path}: no {text_path.name} beside it; copy the text there too")
        task, problems = _task(path, text_path.read_text(encoding="utf-8"))
        tasks.append(task)
        losses += problems
    return tasks, losses


def _task(path: Path, text: str) -> tuple[Task, list[str]]:
    regions: dict[str, Region] = {}
    events: dict[str, LabelledEvent] = {}
    later: list[tuple[int, list[str]]] = []
    losses: list[str] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        parts = line.split("\t")
        if line.startswith("T") and len(parts) >= 2:
            label, _, places = parts[1].partition(" ")
            numbers = [int(value) for value in re.findall(r"\d+", places)]
            regions[parts[0]] = Region(min(numbers), max(numbers), label)
        elif line.strip():
            later.append((number, parts))
    for number, parts in sorted(later, key=lambda item: (not item[1][0].startswith("E"), item[0])):
        problem = _apply(parts, regions, events)
        if problem:
            losses.append(f"{path}:{number}: {problem}")
    return Task(path.name.removesuffix(".ann"), None, text, tuple(events.values()), path), losses


def _apply(parts: list[str], regions: dict[str, Region], events: dict[str, LabelledEvent]) -> str | None:
    """Put an event, attribute or note into `events`; what is wrong with it, if it is not understood."""
    key, body = parts[0], parts[1] if len(parts) > 1 else ""
    if key.startswith("E"):
        ties = [tie.partition(":") for tie in body.split()]
        if not ties or any(place not in regions for _, _, place in ties):
            return "event names a span that is not there"
        label = ties[0][0]
        arguments = tuple(replace(regions[place], label=name.rstrip("0123456789")) for name, _, place in ties[1:])
        events[key] = LabelledEvent(replace(regions[ties[0][2]], label=label), arguments)
        return None
    name, _, rest = body.partition(" ")
    target, _, value = rest.partition(" ")
    if target not in events:
        return f"{name or key} belongs to no event"
    if key.startswith("A") and name == "status":
        events[target] = replace(events[target], status=value)
        return None
    if key.startswith("A") and name == "scope":
        events[target] = replace(events[target], scope=value)
        return None
    if key.startswith("#"):
        try:
            notes = {slot: tuple(values) for slot, values in json.loads(parts[2]).items()}
        except (ValueError, IndexError, AttributeError, TypeError):
            return f"note is not understood: {' '.join(parts[2:])!r}"
        events[target] = replace(events[target], notes=notes)
        return None
    return f"{name or key} is not understood"
