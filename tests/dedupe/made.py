"""Articles and mentions for tests, with everything that a test does not name left plain."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from pipeline.records import DIRECTIONS, Article, EventMention, Evidence, Precision
from pipeline.titles import canonical_role, parse_title


def article(article_id: str, day: str | None = "2024-03-04", text: str | None = None, **slots: Any) -> Article:
    """An article of that day; without a text of its own it is like no other."""
    text = article_id if text is None else text
    values: dict[str, Any] = {
        "article_id": article_id,
        "source_uri": article_id,
        "url": f"https://{article_id}.example",
        "publisher": f"{article_id}.example",
        "title": None,
        "authors": (),
        "language": "en",
        "published_at": datetime.fromisoformat(day).replace(tzinfo=UTC) if day else None,
        "published_source": "metadata" if day else None,
        "text": text,
        "text_sha256": hashlib.sha256(text.encode()).hexdigest(),
        "word_count": len(text.split()),
        "status": "ok",
        "reason": None,
    }
    return Article(**{**values, **slots})


def mention(
    article_id: str, person: str, role: str | None, company: str | None, action: str, **slots: Any
) -> EventMention:
    """A mention; `date` is text such as "2024-03" and gives the precision."""
    day, precision = when(slots.pop("date", None))
    titles = parse_title(role) if role else ()
    values: dict[str, Any] = {
        "mention_id": f"{article_id}/{person}/{action}/{role}/{company}",
        "article_id": article_id,
        "event_id": None,
        "person": person,
        "role": role,
        "company": company,
        "action": action,
        "direction": DIRECTIONS[action],  # type: ignore[index]
        "date": day,
        "date_precision": precision,
        "date_text": None,
        "date_source": "text" if day else None,
        "status": "done",
        "scope": "news",
        "person_id": None,
        "company_id": None,
        "role_canonical": canonical_role(role) if role else None,
        "role_level": titles[0].level if titles else None,
        "interim": any(title.interim for title in titles),
        "previous_role": None,
        "other_company": None,
        "counterpart": None,
        "confidence": 0.8,
        "evidence": (Evidence(0, 1, f"{person} {action}.", action, "made"),),
    }
    return EventMention(**{**values, **slots})


def when(text: str | None) -> tuple[date | None, Precision | None]:
    """First day and precision of "2024", "2024-03" or "2024-03-04"."""
    if text is None:
        return None, None
    parts = [int(part) for part in text.split("-")]
    precisions: tuple[Precision, ...] = ("year", "month", "day")
    return date(*[*parts, 1, 1][:3]), precisions[len(parts) - 1]


@dataclass(frozen=True)
class MadeStory:
    """Articles, mentions and the gold event of each mention."""

    name: str
    articles: tuple[Article, ...]
    mentions: tuple[EventMention, ...]
    gold: dict[str, str]


def made_stories() -> Iterator[MadeStory]:
    """The stories of stories.txt."""
    blocks = (Path(__file__).parent / "stories.txt").read_text(encoding="utf-8").strip().split("\n\n")
    for number, block in enumerate(blocks[1:]):
        name, *lines = block.splitlines()
        yield _story(f"s{number:02}", name, lines)


def _story(key: str, name: str, lines: list[str]) -> MadeStory:
    articles: dict[str, Article] = {}
    mentions, gold = [], {}
    for line in lines:
        head, event, person, *rest = (cell.strip() for cell in line.split("|"))
        letter, day, publisher = head.split(maxsplit=2)
        articles.setdefault(letter, article(f"{key}{letter}", day, publisher=publisher))
        role, company, action, stated, status = (None if cell == "-" else cell for cell in rest)
        made = mention(f"{key}{letter}", person, role, company, str(action), date=stated, status=status)
        mentions.append(made)
        gold[made.mention_id] = f"{key} {event}"
    return MadeStory(name, tuple(articles.values()), tuple(mentions), gold)
