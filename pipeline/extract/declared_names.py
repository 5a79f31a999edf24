"""Second names that a text gives an organisation where it names it: "Norwood Power Limited (NPL)", "known as Norpo"."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.mentions import Name, Window
from pipeline.extract.name_runs import is_place

_SHORTEST_ACRONYM, _LONGEST_ALIAS = 2, 10  # letters
_SHORTEST_BARE = 4  # letters of an acronym between commas; shorter ones are states, degrees and posts
_SPELT_OUT = 3  # words that a name has at least if an acronym stands for it
_QUOTES = frozenset("\"“”‘’'`")
_CLOSING = frozenset(",);.:-–—")
_CALLED = (
    ("or",),
    ("known", "as"),
    ("better", "known", "as"),
    ("best", "known", "as"),
    ("also", "known", "as"),
    ("widely", "known", "as"),
    ("commonly", "known", "as"),
    ("which", "trades", "as"),
    ("trading", "as"),
    ("called",),
    ("abbreviated", "as"),
)


def declared_names(windows: Sequence[Window]) -> dict[str, int]:
    """Second names of organisations, each with the registry index of whose it is.

    An acronym or a short form counts if its letters are letters of the full name in their order, the first
    included; in brackets, between commas or behind "known as", and before the full name as well as behind it.
    """
    found: dict[str, int] = {}
    for window in windows:
        for name in window.names:
            if name.kind != "org" or name.weak or name.entity < 0:
                continue
            alias = _alias_behind(window, name)
            if alias:
                found.setdefault(alias, name.entity)
            full = _full_behind(window, name)
            if full is not None and full.entity != name.entity:
                found.setdefault(name.text, full.entity)
    return found


def _alias_behind(window: Window, name: Name) -> str | None:
    """The second name that stands right behind an organisation's name."""
    words, at = window.words, name.last
    if at + 2 >= len(words):
        return None
    bracketed = words[at] == "("
    at += words[at] in ("(", ",")
    called = next((len(form) for form in _CALLED if tuple(window.lows[at : at + len(form)]) == form), 0)
    at += called
    quoted = at < len(words) and words[at] in _QUOTES
    at += quoted
    if not (bracketed or called or words[name.last] == ",") or at + 1 >= len(words):
        return None
    alias, behind = words[at], words[at + 1]
    if not abbreviates(alias, name.text) or not (quoted or called or behind in _CLOSING):
        return None
    if bracketed or called or quoted:
        return alias
    return alias if _stands_bare(window, at) else None


def _stands_bare(window: Window, at: int) -> bool:
    """Whether a word between commas is a second name rather than a place or a member of a list."""
    word = window.words[at]
    listed = window.words[at + 1] != "," or window.lows[at + 2 : at + 3] in (["and"], ["or"])
    if listed or at in window.title_at or len(word) < _SHORTEST_BARE:
        return False
    marked = window.name_at.get(at)
    return word.isupper() or (marked is not None and marked.kind == "org" and not is_place(word))


def _full_behind(window: Window, name: Name) -> Name | None:
    """The full name that explains an acronym: "NPL, the Norwood Power Limited,", "NPL (Norwood Power Limited)"."""
    at = name.last
    if not name.text.isupper() or at + 2 >= len(window.words) or window.words[at] not in ("(", ","):
        return None
    bracketed = window.words[at] == "("
    article = window.lows[at + 1] == "the"
    full = window.name_at.get(at + 1 + article)
    if full is None or full.kind != "org" or full.weak or full.last >= len(window.words):
        return None
    closed = window.words[full.last] == (")" if bracketed else ",")
    spelt = len(full.text.split()) >= _SPELT_OUT and abbreviates(name.text, full.text)
    return full if closed and spelt and (bracketed or article) else None


def abbreviates(alias: str, full: str) -> bool:
    """Whether a word is made of letters of a longer name in their order, the first included: NPCL, "Norpetco"."""
    if not (
        alias.isalpha()
        and alias[:1].isupper()
        and _SHORTEST_ACRONYM <= len(alias) <= _LONGEST_ALIAS
        and alias[0] == full[:1].upper()
        and alias.lower() != full.split()[0].lower()
        and " " in full
    ):
        return False
    letters = iter(full.lower())
    return all(letter in letters for letter in alias.lower())
