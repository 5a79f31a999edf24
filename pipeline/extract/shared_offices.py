"""Offices told of several at once behind their names: "Roe and Kim, both directors of Acme, have quit"."""

from __future__ import annotations

from pipeline.extract.enumerations import coordinated_names
from pipeline.extract.mentions import Name, Title, Window
from pipeline.extract.title_links import Link

_COUNTS = frozenset("one both all two three four five six of its the their also".split())
_CLOSING = frozenset({",", ".", ";", ")", "–", "—", "--"})
_REACH = 8  # words from the comma behind the names to the office: "two of the bank's most senior"


def offices_shared(window: Window) -> list[Link]:
    """Links of a plural title to each of the persons whose names end right before the comma ahead of it."""
    links: list[Link] = []
    for sentence in window.sentences:
        for title in window.titles_in(sentence.first, sentence.last):
            if title.mention.plural and not title.former and _closes(window, title, sentence.last):
                links += [Link(title, name, "shared") for name in _holders(window, title, sentence.first)]
    return links


def _closes(window: Window, title: Title, limit: int) -> bool:
    """Whether the phrase of an office, its firm included, ends at a sign: not "Roe and Kim, directors said"."""
    end = title.last
    if title.company is not None and title.company.first >= title.last:
        end = title.company.last
    elif window.lows[end : end + 1] in (["at"], ["of"]):
        end += 3 if window.lows[end + 1 : end + 2] == ["the"] else 2
    return end >= limit or window.words[end] in _CLOSING


def _holders(window: Window, title: Title, first: int) -> list[Name]:
    """The persons of the enumeration that ends at the comma before a title's phrase; one, if it is told of one."""
    index = title.first - 1
    while index > max(first, title.first - _REACH) and _opens_phrase(window, index):
        index -= 1
    aged = window.doc[index - 1].like_num and window.words[index - 2] == ","
    last = window.name_at.get(index - 3 if aged else index - 1)
    if window.words[index] not in (",", "–", "—", "(") or last is None or last.kind != "person":
        return []
    if window.lows[index + 1 : index + 3] == ["one", "of"]:
        return [last]  # "Roe, one of its directors, has quit"
    for name in window.names_in(first, last.last, "person"):
        run = coordinated_names(window, name)
        if any(member is last for member in run):
            run = run[: next(at for at, member in enumerate(run) if member is last) + 1]
            joined = not {"and", "&"}.isdisjoint(window.lows[run[-2].last : last.first]) if len(run) > 1 else False
            return run if joined else []
    return []


def _opens_phrase(window: Window, index: int) -> bool:
    name = window.name_at.get(index)
    if name is not None:
        return name.kind == "org"
    token = window.doc[index]
    return token.lower_ in _COUNTS or token.tag_ in ("JJ", "JJS", "RBS", "POS", "NN", "CD", "PRP$", "HYPH")
