"""Persons and companies across articles."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from pipeline.dedupe import dedupe
from pipeline.dedupe.companies import Companies
from pipeline.dedupe.naming import name_likeness, names_agree
from pipeline.dedupe.renames import stated_renames
from pipeline.dedupe.settings import load_settings
from pipeline.names import normalise_person
from pipeline.records import EventMention
from tests.dedupe.made import article, mention

CASES = Path(__file__).parent.parent / "cases"


def pairs(*files: str) -> list[tuple[str, str, str]]:
    rows = []
    for name in files:
        with (CASES / name).open(encoding="utf-8", newline="") as file:
            rows += [(row["a"], row["b"], row["label"]) for row in csv.DictReader(file)]
    return rows


PERSONS = pairs("person_pairs.csv", "person_pairs_own.csv")
COMPANIES = pairs("company_pairs.csv", "company_pairs_own.csv")


def persons_of(*mentions: EventMention) -> list[str | None]:
    """The person id of each mention, each in an article of its own of one day."""
    articles = [article(made.article_id) for made in mentions]
    found = {made.mention_id: made.person_id for made in dedupe(articles, mentions).mentions}
    return [found[made.mention_id] for made in mentions]


def test_pairs_of_different_persons_stay_apart_where_no_report_supports_them() -> None:
    for one, other, label in PERSONS:
        if label != "different":
            continue
        first = mention("a", one, "head of sales", "Acme", "joined", date="2020-03-02")
        second = mention("b", other, "treasurer", "Acme", "resigned", date="2024-03-04")
        ids = persons_of(first, second)
        assert ids[0] != ids[1] or normalise_person(one) == normalise_person(other), (one, other)


def test_pairs_of_different_persons_stay_apart_at_different_companies() -> None:
    for one, other, label in PERSONS:
        if label == "different":
            first = mention("a", one, "CEO", "Acme", "resigned", date="2024-03-04")
            second = mention("b", other, "CEO", "Bolt", "resigned", date="2024-03-04")
            ids = persons_of(first, second)
            assert ids[0] != ids[1], (one, other)


def test_pairs_of_one_person_are_found_with_a_fitting_report() -> None:
    missed = []
    for one, other, label in PERSONS:
        if label == "same":
            ids = persons_of(
                mention("a", one, "CEO", "Acme", "resigned"), mention("b", other, "CEO", "Acme", "resigned")
            )
            if ids[0] != ids[1]:
                missed.append((one, other))
    assert not missed


def companies_of(*names: str) -> Companies:
    return Companies(names, (), load_settings().names)


@pytest.mark.parametrize(("one", "other"), [(a, b) for a, b, label in COMPANIES if label == "different"])
def test_pairs_of_different_companies_stay_apart(one: str, other: str) -> None:
    found = companies_of(one, other)
    assert found.key(one) != found.key(other)


def test_pairs_of_one_company_are_one_or_related() -> None:
    same = [(a, b) for a, b, label in COMPANIES if label == "same"]
    missed = []
    for one, other in same:
        found = companies_of(one, other)
        if found.key(one) != found.key(other) and not found.related(found.key(one), found.key(other)):
            missed.append((one, other))
    assert len(missed) <= 0.05 * len(same), missed


def test_all_companies_at_once_merge_no_different_pair() -> None:
    """A third name must not bring two different companies together."""
    found = companies_of(*(name for a, b, _ in COMPANIES for name in (a, b)))
    assert not [(a, b) for a, b, label in COMPANIES if label == "different" and found.key(a) == found.key(b)]


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        ("bob iger", "robert iger", "same"),
        ("j smith", "john smith", "supported"),
        ("sunil", "sunil mehta", "supported"),
        ("laura bennett", "laura bennett cole", "supported"),
        ("john welch jr", "john welch", "supported"),
        ("arun ramaswami", "arun ramaswamy", "alike"),
        ("evgeny malkov", "jevgenij malkov", "alike"),
        ("katherine sorensen", "catherine sorenson", "alike"),
        ("zbigniew kowalcyk", "zbignew kowalczyk", "alike"),
        ("frances brandt", "francis brandt", None),
        ("daniel smith", "danielle smith", None),
        ("christian klein", "christine klein", None),
        ("alexander karp", "alexandra karp", None),
        ("paul meier", "paula meier", None),
        ("john a smith", "john b smith", None),
        ("laura bennett", "laura cole", None),
        ("stephen hemsley", "steven helmsley", None),
    ],
)
def test_likeness(one: str, other: str, likeness: str | None) -> None:
    assert name_likeness(one, other) == likeness
    assert name_likeness(other, one) == likeness


def test_a_third_name_bridges_maiden_and_married_name() -> None:
    assert not names_agree({"laura bennett"}, {"laura cole"})
    assert names_agree({"laura bennett", "laura bennett cole"}, {"laura cole"})


def test_two_people_of_one_name_stay_two() -> None:
    ids = persons_of(
        mention("a", "John Reyes", "COO", "Corvid Air", "resigned", date="2024-03-04"),
        mention("b", "John Reyes", "head of lending", "Tallow Bank", "resigned", date="2024-03-04"),
    )
    assert ids[0] != ids[1]


def test_an_article_links_two_companies_of_a_person() -> None:
    ids = persons_of(
        mention("a", "John Reyes", "COO", "Corvid Air", "resigned"),
        mention("b", "John Reyes", "head of lending", "Tallow Bank", "joined"),
        mention("c", "John Reyes", None, "Tallow Bank", "joined", other_company="Corvid Air"),
    )
    assert len(set(ids)) == 1


def test_an_initial_that_fits_two_people_is_neither() -> None:
    ids = persons_of(
        mention("a", "John Smith", "CEO", "Acme", "resigned"),
        mention("b", "Jane Smith", "CFO", "Acme", "resigned"),
        mention("c", "J. Smith", None, "Acme", "resigned"),
    )
    assert len(set(ids)) == 3


def test_an_initial_goes_to_the_one_whose_report_it_fits() -> None:
    ids = persons_of(
        mention("a", "John Smith", "CEO", "Acme", "resigned"),
        mention("b", "Jane Smith", "CFO", "Acme", "resigned"),
        mention("c", "J. Smith", "chief financial officer", "Acme", "departed"),
    )
    assert ids[2] == ids[1] != ids[0]


def test_names_in_one_article_are_two_people_however_alike() -> None:
    marc = mention("a", "Marc Olsen", "co-head", "Acme", "departed")
    mark = mention("a", "Mark Olsen", "co-head", "Acme", "departed")
    articles = [article("a")]
    assert len({made.person_id for made in dedupe(articles, [marc, mark]).mentions}) == 2


def test_junior_needs_a_fitting_report() -> None:
    junior = mention("a", "Henry Aldrich Jr.", "chairman", "Aldrich Marine", "appointed")
    fitting = mention("b", "Henry Aldrich", "chair", "Aldrich Marine", "appointed")
    other = mention("b", "Henry Aldrich", "chairman", "Aldrich Marine", "retired")
    assert len(set(persons_of(junior, fitting))) == 1
    assert len(set(persons_of(junior, other))) == 2


def test_a_report_without_company_goes_to_the_only_one_of_that_name() -> None:
    one = mention("a", "Dana Whitfield", "CMO", "Lumen", "resigned")
    vague = mention("b", "Dana Whitfield", None, None, "departed")
    assert len(set(persons_of(one, vague))) == 1


def test_companies_apart_by_legal_form_keep_two_keys() -> None:
    found = companies_of("EQT AB", "EQT Corp.", "EQT")
    assert found.key("EQT AB") != found.key("EQT Corp.")


@pytest.mark.parametrize(
    ("one", "other", "related"),
    [
        ("Rheinmark", "Rheinmark Bank", True),
        ("PNR", "Pacific Northern Railway", True),
        ("Rovers", "Harbour Rovers", True),
        ("Volta North America", "Volta Cars North America", True),
        ("Merrin & Co.", "Merrin Group", False),
        ("Bank", "Tallow Bank", False),
        ("Airlines", "United Airlines", False),
        ("Microsoft", "Microsoft Research", False),
        ("Acme", "Bolt", False),
    ],
)
def test_related_companies(one: str, other: str, related: bool) -> None:
    found = companies_of(one, other)
    assert found.related(found.key(one), found.key(other)) is related
    assert found.key(one) != found.key(other)


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("Bluepond, formerly Kessler Data, said on Monday", ("Bluepond", "Kessler Data")),
        ("Bluepond (formerly known as Kessler Data) said", ("Bluepond", "Kessler Data")),
        ("Kessler Data changed its name to Bluepond in March.", ("Bluepond", "Kessler Data")),
        ("Kessler Data, renamed Bluepond in March, said", ("Bluepond", "Kessler Data")),
        ("Kessler Data is called Bluepond from today.", ("Bluepond", "Kessler Data")),
    ],
)
def test_a_text_states_a_rename(text: str, pair: tuple[str, str]) -> None:
    assert pair in set(stated_renames(text))


def test_no_rename_across_paragraphs_and_without_a_cue() -> None:
    assert not list(stated_renames("Jane Roe, formerly of Acme\nBolt said on Monday."))
    assert not list(stated_renames("Acme and Bolt said on Monday that Jane Roe had left."))


def test_a_rename_makes_two_names_one_employer() -> None:
    old = mention("a", "Bram Visser", "CTO", "Kessler Data", "departed")
    new = mention("b", "Bram Visser", "CTO", "Bluepond", "departed")
    plain = [article("a"), article("b")]
    assert len(dedupe(plain, [old, new]).events) == 2
    told = [
        article("a"),
        article("b", text="Bluepond, formerly Kessler Data, has no chief technology officer."),
    ]
    assert len(dedupe(told, [old, new]).events) == 1
