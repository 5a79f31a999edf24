"""Offices told across an aside: "Roe, who was fired last week, had been the treasurer of Acme since 2010"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.mentions import Name, Title, Window
from pipeline.extract.title_links import Link

if TYPE_CHECKING:
    from spacy.tokens import Token

_BE = frozenset({"was", "been"})


def offices_across(window: Window, links: list[Link]) -> list[Link]:
    """Links of offices that somebody is said to have had, what was done to them told between two commas before."""
    linked = {id(link.title) for link in links}
    found: list[Link] = []
    for sentence in window.sentences:
        for title in window.titles_in(sentence.first, sentence.last):
            if id(title) not in linked and not (title.former or title.mention.plural):
                name = _subject_of(window, title)
                found += [Link(title, name, "copula")] if name is not None else []
    return found


def _subject_of(window: Window, title: Title) -> Name | None:
    """Whose office it was by the parse, if an aside without a firm of its own stands right behind the name."""
    noun = next((window.doc[i] for i in range(title.first, title.last) if window.doc[i].dep_ == "attr"), None)
    if noun is None or noun.head.lower_ not in _BE:
        return None
    subject = next((child for child in noun.head.children if child.dep_ == "nsubj"), None)
    name = window.name_at.get(subject.i) if subject is not None else None
    if subject is None or name is None or name.kind != "person" or window.words[name.last : name.last + 1] != [","]:
        return None
    verb = _opening(noun.head)
    aside = range(name.last + 1, verb.i - 1)
    closed = window.words[verb.i - 1] == "," and "," not in window.words[aside.start : aside.stop]
    return name if closed and not any(i in window.name_at or i in window.title_at for i in aside) else None


def _opening(verb: Token) -> Token:
    """The first word of a verb: "had" of "had been"."""
    return min([verb, *(child for child in verb.children if child.dep_ == "aux")], key=lambda word: word.i)
