"""What labelling tools have in common: regions of a text, tied together into events.

A region holds words of the article; a gold row also holds what no region can: alternatives, dates in
numbers, a name the article never writes in one piece. These go into an event's notes, for the forms that
have room for notes.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import cast

from pipeline.evaluate.gold import GoldArticle, GoldEvent, is_date
from pipeline.records import DIRECTIONS, SCOPES, STATUSES, Action, Scope, Status

REGION_SLOTS = ("person", "role", "company")
Note = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of the task's text, half-open, with a label."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class LabelledEvent:
    """One event: a trigger labelled with the action, its arguments, and notes by slot.

    A slot may have several arguments where a person drew them; each makes a row of its own.
    """

    trigger: Region
    arguments: tuple[Region, ...]
    status: str = "done"
    scope: str = "news"
    notes: Mapping[str, Note] = field(default_factory=dict)
    line: int = 0


@dataclass(frozen=True, slots=True)
class Task:
    """One article as a labelling tool sees it."""

    article: str
    published: date | None
    text: str
    events: tuple[LabelledEvent, ...]
    source: Path


def to_task(gold: GoldArticle, text: str) -> Task:
    """A gold article as regions of its text."""
    return Task(gold.article, gold.published, text, tuple(_to_event(event, text) for event in gold.events), gold.path)


def _to_event(event: GoldEvent, text: str) -> LabelledEvent:
    notes: dict[str, Note] = {}
    trigger = _find(text, event.evidence) if event.evidence else None
    if trigger is None:
        trigger = _find(text, event.person[0]) or (0, len(text))
        notes["evidence"] = (event.evidence,)
    elif _words(text, *trigger) != event.evidence:
        notes["evidence"] = (event.evidence,)
    arguments = []
    for slot in REGION_SLOTS:
        values: Note = getattr(event, slot)
        if values == (None,):
            continue
        place = next((found for value in values if value and (found := _near(text, value, trigger))), None)
        if place:
            arguments.append(Region(*place, slot))
        if place is None or values != (_words(text, *place),):
            notes[slot] = values
    if event.date != (None,):
        notes["date"] = event.date
    for slot in ("action", "status"):
        if len(getattr(event, slot)) > 1:
            notes[slot] = getattr(event, slot)
    return LabelledEvent(
        Region(*trigger, event.action[0]), tuple(arguments), event.status[0], event.scope, notes, event.line
    )


def _near(text: str, words: str, trigger: tuple[int, int]) -> tuple[int, int] | None:
    """Where words stand: inside the trigger, else at the place nearest to it."""
    places = [match.span() for match in re.finditer(_pattern(words), text)]
    inside = [place for place in places if trigger[0] <= place[0] and place[1] <= trigger[1]]
    if inside:
        return inside[0]
    return min(places, key=lambda place: (abs(place[0] - trigger[0]), place), default=None)


def _find(text: str, words: str) -> tuple[int, int] | None:
    match = re.search(_pattern(words), text)
    return match.span() if match else None


def _pattern(words: str) -> str:
    return (
        r"(?<!\w)" * words[:1].isalnum()
        + r"\s+".join(map(re.escape, words.split()))
        + (r"(?!\w)" * words[-1:].isalnum())
    )


def _words(text: str, start: int, end: int) -> str:
    return " ".join(text[start:end].split())


def to_gold(task: Task) -> tuple[GoldArticle, list[str]]:
    """The gold article of a task, and one line per label that makes no row."""
    events: list[GoldEvent] = []
    losses = []
    for event in task.events:
        problem = _problem(event)
        if problem:
            losses.append(f"{task.source}: {task.article}: {problem}")
        else:
            events += _rows(event, task.text)
    return GoldArticle(task.article, task.published, tuple(events), task.source), losses


def _problem(event: LabelledEvent) -> str | None:
    where = f"event at {event.trigger.start}-{event.trigger.end}"
    if event.trigger.label not in DIRECTIONS:
        return f"{where} has unknown action {event.trigger.label!r} (known: {', '.join(DIRECTIONS)})"
    if event.status not in STATUSES:
        return f"{where} has unknown status {event.status!r} (known: {', '.join(STATUSES)})"
    if event.scope not in SCOPES:
        return f"{where} has unknown scope {event.scope!r} (known: {', '.join(SCOPES)})"
    bad = [value for value in event.notes.get("date", ()) if value is not None and not is_date(value)]
    if bad:
        return f"{where} has date {bad[0]!r}; write 2024-10-07, 2024-10, 2024-Q3 or 2024"
    if "person" not in event.notes and all(argument.label != "person" for argument in event.arguments):
        return f"{where} has no person; draw a relation from it to one"
    return None


def _rows(event: LabelledEvent, text: str) -> Iterator[GoldEvent]:
    choices = [_slot_values(event, slot, text) for slot in REGION_SLOTS]
    quoted = (_words(text, event.trigger.start, event.trigger.end),)
    for person, role, company in itertools.product(*choices):
        yield GoldEvent(
            person=cast(tuple[str, ...], person),
            role=role,
            company=company,
            action=cast(tuple[Action, ...], _noted(event, "action", event.trigger.label)),
            date=event.notes.get("date", (None,)),
            status=cast(tuple[Status, ...], _noted(event, "status", event.status)),
            scope=cast(Scope, event.scope),
            evidence=event.notes.get("evidence", quoted)[0],
            line=event.line,
        )


def _noted(event: LabelledEvent, slot: str, value: str) -> Note:
    """The alternatives of the note, unless a person has since chosen a value that is none of them."""
    note = event.notes.get(slot, (value,))
    return note if value in note else (value,)


def _slot_values(event: LabelledEvent, slot: str, text: str) -> Sequence[Note]:
    """The values of a slot, one set of alternatives per row to make."""
    drawn = [_words(text, region.start, region.end) for region in event.arguments if region.label == slot]
    note = event.notes.get(slot)
    if note is not None and (not drawn or (len(drawn) == 1 and _stems_from(drawn[0], note))):
        return [note]
    return [(value,) for value in drawn] or [(None,)]


def _stems_from(drawn: str, note: Note) -> bool:
    return any(value is not None and " ".join(value.split()) == drawn for value in note)


def losses_of(task: Task, held: Sequence[str], form: str) -> Iterator[str]:
    """One line per value that a form cannot hold.

    Args:
        task: What is exported.
        held: What the form has room for, of: published, notes, date (one per event).
        form: Its name.
    """
    if task.published and "published" not in held:
        yield f"{task.source}: published {task.published} is not held by {form}"
    if "notes" in held:
        return
    for event in task.events:
        for slot, values in event.notes.items():
            if slot in held and len(values) == 1:
                continue
            said = " | ".join(value or "null" for value in values)
            yield f"{task.source}:{event.line}: {slot} {said} is not held by {form}"
