"""What holds for any gold and any answer."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluate.gold import GoldEvent
from pipeline.evaluate.scores import LEVELS, aggregate, score_article
from pipeline.records import DIRECTIONS, STATUSES, EventMention
from tests.evaluate.samples import answer, as_answer, labelled, wanted

PEOPLE = ["Ana Ruiz", "Ben Cole", "John Smith", "Jane Smith", "Smith", "Ruiz"]
ROLES = [None, "CEO", "chief executive", "chairman", "head of sales"]
COMPANIES = [None, "Acme", "Acme Tires", "Bolt Inc."]
DATES = [None, "2024", "2024-10", "2024-Q4", "2024-10-07"]
ACTIONS = sorted(DIRECTIONS)
TEXT = "Ana Ruiz, Ben Cole, John Smith and Jane Smith work at Acme, Acme Tires and Bolt Inc."


def some(values: list[str | None]) -> st.SearchStrategy[list[str | None]]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True)


full_names = [name for name in PEOPLE if " " in name]
gold_rows: st.SearchStrategy[GoldEvent] = st.builds(
    wanted,
    person=st.sampled_from(full_names),
    role=some(ROLES),
    company=some(COMPANIES),
    action=some(list(ACTIONS)),
    date=some(DATES),
    status=st.sampled_from(STATUSES),
    scope=st.sampled_from(["news", "background"]),
)
answers: st.SearchStrategy[EventMention] = st.builds(
    answer,
    person=st.sampled_from(PEOPLE),
    role=st.sampled_from(ROLES),
    company=st.sampled_from(COMPANIES),
    action=st.sampled_from(ACTIONS),
    date=st.sampled_from(DATES),
    status=st.sampled_from(STATUSES),
    scope=st.sampled_from(["news", "background"]),
)


@given(st.lists(gold_rows, max_size=6))
def test_gold_against_itself_is_perfect(gold: list[GoldEvent]) -> None:
    score = score_article(labelled(*gold), [as_answer(event) for event in gold], TEXT)
    for level in (*LEVELS, "slot_all"):
        assert score.counts[level].precision == score.counts[level].recall == 1.0
    assert score.missed == score.spurious == ()


@given(st.lists(gold_rows, max_size=5), st.lists(answers, max_size=5), st.randoms(use_true_random=False))
def test_the_order_of_rows_never_matters(gold, predicted, random) -> None:  # type: ignore[no-untyped-def]
    first = aggregate([score_article(labelled(*gold), predicted, TEXT)], resamples=20)
    random.shuffle(gold)
    random.shuffle(predicted)
    assert aggregate([score_article(labelled(*gold), predicted, TEXT)], resamples=20) == first


@given(st.lists(gold_rows, max_size=5), st.lists(answers, max_size=5), answers)
def test_a_wrong_row_never_raises_precision(
    gold: list[GoldEvent], predicted: list[EventMention], extra: EventMention
) -> None:
    alone = score_article(labelled(*gold), [extra], TEXT)
    before = score_article(labelled(*gold), predicted, TEXT)
    after = score_article(labelled(*gold), [*predicted, extra], TEXT)
    if alone.counts["event"].correct == 0:
        assert after.counts["event"].precision <= before.counts["event"].precision


@given(st.lists(gold_rows, max_size=5), st.lists(answers, max_size=5))
def test_a_stranger_is_spurious_at_every_level(gold: list[GoldEvent], predicted: list[EventMention]) -> None:
    stranger = answer(person="Zoe Quist", company="Unheard", role="nothing of the kind")
    before = score_article(labelled(*gold), predicted, TEXT)
    after = score_article(labelled(*gold), [*predicted, stranger], TEXT)
    for level in (*LEVELS, "slot_all"):
        assert after.counts[level].precision <= before.counts[level].precision
        assert after.counts[level].recall == before.counts[level].recall
    assert len(after.spurious) == len(before.spurious) + 1


@given(st.lists(gold_rows, max_size=5), st.lists(answers, max_size=5))
def test_rows_add_up(gold: list[GoldEvent], predicted: list[EventMention]) -> None:
    score = score_article(labelled(*gold), predicted, TEXT)
    unpaired_background = len(gold) - len(score.pairs) - len(score.missed)
    assert 0 <= unpaired_background <= sum(event.scope == "background" for event in gold)
    assert len(score.pairs) + len(score.spurious) == len(predicted)
    for level in LEVELS:
        counts = score.counts[level]
        assert 0 <= counts.correct <= min(counts.predicted, counts.wanted)
    assert score.counts["tuple"].correct <= score.counts["event"].correct


@given(st.lists(gold_rows, max_size=4), st.lists(answers, max_size=4))
def test_no_other_pairing_has_more_agreeing_events(gold: list[GoldEvent], predicted: list[EventMention]) -> None:
    """Against every pairing there is, tried one by one."""
    score = score_article(labelled(*gold), predicted, TEXT)
    agrees = {
        (g, p) for g in range(len(gold)) for p in range(len(predicted)) if _agree_in_company(gold, predicted, g, p)
    }
    assert score.counts["event"].correct == _largest_matching(agrees, len(gold), set())


def _agree_in_company(gold: list[GoldEvent], predicted: list[EventMention], g: int, p: int) -> bool:
    """Whether the two rows agree, judged with everybody of the article present."""
    from pipeline.evaluate.align import _shared_surnames, compare

    return compare(gold[g], predicted[p], _shared_surnames(gold, predicted, TEXT)).event


def _largest_matching(agrees: set[tuple[int, int]], rows: int, used: set[int]) -> int:
    if rows == 0:
        return 0
    row = rows - 1
    best = _largest_matching(agrees, row, used)
    for column in [p for g, p in agrees if g == row and p not in used]:
        best = max(best, 1 + _largest_matching(agrees, row, used | {column}))
    return best
