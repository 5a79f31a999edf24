"""To whom an office goes: "hands the chairmanship to his daughter, Jane Roe", "the job goes to Roe"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.affiliations import coordinated_names
from pipeline.extract.grammar import prepositional
from pipeline.extract.guards import phrase_verb
from pipeline.extract.quotes import past_mark
from pipeline.extract.seekers import persons_of

if TYPE_CHECKING:
    from pipeline.extract.mentions import Name, Window
    from pipeline.extract.triggers import Trigger
    from pipeline.extract.view import View

_REACH = 24  # words from a verb to the "to" of the one who receives: the office and its place stand between
_DESCRIPTION = 12  # words from "to" to the name: "to his longtime deputy at the rail unit, Jane Roe"
_ENDS = frozenset({".", ";", ":", '"', "“", "”"})


def recipients(view: View, window: Window, trigger: Trigger, preposition: str) -> tuple[list[Name], str]:
    """The persons behind the "to" or "with" of a verb, by parse or else by the next one that leads to a name."""
    doc = window.doc
    for pobj in prepositional(phrase_verb(window, trigger), preposition):
        if pobj.i > trigger.head and (found := persons_of(view, window, pobj)):
            return found, "parse"
    first = trigger.last if doc[trigger.last].lower_ == preposition else past_mark(window, trigger.last + 1)
    limit = window.sentence_of(trigger.head).last
    for index in range(first, min(first + _REACH, limit)):
        if doc[index].text in _ENDS or doc[index].tag_ in ("VBD", "VBZ", "VBP", "MD"):
            break
        if doc[index].lower_ == preposition and (found := _described(window, index + 1, limit)):
            return found, "surface"
    return [], "surface"


def _described(window: Window, index: int, limit: int) -> list[Name]:
    """The person behind a description: "to a former student, Jane Roe"."""
    for at in range(index, min(index + _DESCRIPTION, limit)):
        name = window.name_at.get(at)
        if name is not None and name.kind == "person":
            owner = name.last < limit and window.doc[name.last].lower_ in ("'s", "’s", "'", "’")
            return [] if owner else coordinated_names(window, name)
        token = window.doc[at]
        if at in window.title_at:
            continue
        if token.text in _ENDS or token.tag_.startswith("VB") or token.lower_ in ("who", "which", "and"):
            return []
    return []
