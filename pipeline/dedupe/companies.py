"""Companies across articles: which names are one, and which merely belong together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from pipeline import rulebook
from pipeline.dedupe.naming import fold
from pipeline.dedupe.partition import Link, Partition
from pipeline.dedupe.settings import NameSettings
from pipeline.names import canonical_company, same_company


@rulebook.remembered()
def _common() -> frozenset[str]:
    return frozenset(rulebook.read_data("dedupe.toml")["companies"]["common"])


class Companies:
    """The companies of a run.

    A company is a set of names that are one by spelling or alias; it is called by its key, which no other
    company of the run has. Short forms and acronyms are not merged with it, because across articles they are
    anybody's: they are `related`, which lets two reports agree and no more.
    """

    def __init__(
        self,
        names: Iterable[str],
        renames: Iterable[tuple[str, str]],
        settings: NameSettings,
        bounds: Counter[str],
    ) -> None:
        """Find the companies among names.

        Args:
            names: All names as printed.
            renames: Pairs of names that articles say are one company's; pairs of other names are ignored.
        """
        printed = sorted(set(names))
        groups = Partition(printed, _one_company)
        groups.join(_links(printed, settings, bounds))
        self._key: dict[str, str] = {}
        self._name: dict[str, str] = {}
        keys: dict[int, str] = {}
        for index, name in enumerate(printed):
            root = groups.find(index)
            if root not in keys:
                plain = canonical_company(printed[root])
                keys[root] = plain if plain not in self._name else f"{plain} ({printed[root]})"
                self._name[keys[root]] = printed[root]
            self._key[name] = keys[root]
        self._related: dict[tuple[str, str], bool] = {}
        self._renamed: dict[str, set[str]] = defaultdict(set)
        by_plain = {canonical_company(name): key for name, key in sorted(self._key.items())}
        for new, old in renames:
            ours, theirs = by_plain.get(canonical_company(new)), by_plain.get(canonical_company(old))
            if ours and theirs and ours != theirs:
                self._related[min(ours, theirs), max(ours, theirs)] = True
                self._renamed[ours].add(theirs)
                self._renamed[theirs].add(ours)

    def key(self, name: str) -> str:
        """What the company of this name is called in this run."""
        return self._key[name]

    def related(self, one: str, other: str) -> bool:
        """Whether two different keys can mean one employer: a short form, an acronym, a new name."""
        pair = (one, other) if one < other else (other, one)
        known = self._related.get(pair)
        if known is None:
            first, second = self._name[pair[0]], self._name[pair[1]]
            known = self._related[pair] = _short_form(first, second)
        return known

    def blocks(self, key: str) -> set[str]:
        """Blocks that related companies share: first and last word, what their initials spell, a rename."""
        words = canonical_company(self._name[key]).split() or [key]
        initials = "".join(words) if len(words) == 1 else "".join(word[0] for word in words)
        return {
            words[0],
            words[-1],
            initials,
            *("|".join(sorted((key, other))) for other in self._renamed.get(key, ())),
        }


def _one_company(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    return all(same_company(one, other) for one in ours for other in theirs)


def _short_form(first: str, second: str) -> bool:
    """Whether one printed name is a short form of the other, and neither is made of anybody's words."""
    if _anybodys(first) or _anybodys(second):
        return False
    (few, printed), (many, _) = sorted(
        ((canonical_company(name).split(), name) for name in (first, second)), key=lambda item: len(item[0])
    )
    if len(few) < len(many) and len(few) < len(fold(printed).split()):
        return False  # with its legal form a name is complete: "Merrin & Co." is not short for "Merrin Group"
    if len(few) < len(many) and few == many[-len(few) :]:
        return True  # "Rovers" for "Harbour Rovers"
    inner = iter(many[1:-1])
    left_out = (
        1 < len(few) < len(many)
        and (few[0], few[-1]) == (many[0], many[-1])
        and all(word in inner for word in few[1:-1])
    )
    return left_out or same_company(first, second, within_article=True)


def _anybodys(name: str) -> bool:
    """Whether a name consists of words that many organisations share."""
    return all(word in _common() for word in canonical_company(name).split())


def _links(names: list[str], settings: NameSettings, bounds: Counter[str]) -> list[Link]:
    """Pairs of one company; candidates share the first letters of a telling word or of the whole name."""
    blocks: dict[str, list[int]] = defaultdict(list)
    plain: dict[str, list[int]] = defaultdict(list)
    for index, name in enumerate(names):
        plain[canonical_company(name)].append(index)
    links = []
    for key, spelt in plain.items():
        links += [Link(0, spelt[0], other) for other in spelt[1:]]
        telling = [word for word in key.split() if word not in _common()]
        for start in {word[: settings.block_letters] for word in (*telling, key.replace(" ", ""))}:
            blocks[start].append(spelt[0])
    for _, block in sorted(blocks.items()):
        if len(block) > settings.max_block:
            bounds["company_block_cut"] += len(block) - settings.max_block
        within = block[: settings.max_block]
        for position, one in enumerate(within):
            for other in within[position + 1 :]:
                if same_company(names[one], names[other]):
                    links.append(Link(1, one, other))
    return links
