"""Who acts in a clause that "after", "as" or "when" opens, by its words: "after Roe, its treasurer, resigned".

The parse often reads the opener as a preposition and gives the verb to the clause before.
"""

from __future__ import annotations

from pipeline.extract.enumerations import begins_with_phrase, coordinated_names
from pipeline.extract.guards import is_hyphened
from pipeline.extract.mentions import Name, Window
from pipeline.extract.name_words import HONORIFICS

_OPENERS = frozenset(
    "after before as when while since until because although though once if where whereas that but".split()
)
_HELPERS = frozenset(
    "has have had is are was were be been being will would may might could should can must 's ’s 'd ’d 'll ’ll to not "
    "n't n’t did does do".split()
)
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_ASIDE = 26  # words put in between a name and its verb
_PHRASE = 14  # words of a phrase before a name: "the bank's long-time treasurer and head of retail,"
_PHRASE_TAGS = frozenset({"DT", "PRP$", "JJ", "JJS", "NN", "NNS", "NNP", "NNPS", "POS", "CD", "HYPH"})
_CLOSING = {",": ",", ")": "(", "–": "–", "—": "—"}


def subjects_behind_opener(window: Window, head: int, inherited: bool) -> list[Name]:
    """The persons who are the subject of a finite verb by the words before it; none where no opener tells a clause.

    Args:
        window: Holds the verb.
        head: Its token index.
        inherited: Whether the parse gives the verb no subject of its own; then "and" opens a clause too.
    """
    first = window.sentence_of(head).first
    near = _before_verb(window, head, first)
    if near is None:
        return []
    name = window.name_at.get(near)
    if name is not None and name.kind == "org" and window.lows[name.first - 1] in ("from", "of", "at"):
        name = window.name_at.get(name.first - 2)  # "after Roe from Acme resigned"
    others = {";", "("} if inherited else set()
    if inherited and begins_with_phrase(window, first):
        others.add(",")
    if name is not None:
        return _run_up_to(window, name, first, others) if name.kind == "person" else []
    opening = _CLOSING.get(window.words[near])
    return _before_aside(window, near, opening, first, inherited) if opening is not None else []


def _run_up_to(window: Window, last: Name, first: int, others: set[str]) -> list[Name]:
    """The enumeration that ends with a name, if an opener stands before it: "after Roe and the treasurer, Kim,"."""
    if _opened(window, last, first, set()):
        return [last]
    for other in window.names_in(first, last.first, "person"):
        run = coordinated_names(window, other)
        if any(member is last for member in run) and _opened(window, other, first, others):
            return run[: next(at for at, member in enumerate(run) if member is last) + 1]
    return [last] if _opened(window, last, first, others) else []


def _before_verb(window: Window, head: int, first: int) -> int | None:
    """The last word before a verb, its helpers and its adverbs; None where none of them is finite."""
    index, finite = head, window.doc[head].tag_ in _FINITE
    while index > first and (window.lows[index - 1] in _HELPERS or window.doc[index - 1].tag_ == "RB"):
        index -= 1
        finite = finite or window.doc[index].tag_ in _FINITE
    return index - 1 if finite and index > first else None


def _before_aside(window: Window, near: int, opening: str, first: int, inherited: bool) -> list[Name]:
    """The subjects before a closing comma: "Roe, its treasurer," or "its treasurer, Roe,"."""
    others = {"and", ";", "("} if inherited else set()
    if inherited and begins_with_phrase(window, first):
        others.add(",")
    for index in range(near - 1, max(near - _ASIDE, first), -1):
        if window.words[index] in ('"', "“", "”"):
            return []
        name = window.name_at.get(index)
        if name is None or name.kind != "person" or name.last - 1 != index:
            continue
        if name.last == near:  # "the treasurer, Roe,"
            told = window.words[name.first - 1] == "," and _title_up_to(window, name.first - 2) is not None
            run = _run_up_to(window, name, first, others) if opening == "," and told else []
        else:
            run = _run_up_to(window, name, first, others) if window.words[name.last] == opening else []
        if run:
            return run
    return []


