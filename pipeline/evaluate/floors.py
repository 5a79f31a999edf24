"""Floors: scores below which `evaluate` fails, tied by a digest to the gold they were measured on."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.errors import InputError
from pipeline.evaluate.scores import Scores

_F1_LEVELS = ("event", "tuple", "slot_all")
_CEILING = "spurious_per_100_quiet"


@dataclass(frozen=True, slots=True)
class Lowering:
    """One floor that was lowered on purpose."""

    name: str
    before: float
    after: float
    reason: str


@dataclass(frozen=True, slots=True)
class Floors:
    """What a floors file holds.

    `limits` are floors of F1, but a ceiling for `spurious_per_100_quiet`.
    """

    gold_sha256: str
    limits: Mapping[str, float]
    lowered: tuple[Lowering, ...] = ()


def measured(scores: Scores) -> dict[str, float]:
    """The figures that floors hold, rounded to the careful side: F1 down to .001, spurious rows up to .1."""
    figures = {f"{level}_f1": math.floor(scores.levels[level].counts.f1 * 1000) / 1000 for level in _F1_LEVELS}
    if scores.spurious_per_100_quiet is not None:
        figures[_CEILING] = math.ceil(scores.spurious_per_100_quiet * 10) / 10
    return figures


def worse(name: str, value: float, limit: float) -> bool:
    """Whether a figure is on the wrong side of its limit."""
    return value > limit if name == _CEILING else value < limit


def read_floors(path: Path) -> Floors:
    """A floors file.

    Raises:
        InputError: Missing or malformed.
    """
    remedy = "write it anew with --raise-floors"
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return Floors(
            gold_sha256=str(data["gold_sha256"]),
            limits={str(name): float(value) for name, value in data["limits"].items()},
            lowered=tuple(Lowering(**item) for item in data.get("lowered", [])),
        )
    except FileNotFoundError as err:
        raise InputError(f"{path}: no such floors file; {remedy}") from err
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as err:
        raise InputError(f"{path}: not a floors file ({err!r}); {remedy}") from err


def write_floors(path: Path, floors: Floors) -> None:
    """Write a floors file, floors in order of name and lowerings in order of time."""
    data: dict[str, Any] = {
        "gold_sha256": floors.gold_sha256,
        "limits": dict(sorted(floors.limits.items())),
        "lowered": [
            {"name": item.name, "before": item.before, "after": item.after, "reason": item.reason}
            for item in floors.lowered
        ],
    }
    path.write_text(json.dumps(data, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def breaches(floors: Floors, figures: Mapping[str, float], digest: str, path: Path) -> list[str]:
    """Why a run fails its floors; empty where it passes."""
    found = []
    if digest != floors.gold_sha256:
        found.append(
            f"{path}: the gold files changed since the floors were measured; look at the scores, then "
            "pin the floors to the new gold with --repin"
        )
    for name, limit in sorted(floors.limits.items()):
        value = figures.get(name)
        if value is None:
            found.append(f"{path}: {name} cannot be measured here; remove its limit")
        elif worse(name, value, limit):
            side = "above its ceiling" if name == _CEILING else "below its floor"
            found.append(
                f"{path}: {name} is {value:g}, {side} {limit:g}; find the cause with --errors "
                "or --against, or use --lower-floors --reason TEXT"
            )
    return found


def raised(floors: Floors | None, figures: Mapping[str, float], digest: str) -> Floors:
    """Floors moved up to the figures; none is moved down."""
    if floors is None:
        return Floors(digest, dict(figures))
    limits = dict(floors.limits)
    for name, value in figures.items():
        if name not in limits or worse(name, limits[name], value):
            limits[name] = value
    return replace(floors, limits=limits)


def lowered(floors: Floors, figures: Mapping[str, float], reason: str) -> Floors:
    """Floors moved down to the figures that are below them, with the reason; the others stay."""
    limits = dict(floors.limits)
    notes = list(floors.lowered)
    for name, value in sorted(figures.items()):
        if name in limits and worse(name, value, limits[name]):
            notes.append(Lowering(name, limits[name], value, reason))
            limits[name] = value
    return replace(floors, limits=limits, lowered=tuple(notes))
