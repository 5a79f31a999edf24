"""What every ingest test needs: write a file, read its articles."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.ingest import IngestSettings, discover, read
from pipeline.records import Article

# 42 invented words in two paragraphs, long enough for the language to be told.
STORY = (
    "Acme Corp. said on Monday that Jane Roe would become its chief executive on the first of May, when John "
    "Doe retires.\n\n"
    "Roe, who is now head of finance, has been with the maker of garden tools since 2011."
)

Reader = Callable[..., list[Article]]


@pytest.fixture
def ingest(tmp_path: Path) -> Reader:
    """Write `content` to a file of a fresh folder and give its articles; keyword arguments are settings."""

    def write_and_read(name: str, content: bytes | str, **settings: Any) -> list[Article]:
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        (source,) = discover([str(path)])
        return list(read(source, IngestSettings(**settings)))

    return write_and_read


def only(articles: list[Article]) -> str:
    """The reason of a single failed article."""
    (article,) = articles
    assert article.status == "failed"
    return article.reason or ""
