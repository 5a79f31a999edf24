"""Signs of a firm in notes on markets: whose price moves, and how."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from pipeline.extract.name_runs import Run, name_data
from pipeline.extract.name_votes import CERTAIN, SURE, Places, Vote

_MEASURES = frozenset("% percent pct cent pc pence points bps basis".split())
_REACH = 5  # words from "rose" to "3%": "rose by as much as 3%"
_TRADED = frozenset({"shares", "stock"})
_STATES = frozenset("was were is are closed ended opened went".split())
_LIMITS = frozenset("limit-up limit-down".split())


def market_votes(places: Places, run: Run) -> Iterator[Vote]:
    """Votes for organisations whose shares move: "Acme rose 3%", "Acme was limit-up"; not "Roe rose to treasurer"."""
    verb = places.word(run.last)
    if verb in name_data("price_moves"):
        near = range(run.last + 1, min(run.last + 1 + _REACH, places.sentence.last))
        words = [places.word(index) for index in near]
        share = any(word in _MEASURES and after == "of" for word, after in pairwise(words))  # "3 percent of the vote"
        if any(word[:1].isdigit() for word in words) and not _MEASURES.isdisjoint(words) and not share:
            yield Vote(run, "org", SURE, "price moves", placed=True)
    elif verb in _TRADED and places.word(run.last + 1) in name_data("price_moves") and " " in run.text:
        if places.window.doc[run.last].tag_ == "NNS":  # no "Jane Roe shares gains with staff"
            yield Vote(run, "org", CERTAIN, "shares move")
    elif verb in _STATES and _is_limit(places, run.last + 1):
        yield Vote(run, "org", CERTAIN, "price at its limit")


def _is_limit(places: Places, index: int) -> bool:
    """Whether "limit-up" or "limit down" stands at a word, in one or in several."""
    if places.word(index) in _LIMITS:
        return True
    behind = index + 1 + (places.word(index + 1) == "-")
    return places.word(index) == "limit" and places.word(behind) in ("up", "down")
