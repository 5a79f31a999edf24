"""The gold set of this project: sound, and wide enough to measure with."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from pipeline.evaluate.checking import check_folder
from pipeline.evaluate.gold import GoldEvent, read_gold_folder
from pipeline.evaluate.reading import read_article
from pipeline.records import DIRECTIONS, STATUSES

GOLD = Path(__file__).parent.parent / "gold"


@pytest.fixture(scope="module")
def events() -> list[GoldEvent]:
    return [event for gold in read_gold_folder(GOLD / "answers") for event in gold.events]


def test_every_file_fits_its_article() -> None:
    report = check_folder(GOLD / "answers", GOLD / "articles", read_article=read_article)
    assert report.problems == ()
    assert report.files >= 60
    assert report.quiet >= 20


def test_every_article_has_an_answer() -> None:
    answered = {gold.article for gold in read_gold_folder(GOLD / "answers")}
    assert {path.name for path in (GOLD / "articles").iterdir()} == answered


@pytest.mark.parametrize("action", sorted(DIRECTIONS))
def test_every_action_is_there_five_times(events: list[GoldEvent], action: str) -> None:
    assert Counter(event.action[0] for event in events)[action] >= 5


@pytest.mark.parametrize("status", STATUSES)
def test_every_status_is_there_five_times(events: list[GoldEvent], status: str) -> None:
    assert Counter(event.status[0] for event in events)[status] >= 5


def test_every_event_quotes_its_evidence(events: list[GoldEvent]) -> None:
    assert [event.person[0] for event in events if not event.evidence] == []
