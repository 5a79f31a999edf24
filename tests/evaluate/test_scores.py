"""Scores worked out by hand."""

from __future__ import annotations

import itertools

import pytest

from pipeline.evaluate.scores import Counts, aggregate, score_article
from tests.evaluate.samples import answer, labelled, wanted

TEXT = "Ana Ruiz, Ben Cole, John Smith and Jane Smith work at Acme and Bolt."


def counts(gold: list, predicted: list, level: str, text: str = TEXT) -> tuple[int, int, int]:  # type: ignore[type-arg]
    """Right, given, wanted."""
    found = score_article(labelled(*gold), predicted, text).counts[level]
    return found.correct, found.predicted, found.wanted


def test_an_equal_row_is_right_at_every_level() -> None:
    gold, predicted = [wanted(date="2024-10")], [answer(date="2024-10-07")]
    assert counts(gold, predicted, "event") == (1, 1, 1)
    assert counts(gold, predicted, "tuple") == (1, 1, 1)
    assert counts(gold, predicted, "slot") == (5, 5, 5)


def test_the_event_needs_only_person_company_and_direction() -> None:
    gold = [wanted(action="appointed", date="2024")]
    predicted = [answer(role="director", action="joined", date=None, status="rumored")]
    assert counts(gold, predicted, "event") == (1, 1, 1)
    assert counts(gold, predicted, "tuple") == (0, 1, 1)
    # person and company right; role and action wrong; the date missing
    assert counts(gold, predicted, "slot") == (2, 4, 5)


def test_the_other_direction_is_no_event() -> None:
    assert counts([wanted()], [answer(action="resigned")], "event") == (0, 1, 1)


def test_leave_is_a_direction_of_its_own() -> None:
    assert counts([wanted(action="on_leave")], [answer(action="departed")], "event") == (0, 1, 1)


@pytest.mark.parametrize(
    ("gold_status", "predicted_status", "right"),
    [
        ("done", "planned", 1),
        ("planned", "done", 1),
        ("rumored", "denied", 1),
        ("done", "rumored", 0),
        ("denied", "done", 0),
    ],
)
def test_the_tuple_needs_asserted_against_not_asserted(gold_status: str, predicted_status: str, right: int) -> None:
    assert counts([wanted(status=gold_status)], [answer(status=predicted_status)], "tuple") == (right, 1, 1)


def test_empty_agrees_with_empty_only() -> None:
    assert counts([wanted(company=None)], [answer(company=None)], "event") == (1, 1, 1)
    assert counts([wanted(company=None)], [answer(company="Acme")], "event") == (0, 1, 1)
    assert counts([wanted(company="Acme")], [answer(company=None)], "event") == (0, 1, 1)


def test_empty_slots_count_as_missing_spurious_or_not_at_all() -> None:
    gold = [wanted(role=None, company="Acme", date=None)]
    predicted = [answer(role="chairman", company=None, date=None)]
    # person and action right; role spurious; company missing; date empty on both sides
    assert counts(gold, predicted, "slot") == (2, 3, 3)


def test_any_alternative_counts() -> None:
    gold = [wanted(role=["security expert", None], company=["Acme", "Bolt"], action=["joined", "resigned"])]
    assert counts(gold, [answer(role=None, company="Bolt", action="departed")], "event") == (1, 1, 1)
    assert counts(gold, [answer(role="Security expert", action="resigned")], "tuple") == (1, 1, 1)
    assert counts(gold, [answer(role=None, action="joined")], "tuple") == (1, 1, 1)
    assert counts(gold, [answer(role="expert", action="joined")], "tuple") == (0, 1, 1)


def test_unpaired_rows_count_in_every_slot_of_the_wider_count_only() -> None:
    gold = [wanted(), wanted(person="Ben Cole", company="Bolt", role=["chairman", None], date="2024")]
    predicted = [answer(), answer(person="John Smith", company="Bolt", role=None)]
    assert counts(gold, predicted, "slot") == (4, 4, 4)
    # the missed row wants person, company, action, date; the spurious one gives person, company, action
    assert counts(gold, predicted, "slot_all") == (4, 7, 8)


