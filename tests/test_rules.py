"""The rule tables row by row: the whole set of events of a sentence, and why a look-alike is refused."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from pipeline import rulebook
from tests.marked import NotationError, Outcome, Row, extract_rows, read_rows, unmark

TABLES = Path(__file__).parent / "rules"
ACTIONS = Path(rulebook.__file__).parent / "rules" / "actions"
ROWS = [row for path in sorted(TABLES.glob("*.txt")) for row in read_rows(path)]
RULES = {rule.rule_id: rule for rule in rulebook.load().rules}


@cache
def outcomes() -> dict[str, Outcome]:
    """What the extractor makes of every row, parsed in one batch."""
    return {row.where: outcome for row, outcome in zip(ROWS, extract_rows(ROWS), strict=True)}


def parameters() -> list[object]:
    not_read_yet = pytest.mark.xfail(strict=False, reason="the grammar does not read this yet")
    return [pytest.param(row, id=row.where, marks=[not_read_yet] if row.todo else []) for row in ROWS]


@pytest.mark.parametrize("row", parameters())
def test_row_gives_exactly_its_events(row: Row) -> None:
    outcome = outcomes()[row.where]
    assert outcome.events == row.events, f"{row.text}\n{outcome.rejections}"
    if row.counterparts:
        assert {(m.person, m.counterpart) for m in outcome.mentions if m.counterpart} == row.counterparts
    if row.reason is None:
        assert row.rule_id in {e.rule_id for m in outcome.mentions for e in m.evidence}
    else:
        reasons = {r.reason for r in outcome.rejections if r.rule_id == row.rule_id}
        assert row.reason in reasons | {reason.split(":")[0] for reason in reasons}


@pytest.mark.parametrize("rule_id", sorted(RULES))
def test_every_rule_fires_and_is_refused_in_its_table(rule_id: str) -> None:
    rows = [row for row in ROWS if row.rule_id == rule_id]
    assert any(row.reason is not None and not row.todo for row in rows), "no 'not' row"
    if rule_id != "appoint.used_to":  # a decoy: it is there to be refused
        assert any(row.reason is None and not row.todo for row in rows), "no row that fires"


def test_every_rule_file_has_a_table() -> None:
    assert {path.stem for path in TABLES.glob("*.txt")} == {path.stem for path in ACTIONS.glob("*.toml")}


def test_tables_name_known_rules_of_their_own_action() -> None:
    for row in ROWS:
        assert row.rule_id in RULES, f"{row.where}: no rule '{row.rule_id}'"


def test_no_sentence_stands_twice() -> None:
    texts = [row.text for row in ROWS]
    assert sorted({text for text in texts if texts.count(text) > 1}) == []


@pytest.mark.parametrize(
    "marked",
    [
        "{Jane Roe|persn} joined.",
        "{Jane Roe|person} {joined|joined=certain} {Acme|company}.",
        "{Jane Roe|person} {joined|joined} {Acme|company} {today|date}.",
        "{Jane Roe|person} {joined|joined} in {Rome|place}.",
        "{Jane Roe|person joined {Acme|company}.",
        "Jane Roe|person joined.",
        "{Jane Roe|person.x} joined.",
    ],
)
def test_mistyped_mark_fails(marked: str) -> None:
    with pytest.raises(NotationError):
        unmark("here", marked)


@pytest.mark.parametrize(
    "line",
    [
        "join.join {Jane Roe|person} {joins|joined} {Acme|company}.",
        "not join.join | {Jane Roe|~person} joined a walk.",
        "join.join: excluded | {Jane Roe|person} {joins|joined} {Acme|company}.",
        "join.join | {Jane Roe|person} joins {Acme|company}.",
        "join.join | It {joins|joined} {Acme|company}.",
    ],
)
def test_mistyped_line_fails(line: str, tmp_path: Path) -> None:
    table = tmp_path / "joined.txt"
    table.write_text(line + "\n")
    with pytest.raises(NotationError):
        read_rows(table)


def test_numbered_slots_belong_to_their_trigger(tmp_path: Path) -> None:
    table = tmp_path / "joined.txt"
    table.write_text(
        "published 2024-01-02\n"
        "join.join | {Jane Roe|person.1+counterpart.2} {left|departed.1} and {Kim Oh|person.2=Kim J. Oh} "
        "will {join|joined.2=planned} {Acme|company} as {CEO|role.2} of {Bolt|~company}.\n"
    )
    (row,) = read_rows(table)
    assert row.text == "Brief\nJane Roe left and Kim Oh will join Acme as CEO of Bolt."
    assert row.published.isoformat() == "2024-01-02"
    assert row.events == {
        ("Jane Roe", None, "Acme", "departed", None, "done"),
        ("Kim J. Oh", "CEO", "Acme", "joined", None, "planned"),
    }
    assert row.counterparts == {("Kim J. Oh", "Jane Roe")}
