"""One run, from inputs to published tables."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow.compute as pc

from pipeline import __version__, rulebook
from pipeline.engines import Engine
from pipeline.engines.pool import PoolEngine
from pipeline.errors import StageError
from pipeline.flow.articles import Catalogue, Entry, Texts
from pipeline.flow.memory import check_room, memory_left
from pipeline.flow.mentions import Extracted, ExtractLoad, Found, Run
from pipeline.flow.outputs import (
    Merged,
    as_rows,
    batches,
    failed,
    marked,
    previous,
    table,
    unread,
    write_record,
    write_results,
)
from pipeline.flow.parting import Parting, in_parts
from pipeline.flow.progress import Clock, Progress, Silent, kind_of, listed
from pipeline.flow.reading import Reading, read_all, read_first
from pipeline.flow.settings import (
    RunSettings,
    dedupe_digest,
    extractor_digest,
    model_versions,
    reader_digest,
)
from pipeline.manifest import AnyStore, store_at
from pipeline.places import AnyPath, remove_folder
from pipeline.records import LEAST_CONFIDENCE, Rejection
from pipeline.store import digest, run_of, write_table
from pipeline.tables import (
    ARTICLES,
    REJECTIONS,
    SCHEMA_VERSION,
    TABLES,
    articles_of,
    mentions_of,
)

if TYPE_CHECKING:
    from pipeline.dedupe.copies import Copies
    from pipeline.ingest import Source

# From so many articles on, the engine looks for copies and merges, rather than this process.
WIDE_ARTICLES = 100_000

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a run did. `changed` is False when the tables were left as they were."""

    output: AnyPath
    changed: bool
    record: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ExtractorLoad:
    """Makes the extractor in whatever process extracts."""

    rules: tuple[Path, ...] = ()
    min_confidence: float = LEAST_CONFIDENCE

    def __call__(self) -> Run:
        """Load the model and the rules."""
        from pipeline.extract import Extractor, ExtractSettings

        return Extractor(ExtractSettings(rules=self.rules, min_confidence=self.min_confidence)).run


def run_extract(
    settings: RunSettings,
    progress: Progress | None = None,
    engine: Engine | None = None,
    load: ExtractLoad | None = None,
) -> RunResult:
    """Run every stage; what is finished from former runs is not done again.

    Args:
        settings: What to read, how, and where to.
        progress: Told how far the run is.
        engine: Who calls the extractor; a pool of `settings.workers` processes when not given.
        load: Makes the extractor; the real one when not given.

    Raises:
        InputError: An input or the output folder cannot be used.
        RuleError: A rule is wrong; nothing has been done then.
    """
    from pipeline.dedupe.settings import load_settings

    began = time.perf_counter()
    progress = progress or Silent()
    rulebook.use(settings.rules)
    if load is None:
        load = ExtractorLoad(settings.rules, settings.min_confidence)
    load_settings(settings.rules)
    engine = engine or PoolEngine(settings.workers)
    extractor = extractor_digest(settings)
    store = store_at(settings.output)
    with store.locked():
        clock = Clock()
        catalogue, sources, counts = _ingest(store, settings, progress, engine)
        entries = catalogue.entries(sources, settings.limit)
        record = _record(settings, counts | _statuses(entries))
        _log_ingest(record["ingest"], clock.lap("ingest"))
        run = digest("extract", extractor, dedupe_digest(settings), *(_identity(entry) for entry in entries))
        if all(run_of(store.table(name)) == run for name in TABLES) and store.run():
            log.info("nothing new: the tables in %s hold all of this input", settings.output)
            return RunResult(settings.output, False, store.run())
        extracted = Extracted(store.folder("extracted"), extractor)
        record["extract"] = _extract(entries, extracted, engine, load, progress)
        wide = len(entries) >= WIDE_ARTICLES and run_of(store.table("events")) is None
        found = Found({e.content_key: e.article_id for e in entries if e.status == "ok"}, extracted, wide)
        record["extract"] |= found.counts()
        _log_extract(record["extract"], clock.lap("extract"))
        record["dedupe"] = _merge_and_publish(store, entries, found, settings, engine, run, record, clock)
        if settings.limit is None:
            catalogue.drop_unused(sources)
            extracted.drop_unused(found.keys)
    log.info("done: %s; %.1f s", settings.output, time.perf_counter() - began)
    return RunResult(settings.output, True, record)


