"""Who the new ones of a kind are: "The new partners are Roe and Kim in London, and Lee in Oslo", "New members are"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.candidates import Candidate
from pipeline.extract.enumerations import coordinated_names
from pipeline.extract.role_values import RoleValue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.extract.mentions import Name, Window
    from pipeline.extract.title_links import Link
    from pipeline.extract.triggers import Trigger

_COPULAS = frozenset({"is", "are", "was", "were"})
_TO_COPULA = 9  # words from the noun to its verb: "new partners at the Oslo office of Acme are"
_TO_NAME = 2  # an honorific, a colon
_OF_NOUN = frozenset({"IN", "DT", "NN", "NNS", "NNP", "NNPS", "JJ", "POS", "CD", "PRP$"})
_OPENERS = frozenset({"the", "its", "their", "our", "also", "other", "two", "three", "four", "five", "six"})
_MOST_IN_PLACE = 4  # words of "in New York City"


def those_new(window: Window, trigger: Trigger, links: list[Link]) -> list[Candidate]:
    """An event of each whom "are" gives a noun for those who have come; the noun itself may be their office."""
    sentence = window.sentence_of(trigger.head)
    copula = _copula(window, trigger, sentence.first, sentence.last)
    if copula is None:
        return []
    opening = next((window.name_at[i] for i in range(copula + 1, copula + 1 + _TO_NAME) if i in window.name_at), None)
    if opening is None or opening.kind != "person":
        return []
    persons = list(_run(window, opening, sentence.last))
    closing = window.doc[persons[-1].last] if persons[-1].last < sentence.last else None
    if closing is not None and (closing.tag_ in ("VBD", "VBZ", "VBP", "MD") or closing.lower_ in ("'s", "’s")):
        return []  # "The new partners are Roe's children"
    title = window.title_at.get(trigger.last)
    made: list[Candidate] = []
    for person in persons:
        own = [link.title for link in links if link.person is person and not link.title.former]
        told = [title] if title is not None else [one for one in own if one.first >= person.last]
        candidate = Candidate(
            trigger,
            window,
            window.sentence_at[trigger.head],
            person,
            [RoleValue(one.text, one, one.company) for one in told],
        )
        candidate.how["person"] = "list"
        owners = [name for name in window.names_in(sentence.first, copula, "org") if not name.weak]
        candidate.company_hints = [(name, "subject") for name in owners[:1]]
        if candidate.roles:
            made.append(candidate)
    return made


def _copula(window: Window, trigger: Trigger, first: int, limit: int) -> int | None:
    """The verb of which the noun is the subject, where the noun opens its sentence: "The firm's new partners are"."""
    ahead = window.doc[first : trigger.words[0]]
    if any(token.tag_ not in _OF_NOUN and token.lower_ not in _OPENERS for token in ahead):
        return None
    for index in range(trigger.last + 1, min(trigger.last + _TO_COPULA, limit)):
        if window.lows[index] in _COPULAS:
            return index
        if window.doc[index].tag_ not in _OF_NOUN:
            return None
    return None


def _run(window: Window, opening: Name, limit: int) -> Iterator[Name]:
    """Names joined by commas and "and", places of work between: "Roe and Kim in London, and Lee in Oslo"."""
    at: Name | None = opening
    while at is not None:
        run = coordinated_names(window, at, loose=True)
        yield from run
        at = _behind_place(window, run[-1], limit)


def _behind_place(window: Window, name: Name, limit: int) -> Name | None:
    """The next of several behind the place where some work: "in Oslo, and Lee", "in New York; Kim"."""
    index = name.last
    if index >= limit or window.lows[index] not in ("in", "(", "from"):
        return None
    last = min(index + 1 + _MOST_IN_PLACE, limit)
    index += 1
    while index < last and window.words[index][:1].isupper() and not _is_person(window, index):
        index += 1
    while index < limit and window.lows[index] in (")", ",", ";", "and"):
        index += 1
    joined = window.lows[index - 1] in (",", ";", "and")
    return window.name_at[index] if joined and index < limit and _is_person(window, index) else None


def _is_person(window: Window, index: int) -> bool:
    name = window.name_at.get(index)
    return name is not None and name.kind == "person"
