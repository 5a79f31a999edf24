"""Copies found by the engine, step by step, are those that the stage finds at once."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.dedupe.copies import Copies, find_copies
from pipeline.dedupe.settings import load_settings
from pipeline.engines import Engine
from pipeline.engines.local import LocalEngine
from pipeline.engines.pool import PoolEngine
from pipeline.errors import InputError, StageError
from pipeline.flow.articles import Catalogue, Entry, ShardWriter, Texts
from pipeline.flow.wide_copies import find_copies_wide
from pipeline.records import Article
from tests.dedupe.made import article
from tests.flow.conftest import Go
from tests.flow.inputs import table_bytes, write_articles

SETTINGS = load_settings().copies
SEED = 20240305
WORDS = [f"{a}{b}" for a in "bdfglmnprst" for b in ("ank", "ell", "ind", "orp", "ulm", "arst", "ook", "ist")]
BOX = " ".join(WORDS[:40])
ROOM = 1 << 40


def prose(rng: random.Random, length: int) -> list[str]:
    return [rng.choice(WORDS) for _ in range(length)]


def made_articles(count: int) -> list[Article]:
    """Stories with touched-up, cut and exact copies, furniture of sites, templates that fill a bucket, cut texts."""
    rng = random.Random(SEED)
    found: list[Article] = []
    template = prose(rng, 120)
    long = " ".join(prose(rng, SETTINGS.max_characters // 4))
    while len(found) < count:
        words = template if rng.random() < 0.2 else prose(rng, rng.choice((15, 60, 200)))
        for _ in range(rng.choice((1, 1, 2, 4))):
            text = [word if rng.random() > 0.03 else rng.choice(WORDS) for word in words]
            text = text[: int(len(text) * rng.choice((0.6, 1.0, 1.0)))] if rng.random() < 0.5 else words
            site = rng.choice((None, "a.example", "b.example", "c.example"))
            body = " ".join(text) + (f" {BOX}" if site == "a.example" else "")
            day = f"2024-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}" if rng.random() < 0.9 else None
            found.append(article(f"n{len(found):05}", day, body, publisher=site))
    found[7] = replace(found[7], text=long, text_sha256="long")
    found[11] = replace(found[11], text=long, text_sha256="long")
    found[13] = replace(found[13], text="Bluepond, formerly Kessler Data, said so.", text_sha256="renamed")
    found[17] = replace(found[17], status="failed", reason="broken")
    return found


def keep(articles: list[Article], folder: Path) -> list[Entry]:
    """The articles as shards on disk, several sources in each."""
    folder.mkdir()
    writer = ShardWriter(folder)
    for start in range(0, len(articles), 7):
        writer.add(f"source {start}", articles[start : start + 7])
    writer.flush()
    return Catalogue(folder).entries([f"source {start}" for start in range(0, len(articles), 7)])


def shown(found: Copies) -> dict[str, object]:
    heads = {key: (head.url, head.publisher, head.published_at) for key, head in found.heads.items()}
    cut = sorted(found.cut, key=lambda row: row.article_id)
    return {
        "heads": heads,
        "duplicates": found.duplicates,
        "bounds": found.bounds,
        "cut": cut,
        "renames": found.renames,
    }


@pytest.mark.parametrize("engine", [LocalEngine(), PoolEngine(2)], ids=["local", "pool"])
@pytest.mark.parametrize("bucket", [3, SETTINGS.max_bucket])
def test_the_same_copies(engine: Engine, bucket: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.flow.wide_copies.TASK_TEXTS", 40)
    settings = replace(SETTINGS, max_bucket=bucket)
    articles = made_articles(500)
    entries = keep(articles, tmp_path / "articles")
    tellers = (made.article_id for made in articles[::5])
    persons = {key: frozenset({"Ana Ruiz", "Bo Li"} if n % 2 else {"Cy Dow"}) for n, key in enumerate(tellers)}
    failures = {articles[23].article_id: "crashed"}
    plain = find_copies(
        (replace(made, status="failed") if made.article_id in failures else made for made in Texts().articles(entries)),
        settings,
        persons,
    )
    kinds = {kind for _, kind in plain.duplicates.values()}
    assert kinds == {"exact", "near"}
    assert plain.bounds["article_text_cut"] == 2
    assert ("copy_bucket_full" in plain.bounds) == (bucket == 3)
    wide = find_copies_wide(entries, failures, persons, settings, engine, tmp_path / "shuffle", ROOM)
    assert shown(wide) == shown(plain)
    assert len(list((tmp_path / "shuffle" / "by_group").iterdir())) > 3


def test_a_finished_task_is_not_done_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.flow.wide_copies.TASK_TEXTS", 40)
    entries = keep(made_articles(200), tmp_path / "articles")

    def go() -> dict[str, object]:
        folder = tmp_path / "shuffle"
        return shown(find_copies_wide(entries, {}, {}, SETTINGS, LocalEngine(), folder, ROOM))

    first = go()
    (tmp_path / "shuffle" / "strip" / "000002.json").unlink()
    times = {path: path.stat().st_mtime_ns for path in (tmp_path / "shuffle").glob("*/*.json")}
    assert go() == first
    assert {path: path.stat().st_mtime_ns for path in times} == times
    assert (tmp_path / "shuffle" / "strip" / "000002.json").exists()


def test_a_group_that_does_not_fit_is_refused(tmp_path: Path) -> None:
    entries = keep(made_articles(200), tmp_path / "articles")
    with pytest.raises(StageError, match=r"articles are alike, by way of others.*split the input by time"):
        find_copies_wide(entries, {}, {}, SETTINGS, LocalEngine(), tmp_path / "shuffle", 10_000)


def test_a_run_has_the_same_tables(go: Go, raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_articles(raw, range(12, 60))
    go("plain")
    monkeypatch.setattr("pipeline.flow.run.WIDE_ARTICLES", 10)
    monkeypatch.setattr("pipeline.flow.wide_copies.TASK_TEXTS", 8)
    go("wide")
    assert table_bytes(tmp_path / "plain") == table_bytes(tmp_path / "wide")
    assert list((tmp_path / "wide" / ".state" / "shuffle").iterdir()) == []


def test_no_articles_at_all(go: Go, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.flow.run.WIDE_ARTICLES", 0)
    (tmp_path / "short").mkdir()
    (tmp_path / "short" / "a.txt").write_text("Too short.")
    assert go(inputs=(str(tmp_path / "short"),)).changed


def test_what_does_not_fit_in_memory_is_refused_before_it_is_merged(go: Go, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.flow.memory.memory_left", lambda: 1_000)
        with pytest.raises(InputError, match=r"merging 8 event mentions of 12 articles needs .* is kept"):
            go()
    assert go().record["extract"]["articles_new"] == 0
