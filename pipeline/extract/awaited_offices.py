"""Offices told as filled before it is told by whom: "Acme has a new president. The board elected Jane Roe"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.role_values import RoleValue

if TYPE_CHECKING:
    from pipeline.extract.mentions import Title, Window
    from pipeline.extract.triggers import Trigger

_HAVING = frozenset("has have had gets got finds found finally last".split())
_ARTICLES = frozenset({"a", "an", "its", "their"})
_OTHERS = frozenset({"also", "board", "seat", "seats", "vacancy", "directors"})
_GAP = 3  # characters between two sentences that follow each other
_OPENING = 6  # words before the gain: "On Saturday the 58 delegates"


def office_awaited(window: Window, trigger: Trigger) -> RoleValue | None:
    """The one office that the sentence before gives to nobody yet; none where the gain may be of another one."""
    number = window.sentence_at[trigger.head]
    here = window.sentences[number]
    before = window.sentences[number - 1] if number else None
    if before is None or here.start - before.end > _GAP or before.kind != "prose":
        return None
    if trigger.head - here.first > _OPENING or any(True for _ in window.titles_in(here.first, trigger.head)):
        return None
    if "also" in window.lows[here.first : trigger.head] or not _OTHERS.isdisjoint(
        window.lows[trigger.head : here.last]
    ):
        return None
    titles = [title for title in window.titles_in(before.first, before.last) if _is_had(window, title, before.first)]
    named = any(True for _ in window.names_in(before.first, before.last, "person"))
    if named or len(titles) != 1 or titles[0].last < before.last - 1:
        return None
    return RoleValue(titles[0].text, titles[0], titles[0].company)


def _is_had(window: Window, title: Title, first: int) -> bool:
    """Whether an office is what somebody has or has found: "has a new president", "has at last found a treasurer"."""
    index = title.first
    while window.lows[index - 1] in ("new", "permanent"):
        index -= 1
    if title.former or title.mention.plural or index - 2 < first or window.lows[index - 1] not in _ARTICLES:
        return False
    return window.lows[index - 2] in _HAVING
