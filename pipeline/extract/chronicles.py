"""The day with which a line of a chronicle opens: "Dec. 6. Jane Roe named publisher", "1982 – Roe joins the board"."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.extract.dates import ResolvedDate, find_dates, resolve_date
from pipeline.extract.mentions import Sentence
from pipeline.extract.view import View

_BULLET = " \t-*•·_–—>"
_LEAST_LINES = 2  # one line that opens with a date is a dateline
_DAY_CHARS = 30
_YEAR = re.compile(r"(?:19|20)\d\d(?=\*{0,2}\s*(?:[:–—]|-\s))")
_CLOSES = re.compile(r"\*{0,2}\s*(?:[.:–—]|-\s)")


def chronicle_day(view: View, sentence: Sentence) -> ResolvedDate | None:
    """The day or period that opens the line of a sentence, where more lines of the article open with one."""
    start = view.text.rfind("\n", 0, sentence.start) + 1
    end = view.text.find("\n", start)
    day = _opening_date(view.text[start : end if end > 0 else len(view.text)])
    if day is None or sum(_opening_date(line) is not None for line in view.text.splitlines()) < _LEAST_LINES:
        return None
    year = re.fullmatch(r"\d{4}", day)
    resolved = resolve_date(f"in {day}" if year else day, view.published, "past")
    return replace(resolved, text=day) if resolved else None


def _opening_date(line: str) -> str | None:
    line = line.lstrip(_BULLET)
    if not line[:1].isalnum():
        return None
    if year := _YEAR.match(line):
        return year[0]
    for mention in find_dates(line[:_DAY_CHARS])[:1]:
        closed = _CLOSES.match(line, mention.end)
        if mention.start == 0 and closed and line[closed.end() :].strip():
            return mention.text
    return None
