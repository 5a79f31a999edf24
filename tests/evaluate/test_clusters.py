"""Scores of clusters, by hand; and the stories under tests/gold_merge, with their floors."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from pipeline.dedupe import dedupe
from pipeline.errors import InputError
from pipeline.evaluate.clusters import read_stories, score_clusters, score_stories, story_lines

STORIES = Path(__file__).parent.parent / "gold_merge" / "stories.yaml"
GOLD = {"a": "1", "b": "1", "c": "1", "d": "2", "e": "2"}


def test_right_clusters_score_one() -> None:
    score = score_clusters(GOLD, {"a": "x", "b": "x", "c": "x", "d": "y", "e": "y"})
    assert (score.pairwise.f1, score.b_cubed.f1) == (1, 1)
    assert (score.false_merges, score.splits) == ((), ())
    assert (score.mentions, score.gold_events, score.events) == (5, 2, 2)


def test_everything_in_one_cluster() -> None:
    score = score_clusters(GOLD, dict.fromkeys(GOLD, "x"))
    assert score.pairwise.precision == pytest.approx(4 / 10)
    assert score.pairwise.recall == 1
    assert score.b_cubed.precision == pytest.approx((3 * 3 / 5 + 2 * 2 / 5) / 5)
    assert score.b_cubed.recall == 1
    assert len(score.false_merges) == 6
    assert ("a", "d") in score.false_merges


def test_every_mention_alone() -> None:
    score = score_clusters(GOLD, {mention: mention for mention in GOLD})
    assert score.pairwise.precision == 1
    assert score.pairwise.recall == 0
    assert score.b_cubed.precision == 1
    assert score.b_cubed.recall == pytest.approx(2 / 5)
    assert len(score.splits) == 4


def test_one_mention_in_the_wrong_cluster() -> None:
    score = score_clusters(GOLD, {"a": "x", "b": "x", "c": "y", "d": "y", "e": "y"})
    assert score.pairwise.precision == pytest.approx(2 / 4)
    assert score.pairwise.recall == pytest.approx(2 / 4)
    assert score.b_cubed.precision == pytest.approx((1 + 1 + 1 / 3 + 2 / 3 + 2 / 3) / 5)
    assert score.b_cubed.recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 + 1) / 5)
    assert score.false_merges == (("c", "d"), ("c", "e"))
    assert score.splits == (("a", "c"), ("b", "c"))


def test_nothing_to_score() -> None:
    score = score_clusters({}, {})
    assert (score.pairwise.f1, score.b_cubed.f1) == (1, 1)


def test_a_mention_without_event_is_an_error() -> None:
    with pytest.raises(InputError, match="'e'"):
        score_clusters(GOLD, {"a": "x", "b": "x", "c": "x", "d": "y"})


@pytest.mark.parametrize(
    "text", ["[]", "stories: 3", "stories: [{id: s1}]", "a: [", "stories: [{id: s, articles: [{}]}]"]
)
def test_a_broken_file_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "stories.yaml"
    path.write_text(text)
    with pytest.raises(InputError, match=r"stories\.yaml"):
        read_stories(path)


def test_stories_cover_enough() -> None:
    stories = read_stories(STORIES)
    assert len(stories) >= 25
    assert all(3 <= len(story.articles) <= 8 for story in stories)
    assert len({article.article_id for s in stories for article in s.articles}) == sum(len(s.articles) for s in stories)


def test_merging_stays_above_its_floors() -> None:
    report = score_stories(STORIES, dedupe)
    lines = "\n".join(story_lines(report))
    assert report.score.pairwise.precision >= 0.99, lines
    assert report.score.b_cubed.f1 >= 0.95, lines
    assert report.score.pairwise.recall >= 0.95, lines
    assert report.missed_copies == (), lines
    assert report.false_copies == (), lines


def test_report_names_what_is_wrong() -> None:
    """A merge that joins everything is told pair by pair."""
    from dataclasses import replace

    def all_in_one(articles: object, mentions: object) -> object:
        result = dedupe(articles, mentions)  # type: ignore[arg-type]
        return replace(result, mentions=tuple(replace(m, event_id="e") for m in result.mentions))

    report = score_stories(STORIES, all_in_one)  # type: ignore[arg-type]
    text = "\n".join(story_lines(report))
    assert report.score.pairwise.precision < 0.05
    assert "Joan Castleton, departed" in text


def test_denials_are_linked_to_what_they_deny() -> None:
    """Every link of the gold stories is in the conflicts of both events."""
    stories = read_stories(STORIES)
    gold = {mention: event for story in stories for mention, event in story.gold.items()}
    result = dedupe([a for s in stories for a in s.articles], [m for s in stories for m in s.mentions])
    event_of = {gold[m.mention_id]: m.event_id for m in result.mentions}
    found = {
        (event.event_id, conflict.slot, conflict.value)
        for event in result.events
        for conflict in event.conflicts
        if conflict.slot in {"denies", "denied_by"}
    }
    links = [link for story in yaml.safe_load(STORIES.read_text())["stories"] for link in story.get("links") or ()]
    assert len(links) >= 3
    for link in links:
        denial, denied = event_of[link["event"]], event_of[link["denies"]]
        assert (denial, "denies", denied) in found, link
        assert (denied, "denied_by", denial) in found, link
