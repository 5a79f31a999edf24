"""Who follows somebody, told by a noun: "Kim's successor, Roe", "his replacement will be longtime deputy Jane Roe"."""

from __future__ import annotations

from pipeline.extract.announced import described_person
from pipeline.extract.candidates import Candidate
from pipeline.extract.grammar import prepositional
from pipeline.extract.mentions import Name, Window
from pipeline.extract.same_posts import POST_WORDS
from pipeline.extract.seekers import persons_of
from pipeline.extract.triggers import Trigger
from pipeline.extract.view import View

_SAYING = frozenset("said says announced added confirmed told".split())
_ASIDE_REACH = 8  # words of an aside: "the company said on Monday"


def _said_aside(window: Window, index: int, limit: int) -> int | None:
    """Where an aside that opens at a comma ends: "her successor, the company said, is Roe"."""
    if window.words[index] != ",":
        return None
    for at in range(index + 1, min(index + _ASIDE_REACH, limit)):
        if window.words[at] == ",":
            return at + 1 if any(window.lows[i] in _SAYING for i in range(index + 1, at)) else None
        name = window.name_at.get(at)
        if name is not None and name.kind == "person":
            return None
    return None


_TO_SUCCESSOR = frozenset(
    ", : - – — as mr. ms. mrs. dr. is was be will has been named would in at of the a an its his her".split()
)


def apply_successor(view: View, window: Window, trigger: Trigger) -> tuple[list[Candidate], str]:
    """ "Kim's successor, Roe", "his successor will be Roe", "a successor to Kim in Roe": a gain in another's place."""
    sentence = window.sentence_of(trigger.head)
    noun = window.doc[trigger.last]
    holders: list[Name] = []
    for holder in [*(child for child in noun.children if child.dep_ == "poss"), *prepositional(noun, "to")]:
        holders = holders or persons_of(view, window, holder)
    if not holders:
        return [], "no_person"
    name = _successor_named(window, trigger.last + 1, sentence.last, holders[0])
    if name is None:
        return [], "no_person"
    comes, goes = name, holders[0]
    if window.lows[trigger.last + 1] == "of":  # "Roe's replacement of Kim as treasurer"
        comes, goes = goes, comes
    candidate = Candidate(trigger, window, window.sentence_at[trigger.head], comes, counterpart=goes)
    candidate.how["person"] = "apposition"
    return [candidate], ""


_TELLS_WHO = frozenset({"is", "was", "be", ","})


def _successor_named(window: Window, start: int, limit: int, holder: Name) -> Name | None:
    """Who is told behind the word "successor": ", Roe", "will be Roe", "is longtime deputy Roe"; not the holder."""
    index = start
    while index < limit:
        name = window.name_at.get(index)
        if name is not None and name.kind == "person" and name.entity != holder.entity:
            owns = name.last < limit and window.lows[name.last] in ("'s", "’s", "'", "’")
            return None if owns or _says(window, name, limit) else name
        aside = _said_aside(window, index, limit) or _aside_before_copula(window, index, limit)
        if name is None and aside is not None:
            index = aside
            continue
        if window.lows[index - 1] in _TELLS_WHO and index > start:
            described = described_person(window, index, limit)
            if described is not None:
                return described if described.entity != holder.entity else None
        word = window.lows[index]
        passable = word in _TO_SUCCESSOR or (word == "to" and (index == start or window.lows[index + 1] == "be"))
        passable = passable or window.lows[index + 1 : index + 3] == ["to", "be"]  # "is likely to be Roe"
        passable = passable or (word in POST_WORDS and window.lows[index - 2 : index] == ["in", "the"])
        if name is None and index not in window.title_at and not passable:
            return None
        index += 1
    return None


def _says(window: Window, name: Name, limit: int) -> bool:
    """Whether a name is of who tells it: "his successor, chairman Roe said, will be named in May"."""
    return name.last < limit and window.lows[name.last] in _SAYING


_LONG_ASIDE = 14  # words of "a lawyer who has run the bank's retail arm for ten years"


def _aside_before_copula(window: Window, index: int, limit: int) -> int | None:
    """Where "is" stands behind an aside without a name: "her successor, a former minister, is Roe"."""
    if window.words[index] != ",":
        return None
    for at in range(index + 1, min(index + _LONG_ASIDE, limit - 1)):
        name = window.name_at.get(at)
        if name is not None and name.kind == "person":
            return None
        if window.words[at] == ",":
            return at + 1 if window.lows[at + 1] in ("is", "was", "will") else None
    return None
