"""How an article writes of an organisation as a whole: its spelling, how often and how far from an event it is named.

None of this tells an employer by itself; together it ranks what the event's own words leave open. The kinds of
evidence were chosen by the accuracy that each added on articles whose texts nobody had read.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.extract.candidates import Candidate
from pipeline.extract.discourse import Discourse
from pipeline.extract.evidence_notes import NONE, Found
from pipeline.extract.mentions import Window
from pipeline.extract.name_words import is_org_tail
from pipeline.extract.role_values import RoleValue
from pipeline.extract.screen import readable_sentences
from pipeline.extract.view import View

_LEGAL = frozenset("inc corp ltd plc co llc ag sa nv group holdings limited corporation company bank".split())
_PREPOSITIONS = frozenset("at of for with in by to from".split())
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_MOST_RANKS = 4
_MOST_WORDS = 5
_LONGEST_ACRONYM = 6
_FAR = 6  # sentences; what stands between is not always read, so nothing is the last named from so far


@dataclass(slots=True)
class Standing:
    """One organisation: article offsets of its mentions, ascending, the sentences they are in, what holds always."""

    positions: list[int] = field(default_factory=list)
    sentences: list[int] = field(default_factory=list)
    always: dict[str, float] = field(default_factory=dict)


@dataclass(slots=True)
class Standings:
    """All organisations of an article by index; `starts` are the article offsets at which sentences start."""

    starts: list[int]
    by_index: dict[int, Standing]

    def sentence(self, position: int) -> int:
        return bisect_right(self.starts, position) - 1


def read_standings(view: View, discourse: Discourse) -> Standings:
    """Read an article once; misspelt forms count for the usual one."""
    starts = [sentence.start for sentence in readable_sentences(view.text)]
    standings = Standings(starts, defaultdict(Standing))
    registry = view.organisations.organisations
    for index, organisation in enumerate(registry):
        if index not in discourse.bodies:
            standings.by_index[discourse.usual(index)].positions += organisation.positions
    written = _written(view, discourse)
    told = Counter(discourse.usual(index) for index in discourse.subjects.values())
    for index, one in standings.by_index.items():
        one.positions = sorted(set(one.positions))
        one.sentences = [standings.sentence(at) for at in one.positions]
        one.always = dict(_spelling(view, discourse, index))
        one.always.update(written.get(index, {}))
        if told[index]:
            one.always["subject_share"] = told[index] / told.total()
        one.always["log_count"] = math.log(max(registry[index].count, len(one.positions), 1))
        if len(one.positions) == 1:
            one.always["named_once"] = 1.0
        below = bisect_left(one.positions, view.headline_end)
        if below < len(one.positions):
            one.always["named_early"] = 1 - one.positions[below] / max(len(view.text), 1)
    return standings


def _spelling(view: View, discourse: Discourse, index: int) -> Iterator[tuple[str, float]]:
    registry = view.organisations.organisations
    full = registry[index].full
    words = full.lower().split()
    yield "words", min(len(words), _MOST_WORDS) / _MOST_WORDS
    flags = {
        "acronym": full.isupper() and len(full) <= _LONGEST_ACRONYM,
        "legal_form": not _LEGAL.isdisjoint(word.rstrip(".,") for word in words),
        "ends_as_organisation": bool(words) and is_org_tail(words[-1]),
        "of_known_kind": bool(discourse.kinds.get(index)),
        "named_of": "of" in words[1:],
        "inside_other": any(o is not registry[index] and _within(full, o.full) for o in registry),
        "holds_other": any(o is not registry[index] and _within(o.full, full) for o in registry),
    }
    yield from ((key, 1.0) for key, holds in flags.items() if holds)


def _within(short: str, longer: str) -> bool:
    """Whether a name is a part of another one, in whole words: "Fed" is none of "Federal Reserve"."""
    return short.lower() in longer.lower() and bool(re.search(rf"\b{re.escape(short)}\b", longer, re.IGNORECASE))


def _written(view: View, discourse: Discourse) -> dict[int, dict[str, float]]:
    """By organisation, the share of its mentions behind each preposition, and as a possessor."""
    mentions: Counter[int] = Counter()
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for window in view.windows:
        for name in window.names:
            if name.kind != "org" or name.entity < 0:
                continue
            index = discourse.usual(name.entity)
            mentions[index] += 1
            before = window.lows[name.first - 1] if name.first else ""
            if before in ("the", "its") and name.first > 1:
                before = window.lows[name.first - 2]
            if before in _PREPOSITIONS:
                found[index][f"behind_{before}"] += 1
            if window.lows[name.last : name.last + 1] and window.lows[name.last] in _POSSESSIVE:
                found[index]["possessor"] += 1
    return {i: {key: n / mentions[i] for key, n in counts.items()} for i, counts in found.items()}


def note_standing(view: View, discourse: Discourse, candidate: Candidate, role: RoleValue | None, found: Found) -> None:
    """Add to the evidence of each organisation, places left out, how it stands in the article and to the trigger."""
    if discourse.standings is None:
        discourse.standings = read_standings(view, discourse)
    standings = discourse.standings
    trigger = candidate.window.span(candidate.trigger.head, candidate.trigger.head + 1)[0]
    here = standings.sentence(trigger)
    registry = view.organisations.organisations
    persons = {standings.sentence(at) for at in view.people.persons[candidate.person.entity].positions}
    for index, evidence in found.items():
        one = standings.by_index.get(index) if index != NONE and not registry[index].weak else None
        if one is None:
            continue
        evidence.update(one.always)
        evidence.update(_distances(one.sentences, here))
        shared = persons.intersection(one.sentences)
        if shared - {here}:
            evidence["with_person"] = 1.0
        evidence["with_person_share"] = len(shared) / max(len(persons), 1)
    _rank(view, standings, trigger, found)
    _within_sentence(discourse, candidate, role, found)


def _distances(sentences: list[int], here: int) -> Iterator[tuple[str, float]]:
    """How many sentences lie between the event and the nearest mention before and behind it."""
    before, behind = bisect_left(sentences, here), bisect_right(sentences, here)
    if before < behind:
        yield "in_sentence", 1.0
    yield f"before_{_apart(here - sentences[before - 1]) if before else 'none'}", 1.0
    yield f"after_{_apart(sentences[behind] - here) if behind < len(sentences) else 'none'}", 1.0


def _apart(sentences: int) -> str:
    return str(sentences) if sentences < 3 else "near" if sentences < _FAR else "far"


def _rank(view: View, standings: Standings, trigger: int, found: Found) -> None:
    """Which organisation is named last before the trigger, which next, and so on."""
    registry = view.organisations.organisations
    here = standings.sentence(trigger)
    last, following = [], []
    for index in found:
        if index == NONE or registry[index].weak or index not in standings.by_index:
            continue
        positions = standings.by_index[index].positions
        at = bisect_left(positions, trigger)
        if at and here - standings.sentence(positions[at - 1]) < _FAR:
            last.append((-positions[at - 1], index))
        if at < len(positions) and standings.sentence(positions[at]) - here < _FAR:
            following.append((positions[at], index))
    for key, ranked in (("last", last), ("next", following)):
        for rank, (_, index) in enumerate(sorted(ranked)):
            found[index][f"{key}_named_{min(rank, _MOST_RANKS)}"] = 1.0


def _within_sentence(discourse: Discourse, candidate: Candidate, role: RoleValue | None, found: Found) -> None:
    """What stands between a mention in the event's sentence and its trigger, and whose title the mention owns."""
    window = candidate.window
    sentence = window.sentences[candidate.sentence]
    owned = {title.company.first: title for title in window.titles_in(sentence.first, sentence.last) if title.company}
    for name in window.names_in(sentence.first, sentence.last, "org"):
        index = discourse.usual(name.entity)
        if index not in found or name.weak:
            continue
        title = owned.get(name.first)
        if title is not None:
            own = role is not None and role.title is title
            found[index]["owns_role" if own else "owns_other_title"] = 1.0
        # Sorted: scores are sums in the order of their evidence, and a set's order changes from run to run.
        for kind, other in sorted(_between(window, name.first, name.last, candidate.trigger.head)):
            if other != (index if kind == "org" else candidate.person.entity):
                found[index][f"{kind}_between"] = 1.0


def _between(window: Window, first: int, last: int, trigger: int) -> set[tuple[str, int]]:
    span = range(last, trigger) if last <= trigger else range(trigger, first)
    names = (window.name_at[i] for i in span if i in window.name_at)
    return {(name.kind, name.entity) for name in names}
