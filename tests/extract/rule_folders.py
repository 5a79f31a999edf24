"""A user's folder of rules, made for a test."""

from __future__ import annotations

from pathlib import Path

RULE = """
action = "resigned"

[[rule]]
id = "mine.leap"
triggers = ["leap overboard"]
frame = {person = "subject", role = "as", company = "at|of"}
source = "a wording of our own"
"""


def folder(tmp_path: Path, content: str | bytes, name: str = "actions/mine.toml") -> Path:
    path = tmp_path / "rules" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return tmp_path / "rules"
