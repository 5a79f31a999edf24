"""The office that a loss leaves open, told beside it: "is looking for a new treasurer after Roe resigned"."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extract.candidates import Candidate
from pipeline.extract.mentions import Sentence, Title, Window
from pipeline.extract.view import View

_SEARCH = frozenset(
    "looking look looks searching search seeking seek seeks hunting hunt hunts sought advertising advertised advertise "
    "needs need find without recruiting recruit".split()
)
_SEARCH_REACH = 8  # words from "search" to the title
_NEXT = frozenset({"new", "next"})
_SHARED = frozenset({"partner", "member", "owner", "founder", "co-founder", "leader", "sponsor", "shareholder"})
# What "The treasurer" does in the next sentence where it is who has just left; not "The chairman thanked her".
_CAREER = frozenset("joined started began served spent arrived came became rose".split())


def office_left_open(view: View, candidate: Candidate) -> Title | None:
    """The office for which a successor is sought, or by which the next sentence calls who has left; None if neither."""
    window, number = candidate.window, candidate.sentence
    own = window.sentences[number]
    persons = {name.entity for name in window.names_in(own.first, own.last, "person")}
    if persons - {candidate.person.entity}:
        return None
    for sentence in (own, *_beside(window, number)):
        others = {name.entity for name in window.names_in(sentence.first, sentence.last, "person")} - persons
        for title in () if others else window.titles_in(sentence.first, sentence.last):
            if _is_sought(view, window, title, sentence, sentence is not own):
                return title
    return _called_next(view, window, window.sentences[number + 1]) if number + 1 < len(window.sentences) else None


def _beside(window: Window, number: int) -> Iterator[Sentence]:
    """The sentence before, and the two behind."""
    yield from window.sentences[max(number - 1, 0) : number]
    yield from window.sentences[number + 1 : number + 3]


def _is_sought(view: View, window: Window, title: Title, sentence: Sentence, apart: bool) -> bool:
    """Whether a title is what somebody looks for: "is looking for a new treasurer"; another sentence must say "new"."""
    before = window.lows[max(title.first - _SEARCH_REACH, sentence.first) : title.first]
    if _SEARCH.isdisjoint(before) or (apart and _NEXT.isdisjoint(title.mention.modifiers)):
        return False
    return _is_nobodys(view, window, title)


def _is_nobodys(view: View, window: Window, title: Title) -> bool:
    """Whether a title is a single office that describes nobody by name."""
    if title.former or title.mention.plural or title.mention.head.lower() in _SHARED or view.described.get(id(title)):
        return False
    behind = window.name_at.get(title.last)
    return behind is None or behind.kind != "person"


def _called_next(view: View, window: Window, sentence: Sentence) -> Title | None:
    """ "Roe has left Acme. The treasurer joined in 2015": who has left is called by the office."""
    title = window.title_at.get(sentence.first + 1)
    if window.lows[sentence.first] != "the" or title is None or title.company is not None:
        return None
    behind = window.lows[title.last : title.last + 2]
    tells = behind[:1] and (behind[0] in _CAREER or (behind == [",", "who"]))
    return title if tells and title.mention.strong and _is_nobodys(view, window, title) else None
