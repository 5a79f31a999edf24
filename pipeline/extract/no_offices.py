"""What is gained and is no office: a part for an evening, a place before a jury, a ball, what voters give."""

from __future__ import annotations

import re

from pipeline.extract.candidates import Candidate
from pipeline.extract.common_nouns import common_nouns
from pipeline.extract.mentions import Name, Title
from pipeline.extract.name_runs import name_data
from pipeline.titles import canonical_role

# Heads of what somebody is called, is at an event or before a court, and does not serve as.
_NO_OFFICE = frozenset(
    "bride bridesmaid champion culprit daughter face figure godfather godmother guest hero heroine icon juror "
    "narrator panellist panelist pallbearer spectator suspect symbol target torchbearer victim villain witness".split()
)
_SPEAKS = re.compile(r"\b(?:an?|keynote|guest|main|star|surprise) (?:\w+ )?speaker\b")
_EVENTS = frozenset(
    "evening night ceremony dinner gala party summit forum talks event awards celebration show concert festival".split()
)
_HOSTS = frozenset({"host", "hostess", "speaker", "chair", "moderator"})
_CLANS = frozenset({"family", "household", "clan", "gang", "crowd", "audience", "tribe", "cult"})
_GRAVELY = frozenset({"seriously", "lightly", "personally"})

# Offices that voters give, and words of the contest for them.
_ELECTIVE = frozenset(
    "president|mayor|governor|senator|congressman|congresswoman|prime minister|chancellor|premier|first minister|"
    "vice president|member of parliament|councillor|sheriff".split("|")
)
_CONTEST = frozenset("campaigning campaign campaigned bid race quest run ran running candidacy standing stood".split())
_ON_THE_STUMP = _CONTEST | frozenset("election elections primary poll polls ballot voters vote votes rally".split())
_BEFORE = 5  # words from "bid" to "become": "his latest bid to become"
_PARLIAMENTS = frozenset(
    "senate parliament congress house legislature assembly bundestag knesset duma diet commons lords".split()
)
_GAINS_BY_CONTEST = frozenset(
    {"appoint.become", "appoint.contender", "appoint.contender_named", "appoint.contender_to"}
)

_HELM = frozenset(
    {
        *("take charge", "take ~ charge", "take command", "take ~ command", "take ~ helm", "take ~ reins"),
        *("take ~ controls", "take ~ wheel", "assume control", "assume ~ charge", "assume command", "assume ~ command"),
        *("assume ~ role", "take ~ role"),
    }
)
# Things that one who takes charge of a team or an office is said to take charge of, too.
_RUN = frozenset(
    "affairs case city club committee communications country delegation economy education finances fixture game "
    "government investigation inquiry health match mission nation operation operations party policy portfolio "
    "preparations probe production province reforms region sales security sessions side spending squad state "
    "team tie training transformation transition world".split()
)
_KINDS = ("post", "company", "workplace", "unit", "employer", "handed_on", "meeting", "person")
_IN_PLAY = re.compile(
    r"\b(?:after \w+ minutes|\w+(?:th|nd|rd|st) minute|half ?-? ?time|off the bench|from the bench|"
    r"(?:right|left|full)[- ]back|in midfield|in goal|at the (?:crease|wicket)|in the (?:queue|line-?up|starting)|"
    r"(?:after|on) the hour|after an hour|injured \w+)\b"
)


def is_no_office(candidate: Candidate) -> bool:
    """Whether what a wording of gain gives is no office."""
    if candidate.direction != "in":
        return False
    rule = candidate.trigger.rule.rule_id
    return (
        _is_for_the_day(candidate)
        or (rule == "appoint.takeover" and _taken_gravely(candidate))
        or _is_for_voters(candidate)
        or (rule == "appoint.nominee" and _is_up_for_award(candidate))
        or (rule == "appoint.become" and _is_ranked(candidate))
        or (rule == "appoint.helm" and _handles_a_thing(candidate))
        or (rule == "appoint.get_seat" and _sits_down(candidate))
        or (rule == "appoint.will_run_firm" and _holds_a_service(candidate))
        or (rule == "appoint.succeed" and not candidate.roles and _comes_on(candidate))
        or (rule == "found.verb" and _founds_a_thought(candidate))
        or (rule == "appoint.will_be" and _is_among_them(candidate))
    )


