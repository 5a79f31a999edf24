"""Who names or hires somebody where the parse takes the verb for a participle: "The government on Monday named Roe"."""

from __future__ import annotations

from pipeline.extract.common_nouns import common_nouns
from pipeline.extract.mentions import Window
from pipeline.extract.seekers import is_org_or_it
from pipeline.extract.triggers import Trigger


def reads_active(window: Window, trigger: Trigger) -> bool:
    """Whether a supposed participle is a verb: between an organisation and a person, "Acme named Roe"."""
    near = trigger.head - 1
    while near > 0 and (
        window.doc[near].tag_ == "RB" or (window.lows[near] in _DAYS and window.lows[near - 1] != "on")
    ):
        near -= 1  # "Acme yesterday named Roe"
    if window.lows[near] in _DAYS and window.lows[near - 1] == "on":
        near -= 2  # "Acme on Monday named Roe"
    before, behind = window.name_at.get(near), window.name_at.get(trigger.last + 1)
    hirer = is_org_or_it(window, window.doc[near]) if before is None else before.kind == "org"
    named = behind is not None and behind.kind == "person"
    return named and (hirer or _hires_as_root(window, trigger))


def _hires_as_root(window: Window, trigger: Trigger) -> bool:
    """Whether the parse makes a phrase of a sentence: "The government named Roe, a former banker, head"."""
    verb = window.doc[trigger.head]
    hirer = verb.head
    bare = verb.dep_ == "acl" and hirer.dep_ == "ROOT" and hirer.lower_ in common_nouns("employer")
    return bare and not any(child.dep_ in ("aux", "auxpass", "agent") for child in verb.children)


_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday today yesterday earlier later".split())
