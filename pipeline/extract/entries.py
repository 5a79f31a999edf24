"""Lines of a column without verbs, below a heading that tells the event: "Jane Roe to head of sales, Acme"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.extract.enumerations import coordinated_names
from pipeline.extract.mentions import Name
from pipeline.extract.name_words import HONORIFICS
from pipeline.extract.role_values import RoleValue
from pipeline.titles.lexicon import lexicon

if TYPE_CHECKING:
    from pipeline.extract.mentions import Sentence as Parsed
    from pipeline.extract.mentions import Title, Window
    from pipeline.extract.view import View

_LONGEST = 240  # characters of an entry
_WORD = r"[^\W\d_a-zß-öø-ÿ][\w’'.-]*"
_NAME = rf"{_WORD}(?: (?:(?:de|del|der|van|von|bin|bint|al|la|di|da|el) ){{0,2}}{_WORD}){{1,4}}"
_NUMBER = r"(?:\(?\d{1,2}[.)]\s*)?"
# A name, perhaps behind its employer's, "Acme: Jane Roe"; then what may open an office.
_OPENS = re.compile(
    rf"[*_]{{0,2}}{_NUMBER}(?:{_WORD}(?: [^\s:]+){{0,5}}(?:: | [-–—|] |\t+))?{_NAME}(?:(?:,| and| &) {_NAME})*"
    r"[*_]{0,2}"
    r"(?: to | as | from |, |: | [-–—] | \(| ?\| ?|\t|$)"
)
# An office, then a name: "Treasurer: Jane Roe", "Head of sales – Jane Roe".
_CLOSES = re.compile(rf"(?P<office>[^\n]{{3,80}}?)[*_]{{0,2}}(?:: ?| [-–—] | ?\| ?|\t+)[*_]{{0,2}}{_NAME}[*_.,; ]*$")
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|said|says|joins|joined|becomes|became|leaves|left|who|that|which|"
    r"he|she|they|it|I|you|we)\b"
)
_FINITE_TAGS = frozenset({"VBD", "VBZ", "VBP", "MD"})
_BEFORE_NAME = 5  # words of an entry before its name: "(1) Mrs."
_PLACED = frozenset({"to", "as"})
_PAST = frozenset({"formerly", "previously", "ex"})


def is_entry(text: str, start: int, end: int) -> bool:
    """Whether a line is an entry of a column: it opens with a name and has no clause."""
    if end - start > _LONGEST:
        return False
    line = text[start:end]
    if _FINITE.search(line) is not None:
        return False
    if _OPENS.match(line) is not None:
        return True
    closing = _CLOSES.match(line)
    return closing is not None and lexicon().gate.search(closing["office"].lower()) is not None


@dataclass(slots=True)
class Entry:
    """Whom a line names, in what office, where; an entry may hold several."""

    person: Name
    roles: list[RoleValue] = field(default_factory=list)
    company: Name | None = None


def read_entry(view: View, window: Window, line: Parsed, direction: str, first: int | None = None) -> list[Entry]:
    """The persons of a line with their offices and employer; empty where the line has no name or a clause of its own.

    `first` is where the entry begins, behind a label such as "Appointed:".
    """
    first = line.first if first is None else first
    opening = next(window.names_in(first, line.last, "person"), None)
    if opening is None or any(token.tag_ in _FINITE_TAGS for token in window.doc[first : line.last]):
        return []
    offices = _before_name(window, first, opening)
    if offices:
        owner = next((role.company for role in offices if role.company is not None), None)
        return [Entry(opening, offices, owner or _employer(view, window, line, opening, opening.last, direction))]
    if opening.first - first > _BEFORE_NAME and ":" not in window.words[first : opening.first]:
        return []
    entries: list[Entry] = []
    at = opening
    while True:
        run = [name for name in coordinated_names(window, at) if _only_names_between(window, at, name)]
        following = _next_opening(window, run[-1], line.last)
        limit = following.first if following is not None else line.last
        roles = _roles(window, run[-1], limit, direction)
        own = _own_firm(window, roles, limit) if following is not None else None
        entries += [Entry(name, list(roles), own) for name in run]
        if following is None:
            break
        at = following
    last = max((role.title.last for entry in entries for role in entry.roles if role.title), default=opening.last)
    shared = _employer(view, window, line, opening, last, direction)
    for entry in entries:
        told = next((role.company for role in entry.roles if role.company is not None), None)
        entry.company = told or entry.company or shared
    return entries


def _own_firm(window: Window, roles: list[RoleValue], limit: int) -> Name | None:
    """The firm that one of several entries ends with: "Jane Roe, treasurer, Acme; Joe Kim, secretary, Bolt"."""
    last = max((role.title.last for role in roles if role.title), default=limit)
    if window.words[last : last + 1] != [","] or window.words[limit - 1] not in (";", "."):
        return None
    name = window.name_at.get(last + 1)
    return name if name is not None and name.kind == "org" and not name.weak else None


def _before_name(window: Window, first: int, name: Name) -> list[RoleValue]:
    """The offices that a line puts before its one name: "Chair and treasurer: Jane Roe"."""
    titles = [title for title in window.titles_in(first, name.first) if not title.former]
    owner = titles[-1].company if titles else None  # "Treasurer of Acme: Jane Roe"
    end = max(titles[-1].last, owner.last if owner is not None and owner.last <= name.first else 0) if titles else 0
    firm = window.name_at.get(end + 1) if titles and window.words[end : end + 1] == [","] else None
    if firm is not None and firm.kind == "org" and not firm.weak:
        owner, end = firm, firm.last  # "Treasurer, Acme: Jane Roe"
    between = window.words[end : name.first] if titles else []
    if between and between[-1].lower().rstrip(".") in HONORIFICS:
        between = between[:-1]
    apart = bool(between) and all(word in _APART or word.isspace() for word in between)
    return [RoleValue(t.text, t, owner if firm is owner else t.company) for t in titles] if apart else []


_APART = frozenset({":", "-", "–", "—", "|", "*", "**", "_"})


def _only_names_between(window: Window, first: Name, other: Name) -> bool:
    """Whether nothing but names, commas and "and" stand between two names of an entry."""
    return all(
        index in window.name_at or window.lows[index] in (",", "and", "&", "mr.", "mrs.", "ms.", "dr.")
        for index in range(first.last, other.first)
    )


def _next_opening(window: Window, name: Name, limit: int) -> Name | None:
    """The next person with an office of their own: "A to president and B to treasurer"."""
    for other in window.names_in(name.last, limit, "person"):
        before, behind = window.lows[other.first - 1], window.lows[other.last : other.last + 1]
        if before in ("and", ";", ",") and behind and behind[0] in ("to", "as", ",", "(", "–", "-"):
            titled = any(True for _ in window.titles_in(name.last, other.first))
            if titled and (behind[0] in ("to", "as") or before != ","):
                return other
    return None


def _roles(window: Window, name: Name, limit: int, direction: str) -> list[RoleValue]:
    """The offices of an entry: those behind "to" or "as", else those behind the name; of a loss also "after ... as"."""
    told: list[tuple[bool, Title]] = []
    for title in window.titles_in(name.last, limit):
        before = window.lows[max(name.last, title.first - 4) : title.first]
        past = title.former or (_PAST & {*window.lows[name.last : title.first]} and not _PLACED & {*before})
        if past or ("from" in before and direction == "in" and not _PLACED & {*before}):
            continue
        told.append((bool(_PLACED & {*before}), title))
    placed = any(marked for marked, _ in told)
    titles: list[Title] = []
    for marked, title in told:
        joined = bool(titles) and window.lows[titles[-1].last : title.first] in (["and"], ["&"], [","], [",", "and"])
        if joined or (marked == placed and not titles):
            titles.append(title)
    if titles:
        return [RoleValue(t.text, t, t.company) for t in titles]
    words = window.lows[name.last : limit]
    if "board" in words:
        return [RoleValue("trustee" if "trustees" in words else "director", None, None)]
    return []


def _employer(view: View, window: Window, line: Parsed, opening: Name, last: int, direction: str) -> Name | None:
    """The organisation of an entry: behind the office, behind "to", or before the name: "Acme: Jane Roe, CFO"."""
    behind = [name for name in window.names_in(last, line.last, "org") if not name.weak]
    ahead = [name for name in window.names_in(opening.last, last, "org") if not name.weak]
    moved = [name for name in ahead if window.lows[name.first - 1] == "to"]
    before = list(window.names_in(line.first, opening.first, "org"))
    behind = [
        name for name in behind if not (_PAST | {"from"}) & {*window.lows[max(last, name.first - 2) : name.first]}
    ]
    found = moved or behind[:1] or before[-1:]
    if found:
        return found[0]
    if ahead and direction == "in" and window.lows[ahead[0].first - 1] != "from":
        return ahead[0]  # "Jane Roe, counsel at Acme, to general counsel"
    label = next((i for i in range(line.first, opening.first) if window.words[i] == ":"), line.first)
    if any(line.first <= title.first < label for title in window.titles_in(line.first, label)):
        label = line.first  # "Treasurer: Jane Roe" names no firm
    return _marked(view, window, line.first, label) or _spelt(view, window, last, line.last)


def _spelt(view: View, window: Window, first: int, limit: int) -> Name | None:
    """Capitalised words between the office and the next comma that the model gave no label, or a person's."""
    if first >= limit or window.words[first] not in (",", "of", "at"):
        return None
    last = first + 1
    while last < limit and (
        window.words[last][:1].isupper() or window.lows[last] in ("of", "and", "the", "&", "'s", "’s")
    ):
        last += 1
    first += 1
    while first < last and window.lows[first] == "the":
        first += 1
    if window.words[last - 1][:1].islower():
        return None
    return _marked(view, window, first, last)


def _marked(view: View, window: Window, first: int, last: int) -> Name | None:
    """Make words in an employer's place the name of an organisation, but for a place's."""
    taken = window.name_at.get(first)
    place = taken is not None and taken.weak and taken.last - taken.first == 1
    if last <= first or place or not window.words[first][:1].isupper():
        return None
    name = Name("org", first, last, window.piece(first, last))
    if not view.organisations.imply(name, window.span(first, last)[0]):
        return None
    window.mark(name)
    return name
