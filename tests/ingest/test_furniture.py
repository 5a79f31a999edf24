"""Each rule drops its lines and none of the look-alikes."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from pipeline.errors import RuleError
from pipeline.ingest import furniture
from pipeline.ingest.furniture import load_furniture, remove_furniture

ROWS = [
    tuple(part.strip() for part in line.split("|", 1))
    for line in Path(__file__).with_name("furniture.txt").read_text().splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("rule_id", "line"), ROWS)
def test_row(rule_id: str, line: str) -> None:
    rule = load_furniture().rule_for(line, at_end=True)
    assert (rule.rule_id if rule else "keep") == rule_id


def test_every_rule_has_two_rows_at_least() -> None:
    counts = Counter(rule_id for rule_id, _ in ROWS)
    assert set(counts) - {"keep"} == {rule.rule_id for rule in load_furniture().rules}
    assert min(counts.values()) >= 2


def test_lines_go_and_paragraphs_stay_apart() -> None:
    text = "Roe named chief\n\nAcme named Roe.\n\nRead more: Doe leaves\n\nShe starts in May."
    assert remove_furniture(text).split() == [
        "Roe",
        "named",
        "chief",
        "Acme",
        "named",
        "Roe.",
        "She",
        "starts",
        "in",
        "May.",
    ]


def test_heading_takes_its_list_but_not_the_paragraph_after() -> None:
    text = "Text one.\nRelated articles\n\n- Doe leaves Bolt\n- Bolt sacks Poe\n\nText two.\n- An item of the text"
    assert remove_furniture(text).split("\n") == ["Text one.", "", "", "Text two.", "- An item of the text"]


def test_author_box_takes_one_paragraph() -> None:
    text = "Text one.\n\nAbout the author\n\nAnn Lee was named reporter of the year.\n\nText two."
    assert "Ann Lee" not in remove_furniture(text)
    assert remove_furniture(text).endswith("Text two.")


def test_first_line_stays_whatever_it_says() -> None:
    assert remove_furniture("Related articles\nText.") == "Related articles\nText."


def test_author_line_goes_only_at_the_end() -> None:
    line = "Ann Lee is a reporter at The Daily."
    assert line not in remove_furniture("\n".join(["Head", *["Text."] * 9, line]))
    assert line in remove_furniture("\n".join(["Head", line, *["Text."] * 9]))


def test_long_line_is_text() -> None:
    line = "Read more: " + "word " * 100
    assert load_furniture().rule_for(line.strip(), at_end=True) is None


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ({"id": "x", "pattern": "("}, "no valid pattern"),
        ({"id": "x", "pattern": "x", "colour": 1}, "unknown key 'colour'"),
        ({"id": "x", "pattern": "x", "takes": "all"}, "takes 'all'"),
        ({"pattern": "x"}, "no id"),
    ],
)
def test_wrong_rule_is_named(monkeypatch: pytest.MonkeyPatch, entry: dict[str, object], message: str) -> None:
    data = {"rule": [entry], "max_line_chars": 1, "end_lines": 1}
    monkeypatch.setattr("pipeline.rulebook.read_data", lambda _: data)
    with pytest.raises(RuleError, match=message):
        furniture.load_furniture.__wrapped__()


@pytest.mark.parametrize("pattern", [r"(nag) \1\.", r"(?s:nag).{4}\.", r"(?i)nag nag\."])
def test_patterns_that_cannot_be_joined_count_too(monkeypatch: pytest.MonkeyPatch, pattern: str) -> None:
    data = {
        "rule": [{"id": "x", "pattern": "read on"}, {"id": "y", "pattern": pattern}],
        "max_line_chars": 99,
        "end_lines": 1,
    }
    monkeypatch.setattr("pipeline.rulebook.read_data", lambda _: data)
    found = furniture.load_furniture.__wrapped__()
    assert [rule.rule_id for line in ("read on", "nag nag.") if (rule := found.rule_for(line, False))] == ["x", "y"]
    assert found.rule_for("nag no.", False) is None
