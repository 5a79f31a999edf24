"""The command line as people meet it: help, errors in one sentence, exit codes, what goes where."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline.cli import cli, main
from tests.flow.fakes import FakeLoad
from tests.flow.inputs import table_bytes, write_articles

ROOT = Path(__file__).parent.parent
VERBS = ("extract", "ingest", "dedupe", "evaluate", "explain", "bench", "gold")
Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    """Runs a command with the cheap extractor; gives exit code, standard output and standard error."""
    monkeypatch.setattr("pipeline.flow.run.ExtractorLoad", lambda *_: FakeLoad())
    monkeypatch.setattr("pipeline.flow.settings.code_digest", lambda *_: "code")

    def run(*arguments: str | Path) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        assert isinstance(left.value.code, int)
        assert "Traceback" not in err
        return left.value.code, out, err

    return run


def test_help_names_every_command(call: Call) -> None:
    code, out, _ = call("--help")
    assert code == 0
    assert [verb for verb in VERBS if not re.search(rf"^  {verb} ", out, re.MULTILINE)] == []


@pytest.mark.parametrize("verb", VERBS)
def test_every_command_has_help_with_an_example(call: Call, verb: str) -> None:
    code, out, _ = call(verb, "--help")
    assert code == 0
    assert f"newsmoves {verb}" in out


def test_every_command_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text()
    assert [verb for verb in VERBS if f"newsmoves {verb}" not in readme] == []


def test_every_make_target_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text()
    targets = re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert len(targets) > 8
    assert [target for target in targets if f"make {target}" not in readme] == []


def test_ray_that_is_not_installed_is_said_with_the_remedy(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    raw = write_articles(tmp_path / "raw", range(2))
    code, _, err = call("extract", raw, "-o", tmp_path / "out", "--engine", "ray")
    assert code == 1
    assert "pip install 'newsmoves[ray]'" in err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("engine", ["local", "pool"])
def test_engine_may_be_chosen(call: Call, tmp_path: Path, engine: str) -> None:
    raw = write_articles(tmp_path / "raw", range(3))
    assert call("extract", raw, "-o", tmp_path / "out", "--engine", engine)[0] == 0


def test_extract_prints_the_newest_events_and_where_the_files_lie(call: Call, tmp_path: Path) -> None:
    raw = write_articles(tmp_path / "raw", range(12))
    code, out, err = call("extract", raw, "-o", tmp_path / "out", "--workers", "1")
    assert code == 0
    assert re.search(r"^published +date +person +action +role +company +status +sources$", out, re.MULTILINE)
    assert re.search(r"^2024-03-11 +2024-03-11 +Anna Irving +joined +Vantor +done +1$", out, re.MULTILINE)
    for name in ("articles", "event_mentions", "events", "rejections"):
        assert str(tmp_path / "out" / f"{name}.parquet") in out
    stages = [line.split(":")[0] for line in err.splitlines()]
    assert stages == ["ingest", "extract", "dedupe", "write", "done"]


def test_second_run_says_that_nothing_was_new(call: Call, tmp_path: Path) -> None:
    raw = write_articles(tmp_path / "raw", range(3))
    call("extract", raw, "-o", tmp_path / "out")
    code, out, _ = call("extract", raw, "-o", tmp_path / "out")
    assert code == 0
    assert out.startswith("Nothing was new.\n")


def test_quiet_says_nothing(call: Call, tmp_path: Path) -> None:
    raw = write_articles(tmp_path / "raw", range(3))
    assert call("extract", raw, "-o", tmp_path / "out", "--quiet") == (0, "", "")
    assert call("ingest", raw, "-o", tmp_path / "out", "--quiet") == (0, "", "")
    assert call("extract", raw, "-o", tmp_path / "out", "--quiet") == (0, "", "")
    assert call("dedupe", tmp_path / "out", "--quiet") == (0, "", "")


def test_ingest_and_dedupe_say_what_they_made(call: Call, tmp_path: Path) -> None:
    raw = write_articles(tmp_path / "raw", range(3))
    assert "3 articles in" in call("ingest", raw, "-o", tmp_path / "out")[1]
    call("extract", raw, "-o", tmp_path / "out")
    assert "2 events in" in call("dedupe", tmp_path / "out")[1]


def test_columns_and_date_reach_the_articles(call: Call, tmp_path: Path) -> None:
    record = {
        "maintext": "The engineer Anna Falk joined Umbra in the spring, and the town was glad.",
        "id": 7,
    }
    (tmp_path / "news.jsonl").write_text(json.dumps(record) + "\n")
    arguments = ("--columns", "text=maintext", "--published", "2024-05-06")
    assert call("extract", tmp_path / "news.jsonl", "-o", tmp_path / "out", *arguments)[0] == 0
    [article] = pq.read_table(tmp_path / "out" / "articles.parquet").to_pylist()
    assert article["text"].startswith("The engineer Anna Falk")
    assert (article["published_source"], str(article["published_at"].date())) == ("option", "2024-05-06")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["extract"], 2, "Missing argument 'INPUT...'"),
        (["extract", "raw"], 2, "Missing option '-o'"),
        (["extract", "raw", "-o", "out", "--speed", "9"], 2, "No such option '--speed'"),
        (["extract", "raw", "-o", "out", "--workers", "0"], 2, "'--workers'"),
        (["extract", "raw", "-o", "out", "--engine", "spark"], 2, "'--engine'"),
        (["extract", "raw", "-o", "out", "--address", "auto"], 2, "add --engine ray"),
        (["extract", "raw", "-o", "out", "--published", "5 May"], 2, "'--published'"),
        (["extract", "raw", "-o", "out", "--columns", "text:body"], 2, "OURS=THEIRS"),
        (["extract", "raw", "-o", "out", "--min-confidence", "2"], 2, "'--min-confidence'"),
        (["extract", "raw", "-o", "out", "--rules", "none"], 2, "'none' does not exist"),
        (["harvest"], 2, "No such command 'harvest'"),
        (["extract", "missing.txt", "-o", "out"], 1, "Error: missing.txt: no such file or folder"),
        (["extract", "empty", "-o", "out"], 1, "Error: empty: holds no files to read"),
        (["extract", "raw", "-o", "file"], 2, "'file' is a file"),
        (["dedupe", "empty"], 1, "newsmoves extract"),
        (["explain", "missing.txt"], 1, "Error: missing.txt: no such file or folder"),
    ],
)
def test_errors_are_one_clear_line(
    call: Call,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    code: int,
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    write_articles(tmp_path / "raw", range(1))
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").touch()
    found, out, err = call(*arguments)
    assert (found, out) == (code, "")
    assert message in err
    assert not (tmp_path / "out" / "articles.parquet").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_read_only_output_is_an_error(call: Call, tmp_path: Path) -> None:
    raw = write_articles(tmp_path / "raw", range(1))
    (tmp_path / "locked").mkdir(mode=0o500)
    code, _, err = call("extract", raw, "-o", tmp_path / "locked" / "out")
    assert code == 1
    assert "locked/out: cannot be used as output folder" in err


def test_full_disk_is_an_error_in_one_line(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    raw = write_articles(tmp_path / "raw", range(1))
    monkeypatch.setattr("pipeline.store._sync", full)
    code, out, err = call("extract", raw, "-o", tmp_path / "out")
    assert (code, out) == (1, "")
    assert err.splitlines()[-1] == "Error: No space left on device"


def test_control_characters_of_an_article_do_not_reach_the_terminal() -> None:
    from pipeline.newest import _plain

    assert _plain("Anna\x1b[31m\u202eFalk\n") == "Anna [31m Falk "


SLOW = """
import os
from pathlib import Path
import pipeline.flow.run as run
from pipeline.cli import main
from tests.flow.fakes import CountingLoad
run.ExtractorLoad = lambda *_: CountingLoad(Path(os.environ["LOG"]), pause_seconds=0.05)
if __name__ == "__main__":
    main()
