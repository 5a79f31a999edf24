"""Dates in sentences: where they stand, and which day, month, quarter or year they name.

Find with `find_dates`, then resolve with `resolve_date` against the anchor date (the publication date).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from pipeline.extract.date_forms import AMBIGUOUS_MONTHS, FISCAL, FORMS, PART, PREFIX, UNBOUND
from pipeline.extract.date_periods import RESOLVERS
from pipeline.extract.periods import Context, Tense, cover_week
from pipeline.extract.written_dates import parse_written
from pipeline.records import Precision

Mod = Literal["end", "by", "since", "early", "mid", "late"]


@dataclass(frozen=True, slots=True)
class DateMention:
    """A span that names a date or period, with its preposition ("in May"); offsets are into the sentence."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class ResolvedDate:
    """`date` is the first day of the period that `precision` names; `mod` says which part or side of it."""

    date: date
    precision: Precision
    text: str
    mod: Mod | None


# Words around a form that make it something else than a date of an event.
_NOT_AFTER = re.compile(  # what stands before
    r"(?:\b(?:every|each|any|most|many|all|per|class of)\s+"
    r"|\b(?:year|half|quarter|months?|weeks?|period)\s+(?:ended|ending)\s+"
    r"|\b(?:the following|the previous|the preceding|the same)\s+"
    r"|\b(?:Black|Good|Ruby|Cyber|Super|Fat|Ash|Giving|Girl)\s+"
    r"|[$#£€]|\b(?:No\.|Section|Form|Rule|Chapter|Boeing|Room|Route|Article)\s*)$"
)
_NOT_BEFORE = re.compile(  # what follows
    r"^(?:['’]?\s*(?:Inc|Corp|LLC|Ltd|Co\.|Group|Holdings|Media|Capital|Partners|Microsystems|Energy|Pharma)\b|\.com\b"
    r"|\s+(?:Night|Morning|attacks?|terror|committee|Committee|Commission|hearings?|riot|insurrection|rioters)\b)"
)
_COUNTED = re.compile(
    r"^\s+(?:\w+\s+)?(?:employees|people|workers|jobs|shares|stores|cases|miles|feet|dollars|euros|pounds|units|members|"
    r"students|staff|homes|cars|percent|per cent|million|billion|block)\b"
)
_NAME_FOLLOWS = re.compile(r"^\s+[A-Z][a-z]+")
_NAME_BEFORE = re.compile(r"(?<!\w)(?!(?i:his|her|its|their|the|a|an|that)\b)[A-Z]\w*\s+$")
_SUPERLATIVE = re.compile(
    r"(?:\b(?:first|second|third|fourth|fifth|sixth|\d+(?:st|nd|rd|th)|most|worst|best|only|once|twice|times?|more|less)"
    r"|[a-z]{2}est)\b[^,.;:]*$"
)
# Rejected, these are passed over whole: "year" in "over the past year" is no date either.
_WHOLE = frozenset({"ref_unit", "ref_window", "day_window", "ahead"})
_NO_SEASON = re.compile(r"\s+(?:of|from|in|into|to|term|collections?|semester|season|training)\b")
_SEASON_PREFIX = (["in"], ["by"], ["since"], ["until"], ["during"])
_OWN = re.compile(r"(?i)\b(?:his|her|its|their|my|our|your)\s$")  # "spent his last year at the school on a book"
_WITHIN = (["in"], ["within"])
_POSSESSIVE = ("'s", "’s")
# How far the words around a mention are looked at, in characters: about a clause.
_BEFORE_CHARS, _AFTER_CHARS = 120, 40
_FEAST_PREFIX = (["at"], ["by"], ["on"], ["until"], ["since"], ["before"], ["after"], ["around"])
_THING_FOLLOWS = re.compile(
    r"\s+(?!(?:and|or|but|as|when|with|to|for|in|from|by|at|of|after|before|because|this|last|next|his|her|the|a|an|who"
    r"|which|while|on|is|was|were|are|he|she|they|it|we)\b)[A-Za-z]"
)
_YEAR_PREFIX = frozenset({"in", "by", "since", "until", "till", "through", "from", "before", "after", "during"})
_YEAR_PREFIX |= {"effective", "starting", "beginning", "early", "of", "than", "circa", "sometime"}
_NAME_PREFIX = frozenset({"", "by", "for", "after", "before", "from", "since", "with"})


