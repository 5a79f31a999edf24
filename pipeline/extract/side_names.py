"""Of two names side by side the one that is meant: "Acme's Bolt unit", "Acme subsidiary Bolt", "Acme-backed Bolt"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.anaphors import anaphors
from pipeline.extract.mentions import Name, Window
from pipeline.extract.name_runs import name_data
from pipeline.rulebook import remembered

if TYPE_CHECKING:
    from spacy.tokens import Token

_LONGEST_KIND = 5  # words between the names


def meant_behind(window: Window, name: Name) -> Name | None:
    """The organisation behind a name that only says whose it is or what it is to another one."""
    if name.last + 1 >= len(window.doc):
        return None
    if window.lows[name.last] in ("'s", "’s", "'", "’"):
        inner = window.name_at.get(_behind_kind(window, name.last + 1))
    else:
        inner = window.name_at.get(_behind_relation(window, name.last))
    organisation = inner is not None and inner.kind == "org" and not inner.weak and inner.entity >= 0
    return inner if organisation else None


def _behind_kind(window: Window, index: int) -> int:
    """Where the name of something owned starts, behind what it is: "Acme's thermostat company Bolt"."""
    for behind in range(index, min(index + _LONGEST_KIND, len(window.doc))):
        if behind in window.name_at:
            noun = window.lows[behind - 1 - (window.words[behind - 1] == ",")]
            return behind if behind == index or noun in name_data("owned_nouns") | _PARENTS else index
        comma = window.words[behind] == "," and window.lows[behind - 1] in _PARENTS
        if _opens_title(window, behind, index) or not (comma or window.words[behind][:1].islower()):
            break
    return index


_PARENTS = frozenset({"parent", "owner", "company"})  # with a comma behind: "Acme's parent, Bolt"


def _behind_relation(window: Window, index: int) -> int:
    """Where the second name starts behind what the first is to it: "Zest soap maker Acme", "Acme-owned Bolt"."""
    tied = window.words[index] == "-" and window.lows[index + 1] in name_data("tied")
    first = index + 2 if tied else index
    for behind in range(first, min(first + _LONGEST_KIND, len(window.doc))):
        if behind in window.name_at:
            return behind if behind == first > index or _is_relation(window, behind - 1) else -1
        if _opens_title(window, behind, index) or not _describes(window.doc[behind]):
            break
    return -1


def _opens_title(window: Window, index: int, first: int) -> bool:
    """Whether a word is part of a title that begins at or behind another: not the end of "head of Zest soap maker"."""
    return index in window.title_at and window.title_at[index].first >= first


def _describes(token: Token) -> bool:
    if token.text in ("start", "up"):  # of "start-up"
        return True
    return token.tag_ in ("NN", "JJ", "VBG", "HYPH") and (token.is_lower or token.text == "-") and not token.is_stop


def _is_relation(window: Window, index: int) -> bool:
    return window.lows[index] in _relations() or window.lows[index - 2 : index + 1] == ["start", "-", "up"]


@remembered()
def _relations() -> frozenset[str]:
    """Nouns between two names of which the second is meant: "Acme parent Bolt", "the Zest soap maker Bolt"."""
    return anaphors() | name_data("owned_nouns") | name_data("related_nouns")
