"""How an organisation stands in the article: what is noted for each, whatever the event's own words say."""

from __future__ import annotations

import pytest

from pipeline.extract import Extractor
from pipeline.extract.evidence import company_evidence
from pipeline.extract.match import collect
from pipeline.extract.view import build_view
from tests.extract.told import article

TEXT = (
    "Hallam Group is based in Norfield. Petrel Foods makes soup. "
    "Marlow Bank said that Jane Dorn had resigned on Friday. Jane Dorn joined Petrel Foods in 1990."
)


@pytest.fixture(scope="module")
def evidence(extractor: Extractor) -> dict[str, dict[str, float]]:
    """Evidence of the resignation by organisation name."""
    ((read, windows),) = extractor._annotated([article(TEXT)])
    view = build_view(read.article_id, read.text, None, windows)
    resigned = next(c for c in collect(view).candidates if c.direction == "out")
    names = [organisation.full for organisation in view.organisations.organisations]
    return {names[i]: found for i, found in company_evidence(view, resigned, None).items() if i >= 0}


@pytest.mark.parametrize(
    ("organisation", "noted", "not_noted"),
    [
        (
            "Marlow Bank",
            {"in_sentence", "last_named_0", "before_none", "named_once"},
            {"last_named_1"},
        ),
        ("Petrel Foods", {"before_1", "last_named_1", "after_1", "next_named_0", "with_person"}, {"in_sentence"}),
        ("Hallam Group", {"before_2", "last_named_2", "after_none", "legal_form"}, {"with_person"}),
    ],
)
def test_what_is_noted(
    evidence: dict[str, dict[str, float]], organisation: str, noted: set[str], not_noted: set[str]
) -> None:
    assert noted <= evidence[organisation].keys()
    assert not_noted.isdisjoint(evidence[organisation])


def test_shares_are_shares(evidence: dict[str, dict[str, float]]) -> None:
    assert evidence["Petrel Foods"]["with_person_share"] == pytest.approx(0.5)
    assert evidence["Hallam Group"]["named_early"] == pytest.approx(1.0)
