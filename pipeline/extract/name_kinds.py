"""Decides the kind of each name of an article from the model's labels and the places it stands in, and marks it so."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Literal

from pipeline.extract.mentions import Name, Window
from pipeline.extract.name_joins import has_nickname
from pipeline.extract.name_places import place_votes
from pipeline.extract.name_runs import LEGAL_FORMS, Run, find_runs, is_place, is_town, name_data
from pipeline.extract.name_votes import CERTAIN, Places, Vote
from pipeline.extract.name_words import (
    GENERIC_WORDS,
    INITIAL,
    SUFFIXES,
    all_upper,
    is_area_name,
    is_org_tail,
    is_unit_name,
)
from pipeline.extract.occurrences import occurrences
from pipeline.extract.triggers import triggers_of
from pipeline.names import is_given_name

Kind = Literal["person", "org"]
_LEAST = 2  # weight that places must give before the model's label is doubted


@dataclass(slots=True)
class _Tally:
    """What speaks for each kind of one name; `marked` counts the model's labels by kind."""

    placed: Counter[Kind] = field(default_factory=Counter)
    beyond_places: bool = False
    beyond_persons: bool = False
    marked: Counter[str] = field(default_factory=Counter)
    votes: list[Vote] = field(default_factory=list)


def settle_kinds(windows: Sequence[Window], text: str) -> list[Window]:
    """Mark names as the kind that their places speak for; the windows in which any mark changed."""
    runs: list[tuple[Window, Run]] = []
    tallies: dict[str, _Tally] = defaultdict(_Tally)
    for window in windows:
        for run, votes in _votes(window):
            runs.append((window, run))
            tally = tallies[run.text]
            label = _label(window, run)
            if label:
                tally.marked[label] += 1
            for vote in votes:
                tally.placed[vote.kind] += vote.weight
                tally.beyond_places |= vote.kind == "org" and not vote.placed
                tally.beyond_persons |= vote.kind == "org" and not vote.loose
                tally.votes.append(vote)
    for form in _short_forms(windows):
        if form in tallies:
            tallies[form].placed["org"] += CERTAIN
            tallies[form].beyond_places = tallies[form].beyond_persons = True
    decided: dict[str, Kind] = {}
    surnames = _surnames(windows)
    for form, tally in tallies.items():
        kind = _decide(form, tally, text, surnames)
        if kind is not None:
            decided[form] = decided[form.upper()] = kind
    return [window for window in windows if _mark(window, [r for w, r in runs if w is window], decided)]


def _short_forms(windows: Sequence[Window]) -> set[str]:
    """What is left of names without what only says the kind: "Acme Turbines" of "... Ltd", "Acme" of "Grupo Acme"."""
    forms = set()
    for window in windows:
        for name in window.names:
            words = name.text.split()
            if name.kind == "org" and not name.weak and len(words) > 1 and words[-1].lower().rstrip(".") in LEGAL_FORMS:
                forms.add(" ".join(words[:-1]).rstrip(","))
            if name.kind == "org" and not name.weak and len(words) == 2 and words[0].lower() in name_data("openings"):
                forms.add(words[1])
    return forms


def _votes(window: Window) -> list[tuple[Run, list[Vote]]]:
    found: list[tuple[Run, list[Vote]]] = []
    triggers = triggers_of(window)
    for sentence in window.sentences:
        if sentence.first >= sentence.last:
            continue
        own = [t for t in triggers if sentence.first <= t.words[0] and t.last < sentence.last]
        runs = list(find_runs(window, sentence, {t.words[0] for t in own}))
        by_run: dict[int, list[Vote]] = defaultdict(list)
        if all_upper(window, sentence.first):
            found += [(run, []) for run in runs]  # capitals tell nothing of where a name starts
            continue
        for vote in place_votes(Places(window, sentence, runs, own)):
            by_run[vote.run.first].append(vote)
        found += [(run, by_run[run.first]) for run in runs]
    return found


def _label(window: Window, run: Run) -> str:
    """The model's label of a run: that of the name that covers it, "part" where a name covers some of it."""
    name = window.name_at.get(run.last - 1) or window.name_at.get(run.first)
    if name is None:
        return ""
    if name.first > run.first or name.last < run.last:
        return "part"
    return "place" if name.weak else name.kind


def _surnames(windows: Sequence[Window]) -> set[str]:
    """Last words of the full names that the model took for persons', and of no organisation's."""
    found: dict[str, set[str]] = {"person": set(), "org": set()}
    for window in windows:
        for name in window.names:
            words = name.text.split()
            if len(words) > 1:
                found[name.kind].update(words if name.kind == "org" else words[-1:])
    return found["person"] - found["org"]


