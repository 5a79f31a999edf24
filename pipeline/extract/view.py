"""One article as the matcher sees it: parsed windows, the people and organisations in them, and where it starts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from pipeline.extract.annotate import mark_names, mark_surnames
from pipeline.extract.entities import Organisations, People
from pipeline.extract.issuers import find_issuer
from pipeline.extract.mentions import Name, Window
from pipeline.extract.name_kinds import settle_kinds
from pipeline.extract.name_pairs import share_surnames
from pipeline.extract.signers import find_signer
from pipeline.extract.title_marks import mark_described_persons, mark_titled_persons, mark_titles
from pipeline.extract.town_marks import mark_towns

if TYPE_CHECKING:
    from pipeline.extract.discourse import Discourse


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
    author: int | None = None
    issuer: int | None = None  # the organisation that the document speaks for
    gained: set[int] = field(default_factory=set)  # persons of whom the text so far says that they got an office
    gained_at: set[int] = field(default_factory=set)  # offsets of the titles of offices that somebody has just got
    lost: set[int] = field(default_factory=set)  # persons of whom the text so far says that they lose an office
    succeeded: set[int] = field(default_factory=set)  # persons of whom the text so far says that another follows them
    described: dict[int, list[Name]] = field(default_factory=dict)  # id of a title to the persons it describes
    introduced: dict[tuple[int, int], Name] = field(default_factory=dict)  # window and word to who is named next
    shortened: list[Window] = field(default_factory=list)  # sentences read again without their asides
    discourse: Discourse | None = None  # read once, when the first company is decided


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
    plain: bool = False  # no office: engineer, leader, expert
    present: bool = False  # "at present", said of an office that is about to change
    address: bool = False  # no office but how somebody is addressed: "Professor Roe", "Colonel Roe"


def build_view(
    article_id: str, text: str, published: date | None, windows: Sequence[Window], authors: Sequence[str] = ()
) -> View:
    """Mark names and titles of an article's windows and register its people and organisations."""
    mark_names(windows)
    for window in windows:
        mark_titles(window)
    for window in settle_kinds(windows, text):
        mark_titles(window)
    for window in windows:
        mark_titled_persons(window)
        mark_described_persons(window)
    mark_surnames(windows)
    mark_towns(windows)
    share_surnames(windows)
    line_end = text.find("\n")
    people, organisations = People(windows, text), Organisations(windows, text)
    issuer = find_issuer(text)
    author = authors[0] if len(authors) == 1 and " " in authors[0] else find_signer(text)
    return View(
        article_id,
        text,
        published,
        windows,
        people,
        organisations,
        line_end if 0 < line_end < 200 else 0,
        author=people.named(author) if author is not None else None,
        issuer=organisations.named(issuer, text) if issuer is not None else None,
    )
