"""Which organisation an event is given: whole sentences with the real model, then the arithmetic by hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any

import pytest

from pipeline import rulebook
from pipeline.extract import Extractor
from pipeline.extract.company import Choice, Decided, probabilities, related, share_companies, shared_scores
from pipeline.extract.evidence import NONE
from pipeline.extract.match import collect
from pipeline.extract.model import parse
from pipeline.extract.view import build_view
from tests.extract.told import PUBLISHED, article

CASES = [
    (
        "reporting subject",
        "Acme Corp said its board named Jane Roe chief executive.",
        {"Jane Roe": "Acme Corp"},
    ),
    (
        "it keeps the subject",
        "Norwood Bank posted a loss of two million dollars. It also said Jane Roe resigned as treasurer.",
        {"Jane Roe": "Norwood Bank"},
    ),
    (
        "old employer in apposition",
        "Jane Roe, vice president of Bolt Inc, was named president of Norwood Bank.",
        {"Jane Roe": "Norwood Bank"},
    ),
    (
        "the unit, not its owner",
        "Acme Corp said John Kim, president of Acme's Tarnfield Tools Inc unit, will retire in May.",
        {"John Kim": "Tarnfield Tools Inc"},
    ),
    (
        "who was told is no employer",
        "John Kim will step down as chairman of Norwood Bank, he told the Harbour Times on Monday.",
        {"John Kim": "Norwood Bank"},
    ),
    (
        "headings of a round-up",
        "Norwood Bank\n- CFO Jane Roe to leave in May\n\nTarnfield Tools Inc\n- Names John Kim chairman",
        {"Jane Roe": "Norwood Bank", "John Kim": "Tarnfield Tools Inc"},
    ),
    (
        "state office",
        "President Amina Toure named Jane Roe finance minister on Monday, officials at Norwood Bank said.",
        {"Jane Roe": None},
    ),
    (
        "a head of state has no firm",
        "Envoys met Syrian President Omar Haddad at Larkfield Bank. Haddad became president in 2014.",
        {"Omar Haddad": None},
    ),
    (
        "a nation before the office",
        "Crowds cheered. US President Laura Bennett was ousted on Monday. The Norwood Times said she would appeal.",
        {"Laura Bennett": None},
    ),
    (
        "a firm's president in another country has one",
        "Jane Roe, Canadian president of Norwood Bank, resigned on Monday.",
        {"Jane Roe": "Norwood Bank"},
    ),
    (
        "a kind before an unknown name",
        "The software start-up Quillopia named Jane Roe chief executive. She joined Quillopia in May.",
        {"Jane Roe": "Quillopia"},
    ),
    (
        "the affair shares its company",
        "John Kim retired as chairman of Norwood Bank in May. Jane Roe succeeds him.",
        {"John Kim": "Norwood Bank", "Jane Roe": "Norwood Bank"},
    ),
    (
        "a misspelt form is the usual one",
        "Tarnfield Tools Inc named Jane Roe chairman. Tarnfield Tools Inc makes saws. "
        "John Kim resigned as a director of Tarnfeild Tools Inc.",
        {"Jane Roe": "Tarnfield Tools Inc", "John Kim": "Tarnfield Tools Inc"},
    ),
    (
        "an investor is not who it wants to change",
        "Acme Corp's chairman was under fire on Monday. Activist fund Bolt Partners, which holds 8.5 percent of the "
        "shares, has nominated Jane Roe to the board. Acme Corp and its bankers gave no comment.",
        {"Jane Roe": "Acme Corp"},
    ),
    (
        "an investor changes its own people",
        "Activist fund Bolt Partners holds 8.5 percent of Acme Corp's shares. Bolt Partners named Jane Roe chief "
        "executive in May.",
        {"Jane Roe": "Bolt Partners"},
    ),
    (
        "the bank is not the airline",
        "Norwood Bank opened ten branches in May. Northern Airlines is a client. The bank also named Jane Roe "
        "treasurer.",
        {"Jane Roe": "Norwood Bank"},
    ),
    (
        "a columnist's paper",
        "Harbour Times shares fell.\n\nMeadow & Barn columnist Jane Roe has quit. Meadow & Barn sells ploughs.",
        {"Jane Roe": "Meadow & Barn"},
    ),
    (
        "we are who writes",
        "We're delighted to share that Tarnwell has raised money. The round was led by Harbour Grove. Harbour Grove "
        "likes pumps, and Harbour Grove is our friend. Harbour Grove partner Jane Roe joins our board.",
        {"Jane Roe": "Tarnwell"},
    ),
    (
        "years at one firm before another",
        "Tarnwell Power has filled its top job. Jane Roe, who spent 26 years at Harbour Energy, starts June 1 as "
        "chief executive.",
        {"Jane Roe": "Tarnwell Power"},
    ),
    (
        "years at a firm that is left",
        "Jane Roe resigned as treasurer after 26 years at Harbour Energy. Tarnwell Power is a rival.",
        {"Jane Roe": "Harbour Energy"},
    ),
    (
        "shareholders of a firm are no firm that holds shares",
        "Shareholders of Tarnwell met in May. The meeting re-elected its chairman, Jane Roe. "
        "John Kim, dean of Harbour College, is a director.",
        {"Jane Roe": "Tarnwell"},
    ),
    (
        "a group's short form",
        "Grupo Maltavia shareholders met in May. Finance director Ana Pinto said Maltavia would wait. The company "
        "re-elected its chairman, John Kim.",
        {"John Kim": "Grupo Maltavia"},
    ),
    (
        "a town is not the company in it",
        "Harbour Inns hired Jane Roe as chief executive. Roe joined the Brunholt company in 2017 as vice president.",
        {"Jane Roe": "Harbour Inns"},
    ),
    (
        "a firm that towns and buildings are told of stays one",
        "Jane Roe left her office in May and joined the Acme company in Brunholt as treasurer. Acme makes saws.",
        {"Jane Roe": "Acme"},
    ),
    (
        "a town and its state",
        "John Kim will retire as president of Brunholt, Minn.-based Acme Health. Jane Roe, its treasurer, will become "
        "president.",
        {"John Kim": "Acme Health", "Jane Roe": "Acme Health"},
    ),
    (
        "a minister's firm",
        "Fisheries Minister Jane Roe resigned on Monday, the Harbour Times reported. Norwood Bank shares fell.",
        {"Jane Roe": None},
    ),
    (
        "a field that is no known one",
        "Premier Amina Toure dismissed Mines Minister Jane Roe.",
        {"Jane Roe": None},
    ),
    (
        "an executive's firm beside a minister",
        "Fisheries Minister Amina Toure said Norwood Bank had dismissed its treasurer, Jane Roe.",
        {"Jane Roe": "Norwood Bank"},
    ),
    (
        "where an ambassador is sent",
        "Jane Roe was named ambassador to the European Union.",
        {"Jane Roe": None},
    ),
    (
        "source of a report",
        "The Harbour Times reported on Sunday that Norwood Bank fired its chairman, John Kim.",
        {"John Kim": "Norwood Bank"},
    ),
]


@pytest.mark.parametrize(("text", "companies"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_company_of_each_person(extractor: Extractor, text: str, companies: dict[str, str | None]) -> None:
    mentions, _ = extractor.read([article(text, PUBLISHED)])
    found = {(mention.person, mention.company) for mention in mentions}
    assert found == set(companies.items())


def test_who_leaves_to_join_another_leaves_the_first(extractor: Extractor) -> None:
    text = (
        "Tarnwell Power shares rose. Tarnwell Power makes steam. Jane Roe, treasurer of Harbour Energy, is leaving to "
        "become an adviser to Tarnwell Power."
    )
    mentions, _ = extractor.read([article(text, PUBLISHED)])
    assert {(m.direction, m.company) for m in mentions} == {("out", "Harbour Energy"), ("in", "Tarnwell Power")}


def test_probabilities_add_up_and_keep_the_order() -> None:
    shares = probabilities({0: 800.0, 1: 799.0, NONE: -800.0})
    assert sum(shares.values()) == pytest.approx(1.0)
    assert shares[0] > shares[1] > shares[NONE]


def choice(**scores: float) -> Choice:
    """A choice among organisations 0 and 1 (`a` and `b`) and none."""
    named = {0: scores.get("a", 0.0), 1: scores.get("b", 0.0), NONE: scores.get("none", 0.0)}
    best = max(named, key=lambda index: named[index])
    return Choice(None if best == NONE else best, named[best], 0.0, ("same_sentence",), named)


def decided(
    person: int, direction: str = "in", counterpart: int | None = None, sentence: int = 0, **scores: float
) -> Decided:
    return Decided(person, direction, counterpart, sentence, choice(**scores))


def test_what_ties_decisions() -> None:
    one = decided(1, "in", counterpart=2, sentence=10)
    assert related(one, decided(1, "in", sentence=90)) == "same_person"
    assert related(one, decided(1, "out", sentence=10)) is None  # a change of employer is two companies
    assert related(one, decided(2, "out", sentence=90)) == "counterpart"
    assert related(decided(2, "out", sentence=90), one) == "counterpart"
    assert related(one, decided(3, "in", sentence=10)) == "same_sentence"
    assert related(one, decided(3, "out", sentence=10)) is None
    assert related(one, decided(3, "in", sentence=90)) is None


def test_shares_are_means_over_the_related() -> None:
    rows = [decided(1), decided(1, a=50.0), decided(1, b=50.0)]
    shares = shared_scores(rows)[0]["same_person"]
    assert shares[0] == pytest.approx(0.5)
    assert shares[1] == pytest.approx(0.5)
    assert shared_scores([decided(1), decided(2, sentence=5)]) == [{}, {}]


@dataclass
class Row:
    person: int
    company: int | None
    candidate: Any
    choice: Choice


def row(person: int, counterpart: int | None = None, direction: str = "in", sentence: int = 0, **scores: float) -> Row:
    candidate = SimpleNamespace(
        counterpart=SimpleNamespace(entity=counterpart) if counterpart is not None else None,
        window=SimpleNamespace(sentences=[SimpleNamespace(start=sentence)]),
        sentence=0,
        direction=direction,
    )
    made = choice(**scores)
    return Row(person, made.organisation, candidate, made)


def test_a_guess_follows_a_certain_row_of_the_same_person() -> None:
    certain, guess = row(1, b=9.0), row(1, sentence=50, a=1.0, b=0.5)
    share_companies([certain, guess])
    assert (certain.company, guess.company) == (1, 1)
    assert guess.choice.evidence == ("shared",)


def test_a_certain_row_stands_against_a_guess() -> None:
    certain, guess = row(1, a=9.0), row(1, sentence=50, b=1.0)
    share_companies([certain, guess])
    assert certain.company == 0


def test_what_the_words_name_follows_others_less() -> None:
    def of(evidence: tuple[str, ...]) -> Row:
        one, other = row(1, a=2.0), row(1, sentence=50, b=9.0)
        one.choice = replace(one.choice, evidence=evidence)
        share_companies([one, other])
        return one

    assert of(("frame_object",)).company == 0
    assert of(("same_sentence",)).company == 1


def test_a_loss_elsewhere_does_not_bear_on_a_gain() -> None:
    loss, gain = row(1, direction="out", b=9.0), row(1, sentence=50, a=1.0, b=0.5)
    share_companies([loss, gain])
    assert gain.company == 0


def test_a_row_without_scores_stays() -> None:
    fixed = Row(1, 1, row(1).candidate, Choice(1, 9.0, 9.0, (), {}))
    share_companies([fixed, row(1, a=9.0)])
    assert fixed.company == 1


@pytest.mark.parametrize(
    ("announced", "registered"),
    [("Rajpath announced Thursday", []), ("Rajpath named Susan Park treasurer Thursday", ["Rajpath"])],
)
def test_only_what_is_kept_registers_a_capitalised_word_as_an_organisation(
    extractor: Extractor, announced: str, registered: list[str]
) -> None:
    text = f"Norwood Bank president Jane Roe resigned and Daniel Foster was named officer-in-charge, {announced}."
    windows = parse([(text, stretch) for stretch in extractor.screen.stretches(text)])
    view = build_view("a1", text, PUBLISHED, windows)
    collect(view)
    assert [one.full for one in view.organisations.organisations] == ["Norwood Bank", *registered]


def test_weights_are_numbers_for_every_relation_and_none() -> None:
    data = rulebook.read_data("weights.toml")["company"]
    assert set(data["shared"]) == {"same_person", "counterpart", "same_sentence", "where_stated"}
    assert all(isinstance(value, float) for value in [*data["evidence"].values(), *data["shared"].values()])
    assert data["evidence"]["role_company"] > data["evidence"]["report_subject"] > data["evidence"]["none"]
