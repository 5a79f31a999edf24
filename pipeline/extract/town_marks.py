"""Names that an article only ever writes as towns are written: "in Brunholt", "Brunholt, Ohio"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from pipeline.extract.mentions import Name, Window
from pipeline.extract.name_runs import name_data
from pipeline.extract.name_words import is_org_tail
from pipeline.titles.lexicon import lexicon

_LONGEST_TOWN = 2  # words
_OWNERS = frozenset({"its", "their", "his", "her", "our"})
_ARTICLES = frozenset({"the", "a", "an", "another"})


def mark_towns(windows: Sequence[Window]) -> None:
    """Make names weak that every mention shows to be a town's."""
    mentions: dict[str, list[tuple[Window, Name]]] = defaultdict(list)
    openings: set[str] = set()
    for window in windows:
        for name in window.names:
            words = name.text.split()
            mentions[name.text].append((window, name))
            if len(words) > 1:
                openings.add(words[0])
    for text, found in mentions.items():
        words = text.split()
        if len(words) > _LONGEST_TOWN or is_org_tail(words[-1]) or text.isupper() or (text in openings):
            continue
        if all(name.kind == "org" and _is_town(window, name) for window, name in found):
            for _, name in found:
                name.weak = True


def _is_town(window: Window, name: Name) -> bool:
    return name.weak or _is_located(window, name) or _locates(window, name)


def _is_located(window: Window, name: Name) -> bool:
    """ "In Brunholt", "Brunholt, Ohio", "Brunholt-based"."""
    last = window.sentence_of(name.first).last
    behind = [window.lows[i] for i in range(name.last, min(name.last + 3, last))]
    before = window.lows[name.first - 1] if name.first else ""
    matter = window.lows[name.first - 2] if name.first > 1 else ""
    if before == "in" and name.last - name.first == 1 and matter not in name_data("firm_matters"):
        return True
    if behind[:1] == [","] and len(behind) > 1:
        return behind[1] in lexicon().places or behind[1].split("-")[0] in name_data("states")
    return behind[:2] == ["-", "based"]


def _locates(window: Window, name: Name) -> bool:
    """ "Its Brunholt plant"; "the Brunholt company", and "the Brunholt brewer" where the model saw a place."""
    doc = window.doc
    before = window.lows[name.first - 1] if name.first else ""
    behind = window.lows[name.last] if name.last < len(doc) else ""
    if behind in name_data("premises"):
        return before in _OWNERS
    if _describes_maker(window, name):
        return True
    if before not in _ARTICLES:
        return False
    return behind in ("company", "firm", "business") or (
        behind in name_data("kinds") and doc[name.last - 1].ent_type_ == "GPE"
    )


def _describes_maker(window: Window, name: Name) -> bool:
    """ "Brunholt medical devices maker": a line of business between the town and the noun."""
    doc = window.doc
    for index in range(name.last, min(name.last + _LONGEST_LINE, len(doc))):
        if not doc[index].is_lower or doc[index].tag_ not in ("NN", "NNS", "JJ"):
            return False
        if window.lows[index] in name_data("kinds"):
            return index > name.last
    return False


_LONGEST_LINE = 4  # words
