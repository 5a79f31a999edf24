"""Scores the extractor on the sets of ../shared and fails below the floors in shared_floors.json.

python .ci/shared.py NEWSMOVES SHARED [--write]: with --write the floors become the scores of this run, less SLACK.
"""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

FLOORS = Path(__file__).with_name("shared_floors.json")
SLACK = {"event": -0.005, "tuple": -0.005, "spurious": 0.3}  # another processor may round another way
# Set: gold, articles, further options. The newspaper articles of 1989 have no date in their text.
SETS = {
    "seeds": ("gold", "seeds", ()),
    "wsj": ("dev/wsj/gold", "dev/wsj/raw", ("--published", "1989-11-02")),
    "sentivent": ("dev/sentivent/gold", "dev/sentivent/raw", ()),
    "bbc": ("dev/bbc/gold", "dev/bbc/raw", ()),
    "reuters": ("dev/reuters/gold", "dev/reuters/raw", ()),
    "blind1": ("blind/1/gold", "blind/1/raw", ()),
}


def score(newsmoves: str, shared: Path, name: str) -> dict[str, float]:
    """Event and tuple F1, and spurious rows per 100 articles without events."""
    gold, articles, options = SETS[name]
    command = [
        newsmoves,
        "evaluate",
        "--gold",
        shared / gold,
        "--articles",
        shared / articles,
        *options,
        "--json",
    ]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{name}: {done.stderr.strip()}")
    scores = json.loads(done.stdout)
    found = {level: scores["levels"][level]["f1"] for level in ("event", "tuple")}
    if scores["spurious_per_100_quiet"] is not None:
        found["spurious"] = scores["spurious_per_100_quiet"]
    return found


def main(newsmoves: str, shared: str, *options: str) -> int:
    """Print a line for each set; 1 if one is below its floor."""
    with ThreadPoolExecutor(2) as pool:
        found = dict(zip(SETS, pool.map(lambda name: score(newsmoves, Path(shared), name), SETS), strict=True))
    for name, figures in found.items():
        print(f"{name:<10}", *(f"{level} {value:.3f}" for level, value in figures.items()))
    if "--write" in options:
        floors = {
            name: {level: round(value + SLACK[level], 4) for level, value in figures.items()}
            for name, figures in found.items()
        }
        FLOORS.write_text(json.dumps(floors, indent=2) + "\n")
        return 0
    floors = json.loads(FLOORS.read_text()) if FLOORS.exists() else {}
    bad = [
        f"{name}: {level} is {found[name][level]:.3f}, its floor is {floor:.3f}"
        for name, limits in floors.items()
        for level, floor in limits.items()
        if (found[name][level] > floor + 1e-9 if level == "spurious" else found[name][level] < floor - 1e-9)
    ]
    print(*bad, sep="\n", file=sys.stderr)
    return bool(bad)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
