"""What must not matter: the order of articles, the batches they come in, the way clusters are found."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections import defaultdict
from dataclasses import asdict, replace
from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.dedupe import DedupeResult, dedupe
from pipeline.dedupe.articles import head_of
from pipeline.dedupe.companies import Companies
from pipeline.dedupe.settings import load_settings
from pipeline.dedupe.synthetic import synthetic_news
from pipeline.dedupe.tellings import Teller
from pipeline.records import Article, Event, EventMention
from tests.dedupe.made import article, made_stories, mention
from tests.dedupe.reference import slow_clusters

STORIES = list(made_stories())
ARTICLES = [made for story in STORIES for made in story.articles]
MENTIONS = [made for story in STORIES for made in story.mentions]
Known = tuple[tuple[object, ...], ...]


def known(result: DedupeResult) -> Known:
    """The events of a result without what only remembers: their ids, and those of persons and companies."""
    mentions: dict[str | None, list[str]] = defaultdict(list)
    persons: dict[str | None, list[str]] = defaultdict(list)
    for made in result.mentions:
        mentions[made.event_id].append(made.mention_id)
        persons[made.person_id].append(made.mention_id)
    rows: list[tuple[object, ...]] = [(sorted(group), "person", "") for group in persons.values()]
    for event in result.events:
        row = asdict(replace(event, event_id="", person_id="", company_id="" if event.company_id else None))
        conflicts = [c for c in row.pop("conflicts") if c["slot"] not in {"denies", "denied_by"}]
        rows.append((sorted(mentions[event.event_id]), str(sorted(row.items())), str(conflicts)))
    return tuple(sorted(rows, key=str))


def in_batches(articles: list[Article], mentions: list[EventMention], rng: random.Random) -> list[DedupeResult]:
    """Results of runs over ever more articles, in random batches of random order."""
    order = articles[:]
    rng.shuffle(order)
    cuts = sorted(rng.sample(range(1, len(order)), k=rng.randint(1, 5)))
    results: list[DedupeResult] = []
    for cut in (*cuts, len(order)):
        met = {made.article_id for made in order[:cut]}
        there = [made for made in mentions if made.article_id in met]
        rng.shuffle(there)
        before = results[-1] if results else None
        results.append(dedupe(order[:cut], there, before.events if before else (), before.mentions if before else ()))
    return results


def test_batches_do_not_change_the_events() -> None:
    wanted = known(dedupe(ARTICLES, MENTIONS))
    for seed in range(200):
        assert known(in_batches(ARTICLES, MENTIONS, random.Random(seed))[-1]) == wanted, seed


def test_batches_of_synthetic_news_do_not_change_the_events() -> None:
    articles, mentions, _ = synthetic_news(400)
    kept = list(articles)
    wanted = known(dedupe(kept, mentions))
    for seed in range(5):
        assert known(in_batches(kept, mentions, random.Random(seed))[-1]) == wanted, seed


def test_ids_stay_from_batch_to_batch() -> None:
    """An event keeps its id as it grows; an id goes only where two events prove one, and that is said."""
    for seed in range(40):
        results = in_batches(ARTICLES, MENTIONS, random.Random(seed))
        for before, after in pairwise(results):
            gone = {e.event_id for e in before.events} - {e.event_id for e in after.events}
            assert gone == {row.text for row in after.merges}, seed
            kept = {row.text: row.reason.removeprefix("merged_into:") for row in after.merges}
            assert set(kept.values()) <= {e.event_id for e in after.events}


def test_running_again_changes_nothing() -> None:
    first = dedupe(ARTICLES, MENTIONS)
    again = dedupe(ARTICLES[::-1], MENTIONS[::-1], first.events, first.mentions)
    assert again.events == first.events
    assert again.mentions == first.mentions
    assert again.merges == ()


def test_what_vanished_has_no_say() -> None:
    """Articles taken away again leave the events as if they had never come."""
    less = [made for made in ARTICLES if int(made.article_id[1:3]) % 2]
    there = {made.article_id for made in less}
    mentions = [made for made in MENTIONS if made.article_id in there]
    all_of_them = dedupe(ARTICLES, MENTIONS)
    assert known(dedupe(less, mentions, all_of_them.events, all_of_them.mentions)) == known(dedupe(less, mentions))


def test_same_input_gives_the_same_ids_from_scratch() -> None:
    first = dedupe(ARTICLES, MENTIONS)
    rng = random.Random(1)
    for _ in range(5):
        articles, mentions = ARTICLES[:], MENTIONS[:]
        rng.shuffle(articles)
        rng.shuffle(mentions)
        assert dedupe(articles, mentions) == first


def fast_and_slow(
    articles: list[Article], mentions: list[EventMention]
) -> tuple[set[frozenset[str]], set[frozenset[str]]]:
    rules = load_settings()
    result = dedupe(articles, mentions)
    groups: dict[str | None, set[str]] = defaultdict(set)
    for made in result.mentions:
        groups[made.event_id].add(made.mention_id)
    names = {name for m in mentions for name in (m.company, m.other_company) if name}
    companies = Companies(names, (), rules.names)
    teller = Teller({a.article_id: head_of(a) for a in articles}, companies, rules.events)
    slow = slow_clusters(list(result.mentions), teller, rules.events.link_points)
    return {frozenset(group) for group in groups.values()}, slow


def test_clusters_are_those_of_the_slow_way_on_the_stories() -> None:
    for story in STORIES:
        fast, slow = fast_and_slow(list(story.articles), list(story.mentions))
        assert fast == slow, story.name


REPORTS = st.lists(
    st.tuples(
        st.sampled_from([None, "CEO", "CFO", "executive", "vice president", "vice president of sales", "director"]),
        st.sampled_from([None, "Acme", "Acme Foods", "Bolt"]),
        st.sampled_from(["resigned", "departed", "died", "appointed", "returned", "founded", "on_leave"]),
        st.sampled_from([None, "2024", "2024-03", "2024-03-04", "2024-05-20", "2025-01-10"]),
        st.sampled_from(["done", "planned", "rumored", "denied"]),
        st.sampled_from(["news", "news", "background"]),
        st.sampled_from(["2024-03-05", "2024-03-25", "2024-08-01", "2025-01-12", None]),
        st.integers(min_value=0, max_value=9),
    ),
    min_size=1,
    max_size=9,
)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(REPORTS)
def test_clusters_are_those_of_the_slow_way(
    reports: list[tuple[str | None, str | None, str, str | None, str, str, str | None, int]],
) -> None:
    articles: dict[str, Article] = {}
    mentions: dict[str, EventMention] = {}
    for role, company, action, date, status, scope, published, number in reports:
        key = f"{published}-{number}"
        articles[key] = article(key, published)
        made = mention(key, "Jane Roe", role, company, action, date=date, status=status, scope=scope)
        mentions[made.mention_id] = made
    fast, slow = fast_and_slow(list(articles.values()), list(mentions.values()))
    assert fast == slow


@settings(max_examples=100, deadline=None, derandomize=True)
@given(REPORTS, st.randoms(use_true_random=False))
def test_no_event_holds_a_contradiction(
    reports: list[tuple[str | None, str | None, str, str | None, str, str, str | None, int]],
    rng: random.Random,
) -> None:
    mentions = {}
    for role, company, action, date, status, scope, published, number in reports:
        made = mention(
            f"{published}-{number}", "Jane Roe", role, company, action, date=date, status=status, scope=scope
        )
        mentions[made.mention_id] = made
    rows = list(mentions.values())
    rng.shuffle(rows)
    articles = [article(key, None) for key in sorted({row.article_id for row in rows})]
    by_event: dict[str | None, list[EventMention]] = defaultdict(list)
    for made in dedupe(articles, rows).mentions:
        by_event[made.event_id].append(made)
    for members in by_event.values():
        assert len({m.direction for m in members}) == 1
        assert len({m.status == "denied" for m in members}) == 1
        assert not {"Acme", "Bolt"} <= {m.company for m in members}
        assert not {"CEO", "director"} <= {m.role for m in members}
        assert len({m.date.year for m in members if m.date and m.date_precision == "day"}) <= 1


def test_every_mention_is_in_one_event_and_counts_add_up() -> None:
    result = dedupe(ARTICLES, MENTIONS)
    assert sorted(m.mention_id for m in result.mentions) == sorted(m.mention_id for m in MENTIONS)
    ids = [event.event_id for event in result.events]
    assert len(set(ids)) == len(ids)
    assert {m.event_id for m in result.mentions} == set(ids)
    assert sum(event.mention_count for event in result.events) == len(MENTIONS)
    events: dict[str, Event] = {event.event_id: event for event in result.events}
    for made in result.mentions:
        assert made.article_id in {source.article_id for source in events[made.event_id or ""].sources}


def test_the_order_of_sets_does_not_show() -> None:
    """Python orders sets of texts anew in every process; the result does not."""
    script = (
        "from tests.dedupe.made import made_stories; from pipeline.dedupe import dedupe; "
        "s = list(made_stories()); "
        "print(dedupe([a for x in s for a in x.articles], [m for x in s for m in x.mentions]))"
    )
    root = Path(__file__).parent.parent.parent
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script],
            capture_output=True,
            text=True,
            check=True,
            cwd=root,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(outputs) == 1
