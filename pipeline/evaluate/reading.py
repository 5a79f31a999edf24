"""The raw file of a gold file as an article, read as a run would read it."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from pathlib import Path

import yaml

from pipeline.evaluate.run import with_published
from pipeline.records import Article


def read_article(path: Path, published: date | None) -> Article:
    """One raw file as an article; `published` counts where the file itself gives no date."""
    text = path.read_text(encoding="utf-8", errors="replace")
    found = None
    title = None
    if text.startswith("---\n") and "\n---\n" in text[4:]:
        head, _, text = text[4:].partition("\n---\n")
        front = yaml.safe_load(head)
        title = front.get("title")
        day = front.get("date") or front.get("published")
        found = datetime.fromisoformat(str(day)) if day else None
    text = text.strip()
    return with_published(
        Article(
            article_id=path.name,
            source_uri=path.name,
            url=None,
            publisher=None,
            title=title,
            authors=(),
            language="en",
            published_at=found.replace(tzinfo=UTC) if found else None,
            published_source="metadata" if found else None,
            text=text,
            text_sha256=hashlib.sha256(text.encode()).hexdigest(),
            word_count=len(text.split()),
            status="ok",
            reason=None,
        ),
        published,
    )
