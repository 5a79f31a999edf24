"""What the model cannot read, spelt as it can: forms of address, stars of bold, typed dashes; no offset moves.

Of "Engr. Bashir Gumel" it makes two sentences' worth of words, of "Dato' Rashid Omar" a quotation; "Prof. Bashir
Gumel" and "Datuk Rashid Omar" it reads. The names themselves stay as they are.
"""

from __future__ import annotations

import re

_BY_LENGTH = {3: "Dr.", 4: "Rev.", 5: "Prof."}
_ADDRESS = re.compile(
    r"(?<![\w.])(?:(?P<dato>Dato['’])|(?:Engr|Barr|Surv|Arch|Adv|Alh|Arc|Amb|Pst|Hon|Bro|Cde|Ir|Ts|Er|Ar|Fr|Br)\.|H\.[EH]\.)"
    r"(?= (?:Dr\.? |\(?[A-Z]))"
)


def with_known_addresses(text: str) -> str:
    """A text with its forms of address spelt as the model knows them, as long as before."""
    return _ADDRESS.sub(lambda found: "Datuk" if found["dato"] else _BY_LENGTH[len(found[0])], text)


_TYPED_DASH = re.compile(r"(?<=[\w.,)\]%\"”’'])--(?=[\w\"“‘'$£€(])")


def with_printed_dashes(text: str) -> str:
    """A text with a printed dash for two hyphens between words: of "Corp.--which" the model makes a single word.

    What a firm is, between its name and a verb, gets commas: "Acme -- the largest maker -- named Roe treasurer".
    """
    return _ASIDE.sub(_between_commas, _TYPED_DASH.sub("— ", text))


_ASIDE = re.compile(
    r"(?<=[\w.)])(?P<dash>— | (?:—|–|--) )(?P<aside>(?:the|an?|which|who|whose|its|one of) [^—–,.;:()\n]{3,60}?)"
    r"(?P=dash)(?=(?:[a-z]+ed|said|says|has|had|have|will|would|was|is|were|are|chose|told)\b)"
)


def _between_commas(found: re.Match[str]) -> str:
    comma = {2: ", ", 3: " , ", 4: " ,  "}[len(found["dash"])]
    return f"{comma}{found['aside']}{comma}"


_BOLD = re.compile(r"(?P<line>^[ \t>•-]*)?\*\*(?=\S)(?P<words>[^*\n]{2,80}?)(?<=\S)\*\*(?![\w*])", re.MULTILINE)
_LABELLED = re.compile(r"[:|]|[ \t]+(?:[-–—|:]|[A-Z])|\s*$", re.MULTILINE)


def without_bold(text: str) -> str:
    """A text with blanks for the stars of bold words inside a sentence; those around a label stay."""
    return _BOLD.sub(lambda found: found[0] if _is_label(text, found) else _blanked(found), text)


def _is_label(text: str, found: re.Match[str]) -> bool:
    """Whether bold words open a line and its news follows: "**Acme** Jane Roe joins", "**Acme:** ..."."""
    opens = found["line"] is not None
    return opens and (found["words"].endswith(":") or _LABELLED.match(text, found.end()) is not None)


def _blanked(found: re.Match[str]) -> str:
    return f"{found['line'] or ''}  {found['words']}  "
