"""Persons named in apposition behind the noun that stands in their place: "sacked its man in Athens, Jane Roe"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.common_nouns import common_nouns

if TYPE_CHECKING:
    from spacy.tokens import Token

    from pipeline.extract.mentions import Name, Window
    from pipeline.extract.triggers import Trigger

_PHRASE = 16  # words from the noun to the comma: "the man it brought in to turn the dairy business round"
_BEFORE_NOUN = 6  # words of "its own long-time"
_KINDS = ("stand_in", "person", "epithet")
_GOES_ON = frozenset({",", ".", ";", ")", "–", "—", "-", "to", "as"})


def apposed_person(window: Window, trigger: Trigger, target: Token | None) -> list[Name]:
    """Who is told behind the comma that closes an object's phrase; empty where a clause of its own begins there.

    "Installed one of its own, Roe, as chairman"; not "named a new chairman, Roe said".
    """
    limit = window.sentence_of(trigger.head).last
    noun = target if target is not None and target.i > trigger.last else _noun_ahead(window, trigger, limit)
    if noun is None or not _stands_for_one(window, noun):
        return []
    for index in range(noun.i + 1, min(noun.i + _PHRASE, limit - 1)):
        if window.words[index] in (":", ";", '"', "“", "”", "–", "—"):
            return []
        if window.words[index] != ",":
            continue
        name = window.name_at.get(index + 1)
        if name is None or name.kind != "person" or name.first != index + 1:
            return []
        closed = name.last >= limit or window.words[name.last] in _GOES_ON
        subject = window.doc[name.last - 1].dep_ in ("nsubj", "nsubjpass")
        return [name] if closed and not subject and not _is_told_of(window, noun, index) else []
    return []


def _noun_ahead(window: Window, trigger: Trigger, limit: int) -> Token | None:
    """The noun right behind a trigger that ends in a preposition: "parted ways with its long-time agent in Oslo"."""
    if trigger.last == trigger.head or window.doc[trigger.last].tag_ not in ("IN", "RP"):
        return None
    for index in range(trigger.last + 1, min(trigger.last + _BEFORE_NOUN, limit)):
        token = window.doc[index]
        if token.tag_ in ("NN", "CD"):
            return token
        if token.tag_ not in ("DT", "PRP$", "JJ", "VBN", "HYPH"):
            return None
    return None


def _stands_for_one(window: Window, noun: Token) -> bool:
    """Whether a noun may stand for one person whom the sentence names behind it: "one", "its man", "a veteran"."""
    if noun.i in window.name_at or noun.i in window.title_at:
        return False
    return any(noun.lower_ in common_nouns(kind) for kind in _KINDS)


def _is_told_of(window: Window, noun: Token, comma: int) -> bool:
    """Whether somebody else is named inside the noun's phrase: "a friend of Kim, Roe"."""
    return any(True for _ in window.names_in(noun.i, comma, "person"))
