"""Markdown with front matter."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Any

import yaml

from pipeline.ingest.found import Found, Unreadable
from pipeline.ingest.metadata import from_mapping

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_FENCE = re.compile(r"\A\ufeff?(---|\+\+\+)[ \t]*\r?\n")
_KEY = re.compile(r"\A\s*[\w-]+\s*[:=]")
# A reference link whose address is missing: [Jane Roe][1].
_REFERENCE = re.compile(r"\[([^\[\]\n]{1,200})\]\[[^\[\]\n]{0,100}\]")


class _PlainLoader(yaml.SafeLoader):
    """A safe loader that also refuses aliases, with which a few lines can stand for gigabytes."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.MarkedYAMLError(problem="aliases (*name) are not allowed; quote the value", problem_mark=mark)
        return super().compose_node(parent, index)


def read_markdown(text: str, front_matter_bytes: int) -> Found:
    """The document; a front matter that can't be parsed makes it unreadable."""
    fields, body = split_front_matter(text, front_matter_bytes)
    return from_mapping(fields, Found(body=body, markup="markdown"))


def split_front_matter(text: str, front_matter_bytes: int) -> tuple[dict[str, Any], str]:
    """Keys of the YAML (---) or TOML (+++) front matter, and the rest of the text.

    Raises:
        Unreadable: The front matter is broken, too long or has no end.
    """
    start = _FENCE.match(text)
    if not start:
        return {}, text
    mark = re.escape(start[1]) if start[1] == "+++" else r"(?:---|\.\.\.)"
    end = re.compile(rf"^{mark}[ \t]*\r?$", re.MULTILINE).search(text, start.end())
    if end is None:
        if _KEY.match(text[start.end() :]):
            raise Unreadable("front matter has no closing line")
        return {}, text
    block = text[start.end() : end.start()]
    if len(block) > front_matter_bytes:
        raise Unreadable(f"front matter is longer than {front_matter_bytes} bytes")
    fields = _parse_toml(block) if start[1] == "+++" else _parse_yaml(block)
    if fields is None:  # a text between two rulers
        return {}, text
    return fields, text[end.end() :]


def _parse_yaml(block: str) -> dict[str, Any] | None:
    if block.strip() and not _KEY.search(block):
        return None
    try:
        fields = _values(block)
    except yaml.MarkedYAMLError as err:
        line = err.problem_mark.line + 2 if err.problem_mark else 0
        raise Unreadable(f"broken front matter, line {line}: {err.problem}") from err
    except (yaml.YAMLError, ValueError, OverflowError) as err:
        raise Unreadable(f"broken front matter: {err}") from err
    except RecursionError as err:
        raise Unreadable("broken front matter: nested too deeply") from err
    if fields is None:
        return {}
    if not isinstance(fields, Mapping):
        raise Unreadable("broken front matter: not a list of keys and values")
    return {str(key): value for key, value in fields.items()}


def _values(block: str) -> Any:
    """What YAML makes of a block. The loader in C takes a tenth of the time; what it refuses, and what may hold an
    alias, is left to the other, and so is the telling of what is wrong."""
    fast = getattr(yaml, "CSafeLoader", None)
    if fast is not None and "*" not in block:
        with suppress(yaml.YAMLError):
            return yaml.load(block, Loader=fast)
    return yaml.load(block, Loader=_PlainLoader)


def _parse_toml(block: str) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(block)
    except (tomllib.TOMLDecodeError, RecursionError) as err:
        raise Unreadable(f"broken front matter: {err}") from err


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    # Raw HTML is off: <OLN> is a ticker. Indented code is off: it is text that someone indented.
    return (
        MarkdownIt("commonmark", {"html": False})
        .enable(["table", "strikethrough"])
        .disable(["code", "html_block", "html_inline"])
    )


def strip_markdown(text: str) -> str:
    """The words of a Markdown text: blocks apart by an empty line, list items as "- ", cells between "|"."""
    lines: list[str] = []
    item = row = ""
    for token in _parser().parse(text):
        match token.type:
            case "list_item_open":
                item = "- "
            case (
                "bullet_list_open"
                | "ordered_list_open"
                | "table_open"
                | "bullet_list_close"
                | "ordered_list_close"
                | "table_close"
            ):
                lines.append("")
            case "tr_open":
                row = "|"
            case "tr_close":
                lines.append(row)
                row = ""
            case "inline":
                words = _REFERENCE.sub(r"\1", _inline(token.children or []))
                if row:
                    row += f" {words} |"
                    continue
                lines.append(item + words)
                if not item and token.level < 2:
                    lines.append("")
                item = ""
            case "fence" | "code_block":
                lines.extend((token.content, ""))
            case _:
                pass
    return "\n".join(lines)


def _inline(tokens: list[Token]) -> str:
    parts = []
    for token in tokens:
        if token.type in ("text", "code_inline"):
            parts.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            parts.append("\n")
    return "".join(parts)
