"""What an article tells as history: moves long before the latest year that it names, and those of the dead."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.extract.grammar import arguments
from pipeline.extract.guards import phrase_verb
from pipeline.extract.seekers import persons_of

if TYPE_CHECKING:
    from datetime import date

    from pipeline.extract.candidates import Candidate, Matches
    from pipeline.extract.mentions import Window
    from pipeline.extract.triggers import Trigger
    from pipeline.extract.view import View

_YEAR = re.compile(r"(?<![\d$£€.,-])(?:19|20)\d\d(?![\d%,]|\.\d| (?:people|jobs|employees|workers|words|miles))")
_YEARS_BACK = 3  # years before the latest that a text without a date names, from which on a move is history
_DAYS_BACK = 300


def latest_year(text: str) -> int | None:
    """The latest year that a text names; None if it names none."""
    return max((int(found) for found in _YEAR.findall(text)), default=None)


@dataclass(frozen=True, slots=True)
class Deaths:
    """The persons of whose death an article tells, and those of them whom it calls a former holder of an office."""

    persons: frozenset[int]
    out_of_office: frozenset[int]


def deaths(view: View, matches: Matches) -> Deaths:
    """Whose death an article tells, whether or not they died in office."""
    told = [(one.person.entity, one.window, one.trigger) for one in matches.candidates]
    for refusal in matches.refusals:
        if refusal.trigger.rule.action == "died" and refusal.trigger.rule.kind == "verb":
            args = arguments(phrase_verb(refusal.window, refusal.trigger))
            named = persons_of(view, refusal.window, args.object if args.passive else args.subject)
            told += [(person.entity, refusal.window, refusal.trigger) for person in named if person.entity >= 0]
    told = [one for one in told if one[2].rule.action == "died"]
    former = (person for person, window, trigger in told if _former(window, trigger))
    return Deaths(frozenset(person for person, _, _ in told), frozenset(former))


def _former(window: Window, trigger: Trigger) -> bool:
    """Whether the sentence of a death gives former offices only before it: "former chairman Roe has died"."""
    titles = list(window.titles_in(window.sentence_of(trigger.head).first, trigger.head))
    return bool(titles) and all(title.former for title in titles)


def is_history(view: View, candidate: Candidate, when: date | None, told: Deaths) -> bool:
    """Whether a move that is over lies far back, or tells of the life of somebody who has died."""
    if candidate.trigger.rule.action == "died":
        return _long_ago(view, when)
    if candidate.person.entity in told.persons:
        near = view.published is not None and when is not None and (view.published - when).days < _DAYS_BACK
        return not near
    return _long_ago(view, when)


def _long_ago(view: View, when: date | None) -> bool:
    if view.published is not None or when is None:
        return False
    latest = latest_year(view.text)
    return latest is not None and when.year <= latest - _YEARS_BACK
