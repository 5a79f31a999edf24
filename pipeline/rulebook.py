"""Reads and checks the rule files; nothing else opens one.

A rule file under `rules/actions/` holds one action and its rules. A user's folder of rules has the same layout:
its rules are added to the built-in ones, a rule with the id of a built-in one replaces it, and its `companies.toml`
or `titles.toml` is merged over ours.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Literal, cast

from pipeline.errors import RuleError
from pipeline.records import DIRECTIONS, STATUSES, Action, Status

Kind = Literal["verb", "noun", "modifier"]
SLOTS = ("person", "role", "company", "counterpart", "other_company")
FUNCTIONS = ("subject", "object", "complement", "head", "replaces", "appos", "possessor", "of", "by")
OBJECTS = ("none", "org", "post", "role", "company_noun", "person", "other")
_NEEDS = ("as", "role|loss", "person", "role", "company", "counterpart", "role|company", "role|company|cue")
_KEYS = {
    "id",
    "triggers",
    "frame",
    "needs",
    "unless",
    "status",
    "weak",
    "source",
    "kind",
    "reading",
    "objects",
    "voice",
    "action",
    "default_role",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One way of saying a move.

    `triggers` are dictionary forms; the first word is inflected, `~` stands for up to three determiners, possessives
    or adjectives, `...` for up to six words. `frame` maps a slot to the grammatical functions or prepositions that
    fill it, best first. `needs` lists what must be filled, else the candidate is rejected.
    """

    rule_id: str
    action: Action
    kind: Kind
    triggers: tuple[str, ...]
    frame: Mapping[str, tuple[str, ...]]
    needs: tuple[str, ...]
    unless: tuple[str, ...]
    status: Status | None
    weak: bool
    default_role: str | None
    objects: tuple[str, ...]
    voice: str | None
    source: str


@dataclass(frozen=True)
class Rulebook:
    """All rules and word lists of a run; `digest` changes whenever any of them does."""

    rules: tuple[Rule, ...]
    data: Mapping[str, Mapping[str, Any]]
    digest: str


def _packaged() -> dict[str, bytes]:
    root = resources.files("pipeline") / "rules"
    files: dict[str, bytes] = {}
    for folder, prefix in ((root, ""), (root / "actions", "actions/")):
        for entry in folder.iterdir():
            if entry.name.endswith(".toml"):
                files[prefix + entry.name] = entry.read_bytes()
    return files


def _users(folder: Path) -> dict[str, bytes]:
    if not folder.is_dir():
        raise RuleError(f"{folder}: no such folder of rules (expected *.toml and actions/*.toml)")
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.toml"))}
    if not files:
        raise RuleError(f"{folder}: holds no .toml file (expected companies.toml or actions/NAME.toml)")
    return files


def _parse(name: str, content: bytes) -> dict[str, Any]:
    try:
        return tomllib.loads(content.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as err:
        raise RuleError(f"{name}: not valid TOML: {err}") from err


def _functions(where: str, slot: str, value: Any) -> tuple[str, ...]:
    parts = tuple(str(value).split("|")) if isinstance(value, str) else tuple(value)
    for part in parts:
        if part not in FUNCTIONS and not re.fullmatch(r"[a-z]+( [a-z]+)*", part):
            raise RuleError(f"{where}: slot '{slot}' has unknown function '{part}' (known: {', '.join(FUNCTIONS)}, a preposition)")
    return parts


def _rule(name: str, action: str, entry: Mapping[str, Any]) -> Rule:
    where = f"{name}: rule '{entry.get('id', '?')}'"
    if unknown := sorted(set(entry) - _KEYS):
        raise RuleError(f"{where} has unknown key '{unknown[0]}' (known: {', '.join(sorted(_KEYS))})")
    for key in ("id", "triggers", "frame", "source"):
        if not entry.get(key):
            raise RuleError(f"{where} lacks '{key}'")
    action = entry.get("action", action)
    if action not in DIRECTIONS:
        raise RuleError(f"{where} has unknown action '{action}' (known: {', '.join(DIRECTIONS)})")
    frame = {}
    for slot, value in entry["frame"].items():
        if slot not in SLOTS:
            raise RuleError(f"{where} needs unknown slot '{slot}' (known: {', '.join(SLOTS)})")
        frame[slot] = _functions(where, slot, value)
    for need in entry.get("needs", ()):
        if need not in _NEEDS:
            raise RuleError(f"{where} has unknown need '{need}' (known: {', '.join(_NEEDS)})")
    status = entry.get("status")
    if status is not None and status not in STATUSES:
        raise RuleError(f"{where} has unknown status '{status}' (known: {', '.join(STATUSES)})")
    for kind_of_object in entry.get("objects", ()):
        if kind_of_object not in OBJECTS:
            raise RuleError(f"{where} has unknown object '{kind_of_object}' (known: {', '.join(OBJECTS)})")
    if entry.get("voice") not in (None, "active", "passive"):
        raise RuleError(f"{where} has unknown voice '{entry['voice']}' (known: active, passive)")
    kind = entry.get("kind", "verb")
    if kind not in ("verb", "noun", "modifier"):
        raise RuleError(f"{where} has unknown kind '{kind}' (known: verb, noun, modifier)")
    return Rule(
        rule_id=entry["id"],
        action=cast(Action, action),
        kind=kind,
        triggers=tuple(entry["triggers"]),
        frame=frame,
        needs=tuple(entry.get("needs", ("person",))),
        unless=tuple(entry.get("unless", ())),
        status=status,
        weak=bool(entry.get("weak", False)),
        default_role=entry.get("default_role"),
        objects=tuple(entry.get("objects", ())),
        voice=entry.get("voice"),
        source=entry["source"],
    )


def _merge(base: dict[str, Any], extra: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in extra.items():
        if isinstance(value, Mapping) and isinstance(merged.get(key), Mapping):
            merged[key] = _merge(dict(merged[key]), value)
        elif isinstance(value, list) and isinstance(merged.get(key), list):
            merged[key] = [*merged[key], *(item for item in value if item not in merged[key])]
        else:
            merged[key] = value
    return merged


@cache
def load(folders: tuple[Path, ...] = ()) -> Rulebook:
    """The built-in rules with those of the user's folders over them.

    Raises:
        RuleError: A file is not TOML, or a rule has an unknown key, slot, action or status, or an id twice.
    """
    rules: dict[str, Rule] = {}
    data: dict[str, dict[str, Any]] = {}
    hasher = hashlib.blake2b(digest_size=16)
    for layer in (_packaged(), *(_users(folder) for folder in folders)):
        seen: set[str] = set()
        for name in sorted(layer):
            hasher.update(name.encode() + b"\0" + layer[name] + b"\0")
            content = _parse(name, layer[name])
            if not name.startswith("actions/"):
                data[name] = _merge(data.get(name, {}), content)
                continue
            for entry in content.get("rule", ()):
                rule = _rule(name, content.get("action", ""), entry)
                if rule.rule_id in seen:
                    raise RuleError(f"{name}: rule '{rule.rule_id}' occurs twice; ids must be unique")
                seen.add(rule.rule_id)
                rules[rule.rule_id] = rule
    return Rulebook(tuple(rules[key] for key in sorted(rules)), data, hasher.hexdigest())


def read_data(name: str, folders: Sequence[Path] = ()) -> Mapping[str, Any]:
    """A word list such as `titles.toml`, with the user's entries merged over the built-in ones."""
    found = load(tuple(folders)).data.get(name)
    if found is None:
        raise RuleError(f"{name}: no such data file among the rules")
    return found
