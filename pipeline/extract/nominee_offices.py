"""The office of a nominee whom another sentence names: "its Supreme Court nominee ... the nomination of Roe"."""

from __future__ import annotations

from pipeline.extract.candidates import Candidate
from pipeline.extract.mentions import Name, Title
from pipeline.extract.nominees import unnamed_office
from pipeline.extract.role_values import RoleValue
from pipeline.extract.triggers import triggers_of
from pipeline.extract.view import View

_NAMED_ALONE = frozenset({"appoint.nomination", "appoint.confirm_to"})


def fill_office_of_nominee(view: View, candidate: Candidate) -> None:
    """Give a nominee without an office the one for which the article says, of nobody by name, that there is one."""
    rule = candidate.trigger.rule
    if rule.rule_id not in _NAMED_ALONE or candidate.roles or any(not n.weak for n, _ in candidate.company_hints):
        return
    if rule.kind == "noun" and _has_office_behind(candidate):
        return
    offices: dict[str, tuple[Title | None, Name | None]] = {}
    for window in view.windows:
        for trigger in triggers_of(window):
            if trigger.rule.rule_id == "appoint.nominee" and window.lows[trigger.head] != "nominees":
                title, firm = unnamed_office(window, trigger)
                if title is not None:
                    offices[title.text.lower()] = title, None
                elif firm is not None and firm.kind == "org" and not firm.weak:
                    offices[firm.text.lower()] = None, firm
    if len(offices) != 1:
        return  # none, or nominees for several
    title, firm = next(iter(offices.values()))
    if title is not None:
        candidate.roles.append(RoleValue(title.text, title, title.company))
    elif firm is not None:
        candidate.company_hints.append((firm, "preposition"))


def _has_office_behind(candidate: Candidate) -> bool:
    """Whether the noun tells what for: "his nomination to a judgeship", "the nomination of Roe for a prize"."""
    words, behind = candidate.window.lows, {candidate.trigger.last + 1, candidate.person.last}
    return any(words[at : at + 1] and words[at] in ("to", "as", "for") for at in behind)
