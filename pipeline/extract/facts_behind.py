"""Facts that another clause follows upon: "asked Roe to stay after the resignation of Kim"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.triggers import Trigger

if TYPE_CHECKING:
    from spacy.tokens import Token


def behind_fact(trigger: Trigger, chain: list[Token]) -> list[Token] | None:
    """What governs a noun that another clause takes for a fact: "asked Roe to stay after the resignation of Kim".

    None where none does. A plan may wait for what is ahead: "will be chairman after the retirement of Kim".
    """
    if trigger.rule.kind != "noun":
        return None
    place = next((at for at, token in enumerate(chain) if token.lower_ in _FACTS_FOLLOW and token.tag_ in _LINKS), None)
    return chain[:place] if place else None


OVER = frozenset({"resigned", "dismissed", "died"})  # handed in or done before anything follows
_FACTS_FOLLOW = frozenset({"after", "following", "since", "despite"})
_LINKS = ("IN", "VBG")
