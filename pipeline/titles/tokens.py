"""Words and punctuation of a sentence, as the title grammar sees them."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

_DOTTED = r"(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![^\W_]))?"
_SHORT = r"(?:Sr|Jr|Asst|Exec|Pres|Dir|Mgr|Gen|Assoc|Dept|Corp|Inc|Ltd|Mr|Mrs|Ms|Dr|St)\."
_WORD = r"[^\W_]+(?:&[^\W_]+)*(?:['’](?!s(?![^\W_]))[^\W_]+)*"
_TOKEN = re.compile(rf"{_DOTTED}|{_SHORT}|['’]s(?![^\W_])|{_WORD}(?:[-‑]{_WORD})*|[^\s\w]|_")
_PART = re.compile(rf"{_WORD}|[-‑]")
_HYPHENS = ("-", "‑")


@dataclass(slots=True)  # not frozen: that doubles the time it takes to make one, of which there are many
class Token:
    """A word or a sign. `low` is lower case without dots."""

    start: int
    end: int
    low: str
    upper: bool
    shout: bool
    word: bool


def lower_same_length(text: str) -> str:
    """`text.lower()` with every offset kept: the few characters that grow when lowered stay as they are."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)


@lru_cache(maxsize=20_000)
def _spelling(raw: str) -> tuple[str, bool, bool, bool]:
    """What a token's letters tell, wherever it stands."""
    word = raw[0].isalnum()
    low = lower_same_length(raw)
    if word and "." in low:
        low = low.replace(".", "")
    return low, raw[0].isupper(), len(raw) > 1 and raw.isupper(), word


def tokenise(text: str, splitters: Collection[str], whole: Collection[str]) -> list[Token]:
    """Split a sentence into tokens.

    Args:
        text: The sentence.
        splitters: A hyphenated word with one of these parts is split ("co-CEO"); others stay whole.
        whole: Hyphenated words that stay whole all the same.
    """
    tokens: list[Token] = []
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        raw = match.group()
        if ("-" in raw or "‑" in raw) and len(raw) > 1:
            low = lower_same_length(raw).replace("‑", "-")
            parts = low.split("-")
            if low not in whole and any(part in splitters for part in parts):
                for part in _PART.finditer(raw):
                    if part.group() not in _HYPHENS:
                        tokens.append(Token(start + part.start(), start + part.end(), *_spelling(part.group())))
                continue
        tokens.append(Token(start, end, *_spelling(raw)))
    return tokens
