"""Of whom a clause speaks where the parse has another: relative clauses, plans that somebody has, who is succeeded."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_ALLIES = frozenset(
    "ally aide adviser advisor critic supporter loyalist friend colleague protege protégé confidant confidante "
    "disciple deputy assistant lieutenant opponent rival associate follower".split()
)


def antecedent(verb: Token) -> Token:
    """Of whom a relative clause speaks: of Roe in "Roe, a close ally of Kim, who was dropped", not of Kim."""
    noun = verb.head
    link = noun.head
    if noun.dep_ != "pobj" or link.lower_ not in ("of", "to"):
        return noun
    described = link.head
    while described.dep_ == "conj":
        described = described.head
    paused = any(token.text == "," for token in verb.doc[noun.i + 1 : verb.left_edge.i + 1])
    if paused and described.dep_ == "appos" and link.head.lower_ in _ALLIES and described.head.tag_ == "NNP":
        return described.head
    return noun


def owner(noun: Token) -> Token | None:
    """Whose plan a noun is, also where the parse makes it an apposition: "her predecessor Kim's decision"."""
    for child in noun.children:
        if child.dep_ == "poss":
            return child
    index = noun.i - 1
    while index > 0 and noun.doc[index].tag_ == "JJ":
        index -= 1
    return noun.doc[index - 1] if index > 0 and noun.doc[index].tag_ == "POS" else None


_SUCCEEDING = frozenset("succeed succeeds succeeded succeeding replace replaces replaced replacing".split())
_LOSING = frozenset("retire resign leave depart quit step stand retiring".split())


def succeeded(verb: Token, head: Token) -> Token | None:
    """Whom an infinitive of loss speaks of behind a succession: "will succeed Kim, soon to retire"."""
    leaver = (
        next((c for c in head.children if c.dep_ == "dobj"), None)
        if head.lower_ in _SUCCEEDING and verb.lower_ in _LOSING
        else None
    )
    paused = leaver is not None and leaver.i + 1 < verb.i and verb.doc[leaver.i + 1].text == ","
    return leaver if paused else None
