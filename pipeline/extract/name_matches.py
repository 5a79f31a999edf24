"""Votes for clubs by their matches: "Norfield beat Ardley City 3-1", "the 2-0 defeat by Ardley City"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extract.name_runs import Run
from pipeline.extract.name_votes import LIKELY, SURE, Places, Vote

_PLAY = frozenset(
    "beat beats beating lost lose loses losing drew draw draws drawing won win wins winning thrashed hammered crushed "
    "edged defeated trounced stunned held".split()
)
_RESULTS = frozenset(
    "loss defeat draw win victory tie clash match game fixture friendly semi final semi-final semifinal thrashing "
    "stalemate replay opener derby".split()
)
_FACED = frozenset({"to", "by", "with", "against", "over", "at"})
_PLACE_REACH = 5  # words of "now bottom of the table"
_REACH = 6  # words between a verb of play and the score
_SCORE = re.compile(r"(\d{1,3})[-–](\d{1,3})\b")
_SETS = {6, 7}  # games that win a set of tennis, where a person beats another


def match_votes(places: Places, run: Run) -> Iterator[Vote]:
    """Votes of a run that stands where a club does in a report of a match."""
    if places.word(run.last) in _PLAY and _score_after(places, run.last + 1):
        yield Vote(run, "org", LIKELY, "plays", placed=True)
    link, result = places.word(run.first - 1), places.word(run.first - 2)
    if link in _FACED and (result in _RESULTS or _score_before(places, run.first - 2)):
        yield Vote(run, "org", LIKELY, "is played", placed=True)
    if link in _PLAY and _score_after(places, run.last, 2):
        yield Vote(run, "org", LIKELY, "is played", placed=True)
    if places.word(run.last) == "," and _stands_in_league(places, run.last + 1):
        yield Vote(run, "org", SURE, "stands in a league", placed=True)


def _stands_in_league(places: Places, start: int) -> bool:
    """Whether "bottom of the table", "now top of the league" stands at a word."""
    words = {places.word(index) for index in range(start, start + _PLACE_REACH)}
    return bool(words & {"bottom", "top"}) and bool(words & {"table", "league", "division"})


def _score_after(places: Places, start: int, reach: int = _REACH) -> bool:
    """Whether a score comes next: "beat Ardley City 3-1", not the sets of "beat Roe 6-4"."""
    return any(_is_score(places, index) for index in range(start, start + reach))


def _score_before(places: Places, index: int) -> bool:
    """Whether a score ends at a word: "lost 2-0 to"."""
    return _is_score(places, index) or _is_score(places, index - 2)


def _is_score(places: Places, index: int) -> bool:
    found = _SCORE.match("".join(places.word(index + step) for step in range(3)))
    return found is not None and not {int(found[1]), int(found[2])} & _SETS