def _title_up_to(window: Window, index: int) -> int | None:
    """The last word of a title that ends at a word, its employer told or not: "the treasurer of Acme"; None if none."""
    if index in window.title_at:
        return index
    firm = window.name_at.get(index)
    if firm is None or firm.kind != "org":
        return None
    link = firm.first - 1 - (window.lows[firm.first - 1] == "the")
    return link - 1 if window.lows[link] in ("of", "at", "for") and link - 1 in window.title_at else None


def opening_word(window: Window, name: Name, first: int) -> tuple[str, int]:
    """The word before the phrase that a name ends, and its index: "after" of "after the bank's treasurer, Roe".

    An empty word where another person stands in the phrase.
    """
    index = name.first - 1
    if index > first and window.words[index] == "," and (office := _title_up_to(window, index - 1)) is not None:
        index = office
    limit = max(first, name.first - _PHRASE)
    while index > limit:
        title = window.title_at.get(index)
        if title is not None:
            index = title.first - 1
            continue
        joined = window.lows[index] in ("and", "&") and index - 1 in window.title_at and index + 1 in window.title_at
        word = window.lows[index]
        described = window.doc[index].tag_ in _PHRASE_TAGS or is_hyphened(window, index)
        if word in _OPENERS or not (joined or described or word.rstrip(".") in HONORIFICS):
            break
        other = window.name_at.get(index)
        if other is not None and other.kind == "person":
            return "", index
        index -= 1
    return window.lows[index], index


def _opened(window: Window, name: Name, first: int, others: set[str]) -> bool:
    """Whether an opener stands before the phrase that a name ends: "after the bank's treasurer, Roe"."""
    word, index = opening_word(window, name, first)
    if window.lows[index - 1 : index + 1] == ["well", "as"]:
        return False
    if word in ("as", "that", "since", "until", "before", "after", "but") and index == first:
        return word in ("as", "since", "until", "before", "after")
    return word in _OPENERS or word in others


_ASIDE = 30  # words of "whose fund returned 214 per cent over a decade"
_SAYING = frozenset("said says told tells announced claimed reported wrote added confirmed".split())
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def told_aside(window: Window, verb: int) -> Name | None:
    """The person that opens a sentence and of whom a clause with "who" or "whose" tells up to a past verb's comma.

    "Roe, whose brother Kim is a director of the firm, quit last month": the parse makes Kim the one who quit.
    """
    doc, sentence = window.doc, window.sentence_of(verb)
    if window.words[verb - 1] != "," or doc[verb].tag_ not in ("VBD", "VBN", "VBZ") or verb - 1 <= sentence.first:
        return None
    name = next(iter(window.names_in(sentence.first, verb, "person")), None)
    if name is None or not 0 < verb - name.last <= _ASIDE or window.words[name.last] != ",":
        return None
    if window.lows[name.last + 1] not in ("who", "whose", "whom"):
        return None
    if any(doc[index].tag_ in _FINITE for index in range(sentence.first, name.first)):
        return None
    aside = window.lows[name.last + 1 : verb - 1]
    finite = any(doc[index].tag_ in _FINITE for index in range(name.last + 1, verb - 1))
    if not finite or not _SAYING.isdisjoint(aside) or _goes_on(window, verb, sentence.last):
        return None
    last = doc[verb - 2]  # "whose deputy, Kim, quit" goes on to the main verb; so does "who ran it, and the"
    return name if "," not in aside or last.i not in window.name_at or last.tag_ == "POS" else None


def _goes_on(window: Window, verb: int, limit: int) -> bool:
    """Whether another verb follows a comma behind one: "Roe, whose boss, Kim, quit in May, has said"."""
    behind = range(verb + 1, limit - 1)
    return any(window.words[index] == "," and window.doc[index + 1].tag_ in _FINITE for index in behind)
