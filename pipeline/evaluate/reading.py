"""The raw file of a gold file as an article, read as a run would read it."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

from pipeline.errors import InputError
from pipeline.ingest import IngestSettings, discover, read
from pipeline.records import Article


def read_article(path: Path, name: str, published: date | None) -> Article:
    """One raw file as an article.

    Args:
        path: The file.
        name: Its name in the gold file, which becomes the article's `source_uri`.
        published: Publication date, where the file itself gives none.

    Raises:
        InputError: The file holds several articles; gold files answer for one.
    """
    (source,) = discover([str(path)])
    articles = list(read(dataclasses.replace(source, uri=name), IngestSettings(published=published)))
    if len(articles) != 1:
        raise InputError(f"{path}: holds {len(articles)} articles; a gold file answers for one, so split the file")
    return articles[0]
