"""A cheap extractor with the interface of the real one, for tests of everything around it."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import pyarrow as pa

from pipeline.engines import Work
from pipeline.flow.mentions import Run
from pipeline.flow.reading import New, Reading
from pipeline.ingest import IngestSettings, Source
from pipeline.records import Article, EventMention, Evidence, Rejection
from pipeline.tables import EVENT_MENTIONS, REJECTIONS, articles_of, to_batch

_JOINED = re.compile(r"(?P<person>[A-Z][a-z]+ [A-Z][a-z]+) joined (?P<company>[A-Z][a-z]+)")


@dataclass(frozen=True)
class FakeLoad:
    """Makes an extractor that reads "Name Surname joined Company" and obeys orders in the text.

    `CRASH` ends the process, `HANG` sleeps, `RAISE` raises.
    """

    pause_seconds: float = 0.0

    def __call__(self) -> Run:
        return self._run

    def _run(self, batch: pa.RecordBatch) -> tuple[pa.RecordBatch, pa.RecordBatch]:
        mentions: list[EventMention] = []
        rejections: list[Rejection] = []
        for article in articles_of(batch):
            if self.pause_seconds:
                time.sleep(self.pause_seconds)
            if "CRASH" in article.text:
                os._exit(7)
            if "HANG" in article.text:
                time.sleep(1_000)
            if "RAISE" in article.text:
                raise ValueError("cannot read this")
            mentions += _mentions(article)
            for found in re.finditer("left the room", article.text):
                rejections.append(
                    Rejection(article.article_id, "extract", *found.span(), found[0], "depart", "excluded")
                )
        return to_batch(mentions, EVENT_MENTIONS), to_batch(rejections, REJECTIONS)


def _mentions(article: Article) -> list[EventMention]:
    made = []
    for found in _JOINED.finditer(article.text):
        key = f"{article.article_id} {found.start()}"
        made.append(
            EventMention(
                mention_id="m" + blake2b(key.encode(), digest_size=8).hexdigest(),
                article_id=article.article_id,
                event_id=None,
                person=found["person"],
                role=None,
                company=found["company"],
                action="joined",
                direction="in",
                date=article.published_at.date() if article.published_at else None,
                date_precision="day" if article.published_at else None,
                date_text=None,
                date_source="published" if article.published_at else None,
                status="done",
                scope="news",
                person_id=None,
                company_id=None,
                role_canonical=None,
                role_level=None,
                interim=False,
                previous_role=None,
                other_company=None,
                counterpart=None,
                confidence=0.5,
                evidence=(Evidence(*found.span(), found[0], "joined", "join.fake"),),
            )
        )
    return made


@dataclass(frozen=True)
class CountingLoad:
    """As `FakeLoad`, and writes a line to `log` for every article it is given."""

    log: Path
    pause_seconds: float = 0.0

    def __call__(self) -> Run:
        extract = FakeLoad(self.pause_seconds)()

        def run(batch: pa.RecordBatch) -> tuple[pa.RecordBatch, pa.RecordBatch]:
            with self.log.open("a") as log:
                log.writelines(f"{article_id}\n" for article_id in batch.column("article_id").to_pylist())
            return extract(batch)

        return run


@dataclass(frozen=True)
class CrashingReading(Reading):
    """Reads as usual, in shards of 10 articles, but ends its process at the 25th record of a file."""

    def load(self) -> Work[tuple[New, ...], list[Path]]:
        import pipeline.ingest
        from pipeline.flow import articles

        read = pipeline.ingest.read

        def crashing(source: Source, settings: IngestSettings) -> Iterator[Article]:
            for number, article in enumerate(read(source, settings)):
                if number == 25:
                    os._exit(9)
                yield article

        pipeline.ingest.read = crashing  # type: ignore[assignment]
        articles._SHARD_ROWS = 10
        return Reading(self.folder, self.settings).load()
