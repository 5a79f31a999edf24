"""What the matcher makes of a trigger: a candidate event, or a refusal with its reason."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.extract.mentions import Name, Window
from pipeline.extract.role_values import RoleValue
from pipeline.extract.title_links import Link
from pipeline.extract.triggers import Trigger
from pipeline.records import DIRECTIONS

LINKED = "linked"  # `how` of a person whom the learned trees found


@dataclass(slots=True)
class Candidate:
    """A trigger with what filled its slots, before resolution. `how` says for each slot which evidence filled it."""

    trigger: Trigger
    window: Window
    sentence: int
    person: Name
    roles: list[RoleValue] = field(default_factory=list)
    counterpart: Name | None = None
    company_hints: list[tuple[Name, str]] = field(default_factory=list)
    other_company: Name | None = None
    passive: bool = False
    how: dict[str, str] = field(default_factory=dict)

    @property
    def direction(self) -> str:
        return DIRECTIONS[self.trigger.rule.action]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A trigger that made no event, and why."""

    window: Window
    trigger: Trigger
    reason: str


@dataclass(slots=True)
class Matches:
    candidates: list[Candidate]
    refusals: list[Refusal]
    links: list[tuple[Window, Link]]
