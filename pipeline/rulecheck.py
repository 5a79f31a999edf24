"""Checks what stands in rule files, so that a mistake is named before any work and not passed over in silence."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Literal, NoReturn, get_args

from pipeline.errors import RuleError
from pipeline.records import DIRECTIONS, STATUSES, Level

Kind = Literal["verb", "noun", "modifier"]
SLOTS = ("person", "role", "company", "counterpart", "other_company")
FUNCTIONS = (
    "subject",
    "object",
    "complement",
    "head",
    "replaces",
    "appos",
    "possessor",
    "of",
    "by",
    "listed",
    "nominee",
    "office",
    "predicate",
)
PREPOSITIONS = tuple(
    "about across after against alongside among around as at before behind below beside between beyond during for "
    "from in inside into on onto out outside over past through to toward towards under upon via with within".split()
)
OBJECTS = ("none", "org", "post", "role", "unit", "company_noun", "person", "other")
NEEDS = ("as", "role|loss", "person", "role", "company", "counterpart", "role|company", "role|company|cue", "employer")
VOICES = ("active", "passive")
# Where each kind of trigger can have its person.
_BEARERS = {
    "verb": ("subject", "object", "to", "with", "by", "under", "for", "on", "appos", "possessor", "of"),
    "noun": ("possessor", "of", "by", "from", "for", "appos", "listed", "nominee"),
    "modifier": ("head",),
}
RULE_KEYS = (
    "action",
    "default_role",
    "frame",
    "id",
    "kind",
    "needs",
    "objects",
    "source",
    "status",
    "subjects",
    "things",
    "triggers",
    "unless",
    "voice",
    "weak",
)
_ID = re.compile(r"[a-z_]+\.[a-z_]+")
_WORD = re.compile(r"[^\W_](?:[^\W_]|['’&|-])*")
_STANDING_FOR_WORDS = ("~", "...")
_SHOWN = 24  # choices that are all told; of more, the closest

# Tables to which a user may add keys; in all others a new key is a mistyped one.
_OPEN = {
    "companies.toml": ("suffix.country", "words", "alias"),
    "persons.toml": ("alias",),
    "titles.toml": ("status", "modifier", "postfix", "canonical.words"),
    "dedupe.toml": ("roles.short", "roles.units"),
}
# Open tables whose values are a fixed choice, that of the built-in list.
_CHOSEN = {"titles.toml": ("status", "postfix")}
# Tables that their reader checks itself, before any work too.
_CHECKED_ELSEWHERE = {"dedupe.toml": ("copies", "names", "events")}
# Lists of tables: the keys of an entry with their type or choices, and those that may not be missing.
_ENTRIES: dict[tuple[str, str], tuple[dict[str, Any], tuple[str, ...]]] = {
    ("titles.toml", "head"): (
        {
            "id": str,
            "level": get_args(Level),
            "words": list,
            "weak": bool,
            "needs": ("link", "area", "partner", "pair"),
            "office": bool,
            "holder": str,
        },
        ("id", "level", "words"),
    ),
    ("furniture.toml", "rule"): (
        {
            "id": str,
            "pattern": re.Pattern,
            "where": ("anywhere", "end"),
            "takes": ("none", "items", "paragraph"),
        },
        ("id", "pattern"),
    ),
}


def is_open(name: str, path: str) -> bool:
    """Whether a table of a word list is a map to which a user may add keys."""
    return path in _OPEN.get(name, ())


def _unknown(where: str, what: str, word: Any, known: Collection[str]) -> NoReturn:
    listed = list(known)
    if len(listed) > _SHOWN:
        close = difflib.get_close_matches(str(word), listed, n=5, cutoff=0.5)
        told = f"one of {len(listed)} is known; close: {', '.join(close) or 'none'}"
    else:
        told = f"known: {', '.join(listed)}"
    raise RuleError(f"{where} {what} '{word}' ({told})")


def _choice(where: str, what: str, value: Any, known: Collection[str]) -> None:
    if not isinstance(value, str) or value not in known:
        _unknown(where, f"has unknown {what}", value, known)


def _text(where: str, key: str, value: Any) -> None:
    if not isinstance(value, str) or not value.strip():
        raise RuleError(f"{where}: '{key}' is {value!r}, must be text in quotes")


def _texts(where: str, key: str, value: Any) -> list[str]:
    if not isinstance(value, list):
        raise RuleError(f'{where}: \'{key}\' is {value!r}, must be a list of texts, as in ["one", "two"]')
    for item in value:
        if not isinstance(item, str) or not item.strip():
            raise RuleError(f"{where}: '{key}' holds {item!r}, must be text in quotes and not empty")
    return value


def _flag(where: str, key: str, value: Any) -> None:
    if not isinstance(value, bool):
        raise RuleError(f"{where}: '{key}' is {value!r}, must be true or false, without quotes")


def check_actions(where: str, content: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """The rules of a file of actions.

    Raises:
        RuleError: The file holds anything but an action and `[[rule]]` tables.
    """
    for key in content:
        if key not in ("action", "rule"):
            _unknown(f"{where}:", "has unknown key", key, ("action", "rule"))
    if not content:  # all of it commented out
        return ()
    rules = content.get("rule")
    if rules is None:
        raise RuleError(f"{where}: holds no rule (each begins with a line [[rule]])")
    if not isinstance(rules, list) or not all(isinstance(entry, dict) for entry in rules):
        raise RuleError(f"{where}: 'rule' is no list of rules; each begins with [[rule]], in two brackets")
    return rules


def check_rule(where: str, action: Any, entry: Mapping[str, Any]) -> None:
    """Check one rule of a file for `action`.

    Raises:
        RuleError: A key is unknown, missing or of the wrong shape, or a value is none of the choices.
    """
    where = f"{where}: rule '{entry.get('id', '?')}'"
    for key in sorted(entry):
        if key not in RULE_KEYS:
            _unknown(where, "has unknown key", key, RULE_KEYS)
    for key in ("id", "triggers", "frame", "source"):
        if key not in entry or entry[key] in ("", [], {}):
            raise RuleError(f"{where} lacks '{key}'")
    _text(where, "source", entry["source"])
    _text(where, "id", entry["id"])
    if not _ID.fullmatch(entry["id"]):
        raise RuleError(f"{where}: 'id' must be two words in small letters with a dot between, as in 'resign.verb'")
    _choice(where, "action", entry.get("action", action), DIRECTIONS)
    _choice(where, "kind", entry.get("kind", "verb"), get_args(Kind))
    for trigger in _texts(where, "triggers", entry["triggers"]):
        _check_trigger(where, entry.get("kind", "verb"), trigger)
    _check_frame(where, entry.get("kind", "verb"), entry["frame"])
    for need in _texts(where, "needs", entry.get("needs", [])):
        _choice(where, "need", need, NEEDS)
    for kind_of_object in _texts(where, "objects", entry.get("objects", [])):
        _choice(where, "object", kind_of_object, OBJECTS)
    for kind_of_subject in _texts(where, "subjects", entry.get("subjects", [])):
        _choice(where, "subject", kind_of_subject, OBJECTS)
    _texts(where, "unless", entry.get("unless", []))
    _texts(where, "things", entry.get("things", []))
    if "status" in entry:
        _choice(where, "status", entry["status"], STATUSES)
    if "voice" in entry:
        _choice(where, "voice", entry["voice"], VOICES)
    if "default_role" in entry:
        _text(where, "default_role", entry["default_role"])
    _flag(where, "weak", entry.get("weak", False))


def _check_trigger(where: str, kind: str, trigger: str) -> None:
    where = f"{where}: trigger '{trigger}'"
    literal = trigger.startswith("=")
    words = trigger.removeprefix("=").split()
    if not words:
        raise RuleError(f"{where} holds no word")
    for word in words:
        if word not in _STANDING_FOR_WORDS and not _WORD.fullmatch(word):
            raise RuleError(f"{where} holds '{word}', which is no word (known: words, one|other, ~, ...)")
    for place, word in (("begins", words[0]), ("ends", words[-1])):
        if word in _STANDING_FOR_WORDS:
            raise RuleError(f"{where} {place} with '{word}', must {place[:-1]} with a word")
    if not words[0][0].isalpha():
        raise RuleError(f"{where} begins with a number, must begin with a word")
    inflected = words if literal else {"verb": words[:1], "noun": words[-1:]}.get(kind, [])
    for word in inflected:
        if "|" in word:
            raise RuleError(f"{where} holds '{word}' where no choice can stand; write a trigger for each word")


def _check_frame(where: str, kind: str, frame: Any) -> None:
    if not isinstance(frame, dict):
        raise RuleError(f'{where}: \'frame\' is {frame!r}, must be a table, as in {{person = "subject", role = "as"}}')
    for slot, value in frame.items():
        if slot not in SLOTS:
            _unknown(where, "needs unknown slot", slot, SLOTS)
        _text(where, f"frame.{slot}", value)
        for part in value.split("|"):
            if part not in FUNCTIONS and part not in PREPOSITIONS:
                raise RuleError(
                    f"{where}: slot '{slot}' has unknown function '{part}'"
                    f" (known: {', '.join(FUNCTIONS)}; prepositions: {', '.join(PREPOSITIONS)})"
                )
    if "person" not in frame:
        raise RuleError(f"{where}: 'frame' lacks 'person', the slot that every rule fills")
    for part in frame["person"].split("|"):
        _choice(where, f"place of the person of a {kind},", part, _BEARERS[kind])


def check_words(where: str, name: str, content: Mapping[str, Any], built_in: Mapping[str, Any]) -> None:
    """Check a user's word list against the built-in one of the same name, which shows the shape.

    Raises:
        RuleError: A key is unknown, or a value is of another shape than the built-in one.
    """
    _check_table(f"{where}:", name, "", content, built_in)


def _check_table(where: str, name: str, path: str, table: Mapping[str, Any], model: Mapping[str, Any]) -> None:
    free = is_open(name, path)
    for key, value in table.items():
        inner = f"{path}.{key}".lstrip(".")
        if inner in _CHECKED_ELSEWHERE.get(name, ()):
            continue
        if key not in model and not free:
            _unknown(where, "unknown table" if isinstance(value, dict) else "unknown key", inner, list(model))
        if path in _CHOSEN.get(name, ()):
            _choice(where, f"value of '{inner}'", value, sorted(set(model.values())))
        shape = model[key] if key in model else next(iter(model.values()))
        if (name, inner) in _ENTRIES:
            _check_entries(where, name, inner, value)
        else:
            _check_value(where, name, inner, value, shape)


def _check_value(where: str, name: str, path: str, value: Any, shape: Any) -> None:
    if isinstance(shape, dict):
        if not isinstance(value, dict):
            raise RuleError(f"{where} '{path}' is {value!r}, must be a table")
        _check_table(where, name, path, value, shape)
    elif isinstance(shape, list) and isinstance(shape[0], list):
        if not isinstance(value, list):
            raise RuleError(f"{where} '{path}' is {value!r}, must be a list of lists of texts")
        for group in value:
            if len(_texts(where[:-1], path, group)) < 2:
                raise RuleError(f"{where} '{path}' holds {group!r}, must be lists of two texts or more")
    elif isinstance(shape, list):
        _check_case(where, path, _texts(where[:-1], path, value), shape)
    elif isinstance(shape, str):
        _text(where[:-1], path, value)
        _check_case(where, path, [value], [shape])
    elif isinstance(value, bool) or not isinstance(value, int | float):
        raise RuleError(f"{where} '{path}' is {value!r}, must be a number")


def _check_case(where: str, path: str, texts: Sequence[str], shape: Sequence[str]) -> None:
    """Texts are compared with lists of small letters as they are: a capital would never be met."""
    if all(text == text.lower() for text in shape):
        for text in texts:
            if text != text.lower():
                raise RuleError(f"{where} '{path}' holds '{text}', must be in small letters: '{text.lower()}'")


def _check_entries(where: str, name: str, path: str, value: Any) -> None:
    keys, required = _ENTRIES[name, path]
    if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
        raise RuleError(f"{where} '{path}' is no list of tables; each begins with [[{path}]], in two brackets")
    for entry in value:
        here = f"{where} {path} '{entry.get('id', '?')}'"
        for key in sorted(entry):
            if key not in keys:
                _unknown(here, "has unknown key", key, keys)
        for key in required:
            if key not in entry:
                raise RuleError(f"{here} lacks '{key}'")
        for key, kind in keys.items():
            if key in entry:
                _check_field(here, key, entry[key], kind)


def _check_field(where: str, key: str, value: Any, kind: Any) -> None:
    if isinstance(kind, tuple):
        _choice(where, key, value, kind)
    elif kind is bool:
        _flag(where, key, value)
    elif kind is list:
        if not value:
            raise RuleError(f"{where} lacks '{key}'")
        _check_case(where, key, _texts(where, key, value), [""])
    else:
        _text(where, key, value)
        if kind is re.Pattern:
            try:
                re.compile(value)
            except re.error as err:
                raise RuleError(f"{where} has no valid pattern: {err}") from err
