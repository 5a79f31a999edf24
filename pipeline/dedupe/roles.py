"""Whether two titles can be one job: head, unit and rank are compared, not letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from pipeline import rulebook

Agreement = Literal["same", "narrower", "related", "apart"]

_WORD = re.compile(r"[a-z0-9&]+")
_BOARD_SEAT = re.compile(
    r"\b(?:board (?:member|director|seat)|(?:member|seat) (?:of|on) (?:the )?board|director of the board)"
    r"(?: of directors)?\b"
)


@dataclass(frozen=True)
class _Words:
    """The title words of `rules/dedupe.toml`."""

    short: Mapping[str, str]
    units: Mapping[str, str]
    heads: frozenset[str]
    pairs: frozenset[str]
    vague: frozenset[str]
    leads: frozenset[str]
    top: frozenset[str]
    board: frozenset[str]
    ranks: frozenset[str]
    fillers: frozenset[str]


@rulebook.remembered()
def _words() -> _Words:
    table = rulebook.read_data("dedupe.toml")["roles"]
    lists = {name: frozenset(value) for name, value in table.items() if isinstance(value, list)}
    return _Words(short=table["short"], units=table["units"], **lists)


@dataclass(frozen=True, slots=True)
class Role:
    """A title taken apart: its head, the words of its unit or area, and ranks that make another job of it.

    `board` is a seat on a board, `vague` a title that leaves open which job it was, `leads` one of the heads
    by which newsrooms call the lead of a unit, `top` one of those for the lead of the whole,
    `kind` the head, or "head" for those that newsrooms use one for the other.
    """

    head: str
    unit: frozenset[str]
    ranks: frozenset[str]
    board: bool
    vague: bool
    leads: bool
    top: bool
    kind: str


@rulebook.remembered(100_000)
def read_role(title: str, level: str | None) -> Role | None:
    """Take a title apart; None where it has no word in it."""
    known = _words()
    plain = unicodedata.normalize("NFKD", title.casefold()).replace("-", " ").replace(".", "")
    plain = _BOARD_SEAT.sub("director", plain)
    words = [part for word in _WORD.findall(plain) for part in known.short.get(word, word).split()]
    if not words:
        return None
    head, used = _find_head(words, known)
    rest = [word for index, word in enumerate(words) if index not in used]
    unit = frozenset(_stem(word, known) for word in rest if word not in known.ranks and word not in known.fillers)
    if head == "chief" and "executive" in rest and not unit:
        head = "chief executive"
    return Role(
        head=head,
        unit=unit - {"board"} if head in {"director", "chair"} else unit,
        ranks=frozenset(word for word in rest if word in known.ranks),
        board=head in known.board
        or (head == "director" and not unit)
        or (level == "board" and head != "chief executive"),
        vague=head in known.vague and not unit,
        leads=head in known.leads,
        top=head in known.top and not unit,
        kind="head" if head in known.top else head,
    )


def _find_head(words: Sequence[str], known: _Words) -> tuple[str, frozenset[int]]:
    """The head and the positions it takes; without any known head, the last word is it."""
    for index, pair in enumerate(pairwise(words)):
        if " ".join(pair) in known.pairs:
            return " ".join(pair), frozenset({index, index + 1})
    for index, word in enumerate(words):
        follows = words[index + 1] if index + 1 < len(words) else ""
        modifies = (word in {"executive", "lead"} and follows) or (word == "head" and follows in known.heads)
        if word in known.heads and not modifies:
            return word, frozenset({index})
    return words[-1], frozenset({len(words) - 1})


def _stem(word: str, known: _Words) -> str:
    if word in known.units:
        return known.units[word]
    for ending in ("ing", "ies", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def compare_roles(one: Role, other: Role) -> Agreement:
    """How two titles of one person at one organisation stand to each other.

    "narrower": one says less than the other ("vice president", "vice president of finance"); "related": both
    lead the same unit under different heads ("head of research", "chief of AI research").
    """
    if one == other:
        return "same"
    if one.top or other.top:
        return "narrower" if not one.unit and not other.unit else "apart"
    if one.ranks != other.ranks:
        return "apart"
    if one.head != other.head:
        if (one.vague and not other.board) or (other.vague and not one.board):
            return "narrower"
        return "related" if one.leads and other.leads and _overlap(one.unit, other.unit) >= 0.5 else "apart"
    if one.board != other.board and one.head != "chair":
        return "apart"
    if not one.unit or not other.unit:
        # A chief without a unit is no chief at all, and "chair of the audit committee" is not the chair.
        return "apart" if one.head in {"chief", "chair"} else "narrower"
    overlap = _overlap(one.unit, other.unit)
    if overlap == 1:
        return "same" if one.unit == other.unit else "narrower"
    return "related" if overlap >= 0.5 else "apart"


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Share of the smaller unit's words that the larger has too; 0 where either is empty."""
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0
