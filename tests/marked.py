"""The `{text|slot}` notation of the rule tables, and the extraction of its rows with the marked names given.

A table holds one row a line:

    published 2024-03-05
    rule_id | {Acme|company} {named|appointed} {Jane Roe|person} {CEO|role} {Monday|date=2024-03-04}.
    not rule_id: reason | {Jane Roe|~person} was named in a suit.
    todo rule_id | a row that the grammar does not read yet

Slots are person, role, company, date, counterpart, place (a distractor only), or an action, which marks the
trigger. `=value` is the canonical value of a slot, and the status of an action (`{will join|joined=planned}`,
else `done`). `~` marks a distractor. A row with several triggers numbers them, and the slots that belong to
some only: `{Lee|person.1} {succeeds|appointed.1} {Kim|person.2+counterpart.1}, who {retired|retired.2} ...`.
A slot without a number belongs to every trigger. Several persons, roles or companies of one trigger stand for
all their combinations.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal
from unittest import mock

from pipeline.extract import Extractor
from pipeline.extract.mentions import Name, Window
from pipeline.records import DIRECTIONS, STATUSES, EventMention, Rejection

SLOTS = ("person", "role", "company", "date", "counterpart", "place")
HEADING = "Brief\n"  # a row with a full stop stands in the body of its article, one without is the headline
_MARK = re.compile(r"\{([^{}|]+)\|([^{}|]+)\}")
_SPEC = re.compile(r"(~?)([a-z_]+)((?:\.\d)*)(?:=(.+))?")
_ROW = re.compile(r"(todo )?(not )?([a-z_]+\.[a-z_]+)(?:: ([a-z_: |]+?))? \| (.+)")

EventKey = tuple[str, str | None, str | None, str, str | None, str]  # person, role, company, action, date, status


class NotationError(ValueError):
    """A row that does not follow the notation."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked stretch of a row, half-open; `groups` number the triggers it belongs to, none meaning all."""

    start: int
    end: int
    text: str
    slot: str
    distractor: bool
    groups: tuple[int, ...]
    value: str


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table. `reason` is set where the rule must be refused."""

    where: str
    rule_id: str
    reason: str | None
    todo: bool
    published: date
    text: str
    marks: tuple[Mark, ...]

    @property
    def events(self) -> frozenset[EventKey]:
        """The whole set of events that the row states."""
        triggers = [m for m in self.marks if m.slot in DIRECTIONS]
        return frozenset(key for trigger in triggers for key in self._of(trigger))

    @property
    def counterparts(self) -> frozenset[tuple[str, str]]:
        """Pairs of person and counterpart that the row states."""
        found = set()
        for mark in self.marks:
            if mark.slot == "counterpart" and not mark.distractor:
                for trigger in (m for m in self.marks if m.slot in DIRECTIONS and _shares(m, mark)):
                    found |= {(person, mark.value) for person in self._values("person", trigger)}
        return frozenset((person, value) for person, value in found if person is not None)

    def _values(self, slot: str, trigger: Mark) -> list[str | None]:
        found = [m.value for m in self.marks if m.slot == slot and not m.distractor and _shares(trigger, m)]
        return list(dict.fromkeys(found)) or [None]

    def _of(self, trigger: Mark) -> set[EventKey]:
        if None in (persons := self._values("person", trigger)):
            raise NotationError(f"{self.where}: trigger '{trigger.text}' has no person")
        columns = (
            persons,
            self._values("role", trigger),
            self._values("company", trigger),
            self._values("date", trigger),
        )
        return {
            (str(person), role, company, trigger.slot, when, trigger.value)
            for person, role, company, when in itertools.product(*columns)
        }


def _shares(trigger: Mark, mark: Mark) -> bool:
    return not mark.groups or not trigger.groups or bool(set(trigger.groups) & set(mark.groups))


def _mark(where: str, start: int, text: str, spec: str) -> Mark:
    match = _SPEC.fullmatch(spec)
    if match is None or match.group(2) not in (*SLOTS, *DIRECTIONS):
        raise NotationError(f"{where}: unknown mark '{spec}' (known: {', '.join((*SLOTS, *DIRECTIONS))})")
    tilde, slot, groups, value = match.groups()
    is_action = slot in DIRECTIONS
    if is_action and (value or "done") not in STATUSES:
        raise NotationError(f"{where}: unknown status '{value}' (known: {', '.join(STATUSES)})")
    if slot == "date" and not tilde and not value:
        raise NotationError(f"{where}: date '{text}' needs its value, as in date=2024-03-04")
    if slot == "place" and not tilde:
        raise NotationError(f"{where}: a place can only be a distractor, '~place'")
    numbers = tuple(int(number) for number in re.findall(r"\d", groups))
    return Mark(start, start + len(text), text, slot, bool(tilde), numbers, value or ("done" if is_action else text))


def unmark(where: str, marked: str, heading: str = "") -> tuple[str, tuple[Mark, ...]]:
    """Plain text of a row, behind a heading, and its marks.

    Raises:
        NotationError: A mark has an unknown slot or status, or lacks a value, or a brace stands alone.
    """
    text, marks, position = heading, [], 0
    for match in _MARK.finditer(marked):
        text += marked[position : match.start()]
        marks += [_mark(where, len(text), match.group(1), spec) for spec in match.group(2).split("+")]
        text += match.group(1)
        position = match.end()
    text += marked[position:]
    if set(text) & set("{}|"):
        raise NotationError(f"{where}: a brace or bar is left over in '{text}'")
    return text, tuple(marks)


def read_rows(path: Path) -> list[Row]:
    """The rows of a table.

    Raises:
        NotationError: A line is no row, or a mark is mistyped.
    """
    published, rows = date(2024, 3, 5), []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        where = f"{path.name}:{number}"
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("published "):
            published = date.fromisoformat(line.removeprefix("published ").strip())
            continue
        match = _ROW.fullmatch(" ".join(line.split()))
        if match is None:
            raise NotationError(f"{where}: neither 'rule_id | sentence' nor 'not rule_id: reason | sentence'")
        todo, negative, rule_id, reason, sentence = match.groups()
        if bool(negative) != bool(reason):
            raise NotationError(f"{where}: a 'not' row names the reason of the rejection, another row none")
        text, marks = unmark(where, sentence, HEADING if sentence.endswith((".", "!", "?")) else "")
        row = Row(where, rule_id, reason, bool(todo), published, text, marks)
        if not negative and not row.events:
            raise NotationError(f"{where}: no trigger is marked with its action")
        rows.append(row)
    return rows


def _given(row: Row, windows: Sequence[Window]) -> None:
    """Stands in for the recognition of names: the marked ones and no others."""
    kinds: dict[str, Literal["person", "org"]] = {
        "person": "person",
        "counterpart": "person",
        "company": "org",
        "place": "org",
    }
    for window in windows:
        for mark in row.marks:
            start, end = mark.start - window.offset, mark.end - window.offset
            if mark.slot not in kinds or not 0 <= start < end <= len(window.doc.text):
                continue
            span = window.doc.char_span(start, end, alignment_mode="expand")
            if span is None or span.start in window.name_at:
                continue
            name = Name(kinds[mark.slot], span.start, span.end, mark.text, weak=mark.slot == "place")
            window.names.append(name)
            window.name_at.update(dict.fromkeys(range(span.start, span.end), name))
        window.names.sort(key=lambda name: name.first)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the extractor made of a row."""

    mentions: tuple[EventMention, ...]
    rejections: tuple[Rejection, ...]

    @property
    def events(self) -> frozenset[EventKey]:
        return frozenset(_key(mention) for mention in self.mentions)


