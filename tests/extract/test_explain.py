"""What `explain` says: the rows of `extract`, where each slot came from, and why the rest is no row."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.extract import Extractor, ExtractSettings, explain
from pipeline.extract.explain import explained
from pipeline.extract.reasons import in_words
from tests.extract.told import Case, Outcome, all_cases, article

TEXT = """Norwood Bank names Karen Whitfield CEO

Norwood Bank said on Monday that Karen Whitfield will become chief executive on April 1. She succeeds
Robert Dalton, who retired in January. A bullet was fired.

It rained. The sun shone over Oslo for a while. Birds sang. If Ms. Whitfield resigns, the shares fall.
""".replace("\nRobert", " Robert")


@pytest.fixture(scope="module")
def text() -> str:
    return explain(article(TEXT))


@pytest.mark.parametrize("case", list(all_cases())[::6], ids=lambda case: case.where)
def test_rows_are_those_of_extract(case: Case, extractor: Extractor, outcome: Callable[[Case], Outcome]) -> None:
    found, expected = explained(case.article, extractor), outcome(case)
    assert found.mentions == expected.mentions
    assert found.rejections == expected.rejections
    kept = {row.mention_id for s in found.sentences for t in s.triggers for row in t.rows}
    assert kept == {mention.mention_id for mention in expected.mentions}


@pytest.mark.parametrize("case", list(all_cases())[::6], ids=lambda case: case.where)
def test_every_row_is_told_in_full_once(case: Case, extractor: Extractor) -> None:
    found = explained(case.article, extractor)
    full = [row for s in found.sentences for t in s.triggers for row in t.rows if row.slots]
    assert sorted(row.mention_id for row in full) == sorted(m.mention_id for m in found.mentions)
    mentions = {mention.mention_id: mention for mention in found.mentions}
    for row in full:
        slots = {slot.name: slot.value for slot in row.slots}
        mention = mentions[row.mention_id]
        assert (slots["person"], slots["role"], slots["company"], slots["status"]) == (
            mention.person,
            mention.role,
            mention.company,
            mention.status,
        )
        assert all(slot.why for slot in row.slots)


@pytest.mark.parametrize("case", list(all_cases())[::6], ids=lambda case: case.where)
def test_every_rejection_is_shown_with_its_trigger(case: Case, extractor: Extractor) -> None:
    found = explained(case.article, extractor)
    for rejection in found.rejections:
        shown = [
            t
            for s in found.sentences
            for t in s.triggers
            if (t.start, t.rule_id) == (rejection.start, rejection.rule_id)
        ]
        assert any(in_words(rejection.reason) in story.reasons for story in shown)
        assert all(case.text[story.start : story.end] == story.text for story in shown)


def test_every_sentence_is_accounted_for(extractor: Extractor) -> None:
    found = explained(article(TEXT), extractor)
    numbers = [s.number for s in found.sentences] + [*found.context] + [number for number, _ in found.screened]
    assert sorted(numbers) == list(range(1, 9))
    assert [words for _, words in found.screened] == [
        "A bullet was fired.",
        "It rained.",
        "The sun shone over Oslo for a while.",
    ]
    assert all(TEXT[s.start : s.end] == s.text for s in found.sentences)


@pytest.mark.parametrize(
    "line",
    [
        r"^story\.txt \(a[0-9a-f]+\), published 2024-03-05$",
        r"^8 sentences: \d with a trigger, \d parsed beside them, 3 not parsed; \d+ triggers, 2 rows$",
        r"^\[1\] Norwood Bank names Karen Whitfield CEO$",
        r'^    "names" \(appoint\.name\)$',
        r"^        row: Karen Whitfield \| CEO \| Norwood Bank \| appointed \| 2024-04-01 \| planned$",
        r"^ +company +Norwood Bank: score \d.*; next ",
        r'^ +date +2024-04-01: "on April 1" names a day, read against 2024-03-05$',
        r"^ +role +chief executive: taken from the person succeeded or succeeding$",
        r"^            told above already; this sentence is further evidence$",
        r'^    "resigns" \(resign\.verb\)$',
        r"^        left out: a condition, told as no fact \(hypothetical\)$",
        r"^\[\d\] It rained\.$",
    ],
)
def test_text(text: str, line: str) -> None:
    assert re.search(line, text, re.MULTILINE), text


def test_a_pronoun_is_said_to_stand_for_a_name() -> None:
    found = explain(article("Karen Whitfield spoke. She resigned as chief executive of Norwood Bank."))
    assert "a pronoun or noun stands for the name" in found
    found = explain(article("Karen Whitfield spoke. Ms. Whitfield resigned as president of Norwood Bank."))
    assert 'written "Whitfield" here' in found


def test_the_same_article_gives_the_same_text(text: str) -> None:
    assert explain(article(TEXT)) == text


def test_json_holds_the_same(text: str) -> None:
    found = json.loads(explain(article(TEXT), as_json=True))
    assert [m["person"] for m in found["mentions"]] == ["Karen Whitfield", "Robert Dalton"]
    for sentence in found["sentences"]:
        for trigger in sentence["triggers"]:
            assert f'"{trigger["text"]}" ({trigger["rule_id"]})' in text
            assert all(f"row: {row['summary']}" in text for row in trigger["rows"])


def test_an_article_that_was_not_read() -> None:
    found = explain(article("Karen Whitfield quitte la banque.", status="skipped", reason="not_english"))
    assert found.endswith("not read: the text is not in English (not_english)")


@pytest.mark.parametrize("text", ["", "  \n ", "It rained in Oslo."])
def test_an_article_without_triggers(text: str) -> None:
    lines = explain(article(text, published=None)).splitlines()
    assert lines[0].endswith("no publication date")
    assert lines[1].endswith("0 triggers, 0 rows")


def test_own_rules_are_used(tmp_path: Path) -> None:
    (tmp_path / "actions").mkdir()
    (tmp_path / "actions" / "own.toml").write_text(
        'action = "resigned"\n[[rule]]\nid = "own.leap"\ntriggers = ["leap overboard"]\n'
        'frame = {person = "subject", role = "as"}\nsource = "a test"\n'
    )
    sentence = article("Karen Whitfield leaps overboard as chief executive of Norwood Bank.")
    assert "own.leap" not in explain(sentence)
    assert '"leaps overboard" (own.leap)' in explain(sentence, ExtractSettings(rules=(tmp_path,)))


@pytest.mark.parametrize(
    "sentence",
    [
        "Norwood Bank has picked Karen Whitfield – a lawyer whose last job was in Leeds – to lead its legal team.",
        "Norwood Bank named Karen Whitfield, whom it had lured from Astor Trust two years ago, its treasurer.",
    ],
)
def test_what_is_read_across_an_aside_is_said_to_be(sentence: str) -> None:
    assert "in the sentence without its asides" in explain(article(sentence))
    assert "without its asides" not in explain(article("Norwood Bank named Karen Whitfield as treasurer."))


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (
            "missing_slot: role|company",
            "the rule needs a title or an organisation (missing_slot: role|company)",
        ),
        ("object_is_other", "its object is neither post nor employer (object_is_other)"),
        ("some_new_reason", "some new reason"),
    ],
)
def test_reasons_in_words(reason: str, words: str) -> None:
    assert in_words(reason) == words


def test_all_reasons_have_words(outcomes: dict[str, Outcome]) -> None:
    reasons = {rejection.reason for outcome in outcomes.values() for rejection in outcome.rejections}
    assert len(reasons) > 10
    assert [reason for reason in sorted(reasons) if not in_words(reason).endswith(f"({reason})")] == []
