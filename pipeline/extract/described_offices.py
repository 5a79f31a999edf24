"""Offices behind what describes a newcomer or a name: "named Roe, 51, president", "ousted Roe, 51, its president"."""

from __future__ import annotations

from pipeline.extract.mentions import Name, Title, Window
from pipeline.extract.triggers import Trigger
from pipeline.records import DIRECTIONS


def closes_aside(window: Window, trigger: Trigger, persons: list[Name], title: Title) -> bool:
    """Whether a gain's office stands behind an age or a description: "named Roe, 51, president"."""
    if DIRECTIONS[trigger.rule.action] != "in" or "complement" not in trigger.rule.frame.get("role", ()):
        return False
    if not persons or (title.mention.level == "other" and not title.mention.strong):
        return False
    aside = [token.text for token in window.doc[persons[-1].last : title.first]]
    if title.company is not None:  # "named Roe, 51, head of Acme."; not "named Roe, 51, head of Acme, to its board"
        named = trigger.rule.action == "appointed" and len(aside) == _AGE and aside[1].isdigit()
        return named and _closes_clause(window, max(title.last, title.company.last))
    if aside[-1:] in (["a"], ["an"], ["the"]):
        if title.last < len(window.doc) and window.doc[title.last].tag_ == "IN":
            return False  # "named Roe, 51, a partner in a law firm, a director"
        aside.pop()
    return aside[:1] == [","] and aside[-1] == "," and len(aside) > 1


_AGE = 3  # tokens of ", 51,"


def _closes_clause(window: Window, index: int) -> bool:
    """Whether a clause ends at a word, or goes on with whom somebody follows and from when."""
    index += window.words[index : index + 1] == [","]
    behind = window.lows[index : index + 1]
    return index >= window.sentence_of(index - 1).last or not _ENDS.isdisjoint(behind)


_ENDS = frozenset([".", ";", "replacing", "succeeding", "effective", "from", "on", "in"])


def past_age(window: Window, index: int) -> int:
    """The word behind an age between commas, if one stands here: "made Roe, aged 26, its treasurer"."""
    if window.words[index : index + 1] != [","]:
        return index
    at = index + 2 if window.lows[index + 1 : index + 2] in (["aged"], ["age"]) else index + 1
    told = [word.isdigit() for word in window.words[at : at + 1]] == [True]
    return at + 2 if told and window.words[at + 1 : at + 2] == [","] else index


def loses_behind(window: Window, trigger: Trigger, person: Name, title: Title) -> bool:
    """Whether a loser's office stands between commas behind the name: "ousted A, 58, chairman, and B"."""
    seats = not {"board", "boards", "seat", "seats"}.isdisjoint(window.lows[trigger.head : person.first])
    lost = DIRECTIONS[trigger.rule.action] == "out" and person.first > trigger.head
    if not lost or title.former or seats or window.words[person.last : person.last + 1] != [","]:
        return False
    index = past_age(window, person.last)
    index += window.words[index] == ","
    return title.first == index + (window.lows[index] in ("its", "the", "their"))
