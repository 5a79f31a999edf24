"""Runs the commands whose output README.md shows, and puts it there: python tools/refresh_readme.py

A shown output is a fenced block below a line `<!-- output of: COMMAND -->` or
`<!-- first N lines of: COMMAND -->`.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
BLOCK = re.compile(r"(<!-- (?:first (\d+) lines|output) of: newsmoves (.+?) -->\n\n```text\n).*?(```\n)", re.S)


def shown(match: re.Match[str]) -> str:
    """The block with what its command prints now."""
    with tempfile.TemporaryDirectory() as folder:
        arguments = [folder if part == "output/" else part for part in shlex.split(match[3])]
        done = subprocess.run(
            [sys.executable, "-m", "pipeline", *arguments],
            cwd=ROOT,
            env={**os.environ, "COLUMNS": "116"},
            capture_output=True,
            text=True,
            check=True,
        )
    lines = [line.rstrip() for line in done.stdout.replace(folder, "output").splitlines()]
    if match[2] and len(lines) > int(match[2]):
        lines = [*lines[: int(match[2])], "..."]
    return match[1] + "\n".join(lines) + "\n" + match[4]


if __name__ == "__main__":
    README.write_text(BLOCK.sub(shown, README.read_text()))
