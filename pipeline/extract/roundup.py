"""Articles that tell of one organisation after the other: round-ups, briefs, lists of moves."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

_LINE = re.compile(r"[^\n]+")
_ENDED = (".", "!", "?", '"', "”", "’", ")")
_LONGEST_HEADING = 120  # characters
_FEWEST_LOCAL = 3
_LEAST_LOCAL = 0.6
_MOST_SHARED = 1 / 3


@dataclass(slots=True)
class Paragraphs:
    """Paragraphs of an article, each heading joined to what stands below it, and the organisations in each.

    `starts` and `bodies` are article offsets, ascending: where a paragraph starts, and where its text below the
    heading does. `organisations` are indices of the article's registry by paragraph, in the order of their first
    mention, those of the heading last.
    """

    starts: list[int]
    bodies: list[int] = field(default_factory=list)
    organisations: dict[int, list[int]] = field(default_factory=dict)
    is_roundup: bool = False

    def at(self, position: int) -> int:
        """The paragraph of an article offset."""
        return max(bisect_right(self.starts, position) - 1, 0)

    def first(self, paragraph: int) -> int | None:
        """The organisation that a paragraph names first."""
        return next(iter(self.organisations.get(paragraph, ())), None)


def read_paragraphs(
    text: str, headline_end: int, mentions: Iterable[tuple[int, int]], moves: Iterable[int]
) -> Paragraphs:
    """Read an article's paragraphs.

    A round-up is an article in which most paragraphs that may tell of a move, and at least three, open with an
    organisation that no other paragraph names, and in which no organisation runs through a third of them.

    Args:
        text: The article's text.
        headline_end: Where its first line ends.
        mentions: Offset and organisation of each mention, places left out.
        moves: Offsets of the sentences that may tell of a move.
    """
    starts = list(_starts(text))
    paragraphs = Paragraphs([start for start, _ in starts], [body for _, body in starts])
    mentions = list(mentions)
    for position, organisation in sorted(mentions, key=lambda mention: _below_heading(paragraphs, mention[0])):
        if position >= headline_end:
            named = paragraphs.organisations.setdefault(paragraphs.at(position), [])
            if organisation not in named:
                named.append(organisation)
    spread = Counter(index for named in paragraphs.organisations.values() for index in named)
    moves = list(moves)
    told = {organisation for position, organisation in mentions if position < headline_end}
    stated = any(position < headline_end for position in moves)
    if (len(told) == 1 and (stated or spread[next(iter(told))] != 1)) or (not told and stated):
        return paragraphs  # "Acme names Roe chairman"
    telling = {paragraphs.at(position) for position in moves if position >= headline_end}
    firsts = [paragraphs.first(number) for number in telling]
    local = sum(first is not None and spread[first] == 1 for first in firsts)
    if _LEAST_DEPENDENT * sum(_leans(text, paragraphs, number, mentions) for number in telling) >= len(telling) > 0:
        return paragraphs  # "The company also": one organisation runs through it, whatever else is named
    most = max(spread.values(), default=0)
    paragraphs.is_roundup = local >= max(_FEWEST_LOCAL, _LEAST_LOCAL * len(telling)) and most <= max(
        1, _MOST_SHARED * len(telling)
    )
    return paragraphs


_LEAST_DEPENDENT = 3  # of so many paragraphs one
_ANAPHOR = re.compile(r"\b(?:[Tt]he (?:company|firm|group|bank|board|club|university|hospital|agency|airline)|Its?)\b")


def _leans(text: str, paragraphs: Paragraphs, number: int, mentions: Iterable[tuple[int, int]]) -> bool:
    """Whether a paragraph speaks of "the company" before it names any organisation."""
    start = paragraphs.starts[number]
    end = paragraphs.starts[number + 1] if number + 1 < len(paragraphs.starts) else len(text)
    named = min((at for at, _ in mentions if start <= at < end), default=end)
    return _ANAPHOR.search(text, start, named) is not None


def _below_heading(paragraphs: Paragraphs, position: int) -> tuple[int, bool, int]:
    """Sorts what a heading names behind what the text below it does: "Banking" is no firm."""
    number = paragraphs.at(position)
    return number, position < paragraphs.bodies[number], position


def _starts(text: str) -> Iterable[tuple[int, int]]:
    start: int | None = None
    for line in _LINE.finditer(text):
        start = line.start() if start is None else start
        words = line.group().strip()
        if words and len(words) < _LONGEST_HEADING and not words.endswith(_ENDED) and words[0] not in "-*•|":
            continue
        yield start, line.start()
        start = None
    if start is not None:
        yield start, start
