"""Persons of whom the same is said in short: "Kim will leave, as will Roe", "not only Kim but also Roe"."""

from __future__ import annotations

from itertools import pairwise

from pipeline.extract.enumerations import coordinated_names
from pipeline.extract.grammar import is_rank
from pipeline.extract.holders import holder_of
from pipeline.extract.mentions import Name, Window
from pipeline.extract.triggers import Trigger
from pipeline.extract.view import View
from pipeline.records import DIRECTIONS

_AUXILIARIES = frozenset({"is", "are", "was", "were", "did", "does", "do", "has", "have", "had", "will", "would"})
_ALSO = frozenset({"too", "also", ","})
_LONGEST_DESCRIPTION = 12  # words of "the long-serving head of sales at Acme, Jane Roe"
_REACH_BACK = 16


def persons_likewise(view: View, window: Window, trigger: Trigger, persons: list[Name]) -> list[Name]:
    """Who else acts or undergoes what a trigger says of some persons, told without the verb."""
    sentence = window.sentence_of(trigger.head)
    for index in range(trigger.last + 1, sentence.last - 2):
        words = window.lows[index : index + 2]
        if words[0] in ("as", "so"):
            verb = index + 1
            while verb < sentence.last - 1 and window.lows[verb] in _ALSO:
                verb += 1  # "so, too, did Roe"
            if window.lows[verb] in _AUXILIARIES:
                return _described(view, window, verb + 1, sentence.last)
        along = words in (["together", "with"], ["along", "with"]) or _and_with(window, index)
        along = along or (words == ["followed", "by"] and _paused(window, trigger, index))
        if along and not trigger.rule.weak and not _another_acts(window, trigger.last + 1, index):
            return _described(view, window, index + 2, sentence.last)
    return _but_also(window, persons) or _gone_before(view, window, trigger, sentence.last)


def _another_acts(window: Window, first: int, last: int) -> bool:
    """Whether somebody else acts in between: "before he left office that Roe, along with Kim, would stay"."""
    return "that" in window.lows[first:last] or any(window.doc[at].tag_ in _FINITE for at in range(first, last))


def _and_with(window: Window, index: int) -> bool:
    """Whether "with her," of "dismissed Roe and, with her, Kim" ends behind a word."""
    return window.lows[index] in ("him", "her", "them") and window.lows[index - 1 : index + 2][::2] == ["with", ","]


def _but_also(window: Window, persons: list[Name]) -> list[Name]:
    """The first of "not only the treasurer, Roe, but also Kim", of which the parse gives the second."""
    if len(persons) != 1 or persons[0].first < 0:
        return []
    second = persons[0]
    first = max(window.sentence_of(second.first).first, second.first - _REACH_BACK)
    words = window.lows[first : second.first]
    if "but" not in words or ("not", "only") not in pairwise(words):
        return []
    return [name for name in window.names_in(first, second.first, "person") if name is not second][-1:]


def _gone_before(view: View, window: Window, trigger: Trigger, limit: int) -> list[Name]:
    """Who went before the one in a row: "Roe is the third executive to leave this year, after Kim and Lee"."""
    if DIRECTIONS[trigger.rule.action] != "out" or window.lows[trigger.head - 1] not in ("to", "be"):
        return []
    if not any(is_rank(word) for word in window.lows[max(trigger.head - _RANK_REACH, 0) : trigger.head]):
        return []
    for index in range(trigger.last + 1, limit - 1):
        if window.words[index] == "," and window.lows[index + 1] in ("after", "following"):
            run = _described(view, window, index + 2, limit)
            acts = any(one.last < limit and window.doc[one.last].tag_ in _FINITE for one in run)
            return [] if acts else run  # not "after Kim took over"
    return []


_RANK_REACH = 6  # words from "third" to the verb: "third senior executive at Acme to leave"
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def _paused(window: Window, trigger: Trigger, index: int) -> bool:
    """Whether a comma, and an adverb at most, stands before a word: "quit, swiftly followed by the treasurer, Roe"."""
    before = index - 1 - (window.doc[index - 1].tag_ == "RB")
    return window.words[before] == "," and DIRECTIONS[trigger.rule.action] == "out"


def _described(view: View, window: Window, index: int, limit: int) -> list[Name]:
    """The person ahead with nothing but a description before the name, and those joined to it."""
    for ahead in range(index, min(index + _LONGEST_DESCRIPTION, limit)):
        name = window.name_at.get(ahead)
        if name is not None and name.kind == "person":
            owner = name.last < limit and window.lows[name.last] in ("'s", "’s", "'", "’")
            return [] if owner else coordinated_names(window, name)
        paused = window.words[ahead] == "," and (
            ahead - 1 in window.title_at or ahead - 1 in window.name_at or window.lows[ahead - 1] in _AIDES
        )
        described = name is not None or ahead in window.title_at or window.doc[ahead].tag_ in _DESCRIBING
        if not (described or paused):
            return []
        title = window.title_at.get(ahead)
        if title is not None and ahead == title.last - 1 and window.words[title.last : title.last + 1] in ([], ["."]):
            return holder_of(view, window, window.doc[ahead])  # "and so did the treasurer"
    return []


_AIDES = frozenset("deputy colleague partner aide predecessor wife husband brother sister".split())  # "her deputy, Roe"
_DESCRIBING = frozenset({"DT", "PRP$", "JJ", "NN", "NNP", "POS", "HYPH", "CD"})