def _year_named(match: re.Match[str], before: str, after: str) -> bool:
    """Whether a bare number of four digits is set as a year: after a preposition or in brackets."""
    if _COUNTED.match(after):
        return False
    if match["part"] or not _YEAR_PREFIX.isdisjoint(match["prefix"].lower().split()):
        return True
    return before.endswith(("(", "[")) and after.startswith((")", "]", ","))


def _month_named(match: re.Match[str], before: str, after: str) -> bool:
    """Whether a month without day and year is a month and not a person ("by April Jones")."""
    if match["part"]:
        return True
    prefix, month = match["prefix"].lower().split(), match["month"].lower().rstrip(".")
    named = month in AMBIGUOUS_MONTHS and _NAME_FOLLOWS.match(after) is not None
    if prefix:
        return not (named and prefix[-1] in _NAME_PREFIX)
    return month not in AMBIGUOUS_MONTHS and not _NAME_FOLLOWS.match(after) and not _NAME_BEFORE.search(before)


def _season_named(match: re.Match[str], _before: str, after: str) -> bool:
    """Whether "fall", "spring" and the like are seasons: "in the fall", "last fall", "spring 2024"."""
    if re.search(r"\d{4}$|\b(?:last|this|next|coming|past|year)\b", match["season"].lower()):
        return True
    if _NO_SEASON.match(after):
        return False
    return bool(match["part"]) or match["prefix"].lower().split()[-1:] in _SEASON_PREFIX


def _ahead_named(match: re.Match[str], before: str, _after: str) -> bool:
    """Whether "in two weeks" looks ahead; "the third chief in two years" looks back."""
    if match["ahead"].lower().endswith(("now", "time")):
        return True
    return match["prefix"].lower().split()[-1:] in _WITHIN and not _SUPERLATIVE.search(before)


def _is_date(name: str, match: re.Match[str], before: str, after: str) -> bool:
    """Whether a form found in a sentence names a date there, given the words around it."""
    if _NOT_AFTER.search(before) or _NOT_BEFORE.match(after):
        return False
    check = _CHECKS.get(name)
    if check is not None:
        return check(match, before, after)
    last = match["prefix"].lower().split()[-1:]
    if name == "the_unit":
        return bool(match["part"])
    if name == "new_year":
        return bool(match["part"]) or last in (["in"], ["by"], ["until"])
    if name == "quarter":
        return "-" not in match["quarter"] or match["quarter"][-4:].isdigit()
    if name in ("ref_window", "day_window"):
        return last in _WITHIN
    if name == "month_dom":
        return last in (["on"], ["by"], ["until"], ["effective"]) and not re.match(r"\s+\w", after)
    if name == "now":
        return False
    if name == "day_word":
        return not (match["day_word"].lower() == "today" and after.startswith(_POSSESSIVE))
    if name == "ref_unit":
        return not _OWN.search(before) and (last not in (["for"], ["over"]) or "past" not in match["ref_unit"])
    return True


def _holiday_named(match: re.Match[str], _before: str, after: str) -> bool:
    """Whether a feast tells when: "by Christmas", "on New Year's Day"; not "the Christmas party", "at Easter Road"."""
    if _THING_FOLLOWS.match(after):
        return False
    words = match["holiday"].lower().split()
    named = words[-1] in ("day", "eve") or words[0] in ("last", "this", "next")
    return named or match["prefix"].lower().split()[-1:] in _FEAST_PREFIX


_CHECKS = {
    "year": _year_named,
    "month": _month_named,
    "season": _season_named,
    "ahead": _ahead_named,
    "holiday": _holiday_named,
}


@lru_cache(maxsize=1)
def _finding() -> re.Pattern[str]:
    forms = "|".join(rf"(?P<{name}>{UNBOUND.sub('?:', form)})" for name, form in FORMS.items())
    return re.compile(rf"(?<![\w$#/-])(?<!\d[.,])(?P<prefix>(?i:{PREFIX}))(?P<part>{PART})(?:{forms})(?!\w)")


def find_dates(text: str, blocked: Sequence[tuple[int, int]] = ()) -> list[DateMention]:
    """The dates and periods of a sentence, in order, each with its preposition and modifiers.

    Ages, durations, amounts and names that only look like dates are left out, and so is "immediately".
    Decades and fiscal periods are given, although they do not resolve: no other date is meant then.

    Args:
        text: One sentence.
        blocked: Spans, half-open, that no mention may touch, such as the names of persons and companies.
    """
    return list(_found(text, tuple(blocked)))


