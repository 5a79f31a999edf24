"""Terms, stays, days and deaths that end no office: a term in jail, a stay longer by a week, a day in Venice."""

from __future__ import annotations

import re

from pipeline.extract.candidates import Candidate
from pipeline.extract.common_nouns import common_nouns
from pipeline.extract.guards import phrase_verb
from pipeline.extract.mentions import Window
from pipeline.extract.name_runs import is_town

_JAILS = frozenset("jail prison custody detention captivity exile orbit space".split())
_SHORT_WHILE = frozenset("hour hours day days night nights weekend week weeks".split())
_WILLING = frozenset("plan plans planned planning intend intends intended want wants wanted hope hopes hoped".split())
_FINISHING = frozenset("finish finishes complete completes serve".split())
_LAST_DAYS = frozenset({"depart.last_day", "depart.last_work"})
_NEARLY = frozenset({"nearly", "almost"})
_STORIES = re.compile(
    r"\bin the (?:film|movie|novel|play|opera|sitcom|comedy|drama|tale|musical|soap|final scene|last scene|first scene|"
    r"(?:last|first|final|second|third|opening|next) episode)"
    r"(?: [,.!;]| (?:he|she|his|her|[A-Z]\w+)\b|$)"
)
_STORY_WORDS = frozenset("film movie novel play opera sitcom comedy drama tale musical soap scene episode".split())
_TOGETHER = 4  # words from "term" to "jail": "her two-year term in a jail"


def is_no_term(candidate: Candidate) -> bool:
    """Whether a loss, a leave, a death or a longer stay is told of something else than an office."""
    rule = candidate.trigger.rule
    champion = bool(candidate.roles) and all(role.text.lower().split()[-1] == "champion" for role in candidate.roles)
    if champion or _in_story(candidate):
        return True
    if rule.rule_id == "depart.term":
        return _is_served(candidate)
    if rule.rule_id in _LAST_DAYS:
        return _is_holiday(candidate)
    if rule.rule_id == "depart.stays":
        return _stays_as_he_is(candidate)
    if rule.rule_id == "reappoint.own":
        return _stays_a_while(candidate)
    if rule.rule_id == "reappoint.verb":
        return _says_again(candidate)
    if rule.action == "on_leave":
        return _hangs(candidate) if rule.kind == "verb" else _is_ban_of_thing(candidate)
    if rule.action == "died":
        return _lives_on(candidate)
    return rule.rule_id == "return.to" and _visits_again(candidate)


def _behind(candidate: Candidate, words: int) -> list[str]:
    """The next words behind a trigger in its sentence, in small letters."""
    last = candidate.window.sentences[candidate.sentence].last
    return candidate.window.lows[candidate.trigger.last + 1 : min(candidate.trigger.last + 1 + words, last)]


def _is_served(candidate: Candidate) -> bool:
    """ "Ended his term in prison", "plans to finish her term": a sentence served, or an office kept till its end.

    So is one that another loss cuts short: "quit two months before her term was to end".
    """
    window, trigger = candidate.window, candidate.trigger
    near = window.lows[max(trigger.head - _TOGETHER, 0) : trigger.last]
    if not _JAILS.isdisjoint((*near, *_behind(candidate, _TOGETHER))):
        return True
    verb = phrase_verb(window, trigger)
    if verb.dep_ in ("advcl", "xcomp", "relcl") and _is_cut_short(window, trigger.head):
        return True
    before = window.lows[max(trigger.head - 2, 0) : trigger.head]
    return window.lows[trigger.head] in _FINISHING and before[-1:] == ["to"] and not _WILLING.isdisjoint(before)


def _is_cut_short(window: Window, index: int) -> bool:
    """Whether a clause opens with "before" and an owner: "before her term was to end"."""
    first = max(index - _CLAUSE, window.sentence_of(index).first)
    return any(window.lows[at] == "before" and window.lows[at + 1] in _OWNERS for at in range(first, index - 1))


_CLAUSE = 8  # words from "before" to the verb
_OWNERS = frozenset({"his", "her", "their", "the"})


