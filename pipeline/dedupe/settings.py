"""The numbers of `rules/dedupe.toml`, checked before any work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from pipeline import rulebook
from pipeline.errors import RuleError

_FILE = "dedupe.toml"
_WORD_TABLES = ("companies", "roles")


@dataclass(frozen=True)
class CopySettings:
    """When two articles are copies of one text; shares are of distinct three-word shingles."""

    permutations: int
    rows_per_band: int
    lead_permutations: int
    lead_shingles: int
    seed: int
    similarity: float
    same_site_similarity: float
    containment: float
    max_cut_ratio: float
    min_shingles: int
    min_contained_shingles: int
    furniture_articles: int
    furniture_share: float
    furniture_own_shingles: int
    max_days: int
    max_bucket: int
    max_characters: int


@dataclass(frozen=True)
class NameSettings:
    """When two names of persons or companies mean one across articles."""

    block_letters: int
    max_block: int
    max_samples: int
    fit_points: int
    close_points: int


@dataclass(frozen=True)
class EventSettings:
    """When two mentions of one person tell one event; windows are in days, points are added up."""

    link_points: int
    near_days: int
    slack_days: int
    affair_days: int
    announce_days: int
    report_days: int
    plan_days: int
    retelling_days: int
    older_title_days: int
    max_block: int


@dataclass(frozen=True)
class DedupeSettings:
    """All settings of the stage."""

    copies: CopySettings
    names: NameSettings
    events: EventSettings


def load_settings(folders: Sequence[Path] | None = None) -> DedupeSettings:
    """The settings of `dedupe.toml`: those in force, or those of these folders over ours.

    Raises:
        RuleError: A table or key is missing or unknown, or a value is not a number above or equal to zero.
    """
    data = rulebook.read_data(_FILE, folders)
    tables = {"copies": CopySettings, "names": NameSettings, "events": EventSettings}
    known = [*tables, *_WORD_TABLES]
    if unknown := sorted(set(data) - set(known)):
        raise RuleError(f"{_FILE}: unknown table '{unknown[0]}' (known: {', '.join(known)})")
    return DedupeSettings(
        copies=CopySettings(**_numbers(data, "copies", CopySettings)),
        names=NameSettings(**_numbers(data, "names", NameSettings)),
        events=EventSettings(**_numbers(data, "events", EventSettings)),
    )


def _numbers(data: Mapping[str, Any], table: str, kind: type) -> dict[str, Any]:
    values = data.get(table, {})
    known = {item.name: item.type for item in fields(kind)}
    if unknown := sorted(set(values) - set(known)):
        raise RuleError(f"{_FILE}: table '{table}' has unknown key '{unknown[0]}' (known: {', '.join(known)})")
    for name, wanted in known.items():
        if name not in values:
            raise RuleError(f"{_FILE}: table '{table}' lacks '{name}'")
        value = values[name]
        number = isinstance(value, int | float) and not isinstance(value, bool) and value >= 0
        if not number or (wanted == "int" and not isinstance(value, int)):
            raise RuleError(f"{_FILE}: table '{table}': '{name}' is {value!r}, must be a {wanted} of 0 or more")
    return dict(values)
