"""Reads the rule files and says which are in force; nothing else opens one.

A rule file under `rules/actions/` holds one action and its rules; the others are word lists. A user's folder of rules
has the same layout: its rules are added to the built-in ones, a rule with the id of a built-in one replaces it, and
its word lists are merged over ours. Neither the order of files nor that of rules in them matters; of two folders
the later one wins.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import product
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

from pipeline.errors import RuleError
from pipeline.records import Action, Status
from pipeline.rulecheck import Kind, check_actions, check_rule, check_words, is_open

_ACTIONS = "actions/"

P = ParamSpec("P")
T = TypeVar("T")


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
    subjects: tuple[str, ...] = ()
    things: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rulebook:
    """All rules and word lists of a run.

    `digest` changes whenever any of them does, and not with comments, the order of rules or the files they stand in.
    """

    rules: tuple[Rule, ...]
    data: Mapping[str, Mapping[str, Any]]
    digest: str


@dataclass(frozen=True, slots=True)
class _File:
    name: str  # relative to its folder of rules: "cues.toml", "actions/joined.toml"
    where: str  # as told in messages
    content: bytes


@cache
def _packaged() -> tuple[_File, ...]:
    root = resources.files("pipeline") / "rules"
    files = []
    for folder, prefix in ((root, ""), (root / "actions", _ACTIONS)):
        for entry in folder.iterdir():
            if entry.name.endswith(".toml"):
                name = prefix + entry.name
                files.append(_File(name, f"rules/{name}", entry.read_bytes()))
    return tuple(sorted(files, key=lambda file: file.name))


def _users(folder: Path) -> tuple[_File, ...]:
    if not folder.is_dir():
        raise RuleError(f"{folder}: no such folder of rules (expected *.toml and actions/*.toml)")
    known = [file.name for file in _packaged() if not file.name.startswith(_ACTIONS)]
    files = []
    for path in sorted(folder.rglob("*.toml")):
        name = path.relative_to(folder).as_posix()
        if path.name.startswith("."):  # what editors leave beside a file
            continue
        if name not in known and not (name.startswith(_ACTIONS) and name.count("/") == 1):
            raise RuleError(f"{path}: nothing reads this file (known: actions/NAME.toml, {', '.join(known)})")
        try:
            files.append(_File(name, str(path), path.read_bytes()))
        except OSError as err:
            raise RuleError(f"{path}: cannot be read: {err.strerror}") from err
    if not files:
        raise RuleError(f"{folder}: holds no .toml file (expected companies.toml or actions/NAME.toml)")
    return tuple(files)


def _parse(file: _File) -> dict[str, Any]:
    try:
        return tomllib.loads(file.content.decode("utf-8"))
    except UnicodeDecodeError as err:
        raise RuleError(f"{file.where}: not valid TOML: not in UTF-8, from byte {err.start} on") from err
    except (tomllib.TOMLDecodeError, RecursionError) as err:
        raise RuleError(f"{file.where}: not valid TOML: {err}") from err


def _written_out(wording: str) -> list[str]:
    """A wording with choices as all that it stands for: "is|are to go up|down" is four."""
    return [" ".join(words) for words in product(*(word.split("|") for word in wording.split()))]


def _rule(action: Any, entry: Mapping[str, Any]) -> Rule:
    return Rule(
        rule_id=entry["id"],
        action=cast(Action, entry.get("action", action)),
        kind=entry.get("kind", "verb"),
        triggers=tuple(entry["triggers"]),
        frame={slot: tuple(value.split("|")) for slot, value in entry["frame"].items()},
        needs=tuple(entry.get("needs", ("person",))),
        unless=tuple(each for wording in entry.get("unless", ()) for each in _written_out(wording.lower())),
        status=cast("Status | None", entry.get("status")),
        weak=entry.get("weak", False),
        default_role=entry.get("default_role"),
        objects=tuple(entry.get("objects", ())),
        subjects=tuple(entry.get("subjects", ())),
        voice=entry.get("voice"),
        source=entry["source"],
        things=tuple(entry.get("things", ())),
    )


def _merge(name: str, path: str, base: Mapping[str, Any], extra: Mapping[str, Any]) -> dict[str, Any]:
    """A word list with a user's laid over it: words are added to lists, single values replaced."""
    merged = dict(base)
    for key, value in extra.items():
        former = merged.get(key)
        if isinstance(former, dict):
            merged[key] = _merge(name, f"{path}.{key}".lstrip("."), former, value)
        elif isinstance(former, list) and key == "rule":
            ids = {entry["id"] for entry in value}
            merged[key] = [*(entry for entry in former if entry["id"] not in ids), *value]
        elif isinstance(former, list):
            merged[key] = [*former, *(item for item in value if item not in former)]
        elif isinstance(former, str) and not is_open(name, path):  # a list of words in one text
            merged[key] = f"{former}\n{value}"
        else:
            merged[key] = value
    return merged


