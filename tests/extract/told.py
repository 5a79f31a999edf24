"""Tables of what English sentences tell: an article per line, the rows it must yield indented under it.

    published 2024-03-05
    # passive
    Norwood Bank was surprised when Jane Roe was named chief executive.
        Jane Roe | chief executive | Norwood Bank | appointed
    todo the title after the colon is not read: Norwood Bank's new chief: Jane Roe.
        Jane Roe | chief | Norwood Bank | appointed

A row is `person | role | company | action`; `-` is an empty slot, and behind the action may stand the status
(else `done`) and the date as precisely as told. `*` is a slot that the sentence does not put to the test (for
the date: `*date`). An article without rows tells no event. A row in brackets may be found or not. `\n` in an
article starts a new line. The whole set of rows is compared, so an extra row fails too. `todo` and a reason
stand before an article that is not read rightly yet; once it is, the test says so and the word goes.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from pipeline.records import DIRECTIONS, STATUSES, Article, EventMention, Rejection

FOLDER = Path(__file__).parent / "tables"
PUBLISHED = date(2024, 3, 5)  # a Tuesday
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?|-Q\d)?")


class TableError(ValueError):
    """A line that does not follow the notation."""


@dataclass(frozen=True, slots=True)
class Told:
    """One row of an article as a table writes it; None is empty, "*" anything."""

    person: str
    role: str | None
    company: str | None
    action: str
    status: str
    date: str | None
    optional: bool = False

    def covers(self, other: Told) -> bool:
        """Whether a row found is the one told."""
        return all(mine in ("*", theirs) for mine, theirs in zip(self.values, other.values, strict=True))

    @property
    def values(self) -> tuple[str | None, ...]:
        return (self.person, self.role, self.company, self.action, self.status, self.date)

    def __str__(self) -> str:
        return " | ".join(value or "-" for value in self.values)


@dataclass(frozen=True, slots=True)
class Case:
    """An article and all it tells. `todo` says why it is not read rightly yet."""

    where: str
    text: str
    published: date
    rows: tuple[Told, ...]
    todo: str | None

    @property
    def article(self) -> Article:
        return article(self.text, self.published)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the extractor made of an article."""

    mentions: tuple[EventMention, ...]
    rejections: tuple[Rejection, ...]

    @property
    def rows(self) -> tuple[Told, ...]:
        return tuple(sorted((row_of(mention) for mention in self.mentions), key=str))


def article(text: str, published: date | None = PUBLISHED, article_id: str | None = None, **fields: object) -> Article:
    """An article of nothing but text and date; its id is made from them."""
    digest = hashlib.sha256(f"{published}\0{text}".encode("utf-8", "replace")).hexdigest()
    values: dict[str, object] = {
        "article_id": article_id or f"a{digest[:16]}",
        "source_uri": "story.txt",
        "url": None,
        "publisher": None,
        "title": None,
        "authors": (),
        "language": "en",
        "published_at": datetime.combine(published, time(), UTC) if published else None,
        "published_source": "metadata" if published else None,
        "text": text,
        "text_sha256": digest,
        "word_count": len(text.split()),
        "status": "ok",
        "reason": None,
    }
    return Article(**{**values, **fields})  # type: ignore[arg-type]


def row_of(mention: EventMention) -> Told:
    """A mention in the notation of the tables."""
    when = None
    if mention.date is not None:
        day = mention.date
        forms = {
            "day": day.isoformat(),
            "month": f"{day:%Y-%m}",
            "quarter": f"{day.year}-Q{(day.month + 2) // 3}",
            "year": str(day.year),
        }
        when = forms[mention.date_precision or "day"]
    return Told(mention.person, mention.role, mention.company, mention.action, mention.status, when)


def mismatch(case: Case, outcome: Outcome) -> str:
    """What is missing and what is too much; empty if the article was read rightly."""
    left = list(outcome.rows)
    missing = []
    for row in sorted(case.rows, key=lambda row: "*" in row.values):
        found = next((other for other in left if row.covers(other)), None)
        if found is not None:
            left.remove(found)
        elif not row.optional:
            missing.append(row)
    lines = [f"  missing  {row}" for row in missing] + [f"  spurious {row}" for row in left]
    rejected = [f"  rejected {r.rule_id} '{r.text}': {r.reason}" for r in outcome.rejections]
    return "\n".join([f"{case.where}: {case.text}", *lines, *rejected]) if lines else ""


def _told(where: str, line: str) -> Told:
    optional = line.startswith("(") and line.endswith(")")
    slots = [slot.strip() for slot in line.removeprefix("(").removesuffix(")").split("|")]
    if len(slots) != 4:
        raise TableError(f"{where}: '{line}' is not 'person | role | company | action'")
    person, role, company, told = slots
    action, *rest = told.split()
    status = next((word for word in rest if word in STATUSES or word == "*"), "done")
    when = next((word for word in rest if _DATE.fullmatch(word) or word == "*date"), None)
    known = action in DIRECTIONS or action == "*"
    if not known or len(rest) != (status in rest) + (when in rest):
        raise TableError(f"{where}: '{told}' is not an action with status and date")
    empty = {"-": None}
    return Told(
        person,
        empty.get(role, role),
        empty.get(company, company),
        action,
        status,
        "*" if when == "*date" else when,
        optional,
    )


def cases(name: str) -> list[Case]:
    """The articles of `tables/NAME.txt`.

    Raises:
        TableError: A row is mistyped or stands before any article, or an article occurs twice.
    """
    found: list[Case] = []
    published = PUBLISHED
    for number, line in enumerate((FOLDER / f"{name}.txt").read_text("utf-8").splitlines(), start=1):
        where = f"{name}.txt:{number}"
        if not line.strip() or line.startswith("# "):
            continue
        if line.startswith("published "):
            published = date.fromisoformat(line.removeprefix("published ").strip())
        elif line.startswith(" "):
            if not found:
                raise TableError(f"{where}: a row before any article")
            last = found.pop()
            row = _told(where, line.strip())
            found.append(Case(last.where, last.text, last.published, (*last.rows, row), last.todo))
        else:
            todo, text = None, line.strip()
            if text.startswith("todo "):
                todo, _, text = text.removeprefix("todo ").partition(": ")
            text = text.replace("\\n", "\n").replace("\\t", "\t")
            if any(text == other.text for other in found):
                raise TableError(f"{where}: the article occurs twice")
            found.append(Case(where, text, published, (), todo))
    return found


def all_cases() -> Iterator[Case]:
    for path in sorted(FOLDER.glob("*.txt")):
        yield from cases(path.stem)


def params(name: str) -> list[object]:
    """The cases of a table as parameters of a test; those not read yet are expected to fail."""
    return [
        pytest.param(
            case,
            id=case.where,
            marks=[pytest.mark.xfail(reason=case.todo, strict=True)] if case.todo else [],
        )
        for case in cases(name)
    ]