def _told(candidate: Candidate) -> list[str]:
    """The words from the trigger to the end of its sentence, in small letters."""
    return candidate.window.lows[candidate.trigger.head : candidate.window.sentences[candidate.sentence].last]


def _is_for_the_day(candidate: Candidate) -> bool:
    """ "As a speaker at the forum", "sworn in as a juror", "named as a key figure", "a member of their family"."""
    if not candidate.roles:
        return False
    return all(_names_no_office(candidate, role.text.lower()) for role in candidate.roles)


def _names_no_office(candidate: Candidate, role: str) -> bool:
    head, _, rest = role.partition(" of ")
    last, owners = head.split()[-1], rest.split()
    if last == "leader" and ("race" in head.split() or "race" in owners):
        return True
    if last in _NO_OFFICE:
        return True
    if last == "speaker" and not rest:
        return bool(_SPEAKS.search(" ".join(_told(candidate))))
    if last in _HOSTS and owners:
        return owners[-1] in _EVENTS
    return last == "member" and bool(owners) and owners[-1] in _CLANS


def _taken_gravely(candidate: Candidate) -> bool:
    """ "Takes his job as a public servant seriously": how somebody holds what he has."""
    return candidate.trigger.phrase.startswith("take ") and not _GRAVELY.isdisjoint(_told(candidate))


def _is_for_voters(candidate: Candidate) -> bool:
    """ "Campaigning to become mayor", "nominated to run against Kim", "the front-runner in the race for president"."""
    window, trigger = candidate.window, candidate.trigger
    rule = trigger.rule.rule_id
    if rule == "appoint.nominate_to":
        return window.lows[trigger.last : trigger.last + 2] == ["run", "against"]
    if rule.startswith("reappoint.") and not candidate.roles:
        return _returns_to_parliament(_told(candidate))
    if rule not in _GAINS_BY_CONTEST or not candidate.roles:
        return False
    if rule == "appoint.become" and _is_put_up(candidate):
        return True
    if not all(canonical_role(role.text) in _ELECTIVE for role in candidate.roles):
        return False
    firms = [name for name, how in candidate.company_hints if how in ("object", "preposition")]
    firms += [name for role in candidate.roles for name in (role.company, _owner(role.title)) if name is not None]
    if any(not firm.weak for firm in firms):
        return False
    if rule == "appoint.become":
        near = window.lows[max(trigger.head - _BEFORE, 0) : trigger.head]
        return bool(near) and near[-1] == "to" and not _CONTEST.isdisjoint(near)
    sentence = window.sentences[candidate.sentence]
    return not _ON_THE_STUMP.isdisjoint(window.lows[sentence.first : sentence.last])


def _owner(title: Title | None) -> Name | None:
    return title.company if title is not None else None


_PUT_UP = frozenset({"nominee", "candidate"})
_OF_PARTIES = frozenset("presidential gubernatorial mayoral senate senatorial congressional vice-presidential".split())


def _is_put_up(candidate: Candidate) -> bool:
    """ "Became the party's candidate for the chancellorship", "emerged as a presidential nominee": put up to voters."""
    window, trigger = candidate.window, candidate.trigger
    words = [role.text.lower().split() for role in candidate.roles]
    if all(told[-1] in _PUT_UP and not _OF_PARTIES.isdisjoint(told) for told in words):
        return True
    first = min((role.title.first for role in candidate.roles if role.title is not None), default=trigger.last)
    return not _PUT_UP.isdisjoint(window.lows[trigger.last + 1 : first]) and all(
        canonical_role(role.text) in _ELECTIVE for role in candidate.roles
    )


