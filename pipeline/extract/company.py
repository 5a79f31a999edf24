"""Which organisation an event is about: every organisation of the article competes on weighted evidence."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from pipeline import rulebook
from pipeline.extract.candidates import Candidate
from pipeline.extract.evidence import NONE, company_evidence
from pipeline.extract.role_values import RoleValue
from pipeline.extract.view import View


@dataclass(frozen=True, slots=True)
class Choice:
    """The organisation decided on, its score, the lead over the next one, and the evidence for it.

    `scores` holds the score of every organisation and of none at all (index -1).
    """

    organisation: int | None
    score: float
    lead: float
    evidence: tuple[str, ...]
    scores: Mapping[int, float]


@rulebook.remembered()
def _weights() -> tuple[Mapping[str, float], Mapping[str, float]]:
    data = rulebook.read_data("weights.toml")["company"]
    return data["evidence"], data["shared"]


def choose_company(view: View, candidate: Candidate, role: RoleValue | None) -> Choice:
    """Decide the company of one person, role and trigger."""
    weights, _ = _weights()
    evidence = company_evidence(view, candidate, role)
    scores = {
        index: sum(weights.get(key, 0.0) * value for key, value in found.items()) for index, found in evidence.items()
    }
    return choice_of(scores, {index: tuple(sorted(found)) for index, found in evidence.items()})


def choice_of(scores: Mapping[int, float], evidence: Mapping[int, tuple[str, ...]]) -> Choice:
    """The best of the scored organisations; ties fall to none, then to the one registered first."""
    ranked = sorted(scores, key=lambda index: (-scores[index], index))
    best = ranked[0]
    lead = scores[best] - scores[ranked[1]] if len(ranked) > 1 else 0.0
    return Choice(best if best != NONE else None, scores[best], lead, evidence.get(best, ()), scores)


def probabilities(scores: Mapping[int, float]) -> dict[int, float]:
    """Scores as shares that add up to 1."""
    top = max(scores.values(), default=0.0)
    raised = {index: math.exp(score - top) for index, score in scores.items()}
    total = sum(raised.values())
    return {index: value / total for index, value in raised.items()}


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision on a company with what ties it to others of the article; persons are indices."""

    person: int
    direction: str
    counterpart: int | None
    sentence: int  # article offset
    choice: Choice


def related(one: Decided, other: Decided) -> str | None:
    """How another decision bears on one: the name of its weight, None if not at all."""
    if other.person == one.person:
        return "same_person" if other.direction == one.direction and not _two_employers(one, other) else None
    if other.person == one.counterpart or other.counterpart == one.person:
        return "counterpart"
    if other.sentence == one.sentence and other.direction == one.direction:
        return "same_sentence"
    return None


def _two_employers(one: Decided, other: Decided) -> bool:
    """Whether two sentences each have an employer of their own act: "Acme named Roe chairman. Bolt hired Roe"."""
    first, second = one.choice, other.choice
    differ = one.sentence != other.sentence and first.organisation != second.organisation
    return differ and all("frame_subject" in choice.evidence for choice in (first, second))


def shared_scores(decided: Sequence[Decided]) -> list[dict[str, dict[int, float]]]:
    """For each decision and relation, the mean share of each organisation among the related decisions."""
    shares = [probabilities(item.choice.scores) for item in decided]
    found = []
    for number, one in enumerate(decided):
        sums: dict[str, dict[int, float]] = {}
        counts: dict[str, int] = {}
        for position, other in enumerate(decided):
            relation = related(one, other) if position != number else None
            if relation is not None:
                counts[relation] = counts.get(relation, 0) + 1
                total = sums.setdefault(relation, {})
                for index, share in shares[position].items():
                    total[index] = total.get(index, 0.0) + share
        found.append({r: {i: v / counts[r] for i, v in total.items()} for r, total in sums.items()})
    return found


class SharesCompany(Protocol):
    """A row whose company is decided once for itself; `company` is an index of the article's registry."""

    person: int
    company: int | None
    candidate: Candidate
    choice: Choice


def share_companies(rows: Sequence[SharesCompany]) -> None:
    """Decide again for an article; rows of a person, counterpart or sentence support each other."""
    _, weights = _weights()
    decided = [decided_of(row.person, row.candidate, row.choice) for row in rows]
    for row, relations in zip(rows, shared_scores(decided), strict=True):
        if not row.choice.scores:
            continue
        scores = dict(row.choice.scores)
        lean = weights["where_stated"] if is_stated(row.choice) else 1.0
        for relation, shares in relations.items():
            for index, share in shares.items():
                if index != NONE:
                    scores[index] = scores.get(index, 0.0) + lean * weights.get(relation, 0.0) * share
        fresh = choice_of(scores, {})
        kept = fresh.organisation == row.choice.organisation
        row.choice = replace(fresh, evidence=row.choice.evidence if kept else ("shared",))
        row.company = fresh.organisation


_STATED = frozenset(["frame_object", "role_company"])
_COMES_FROM = frozenset(["held_in", "held_before_in"])


def is_stated(choice: Choice) -> bool:
    """Whether the event's own words name the organisation: "joined Acme"; not where somebody "of Acme" comes from."""
    behind = "frame_preposition" in choice.evidence and _COMES_FROM.isdisjoint(choice.evidence)
    return behind or not _STATED.isdisjoint(choice.evidence)


def decided_of(person: int, candidate: Candidate, choice: Choice) -> Decided:
    """A candidate's decision with what ties it to others."""
    counterpart = candidate.counterpart.entity if candidate.counterpart is not None else None
    sentence = candidate.window.sentences[candidate.sentence].start
    return Decided(person, candidate.direction, counterpart, sentence, choice)
