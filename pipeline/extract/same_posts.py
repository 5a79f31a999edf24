"""Offices told by a word that points back: "the post", "his job", "her replacement", "in his place"."""

from __future__ import annotations

from itertools import pairwise

from pipeline.extract.candidates import Candidate
from pipeline.extract.mentions import Window
from pipeline.extract.role_values import RoleValue
from pipeline.extract.triggers import Trigger
from pipeline.records import DIRECTIONS

DUTIES = frozenset(
    "duties responsibilities responsibility role post job position functions function office offices "
    "title titles mantle shoes chair seat".split()
)
POST_WORDS = frozenset({"post", "position", "job", "role", "office"})
_OF_THE_POST = frozenset("the that his her their top old former previous".split())


def same_post(candidate: Candidate) -> bool:
    """Whether the role is "the position" or "his post": the one spoken of just before."""
    trigger, window = candidate.trigger, candidate.window
    own = trigger.rule.action == "returned" or window.lows[trigger.last] in POST_WORDS
    first = trigger.head if own else trigger.last + 1  # "returned to his post", "has been given the job"
    if candidate.passive and "object" in trigger.rule.frame.get("role", ()):
        first = window.sentence_of(trigger.head).first  # "The post will be filled by Roe"
    last = max(trigger.last + 7, candidate.person.last + 8)  # "named vice chairman Jane Roe to the post"
    words = window.lows[first : min(last, window.sentence_of(trigger.head).last)]
    return comes_after(candidate) or any(
        (word in _POSTS and before in _OF_THE_POST) or (word in _SEVERAL_POSTS and before in _OF_ALL)
        for before, word in pairwise(words)
    )


def comes_after(candidate: Candidate) -> bool:
    """Whether somebody comes for another: "comes in as her replacement", "In his place, it appointed Roe"."""
    trigger, window = candidate.trigger, candidate.window
    sentence = window.sentence_of(trigger.head)
    words = window.lows[sentence.first : sentence.last]
    if any(words[i : i + 2] == ["in", whose] and words[i + 2 : i + 3] in _STEADS for i, whose in _owners(words)):
        return True
    last = max(trigger.last, candidate.person.last) + _SUCCESSOR_REACH
    behind = window.lows[trigger.head : min(last, sentence.last)]
    if any(behind[i] == "to" and behind[i + 1] in _REPLACING and behind[i + 2] in _HIM for i in range(len(behind) - 2)):
        return True
    return any(
        word in _SUCCESSORS and {*behind[max(at - 3, 0) : at]} & {"as"} and {*behind[max(at - 2, 0) : at]} & _OF_WHOM
        for at, word in enumerate(behind)
    )


def _owners(words: list[str]) -> list[tuple[int, str]]:
    return [(i - 1, word) for i, word in enumerate(words) if word in _HIS and i]


_REPLACING = frozenset({"replace", "succeed"})
_HIM = frozenset({"him", "her", "them"})
_SUCCESSORS = frozenset({"successor", "replacement", "stopgap", "caretaker", "stand-in"})
_OF_WHOM = frozenset({"his", "her", "their", "the", "a"})
_STEADS = (["place"], ["stead"])
_SUCCESSOR_REACH = 8  # words from the trigger or the name to "as his successor"


_POSTS = frozenset({"position", "post", "role", "job", "seat"})
_SEVERAL_POSTS = frozenset({"positions", "posts", "roles", "jobs"})
_OF_ALL = frozenset({"both", "his", "her", "two", "those", "these"})
_HIS = frozenset({"his", "her", "their"})
_TAKEN_REACH = 4  # words from "assuming" to "his duties"


def anothers_office(candidate: Candidate) -> bool:
    """Whether what is taken over is another's: "has stepped into his job", "with Roe assuming her duties"."""
    window, trigger = candidate.window, candidate.trigger
    last = min(trigger.last + _TAKEN_REACH, window.sentence_of(trigger.head).last)
    return any(one in _HIS and other in DUTIES for one, other in pairwise(window.lows[trigger.head : last]))


def without_post(office: str) -> str:
    """An office without the noun that only says it is one: "head of sales" of "took the head of sales job"."""
    words = office.split()
    return " ".join(words[:-1]) if len(words) > 1 and words[-1].lower() in _POSTS else office


_TO_OFFICE = frozenset("as for the a its their new next permanent post role job position of".split())


def office_ahead(window: Window, trigger: Trigger) -> list[RoleValue]:
    """The office that a sentence opens with: "As treasurer, Acme has chosen Roe", "For the post of T, it hired Roe"."""
    first = window.sentence_of(trigger.head).first
    if DIRECTIONS[trigger.rule.action] != "in" or window.lows[first] not in ("as", "for"):
        return []
    title = next(window.titles_in(first, min(first + _OPENING, trigger.head)), None)
    if title is None or window.words[title.last : title.last + 1] != [","] or title.former or title.mention.plural:
        return []
    pointed = window.lows[first] == "as" or not POST_WORDS.isdisjoint(window.lows[first : title.first])
    told = pointed and set(window.lows[first : title.first]) <= _TO_OFFICE
    return [RoleValue(title.text, title, title.company)] if told else []


_OPENING = 8  # words of "As its new" before the office
