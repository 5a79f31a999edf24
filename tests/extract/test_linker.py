"""Triggers that the rules refused, joined to persons by the learned trees."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.evaluate.reading import read_article
from pipeline.extract import Extractor
from pipeline.extract.boosting import Boosted
from pipeline.records import EventMention

LEAD = (
    "Acme Corp. names Jane Roe chief executive\n\nAcme Corp. said on Monday it had appointed Jane Roe chief executive. "
)
LINKED = (
    "The board met overnight and picked Marta Silva, who is the deputy treasurer there, and a former lawyer, to lead "
    "the Leeds works."
)
DAY = datetime(2024, 3, 5, tzinfo=UTC).date()


def told(extractor: Extractor, folder: Path, text: str) -> list[EventMention]:
    path = folder / "story.txt"
    path.write_text(text + "\n", encoding="utf-8")
    return extractor.read([read_article(path, path.name, DAY)])[0]


def test_trees_add_up() -> None:
    trees = {"base": -1.0, "features": ["gap", "commas"], "trees": ["0 2.5 =0.5 1 0 =1 =2", "=0.25"]}
    model = Boosted.read(trees)
    for found, odds in (({}, -0.25), ({"gap": 2.5}, -0.25), ({"gap": 3}, 0.25), ({"gap": 3, "commas": 1}, 1.25)):
        assert model.probability(found) == pytest.approx(1 / (1 + math.exp(-odds)))


def test_a_refused_trigger_finds_its_person(extractor: Extractor, tmp_path: Path) -> None:
    rows = {row.person: row for row in told(extractor, tmp_path, LEAD + LINKED)}
    assert set(rows) == {"Jane Roe", "Marta Silva"}
    assert (rows["Marta Silva"].company, rows["Marta Silva"].direction) == ("Acme Corp.", "in")
    assert "Marta Silva" in rows["Marta Silva"].evidence[0].sentence


def test_an_article_without_moves_stays_silent(extractor: Extractor, tmp_path: Path) -> None:
    assert told(extractor, tmp_path, LINKED) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "The board met overnight and thanked Marta Silva, the deputy treasurer, for her report on the unit.",
        "Marta Silva, the deputy treasurer, took over her neighbour's allotment and left the plan to her husband.",
        "Marta Silva, who leads the house choir, will run in the London marathon for the time being.",
        "The treasurer told Marta Silva that the office would be closed for the time being.",
    ],
)
def test_other_things_are_not_linked(extractor: Extractor, tmp_path: Path, sentence: str) -> None:
    assert {row.person for row in told(extractor, tmp_path, LEAD + sentence)} == {"Jane Roe"}


@pytest.mark.parametrize(
    ("sentence", "roles"),
    [
        (
            "Acme has upped two of its own: Marta Silva, to head of sales; and Amit Varma, to treasurer.",
            {"Marta Silva": "head of sales", "Amit Varma": "treasurer"},
        ),
        (
            "ACME CORP., Lowell, Mass., named Marta Silva, formerly with Prime Foods, as president of engineering.",
            {"Marta Silva": "president of engineering"},
        ),
        (
            "Acme has promoted three of its own: Marta Silva, who spoke to treasurer Amit Varma, and two others.",
            {"Marta Silva": None},
        ),
    ],
)
def test_the_office_behind_a_person_is_the_one_gained(
    extractor: Extractor, tmp_path: Path, sentence: str, roles: dict[str, str | None]
) -> None:
    rows = told(extractor, tmp_path, LEAD + sentence)
    assert {row.person: row.role for row in rows if row.person != "Jane Roe"} == roles
