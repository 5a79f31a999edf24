"""The row of an event: the best-supported value of each slot, and what lost."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime

import pytest

from pipeline.dedupe.articles import head_of
from pipeline.dedupe.canonical import canonical_event
from pipeline.dedupe.votes import Member
from pipeline.records import Event, EventMention
from tests.dedupe.made import article, mention


def member(made: EventMention, day: str = "2024-03-04", origin: str | None = None) -> Member:
    return Member(made, head_of(article(made.article_id, day)), origin or made.article_id)


def event(*members: Member) -> Event:
    return canonical_event("e_1", members)


def said(found: Event, slot: str) -> list[tuple[str, int]]:
    return [(c.value, c.count) for c in found.conflicts if c.slot == slot]


def test_more_sources_win() -> None:
    found = event(
        member(mention("a", "Ana Ruiz", "CFO", "Acme", "resigned", confidence=0.99)),
        member(mention("b", "Ana Ruiz", "COO", "Acme", "resigned")),
        member(mention("c", "Ana Ruiz", "chief operating officer", "Acme", "resigned")),
    )
    assert found.role == "chief operating officer"
    assert said(found, "role") == [("CFO", 1)]


def test_copies_do_not_outvote() -> None:
    found = event(
        member(mention("a", "Ana Ruiz", "CFO", "Acme", "resigned", confidence=0.9)),
        *(member(mention(f"b{n}", "Ana Ruiz", "COO", "Acme", "resigned"), origin="wire") for n in range(5)),
    )
    assert found.role == "CFO"
    assert (found.article_count, found.source_count) == (6, 2)
    assert said(found, "role") == [("COO", 1)]


def test_the_surer_wins_where_sources_are_even() -> None:
    found = event(
        member(mention("a", "Ana Ruiz", "CFO", "Acme", "resigned", confidence=0.6)),
        member(mention("b", "Ana Ruiz", "COO", "Acme", "resigned", confidence=0.9)),
    )
    assert found.role == "COO"


def test_the_later_wins_the_last_tie() -> None:
    found = event(
        member(mention("a", "Arun Ramaswami", "CTO", "Acme", "joined"), "2024-03-05"),
        member(mention("b", "Arun Ramaswamy", "CTO", "Acme", "joined"), "2024-03-04"),
    )
    assert found.person == "Arun Ramaswami"
    assert said(found, "person") == [("Arun Ramaswamy", 1)]


def test_vaguer_values_support_the_one_that_says_more() -> None:
    found = event(
        member(mention("a", "Ruiz", "vice president", "Acme", "departed", date="2024")),
        member(mention("b", "A. Ruiz", "vice president", "Acme", "departed", date="2024-03")),
        member(mention("c", "Ana Ruiz", "vice president of sales", "Acme Foods", "dismissed", date="2024-03-04")),
    )
    assert (found.person, found.role, found.company) == ("Ana Ruiz", "vice president of sales", "Acme Foods")
    assert (found.action, found.date, found.date_precision) == ("dismissed", date(2024, 3, 4), "day")


def test_a_lone_day_does_not_beat_months_that_contradict_it() -> None:
    months = [member(mention(f"a{n}", "Ana Ruiz", None, "Acme", "resigned", date="2024-04")) for n in range(2)]
    found = event(*months, member(mention("b", "Ana Ruiz", None, "Acme", "resigned", date="2024-03-04")))
    assert (found.date, found.date_precision) == (date(2024, 4, 1), "month")
    assert said(found, "date") == [("2024-03-04", 1)]
    assert (found.date_first, found.date_last) == (date(2024, 3, 4), date(2024, 4, 1))


@pytest.mark.parametrize("precise", ["resigned", "retired", "dismissed", "died"])
def test_departed_says_less_than_how(precise: str) -> None:
    open_ = [member(mention(f"a{n}", "Ana Ruiz", None, "Acme", "departed")) for n in range(3)]
    found = event(*open_, member(mention("b", "Ana Ruiz", None, "Acme", precise)))
    assert found.action == precise
    assert said(found, "action") == [("departed", 3)]


def test_two_ways_of_leaving_are_a_conflict() -> None:
    found = event(
        member(mention("a", "Ana Ruiz", None, "Acme", "resigned")),
        member(mention("b", "Ana Ruiz", None, "Acme", "dismissed")),
        member(mention("c", "Ana Ruiz", None, "Acme", "dismissed")),
    )
    assert found.action == "dismissed"
    assert said(found, "action") == [("resigned", 1)]


def test_the_furthest_status_wins() -> None:
    statuses = ["rumored", "proposed", "planned", "planned", "done"]
    found = event(
        *(member(mention(f"a{n}", "Ana Ruiz", None, "Acme", "resigned", status=s)) for n, s in enumerate(statuses))
    )
    assert found.status == "done"
    assert said(found, "status") == [("planned", 2), ("proposed", 1), ("rumored", 1)]


def test_publication_dates_do_not_beat_stated_ones() -> None:
    fallback = mention("a", "Ana Ruiz", None, "Acme", "resigned", date="2024-03-04", date_source="published")
    found = event(member(fallback), member(mention("b", "Ana Ruiz", None, "Acme", "resigned", date="2024-02")))
    assert (found.date, found.date_precision) == (date(2024, 2, 1), "month")
    alone = event(member(fallback))
    assert alone.date == date(2024, 3, 4)


def test_first_and_last_publication_and_sources_in_order() -> None:
    found = event(
        member(mention("late", "Ana Ruiz", None, "Acme", "resigned"), "2024-03-09"),
        member(mention("early", "Ana Ruiz", None, "Acme", "resigned"), "2024-03-04"),
        Member(mention("undated", "Ana Ruiz", None, "Acme", "resigned"), None, "undated"),
    )
    assert found.first_published == datetime(2024, 3, 4, tzinfo=UTC)
    assert found.last_published == datetime(2024, 3, 9, tzinfo=UTC)
    assert [source.article_id for source in found.sources] == ["early", "late", "undated"]
    assert found.sources[0].sentence == "Ana Ruiz resigned."


def test_confidence_grows_with_independent_sources_only() -> None:
    one = member(mention("a", "Ana Ruiz", None, "Acme", "resigned", confidence=0.5))
    other = member(mention("b", "Ana Ruiz", None, "Acme", "resigned", confidence=0.5))
    copy = member(mention("c", "Ana Ruiz", None, "Acme", "resigned", confidence=0.4), origin="a")
    assert event(one).confidence == pytest.approx(0.5)
    assert event(one, copy).confidence == pytest.approx(0.5)
    assert event(one, other).confidence == pytest.approx(0.75)


def test_background_only_where_no_report_is_news() -> None:
    old = member(mention("a", "Ana Ruiz", None, "Acme", "joined", scope="background"))
    assert event(old).scope == "background"
    assert event(old, member(mention("b", "Ana Ruiz", None, "Acme", "joined"))).scope == "news"


def test_equal_values_in_other_letters_are_no_conflict() -> None:
    found = event(
        member(mention("a", "Ana Ruiz", "CEO", "Acme Inc.", "resigned")),
        member(mention("b", "ANA RUIZ", "chief executive officer", "ACME", "resigned")),
        member(mention("c", "Ana Ruíz", "Chief Executive", "Acme", "resigned")),
    )
    assert found.conflicts == ()


def test_order_of_members_does_not_matter() -> None:
    rng = random.Random(5)
    members = [
        member(
            mention(
                f"a{n}",
                rng.choice(["Ana Ruiz", "A. Ruiz", "Ana Ruis"]),
                rng.choice(["CEO", "CFO", None, "executive"]),
                rng.choice(["Acme", "Acme Foods", None]),
                rng.choice(["departed", "resigned", "dismissed"]),
                date=rng.choice([None, "2024", "2024-03", "2024-03-04"]),
                status=rng.choice(["done", "planned"]),
            ),
            rng.choice(["2024-03-04", "2024-03-05"]),
            rng.choice(["x", "y", "z"]),
        )
        for n in range(12)
    ]
    wanted = event(*members)
    for _ in range(20):
        rng.shuffle(members)
        assert event(*members) == wanted
