"""Persons named apart from the words that tell of them: behind a colon, or as the subject of the main clause.

"Acme picked a familiar face to fill the post: its treasurer, Jane Roe"; "has found a chairman in Jane Roe";
"Named chief executive in May, Jane Roe has cut costs".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.complement_titles import office_of
from pipeline.extract.enumerations import coordinated_names
from pipeline.extract.listed import begins_clause
from pipeline.extract.name_words import HONORIFICS
from pipeline.extract.persons import pronoun

if TYPE_CHECKING:
    from spacy.tokens import Token

    from pipeline.extract.mentions import Name, Window
    from pipeline.extract.triggers import Trigger
    from pipeline.extract.view import View

_COLONS = frozenset({":", "—", "–", "-", "--"})
_DESCRIPTION = 12  # words from a colon to the name: "his longtime deputy at the rail unit, Jane Roe"
_DETERMINERS = frozenset({"its", "their", "his", "her"})
_PLACE = 8  # words of the place of an office: "a president for its troubled shipping arm: Jane Roe"
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})


def named_behind_colon(window: Window, trigger: Trigger) -> list[Name]:
    """The persons behind the only colon of a sentence, nothing but a description between; no clause of its own."""
    sentence = window.sentence_of(trigger.head)
    pauses = [i for i in range(trigger.last + 1, sentence.last) if window.words[i] in (":", "—", "–", "--")]
    if len(pauses) > 1 or any(begins_clause(window, trigger, i) for i in range(trigger.last + 1, sentence.last)):
        return []
    if pauses:
        return described_names(window, pauses[0] + 1, sentence.last)
    return _run_at_end(window, trigger)


def _run_at_end(window: Window, trigger: Trigger) -> list[Name]:
    """Two or more names that end a sentence behind a comma: "Two directors have left Acme, Jane Roe and Joe Kim."."""
    sentence = window.sentence_of(trigger.head)
    for name in window.names_in(trigger.last + 1, sentence.last, "person"):
        run = coordinated_names(window, name)
        closed = all(window.doc[i].is_punct or window.doc[i].is_space for i in range(run[-1].last, sentence.last))
        return run if len(run) > 1 and closed and window.words[name.first - 1] == "," else []
    return []


def holders_found(window: Window, trigger: Trigger) -> list[Name]:
    """The persons that an office found or had at last is told of: "a chairman: Roe", "a chairman, Roe", "in Roe"."""
    doc, limit = window.doc, window.sentence_of(trigger.head).last
    office = office_of(window, trigger)
    if office is None or office.mention.plural or office.former:
        return []
    index = max(office.last, trigger.last + 1)
    if index < limit and window.lows[index] in ("of", "at", "for"):
        while index < limit and window.words[index] not in _COLONS and window.words[index] != ",":
            if index - office.last > _PLACE or doc[index].tag_.startswith("VB"):
                return []
            index += 1
    again = window.lows[trigger.last] in ("a", "an")  # "again has a treasurer, Roe"
    owned = again or {token.lower_ for token in doc[trigger.head + 1 : office.first + 1]} & _DETERMINERS
    paused = window.words[index] in _COLONS or window.lows[index] == "in"
    if index + 1 >= limit or not (paused or (window.words[index] == "," and owned)):
        return []  # "the police found a bank manager, Roe, in his car"
    if window.lows[index] == "in" and not (index + 1 in window.name_at or index + 1 in window.title_at):
        return []  # "found a director in the small hours, Roe said"
    return described_names(window, index + 1, limit)[:1]


def described_names(window: Window, index: int, limit: int) -> list[Name]:
    """The persons that a description without a verb leads to: "his deputy of 11 years, Jane Roe"."""
    for at in range(index, min(index + _DESCRIPTION, limit)):
        name = window.name_at.get(at)
        token = window.doc[at]
        if name is not None and name.kind == "person":
            owner = name.last < limit and window.lows[name.last] in _POSSESSIVE
            return [] if owner else coordinated_names(window, name)
        if name is None and at not in window.title_at:
            if token.tag_.startswith("VB") or token.lower_ in ("who", "which", "that", "and", "to"):
                return []
            if token.text in (":", ";", '"', "“"):
                return []
    return []


def described_person(window: Window, index: int, limit: int) -> Name | None:
    """The one that a description is of: "former banker Jane Roe", "the head of retail, Jane Roe"; not "a friend of"."""
    found = described_names(window, index, limit)
    if not found or (found[0].last < limit and window.lows[found[0].last] in _SAYING):
        return None
    before = found[0].first - 1
    if window.lows[before].rstrip(".") in HONORIFICS:
        before -= 1
    named = before < index or before in window.title_at or window.doc[before].tag_ in _DESCRIBING_TAGS
    return found[0] if named or window.words[before] in (",", ":", "—", "–") else None


_DESCRIBING_TAGS = frozenset({"NN", "NNS", "NNP", "JJ"})
_SAYING = frozenset("said says say told added noted confirmed announced".split())


def subject_of_main_clause(view: View, window: Window, trigger: Trigger) -> list[Name]:
    """Of whom a participle that opens the sentence is said: "Handed the presidency in May, she flew to Oslo"."""
    doc, sentence = window.doc, window.sentence_of(trigger.head)
    first = sentence.first
    while first < trigger.head and (doc[first].tag_ == "RB" or window.words[first] in ('"', "“")):
        first += 1
    if first != trigger.head or not _is_participle(doc[trigger.head]):
        return []
    for index in range(trigger.last + 1, sentence.last - 1):
        if window.words[index] in (":", ";", "."):
            return []
        if window.words[index] != ",":
            continue
        ahead = index + 1
        title = window.title_at.get(ahead)
        ahead = title.last if title is not None else ahead
        name = window.name_at.get(ahead)
        if name is not None and name.kind == "person" and name.last < sentence.last:
            return [name] if _acts(window, name) else []
        if window.lows[ahead] in ("he", "she"):
            found = pronoun(view, window, doc[ahead])
            return [found] if found is not None else []
    return []


def _is_participle(verb: Token) -> bool:
    return verb.tag_ in ("VBN", "VBD", "VBG") or verb.lower_ in ("let", "put", "cut")


def _acts(window: Window, name: Name) -> bool:
    """Whether a name is a subject: a verb, an adverb or an aside follows, not "and", "'s" or another name."""
    behind = window.doc[name.last]
    return behind.tag_ in ("VBD", "VBZ", "VBP", "MD", "RB") or behind.text in (",", "(")
