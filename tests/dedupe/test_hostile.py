"""Whatever an article makes of names and titles, merging goes on."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.dedupe import dedupe
from tests.dedupe.made import article, mention

ODD = [
    "",
    " ",
    "—",
    "???",
    "A",
    "a.",
    "李",
    "李 明",
    "\x00",
    "é",
    "Jr.",
    "Mr.",
    "Inc.",
    "The",
    "&",
    "'s",
    "1",
    "🙂 🙂",
    "x" * 5000,
]
TEXT = st.one_of(
    st.sampled_from(ODD), st.text(max_size=12), st.sampled_from(["Ana Ruiz", "A. Ruiz", "Acme", "Acme Inc."])
)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.lists(st.tuples(TEXT, st.none() | TEXT, st.none() | TEXT, st.none() | TEXT), max_size=8))
def test_odd_names_are_merged_or_not_but_never_stop_a_run(
    rows: list[tuple[str, str | None, str | None, str | None]],
) -> None:
    mentions = {}
    for number, (person, role, company, other) in enumerate(rows):
        made = mention(f"a{number % 3}", person, role, company, "joined", other_company=other, mention_id=f"m{number}")
        mentions[made.mention_id] = made
    result = dedupe([article(f"a{number}") for number in range(3)], list(mentions.values()))
    assert {made.mention_id for made in result.mentions} == set(mentions)
    assert all(made.event_id and made.person_id for made in result.mentions)


def test_mentions_of_unknown_articles_and_undated_ones_are_merged() -> None:
    result = dedupe(
        [],
        [
            mention("a", "Ana Ruiz", "CEO", "Acme", "joined"),
            mention("b", "Ana Ruiz", "CEO", "Acme", "joined"),
        ],
    )
    (event,) = result.events
    assert (event.first_published, event.article_count, event.source_count) == (None, 2, 2)
    assert [source.url for source in event.sources] == [None, None]


def test_one_article_that_names_a_person_without_end() -> None:
    """Blocks are bounded, and what a bound cut off is counted."""
    rows = [
        mention("a", "Ana Ruiz", f"director of unit{number}", "Acme", "joined", mention_id=f"m{number:04}")
        for number in range(1500)
    ]
    result = dedupe([article("a")], rows)
    assert len(result.events) == 1500
    assert result.counts["event_block_cut"] == 1500


def test_nothing_gives_nothing() -> None:
    result = dedupe([], [])
    assert (result.events, result.mentions, dict(result.duplicates)) == ((), (), {})


def test_dates_at_the_end_of_time() -> None:
    rows = [
        mention("a", "Ana Ruiz", "CEO", "Acme", "joined", date="0001-01-01"),
        mention("b", "Ana Ruiz", "CEO", "Acme", "joined", date="9999-12-31"),
        mention("c", "Ana Ruiz", "CEO", "Acme", "joined", date="9999"),
    ]
    assert len(dedupe([article(name) for name in "abc"], rows).events) == 2
