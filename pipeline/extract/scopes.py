"""Whether an event is news of its article or history that it tells in passing (scope)."""

from __future__ import annotations

from datetime import date

from pipeline.extract.grammar import auxiliaries, is_verb
from pipeline.extract.mentions import Window
from pipeline.extract.status import governor
from pipeline.extract.triggers import Trigger
from pipeline.records import DIRECTIONS, Scope, Status


def scope_of(window: Window, trigger: Trigger, when: date | None, published: date | None, status: Status) -> Scope:
    """News, or background where the event lies more than a year back or is told in passing."""
    if status != "done":
        return "news"
    if when is not None and published is not None and (published - when).days > 300:
        return "background"
    verb = window.doc[trigger.head]
    if trigger.rule.action == "founded":
        return "background"
    if trigger.rule.kind == "verb" and DIRECTIONS[trigger.rule.action] == "in" and _recalled(window, trigger):
        return "background"
    before = window.lows[trigger.head - 1] if trigger.head else ""
    if verb.tag_ == "VBG" and before in ("before", "since", "after", "to", "upon"):
        return "background"
    if any(t.lower_ == "had" for t in (auxiliaries(verb) if is_verb(verb) else [])) and verb.dep_ in (
        "relcl",
        "advcl",
        "acl",
    ):
        return "background"
    return "news"


def _recalled(window: Window, trigger: Trigger) -> bool:
    """Whether a gain only tells since when or before when something else is so: "since Roe took over"."""
    verb = governor(window, trigger)
    verb = verb.head if verb.dep_ in ("aux", "auxpass") else verb
    marks = [child.lower_ for child in verb.children if child.dep_ == "mark"]
    return verb.dep_ == "advcl" and not {"since", "before"}.isdisjoint(marks)
