"""The rule file of the stage is checked before any work."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.dedupe.settings import load_settings
from pipeline.errors import RuleError


def with_rules(folder: Path, text: str) -> tuple[Path, ...]:
    (folder / "dedupe.toml").write_text(text, encoding="utf-8")
    return (folder,)


def test_own_numbers_replace_ours(tmp_path: Path) -> None:
    settings = load_settings(with_rules(tmp_path, "[copies]\nsimilarity = 0.25\n[events]\nnear_days = 10\n"))
    assert settings.copies.similarity == 0.25
    assert settings.events.near_days == 10
    assert settings.events.plan_days == load_settings().events.plan_days


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[copies]\nsimilarty = 0.5\n", "unknown key 'similarty'"),
        ("[event]\nnear_days = 1\n", "unknown table 'event'"),
        ("[events]\nnear_days = 1.5\n", "'near_days' is 1.5"),
        ("[events]\nnear_days = -1\n", "'near_days' is -1"),
        ("[copies]\nsimilarity = 'much'\n", "'similarity' is 'much'"),
        ("[names]\nmax_block = true\n", "'max_block' is True"),
    ],
)
def test_a_wrong_rule_is_named(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(RuleError, match=message):
        load_settings(with_rules(tmp_path, text))


def test_bounds_and_windows_are_in_order() -> None:
    events = load_settings().events
    assert events.slack_days < events.near_days < events.report_days < events.plan_days
    assert events.older_title_days <= events.affair_days <= events.near_days
