"""Titles that stand alone, as in a slot or a table: taken apart, brought to one spelling, compared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.records import Level
from pipeline.rulebook import remembered
from pipeline.titles.board import board_mentions
from pipeline.titles.canonical import canonical_title, unit_words
from pipeline.titles.left import Draft, drafts_of
from pipeline.titles.lexicon import Lexicon, lexicon
from pipeline.titles.scan import level_of, take_postfix
from pipeline.titles.sentence import Sentence
from pipeline.titles.tokens import lower_same_length

_JOINS = frozenset({",", "and", "&", "/", ";", "|", "+", "as", "well", "plus"})
_SIGNS = frozenset(
    {",", "-", "–", "—", ":", "of", "for", "(", "the", "its", "their", "his", "her", "in", "to", "charge"}
)
_SPREAD = ("interim", "acting", "former")
_ELECT = {"incoming": "elect", "new": "new"}
_NO_UNIT = re.compile(r"(?i)board|directors|board of directors|trustees")
_CORPORATE = ("general counsel", "treasurer", "chief", "vice president", "controller")


@dataclass(frozen=True, slots=True)
class ParsedTitle:
    """One role of a title string: its one spelling, unit as printed, modifiers in one spelling."""

    role: str
    unit: str | None
    mods: tuple[str, ...]
    level: Level
    canonical: str

    @property
    def interim(self) -> bool:
        """Held only until someone is found."""
        return "interim" in self.mods or "acting" in self.mods


def _shouted(text: str, lex: Lexicon) -> str:
    """Acronyms in capitals, as running text has them, so that "ceo" is read as well."""
    return re.sub(r"[A-Za-z]+", lambda m: m.group().upper() if m.group().lower() in lex.acronyms else m.group(), text)


def _unit(sent: Sentence, first: int, last: int) -> str | None:
    """The text of the tokens from `first` to `last`, joints and signs at both ends left out."""
    while first < last and (sent.low(first) in _SIGNS or sent.low(first) in _JOINS):
        first += 1
    while last > first and (sent.low(last - 1) in _JOINS or not sent.is_word(last - 1) or sent.low(last - 1) in _SIGNS):
        last -= 1
    return sent.text[sent.token(first).start : sent.token(last - 1).end] if last > first else None


def _left_edge(sent: Sentence, draft: Draft, floor: int) -> int:
    """Where the words before a head begin to be its own: behind the last joint."""
    edge = draft.left
    while edge > floor and sent.low(edge - 1) not in _JOINS and sent.low(edge - 1) not in _SIGNS:
        edge -= 1
    return edge


def _area(sent: Sentence, draft: Draft, edge: int, lex: Lexicon) -> str | None:
    """Unknown words and areas before a head; words of status are none."""
    start = edge
    status = {word for key in lex.status for word in key}
    while start < draft.left and sent.low(start) in status | {"the", "a", "an"}:
        start += 1
    if start < draft.left:
        return sent.text[sent.token(start).start : sent.token(draft.start - 1).end]
    if draft.areas:
        return sent.text[sent.token(draft.areas[0]).start : sent.token(draft.areas[-1]).end]
    return None


@remembered(20_000)
def parse_title(text: str, lex: Lexicon | None = None) -> tuple[ParsedTitle, ...]:
    """Take a title string apart: "SVP & GM, Cloud" is two roles, each with unit "Cloud".

    Returns:
        One item per role, in order; empty where no known head is found.
    """
    lex = lex or lexicon()
    sent = Sentence(_shouted(" ".join(text.split()), lex), lex, (), ())
    low = lower_same_length(sent.text)
    heads = drafts_of(sent, low, whole=True)
    served = {id(first) for first, second in pairwise(heads) if _is_served(sent, second)}
    drafts = [draft for draft in heads if not _is_served(sent, draft)]
    if not drafts:
        return tuple(
            ParsedTitle(m.canonical, None, ("board",), m.level, m.canonical)
            for m in board_mentions(sent.text, low, (), (), ())
        )
    edges: list[int] = []
    for draft in drafts:
        edges.append(_left_edge(sent, draft, drafts[len(edges) - 1].end if edges else 0))
        draft.end = take_postfix(sent, draft)
    edges.append(len(sent.tokens))
    units = [
        None if id(draft) in served else _unit(sent, draft.end, edges[number + 1])
        for number, draft in enumerate(drafts)
    ]
    _share(sent, drafts, edges, units)
    return tuple(
        _parsed(drafts, draft, _area(sent, draft, edge, lex), unit, lex)
        for draft, edge, unit in zip(drafts, edges[:-1], units, strict=True)
    )


def _parsed(drafts: Sequence[Draft], draft: Draft, area: str | None, after: str | None, lex: Lexicon) -> ParsedTitle:
    """One role, its unit put together from what stands before and after the head."""
    unit = " ".join(part for part in (area, after) if part) or None
    if unit and _NO_UNIT.fullmatch(unit):
        unit = None
    role = draft.entry.head.canonical
    if role == "secretary" and unit is None and _is_corporate(drafts, draft):
        role = "corporate secretary"
    mods = tuple(dict.fromkeys(_ELECT.get(word, word) for word in draft.modifiers))
    level = level_of(draft.entry.head, mods, unit)
    return ParsedTitle(role, unit, mods, level, canonical_title(role, mods, unit, lex))


def _is_served(sent: Sentence, draft: Draft) -> bool:
    """Whether the head is the one served: "adviser to the CEO"."""
    at = draft.left - 1
    while at > 0 and sent.low(at) in ("the", "its", "a"):
        at -= 1
    return at > 0 and sent.low(at) == "to"


def _is_corporate(drafts: Sequence[Draft], own: Draft) -> bool:
    others = [draft.entry.head.canonical for draft in drafts if draft is not own]
    return any(role.startswith(_CORPORATE) or "president" in role for role in others)


def _share(sent: Sentence, drafts: list[Draft], edges: list[int], units: list[str | None]) -> None:
    """Spread "interim" over joined titles, and a unit after a comma over the titles before it."""
    for number in range(len(drafts) - 1, 0, -1):
        between = {sent.low(at) for at in range(drafts[number - 1].end, drafts[number].left)}
        if not between <= {"and", "&", "/"}:
            continue
        own = drafts[number].end < edges[number + 1] and sent.low(drafts[number].end) == ","
        if own and units[number - 1] is None:
            units[number - 1] = units[number]
    for number in range(1, len(drafts)):
        between = {sent.low(at) for at in range(drafts[number - 1].end, drafts[number].left)}
        if between <= {"and", "&", "/", ","}:
            for word in drafts[number - 1].modifiers:
                if word in _SPREAD and word not in drafts[number].modifiers:
                    drafts[number].modifiers.append(word)


def canonical_role(text: str) -> str:
    """A title in one spelling with its unit: "VP Engineering" gives "vice president engineering".

    Several roles are joined by " / "; a text without a known head comes back in lower case without articles.
    """
    parsed = parse_title(text)
    if not parsed:
        return " ".join(unit_words(text, lexicon())) or " ".join(text.lower().split())
    return " / ".join(item.canonical for item in parsed)


def _key(text: str) -> frozenset[tuple[str, frozenset[str]]]:
    lex = lexicon()
    parsed = parse_title(text)
    if not parsed:
        return frozenset({("", frozenset(unit_words(text, lex)) or frozenset({text.lower().strip()}))})
    return frozenset(
        (
            canonical_title(item.role, item.mods, None, lex),
            frozenset(_singular(w) for w in unit_words(item.unit, lex)),
        )
        for item in parsed
    )


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def role_matches(first: str, second: str) -> bool:
    """Whether two titles are the same role: same canonical title and rank, same unit whatever its wording.

    "president of the tire division" is "president, tire division"; "former", "new", "interim" and articles do
    not count; "deputy chief executive" is not "chief executive".
    """
    return _key(first) == _key(second)