@lru_cache(maxsize=64)  # every row of a sentence asks for its dates
def _found(text: str, blocked: tuple[tuple[int, int], ...]) -> tuple[DateMention, ...]:
    mentions: list[DateMention] = []
    position = 0
    while (match := _finding().search(text, position)) is not None:
        name = match.lastgroup
        assert name is not None  # one form always matches
        start, end = match.span()
        if any(start < high and low < end for low, high in blocked) or not _is_date(
            name, match, text[max(0, start - _BEFORE_CHARS) : start], text[end : end + _AFTER_CHARS]
        ):
            position = end if name in _WHOLE else match.start(name) + 1
            continue
        if text.startswith(_POSSESSIVE, end):  # "at last year's meeting": the preposition is the meeting's
            start = match.end("prefix")
        mentions.append(DateMention(start, end, text[start:end]))
        position = end
    return tuple(mentions)


_TIME_OF_DAY = re.compile(r"(?i)^\d{1,2}(?::\d\d)?\s*[ap]\.?m\.?(?:\s+[A-Z]{2,4})?,?\s+(?:on\s+)?")
_TIMESTAMP = re.compile(r"(?i)\d{4}\b.*\d:\d\d|\d:\d\d.*\b\d{4}\b|\d{4}-\d\d-\d\dT")


@lru_cache(maxsize=1)
def _resolving() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (name, re.compile(rf"(?P<prefix>{PREFIX})(?P<part>{PART}){form}[.,;]?", re.IGNORECASE))
        for name, form in FORMS.items()
    )


def _mod(prefix: str, part: str) -> Mod | None:
    prefix, part = prefix.lower(), part.lower()
    if re.search(r"\b(?:by|no later than|not later than)\b", prefix):
        return "by"
    if "since" in prefix:
        return "since"
    if re.search(r"\b(?:end|close)\b", part):
        return "end"
    if re.search(r"\b(?:early|earlier|beginning|start)\b", part):
        return "early"
    if re.search(r"\b(?:mid|middle)\b", part):
        return "mid"
    return "late" if re.search(r"\b(?:late|later)\b", part) else None


def _allowed(name: str, match: re.Match[str]) -> bool:
    """Whether the words before a form let it be a date: "in May", not "May"; "in a week", not "a week"."""
    prefix, part = match["prefix"].lower().split(), match["part"]
    if name == "month" and not prefix and not part:
        return match["month"].lower().rstrip(".") not in AMBIGUOUS_MONTHS
    if name == "the_unit":
        return bool(part)
    if name == "ahead":
        return bool(match["now"]) or prefix[-1:] in (["in"], ["within"])
    if name == "ref_window":
        return prefix[-1:] != ["for"]
    return True


def resolve_date(
    text: str, anchor: date | None, tense: Tense | None = None, year_hint: int | None = None
) -> ResolvedDate | None:
    """The period that an expression names, or None where its wording fixes no year or nearer.

    Args:
        text: The words of one date, as `find_dates` gives them.
        anchor: Publication date; without it only dates that carry their own year resolve.
        tense: Of the verb that the date modifies; None where unknown.
        year_hint: Year that the text fixes elsewhere; for month-day, month and quarter without an anchor.
    """
    return _resolve(" ".join(text.split()), anchor, tense, year_hint)


@lru_cache(maxsize=16384)
def _resolve(text: str, anchor: date | None, tense: Tense | None, year_hint: int | None) -> ResolvedDate | None:
    if FISCAL.search(text):
        return None
    if _TIMESTAMP.search(text):
        found = parse_written(text.split(" (")[0])
        return ResolvedDate(found, "day", text, None) if found else None
    bare = _TIME_OF_DAY.sub("", text)
    for name, pattern in _resolving():
        match = pattern.fullmatch(bare)
        if match is None or not _allowed(name, match):
            continue
        mod = _mod(match["prefix"], "end" if name in ("year_end", "month_end") else match["part"])
        try:
            period = RESOLVERS[name](match, Context(anchor, "past" if mod == "since" else tense, year_hint))
        except (OverflowError, ValueError):  # beyond the years 1 to 9999
            return None
        if period and "week of" in match["prefix"].lower():
            period = cover_week(period[0])
        return ResolvedDate(period[0], period[1], text, mod) if period else None
    return None