def test_several_rows_for_one_person_are_told_apart_by_their_slots() -> None:
    gold = [
        wanted(role="chairman"),
        wanted(role="chief executive"),
        wanted(role="director", action="resigned"),
    ]
    rows = [answer(role="CEO"), answer(role="director", action="resigned"), answer(role="chairman")]
    for predicted in itertools.permutations(rows):
        assert counts(gold, list(predicted), "tuple") == (3, 3, 3)


def test_the_alignment_is_optimal_not_greedy() -> None:
    # The first answer fits both gold rows at the event level, the second only the first gold row.
    gold = [wanted(company="Acme"), wanted(company="Acme Tires")]
    predicted = [answer(company="Acme Tires"), answer(company="Acme Bank")]
    assert counts(gold, predicted, "event") == (2, 2, 2)


def test_an_agreeing_event_outweighs_any_number_of_slots() -> None:
    gold = [wanted(role=None, date=None), wanted(company="Bolt", date="2024-10-07")]
    predicted = [answer(company="Acme", date="2024-10-07")]
    score = score_article(labelled(*gold), predicted, TEXT)
    assert [(pair.gold, pair.agreement.event) for pair in score.pairs] == [(0, True)]


def test_a_tie_pairs_one_and_leaves_one() -> None:
    assert counts([wanted()], [answer(), answer()], "event") == (1, 2, 1)
    assert counts([wanted(), wanted()], [answer()], "event") == (1, 1, 2)


def test_a_tie_falls_to_the_news_row() -> None:
    gold = [wanted(scope="background"), wanted(scope="news")]
    assert counts(gold, [answer()], "event") == (1, 1, 1)


def test_two_people_of_one_surname_need_their_full_names() -> None:
    gold = [wanted(person="John Smith"), wanted(person="Jane Smith", action="resigned")]
    assert counts(gold, [answer(person="Smith")], "event") == (0, 1, 2)
    assert counts(gold, [answer(person="Jane Smith", action="resigned")], "event") == (1, 1, 2)
    assert counts([wanted(person="Ana Ruiz")], [answer(person="Ruiz")], "event") == (1, 1, 1)


def test_a_namesake_in_the_text_spoils_the_surname() -> None:
    predicted = [answer(person="Jane Smith")]
    assert counts([wanted(person="John Smith")], predicted, "event") == (0, 1, 1)
    assert counts([wanted(person="John Smith")], predicted, "event", "John Smith left.") == (1, 1, 1)


def test_a_row_with_nobody_right_is_paired_by_role_and_company() -> None:
    score = score_article(labelled(wanted()), [answer(person="Ben Cole")], TEXT)
    assert [pair.agreement.slots["person"] for pair in score.pairs] == ["wrong"]
    assert score.counts["event"] == Counts(0, 1, 1)


def test_background_rows_are_optional() -> None:
    gold = [wanted(), wanted(company="Bolt", scope="background")]
    found = [answer(), answer(company="Bolt", scope="background")]
    assert counts(gold, found[:1], "event") == (1, 1, 1)
    assert counts(gold, found, "event") == (2, 2, 2)
    assert counts(gold, found, "tuple") == (2, 2, 2)


def test_a_background_row_found_with_a_wrong_slot_costs_no_tuple() -> None:
    gold = [wanted(company="Bolt", scope="background")]
    assert counts(gold, [answer(company="Bolt", role="janitor")], "event") == (1, 1, 1)
    assert counts(gold, [answer(company="Bolt", role="janitor")], "tuple") == (0, 0, 0)


def test_a_background_row_with_another_company_is_an_error() -> None:
    gold = [wanted(company="Bolt", scope="background")]
    assert counts(gold, [answer(company="Acme")], "event") == (0, 1, 0)


def test_a_predicted_background_row_without_a_gold_row_is_spurious() -> None:
    score = score_article(labelled(), [answer(scope="background")], TEXT)
    assert score.counts["event"] == Counts(0, 1, 0)
    assert score.spurious == (0,)


