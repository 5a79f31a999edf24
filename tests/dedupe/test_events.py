"""Hard cases of merging, each decided once and written down here."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest

from pipeline.dedupe import dedupe
from pipeline.dedupe.cluster import cluster
from pipeline.dedupe.compare import Telling
from pipeline.evaluate.clusters import score_clusters
from pipeline.records import Event, EventMention
from tests.dedupe.made import MadeStory, article, made_stories, mention

JAN, FEB, MAR, JUN = "2024-01-10", "2024-02-10", "2024-03-10", "2024-06-10"


def events_of(*reports: tuple[str, EventMention]) -> list[Event]:
    """Events of reports given with their publication day, first published first."""
    days: dict[str, str] = {made.article_id: day for day, made in reports}
    articles = [article(article_id, day) for article_id, day in days.items()]
    found = dedupe(articles, [made for _, made in reports]).events
    return sorted(found, key=lambda event: (str(event.first_published), event.status, str(event.role)))


@pytest.mark.parametrize("story", list(made_stories()), ids=lambda story: story.name)
def test_story(story: MadeStory) -> None:
    """No story may merge two events; those named here may split one."""
    found = dedupe(story.articles, story.mentions)
    score = score_clusters(story.gold, {m.mention_id: m.event_id or "" for m in found.mentions})
    assert score.false_merges == ()
    split = {"a move told from both ends"}  # "Quill" is not taken for "Quill Capital", which could be a part of it
    assert (score.splits == ()) is (story.name not in split)


def test_rumour_plan_and_fact_are_one_event_with_its_history() -> None:
    (event,) = events_of(
        (JAN, mention("a", "Ana Ruiz", "CEO", "Acme", "departed", status="rumored")),
        (FEB, mention("b", "Ana Ruiz", "CEO", "Acme", "retired", status="planned", date="2024-03-31")),
        ("2024-03-31", mention("c", "Ana Ruiz", "CEO", "Acme", "retired", date="2024-03-31")),
    )
    assert (event.status, event.action, event.mention_count) == ("done", "retired", 3)
    history = {(c.value, c.count) for c in event.conflicts if c.slot == "status"}
    assert history == {("rumored", 1), ("planned", 1)}
    assert [source.article_id for source in event.sources] == ["a", "b", "c"]


def test_denial_is_kept_and_linked() -> None:
    rumour, denial = events_of(
        (JAN, mention("a", "Ana Ruiz", "CEO", "Acme", "departed", status="rumored")),
        ("2024-01-11", mention("b", "Ana Ruiz", "CEO", "Acme", "resigned", status="denied")),
    )
    assert (rumour.status, denial.status) == ("rumored", "denied")
    assert ("denied_by", denial.event_id) in {(c.slot, c.value) for c in rumour.conflicts}
    assert ("denies", rumour.event_id) in {(c.slot, c.value) for c in denial.conflicts}


def test_denial_of_something_else_is_not_linked() -> None:
    events = events_of(
        (JAN, mention("a", "Ana Ruiz", "CEO", "Acme", "departed", status="rumored")),
        (JAN, mention("b", "Ana Ruiz", "director", "Bolt", "resigned", status="denied")),
        (JAN, mention("c", "Ana Ruiz", "CEO", "Acme", "appointed", status="denied")),
    )
    assert len(events) == 3
    assert not [c for event in events for c in event.conflicts if c.slot in {"denies", "denied_by"}]


def test_interim_spell_and_permanent_job_are_two() -> None:
    events = events_of(
        (JAN, mention("a", "Ana Ruiz", "interim CEO", "Acme", "appointed")),
        (JAN, mention("b", "Ana Ruiz", "acting chief executive", "Acme", "appointed")),
        (FEB, mention("c", "Ana Ruiz", "CEO", "Acme", "appointed")),
        (FEB, mention("d", "Ana Ruiz", "chief executive", "Acme", "appointed")),
    )
    assert [(event.interim, event.mention_count) for event in events] == [(True, 2), (False, 2)]


def test_who_leaves_twice_has_two_events() -> None:
    left, back, again = "2024-01-10", "2024-02-01", "2024-03-04"
    events = events_of(
        (left, mention("a", "Ana Ruiz", "CEO", "Acme", "resigned", date=left)),
        (back, mention("b", "Ana Ruiz", "CEO", "Acme", "returned", date=back)),
        (again, mention("c", "Ana Ruiz", "CEO", "Acme", "resigned", date=again)),
    )
    assert [event.action for event in events] == ["resigned", "returned", "resigned"]
    without_return = events_of(
        (left, mention("a", "Ana Ruiz", "CEO", "Acme", "resigned", date=left)),
        (again, mention("c", "Ana Ruiz", "CEO", "Acme", "resigned", date=again)),
    )
    assert len(without_return) == 1


def test_years_apart_are_two_events() -> None:
    events = events_of(
        ("2019-03-05", mention("a", "Ana Ruiz", "CEO", "Acme", "resigned")),
        ("2024-03-05", mention("b", "Ana Ruiz", "CEO", "Acme", "resigned")),
    )
    assert len(events) == 2


def test_an_article_that_dates_two_events_keeps_them_apart() -> None:
    events = events_of(
        (MAR, mention("a", "Ana Ruiz", "CEO", "Acme", "resigned", date="2024-01-10", mention_id="1")),
        (MAR, mention("a", "Ana Ruiz", "CEO", "Acme", "resigned", date="2024-02-20", mention_id="2")),
    )
    assert len(events) == 2


def test_mentions_of_one_article_are_two_events_however_alike() -> None:
    """An article has one mention per event, so two of them are two."""
    events = events_of(
        (JAN, mention("a", "Ana Ruiz", "president", "Acme", "appointed", date=JAN)),
        (JAN, mention("a", "Ana Ruiz", None, "Acme", "appointed")),
        (JAN, mention("b", "Ana Ruiz", "president", "Acme", "appointed")),
    )
    assert sorted(event.mention_count for event in events) == [1, 2]


def test_two_roles_are_two_events_though_a_third_report_names_none() -> None:
    events = events_of(
        (JAN, mention("a", "Ana Ruiz", "chairman", "Acme", "resigned", date=JAN)),
        (JAN, mention("b", "Ana Ruiz", "CEO", "Acme", "resigned", date=JAN)),
        (JAN, mention("c", "Ana Ruiz", None, "Acme", "departed", date=JAN)),
    )
    assert sorted(event.role or "" for event in events) == ["CEO", "chairman"]
    assert sum(event.mention_count for event in events) == 3


def test_units_of_one_role_are_two_events() -> None:
    events = events_of(
        (JAN, mention("a", "Ana Ruiz", "head of Europe", "Acme", "appointed", date=JAN)),
        (JUN, mention("b", "Ana Ruiz", "head of Asia", "Acme", "appointed", date=JUN)),
        (JUN, mention("c", "Ana Ruiz", "head", "Acme", "appointed")),
    )
    assert [event.role for event in events] == ["head of Europe", "head of Asia"]


def test_an_older_title_of_a_leaver_is_a_conflict() -> None:
    (event,) = events_of(
        (JAN, mention("a", "Ana Ruiz", "chief operating officer", "Acme", "departed")),
        (JAN, mention("b", "Ana Ruiz", "chief operating officer", "Acme", "departed")),
        (JAN, mention("c", "Ana Ruiz", "finance director", "Acme", "resigned")),
    )
    assert event.role == "chief operating officer"
    assert ("role", "finance director", 1) in {(c.slot, c.value, c.count) for c in event.conflicts}


def test_two_titles_of_a_leaver_told_by_one_article_are_two_events() -> None:
    events = events_of(
        (JAN, mention("a", "Ana Ruiz", "chief operating officer", "Acme", "departed")),
        (JAN, mention("b", "Ana Ruiz", "finance director", "Acme", "departed")),
        (JAN, mention("c", "Ana Ruiz", "finance director", "Acme", "departed")),
        (JAN, mention("c", "Ana Ruiz", "chief operating officer", "Acme", "departed")),
    )
    assert [event.mention_count for event in events] == [2, 2]


def test_president_and_chief_executive_are_two_gains() -> None:
    events = events_of(
        (JAN, mention("a", "Ana Ruiz", "president", "Acme", "appointed", date=JAN)),
        (JAN, mention("b", "Ana Ruiz", "chief executive", "Acme", "appointed", date=JAN)),
    )
    assert len(events) == 2


def test_announcement_and_first_day_are_one_event() -> None:
    (event,) = events_of(
        (JAN, mention("a", "Ana Ruiz", "CEO", "Acme", "appointed", date=JAN)),
        (JAN, mention("b", "Ana Ruiz", "CEO", "Acme", "appointed", date="2024-05-01", status="planned")),
        ("2024-05-02", mention("c", "Ana Ruiz", "CEO", "Acme", "appointed", date="2024-05-01")),
    )
    assert str(event.date) == "2024-05-01"
    assert ("date", JAN, 1) in {(c.slot, c.value, c.count) for c in event.conflicts}


def test_loss_and_gain_never_merge() -> None:
    events = events_of(
        (JAN, mention("a", "Ana Ruiz", "CEO", "Acme", "resigned")),
        (JAN, mention("b", "Ana Ruiz", "CEO", "Acme", "appointed")),
        (JAN, mention("c", "Ana Ruiz", "CEO", "Acme", "on_leave")),
    )
    assert len(events) == 3


@pytest.mark.parametrize("other", ["resigned", "retired", "dismissed"])
def test_a_death_is_no_resignation_but_may_be_told_as_a_departure(other: str) -> None:
    died = (JAN, mention("a", "Ana Ruiz", "CEO", "Acme", "died"))
    assert len(events_of(died, (JAN, mention("b", "Ana Ruiz", "CEO", "Acme", other)))) == 2
    (event,) = events_of(died, (JAN, mention("b", "Ana Ruiz", "CEO", "Acme", "departed")))
    assert event.action == "died"


def test_history_told_long_before_is_not_todays_news() -> None:
    events = events_of(
        ("2020-01-10", mention("a", "Ana Ruiz", "CEO", "Acme", "joined", scope="background")),
        (JAN, mention("b", "Ana Ruiz", "CEO", "Acme", "joined")),
    )
    assert len(events) == 2


def test_a_misspelt_name_merges_and_is_kept_as_a_conflict() -> None:
    (event,) = events_of(
        (JAN, mention("a", "Sebastien Bubeck", "VP", "Acme", "departed")),
        (JAN, mention("b", "Sebastian Bubeck", "VP", "Acme", "departed")),
        (JAN, mention("c", "Sebastien Bubeck", "VP", "Acme", "departed")),
    )
    assert event.person == "Sebastien Bubeck"
    assert ("person", "Sebastian Bubeck", 1) in {(c.slot, c.value, c.count) for c in event.conflicts}


def test_a_corrected_article_leaves_its_old_event() -> None:
    right = mention("a", "Arun Ramaswamy", "CTO", "Acme", "joined")
    wrong = mention("b", "Asha Raman", "CTO", "Acme", "joined")
    articles = [article("a"), article("b", "2024-03-05")]
    before = dedupe(articles, [right, wrong])
    assert len(before.events) == 2
    corrected = mention("b", "Arun Ramaswamy", "CTO", "Acme", "joined")
    after = dedupe(articles, [right, corrected], before.events, before.mentions)
    (event,) = after.events
    assert event.event_id in {e.event_id for e in before.events if e.person == "Arun Ramaswamy"}
    assert event.article_count == 2
    assert after.merges == ()


def test_no_chain_through_a_vague_third() -> None:
    """The vague telling agrees with both; it goes to one, and the two stay apart."""

    def telling(title: str) -> Telling:
        return Telling("acme", title, None, False, "departed", "done", "news", None, None, 1)

    agreement = {frozenset("ab"): None, frozenset("ac"): 5, frozenset("bc"): 6}
    clusters = cluster(
        [telling("a"), telling("b"), telling("c")],
        lambda one, other: agreement[frozenset((one.title or "", other.title or ""))],
        4,
        10,
        Counter(),
    )
    assert sorted(sorted(t.title or "" for t in group) for group in clusters) == [["a"], ["b", "c"]]


def test_a_block_beyond_its_bound_is_cut_by_time_and_counted() -> None:
    tellings = [Telling("acme", None, None, False, "departed", "done", "news", None, None, day) for day in range(7)]
    bounds: Counter[str] = Counter()
    clusters = cluster(tellings, lambda _one, _other: 9, 4, 3, bounds)
    assert [len(group) for group in clusters] == [3, 3, 1]
    assert bounds == {"event_block_cut": 7}


def test_copies_count_as_one_source() -> None:
    text = " ".join(f"word{n}" for n in range(100))
    articles = [
        article("wire", "2024-03-04", text, publisher="Northwire"),
        article("copy", "2024-03-05", text, publisher="Daily Post"),
        article("own", "2024-03-05", publisher="The Ledger"),
        article("more", "2024-03-06", publisher="Northwire"),
    ]
    reports = [mention(made.article_id, "Ana Ruiz", "CEO", "Acme", "resigned") for made in articles]
    result = dedupe(articles, reports)
    (event,) = result.events
    assert (event.mention_count, event.article_count, event.source_count) == (4, 4, 2)
    assert result.duplicates == {"copy": ("wire", "exact")}


def test_every_story_stays_within_its_own_people() -> None:
    """All stories at once give the events of each story alone."""
    stories = list(made_stories())
    alone = sum(len(dedupe(story.articles, story.mentions).events) for story in stories)
    together = dedupe(
        [made for story in stories for made in story.articles],
        [m for story in stories for m in story.mentions],
    )
    assert len(together.events) == alone
    by_event: dict[str | None, set[str]] = defaultdict(set)
    for made in together.mentions:
        by_event[made.event_id].add(made.article_id[:3])
    assert all(len(found) == 1 for found in by_event.values())


def test_companies_told_apart_by_one_article_stay_apart() -> None:
    """Elsewhere "Volta" may be short for "Volta Steel"; not once an article tells of both."""
    one = (JAN, mention("a", "Ana Ruiz", "director", "Volta", "resigned", date=JAN))
    other = (JAN, mention("b", "Ana Ruiz", "director", "Volta Steel", "resigned", date=JAN))
    assert len(events_of(one, other)) == 1
    both = [
        (JAN, mention("c", "Ana Ruiz", "director", "Volta", "resigned", mention_id="c1")),
        (JAN, mention("c", "Ana Ruiz", "director", "Volta Steel", "resigned", mention_id="c2")),
    ]
    assert [event.mention_count for event in events_of(one, other, *both)] == [2, 2]


def test_titles_told_apart_by_one_article_stay_apart_elsewhere() -> None:
    """A leaver's two titles are one job with an old title, until an article tells of two."""
    reports = [
        (JAN, mention("a", "Ana Ruiz", "chief operating officer", "Acme", "departed", date=JAN)),
        ("2024-01-11", mention("b", "Ana Ruiz", "head of sales", "Acme", "departed", date=JAN)),
    ]
    assert len(events_of(*reports)) == 1
    both = [
        ("2024-01-12", mention("c", "Ana Ruiz", "head of sales", "Acme", "resigned")),
        ("2024-01-12", mention("c", "Ana Ruiz", "chief operating officer", "Acme", "resigned")),
    ]
    assert [event.mention_count for event in events_of(*reports, *both)] == [2, 2]


