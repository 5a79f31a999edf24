"""Who speaks as "I" in a letter, note or post: who signs it, or says at its beginning who they are."""

from __future__ import annotations

import re

from pipeline.names import is_given_name

_LEAST = 2  # how often a text must say "I" outside quotations for a signature to tell who that is
_LAST_LINES = 3  # a signature, then perhaps a title and an organisation
_TOP = 400  # characters in which somebody says who they are
_I = re.compile(r"\b(?:I|I['’](?:m|ve|ll|d)|[Mm]y)\b")
_QUOTED = re.compile(r"\"[^\"\n]*\"|“[^”\n]*”")
_PART = r"[^\W\d_a-zß-öø-ÿ][\w'’-]+"
GREETED = re.compile(
    r"^\W{0,3}(?:Dear|Hi|Hello|Good (?:morning|afternoon)|Team|Colleagues|Friends)\b[^\n.]{0,40}[,:!–—-]\s*$",
    re.MULTILINE,
)  # a line that opens a letter
_FULL = rf"{_PART}(?: [A-Z]\.)?(?: (?:de |del |van |von |bin |al-)?{_PART}){{1,3}}"
_CLOSED = re.compile(
    r"^(?:With (?:\w+ ){0,3}(?:thanks|gratitude|love|regards|best wishes|appreciation)|(?:Many )?[Tt]hanks(?: again)?|"
    r"Thank you(?: all)?|(?:(?:Kind|Best|Warm|Warmest) )?[Rr]egards|Best(?: wishes)?|(?:Yours )?[Ss]incerely|"
    r"Yours(?: faithfully| truly)?|Cheers|Love|Warmly|Onwards?|All the best|In solidarity|Respectfully|Gratefully|"
    rf"Take care)[,.!]?\s*\n+\s*[-–—]*\s*({_PART}(?: {_PART}){{0,3}})[ ,]*$",
    re.MULTILINE,
)
_SIGNED = re.compile(rf"^[-–—]*\s*({_FULL})(?:,[^\n.]{{3,60}})?$")
_SELF = re.compile(rf"\b(?:I['’]m|I am|[Mm]y name is|[Mm]y name['’]s) ({_FULL})(?=[,.]| and\b)")


def find_signer(text: str) -> str | None:
    """The full name of whoever says "I" in a text; none where nobody is named or it hardly says "I"."""
    said = len(_I.findall(_QUOTED.sub("", text)))
    if said < _LEAST and not (said and GREETED.search(text)):
        return None
    told = _SELF.search(text, 0, _TOP)
    if told is not None and is_given_name(told[1].split()[0]):
        return told[1]
    closed = _CLOSED.search(text)
    if closed is not None:
        return _in_full(text, closed[1])
    lines = [line.strip(" *_") for line in text.rstrip().split("\n") if line.strip(" *_")]
    for line in reversed(lines[-_LAST_LINES:]):
        signed = _SIGNED.match(line)
        if signed is not None and is_given_name(signed[1].split()[0]):
            return signed[1]
    return None


def _in_full(text: str, signed: str) -> str | None:
    """The full name in a text of who signs with a given name only: "Carol", of "Carol Oster, the editor"."""
    if " " in signed:
        return signed if is_given_name(signed.split()[0]) else None
    found = re.search(rf"\b{re.escape(signed)} (?:[A-Z]\. )?({_PART})", text)
    return found[0] if found is not None and is_given_name(signed) else None
