"""How likely a row is right: a logistic model over how its slots were found; no word or name has a weight."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline import rulebook
from pipeline.extract.company import probabilities
from pipeline.extract.evidence_notes import NONE
from pipeline.extract.link_features import between

if TYPE_CHECKING:
    from pipeline.extract.candidates import Candidate
    from pipeline.extract.event_row import Row
    from pipeline.extract.view import View

_STATED = (
    "role_company",
    "frame_object",
    "frame_preposition",
    "frame_subject",
    "frame_from_out",
    "line_head",
)
_SPOKEN_OF = ("report_subject", "report_behind", "anaphor", "section_head", "sentence_subject")
_HELD = ("same_role_in", "same_role_out", "held_out", "held_before_out")
_LEAD_MOST = 6.0  # a lead beyond this says no more
_SUPPORT_MOST = 3
_LEAST_SHARE = 0.02


@dataclass(frozen=True, slots=True)
class RowFeatures:
    """How a row came about.

    `person` and `role` name the way the slot was filled; `company` the strongest kind of evidence (stated,
    spoken_of, held, shared, focus, none) and `lead` how far the organisation is ahead of the next one. `support`
    counts the triggers that tell the event; `apart` says that the person is named in another sentence than the
    trigger, `between` that somebody else is named between the two. `share` is the organisation's share of the
    likelihood among all that competed, `beside` how the row stands to others of the same person and direction.
    """

    person: str
    role: str
    company: str
    lead: float
    kind: str
    weak: bool
    direction: str
    status: str
    scope: str
    support: int
    full_name: bool
    dated: bool
    headline: bool
    apart: bool
    between: bool = False
    share: float = 1.0
    beside: frozenset[str] = frozenset()


def row_features(view: View, row: Row, rows: Sequence[Row]) -> RowFeatures:
    """The features of a row of an article's rows, whose slots are all decided."""
    candidate = row.candidate
    named = candidate.person.first
    return RowFeatures(
        person=candidate.how.get("person", "parse"),
        role=row.role_how if row.role else "none",
        company=_company_kind(row),
        lead=row.choice.lead,
        kind=candidate.trigger.rule.kind,
        weak=candidate.trigger.rule.weak,
        direction=row.direction,
        status=row.status,
        scope=row.scope,
        support=row.support,
        full_name=bool(view.people.persons[row.person].given),
        dated=row.when is not None,
        headline=all(piece.start < view.headline_end for piece in row.evidence),
        apart=named >= 0 and candidate.window.sentence_at[named] != candidate.sentence,
        between=named >= 0 and _another_between(candidate),
        share=probabilities(row.choice.scores).get(NONE if row.company is None else row.company, 0.0),
        beside=frozenset(_beside(row, rows)),
    )


def _another_between(candidate: Candidate) -> bool:
    """Whether another person is named between the trigger and its own."""
    name, trigger = candidate.person, candidate.trigger
    between_them = between(trigger, name)
    return any(other.entity != name.entity for other in candidate.window.names_in(*between_them, "person"))


def _beside(row: Row, rows: Sequence[Row]) -> Iterator[str]:
    """How a row stands to the others that tell of the same person in the same direction: one event may be two rows."""
    others = [r for r in rows if r is not row and r.person == row.person and r.direction == row.direction]
    if not others:
        return
    yield "another"
    holds = {
        "third": len(others) > 1,
        "same_action": any(r.action == row.action for r in others),
        "same_company": any(r.company == row.company for r in others),
        "other_company": any(r.company != row.company for r in others),
        "same_role": any(r.role and row.role and r.role.lower() == row.role.lower() for r in others),
        "other_has_role": row.role is None and any(r.role for r in others),
        "other_scope": any(r.scope != row.scope for r in others),
        "better_told": any(r.support > row.support for r in others),
        "told_first": all(r.evidence[0].start >= row.evidence[0].start for r in others),
        "same_sentence": any(r.evidence[0].start == row.evidence[0].start for r in others),
        "same_wording": any(r.candidate is row.candidate for r in others),
    }
    yield from (key for key, value in holds.items() if value)


def _company_kind(row: Row) -> str:
    if row.company is None:
        return "none"
    evidence = set(row.choice.evidence)
    for kind, keys in (
        ("stated", _STATED),
        ("spoken_of", _SPOKEN_OF),
        ("held", _HELD),
        ("shared", ("shared",)),
    ):
        if evidence & set(keys):
            return kind
    return "focus"


def numbers(features: RowFeatures) -> dict[str, float]:
    """The features as numbers by name; a name that is missing is 0."""
    found = {
        f"person_{features.person.strip(',')}": 1.0,
        f"role_{features.role}": 1.0,
        f"company_{features.company}": 1.0,
        f"kind_{features.kind}": 1.0,
        f"direction_{features.direction}": 1.0,
        f"scope_{features.scope}": 1.0,
        "lead": min(max(features.lead, 0.0), _LEAD_MOST) / _LEAD_MOST,
        "support": min(features.support, _SUPPORT_MOST) / _SUPPORT_MOST,
        "share": features.share,
        "log_share": math.log(max(features.share, _LEAST_SHARE)),
    }
    flags = {
        "weak": features.weak,
        "done": features.status == "done",  # the other statuses are too rare to weigh each
        "full_name": features.full_name,
        "dated": features.dated,
        "headline": features.headline,
        "apart": features.apart,
        "between": features.between,
    } | {f"beside_{key}": True for key in sorted(features.beside)}
    return found | {name: 1.0 for name, holds in flags.items() if holds}


@rulebook.remembered()
def _weights() -> Mapping[str, float]:
    weights: Mapping[str, float] = rulebook.read_data("weights.toml")["confidence"]
    return weights


def confidence_of(features: RowFeatures) -> float:
    """The share of such rows with a right person, company and direction, learned from labelled articles."""
    weights = _weights()
    score = weights["intercept"] + sum(weights.get(name, 0.0) * value for name, value in numbers(features).items())
    return round(min(max(1 / (1 + math.exp(-score)), 0.02), 0.98), 3)
