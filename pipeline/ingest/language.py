"""Which language a text is in, with a bias for English: names and tickers look like anything."""

from __future__ import annotations

from functools import cache
from typing import Any

_PREFIX_CHARS = 2000
# Words that are frequent in English, or in its market news, and rare in its neighbours. A text in which one word in
# eight is one of them is English. That spares all but one article in seventy the slower model, and most small runs
# the loading of it, which takes as long as the reading of 500 articles. Of texts in 60 other languages none has more
# than one word in fifteen.
_ENGLISH = frozenset(
    "the and to that said with for by from which would has have his her their at this are been of its it is an who was"
    " were after as inc corp company shares chief executive president named year pct mln qtr net vs".split()
)
_ENGLISH_SHARE = 0.125
# Chosen so that no English text of 590 news articles, nor any of their first 200 characters, is lost.
_MIN_LETTERS = 80
_SURE = 0.95


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def detect_language(text: str) -> str:
    """Two-letter code; "en" unless another language is nearly certain on enough text."""
    sample = text[:_PREFIX_CHARS]
    if _letters(sample[: 2 * _MIN_LETTERS]) < _MIN_LETTERS and _letters(sample) < _MIN_LETTERS:
        return "en"
    words = sample.lower().split()
    if sum(map(_ENGLISH.__contains__, words)) > _ENGLISH_SHARE * len(words):
        return "en"
    code, probability = _identifier().classify(sample)
    return str(code) if probability >= _SURE else "en"


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))
