"""Which roles are offices that a state gives: "Health Secretary", "Minister of Mines", "commissioner for works"."""

from __future__ import annotations

import re
from collections.abc import Callable

from pipeline.extract.candidates import Candidate
from pipeline.extract.grammar import arguments, is_verb
from pipeline.extract.name_runs import name_data
from pipeline.extract.role_values import RoleValue

_WORD = re.compile(r"[^\W\d_]+")
_LINKS = frozenset({"of", "for", "and", "the", "to", "in"})
_OF_AREAS = ("secretary", "undersecretary", "commissioner")
_ENVOYS = frozenset({"ambassador", "envoy"})


def is_state_office(candidate: Candidate, role: RoleValue, teaches: Callable[[], bool]) -> bool:
    """Whether a state gives an office. `teaches` says whether the article has a body that has chancellors of its own.

    Not "ambassador for the Acme Trust", "company secretary", "commissioner of the league".
    """
    text = " ".join(_WORD.findall(role.text.lower()))
    words = text.split()
    if any(f" {office} " in f" {text} " for office in name_data("state_offices")):
        behind = candidate.window.lows[role.title.last : role.title.last + 1] if role.title is not None else []
        return _ENVOYS.isdisjoint(words) or ("for" not in behind and "for" not in words)
    if text == "chancellor":
        return not teaches()
    head = next((word for word in _OF_AREAS if word in words), None)
    if head is None:
        return False
    at = words.index(head)
    ahead, behind = words[:at] or _word_ahead(candidate, role), words[at + 1 :]
    if head != "commissioner" and ahead and _are_areas(ahead):
        return True
    return behind[:1] in (["of"], ["for"]) and _are_areas(behind[1:])


_RULERS = frozenset("president governor gov premier king queen mayor emir sultan".split())


def is_given_by_ruler(candidate: Candidate) -> bool:
    """Whether a governor, president or king names somebody: "Gov. Roe appointed Kim commissioner"."""
    window, verb = candidate.window, candidate.window.doc[candidate.trigger.head]
    if candidate.direction != "in" or candidate.passive or not is_verb(verb):
        return False
    subject = arguments(verb).subject
    ruler = window.name_at.get(subject.i) if subject is not None else None
    if ruler is None or ruler.kind != "person":
        return False
    if window.lows[ruler.first - 1].rstrip(".") == "gov":
        return True
    title = window.title_at.get(ruler.first - 1)
    if title is None or title.company is not None or title.former:
        return False
    return is_ruler(title.text)


def is_ruler(role: str) -> bool:
    """Whether an office is that of a head of state, of a government, a province or a town; no vice president."""
    low = role.lower().rstrip(".")
    return low in _RULERS or low == "prime minister"


def _word_ahead(candidate: Candidate, role: RoleValue) -> list[str]:
    """The word before a title that it leaves out: "Welsh Secretary"."""
    lows, words = candidate.window.lows, role.text.lower().split()
    if role.title is not None:
        return lows[max(role.title.first - 1, 0) : role.title.first]
    ahead = (index for index in range(1, len(lows)) if lows[index : index + len(words)] == words)
    return next(([lows[index - 1]] for index in ahead if lows[index - 1] in name_data("state_areas")), [])


def _are_areas(words: list[str]) -> bool:
    """Whether words are areas of government and nothing else: "trade and industry"."""
    areas = [word for word in words if word not in _LINKS]
    return bool(areas) and name_data("state_areas").issuperset(areas)
