"""Infinitives behind a wording that make something else of it: "promoted to head of sales", "elected to retire"."""

from __future__ import annotations

from pipeline.extract.grammar import arguments
from pipeline.extract.mentions import Window
from pipeline.extract.triggers import Trigger


def is_head_of_title(window: Window, trigger: Trigger) -> bool:
    """Whether what looks like the infinitive of a wording is an office: "promoted Roe to head of sales"."""
    title, doc = window.title_at.get(trigger.last), window.doc
    if title is None or title.first != trigger.last or trigger.last == trigger.head or trigger.last + 1 == len(doc):
        return False
    return doc[trigger.last - 1].lower_ == "to" and doc[trigger.last + 1].lower_ == "of"


_GIVEN = frozenset("be lead head run chair succeed replace fill follow serve oversee manage direct".split())


def decides(window: Window, trigger: Trigger) -> bool:
    """Whether "elected to", "chose to" speaks of a decision: "has elected to retire"; not "was elected to lead"."""
    doc, token = window.doc, window.doc[trigger.head]
    if trigger.phrase not in ("elect", "choose", "opt", "select") or trigger.last + 2 >= len(doc):
        return False
    infinitive = window.lows[trigger.last + 1] == "to" and doc[trigger.last + 2].tag_ == "VB"
    return infinitive and window.lows[trigger.last + 2] not in _GIVEN and not arguments(token).passive
