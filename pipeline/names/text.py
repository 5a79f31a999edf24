"""Folding of names to a plain form: case, accents, punctuation."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ŋ": "n"}
)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa"})
_QUOTES = re.compile(r"['’‘`´ʼ]")
_DOTTED = re.compile(r"(?<![^\W_])(?:[^\W\d_]\.){2,}")
_OTHER = re.compile(r"[^\w]+|_+")


def fold(text: str, *, german: bool = False) -> str:
    """Lower case without accents; with `german`, umlauts become ae, oe, ue instead of a, o, u."""
    if text.isascii():
        return text.lower()
    low = unicodedata.normalize("NFC", text).casefold()
    if german:
        low = low.translate(_UMLAUTS)
    low = unicodedata.normalize("NFKD", low.translate(_LETTERS))
    return "".join(char for char in low if not unicodedata.combining(char))


def plain_words(folded: str) -> list[str]:
    """Words of a folded text: apostrophes closed up, "j.p." joined, "&" as "and", other signs as spaces."""
    text = _QUOTES.sub("", folded).replace("&", " and ").replace("+", " plus ")
    text = _DOTTED.sub(lambda match: match.group().replace(".", ""), text)
    return _OTHER.sub(" ", text).split()
