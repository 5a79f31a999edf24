"""Whom a pronoun can and cannot mean by the clause it stands in: who is replaced goes, who mourns is alive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.mentions import Name, Window

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from pipeline.extract.view import View

_SUCCEEDS = frozenset(
    "succeed succeeds succeeded succeeding replace replaces replaced replacing relieve relieves".split()
)
_TAKES = frozenset({"take", "takes", "took", "taking"})
_GOES = frozenset(
    "retire retires retired retiring leave leaves left leaving step steps stepped stand stands stood depart departs "
    "departed resign resigns resigned quit quits go goes went bow bows bowed exit exits exited die dies died".split()
)
_OPENERS = frozenset({"when", "after", "once", "as", "upon", "before"})
_DEATHS = frozenset({"death", "passing", "demise"})


def replaced_in(window: Window, verb: Token) -> Name | None:
    """Whom the clause above one of going replaces: "will succeed Kim when he retires", "takes over from Kim as he"."""
    if verb.lower_ not in _GOES or not any(child.lower_ in _OPENERS for child in verb.children):
        return None
    for above in verb.ancestors:
        if above.lower_ in _SUCCEEDS:
            objects = [child for child in above.children if child.dep_ == "dobj"]
        elif above.lower_ in _TAKES:
            links = (child for child in above.subtree if child.lower_ == "from")
            objects = [child for link in links for child in link.children if child.dep_ == "pobj"]
        else:
            continue
        names = (window.name_at.get(child.i) for child in objects)
        found = next((name for name in names if name is not None and name.kind == "person"), None)
        if found is not None:
            return found
    return None


def in_succession(view: View, token: Token, fitting: Sequence[Name]) -> Name | None:
    """Who "He will be succeeded by Roe", "He succeeds Kim" speak of: the one of whom such a move was told before.

    Of several persons of a sentence who may be meant one must have lost an office, or gained one.
    """
    verb = token.head
    if token.dep_ not in ("nsubj", "nsubjpass") or verb.lower_ not in _SUCCEEDS:
        return None
    passive = token.dep_ == "nsubjpass" or any(child.dep_ == "auxpass" for child in verb.children)
    moved, other = (view.lost, view.gained) if passive else (view.gained, view.lost)
    told = {name.entity for name in fitting if name.entity in moved and name.entity not in other}
    return next((name for name in fitting if name.entity in told), None) if len(told) == 1 else None


def mourns(name: Name, token: Token) -> bool:
    """Whether a name is who tells of a death, and so not whose it was: "Roe said his death was a loss"."""
    if token.head.lower_ not in _DEATHS or token.dep_ != "poss":
        return False
    return any(
        child.dep_ == "nsubj" and name.first <= child.i < name.last
        for above in token.ancestors
        for child in above.children
    )