def run_ingest(settings: RunSettings, progress: Progress | None = None, engine: Engine | None = None) -> RunResult:
    """Run the first stage only: articles.parquet, and the rejections of articles that could not be read."""
    rulebook.use(settings.rules)
    store = store_at(settings.output)
    with store.locked():
        clock = Clock()
        catalogue, sources, counts = _ingest(
            store, settings, progress or Silent(), engine or PoolEngine(settings.workers)
        )
        entries = catalogue.entries(sources, settings.limit)
        record = _record(settings, counts | _statuses(entries))
        _log_ingest(record["ingest"], clock.lap("ingest"))
        run = digest("ingest", *(_identity(entry) for entry in entries))
        names = ("articles", "rejections")
        if all(run_of(store.table(name)) == run for name in names):
            log.info("nothing new: the tables in %s hold all of this input", settings.output)
            return RunResult(settings.output, False, store.run())
        from pipeline.ingest import mark_exact_copies

        copies = mark_exact_copies(
            (article.article_id, article.text_sha256, article.published_at)
            for article in Texts().articles(entries)
            if article.status == "ok"
        )
        marks = {copy: (original, "exact") for copy, original in copies.items()}
        articles = marked(Texts().articles(entries), marks)
        staged = store.stage()
        record["tables"] = {
            "articles": write_table(staged / "articles.parquet", batches(articles, ARTICLES), ARTICLES, run),
            "rejections": write_table(
                staged / "rejections.parquet", batches(unread(entries), REJECTIONS), REJECTIONS, run
            ),
        }
        write_record(staged, record, clock)
        store.publish()
    return RunResult(settings.output, True, record)


def run_dedupe(output: AnyPath, rules: Sequence[Path] = ()) -> RunResult:
    """Run the last stage only, on the articles and event mentions in `output`, with own rules.

    Raises:
        InputError: A table is missing or cannot be read.
        RuleError: A rule is wrong.
    """
    from pipeline.dedupe import dedupe

    rulebook.use(rules)
    store = store_at(output)
    with store.locked():
        clock = Clock()
        tables = {name: table(store, name) for name in ("articles", "event_mentions", "rejections")}
        mentions = [
            replace(m, event_id=None, person_id=None, company_id=None) for m in mentions_of(tables["event_mentions"])
        ]
        result = dedupe(articles_of(tables["articles"]), mentions, **previous(store))
        log.info("dedupe: %s; %.1f s", listed(result.counts), clock.lap("dedupe"))
        kept = tables["rejections"].filter(pc.field("stage") != "dedupe")
        run = run_of(store.table("event_mentions")) or digest("dedupe")
        staged = store.stage()
        counts = {
            "articles": write_table(
                staged / "articles.parquet",
                batches(marked(articles_of(tables["articles"]), result.duplicates), ARTICLES),
                ARTICLES,
                run,
            ),
            **write_results(staged, as_rows(result), kept, [], run),
        }
        record = {**store.run(), "dedupe": dict(result.counts), "tables": counts}
        write_record(staged, record, clock)
        store.publish()
    return RunResult(output, True, record)


def _ingest(
    store: AnyStore, settings: RunSettings, progress: Progress, engine: Engine
) -> tuple[Catalogue, list[str], dict[str, Any]]:
    """Read what is new. Returns the catalogue, the source keys in order, and counts."""
    from pipeline.ingest import IngestSettings, discover

    sources = [s for s in discover(settings.inputs) if s.path is None or not store.wrote(s.path)]
    how = IngestSettings(published=settings.published, columns=dict(settings.columns or {}))
    reader = reader_digest(settings)
    catalogue = Catalogue(store.folder("articles"))
    job = Reading(store.folder("articles"), how, settings.rules)
    keyed = ((_source_key(source, reader), source) for source in sources)
    if settings.limit is not None:
        keys, count = read_first(catalogue, keyed, job, settings.limit)
        taken = len(keys)
    else:
        parts = in_parts(keyed, Parting(store.folder("parts"), how), engine)
        keys = [key for key, _ in parts]
        new = [(key, source) for key, source in parts if not catalogue.has(key)]
        taken, count = len(sources), len({source.uri for _, source in new})
        progress.start("ingest", len(new))
        read_all(catalogue, new, job, engine, progress.advance)
        progress.finish()
    return catalogue, keys, {"files": len(sources), "files_taken": taken, "files_new": count}


def _source_key(source: Source, reader: str) -> str:
    from pipeline.ingest import fingerprint

    try:
        content = fingerprint(source)
    except OSError as err:
        content = f"unreadable: {err.strerror}"
    return digest(reader, source.uri, content)


