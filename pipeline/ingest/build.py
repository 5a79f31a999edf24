"""From a found document to an `Article`: cleaning, date, language, status."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Literal
from urllib.parse import urlsplit

from pipeline.ingest.cleaning import normalise, tidy, unbracket, unwrap
from pipeline.ingest.dates import date_in_path, date_in_text, date_in_url
from pipeline.ingest.found import Found
from pipeline.ingest.furniture import remove_furniture
from pipeline.ingest.language import detect_language
from pipeline.ingest.lead import headline_of, split_byline, with_headline, without_trail
from pipeline.ingest.markup import fragment_text, has_entities
from pipeline.ingest.metadata import domain_of
from pipeline.ingest.settings import IngestSettings
from pipeline.records import Article

# Cleaning may shorten a text so much; what is longer is refused before the work.
_LONGER = 2
_WORD = re.compile(r"\w+(?:[-'’.]\w+)*")


def article_id(url: str | None, source_uri: str) -> str:
    """Stable for the same canonical URL, else for the same path. A site's front page identifies no article.

    Two records of one URL get the same id, in one file or in several: the caller keeps one of them.
    """
    parts = urlsplit(url) if url else None
    named = parts is not None and (parts.path.strip("/") or parts.query)
    key = f"url:{url}" if named else f"path:{source_uri}"
    return "a" + hashlib.blake2b(key.encode("utf-8", "replace"), digest_size=8).hexdigest()


def text_sha256(text: str) -> str:
    """Hash of a cleaned text; equal for exact copies."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def failed(source_uri: str, reason: str) -> Article:
    """The row of a file or record that can't be read."""
    return _article(source_uri, Found(), "", 0, None, None, "failed", reason)


def build(found: Found, source_uri: str, settings: IngestSettings) -> Article:
    """The article of a found document, cleaned and dated.

    `text` starts with the title as a paragraph of its own where there is one, so that whoever reads
    `text` reads the headline too.
    """
    if found.problem is not None:
        return failed(source_uri, found.problem)
    longest = settings.limits.text_chars
    if found.markup != "fragment" and len(found.body) > _LONGER * longest:
        return failed(source_uri, f"text of {len(found.body)} characters (at most {longest})")
    body, authors = split_byline(without_trail(_clean(found, settings)))
    title = normalise(found.title).replace("\n", " ") if found.title else None
    if title:
        title = unbracket(title)
    else:
        title = headline_of(body)
    text = with_headline(title, body)
    if len(text) > longest:
        return failed(source_uri, f"text of {len(text)} characters (at most {longest})")
    published, how = _published(found, text, source_uri, settings)
    words = _words(body)
    language = detect_language(text) if text else None
    reason = None
    if not words:
        reason = "empty"
    elif words < settings.limits.min_words:
        reason = f"too short ({words} word{'s' if words > 1 else ''})"
    elif language != "en":
        reason = f"language {language}"
    article = Found(
        title=title,
        url=found.url,
        published=published,
        authors=tuple(name for name in found.authors or authors if name != found.publisher),
        publisher=found.publisher,
    )
    all_words = words if text is body else words + _words(title or "")
    return _article(source_uri, article, text, all_words, how, language, "skipped" if reason else "ok", reason)


def _words(text: str) -> int:
    return len(_WORD.findall(text))


def mark_exact_copies(articles: Iterable[tuple[str, str, datetime | None]]) -> dict[str, str]:
    """Which articles are exact copies of which.

    Args:
        articles: (article_id, text_sha256, published_at) of articles with status ok.

    Returns:
        Copy's article_id to its original's: the one published earliest (undated ones last), then the
        smallest id. Originals have no entry.
    """
    groups: dict[str, list[tuple[datetime, str]]] = {}
    for key, digest, published in articles:
        groups.setdefault(digest, []).append((published or datetime.max.replace(tzinfo=UTC), key))
    return {key: min(group)[1] for group in groups.values() for _, key in sorted(group) if key != min(group)[1]}


def _clean(found: Found, settings: IngestSettings) -> str:
    """The body without its markup; line ends mended where the markup doesn't set them."""
    match found.markup:
        case "plain":
            text = html.unescape(found.body) if has_entities(found.body) else found.body
            text = unwrap(normalise(text))
        case "markdown":
            from pipeline.ingest.markdown import strip_markdown

            text = unwrap(normalise(strip_markdown(found.body)))
        case "fragment":
            text = normalise(fragment_text(found.body, settings.limits))
        case "clean":
            text = normalise(found.body)
    return tidy(remove_furniture(tidy(unbracket(text))))


def _published(
    found: Found, text: str, source_uri: str, settings: IngestSettings
) -> tuple[datetime | None, Literal["metadata", "text", "name", "option"] | None]:
    if found.published:
        return found.published, "metadata"
    if day := date_in_text(text):
        return day, "text"
    day = date_in_url(found.url or "")
    if day is None and found.named_by_date:
        day = date_in_path(source_uri)
    if day:
        return day, "name"
    if settings.published:
        day = datetime(settings.published.year, settings.published.month, settings.published.day, tzinfo=UTC)
        return day, "option"
    return None, None


def _article(
    source_uri: str,
    found: Found,
    text: str,
    word_count: int,
    how: Literal["metadata", "text", "name", "option"] | None,
    language: str | None,
    status: Literal["ok", "skipped", "failed"],
    reason: str | None,
) -> Article:
    return Article(
        article_id=article_id(found.url, source_uri),
        source_uri=source_uri,
        url=found.url,
        publisher=found.publisher or domain_of(found.url),
        title=found.title,
        authors=found.authors,
        language=language,
        published_at=found.published,
        published_source=how,
        text=text,
        text_sha256=text_sha256(text),
        word_count=word_count,
        status=status,
        reason=reason,
    )