def _is_holiday(candidate: Candidate) -> bool:
    """ "Spent his last day in Venice"."""
    window, behind = candidate.window, candidate.trigger.last + 1
    if candidate.roles or window.lows[behind : behind + 1] != ["in"] or behind + 1 >= len(window.words):
        return False
    name = window.name_at.get(behind + 1)
    return is_town(name.text if name is not None else window.words[behind + 1])


def _stays_as_he_is(candidate: Candidate) -> bool:
    """ "Vowed to remain a critic": what he stays is no office, or none any longer."""
    window, last = candidate.window, candidate.trigger.last
    behind = window.lows[last + 1 : last + 2]
    if window.lows[candidate.trigger.head] == "served" and phrase_verb(window, candidate.trigger).tag_ == "VBD":
        return True  # "served out his term": it is over
    if window.lows[last] not in ("remain", "stay") or behind not in (["a"], ["an"]):
        return False
    return not any(index in window.title_at for index in range(last + 2, min(last + 6, len(window.lows))))


def _stays_a_while(candidate: Candidate) -> bool:
    """ "Extended his stay by a week"."""
    behind = _behind(candidate, 4)
    return "stay" in candidate.window.lows[candidate.trigger.head : candidate.trigger.last + 1] and (
        behind[:1] == ["by"] and not _SHORT_WHILE.isdisjoint(behind)
    )


def _says_again(candidate: Candidate) -> bool:
    """ "Reconfirmed that the raid was a success", who "reconfirmed" the raid: said again."""
    verb = phrase_verb(candidate.window, candidate.trigger)
    if candidate.trigger.phrase != "reconfirm":
        return False
    clause = any(child.dep_ == "ccomp" and child.i > verb.i for child in verb.children)
    return clause or _behind(candidate, 1) in (["that"], ['"'], ["”"])


def _hangs(candidate: Candidate) -> bool:
    """ "Was suspended from a crane"."""
    window, last = candidate.window, candidate.trigger.last
    behind = _behind(candidate, 2)
    if window.lows[last] == "from":
        behind = ["from", *behind[:1]]
    return behind in (["from", "a"], ["from", "an"]) and not candidate.roles


def _is_ban_of_thing(candidate: Candidate) -> bool:
    """ "The suspension of Roe's executive order": of what is his, not of him."""
    window, head = candidate.window, candidate.window.doc[candidate.trigger.last]
    link = next((child for child in head.children if child.lower_ == "of"), None)
    what = next((child for child in link.children if child.dep_ == "pobj"), None) if link is not None else None
    if what is None or what.tag_ not in ("NN", "NNS") or what.i in window.title_at or what.i in window.name_at:
        return False
    if what.lower_ in common_nouns("person") or what.lower_ in common_nouns("stand_in"):
        return False
    owners = [child.i for child in what.children if child.dep_ == "poss"]
    return any(candidate.person.first <= owner < candidate.person.last for owner in owners)


def _lives_on(candidate: Candidate) -> bool:
    """ "Nearly died", "passed away the hours"."""
    window, trigger = candidate.window, candidate.trigger
    if trigger.head and window.lows[trigger.head - 1] in _NEARLY:
        return True
    behind = _behind(candidate, 2)
    return trigger.phrase == "pass away" and behind[:1] == ["the"] and behind[1:] not in (["day"], ["night"], ["week"])


_PREMISES = frozenset(
    "theatre theater hotel restaurant station store shop bar pub church cathedral inn resort scene site library".split()
)


def _visits_again(candidate: Candidate) -> bool:
    """ "Returned to the theater": to a house, where no office is told."""
    if candidate.roles:
        return False
    behind = _behind(candidate, 2)
    noun = behind[-1:] if behind[:1] in (["the"], ["a"], ["his"], ["her"]) else behind[:1]
    at = candidate.trigger.last + len(behind)
    return not _PREMISES.isdisjoint(noun) and at not in candidate.window.name_at


def _in_story(candidate: Candidate) -> bool:
    """ "In the film Roe dies", "is fired, in the novel": a plot."""
    window, sentence = candidate.window, candidate.window.sentences[candidate.sentence]
    lows = window.lows[sentence.first : sentence.last]
    if _STORY_WORDS.isdisjoint(lows):
        return False
    text = " ".join(window.words[sentence.first : sentence.last])
    return bool(_STORIES.search(text[:1].lower() + text[1:]))
