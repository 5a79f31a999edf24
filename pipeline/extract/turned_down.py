"""Whether an office that somebody is offered is refused in the words behind: "was offered the job but declined"."""

from __future__ import annotations

import re

from pipeline.extract.mentions import Window
from pipeline.extract.triggers import Trigger
from pipeline.rulebook import Rule

_OFFERS = frozenset({"appoint.be_offered", "appoint.offer_to", "appoint.offer_job", "appoint.offered"})
_OFFICE = r"(?:offer|job|post|position|role|chair|seat|invitation|appointment|honou?r)"
_REFUSES = re.compile(
    rf" (?:turn(?:s|ed|ing) (?:down|(?:it|them|him|her|that|the (?:\S+ )?{_OFFICE}) down)"
    rf"|(?:declin|refus|reject)(?:es|ed|ing|s) (?:it|(?:the|that|this) (?:\S+ )?{_OFFICE}|to (?:take|accept)|[,.;])"
    rf"|(?:has|have|had) (?:declined|refused) (?:[,.;]|for|because|citing)"
    rf"|(?:said|says|saying) no (?:[,.;]|to))(?= |$)"
)
_NOT_SO = frozenset({"not", "n't", "n’t", "never", "denied", "denies", "denying", "if", "nobody"})
_OF_OTHERS = frozenset("after since when because before as".split())
_NEXT_REACH = 12  # words of the next sentence: "She has since turned it down."
_SHE = frozenset({"he", "she", "but"})


def is_offer(rule: Rule) -> bool:
    """Whether a rule tells that an office is offered."""
    return rule.rule_id in _OFFERS


def is_turned_down(window: Window, trigger: Trigger) -> bool:
    """Whether whoever is offered an office refuses it in the same sentence, or as "he" in the next."""
    if not is_offer(trigger.rule):
        return False
    number = window.sentence_at[trigger.head]
    if _refused_in(window, trigger.last + 1, window.sentences[number].last):
        return True
    if number + 1 == len(window.sentences):
        return False
    behind = window.sentences[number + 1]
    told = window.lows[behind.first] in _SHE
    return told and _refused_in(window, behind.first, min(behind.first + _NEXT_REACH, behind.last))


def _refused_in(window: Window, first: int, last: int) -> bool:
    """Whether some words tell a refusal, not one that was before: "offered to Roe after Kim turned it down"."""
    found = _REFUSES.search(" " + " ".join(window.lows[first:last]))
    if found is None:
        return False
    ahead = found.string[: found.start()].split()
    names = [name for name in window.names_in(first, first + len(ahead), "person") if name.first > first]
    others = bool(names) and window.lows[names[-1].first - 1] in _OF_OTHERS
    return not others and _NOT_SO.isdisjoint(ahead[-3:])
