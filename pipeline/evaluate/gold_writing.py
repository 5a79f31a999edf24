"""Writing gold files, and the first draft of one from the extractor's own answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from pipeline.evaluate.gold import GoldArticle, GoldEvent
from pipeline.evaluate.normalise import date_text
from pipeline.records import Article, EventMention

_DRAFT_HEAD = (
    "# Draft: the extractor's own answer. Correct every row, add what it missed, delete what is wrong, then\n"
    "# remove these two lines. An article that states no event has `events: []`.\n"
)


def gold_yaml(gold: GoldArticle) -> str:
    """A gold file's text; `read_gold` gives the same answer back."""
    data = {
        "article": gold.article,
        "published": gold.published.isoformat() if gold.published else None,
        "events": [_event(event) for event in gold.events],
    }
    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=110)


def _event(event: GoldEvent) -> dict[str, Any]:
    row: dict[str, Any] = {
        "person": _alternatives(event.person),
        "role": _alternatives(event.role),
        "company": _alternatives(event.company),
        "action": _alternatives(event.action),
        "date": _alternatives(event.date),
        "status": _alternatives(event.status),
        "scope": event.scope,
    }
    if event.evidence is not None:
        row["evidence"] = event.evidence
    return row


def _alternatives(values: Sequence[str | None]) -> str | list[str | None] | None:
    return values[0] if len(values) == 1 else list(values)


def draft(article: Article, name: str, mentions: Sequence[EventMention]) -> str:
    """A draft gold file for a person to correct.

    Args:
        article: The article, for its publication date.
        name: Name of the raw file.
        mentions: The extractor's rows; they are put in the order of their evidence.
    """
    rows = sorted(mentions, key=lambda row: (_first_start(row), row.person, row.role or "", row.mention_id))
    found = article.published_at if article.published_source != "option" else None
    gold = GoldArticle(
        article=name,
        published=date(found.year, found.month, found.day) if found else None,
        events=tuple(_drafted(row) for row in rows),
        path=Path(name),
    )
    return _DRAFT_HEAD + gold_yaml(gold)


def _first_start(row: EventMention) -> int:
    return min((piece.start for piece in row.evidence), default=0)


def _drafted(row: EventMention) -> GoldEvent:
    return GoldEvent(
        person=(row.person,),
        role=(row.role,),
        company=(row.company,),
        action=(row.action,),
        date=(date_text(row.date, row.date_precision),),
        status=(row.status,),
        scope=row.scope,
        evidence=" ".join(row.evidence[0].sentence.split()) if row.evidence else None,
        line=0,
    )
