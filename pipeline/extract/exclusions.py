"""Wordings that look like a rule's and are not meant: its `unless`."""

from __future__ import annotations

from pipeline.extract.mentions import Window
from pipeline.extract.triggers import Trigger


def is_excluded(window: Window, trigger: Trigger) -> bool:
    """Whether a wording is one that the rule leaves out: "retired the debt"."""
    if not trigger.rule.unless:
        return False
    sentence = window.sentence_of(trigger.head)
    words = [t.lower_ for t in window.doc[trigger.head : min(sentence.last, trigger.head + 8)]]
    text = " ".join(words)
    token = window.doc[trigger.head]
    told = any(child.lower_ in ("has", "have", "had") for child in token.children if child.dep_ == "aux")
    return any(
        (text.startswith(wording + " ") or text == wording) and not _ends_in_name(window, trigger, len(wording.split()))
        for wording in trigger.rule.unless
        if not (told and " , " in f"{wording} ")  # of a caption, "Jane Roe , left , and Kim"; not "has left , and Kim"
    )


def _ends_in_name(window: Window, trigger: Trigger, words: int) -> bool:
    """Whether the last word of a wording opens a longer name: "leaving University of Acme", not "left university"."""
    last = trigger.head + words - 1
    name = window.name_at.get(last)
    return name is not None and name.first == last < name.last - 1 and last > trigger.head
