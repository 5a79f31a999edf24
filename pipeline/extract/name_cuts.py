"""Where what the model takes for one name is two: at a comma, a bracket, or a link between two firms."""

from __future__ import annotations

from pipeline.extract.mentions import Window
from pipeline.extract.name_runs import name_data
from pipeline.extract.name_words import SUFFIXES, is_org_tail
from pipeline.names import is_given_name


def comma_before_person(window: Window, first: int, last: int) -> int:
    """The comma in "At Acme, Jane Roe" that the model took for one organisation; 0 if there is none."""
    comma = next((i for i in range(first + 1, last - 1) if window.words[i] == ","), 0)
    words = window.doc[comma + 1 : last]
    if not comma or not 2 <= len(words) <= 3 or not all(w.is_alpha and w.text[0].isupper() for w in words):
        return 0
    if is_org_tail(words[-1].text) or words[-1].lower_ in SUFFIXES:
        return 0
    opening = first and window.lows[first - 1] == "at" and last < len(window.words) and window.words[last] != ","
    return comma if opening or is_given_name(words[0].text) else 0


def bracket_inside(window: Window, first: int, last: int) -> int:
    """The bracket that a name holds open at its end: in "FWB (Federation of Bakers" the second name begins; else 0."""
    words = window.words[first:last]
    opened = ")" not in words and window.words[last : last + 1] == [")"]
    return next((i for i in range(first + 1, last - 1) if window.words[i] == "("), 0) if opened else 0


def between_firms(window: Window, first: int, last: int) -> int:
    """Where a link stands in what the model took for one name; else 0.

    The "to" of "moved from Bolt to Acme", the "for" of "leaves Bolt for Acme"; not in "left the Centre for Policy".
    """
    before = window.lows[first - 1] if first else ""
    if before == "from":
        return next((index for index in range(first + 1, last - 1) if window.words[index] == "to"), 0)
    if before not in _LEFT or window.lows[first] in name_data("institutions"):
        return 0
    link = next((index for index in range(first + 1, last - 1) if window.words[index] == "for"), 0)
    return link if link and window.lows[link - 1] not in name_data("heads") | name_data("institutions") else 0


_LEFT = frozenset("leaves left leave leaving quits quit exits exited departs departed".split())
