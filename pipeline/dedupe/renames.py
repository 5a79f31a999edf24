"""Statements that a company changed its name, as articles make them: "Bluepond, formerly Kessler Data"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

# A name is up to five capitalised words, with small joints inside.
_NAME = r"[A-Z0-9][\w&.'’-]*(?: (?:of |and |& |de )?[A-Z0-9][\w&.'’-]*){0,4}"
_CUE = re.compile(r"formerly|previously|renam|chang\w+ its name|its new name|is (?:now )?called|rebrand|now known as")
_STATEMENTS = tuple(
    re.compile(pattern.replace("NAME", _NAME))
    for pattern in (
        r"(?P<new>NAME),? \(?(?:formerly|previously)(?: known as| called| named)? (?P<old>NAME)",
        r"(?P<old>NAME),? (?:has |had |was |is being |will be |been )*renamed(?: itself| as)? (?P<new>NAME)",
        r"(?P<old>NAME),? (?:has |had |will |is )*chang\w+ its name to (?P<new>NAME)",
        r"(?P<old>NAME),? (?:has |had |was |is |will )*rebrand\w*(?: itself)? as (?P<new>NAME)",
        r"(?P<old>NAME),? (?:is|was|will be)(?: now)? (?:called|known as) (?P<new>NAME)",
    )
)
_LONGEST = 400  # characters of a sentence around a cue that are looked at
_MOST_CUES = 50  # of one text


def stated_renames(text: str) -> Iterator[tuple[str, str]]:
    """Pairs of names that a text gives one company; what only looks like a statement is among them."""
    for cue in islice(_CUE.finditer(text), _MOST_CUES):
        start = max(text.rfind("\n", 0, cue.start()), cue.start() - _LONGEST) + 1
        stretch = text[start : cue.end() + _LONGEST].split("\n")[0]
        for pattern in _STATEMENTS:
            for match in pattern.finditer(stretch):
                yield match["new"].rstrip(".,'’-"), match["old"].rstrip(".,'’-")
