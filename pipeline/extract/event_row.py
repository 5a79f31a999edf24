"""An event of one article while it is being decided."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.extract.candidates import Candidate
from pipeline.extract.company import Choice
from pipeline.extract.when import When
from pipeline.records import DIRECTIONS, Evidence, Scope, Status

# Evidence with which an event's own words give its company.
TOLD = frozenset({"role_company", "frame_object", "frame_preposition", "same_role_here_out"})


@dataclass(slots=True)
class Row:
    """An event of one article while it is being decided. Company is an index of the article's registry."""

    person: int
    role: str | None
    company: int | None
    candidate: Candidate
    status: Status
    scope: Scope
    when: When | None
    choice: Choice
    role_how: str
    evidence: list[Evidence] = field(default_factory=list)
    support: int = 1
    also: list[Candidate] = field(default_factory=list)  # other wordings of the event

    @property
    def action(self) -> str:
        return self.candidate.trigger.rule.action

    @property
    def direction(self) -> str:
        return DIRECTIONS[self.action]