_PRIZES = frozenset("award awards grammy oscar emmy tony bafta prize year golden globe golden-globe nobel".split())


def _is_up_for_award(candidate: Candidate) -> bool:
    """ "Album of the Year nominee Roe", "the Oscar nominee Roe"."""
    window, head = candidate.window, candidate.trigger.head
    return not candidate.roles and not _PRIZES.isdisjoint(window.lows[max(head - 2, 0) : head])


def _is_ranked(candidate: Candidate) -> bool:
    """ "Became one of the busiest mayors of our day": what kind of mayor, not that he became one."""
    return _told(candidate)[1:5] == ["one", "of", "the", "most"]


def _returns_to_parliament(words: list[str]) -> bool:
    """ "Was re-elected to the senate"."""
    goal = next((i for i, word in enumerate(words[:6]) if word in ("to", "as")), None)
    return goal is not None and words[goal] == "to" and not _PARLIAMENTS.isdisjoint(words[goal + 1 : goal + 4])


def _handles_a_thing(candidate: Candidate) -> bool:
    """ "Took charge of the ball", "took the helm of the yacht", "took over at the Pavilion End"."""
    window, trigger = candidate.window, candidate.trigger
    if candidate.roles:
        return False
    if trigger.phrase == "take over at":
        return any(name.text.split()[-1] == "End" for name, _ in candidate.company_hints)
    behind = trigger.last + 1
    if trigger.phrase not in _HELM or window.lows[behind : behind + 1] != ["of"]:
        return False
    noun = next((child for child in window.doc[behind].children if child.dep_ == "pobj"), None)
    if noun is not None and noun.lower_ in ("game", "match") and "charge" not in trigger.phrase:
        return True
    if noun is None or noun.tag_ != "NN" or any(i in window.name_at for i in range(behind, noun.i + 1)):
        return False
    known = (*(common_nouns(kind) for kind in _KINDS), name_data("kinds"), _RUN)
    return noun.i not in window.title_at and not any(noun.lower_ in words for words in known)


_BESIDE = frozenset("by near nearest beside opposite next behind closest".split())


def _sits_down(candidate: Candidate) -> bool:
    """ "Took the chair by the window"."""
    window, last = candidate.window, candidate.trigger.last
    behind = window.lows[last + 1 : last + 2]
    return window.lows[last] in ("chair", "seat") and not _BESIDE.isdisjoint(behind)


def _holds_a_service(candidate: Candidate) -> bool:
    """ "Will lead a service of thanks": worship."""
    window, last = candidate.window, candidate.trigger.last
    words = window.lows[last + 1 : last + 5]
    if "service" not in words:
        return False
    at = words.index("service")
    return words[0] in ("a", "the") and window.lows[last + at + 2 : last + at + 3] in (["of"], ["at"], ["on"], ["for"])


def _comes_on(candidate: Candidate) -> bool:
    """ "Came on to replace Kim after 60 minutes", "followed in the footsteps of Kim": no office passes on."""
    if "footsteps" in candidate.trigger.phrase:
        return True
    sentence = candidate.window.sentences[candidate.sentence]
    return bool(_IN_PLAY.search(" ".join(candidate.window.lows[sentence.first : sentence.last])))


_THOUGHTS = frozenset(
    "argument belief career case claim conclusion fortune hopes opinion reputation theory view".split()
)


def _founds_a_thought(candidate: Candidate) -> bool:
    """ "Founded his argument on old maps"."""
    behind = _told(candidate)[1:6]
    return behind[:1] in (["his"], ["her"], ["their"], ["its"]) and "on" in behind and not _THOUGHTS.isdisjoint(behind)


def _is_among_them(candidate: Candidate) -> bool:
    """ "Will be one of the leaders who meet in Rome": what he is already."""
    words = _told(candidate)
    at = len(candidate.trigger.words)
    return words[at : at + 2] == ["one", "of"] and "who" in words[at + 2 : at + 9]
