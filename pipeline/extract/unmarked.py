"""Organisations that the model left unmarked or took for places or persons, found by what is said of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pipeline.extract.mentions import Name, Window
from pipeline.extract.name_words import is_area_name
from pipeline.names import gender_hint
from pipeline.titles.lexicon import lexicon

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_KINDS = frozenset(
    [
        "agency",
        "airline",
        "app",
        "automaker",
        "bank",
        "biotech",
        "brewer",
        "brokerage",
        "builder",
        "carmaker",
        "chain",
        "charity",
        "club",
        "company",
        "consultancy",
        "developer",
        "fund",
        "firm",
        "group",
        "grocer",
        "insurer",
        "lab",
        "laboratory",
        "label",
        "lender",
        "maker",
        "manufacturer",
        "newspaper",
        "platform",
        "provider",
        "publisher",
        "retailer",
        "rival",
        "start-up",
        "startup",
        "studio",
        "union",
        "website",
    ]
)
_HIRES = frozenset(
    [
        "appointed",
        "appoints",
        "hired",
        "hires",
        "named",
        "names",
        "promoted",
        "promotes",
        "recruited",
        "recruits",
        "elected",
        "elects",
        "ousted",
        "ousts",
        "fired",
        "fires",
        "poached",
        "poaches",
        "tapped",
        "taps",
        "loses",
        "lost",
    ]
)
_JOINS = frozenset(
    [
        "joined",
        "joins",
        "joining",
        "rejoined",
        "rejoins",
        "left",
        "leaves",
        "leaving",
        "quit",
        "quits",
        "founded",
        "co-founded",
    ]
)
_OFFICES = frozenset(
    [
        "board",
        "boss",
        "ceo",
        "cfo",
        "chair",
        "chairman",
        "chairwoman",
        "chief",
        "co-founder",
        "coo",
        "cto",
        "director",
        "editor",
        "founder",
        "head",
        "managing",
        "president",
    ]
)
_WHOLE_FIRM = frozenset("chairman chairwoman chair chairperson president ceo founder co-founder".split())
_NOT_NAMES = frozenset(
    [
        "i",
        "he",
        "she",
        "it",
        "they",
        "we",
        "you",
        "the",
        "a",
        "an",
        "in",
        "on",
        "at",
        "as",
        "but",
        "and",
        "for",
        "with",
        "after",
        "before",
        "when",
        "while",
        "if",
        "today",
        "yesterday",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "ceo",
        "cfo",
        "coo",
        "cto",
        "mr",
        "mrs",
        "ms",
        "dr",
        "sir",
        "board",
        "company",
        "group",
    ]
)
_LONGEST = 4


def mark_unmarked(windows: Sequence[Window]) -> None:
    """Mark such organisations wherever the article names them again."""
    forms: set[tuple[str, ...]] = set()
    for window in windows:
        for first, last in _told(window):
            forms.add(tuple(token.text for token in window.doc[first:last]))
    if not forms:
        return
    for window in windows:
        for form in sorted(forms, key=lambda form: (-len(form), form)):
            _mark(window, form)
        window.names.sort(key=lambda name: name.first)


def _told(window: Window) -> Iterator[tuple[int, int]]:
    """Capitalised runs that the sentence treats as an organisation."""
    index = 0
    while index < len(window.doc):
        last = _run(window, index)
        if last > index:
            if _is_told(window, index, last):
                yield index, last
            index = last
        else:
            index += 1


def _run(window: Window, first: int) -> int:
    """Where a run of capitalised words ends that is no organisation yet; `first` itself if there is none."""
    doc, sentence = window.doc, window.sentence_of(first)
    last = first
    while last < sentence.last and last - first < _LONGEST and _nameable(window, doc[last], last == sentence.first):
        last += 1
    return last


def _nameable(window: Window, token: Token, opens: bool) -> bool:
    if not token.text[0].isupper() or not token.is_alpha or token.lower_ in _NOT_NAMES | _OFFICES:
        return False
    if opens and token.tag_ not in ("NNP", "NNPS"):
        return False
    name = window.name_at.get(token.i)
    return name is None or name.weak or (name.kind == "person" and name.honorific is None)


def _is_told(window: Window, first: int, last: int) -> bool:
    doc, sentence = window.doc, window.sentence_of(first)
    names = {id(window.name_at[i]): window.name_at[i] for i in range(first, last) if i in window.name_at}
    person = any(name.kind == "person" for name in names.values())
    if any(name.first < first or name.last > last for name in names.values()):
        return False
    place = any(name.weak for name in names.values())
    if sentence.kind == "heading" or (person and gender_hint(doc[first:last].text + " Roe") is not None):
        return False
    before = doc[first - 1] if first > sentence.first else None
    after = [doc[i] for i in range(last, min(last + 7, sentence.last))]
    long_person = any(name.kind == "person" and name.last - name.first > 1 for name in names.values())
    if before is not None and _is_kind(doc, before) and not long_person:
        return True
    if before is not None and _of_whole_firm(doc, before) and not long_person:
        return _is_firm(doc[first:last], place and len(names) == 1)
    if _described(after):
        return not place
    if person:
        return False
    if _hires(window, after, last):
        return True
    if place:
        return False
    if before is not None and before.lower_ in _JOINS:
        return True
    return bool(after) and after[0].lower_ in ("'s", "’s") and any(token.lower_ in _OFFICES for token in after[1:4])


def _of_whole_firm(doc: Doc, before: Token) -> bool:
    """ "chairman of Acme", "chief executive of Acme": offices that a unit has not."""
    if before.lower_ not in ("of", "at") or before.i < 2:
        return False
    office, earlier = doc[before.i - 1].lower_, doc[before.i - 2].lower_
    if office in ("officer", "executive"):
        return earlier in ("executive", "chief")
    return office in _WHOLE_FIRM and earlier not in ("vice", "-")


def _is_firm(words: Span, place: bool) -> bool:
    """Whether what somebody is chairman of is a firm: no part of the world, and not only areas of work."""
    return not is_area_name(words.text) and (not place or any(word.lower_ in lexicon().areas for word in words))


def _is_kind(doc: Doc, before: Token) -> bool:
    """ "the software maker Acme", "the start-up Acme"; "its rival Kim" may be a person."""
    if before.lower_ == "up" and before.i > 1 and doc[before.i - 2].lower_ == "start":
        return True
    return before.lower_ in _KINDS and before.lower_ != "rival"


def _described(after: Sequence[Token]) -> bool:
    """ "Acme, a chain of noodle bars", "Acme, the software maker that"; not "Roe, the company lawyer"."""
    words = [token.lower_ for token in after]
    if words[:1] != [","] or words[1:2] not in (["a"], ["an"], ["the"]):
        return False
    kinds = [number for number, word in enumerate(words[:-1]) if word in _KINDS]
    return bool(kinds) and words[kinds[0] + 1] in (
        ",",
        "of",
        "that",
        "which",
        "based",
        "in",
        "with",
        "behind",
    )


def _hires(window: Window, after: Sequence[Token], last: int) -> bool:
    """ "Acme has named Jane Roe": a verb of hiring behind the run and a person behind the verb."""
    verbs = [t for t in after[:2] if t.lower_ in _HIRES]
    if not verbs or (verbs[0].i > last and after[0].lower_ not in ("has", "had", "have", "also")):
        return False
    ahead = range(verbs[0].i + 1, min(verbs[0].i + 8, window.sentence_of(last).last))
    names = [window.name_at[i] for i in ahead if i in window.name_at]
    return bool(names) and names[0].kind == "person"


def _mark(window: Window, form: tuple[str, ...]) -> None:
    """Mark every occurrence of a form; marks of places and one-word persons in it give way."""
    doc, size = window.doc, len(form)
    for first in range(len(doc) - size + 1):
        if doc[first].text != form[0] or tuple(token.text for token in doc[first : first + size]) != form:
            continue
        there = {id(window.name_at[i]): window.name_at[i] for i in range(first, first + size) if i in window.name_at}
        if any(not (name.weak or name.kind == "person") or name.honorific for name in there.values()):
            continue
        if any(name.first < first or name.last > first + size for name in there.values()):
            continue
        window.names[:] = [name for name in window.names if id(name) not in there]
        mark = Name("org", first, first + size, doc[first : first + size].text)
        window.names.append(mark)
        for index in range(first, first + size):
            window.name_at[index] = mark
