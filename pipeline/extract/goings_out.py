"""Who goes out of a place on his feet: by a side door, at midnight, from a hall he was asked to leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.candidates import Candidate
from pipeline.extract.common_nouns import common_nouns
from pipeline.extract.guards import phrase_verb
from pipeline.extract.mentions import Window
from pipeline.extract.name_runs import is_town, name_data

if TYPE_CHECKING:
    from spacy.tokens import Token

_GOES = frozenset({"depart.leave", "depart.out"})
_ASKED = frozenset({"dismiss.forced", "dismiss.made_to"})
# Ways out of a house, times of day and company on the way, none of which tells of a job.
_WAYS_OUT = frozenset(
    "door doors doorway entrance exit gate gates window windows kitchen lobby stairs staircase stairwell lift elevator "
    "tunnel corridor basement garage garden alley alleyway hatch gangway".split()
)
_THROUGH = frozenset({"by", "through", "via", "from"})
_CLOCK = frozenset("midnight midday noon dawn dusk daybreak sunrise sunset nightfall".split())
_CLOCK_MARKS = frozenset("a.m. p.m. am pm a.m p.m o'clock o’clock".split())
_FAMILY = frozenset(
    "aides bodyguard bodyguards brother brothers child children daughter daughters family father friend friends "
    "girlfriend boyfriend husband lawyer lawyers mother parents partner police policeman policemen sister sisters son "
    "sons supporters wife".split()
)
_SILENTLY = frozenset("speaking saying answering commenting eating paying looking waiting stopping".split())
_SEATS_SIT = frozenset("bus train tube tram plane flight boat ferry coach bench".split())
# What one who is no employee leaves, without an article: "left hospital", "left school at 15", "left home".
_BARE = frozenset("hospital prison jail court custody school home church port town bed shore harbour detention".split())
# What one goes in or on, or how one goes, where nobody leaves a job.
_CARRIED = frozenset(
    "foot car van ambulance helicopter chopper train bus flight plane jet taxi cab limousine limo boat ferry yacht "
    "bike motorbike bicycle motorcade convoy stretcher wheelchair hurry rush handcuffs chains tears stitches".split()
)
_IN_ON = frozenset({"in", "on", "by", "aboard"})
_PLAYED_TO = frozenset("half-time halftime interval whistle set bell".split())
_ESCORTED = frozenset({"flanked", "escorted", "surrounded", "mobbed", "pursued"})
_ONLOOKERS = frozenset(
    "witness witnesses neighbour neighbours neighbor neighbors police officers reporters photographers onlookers "
    "guests cameras passers-by residents bystanders".split()
)
_SEEN = frozenset("see saw seen watched heard spotted".split())
_RECOVERING = frozenset("resting recovering treatment surgery operation injuries discharged wounds bandaged".split())
_REACH = 7  # words from "left" to the door or the hour


def goes_out(candidate: Candidate) -> bool:
    """Whether a wording of loss without an office tells how or whence a body went, and of no job."""
    rule, window = candidate.trigger.rule.rule_id, candidate.window
    if any(role.title is None or role.title.first > candidate.trigger.head for role in candidate.roles):
        return rule in _GOES and _leaves_several(candidate)
    if rule in _GOES:
        verb = phrase_verb(window, candidate.trigger)
        if verb.tag_ == "VB" and verb.head.lower_ in _SEEN:
            return any(c.dep_ == "nsubj" and c.lower_ in _ONLOOKERS for c in verb.head.children)
        return _by_way_or_hour(candidate) or _leaves_place(candidate, verb) or _leaves_several(candidate)
    if rule in _ASKED:
        return _asked_out(candidate)
    if rule == "depart.noun":
        return _sets_out(window, candidate.trigger.last)
    if rule == "resign.verb":
        return _gives_up_seat(candidate)
    return False


def _by_way_or_hour(candidate: Candidate) -> bool:
    """ "Left by a side door", "left shortly after midnight", "left with his daughters", "left without speaking"."""
    window, trigger = candidate.window, candidate.trigger
    if candidate.how.get("object", "none") != "none":
        return False
    last = min(trigger.last + _REACH, window.sentence_of(trigger.head).last)
    for index in range(trigger.last + 1, last):
        word, before = window.lows[index], window.lows[max(index - 4, trigger.last) : index]
        if word in _ESCORTED:
            return True
        if word in (";", "and", "but"):
            return False
        if word in _CARRIED and not _IN_ON.isdisjoint(before) and index not in window.name_at:
            return True
        if word in _PLAYED_TO or window.lows[index : index + 3] == ["half", "-", "time"]:
            return not {"at", "after", "before"}.isdisjoint(before)
        if word in _WAYS_OUT and index not in window.name_at and not _THROUGH.isdisjoint(before):
            return True
        if word in _CLOCK or (word in _CLOCK_MARKS and window.lows[index - 1][:1].isdigit()):
            return True
        if word in _FAMILY and "with" in before and index not in window.name_at:
            return not any(window.lows[i] in ("join", "start", "found") for i in range(index, last))
        if word in _SILENTLY and window.lows[index - 1] == "without":
            return True
    return False


def _leaves_place(candidate: Candidate, verb: Token) -> bool:
    """ "Left hospital on Friday", "after leaving the station she walked home"."""
    window, behind = candidate.window, candidate.trigger.last + 1
    known = behind in window.name_at or behind in window.title_at  # "left Home Depot"
    if not known and not _BARE.isdisjoint(window.lows[behind : behind + 1]):
        return window.tag(behind + 1) not in ("NN", "NNS", "NNP", "VBG")  # "left town hall"
    target = next((c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i), None)
    if target is None or target.i in window.name_at or target.i in window.title_at or target.tag_ not in ("NN", "NNS"):
        return False
    if target.lower_ == "hospital" and not _RECOVERING.isdisjoint(_sentence_words(candidate)):
        return True
    walked = verb.tag_ == "VBG" and verb.dep_ in ("pcomp", "advcl") and not any(c.dep_ == "aux" for c in verb.children)
    above = next((token for token in verb.ancestors if token.tag_ in ("VBD", "VBZ", "VBP", "VBN")), None)
    place = target.lower_ in common_nouns("workplace") or target.lower_ in _VENUES
    return walked and above is not None and place and above.lower_ in _MOVING


def _sentence_words(candidate: Candidate) -> list[str]:
    sentence = candidate.window.sentences[candidate.sentence]
    return candidate.window.lows[sentence.first : sentence.last]


_VENUES = frozenset("store shop bar pub club theatre theater museum".split())
_MOVING = frozenset(
    "arrested attacked seen gotten got hit killed robbed shot stabbed followed walked "
    "went drove ran headed returned travelled traveled cycled rode flew stopped turned".split()
)


def _leaves_several(candidate: Candidate) -> bool:
    """ "Left detectives in no doubt": several holders of an office are left how they are, and none is given up."""
    verb = phrase_verb(candidate.window, candidate.trigger)
    target = next((c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i), None)
    if candidate.trigger.phrase != "leave":
        return False
    behind = candidate.window.doc[verb.i + 1 : verb.i + 4] if target is None else [target]
    noun = next((t for t in behind if t.tag_ == "NNS"), None)
    if noun is None or noun.i not in candidate.window.title_at or noun.i + 1 >= len(candidate.window.lows):
        return False
    return candidate.window.lows[noun.i + 1] in ("in", "with", "to", "without", "no", "little")


def _asked_out(candidate: Candidate) -> bool:
    """ "Asked to leave the studio", "forced to leave his home": out of a room or a house."""
    window = candidate.window
    last = window.doc[candidate.trigger.last]
    if not _ROOMS.isdisjoint(window.lows[last.i + 2 : last.i + 3]) and last.i + 2 not in window.name_at:
        return True
    target = next((c for c in last.children if c.dep_ == "dobj" and c.i > last.i), None)
    if target is None or target.i in window.name_at or target.i in window.title_at:
        return False
    return target.tag_ in ("NN", "NNS") and not any(
        target.lower_ in words for words in (*(common_nouns(kind) for kind in _KINDS), name_data("kinds"), _BODIES)
    )


_KINDS = ("post", "company", "workplace", "unit", "employer", "handed_on", "meeting")
_ROOMS = frozenset("flat home house studio hall building premises stage set office hotel restaurant library".split())
_BODIES = frozenset(
    "army force forces organisation organization profession squad staff parliament senate congress house panel "
    "committee coalition race leadership front bench job work administration field dressing band".split()
)


def _sets_out(window: Window, index: int) -> bool:
    """ "Before his departure for Geneva": a journey, by its goal."""
    if window.lows[index + 1 : index + 2] not in (["for"], ["to"]):
        return False
    goal = window.doc[index + 2] if index + 2 < len(window.doc) else None
    if goal is None:
        return False
    name = window.name_at.get(goal.i)
    text = name.text if name is not None else goal.text
    return goal.text[:1].isupper() and (name is None or name.weak or is_town(text)) and goal.i not in window.title_at


def _gives_up_seat(candidate: Candidate) -> bool:
    """ "Gave up her seat on the bus"."""
    window, trigger = candidate.window, candidate.trigger
    behind = window.lows[trigger.last + 1 : trigger.last + _REACH]
    seat = "seat" in (*behind[:3], *(window.lows[i] for i in trigger.words))
    return seat and "on" in behind and not _SEATS_SIT.isdisjoint(behind)
