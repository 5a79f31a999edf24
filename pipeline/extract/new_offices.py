"""The office of a gain that names none, told as new just before: "Acme has a new chairman. Kim was elected in May"."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.event_row import TOLD, Row
from pipeline.extract.mentions import Title, Window
from pipeline.extract.worded_roles import INFORMAL

_BACK = 2  # sentences, the headline included
_HAVING = frozenset(
    "has have had gets get got names name named naming appoints appoint appointed appointing hires hire hired hiring "
    "recruits recruit recruited picks pick picked chooses choose chose chosen elects elect elected unveils unveiled "
    "announces announced announce finds find found taps tapped selected selects select brings brought welcomed "
    "poaches poached poach lands landed snares promoted confirmed installed".split()
)
_SOUGHT = frozenset("until search searches seek seeking seeks to if whether before unless".split())
_LEADING = frozenset("run lead head led headed oversee manage".split())
_LEADING_REACH = 8  # words from "appointed" to "to lead"
_VERB_REACH = 6  # words from the verb, or from the title to a passive one


def new_office(row: Row) -> str | None:
    """ "Is to have a new chair: the former minister Roe steps into the role": the office told of in its sentence."""
    window, trigger = row.candidate.window, row.candidate.trigger
    title = _last_new(window, window.sentence_of(trigger.head).first, trigger.head, {"new", "next"})
    return title.text if title is not None else None


def share_new_offices(rows: Sequence[Row]) -> None:
    """Give a gain without a role the office that the sentences before say somebody new has got, if it is nobody's."""
    taken: set[int] = set()
    for row in rows:
        if row.role is not None or row.action not in ("appointed", "joined") or row.status == "denied":
            continue
        if _is_to_lead(row):
            continue
        if any(other.person == row.person and other.direction == "in" and other.role for other in rows):
            continue
        title = _announced(row) or _searched_for(row)
        if title is None or id(title) in taken or any(_has(other, title) for other in rows):
            continue
        employers = _employers(row.candidate.window, title)
        if employers and row.company not in employers:
            if len(employers) > 1 or TOLD & set(row.choice.evidence):
                continue  # "Acme has a new chairman. Kim joined Bolt"
            row.company = employers[0]
        row.role, row.role_how = title.text, "counterpart"
        if not title.mention.plural:
            taken.add(id(title))


def _searched_for(row: Row) -> Title | None:
    """The office whose search a sentence says to be over: "The search for a treasurer ended with the choice of Roe"."""
    window, trigger = row.candidate.window, row.candidate.trigger
    first = window.sentence_of(trigger.head).first
    for index in range(first, trigger.head - 1):
        if window.lows[index] in _SEARCH and window.lows[index + 1] == "for":
            title = next(window.titles_in(index + 2, min(index + 2 + _SEARCH_REACH, trigger.head)), None)
            over = title is not None and not _OVER.isdisjoint(window.lows[title.last : trigger.head])
            return title if over and title is not None and not title.mention.plural else None
    return None


_SEARCH = frozenset({"search", "hunt", "quest"})
_SEARCH_REACH = 6  # words from "search for" to the office
_OVER = frozenset("end ended ends ending over concluded concludes culminated finished".split())


def _is_to_lead(row: Row) -> bool:
    """Whether somebody is to lead something, whatever the office is called: "was appointed to lead the unit"."""
    window, trigger = row.candidate.window, row.candidate.trigger
    last = min(trigger.last + _LEADING_REACH, window.sentence_of(trigger.head).last)
    return not _LEADING.isdisjoint(window.lows[trigger.head : last])


def _employers(window: Window, title: Title) -> list[int]:
    """The organisations whose office it may be: those named before the title, and the one that the title names."""
    names = [*window.names_in(window.sentence_of(title.first).first, title.first, "org")]
    names += [title.company] if title.company is not None else []
    return list(dict.fromkeys(name.entity for name in names if name.entity >= 0 and not name.weak))


def _has(row: Row, title: Title) -> bool:
    """Whether a row tells of the very mention of an office."""
    return any(role.title is title for role in row.candidate.roles)


def _announced(row: Row) -> Title | None:
    window, number = row.candidate.window, row.candidate.sentence
    first = window.sentences[max(number - _BACK, 0)].first
    title = _last_new(window, first, row.candidate.trigger.head, {"new"})
    if title is None or title.text.lower() in INFORMAL:
        return None
    return title if _is_gained(window, title) else None


def _last_new(window: Window, first: int, limit: int, marks: set[str]) -> Title | None:
    for title in reversed(list(window.titles_in(first, limit))):
        name = window.name_at.get(title.last)
        if marks & set(title.mention.modifiers) and (name is None or name.kind != "person"):
            return title
    return None


def _is_gained(window: Window, title: Title) -> bool:
    """ "Has a new chairman", "two new partners have been named"; not "the new chairman said"."""
    sentence = window.sentence_of(title.first)
    index = title.first - 1
    while index > sentence.first and window.doc[index].tag_.startswith("JJ"):
        index -= 1
    if window.lows[index] in ("the", "this", "that"):
        return False
    if not _SOUGHT.isdisjoint(window.lows[sentence.first : title.first]):
        return False
    around = window.lows[max(title.first - _VERB_REACH, sentence.first) : min(title.last + _VERB_REACH, sentence.last)]
    return not _HAVING.isdisjoint(around)
