"""What stands above an article's first sentence: the way to it on its site, headline, byline."""

from __future__ import annotations

import re

from pipeline.ingest.dates import date_in_text
from pipeline.ingest.metadata import as_authors

_WORD = re.compile(r"\w+")
_MARKS = 40  # characters of marks that a line may have more than the title it repeats
# A headline has no full stop but that of an abbreviation, and then it is short.
_HEADLINE_WORDS, _ABBREVIATED_WORDS = 25, 12
_SENTENCE_END = re.compile(r"[.:;,][\"'”’)]*$")
_ABBREVIATION_END = re.compile(r"\b(?:[A-Z]|Co|Cos|Corp|Inc|Ltd|Jr|Sr)\.$")
_NO_TITLE = re.compile(
    r"^(?:key (?:takeaways|points)|introduction|summary|overview|(?:table of )?contents|highlights)$",
    re.IGNORECASE,
)
_NAME = r"[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){1,3}"
_BYLINE = re.compile(
    rf"^(?:By|BY|Written by|Story by):? ((?:{_NAME}, ){{0,3}}{_NAME},?(?: and| AND| &) {_NAME}|{_NAME})"
    r"(?: ?[,|/–—-] ?[^.!?]{1,60})?$"
)
_BYLINE_LINES = 5


def headline_of(text: str) -> str | None:
    """The first line, if it reads like a headline: short, no full stop, more text after it."""
    first, _, rest = text.partition("\n")
    count = len(first.split())
    if not rest.strip() or not 0 < count <= _HEADLINE_WORDS or first.startswith(("- ", "|", '"', "“")):
        return None
    if _SENTENCE_END.search(first) and not (count <= _ABBREVIATED_WORDS and _ABBREVIATION_END.search(first)):
        return None
    return None if _NO_TITLE.match(first) or date_in_text(first) else first


def with_headline(title: str | None, body: str) -> str:
    """`body` with the title as its first paragraph, unless it starts with it already."""
    if not title:
        return body
    first = body.partition("\n")[0]
    if _same(first, title):
        return body
    return f"{title}\n\n{body}".strip()


def without_trail(text: str) -> str:
    """The text without the breadcrumbs above its headline: list items, the last of which is the headline."""
    lines = text.split("\n")
    count = next((number for number, line in enumerate(lines) if not line.startswith("- ")), len(lines))
    after = next((number for number in range(count, len(lines)) if lines[number]), len(lines))
    if count > 0 and after < len(lines) and _same(lines[count - 1], lines[after]):
        return "\n".join(lines[after:])
    return text


def split_byline(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without a "By Jane Roe" line near its top, and the names of that line."""
    lines = text.split("\n")
    filled = [index for index, line in enumerate(lines) if line][:_BYLINE_LINES]
    for index in filled:
        if byline := _BYLINE.match(lines[index]):
            rest = "\n".join(lines[:index] + lines[index + 1 :])
            return re.sub(r"\n{3,}", "\n\n", rest).strip(), as_authors(byline[1])
    return text, ()


def _same(line: str, title: str) -> bool:
    if len(line) > 2 * len(title) + _MARKS:  # a whole text of one line, mostly
        return False
    return _WORD.findall(line.casefold()) == _WORD.findall(title.casefold())
