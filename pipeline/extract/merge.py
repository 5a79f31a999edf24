"""Several wordings of one event made one: which rows tell the same, and what stands of each."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.extract.dates import ResolvedDate
from pipeline.extract.event_row import Row
from pipeline.extract.headline_roles import is_worded_fuller
from pipeline.extract.retold import apart_in_time, firmness, is_reminder, same_company
from pipeline.extract.view import View
from pipeline.records import Status
from pipeline.titles import canonical_role

# Of two wordings of one event the one that tells more stands.
_TELLING = {
    "departed": 0,
    "resigned": 2,
    "retired": 3,
    "dismissed": 4,
    "died": 5,
    "appointed": 1,
    "joined": 2,
    "promoted": 2,
    "returned": 2,
    "reappointed": 2,
    "founded": 0,
    "on_leave": 0,
}
_CERTAINTY: dict[Status, int] = {"done": 4, "denied": 3, "planned": 2, "proposed": 1, "rumored": 0}


def _same_role(a: str | None, b: str | None) -> bool:
    return a is None or b is None or canonical_role(a) == canonical_role(b)


def merge_rows(view: View, rows: list[Row]) -> list[Row]:
    """One row per person, role, company and direction; the wording that tells most stands."""
    kept: list[Row] = []
    for row in rows:
        if row.role is not None and (_is_vague(view, row, rows) or _is_seat_of(view, row, rows)):
            row.role, row.role_how = None, "none"
    for row in [r for r in rows if is_worded_fuller(view, r, rows)]:
        row.role, row.role_how = None, "none"
    ordered = sorted(
        rows, key=lambda r: (r.role is None, r.role_how != "sentence", r.company is None, r.evidence[0].start)
    )
    for row in ordered:
        same = [k for k in kept if _coreferent(view, k, row)]
        match = next((k for k in same if _same_role(k.role, row.role)), same[0] if same else None)
        if match is None:
            kept.append(row)
        else:
            _absorb(match, row)
    return kept


_VAGUE = frozenset(
    {
        "head",
        "chief",
        "boss",
        "executive",
        "official",
        "officer",
        "leader",
        "director general",
        "exec",
        "top executive",
    }
)


_HEADLINED = frozenset({"head", "chief", "boss", "leader", "exec", "supremo", "number"})


def _is_vague(view: View, row: Row, rows: list[Row]) -> bool:
    """Whether a headline's "finance head" or "boss" stands for a title that the text below words."""
    sentence = row.candidate.window.sentences[row.candidate.sentence]
    role = (row.role or "").lower()
    if row.evidence[0].start < view.headline_end and role in _VAGUE:
        return True
    if role == "deputy":  # "will run Acme as operating chief" and "will serve as Roe's deputy"
        return any(
            r.person == row.person and r.direction == row.direction and r.role not in (None, row.role) for r in rows
        )
    if row.direction == "in" and role in _VAGUE and _is_worded_elsewhere(row, rows):
        return True  # "she and the incoming treasurer become the top leaders"
    if sentence.kind != "heading" or role.split()[-1] not in _HEADLINED:
        return False
    return any(
        other.person == row.person and other.direction == row.direction and other.role and other.role.lower() != role
        for other in rows
        if other.evidence[0].start > row.evidence[0].start
    )


_SEAT_HOLDER = re.compile(
    r"(?i)(?:trustee|governor|regent"
    r"|(?:non-?\s?executive|independent|outside|external|lay|supervisory)\b.* director)$"
)


def _is_seat_of(view: View, row: Row, rows: list[Row]) -> bool:
    """Whether a seat on a board is the office told in other words: "new trustee Roe has joined the board"."""
    values = [value for value in row.candidate.roles if value.text == row.role]
    if row.role != "director" or not all(v.title is None or "board" in v.title.mention.modifiers for v in values):
        return False
    return bool(values) and any(
        other.person == row.person
        and other.direction == row.direction
        and other.role is not None
        and _SEAT_HOLDER.search(other.role)
        and same_company(view, other, row)
        for other in rows
    )


