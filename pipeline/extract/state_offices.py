"""Which roles are offices that a state gives: "Health Secretary", "Minister of Mines", "commissioner for works"."""

from __future__ import annotations

import re
from collections.abc import Callable

from pipeline.extract.candidates import Candidate
from pipeline.extract.mentions import Title, Window
from pipeline.extract.name_runs import name_data
from pipeline.extract.role_values import RoleValue
from pipeline.extract.view import View

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


_HEADS = frozenset(
    "president vice-president premier prime minister chancellor king queen governor mayor leader emir sultan".split()
)
_NATIONS = frozenset({"GPE", "NORP"})


def is_head_of_state(view: View, candidate: Candidate, role: RoleValue) -> bool:
    """Whether the article calls the person the head of a state, and of nothing else: "US President Roe".

    Of "Acme president Jane Roe" an organisation is told, of "President Roe" none.
    """
    words = _WORD.findall(role.text.lower())
    if (
        not words
        or not _HEADS.issuperset(word for word in words if word != "vice")
        or (role.company is not None and not role.company.weak)
    ):
        return False
    told = False
    for window in view.windows:
        for title in window.titles:
            if any(name.entity == candidate.person.entity for name in view.described.get(id(title), ())):
                if title.company is not None and title.company.kind == "org" and not title.company.weak:
                    return False
                told = told or _of_nation(window, title)
    return told


def _of_nation(window: Window, title: Title) -> bool:
    """Whether a title names the country of its office: "French president", "president of Maro", "Maro's president"."""
    ahead = title.first - 1 - (title.first > 0 and window.doc[title.first - 1].tag_ == "POS")
    return any(window.doc[index].ent_type_ in _NATIONS for index in range(max(ahead, 0), title.last))
