"""Ids that stay."""

from __future__ import annotations

from dataclasses import replace

from pipeline.dedupe import DedupeResult, dedupe
from pipeline.dedupe.identity import carry_merges, derive_id, keep_ids
from pipeline.records import EventMention, Rejection
from tests.dedupe.made import article, mention

AGE = {"e_old": (1,), "e_new": (2,)}


def ids(clusters: list[list[str]], former: dict[str, str]) -> tuple[list[str], dict[str, str]]:
    return keep_ids(clusters, former, AGE, "e_", [cluster[0] for cluster in clusters])


def test_new_clusters_get_ids_by_their_seed_alone() -> None:
    assert ids([["a", "b"], ["c"]], {}) == ([derive_id("e_", "a"), derive_id("e_", "c")], {})


def test_a_grown_cluster_keeps_its_id() -> None:
    assert ids([["new", "a"]], {"a": "e_old"}) == (["e_old"], {})


def test_merged_clusters_keep_the_older_id() -> None:
    for members in (["a", "b", "b2"], ["b2", "b", "a"]):
        assert ids([members], {"a": "e_old", "b": "e_new", "b2": "e_new"}) == (["e_old"], {"e_new": "e_old"})


def test_a_parted_cluster_leaves_its_id_with_most_of_its_members() -> None:
    former = {"a": "e_old", "b": "e_old", "c": "e_old"}
    found, merged = ids([["a"], ["b", "c"]], former)
    assert found == [derive_id("e_", "a"), "e_old"]
    assert merged == {}


def test_a_new_id_is_never_one_that_was_taken() -> None:
    taken = derive_id("e_", "a")
    found, _ = ids([["a"], ["b", "c"]], {"a": taken, "b": taken, "c": taken})
    assert found[1] == taken
    assert found[0] not in {"", taken}


def test_an_id_that_moved_and_one_that_merged() -> None:
    found, merged = ids([["a", "x"], ["b"]], {"a": "e_old", "x": "e_new", "b": "e_new"})
    assert "e_old" in found
    assert len(set(found)) == 2
    assert merged in ({}, {"e_new": "e_old"})


def run(*mentions: EventMention, before: DedupeResult | None = None) -> DedupeResult:
    articles = [article(article_id, f"2024-03-{4 + n:02}") for n, article_id in enumerate("abc")]
    if before is None:
        return dedupe(articles, mentions)
    rejections = (*before.merges, *before.rejections)
    return dedupe(articles, mentions, before.events, before.mentions, previous_rejections=rejections)


FIRST = mention("a", "Ana Ruiz", "CEO", "Acme", "resigned", date="2024-03-04")
WRONG = mention("c", "Ana Ruiz", "CEO", "Bolt", "resigned", date="2024-03-04", mention_id="c1")


def test_two_events_found_to_be_one_keep_the_older_id_and_say_so() -> None:
    apart = run(FIRST, WRONG)
    assert len(apart.events) == 2
    older = next(m.event_id for m in apart.mentions if m.article_id == "a")
    younger = next(m.event_id for m in apart.mentions if m.article_id == "c")
    corrected = replace(WRONG, company="Acme")
    joined = run(FIRST, corrected, before=apart)
    assert [event.event_id for event in joined.events] == [older]
    assert [(row.stage, row.article_id, row.text, row.reason) for row in joined.merges] == [
        ("dedupe", "c", younger, f"merged_into:{older}")
    ]
    again = run(FIRST, corrected, before=joined)
    assert again.merges == joined.merges
    assert again.counts["merges"] == 0


def test_a_mention_read_anew_keeps_the_ids_of_the_one_it_replaces() -> None:
    before = run(FIRST, WRONG)
    better = replace(FIRST, mention_id="anew", role="chief executive officer")
    after = run(better, before=before)
    kept = next(m for m in before.mentions if m.article_id == "a")
    assert (after.events[0].event_id, after.events[0].person_id) == (kept.event_id, kept.person_id)


def test_a_vanished_mention_leaves_its_event() -> None:
    before = run(FIRST, replace(FIRST, mention_id="b1", article_id="b"))
    after = run(FIRST, before=before)
    assert before.events[0].mention_count == 2
    assert after.events[0].mention_count == 1
    assert after.events[0].event_id == before.events[0].event_id
    assert run(before=after).events == ()


def test_merges_are_followed_to_the_event_that_is_left() -> None:
    former = [
        Rejection("a", "dedupe", None, None, "e_1", None, "merged_into:e_2"),
        Rejection("a", "dedupe", None, None, "e_9", None, "merged_into:e_8"),
        Rejection("a", "extract", 0, 1, "text", "rule", "negated"),
    ]
    rows = carry_merges(former, {"e_2": "e_3"}, {"e_2": "b"}, {"e_3", "e_4"})
    assert [(row.article_id, row.text, row.reason) for row in rows] == [
        ("a", "e_1", "merged_into:e_3"),
        ("b", "e_2", "merged_into:e_3"),
    ]
