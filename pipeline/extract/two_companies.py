"""One office at two organisations: "treasurer of Acme and of its subsidiary, Bolt", "chairman of Acme and Bolt"."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy

from pipeline.extract.common_nouns import common_nouns
from pipeline.extract.company import Choice
from pipeline.extract.event_row import Row
from pipeline.extract.mentions import Name, Title, Window
from pipeline.extract.view import View

_LINKS = frozenset({"of", "at", "for", "with", "the", "both", "to"})
_SURE = 9.0  # score of an organisation that the sentence names beside the office itself
_BEFORE_OTHER = 8  # words between "and" and the second name: "of its wholly owned banking subsidiary,"
_PASSABLE = frozenset("of at for on from the that its their his her our - , both".split())
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
            for other in _names_behind(window, name, sentence.last):
                if not _stands_alone(view, name, other):
                    break
                yield other
            return
    for value in row.candidate.roles:  # "treasurer of the Company and of its subsidiary, Bolt"
        title = value.title
        noun = _noun_behind(window, title) if title is not None and title.text == row.role else None
        if noun is None:
            continue
        second = _coordinated(window, noun + 1, sentence.last) or _called(view, window, noun)
        if second is not None and second.entity not in (row.company, -1):
            yield second


def _noun_behind(window: Window, title: Title) -> int | None:
    """Where "the Company" stands behind an office: "treasurer of the Company", "of both the Company and the Bank"."""
    index = title.last
    if window.lows[index : index + 1] not in (["of"], ["at"]):
        return None
    index += 2 if window.lows[index + 1 : index + 2] == ["both"] else 1
    noun = index + 1 if window.lows[index : index + 1] == ["the"] else -1
    return noun if window.lows[noun : noun + 1] and window.lows[noun] in common_nouns("company") else None


def _called(view: View, window: Window, noun: int) -> Name | None:
    """The one organisation meant by the second noun of "the company and the bank", by its name or as defined there."""
    words = window.lows[noun + 1 : noun + 5]
    words = [word for word in words if word not in ("of", "both")]
    if words[:2] != ["and", "the"] or words[2:3] in ([], [window.lows[noun]]):
        return None
    kind = words[2]
    if kind not in common_nouns("company"):
        return None
    named = [
        name
        for other in view.windows
        for name in other.names
        if name.kind == "org"
        and not name.weak
        and (name.text.lower().endswith(f" {kind}") or _defined(other, name, kind))
    ]
    return named[0] if len({name.entity for name in named}) == 1 else None


_DEFINITION = 7  # words of (the "Bank"), ("Acme" or the "Bank")


def _defined(window: Window, name: Name, kind: str) -> bool:
    """Whether a bracket behind a name says what it is called: (the "Bank")."""
    behind = window.lows[name.last : name.last + _DEFINITION]
    return behind[:1] == ["("] and ")" in behind and kind in behind[: behind.index(")")]


def _names_behind(window: Window, name: Name, limit: int) -> list[Name]:
    """The names that go on with a first one: of "Acme, Bolt and Carr" the second and the third."""
    found: list[Name] = []
    index = name.last
    while index < limit:
        other = _coordinated(window, index, limit)
        if other is None:
            listed = window.name_at.get(index + 1) if window.words[index] == "," else None
            if listed is None or listed.kind != "org" or listed.weak:
                break
            found.append(listed)
            index = listed.last
        else:
            return [*found, other, *_names_behind(window, other, limit)]
    return []  # what a comma only sets beside a name is no second one


def _is_behind_office(window: Window, name: Name, row: Row) -> bool:
    """Whether nothing but "of the" stands between an office, or the board, and a company."""
    first = window.sentence_of(name.first).first
    index, links = _before_count(window, name.first - 1, first), 0
    while index >= first and window.lows[index] in _LINKS:
        index, links = index - 1, links + 1
    if not links or index < first:
        return False
    title = window.title_at.get(index)
    if title is None:  # the title may take the place in: "president of Acme"
        inside = window.title_at.get(name.first - 1)
        seat = window.lows[index] in ("board", "boards", "directors") and row.role == "director"
        return seat or inside is not None
    return any(value.title is title for value in row.candidate.roles) or title.text == row.role


def _before_count(window: Window, index: int, first: int) -> int:
    """Where the words stand that a count of firms follows: "president of two hospitals, A and B"."""
    if window.words[index] not in (",", ":", "-", "–", "—"):
        return index
    at = index - 1
    while at > first and window.doc[at].tag_ in ("NNS", "NN", "JJ", "HYPH"):
        at -= 1
    return at - 1 if at < index - 1 and window.lows[at] in _COUNTS else index


_COUNTS = frozenset("two three four five both several".split())


def _coordinated(window: Window, first: int, limit: int) -> Name | None:
    """The organisation behind the "and" that opens at a word, with nothing but what it is to the first between."""
    doc, index = window.doc, first
    if index < limit and window.words[index] == "(":
        index = next((i + 1 for i in range(index, limit) if window.words[i] == ")"), limit)
    index += index < limit and window.words[index] == ","
    if window.lows[index : index + 3] == ["as", "well", "as"]:
        index += 2
    elif index >= limit or window.lows[index] not in ("and", "&"):
        return None
    for ahead in range(index + 1, min(index + _BEFORE_OTHER, limit - 1)):
        other = window.name_at.get(ahead)
        if other is not None:
            between = window.lows[index + 1 : ahead]
            told = _PASSABLE.issuperset(between) or not _PARTS.isdisjoint(between)
            return other if told and other.kind == "org" and not _goes_on(window, other, limit) else None
        title = window.title_at.get(ahead)  # of "president of Acme and its unit, Bolt" it may take in the unit
        another = title is not None and title.first > index
        another = another and window.lows[ahead + 1] in ("of", "at", "for", ",", "and")
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
