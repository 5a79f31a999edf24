"""A name on a line of its own, and a sentence without subject below: "Jane Roe, Acme" over "Joins as treasurer"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.extract.mentions import Name, Sentence, Window
    from pipeline.extract.triggers import Trigger

_HELPERS = frozenset("has have had been is are was were will to be newly now also just recently".split())
_MOST_HELPERS = 3
_LONGEST_LINE = 12  # words of the line above: a name, an employer, an office
_BEFORE_NAME = 3  # words before the name: a number, "**"
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def named_on_line_above(window: Window, trigger: Trigger) -> Name | None:
    """The person of whom a sentence without subject speaks: the only one named on the short line above it."""
    number = window.sentence_at[trigger.head]
    line = window.sentences[number]
    lead = window.lows[line.first : trigger.head]
    if number == 0 or len(lead) > _MOST_HELPERS or not _HELPERS.issuperset(lead):
        return None
    if window.doc[trigger.head].tag_ == "VBN" and not lead and _has_clause(window, trigger.last + 1, line.last):
        return None  # "Appointed in 1901, the mayors wore red"
    above = window.sentences[number - 1]
    if number > 1 and _is_firm(window, above):
        above = window.sentences[number - 2]
    if above.last - above.first > _LONGEST_LINE or "\n" not in window.words[above.last - 1]:
        return None
    names = list(window.names_in(above.first, above.last, "person"))
    if len(names) != 1 or names[0].first - above.first > _BEFORE_NAME or names[0].last - names[0].first < 2:
        return None
    words = window.doc[names[0].last : above.last]
    if any(token.tag_ in _FINITE or token.text in (".", "?", "!", ":") for token in words):
        return None
    return names[0]


def _has_clause(window: Window, first: int, last: int) -> bool:
    """Whether a finite verb stands in a token range, but for one of a relative clause."""
    return any(
        window.doc[index].tag_ in _FINITE and not _RELATIVES & {*window.lows[max(first, index - 2) : index]}
        for index in range(first, last)
    )


_RELATIVES = frozenset({"who", "which", "that", "where"})


def employer_on_line(window: Window, name: Name) -> Name | None:
    """The organisation told beside a name, "Jane Roe, Acme", or on the line below it."""
    number = window.sentence_at[name.first]
    beside = window.names_in(name.last, window.sentences[number].last, "org")
    found = next((other for other in beside if not other.weak), None)
    if found is None and number + 1 < len(window.sentences) and _is_firm(window, window.sentences[number + 1]):
        return window.name_at[window.sentences[number + 1].first]
    return found


def _is_firm(window: Window, line: Sentence) -> bool:
    """Whether a line is an organisation's name and nothing else."""
    name = window.name_at.get(line.first)
    if name is None or name.kind != "org" or name.weak:
        return False
    return all(window.words[index].isspace() for index in range(name.last, line.last))
