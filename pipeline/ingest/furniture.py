"""Page furniture: lines around an article that are not its text. The patterns are rules/furniture.toml."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.errors import RuleError
from pipeline.rulebook import remembered

_FILE = "furniture.toml"
_KEYS = frozenset({"id", "pattern", "where", "takes"})
_WHERE = ("anywhere", "end")
_TAKES = ("none", "items", "paragraph")
_ANYTHING = re.compile(".*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class FurnitureRule:
    """A pattern for whole lines; what goes with the line is in `takes`."""

    rule_id: str
    pattern: re.Pattern[str]
    where: Literal["anywhere", "end"]
    takes: Literal["none", "items", "paragraph"]


@dataclass(frozen=True, slots=True)
class Furniture:
    """All rules, with the length from which a line is text and the number of lines that are the end."""

    rules: tuple[FurnitureRule, ...]
    max_line_chars: int
    end_lines: int
    any_rule: re.Pattern[str]

    def rule_for(self, line: str, at_end: bool) -> FurnitureRule | None:
        """The first rule that drops a line."""
        if len(line) > self.max_line_chars:
            return None
        words = line.removeprefix("- ").strip()
        if not self.any_rule.fullmatch(words):  # nearly every line, and one look tells
            return None
        for rule in self.rules:
            if (at_end or rule.where == "anywhere") and rule.pattern.fullmatch(words):
                return rule
        return None


@remembered()
def load_furniture() -> Furniture:
    """The checked rules.

    Raises:
        RuleError: A rule is wrong.
    """
    from pipeline.rulebook import read_data

    data = read_data(_FILE)
    rules: dict[str, FurnitureRule] = {}
    for entry in data.get("rule", []):
        rule_id = entry.get("id", "")
        where, takes = entry.get("where", "anywhere"), entry.get("takes", "none")
        problem = None
        if not rule_id or rule_id in rules:
            problem = "has no id, or one used twice"
        elif unknown := sorted(set(entry) - _KEYS):
            problem = f"has unknown key {unknown[0]!r} (known: {', '.join(sorted(_KEYS))})"
        elif where not in _WHERE or takes not in _TAKES:
            problem = f"has where {where!r}, takes {takes!r} (known: {', '.join(_WHERE + _TAKES)})"
        if problem:
            raise RuleError(f"rules/{_FILE}: rule {rule_id!r} {problem}")
        try:
            pattern = re.compile(entry["pattern"], re.IGNORECASE)
        except (re.error, KeyError) as err:
            raise RuleError(f"rules/{_FILE}: rule {rule_id!r} has no valid pattern: {err}") from err
        rules[rule_id] = FurnitureRule(rule_id, pattern, where, takes)
    found = tuple(rules.values())
    return Furniture(found, int(data["max_line_chars"]), int(data["end_lines"]), _any_of(found))


def _any_of(rules: Sequence[FurnitureRule]) -> re.Pattern[str]:
    """Matches what a rule matches; anything, where patterns with groups or flags of their own cannot be joined."""
    joined = "|".join(f"(?:{rule.pattern.pattern})" for rule in rules)
    try:
        pattern = re.compile(joined, re.IGNORECASE)
    except re.error:
        return _ANYTHING
    return _ANYTHING if pattern.groups else pattern


def remove_furniture(text: str) -> str:
    """The text without the lines that are page furniture. The first line is never dropped: it may be the
    headline."""
    furniture = load_furniture()
    lines = text.split("\n")
    filled = [index for index, line in enumerate(lines) if line]
    end = set(filled[1:][-furniture.end_lines :])
    kept: list[str] = []
    takes: Literal["none", "items", "paragraph"] = "none"
    for index, line in enumerate(lines):
        if not line:
            kept.append(line)
            continue
        if takes == "paragraph" or (takes == "items" and line.startswith("- ")):
            takes = "none" if takes == "paragraph" else takes
            continue
        takes = "none"
        rule = furniture.rule_for(line, index in end) if index != filled[0] else None
        if rule is None:
            kept.append(line)
        else:
            takes = rule.takes
    return "\n".join(kept)
