"""The office lost, where only its gain is told: "Roe, who was appointed treasurer in 2015, has left"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pipeline.extract.event_row import TOLD, Row
from pipeline.titles import parse_title

_GAINS = frozenset({"appointed", "promoted", "returned", "reappointed"})  # "joined as a clerk" is no last office
_NEXT_SENTENCE = 250  # characters
_OPENING = frozenset({"begin", "start"})  # of a career: "began as a process engineer"


def share_own_gains(rows: Sequence[Row]) -> None:
    """Give a loss without a role the last office that the article says the person gained there before."""
    for row in rows:
        if row.direction == "in" or row.action == "died":
            continue
        if (gain := _lost_again(row, rows)) is not None:
            row.role, row.role_how, row.company = gain.role, "affiliation", gain.company
            continue
        if row.role is not None:
            continue
        gains = [other for other in rows if other.person == row.person and _is_office_before(other, row)]
        if not gains:
            continue
        latest = max(gains, key=lambda other: (_day(other) or date.min, other.evidence[0].start))
        here = latest.evidence[0].start == row.evidence[0].start
        row.role, row.role_how = latest.role, "here" if here else "affiliation"
        if row.company is None:
            row.company = latest.company


def _lost_again(loss: Row, rows: Sequence[Row]) -> Row | None:
    """What a sentence says was gained and the next tells lost: "Roe of Bolt was named T of Acme. She quit in June"."""
    if loss.role_how not in ("none", "affiliation") or loss.status != "done" or loss.when is None:
        return None
    trigger, window = loss.candidate.trigger, loss.candidate.window
    if TOLD & set(loss.choice.evidence) or window.doc[trigger.head].tag_ != "VBD":
        return None
    told = [
        row
        for row in rows
        if row.person == loss.person
        and row.action in _GAINS
        and row.role is not None
        and row.role_how == "sentence"
        and row.status == "done"
        and row.candidate.window is window
        and row.candidate.sentence == loss.candidate.sentence - 1
    ]
    day, lost = (_day(told[0]) if told else None), _day(loss)
    earlier = day is None or (lost is not None and day < lost)
    return told[0] if len(told) == 1 and earlier else None


def _is_office_before(gain: Row, loss: Row) -> bool:
    """Whether a gain is one of the place lost, told with its office, and earlier than the loss."""
    trigger = gain.candidate.trigger
    if gain.role is None or gain.role_how != "sentence" or gain.status != "done":
        return False
    if gain.action not in _GAINS and not _joined_in_passing(gain, loss):
        return False
    if _OPENING & set(trigger.phrase.split()) or gain.company not in (loss.company, None):
        return False
    gained, lost = _day(gain), _day(loss)
    if gained is not None and lost is not None:
        return gained < lost
    at, until = gain.evidence[0].start, loss.evidence[0].start
    if at == until and gain.candidate.window is loss.candidate.window:
        return trigger.head < loss.candidate.trigger.head or gain.scope == "background"
    return gain.scope == "background" or at < until


def _joined_in_passing(gain: Row, loss: Row) -> bool:
    """Whether little stands between joining and leaving: "Roe joined in May as head of sales. Now he is leaving"."""
    parsed = parse_title(gain.role or "")
    ranked = bool(parsed) and parsed[0].level != "other"
    return gain.action == "joined" and ranked and 0 <= loss.evidence[0].start - gain.evidence[0].start <= _NEXT_SENTENCE


def _day(row: Row) -> date | None:
    return row.when.resolved.date if row.when is not None else None
