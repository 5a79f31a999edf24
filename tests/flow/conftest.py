"""Small inputs that the cheap extractor understands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.engines.local import LocalEngine
from pipeline.flow import RunResult, RunSettings, run_extract
from tests.flow.fakes import FakeLoad
from tests.flow.inputs import write_articles

Go = Callable[..., RunResult]


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """Twelve articles in a folder."""
    return write_articles(tmp_path / "raw", range(12))


@pytest.fixture
def go(tmp_path: Path, raw: Path) -> Go:
    """Runs everything on `raw` with the cheap extractor, in this process."""

    def run(output: str = "out", load: FakeLoad | None = None, **settings: object) -> RunResult:
        chosen: dict[str, object] = {"inputs": (str(raw),), "output": tmp_path / output, **settings}
        return run_extract(RunSettings(**chosen), engine=LocalEngine(), load=load or FakeLoad())  # type: ignore[arg-type]

    return run


@pytest.fixture(autouse=True)
def same_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program may be edited while its tests run; a run would notice and read everything again."""
    monkeypatch.setattr("pipeline.flow.settings.code_digest", lambda *_: "code")
