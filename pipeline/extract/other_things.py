"""What is joined, left, suspended or founded and is no job: an armed group, a bloc of states, a nickname, a law."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.candidates import Candidate
from pipeline.extract.common_nouns import common_nouns
from pipeline.extract.guards import phrase_verb
from pipeline.extract.name_runs import name_data
from pipeline.extract.name_words import unit_words
from pipeline.extract.view import View
from pipeline.records import Status

if TYPE_CHECKING:
    from spacy.tokens import Token


def is_other_thing(view: View, candidate: Candidate, status: Status) -> bool:
    """Whether the wording is said of something that is no job, no employer and no death of the person's."""
    rule = candidate.trigger.rule
    if rule.action == "died":
        return _is_no_death(candidate, status)
    if rule.action == "joined" and any(not _SOLDIERS.isdisjoint(r.text.lower().split()) for r in candidate.roles):
        return True
    if rule.kind == "noun" and rule.rule_id in _OF_PERSONS:
        return _is_of_a_thing(candidate)
    if rule.rule_id == "return.reinstate" and candidate.trigger.phrase.startswith("take "):
        return not candidate.roles and not any(how == "subject" for _, how in candidate.company_hints)
    if rule.rule_id == "found.start":
        return _is_no_firm(candidate)
    if rule.rule_id == "join.hire" and _gets_a_thing(candidate):
        return True
    if rule.rule_id == "join.add":
        return candidate.window.words[candidate.trigger.head - 1] in _QUOTES
    if rule.rule_id == "appoint.for_now":
        return _is_of_the_home(candidate)
    if rule.rule_id == "leave.suspend":
        return _kept_from_an_event(candidate)
    if rule.rule_id == "resign.phrase":
        return _leaves_a_room(candidate)
    if rule.rule_id == "depart.out" and _turns_from_a_matter(candidate):
        return True
    return rule.action in _OF_MEMBERS and not candidate.roles and _is_no_employer(view, candidate)


_HOME = frozenset("baby cat child children dog family garden home house kids mother father pets".split())


def _is_of_the_home(candidate: Candidate) -> bool:
    """ "Will look after his cat until June", "after both children": nothing that a post is about."""
    window, trigger = candidate.window, candidate.trigger
    between = window.lows[trigger.head + 1 : trigger.last]
    return not _HOME.isdisjoint(between) or not {"his", "him"}.isdisjoint(between[:2])


_SOLDIERS = frozenset("soldier fighter combatant informant mule".split())
_QUOTES = frozenset({'"', "”", "’’", "''"})
_OF_MEMBERS = frozenset({"joined", "departed", "resigned", "returned", "founded"})

# Armed groups, and blocs that states join and leave.
_ARMED = re.compile(
    r"\b(?:isis|isil|daesh|islamic state|al[- ]?qaeda|al[- ]?shabaa?b|al[- ]?nusra|boko haram|taliban|hezbollah|farc|"
    r"klan|mujahideen|militias?|guerrillas?|guerillas?|rebels?|insurgents?|insurgency|"
    r"liberation army|(?:liberation|resistance) front|front for the liberation|separatists?|jihadis?|jihadists?|"
    r"militants?|paramilitar\w+)\b"
)
_BLOCS = frozenset(
    (
        *"eu e.u. eurozone brexit nafta asean mercosur bloc".split(),
        *("european union", "euro zone", "single market", "customs union", "paris agreement"),
    )
)


def _is_no_employer(view: View, candidate: Candidate) -> bool:
    window = candidate.window
    for name, how in candidate.company_hints:
        owner = name.last < len(window.doc) and window.doc[name.last].tag_ == "POS"
        if owner or how not in ("object", "preposition"):
            continue  # "the European Union's trade office"
        full = view.organisations.organisations[name.entity].full.lower() if name.entity >= 0 else name.text.lower()
        if {full, name.text.lower()} & _BLOCS or _ARMED.search(full):
            return True
    verb = phrase_verb(window, candidate.trigger)
    target = next((child for child in verb.children if child.dep_ == "dobj" and child.i > verb.i), None)
    if target is None or candidate.trigger.rule.kind != "verb":
        return False
    near = " ".join(window.lows[target.left_edge.i : min(target.right_edge.i + 1, target.i + _OF_WHOM)])
    return target.i not in window.name_at and bool(_ARMED.search(near))


