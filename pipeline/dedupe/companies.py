"""Companies across articles: which names are one, and which merely belong together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from pipeline import rulebook
from pipeline.dedupe.naming import fold
from pipeline.dedupe.partition import Link, Partition
from pipeline.dedupe.relatives import pairs_of_one, pairs_related
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
    ) -> None:
        """Find the companies among names.

        Args:
            names: All names as printed.
            renames: Pairs of names that articles say are one company's; pairs of other names are ignored.
        """
        printed = sorted(set(names))
        groups = Partition(printed, _one_company)
        groups.join(_links(printed, settings.block_letters))
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
        self.renamed: set[tuple[str, str]] = set()  # pairs of keys
        self._relatives: dict[str, list[str]] | None = None
        by_plain = {canonical_company(name): key for name, key in sorted(self._key.items())}
        for new, old in renames:
            ours, theirs = by_plain.get(canonical_company(new)), by_plain.get(canonical_company(old))
            if ours and theirs and ours != theirs:
                self.renamed.add((min(ours, theirs), max(ours, theirs)))

    @classmethod
    def known(cls, rows: Iterable[tuple[str, str, str]], renamed: Iterable[tuple[str, str]]) -> Companies:
        """Some of the companies that were found among the names of a whole run.

        Args:
            rows: A name as printed, the key of its company, and the printed name that stands for the key.
            renamed: As `renamed` of the whole; pairs of other companies are ignored.
        """
        some = cls.__new__(cls)
        some._key, some._name = {}, {}
        for printed, key, name in rows:
            some._key[printed] = key
            some._name[key] = name
        some._related, some._relatives = {}, None
        some.renamed = {(one, other) for one, other in renamed if one in some._name and other in some._name}
        return some

    def name(self, key: str) -> str:
        """The printed name that stands for the company of this key."""
        return self._name[key]

    def key(self, name: str) -> str:
        """What the company of this name is called in this run."""
        return self._key[name]

    def related(self, one: str, other: str) -> bool:
        """Whether two different keys can mean one employer: a short form, an acronym, a new name."""
        pair = (one, other) if one < other else (other, one)
        if pair in self.renamed:
            return True
        known = self._related.get(pair)
        if known is None:
            first, second = self._name[pair[0]], self._name[pair[1]]
            known = self._related[pair] = _short_form(first, second)
        return known

    def relatives(self, key: str) -> Collection[str]:
        """Companies that are `related` to this one by a rename, or share its first word, its last or its initials."""
        if self._relatives is None:
            self._relatives = self._find_relatives()
        return self._relatives.get(key, ())

    def _find_relatives(self) -> dict[str, list[str]]:
        keys = sorted(self._name)
        words = {key: canonical_company(self._name[key]).split() or [key] for key in keys}
        pairs = {(keys[one], keys[other]) for one, other in pairs_related([self._name[key] for key in keys])}
        found: dict[str, list[str]] = defaultdict(list)
        for one, other in sorted(pairs | self.renamed):
            near = (one, other) in self.renamed or _places(words[one]) & _places(words[other])
            if near and self.related(one, other):
                found[one].append(other)
                found[other].append(one)
        return dict(found)


def _places(words: list[str]) -> set[str]:
    initials = "".join(words) if len(words) == 1 else "".join(word[0] for word in words)
    return {words[0], words[-1], initials}


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


def _links(names: list[str], letters: int) -> list[Link]:
    """Pairs of one company; they share so many first letters of a telling word or of the whole name."""
    plain: dict[str, list[int]] = defaultdict(list)
    for index, name in enumerate(names):
        plain[canonical_company(name)].append(index)
    links = [Link(0, spelt[0], other) for spelt in plain.values() for other in spelt[1:]]
    starts = [_starts(key, letters) for key in plain]
    first = [spelt[0] for spelt in plain.values()]
    for one, other in pairs_of_one([names[index] for index in first]):
        if starts[one] & starts[other] and same_company(names[first[one]], names[first[other]]):
            links.append(Link(1, first[one], first[other]))
    return links


def _starts(plain: str, letters: int) -> set[str]:
    telling = [word for word in plain.split() if word not in _common()]
    return {word[:letters] for word in (*telling, plain.replace(" ", ""))}
