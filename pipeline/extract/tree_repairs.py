"""Mistakes of the parser that are plain from the wording, repaired in the tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LINKS = frozenset({"as", "to", "for", "from"})
_RELATIVES = frozenset({"who", "whom", "whose", "which", "where"})


def repair_tree(doc: Doc, words: list[str]) -> None:
    """Hang what follows a relative clause between commas on the verb ahead of the clause.

    "has quit Acme, where she was treasurer, for Bolt", "named Roe, who was treasurer of Acme, as chairman": the parser
    lets the preposition go on with the clause.

    Args:
        doc: The window's doc, changed in place.
        words: Its words in small letters.
    """
    for index in range(2, len(words)):
        if words[index] in _LINKS and words[index - 1] == ",":
            verb = _verb_ahead(doc[index], words)
            if verb is not None:
                doc[index].head = verb


def _verb_ahead(link: Token, words: list[str]) -> Token | None:
    """The verb on whose object or complement the closed clause hangs; None where there is none or no clause."""
    clause = link.head
    if link.dep_ != "prep" or clause.dep_ != "relcl" or not clause.i < link.i:
        return None
    opening = clause.left_edge.i
    if opening < 1 or words[opening] not in _RELATIVES or words[opening - 1] != ",":
        return None
    above = clause.head
    while not above.tag_.startswith("VB") and above.head != above:
        above = above.head
    return above if above.tag_.startswith("VB") and above.i < clause.head.i else None