_OF_WHOM = 4  # words from "network" to "of separatist guerrillas"


_OF_PERSONS = frozenset({"leave.noun", "depart.noun", "depart.last_day", "join.noun", "die.noun", "retire.noun"})


def _is_of_a_thing(candidate: Candidate) -> bool:
    """ "The suspension of immigration", "the exit of banks", "leaving the bloc": not the person named elsewhere."""
    window, head = candidate.window, candidate.window.doc[candidate.trigger.last]
    if head.lower_ == "suspensions" and any(child.lower_ == "their" for child in head.children):
        return True  # of several, who are not named
    if candidate.trigger.rule.rule_id == "depart.noun" and head.lower_ == "leaving":
        following = window.doc[head.i + 1] if head.i + 1 < len(window.doc) else None
        if following is not None and (following.tag_ in ("DT", "PRP$") or following.i in window.name_at):
            return not candidate.person.first <= following.i < candidate.person.last
    link = next((child for child in head.children if child.lower_ == "of" and child.i == head.i + 1), None)
    what = next((child for child in link.children if child.dep_ == "pobj"), None) if link is not None else None
    if what is None or what.tag_ not in ("NN", "NNS") or what.i in window.title_at or what.i in window.name_at:
        return False
    if what.left_edge.i <= candidate.person.first <= what.right_edge.i:
        return (
            what.lower_ in _TERMS and any(c.dep_ == "poss" for c in what.children) and _held_by_other(candidate, what)
        )
    return what.lower_ not in common_nouns("person") and what.lower_ not in common_nouns("post")


_TERMS = frozenset({"administration", "government", "presidency"})


def _held_by_other(candidate: Candidate, what: Token) -> bool:
    """Whether "the final days of Roe's administration" names another than the person who is said to go."""
    owner = next(child for child in what.children if child.dep_ == "poss")
    return not candidate.person.first <= owner.i < candidate.person.last


_ENTERPRISES = frozenset(
    "academy agency alliance arm association bakery band bar blog boutique brand brewery cafe centre center "
    "chain channel charity choir clinic club coalition collective college company consultancy cooperative co-op "
    "department dynasty empire enterprise factory federation firm foundation fund gallery group house imprint "
    "incubator initiative institute institution journal label lab laboratory league library magazine museum network "
    "newsletter newspaper nonprofit office orchestra organisation organization outfit outlet paper party "
    "platform podcast practice press project publication publisher restaurant school service shop site society "
    "spinoff spin-off start startup start-up station store studio tank team theatre theater trust union unit "
    "university venture vehicle website winery workshop".split()
)


# Last words of the names of what is begun and employs nobody: "launched the Silk Road Initiative".
_UNDERTAKINGS = frozenset(
    "act bill campaign challenge initiative movement plan program programme tour war year".split()
)


def _is_no_firm(candidate: Candidate) -> bool:
    """ "Started a war of words with Acme", "created the character Ali", "started the New Year with a win"."""
    window, verb = candidate.window, phrase_verb(candidate.window, candidate.trigger)
    founded = (name.text.lower().split()[-1] for name, how in candidate.company_hints if how == "object")
    if next(founded, "") in _UNDERTAKINGS:
        return True
    target = next((c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i), None)
    if target is None or target.i in candidate.trigger.words:
        return False
    name = window.name_at.get(target.i)
    if name is not None:
        target = window.doc[name.first - 1]  # "created the cartoon character Zorba"
        if target.i <= verb.i:
            return False
    if target.tag_ not in ("NN", "NNS"):
        return False
    word = target.lower_
    known = (common_nouns("company"), common_nouns("unit"), common_nouns("workplace"), name_data("kinds"))
    return word not in _ENTERPRISES and word not in unit_words() and not any(word in words for words in known)


