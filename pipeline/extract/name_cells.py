"""What the cells of a line say of its names: "Jane Roe | Acme | treasurer", "**Acme** Jane Roe has been named"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from pipeline.extract.name_runs import Run, is_full_name, is_town
from pipeline.extract.name_votes import LIKELY, SURE, Places, Vote
from pipeline.extract.name_words import is_area_name, is_org_tail

_BARS = frozenset({"|", "\t"})
_STARS = frozenset({"*", "**", "_", "__"})
_MOST_CELLS = 4


def cell_votes(places: Places) -> Iterator[Vote]:
    """Votes for the person and the firm of a line that bars divide, and for a firm in bold over its news."""
    yield from _bold_label(places)
    yield from _in_brackets(places)
    cells = _cells(places)
    if not 2 <= len(cells) <= _MOST_CELLS:
        return
    titled = [cell for cell in cells if _is_office(places, cell)]
    named = [run for cell in cells if cell not in titled and (run := _filling(places, cell)) is not None]
    if len(titled) != 1 or not named:
        return
    person = next((run for run in named if is_full_name(run)), None)
    person = person or next((run for run in named if " " in run.text and _seen_as(places, run, "person")), None)
    person = person or next((run for run in named if 2 <= len(run.words) <= 4 and not _is_firm(places, run)), None)
    person = person or next((run for run in named[:1] if _may_be_person(run)), None)
    if person is None:
        return
    yield Vote(person, "person", SURE, "beside office")
    for run in named:
        if run is not person and not is_town(run.text) and not is_area_name(run.text):
            yield Vote(run, "org", SURE, "cell of firm")


def _cells(places: Places) -> list[tuple[int, int]]:
    """The token ranges between the bars of a line; none without bars."""
    first, last = places.sentence.first, places.sentence.last
    words = places.window.words
    bars = [index for index in range(first, last) if words[index] in _BARS]
    if not bars:
        return []
    edges = [first - 1, *bars, last]
    made = []
    for left, right in pairwise(edges):
        inside = [i for i in range(left + 1, right) if not words[i].isspace() and words[i] not in _STARS]
        if inside:
            made.append((inside[0], inside[-1] + 1))
    return made


def _is_office(places: Places, cell: tuple[int, int]) -> bool:
    """Whether a cell opens with an office: "treasurer", "the head of sales"."""
    title = places.window.title_at.get(cell[0])
    return title is not None and title.first == cell[0] and title.mention.strong


def _filling(places: Places, cell: tuple[int, int]) -> Run | None:
    run = places.starts.get(cell[0])
    return run if run is not None and run.last == cell[1] else None


def _seen_as(places: Places, run: Run, kind: str) -> bool:
    name = places.window.name_at.get(run.first)
    return name is not None and name.kind == kind and not name.weak


def _is_firm(places: Places, run: Run) -> bool:
    return is_org_tail(run.words[-1]) or _seen_as(places, run, "org")


def _may_be_person(run: Run) -> bool:
    return 2 <= len(run.words) <= 4 and not is_org_tail(run.words[-1]) and not is_town(run.text)


def _bold_label(places: Places) -> Iterator[Vote]:
    """ "**Acme** Jane Roe has been named treasurer.": a name in bold right before that of a person who moves."""
    words, at = places.window.words, places.sentence.first
    while at < places.sentence.last and words[at] in _STARS:
        at += 1
    run = places.starts.get(at)
    if run is None or at == places.sentence.first or not places.triggers:
        return
    behind = run.last
    while behind < places.sentence.last and (words[behind] in _STARS or words[behind] in (":", "-", "–", "—")):
        behind += 1
    who = places.starts.get(behind)
    if behind > run.last and is_full_name(who) and not is_full_name(run) and not is_town(run.text):
        yield Vote(run, "org", LIKELY, "label in bold")


def _in_brackets(places: Places) -> Iterator[Vote]:
    """ "Jane Roe (Acme), treasurer": a name in brackets behind a person's, on a line that tells a move or an office."""
    titles = places.window.titles_in(places.sentence.first, places.sentence.last)
    if places.sentence.kind not in ("item", "heading") or not (places.triggers or any(True for _ in titles)):
        return
    for run in places.runs:
        who = places.ends.get(run.first - 1)
        closed = places.word(run.first - 1) == "(" and places.word(run.last) == ")"
        if closed and who is not None and len(who.words) > 1:
            yield Vote(run, "org", LIKELY, "in brackets", placed=True)
