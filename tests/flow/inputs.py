"""Makes articles for the cheap extractor."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

FIRST = ("Anna", "Bruno", "Clara", "Dario", "Elena")
LAST = ("Falk", "Grau", "Holm", "Irving", "Jansen", "Kranz", "Lund")
COMPANIES = ("Umbra", "Vantor", "Wexley")


def text_of(number: int) -> str:
    """An article in plain words; every third states no event."""
    person = f"{FIRST[number % 5]} {LAST[number % 7]}"
    said = f"The engineer {person} joined {COMPANIES[number % 3]} in the spring."
    if number % 3 == 2:
        said = f"The engineer {person} left the room before the end of the meeting."
    rest = "The weather was fine and the streets were full of people."
    return f"News of the town, number {number}\n\n{said} {rest}\n"


def write_articles(folder: Path, numbers: Iterable[int]) -> Path:
    """One file for each number."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in numbers:
        (folder / f"2024-03-{1 + number % 28:02}-story-{number:03}.txt").write_text(text_of(number))
    return folder


def table_bytes(output: Path) -> dict[str, bytes]:
    """The tables of an output folder as they lie on disk."""
    return {path.name: path.read_bytes() for path in sorted(output.glob("*.parquet"))}
