"""Wordings of dismissal that somebody does to a thing, or that a match does: a tooth removed, a gun heard firing."""

from __future__ import annotations

from pipeline.extract.common_nouns import common_nouns
from pipeline.extract.mentions import Window
from pipeline.extract.triggers import Trigger

_CAUSING = frozenset("have has had having get gets got getting see sees saw seen seeing find finds found".split())
_BACK = 6  # words from "had" to "removed": "had his old front tooth removed"
_ROUNDS = frozenset(
    "round final finals semifinal semifinals semi-final semi-finals quarterfinal quarterfinals quarter-final "
    "quarter-finals playoff playoffs play-off play-offs cup tournament heats qualifying".split()
)
_BY_PART = frozenset({"semi", "quarter"})
_ROUND_REACH = 6  # words from "ousted" to "quarter-finals": "ousted in straight sets in the second round"
# What stands behind "let him go" where he is let go and loses a job by it.
_LET_GO_TAGS = frozenset({"IN", "CC", ".", ",", ":", "''", "``", "-RRB-", "-LRB-", "TO", "_SP", "DT", "CD", "PRP"})
_LET_GO_WORDS = frozenset(
    "today yesterday monday tuesday wednesday thursday friday saturday sunday last earlier this late early recently "
    "then there now abruptly quietly suddenly because following several two three four when who".split()
)
_SET_FREE = frozenset("through into onto home free to".split())
_SHOOTING = frozenset(
    "rocket rockets missile missiles shell shells bullet bullets shot shots barrage gun guns rifle rifles tear mortar "
    "mortars artillery volley salvo torpedo cannon weapon weapons".split()
)


def is_done_to_thing(window: Window, trigger: Trigger) -> bool:
    """Whether a wording of dismissal is of a thing, a shot or a match: "had his tooth removed", "ousted in the cup"."""
    phrase, rule = trigger.phrase, trigger.rule
    if rule.kind == "noun":
        return phrase == "firing" and _shoots(window, trigger.last)
    if rule.rule_id not in ("dismiss.verb", "dismiss.from"):
        return False
    if phrase in ("let go", "let ... go"):
        return _lets_do(window, trigger)
    if phrase in ("relieve of", "relieve ... of"):
        return _robbed_of(window, trigger)
    if phrase.endswith("... out") and window.doc[trigger.last - 1].tag_.startswith("VB"):
        return True  # "kicking the ball to the corner, Roe reaching out"
    behind = window.lows[trigger.last + 1 : trigger.last + 3]
    if (phrase == "axe" and behind == ["to", "death"]) or (phrase == "kick out" and behind[:1] == ["at"]):
        return True
    return _has_it_done(window, trigger) or _in_match(window, trigger) or _dismisses_talk(window, trigger)


def _shoots(window: Window, index: int) -> bool:
    """ "Firing a barrage of rockets"."""
    return not _SHOOTING.isdisjoint(window.lows[index + 1 : index + 4])


_OF_DUTY = frozenset("functions charge command commands obligations captaincy work contract teaching".split())


def _robbed_of(window: Window, trigger: Trigger) -> bool:
    """ "Was relieved of his wallet": of a thing that is no duty."""
    noun = next((c for c in window.doc[trigger.last].children if c.dep_ == "pobj"), None)
    if noun is None or noun.tag_ not in ("NN", "NNS") or noun.i in window.name_at or noun.i in window.title_at:
        return False
    known = noun.lower_ in common_nouns("post") or noun.lower_ in common_nouns("handed_on") or noun.lower_ in _OF_DUTY
    return not known and not noun.lower_.endswith(("ship", "cy"))


