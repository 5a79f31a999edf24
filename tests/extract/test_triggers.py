"""The search for triggers in words: forms, gaps, fillers, and which of several is given."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.extract.screen import Screen
from pipeline.extract.spelling import raw_words_of, words_of
from pipeline.extract.triggers import TriggerIndex
from pipeline.rulebook import Rule


def rule(*triggers: str, rule_id: str = "test.rule", kind: Any = "verb") -> Rule:
    return Rule(
        rule_id=rule_id,
        action="departed",
        kind=kind,
        triggers=triggers,
        frame={"person": ("subject",)},
        needs=("person",),
        unless=(),
        status=None,
        weak=False,
        default_role=None,
        objects=(),
        voice=None,
        source="a test",
    )


def found(text: str, *rules: Rule) -> list[tuple[str, str]]:
    """Rule id and words of every trigger."""
    words = words_of(text)
    return [(t.rule.rule_id, " ".join(words[i] for i in t.words)) for t in TriggerIndex(rules).find(words)]


@pytest.mark.parametrize(
    ("trigger", "text", "words"),
    [
        ("leave", "Roe leaves Acme", "leaves"),
        ("leave", "Roe left Acme", "left"),
        ("leave", "Roe is leaving Acme", "leaving"),
        ("leave", "ROE LEAVES ACME", "leaves"),
        ("quit", "Roe is quitting", "quitting"),
        ("re-elect", "Roe was re-elected", "re-elected"),
        ("step down", "Roe stepped down", "stepped down"),
        ("step down", "Roe stepped quietly down", "stepped down"),
        ("leave ~ post", "Roe left her old post", "left post"),
        ("leave ~ post", "Roe left post", "left post"),
        ("give ... notice", "Roe gave Acme one full month of notice", "gave notice"),
        ("walk away from|of", "Roe walked away from it", "walked away from"),
        ("walk away from|of", "Roe walked away of it", "walked away of"),
        ("=will be", "Roe will be chief", "will be"),
        ("co-found", "Roe co-founded Acme", "co-founded"),
    ],
)
def test_found(trigger: str, text: str, words: str) -> None:
    assert found(text, rule(trigger)) == [("test.rule", words)]


@pytest.mark.parametrize(
    ("trigger", "text"),
    [
        ("leave", "The leaflet lay on the table"),
        ("step down", "Roe took a step up"),
        ("step down", "Roe stepped. Down below, Kim slept"),  # not across the end of a sentence
        ("leave ~ post", "Roe left her very old dusty wooden post"),  # more than three words between
        ("leave ~ post", "Roe left and the post came"),  # a filler is no conjunction
        (
            "give ... notice",
            "Roe gave Acme a very warm, long and public and most unusual notice",
        ),  # more than ten words
        ("=will be", "Roe would be chief"),  # literal: no other form
        ("walk away from|of", "Roe walked away with it"),
        ("re-elect", "Roe was elected"),
    ],
)
def test_not_found(trigger: str, text: str) -> None:
    assert found(text, rule(trigger)) == []


def test_the_longest_wording_of_a_rule_is_given() -> None:
    assert found("Roe stepped down as chief", rule("step", "step down as", "step down")) == [
        ("test.rule", "stepped down as")
    ]


def test_every_rule_gives_its_own_trigger() -> None:
    rules = (rule("leave", rule_id="a.leave"), rule("leave office", rule_id="b.office"))
    assert found("Roe left office", *rules) == [("a.leave", "left"), ("b.office", "left office")]


def test_every_occurrence_is_given() -> None:
    assert found("Roe left; Kim left", rule("leave")) == [("test.rule", "left")] * 2


def test_a_noun_is_inflected_at_its_end_and_a_verb_at_its_start() -> None:
    noun = rule("resignation letter", kind="noun")
    assert found("two resignation letters", noun) == [("test.rule", "resignation letters")]
    assert found("two resigned letters", noun) == []
    assert found("Roe quits job", rule("quit job")) == [("test.rule", "quits job")]
    assert found("Roe has offers", rule("have offers")) == [("test.rule", "has offers")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Acme put Jane Roe and Tom Kim in charge", ["put in charge"]),
        ("Acme put Jane Roe, 51, and Tom Kim in charge", ["put in charge"]),
        ("Acme put Jane Roe, Ann Oh, and Tom Kim in charge", ["put in charge"]),
        ("Acme put a stop to it and Tom Kim in charge", []),
        ("Acme put Jane Roe and others in charge", []),
        ("Acme put prices up and is in charge", []),
    ],
)
def test_gap_goes_on_behind_an_and_between_names(text: str, words: list[str]) -> None:
    lowered = words_of(text)
    triggers = TriggerIndex([rule("put ... in charge")]).find(lowered, raw=raw_words_of(text))
    assert [" ".join(lowered[i] for i in trigger.words) for trigger in triggers] == words


@pytest.mark.parametrize("text", ["", " ", "...", "🙂", "\x00\x01", "naïve Ångström"])
def test_text_without_triggers(text: str) -> None:
    assert found(text, rule("leave", "give ... notice")) == []
    assert not Screen(TriggerIndex([rule("leave")])).states_event(text)
