"""Evaluates gradient-boosted trees that were learned elsewhere and are kept as text."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

# A leaf is its value; a split is feature, threshold, and the nodes for "at most the threshold" and for more.
Node = float | tuple[str, float, "Node", "Node"]


@dataclass(frozen=True, slots=True)
class Boosted:
    """Trees whose leaves add up to log odds; a feature that is missing is 0."""

    base: float
    trees: tuple[Node, ...]

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Boosted:
        """From `base`, `features` (names) and `trees`: "number threshold" opens a split, "=value" is a leaf."""
        names: Sequence[str] = data["features"]
        return cls(float(data["base"]), tuple(_node(iter(tree.split()), names) for tree in data["trees"]))

    def probability(self, found: Mapping[str, float]) -> float:
        odds = self.base
        for node in self.trees:
            while isinstance(node, tuple):
                node = node[2] if found.get(node[0], 0.0) <= node[1] else node[3]
            odds += node
        return 1 / (1 + math.exp(-odds))


def _node(words: Iterator[str], names: Sequence[str]) -> Node:
    word = next(words)
    if word.startswith("="):
        return float(word[1:])
    threshold = float(next(words))
    below = _node(words, names)
    return names[int(word)], threshold, below, _node(words, names)
