"""Trees of passives that a day divides: "was on Friday elected chairman", "were, on March 3, dismissed".

The parser makes the participle part of what follows ("elected chairman" as "retired teacher") or of the day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from spacy.attrs import DEP, HEAD, TAG

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_DAYS = "Mon(?:day)?|Tues(?:day)?|Wed(?:nesday)?|Thurs(?:day)?|Fri(?:day)?|Sat(?:urday)?|Sun(?:day)?"
_MONTHS = (
    "Jan(?:uary)?|Feb(?:ruary)?|March|April|May|June|July|Aug(?:ust)?|Sept(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|"
    "Dec(?:ember)?"
)
_DIVIDED = re.compile(
    rf"\b(?P<be>was|were|been|is|are|be),? (?:late |early )?(?:on|in) (?:the )?(?:\d{{1,2}}(?:st|nd|rd|th)? )?"
    rf"(?:{_DAYS}|{_MONTHS})\b\.?(?: (?:night|morning|afternoon|evening|last|\d{{1,2}}(?:st|nd|rd|th)?|,? ?\d{{4}}))*,?"
    rf"(?: [a-z]+ly)? (?P<verb>(?:re-)?[a-z]+)\b"
)
_SUBJECTS = {"nsubj": "nsubjpass", "csubj": "csubjpass", "attr": "oprd", "acomp": "oprd"}


def join_divided_passives(doc: Doc) -> None:
    """Make the participle the verb of its clause, its auxiliary and subject its children, the noun its complement."""
    for be, verb in list(_pairs(doc)):
        _join(doc, be, verb)


def _pairs(doc: Doc) -> Iterator[tuple[Token, Token]]:
    for match in _DIVIDED.finditer(doc.text):
        be, verb = doc.char_span(*match.span("be")), doc.char_span(*match.span("verb"))
        if be is None or verb is None or len(verb) != 1:
            continue
        participle = verb[0].tag_ in ("VBN", "VBD") or verb[0].dep_ == "acl"
        if participle and not any(child.dep_ == "auxpass" for child in verb[0].children):
            yield be[0], verb[0]


def _join(doc: Doc, be: Token, verb: Token) -> None:
    """`verb` takes the place of `be` in the tree."""
    heads = [token.head.i for token in doc]
    deps = [token.dep_ for token in doc]
    complement = verb.head if verb.dep_ == "amod" and verb.head.i > verb.i else None
    if verb not in be.ancestors:
        heads[verb.i], deps[verb.i] = (verb.i if be.head == be else be.head.i), be.dep_
    for child in be.children:
        if child is not verb and child.i != verb.i:
            heads[child.i], deps[child.i] = verb.i, _SUBJECTS.get(child.dep_, child.dep_)
    for child in list(verb.children):
        deps[child.i] = _SUBJECTS.get(child.dep_, "oprd" if child.dep_ == "dobj" else child.dep_)
    if complement is not None:
        for child in complement.lefts:
            if child.i < verb.i:
                heads[child.i] = verb.i
        heads[complement.i], deps[complement.i] = verb.i, "oprd"
    heads[be.i], deps[be.i] = verb.i, "auxpass"
    values: Any = doc.to_array([HEAD, DEP, TAG])
    for token in doc:
        values[token.i] = (_unsigned(heads[token.i] - token.i), doc.vocab.strings.add(deps[token.i]), token.tag)
    values[verb.i][2] = doc.vocab.strings.add("VBN")
    doc.from_array([HEAD, DEP, TAG], values)


def _unsigned(offset: int) -> int:
    return offset % 2**64
