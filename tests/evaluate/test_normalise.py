"""When two values agree, case by case."""

from __future__ import annotations

import pytest

from pipeline.evaluate.normalise import (
    companies_agree,
    dates_agree,
    normalise_company,
    persons_agree,
    roles_agree,
    shared_surnames,
)


@pytest.mark.parametrize(
    ("gold", "predicted"),
    [
        ("Sébastien Bubeck", "sebastien BUBECK"),
        ("John Smith", "Mr. John Smith"),
        ("John Smith", "Sir John Smith"),
        ("Sammy Davis Jr.", "Sammy Davis"),
        ("J.P. Bolduc", "J. P. Bolduc"),
        ("Jean-Pierre Dupont", "Jean Pierre Dupont"),
        ("Conan O'Brien", "Conan O’Brien"),
        ("Srinivas Narayanan", "Narayanan"),
        ("Srinivas Narayanan", "Dr. Narayanan"),
        ("Jan van der Berg", "van der Berg"),
        ("Sebastien Bubeck", "Sebastian Bubeck"),
        ("Robert A. Iger", "Bob Iger"),
    ],
)
def test_one_person(gold: str, predicted: str) -> None:
    assert persons_agree(gold, predicted, frozenset())


@pytest.mark.parametrize(
    ("gold", "predicted"),
    [
        ("Mira Murati", "Mira"),
        ("John Smith", "John Smithson"),
        ("John Smith", "Smith John"),
        ("Ana Ruiz", "Ana Ruiz's"),
    ],
)
def test_two_persons(gold: str, predicted: str) -> None:
    assert not persons_agree(gold, predicted, frozenset())


def test_a_shared_surname_is_no_match_but_the_full_name_is() -> None:
    shared = shared_surnames(["John Smith", "Jane Smith", "Ana Ruiz"])
    assert shared == {"smith"}
    assert not persons_agree("John Smith", "Smith", shared)
    assert not persons_agree("John Smith", "Jane Smith", shared)
    assert persons_agree("John Smith", "john smith", shared)
    assert persons_agree("Ana Ruiz", "Ruiz", shared)


@pytest.mark.parametrize(
    ("names", "shared"),
    [
        (["John Smith", "J. Smith"], set()),
        (["John Smith", "Smith"], set()),
        (["Sebastien Bubeck", "Sebastian Bubeck"], set()),
        (["John A. Smith", "John B. Smith"], {"smith"}),
        (["Charles Dolan Sr.", "Charles Dolan Jr."], {"dolan"}),
        (["Charles Dolan", "Charles Dolan Jr."], set()),
    ],
)
def test_who_shares_a_surname(names: list[str], shared: set[str]) -> None:
    assert shared_surnames(names) == shared


def test_father_and_son_stay_apart() -> None:
    shared = shared_surnames(["Charles Dolan Sr.", "Charles Dolan Jr."])
    assert persons_agree("Charles Dolan Jr.", "Charles Dolan, Jr", shared)
    assert not persons_agree("Charles Dolan Jr.", "Charles Dolan Sr.", shared)


@pytest.mark.parametrize(
    ("gold", "predicted"),
    [
        ("Acme Inc.", "ACME"),
        ("Philips N.V.", "Philips"),
        ("The Boeing Co.", "Boeing"),
        ("Ford Motor Co.", "Ford"),
        ("Johnson & Johnson", "Johnson and Johnson"),
        ("Merck & Co.", "Merck"),
        ("Nestlé S.A.", "Nestle"),
        ("McDonald's Corp.", "McDonald’s"),
        ("Microsoft Research", "Microsoft"),
        ("Bank of New York Mellon", "Bank of New York"),
    ],
)
def test_one_company(gold: str, predicted: str) -> None:
    assert companies_agree(gold, predicted)
    assert companies_agree(predicted, gold)


@pytest.mark.parametrize(
    ("gold", "predicted"),
    [("Ford", "Fordham"), ("General Motors", "General Electric"), ("Acme", "Acmes"), ("Meta", "Facebook")],
)
def test_two_companies(gold: str, predicted: str) -> None:
    assert not companies_agree(gold, predicted)


@pytest.mark.parametrize("name", ["AB", "Co", "SE", "The", "Spa"])
def test_a_name_that_is_a_legal_form_stays(name: str) -> None:
    assert normalise_company(name) == name.lower()


@pytest.mark.parametrize(
    ("gold", "predicted"),
    [
        ("CEO", "chief executive officer"),
        ("chief executive", "C.E.O."),
        ("VP", "vice president"),
        ("vice-president", "Vice President"),
        ("president of the tire division", "president, tire division"),
        ("sales director", "director of sales"),
        ("SVP of Engineering", "senior vice president, engineering"),
        ("chairwoman", "chair"),
        ("co-CEO", "co-chief executive"),
        ("nonexecutive director", "non-executive director"),
        ("director", "member of the board of directors"),
        ("director", "board member"),
    ],
)
def test_one_role(gold: str, predicted: str) -> None:
    assert roles_agree(gold, predicted)


@pytest.mark.parametrize(
    ("gold", "predicted"),
    [
        ("president", "vice president"),
        ("president of the tire division", "president"),
        ("chief executive", "interim chief executive"),
        ("chairman", "chairman and chief executive"),
        ("chief operating officer", "chief financial officer"),
        ("director", "nonexecutive director"),
        ("head of sales", "head of marketing"),
    ],
)
def test_two_roles(gold: str, predicted: str) -> None:
    assert not roles_agree(gold, predicted)


@pytest.mark.parametrize(
    ("gold", "predicted", "agree"),
    [
        ("2024-10-07", "2024-10-07", True),
        ("2024-10-07", "2024-10-08", False),
        ("2024-10", "2024-10-07", True),
        ("2024-10-07", "2024-10", False),
        ("2024", "2024-Q3", True),
        ("2024", "2024-10", True),
        ("2024-Q4", "2024-10-07", True),
        ("2024-Q4", "2024-12", True),
        ("2024-Q3", "2024-10", False),
        ("2024-Q3", "2024", False),
        ("2024-10", "2024-Q4", False),
        ("2024", "2025", False),
    ],
)
def test_dates_agree_at_the_precision_of_gold(gold: str, predicted: str, agree: bool) -> None:
    assert dates_agree(gold, predicted) is agree
