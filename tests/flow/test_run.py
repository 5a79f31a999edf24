"""Runs: again, grown, changed, shuffled, limited, refused. The extractor is a cheap one."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from pipeline.engines.local import LocalEngine
from pipeline.engines.pool import PoolEngine
from pipeline.errors import InputError, RuleError, StageError
from pipeline.flow import RunResult, RunSettings, run_dedupe, run_extract, run_ingest
from pipeline.flow.articles import ShardWriter
from pipeline.store import Store
from pipeline.tables import TABLES
from tests.flow.fakes import CountingLoad, CrashingReading, FakeLoad
from tests.flow.inputs import table_bytes, text_of, write_articles

Go = Callable[..., RunResult]
OWN_RULE = """
action = "joined"

[[rule]]
id = "join.own"
triggers = ["team up with"]
frame = {person = "subject"}
needs = ["person"]
source = "a local paper"
"""


def rows(output: Path, name: str) -> list[dict[str, Any]]:
    return pq.read_table(output / f"{name}.parquet").to_pylist()


def test_run_writes_every_table_and_record(go: Go, tmp_path: Path) -> None:
    result = go()
    assert result.changed
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(
        [".state", "run.json", *(f"{name}.parquet" for name in TABLES)]
    )
    assert len(rows(tmp_path / "out", "event_mentions")) == 8
    assert all(row["event_id"] for row in rows(tmp_path / "out", "event_mentions"))


def test_counts_add_up(go: Go, tmp_path: Path, raw: Path) -> None:
    (raw / "german.txt").write_text(
        "Der neue Chef der Firma kommt aus dem Norden und bleibt für viele Jahre dort. "
        "Das teilte das Unternehmen am Montag in einer kurzen Erklärung mit."
    )
    (raw / "poison.txt").write_text(text_of(50) + "RAISE")
    go()
    record = json.loads((tmp_path / "out" / "run.json").read_text())
    ingest, extract, tables = record["ingest"], record["extract"], record["tables"]
    assert ingest["articles"] == 14 == ingest["ok"] + ingest["skipped"] + ingest["failed"]
    assert sum(ingest["reasons"].values()) == ingest["skipped"] + ingest["failed"] == 1
    assert extract["articles"] == ingest["ok"] == extract["articles_new"]
    assert extract["articles_failed"] == 1
    assert sum(extract["rejection_reasons"].values()) == extract["rejections"] == 4
    assert tables["articles"] == ingest["articles"]
    assert tables["event_mentions"] == extract["event_mentions"]
    assert tables["rejections"] == extract["rejections"] + ingest["skipped"] + extract["articles_failed"]
    for name in TABLES:
        assert tables[name] == len(rows(tmp_path / "out", name))


def test_failed_article_keeps_its_row_with_the_reason(go: Go, tmp_path: Path, raw: Path) -> None:
    (raw / "poison.txt").write_text(text_of(50) + "RAISE")
    go()
    [bad] = [row for row in rows(tmp_path / "out", "articles") if row["source_uri"] == "poison.txt"]
    assert (bad["status"], bad["reason"]) == ("failed", "extraction failed: ValueError: cannot read this")
    assert "RAISE" in bad["text"]
    [rejection] = [r for r in rows(tmp_path / "out", "rejections") if r["article_id"] == bad["article_id"]]
    assert (rejection["stage"], rejection["reason"]) == ("extract", bad["reason"])


def test_second_run_changes_nothing_and_loads_no_model(go: Go, tmp_path: Path) -> None:
    go()
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").iterdir() if path.is_file()}

    def never() -> Any:
        raise AssertionError("the extractor was loaded")

    again = go(load=never)
    assert not again.changed
    assert before == {path: path.stat().st_mtime_ns for path in before}


def test_touched_but_equal_files_are_nothing_new(go: Go, raw: Path) -> None:
    go()
    for path in raw.iterdir():
        os.utime(path, (1, 1))
    assert not go().changed


def test_grown_input_reads_only_what_is_new(go: Go, tmp_path: Path, raw: Path) -> None:
    seen = tmp_path / "seen.log"
    go(load=CountingLoad(seen))
    before = {row["mention_id"]: row["event_id"] for row in rows(tmp_path / "out", "event_mentions")}
    assert len(seen.read_text().split()) == 12
    write_articles(raw, range(12, 16))
    result = go(load=CountingLoad(seen))
    assert len(seen.read_text().split()) == 16
    assert (result.record["ingest"]["files_new"], result.record["extract"]["articles_new"]) == (4, 4)
    after = {row["mention_id"]: row["event_id"] for row in rows(tmp_path / "out", "event_mentions")}
    assert before.items() <= after.items()


def test_changed_article_is_read_again_alone(go: Go, tmp_path: Path, raw: Path) -> None:
    go()
    victim = min(raw.iterdir())
    victim.write_text(text_of(0).replace("Umbra", "Xanthos"))
    result = go()
    assert result.record["extract"]["articles_new"] == 1
    companies = {row["company"] for row in rows(tmp_path / "out", "event_mentions")}
    assert "Xanthos" in companies


def test_removed_article_leaves_the_tables(go: Go, tmp_path: Path, raw: Path) -> None:
    go()
    min(raw.iterdir()).unlink()
    result = go()
    assert result.record["extract"]["articles_new"] == 0
    assert len(rows(tmp_path / "out", "articles")) == 11


def test_changed_rule_and_confidence_are_noticed(go: Go, tmp_path: Path) -> None:
    rules = tmp_path / "rules" / "actions"
    rules.mkdir(parents=True)
    (rules / "own.toml").write_text(OWN_RULE)
    go(rules=(tmp_path / "rules",))
    assert not go(rules=(tmp_path / "rules",)).changed
    (rules / "own.toml").write_text(OWN_RULE.replace("team up with", "throw in with"))
    assert go(rules=(tmp_path / "rules",)).record["extract"]["articles_new"] == 12
    assert go(rules=(tmp_path / "rules",), min_confidence=0.2).record["extract"]["articles_new"] == 12


def test_changed_date_option_reads_again(go: Go, tmp_path: Path, raw: Path) -> None:
    from datetime import date

    (raw / "undated.txt").write_text(text_of(60))
    go()
    result = go(published=date(2024, 5, 6))
    assert result.record["extract"]["articles_new"] == 1
    [row] = [row for row in rows(tmp_path / "out", "articles") if row["source_uri"] == "undated.txt"]
    assert (row["published_source"], row["published_at"].date()) == ("option", date(2024, 5, 6))


def test_same_bytes_for_any_order_of_inputs(go: Go, tmp_path: Path, raw: Path) -> None:
    files = [str(path) for path in sorted(raw.iterdir())]
    go("one", inputs=tuple(files))
    go("two", inputs=tuple(reversed(files)))
    go("three")
    assert table_bytes(tmp_path / "one") == table_bytes(tmp_path / "two") == table_bytes(tmp_path / "three")


def test_same_bytes_for_any_number_of_workers(raw: Path, tmp_path: Path) -> None:
    write_articles(raw, range(12, 40))
    for name, engine in (("local", LocalEngine()), ("one", PoolEngine(1)), ("three", PoolEngine(3))):
        run_extract(RunSettings((str(raw),), tmp_path / name), engine=engine, load=FakeLoad())
    assert table_bytes(tmp_path / "local") == table_bytes(tmp_path / "one") == table_bytes(tmp_path / "three")


def test_limit_takes_the_first_and_does_not_count_as_read(go: Go, tmp_path: Path, raw: Path) -> None:
    lines = [json.dumps({"title": f"Story {n}", "text": text_of(n)}) for n in range(30)]
    (raw / "0-records.jsonl").write_text("\n".join(lines) + "\n")
    assert go(limit=5).record["ingest"]["articles"] == 5
    assert len(rows(tmp_path / "out", "articles")) == 5
    assert go(limit=33).record["ingest"]["articles"] == 33
    assert go().record["ingest"]["articles"] == 42


def test_source_over_several_shards_keeps_its_order(
    go: Go, tmp_path: Path, raw: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.flow.articles._SHARD_ROWS", 7)
    lines = [json.dumps({"title": f"Story {n}", "text": text_of(n)}) for n in range(30)]
    (raw / "records.jsonl").write_text("\n".join(lines) + "\n")
    go()
    uris = [row["source_uri"] for row in rows(tmp_path / "out", "articles")]
    assert uris[-30:] == [f"records.jsonl#{n}" for n in range(1, 31)]
    assert not go().changed


def test_two_articles_of_one_url_both_have_a_row(go: Go, tmp_path: Path, raw: Path) -> None:
    record = {"url": "https://example.com/news/story", "text": text_of(1)}
    (raw / "a.jsonl").write_text(json.dumps(record) + "\n")
    (raw / "b.jsonl").write_text(json.dumps(record | {"text": text_of(4)}) + "\n")
    go()
    articles = rows(tmp_path / "out", "articles")
    assert len({row["article_id"] for row in articles}) == len(articles) == 14


def test_exact_copy_is_marked_and_counts_once(go: Go, tmp_path: Path, raw: Path) -> None:
    shutil.copy(raw / "2024-03-01-story-000.txt", raw / "copied.txt")
    go()
    articles = rows(tmp_path / "out", "articles")
    [copy] = [row for row in articles if row["duplicate_kind"] == "exact"]
    [original] = [row for row in articles if row["article_id"] == copy["duplicate_of"]]
    assert {original["source_uri"], copy["source_uri"]} == {"2024-03-01-story-000.txt", "copied.txt"}


def test_ingest_alone_and_dedupe_alone(go: Go, tmp_path: Path, raw: Path) -> None:
    run_ingest(RunSettings((str(raw),), tmp_path / "out"))
    assert len(rows(tmp_path / "out", "articles")) == 12
    assert not (tmp_path / "out" / "events.parquet").exists()
    go()
    before = table_bytes(tmp_path / "out")
    run_dedupe(tmp_path / "out")
    assert table_bytes(tmp_path / "out") == before


def test_dedupe_without_tables_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"articles\.parquet.*newsmoves extract"):
        run_dedupe(tmp_path / "nothing")


def test_bad_rule_stops_before_any_work(raw: Path, tmp_path: Path) -> None:
    rules = tmp_path / "rules" / "actions"
    rules.mkdir(parents=True)
    (rules / "own.toml").write_text("this is not toml\n")
    with pytest.raises(RuleError, match=r"own\.toml"):
        run_extract(RunSettings((str(raw),), tmp_path / "out", rules=(tmp_path / "rules",)))
    assert not (tmp_path / "out").exists()


def test_second_run_at_once_is_refused(go: Go, tmp_path: Path) -> None:
    go()
    with (
        Store(tmp_path / "out").locked(),
        pytest.raises(InputError, match=f"another run \\(process {os.getpid()}\\)"),
    ):
        go()


def test_lock_left_by_a_dead_process_is_no_hindrance(go: Go, tmp_path: Path) -> None:
    (tmp_path / "out" / ".state").mkdir(parents=True)
    (tmp_path / "out" / ".state" / "lock").write_text("1")
    assert go().changed


def test_unusable_output_folder_is_named(go: Go, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(InputError, match=r"out: cannot be used as output folder"):
        go()


def test_full_disk_leaves_the_former_tables(go: Go, tmp_path: Path, raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    go()
    before = table_bytes(tmp_path / "out")
    write_articles(raw, range(12, 16))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("pipeline.store._sync", full)
        with pytest.raises((OSError, StageError), match="No space left"):
            go()
    assert table_bytes(tmp_path / "out") == before
    assert not list((tmp_path / "out").rglob("*.tmp"))
    assert len(rows(tmp_path / "out", "articles")) == 12
    assert go().changed
    assert len(rows(tmp_path / "out", "articles")) == 16


def test_lost_or_broken_files_are_made_again(go: Go, tmp_path: Path) -> None:
    go()
    before = table_bytes(tmp_path / "out")
    (tmp_path / "out" / "articles.parquet").unlink()
    (tmp_path / "out" / "rejections.parquet").write_bytes(b"PAR1")
    for path in (tmp_path / "out" / ".state").rglob("*.parquet"):
        path.write_bytes(path.read_bytes()[:100])
    go()
    assert table_bytes(tmp_path / "out") == before


def test_state_does_not_grow_without_end(go: Go, tmp_path: Path, raw: Path) -> None:
    go()
    for round_number in range(5):
        for number in range(12):
            (raw / f"2024-03-{1 + number:02}-story-{number:03}.txt").write_text(text_of(number + round_number))
        go()
    assert len(list((tmp_path / "out" / ".state").rglob("*.parquet"))) <= 4


def test_poisoned_articles_cost_a_row_each(raw: Path, tmp_path: Path) -> None:
    (raw / "crash.txt").write_text(text_of(50) + "CRASH")
    (raw / "hang.txt").write_text(text_of(51) + "HANG")
    run_extract(RunSettings((str(raw),), tmp_path / "out"), engine=PoolEngine(2, 1.5), load=FakeLoad())
    articles = rows(tmp_path / "out", "articles")
    assert {r["source_uri"]: r["reason"] for r in articles if r["status"] == "failed"} == {
        "crash.txt": "extraction crashed (exit code 7)",
        "hang.txt": "extraction took longer than 1.5 seconds",
    }
    assert len(rows(tmp_path / "out", "event_mentions")) == 8


def test_file_that_crashes_its_reader_costs_a_row(raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [json.dumps({"title": f"Story {n}", "text": text_of(n)}) for n in range(30)]
    (raw / "records.jsonl").write_text("\n".join(lines) + "\n")
    monkeypatch.setattr("pipeline.flow.run.Reading", CrashingReading)
    run_extract(RunSettings((str(raw),), tmp_path / "out"), engine=PoolEngine(2), load=FakeLoad())
    [bad] = [row for row in rows(tmp_path / "out", "articles") if row["status"] == "failed"]
    assert bad["source_uri"] == "records.jsonl"
    assert bad["reason"].startswith("reading crashed (exit code 9) after 20 articles; the rest")
    assert len(rows(tmp_path / "out", "articles")) == 12 + 20 + 1


def test_large_files_are_read_in_parts_with_the_same_tables(
    go: Go, tmp_path: Path, raw: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [json.dumps({"title": f"Story {n}", "text": text_of(n)}) for n in range(100)]
    (raw / "records.jsonl").write_text("\n".join(lines) + "\n")
    (raw / "broken.warc.gz").write_bytes(b"\x1f\x8b" + b"WARC/" * 3_000)
    go("whole")
    monkeypatch.setattr("pipeline.ingest.parts.PART_BYTES", 3_000)
    assert go("parts").record["ingest"]["files_new"] == 14
    assert table_bytes(tmp_path / "whole") == table_bytes(tmp_path / "parts")
    kept = tmp_path / "parts" / ".state" / "parts"
    assert sorted(len(json.loads(path.read_text())) for path in kept.iterdir())[0] == 0
    assert not go("parts").changed
    (raw / "records.jsonl").write_text("\n".join(lines[:90]) + "\n")
    assert go("parts").record["ingest"] | {"reasons": 0} == {
        **go("whole").record["ingest"],
        "files_new": 1,
        "reasons": 0,
    }
    assert len(list(kept.iterdir())) == 2  # those of the former file are gone


def test_nodes_that_do_not_see_the_output_end_the_run_and_cost_no_article(
    go: Go, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.flow.reading.ShardWriter", lambda _, tick: ShardWriter(elsewhere, tick))
        patch.setattr(Path, "exists", lambda path: elsewhere not in path.parents)
        with pytest.raises(StageError, match="written by a node, and not there for this machine"):
            go()
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.flow.articles.articles_of", _not_there)
        with pytest.raises(StageError, match="every node must see the output under the same path"):
            go()
    assert go().record["extract"]["articles_failed"] == 0


def _not_there(*_: object) -> None:
    raise FileNotFoundError("no such file")


def test_half_a_surrogate_pair_does_not_cost_the_file(go: Go, tmp_path: Path, raw: Path) -> None:
    record = {
        "text": text_of(0) + "\ud83d",
        "title": "A \udc00 title",
        "url": "https://example.com/\ud83d",
        "author": "A\ud83d",
    }
    (raw / "a.jsonl").write_text(json.dumps(record) + "\n" + json.dumps({"text": text_of(3)}) + "\n")
    go()
    found = [row for row in rows(tmp_path / "out", "articles") if row["source_uri"].startswith("a.jsonl")]
    assert [row["status"] for row in found] == ["ok", "ok"]
    assert not any("\ud83d" in str(row) for row in found)


def test_output_inside_the_input_is_not_read_as_news(go: Go, raw: Path) -> None:
    assert go(output="raw/tables").record["ingest"]["articles"] == 12
    assert not go(output="raw/tables").changed
    assert not go(output="raw/tables", inputs=(str(raw), str(raw / "tables"))).changed
