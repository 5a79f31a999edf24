"""One evaluation: read the gold files and their articles, extract, and compare."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

import pyarrow as pa

from pipeline.errors import InputError
from pipeline.evaluate.gold import GoldArticle, read_gold_folder
from pipeline.evaluate.scores import ArticleScore, Scores, aggregate, score_article
from pipeline.records import Article, EventMention, Rejection
from pipeline.tables import ARTICLES, mentions_of, rejections_of, to_batch

ReadArticle = Callable[[Path, str, date | None], Article]
BATCH_ARTICLES = 64  # keeps a batch's annotations within some tens of megabytes


class Extracts(Protocol):
    """What evaluation needs of an extractor."""

    def run(self, batch: pa.RecordBatch) -> tuple[pa.RecordBatch, pa.RecordBatch]:
        """Articles in, event mentions and rejections out."""
        ...


@dataclass(frozen=True, slots=True)
class ScoredArticle:
    """One article with its score and what the extractor turned down in it."""

    article: Article
    score: ArticleScore
    rejections: tuple[Rejection, ...]


@dataclass(frozen=True, slots=True)
class EvaluationRun:
    """The outcome for one set of gold files; articles in order of their gold files."""

    gold_folder: Path
    articles_folder: Path
    articles: tuple[ScoredArticle, ...]
    scores: Scores


def evaluate(
    gold_dir: Path,
    articles_dir: Path,
    extractor: Extracts,
    published: date | None = None,
    *,
    read_article: ReadArticle,
) -> EvaluationRun:
    """Score an extractor on a set of gold files.

    Args:
        gold_dir: Folder of gold files.
        articles_dir: Folder of the articles that the gold files name.
        extractor: What answers.
        published: Publication date given to the extractor for articles in which none is found.
        read_article: Reads one raw file, given its path, its name in the gold file, and `published`.

    Raises:
        InputError: A gold file is wrong, or names an article that is not there.
    """
    golds = read_gold_folder(gold_dir)
    articles = [read_article(article_path(gold, articles_dir), gold.article, published) for gold in golds]
    _check_ids(golds, articles)
    mentions: dict[str, list[EventMention]] = defaultdict(list)
    rejections: dict[str, list[Rejection]] = defaultdict(list)
    readable = [article for article in articles if article.status == "ok"]
    for start in range(0, len(readable), BATCH_ARTICLES):
        batch = to_batch(readable[start : start + BATCH_ARTICLES], ARTICLES)
        found, turned_down = extractor.run(batch)
        for mention in mentions_of(found):
            mentions[mention.article_id].append(mention)
        for rejection in rejections_of(turned_down):
            rejections[rejection.article_id].append(rejection)
    return score_run(gold_dir, articles_dir, golds, articles, mentions, rejections)


def score_run(
    gold_dir: Path,
    articles_dir: Path,
    golds: Sequence[GoldArticle],
    articles: Sequence[Article],
    mentions: dict[str, list[EventMention]],
    rejections: dict[str, list[Rejection]],
) -> EvaluationRun:
    """Compare answers, keyed by `article_id`, with gold files; `golds` and `articles` go together."""
    scored = tuple(
        ScoredArticle(
            article=article,
            score=score_article(gold, mentions.get(article.article_id, []), article.text),
            rejections=tuple(rejections.get(article.article_id, [])),
        )
        for gold, article in zip(golds, articles, strict=True)
    )
    return EvaluationRun(gold_dir, articles_dir, scored, aggregate([item.score for item in scored]))


def _check_ids(golds: Sequence[GoldArticle], articles: Sequence[Article]) -> None:
    seen: dict[str, str] = {}
    for gold, article in zip(golds, articles, strict=True):
        if article.article_id in seen:
            raise InputError(f"{gold.path}: {gold.article!r} has the URL of {seen[article.article_id]!r}; keep one")
        seen[article.article_id] = gold.article


def article_path(gold: GoldArticle, articles_dir: Path) -> Path:
    """Where the raw file of a gold file is.

    Raises:
        InputError: It is not in the folder, or its name leads out of it.
    """
    path = articles_dir / gold.article
    if Path(gold.article).is_absolute() or ".." in Path(gold.article).parts:
        raise InputError(f"{gold.path}: article {gold.article!r} leads out of {articles_dir}")
    if not path.is_file():
        raise InputError(f"{gold.path}: article {gold.article!r} is not in {articles_dir}; check --articles")
    return path
