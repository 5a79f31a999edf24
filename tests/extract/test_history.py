"""What is told as history: moves of the dead, and moves long before the latest year of a text without a date."""

from __future__ import annotations

import pytest

from pipeline.extract import Extractor
from pipeline.extract.history import latest_year
from tests.extract.told import article

DIED = (
    "Thomas Berger, the former chairman of Halden Group, has died at the age of 89. "
    "He joined Norwood Bank as a clerk and became a director of Tilbury Motors."
)
UNDATED = "Laura Bennett joined Norwood Bank in 1985. She was named its chairwoman in May 2021."


def scopes(text: str, extractor: Extractor, dated: bool) -> dict[tuple[str, str | None], str]:
    one = article(text) if dated else article(text, published=None)
    mentions, _ = extractor.read([one])
    return {(mention.action, mention.company): mention.scope for mention in mentions}


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("founded in 1985, sold in 2021", 2021),
        ("paid $2050 and 2100 jobs", None),
        ("a profit of 1,998 crowns", None),
        ("no year", None),
    ],
)
def test_latest_year(text: str, year: int | None) -> None:
    assert latest_year(text) == year


def test_the_life_of_the_dead_is_history(extractor: Extractor) -> None:
    found = scopes(DIED, extractor, dated=True)
    assert found == {("joined", "Norwood Bank"): "background", ("appointed", "Tilbury Motors"): "background"}


def test_long_before_the_latest_year(extractor: Extractor) -> None:
    assert scopes(UNDATED, extractor, dated=False) == {
        ("joined", "Norwood Bank"): "background",
        ("appointed", "Norwood Bank"): "news",
    }


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("Profit has doubled since Karen Whitfield took over as chief executive of Norwood Bank.", "background"),
        ("Profit doubled before Karen Whitfield took over as chief executive of Norwood Bank.", "background"),
        ("Karen Whitfield took over as chief executive of Norwood Bank on Monday.", "news"),
        ("Shares rose after Karen Whitfield took over as chief executive of Norwood Bank.", "news"),
    ],
)
def test_since_when_something_else_is_so(text: str, scope: str, extractor: Extractor) -> None:
    assert scopes(text, extractor, dated=True) == {("appointed", "Norwood Bank"): scope}
