"""A sentence with its names, titles and triggers by their places, and what a place speaks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from pipeline.extract.mentions import Sentence, Title, Window
from pipeline.extract.name_runs import Run
from pipeline.extract.name_words import HONORIFICS
from pipeline.extract.triggers import Trigger

Kind = Literal["person", "org"]
CERTAIN, SURE, LIKELY, SLIGHT = 5, 3, 2, 1  # certain: stronger than a given name that the model took for a person's


@dataclass(frozen=True, slots=True)
class Vote:
    """What the place of a run speaks for.

    `placed` if a town or country could stand there as well ("left Norwood"), `loose` if a person could ("went to Roe").
    """

    run: Run
    kind: Kind
    weight: int
    why: str
    placed: bool = False
    loose: bool = False


@dataclass(slots=True)
class Places:
    """A sentence with its runs, titles and triggers by the tokens they start and end at."""

    window: Window
    sentence: Sentence
    runs: Sequence[Run]
    triggers: Sequence[Trigger]
    starts: dict[int, Run] = field(default_factory=dict)
    ends: dict[int, Run] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.starts = {run.first: run for run in self.runs}
        self.ends = {run.last: run for run in self.runs}

    def word(self, index: int) -> str:
        """A word of the sentence in lower case; empty outside of it."""
        return self.window.lows[index] if self.sentence.first <= index < self.sentence.last else ""

    def title_at(self, index: int) -> Title | None:
        """The title that a phrase opens with, behind articles and "as", "to be", "its new"."""
        for position in range(index, min(index + 5, self.sentence.last)):
            title = self.window.title_at.get(position)
            if title is not None:
                return title
            if self.word(position) not in _TITLE_OPENERS:
                return None
        return None

    def person_slot(self, index: int) -> Run | None:
        """The run at a word, an honorific before it passed over."""
        if self.word(index).rstrip(".") in HONORIFICS:
            index += 1
        return self.starts.get(index)


_TITLE_OPENERS = frozenset(
    "as to be become its the a an their our new next , interim acting permanent first group global deputy "
    "co - executive senior vice".split()
)
