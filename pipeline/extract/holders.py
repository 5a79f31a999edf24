"""Whom an office without a name stands for: "the chairman", "the bank's finance chief"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.mentions import Name, Title, Window
from pipeline.extract.view import Affiliation, View
from pipeline.titles import canonical_role

if TYPE_CHECKING:
    from spacy.tokens import Token


def holder_of(view: View, window: Window, token: Token) -> list[Name]:
    """Who holds the office that a word belongs to, if the article gives it to one person only; else empty.

    "The chief executive" is whom the article calls so, or else CEO; "the minister" may be its only trade minister.
    """
    title = window.title_at.get(token.i)
    if (
        title is None
        or title.mention.plural
        or not _definite(window, title.first)
        or _COMING & {*title.mention.modifiers}
    ):
        return []
    rank = _rank(title.text)
    held = [a for a in view.affiliations if a.how in _SAID_TO_HOLD and not a.new and _at_same(title, a)]
    held = [a for a in held if _rank(a.role) == rank]
    for alike in (_same_words(title, held), _same_office(title, held), _same_head(title, held)):
        holders = {a.person for a in alike}
        if len(holders) > 1:
            holders = {a.person for a in alike if not a.former}
        if len(holders) == 1:
            return [Name("person", title.first, title.last, title.text, holders.pop())]
        if holders:
            return []
    sole = _only_person(view, window, title)
    if sole is None and not held:
        sole = _named_without_office(view, window, title)
    if sole is None or _acts_upon(window, token, sole):
        return []
    return [Name("person", title.first, title.last, title.text, sole)]


def _acts_upon(window: Window, token: Token, person: int) -> bool:
    """Whether a person is the subject of the verb whose object an office is: "Roe replaced her treasurer"."""
    subjects = (c for c in token.head.children if c.dep_ == "nsubj") if token.dep_ == "dobj" else ()
    return any((name := window.name_at.get(c.i)) is not None and name.entity == person for c in subjects)


def _only_person(view: View, window: Window, title: Title) -> int | None:
    """The one person an article has named so far, in a sentence that tells of the same office: "nine years as T"."""
    here = window.span(title.first, title.last)[0]
    named = {n for n, person in enumerate(view.people.persons) if any(at < here for at in person.positions)}
    if len(named) != 1 or title.former:
        return None
    office = canonical_role(title.text)
    for sentence in window.sentences[: window.sentence_at[title.first]]:
        if any(True for _ in window.names_in(sentence.first, sentence.last, "person")) and any(
            not other.mention.plural and canonical_role(other.text) == office and _rank(other.text) == _rank(title.text)
            for other in window.titles_in(sentence.first, sentence.last)
        ):
            return named.pop()
    return None


def _named_without_office(view: View, window: Window, title: Title) -> int | None:
    """The one person of the sentence before, of whom a life is told on: "Roe told staff he would go. The editor, 61,".

    Not "Roe spent ten years at Acme. The editor has been fired".
    """
    number = window.sentence_at[title.first]
    comma, *behind = window.lows[title.last : title.last + 2] or [""]
    told_on = comma == "," and any(word.isdigit() or word == "who" for word in behind)
    if not number or title.former or title.company is not None or not told_on:
        return None
    opens = window.lows[window.sentences[number].first : title.first] == ["the"]
    before = window.sentences[number - 1]
    named = {n.entity for n in window.names_in(before.first, before.last, "person") if n.entity >= 0}
    if not opens or len(named) != 1 or any(True for _ in window.titles_in(before.first, before.last)):
        return None
    sole = named.pop()
    office = _office(title.text)
    if any(a.person == sole or _office(a.role) == office for a in view.affiliations):
        return None
    here = window.span(title.first, title.last)[0]
    view.affiliations.append(Affiliation(sole, title.text, None, False, here, "before"))
    return sole


_COMING = frozenset({"new", "next", "incoming"})
_SAID_TO_HOLD = frozenset({"before", "before,", "after", "copula", "remains"})


# "The controller" is no deputy controller, and "the acting controller" not the one who left.
_RANKS = frozenset("deputy vice assistant associate acting interim caretaker sub under co honorary emeritus".split())


def _rank(role: str) -> frozenset[str]:
    return _RANKS.intersection(role.lower().replace("-", " ").split())


def _at_same(title: Title, held: Affiliation) -> bool:
    return held.company is None or title.company is None or held.company == title.company.entity


def _same_words(title: Title, held: list[Affiliation]) -> list[Affiliation]:
    wording = _plain(title.text)
    return [a for a in held if _plain(a.role) == wording]


def _same_office(title: Title, held: list[Affiliation]) -> list[Affiliation]:
    office = _office(title.text)
    return [a for a in held if _office(a.role) == office]


_FINANCE = frozenset({"finance director", "chief financial officer", "finance chief", "chief finance officer"})


def _office(role: str) -> str:
    """The office of a role; the head of finance has several names, of which news writes now one and now another."""
    office = canonical_role(role)
    return "chief financial officer" if office in _FINANCE or _plain(role) in _FINANCE else office


def _same_head(title: Title, held: list[Affiliation]) -> list[Affiliation]:
    """Offices of which a title of one word is the last: "the minister" of a trade minister."""
    word = title.text.lower()
    if " " in word or title.mention.modifiers:
        return []
    return [a for a in held if _last_word(a.role) == word]


def _last_word(role: str) -> str:
    """The last word of the title itself, its area left out: "director" of "finance director for Europe"."""
    words = role.lower().replace(",", " ").split()
    ends = next((i for i, word in enumerate(words) if word in ("of", "for", "at", "in")), len(words))
    return words[ends - 1] if ends else ""


def _plain(role: str) -> str:
    return " ".join(role.lower().replace(",", " ").split())


def _definite(window: Window, first: int) -> bool:
    owner = window.name_at.get(first - 1)
    if owner is not None and owner.kind == "org":
        first = owner.first  # "the Acme finance director"
    before = range(max(first - 2, window.sentence_of(first).first), first)
    return any(window.lows[i] in ("the", "its", "their", "'s", "’s", "former") for i in before)
