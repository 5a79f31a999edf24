"""Who names or hires somebody where the parse takes the verb for a participle: "The government on Monday named Roe"."""

from __future__ import annotations

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
    return hirer and behind is not None and behind.kind == "person"


_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday today yesterday earlier later".split())
