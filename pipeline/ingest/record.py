"""From one record (a mapping of columns to values) to a document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.ingest.found import Found, Unreadable
from pipeline.ingest.markup import is_fragment, is_page
from pipeline.ingest.metadata import from_mapping, pick
from pipeline.ingest.settings import IngestSettings

_HTML_KEYS = ("html", "raw_html", "content_html", "body_html", "html_content")
_SHOWN_KEYS = 12


def from_record(record: Mapping[str, Any], settings: IngestSettings) -> Found:
    """The article of a record; text in HTML is recognised as such.

    Raises:
        Unreadable: No column holds the text.
    """
    columns = settings.columns
    record = {str(key): value for key, value in record.items()}
    meta = from_mapping(record, Found(), columns)
    body = pick(record, "text", columns)
    if body is None and "text" not in columns:
        body = next((record[key] for key in _HTML_KEYS if record.get(key)), None)
    if body is None:
        if _has_text_column(record, settings):
            return meta
        keys = ", ".join(list(record)[:_SHOWN_KEYS]) or "none"
        raise Unreadable(f"no column with the text (columns: {keys}); name it, such as text=COLUMN"[:400])
    return with_body(meta, _as_body(body), settings)


def with_body(meta: Found, body: str, settings: IngestSettings) -> Found:
    """`meta` with a text of unknown markup."""
    from dataclasses import replace

    if is_page(body):
        from pipeline.ingest.page import read_page

        page = read_page(body, meta.url, settings.limits)
        return replace(
            page,
            title=meta.title or page.title,
            url=meta.url or page.url,
            published=meta.published or page.published,
            authors=meta.authors or page.authors,
            publisher=meta.publisher or page.publisher,
        )
    return replace(meta, body=body, markup="fragment" if is_fragment(body) else "plain")


def _has_text_column(record: Mapping[str, Any], settings: IngestSettings) -> bool:
    from pipeline.ingest.metadata import column_for

    return settings.columns.get("text", "") in record or column_for(record, "text") is not None


def _as_body(value: Any) -> str:
    """Text of a value: paragraphs may come as a list, of strings or of mappings with a text."""
    if isinstance(value, str):
        return value
    if isinstance(value, bytes):
        from pipeline.ingest.encoding import decode

        return decode(value)
    if isinstance(value, list | tuple):
        parts = [item.get("text") if isinstance(item, Mapping) else item for item in value]
        return "\n\n".join(part for part in parts if isinstance(part, str))
    if isinstance(value, Mapping):
        inner = pick(value, "text")
        return inner if isinstance(inner, str) else ""
    return str(value)
