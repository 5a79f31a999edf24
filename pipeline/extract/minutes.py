"""How minutes and notices tell what a board did or is to do: "2. Appointed Ms Roe as T", "THAT Roe be appointed"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.mentions import Name, Window
from pipeline.extract.name_words import HONORIFICS
from pipeline.extract.triggers import Trigger

if TYPE_CHECKING:
    from spacy.tokens import Token

_FINITE = ("VBD", "VBZ", "VBP", "MD")


def minuted(window: Window, trigger: Trigger) -> Name | None:
    """Whom a past verb that opens a line without its subject has befallen: "2. Appointed Ms Roe as T"."""
    sentence = window.sentence_of(trigger.head)
    ahead = window.words[sentence.first : trigger.head]
    if any(char.isalpha() for word in ahead for char in word) or window.doc[trigger.head].tag_ not in ("VBN", "VBD"):
        return None
    index = trigger.last + 1
    index += index < sentence.last and window.lows[index].rstrip(".") in HONORIFICS
    name = window.name_at.get(index)
    if name is None or name.kind != "person" or "as" not in window.lows[name.last : sentence.last]:
        return None
    return None if any(token.tag_ in _FINITE for token in window.doc[name.last : sentence.last]) else name


def resolved(verb: Token) -> bool:
    """Whether a resolution's "be" stands with a verb: "THAT Roe be appointed as a director"; not "said he'd be"."""
    be = next((child for child in verb.children if child.dep_ == "auxpass" and child.lower_ == "be"), None)
    helped = any(child.tag_ in ("MD", "TO") for child in verb.children if child.i < verb.i)
    subject = next((child for child in verb.children if child.dep_ == "nsubjpass"), None)
    if be is None or helped or subject is None:
        return False
    before = subject.left_edge.i - 1
    return verb.doc[subject.left_edge.i].text == "THAT" or (before >= 0 and verb.doc[before].lower_ == "that")
