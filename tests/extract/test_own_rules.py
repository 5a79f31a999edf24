"""What a user's own rules and lists change: rules by id, words by list, and for whom."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from pipeline import rulebook
from pipeline.errors import RuleError
from pipeline.extract import Extractor, ExtractSettings
from pipeline.extract.clues import find_clues
from pipeline.ingest.furniture import remove_furniture
from pipeline.names import is_given_name, same_company, same_person
from pipeline.records import EventMention
from tests.extract.rule_folders import RULE, folder
from tests.extract.told import article


@pytest.fixture(autouse=True)
def _built_in_rules() -> Iterator[None]:
    yield
    rulebook.use()


def test_an_own_rule_is_added_and_makes_rows(tmp_path: Path) -> None:
    own = (folder(tmp_path, RULE),)
    base, book = rulebook.load(), rulebook.load(own)
    assert {r.rule_id for r in book.rules} - {r.rule_id for r in base.rules} == {"mine.leap"}
    text = "Karen Whitfield leapt overboard as chief executive of Norwood Bank."
    assert Extractor().read([article(text)])[0] == []
    text = "Karen Whitfield leaps overboard as chief executive of Norwood Bank."
    mentions, _ = Extractor(ExtractSettings(rules=own)).read([article(text)])
    assert [(m.person, m.role, m.company, m.action) for m in mentions] == [
        ("Karen Whitfield", "chief executive", "Norwood Bank", "resigned")
    ]
    assert mentions[0].evidence[0].rule_id == "mine.leap"


def test_an_own_rule_replaces_one_by_id(tmp_path: Path) -> None:
    own = (folder(tmp_path, RULE.replace("mine.leap", "resign.verb")),)
    base = {r.rule_id: r for r in rulebook.load().rules}
    book = {r.rule_id: r for r in rulebook.load(own).rules}
    assert set(book) == set(base)
    assert book["resign.verb"].triggers == ("leap overboard",)
    assert {i for i in book if book[i] != base[i]} == {"resign.verb"}


def test_own_words_are_added_to_a_list(tmp_path: Path) -> None:
    own = (folder(tmp_path, 'plan_words = ["fain"]\n', "cues.toml"),)
    base, words = rulebook.read_data("cues.toml"), rulebook.read_data("cues.toml", own)
    assert words["plan_words"] == [*base["plan_words"], "fain"]
    assert words["may"] == base["may"]


HEAD = '[[head]]\nid = "grand wizard"\nlevel = "chief"\nwords = ["grand wizard"]\n'
WIZARD = "Norwood Bank named Karen Whitfield, its treasurer, as grand wizard of hats on Monday."


def test_two_extractors_keep_their_own_lists(tmp_path: Path) -> None:
    text = article(WIZARD)
    plain = Extractor()
    before = plain.read([text])
    own = Extractor(ExtractSettings(rules=(folder(tmp_path, HEAD, "titles.toml"),)))
    assert own.read([text]) != before
    assert plain.read([text]) == before
    assert own.read([text]) != before


# An article, and what its only row says under the built-in lists and under one's own.
EFFECTS = [
    (
        "cues.toml",
        'rumour_words = ["murmuredly"]',
        "Karen Whitfield has murmuredly resigned as treasurer of Norwood Bank.",
        lambda m: m.status,
        ("done", "rumored"),
    ),
    (
        "titles.toml",
        HEAD,
        "Karen Whitfield resigned as grand wizard of Norwood Bank.",
        lambda m: m.role_level,
        (None, "chief"),
    ),
    (
        "cues.toml",
        'unit_words = ["haberdashery"]',
        "Norwood Bank named Karen Whitfield head of Global Haberdashery.",
        lambda m: m.company,
        ("Global Haberdashery", "Norwood Bank"),
    ),
    ("titles.toml", HEAD, WIZARD, lambda m: m.role, ("grand wizard", "grand wizard of hats")),
    (
        "weights.toml",
        "confidence.intercept = -9",
        "Karen Whitfield resigned as treasurer of Norwood Bank.",
        lambda m: m.confidence > 0.5,
        (True, False),
    ),
]


@pytest.mark.parametrize(("name", "content", "text", "of", "seen"), EFFECTS, ids=[e[0] for e in EFFECTS])
def test_an_own_list_changes_the_row(
    tmp_path: Path,
    name: str,
    content: str,
    text: str,
    of: Callable[[EventMention], object],
    seen: tuple[object, object],
) -> None:
    own = ExtractSettings(rules=(folder(tmp_path, content, name),), min_confidence=0)
    found = []
    for extractor in (Extractor(ExtractSettings(min_confidence=0)), Extractor(own)):
        [mention], _ = extractor.read([article(text)])
        found.append(of(mention))
    assert tuple(found) == seen


# For each list of nouns.toml, and each of verbs that stands for itself: text in which only an own word makes the row,
# or takes it away.
NOUNS = [
    ("post", "Karen Whitfield, treasurer of Norwood Bank, quit the zork."),
    ("handed_on", "Norwood Bank handed the zork to Daniel Foster."),
    ("company", "Karen Whitfield, treasurer of Norwood Bank, has left the zork."),
    ("workplace", "Karen Whitfield, treasurer of Norwood Bank, has left the zork."),
    ("engaged", "Norwood Bank hired a zork, Karen Whitfield."),
    ("related", "Karen Whitfield, treasurer of Ardmore, is joining its zork, Norwood Bank, as chairman."),
    ("stand_in", "Norwood Bank named a zork as its treasurer: Karen Whitfield."),
    ("unit", "Karen Whitfield will head the zork of Norwood Bank."),
    ("person", "A zork has been appointed treasurer of Norwood Bank. Karen Whitfield, 51, starts in May."),
    ("epithet", "Karen Whitfield, treasurer of Norwood Bank, gave evidence. The zork has resigned."),
    ("employer", "The zork has replaced Karen Whitfield as treasurer of Norwood Bank."),
    ("gain", "Norwood Bank announced the zork of a new treasurer. Karen Whitfield, 51, starts in May."),
]


@pytest.mark.parametrize(("kind", "text"), NOUNS, ids=[kind for kind, _ in NOUNS])
def test_an_own_noun_makes_or_takes_a_row(tmp_path: Path, kind: str, text: str) -> None:
    own = ExtractSettings(rules=(folder(tmp_path, f'{kind} = "zork"', "nouns.toml"),))
    before, after = Extractor().read([article(text)])[0], Extractor(own).read([article(text)])[0]
    assert (len(before), len(after)) in ((0, 1), (1, 0))


def test_an_own_meeting_dates_what_it_also_did(tmp_path: Path) -> None:
    text = article(
        "Norwood Bank picks treasurer\n\nThe zork of Norwood Bank on Thursday approved the sale of its mills.\n\n"
        'The mills were built in 1901. "We are glad," a spokesman said.\n\n'
        "The zork also elected Karen Whitfield as treasurer."
    )
    own = ExtractSettings(rules=(folder(tmp_path, 'meeting = "zork"', "nouns.toml"),))
    before, after = Extractor().read([text])[0], Extractor(own).read([text])[0]
    assert [m.date for m in (*before, *after)] == [None, date(2024, 2, 29)]


def test_every_list_of_nouns_is_tried() -> None:
    assert {kind for kind, _ in NOUNS} | {"meeting"} == set(rulebook.read_data("nouns.toml"))


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (
            'outlook.weighing = ["evaluate"]',
            "The board of Norwood Bank is evaluating replacing Karen Whitfield as treasurer.",
        ),
        ('gaining = ["zork"]', "Norwood Bank has zorked a new treasurer. Karen Whitfield, 51, starts in May."),
    ],
    ids=["weighing", "gaining"],
)
def test_an_own_verb_makes_a_row(tmp_path: Path, content: str, text: str) -> None:
    own = ExtractSettings(rules=(folder(tmp_path, content, "cues.toml"),))
    assert (len(Extractor().read([article(text)])[0]), len(Extractor(own).read([article(text)])[0])) == (0, 1)


LISTS = [
    ("given_names.toml", 'female = "zorkina"', lambda: is_given_name("Zorkina")),
    (
        "persons.toml",
        '[alias]\n"Karen Whitfield" = ["K-Whit"]',
        lambda: same_person("K-Whit", "Karen Whitfield"),
    ),
    ("companies.toml", '[alias]\n"Norwood Bank" = ["NWB"]', lambda: same_company("NWB", "Norwood Bank plc")),
    ("screen.toml", 'no_name = ["zorkina"]', lambda: not find_clues("We met Zorkina Whitfield.").named),
    (
        "furniture.toml",
        '[[rule]]\nid = "x"\npattern = "buy now"',
        lambda: "Buy" not in remove_furniture("A.\nBuy now"),
    ),
]


@pytest.mark.parametrize(("name", "content", "holds"), LISTS, ids=[e[0] + e[1] for e in LISTS])
def test_lists_in_force_are_those_last_used(tmp_path: Path, name: str, content: str, holds: Callable[[], bool]) -> None:
    rulebook.use()
    assert not holds()
    rulebook.use((folder(tmp_path, content, name),))
    assert holds()
    rulebook.use()
    assert not holds()


def test_wrong_rules_do_not_come_into_force(tmp_path: Path) -> None:
    rulebook.use((folder(tmp_path / "a", 'female = "zorkina"', "given_names.toml"),))
    with pytest.raises(RuleError):
        rulebook.use((folder(tmp_path / "b", "female = 1", "given_names.toml"),))
    assert is_given_name("Zorkina")
    assert is_given_name("Karen")


def test_an_own_furniture_rule_replaces_one_by_id(tmp_path: Path) -> None:
    base = {entry["id"]: entry for entry in rulebook.read_data("furniture.toml")["rule"]}
    own = folder(tmp_path, f'[[rule]]\nid = "{min(base)}"\npattern = "nothing"', "furniture.toml")
    found = rulebook.read_data("furniture.toml", (own,))["rule"]
    assert len(found) == len(base)
    assert {entry["id"]: entry for entry in found} == base | {min(base): {"id": min(base), "pattern": "nothing"}}
