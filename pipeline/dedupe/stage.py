"""Event mentions to events: the order of the steps."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from pipeline.dedupe.articles import ArticleHead
from pipeline.dedupe.canonical import canonical_event
from pipeline.dedupe.companies import Companies
from pipeline.dedupe.copies import Copies, find_copies
from pipeline.dedupe.denials import link_denials
from pipeline.dedupe.identity import Former, carry_merges, keep_ids
from pipeline.dedupe.persons import group_persons
from pipeline.dedupe.result import DedupeResult
from pipeline.dedupe.seats import Named
from pipeline.dedupe.settings import DedupeSettings, load_settings
from pipeline.dedupe.tellings import Teller
from pipeline.dedupe.votes import Member
from pipeline.records import Article, Event, EventMention, Rejection

_REVERSE = {"in": "out", "out": "in", "pause": "in"}
_LAST = datetime.max.replace(tzinfo=UTC)


def dedupe(
    articles: Iterable[Article],
    mentions: Sequence[EventMention],
    previous: Sequence[Event] = (),
    previous_mentions: Sequence[EventMention] = (),
    settings: DedupeSettings | None = None,
    previous_rejections: Iterable[Rejection] = (),
    copies: Copies | None = None,
    companies: Companies | None = None,
) -> DedupeResult:
    """Merge all mentions of the same event, whatever the source.

    Args:
        articles: All articles the mentions come from, in any order; read once, texts are not kept.
        mentions: All mentions there are now, old and new, in any order. A mention of the former run that is
            missing here has vanished and leaves its event.
        previous: Events of the former run; they lend their ids.
        previous_mentions: Mentions of the former run, with their event, person and company ids.
        settings: Those of `rules/dedupe.toml` by default.
        previous_rejections: Rejections of the former run; merges recorded there are carried on.
        copies: What `find_copies` would find; then `articles` are not read.
        companies: Those of the mentions; found here when not given.

    Returns:
        The same for any order of articles and mentions. What belongs together depends on `articles`,
        `mentions` and `settings` alone; the former run only lends ids.
    """
    settings = settings or load_settings()
    copies = copies or find_copies(articles, settings.copies, persons_named(mentions))
    bounds = copies.bounds
    ordered = sorted(mentions, key=lambda m: (_published(m, copies.heads), m.mention_id))
    companies = companies or companies_named(mentions, copies.renames, settings)
    teller = Teller(copies.heads, companies, settings.events)
    former = Former(previous, previous_mentions, mentions)
    filled = _with_companies(ordered, companies, former)
    filled, clusters = _with_persons(filled, companies, teller, former, settings, bounds)
    events, done, merged = _events(filled, clusters, teller, former, copies, settings)
    alive = {event.event_id for event in events}
    merges = carry_merges(previous_rejections, merged, former.article_of, alive)
    return DedupeResult(
        duplicates=copies.duplicates,
        mentions=tuple(sorted(done, key=lambda m: (m.article_id, m.mention_id))),
        events=tuple(sorted(events, key=lambda e: e.event_id)),
        merges=merges,
        rejections=tuple(sorted(copies.cut, key=lambda row: row.article_id)),
        counts={
            "articles": len(copies.heads),
            "copies": len(copies.duplicates),
            "mentions": len(done),
            "persons": len({m.person_id for m in done}),
            "companies": len({m.company_id for m in done if m.company_id}),
            "events": len(events),
            "merges": len(merged),
            **dict(sorted(bounds.items())),
        },
    )


def companies_named(
    mentions: Iterable[Named], renames: Iterable[tuple[str, str]], settings: DedupeSettings
) -> Companies:
    """The companies that mentions name."""
    names = {name for mention in mentions for name in (mention.company, mention.other_company) if name}
    return Companies(names, sorted(renames), settings.names)


def persons_named(mentions: Iterable[Named]) -> dict[str, frozenset[str]]:
    """The persons whose moves each article tells."""
    names: dict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        names[mention.article_id].add(mention.person)
    return {article_id: frozenset(found) for article_id, found in names.items()}


def _published(mention: EventMention, heads: Mapping[str, ArticleHead]) -> datetime:
    head = heads.get(mention.article_id)
    return (head.published_at if head else None) or _LAST


def _with_companies(mentions: Sequence[EventMention], companies: Companies, former: Former) -> list[EventMention]:
    """Mentions, oldest first, with their company ids."""
    members: dict[str, list[str]] = defaultdict(list)
    for mention in mentions:
        if mention.company:
            members[companies.key(mention.company)].append(mention.mention_id)
    keys = list(members)
    ids, _ = keep_ids([members[key] for key in keys], former.companies, former.company_age, "c_", keys)
    id_of = dict(zip(keys, ids, strict=True))
    return [replace(m, company_id=id_of[companies.key(m.company)] if m.company else None) for m in mentions]


def _with_persons(
    mentions: Sequence[EventMention],
    companies: Companies,
    teller: Teller,
    former: Former,
    settings: DedupeSettings,
    bounds: Counter[str],
) -> tuple[list[EventMention], list[list[int]]]:
    """Mentions with their person ids, and the positions of the mentions of each event."""
    persons = group_persons(mentions, companies, teller.mention_points, settings.names, bounds)
    members = [[mentions[position].mention_id for position in group] for group in persons.groups]
    ids, _ = keep_ids(members, former.persons, former.person_age, "p_", persons.seeds)
    filled = list(mentions)
    clusters: list[list[int]] = []
    for person_id, group in zip(ids, persons.groups, strict=True):
        blocks: dict[tuple[str, bool], list[int]] = defaultdict(list)
        for position in group:
            mention = filled[position] = replace(mentions[position], person_id=person_id)
            blocks[mention.direction, mention.status == "denied"].append(position)
        for (direction, denied), block in blocks.items():
            turns = [] if denied else blocks.get((_REVERSE[direction], False), [])
            clusters.extend(teller.cluster(filled, block, turns, bounds))
    return filled, clusters


def _events(
    mentions: Sequence[EventMention],
    clusters: list[list[int]],
    teller: Teller,
    former: Former,
    copies: Copies,
    settings: DedupeSettings,
) -> tuple[list[Event], list[EventMention], dict[str, str]]:
    """Events, mentions with their event ids, and the ids of events that were joined, lost to kept."""
    clusters = sorted(sorted(cluster) for cluster in clusters)
    members = [[mentions[position].mention_id for position in cluster] for cluster in clusters]
    ids, merged = keep_ids(members, former.events, former.event_age, "e_", [cluster[0] for cluster in members])
    events: list[Event] = []
    done: list[list[EventMention]] = []
    for event_id, cluster in zip(ids, clusters, strict=True):
        rows = [replace(mentions[position], event_id=event_id) for position in cluster]
        events.append(canonical_event(event_id, [_member(row, copies) for row in rows]))
        done.append(rows)
    events = link_denials(events, done, teller, settings.events.link_points)
    return events, [mention for rows in done for mention in rows], merged


def _member(mention: EventMention, copies: Copies) -> Member:
    """The independent source of an article is the publisher of its original."""
    original = copies.duplicates.get(mention.article_id, (mention.article_id,))[0]
    head: Any = copies.heads.get(original)
    origin = f"publisher {head.publisher.casefold()}" if head and head.publisher else f"article {original}"
    return Member(mention, copies.heads.get(mention.article_id), origin)
