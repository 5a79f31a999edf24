"""One extraction of all tables for the whole folder: the model is the slow part."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.extract import Extractor, ExtractSettings
from tests.extract.told import Case, Outcome, all_cases


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """Keeps all rows: the tables say what sentences tell, however sure it is without an article around them."""
    return Extractor(ExtractSettings(min_confidence=0))


@pytest.fixture(scope="session")
def outcomes(extractor: Extractor) -> dict[str, Outcome]:
    """Outcome by article id."""
    articles = {case.article.article_id: case.article for case in all_cases()}
    mentions, rejections = extractor.read(list(articles.values()))
    return {
        key: Outcome(
            tuple(m for m in mentions if m.article_id == key),
            tuple(r for r in rejections if r.article_id == key),
        )
        for key in articles
    }


@pytest.fixture(scope="session")
def outcome(outcomes: dict[str, Outcome]) -> Callable[[Case], Outcome]:
    return lambda case: outcomes[case.article.article_id]
