"""Who is at the head of a state, or of its security, so that nothing but a state has the office to give."""

from __future__ import annotations

import re

from pipeline.extract.candidates import Candidate
from pipeline.extract.evidence_notes import NONE, Found
from pipeline.extract.name_runs import name_data
from pipeline.extract.role_values import RoleValue
from pipeline.extract.view import View

_HEADS = re.compile(
    r"(?:(?:us|u\.s\.|interim|acting|new|vice|deputy|[^\W\d_]+n)[ -])*"
    r"(?:president|president[ -]elect|leader|dictator|ruler)(?: of the (?:country|republic|united states|u\.?s\.?))?"
)
_CALLED = r"(?:vice[- ])?(?:president(?:[- ]elect)?|leader|dictator|ruler)"
_BEFORE = r"(?:new |former |then-?|ousted |deposed |outgoing |acting |interim )?"
_STATES = frozenset("office inaugurate inaugurated swear sworn overthrow topple depose presidency".split())
_OF_STATE = re.compile(r"(?:senior |deputy |foreign |us |u\.s\. )*national security advis[eo]r")
# Evidence with which the event's own words, or the title's, give an employer.
_OWN = frozenset("role_company frame_object frame_preposition same_role_here_out same_role_here_in role_inside".split())


def note_state(view: View, candidate: Candidate, role: RoleValue, teaches: bool, found: Found) -> None:
    """Mark that a head of state has no firm: "Syrian President Hadi", "since Hadi took office" of "President Hadi".

    Whoever the words of the event or of the title name stays: "White House national security adviser".
    """
    if not (_OF_STATE.fullmatch(role.text.lower()) or _heads_a_state(view, candidate, role, teaches)):
        return
    found[NONE]["state_office"] = 1.0
    for index, evidence in found.items():
        if index != NONE and not view.organisations.organisations[index].weak and _OWN.isdisjoint(evidence):
            evidence["no_state_body"] = 1.0


def _heads_a_state(view: View, candidate: Candidate, role: RoleValue, teaches: bool) -> bool:
    """Whether the article calls the person by a state's name, or by the office alone where one is sworn in.

    Not where a title of the person's names an organisation: "Acme's Canadian president, Jane Roe".
    """
    person = candidate.person.entity
    if _HEADS.fullmatch(role.text.lower()) is None or any(
        row.person == person
        and row.company is not None
        and row.company >= 0
        and not view.organisations.organisations[row.company].weak
        for row in view.affiliations
    ):
        return False
    surname = re.escape(view.people.persons[person].full.split()[-1])
    named = rf"(?:(?:[^\W\d_][\w.-]*) ){{0,2}}{surname}\b"
    nations = "|".join(re.escape(nation) for nation in sorted(name_data("nations")))
    nation = rf"\b(?:{nations})(?:['’]s)? {_BEFORE}{_CALLED}"
    if re.search(rf"{nation},? {named}|\b{surname}, {nation}\b", view.text, re.IGNORECASE):
        return True
    words = {word for part in candidate.trigger.phrase.lower().split() for word in part.split("-")}
    swears = bool(_STATES & words)
    return swears and not teaches and re.search(rf"\bPresident(?:-elect)? {named}", view.text) is not None