def _key(mention: EventMention) -> EventKey:
    when = None
    if mention.date is not None:
        day = mention.date
        quarter = f"{day.year}-Q{(day.month + 2) // 3}"
        when = {"day": day.isoformat(), "month": f"{day:%Y-%m}", "quarter": quarter, "year": str(day.year)}[
            mention.date_precision or "day"
        ]
    return (mention.person, mention.role, mention.company, mention.action, when, mention.status)


def extract_rows(rows: Sequence[Row], extractor: Extractor | None = None) -> list[Outcome]:
    """Extract each row as an article of its own, unscreened; all are parsed in one batch."""
    from pipeline.extract.match import collect
    from pipeline.extract.model import parse
    from pipeline.extract.resolve import resolve
    from pipeline.extract.screen import whole
    from pipeline.extract.view import build_view

    reader = extractor or Extractor()
    stretches = [whole(row.text) for row in rows]
    windows = iter(parse([(row.text, stretch) for row, own in zip(rows, stretches, strict=True) for stretch in own]))
    outcomes = []
    for row, own in zip(rows, stretches, strict=True):
        parsed = [next(windows) for _ in own]
        with mock.patch("pipeline.extract.view.mark_names", lambda found, row=row: _given(row, found)):
            view = build_view(row.where, row.text, row.published, parsed)
        mentions, rejections = resolve(view, collect(view), reader.cues)
        outcomes.append(Outcome(tuple(mentions), tuple(rejections)))
    return outcomes
