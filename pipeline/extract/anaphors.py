"""Common nouns that stand for an organisation named elsewhere: "it", "the company", "the trust"."""

from __future__ import annotations

from collections.abc import Container
from typing import TYPE_CHECKING

from pipeline.extract.organisation_kinds import kind_nouns
from pipeline.rulebook import remembered

if TYPE_CHECKING:
    from spacy.tokens import Token

_OF_ANY_KIND = frozenset(
    "agency airline automaker bank board brewer carmaker club companies company concern corporation directors "
    "drugmaker firm giant group insurer it lender maker newspaper organisation organization publisher retailer "
    "start-up startup university".split()
)
_NOT_THE_ONE = frozenset("a an another any each every no other rival some such several many most few".split())


@remembered()
def anaphors() -> frozenset[str]:
    """Nouns that may stand for an organisation of the article, those of one kind included: "the hospital"."""
    return _OF_ANY_KIND | kind_nouns()


def is_anaphor(entity: int | None, bodies: Container[int], token: Token) -> bool:
    """Whether a word stands for the organisation spoken of: "it", "the company", "the board"; not "another bank".

    Args:
        entity: The organisation that the word is part of by name, if any.
        bodies: Organisations that are none: "Board of Directors".
        token: The word.
    """
    if entity is not None:
        return entity in bodies
    if token.lower_ not in anaphors():
        return False
    return not any(child.dep_ in ("amod", "det") and child.lower_ in _NOT_THE_ONE for child in token.children)
