"""The word lists of names and titles, and the results remembered from them.

Lists are read once per process. A user's folders of rules are set once, before the first name is compared;
whatever was remembered under the former lists is forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

from pipeline.rulebook import read_data

P = ParamSpec("P")
T = TypeVar("T")

_folders: list[tuple[Path, ...]] = [()]
_forget: list[Callable[[], None]] = []


def remembered(size: int | None = None) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Like `functools.lru_cache`, and forgotten when the word lists change."""

    def decorate(function: Callable[P, T]) -> Callable[P, T]:
        cached = lru_cache(maxsize=size)(function)
        _forget.append(cached.cache_clear)
        return cast(Callable[P, T], cached)

    return decorate


def use_rules(folders: Sequence[Path]) -> None:
    """Lay the lists of these folders (`titles.toml`, `companies.toml`, `persons.toml`) over the built-in
    ones.

    Holds for names and titles in this process; an empty sequence goes back to the built-in lists.

    Raises:
        RuleError: A folder or a file in it cannot be used.
    """
    wanted = tuple(folders)
    if wanted == _folders[0]:
        return
    former = _folders[0]
    _folders[0] = wanted
    try:
        word_data("titles.toml")
    except Exception:
        _folders[0] = former
        raise
    for forget in _forget:
        forget()


def word_data(name: str) -> Mapping[str, Any]:
    """A file of word lists, the user's entries merged over the built-in ones."""
    return read_data(name, _folders[0])
