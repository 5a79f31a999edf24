"""Who "I" is: whoever says a sentence, is named above it or signs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.grammar import surface_subject
from pipeline.extract.mentions import Name, Window
from pipeline.extract.persons import pronoun
from pipeline.extract.view import View

if TYPE_CHECKING:
    from spacy.tokens import Token


def _named_above(window: Window, number: int) -> Name | None:
    """The one person named in a heading or "Name:" line above a statement, or in the signature below it."""
    for near in (*range(number - 1, max(number - 8, -1), -1), number + 1, number + 2):
        if not 0 <= near < len(window.sentences):
            continue
        sentence = window.sentences[near]
        names = list(window.names_in(sentence.first, sentence.last, "person"))
        opening = sentence.first < len(window.doc) and window.words[sentence.first] in (
            "-",
            "—",
            "–",
            "--",
        )
        if len(names) == 1 and ((near < number and sentence.kind == "heading") or (near > number and opening)):
            return names[0]
        if near < number and sentence.kind == "heading":
            return None
    return None


def _goes_on(window: Window, token: Token) -> bool:
    """Whether a word stands in a quotation that an earlier sentence opened: 'Roe said: "It is time. I leave ..."'."""
    sentence = window.sentence_of(token.i)
    opened = any(word in ('"', "“", "‘", "``", "'") for word in window.words[sentence.first : token.i])
    closed = any(word in ('"', "”", "’", "''") for word in window.words[token.i + 1 : sentence.last])
    return closed and not opened


def _announces(window: Window, number: int) -> bool:
    """Whether a sentence ends in a colon, and what follows is what somebody says: "Jane Roe, the host, wrote:"."""
    if not 0 <= number < len(window.sentences):
        return False
    sentence = window.sentences[number]
    words = [word for word in window.words[sentence.first : sentence.last] if word.strip()]
    return words[-1:] == [":"]


def _described(window: Window, subject: Token, first: int) -> Name | None:
    """The one person named before a description that the parse makes the subject: "Jane Roe, the host, said"."""
    if subject.i not in window.title_at:
        return None
    names = list(window.names_in(first, subject.i, "person"))
    return names[0] if len(names) == 1 and names[0].first == first else None


_LABELS = 3  # sentences back to "Jane Roe (@jroe):", "From: Jane Roe"


def _labelled(window: Window, number: int) -> Name | None:
    """Whose post or mail a text is: "Jane Roe (@jroe): I am leaving", "From: Jane Roe" some lines above."""
    own = window.sentences[number]
    name = window.name_at.get(own.first)
    if name is not None and name.kind == "person":
        behind = "".join(window.words[name.last : min(name.last + _HANDLE, own.last)])
        return name if behind.startswith((":", "(@")) and ":" in behind else None
    for near in range(number - 1, max(number - 1 - _LABELS, -1), -1):
        sentence = window.sentences[near]
        first = sentence.first
        if window.lows[first : first + 2] == ["from", ":"]:
            named = window.name_at.get(first + 2)
            return named if named is not None and named.kind == "person" else None
    return None


_HANDLE = 8  # words of "(@jane_roe):"
_LETTERS = frozenset("email e-mail mail letter memo post message note statement tweet text".split())
_SENDS = frozenset("sent wrote posted sends writes shared issued".split())


def _sender(window: Window, number: int) -> Name | None:
    """Who sent what is quoted: '"I am leaving." So began the email that Jane Roe sent to staff'."""
    if number >= len(window.sentences):
        return None
    sentence = window.sentences[number]
    if _LETTERS.isdisjoint(window.lows[sentence.first : sentence.last]):
        return None
    for name in window.names_in(sentence.first, sentence.last, "person"):
        if window.lows[name.last : name.last + 1] and window.lows[name.last] in _SENDS:
            return name
    return None


_QUOTES = frozenset('"“”')
_ANSWERS = 3  # sentences behind a question in which its answer names who speaks
_ASKED_BEHIND = 60  # characters behind a sentence in which the question follows: "You left in May. Was that hard?"


def interviewee(view: View, window: Window, token: Token) -> Name | None:
    """Who "you" is in the question of an interview: who answers by name, or the one person named so far.

    A question is no quotation, and a question mark ends it or the sentence behind it.
    """
    number = window.sentence_at[token.i]
    sentence = window.sentences[number]
    asked = view.text[sentence.start : sentence.end + _ASKED_BEHIND].split("\n")[0]
    if "?" not in asked or not _QUOTES.isdisjoint(asked):
        return None
    for near in range(number + 1, min(number + 1 + _ANSWERS, len(window.sentences))):
        name = window.name_at.get(window.sentences[near].first)
        if name is not None and name.kind == "person" and window.words[name.last : name.last + 1] == [":"]:
            return name
    here = window.span(token.i, token.i + 1)[0]
    named = {n for n, person in enumerate(view.people.persons) if any(at < here for at in person.positions)}
    return Name("person", token.i, token.i + 1, token.text, named.pop()) if len(named) == 1 else None


def speaker(view: View, window: Window, token: Token) -> Name | None:
    """The named speaker of a first-person sentence: whoever "says" it in the sentence or its neighbours."""
    number = window.sentence_at[token.i]
    before, behind = (number - 1, number - 2, number - 3), (number + 1,)
    first = _goes_on(window, token) or any(_announces(window, near) for near in before)
    for near in (number, *before, *behind) if first else (number, *behind, *before):
        if not 0 <= near < len(window.sentences):
            continue
        sentence = window.sentences[near]
        for index in range(sentence.first, sentence.last):
            verb = window.doc[index]
            if verb.lower_ in (
                "said",
                "says",
                "wrote",
                "posted",
                "tweeted",
                "added",
                "announced",
                "writes",
                "told",
                "explained",
                "shared",
                "stated",
            ):
                subject = surface_subject(verb)[0]
                if subject is not None:
                    name = window.name_at.get(subject.i) or _described(window, subject, sentence.first)
                    if name is not None and name.kind == "person":
                        return name
                    if subject.lower_ in ("he", "she"):
                        return pronoun(view, window, subject)
                beside = window.name_at.get(index - 1) if window.words[index + 1 : index + 2] == [":"] else None
                if beside is not None and beside.kind == "person":
                    return beside
    named = _labelled(window, number) or _sender(window, number + 1) or _named_above(window, number)
    if named is not None:
        return named
    if view.author is not None:
        return Name("person", token.i, token.i + 1, token.text, view.author)
    return None
