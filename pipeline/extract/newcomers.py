"""Titles before a name that are the office it gains: "named its first chair, Roe", "appointed a treasurer, Roe,"."""

from __future__ import annotations

from itertools import pairwise

from pipeline.extract.complement_titles import has_new
from pipeline.extract.mentions import Name, Title, Window
from pipeline.extract.triggers import Trigger


def is_of_newcomer(window: Window, trigger: Trigger, title: Title, person: Name) -> bool:
    """Whether a title before the name is the one gained: "its new chair", "its first chair", "added partner Roe"."""
    hired = trigger.rule.action == "joined" or trigger.rule.rule_id == "appoint.add"
    return (
        has_new(title)
        or _is_first(window, title)
        or (hired and title.company is None and not _is_left(window, trigger, title))
        or _is_filled(window, trigger, title, person)
    )


def _is_left(window: Window, trigger: Trigger, title: Title) -> bool:
    """Whether an office is one at the firm left: "hired three from Acme, including its head of sales, Roe"."""
    if window.low(title.first - 1) not in ("its", "their"):
        return False
    firms = window.names_in(trigger.last + 1, title.first, "org")
    return any("from" in window.lows[max(firm.first - _FROM_REACH, 0) : firm.first] for firm in firms)


_FROM_REACH = 3  # words from "from" to the firm: "from its rival"


def _is_first(window: Window, title: Title) -> bool:
    """Whether an office is one that nobody held so far: "its first female chair", "the club's first manager"."""
    ahead = window.lows[max(title.first - 3, 0) : title.first]
    return any(one in _ITS and other in ("first", "inaugural") for one, other in pairwise(ahead))


_ITS = frozenset({"its", "their", "his", "her", "our", "the", "'s", "’s"})


_FILLED = frozenset({"board", "chief", "president", "director", "head"})  # levels that a firm has one or few of


def _is_filled(window: Window, trigger: Trigger, title: Title, person: Name) -> bool:
    """Whether an office without a holder so far gets one: "has appointed a chief risk officer, Roe, after".

    Not "named a professor, Roe, to its board", "a director of Acme, Roe, as chairman": there it says who comes.
    """
    if trigger.rule.rule_id != "appoint.name" or title.mention.level not in _FILLED or title.company is not None:
        return False
    index = title.first
    while window.lows[index - 1] in ("first", "permanent", "full-time", "second", "third"):
        index -= 1
    opening = window.lows[index - 1]
    alone = opening in ("a", "an") or (opening in ("its", "their") and index < title.first)
    closed = window.words[title.last : title.last + 1] == [","] and title.last + 1 == person.first
    behind = window.words[person.last : person.last + 1]
    if not (alone and closed and index - 2 <= trigger.last and behind in ([","], ["."], [], [";"])):
        return False
    return window.lows[person.last + 1 : person.last + 2] not in (["to"], ["as"])
