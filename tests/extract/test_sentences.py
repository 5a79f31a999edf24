"""Sentences: lines given as lists of their sentences, and blocks with the kind of every line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.sentences import split_sentences

CASES: dict[str, Any] = yaml.safe_load((Path(__file__).parents[1] / "cases" / "sentence_cases.yaml").read_text("utf-8"))


def _split(text: str) -> list[str]:
    return [text[s.start : s.end] for s in split_sentences(text)]


@pytest.mark.parametrize("line", CASES["lines"].splitlines())
def test_line(line: str) -> None:
    assert _split(line.replace(" ‖ ", " ")) == line.split(" ‖ ")


@pytest.mark.parametrize("line", CASES["glued"].splitlines())
def test_missing_space(line: str) -> None:
    assert _split(line.replace("‖", "")) == line.split("‖")


@pytest.mark.parametrize("block", CASES["blocks"], ids=lambda block: block["text"][:30])
def test_kinds(block: dict[str, Any]) -> None:
    text = block["text"]
    found = [[s.kind, text[s.start : s.end]] for s in split_sentences(text)]
    assert found == block["sentences"]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Charges would be abolished.- Ms Roe said so.", "Charges would be abolished.-"),
        ("She will stay.-- The board met on Monday.", "She will stay.--"),
        ('"We are ready."?Roe left on Monday.', '"We are ready."?'),
        ("“It is done.”?The board met.", "“It is done.”?"),
        ("Is it so?- He did not say.", "Is it so?-"),
        ("The U.S.- China talks ended.", "The U.S.- China talks ended."),
        ("An Acme Inc.- owned mill burnt.", "An Acme Inc.- owned mill burnt."),
        ("It rose 1.5- 2 per cent.", "It rose 1.5- 2 per cent."),
        ('He said "why"?Nobody knew.', 'He said "why"?Nobody knew.'),
        ("St.- Petersburg was cold.", "St.- Petersburg was cold."),
    ],
)
def test_lost_hard_spaces(text: str, first: str) -> None:
    sentence = split_sentences(text)[0]
    assert text[sentence.start : sentence.end] == first


def test_long_line_is_no_heading() -> None:
    assert [s.kind for s in split_sentences("word " * 40)] == ["prose"]


@given(st.text(alphabet="ABab .!?…\"'”()•|\t\n-0123$Inc.", max_size=80))
def test_spans_are_ordered_and_lose_no_letter(text: str) -> None:
    sentences = split_sentences(text)
    position = 0
    outside = ""
    for sentence in sentences:
        assert position <= sentence.start < sentence.end
        assert not text[sentence.start].isspace()
        assert not text[sentence.end - 1].isspace()
        assert "\n" not in text[sentence.start : sentence.end]
        outside += text[position : sentence.start]
        position = sentence.end
    outside += text[position:]
    # Only the marker of a list item, such as "1." or "a)", may hold letters or digits outside.
    assert not any(word.isalnum() and len(word) > 2 for word in outside.split())


@given(st.text(max_size=60))
def test_any_text_is_split(text: str) -> None:
    assert all(text[s.start : s.end].strip() for s in split_sentences(text))