def load(folders: Sequence[Path] = ()) -> Rulebook:
    """The built-in rules with those of the user's folders over them; files are read at every call.

    Raises:
        RuleError: A file is not TOML or is none that is read, a rule or word list has an unknown key or a value of
            the wrong shape, or an id stands twice in a folder.
    """
    return _built((_packaged(), *(_users(folder) for folder in folders)))


@lru_cache(maxsize=8)
def _built(layers: tuple[tuple[_File, ...], ...]) -> Rulebook:
    rules: dict[str, Rule] = {}
    data: dict[str, dict[str, Any]] = {}
    built_in: Mapping[str, Mapping[str, Any]] = {}
    for number, layer in enumerate(layers):
        own: dict[str, Rule] = {}
        for file in layer:
            content = _parse(file)
            if file.name.startswith(_ACTIONS):
                _add_rules(own, file, content)
            elif number == 0:
                data[file.name] = content
            else:
                check_words(file.where, file.name, content, built_in[file.name])
                data[file.name] = _merge(file.name, "", data[file.name], content)
        rules |= own
        built_in = built_in or dict(data)
    ordered = tuple(rules[key] for key in sorted(rules))
    canonical = json.dumps([[asdict(rule) for rule in ordered], data], sort_keys=True, default=str)
    return Rulebook(ordered, data, hashlib.blake2b(canonical.encode(), digest_size=16).hexdigest())


def _add_rules(own: dict[str, Rule], file: _File, content: Mapping[str, Any]) -> None:
    action = content.get("action", "")
    for entry in check_actions(file.where, content):
        check_rule(file.where, action, entry)
        rule = _rule(action, entry)
        if rule.rule_id in own:
            raise RuleError(f"{file.where}: rule '{rule.rule_id}' occurs twice; ids must be unique")
        own[rule.rule_id] = rule


_in_force: list[Rulebook] = []  # one, or none before the first use
_forget: list[Callable[[], None]] = []


def remembered(size: int | None = None) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Like `functools.lru_cache`, for what is made from word lists: forgotten when other rules come into force."""

    def decorate(function: Callable[P, T]) -> Callable[P, T]:
        cached = lru_cache(maxsize=size)(function)
        _forget.append(cached.cache_clear)
        return cast(Callable[P, T], cached)

    return decorate


def put_in_force(book: Rulebook) -> None:
    """Make all of this process read the word lists of a rulebook; cheap when they are those in force."""
    former = _in_force[0].digest if _in_force else None
    _in_force[:] = [book]
    if book.digest != former:
        for forget in _forget:
            forget()


def in_force() -> Rulebook:
    """The rulebook that all of this process reads now."""
    return _in_force[0] if _in_force else use()


def use(folders: Sequence[Path] = ()) -> Rulebook:
    """Load rules and put them in force; an empty sequence goes back to the built-in ones.

    Raises:
        RuleError: As `load`; the former rules stay in force then.
    """
    book = load(folders)
    put_in_force(book)
    return book


def read_data(name: str, folders: Sequence[Path] | None = None) -> Mapping[str, Any]:
    """A word list such as `titles.toml`: the one in force, or that of these folders."""
    if folders is None:
        book = in_force()
    else:
        book = load(folders)
    if name not in book.data:
        raise RuleError(f"{name}: no such data file among the rules")
    return book.data[name]
