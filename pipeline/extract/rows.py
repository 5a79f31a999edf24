"""Rows of tables: "Jane Roe | Appointed | Finance Director | Acme Norge | 1 April" has no grammar, only cells."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.extract.dates import find_dates
from pipeline.extract.mentions import Name, Window
from pipeline.extract.role_values import RoleValue
from pipeline.extract.triggers import Trigger
from pipeline.extract.view import View

_PERSON = re.compile(
    r"^(?:[A-Z]\.\s?)*[A-Z][\w.'’-]+(?:\s(?:[A-Z]\.|de|van|von|der|del|la|bin|al-)){0,2}(?:\s[A-Z][\w'’-]+){1,2}$"
)
_SEPARATORS = frozenset({"|", "\t"})
_GENERIC = frozenset({"group", "company", "the company", "n/a", "-", "–", "—", "headquarters"})
_LEAST_CELLS = 3


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a row: token indices, half-open, and its text."""

    first: int
    last: int
    text: str


@dataclass(frozen=True, slots=True)
class RowFrame:
    """What the cells of a row fill."""

    person: Name
    role: RoleValue | None
    company: Name | None


def cells_of(window: Window, first: int, last: int) -> list[Cell]:
    """Cells of a row, empty ones left out."""
    cells, start = [], first
    for index in range(first, last + 1):
        if index == last or window.words[index] in _SEPARATORS:
            text = window.doc[start:index].text.strip(" |\t")
            if text:
                cells.append(Cell(start, index, text))
            start = index + 1
    return cells


def read_row(view: View, window: Window, trigger: Trigger) -> RowFrame | None:
    """Person, role and company of a table row that holds a trigger; None if it names no person."""
    sentence = window.sentence_of(trigger.head)
    cells = cells_of(window, sentence.first, sentence.last)
    if len(cells) < _LEAST_CELLS:
        return None
    titled = [cell for cell in cells if _title(window, cell)]
    used = {id(cell) for cell in cells if cell.first <= trigger.head < cell.last and cell not in titled}
    person = next(
        (cell for cell in cells if cell not in titled and id(cell) not in used and _PERSON.match(cell.text)),
        None,
    )
    if person is None:
        return None
    used.add(id(person))
    role = next(iter(titled), None)
    company = next(
        (
            cell
            for cell in cells
            if id(cell) not in used
            and cell is not role
            and cell.text[:1].isupper()
            and cell.text.lower() not in _GENERIC
            and not find_dates(cell.text)
            and not re.search(r"\d", cell.text)
            and len(cell.text.split()) <= 6
        ),
        None,
    )
    return RowFrame(
        _person(view, window, person),
        RoleValue(role.text, None, None) if role is not None else None,
        _company(view, window, company) if company is not None else None,
    )


def _title(window: Window, cell: Cell) -> bool:
    return any(cell.first <= title.first < cell.last for title in window.titles)


def _person(view: View, window: Window, cell: Cell) -> Name:
    known = window.name_at.get(cell.first)
    if known is not None and known.kind == "person" and known.text == cell.text:
        return known
    name = Name("person", cell.first, cell.last, cell.text)
    view.people.imply(name, window.span(cell.first, cell.last)[0])
    window.mark(name)
    return name


def _company(view: View, window: Window, cell: Cell) -> Name | None:
    known = window.name_at.get(cell.first)
    if known is not None and known.kind == "org":
        return known
    name = Name("org", cell.first, cell.last, cell.text)
    if not view.organisations.imply(name, window.span(cell.first, cell.last)[0]):
        return None
    window.mark(name)
    return name
