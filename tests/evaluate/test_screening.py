"""What the screen costs is counted by rows and by scores, and too much of either fails."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import cli
from pipeline.evaluate.screening import loss_lines, screen_loss, too_much
from tests.evaluate.runs import Case, run_of
from tests.evaluate.samples import answer, wanted

ROE = answer("Jane Roe", "chairman", "Acme", "resigned", mention_id="m1")
COLE = answer("Ben Cole", "chairman", "Acme", "appointed", mention_id="m2")
WRONG_COLE = answer("Ben Cole", "director", "Acme", "appointed", mention_id="m2")
GOLD = (wanted("Jane Roe", "chairman", "Acme", "resigned"), wanted("Ben Cole", "chairman", "Acme", "appointed"))
TEXT = "Jane Roe resigned as chairman of Acme. Ben Cole became chairman."


def test_a_row_that_differs_in_a_slot_is_found_but_not_the_same() -> None:
    every, screened = (run_of({"a": Case(TEXT, GOLD, rows)}) for rows in ((ROE, COLE), (ROE, WRONG_COLE)))
    loss = screen_loss(every, screened)
    assert (loss.rows, loss.found, loss.same) == (2, 2, 1)
    assert loss.f1["event"] == (1.0, 1.0)
    assert loss.f1["tuple"] == (1.0, 0.5)
    assert too_much(loss) == [
        "the screen lowers F1 of tuple by 0.5000 (at most 0.005)",
        "the screen lowers F1 of slot (aligned) by 0.1250 (at most 0.005)",
        "the screen lowers F1 of slot (all rows) by 0.1250 (at most 0.005)",
    ]


def test_a_lost_row_is_too_much() -> None:
    loss = screen_loss(run_of({"a": Case(TEXT, (), (ROE, COLE))}), run_of({"a": Case(TEXT, (), (COLE,))}))
    assert "the screen loses 1 of 2 rows (at most 1%)" in too_much(loss)
    first, *_, last = loss_lines(loss)
    assert first == "2 rows without the screen; with it 1 of them (50.0%), 1 in every slot"
    assert last == "spurious rows in articles without events: 2 without, 1 with"


def test_no_row_and_better_scores_are_no_loss() -> None:
    assert too_much(screen_loss(run_of({"a": Case(TEXT)}), run_of({"a": Case(TEXT)}))) == []
    better = screen_loss(
        run_of({"a": Case(TEXT, GOLD, (ROE, WRONG_COLE))}), run_of({"a": Case(TEXT, GOLD, (ROE, COLE))})
    )
    assert too_much(better) == []


@pytest.mark.parametrize("loses", [False, True])
def test_the_option_runs_both_and_fails_where_the_screen_loses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, loses: bool
) -> None:
    from dataclasses import replace

    from pipeline.tables import EVENT_MENTIONS, REJECTIONS, articles_of, to_batch

    class Prepared:
        def __init__(self, screened: bool) -> None:
            self.rows = () if screened and loses else (ROE, COLE)

        def run(self, batch):  # type: ignore[no-untyped-def]
            [article] = articles_of(batch)
            rows = [replace(row, article_id=article.article_id) for row in self.rows]
            return to_batch(rows, EVENT_MENTIONS), to_batch([], REJECTIONS)

    monkeypatch.setattr("pipeline.evaluate.command.extractor", lambda _, screened=True: Prepared(screened))
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "a.yaml").write_text("article: a.txt\npublished: null\nevents: []\n")
    result = CliRunner().invoke(cli, ["evaluate", "--gold", str(tmp_path), "--screen"])
    assert result.exit_code == (1 if loses else 0)
    assert "2 rows without the screen" in result.output
    assert ("loses 2 of 2 rows" in result.output) is loses
