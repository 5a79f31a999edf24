"""Decides by word lists alone which sentences can state an event; only those and their neighbours are parsed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.extract.sentences import Sentence, split_sentences
from pipeline.extract.triggers import TriggerIndex

_WORD = re.compile(r"\b(?:[Rr]e|[Cc]o|RE|CO)-[^\W_]+|[^\W_]+(?:['’.&][^\W_]+)*|[^\w\s]")
_LEAD = 2  # first sentences that always give context: headline and lead


@dataclass(frozen=True, slots=True)
class Stretch:
    """Consecutive sentences to be parsed together; `candidates` index into them."""

    sentences: tuple[Sentence, ...]
    candidates: frozenset[int]


def words_of(text: str) -> list[str]:
    """Lower-cased words and punctuation marks of a sentence."""
    return [match.group().lower() for match in _WORD.finditer(text)]


class Screen:
    """The candidate rule, derived from the rulebook's own triggers."""

    def __init__(self, index: TriggerIndex) -> None:
        self._index = index
        self._any_first = re.compile(
            r"\b(?:" + "|".join(sorted((re.escape(form) for form in index.first_forms), key=len, reverse=True)) + r")\b"
        )

    def states_event(self, sentence: str) -> bool:
        """Whether a sentence holds a trigger of any rule."""
        lowered = sentence.lower()
        if not self._any_first.search(lowered):
            return False
        return any(True for _ in self._index.find(words_of(sentence)))

    def stretches(self, text: str) -> list[Stretch]:
        """Stretches of candidate sentences with one neighbour on each side; empty if nothing can state an event."""
        sentences = split_sentences(text)
        candidates = {i for i, s in enumerate(sentences) if self.states_event(text[s.start : s.end])}
        if not candidates:
            return []
        wanted = {j for i in candidates for j in (i - 1, i, i + 1) if 0 <= j < len(sentences)}
        wanted |= set(range(min(_LEAD, len(sentences))))
        stretches: list[Stretch] = []
        run: list[int] = []
        for i in [*sorted(wanted), len(sentences) + 9]:
            if run and i != run[-1] + 1:
                members = tuple(sentences[j] for j in run)
                stretches.append(Stretch(members, frozenset(j - run[0] for j in run if j in candidates)))
                run = []
            run.append(i)
        return stretches
