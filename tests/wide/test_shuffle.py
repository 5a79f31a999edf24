"""The shuffle on a cluster, its tables in an object store."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.dedupe.copies import find_copies
from pipeline.engines.ray import RayEngine
from pipeline.flow.articles import Texts
from pipeline.flow.wide_copies import find_copies_wide
from pipeline.flow.wide_merge import merge_wide
from pipeline.places import RemotePath
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
