"""One spelling for each title, so that "CTO" and "chief technology officer" compare equal."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.titles.lexicon import Lexicon
from pipeline.titles.tokens import tokenise

_SILENT = frozenset(["of", "and", "for", "in", "the", "a", "an", "its", "their", "his", "her", "our", "at", "to", "or"])


def unit_words(unit: str | None, lex: Lexicon) -> tuple[str, ...]:
    """The words of a unit that count when units are compared, in order and spelled one way."""
    if not unit:
        return ()
    words: list[str] = []
    for token in tokenise(unit, lex.splitters, lex.heads):
        for part in token.low.replace("‑", "-").replace("-", " ").split():
            words.extend(lex.canonical_words.get(part, part).split())
    words = [word for word in words if word[0].isalnum() and word not in _SILENT]
    telling = [word for word in words if word not in lex.generic]
    return tuple(telling or words)


def canonical_title(role: str, modifiers: Sequence[str], unit: str | None, lex: Lexicon) -> str:
    """Rank, role and unit in lower case: "vice president engineering", "co head mergers acquisitions"."""
    ranks = sorted({word for word in modifiers if word in lex.ranks})
    return " ".join([*ranks, role.lower(), *unit_words(unit, lex)])
