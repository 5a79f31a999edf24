"""Pairs of person and office in one sentence: "elected A chair, B clerk", "elected were: A, chair; B, clerk"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.listed import list_opening
from pipeline.extract.name_words import HONORIFICS
from pipeline.extract.role_values import RoleGroup, RoleValue
from pipeline.extract.title_places import following_titles
from pipeline.records import DIRECTIONS

if TYPE_CHECKING:
    from pipeline.extract.mentions import Name, Title, Window
    from pipeline.extract.triggers import Trigger

_HONORIFICS = frozenset(f"{word}{dot}" for word in HONORIFICS for dot in ("", "."))
_BEFORE_PAIRS = frozenset({":", "were", "are", "was", "is"}) | _HONORIFICS
_BETWEEN_PAIRS = frozenset({",", "and", ";", ")"}) | _HONORIFICS
_TIGHT = frozenset({"as", "("})  # between a name and an office that is surely meant
_OF_THEIRS = frozenset({"its", "their", "the"})  # "elected Roe its chairman"
_LOOSE = frozenset({",", ":", "-", "–", "—", "|"})
# Plural titles that leave the office open: "elected the following officers".
_OPEN = frozenset("officer executive manager member leader official".split())
_Pair = tuple["Name", list["Title"], bool]


def office_pairs(window: Window, trigger: Trigger) -> list[RoleGroup]:
    """Each person of a run with the office beside them; empty where there are less than two pairs.

    An office behind a comma may be what somebody is elsewhere, "elected two directors: A, head of Acme": it counts only
    where no other office is told of all, and all pairs are of one form.
    """
    functions = trigger.rule.frame.get("role", ())
    if DIRECTIONS[trigger.rule.action] != "in" or _COMPLEMENTS.isdisjoint(functions):
        return []
    pairs = _run(window, trigger.last + 1, window.sentence_of(trigger.head).last, loose=False)
    if len(pairs) < _FEWEST and "complement" in functions:
        pairs = _loose_run(window, trigger)
    if len(pairs) < _FEWEST:
        return []
    return [RoleGroup([RoleValue(t.text, t, t.company) for t in titles], [name]) for name, titles, _ in pairs]


_FEWEST = 2
_COMPLEMENTS = frozenset({"complement", "as"})


def _loose_run(window: Window, trigger: Trigger) -> list[_Pair]:
    sentence = window.sentence_of(trigger.head)
    opening = list_opening(window, trigger)
    told = opening is not None and (window.words[opening] == ":" or trigger.head == sentence.first)
    if opening is None or not told:
        return []
    if any(t.mention.plural and t.text not in _OPEN for t in window.titles_in(sentence.first, opening)):
        return []
    pairs = _run(window, opening + 1, sentence.last, loose=True)
    forms = {name_first for *_, name_first in pairs}
    return pairs if len(forms) == 1 and all(t.company is None for _, titles, _ in pairs for t in titles) else []


def _run(window: Window, index: int, limit: int, loose: bool) -> list[_Pair]:
    pairs: list[_Pair] = []
    skipped = _BEFORE_PAIRS
    while index < limit:
        opened = index
        while index < limit and window.lows[index] in skipped:
            index += 1
        pair = None if pairs and index == opened else _pair(window, index, limit, loose)
        if pair is None:
            break
        pairs.append(pair)
        index, skipped = max(pair[0].last, pair[1][-1].last), _BETWEEN_PAIRS
    return pairs


def _pair(window: Window, index: int, limit: int, loose: bool) -> _Pair | None:
    """The name and the office that begin at a word, in either order."""
    name = window.name_at.get(index)
    if name is not None and name.kind == "person" and name.first == index:
        behind = _past(window, _past_age(window, name.last), limit, _TIGHT | _LOOSE if loose else _TIGHT)
        title = window.title_at.get(behind)
        if title is None or title.first != behind or title.former:
            return None
        return name, [title] if loose else [title, *following_titles(window, title, limit)], True
    title = window.title_at.get(index) if loose else None
    if title is None or title.first != index or title.former:
        return None
    behind = _past(window, title.last, limit, _LOOSE)
    name = window.name_at.get(behind)
    return (name, [title], False) if name is not None and name.kind == "person" and behind > title.last else None


def _past_age(window: Window, index: int) -> int:
    """The word behind an age between commas, if one stands here: "elected Roe, 44, chairman"."""
    aged = window.words[index : index + 1] == [","] and window.words[index + 2 : index + 3] == [","]
    return index + 3 if aged and window.words[index + 1].isdigit() else index


def _past(window: Window, index: int, limit: int, signs: frozenset[str]) -> int:
    """The word behind one of some signs, if one stands here, and behind an honorific."""
    at = index + (index < limit and window.lows[index] in signs)
    at += at < limit and "as" in signs and window.lows[at] in _OF_THEIRS
    return at + (at < limit and window.lows[at] in _HONORIFICS)


def pair_behind_semicolon(window: Window, name: Name) -> Title | None:
    """The office of one of a row told in short: "A was named chair; B, treasurer; and C, secretary"."""
    before = window.lows[max(name.first - 2, 0) : name.first]
    title = window.title_at.get(name.last + 1)
    apart = before[-1:] == [";"] or before == [";", "and"]
    if not apart or title is None or window.words[name.last : name.last + 1] != [","] or title.first != name.last + 1:
        return None
    closed = window.words[title.last : title.last + 1] in ([";"], ["."], [])
    return title if closed and title.company is None else None
