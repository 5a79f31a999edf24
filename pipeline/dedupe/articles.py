"""What merging needs of an article: everything but its text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from pipeline.records import Article

_LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class ArticleHead:
    """An article without its text, so that a million of them fit in memory."""

    article_id: str
    url: str | None
    publisher: str | None
    published_at: datetime | None


def head_of(article: Article) -> ArticleHead:
    """The article without its text."""
    return ArticleHead(article.article_id, article.url, article.publisher, article.published_at)


def age_of(head: ArticleHead) -> tuple[datetime, str]:
    """Sort key: first published first, undated last, ties by id."""
    return (head.published_at or _LAST, head.article_id)
