"""Event mentions to events: the order of the steps."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from pipeline.dedupe.articles import ArticleHead, head_of
from pipeline.dedupe.canonical import Member, canonical_event
from pipeline.dedupe.identity import derive_id, keep_ids
from pipeline.dedupe.result import DedupeResult, DuplicateKind
from pipeline.records import Article, Event, EventMention, Rejection

_LAST = datetime.max.replace(tzinfo=UTC)


def dedupe(
    articles: Iterable[Article],
    mentions: Sequence[EventMention],
    previous: Sequence[Event] = (),
    previous_mentions: Sequence[EventMention] = (),
) -> DedupeResult:
    """Merge all mentions of the same event, whatever the source.

    Args:
        articles: All articles the mentions come from, in any order; read once, texts are not kept.
        mentions: All mentions there are now, old and new, in any order. A mention of the former run that is
            missing here has vanished and leaves its event.
        previous: Events of the former run; they lend their ids.
        previous_mentions: Mentions of the former run, with their event, person and company ids.

    Returns:
        The same for any order of articles and mentions.
    """
    heads: dict[str, ArticleHead] = {}
    duplicates = _copies(articles, heads)
    filled = [
        replace(
            mention,
            person_id=derive_id("p_", _fold(mention.person)),
            company_id=derive_id("c_", _fold(mention.company)) if mention.company else None,
        )
        for mention in sorted(mentions, key=lambda m: m.mention_id)
    ]
    groups: dict[tuple[object, ...], list[EventMention]] = defaultdict(list)
    for mention in filled:
        role = _fold(mention.role_canonical or mention.role or "")
        key = (mention.person_id, mention.company_id, mention.direction, role, mention.status == "denied")
        groups[key].append(mention)
    clusters = [sorted(group, key=lambda m: _age(m, heads)) for group in groups.values()]
    clusters.sort(key=lambda cluster: cluster[0].mention_id)

    former = {m.mention_id: m.event_id for m in previous_mentions if m.event_id}
    ages = {event.event_id: (event.first_published or _LAST, event.event_id) for event in previous}
    ids, merged = keep_ids([[m.mention_id for m in c] for c in clusters], former, ages, "e_")
    events = []
    done: list[EventMention] = []
    for event_id, cluster in zip(ids, clusters, strict=True):
        members = [
            Member(replace(m, event_id=event_id), heads.get(m.article_id), _origin(m.article_id, duplicates))
            for m in cluster
        ]
        done.extend(member.mention for member in members)
        events.append(canonical_event(event_id, members))
    merges = [
        Rejection("", "dedupe", None, None, lost, None, f"merged_into:{kept}")
        for lost, kept in merged.items()
    ]
    return DedupeResult(
        duplicates=duplicates,
        mentions=tuple(sorted(done, key=lambda m: (m.article_id, m.mention_id))),
        events=tuple(sorted(events, key=lambda e: e.event_id)),
        merges=tuple(sorted(merges, key=lambda r: r.text or "")),
        rejections=(),
        counts={
            "mentions": len(done),
            "events": len(events),
            "copies": len(duplicates),
            "merges": len(merges),
        },
    )


def _copies(
    articles: Iterable[Article], heads: dict[str, ArticleHead]
) -> dict[str, tuple[str, DuplicateKind]]:
    by_text: dict[str, list[ArticleHead]] = defaultdict(list)
    for article in articles:
        heads[article.article_id] = head_of(article)
        if article.status == "ok":
            by_text[article.text_sha256].append(heads[article.article_id])
    found: dict[str, tuple[str, DuplicateKind]] = {}
    for group in by_text.values():
        ordered = sorted(group, key=lambda head: (head.published_at or _LAST, head.article_id))
        for copy in ordered[1:]:
            found[copy.article_id] = (ordered[0].article_id, "exact")
    return dict(sorted(found.items()))


def _origin(article_id: str, duplicates: Mapping[str, tuple[str, DuplicateKind]]) -> str:
    return duplicates[article_id][0] if article_id in duplicates else article_id


def _age(mention: EventMention, heads: Mapping[str, ArticleHead]) -> tuple[datetime, str]:
    head = heads.get(mention.article_id)
    return ((head.published_at if head else None) or _LAST, mention.mention_id)


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c)).split())
