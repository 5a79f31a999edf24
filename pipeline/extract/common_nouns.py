"""Common nouns that stand for an office, an organisation, a part of one, or a person named elsewhere."""

from __future__ import annotations

from pipeline.rulebook import read_data, remembered


@remembered()
def common_nouns(kind: str) -> frozenset[str]:
    """The nouns of one kind in `nouns.toml`: post, company, unit, person ..."""
    words: str = read_data("nouns.toml")[kind]
    return frozenset(words.split())
