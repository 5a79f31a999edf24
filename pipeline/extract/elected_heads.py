"""Offices that the people give: a president or governor of a state, who gains it by no employer's decision."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.extract.candidates import Candidate
from pipeline.extract.company import Choice, is_stated
from pipeline.extract.role_values import RoleValue
from pipeline.extract.view import View
from pipeline.records import DIRECTIONS

# How an article that is about states speaks; a firm's president is seldom met there.
_OF_STATES = re.compile(
    r"\b(?:White House|[Pp]residential|[Pp]arliament|Congress|Kremlin|[Ss]enat(?:e|ors?)|[Vv]oters|"
    r"[Rr]epublicans?|Democrats?|(?:general|national|US|U\.S\.|recent) elections?|election campaign|inauguration|"
    r"foreign minister|prime minister)\b"
)
_OFFICES = frozenset({"president", "governor", "mayor", "senator", "congressman", "congresswoman"})
_OF_A_STATE = frozenset(
    "united states country nation republic federal us american state th st nd rd next first".split()
)
_FOR_NOW = frozenset({"interim", "acting", "deputy", "vice"})
# Who gives such an office where the people do not: "parliament elected Roe president".
_CHOOSERS = frozenset(
    "parliament assembly lawmakers legislature legislators senators council court junta board".split()
)
_NAMES = frozenset({"appoint.name", "appoint.nominate", "appoint.nominate_to", "appoint.chosen_to"})
_OFFICE_ITSELF = ("take office", "assume office", "take ~ oath of office")


def given_by_people(view: View, candidate: Candidate, role: RoleValue | None, choice: Choice) -> bool:
    """Whether a gain is that of a state's head: "since Roe became president", "under the new US president, Roe"."""
    rule = candidate.trigger.rule
    if DIRECTIONS[rule.action] != "in" or rule.action not in ("appointed", "reappointed", "returned"):
        return False
    if role is None or rule.rule_id in _NAMES or "listed" in rule.frame["person"]:
        return False
    words = [word.removesuffix("-elect") for word in re.findall(r"[a-z-]+", role.text.lower().replace(".", ""))]
    sentence = candidate.window.sentences[candidate.sentence]
    told = set(candidate.window.lows[sentence.first : sentence.last])
    if _OFFICES.isdisjoint(words) or not _FOR_NOW.isdisjoint(words) or not _CHOOSERS.isdisjoint(told):
        return False
    rest = [word for word in words if word not in _OFFICES]
    if choice.organisation is not None and is_stated(choice):
        known = view.organisations.organisations[choice.organisation]
        if not known.weak:
            return False
    if rest and not _OF_A_STATE.issuperset(word for word in rest if word not in ("of", "the")):
        return False
    name = view.people.persons[candidate.person.entity].full.split()[-1]
    if _of_nation_ahead(candidate, role) or _of_state(view.text, next(w for w in words if w in _OFFICES), name):
        return True
    held = (a for a in view.affiliations if a.person == candidate.person.entity and a.company is not None)
    return candidate.trigger.phrase in _OFFICE_ITSELF and not any(a.role.lower() == role.text.lower() for a in held)


def _of_nation_ahead(candidate: Candidate, role: RoleValue) -> bool:
    """Whether the word before a title is the nation's whose office it is: "the new US president"."""
    if role.title is None or role.title.company is not None:
        return False
    return candidate.window.words[max(role.title.first - 1, 0)] in ("US", "U.S.", "American")


@lru_cache(maxsize=64)
def _of_state(text: str, office: str, name: str) -> bool:
    """Whether somebody is told to head a state: "US President Roe", "the Roe administration".

    In an article that speaks of states "President Roe" will do.
    """
    name = rf"(?:[A-Z][\w.-]+ ){{0,3}}{re.escape(name)}\b"
    title = r"(?:Governor|Gov\.)" if office == "governor" else rf"{office.capitalize()}(?:-elect)?"
    nation = rf"\b(?:US|U\.S\.|American) (?i:{office}) {name}"
    if re.search(rf"{nation}|{name}(?:['’]s)? (?:presidency|administration|inauguration)\b", text):
        return True
    return _OF_STATES.search(text) is not None and re.search(rf"\b{title} {name}", text) is not None


def takes_unnamed_office(candidate: Candidate, role: RoleValue | None, choice: Choice) -> bool:
    """Whether an office is taken that nothing tells: "the first meeting since Roe took office"."""
    return role is None and candidate.trigger.phrase in _OFFICE_ITSELF and not is_stated(choice)
