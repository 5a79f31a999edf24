"""Who is at the head of a state, or of its security, so that nothing but a state has the office to give."""

from __future__ import annotations

import re

from pipeline.extract.candidates import Candidate
from pipeline.extract.evidence_notes import NONE, Found
from pipeline.extract.mentions import Title, Window
from pipeline.extract.nations import is_of_politics, nation_behind, offices_of_nations
from pipeline.extract.role_values import RoleValue
from pipeline.extract.view import View

_HEADS = re.compile(
    r"(?:(?:us|u\.s\.|interim|acting|new|vice|deputy|[^\W\d_]+n)[ -])*"
    r"(?:president|president[ -]elect|leader|dictator|ruler)(?: of the (?:country|republic|united states|u\.?s\.?))?"
)
_LONGEST_SURNAME = 40  # characters before a nation
_STATES = frozenset("office inaugurate inaugurated swear sworn overthrow topple depose presidency".split())
_OF_STATE = re.compile(r"(?:senior |deputy |foreign |us |u\.s\. )*national security advis[eo]r")
# Evidence with which the event's own words, or the title's, give an employer.
_OWN = frozenset("role_company frame_object frame_preposition same_role_here_out same_role_here_in role_inside".split())
# Evidence that ties an organisation to the event or the person at least loosely.
_TIES = _OWN | frozenset(
    "frame_subject outer_subject anaphor anaphor_here held_out held_in held_before_out held_by_counterpart at_in "
    "at_out same_role_in same_role_out from_out role_unit role_owner described described_body".split()
)
_PASSES_BY = 3.0  # times the weight


def note_state(view: View, candidate: Candidate, role: RoleValue, teaches: bool, found: Found) -> None:
    """Mark that a head of state has no firm: "Syrian President Hadi", "since Hadi took office" of "President Hadi".

    Whoever the words of the event or of the title name stays: "White House national security adviser".
    """
    if not (_OF_STATE.fullmatch(role.text.lower()) or _heads_a_state(view, candidate, role, teaches)):
        return
    if not any("role_company_place" in evidence for evidence in found.values()):  # "Maro's new president": of Maro
        found[NONE]["state_office"] = 1.0
    for index, evidence in found.items():
        if index != NONE and not view.organisations.organisations[index].weak and _OWN.isdisjoint(evidence):
            evidence["no_state_body"] = 1.0


def note_untied(found: Found) -> None:
    """Mark the more strongly what gives no offices of state and is not tied to the event: a body that passes by."""
    for evidence in found.values():
        if "no_state_body" in evidence and _TIES.isdisjoint(evidence):
            evidence["no_state_body"] = _PASSES_BY


def _heads_a_state(view: View, candidate: Candidate, role: RoleValue, teaches: bool) -> bool:
    """Whether the article calls the person by a state's name, or by the office alone where one is sworn in.

    Not where a title of the person's names an organisation: "Acme's Canadian president, Jane Roe".
    """
    person = candidate.person.entity
    text, ends = role.text.lower(), nation_behind().search(role.text.lower())
    if _HEADS.fullmatch(text[: ends.start()] if ends is not None else text) is None or any(
        row.person == person
        and row.company is not None
        and row.company >= 0
        and not view.organisations.organisations[row.company].weak
        for row in view.affiliations
    ):
        return False
    if ends is not None and ends.end() == len(text):
        return True
    surname = re.escape(view.people.persons[person].full.split()[-1])
    named = rf"(?:(?:[^\W\d_][\w.-]*) ){{0,2}}{surname}\b"
    behind, ahead = re.compile(rf",? {named}", re.IGNORECASE), re.compile(rf"\b{surname}, $", re.IGNORECASE)
    for start, end in offices_of_nations(view.text):
        if behind.match(view.text, end) or ahead.search(view.text[max(start - _LONGEST_SURNAME, 0) : start]):
            return True
    words = {word for part in candidate.trigger.phrase.lower().split() for word in part.split("-")}
    swears = bool(_STATES & words)
    if teaches or not (swears or is_of_politics(view.text)):
        return False
    return re.search(rf"\b[Pp]resident(?:-elect)? {named}", view.text) is not None


_OFFICES = frozenset(
    "president vice-president premier prime minister chancellor king queen governor mayor leader emir sultan".split()
)
_NATIONS = frozenset({"GPE", "NORP"})
_WORD = re.compile(r"[^\W\d_]+")


def is_head_of_state(view: View, candidate: Candidate, role: RoleValue) -> bool:
    """Whether the article calls the person the head of a state, and of nothing else: "US President Roe".

    Of "Acme president Jane Roe" an organisation is told, of "President Roe" none.
    """
    words = _WORD.findall(role.text.lower())
    if (
        not words
        or not _OFFICES.issuperset(word for word in words if word != "vice")
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
