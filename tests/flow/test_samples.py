"""The whole way with the real extractor, on the sample articles that a new user sees first."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from pipeline.engines.local import LocalEngine
from pipeline.engines.pool import PoolEngine
from pipeline.flow import RunSettings, run_extract
from tests.flow.inputs import table_bytes

RAW = Path(__file__).parents[2] / "raw"


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables of `raw/`, made by two processes."""
    folder = tmp_path_factory.mktemp("samples")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipeline.flow.settings.code_digest", lambda *_: "code")
        run_extract(RunSettings((str(RAW),), folder / "out", workers=2), engine=PoolEngine(2))
    return folder / "out"


def rows(output: Path, name: str) -> list[dict[str, Any]]:
    return pq.read_table(output / f"{name}.parquet").to_pylist()


def test_every_sample_is_accounted_for(output: Path) -> None:
    articles = rows(output, "articles")
    assert {path.name for path in RAW.rglob("*.*")} == {Path(row["source_uri"].split("#")[0]).name for row in articles}
    unread = {row["article_id"]: row["reason"] for row in articles if row["status"] != "ok"}
    assert sorted(reason.split(",")[0] for reason in unread.values()) == [
        "broken front matter",
        "language de",
    ]
    told = {row["article_id"]: row["reason"] for row in rows(output, "rejections") if row["stage"] == "ingest"}
    assert told == unread


def test_every_mention_can_be_found_in_its_article(output: Path) -> None:
    texts = {row["article_id"]: row["text"] for row in rows(output, "articles")}
    mentions = rows(output, "event_mentions")
    assert len(mentions) > 20
    for row in mentions:
        assert row["evidence"], row
        for evidence in row["evidence"]:
            assert texts[row["article_id"]][evidence["start"] : evidence["end"]] == evidence["sentence"]


def test_mentions_and_events_fit_together(output: Path) -> None:
    mentions, events = rows(output, "event_mentions"), rows(output, "events")
    assert {row["event_id"] for row in mentions} == {row["event_id"] for row in events}
    for event in events:
        own = [row for row in mentions if row["event_id"] == event["event_id"]]
        assert event["mention_count"] == len(own)
        assert event["article_count"] == len({row["article_id"] for row in own})
        assert 1 <= event["source_count"] <= event["article_count"]


@pytest.mark.parametrize(
    ("person", "company", "direction", "status"),
    [
        ("Margaret Ashdown", "Tarnwick Systems", "out", "planned"),
        ("Jonas Feld", "Brightline Foods", "in", "done"),
        ("Elena Marchetti", "Meridian Genomics", "pause", "planned"),
        ("Priya Nair", "Cordillera Bank", "out", "denied"),
    ],
)
def test_the_stories_are_there(output: Path, person: str, company: str, direction: str, status: str) -> None:
    found = [(e["person"], e["company"], e["direction"], e["status"]) for e in rows(output, "events")]
    assert (person, company, direction, status) in found


def test_same_bytes_in_one_process_and_other_chunks(
    output: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.flow.settings.code_digest", lambda *_: "code")
    shutil.copytree(RAW, tmp_path / "raw")
    monkeypatch.setattr("pipeline.flow.mentions.CHUNK_ARTICLES", 3)
    run_extract(RunSettings((str(tmp_path / "raw"),), tmp_path / "out"), engine=LocalEngine())
    assert table_bytes(tmp_path / "out") == table_bytes(output)