def _gets_a_thing(candidate: Candidate) -> bool:
    """ "Attracted support from Roe", "was brought by detectives in Dublin": no person is got, or nowhere brought in."""
    window, trigger = candidate.window, candidate.trigger
    verb, last = window.doc[trigger.head], window.doc[trigger.last]
    if len(trigger.words) > 1 and last.lower_ in ("in", "on", "over") and last.dep_ == "prep":
        return any(child.dep_ == "pobj" and trigger.last > trigger.head + 1 for child in last.children)
    if trigger.last <= trigger.head + 1 or last.lower_ != "from":
        return False
    target = next((c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i), None)
    if target is None or target.tag_ not in ("NN", "NNS") or target.i in window.title_at:
        return False
    inside = target.left_edge.i <= candidate.person.first < last.i
    return not inside and target.lower_ not in common_nouns("person")


_WORKPLACES = frozenset("work office offices premises desk building job duty duties post newsroom".split())


def _kept_from_an_event(candidate: Candidate) -> bool:
    """ "Was told to stay away from the ceremony": not from work."""
    window, last = candidate.window, candidate.trigger.last
    if window.lows[last] != "away" or window.lows[last + 1 : last + 2] != ["from"]:
        return False
    reach = window.lows[last + 2 : last + 2 + _PLACE_REACH]
    return _WORKPLACES.isdisjoint(reach)


_PLACE_REACH = 4  # words from "from" to "office": "from the bank's head office"
_WALKED_ON = frozenset(". , ; : ! ? after over amid in last this on when because".split())


def _leaves_a_room(candidate: Candidate) -> bool:
    """ "Walked out midway", "walked out of the hall among the crowd": on one's feet; not "walked out over pay"."""
    window, trigger = candidate.window, candidate.trigger
    if not trigger.phrase.startswith("walk out") or candidate.roles:
        return False
    behind = window.lows[trigger.last + 1] if trigger.last + 1 < len(window.lows) else "."
    if trigger.phrase == "walk out":
        return behind not in _WALKED_ON and window.doc[trigger.last + 1].ent_type_ not in ("DATE", "TIME")
    target = next((c for c in window.doc[trigger.last].children if c.dep_ == "pobj"), None)
    if target is None or target.i in window.name_at or target.tag_ not in ("NN", "NNS"):
        return False
    return not (
        target.lower_ in common_nouns("company")
        or target.lower_ in common_nouns("post")
        or target.lower_ in common_nouns("workplace")
        or target.lower_ in _BODIES
        or target.i in window.title_at
    )


_BODIES = frozenset(
    "board cabinet coalition commission committee council government panel party programme show".split()
)
_MATTERS = frozenset({"move on", "move on from", "turn ~ back on"})


def _turns_from_a_matter(candidate: Candidate) -> bool:
    """ "Moved on to other issues", "turned her back on the talks": a matter is dropped, no job."""
    window, trigger = candidate.window, candidate.trigger
    if trigger.phrase not in _MATTERS or candidate.roles:
        return False
    links = [window.doc[trigger.last], *window.doc[trigger.head].children]
    links = [link for link in links if link.lower_ in ("to", "from", "on") and link.i >= trigger.last]
    targets = [c for link in links for c in link.children if c.dep_ == "pobj"]
    return any(
        target.tag_ in ("NN", "NNS")
        and target.i not in window.name_at
        and target.i not in window.title_at
        and not (
            target.lower_ in common_nouns("company")
            or target.lower_ in common_nouns("post")
            or target.lower_ in common_nouns("workplace")
            or target.lower_ in _OTHER_WORK
        )
        for target in targets
    )


_OTHER_WORK = frozenset(
    "pastures challenge challenges things opportunity opportunities adventure adventures chapter ventures venture "
    "interests phase projects project firm career".split()
)


def is_armed(full: str) -> bool:
    """Whether an organisation is an armed group by its name."""
    return _ARMED.search(full.lower()) is not None


_THREATS = frozenset("threaten threatens threatened threatening vow vows vowed plot plots plotted expected".split())


def _is_no_death(candidate: Candidate, status: Status) -> bool:
    """Whether nobody has died: "expected to die", "threatened to kill her", "was dying", "lost her fight to pass"."""
    if status in ("planned", "proposed", "denied"):
        return True
    window, trigger = candidate.window, candidate.trigger
    verb = phrase_verb(window, trigger)
    if verb.tag_ == "VB" and verb.head.lower_ in _THREATS:
        return True
    if verb.lower_ == "dying" and any(child.dep_ == "aux" for child in verb.children):
        return True
    return window.lows[trigger.last] == "to" and window.tag(trigger.last + 1) == "VB"
