"""Names against tables of pairs: what is one person or organisation, and above all what is not."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import RuleError
from pipeline.names import (
    canonical_company,
    company_matches,
    compare_persons,
    gender_hint,
    is_honorific,
    normalise_company,
    normalise_person,
    person_matches,
    same_company,
    same_person,
    split_person,
    strip_honorific,
    use_rules,
)
from pipeline.titles import find_titles

CASES = Path(__file__).parent / "cases"
Same = Callable[..., bool]


def rows(name: str) -> list[dict[str, str]]:
    with (CASES / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def label(row: dict[str, str]) -> str:
    return f"{row['a']} | {row['b']}"


def check(same: Same, row: dict[str, str]) -> None:
    """A pair in both orders: as labelled within an article, never merged wrongly across articles."""
    for first, second in ((row["a"], row["b"]), (row["b"], row["a"])):
        assert same(first, second, within_article=True) is (row["label"] == "same")
        if row.get("across", row["label"]) == "different":
            assert not same(first, second)
        if row.get("across") == "same":
            assert same(first, second)


@pytest.mark.parametrize("row", rows("company_pairs.csv"), ids=label)
def test_companies(row: dict[str, str]) -> None:
    check(same_company, row)


@pytest.mark.parametrize("row", rows("company_pairs_own.csv"), ids=label)
def test_companies_own(row: dict[str, str]) -> None:
    check(same_company, row)


@pytest.mark.parametrize("row", rows("person_pairs.csv"), ids=label)
def test_persons(row: dict[str, str]) -> None:
    check(same_person, row)


@pytest.mark.parametrize("row", rows("person_pairs_own.csv"), ids=label)
def test_persons_own(row: dict[str, str]) -> None:
    check(same_person, row)


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("The Boeing Company", "boeing"),
        ("Boeing's", "boeing"),
        ("McDonald’s Corp.", "mcdonalds"),
        ("Merck & Co.", "merck"),
        ("Nestlé S.A.", "nestle"),
        ("Koninklijke Philips N.V.", "koninklijke philips"),
        ("American Airlines Group Inc. (NYSE: AAL)", "american airlines group"),
        ("J.P. Morgan Chase & Co.", "jp morgan chase"),
        ("AT&T Inc.", "at and t"),
        ("Amazon.com", "amazon"),
        ("AB", "ab"),
        ("Spa", "spa"),
        ("The Co.", "co"),
        ("Capital Group", "capital group"),
        ("!!!", "!!!"),
    ],
)
def test_normalise_company(name: str, plain: str) -> None:
    assert normalise_company(name) == plain


@pytest.mark.parametrize(
    ("gold", "predicted", "match"),
    [
        ("Hudson General Corp.", "Hudson General", True),
        ("Hudson General Corp.", "Hudson", True),
        ("OpenAI", "openai, inc.", True),
        ("Meta", "Metabolix", False),
        ("General Motors", "General Electric", False),
        ("Environment Agency", "Environment", True),
        ("", "Acme", False),
        ("", "", True),
    ],
)
def test_company_matches(gold: str, predicted: str, match: bool) -> None:
    assert company_matches(gold, predicted) is match
    assert company_matches(predicted, gold) is match


def test_canonical_company_follows_aliases() -> None:
    assert canonical_company("BofA") == canonical_company("Bank of America Corp.") == "bank of america"
    assert canonical_company("Acme Corp.") == "acme"


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Jane Roe", ("Jane", "", "Roe", "", "")),
        ("Sir John F. Poe Jr.", ("John", "F.", "Poe", "Jr.", "Sir")),
        ("Poe, John", ("John", "", "Poe", "", "")),
        ("Jane Roe, M.D.", ("Jane", "", "Roe", "", "")),
        ("Jane Roe, 61", ("Jane", "", "Roe", "", "")),
        ("Jan van der Berg", ("Jan", "", "van der Berg", "", "")),
        ("Mr. Roe", ("", "", "Roe", "", "Mr.")),
        ("Roe", ("", "", "Roe", "", "")),
        ("William Clay Roe III", ("William", "Clay", "Roe", "III", "")),
        ("Al Gore", ("Al", "", "Gore", "", "")),
        ("Timothy D. Roe", ("Timothy", "D.", "Roe", "", "")),
    ],
)
def test_split_person(name: str, parts: tuple[str, ...]) -> None:
    found = split_person(name)
    assert (found.given, found.middle, found.surname, found.suffix, found.honorific) == parts


def test_normalise_person_keeps_the_generation() -> None:
    assert normalise_person("Dr. José Núñez, Jr.") == "jose nunez jr"
    assert normalise_person("Mr.") == "mr"


def test_full_leaves_out_the_honorific() -> None:
    assert split_person("Dame Jane A. Roe").full == "Jane A. Roe"


@pytest.mark.parametrize(
    ("name", "bare"),
    [("Mr. Roe", "Roe"), ("Dr. Jane Roe’s", "Jane Roe"), ("Prof. Sir Poe", "Poe"), ("Mr.", "Mr.")],
)
def test_strip_honorific(name: str, bare: str) -> None:
    assert strip_honorific(name) == bare


def test_is_honorific() -> None:
    assert is_honorific("Mrs.")
    assert not is_honorific("Jane")


def test_gender_hint() -> None:
    assert gender_hint("Ms. Roe") == "female"
    assert gender_hint("Pierre Roe") == "male"
    assert gender_hint("Xq Roe") is None


def test_one_initial_needs_support() -> None:
    assert compare_persons("J. Roe", "Jane Roe") == "compatible"
    assert compare_persons("Roe", "Jane Roe") == "compatible"
    assert compare_persons("John Roe Jr.", "John Roe") == "compatible"
    assert compare_persons("Bob Roe", "Robert A. Roe") == "same"
    assert compare_persons("Jane Roe", "June Roe") == "different"


def test_surname_matches_where_it_is_unique() -> None:
    assert person_matches("Jane Roe", "Roe", ["Jane Roe", "Sam Poe"])
    assert person_matches("Roe", "Jane Roe", ["Jane Roe", "Jane A. Roe"])
    assert not person_matches("Jane Roe", "Roe", ["Jane Roe", "Max Roe"])
    assert not person_matches("Jane Roe", "Max Roe", ["Jane Roe", "Max Roe"])


@pytest.mark.parametrize("text", [" " * 200_000 + "x", "(" * 100_000, "a." * 100_000, "x's " * 50_000, "1, " * 50_000])
def test_hostile_names_end(text: str) -> None:
    assert normalise_company(text)
    assert normalise_person(text) is not None
    assert same_company(text, text) or not any(char.isalnum() for char in text)


@given(st.text(max_size=40))
def test_any_text_has_a_plain_form(text: str) -> None:
    assert bool(normalise_company(text)) is bool(text.strip())
    assert normalise_company(normalise_company(text)) is not None
    if text.strip():
        assert normalise_person(text) or not any(char.isalnum() for char in text)


@given(st.text(max_size=30), st.text(max_size=30))
def test_comparisons_are_symmetric(first: str, second: str) -> None:
    assert compare_persons(first, second) == compare_persons(second, first)
    assert same_company(first, second) == same_company(second, first)


@pytest.fixture
def _builtin_rules() -> Iterator[None]:
    yield
    use_rules(())


@pytest.mark.usefixtures("_builtin_rules")
def test_users_words_are_laid_over_ours(tmp_path: Path) -> None:
    (tmp_path / "companies.toml").write_text('[alias]\n"Acme Rockets" = ["ARX"]\n')
    (tmp_path / "titles.toml").write_text('head = [{id = "thane", level = "other", words = ["thane"]}]\n')
    assert not same_company("ARX", "Acme Rockets Inc.")
    assert find_titles("The thane left.") == []
    use_rules([tmp_path])
    assert same_company("ARX", "Acme Rockets Inc.")
    assert same_company("BofA", "Bank of America")
    assert [mention.text for mention in find_titles("The thane left.")] == ["thane"]
    use_rules(())
    assert not same_company("ARX", "Acme Rockets Inc.")
    assert find_titles("The thane left.") == []


@pytest.mark.usefixtures("_builtin_rules")
def test_a_bad_folder_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    with pytest.raises(RuleError):
        use_rules([tmp_path / "absent"])
    assert same_company("BofA", "Bank of America")
