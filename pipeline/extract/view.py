"""One article as the matcher sees it: parsed windows, the people and organisations in them, and where it starts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from pipeline.extract.annotate import mark_names, mark_surnames, mark_titled_persons, mark_titles
from pipeline.extract.entities import Organisations, People
from pipeline.extract.mentions import Name, Window


@dataclass(slots=True)
class View:
    """An annotated article. `headline_end` is the article offset where the first line ends."""

    article_id: str
    text: str
    published: date | None
    windows: Sequence[Window]
    people: People
    organisations: Organisations
    headline_end: int
    affiliations: list[Affiliation] = field(default_factory=list)
    described: dict[int, list[Name]] = field(default_factory=dict)  # id of a title to the persons it describes


@dataclass(frozen=True, slots=True)
class Affiliation:
    """A person holds or held a role. `how` is the wording: before, after, copula, list."""

    person: int
    role: str
    company: int | None
    former: bool
    position: int
    how: str
    new: bool = False
    strong: bool = True


def build_view(article_id: str, text: str, published: date | None, windows: Sequence[Window]) -> View:
    """Mark names and titles of an article's windows and register its people and organisations."""
    mark_names(windows)
    for window in windows:
        mark_titles(window)
        mark_titled_persons(window)
    mark_surnames(windows)
    line_end = text.find("\n")
    return View(
        article_id,
        text,
        published,
        windows,
        People(windows, text),
        Organisations(windows, text),
        line_end if 0 < line_end < 200 else 0,
    )


def entity_name(view: View, name: Name) -> str:
    """The fullest form of the person or organisation that a mention names."""
    if name.kind == "person":
        return view.people.persons[name.entity].full
    return view.organisations.organisations[name.entity].full
