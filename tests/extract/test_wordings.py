"""No text that holds a trigger is passed over."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import rulebook
from pipeline.extract.spelling import words_of
from pipeline.extract.triggers import TriggerIndex
from pipeline.extract.wordings import Wordings
from pipeline.rulebook import Rule

RULES = rulebook.load().rules
INDEX = TriggerIndex(RULES)
WORDINGS = Wordings(INDEX.patterns)
ARTICLES = Path(__file__).parent.parent / "gold" / "articles"


@pytest.mark.parametrize("rule", RULES, ids=[rule.rule_id for rule in RULES])
def test_every_trigger_of_every_rule_is_seen(rule: Rule) -> None:
    own = Wordings(TriggerIndex([rule]).patterns)
    for phrase in rule.triggers:
        text = " ".join(part.split("|")[0] for part in phrase.removeprefix("=").split() if part not in ("~", "..."))
        assert own.may_stand_in(f"She {text}, then."), phrase
        assert own.may_stand_in(f"SHE  {text.upper()}\nTHEN"), phrase


def test_every_line_in_which_a_rule_finds_a_trigger_is_seen() -> None:
    lines = [line for path in sorted(ARTICLES.iterdir()) for line in path.read_text().splitlines()]
    told = [line for line in lines if any(True for _ in INDEX.find(words_of(line)))]
    assert len(told) > 500
    assert [line for line in told if not WORDINGS.may_stand_in(line)] == []


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Roe stepped down.", True),
        ("Roe stepped quietly down.", True),
        ("Roe was renamed.", False),  # only inside another word
        ("Rain fell.", False),
        ("", False),
    ],
)
def test_texts(text: str, seen: bool) -> None:
    rules = [rule for rule in RULES if {"step down", "name"} & set(rule.triggers)]
    assert Wordings(TriggerIndex(rules).patterns).may_stand_in(text) is seen
