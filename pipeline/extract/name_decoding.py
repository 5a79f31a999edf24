"""Decodes the names that the model sees, in all sentences of a batch at once.

spaCy's own loop asks of every one of its 74 actions whether it is allowed at a word: that took nine tenths of the
time. Which are allowed follows from whether a name is open, and from where the sentence ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.tokens import Span

from pipeline.extract.decoding import is_greedy

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.language import Language
    from spacy.tokens import Doc

_PLACES = 3  # a state is the next word, the first word of the open name, the word before
_NONE = -1


@dataclass(frozen=True, slots=True)
class _Text:
    """The words of a batch in a row; sentences by length, the longest first."""

    first: NDArray[np.int64]  # word index where each sentence starts
    length: NDArray[np.int64]
    space: NDArray[np.bool_]  # whether a word is white space


class NameDecoder:
    """Greedy decoding with the recogniser of names: the same names as its own loop gives.

    A name lies in one sentence, so every sentence is decoded by itself, side by side with all others. Outside a
    name a word may begin one, be one, or be none; inside it may go on with or end the one that is open.
    """

    def __init__(self, model: Language, name: str) -> None:
        part: Any = model.get_pipe(name)
        self._vectors, self._places, scores = part.model.layers
        self._bias = self._places.get_param("b").ravel()
        self._weights = np.ascontiguousarray(scores.get_param("W").T)
        self._scores_bias = scores.get_param("b")
        actions = [part.moves.get_class_name(number) for number in range(part.moves.n_moves)]
        self._labels = sorted({action[2:] for action in actions if action[2:]})
        self._inside, self._last = (
            np.array([actions.index(f"{move}-{label}") for label in self._labels]) for move in "IL"
        )
        self._outside = np.array([n for n, action in enumerate(actions) if action[0] in "BUO" and action != "U-"])
        outside = [actions[number] for number in self._outside]
        self._begins = np.array([action[0] == "B" for action in outside])
        self._none = outside.index("O")
        self._opens = np.array([self._labels.index(a[2:]) if a[0] == "B" else _NONE for a in outside])
        self._units = np.array([self._labels.index(a[2:]) if a[0] == "U" else _NONE for a in outside])

    @staticmethod
    def fits(part: Any) -> bool:
        """Whether a part of a model is a recogniser of names built as this decoding takes for granted."""
        return is_greedy(part) and part.model.layers[1].get_dim("nF") == _PLACES and "O" in part.move_names

    def annotate(self, docs: Sequence[Doc]) -> None:
        """Set the names of texts, which must have none yet; sentences are those that are marked in them."""
        if not any(map(len, docs)):
            return
        places = self._places.predict(self._vectors.predict(docs))
        table = places.reshape(places.shape[0] * _PLACES, -1)
        found: list[list[Span]] = [[] for _ in docs]
        starts = np.cumsum([0, *map(len, docs)])
        for first, last, label in self._names(table, _read(docs)):
            number = int(np.searchsorted(starts, first, side="right")) - 1
            start = int(starts[number])
            found[number].append(Span(docs[number], first - start, last - start, label=self._labels[label]))
        for doc, names in zip(docs, found, strict=True):
            doc.set_ents(names, default="outside")

    def _names(self, table: NDArray[np.float32], text: _Text) -> list[tuple[int, int, int]]:
        """First and last (exclusive) word of each name, and the number of its label."""
        names: list[tuple[int, int, int]] = []
        label = np.full(len(text.first), _NONE)  # of the open name, per sentence
        opened = np.full(len(text.first), _NONE)  # its first word
        for step in range(int(text.length[0])):
            active = int(np.searchsorted(-text.length, -step))
            label, opened = label[:active], opened[:active]
            at = text.first[:active] + step
            ends = text.length[:active] == step + 1
            scores = self._scores(table, np.stack([at, opened, np.where(label == _NONE, _NONE, at - 1)], axis=1))
            outside, inside = np.flatnonzero(label == _NONE), np.flatnonzero(label != _NONE)

            begun = self._begun(scores[outside], ends[outside], text.space[at[outside]])
            units = np.flatnonzero(self._units[begun] != _NONE)
            names += zip(at[outside[units]], at[outside[units]] + 1, self._units[begun[units]], strict=True)
            label[outside] = self._opens[begun]
            opened[outside] = np.where(label[outside] == _NONE, _NONE, at[outside])

            own = label[inside]
            done = inside[ends[inside] | (scores[inside, self._last[own]] > scores[inside, self._inside[own]])]
            names += zip(opened[done], at[done] + 1, label[done], strict=True)
            label[done] = opened[done] = _NONE
        return [(int(first), int(last), int(number)) for first, last, number in names]

    def _scores(self, table: NDArray[np.float32], words: NDArray[np.int64]) -> NDArray[np.float32]:
        """Scores of all actions for each state, given its words."""
        hidden = table.take((words + 1) * _PLACES + np.arange(_PLACES), axis=0).sum(axis=1)  # row 0 is no word
        hidden += self._bias
        scores: NDArray[np.float32] = np.maximum(hidden[:, 0::2], hidden[:, 1::2]) @ self._weights
        scores += self._scores_bias
        return scores

    def _begun(
        self, scores: NDArray[np.float32], ends: NDArray[np.bool_], space: NDArray[np.bool_]
    ) -> NDArray[np.int64]:
        """The best action at words outside of names, as an index of `_outside`."""
        allowed = scores[:, self._outside]
        allowed[np.ix_(ends, self._begins)] = -np.inf
        best: NDArray[np.int64] = allowed.argmax(axis=1)
        best[space] = self._none
        return best


def _read(docs: Sequence[Doc]) -> _Text:
    marks = [np.asarray(doc.to_array(["SENT_START", "IS_SPACE"])).astype(np.int64) for doc in docs if len(doc)]
    for mark in marks:
        mark[0, 0] = 1
    both = np.concatenate(marks)
    first = np.flatnonzero(both[:, 0] == 1)
    length = np.diff(first, append=len(both))
    order = np.argsort(-length, kind="stable")
    return _Text(first[order], length[order], both[:, 1].astype(bool))
