"""The bench measures four ways of reading the same articles. Nothing here asserts seconds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.cli import main

RAW = Path(__file__).parent.parent / "raw"


@pytest.fixture(scope="module")
def record() -> dict[str, Any]:
    """A short run, as JSON."""
    with pytest.MonkeyPatch.context() as patch:
        printed: list[str] = []
        patch.setattr("click.echo", lambda text="", **_: printed.append(str(text)))
        with pytest.raises(SystemExit) as left:
            main(["bench", str(RAW), "--repeat", "1", "--limit", "4", "--workers", "1", "--json"])
    assert left.value.code == 0
    found: dict[str, Any] = json.loads(printed[-1])
    return found


def test_ratios_are_those_of_the_seconds(record: dict[str, Any]) -> None:
    seconds = {way: told["cpu_seconds"][0] for way, told in record["ways"].items()}
    assert list(seconds) == ["defaults", "tuned", "unscreened", "screened"]
    for way in ("defaults", "tuned", "unscreened"):
        assert record["ratios"][way] == pytest.approx(seconds[way] / seconds["screened"], abs=0.1)
        assert record["ratio_ranges"][way] == [record["ratios"][way]] * 2


def test_the_screen_passes_a_share(record: dict[str, Any]) -> None:
    screen = record["screen"]
    assert 0 < screen["sentences_stating"] < screen["sentences_parsed"] <= 1
    assert screen["sentences_with_names_recognised"] == screen["sentences_parsed"]
    assert 0 < screen["articles_passed"] <= 1


def test_the_parts_add_up(record: dict[str, Any]) -> None:
    assert list(record["parts"]) == ["screen", "model", "names and titles", "matching", "resolution", "other"]
    assert sum(record["parts"].values()) == pytest.approx(record["ways"]["screened"]["cpu_seconds"][0], abs=0.01)


def test_the_full_run_names_its_stages(record: dict[str, Any]) -> None:
    assert record["articles"] == 4
    assert list(record["run"]) == ["1"]
    assert list(record["run"]["1"]["stages"]) == ["ingest", "extract", "dedupe", "write"]


def test_folder_without_articles_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty.txt").touch()
    with pytest.raises(SystemExit) as left:
        main(["bench", str(tmp_path)])
    assert left.value.code == 1
    assert "there is nothing to measure" in capsys.readouterr().err
