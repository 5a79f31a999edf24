"""No text that holds a trigger is passed over."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import rulebook
from pipeline.extract.spelling import words_of
from pipeline.extract.triggers import TriggerIndex
from pipeline.rulebook import Rule

RULES = rulebook.load().rules
INDEX = TriggerIndex(RULES)
ARTICLES = Path(__file__).parent.parent / "gold" / "articles"


@pytest.mark.parametrize("rule", RULES, ids=[rule.rule_id for rule in RULES])
def test_every_trigger_of_every_rule_is_seen(rule: Rule) -> None:
    own = TriggerIndex([rule])
    for phrase in rule.triggers:
        text = " ".join(part.split("|")[0] for part in phrase.removeprefix("=").split() if part not in ("~", "..."))
        assert own.patterns_in(f"She {text}, then."), phrase
        assert own.patterns_in(f"SHE  {text.upper()}\nTHEN"), phrase


def test_what_the_letters_tell_loses_no_trigger() -> None:
    lines = [line for path in sorted(ARTICLES.iterdir()) for line in path.read_text().splitlines()]
    every = range(len(INDEX.patterns))
    found = {line: list(INDEX.find(words_of(line), every)) for line in lines}
    assert sum(map(bool, found.values())) > 500
    assert [line for line, told in found.items() if list(INDEX.find(words_of(line))) != told] == []
    assert [
        line for line, told in found.items() if list(INDEX.find(words_of(line), INDEX.patterns_in(line))) != told
    ] == []


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Roe stepped down.", True),
        ("Roe stepped quietly down.", True),
        ("Roe stepped now down.", True),
        ("Roe “stepped” down.", True),
        ("Roe stepped the ladder down.", False),
        ("Roe was renamed.", False),  # only inside another word
        ("Rain fell.", False),
        ("", False),
    ],
)
def test_texts(text: str, seen: bool) -> None:
    rules = [rule for rule in RULES if {"step down", "name"} & set(rule.triggers)]
    assert bool(TriggerIndex(rules).patterns_in(text)) is seen
