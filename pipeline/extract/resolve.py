"""From candidates to event mentions: roles, company, date and status decided, and each event told once."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from pipeline.extract.announced_days import day_announced_next
from pipeline.extract.candidates import Candidate, Matches
from pipeline.extract.careers import other_company, previous_role
from pipeline.extract.company import Choice, choose_company, share_companies
from pipeline.extract.confidence import confidence_of, row_features
from pipeline.extract.elected_heads import given_by_people, takes_unnamed_office
from pipeline.extract.event_row import Row
from pipeline.extract.hearsay import awaits_approval
from pipeline.extract.held_roles import default_roles, in_full
from pipeline.extract.history import Deaths, deaths, is_history
from pipeline.extract.later_dates import date_said_later
from pipeline.extract.lead_days import share_lead_day
from pipeline.extract.linker import linked
from pipeline.extract.made_permanent import share_permanent
from pipeline.extract.merge import merge_rows
from pipeline.extract.near_companies import leave_doubtful, without_doubtful
from pipeline.extract.new_offices import share_new_offices
from pipeline.extract.own_gains import share_own_gains
from pipeline.extract.post_holders import share_left_offices
from pipeline.extract.refusals import of_fighters, of_party, of_voters, refusal
from pipeline.extract.role_values import RoleValue
from pipeline.extract.row_owners import share_last_owner, share_succession_firm
from pipeline.extract.scopes import scope_of
from pipeline.extract.status import Cues, status_of
from pipeline.extract.successions import (
    after_loss,
    fill_vacancies,
    share_lost,
    share_only_office,
    share_post,
    share_roles,
)
from pipeline.extract.told_dates import date_said_next, share_dates, told_elsewhere
from pipeline.extract.triggers import Trigger
from pipeline.extract.two_companies import rows_of_second_companies
from pipeline.extract.view import View
from pipeline.extract.when import When, date_of, day_behind, held_by_now, is_to_come
from pipeline.names import normalise_company
from pipeline.records import DIRECTIONS, EventMention, Evidence, Rejection, Status
from pipeline.titles import canonical_role, parse_title

_SURE_DATE = 12.0  # score of a date marked as effective


def resolve(view: View, matches: Matches, cues: Cues) -> tuple[list[EventMention], list[Rejection]]:
    """Event mentions and rejections of one article."""
    told, rejections = decide(view, matches, cues)
    return [mention for mention, _ in told], rejections


def decide(view: View, matches: Matches, cues: Cues) -> tuple[list[tuple[EventMention, Row]], list[Rejection]]:
    """As `resolve`, each event mention with the row that says how it came about."""
    rejections: list[Rejection] = []
    rows: list[Row] = []
    told_dead = deaths(view, matches)
    for candidate in matches.candidates:
        if _said_already(candidate, matches):
            continue
        made, reason = _rows(view, candidate, matches, cues, told_dead)
        rows += made
        if reason:
            rejections.append(_rejection(view, candidate.trigger, candidate.window, reason))
    kept: list[Trigger] = []
    for candidate in linked(view, matches, rows):
        made, _ = _rows(view, candidate, matches, cues, told_dead)
        rows += made
        kept += [candidate.trigger] if made else []
    refused = [refusal for refusal in matches.refusals if not any(refusal.trigger is trigger for trigger in kept)]
    rejections = [_rejection(view, refusal.trigger, refusal.window, refusal.reason) for refusal in refused] + rejections
    share_companies(rows)
    share_last_owner(rows)
    share_succession_firm(rows)
    share_own_gains(rows)
    share_roles(view, rows)
    share_post(rows)
    share_lost(rows)
    share_left_offices(view, rows)
    share_permanent(view, rows)
    share_only_office(view, rows)
    rows = fill_vacancies(rows)
    rows, left = after_loss(rows)
    share_new_offices(rows)
    rejections += [
        _rejection(view, row.candidate.trigger, row.candidate.window, "missing_slot: role|loss") for row in left
    ]
    rows += rows_of_second_companies(view, rows)
    share_dates(view, rows)
    share_lead_day(view, rows)
    leave_doubtful(view, rows)
    rows, passing = without_doubtful(view, merge_rows(view, rows))
    rejections += [
        _rejection(view, row.candidate.trigger, row.candidate.window, "employer_in_doubt") for row in passing
    ]
    told = _with_unique_ids([(_mention(view, row, rows), row) for row in rows])
    return sorted(told, key=lambda item: (item[0].evidence[0].start, item[0].mention_id)), rejections


def _said_already(candidate: Candidate, matches: Matches) -> bool:
    """Whether a candidate says less than another: one of its own words with an office, a leave, another gain.

    "quits to go on leave"; "named to be treasurer".
    """
    trigger = candidate.trigger
    if trigger.rule.action in ("resigned", "departed") and _goes_on_leave(candidate, matches):
        return True
    if (
        trigger.rule.weak
        and not candidate.roles
        and any(
            other.window is candidate.window
            and other.trigger.head == trigger.head
            and other.person is candidate.person
            and other.direction == candidate.direction
            and other.roles
            for other in matches.candidates
        )
    ):
        return True
    if trigger.rule.rule_id != "appoint.will_be" or not trigger.phrase.startswith("to "):
        return False
    return any(
        other.window is candidate.window
        and other.sentence == candidate.sentence
        and other.person.entity == candidate.person.entity
        and other.direction == "in"
        and other.trigger.head < trigger.head
        for other in matches.candidates
    )


def _began_as(candidate: Candidate) -> bool:
    """Whether a life is told from its beginning: "She began as a barrister in Derry"."""
    trigger = candidate.trigger
    opening = trigger.phrase.startswith(("begin as", "start as", "start out as", "start off as"))
    return opening and candidate.window.doc[trigger.head].tag_ == "VBD"


def _goes_on_leave(candidate: Candidate, matches: Matches) -> bool:
    """Whether somebody leaves only "to take a sabbatical"."""
    head = candidate.window.doc[candidate.trigger.head]
    return any(
        other.trigger.rule.action == "on_leave"
        and other.window is candidate.window
        and other.person.entity == candidate.person.entity
        and (purpose := other.window.doc[other.trigger.head]).tag_ == "VB"
        and purpose.head == head
        for other in matches.candidates
    )


def _with_unique_ids(told: list[tuple[EventMention, Row]]) -> list[tuple[EventMention, Row]]:
    """Tell apart rows alike in all that an id is made of, such as one office lost twice, in text order."""
    counts: dict[str, int] = {}
    unique = []
    for mention, row in sorted(told, key=lambda item: item[0].evidence[0].start):
        counts[mention.mention_id] = counts.get(mention.mention_id, 0) + 1
        number = counts[mention.mention_id]
        if number > 1:
            mention = replace(mention, mention_id=f"{mention.mention_id}-{number}")
        unique.append((mention, row))
    return unique


def _rejection(view: View, trigger: Trigger, window: object, reason: str) -> Rejection:
    from pipeline.extract.mentions import Window

    assert isinstance(window, Window)
    start, end = window.span(trigger.head, trigger.last + 1)
    return Rejection(view.article_id, "extract", start, end, view.text[start:end], trigger.rule.rule_id, reason)


def _rows(view: View, candidate: Candidate, matches: Matches, cues: Cues, told_dead: Deaths) -> tuple[list[Row], str]:
    window, trigger = candidate.window, candidate.trigger
    status, why = status_of(window, trigger, cues)
    if status is None:
        return [], why
    if reason := refusal(view, candidate, matches, status, cues):
        return [], reason
    others = [
        c.trigger
        for c in matches.candidates
        if c.window is window
        and c.sentence == candidate.sentence
        and c.trigger.head != trigger.head
        and not _said_already(c, matches)
    ]
    status, when = _dated(view, candidate, status, others)
    if when is None and status == "done" and _began_as(candidate):
        return [], "career"
    scope = scope_of(window, trigger, _known_day(view, when), view.published, status)
    if status == "done" and is_history(view, candidate, _known_day(view, when), told_dead):
        scope = "background"
    roles: list[RoleValue | None] = [full for value in candidate.roles for full in in_full(view, candidate, value)]
    role_how = "sentence"
    if trigger.rule.action != "founded" and any(not _is_founder(role) for role in roles):
        roles = [role for role in roles if not _is_founder(role)]  # "resigned as co-founder and treasurer"
    if not roles:
        roles, role_how = default_roles(view, candidate)
    if trigger.rule.action == "died" and not (roles or candidate.how.get("role") == "vacancy"):
        return [], "not_in_office"
    if trigger.rule.action == "died" and candidate.person.entity in told_dead.out_of_office:
        return [], "not_in_office"
    rows = []
    for role in roles or [None]:
        choice = _founded(candidate) or choose_company(view, candidate, role)
        if of_voters(view, candidate, role, choice) or given_by_people(view, candidate, role, choice):
            return [], "of_voters"
        if takes_unnamed_office(candidate, role, choice):
            return [], "missing_slot: role|company"
        if of_party(view, candidate, role, choice):
            return [], "party_member"
        if of_fighters(view, candidate, choice):
            return [], "no_job"
        rows.append(
            Row(
                candidate.person.entity,
                role.text if role is not None else None,
                choice.organisation,
                candidate,
                status,
                scope,
                when,
                choice,
                role_how if role is not None else "none",
                [_evidence(view, candidate)],
            )
        )
    return rows, ""


def _is_founder(role: RoleValue | None) -> bool:
    return role is not None and canonical_role(role.text) in ("founder", "co-founder")


def _dated(view: View, candidate: Candidate, status: Status, others: Sequence[Trigger]) -> tuple[Status, When | None]:
    """The date of a candidate, and what its status is in the light of it."""
    window, trigger = candidate.window, candidate.trigger
    sentence = window.sentences[candidate.sentence]
    when = date_of(window, sentence, trigger, status, view.published, others)
    if candidate.how.get("person") == "gapped":
        when = day_behind(window, sentence, candidate.person, view.published, status) or when
    if (
        when is None
        and status == "planned"
        and (held := held_by_now(window, sentence, trigger, view.published, others))
    ):
        status, when = "done", held
    when = told_elsewhere(view, candidate, others, when)
    if status in ("done", "planned") and (when is None or when.score < _SURE_DATE):
        said = date_said_next(view, candidate) or when
        said = date_said_later(view, candidate, said) or said
        if said is not None and said is not when and said.resolved.precision != "day":
            status = "planned"  # "She will start in the autumn"
        when = said
    if when is None and status == "done":
        when = day_announced_next(view, candidate)
    if "listed" in trigger.rule.frame["person"]:
        when = None  # candidates have no day yet
    if status == "denied" and when is not None and view.published is not None and when.resolved.date <= view.published:
        when = None  # the day of the denial, or of what is denied
    if status == "done" and when is not None and is_to_come(window, trigger, when.resolved, view.published):
        status = "planned"
    if candidate.direction == "in" and status in ("done", "planned") and awaits_approval(window, candidate.sentence):
        status = "proposed"
    return status, when


def _known_day(view: View, when: When | None) -> date | None:
    """The day by which an event is old or new; none where only the year of publication is known."""
    if when is None or (
        when.resolved.precision == "year"
        and view.published is not None
        and when.resolved.date.year == view.published.year
    ):
        return None
    return when.resolved.date


def _founded(candidate: Candidate) -> Choice | None:
    """What was founded is the verb's object, whatever else the article speaks of."""
    if candidate.trigger.rule.action != "founded":
        return None
    for name, how in candidate.company_hints:
        if how == "object" and not name.weak and name.entity >= 0:
            return Choice(name.entity, 9.0, 9.0, ("frame_object",), {name.entity: 9.0, -1: 0.0})
    if "own" in candidate.trigger.phrase.split():
        named = _named_behind(candidate)
        if named is None:
            return Choice(None, 0.0, 0.0, (), {})  # "started her own firm": not named yet
        return Choice(named, 9.0, 9.0, ("frame_object",), {named: 9.0, -1: 0.0})
    return None