"""


def test_interrupt_is_clean_and_the_next_run_goes_on(call: Call, tmp_path: Path) -> None:
    raw = write_articles(tmp_path / "raw", range(60))
    script = tmp_path / "slow.py"
    script.write_text(SLOW)
    arguments = ["extract", str(raw), "-o", str(tmp_path / "out"), "--workers", "2"]
    process = subprocess.Popen(
        [sys.executable, str(script), *arguments],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "LOG": str(tmp_path / "log")},
        start_new_session=True,
    )
    waited = 0
    while not (tmp_path / "log").exists() and waited < 400:
        time.sleep(0.05)
        waited += 1
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert "Traceback" not in err
    assert err.splitlines()[-1].startswith("Interrupted; run the same command again")
    assert not table_bytes(tmp_path / "out")
    assert call(*arguments)[0] == 0
    assert len(table_bytes(tmp_path / "out")) == 4


def test_module_and_command_are_the_same() -> None:
    command = [sys.executable, "-m", "pipeline", "--version"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.startswith("newsmoves, version ")
    assert 'newsmoves = "pipeline.cli:main"' in (ROOT / "pyproject.toml").read_text()


def test_help_lines_of_the_group_are_those_of_the_commands(call: Call) -> None:
    out = call("--help")[1]
    for name, command in cli.commands.items():
        assert command.get_short_help_str(40).rstrip(".")[:30] in out, name
