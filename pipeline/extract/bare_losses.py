"""Losses told without office or firm, where what follows the verb is no errand: "Roe, who left in May".

Also those told by a noun of persons whose firm stands before each: "the departures of Acme's Roe and Bolt's Kim".
"""

from __future__ import annotations

from pipeline.extract.candidates import Candidate
from pipeline.extract.mentions import Name
from pipeline.extract.view import View

_BARE = frozenset({"departed", "resigned", "retired"})
_JOB_FOLLOWS = frozenset(
    "after following amid without because when as before last next this early late earlier later over due soon shortly "
    "recently abruptly suddenly unexpectedly immediately voluntarily effective at and but under by until once while "
    "two three four five six seven eight nine ten several".split()
)
_MONTHS = frozenset("january february march april may june july august september october november december".split())
_PHRASAL = 2  # words of a verb with its particle: "move on"
_REPORTS = frozenset("said says say told reported reports confirmed added saw claimed claims".split())
_TOLD_TO = frozenset("ask asked asking asks tell told telling tells order ordered orders let want wanted wants".split())
_ABLE = frozenset({"can", "ca", "could"})
_ENDS = frozenset({",", ".", ";", ":", "?", "!", ")", '"', "“", "”", "’", "'", "-", "–", "—", "\n"})


def is_bare_loss(view: View, candidate: Candidate) -> bool:
    """Whether a person named in full leaves, and the words behind speak of no trip or thing ("left on a bus")."""
    rule, name, window = candidate.trigger.rule, candidate.person, candidate.window
    if rule.kind != "verb" or rule.action not in _BARE or len(candidate.trigger.words) > _PHRASAL:
        return False
    if not view.people.persons[name.entity].given:
        return False
    verb = window.doc[candidate.trigger.head]
    if verb.head.lower_ in _REPORTS:  # "police said that Roe had left" may be of anything
        return False
    if verb.tag_ == "VB" and (verb.head.lower_ in _TOLD_TO or any(c.lower_ in _ABLE for c in verb.children)):
        return False  # "asked Roe to leave", "I cannot leave"
    at, last = candidate.trigger.last + 1, window.sentences[candidate.sentence].last
    if at >= last or window.lows[at] in _ENDS:
        return True
    word, then = window.lows[at], window.lows[at + 1] if at + 1 < last else "."
    if word == "to":
        return at + 1 < last and window.doc[at + 1].tag_ == "VB"
    if word == "for":
        behind = window.name_at.get(at + 1)
        return behind is not None and behind.kind == "org"
    return word in _JOB_FOLLOWS or (word == "in" and then in _MONTHS)


def firm_before(candidate: Candidate) -> Name | None:
    """The firm of which somebody is named whose loss a noun tells: "the departure of Acme's Jane Roe"."""
    window, person = candidate.window, candidate.person
    if candidate.direction != "out" or person.first < 2 or person.last - person.first == 1:
        return None
    firm = window.name_at.get(person.first - 2) if window.lows[person.first - 1] in ("'s", "’s", "'", "’") else None
    return firm if firm is not None and firm.kind == "org" and not firm.weak else None
