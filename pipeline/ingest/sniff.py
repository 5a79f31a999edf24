"""What a stream holds, by its first bytes; the name decides only where the content leaves it open."""

from __future__ import annotations

import csv
import io
import re
from pathlib import PurePosixPath
from typing import Literal

from pipeline.ingest.encoding import decode, guess_encoding
from pipeline.ingest.found import Unreadable
from pipeline.ingest.metadata import column_for

Format = Literal[
    "gz", "bz2", "xz", "zst", "zip", "tar", "parquet", "warc", "feed", "html", "mail", "jsonl", "json",
    "delimited", "markdown", "plain",
]  # fmt: skip

HEAD_BYTES = 32 * 1024

_MAGIC: tuple[tuple[bytes, Format], ...] = (
    (b"\x1f\x8b", "gz"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x28\xb5\x2f\xfd", "zst"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"PAR1", "parquet"),
    (b"WARC/", "warc"),
)
_FOREIGN = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG image"),
    (b"\xff\xd8\xff", "JPEG image"),
    (b"GIF8", "GIF image"),
    (b"RIFF", "RIFF media"),
    (b"\x7fELF", "program"),
    (b"MZ\x90", "program"),
    (b"SQLite format 3", "SQLite database"),
    (b"\xd0\xcf\x11\xe0", "old office document"),
    (b"{\\rtf", "RTF document"),
    (b"7z\xbc\xaf", "7z archive"),
    (b"Rar!", "RAR archive"),
    (b"ARROW1", "Arrow file"),
    (b"Obj\x01", "Avro file"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MAX_CONTROL_SHARE = 0.1  # mangled text stays below 0.02, compressed bytes are near 0.11 of all values

_ROOT = re.compile(
    r"\A\s*(?:(?><\?[^>]{0,300}>|<!--.{0,5000}?-->|<!DOCTYPE(?! html)[^>\[]{0,300}>)\s*)*+"
    r"<([\w:!-]+)(?:\s+(html))?",
    re.DOTALL | re.IGNORECASE,
)
_HTML_ROOTS = frozenset(
    [
        "html",
        "head",
        "body",
        "div",
        "p",
        "article",
        "section",
        "main",
        "table",
        "h1",
        "h2",
        "h3",
        "span",
        "ul",
        "ol",
        "a",
        "b",
        "i",
        "em",
        "strong",
        "blockquote",
        "figure",
        "img",
        "br",
        "center",
        "font",
        "meta",
        "title",
        "header",
        "script",
        "style",
        "link",
        "nav",
        "form",
        "iframe",
    ]
)
_FEED_ROOTS = frozenset({"rss", "feed", "rdf:rdf"})
_CLOSING_TAG = re.compile(r"</(?:p|div|html|body|article|h[1-6]|ul|li|section)>", re.IGNORECASE)
_JSON_LINE = re.compile(r"\A\s*\{\s*(?:\"|\})")
_JSON_ARRAY = re.compile(r"\A\s*\[\s*(?:\{|\]|\Z)")
_HEADER = re.compile(r"^([A-Za-z][A-Za-z0-9-]{1,60}):(?: |\t|$)")
_MAIL_HEADERS = frozenset(
    [
        "from",
        "to",
        "subject",
        "date",
        "received",
        "return-path",
        "mime-version",
        "message-id",
        "delivered-to",
        "content-type",
        "reply-to",
        "dkim-signature",
    ]
)
_MARKDOWN_SIGNS = (
    re.compile(r"^#{1,6} \S", re.MULTILINE),
    re.compile(r"\*\*[^*\n]{2,200}\*\*"),
    re.compile(r"^(?:\*|\d{1,2}\.) \S.*\n(?:\*|\d{1,2}\.) \S", re.MULTILINE),
)
_MARKDOWN_LINK = re.compile(r"(?<!\\)\[[^\[\]\n]{1,300}\]\((?:https?://|/|#|mailto:)[^\s)]{0,2000}(?: \"[^\"\n]*\")?\)")
DELIMITERS = ("\t", ",", ";", "|")


def sniff(head: bytes, name: str) -> Format:
    """Format of a stream that starts with `head`.

    Raises:
        Unreadable: The content is of no format that holds articles.
    """
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if re.match(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)", head):
        return "bz2"
    if head[257:262] == b"ustar":
        return "tar"
    for magic, label in _FOREIGN:
        if head.startswith(magic):
            raise Unreadable(f"binary file: {label}")
    encoding = guess_encoding(head)
    if "16" not in encoding and "32" not in encoding:
        share = len(_CONTROL.findall(head)) / max(len(head), 1)
        if share > _MAX_CONTROL_SHARE or head.count(0) > 0.01 * len(head):
            raise Unreadable("binary file")
    return _sniff_text(decode(head, encoding), PurePosixPath(name).suffix.lower().lstrip("."))


def _sniff_text(text: str, suffix: str) -> Format:
    if suffix in ("jsonl", "ndjson"):
        return "jsonl"
    if suffix == "json" or _JSON_LINE.match(text) or _JSON_ARRAY.match(text):
        return _sniff_json(text)
    if suffix in ("csv", "tsv") or delimiter_of(text.lstrip().split("\n", 1)[0], []):
        return "delimited"
    if markup := _sniff_markup(text, suffix):
        return markup
    if suffix == "eml" or _is_mail(text):
        return "mail"
    if suffix in ("md", "markdown", "mdx") or text.startswith(("---\n", "---\r\n", "+++\n")):
        return "markdown"
    return "markdown" if _is_markdown(text) else "plain"


def _is_markdown(text: str) -> bool:
    if "](" in text and _MARKDOWN_LINK.search(text):
        return True
    # Two of three signs, so one of the first two; nearly all texts have neither.
    return ("# " in text or "**" in text) and sum(bool(sign.search(text)) for sign in _MARKDOWN_SIGNS) >= 2


def _sniff_json(text: str) -> Format:
    """Lines of records, or one value over several lines."""
    if _JSON_ARRAY.match(text):
        return "json"
    first, newline, rest = text.strip().partition("\n")
    return "jsonl" if newline and first.rstrip().endswith("}") and rest.lstrip().startswith("{") else "json"


def _sniff_markup(text: str, suffix: str) -> Format | None:
    root = _ROOT.match(text)
    tag = root[1].lower() if root else ""
    if tag in _FEED_ROOTS:
        return "feed"
    if root and (tag in _HTML_ROOTS or (tag == "!doctype" and root[2])) and _looks_marked_up(text, tag):
        return "html"
    if suffix in ("html", "htm", "xhtml"):
        return "html"
    if suffix in ("rss", "atom"):
        return "feed"
    if root and text.lstrip().startswith("<?xml"):
        raise Unreadable(f"XML with root '{root[1][:50]}'; feeds and XHTML can be read")
    return None


def _looks_marked_up(text: str, tag: str) -> bool:
    return tag in ("!doctype", "html", "head", "body") or bool(_CLOSING_TAG.search(text))


def _is_mail(text: str) -> bool:
    if text.startswith("From ") and re.match(r"From \S+@\S+ ", text):
        text = text.partition("\n")[2]
    names = set()
    for line in text.lstrip("\r\n").splitlines()[:200]:
        header = _HEADER.match(line)
        if header:
            names.add(header[1].lower())
        elif not line[:1].isspace():
            break
    known = names & _MAIL_HEADERS
    return len(known) >= 3 and bool(known & {"from", "received", "mime-version", "message-id"})


def delimiter_of(header: str, wanted: list[str]) -> str | None:
    """What separates the columns of a header line that names a text column and one more, else None.

    Args:
        header: First line of a file.
        wanted: Column names that the user gave; one of them also makes a header.
    """
    for delimiter in DELIMITERS:
        if header.count(delimiter) == 0 or len(header) > 10_000:
            continue
        names = next(csv.reader(io.StringIO(header.strip()), delimiter=delimiter), [])
        known = [our for our in ("text", "title", "url", "published") if column_for(names, our)]
        if ("text" in known and len(known) > 1) or set(names) & set(wanted):
            return delimiter
    return None
