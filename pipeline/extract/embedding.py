"""Remembers the vector that the model makes of a word before it looks at the words around it.

It is the same wherever the word stands, and most words of a text are common ones: half of the work on each word.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from thinc.api import Model

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.tokens import Doc

WORDS_KEPT = 30_000  # vectors of 96 numbers: 12 MB for each of the two parts of the model that make them


def remember_words(part: Any) -> None:
    """Let a part of the model that embeds words, and then reads their surroundings, remember what it embedded."""
    embed, _ = part.layers
    memory = _Memory(embed)
    part.layers[0] = Model(f"remembered({embed.name})", memory.forward, layers=[embed])


_Word = tuple[int, int, int]
"""Its form, its norm (of "n't" the one of "not"), and whether a space follows."""
_KEPT_AS = "newsmoves.words"


def _words(doc: Doc) -> list[_Word]:
    """The words of a text; kept with it, for each part of the model asks for them."""
    words: list[_Word] | None = doc.user_data.get(_KEPT_AS)
    if words is None:
        words = doc.user_data[_KEPT_AS] = list(map(tuple, doc.to_array(["ORTH", "NORM", "SPACY"]).tolist()))
    return words


class _Memory:
    """Vectors by word."""

    def __init__(self, embed: Any) -> None:
        self._embed = embed
        self._rows: dict[_Word, int] = {}
        self._table = np.zeros((0, 0), dtype=np.float32)

    def forward(
        self, model: Any, docs: Sequence[Doc], is_train: bool
    ) -> tuple[list[NDArray[np.float32]], Callable[[object], object]]:
        """The vectors of the words of each text."""
        if is_train:
            raise NotImplementedError(f"{model.name} is not trained here")
        found = list(map(_words, docs))
        if len(self._rows) > WORDS_KEPT:
            self._rows.clear()
            self._table = self._table[:0]
        new = sorted({key for keys in found for key in keys} - self._rows.keys())
        if new:
            self._learn(new, docs[0])
        rows = self._rows
        return [self._table[list(map(rows.__getitem__, keys))] for keys in found], lambda gradient: gradient

    def _learn(self, words: Sequence[_Word], like: Doc) -> None:
        from spacy.tokens import Doc

        strings = like.vocab.strings
        forms = [strings[form] for form, _, _ in words]
        doc = Doc(like.vocab, words=forms, spaces=[bool(space) for _, _, space in words])
        norms: Any = np.array([[norm] for _, norm, _ in words], dtype=np.uint64)
        doc.from_array(["NORM"], norms)
        [vectors] = self._embed.predict([doc])
        first = len(self._rows)
        self._rows.update((word, first + number) for number, word in enumerate(words))
        self._table = np.concatenate([self._table, vectors]) if first else vectors
