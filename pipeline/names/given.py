"""Given names of many languages: whether a word is one, and which gender it hints at."""

from __future__ import annotations

from pipeline.names.text import fold
from pipeline.rulebook import read_data, remembered


@remembered()
def _names() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    data = read_data("given_names.toml")
    male, female, either = (frozenset(data[key].split()) for key in ("male", "female", "either"))
    return male, female, either


def is_given_name(word: str) -> bool:
    """Whether a word is a given name in some language; "Jean-Claude" counts by its first part."""
    plain = fold(word).lower().split("-")[0].strip(".'’")
    return any(plain in names for names in _names())


def given_gender(word: str) -> str | None:
    """ "m" or "f" where a given name is borne by one gender only."""
    plain = fold(word).lower().split("-")[0].strip(".'’")
    male, female, _ = _names()
    return "m" if plain in male else "f" if plain in female else None
