"""The day on which a move was announced, told in the next sentences: "The bank made the announcement on Monday"."""

from __future__ import annotations

import re

from pipeline.extract.candidates import Candidate
from pipeline.extract.dates import find_dates, resolve_date
from pipeline.extract.view import View
from pipeline.extract.when import When

_REACH = 320  # characters: about two sentences
_SCORE = 4.0  # below a date of effect
_ANY = "announcement|move|decision|news|change|changes|switch|reshuffle|shake-up|shakeup|transition"
_GAINS = "appointment|appointments|promotion|hiring|hire|election|nomination|selection|recruitment"
_LOSSES = "resignation|departure|retirement|exit|dismissal|sacking|firing|removal|ouster|death|suspension"
_TOLD = "announced|made|disclosed|confirmed|revealed|unveiled|published|communicated|broken|shared|released"
_THE = r"(?:the|his|her|their|this) (?:\w+ )?"
_NOUN = rf"{_ANY}|{_GAINS}|{_LOSSES}"
_OPENS = r"(?:^|(?<=[.!?\"”’] )|(?<=\n))"
_TAIL = r"[^.;\n]{0,60}"
_SAID = re.compile(
    rf"(?i){_OPENS}{_THE}(?P<noun>{_NOUN})(?: of [^.,;\n]{{2,40}})?,? (?:(?:was|were|has been|had been)"
    rf"(?: first| officially| formally| publicly)? (?:{_TOLD})|came|broke)\b(?P<tail>{_TAIL})"
    rf"|{_OPENS}[^.;\n]{{2,50}}? (?:{_TOLD}) (?:public )?{_THE}(?P<object>{_NOUN})\b(?P<behind>{_TAIL})"
)


def day_announced_next(view: View, candidate: Candidate) -> When | None:
    """The day of announcement of a move whose own sentence gives none; None where the next ones tell of others."""
    start = candidate.window.sentences[candidate.sentence].end
    match = _SAID.search(view.text, start, start + _REACH)
    if match is None or _others_between(view, candidate, start, match.end()):
        return None
    noun = (match["noun"] or match["object"]).lower()
    other = _LOSSES if candidate.direction == "in" else _GAINS
    if noun in other.split("|"):
        return None
    tail = match["tail"] or match["behind"] or ""
    for mention in find_dates(tail)[:1]:
        resolved = resolve_date(mention.text, view.published, "past")
        past = resolved is not None and (view.published is None or resolved.date <= view.published)
        if resolved is not None and past and resolved.precision == "day":
            return When(resolved, _SCORE)
    return None


def _others_between(view: View, candidate: Candidate, start: int, end: int) -> bool:
    """Whether anybody else is named before or where the announcement is told."""
    return any(
        start <= position < end
        for number, person in enumerate(view.people.persons)
        if number != candidate.person.entity
        for position in person.positions
    )
