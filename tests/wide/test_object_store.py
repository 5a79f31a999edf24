"""Input and output in an object store: the same tables, published by a manifest."""

from __future__ import annotations

import gzip
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.cli import main
from pipeline.engines import Engine
from pipeline.engines.local import LocalEngine
from pipeline.errors import InputError, StageError
from pipeline.flow import RunResult, RunSettings, run_dedupe, run_extract
from pipeline.manifest import table_files
from pipeline.places import RemotePath, readable
from tests.flow.fakes import FakeLoad
from tests.flow.inputs import table_bytes, text_of, write_articles

ROOT = Path(__file__).parents[2]


def put(folder: Path, place: RemotePath) -> None:
    for path in sorted(folder.iterdir()):
        (place / path.name).write_bytes(path.read_bytes())


def go(bucket: RemotePath, engine: Engine | None = None) -> RunResult:
    settings = RunSettings((str(bucket / "raw"),), bucket / "out")
    return run_extract(settings, engine=engine or LocalEngine(), load=FakeLoad())


def published(output: RemotePath) -> dict[str, bytes]:
    return {f"{name}.parquet": path.read_bytes() for name, path in sorted(table_files(output).items())}


@pytest.mark.parametrize("cluster", [False, True], ids=["local", "ray"])
def test_the_tables_are_those_of_a_run_on_files(
    bucket: RemotePath, cluster: bool, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    engine = request.getfixturevalue("ray_engine") if cluster else LocalEngine()
    raw = write_articles(tmp_path / "raw", range(40))
    put(raw, bucket / "raw")
    assert go(bucket, engine).changed
    run_extract(RunSettings((str(raw),), tmp_path / "out"), engine=LocalEngine(), load=FakeLoad())
    assert published(bucket / "out") == table_bytes(tmp_path / "out")
    assert not go(bucket, engine).changed


def test_grown_input_is_read_where_it_grew_and_former_tables_stay_for_a_run(bucket: RemotePath, tmp_path: Path) -> None:
    put(write_articles(tmp_path / "raw", range(6)), bucket / "raw")
    go(bucket)
    first = table_files(bucket / "out")["events"]
    ids = pq.read_table(readable(first))["event_id"].to_pylist()
    put(write_articles(tmp_path / "raw", range(12)), bucket / "raw")
    (bucket / "raw" / ".hidden.txt").write_bytes(b"no news")
    go(bucket)
    second = table_files(bucket / "out")["events"]
    assert first != second
    assert first.read_bytes()
    assert set(ids) < set(pq.read_table(readable(second))["event_id"].to_pylist())
    put(write_articles(tmp_path / "raw", range(15)), bucket / "raw")
    result = go(bucket)
    assert result.record["ingest"]["articles"] == 15
    with pytest.raises(FileNotFoundError):
        first.read_bytes()
    assert second.read_bytes()


def test_a_run_that_dies_before_the_manifest_leaves_the_former_tables(
    bucket: RemotePath, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(write_articles(tmp_path / "raw", range(6)), bucket / "raw")
    go(bucket)
    before = published(bucket / "out")
    put(write_articles(tmp_path / "raw", range(12)), bucket / "raw")

    def die(*_: object) -> None:
        raise OSError("the network is gone")

    with monkeypatch.context() as patch:
        patch.setattr(RemotePath, "write_bytes", die)
        with pytest.raises(OSError, match="the network is gone"):
            go(bucket)
    assert published(bucket / "out") == before
    go(bucket)
    assert published(bucket / "out") != before
    assert len(list((bucket / "out" / "tables").iterdir())) == 2  # those of the run that died are gone


def awkward_files(folder: Path) -> Path:
    """Formats, archives, broken files and names that an address would spell in another way."""
    write_articles(folder, range(3))
    lines = "\n".join(json.dumps({"title": f"Story {n}", "text": text_of(n)}) for n in range(5, 12))
    (folder / "records.jsonl.gz").write_bytes(gzip.compress(lines.encode()))
    with zipfile.ZipFile(folder / "a zip.zip", "w") as archive:
        archive.writestr("inner/story.txt", text_of(20))
    texts = [text_of(number) for number in range(30, 40)]
    pq.write_table(pa.table({"title": texts, "text": texts}), folder / "100%.parquet", row_group_size=3)
    (folder / "café #1?.txt").write_text(text_of(50))
    (folder / "a+b & c=d.txt").write_text(text_of(51))
    (folder / "empty.txt").write_bytes(b"")
    (folder / "broken.gz").write_bytes(gzip.compress(text_of(52).encode())[:-9])
    (folder / "picture.png").write_bytes(b"\x89PNG" + bytes(range(256)))
    return folder


def test_what_is_awkward_is_read_as_it_is_from_files(bucket: RemotePath, tmp_path: Path) -> None:
    raw = awkward_files(tmp_path / "raw")
    put(raw, bucket / "raw")
    assert go(bucket).record["ingest"]["failed"] == 2
    run_extract(RunSettings((str(raw),), tmp_path / "out"), engine=LocalEngine(), load=FakeLoad())
    assert published(bucket / "out") == table_bytes(tmp_path / "out")


def test_a_large_object_is_read_in_parts(bucket: RemotePath, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = "\n".join(json.dumps({"title": f"Story {n}", "text": text_of(n)}) for n in range(100))
    (bucket / "raw" / "records.jsonl").write_bytes(lines.encode())
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "records.jsonl").write_text(lines)
    monkeypatch.setattr("pipeline.ingest.parts.PART_BYTES", 3_000)
    assert go(bucket).changed
    assert len(list((bucket / "out" / ".state" / "parts").iterdir())) == 1
    run_extract(RunSettings((str(tmp_path / "raw"),), tmp_path / "out"), engine=LocalEngine(), load=FakeLoad())
    assert published(bucket / "out") == table_bytes(tmp_path / "out")


def test_a_store_that_falls_silent_ends_the_run_and_blames_no_article(
    bucket: RemotePath, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(write_articles(tmp_path / "raw", range(6)), bucket / "raw")
    opened = RemotePath.open

    class Silent:
        def read(self, _: int) -> bytes:
            raise OSError("NETWORK_CONNECTION")

        def close(self) -> None:
            pass

    def silent(path: RemotePath) -> Any:
        return Silent() if path.name.endswith("story-003.txt") else opened(path)

    def dead(path: RemotePath) -> Any:
        if path.name.endswith("story-003.txt"):
            raise OSError("SLOW_DOWN")
        return opened(path)

    def denied(path: RemotePath) -> Any:
        if path.name.endswith("story-003.txt"):
            raise OSError("AWS Error ACCESS_DENIED during HeadObject")
        return opened(path)

    for answer in (silent, dead):
        with monkeypatch.context() as patch:
            patch.setattr(RemotePath, "open", answer)
            with pytest.raises(StageError, match=r"the object store does not answer: .*; run the same command again"):
                go(bucket)
    with monkeypatch.context() as patch:
        patch.setattr(RemotePath, "open", denied)
        assert go(bucket).record["ingest"]["reasons"] == {"cannot open": 1}


def test_a_shard_that_was_cut_short_is_done_again(bucket: RemotePath, tmp_path: Path) -> None:
    put(write_articles(tmp_path / "raw", range(6)), bucket / "raw")
    go(bucket)
    before = published(bucket / "out")
    for kind in ("articles", "extracted"):
        for info in (bucket / "out" / ".state" / kind).listed(recursive=True):
            if info.is_file:
                path = bucket.below(info)
                path.write_bytes(path.read_bytes()[:-20])
    (bucket / "out" / "manifest.json").unlink()
    assert go(bucket).changed
    assert published(bucket / "out") == before


def test_the_output_inside_the_input_is_no_news(bucket: RemotePath, tmp_path: Path) -> None:
    put(write_articles(tmp_path / "raw", range(6)), bucket / "raw")
    settings = RunSettings((str(bucket / "raw"),), bucket / "raw" / "out")
    for changed in (True, False):
        result = run_extract(settings, engine=LocalEngine(), load=FakeLoad())
        assert result.changed == changed
        assert result.record["ingest"]["articles"] == 6


def test_commands_take_such_places(
    bucket: RemotePath, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("pipeline.flow.run.ExtractorLoad", lambda *_: FakeLoad())
    put(write_articles(tmp_path / "raw", range(6)), bucket / "raw")

    def call(*arguments: str) -> tuple[Any, str]:
        with pytest.raises(SystemExit) as left:
            main(arguments)
        out, err = capsys.readouterr()
        return left.value.code, out + err

    code, said = call("extract", f"{bucket}/raw", "-o", f"{bucket}/out", "--engine", "local")
    assert code == 0
    assert re.search(rf"\d+ events +{bucket}/out/tables/\w+/events.parquet", said)
    assert call("dedupe", f"{bucket}/out")[0] == 0
    assert call("ingest", f"{bucket}/raw/2024-03-01-story-000.txt", "-o", str(tmp_path / "one"))[0] == 0
    assert call("extract", f"{bucket}/nothing", "-o", f"{bucket}/out") == (
        1,
        f"Error: {bucket}/nothing: holds no objects to read (hidden ones don't count); name another input\n",
    )
    assert "not a place to read or write" in call("extract", "ftp://news/x", "-o", f"{bucket}/out")[1]


def test_dedupe_alone_keeps_the_other_tables(bucket: RemotePath, tmp_path: Path) -> None:
    put(write_articles(tmp_path / "raw", range(6)), bucket / "raw")
    go(bucket)
    before = published(bucket / "out")
    run_dedupe(bucket / "out")
    assert published(bucket / "out") == before


def test_the_snippet_of_the_documentation_reads_the_tables(bucket: RemotePath, tmp_path: Path) -> None:
    put(write_articles(tmp_path / "raw", range(6)), bucket / "raw")
    go(bucket)
    text = (ROOT / "docs" / "scale.md").read_text()
    snippet = re.search(r"```python\n(.*?)```", text, re.DOTALL)
    assert snippet is not None
    found: dict[str, Any] = {}
    exec(snippet[1].replace("s3://bucket/moves", f"{bucket}/out"), found)
    assert len(found["events"]) == 4
    assert found["left"].fetchall() == []


def test_a_place_without_a_bucket_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="name a path of this machine, or s3://"):
        run_extract(RunSettings(("s3://",), tmp_path / "out"))


def test_the_manifest_names_every_table(bucket: RemotePath, tmp_path: Path) -> None:
    put(write_articles(tmp_path / "raw", range(6)), bucket / "raw")
    go(bucket)
    manifest = json.loads((bucket / "out" / "manifest.json").read_bytes())
    assert sorted(manifest["tables"]) == ["articles", "event_mentions", "events", "rejections"]
    assert all(len(files) == 1 for files in manifest["tables"].values())
    assert json.loads((bucket / "out" / manifest["run"]).read_bytes())["ingest"]["articles"] == 6
