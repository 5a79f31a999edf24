"""The rulebook: every mistake in a user's file is an error that names file, rule, problem and choices."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline import rulebook
from pipeline.errors import RuleError
from pipeline.extract import Extractor, ExtractSettings
from tests.extract.rule_folders import RULE, folder


@pytest.fixture(autouse=True)
def _built_in_rules() -> Iterator[None]:
    yield
    rulebook.use()


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
    assert str(error.value).startswith(f"{tmp_path}/rules/actions/mine.toml: ")


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
    ('action = "resigned"', "action = [1]", "unknown action '[1]'"),
    ('action = "resigned"', 'action = "resigned"\n[[rule]]', "rule '?' lacks 'id'"),
    ('id = "mine.leap"', 'id = "leap"', "as in 'resign.verb'"),
    ('id = "mine.leap"', 'id = "Mine.Leap"', "in small letters"),
    ('triggers = ["leap overboard"]', 'triggers = ["7 overboard"]', "begins with a number"),
    (
        'triggers = ["leap overboard"]',
        'triggers = ["leap|jump overboard"]',
        "'leap|jump' where no choice can",
    ),
    ('triggers = ["leap overboard"]', 'triggers = ["=leaps|jumps off"]', "'leaps|jumps' where no choice can"),
    ('triggers = ["leap overboard"]', 'triggers = ["leap, then swim"]', "'leap,', which is no word"),
    ('triggers = ["leap overboard"]', 'triggers = ["="]', "trigger '=' holds no word"),
    ('person = "subject"', 'person = "subjct"', "unknown function 'subjct' (known: subject, object"),
    (
        'person = "subject"',
        'person = "head"',
        "unknown place of the person of a verb, 'head' (known: subject",
    ),
    ('person = "subject"', 'person = "subject|at"', "place of the person of a verb, 'at'"),
    ('source = "a', 'kind = "noun"\nsource = "a', "person of a noun, 'subject' (known: possessor, of"),
    ('person = "subject"', 'person = ["subject"]', "'frame.person' is ['subject'], must be text"),
    ('source = "a', 'unless = [""]\nsource = "a', "'unless' holds ''"),
    ('source = "a', 'default_role = 1\nsource = "a', "'default_role' is 1"),
]


@pytest.mark.parametrize(("right", "wrong", "named"), MISSHAPEN, ids=[m[1] for m in MISSHAPEN])
def test_misshapen(tmp_path: Path, right: str, wrong: str, named: str) -> None:
    assert RULE.count(right) == 1
    with pytest.raises(RuleError, match=re.escape(named)):
        rulebook.load((folder(tmp_path, RULE.replace(right, wrong)),))


@pytest.mark.parametrize("name", ["compnies.toml", "action/mine.toml", "actions/deep/er.toml"])
def test_a_file_that_nothing_reads(tmp_path: Path, name: str) -> None:
    with pytest.raises(RuleError, match=re.escape(name)):
        rulebook.load((folder(tmp_path, RULE, name),))


def test_a_word_list_of_the_wrong_shape(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="plan_words"):
        rulebook.load((folder(tmp_path, 'plan_words = "fain"\n', "cues.toml"),))


WORD_MISTAKES = [
    ("cues.toml", "plan_words = [7]", "'plan_words' holds 7, must be text"),
    ("cues.toml", 'plan_words = [""]', "'plan_words' holds ''"),
    ("cues.toml", 'plan_words = ["Fain"]', "'plan_words' holds 'Fain', must be in small letters: 'fain'"),
    ("cues.toml", 'plan_wrods = ["fain"]', "unknown key 'plan_wrods' (known: negations, deniers"),
    ("cues.toml", '[[rule]]\nid = "x.y"', "unknown key 'rule'"),
    ("companies.toml", '[aliases]\n"Norwood Bank" = ["NB"]', "unknown table 'aliases' (known: suffix, words"),
    ("companies.toml", 'alias = "NB"', "'alias' is 'NB', must be a table"),
    (
        "companies.toml",
        '[alias]\n"Norwood Bank" = "NB"',
        "'alias.Norwood Bank' is 'NB', must be a list of texts",
    ),
    ("companies.toml", 'names.apart = [["Norwood"]]', "must be lists of two texts or more"),
    ("companies.toml", 'names.apart = ["Norwood", "Norfolk"]', "'names.apart' is 'Norwood', must be a list"),
    ("given_names.toml", 'male = ["zebadiah"]', "'male' is ['zebadiah'], must be text"),
    ("persons.toml", "honorifics = true", "'honorifics' is True, must be a list of texts"),
    ("titles.toml", '[[head]]\nid = "wizard"\nlevel = "chief"', "head 'wizard' lacks 'words'"),
    (
        "titles.toml",
        '[[head]]\nid = "wizard"\nlevel = "chef"\nwords = ["wizard"]',
        "unknown level 'chef' (known: board",
    ),
    (
        "titles.toml",
        '[[head]]\nid = "w"\nlevel = "chief"\nwords = ["Wizard"]',
        "must be in small letters: 'wizard'",
    ),
    (
        "titles.toml",
        '[[head]]\nid = "w"\nlevel = "chief"\nwords = ["w"]\nweek = 1',
        "head 'w' has unknown key 'week'",
    ),
    ("titles.toml", '[head]\nid = "wizard"', "'head' is no list of tables"),
    ("titles.toml", '[status]\nnewish = "novel"', "unknown value of 'status.newish' 'novel' (known: current"),
    ("furniture.toml", '[[rule]]\nid = "x"\npattern = "("', "rule 'x' has no valid pattern"),
    (
        "furniture.toml",
        '[[rule]]\nid = "x"\npattern = "x"\nwhere = "top"',
        "unknown where 'top' (known: anywhere",
    ),
    (
        "weights.toml",
        'company.shared.counterpart = "2"',
        "'company.shared.counterpart' is '2', must be a number",
    ),
    ("weights.toml", "company.evidence.ahead_at_inn = 2", "close: ahead_at_in"),
    ("weights.toml", "confidence.weak = true", "'confidence.weak' is True, must be a number"),
]


@pytest.mark.parametrize(("name", "content", "message"), WORD_MISTAKES, ids=[m[2] for m in WORD_MISTAKES])
def test_mistake_in_a_word_list(tmp_path: Path, name: str, content: str, message: str) -> None:
    with pytest.raises(RuleError) as error:
        rulebook.load((folder(tmp_path, content, name),))
    assert message in str(error.value)
    assert str(error.value).startswith(f"{tmp_path}/rules/{name}: ")


@pytest.mark.parametrize("content", ["", "# nothing yet\n"])
def test_a_file_that_says_nothing_yet(tmp_path: Path, content: str) -> None:
    own = folder(tmp_path, content)
    folder(tmp_path, content, "cues.toml")
    assert rulebook.load((own,)) == rulebook.load()


def test_what_editors_leave_is_not_read(tmp_path: Path) -> None:
    own = folder(tmp_path, RULE)
    folder(tmp_path, "[[rule", "actions/.#mine.toml")
    folder(tmp_path, "notes", "actions/readme.txt")
    assert "mine.leap" in {rule.rule_id for rule in rulebook.load((own,)).rules}


@pytest.mark.parametrize("content", ["[[rule", 'action = "x', b"\xff\xfe\x00", "a = " + "[" * 5000])
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


def test_the_digest_changes_with_any_rule(tmp_path: Path) -> None:
    own = folder(tmp_path, RULE)
    other = folder(tmp_path / "b", RULE.replace("overboard", "ashore"))
    words = folder(tmp_path / "c", 'plan_words = ["fain"]', "cues.toml")
    digests = {rulebook.load(f).digest for f in [(), (own,), (other,), (words,), (own, words)]}
    assert len(digests) == 5
    assert Extractor(ExtractSettings(rules=(own,))).fingerprint != Extractor().fingerprint


def test_the_digest_is_of_what_the_rules_say(tmp_path: Path) -> None:
    own = folder(tmp_path, RULE)
    plain = rulebook.load((own,)).digest
    folder(tmp_path, "# a comment\n" + RULE.replace(" = ", "   =   "))
    assert rulebook.load((own,)).digest == plain
    folder(tmp_path, RULE.replace("at|of", "of|at"))
    assert rulebook.load((own,)).digest != plain


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    own = (folder(tmp_path, RULE),)
    before = rulebook.use(own)
    folder(tmp_path, RULE.replace("overboard", "ashore"))
    assert rulebook.use(own).rules != before.rules


def test_neither_files_nor_places_in_them_order_the_rules(tmp_path: Path) -> None:
    one, two = RULE, RULE.replace("mine.leap", "mine.dive").replace("leap overboard", "dive overboard")
    rest = two.removeprefix('\naction = "resigned"\n')
    layouts = [
        {"actions/a.toml": one, "actions/b.toml": two},
        {"actions/a.toml": two, "actions/b.toml": one},
        {"actions/only.toml": one + rest},
        {"actions/only.toml": 'action = "resigned"\n' + rest + one.removeprefix('\naction = "resigned"\n')},
    ]
    books = []
    for number, layout in enumerate(layouts):
        for name, content in layout.items():
            own = folder(tmp_path / str(number), content, name)
        books.append(rulebook.load((own,)))
    assert books == [books[0]] * 4
    assert {"mine.leap", "mine.dive"} < {rule.rule_id for rule in books[0].rules}


def test_of_two_folders_the_later_one_wins(tmp_path: Path) -> None:
    first = folder(tmp_path / "a", RULE)
    second = folder(tmp_path / "b", RULE.replace("overboard", "ashore"))
    for folders, trigger in [((first, second), "leap ashore"), ((second, first), "leap overboard")]:
        rules = {rule.rule_id: rule for rule in rulebook.load(folders).rules}
        assert rules["mine.leap"].triggers == (trigger,)


def test_built_in_rules_are_whole() -> None:
    book = rulebook.load()
    assert len({r.action for r in book.rules}) == 12
    assert [r.rule_id for r in book.rules] == sorted(r.rule_id for r in book.rules)
    assert all(r.source.strip() and r.triggers and "person" in r.frame for r in book.rules)
