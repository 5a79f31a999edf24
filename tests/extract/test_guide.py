"""The guide to rules says what holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline import rulebook
from pipeline.extract import Extractor, ExtractSettings
from pipeline.extract.explain import explain
from pipeline.records import DIRECTIONS, STATUSES
from pipeline.rulecheck import FUNCTIONS, NEEDS, OBJECTS, RULE_KEYS, SLOTS, VOICES
from tests.extract.rule_folders import folder
from tests.extract.told import article
from tests.marked import extract_rows, read_rows


@pytest.fixture(autouse=True)
def _built_in_rules() -> Iterator[None]:
    yield
    rulebook.use()


GUIDE = (Path(rulebook.__file__).parent.parent / "docs" / "rules.md").read_text()


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL)


def test_the_guide_knows_every_key_and_choice() -> None:
    known = {*RULE_KEYS, *SLOTS, *FUNCTIONS, *NEEDS, *OBJECTS, *VOICES, *DIRECTIONS, *STATUSES}
    known |= {file.name for file in (Path(rulebook.__file__).parent / "rules").glob("*.toml")}
    assert [word for word in sorted(known) if not re.search(rf"(?<!\w){re.escape(word)}(?!\w)", GUIDE)] == []


def test_the_rules_of_the_guide_are_right(tmp_path: Path) -> None:
    real, head, mine = blocks("toml")
    for name, content in [("actions/real.toml", real), ("titles.toml", head), ("actions/mine.toml", mine)]:
        own = folder(tmp_path, content, name)
    examples = re.findall(r"^\| `(\w+\.toml)` \| .* \| (`.+`) \|$", GUIDE, re.MULTILINE)
    assert len(examples) >= 7
    for name, example in examples:
        folder(tmp_path, "\n".join(re.findall(r"`([^`]+)`", example)) + "\n", name)
    assert "mine.pass" in {rule.rule_id for rule in rulebook.load((own,)).rules}


def test_the_guide_shows_what_explain_says(tmp_path: Path) -> None:
    own = folder(tmp_path, blocks("toml")[-1])
    shown = re.findall(r'\$ echo "(.+)" \| newsmoves explain -(.*)\n((?:(?!\$).*\n)*)', "".join(blocks("console")))
    assert len(shown) == 3
    for sentence, options, printed in shown:
        settings = ExtractSettings(rules=(own,) if options else ())
        said = [line.strip() for line in explain(article(sentence), settings).splitlines()]
        expected = [line.strip() for line in printed.splitlines() if line not in ("", "...")]
        assert [line for line in expected if line not in said and not line.startswith("- (")] == []


def test_the_rows_of_the_guide_hold(tmp_path: Path) -> None:
    own = folder(tmp_path, blocks("toml")[-1])
    table = tmp_path / "mine.txt"
    table.write_text(next(block for block in blocks("text") if block.startswith("published")))
    rows = read_rows(table)
    assert len(rows) == 4
    for row, outcome in zip(rows, extract_rows(rows, Extractor(ExtractSettings(rules=(own,)))), strict=True):
        assert outcome.events == row.events
        if row.reason:
            assert [r.reason.split(":")[0] for r in outcome.rejections if r.rule_id == row.rule_id] == [row.reason]