def _extract(
    entries: Sequence[Entry], extracted: Extracted, engine: Engine, load: ExtractLoad, progress: Progress
) -> dict[str, Any]:
    readable = [entry for entry in entries if entry.status == "ok"]
    pending = [entry for entry in readable if entry.content_key not in extracted.keys]
    progress.start("extract", len(pending))
    extracted.extract(engine, load, pending, progress.advance)
    progress.finish()
    return {
        "articles": len(readable),
        "articles_new": len(pending),
        "articles_known": len(readable) - len(pending),
    }


def _merge_and_publish(
    store: AnyStore,
    entries: Sequence[Entry],
    found: Found,
    settings: RunSettings,
    engine: Engine,
    run: str,
    record: dict[str, Any],
    clock: Clock,
) -> dict[str, Any]:
    check_room(len(entries), len(found.named), found.names_only)
    shuffle = store.folder("shuffle")
    for other in shuffle.iterdir():
        if other.name != run:
            remove_folder(other)
    merged = _merge(store, entries, found, settings, engine, shuffle / run)
    if merged.counts["mentions"] != len(found.named):
        raise StageError(f"dedupe: {len(found.named)} mentions went in, {merged.counts['mentions']} came out")
    log.info("dedupe: %s; %.1f s", listed(merged.counts), clock.lap("dedupe"))
    staged = store.stage()
    articles = marked(failed(Texts().articles(entries), found.failures), merged.duplicates)
    lost = [
        *unread(entries),
        *(Rejection(key, "extract", None, None, None, None, why) for key, why in found.failures.items()),
    ]
    record["tables"] = {
        "articles": write_table(staged / "articles.parquet", batches(articles, ARTICLES), ARTICLES, run),
        **write_results(staged, merged, found.rejections, lost, run),
    }
    record["dedupe"] = dict(merged.counts)
    write_record(staged, record, clock)
    store.publish()
    remove_folder(shuffle / run)
    log.info("write: %s; %.1f s", listed(record["tables"]), clock.seconds["write"])
    return dict(merged.counts)


def _merge(
    store: AnyStore, entries: Sequence[Entry], found: Found, settings: RunSettings, engine: Engine, folder: AnyPath
) -> Merged:
    """Merge here what is small; where there are many articles, have the engine do it, with the same result.

    Event ids of a former run are kept here only, with all mentions at once.
    """
    from pipeline.dedupe import dedupe
    from pipeline.dedupe.settings import load_settings

    how = load_settings(settings.rules)
    copies: Copies | None = None
    if len(entries) >= WIDE_ARTICLES:
        from pipeline.dedupe.stage import persons_named
        from pipeline.flow.wide_copies import find_copies_wide
        from pipeline.flow.wide_merge import merge_wide

        room, rules = memory_left() // 2, settings.rules
        persons = persons_named(found.named)
        copies = find_copies_wide(entries, found.failures, persons, how.copies, engine, folder / "copies", room, rules)
        if found.names_only:
            return merge_wide(found, copies, how, engine, folder / "merge", room, rules)
    articles = failed(Texts().articles(entries), found.failures)
    return as_rows(dedupe(articles, found.mentions, **previous(store), settings=how, copies=copies))


def _identity(entry: Entry) -> str:
    return digest(entry.source_uri, entry.content_key)


def _statuses(entries: Sequence[Entry]) -> dict[str, Any]:
    statuses = Counter(entry.status for entry in entries)
    reasons = Counter(kind_of(entry.reason) for entry in entries if entry.status != "ok")
    return {
        "articles": len(entries),
        **{name: statuses.get(name, 0) for name in ("ok", "skipped", "failed")},
        "reasons": dict(sorted(reasons.items())),
    }


def _record(settings: RunSettings, ingest: dict[str, Any]) -> dict[str, Any]:
    return {
        "version": __version__,
        "schema_version": SCHEMA_VERSION,
        "model": model_versions(),
        "settings": settings.record(),
        "ingest": ingest,
    }


def _log_ingest(counts: Mapping[str, Any], seconds: float) -> None:
    reasons = f" ({listed(counts['reasons'])})" if counts["reasons"] else ""
    log.info(
        "ingest: %d files (%d new) -> %d articles: %d ok, %d skipped, %d failed%s; %.1f s",
        *(counts[name] for name in ("files", "files_new", "articles", "ok", "skipped", "failed")),
        reasons,
        seconds,
    )


def _log_extract(counts: Mapping[str, Any], seconds: float) -> None:
    reasons = f" ({listed(counts['rejection_reasons'])})" if counts["rejection_reasons"] else ""
    log.info(
        "extract: %d articles (%d new, %d failed) -> %d event mentions; %d rejected%s; %.1f s",
        *(counts[name] for name in ("articles", "articles_new", "articles_failed")),
        *(counts[name] for name in ("event_mentions", "rejections")),
        reasons,
        seconds,
    )
