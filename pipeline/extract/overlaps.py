"""Which of several wordings that share their words is meant: the longest, but for those of another person."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.triggers import Trigger
from pipeline.rulecheck import PREPOSITIONS

BEHIND = frozenset({*PREPOSITIONS, "by"})  # functions of a person who stands behind a preposition of the verb


def longest_of(triggers: Sequence[Trigger]) -> list[Trigger]:
    """Drop a trigger whose words lie inside a longer one of another rule; "retire from the board" beats "retire".

    A wording whose person stands behind a preposition tells of somebody else, "cedes the chair to Roe", and drops none.
    """
    longer = (t for t in triggers if t.rule.frame["person"][0] not in BEHIND and not _tells_both(t))
    dropped = [inner for trigger in longer for inner in inside_of(trigger, triggers)]
    return [trigger for trigger in triggers if trigger not in dropped]


def _tells_both(trigger: Trigger) -> bool:
    """Whether a gain's wording opens with a loss of its own: "is leaving for a job at Acme"."""
    return trigger.rule.action == "joined" and trigger.phrase.startswith("leave for")


def inside_of(trigger: Trigger, triggers: Sequence[Trigger]) -> list[Trigger]:
    """The triggers of which all words are words of a longer one."""
    words = set(trigger.words)
    return [t for t in triggers if set(t.words) < words and not t.rule.rule_id.startswith("modifier")]
