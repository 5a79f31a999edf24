"""Whom words for several stand for: "they", "the pair", "both men"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.enumerations import coordinated_names

if TYPE_CHECKING:
    from spacy.tokens import Token

    from pipeline.extract.mentions import Name, Window

_THEY = frozenset({"they", "their", "them"})
_PAIRS = frozenset({"pair", "duo"})
_PEOPLE = frozenset("men women executives managers officials bankers directors officers leaders bosses".split())
_VERBAL = ("VBD", "VBP", "VBZ", "MD", "RB")


def plural_persons(window: Window, token: Token) -> list[Name] | None:
    """The persons named before whom a word stands for; None if it is no word for several."""
    if token.lower_ in _THEY:
        return _named_before(window, token)
    if not _counts_two(window, token):
        return None
    run = _named_before(window, token)
    return run if len(run) == 2 else []


def _counts_two(window: Window, token: Token) -> bool:
    """Whether a word stands for two told of: "Both have quit", "The pair", "The two men"; not "both its auditors"."""
    lowered = token.lower_
    before = window.lows[max(token.i - 2, 0) : token.i]
    behind = window.tag(token.i + 1) if token.i + 1 < len(window.doc) else ""
    if lowered in ("both", "two"):
        return behind in _VERBAL and (lowered == "both" or before[-1:] == ["the"])
    if lowered in _PAIRS:
        return before[-1:] == ["the"] and window.low(token.i + 1) != "of"
    return lowered in _PEOPLE and (before[-1:] == ["both"] or before == ["the", "two"])


def _named_before(window: Window, token: Token) -> list[Name]:
    """The last enumeration of two or more before a word, at most a sentence back."""
    number = window.sentence_at[token.i]
    for back in (0, 1):
        if number < back:
            break
        sentence = window.sentences[number - back]
        last = token.i if back == 0 else sentence.last
        for name in window.names_in(sentence.first, last, "person"):
            run = [n for n in coordinated_names(window, name) if n.last <= last]
            if len(run) > 1:
                return run
    return []