def _decide(form: str, tally: _Tally, text: str, surnames: Collection[str]) -> Kind | None:
    """The kind of a name; none where its places say nothing or contradict each other."""
    org, person = tally.placed["org"], tally.placed["person"]
    if max(org, person) < _LEAST:
        return None
    words = form.split()
    abbreviated = "." in form and is_town(form.replace(".", ""))  # "the U.S. bank"
    if is_area_name(form) or is_place(form) or abbreviated or _is_generic(words):
        return None
    org += 1 + min(tally.marked["org"], 2) if tally.marked["org"] else 0
    person += min(tally.marked["person"], 2)
    if not _may_be_person(words):
        person = 0
    elif is_given_name(words[0]) and len(words) > 1:
        person += 1 + (tally.marked["person"] > 0)
    elif len(words) == 1 and tally.marked["person"] and _is_surname(form, text):
        person += 3
    elif tally.marked["person"] and form in surnames:
        person += 2
    elif tally.marked["person"] and not tally.beyond_persons:
        person += 1
    by_title = all(vote.why in ("title of", "owner of title") for vote in tally.votes if vote.kind == "org")
    if (by_title and is_unit_name(form)) or (
        tally.marked["place"] and not tally.beyond_places and _may_be_place(form, tally)
    ):
        org = 0
    if org > person or (org == person > 0 and _is_no_given_name(tally, words)):
        return "org"
    if person > org and len(words) > 1:
        return "person"
    return None


def _may_be_place(form: str, tally: _Tally) -> bool:
    """Whether a name is a town's, or one of which no more is told than that somebody leaves it or is there."""
    votes = [vote for vote in tally.votes if vote.kind == "org"]
    return is_town(form) or all(vote.why == "at" or (vote.placed and "." in vote.why) for vote in votes)


def _is_no_given_name(tally: _Tally, words: Sequence[str]) -> bool:
    """Whether nothing but the model's label speaks for a person: no place, no given name, no loose wording."""
    return not tally.placed["person"] and tally.beyond_persons and not is_given_name(words[0])


def _is_generic(words: Sequence[str]) -> bool:
    """Whether a name is made of words for any organisation or its bodies: "Board of Directors", "the Company"."""
    return all(
        word.lower() in GENERIC_WORDS
        or word.lower() in ("of", "directors", "trustees", "governors")
        or is_org_tail(word)
        for word in words
    )


def _may_be_person(words: Sequence[str]) -> bool:
    last = words[-1]
    return (
        len(words) <= 6
        and not is_org_tail(last)
        and not any("&" in word or any(char.isdigit() for char in word) for word in words)
        and not any(word.endswith(",") for word in words[:-1] if words[-1].lower().rstrip(".") not in SUFFIXES)
        and not any(word.isupper() and len(word.replace(".", "")) > 3 for word in words)
        and (len(last.strip(".")) > 1 or last.lower() in SUFFIXES)
    )


_CAPITAL_BEFORE = re.compile(r"(\b[A-Z][\w.’'-]*) $")
_LONGEST_WORD = 40


def _is_surname(word: str, text: str) -> bool:
    """Whether a text has a given name, an initial or an honorific before a word."""
    for start in occurrences(text, word):
        found = _CAPITAL_BEFORE.search(text, max(0, start - _LONGEST_WORD), start)
        before = found[1] if found else ""
        if found and (
            is_given_name(before)
            or INITIAL.match(before)
            or before.rstrip(".").lower() in ("mr", "ms", "mrs", "dr", "president")
        ):
            return True
    return False


def _is_own_person(window: Window, run: Run, name: Name, kind: Kind) -> bool:
    """Whether the model knows better where a person's name starts: "Hydrologist Anne Roe", "Post-Training Jane Roe"."""
    if kind == "org" and name.honorific is not None:
        return True  # "Mr. Hearst" in an article on Hearst
    if name.kind == "person" and has_nickname(window, name):
        return True
    if name.kind != "person" or not name.last == run.last > name.first + 1 or name.first <= run.first:
        return False
    before = window.doc[run.first : name.first].text
    return kind == "person" or is_given_name(window.words[name.first]) or is_unit_name(before)


def _mark(window: Window, runs: Sequence[Run], decided: dict[str, Kind]) -> bool:
    changed = False
    for run in runs:
        kind = decided.get(run.text)
        if kind is None:
            continue
        there = {id(window.name_at[i]): window.name_at[i] for i in range(run.first, run.last) if i in window.name_at}
        if any(_is_own_person(window, run, name, kind) for name in there.values()):
            continue
        if len(there) == 1:
            name = next(iter(there.values()))
            if (name.kind, name.weak, name.first, name.last) == (kind, False, run.first, run.last):
                name.settled = True
                continue
        honorific = next((name.honorific for name in there.values() if name.honorific), None)
        for name in there.values():
            for index in range(name.first, name.last):
                window.name_at.pop(index, None)
        window.names[:] = [name for name in window.names if id(name) not in there]
        mark = Name(
            kind, run.first, run.last, run.text, honorific=honorific if kind == "person" else None, settled=True
        )
        window.names.append(mark)
        for index in range(run.first, run.last):
            window.name_at[index] = mark
        changed = True
    if changed:
        window.names.sort(key=lambda name: name.first)
    return changed
