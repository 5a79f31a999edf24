"""Mentions merged by the engine, group by group, are as the stage merges them at once."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest

from pipeline.dedupe import dedupe
from pipeline.dedupe.copies import Copies, find_copies
from pipeline.dedupe.groups import group_mentions
from pipeline.dedupe.settings import DedupeSettings, load_settings
from pipeline.dedupe.stage import companies_named, persons_named
from pipeline.dedupe.synthetic import synthetic_news
from pipeline.engines import Engine
from pipeline.engines.local import LocalEngine
from pipeline.engines.pool import PoolEngine
from pipeline.errors import StageError
from pipeline.flow.mentions import EXTRACTED, Extracted, Found
from pipeline.flow.outputs import Merged, as_rows
from pipeline.flow.wide_merge import merge_wide
from pipeline.places import AnyPath
from pipeline.records import EventMention
from pipeline.store import write_table
from pipeline.tables import EVENT_MENTIONS, mentions_of, to_batch
from tests.dedupe.made import article

SEED = 20240305
ROOM = 1 << 40
SETTINGS = load_settings()
# Blocks so small that some are cut.
TIGHT = replace(SETTINGS, names=replace(SETTINGS.names, max_block=5))


def slipped(rng: random.Random, mention: EventMention) -> EventMention:
    """The mention as another newsroom might have it."""
    given, *_, last = mention.person.split()
    company = mention.company
    short = company.split()[0] if company else None
    return rng.choice(
        (
            mention,
            replace(mention, person=given),
            replace(mention, person=f"{given[0]}. {last}"),
            replace(mention, person=f"{given} {last[:-2]}{last[-1]}"),
            replace(mention, person=f"Mr. {given} {last}", company=None),
            replace(mention, company=short),
            replace(mention, other_company=rng.choice(("Marson Bank", "Anson Steel", short))),
            replace(mention, status="denied"),
        )
    )


def made(count: int) -> tuple[list[EventMention], Copies]:
    """Mentions of a few hundred people, and their articles: some copies, some with two mentions, some undated."""
    rng = random.Random(SEED)
    _, mentions, _ = synthetic_news(count)
    mentions = [slipped(rng, mention) for mention in mentions]
    for number in range(0, count - 1, 9):
        mentions[number + 1] = replace(mentions[number + 1], article_id=mentions[number].article_id)
    rng.shuffle(mentions)
    mentions = list(mentions_of(to_batch(mentions, EVENT_MENTIONS)))  # as precise as tables are
    wire = " ".join(f"word{number}" for number in range(80))
    articles = [
        article(
            key, key[:10] if rng.random() < 0.9 else None, f"{key} {wire}" if rng.random() < 0.1 else f"Story {key}."
        )
        for key in sorted({mention.article_id for mention in mentions})
    ]
    return mentions, find_copies(articles, SETTINGS.copies, persons_named(mentions))


def keep(mentions: Sequence[EventMention], folder: AnyPath) -> Found:
    """The mentions as extraction leaves them: shards, in which an article is a row; no order is kept."""
    extracted = folder / "extracted"
    by_article: dict[str, list[EventMention]] = {}
    for mention in mentions:
        by_article.setdefault(mention.article_id, []).append(mention)
    rows = [
        {
            "content_key": f"key of {key}",
            "failure": None,
            "mentions": to_batch(found, EVENT_MENTIONS).to_pylist(),
            "rejections": [],
        }
        for key, found in by_article.items()
    ]
    rows.append({"content_key": "key of quiet", "failure": None, "mentions": [], "rejections": []})
    wanted = {f"key of {key}": key for key in (*by_article, "quiet")}
    (extracted / "made").mkdir(parents=True)
    for start in range(0, len(rows), 200):
        batch = pa.RecordBatch.from_pylist(rows[start : start + 200], schema=EXTRACTED)
        write_table(extracted / "made" / f"{start:05}.parquet", [batch], EXTRACTED)
    return Found(wanted, Extracted(extracted, "made"), names_only=True)


def fresh(copies: Copies) -> Copies:
    """The copies, with bounds of their own: merging counts there."""
    return replace(copies, bounds=Counter(copies.bounds))


def shown(merged: Merged) -> dict[str, object]:
    return {
        "mentions": list(merged.mentions),
        "events": list(merged.events),
        "rejections": merged.rejections,
        "duplicates": merged.duplicates,
        "counts": merged.counts,
    }


def plain(mentions: Sequence[EventMention], copies: Copies, settings: DedupeSettings) -> dict[str, object]:
    return shown(as_rows(dedupe((), mentions, settings=settings, copies=fresh(copies))))


@pytest.mark.parametrize("engine", [LocalEngine(), PoolEngine(2)], ids=["local", "pool"])
@pytest.mark.parametrize("settings", [SETTINGS, TIGHT], ids=["whole", "cut"])
def test_the_same_events(
    engine: Engine, settings: DedupeSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.flow.wide_merge.TASK_MENTIONS", 200)
    mentions, copies = made(2_000)
    assert any(mention.article_id in copies.duplicates for mention in mentions)
    expected = plain(mentions, copies, settings)
    wide = merge_wide(keep(mentions, tmp_path), fresh(copies), settings, engine, tmp_path / "merge", ROOM)
    assert shown(wide) == expected
    assert ("person_block_cut" in wide.counts) == (settings is TIGHT)
    assert len(list((tmp_path / "merge" / "events").iterdir())) > 5


def test_most_groups_are_small() -> None:
    _, mentions, _ = synthetic_news(5_000)
    companies = companies_named(mentions, (), SETTINGS)
    sizes = Counter(group_mentions(mentions, companies, SETTINGS.names).tolist())
    assert len(sizes) > 1_000
    assert max(sizes.values()) < 250


def test_a_finished_task_is_not_done_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.flow.wide_merge.TASK_MENTIONS", 100)
    mentions, copies = made(500)
    found = keep(mentions, tmp_path)

    def go() -> dict[str, object]:
        return shown(merge_wide(found, fresh(copies), SETTINGS, LocalEngine(), tmp_path / "merge", ROOM))

    first = go()
    notes = tmp_path / "merge" / "merge"
    (notes / "000002.json").unlink()
    times = {path: path.stat().st_mtime_ns for path in notes.iterdir()}
    assert go() == first
    assert {path: path.stat().st_mtime_ns for path in times} == times
    assert (notes / "000002.json").exists()


def test_a_group_that_does_not_fit_is_refused(tmp_path: Path) -> None:
    mentions, copies = made(500)
    with pytest.raises(StageError, match=r"event mentions are of people who may be one.*split the input by time"):
        merge_wide(keep(mentions, tmp_path), copies, SETTINGS, LocalEngine(), tmp_path / "merge", 10_000)


def test_no_mentions_at_all(tmp_path: Path) -> None:
    found = keep([], tmp_path)
    wide = merge_wide(found, Copies(), SETTINGS, LocalEngine(), tmp_path / "merge", ROOM)
    assert [batch.num_rows for batch in wide.mentions] == []
    assert wide.counts["events"] == 0
