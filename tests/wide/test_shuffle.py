"""The shuffle on a cluster, its tables in an object store."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from pipeline.dedupe.copies import find_copies
from pipeline.engines.ray import RayEngine
from pipeline.flow.articles import Texts
from pipeline.flow.shuffle import Made
from pipeline.flow.wide_copies import find_copies_wide
from pipeline.flow.wide_merge import Merge, merge_wide
from pipeline.places import AnyPath, RemotePath
from tests.flow import test_wide_merge as merging
from tests.flow.test_wide_copies import ROOM, SETTINGS, keep, made_articles, shown


@pytest.mark.parametrize("remote", [False, True], ids=["files", "object store"])
def test_the_same_copies(
    ray_engine: RayEngine, remote: bool, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.flow.wide_copies.TASK_TEXTS", 60)
    place: Path | RemotePath = request.getfixturevalue("bucket") if remote else tmp_path
    entries = keep(made_articles(300), tmp_path / "articles")
    wide = find_copies_wide(entries, {}, {}, SETTINGS, ray_engine, place / "shuffle", ROOM)
    assert shown(wide) == shown(find_copies(Texts().articles(entries), SETTINGS))


@pytest.mark.parametrize("remote", [False, True], ids=["files", "object store"])
def test_the_same_events(
    ray_engine: RayEngine, remote: bool, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.flow.wide_merge.TASK_MENTIONS", 200)
    place: Path | RemotePath = request.getfixturevalue("bucket") if remote else tmp_path
    mentions, copies = merging.made(600)
    found = merging.keep(mentions, tmp_path)
    wide = merge_wide(found, merging.fresh(copies), merging.SETTINGS, ray_engine, place / "merge", ROOM)
    assert merging.shown(wide) == merging.plain(mentions, copies, merging.SETTINGS)


@dataclass(frozen=True, slots=True)
class KillTheWorkerOnce(Merge):
    """Merges as usual, but the first to be given part 1 kills the Ray worker above it, and is killed with it."""

    mark: Path = Path()

    def __call__(self, folder: AnyPath, part: int) -> Made:
        if part == 1 and not self.mark.exists():
            self.mark.touch()
            parent = multiprocessing.parent_process()
            assert parent is not None
            assert parent.pid is not None
            os.kill(parent.pid, signal.SIGKILL)
            time.sleep(1_000)
        return Merge.__call__(self, folder, part)


def test_busy_worker_killed_in_a_merge_costs_nothing(
    ray_engine: RayEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.flow.wide_merge.TASK_MENTIONS", 200)
    mark = tmp_path / "mark"
    monkeypatch.setattr("pipeline.flow.wide_merge.Merge", partial(KillTheWorkerOnce, mark=mark))
    mentions, copies = merging.made(600)
    found = merging.keep(mentions, tmp_path)
    wide = merge_wide(found, merging.fresh(copies), merging.SETTINGS, ray_engine, tmp_path / "merge", ROOM)
    assert mark.exists()
    assert merging.shown(wide) == merging.plain(mentions, copies, merging.SETTINGS)
