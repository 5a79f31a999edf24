"""Clauses that leave out the verb of the one before: "A left in May and B in June", "A to head X and B to run Y"."""

from __future__ import annotations

from pipeline.extract.mentions import Name, Window
from pipeline.extract.name_words import HONORIFICS
from pipeline.extract.triggers import Trigger
from pipeline.records import DIRECTIONS

_OPENS_TIME = frozenset(
    "in on from since by at effective early late last this next a an two three four five six".split()
)
_OF_TIME = _OPENS_TIME | frozenset(
    "the end start beginning of mid second half first third fourth quarter following".split()
)
_TIMES = frozenset(
    "day days week weeks month months year years spring summer autumn fall winter today yesterday tomorrow later "
    "earlier monday tuesday wednesday thursday friday saturday sunday january february march april may june july "
    "august september october november december jan feb mar apr jun jul aug sept sep oct nov dec".split()
)
_YEAR = 4  # digits
_LONGEST_TIME = 8  # words: "on the first Monday of next month"
_LONGEST_ASIDE = 14  # words of ", its long-serving secretary and treasurer,"
_SEPARATORS = frozenset({",", ";", "and", "while", "&"})
_DONE = frozenset({"did", "does", "has", "have", "had", "is", "was", "will", "would"})
_SAME = (
    ["so"],
    ["too"],
    ["likewise"],
    ["the", "same"],
    ["do", "so"],
    ["do", "the", "same"],
    ["done", "so"],
    ["done", "the", "same"],
    [",", "too"],
    ["as", "well"],
    ["also"],
)


def past_time(window: Window, index: int, limit: int) -> int:
    """The word behind a phrase of time that starts at a word: "in May", "a month later", "from 1 May"; else it."""
    if index >= limit or not (window.lows[index] in _OPENS_TIME or window.lows[index] in _TIMES):
        return index
    at, end = index, index
    while at < min(index + _LONGEST_TIME, limit) and at not in window.name_at:
        word = window.lows[at].rstrip(".")
        if word in _TIMES or (word.isdigit() and len(word) == _YEAR):
            end = at + 1
        elif not (word in _OF_TIME or word.isdigit() or (window.words[at] == "," and _is_year(window, at + 1))):
            break
        elif word.isdigit() and end == at:
            end = at + 1  # "on May 5"
        at += 1
    return end


def _is_year(window: Window, index: int) -> bool:
    word = window.words[index : index + 1]
    return bool(word) and word[0].isdigit() and len(word[0]) == _YEAR


def persons_gapped(window: Window, trigger: Trigger, persons: list[Name]) -> list[Name]:
    """Who acts or undergoes what a trigger says in clauses behind its own that leave out the verb.

    Each clause gives a time, as the trigger's own does, or says "did so", "was too".
    """
    limit = window.sentence_of(trigger.head).last
    if not persons or persons[0].first > trigger.head or trigger.rule.kind != "verb":
        return []
    found: list[Name] = []
    for name in window.names_in(trigger.last + 1, limit, "person"):
        before = _separator(window, name, trigger.last)
        if name in persons or before is None:
            continue
        behind = _past_aside(window, name.last, limit)
        timed = _ends_in_time(window, trigger.last + 1, before) and _closed_time(window, behind, limit)
        if timed or _does_same(window, behind, limit):
            found.append(name)
    known = {name.entity for name in (*persons, *found)}
    return found + [name for name in _next_does_same(window, trigger) if name.entity not in known]


_TASKS = frozenset("head lead run oversee manage direct chair supervise".split())


def persons_tasked(window: Window, trigger: Trigger, persons: list[Name]) -> list[Name]:
    """Who is given another task by the same verb: the Kim of "named Roe to head its shops and Kim to run its mills"."""
    if len(persons) != 1 or trigger.rule.kind != "verb" or DIRECTIONS[trigger.rule.action] != "in":
        return []
    limit, found = window.sentence_of(trigger.head).last, []
    tasked = [i for i in range(trigger.head, limit - 1) if window.lows[i] == "to" and window.lows[i + 1] in _TASKS]
    for name in window.names_in(trigger.last + 1, limit, "person"):
        before = _separator(window, name, trigger.last)
        behind = _past_aside(window, name.last, limit)
        first = bool(tasked) and tasked[0] >= max(trigger.head, persons[0].last) and tasked[0] < name.first
        if first and behind in tasked and before is not None and name.entity != persons[0].entity:
            found.append(name)
    return found


_INVERTED = 6  # words from "So did" to the name: "So did the treasurer, Roe"


def _next_does_same(window: Window, trigger: Trigger) -> list[Name]:
    """Whom the next sentence says to have done the same: "So did Roe, its secretary", "Roe, the secretary, has too"."""
    number = window.sentence_at[trigger.head] + 1
    if number >= len(window.sentences):
        return []
    sentence = window.sentences[number]
    if window.lows[sentence.first] == "so" and window.low(sentence.first + 1) in _DONE:
        ahead = min(sentence.first + 2 + _INVERTED, sentence.last)
        return list(window.names_in(sentence.first + 2, ahead, "person"))[:1]
    name = window.name_at.get(sentence.first)
    if name is None or name.kind != "person":
        return []
    behind = _past_aside(window, name.last, sentence.last)
    return [name] if _does_same(window, behind, sentence.last) else []


def _separator(window: Window, name: Name, first: int) -> int | None:
    """Where the clause before a name ends: the first of the signs right before it, a description aside."""
    index = name.first - 1
    while index > first and (window.lows[index].rstrip(".") in HONORIFICS or index in window.title_at):
        index -= 1
    if window.lows[index] not in _SEPARATORS:
        return None
    while index > first and window.lows[index - 1] in _SEPARATORS:
        index -= 1
    return index


def _past_aside(window: Window, index: int, limit: int) -> int:
    """The word behind an apposition between commas, if one stands here."""
    if window.words[index : index + 1] != [","]:
        return index
    for at in range(index + 1, min(index + _LONGEST_ASIDE, limit)):
        if window.words[at] == ",":
            return at + 1
        if window.doc[at].tag_ in ("VBD", "VBZ", "VBP", "MD") or window.words[at] == ";":
            break
    return index


def _ends_in_time(window: Window, first: int, last: int) -> bool:
    """Whether the words before a sign are a phrase of time: "left Acme in May,"."""
    return any(past_time(window, index, last) == last for index in range(max(first, last - _LONGEST_TIME), last))


def _closed_time(window: Window, index: int, limit: int) -> bool:
    """Whether a phrase of time stands here and a clause ends with it."""
    end = past_time(window, index, limit)
    if end == index:
        return False
    return end >= limit or window.lows[end] in _SEPARATORS or window.words[end] in (".", "!", ")", "—", "–")


def _does_same(window: Window, index: int, limit: int) -> bool:
    """Whether "did so", "has too", "followed suit" stands here."""
    if window.lows[index : index + 2] == ["followed", "suit"]:
        return True
    if index >= limit or window.lows[index] not in _DONE:
        return False
    return any(window.lows[index + 1 : index + 1 + len(words)] == words for words in _SAME) and not (
        window.lows[index + 1] in ("also", "too") and not _ends_at(window, index + 2, limit)
    )


def _ends_at(window: Window, index: int, limit: int) -> bool:
    return index >= limit or window.words[index] in (".", ",", ";")
