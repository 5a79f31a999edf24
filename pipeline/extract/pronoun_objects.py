"""Who is "him" or "her" behind a verb of gaining, which the parse takes for another clause or for an owner."""

from __future__ import annotations

from pipeline.extract.grammar import Arguments
from pipeline.extract.mentions import Name, Title, Window
from pipeline.extract.persons import pronoun
from pipeline.extract.triggers import Trigger
from pipeline.extract.view import View


def pronoun_gained(view: View, window: Window, trigger: Trigger, args: Arguments) -> Name | None:
    """Whom "him" or "her" means behind a verb that gives an office: "made him its president", "named her treasurer".

    The parse takes the first for a subject and the second for an owner; so it is in "named her deputy, Jane Roe".
    """
    if (caused := _caused(view, window, trigger)) is not None:
        return caused
    if not {"complement", "predicate"} & {*trigger.rule.frame.get("role", ())}:
        return None
    at = trigger.head + 1
    if at + 1 >= window.sentence_of(trigger.head).last or window.lows[at] not in ("him", "her"):
        return None
    title = window.title_at.get(at + 1)
    if window.lows[at] == "her" and window.doc[at].tag_ == "PRP$":
        if (
            args.passive
            or title is None
            or title.first > at + 1
            or _acts(window, args)
            or _is_of_another(window, title)
        ):
            return None
    elif title is None and window.lows[at + 1] not in _BEFORE_OFFICE:
        return None
    return pronoun(view, window, window.doc[at])


_CAUSING = frozenset("had have having get gets got getting".split())


def _caused(view: View, window: Window, trigger: Trigger) -> Name | None:
    """Whom somebody had dismissed: "Roe led the unit until Kim had him removed"."""
    at = trigger.head - 1
    if trigger.rule.action != "dismissed" or at < 1 or window.lows[at] not in ("him", "her"):
        return None
    if window.lows[at - 1] not in _CAUSING or window.doc[trigger.head].tag_ not in ("VBN", "VBD"):
        return None
    meant, by = pronoun(view, window, window.doc[at]), window.name_at.get(at - 2)
    if meant is None or by is None or meant.entity != by.entity:
        return meant
    first = window.sentence_of(at).first  # who has it done does not have it done to himself
    others = [name for name in window.names_in(first, by.first, "person") if name.entity != by.entity]
    return others[-1] if others else None


def _acts(window: Window, args: Arguments) -> bool:
    """Whether a person gives the office: "Roe appointed her treasurer" may speak of her own one."""
    subject = args.subject
    name = window.name_at.get(subject.i) if subject is not None else None
    return subject is not None and (subject.lower_ in _PERSONAL or (name is not None and name.kind == "person"))


def _is_of_another(window: Window, title: Title) -> bool:
    """Whether a title is of who is named or moved behind it: "its board named her deputy, Jane Roe, as treasurer"."""
    goes_on = window.lows[title.last : title.last + 1] in (["as"], ["to"])
    return goes_on or any(True for _ in window.names_in(title.last, title.last + 2, "person"))


_PERSONAL = frozenset("he she i we they who".split())
_BEFORE_OFFICE = frozenset({"its", "a", "an", "the", "their"})