def _named_behind(candidate: Candidate) -> int | None:
    """The firm named in apposition to what somebody starts: "his own shop, Roe & Kim", "her own firm called Acme"."""
    window, behind = candidate.window, candidate.trigger.last + 1
    if window.lows[behind : behind + 1] not in ([","], ["called"], ["named"], [":"], ["–"], ["—"]):
        return None
    name = window.name_at.get(behind + 1)
    return name.entity if name is not None and name.kind == "org" and not name.weak and name.entity >= 0 else None


def _evidence(view: View, candidate: Candidate) -> Evidence:
    window, trigger = candidate.window, candidate.trigger
    sentence = window.sentences[candidate.sentence]
    return Evidence(
        sentence.start,
        sentence.end,
        view.text[sentence.start : sentence.end],
        window.as_printed(trigger.head, trigger.last + 1),
        trigger.rule.rule_id,
    )


def _mention(view: View, row: Row, rows: Sequence[Row]) -> EventMention:
    other = other_company(view, row, rows)
    person = view.people.persons[row.person].full
    company = view.organisations.organisations[row.company].full if row.company is not None else None
    parsed = parse_title(row.role) if row.role else ()
    rule = row.candidate.trigger.rule
    key = "\0".join(
        (
            view.article_id,
            person,
            row.role or "",
            normalise_company(company) if company else "",
            DIRECTIONS[rule.action],
            rule.action,
        )
    )
    counterpart = row.candidate.counterpart
    return EventMention(
        mention_id="m" + hashlib.blake2b(key.encode(), digest_size=8).hexdigest(),
        article_id=view.article_id,
        event_id=None,
        person=person,
        role=row.role,
        company=company,
        action=rule.action,
        direction=DIRECTIONS[rule.action],
        date=row.when.resolved.date if row.when else None,
        date_precision=row.when.resolved.precision if row.when else None,
        date_text=row.when.resolved.text if row.when else None,
        date_source="text" if row.when else None,
        status=row.status,
        scope=row.scope,
        person_id=None,
        company_id=None,
        role_canonical=canonical_role(row.role) if row.role else None,
        role_level=parsed[0].level if parsed else None,
        interim=bool(parsed and {"interim", "acting"} & set(parsed[0].mods)),
        previous_role=previous_role(view, row, rows),
        other_company=view.organisations.organisations[other].full if other is not None else None,
        counterpart=view.people.persons[counterpart.entity].full
        if counterpart is not None and counterpart.entity >= 0
        else None,
        confidence=confidence_of(row_features(view, row, rows)),
        evidence=tuple(sorted(row.evidence, key=lambda e: (e.start, e.rule_id))),
    )