def test_dates_told_apart_by_one_article_stay_apart_elsewhere() -> None:
    reports = [
        (JAN, mention("a", "Ana Ruiz", "CEO", "Acme", "resigned", date=JAN)),
        ("2024-02-01", mention("b", "Ana Ruiz", "CEO", "Acme", "resigned", date="2024-02-01")),
    ]
    assert len(events_of(*reports)) == 1
    both = [
        (MAR, mention("c", "Ana Ruiz", "CEO", "Acme", "departed", date=JAN, mention_id="c1")),
        (MAR, mention("c", "Ana Ruiz", "CEO", "Acme", "departed", date="2024-02-01", mention_id="c2")),
    ]
    assert [event.mention_count for event in events_of(*reports, *both)] == [2, 2]


def test_two_short_forms_of_one_company_agree_where_the_full_name_is_met() -> None:
    short = [
        (JAN, mention("a", "Ana Ruiz", "CEO", "PNR", "resigned")),
        (JAN, mention("b", "Ana Ruiz", "CEO", "Pacific Northern", "resigned")),
    ]
    assert len(events_of(*short)) == 2
    full = (JAN, mention("c", "Ana Ruiz", "CEO", "Pacific Northern Railway", "resigned"))
    assert len(events_of(*short, full)) == 1


def test_a_denial_that_contradicts_in_time_is_not_linked() -> None:
    events = events_of(
        ("2019-01-10", mention("a", "Ana Ruiz", "CEO", "Acme", "resigned", date="2019-01-10")),
        (JAN, mention("b", "Ana Ruiz", "CEO", "Acme", "resigned", status="denied")),
    )
    assert [event.conflicts for event in events] == [(), ()]
