"""A folder of own rules reaches every stage, in this process and in workers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from pipeline import rulebook
from pipeline.flow import RunSettings, run_dedupe, run_extract

OWN = {
    "actions/mine.toml": """
        action = "resigned"
        [[rule]]
        id = "mine.leap"
        triggers = ["leap overboard"]
        frame = {person = "subject", role = "as", company = "at|of"}
        source = "a wording of our own"
    """,
    "companies.toml": '[alias]\n"Norwood Bank" = ["NWB"]\n',
    "cues.toml": 'rumour_words = ["murmuredly"]\n',
    "titles.toml": '[[head]]\nid = "grand wizard"\nlevel = "chief"\nwords = ["grand wizard"]\n',
    "furniture.toml": '[[rule]]\nid = "mine.nag"\npattern = "give us your money"\n',
}
ARTICLES = {
    "leap.txt": "Karen Whitfield leaps overboard as treasurer of Norwood Bank, where she had worked since 2001.",
    "alias_1.txt": "Robert Dalton was appointed treasurer of Norwood Bank, where he had worked since 2001.",
    "alias_2.txt": "Robert Dalton was appointed treasurer of NWB, the company said in a short statement.",
    "cue.txt": "Helen Marsh has murmuredly resigned as finance director of Fairmont Group, people there said.",
    "head.txt": "Ostley Partners appointed Martin Shaw grand wizard, after a long search for a good one.",
    "nag.txt": "Rain fell on the town.\nGive us your money\nThe rest of the week is likely to be dry, it said.",
}


@pytest.fixture(autouse=True)
def _built_in_rules() -> Iterator[None]:
    yield
    rulebook.use()


def written(folder: Path, files: Mapping[str, str]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    return folder


def rows(output: Path, name: str) -> list[dict[str, Any]]:
    return pq.read_table(output / f"{name}.parquet").to_pylist()


def events(output: Path) -> list[tuple[str, str, str, str, str, str, int]]:
    """Events in short, with the number of their mentions."""
    slots = ("person", "role", "company", "action", "status", "role_level", "mention_count")
    return sorted(tuple(row[slot] for slot in slots) for row in rows(output, "events"))


def test_every_file_of_a_folder_changes_the_tables(tmp_path: Path) -> None:
    raw = written(tmp_path / "raw", ARTICLES)
    own = (written(tmp_path / "rules", OWN),)
    output = tmp_path / "out"
    run_extract(RunSettings((str(raw),), output, workers=1))
    assert events(output) == [
        ("Helen Marsh", "finance director", "Fairmont Group", "resigned", "done", "director", 1),
        ("Robert Dalton", "treasurer", "NWB", "appointed", "done", "other", 1),
        ("Robert Dalton", "treasurer", "Norwood Bank", "appointed", "done", "other", 1),
    ]
    assert any("Give us your money" in row["text"] for row in rows(output, "articles"))
    run_extract(RunSettings((str(raw),), output, workers=1, rules=own))
    with_own = [
        ("Helen Marsh", "finance director", "Fairmont Group", "resigned", "rumored", "director", 1),
        ("Karen Whitfield", "treasurer", "Norwood Bank", "resigned", "done", "other", 1),
        ("Martin Shaw", "grand wizard", "Ostley Partners", "appointed", "done", "chief", 1),
        ("Robert Dalton", "treasurer", "Norwood Bank", "appointed", "done", "other", 2),
    ]
    assert events(output) == with_own
    assert not any("Give us your money" in row["text"] for row in rows(output, "articles"))
    run_dedupe(output, own)
    assert events(output) == with_own
    run_dedupe(output)
    assert len(events(output)) == 5
