"""Merging of many made-up reports, where a few names are everywhere."""

from __future__ import annotations

from pipeline.dedupe import dedupe
from pipeline.dedupe.synthetic import measure, synthetic_news
from pipeline.evaluate.clusters import score_clusters


def test_events_of_many_namesakes_stay_apart() -> None:
    articles, mentions, gold = synthetic_news(5000)
    result = dedupe(articles, mentions)
    score = score_clusters(gold, {made.mention_id: made.event_id or "" for made in result.mentions})
    assert score.pairwise.precision >= 0.99
    assert score.b_cubed.f1 >= 0.95
    assert result.counts["mentions"] == 5000


def test_the_same_seed_makes_the_same_news() -> None:
    one, other = synthetic_news(300, seed=7), synthetic_news(300, seed=7)
    assert list(one[0]) == list(other[0])
    assert one[1:] == other[1:]
    assert synthetic_news(300, seed=8)[1] != one[1]


def test_a_measure_says_what_was_merged() -> None:
    found = measure(500)
    assert found.mentions == 500
    assert 0 < found.persons <= found.events < 500
    assert found.bounds == {}
    assert found.peak_mb > 0
