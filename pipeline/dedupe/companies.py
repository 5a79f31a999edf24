"""Companies across articles: which names are one, and which merely belong together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache

from pipeline import rulebook
from pipeline.dedupe.naming import company_key, same_spelling
from pipeline.dedupe.partition import Link, Partition
from pipeline.dedupe.settings import NameSettings


@cache
def _common() -> frozenset[str]:
    return frozenset(rulebook.read_data("dedupe.toml")["companies"]["common"])


class Companies:
    """The companies of a run.

    A company is a set of names of one spelling; it is called by one of them, its key. Short forms, acronyms
    and parents are not merged with it: they are `related`, which lets two reports agree and no more.
    """

    def __init__(self, names: Iterable[str], settings: NameSettings, bounds: Counter[str]) -> None:
        keys = sorted({company_key(name) for name in names})
        groups = Partition(keys, lambda one, other: same_spelling(one, other, settings.company_spelling))
        groups.join(_spelling_links(keys, settings, bounds))
        self._key = {key: keys[groups.find(index)] for index, key in enumerate(keys)}
        self._related: dict[tuple[str, str], bool] = {}

    def key(self, name: str) -> str:
        """What the company of this name is called in this run."""
        key = company_key(name)
        return self._key.get(key, key)

    def related(self, one: str, other: str) -> bool:
        """Whether two different keys can mean one employer: a short form or an acronym."""
        pair = (one, other) if one < other else (other, one)
        known = self._related.get(pair)
        if known is None:
            known = self._related[pair] = _short_form(one, other) or _short_form(other, one)
        return known


def blocks_of(key: str) -> set[str]:
    """Blocks that related companies share: their telling words, and what their initials spell."""
    words = key.split()
    found = {word for word in words if word not in _common()}
    found.add("".join(words) if len(words) == 1 else "".join(word[0] for word in words))
    return found


def _short_form(short: str, full: str) -> bool:
    few, many = short.split(), full.split()
    if len(few) == 1 and len(short) >= 2 and len(many) >= 2 and short == "".join(word[0] for word in many):
        return True
    if len(few) >= len(many) or all(word in _common() or len(word) < 2 for word in few):
        return False
    return any(many[start : start + len(few)] == few for start in range(len(many) - len(few) + 1))


def _spelling_links(keys: list[str], settings: NameSettings, bounds: Counter[str]) -> list[Link]:
    """Pairs of one spelling, found by their words' first letters and by their letters without spaces."""
    blocks: dict[str, list[int]] = defaultdict(list)
    for index, key in enumerate(keys):
        for word in set(key.split()):
            blocks[word[:4]].append(index)
        blocks["=" + key.replace(" ", "")[:6]].append(index)
    links = set()
    for _, block in sorted(blocks.items()):
        if len(block) > settings.max_block:
            bounds["company_block_cut"] += len(block) - settings.max_block
        within = block[: settings.max_block]
        for position, one in enumerate(within):
            for other in within[position + 1 :]:
                if same_spelling(keys[one], keys[other], settings.company_spelling):
                    links.add(Link(0, one, other))
    return sorted(links)
