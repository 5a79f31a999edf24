"""The rulebook: every mistake in a user's file is an error that names file, rule, problem and choices."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline import rulebook
from pipeline.errors import RuleError
from pipeline.extract import Extractor, ExtractSettings
from tests.extract.told import article

RULE = """
action = "resigned"

[[rule]]
id = "mine.leap"
triggers = ["leap overboard"]
frame = {person = "subject", role = "as", company = "at|of"}
source = "a wording of our own"
"""


def folder(tmp_path: Path, content: str | bytes, name: str = "actions/mine.toml") -> Path:
    path = tmp_path / "rules" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return tmp_path / "rules"


MISTAKES = [
    ('source = "a', 'sauce = "a', "rule 'mine.leap' has unknown key 'sauce' (known: action, default_role"),
    ('source = "a wording of our own"', "", "rule 'mine.leap' lacks 'source'"),
    ('source = "a wording of our own"', 'source = ""', "rule 'mine.leap' lacks 'source'"),
    ('id = "mine.leap"', "", "rule '?' lacks 'id'"),
    ('triggers = ["leap overboard"]', "", "rule 'mine.leap' lacks 'triggers'"),
    ('triggers = ["leap overboard"]', "triggers = []", "rule 'mine.leap' lacks 'triggers'"),
    ("frame = {person", "frame = {persn", "unknown slot 'persn' (known: person, role, company"),
    ('person = "subject"', 'person = "Subject!"', "'person' has unknown function 'Subject!' (known: subject"),
    ('source = "a', 'needs = ["wage"]\nsource = "a', "has unknown need 'wage' (known: as, role|loss, person"),
    ('action = "resigned"', 'action = "vanished"', "has unknown action 'vanished' (known: appointed, joined"),
    ('action = "resigned"', "", "has unknown action '' (known: appointed, joined"),
    ('source = "a', 'status = "sure"\nsource = "a', "has unknown status 'sure' (known: done, planned"),
    ('source = "a', 'kind = "adverb"\nsource = "a', "has unknown kind 'adverb' (known: verb, noun"),
    ('source = "a', 'voice = "middle"\nsource = "a', "has unknown voice 'middle' (known: active, passive)"),
    ('source = "a', 'objects = ["hat"]\nsource = "a', "has unknown object 'hat' (known: none, org, post"),
]


@pytest.mark.parametrize(
    ("right", "wrong", "message"), MISTAKES, ids=[wrong or f"no {right}" for right, wrong, _ in MISTAKES]
)
def test_mistake(tmp_path: Path, right: str, wrong: str, message: str) -> None:
    assert RULE.count(right) == 1
    with pytest.raises(RuleError) as error:
        rulebook.load((folder(tmp_path, RULE.replace(right, wrong)),))
    assert message in str(error.value)
    assert str(error.value).startswith("actions/mine.toml: ")


# What is of the wrong shape would else fail deep inside the extractor, or be passed over in silence.
MISSHAPEN = [
    ('triggers = ["leap overboard"]', 'triggers = "leap overboard"', "triggers"),
    ('triggers = ["leap overboard"]', 'triggers = ["~ overboard"]', "~ overboard"),
    ('triggers = ["leap overboard"]', 'triggers = ["leap ~"]', "leap ~"),
    ('triggers = ["leap overboard"]', 'triggers = [""]', "trigger"),
    ('triggers = ["leap overboard"]', "triggers = [7]", "trigger"),
    ('frame = {person = "subject", role = "as", company = "at|of"}', 'frame = "subject"', "frame"),
    ('frame = {person = "subject", role = "as", company = "at|of"}', 'frame = {role = "as"}', "person"),
    ('person = "subject"', "person = 7", "person"),
    ('source = "a', 'needs = "person"\nsource = "a', "needs"),
    ('source = "a', 'unless = "leaped for joy"\nsource = "a', "unless"),
    ('source = "a', 'weak = "no"\nsource = "a', "weak"),
    ('id = "mine.leap"', "id = 7", "id"),
    ("[[rule]]", "[[rules]]", "rules"),
    ("[[rule]]", "[rule]", "rule"),
    ('action = "resigned"', 'action = "resigned"\nacton = "retired"', "acton"),
]


NOT_CHECKED = pytest.mark.xfail(reason="the rulebook does not check shapes yet", strict=True)


@NOT_CHECKED
@pytest.mark.parametrize(("right", "wrong", "named"), MISSHAPEN, ids=[m[1] for m in MISSHAPEN])
def test_misshapen(tmp_path: Path, right: str, wrong: str, named: str) -> None:
    assert RULE.count(right) == 1
    with pytest.raises(RuleError, match=re.escape(named)):
        rulebook.load((folder(tmp_path, RULE.replace(right, wrong)),))


@NOT_CHECKED
@pytest.mark.parametrize("name", ["compnies.toml", "action/mine.toml", "actions/deep/er.toml"])
def test_a_file_that_nothing_reads(tmp_path: Path, name: str) -> None:
    with pytest.raises(RuleError, match=re.escape(name)):
        rulebook.load((folder(tmp_path, RULE, name),))


@NOT_CHECKED
def test_a_word_list_of_the_wrong_shape(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="plan_words"):
        rulebook.load((folder(tmp_path, 'plan_words = "fain"\n', "cues.toml"),))


@pytest.mark.parametrize("content", ["[[rule", 'action = "x', b"\xff\xfe\x00"])
def test_no_toml(tmp_path: Path, content: str | bytes) -> None:
    with pytest.raises(RuleError, match=r"actions/mine\.toml: not valid TOML"):
        rulebook.load((folder(tmp_path, content),))


def test_an_id_twice(tmp_path: Path) -> None:
    own = folder(tmp_path, RULE)
    folder(tmp_path, RULE, "actions/other.toml")
    with pytest.raises(RuleError, match=r"actions/other\.toml: rule 'mine\.leap' occurs twice"):
        rulebook.load((own,))


def test_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="no such folder of rules"):
        rulebook.load((tmp_path / "none",))


def test_folder_without_rules(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match=r"holds no \.toml file"):
        rulebook.load((tmp_path,))


def test_unknown_word_list() -> None:
    with pytest.raises(RuleError, match=r"hats\.toml: no such data file"):
        rulebook.read_data("hats.toml")


def test_a_wrong_rule_stops_the_extractor_before_any_article(tmp_path: Path) -> None:
    own = folder(tmp_path, RULE.replace("subject", "Subject!"))
    with pytest.raises(RuleError):
        Extractor(ExtractSettings(rules=(own,)))


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


def test_the_digest_changes_with_any_rule(tmp_path: Path) -> None:
    own = folder(tmp_path, RULE)
    other = folder(tmp_path / "b", RULE.replace("overboard", "ashore"))
    digests = {rulebook.load(f).digest for f in [(), (own,), (other,), (own, other)]}
    assert len(digests) == 4
    assert Extractor(ExtractSettings(rules=(own,))).fingerprint != Extractor().fingerprint


def test_built_in_rules_are_whole() -> None:
    book = rulebook.load()
    assert len({r.action for r in book.rules}) == 12
    assert [r.rule_id for r in book.rules] == sorted(r.rule_id for r in book.rules)
    assert all(r.source.strip() and r.triggers and "person" in r.frame for r in book.rules)


@pytest.mark.xfail(reason="word lists of names and titles are one for the whole process", strict=True)
def test_two_extractors_keep_their_own_lists(tmp_path: Path) -> None:
    lists = 'head = [{ id = "grand wizard", level = "chief", words = ["grand wizard"] }]\n'
    text = article("Norwood Bank named Karen Whitfield, its treasurer, as grand wizard of hats on Monday.")
    plain = Extractor()
    before = plain.read([text])
    own = Extractor(ExtractSettings(rules=(folder(tmp_path, lists, "titles.toml"),)))
    try:
        assert own.read([text]) != before
        assert plain.read([text]) == before
    finally:
        Extractor()  # goes back to the built-in lists
