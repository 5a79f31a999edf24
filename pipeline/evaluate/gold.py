"""Gold files: what a person says an article states. Every file is checked when it is read."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast

import yaml

from pipeline.errors import InputError
from pipeline.evaluate.normalise import words_of, words_without_possessives
from pipeline.records import DIRECTIONS, SCOPES, STATUSES, Action, Scope, Status

SUFFIXES = (".yaml", ".yml")
_ARTICLE_KEYS = ("article", "published", "events")
_EVENT_KEYS = ("person", "role", "company", "action", "date", "status", "scope", "evidence")
_NULLABLE = frozenset({"role", "company", "date"})
_DATE = re.compile(r"\d{4}(?:-Q[1-4]|-\d{2}(?:-\d{2})?)?")


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """One labelled event. A slot holds every value that counts as right; None among them means "empty"."""

    person: tuple[str, ...]
    role: tuple[str | None, ...]
    company: tuple[str | None, ...]
    action: tuple[Action, ...]
    date: tuple[str | None, ...]
    status: tuple[Status, ...]
    scope: Scope
    evidence: str | None
    line: int


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """The answer for one article; `article` is the name of the raw file."""

    article: str
    published: date | None
    events: tuple[GoldEvent, ...]
    path: Path


def gold_files(folder: Path) -> list[Path]:
    """The gold files of a folder, in order of name.

    Raises:
        InputError: The folder is missing or holds no gold file.
    """
    if not folder.is_dir():
        raise InputError(f"{folder}: no such folder; name the folder of the gold files")
    files = sorted(path for path in folder.iterdir() if path.suffix in SUFFIXES)
    if not files:
        raise InputError(f"{folder}: no gold files (*.yaml) in it; `newsmoves gold new ARTICLE` writes one")
    return files


def read_gold_folder(folder: Path) -> list[GoldArticle]:
    """Every gold file of a folder.

    Raises:
        InputError: A file is wrong, or two files answer for one article.
    """
    seen: dict[str, Path] = {}
    articles = []
    for path in gold_files(folder):
        gold = read_gold(path)
        if gold.article in seen:
            raise InputError(f"{path}: answers for {gold.article!r}, as {seen[gold.article].name} does; keep one")
        seen[gold.article] = path
        articles.append(gold)
    return articles


def gold_digest(golds: Sequence[GoldArticle], articles_dir: Path) -> str:
    """SHA-256 over gold files and their articles: ties floors to what they were measured on."""
    digest = hashlib.sha256()
    for gold in sorted(golds, key=lambda gold: gold.path.name):
        for path in (gold.path, articles_dir / gold.article):
            digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def read_gold(path: Path) -> GoldArticle:
    """One gold file.

    Raises:
        InputError: Unreadable, unknown key or value, missing key; names file, line, problem and remedy.
    """
    try:
        text = path.read_text(encoding="utf-8")
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except OSError as err:
        raise InputError(f"{path}: cannot be read ({err.strerror}); check the path and its permissions") from err
    except UnicodeDecodeError as err:
        raise InputError(f"{path}: not UTF-8 at byte {err.start}; save the file as UTF-8") from err
    except yaml.YAMLError as err:
        raise InputError(_yaml_problem(path, err)) from err
    return _Reader(path).article(root)


def _yaml_problem(path: Path, err: yaml.YAMLError) -> str:
    mark = getattr(err, "problem_mark", None)
    line = mark.line + 1 if mark is not None else 1
    problem = getattr(err, "problem", None) or "not YAML"
    return f"{path}:{line}: {problem}; put quotes around values that hold ': ' or ' #'"


class _Reader:
    """Turns the YAML nodes of one file into records, with the line in every complaint."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def fail(self, node: yaml.Node | None, problem: str) -> InputError:
        line = node.start_mark.line + 1 if node is not None else 1
        return InputError(f"{self.path}:{line}: {problem}")

    def article(self, root: yaml.Node | None) -> GoldArticle:
        fields = self.mapping(root, _ARTICLE_KEYS, "a gold file")
        name = self.text(fields["article"])
        if name is None:
            raise self.fail(fields["article"], "'article' is empty; write the name of the article's file")
        events = fields["events"]
        if not isinstance(events, yaml.SequenceNode):
            raise self.fail(events, "'events' is not a list; write `events: []` where there is none")
        return GoldArticle(
            article=name,
            published=self.published(fields["published"]),
            events=tuple(self.event(node) for node in events.value),
            path=self.path,
        )

    def published(self, node: yaml.Node) -> date | None:
        value = self.text(node)
        if value is None:
            return None
        try:
            return date.fromisoformat(value)
        except ValueError as err:
            raise self.fail(node, f"'published' is {value!r}; write a day like 2024-10-15, or null") from err

    def event(self, node: yaml.Node) -> GoldEvent:
        fields = self.mapping(node, _EVENT_KEYS, "an event", optional=("evidence",))
        scope = self.values(fields["scope"], "scope", SCOPES)
        if len(scope) != 1:
            raise self.fail(fields["scope"], "'scope' takes one value: news or background")
        evidence = fields.get("evidence")
        return GoldEvent(
            person=cast(tuple[str, ...], self.values(fields["person"], "person")),
            role=self.values(fields["role"], "role"),
            company=self.values(fields["company"], "company"),
            action=cast(tuple[Action, ...], self.values(fields["action"], "action", tuple(DIRECTIONS))),
            date=self.dates(fields["date"]),
            status=cast(tuple[Status, ...], self.values(fields["status"], "status", STATUSES)),
            scope=cast(Scope, scope[0]),
            evidence=self.text(evidence) if evidence is not None else None,
            line=node.start_mark.line + 1,
        )

    def dates(self, node: yaml.Node) -> tuple[str | None, ...]:
        values = self.values(node, "date")
        for value in values:
            if value is not None and not is_date(value):
                raise self.fail(node, f"'date' is {value!r}; write 2024-10-07, 2024-10, 2024-Q3 or 2024")
        return values

    def values(self, node: yaml.Node, slot: str, known: Sequence[str] | None = None) -> tuple[str | None, ...]:
        nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
        values = tuple(self.text(item) for item in nodes)
        if not values:
            raise self.fail(node, f"'{slot}' is an empty list; write null for an empty slot")
        if len(set(values)) < len(values):
            raise self.fail(node, f"'{slot}' lists a value twice; name each right value once")
        for value in values:
            if value is None and slot not in _NULLABLE:
                raise self.fail(node, f"'{slot}' is empty; every event has one")
            if known is not None and value not in known:
                raise self.fail(node, f"unknown {slot} {value!r} (known: {', '.join(known)})")
        return values

    def mapping(
        self, node: yaml.Node | None, keys: Sequence[str], what: str, optional: Sequence[str] = ()
    ) -> Mapping[str, yaml.Node]:
        if not isinstance(node, yaml.MappingNode):
            raise self.fail(node, f"{what} is not a list of `key: value` lines (keys: {', '.join(keys)})")
        fields: dict[str, yaml.Node] = {}
        for key_node, value in node.value:
            key = str(key_node.value)
            if key not in keys:
                raise self.fail(key_node, f"unknown key {key!r} in {what} (known: {', '.join(keys)})")
            if key in fields:
                raise self.fail(key_node, f"key {key!r} stands twice in {what}; keep one")
            fields[key] = value
        missing = [key for key in keys if key not in fields and key not in optional]
        if missing:
            raise self.fail(node, f"{what} lacks {', '.join(missing)}; write null for an empty slot")
        return fields

    def text(self, node: yaml.Node) -> str | None:
        if not isinstance(node, yaml.ScalarNode):
            raise self.fail(node, "expected one value here, found a list or mapping")
        if node.tag.endswith(":null"):
            return None
        value = str(node.value).strip()
        if not value:
            raise self.fail(node, "empty text; write null for an empty slot")
        return value


def is_date(value: str) -> bool:
    """Whether a text is a date as gold files write it."""
    if not _DATE.fullmatch(value):
        return False
    try:
        if len(value) == 10:
            date.fromisoformat(value)
        elif len(value) == 7 and value[5] != "Q":
            date.fromisoformat(f"{value}-01")
    except ValueError:
        return False
    return value[:4] != "0000"


def check_against_text(gold: GoldArticle, text: str) -> list[str]:
    """What a gold file says that its article does not: people who do not occur, evidence that is not there.

    Returns:
        One line per problem, with file and line; empty when all is well.
    """
    words, flat = f" {words_of(text)} ", " ".join(text.split())
    vocabulary = frozenset(words.split()) | frozenset(words_without_possessives(text).split())
    problems = []
    for event in gold.events:
        where = f"{gold.path}:{event.line}"
        problems += [
            f"{where}: person {name!r} does not occur in {gold.article}; copy the name from the article"
            for name in event.person
            if not all(word in vocabulary for word in words_of(name).split())
        ]
        quoted = event.evidence
        if quoted and " ".join(quoted.split()) not in flat and f" {words_of(quoted)} " not in words:
            problems.append(f"{where}: evidence {quoted!r} is not in {gold.article}; copy it letter by letter")
    return problems
