"""The words of job titles, read from rules/titles.toml and laid out for look-up by token."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast, get_args

from pipeline.errors import RuleError
from pipeline.records import Level
from pipeline.rulebook import read_data, remembered

Needs = Literal["link", "area", "partner", "pair", ""]
_HEAD_KEYS = {"id", "level", "weak", "needs", "office", "words", "holder"}


@dataclass(frozen=True, slots=True)
class Head:
    """The word that makes a title. `canonical` is its one spelling; `office` marks offices of a state."""

    canonical: str
    level: Level
    weak: bool
    needs: Needs
    office: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One wording of a head as a sequence of lower-case tokens."""

    tokens: tuple[str, ...]
    head: Head
    plural: bool


@dataclass(frozen=True, eq=False)
class Lexicon:
    """All title words. `gate` finds where in a lower-case text a title can be; most texts have none."""

    heads: Mapping[str, tuple[Entry, ...]]
    holders: Mapping[str, str]  # of words for an office itself: "presidency" is a president's
    gate: re.Pattern[str]
    lookalikes: re.Pattern[str]
    organs: frozenset[str]
    status: Mapping[tuple[str, ...], str]
    modifiers: Mapping[tuple[str, ...], str]
    postfixes: Mapping[tuple[str, ...], str]
    areas: frozenset[str]
    places: frozenset[str]
    stops: frozenset[str]
    regions: frozenset[str]
    ministries: frozenset[str]
    organisations: frozenset[str]
    unit_ed: frozenset[str]
    unit_ly: frozenset[str]
    groups: frozenset[str]
    served: frozenset[str]
    acronyms: frozenset[str]
    verbs: frozenset[str]
    verb_before: frozenset[str]
    verb_after: frozenset[str]
    splitters: frozenset[str]
    ranks: frozenset[str]
    interim: frozenset[str]
    generic: frozenset[str]
    canonical_words: Mapping[str, str]


def plural(phrase: str) -> str:
    """The plural of a title: of its last word, or of what stands before "of", "in", "at" and "general"."""
    joint, rest, first = "", "", phrase
    if found := re.search(r" (?:of |in |at |general$)", phrase):
        first, joint, rest = phrase[: found.start()], found.group(), phrase[found.end() :]
    if first.endswith("man"):
        first = first[:-2] + "en"
    elif re.search(r"[^aeiou]y$", first):
        first = first[:-1] + "ies"
    elif first.endswith(("s", "ch", "x")):
        first += "es"
    else:
        first += "s"
    return first + joint + rest


def trie_pattern(words: Iterable[str]) -> str:
    """One pattern for all words, factored by common prefix: many times faster than a plain alternation."""
    root: dict[str, Any] = {}
    for word in words:
        node = root
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {}
    return _branch(root)


def _branch(node: Mapping[str, Any]) -> str:
    parts = [re.escape(char) + _branch(below) for char, below in sorted(node.items()) if char]
    if not parts:
        return ""
    joined = parts[0] if len(parts) == 1 else "(?:" + "|".join(parts) + ")"
    return f"(?:{joined})?" if "" in node else joined


def _tokens(phrase: str) -> tuple[str, ...]:
    return tuple(phrase.split())


def _heads(entries: Sequence[Mapping[str, Any]]) -> dict[str, tuple[Entry, ...]]:
    found: dict[tuple[str, ...], Entry] = {}
    for entry in entries:
        unknown = sorted(set(entry) - _HEAD_KEYS)
        if unknown or "id" not in entry or not entry.get("words"):
            raise RuleError(
                f"titles.toml: head {entry.get('id', '?')!r} has unknown keys {unknown} or lacks id or words"
                f" (known: {', '.join(sorted(_HEAD_KEYS))})"
            )
        if entry.get("level") not in get_args(Level) or entry.get("needs", "") not in get_args(Needs):
            raise RuleError(
                f"titles.toml: head {entry['id']!r} has level {entry.get('level')!r} and needs"
                f" {entry.get('needs', '')!r} (levels: {', '.join(get_args(Level))};"
                f" needs: {', '.join(filter(None, get_args(Needs)))})"
            )
        needs = cast(Needs, entry.get("needs", ""))
        weak = bool(entry.get("weak", bool(needs)))
        head = Head(entry["id"], entry["level"], weak, needs, bool(entry.get("office", False)))
        for words in entry["words"]:
            key = _tokens(words)
            found[key] = Entry(key, head, found[key].plural if key in found else False)
            many = _tokens(plural(words))
            found.setdefault(many, Entry(many, head, True))
    by_first: dict[str, list[Entry]] = {}
    for key, item in found.items():
        by_first.setdefault(key[0], []).append(item)
    return {first: tuple(sorted(items, key=lambda e: -len(e.tokens))) for first, items in by_first.items()}


def _anchors(heads: Mapping[str, Sequence[Entry]]) -> set[str]:
    """One word of each wording, a head of its own if it has one: "president" for "first vice president".

    Else the longest, which is mostly the rarest: "defender" for "public defender".
    """
    entries = [entry for found in heads.values() for entry in found]
    single = {entry.tokens[0] for entry in entries if len(entry.tokens) == 1}
    return {next((token for token in entry.tokens if token in single), max(entry.tokens, key=len)) for entry in entries}


def build(data: Mapping[str, Any]) -> Lexicon:
    """Lay out the tables of titles.toml.

    Raises:
        RuleError: A head has an unknown key, level or need, or lacks its id or words.
    """
    heads = _heads(data["head"])
    words = {name: frozenset(" ".join(value).split()) for name, value in data["words"].items()}
    tables = [{_tokens(key): value for key, value in data[name].items()} for name in ("status", "modifier", "postfix")]
    status, modifiers, postfixes = tables
    looks = sorted(data["lookalike"]["phrases"])
    singles = {first for first, entries in heads.items() if any(len(entry.tokens) == 1 for entry in entries)}
    prefixes = {key[0] for table in tables for key in table}
    dotted = {r".".join(word) + "." for word in words["acronyms"]}
    return Lexicon(
        heads=heads,
        holders={word: entry["holder"] for entry in data["head"] if "holder" in entry for word in entry["words"]},
        gate=re.compile(
            r"(?<![^\W_])" + trie_pattern(sorted({*_anchors(heads), *dotted, "board", "boards"})) + r"(?![^\W_])"
        ),
        lookalikes=re.compile(r"(?<![^\W_])" + trie_pattern(looks) + r"(?![^\W_])"),
        organs=frozenset(data["lookalike"]["organs"]),
        status=status,
        modifiers=modifiers,
        postfixes=postfixes,
        areas=words["areas"],
        places=words["places"],
        stops=words["stops"] | words["stop_ing"],
        regions=words["regions"],
        ministries=words["ministries"],
        organisations=words["organisations"],
        unit_ed=words["unit_ed"],
        unit_ly=words["unit_ly"],
        groups=words["groups"],
        served=words["served"],
        acronyms=words["acronyms"] | {plural(word) for word in words["acronyms"]},
        verbs=words["verbs"],
        verb_before=words["verb_before"],
        verb_after=words["verb_after"],
        splitters=frozenset(singles | prefixes | {"elect", "designate", "emeritus", "chief"}),
        ranks=frozenset(data["canonical"]["rank"]),
        interim=frozenset(data["canonical"]["interim"]),
        generic=frozenset(data["canonical"]["generic"]),
        canonical_words=dict(data["canonical"]["words"]),
    )


@remembered()
def lexicon() -> Lexicon:
    """The title words in use: the built-in ones, with the user's over them."""
    return build(read_data("titles.toml"))
