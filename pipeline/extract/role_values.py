"""What a trigger gives or takes: roles, and the persons they go to."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.extract.mentions import Name, Title

REACH = 40


@dataclass(frozen=True, slots=True)
class RoleValue:
    """A role as the article words it, its title mention (None for a seat on a board) and its company if said."""

    text: str
    title: Title | None
    company: Name | None
    marker: str = ""


@dataclass(slots=True)
class RoleGroup:
    """Roles for the trigger's persons, or, after an ellipsis ("and Y president"), for `persons`."""

    roles: list[RoleValue]
    persons: list[Name] = field(default_factory=list)
