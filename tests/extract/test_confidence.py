"""Confidence is a share between 0 and 1 that falls where the evidence gets thinner."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.extract import Extractor, ExtractSettings, resolve
from pipeline.extract.confidence import RowFeatures, confidence_of, numbers
from tests.extract.told import PUBLISHED, article

PLAIN = RowFeatures(
    person="parse",
    role="sentence",
    company="stated",
    lead=6.0,
    kind="verb",
    weak=False,
    direction="in",
    status="done",
    scope="news",
    support=1,
    full_name=True,
    dated=False,
    headline=False,
    apart=False,
)


@pytest.mark.parametrize(
    "worse",
    [
        {"lead": 0.2},
        {"company": "focus"},
        {"company": "none", "lead": 0.5},
        {"full_name": False},
        {"apart": True},
        {"share": 0.3},
        {"beside": frozenset({"another", "same_company", "better_told"})},
    ],
    ids=lambda worse: " ".join(worse),
)
def test_thinner_evidence_is_trusted_less(worse: dict[str, object]) -> None:
    assert confidence_of(replace(PLAIN, **worse)) < confidence_of(PLAIN)  # type: ignore[arg-type]


def test_more_tellings_are_trusted_more() -> None:
    assert confidence_of(replace(PLAIN, support=3)) > confidence_of(PLAIN)


def test_lead_and_support_saturate() -> None:
    assert numbers(replace(PLAIN, lead=60.0, support=30)) == numbers(replace(PLAIN, lead=6.0, support=3))
    assert numbers(replace(PLAIN, lead=-1.0))["lead"] == 0.0


def test_never_certain_and_never_without_hope() -> None:
    hopeless = replace(PLAIN, lead=0.0, company="focus", person="surface", full_name=False, apart=True)
    assert 0.02 <= confidence_of(hopeless) < 0.5 < confidence_of(PLAIN) <= 0.98


def test_a_kind_never_seen_in_training_has_no_weight() -> None:
    assert confidence_of(replace(PLAIN, kind="unheard")) == pytest.approx(confidence_of(PLAIN), abs=0.1)


def test_a_row_beside_another_of_the_same_person_is_told_apart(
    extractor: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[RowFeatures] = []

    def record(features: RowFeatures) -> float:
        seen.append(features)
        return 1.0

    monkeypatch.setattr(resolve, "confidence_of", record)
    text = "Norwood Bank named Jane Roe chairman. Tarnfield Tools Ltd appointed Jane Roe treasurer."
    extractor.read([article(text, PUBLISHED)])
    assert [features.beside >= {"another", "other_company"} for features in seen] == [True, True]
    assert ["told_first" in features.beside for features in seen] == [True, False]


def test_rows_of_an_article_differ_in_confidence() -> None:
    told = "Norwood Bank said on Monday it named Jane Roe chief executive of Norwood Bank."
    guessed = "Kim quit.\n\nNorwood Bank and Tarnfield Tools Inc sell saws. Mr. Kim resigned, people said."
    every = Extractor(ExtractSettings(min_confidence=0))
    certain, _ = every.read([article(told, PUBLISHED)])
    doubtful, _ = every.read([article(guessed, PUBLISHED)])
    assert certain
    assert doubtful
    assert max(row.confidence for row in doubtful) < min(row.confidence for row in certain)
