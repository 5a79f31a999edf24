"""RSS and Atom feeds: one article per entry."""

from __future__ import annotations

from calendar import timegm
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from pipeline.ingest.found import Found, Unreadable
from pipeline.ingest.metadata import as_authors, as_text, canonical_url
from pipeline.ingest.record import with_body
from pipeline.ingest.settings import IngestSettings, Limits


def read_feed(data: bytes, settings: IngestSettings) -> Iterator[Found]:
    """One document per entry, with its full content where the feed has it, else its summary.

    Raises:
        Unreadable: The feed is broken and has no entries, or has none at all.
    """
    import feedparser

    feed = feedparser.parse(data, resolve_relative_uris=False)
    if not feed.entries:
        raise Unreadable(f"broken feed: {feed.bozo_exception}"[:300] if feed.bozo else "feed without entries")
    for number, entry in enumerate(feed.entries, start=1):
        publisher = as_text((entry.get("source") or {}).get("title")) or as_text(feed.feed.get("title"))
        meta = Found(
            title=_title(entry, settings.limits),
            url=canonical_url(entry.get("link")),
            published=_published(entry),
            authors=as_authors([author.get("name") for author in entry.get("authors", [])]),
            publisher=publisher,
        )
        try:
            found = with_body(meta, _content(entry), settings)
        except Unreadable as err:
            found = Found(problem=str(err))
        yield replace(found, number=number)


def _title(entry: Any, limits: Limits) -> str | None:
    from pipeline.ingest.markup import fragment_text, is_fragment

    title = entry.get("title") or ""
    return as_text(fragment_text(title, limits) if is_fragment(title) else title)


def _content(entry: Any) -> str:
    texts = [part.get("value") or "" for part in entry.get("content", [])]
    texts.append(entry.get("summary") or "")
    return max(texts, key=len)


def _published(entry: Any) -> datetime | None:
    for key in ("published_parsed", "created_parsed", "updated_parsed"):
        if entry.get(key):
            try:
                return datetime.fromtimestamp(timegm(entry[key]), UTC)
            except (ValueError, OverflowError, OSError):
                continue
    return None
