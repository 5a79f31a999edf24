"""To whom an office goes: "hands the chairmanship to his daughter, Jane Roe", "replaced Kim with Roe"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.enumerations import coordinated_names
from pipeline.extract.grammar import prepositional
from pipeline.extract.guards import is_hyphened, phrase_verb
from pipeline.extract.persons import pronoun
from pipeline.extract.quotes import past_mark
from pipeline.extract.seekers import persons_of

if TYPE_CHECKING:
    from pipeline.extract.mentions import Name, Window
    from pipeline.extract.triggers import Trigger
    from pipeline.extract.view import View
    from pipeline.rulebook import Rule

_REACH = 24  # words from a verb to the "to" of the one who receives: the office and its place stand between
_DESCRIPTION = 12  # words from "to" to the name: "to his longtime deputy at the rail unit, Jane Roe"
_ENDS = frozenset({".", ";", ":", '"', "“", "”"})


def recipients(view: View, window: Window, trigger: Trigger, preposition: str) -> tuple[list[Name], str]:
    """The persons behind the "to" or "with" of a verb, by parse or else by the next one that leads to a name."""
    doc = window.doc
    told_before: list[Name] = []
    for pobj in prepositional(phrase_verb(window, trigger), preposition):
        if pobj.i > trigger.head and (found := persons_of(view, window, pobj)):
            if pobj.tag_ == "PRP" or found[0].first > trigger.head:
                return found, "parse"
            told_before = found  # "yields her office to her longtime No. 2, Roe": not she herself
    first = trigger.last if window.lows[trigger.last] == preposition else past_mark(window, trigger.last + 1)
    limit = window.sentence_of(trigger.head).last
    for index in range(first, min(first + _REACH, limit)):
        if window.words[index] in _ENDS or doc[index].tag_ in ("VBD", "VBZ", "VBP", "MD"):
            break
        if window.lows[index] == preposition and (found := _described(window, index + 1, limit)):
            return found, "surface"
    return told_before, "parse"


def _described(window: Window, index: int, limit: int) -> list[Name]:
    """The person behind a description: "to a former student, Jane Roe"."""
    for at in range(index, min(index + _DESCRIPTION, limit)):
        name = window.name_at.get(at)
        if name is not None and name.kind == "person":
            owner = name.last < limit and window.lows[name.last] in ("'s", "’s", "'", "’")
            return [] if owner else coordinated_names(window, name)
        token = window.doc[at]
        if at in window.title_at:
            continue
        if is_hyphened(window, at) or window.lows[at - 1 : at + 1] == ["no", "."]:
            continue  # "to her No. 2, Jane Roe", "to the long-serving executive Jane Roe"
        if token.text in _ENDS or token.tag_.startswith("VB") or token.lower_ in ("who", "which", "and"):
            return []
    return []


_REPLACING = frozenset({"replace", "supplant"})
_BEHIND_WITH = 10  # words between "with" and the name: "with its former head of sales in Asia, Jane Roe"


def exchanges(rule: Rule) -> bool:
    """Whether a rule is one of "replace", which may put one person in another's place."""
    return any(phrase.split()[0] in _REPLACING for phrase in rule.triggers)


def exchanged(view: View, window: Window, trigger: Trigger) -> tuple[list[Name], list[Name]]:
    """Who goes and who comes in "replaced Kim with Roe", "replace its chairman, Kim, with the banker Jane Roe"."""
    if not exchanges(trigger.rule):
        return [], []
    doc, last = window.doc, window.sentence_of(trigger.head).last
    for index in range(trigger.last + 1, last):
        if window.words[index] == ";" or doc[index].tag_ in ("VBD", "VBZ", "MD"):
            break
        if window.lows[index] in ("by", "after", "following", "amid"):
            break  # "was replaced by Kim", "replaced him after a row with the treasurer, Roe"
        if window.lows[index] != "with":
            continue
        goes = list(window.names_in(trigger.last + 1, index, "person"))
        meant = doc[index - 1]
        if not goes and meant.lower_ in ("him", "her"):
            found = pronoun(view, window, meant)
            goes = [found] if found is not None else []
        comes = list(window.names_in(index + 1, min(index + _BEHIND_WITH, last), "person"))
        verbs = doc[index + 1 : comes[0].first] if comes else ()
        plain = not any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") or t.lower_ in ("who", "from", "by") for t in verbs)
        aside = comes and window.words[index - 1] == "," and doc[min(comes[0].last, last - 1)].tag_ == "VBG"
        plain = plain and not aside  # "to replace Kim, with Roe serving for now"
        return (goes, comes[:1]) if goes and comes and plain else ([], [])
    return [], []
