"""One office at two organisations: "treasurer of Acme and of its subsidiary, Bolt", "chairman of Acme and Bolt"."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy

from pipeline.extract.common_nouns import common_nouns
from pipeline.extract.company import Choice
from pipeline.extract.event_row import Row
from pipeline.extract.mentions import Name, Window
from pipeline.extract.view import View

_LINKS = frozenset({"of", "at", "for", "with", "the", "both", "to"})
_SURE = 9.0  # score of an organisation that the sentence names beside the office itself
_BEFORE_OTHER = 8  # words between "and" and the second name: "of its wholly owned banking subsidiary,"
_PASSABLE = frozenset("of at for the its their his her our - , both".split())
_DESCRIBING = frozenset({"NN", "JJ", "VBN", "VBG", "RB"})
_PARTS = frozenset("subsidiary unit parent affiliate arm sister company bank group firm holding charity".split())


def rows_of_second_companies(view: View, rows: list[Row]) -> list[Row]:
    """A row more for each second organisation that a row's office is at."""
    made: list[Row] = []
    for row in rows:
        if row.role is None or row.company is None or row.action == "founded":
            continue
        for name in _second_names(view, row):
            other = copy(row)
            other.company = name.entity
            other.choice = Choice(name.entity, _SURE, _SURE, ("role_company",), {name.entity: _SURE, -1: 0.0})
            other.evidence, other.also = list(row.evidence), []
            made.append(other)
    return made


def _second_names(view: View, row: Row) -> Iterator[Name]:
    """The names coordinated with that of a row's company where this stands right behind the office."""
    window, sentence = row.candidate.window, row.candidate.window.sentences[row.candidate.sentence]
    for name in window.names_in(sentence.first, sentence.last, "org"):
        if name.entity == row.company and not name.weak and _is_behind_office(window, name, row):
            other = _coordinated(window, name.last, sentence.last)
            while other is not None and _stands_alone(view, name, other):
                yield other
                other = _coordinated(window, other.last, sentence.last)
            return
    for value in row.candidate.roles:  # "treasurer of the Company and of its subsidiary, Bolt"
        title = value.title
        behind = window.lows[title.last : title.last + 3] if title is not None else []
        if title is not None and behind[:1] in (["of"], ["at"]) and behind[1:2] == ["the"] and title.text == row.role:
            noun = title.last + 2
            other = _coordinated(window, noun + 1, sentence.last) if behind[-1] in common_nouns("company") else None
            if other is not None and other.entity not in (row.company, -1):
                yield other


def _is_behind_office(window: Window, name: Name, row: Row) -> bool:
    """Whether nothing but "of the" stands between an office, or the board, and a company."""
    first = window.sentence_of(name.first).first
    index, links = name.first - 1, 0
    while index >= first and window.lows[index] in _LINKS:
        index, links = index - 1, links + 1
    if not links or index < first:
        return False
    title = window.title_at.get(index)
    if title is None:  # the title may take the place in: "president of Acme"
        inside = window.title_at.get(name.first - 1)
        return window.lows[index] in ("board", "boards", "directors") or inside is not None
    return any(value.title is title for value in row.candidate.roles) or title.text == row.role


def _coordinated(window: Window, first: int, limit: int) -> Name | None:
    """The organisation behind the "and" that opens at a word, with nothing but what it is to the first between."""
    doc, index = window.doc, first
    if index < limit and window.words[index] == "(":
        index = next((i + 1 for i in range(index, limit) if window.words[i] == ")"), limit)
    index += index < limit and window.words[index] == ","
    if index >= limit or window.lows[index] not in ("and", "&"):
        return None
    for ahead in range(index + 1, min(index + _BEFORE_OTHER, limit - 1)):
        other = window.name_at.get(ahead)
        if other is not None:
            between = window.lows[index + 1 : ahead]
            told = _PASSABLE.issuperset(between) or not _PARTS.isdisjoint(between)
            return other if told and other.kind == "org" and not _goes_on(window, other, limit) else None
        another = ahead in window.title_at and window.lows[ahead + 1] in ("of", "at", "for", ",", "and")
        if another or not (window.lows[ahead] in _PASSABLE or doc[ahead].tag_ in _DESCRIBING):
            return None
    return None


def _goes_on(window: Window, other: Name, limit: int) -> bool:
    """Whether the second name opens something else: "and Bolt said", "and Bolt's rival", "and Bolt chairman Kim"."""
    if other.weak or other.last >= limit:
        return other.weak
    behind = window.doc[other.last]
    title = window.title_at.get(other.last)
    owned = window.lows[other.first - 1] in ("its", "their", "the")
    noun = behind.tag_ in ("NN", "NNS") and not owned  # "the Acme and Bolt merger team"
    return behind.tag_ in ("VBD", "VBZ", "VBP", "MD", "POS") or title is not None or noun


def _stands_alone(view: View, name: Name, other: Name) -> bool:
    """Whether two names are those of two firms, not the halves of one: "a partner at Dale and Rowe"."""
    if other.entity == name.entity or other.entity < 0:
        return False
    known = view.organisations.organisations
    return any(" " in n.text or n.text.isupper() or len(known[n.entity].positions) > 1 for n in (name, other))
