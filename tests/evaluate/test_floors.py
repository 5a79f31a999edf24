"""Floors: what they hold, when they fail, how they move."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.evaluate.floors import (
    Floors,
    Lowering,
    breaches,
    lowered,
    measured,
    raised,
    read_floors,
    write_floors,
)
from pipeline.evaluate.scores import aggregate, score_article
from tests.evaluate.samples import answer, labelled, wanted

PATH = Path("floors.json")
FIGURES = {"event_f1": 0.8, "spurious_per_100_quiet": 2.0}


def test_figures_are_rounded_to_the_careful_side() -> None:
    scores = aggregate(
        [
            score_article(labelled(wanted(), wanted("Ben Cole"), name="a"), [answer()], ""),
            *(score_article(labelled(name=f"q{n}"), [], "") for n in range(6)),
            score_article(labelled(name="q7"), [answer()], ""),
        ],
        resamples=10,
    )
    figures = measured(scores)
    assert figures["event_f1"] == 0.5  # 2 x 1 / (2 + 2)
    assert figures["spurious_per_100_quiet"] == 14.3  # 1 in 7 is 14.28...
    third = aggregate([score_article(labelled(*[wanted(company=c) for c in "ABCDE"]), [answer(company="A")], "")])
    assert measured(third)["event_f1"] == 0.333
    assert "spurious_per_100_quiet" not in measured(third)


def test_a_run_at_its_floors_passes() -> None:
    assert breaches(Floors("d", FIGURES), FIGURES, "d", PATH) == []


def test_below_a_floor_or_above_a_ceiling_fails() -> None:
    worse = {"event_f1": 0.799, "spurious_per_100_quiet": 2.1}
    found = breaches(Floors("d", FIGURES), worse, "d", PATH)
    assert [line.split(";")[0] for line in found] == [
        "floors.json: event_f1 is 0.799, below its floor 0.8",
        "floors.json: spurious_per_100_quiet is 2.1, above its ceiling 2",
    ]


def test_changed_gold_fails_and_names_the_remedy() -> None:
    (line,) = breaches(Floors("d", FIGURES), FIGURES, "e", PATH)
    assert "the gold files changed" in line
    assert "--repin" in line


def test_a_figure_that_is_gone_fails() -> None:
    (line,) = breaches(Floors("d", FIGURES), {"event_f1": 1.0}, "d", PATH)
    assert "spurious_per_100_quiet cannot be measured" in line


def test_raising_moves_each_limit_one_way_only() -> None:
    better_and_worse = {"event_f1": 0.9, "spurious_per_100_quiet": 3.0, "tuple_f1": 0.5}
    up = raised(Floors("d", FIGURES), better_and_worse, "d")
    assert up.limits == {"event_f1": 0.9, "spurious_per_100_quiet": 2.0, "tuple_f1": 0.5}
    fewer = raised(Floors("d", FIGURES), {"event_f1": 0.7, "spurious_per_100_quiet": 1.0}, "d")
    assert fewer.limits == {"event_f1": 0.8, "spurious_per_100_quiet": 1.0}
    assert raised(None, FIGURES, "d") == Floors("d", FIGURES)


def test_lowering_stores_its_reason_and_leaves_the_others() -> None:
    down = lowered(Floors("d", FIGURES), {"event_f1": 0.7, "spurious_per_100_quiet": 1.0}, "new gold is harder")
    assert down.limits == {"event_f1": 0.7, "spurious_per_100_quiet": 2.0}
    assert down.lowered == (Lowering("event_f1", 0.8, 0.7, "new gold is harder"),)


def test_floors_are_written_and_read(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    floors = Floors("d", FIGURES, (Lowering("event_f1", 0.9, 0.8, "ein Grund"),))
    write_floors(path, floors)
    assert read_floors(path) == floors


@pytest.mark.parametrize("text", ["", "[]", '{"gold_sha256": "d"}', '{"gold_sha256": "d", "limits": {"a": "b"}}'])
def test_a_broken_floors_file(tmp_path: Path, text: str) -> None:
    path = tmp_path / "floors.json"
    path.write_text(text)
    with pytest.raises(InputError, match="not a floors file"):
        read_floors(path)
    with pytest.raises(InputError, match="no such floors file"):
        read_floors(tmp_path / "gone.json")
