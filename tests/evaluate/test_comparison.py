"""Comparing a run with a saved one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.evaluate.comparison import compare_runs, comparison_json, comparison_lines
from pipeline.evaluate.outcomes import read_run, run_json, saved
from tests.evaluate.runs import Case, run_of
from tests.evaluate.samples import answer, wanted

BEN = wanted("Ben Cole", "chairman", "Bolt", "resigned")
BEN_RIGHT = answer("Ben Cole", "chairman", "Bolt", "resigned")
BEN_WRONG = answer("Ben Cole", "director", "Bolt", "resigned")


def test_a_run_is_saved_and_read(tmp_path: Path) -> None:
    run = run_of({"a": Case("Ana Ruiz", [wanted(), BEN], [answer(), BEN_WRONG]), "q": Case("", [], [answer()])})
    path = tmp_path / "run.json"
    path.write_text(json.dumps(run_json(run)))
    assert read_run(path) == saved(run)
    verdicts = [row["verdict"] for item in run_json(run)["articles"] for row in item["rows"]]
    assert verdicts == ["right", "wrong", "spurious"]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"form": 1, "version": "1", "gold_folder": "", "articles": [{}]}'])
def test_what_is_no_saved_run(tmp_path: Path, text: str) -> None:
    path = tmp_path / "run.json"
    path.write_text(text)
    with pytest.raises(InputError, match="saved run"):
        read_run(path)


def test_rows_that_became_right_and_wrong() -> None:
    before = run_of({"a": Case("", [wanted(), BEN], [BEN_WRONG, answer(company="Zed")])})
    after = run_of({"a": Case("", [wanted(), BEN], [BEN_RIGHT, answer(company="Other")])})
    found = compare_runs(saved(before), saved(after), resamples=50)
    lines = list(comparison_lines(found))
    start = lines.index("1 rows became right")
    assert lines[start + 1] == ("  a: Ben Cole; chairman; Bolt; resigned; -; done; news  [wrong: role -> right]")
    assert lines[start + 2 :] == ["0 rows became wrong"]


def test_spurious_rows_come_and_go() -> None:
    before = run_of({"a": Case("", [], [answer()])})
    after = run_of({"a": Case("", [], [BEN_RIGHT])})
    found = compare_runs(saved(before), saved(after), resamples=50)
    assert [change.before.verdict for change in found.became_right if change.before] == ["spurious"]
    assert [change.after.verdict for change in found.became_wrong if change.after] == ["spurious"]


def test_equal_rows_are_told_apart_by_number() -> None:
    before = run_of({"a": Case("", [], [answer()])})
    after = run_of({"a": Case("", [], [answer(), answer()])})
    found = compare_runs(saved(before), saved(after), resamples=50)
    assert (len(found.became_right), len(found.became_wrong)) == (0, 1)


def test_a_run_against_itself_shows_nothing() -> None:
    run = saved(run_of({"a": Case("", [wanted(), BEN], [BEN_WRONG])}))
    found = compare_runs(run, run)
    assert found.became_right == found.became_wrong == ()
    assert [(item.low, item.high, item.chance) for item in found.levels.values()] == [(0.0, 0.0, 1.0)] * 3
    assert not any(item.beyond_chance for item in found.levels.values())


def test_a_gain_in_every_article_is_beyond_chance_and_one_in_many_is_not() -> None:
    names = [f"a{number:02d}" for number in range(30)]
    none = saved(run_of({name: Case("", [wanted()], []) for name in names}))
    one = saved(run_of({name: Case("", [wanted()], [answer()] if name == "a00" else []) for name in names}))
    every = saved(run_of({name: Case("", [wanted()], [answer()]) for name in names}))
    big = compare_runs(none, every).levels["event"]
    assert (big.before, big.after, big.beyond_chance, big.chance) == (0.0, 1.0, True, 0.0)
    small = compare_runs(none, one).levels["event"]
    assert not small.beyond_chance
    assert small.chance > 0.3  # the one article is left out of a third of all draws


def test_only_articles_with_the_same_gold_are_compared() -> None:
    before = saved(run_of({"a": Case("", [wanted()], [answer()]), "b": Case("", [BEN], []), "gone": Case("")}))
    after = saved(run_of({"a": Case("", [wanted()], []), "b": Case("", [wanted()], []), "new": Case("")}))
    found = compare_runs(before, after, resamples=50)
    assert (found.compared, found.relabelled, found.unshared) == (1, ("b",), ("gone", "new"))
    lines = list(comparison_lines(found))
    assert lines[:3] == [
        "compared on 1 articles",
        "not compared, gold rows changed: b",
        "not compared, in one run only: gone, new",
    ]
    assert json.loads(json.dumps(comparison_json(found)))["levels"]["event"]["f1_after"] == 0.0


def test_a_background_row_found_in_one_run_only_is_no_change_of_gold() -> None:
    old = wanted(company="Zed", scope="background")
    before = saved(run_of({"a": Case("", [wanted(), old], [answer()])}))
    after = saved(run_of({"a": Case("", [wanted(), old], [answer(), answer(company="Zed")])}))
    found = compare_runs(before, after, resamples=50)
    assert found.relabelled == ()
    assert found.became_right == found.became_wrong == ()