def _is_worded_elsewhere(row: Row, rows: list[Row]) -> bool:
    """Whether another gain of the person at the same company has a title that tells more."""
    return any(
        other.candidate is not row.candidate
        and (other.person, other.direction, other.company) == (row.person, row.direction, row.company)
        and other.scope == row.scope
        and (other.role or "").lower() not in _VAGUE | {""}
        for other in rows
    )


def _coreferent(view: View, kept: Row, row: Row) -> bool:
    if kept.person != row.person or kept.direction != row.direction or kept.candidate is row.candidate:
        return False
    if apart_in_time(kept, row) and not (_is_participle_of(kept, row) or _is_participle_of(row, kept)):
        return False
    if {kept.status, row.status} == {"rumored", "done"} and kept.direction == "in" and row.company != kept.company:
        return False  # candidate for an office, and once head of another firm
    if row.role_how == "held" and kept.role_how == "sentence":
        return same_company(view, kept, row)
    if kept.role_how == "sentence" and row.role_how in ("here", "affiliation") and kept.direction == "out":
        if kept.role == "director" and not _same_role(kept.role, row.role):
            return False  # "will also give up his seat on the board"
        return same_company(view, kept, row)
    if not _same_role(kept.role, row.role) and (
        row.role_how in ("sentence", "counterpart", "here") or kept.direction == "in"
    ):
        return False
    return same_company(view, kept, row) and (kept.action == "founded") == (row.action == "founded")


def _is_participle_of(one: Row, other: Row) -> bool:
    """Whether a loss only goes on with another one: "will retire in May, leaving a bank with ten branches"."""
    if one.candidate.window is not other.candidate.window or one.direction == "in":
        return False
    word = one.candidate.window.doc[one.candidate.trigger.head]
    return word.tag_ == "VBG" and word.dep_ == "advcl" and word.head.i == other.candidate.trigger.head


def _tells(row: Row) -> int:
    """How much a wording tells; "joins the company" tells less than "named" unless it gives the role or the hiring."""
    if row.candidate.trigger.phrase.startswith("relieve"):
        return _TELLING["departed"]  # also who resigned of his own will "is relieved of his duties" on the last day
    bare = ("join.join", "join.from", "join.move")
    hired = row.role_how == "sentence" or row.candidate.trigger.rule.rule_id not in bare
    return _TELLING[row.action] if row.action != "joined" or hired else 0


def _bare_join(row: Row) -> bool:
    """Whether a row tells only that somebody joined, in the past and without an office."""
    trigger = row.candidate.trigger
    joined = trigger.rule.rule_id == "join.join" and row.role_how != "sentence"
    return joined and row.status == "done" and row.candidate.window.doc[trigger.head].tag_ == "VBD"


def _is_surer(row: Row, kept: Row) -> bool:
    """Whether a row tells more surely. Who is nominated "will be" chairman only then, so a nomination stands."""
    if row.direction == "in" and row.status == "planned" and _nominated(kept):
        return False
    if row.direction == "in" and kept.status == "planned" and _nominated(row):
        return True
    beside = row.candidate.window is kept.candidate.window and row.candidate.sentence == kept.candidate.sentence
    if beside and row.status == "done" and _nominated(kept):
        return False  # "nominated Roe, replacing Kim"
    return _CERTAINTY[row.status] > _CERTAINTY[kept.status]


def _nominated(row: Row) -> bool:
    return row.status == "proposed" and row.candidate.trigger.phrase.startswith("nominat")


_FINENESS = {"year": 0, "quarter": 1, "month": 2, "day": 3}


def _finer(one: ResolvedDate, other: ResolvedDate) -> bool:
    """Whether a date lies within a longer period: "in July", told beside "next year"."""
    if _FINENESS[one.precision] <= _FINENESS[other.precision] or one.date.year != other.date.year:
        return False
    months = {"year": 12, "quarter": 3, "month": 1}[other.precision]
    return 0 <= one.date.month - other.date.month < months