def _lets_do(window: Window, trigger: Trigger) -> bool:
    """ "Let the reporter go undercover", "let his dog go": let do a thing, or let a thing go."""
    gap = range(trigger.head + 1, trigger.last)
    if not any(_may_be_person(window, index) for index in gap) and len(gap) > 0 and "..." in trigger.phrase:
        return True
    behind = trigger.last + 1
    if behind >= window.sentence_of(trigger.head).last:
        return False
    token = window.doc[behind]
    if token.lower_ in _SET_FREE:
        return True
    return token.tag_ not in _LET_GO_TAGS and token.lower_ not in _LET_GO_WORDS and behind not in window.name_at


def _may_be_person(window: Window, index: int) -> bool:
    token = window.doc[index]
    return (
        index in window.name_at
        or index in window.title_at
        or token.tag_ in ("PRP", "NNS", "NNP", "CD", "VBN")
        or token.lower_ in common_nouns("person")
        or token.lower_ in common_nouns("stand_in")
    )


def _has_it_done(window: Window, trigger: Trigger) -> bool:
    """ "Had his appendix removed", "saw the charges dismissed": done to a thing that is named before it."""
    token = window.doc[trigger.head]
    near = trigger.head - 1
    if token.tag_ not in ("VBN", "VBD") or near <= 0 or window.doc[near].tag_ not in ("NN", "NNS"):
        return False
    first = max(window.sentence_of(trigger.head).first, trigger.head - _BACK)
    for index in range(near - 1, first - 1, -1):
        if window.lows[index] in _CAUSING:
            return _is_object_phrase(window, index + 1, trigger.head)
        if window.doc[index].tag_ not in ("DT", "PRP$", "JJ", "NN", "CD", "POS", "NNP"):
            return False
    return False


def _is_object_phrase(window: Window, first: int, last: int) -> bool:
    """Whether words open with an article or a possessive and name nobody: "his appendix", "the charges"."""
    named = any(index in window.name_at or index in window.title_at for index in range(first, last))
    noun = window.doc[last - 1]
    people = noun.lower_ in common_nouns("person") or noun.lower_ in common_nouns("stand_in")
    return not named and not people and window.doc[first].tag_ in ("DT", "PRP$")


def _in_match(window: Window, trigger: Trigger) -> bool:
    """ "Ousted in the quarter-finals", "dumped out of the cup": beaten."""
    last = min(trigger.last + _ROUND_REACH, window.sentence_of(trigger.head).last)
    for index in range(trigger.last + 1, last):
        low = window.lows[index]
        if low in (",", ";", "and", "as"):
            return False
        if low in _ROUNDS and index not in window.name_at and _in_phrase(window, trigger.last, index):
            return True
        if low in _BY_PART and window.lows[index + 1 : index + 2] == ["-"]:
            return _in_phrase(window, trigger.last, index)
    return False


def _in_phrase(window: Window, first: int, index: int) -> bool:
    """Whether a word stands behind "in" or "from": "in the first round", not "after a round of talks"."""
    behind = window.lows[index + 1 : index + 2]
    return not {"in", "from", "of", "at"}.isdisjoint(window.lows[first + 1 : index]) and behind != ["of"]


_TALK = frozenset(
    "concern concerns fear fears claim claims criticism complaint complaints allegation allegations report reports "
    "suggestion suggestions worry worries rumour rumours rumor rumors accusation accusations objection objections "
    "warning warnings speculation notion idea".split()
)
_TALK_REACH = 8  # words from "Dismissing" to "concerns": "Dismissing the opposition's latest fears"


def _dismisses_talk(window: Window, trigger: Trigger) -> bool:
    """ "Dismissing Norland's concerns, Roe said": the matter stands before the comma."""
    token = window.doc[trigger.head]
    if (
        trigger.phrase != "dismiss"
        or token.tag_ not in ("VBG", "NN", "NNP")
        or token.i != window.sentence_of(token.i).first
    ):
        return False
    for index in range(trigger.last + 1, min(trigger.last + _TALK_REACH, len(window.lows))):
        if window.words[index] == ",":
            return False
        if window.lows[index] in _TALK:
            return True
    return False
