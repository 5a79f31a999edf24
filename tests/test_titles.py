"""Job titles against tables of strings and sentences, and the promises the extractor builds on."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import RuleError
from pipeline.rulebook import read_data
from pipeline.titles import TitleMention, canonical_role, find_titles, parse_title, role_matches
from pipeline.titles.lexicon import build, plural, trie_pattern

CASES = Path(__file__).parent / "cases"
Span = tuple[int, int]


def table(name: str) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = yaml.safe_load((CASES / name).read_text(encoding="utf-8"))
    return loaded


def unmark(marked: str) -> tuple[str, list[Span], list[Span]]:
    """Plain text with the spans of its `<organisations>` and `{persons}`."""
    text = ""
    spans: dict[str, list[Span]] = {"<": [], "{": []}
    for part in re.split(r"(<[^<>]*>|\{[^{}]*\})", marked):
        if part[:1] in spans and part:
            spans[part[0]].append((len(text), len(text) + len(part) - 2))
            part = part[1:-1]
        text += part
    return text, spans["<"], spans["{"]


def read(marked: str) -> tuple[str, list[TitleMention]]:
    text, organisations, persons = unmark(marked)
    return text, find_titles(text, organisations, persons=persons)


def shown(text: str, mention: TitleMention) -> str:
    company = f" @ {text[slice(*mention.company_span)]}" if mention.company_span else ""
    return mention.text + company


def only(marked: str) -> TitleMention:
    _, mentions = read(marked)
    assert len(mentions) == 1
    return mentions[0]


@pytest.mark.parametrize("case", table("title_cases.yaml"), ids=lambda case: case["text"])
def test_title_strings(case: dict[str, Any]) -> None:
    got = [(item.role, item.unit, sorted(item.mods)) for item in parse_title(case["text"])]
    assert got == [(role["role"].lower(), role.get("unit"), sorted(role.get("mods", []))) for role in case["roles"]]


@pytest.mark.parametrize("case", table("title_sentences.yaml"), ids=lambda case: case["text"])
def test_sentences(case: dict[str, Any]) -> None:
    text, mentions = read(case["text"])
    wanted = [line.partition(" | ") for line in case["want"]]
    assert [shown(text, mention) for mention in mentions] == [line for line, _, _ in wanted]
    for mention, (_, _, modifier) in zip(mentions, wanted, strict=True):
        assert not modifier or modifier in mention.modifiers


@pytest.mark.parametrize("case", table("title_sentences.yaml"), ids=lambda case: case["text"])
def test_titles_take_in_no_name(case: dict[str, Any]) -> None:
    text, organisations, persons = unmark(case["text"])
    reach = 0
    for mention in find_titles(text, organisations, persons=persons):
        assert reach <= mention.start < mention.end <= len(text)
        reach = mention.end
        for start, end in persons:
            assert end <= mention.start or mention.end <= start
        if mention.head != "board":
            assert {*mention.text.split()} <= {*text[mention.start : mention.end].split(), "the"}


@pytest.mark.parametrize(
    ("title", "canonical"),
    [
        ("CTO", "chief technology officer"),
        ("ceo", "chief executive officer"),
        ("VP Engineering", "vice president engineering"),
        ("Vice President of Engineering", "vice president engineering"),
        ("vice president, finance", "vice president finance"),
        ("financial vice president", "vice president finance"),
        ("interim CEO", "chief executive officer"),
        ("former chairman", "chair"),
        ("co-CEO", "co chief executive officer"),
        ("president of the tire division", "president tire"),
        ("CEO and co-founder", "chief executive officer / co-founder"),
        ("Chief Happiness Officer", "chief happiness officer"),
        (
            "EVP, General Counsel & Secretary",
            "executive vice president / general counsel / corporate secretary",
        ),
        ("ambassador to France", "ambassador france"),
        ("strategic advisor to the CEO", "advisor"),
        ("executive in charge of phones", "executive phones"),
        ("rainmaker of the north", "rainmaker north"),
        ("", ""),
    ],
)
def test_canonical_role(title: str, canonical: str) -> None:
    assert canonical_role(title) == canonical


@pytest.mark.parametrize(
    ("gold", "predicted", "match"),
    [
        ("CTO", "Chief Technology Officer", True),
        ("chief executive", "chief executive officer", True),
        ("chairman", "chairwoman", True),
        ("chairman of the board", "chair", True),
        ("board chairman", "chairperson", True),
        ("president of the tire division", "president, tire division", True),
        ("president of the tire division", "president of its tire division", True),
        ("head of Consumer Banking Division", "Consumer Banking head", True),
        ("investment banking co-head", "co-head of investment banking", True),
        ("executive committee chairman", "chairman of the executive committee", True),
        ("acting president", "president", True),
        ("board seat", "director", True),
        ("member of the board of directors", "director", True),
        ("head of M&A", "head of mergers and acquisitions", True),
        ("VP of Products", "vice president, product", True),
        ("finance chief", "CFO", True),
        ("chief operations officer", "COO", True),
        ("director", "nonexecutive director", False),
        ("director", "managing director", False),
        ("deputy chief executive", "chief executive", False),
        ("co-CEO", "CEO", False),
        ("vice president", "senior vice president", False),
        ("vice president", "vice president of sales", False),
        ("chair of the audit committee", "chair", False),
        ("head of sales", "head of research", False),
        ("president", "chief executive officer", False),
        ("group president for Global Beauty", "president for Global Beauty", False),
        ("chief information officer", "chief investment officer", False),
        ("founder", "co-founder", False),
        ("CEO", "CEO and chairman", False),
    ],
)
def test_role_matches(gold: str, predicted: str, match: bool) -> None:
    assert role_matches(gold, predicted) is match
    assert role_matches(predicted, gold) is match


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("She is a director.", "board"),
        ("She is director of research.", "director"),
        ("She is chairman.", "board"),
        ("She is CFO.", "chief"),
        ("She is president.", "president"),
        ("She is a senior vice president.", "vice_president"),
        ("She is head of sales.", "head"),
        ("She is general manager.", "manager"),
        ("She is a partner.", "partner"),
        ("She is a co-founder.", "founder"),
        ("She is treasurer.", "other"),
    ],
)
def test_levels(text: str, level: str) -> None:
    assert only(text).level == level


def test_weak_titles_want_support() -> None:
    assert not only("She is a director.").strong
    assert only("She is director of research.").strong
    assert only("She is chief executive.").strong


def test_interim_spreads_over_joined_titles() -> None:
    _, mentions = read("Interim president and CEO {Jane Roe} stays.")
    assert [mention.interim for mention in mentions] == [True, True]


def test_former_does_not_pass_an_article() -> None:
    _, mentions = read("{Jane Roe}, a former chairman and the chief executive, spoke.")
    assert ["former" in mention.modifiers for mention in mentions] == [True, False]


def test_capitals_and_plurals_are_flagged() -> None:
    _, mentions = read("Vice President {Jane Roe} and two directors left.")
    assert [(mention.capitalised, mention.plural) for mention in mentions] == [(True, False), (False, True)]


def test_unit_and_canonical_of_a_mention() -> None:
    mention = only("{Jane Roe} runs <Acme>'s unit as VP Engineering.")
    assert (mention.unit, mention.canonical) == ("Engineering", "vice president engineering")


def test_a_person_is_no_company() -> None:
    assert only("{Jane Roe}'s deputy chairman left.").company_span is None


def test_offsets_survive_letters_that_grow_when_lowered() -> None:
    text = "İİ said the CEO left."
    mention = find_titles(text)[0]
    assert text[mention.start : mention.end] == "CEO"


def test_long_hostile_input_ends() -> None:
    for text in (
        "chief " * 5000,
        "chairman, " * 2000,
        "a, " * 5000 + "head of " * 3000,
        "board of " * 5000,
        "-" * 50000,
    ):
        assert find_titles(text) == sorted(find_titles(text), key=lambda mention: mention.start)


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    for mention in find_titles(text):
        assert 0 <= mention.start < mention.end <= len(text)
    parse_title(text)


WORDS = st.sampled_from(
    [
        "chief",
        "executive",
        "officer",
        "of",
        "the",
        "head",
        ",",
        "and",
        "&",
        "/",
        "president",
        "vice",
        "chairman",
        "board",
        "sales",
        "Europe",
        "Acme",
        "'s",
        "former",
        "new",
        "co-head",
        "for",
        "to",
        "interim",
        "director-general",
        "member",
        "seat",
        "on",
        "in",
        "elect",
        "GM",
        "VP",
        "lead",
        "-",
        "adviser",
    ]
)


@given(st.lists(WORDS, max_size=14), st.data())
def test_any_mix_of_title_words_is_read(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    mentions = find_titles(text, [(start, end)] if start < end else [])
    reach = 0
    for mention in mentions:
        assert reach <= mention.start < mention.end <= len(text)
        reach = mention.end
    assert find_titles(text, [(start, end)] if start < end else []) == mentions


@given(st.lists(WORDS, min_size=1, max_size=8))
def test_a_title_matches_itself(words: list[str]) -> None:
    text = " ".join(words)
    assert role_matches(text, text)


def test_plurals() -> None:
    assert plural("vice president") == "vice presidents"
    assert plural("editor in chief") == "editors in chief"
    assert plural("secretary") == "secretaries"
    assert plural("spokesman") == "spokesmen"
    assert plural("attorney general") == "attorneys general"
    assert plural("chief of staff") == "chiefs of staff"


def test_trie_pattern_matches_exactly_its_words() -> None:
    words = ["head", "heads", "he", "chief of staff", "c.e.o."]
    pattern = re.compile(trie_pattern(words))
    assert all(pattern.fullmatch(word) for word in words)
    assert not any(pattern.fullmatch(word) for word in ("hea", "headsx", "chief", "cxeyoz", ""))


def test_a_bad_head_is_refused() -> None:
    data = dict(read_data("titles.toml"))
    for wrong in ({"id": "x", "level": "boss", "words": ["x"]}, {"id": "x", "level": "head", "word": ["x"]}):
        with pytest.raises(RuleError, match=r"titles\.toml: head 'x'"):
            build({**data, "head": [*data["head"], wrong]})


def test_a_users_head_is_found() -> None:
    data = dict(read_data("titles.toml"))
    lex = build({**data, "head": [*data["head"], {"id": "thane", "level": "other", "words": ["thane"]}]})
    assert [mention.text for mention in find_titles("The thane of sales left.", lex=lex)] == ["thane of sales"]
    assert find_titles("The thane of sales left.") == []
    assert [item.canonical for item in parse_title("Thane of Sales", lex)] == ["thane sales"]
    assert parse_title("Thane of Sales") == ()