def _is_replaced(row: Row) -> bool:
    """Whether a loss is told only by who comes next; when that is says nothing of when the other left."""
    return row.candidate.trigger.rule.rule_id == "depart.replaced"


def _is_what_for(row: Row, kept: Row) -> bool:
    """Whether a row only tells for what somebody was named beside it: "appointed Roe to head its sales unit"."""
    here, there = row.candidate, kept.candidate
    return (
        here.trigger.rule.rule_id == "appoint.to_run"
        and here.window is there.window
        and here.sentence == there.sentence
        and there.trigger.head < here.trigger.head
    )


def _is_earlier(row: Row, kept: Row) -> bool:
    """Whether a row tells of the day on which that was done which makes an event to come: "quit on May 1"."""
    if row.status != "done" or row.when is None or kept.when is None:
        return False
    return row.when.resolved.date < kept.when.resolved.date


def _absorb(kept: Row, row: Row) -> None:
    kept.support += row.support
    kept.also += [row.candidate, *row.also]
    kept.evidence += [e for e in row.evidence if e not in kept.evidence]
    if is_reminder(row) and kept.scope == "news":
        return
    if kept.role is None:
        kept.role, kept.role_how = row.role, row.role_how
    of_state = kept.role is not None and row.role is None and "state_office" in kept.choice.evidence
    if (kept.company is None and not of_state) or (row.company is not None and firmness(row) > firmness(kept)):
        kept.company, kept.choice = row.company, row.choice
    if row.action != kept.action and "denied" in (row.status, kept.status):
        # Of "was fired", denied, and "resigned" the second stands; what is only rumoured beside a denial does not.
        stands, denied = (row, kept) if kept.status == "denied" else (kept, row)
        if stands.status in ("rumored", "proposed"):
            stands, denied = denied, stands
        if stands is row:
            kept.candidate, kept.status = replace(kept.candidate, trigger=row.candidate.trigger), row.status
            kept.when = row.when
        return
    if {row.status, kept.status} == {"planned", "done"} and _is_replaced(row) != _is_replaced(kept):
        if _is_replaced(kept):  # "Roe will be replaced by Kim", who "has quit"
            kept.candidate = replace(kept.candidate, trigger=row.candidate.trigger)
            kept.status, kept.when = row.status, row.when
        return
    telling, was_planned = _tells(row) > _tells(kept), kept.status == "planned"
    if telling and row.status != "denied":
        kept.candidate = replace(kept.candidate, trigger=row.candidate.trigger)
    still_to_come = row.status == "planned" and kept.status == "done"  # "has been hired" and "will start in May"
    gone = still_to_come and _is_replaced(row)
    # "has resigned. He will be replaced by Roe from May 1"; "has been appointed to head the unit"
    still_to_come = still_to_come and not gone and not _is_what_for(row, kept)
    if _is_surer(row, kept) and not (kept.status == "planned" and row.status == "done"):
        kept.status = row.status
    elif still_to_come:
        kept.status = "planned"
    if gone or (_bare_join(row) and kept.role is not None and kept.action in ("appointed", "promoted")):
        pass  # "named president of the company, which she joined in January"
    elif kept.when is not None and kept.candidate.trigger.rule.rule_id == "depart.last_day":
        pass
    elif (
        row.when is not None
        and not (was_planned and _is_earlier(row, kept))
        and (
            kept.when is None
            or (still_to_come and row.when.resolved.date > kept.when.resolved.date)
            or _finer(row.when.resolved, kept.when.resolved)
            or (row.when.score > kept.when.score and not _finer(kept.when.resolved, row.when.resolved))
            or row.candidate.trigger.rule.rule_id == "depart.last_day"
        )
    ):
        kept.when = row.when
    if row.scope == "news":
        kept.scope = "news"
