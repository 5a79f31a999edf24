"""Offices told of "he" and "she": "left Acme, where she was head of sales", "He was previously treasurer of Acme"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.extract.epithets import aged_before
from pipeline.extract.grammar import arguments
from pipeline.extract.mentions import Name, Title, Window
from pipeline.extract.persons import persons_at, pronoun
from pipeline.extract.title_links import Link
from pipeline.extract.title_places import following_titles
from pipeline.extract.view import View

if TYPE_CHECKING:
    from spacy.tokens import Token

_HOLDING = frozenset("is was has had been serves served as worked works most recently a an the its their".split())
_REACH = 16  # words from an organisation's first one to the "where" that speaks of it: a date may stand between


def offices_held_where(view: View, window: Window, links: Sequence[Link]) -> list[Link]:
    """Links of titles behind "where he was" to the person meant; the title belongs to the organisation before it."""
    taken = {id(link.title) for link in links}
    found = []
    for title in window.titles:
        where = None if id(title) in taken else _where(window, title)
        if where is None:
            continue
        person, place = pronoun(view, window, window.doc[where + 1]), _place(window, where)
        if person is not None and place is not None:
            if title.company is None or window.words[title.last : title.last + 1] == [","]:
                title.company = place  # not "Bolt" in "left Acme, where she was treasurer, for Bolt"
            found.append(Link(title, person, "where"))
    return found


def offices_of_pronouns(view: View, window: Window, links: Sequence[Link]) -> list[Link]:
    """Links of titles that a sentence gives to "he" or "she": "She was previously finance director of Acme"."""
    taken = {id(link.title) for link in links}
    found = []
    for title in window.titles:
        sentence = window.sentence_of(title.first)
        index = title.first - 1
        while index > sentence.first and (window.lows[index] in _HOLDING or window.doc[index].tag_ == "RB"):
            index -= 1
        told = index != title.first - 1 and index == sentence.first and window.lows[index] in ("he", "she")
        told = told or _goes_on_holding(window, title, index)
        fronted = None if told else _after_time_as(window, title)
        if fronted is not None and id(title) not in taken:
            found.append(Link(title, fronted, "told"))
            continue
        if id(title) not in taken and (aged := _of_the_aged(view, window, title)) is not None:
            found.append(Link(title, aged, "told"))
            continue
        holder = sentence.first if told else _time_in_office(window, title)
        if holder is None or id(title) in taken:
            continue
        owner = window.doc[holder]
        if owner.lower_ == "whose":
            person = next(iter(persons_at(view, window, owner)), None)
        else:
            person = pronoun(view, window, owner)
        if person is not None:
            found.append(Link(title, person, "told"))
    return found


def _of_the_aged(view: View, window: Window, title: Title) -> Name | None:
    """Who is told by age and office: "The 54-year-old, head of sales since 2012, gave no reason"."""
    first = window.sentence_of(title.first).first
    if window.lows[first] != "the" or title.mention.plural or not 0 < title.first - first <= _AGED_REACH:
        return None
    behind = window.name_at.get(title.last)
    if behind is not None and behind.kind == "person":
        return None  # "The 54-year-old chairman Jane Roe"
    aged = aged_before(view, window, first)
    if aged is None or aged.last > title.first:
        return None
    between = window.lows[aged.last : title.first]
    return aged if all(word in _HOLDING or word in _TO_OFFICE for word in between) else None


_AGED_REACH = 12  # words from "The" to the office: "The 54-year-old, who has been the bank's treasurer"
_TO_OFFICE = frozenset({",", "who", "a", "an", "the", "its", "company", "bank", "group", "'s", "’s"})


def _held_as_well(window: Window, title: Title, behind: Sequence[Title]) -> list[Title]:
    """The titles up to an "as" that goes on with the main clause: "where she was T, as finance director"."""
    run: list[Title] = []
    for other in behind:
        between = window.lows[(run or [title])[-1].last : other.first]
        if other.former or ("as" in between and "well" not in between):
            break
        run.append(other)
    return run


def _goes_on_holding(window: Window, title: Title, index: int) -> bool:
    """Whether the words behind an "and" are of the "she" that opens: "She was 66 and was still chairman of Acme"."""
    first = window.sentence_of(title.first).first
    if index >= title.first - 1 or index <= first or window.lows[index] != "and" or window.lows[first] not in _WHO:
        return False
    verbs = [token for token in window.doc[index + 1 : title.first] if token.lower_ in _FINITE]
    subject = arguments(verbs[0]).subject if verbs else None
    return subject is not None and subject.i == first


_WHO = frozenset({"he", "she"})
_FINITE = frozenset({"is", "was", "has", "had", "serves", "served"})


def offices_served(view: View, window: Window, links: Sequence[Link]) -> list[Link]:
    """Links of titles that somebody "served as" or "spent ten years as", and of who says in them that "he will retire".

    "The 64-year-old president and chief executive told the board that he will retire" speaks of who was named before.
    """
    taken = {id(link.title) for link in links}
    found = []
    for title in window.titles:
        if id(title) in taken or title.mention.plural:
            continue
        person = _server(view, window, title) or _leaver(view, window, title)
        if person is not None:
            found.append(Link(title, person, "told"))
    return found


def offices_beside(window: Window, links: Sequence[Link]) -> list[Link]:
    """Links of the titles coordinated with those told of "he" and "she": "She had been its president and treasurer"."""
    taken = {id(link.title) for link in links}
    found: list[Link] = []
    for link in links:
        if link.how not in ("told", "where"):
            continue
        limit = window.sentence_of(link.title.first).last
        run = _held_as_well(window, link.title, following_titles(window, link.title, limit))
        if any(id(title) in taken for title in run):
            continue
        company = next((t.company for t in (link.title, *run) if t.company is not None), None)
        for title in (link.title, *run):
            title.company = title.company or company
        found += [Link(title, link.person, link.how) for title in run]
        taken |= {id(title) for title in run}
    return found


_SERVING = frozenset("spent spends spend served serves serving worked works acted lasted".split())
_RUNNING = frozenset("run ran led headed managed steered guided directed edited chaired".split())  # "has led Acme as"


def _server(view: View, window: Window, title: Title) -> Name | None:
    """Who "spent nearly twelve years as" or "was serving as" what a title says."""
    head = window.doc[title.last - 1]
    head = next((token for token in window.doc[title.first : title.last] if token.dep_ == "pobj"), head)
    if head.dep_ != "pobj" or head.head.lower_ != "as" or window.lows[title.first - 1] in ("a", "an"):
        return None  # "worked as a waiter" tells of no office
    verb = head.head.head
    while verb.dep_ in ("dobj", "npadvmod", "pobj", "prep") and not verb.tag_.startswith("VB"):
        verb = verb.head  # "years as"
    runs = verb.lower_ in _RUNNING and verb.tag_ in ("VBD", "VBN") and not _is_to_come(verb)
    subject = arguments(verb).subject if verb.lower_ in _SERVING or runs else None
    return next(iter(persons_at(view, window, subject)), None) if subject is not None else None


def _is_to_come(verb: Token) -> bool:
    return any(child.lower_ in ("will", "would", "to", "be", "been", "was", "is") for child in verb.children)


_LEAVING = frozenset("retire retiring resign resigning leave leaving quit quitting depart step stepping stand".split())
_DEFINITE = frozenset("the its their".split())


def _leaver(view: View, window: Window, title: Title) -> Name | None:
    """Of "The 64-year-old president said that he will retire" who "he" is."""
    doc, sentence = window.doc, window.sentence_of(title.first)
    if any(True for _ in window.names_in(sentence.first, sentence.last, "person")):
        return None
    noun = next((token for token in doc[title.first : title.last] if token.dep_ == "nsubj"), None)
    definite = noun is not None and any(child.lower_ in _DEFINITE for child in noun.children)
    if not (definite or _joined(window, title)):
        return None
    for token in doc[title.last : sentence.last]:
        if token.lower_ in ("he", "she") and token.dep_ == "nsubj" and token.head.lower_ in _LEAVING:
            return pronoun(view, window, token)
    return None


def _joined(window: Window, title: Title) -> bool:
    """Whether a title is one of "The 64-year-old president and chief executive", with which a sentence starts."""
    before, behind = window.title_at.get(title.first - 2), window.title_at.get(title.last + 1)
    joined = (before is not None and window.lows[title.first - 1] == "and") or (
        behind is not None and window.lows[title.last] == "and"
    )
    first = window.sentence_of(title.first).first
    return joined and not _DEFINITE.isdisjoint(window.lows[first : title.first])


_TIMES = frozenset("tenure term stint time reign spell years year decade decades months career job role work".split())


def _after_time_as(window: Window, title: Title) -> Name | None:
    """The subject behind "After nine years as president and chief of Acme, Roe is leaving"."""
    doc, sentence = window.doc, window.sentence_of(title.first)
    before = [token.lower_ for token in doc[sentence.first : title.first]]
    if before[:1] not in (["after"], ["following"]) or "as" not in before or not _TIMES & {*before} or "," in before:
        return None
    comma = next((i for i in range(title.last, sentence.last) if window.words[i] == ","), None)
    if comma is None:
        return None
    name = next(window.names_in(comma + 1, min(comma + 4, sentence.last), "person"), None)
    return name if name is not None and name.first <= comma + 2 else None


def _time_in_office(window: Window, title: Title) -> int | None:
    """The "his" or "her" of "three weeks into her tenure as T"."""
    doc, index = window.doc, title.first - 1
    while index > 2 and doc[index].tag_ in ("DT", "PRP$", "POS", "JJ"):
        index -= 1
    told = index > 1 and window.lows[index] == "as" and window.lows[index - 1] in _TIMES
    owner = index - 2
    while told and owner > 0 and doc[owner].tag_ in ("JJ", "CD", "NN", "HYPH"):
        owner -= 1  # "whose five-year term as president"
    return owner if told and window.lows[owner] in ("his", "her", "whose") else None


def _where(window: Window, title: Title) -> int | None:
    """The "where" of the clause "where he was T" that a title completes."""
    doc, first, index = window.doc, window.sentence_of(title.first).first, title.first - 1
    while index > first and (window.lows[index] in _HOLDING or doc[index].tag_ in ("RB", "PRP$")):
        index -= 1
    told = index > first and window.lows[index] in ("he", "she") and window.lows[index - 1] == "where"
    return index - 1 if told else None


def _place(window: Window, where: int) -> Name | None:
    """The organisation that a "where" speaks of: the last one named shortly before."""
    start = max(window.sentence_of(where).first, where - _REACH)
    names = [name for name in window.names_in(start, where, "org") if not name.weak]
    return names[-1] if names else None
