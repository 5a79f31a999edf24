"""What a format module finds: one document with its metadata, before cleaning."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Markup = Literal["plain", "markdown", "fragment", "clean"]


class Unreadable(Exception):
    """A document or record that can't be read; the message becomes the reason of its article."""


@dataclass(frozen=True, slots=True)
class Found:
    """One document as its format gives it.

    Attributes:
        body: The text in the markup named by `markup`: "fragment" is HTML, "clean" has none left.
        published: Date in the format's own metadata, UTC.
        named_by_date: Whether a date in the file's name can be the publication date; a crawl's is not.
        number: 1-based position in a multi-record file; None where the file is the document.
        problem: Why the record can't be read; the other values then don't count.
    """

    body: str = ""
    markup: Markup = "plain"
    title: str | None = None
    url: str | None = None
    published: datetime | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    named_by_date: bool = True
    number: int | None = None
    problem: str | None = None
