"""The organisation that a document speaks for: a filing's registrant, a press release's sender."""

from __future__ import annotations

import re

from pipeline.extract.signers import GREETED

_TOP = 800  # characters of a document in which its letterhead stands
_WORD = r"(?:[A-Z0-9][\w.'’&-]*|plc|ltd|inc|a\.s\.)"
_LISTED = r"[A-Z][A-Za-z ]{1,14}:\s?[A-Z0-9.]{1,10}"  # "ASX: ACM", "Nasdaq: ACME"
_DEFINED = re.compile(
    rf"({_WORD}(?:,?\s(?:{_WORD}|of|and|the|&)){{0,6}}),?\s(?:\({_LISTED}(?:[,;/]\s?{_LISTED}){{0,3}}\),?\s)?"
    rf"\(\s?(?:{_LISTED}[,;]\s)?(?:the\s|[“\"][^)]{{1,30}}or\s(?:the\s)?)?"
    r"[“\"](?:the\s)?(?:Company|Registrant|Corporation|Bank|Group|Issuer|Firm)[,.]?[”\"]"
)
_TERM = re.compile(r"[“\"](?:the\s)?(?:Company|Registrant|Corporation|Bank|Group|Issuer|Firm)[,.]?[”\"]")
_ABOUT = re.compile(r"^\W{0,4}About (?:the )?([A-Z][^\n:]{1,60}?)[:*#\s]*$", re.MULTILINE)
_SMALL = frozenset({"of", "and", "the", "&", "for"})


def find_issuer(text: str) -> str | None:
    """The organisation that a document defines as "the Company", describes at its end, or names in its letterhead."""
    defined = _DEFINED.search(text) if _TERM.search(text) else None  # the first alone takes long
    if defined is not None:
        return _trimmed(defined[1])
    about = [match[1].strip() for match in _ABOUT.finditer(text)]
    named = [name for name in about if _is_named(name) and len(re.findall(rf"\b{re.escape(name)}\b", text)) > 1]
    if len(named) == 1:
        return named[0]
    return _letterhead(text) or _traded(text) or _speaker(text)


_TRADED = re.compile(rf"({_WORD}(?:,?\s(?:{_WORD}|of|and|&)){{0,6}}),?\s\({_LISTED}[^)]{{0,30}}\)")
_OWN_NEWS = re.compile(r"\bthe Company\b|\b(?:today|is pleased to) announced?\b|\badvises\b")


def _traded(text: str) -> str | None:
    """The one firm whose ticker stands near the top of its own news: "Acme Bolt (NYSE: ACM) today announced"."""
    found = {_trimmed(match[1]) for match in _TRADED.finditer(text[:_TOP])}
    return next(iter(found)) if len(found) == 1 and _OWN_NEWS.search(text) else None


def _speaker(text: str) -> str | None:
    """The organisation that a letter or post says "we" for: the one it names with "we", or its last line."""
    we = len(_WE.findall(text)) >= _LEAST_WE
    if not we and GREETED.search(text) is None:
        return None
    said = _WE_AT.search(text) if we else None
    if said is not None:
        return _trimmed(next(name for name in said.groups() if name))
    lines = [line.strip(" *_") for line in text.rstrip().split("\n") if line.strip(" *_")]
    signed = _SIGNED.match(lines[-1]) if len(lines) > 1 and _SIGNER.match(lines[-2]) else None
    return signed[1] if signed is not None else None


_LEAST_WE = 3
_WE = re.compile(r"\b(?:[Ww]e|[Oo]ur|us)\b")
_NAME = r"((?:[A-Z][\w&.'’-]*)(?: (?:of |and |& )?[A-Z][\w&.'’-]*){0,4})"
_WE_AT = re.compile(
    rf"\b[Ww]e at {_NAME}|\bAt {_NAME}, we\b|"
    r"\b[Ww]e(?:['’]re| are) (?:\w+ )?(?:thrilled|excited|proud|pleased|happy|delighted) "
    rf"[^.\n]{{0,40}}?\bthat {_NAME} (?:has|is|will)|\b[Ww]e (?:co-)?founded {_NAME}"
)
_SIGNER = re.compile(r"^[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3}$")
_SIGNED = re.compile(
    r"^(?:[A-Za-z&-]+ ){0,5}?(?:CEO|[Ee]xecutive|[Oo]fficer|President|Chair|Chairman|Chairwoman|Founder|Chancellor|"
    rf"Provost|Director|Principal|Partner|Treasurer|Secretary|Editor|Manager|Head|Governor|Dean|Rector|Warden),? "
    rf"(?:of |at )?(?:the )?{_NAME}$"
)


def _trimmed(name: str) -> str:
    """A defined name without the words that only a sentence's start put before it."""
    return re.sub(r"^(?:The|In|On|At|Of|By|For)\s", "", _DATED.sub("", name))


_DATED = re.compile(
    r"^(?:(?:On|Effective|As of)\s)?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s\d{1,2}"
    r"(?:,\s(?:19|20)\d\d)?,?\s"
)  # "On May 3, 2024, Acme Bolt, Inc. (the "Company")"


def _is_named(name: str) -> bool:
    """Whether a heading's words are all capitalised: "About Acme Robotics", not "About this report"."""
    words = name.split()
    return len(words) <= 5 and all(word[:1].isupper() or word in _SMALL for word in words)


def _letterhead(text: str) -> str | None:
    """A line in capitals near the top that ends in a legal form: "ACME TOOL & DIE CORPORATION"."""
    for line in text[:_TOP].split("\n"):
        name = line.strip(" *#")
        words = name.split()
        if 2 <= len(words) <= 7 and name.isupper() and words[-1].rstrip(".").lower() in _LEGAL:
            return " ".join(word if len(word) < 3 else word.capitalize() for word in words)
    return None


_LEGAL = frozenset("inc corp corporation co company ltd limited plc llc llp ag sa nv asa oyj ab bhd".split())
