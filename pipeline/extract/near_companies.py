"""Companies that an article only happens to name near an event: left empty, or the row refused, where it leaves doubt.

Of an organisation that no word of the event, no subject and no title ties to the person, only its standing in the
article speaks. That is enough in news of a firm, and not in news where ministries, agencies and halls pass by.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.event_row import Row
from pipeline.extract.view import View

# Evidence that ties an organisation to the event or the person: the words of the event, a subject, a title.
_TIES = frozenset(
    "role_company frame_object frame_preposition frame_subject outer_subject report_subject report_behind anaphor "
    "anaphor_here described described_body role_inside role_unit role_owner joined_with_it frame_from_out "
    "section_head line_head sentence_subject same_company same_role_in same_role_out same_role_here_in "
    "same_role_here_out held_out held_before_out held_by_counterpart like_office at_in at_out ahead_at_in "
    "ahead_at_out from_out we issuer shared kind_fits paragraph paragraph_first".split()
)
_ABOUT = frozenset({"headline_first", "lead_subject"})
_OPENS = frozenset({"headline", "lead"})
# A hall, a street or a treaty does nothing in an article, has nothing and is not called a firm.
_FIRM = frozenset("subject_share possessor says holds_other of_known_kind ends_as_organisation legal_form".split())
_ACTS = frozenset("subject_share possessor says".split())
_NO_FIRMS = frozenset(  # offices that a state, a people or a church gives, and trades
    "president governor mayor mp senator speaker minister premier chancellor king queen bishop justice judge "
    "architect".split()
)
_HERE = frozenset({"in_sentence", "same_sentence"})


def leave_doubtful(view: View, rows: Sequence[Row]) -> None:
    """Empty the company of an office that the article ties to none: an agency that passes by a speaker."""
    for row in rows:
        if (
            row.role is not None
            and _is_near(view, row)
            and not _may_give_office(row.role, frozenset(row.choice.evidence))
        ):
            row.company = None


def without_doubtful(view: View, rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """The rows that are told, and those that name no office and no company but one that passes by."""
    told: list[Row] = []
    left: list[Row] = []
    for row in rows:
        doubtful = row.role is None and _is_near(view, row) and not _is_about(frozenset(row.choice.evidence))
        (left if doubtful else told).append(row)
    return told, left


def _is_near(view: View, row: Row) -> bool:
    """Whether nothing but an organisation's place in the article speaks for it."""
    if row.company is None or row.candidate.trigger.rule.action == "founded":
        return False
    return not view.organisations.organisations[row.company].weak and _TIES.isdisjoint(row.choice.evidence)


def _may_give_office(role: str, evidence: frozenset[str]) -> bool:
    """Whether an office may be that of an organisation: of the sentence, of the article, or named with the person."""
    if evidence & (_HERE | _ABOUT | _FIRM | {"previous_subject"}):
        return True
    beside = bool(evidence & (_OPENS | {"introduced_with", "most_counted"}))
    return beside and _NO_FIRMS.isdisjoint(role.lower().split())


def _is_about(evidence: frozenset[str]) -> bool:
    """Whether an article is about an organisation that acts or is called a firm, or that it opens with."""
    opens, beside = bool(evidence & _OPENS), bool(evidence & _HERE) or "introduced_with" in evidence
    if "most_counted" not in evidence:
        return bool(evidence & _ABOUT) and bool(evidence & _FIRM)
    if evidence & _FIRM and (opens or beside):
        return True
    return bool(evidence & _ACTS) or (opens and beside)
