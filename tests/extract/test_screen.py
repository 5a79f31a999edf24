"""The screen: what it passes for every rule, and what it keeps from the model."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import rulebook
from pipeline.extract.clues import find_clues
from pipeline.extract.screen import Screen, Stretch, whole
from pipeline.extract.triggers import TriggerIndex
from pipeline.records import DIRECTIONS
from pipeline.rulebook import Rule
from tests.marked import Row, read_rows

TABLES = Path(__file__).parent.parent / "rules"
FIRING = [
    row for path in sorted(TABLES.glob("*.txt")) for row in read_rows(path) if row.reason is None and not row.todo
]
RULES = rulebook.load().rules


def screen(rules: tuple[Rule, ...] = RULES) -> Screen:
    return Screen(TriggerIndex(rules))


SCREEN = screen()


def candidates(text: str, by: Screen = SCREEN) -> list[str]:
    return [
        text[part.sentences[i].start : part.sentences[i].end]
        for part in by.stretches(text)
        for i in sorted(part.candidates)
    ]


def parsed(text: str) -> list[list[str]]:
    return [[text[s.start : s.end] for s in part.sentences] for part in SCREEN.stretches(text)]


@pytest.mark.parametrize("row", FIRING, ids=[row.where for row in FIRING])
def test_every_sentence_that_fires_a_rule_passes(row: Row) -> None:
    spans = [
        (part.sentences[i].start, part.sentences[i].end) for part in SCREEN.stretches(row.text) for i in part.candidates
    ]
    triggers = [mark for mark in row.marks if mark.slot in DIRECTIONS]
    assert triggers
    for trigger in triggers:
        assert any(start <= trigger.start < end for start, end in spans), row.text


def _sentence(rule: Rule, phrase: str) -> str:
    """A sentence that has all that a rule can need, around one of its triggers."""
    parts = [part.split("|")[0] for part in phrase.removeprefix("=").split() if part != "~"]
    of_office = "post" in (*rule.objects, *rule.subjects)
    said = " ".join(part for part in parts if part != "...")
    if of_office and rule.frame["person"][0] == "to" and parts[-1] == "to":
        told = " ".join("her office" if part == "..." else part for part in parts)
        return f"Yesterday the post of Jane Roe {told} Kim Lee as chief executive of Acme."
    if rule.kind == "modifier":
        return f"Yesterday Acme met its {said} chief executive Jane Roe in town."
    if rule.things:
        return f"Yesterday the {rule.things[0]} of Jane Roe {said} Kim Lee as chief executive of Acme."
    if rule.kind == "noun":
        return f"Yesterday Jane Roe's {said} as chief executive of Acme was told to Kim Lee."
    office = "her office to " if of_office else ""
    return f"Yesterday Jane Roe {said} {office}Kim Lee as chief executive of Acme."


@pytest.mark.parametrize("rule", RULES, ids=[rule.rule_id for rule in RULES])
def test_no_trigger_of_any_rule_is_screened_away(rule: Rule) -> None:
    for phrase in rule.triggers:
        if "found" not in phrase.split():  # read as the past of "find"; see the tables
            sentence = _sentence(rule, phrase)
            assert candidates(sentence) == [sentence], phrase


def test_a_rule_of_the_user_passes_as_soon_as_it_is_written(tmp_path: Path) -> None:
    (tmp_path / "actions").mkdir()
    (tmp_path / "actions" / "joined.toml").write_text(
        'action = "joined"\n[[rule]]\nid = "join.teleport"\ntriggers = ["teleport to"]\n'
        'frame = {person = "subject"}\nneeds = ["person"]\nsource = "test"\n'
    )
    sentence = "Last year Jane Roe teleported to Acme."
    assert candidates(sentence) == []
    assert candidates(sentence, screen(rulebook.load((tmp_path,)).rules)) == [sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "Acme Corp. will be better off next year.",  # no title, no person
        "The company launched a new phone in India.",
        "The name of Jane Roe stood on the door.",  # a noun where the rule wants a verb
        "Sales will be reviewed by chief executive Jane Roe.",  # an auxiliary
        "Jane Roe, president of Acme, found the door locked.",
        "Profit rose at Wells Fargo as New York lost ground.",
        "Jane Roe left about 40 boxes in the hall.",  # an object that is no office and no organisation
        "Jane Roe said the sale left it with a gap.",
        "Jane Roe said Acme had returned to the surpluses of old.",
        "Jane Roe of Promoted Pawns Ltd. sold New York flats.",  # inside a name
        "Jane Roe, after a long day and with a heavy heart, spoke of rising prices, trade and the departure of a ship.",
        "Jane Roe will be too busy that day to read the papers about rain and snow, said the head of her choir.",
    ],
)
def test_what_no_rule_can_use_stays_out(sentence: str) -> None:
    assert candidates(f"Markets were quiet. {sentence}") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Last spring Jane Roe left.",
        "Last spring Jane Roe left a post at the mill.",
        "Last spring Jane Roe left his old firm.",
        "Last spring Jane Roe left three weeks later.",
        "Last spring Jane Roe left the Bolt Group.",
        "Last spring Jane Roe quietly left to paint.",
        "Last spring Jane Roe will be, from May on, the chairman.",
        "Last spring saw the surprise departure of the much loved Jane Roe.",
        "Last spring Jane Roe Was Promoted to Chairman of Acme.",
        "It wants her replaced by Jane Roe, who ran Bolt.",
        "Joining him are Jane Roe as treasurer and Tom Kim as head of sales.",
        "The firm also welcomes Jane Roe, P.E., as director of its transit practice.",
    ],
)
def test_what_a_rule_may_use_passes(sentence: str) -> None:
    assert candidates(f"Markets were quiet. {sentence}") == [sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "Last week Roe resigned.",  # the surname of a person named elsewhere
        "She resigned last week.",
        "I resigned last week.",
        "Last week the chairman resigned.",  # an office whose holder the article names
    ],
)
def test_who_is_named_elsewhere_is_enough(sentence: str) -> None:
    assert candidates(f"Acme's chairman, Jane Roe, spoke. {sentence}") == [sentence]


def test_an_office_far_from_the_trigger_is_not_enough() -> None:
    far = "Last week the chairman watched as the long and much praised play about an old seaman who retired was told."
    assert candidates(f"Acme's chairman, Jane Roe, spoke. {far}") == []
    assert candidates("Acme's chairman, Jane Roe, spoke.\nNEW CHAIRMAN NAMED\n") == []


def test_an_office_without_holder_is_not_enough() -> None:
    assert candidates("Acme fell. Last week the chairman resigned.") == []


def test_a_candidate_is_read_with_its_neighbours_and_the_lead() -> None:
    filler = [f"Shares number {n} fell." for n in ("one", "two", "three", "four", "five", "six", "seven")]
    event, behind = "Acme named Jane Roe chairman.", "She starts in May."
    assert parsed(" ".join([*filler[:5], event, behind, *filler[5:]])) == [filler[:3], [filler[4], event, behind]]


@pytest.mark.parametrize("behind", ["The bank rose.", "Oslo was quiet.", "Acme fell."])
def test_a_sentence_behind_that_names_nobody_is_not_read(behind: str) -> None:
    filler = ["Rain fell.", "Snow fell.", "Hail fell.", "Fog came."]
    event = "Acme named Jane Roe chairman."
    assert parsed(" ".join([*filler, event, behind])) == [[*filler, event]]


def test_a_pronoun_is_read_with_the_name_it_stands_for() -> None:
    filler = [f"Shares number {n} fell." for n in ("one", "two", "three", "four")]
    told = ["Jane Roe built the firm.", "Rain fell.", "Snow fell.", "She resigned last week."]
    assert parsed(" ".join([*filler, *told])) == [filler[:3], told]


def test_a_text_that_states_no_event_gives_nothing() -> None:
    assert SCREEN.stretches("Shares fell. Rain followed. Jane Roe sang.") == []
    assert SCREEN.stretches("") == []


def test_unscreened_takes_all_sentences() -> None:
    text = "Shares fell. Rain followed.\nJane Roe sang."
    (stretch,) = whole(text)
    assert isinstance(stretch, Stretch)
    assert len(stretch.sentences) == 3
    assert stretch.candidates == {0, 1, 2}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("then Jane Roe left", ["Jane", "Roe"]),
        ("then Mr. Oduya left", ["Mr", "Oduya"]),
        ("then J.P. Oduya left", ["J", "Oduya"]),
        ("then Ngozi Oduya left Oduya's post", ["Ngozi", "Oduya", "Oduya"]),
        ("then Hans van der Oduya left", ["Hans", "Oduya"]),
        ("then Anna left", ["Anna"]),
        ("then the Ngozi Oduya left", []),
        ("then Acme Industries left", []),
        ("then IBM Oduya left", []),
        ("then SoftRank Oduya left", []),
        ("then Ngozi McOduya left", ["Ngozi", "McOduya"]),
        ("then President Oduya left", ["President", "Oduya"]),
        ("then Dean Oduya's post went", ["Dean", "Oduya"]),
        ("then Adel al-Oduya left", ["Adel", "al-Oduya"]),
        ("then the Director General left", []),
        ("then the Chairman IBM left", []),
        ("NGOZI ODUYA TO LEAVE IN SPRING", ["NGOZI", "ODUYA"]),
    ],
)
def test_likely_names(text: str, named: list[str]) -> None:
    found = find_clues(text).named
    assert [text[at:].replace("'", " ").replace(".", " ").split()[0] for at in found][: len(named)] == named
    assert bool(found) == bool(named)


def test_a_surname_is_read_with_the_sentence_that_introduces_it() -> None:
    filler = [f"Shares number {n} fell." for n in ("one", "two", "three", "four")]
    told = [
        "Acme's chairman, Jane Roe, spoke.",
        "Rain fell.",
        "Snow fell.",
        "Hail fell.",
        "Ms. Roe's resignation is near.",
    ]
    assert parsed(" ".join([*filler, *told])) == [[*filler[:3]], [told[0]], told[3:]]


def test_it_is_read_with_the_sentences_that_may_name_what_it_stands_for() -> None:
    filler = [f"Shares number {n} fell." for n in ("one", "two", "three", "four")]
    told = ["Acme makes tools.", "Rain fell.", "Snow fell.", "Hail fell.", "It was founded by Jane Roe."]
    assert parsed(" ".join([*filler, *told])) == [filler[:3], told]