def test_counts_per_action_and_status() -> None:
    gold = [wanted(), wanted(person="Ben Cole", action=["resigned", "departed"], status="planned")]
    predicted = [answer(action="joined"), answer(person="Ben Cole", action="departed", status="done")]
    score = score_article(labelled(*gold), predicted, TEXT)
    assert score.by_action["appointed"] == Counts(0, 0, 1)
    assert score.by_action["joined"] == Counts(0, 1, 0)
    assert score.by_action["departed"] == Counts(1, 1, 1)
    assert score.by_action["resigned"] == Counts(0, 0, 0)
    assert score.by_status["done"] == Counts(1, 2, 1)
    assert score.by_status["planned"] == Counts(0, 0, 1)


def test_a_set_sums_counts_and_averages_articles() -> None:
    scores = [
        score_article(labelled(wanted(), name="a"), [answer()], TEXT),
        score_article(labelled(wanted(), wanted(person="Ben Cole"), name="b"), [], TEXT),
        score_article(labelled(name="c"), [answer(), answer(person="Ben Cole")], TEXT),
        score_article(labelled(name="d"), [], TEXT),
    ]
    total = aggregate(scores)
    event = total.levels["event"].counts
    assert event == Counts(1, 3, 3)
    assert event.f1 == pytest.approx(1 / 3)
    assert total.macro["event"] == pytest.approx(0.5)
    assert total.quiet_articles == 2
    assert total.spurious_per_100_quiet == pytest.approx(100.0)
    assert 0 <= total.levels["event"].low <= event.f1 <= total.levels["event"].high <= 1


def test_an_article_with_background_rows_only_is_neither_quiet_nor_averaged() -> None:
    total = aggregate([score_article(labelled(wanted(scope="background")), [], TEXT)])
    assert total.quiet_articles == 0
    assert total.spurious_per_100_quiet is None
    assert total.macro["event"] == 1.0


def test_the_interval_of_equal_articles_is_a_point_and_of_unequal_ones_is_not() -> None:
    right = [score_article(labelled(wanted(), name=f"r{n}"), [answer()], TEXT) for n in range(5)]
    missed = [score_article(labelled(wanted(), name=f"m{n}"), [], TEXT) for n in range(5)]
    event = aggregate(right).levels["event"]
    assert (event.low, event.high) == (1.0, 1.0)
    mixed = aggregate(right + missed).levels["event"]
    assert mixed.low < mixed.counts.f1 < mixed.high
    assert aggregate(missed + right).levels["event"] == mixed


def test_no_articles_at_all() -> None:
    assert aggregate([]).levels["event"].counts == Counts(0, 0, 0)


def test_an_agreeing_tuple_outweighs_any_number_of_slots() -> None:
    # Paired straight, 5 and 2 slots agree, a tuple among them; paired crosswise, 4 and 4 do, and no tuple.
    gold = [wanted(role="CEO", date="2024"), wanted(role="CEO", action="joined", date="2024-10-07")]
    predicted = [answer(role="CEO", date="2024-10-07"), answer(role="chairman", date="2024-05")]
    assert counts(gold, predicted, "tuple") == (1, 2, 2)
    assert counts(gold, predicted, "event") == (2, 2, 2)


def test_among_equals_the_status_decides() -> None:
    gold = [wanted(status="done"), wanted(status="planned")]
    score = score_article(labelled(*gold), [answer(status="planned")], TEXT)
    assert score.by_status["planned"] == Counts(1, 1, 1)
    gold = [wanted(status="done"), wanted(status="rumored")]
    score = score_article(labelled(*gold), [answer(role="janitor", status="denied")], TEXT)
    assert [gold[pair.gold].status for pair in score.pairs] == [("rumored",)]


def test_a_value_in_common_outweighs_a_blank_in_common() -> None:
    gold = [wanted(role="chairman", date=None), wanted(role="chief executive", date="2024")]
    score = score_article(labelled(*gold), [answer(role="chief executive", date=None)], TEXT)
    assert [pair.gold for pair in score.pairs] == [1]
