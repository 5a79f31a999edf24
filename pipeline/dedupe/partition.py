"""Groups that grow by links and never hold two members that may not be together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True, slots=True)
class Link:
    """Two items that are one; weaker links (a higher `rank`) are tried after stronger ones."""

    rank: int
    one: int
    other: int


class Partition:
    """A union-find over items, each with a label; two groups join only where their labels agree."""

    def __init__(self, labels: list[str], agree: Callable[[frozenset[str], frozenset[str]], bool]) -> None:
        self._parent = list(range(len(labels)))
        self._labels: list[frozenset[str]] = [frozenset((label,)) for label in labels]
        self._agree = agree

    def find(self, item: int) -> int:
        """The item that stands for the group of this one."""
        root = item
        while self._parent[root] != root:
            root = self._parent[root]
        while self._parent[item] != root:
            self._parent[item], item = root, self._parent[item]
        return root

    def labels(self, item: int) -> frozenset[str]:
        """The labels of the group."""
        return self._labels[self.find(item)]

    def join(self, links: Iterable[Link]) -> None:
        """Follow the links, strongest first, as far as labels agree; the order given does not matter."""
        for link in sorted(links):
            self._join(link.one, link.other)

    def _join(self, one: int, other: int) -> None:
        keep, drop = sorted((self.find(one), self.find(other)))
        if keep == drop:
            return
        ours, theirs = self._labels[keep], self._labels[drop]
        if not self._agree(ours, theirs):
            return
        self._parent[drop] = keep
        self._labels[keep] = ours | theirs
        self._labels[drop] = frozenset()
