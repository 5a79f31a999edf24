"""What the two sides of a succession tell each other: the role lost is the role gained."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.candidates import LINKED
from pipeline.extract.event_row import TOLD, Row
from pipeline.extract.made_permanent import for_ever
from pipeline.extract.mentions import Title
from pipeline.extract.new_offices import new_office
from pipeline.extract.ranked_heirs import share_ranked
from pipeline.extract.same_posts import same_post
from pipeline.extract.view import View
from pipeline.titles import canonical_role

_LOSS_REACH = 600  # characters between a loss and "takes over", some three sentences


def share_roles(view: View, rows: list[Row]) -> None:
    """Successor and predecessor share role and company: what one row of a succession lacks the other gives."""
    for person, other in sorted({(r.person, _replaced(r)) for r in rows if _replaced(r) >= 0 and r.direction == "in"}):
        mine = [r for r in rows if r.person == person and r.direction == "in" and _replaced(r) == other]
        theirs = [r for r in rows if r.person == other and r.direction == "out"]
        gained = _gained(rows, person, other, mine)
        lost = [r.role for r in theirs if r.role and r.role_how == "sentence"] or [
            r.role for r in theirs if r.role and r.role_how == "here"
        ]
        held = [
            a.role
            for a in view.affiliations
            if a.person == other
            and not (a.former or a.address or a.how == "remains")
            and "founder" not in canonical_role(a.role)
        ]  # nobody succeeds a founder as founder
        if not gained:
            roles = _distinct(lost or held[:1])
            share_ranked(mine, roles)
            rows += _spread([r for r in mine if r.role is None], roles)
        if not any(r.role_how == "sentence" or (r.role_how == "here" and r.role) for r in theirs):
            rows += _spread(
                [r for r in theirs if r.role_how in ("none", "affiliation")],
                _distinct([r.role for r in gained if r.role]),
            )
        for row in mine:  # "named T of Acme, replacing Kim": one move, wherever the person was before
            if gained and row.role is None and not TOLD & set(row.choice.evidence):
                row.company = gained[0].company
        if any("state_office" in r.choice.evidence and r.company is None for r in (*gained, *theirs)):
            for row in mine:  # "Roe of the Liberal Party will replace the minister"
                told = row.role_how != "counterpart" or bool(TOLD & set(row.choice.evidence))
                row.company = row.company if told else None
        company = next((r.company for r in (*gained, *mine) if r.company is not None), None)
        for row in theirs:
            row.company = company if row.company is None else row.company
        gains = {id(r): r for r in (*gained, *mine) if r.scope == "news"}.values()
        _share_company([r for r in theirs if r.scope == "news"], list(gains))


def share_post(rows: list[Row]) -> None:
    """ "Roe was named treasurer, with Kim removed from the post": the post is the one that another has just gained."""
    for row in rows:
        if row.direction == "out" and row.role is None and row.scope == "news" and same_post(row.candidate):
            _take_over(row, _office_before(rows, row, "in", _SAME_MOVE))


# Gains of an office that the loss before them tells: "His place goes to Roe", "has been nominated for the vacancy".
_OF_THE_LOST = frozenset({"appoint.goes_to", "appoint.given_to", "appoint.nominate_to", "appoint.hand_on"})


def share_lost(rows: Sequence[Row]) -> None:
    """ "The energy minister, Kim, was dropped, and her place goes to Roe": the office is the one another has lost."""
    for row in rows:
        rule = row.candidate.trigger.rule.rule_id
        if row.role is not None or row.direction != "in" or rule not in _OF_THE_LOST:
            continue
        owner = _owner(row)
        trigger, words = row.candidate.trigger, row.candidate.window.lows
        if rule == "appoint.nominate_to" and _VACANT.isdisjoint(words[trigger.head : trigger.last + 3]):
            continue  # "nominated to the Supreme Court"
        lost = _office_before(rows, row, "out", _LOSS_REACH, owner)
        if lost is not None:
            row.role, row.role_how = lost.role, "counterpart"
            row.company = lost.company if row.company is None else row.company


_VACANT = frozenset({"vacancy", "place", "vacant", "vacated"})


def _owner(row: Row) -> int | None:
    """Whose job it is by name: "Kim's job goes to Roe"."""
    window, trigger = row.candidate.window, row.candidate.trigger
    first = window.sentence_of(trigger.head).first
    named = [name for name in window.names_in(first, trigger.head, "person") if window.lows[name.last] in ("'s", "’s")]
    return named[-1].entity if named else None


_VACANCY_REACH = 500  # characters between who gains a post and "it is vacant since Kim left"


def fill_vacancies(rows: list[Row]) -> list[Row]:
    """Give a loss that made a post free the role and company of the gain told beside it; drop deaths that lack one."""
    for row in rows:
        if row.role is None and row.candidate.how.get("role") == "vacancy":
            _take_over(row, _office_before(rows, row, "in", _VACANCY_REACH))
    return [row for row in rows if row.role is not None or row.candidate.trigger.rule.action != "died"]


def _office_before(rows: Sequence[Row], row: Row, direction: str, reach: int, owner: int | None = None) -> Row | None:
    """The last office that another, or the owner, gained or lost at most so many characters before a row."""
    start = row.evidence[0].start
    told = [
        other
        for other in rows
        if other.direction == direction
        and other.role
        and other.person != row.person
        and owner in (None, other.person)
        and 0 <= start - other.evidence[0].start < reach
    ]
    return max(told, key=lambda other: other.evidence[0].start, default=None)


def _take_over(row: Row, gain: Row | None) -> None:
    if gain is not None:
        row.role, row.role_how, row.company = gain.role, "counterpart", gain.company


def share_only_office(view: View, rows: list[Row]) -> None:
    """ "Named Roe acting manager after accepting the resignation of Kim": the one office that changes hands there."""
    bare = [r for r in rows if r.direction == "out" and r.role is None and r.scope == "news"]
    bare = [r for r in bare if r.candidate.how.get("person") != LINKED]  # too unsure to infer an office from
    gains = [r for r in rows if r.direction == "in" and r.scope == "news" and r.role and r.role_how == "sentence"]
    gains = [
        r for r in gains if r.candidate.trigger.rule.kind != "modifier"
    ]  # "left after a row with new chairman Roe"
    worded = sorted((for_ever(r.role or "") for r in gains), key=len)  # "MD" in the headline, in full below it
    offices = {canonical_role(office): office for office in worded}
    if not bare or len({r.person for r in bare}) != 1 or len(offices) != 1 or "director" in offices:
        return
    if any(office.lower().startswith("co-") for office in offices.values()):
        return
    if any(r.direction == "out" and r.role for r in rows):
        return
    known = {a.person for a in view.affiliations}
    for row in bare:
        near = [r for r in gains if 0 <= row.evidence[0].start - r.evidence[0].start < _LOSS_REACH]
        same = [r for r in near if r.company == row.company and r.person != row.person]
        if same and row.person not in known and row.candidate.trigger.rule.action not in ("died", "founded"):
            row.role, row.role_how = next(iter(offices.values())), "counterpart"


def _share_company(losses: Sequence[Row], gains: Sequence[Row]) -> None:
    """One office has one company: where only one side of a succession words it, the other takes it over.

    Of one who leaves two offices at two companies it is that of the office that the other gains.
    """
    offices = {canonical_role(row.role) for row in gains if row.role}
    losses = [row for row in losses if row.role and canonical_role(row.role) in offices] or losses
    lost, gained = _told_companies(losses), _told_companies(gains)
    if not lost and len(gained) == 1:
        for row in losses:
            row.company = gained[0]
    elif not gained and len(lost) == 1:
        for row in gains:
            row.company = lost[0]
    elif not gained and not lost and gains:
        surest = max(gains, key=lambda row: row.choice.score)
        for row in losses:
            row.company = surest.company if row.choice.score < surest.choice.score else row.company


def _told_companies(rows: Sequence[Row]) -> list[int]:
    """The companies that the wording of rows gives, each once."""
    worded = (row.company for row in rows if TOLD & set(row.choice.evidence))
    return sorted({company for company in worded if company is not None})


def after_loss(rows: list[Row]) -> tuple[list[Row], list[Row]]:
    """ "His deputy takes over": without a role it is the one lost shortly before; the second list found none."""
    kept: list[Row] = []
    left: list[Row] = []
    for row in rows:
        anaphor = row.candidate.how.get("role") == "anaphor"
        rule = row.candidate.trigger.rule
        led = rule.default_role == "held" and row.direction == "in"  # "takes the helm" needs no loss, but tells of it
        if row.role is not None or not (anaphor or led or "role|loss" in rule.needs):
            kept.append(row)
            continue
        start = row.evidence[0].start
        row.role = new_office(row) if row.direction == "in" else None
        if row.role is not None:
            row.role_how = "here"
            kept.append(row)
            continue
        losses = [
            r
            for r in rows
            if r.direction in ("out", "pause")
            and r.status != "denied"
            and r.role
            and (r.person == row.person) == (row.action == "returned")  # "is back in his old job"
            and 0 <= start - r.evidence[0].start < _LOSS_REACH
        ]
        if not led and (gain := _gained_before(rows, row, start)) is not None:
            gain.evidence += [e for e in row.evidence if e not in gain.evidence]
            _share_start(gain, row)
            continue
        open_for = rule.status == "rumored" or (anaphor and row.direction == "in" and row.action != "returned")
        if not losses and open_for and (sought := _sought_office(row)) is not None:
            row.role, row.role_how = sought.text, "counterpart"
            if sought.company is not None and sought.company.entity >= 0 and not sought.company.weak:
                row.company = sought.company.entity
            kept.append(row)
            continue
        if not losses:
            # "was handed the top job at Acme" is a gain of an office that is not named; "returned to her seat" is none
            unnamed = not {"role", "role|loss"} & set(rule.needs) and row.candidate.company_hints
            (kept if led or unnamed else left).append(row)
            continue
        nearest = max(losses, key=lambda r: r.evidence[0].start)
        row.role, row.role_how = nearest.role, "counterpart"
        if row.company is None or not TOLD & set(row.choice.evidence):
            row.company = nearest.company  # the office and its organisation are those of the one who left
        beside = _lost_beside(row, nearest, losses)
        kept += [row, *(replace(row, role=role, evidence=list(row.evidence)) for role in beside)]
    return kept, left


def _share_start(gain: Row, row: Row) -> None:
    """Give a gain the day on which one takes over: "was named treasurer on Monday. He takes over on May 1"."""
    if row.when is None or row.status == "denied" or row.scope != gain.scope:
        return
    later = (
        gain.when is not None
        and row.status == "planned"
        and gain.status in ("done", "planned")
        and gain.when.resolved.date < row.when.resolved.date
    )
    if gain.when is None or later:
        gain.when, gain.status = row.when, row.status


def _lost_beside(row: Row, nearest: Row, losses: Sequence[Row]) -> list[str]:
    """Further offices that go over with one: "resigned as chairman and chief executive. Roe takes over both jobs".

    Of "the job" only one is meant, and a seat on the board goes to nobody who takes over the rest.
    """
    window, head = row.candidate.window, row.candidate.trigger.head
    words = window.lows[window.sentence_of(head).first if row.candidate.passive else head : head + _SHARED_REACH]
    if row.direction != "in" or row.status == "rumored" or (same_post(row.candidate) and _ALL_POSTS.isdisjoint(words)):
        return []
    roles = [other.role for other in losses if other.candidate is nearest.candidate and other.role]
    if nearest.role != "director":
        roles = [role for role in roles if role != "director"]
    return [role for role in dict.fromkeys(roles) if role != nearest.role]


_SHARED_REACH = 8  # words from "will take over" to "both jobs"
_ALL_POSTS = frozenset("duties responsibilities posts positions roles jobs titles both".split())


_SAME_MOVE = 250  # characters between "is the new chairman" and "He takes over from Kim"


def _gained_before(rows: Sequence[Row], row: Row, start: int) -> Row | None:
    """The row of what the sentence before says the person gained: "Roe is the new chairman. He takes over from Kim"."""
    for other in rows:
        same = other is not row and other.person == row.person and other.direction == "in"
        if same and other.role and 0 <= start - other.evidence[0].start < _SAME_MOVE:
            return other
    return None


_SOUGHT_BACK = 4  # sentences from "is looking for a dean" to "The candidates are"
_SOUGHT_REACH = 6  # words from "candidates for the vacant post of" to the title
_SOUGHT = frozenset(
    "post position role job vacancy vacant search seeking finalists candidates contenders applicants race shortlist "
    "successor replacement become choose choosing select selecting pick picking without lost losing".split()
)


_FAVOURITES = frozenset({"favourite", "favorite", "favourites", "favorites"})  # of a race, a town, the crowd


def _sought_office(row: Row) -> Title | None:
    """The office for which candidates are named, told before: "three finalists for the post of dean. They are ..."."""
    window, number = row.candidate.window, row.candidate.sentence
    if window.lows[row.candidate.trigger.head] in _FAVOURITES:
        return None
    first = window.sentences[max(number - _SOUGHT_BACK, 0)].first
    for title in reversed(list(window.titles_in(first, row.candidate.trigger.head))):
        behind = window.name_at.get(title.last)
        if behind is not None and behind.kind == "person":
            continue
        before = {token.lower_ for token in window.doc[max(title.first - _SOUGHT_REACH, first) : title.first]}
        single = window.doc[title.last - 1].tag_ != "NNS"  # "one of the division heads"
        if (
            single
            and not title.former
            and (not _SOUGHT.isdisjoint(before) or {"new", "next"} & set(title.mention.modifiers))
        ):
            return title
    return None


def _gained(rows: Sequence[Row], person: int, other: int, mine: Sequence[Row]) -> list[Row]:
    """The gains that a succession speaks of: those that name the predecessor, else the last one told before it."""
    gains = [
        r
        for r in rows
        if r.person == person and r.direction == "in" and r.role and r.role_how == "sentence" and r.scope == "news"
    ]
    named = [r for r in gains if _replaced(r) == other]
    if named or not gains:
        return named
    at = min(r.evidence[0].start for r in mine)
    before = [r for r in gains if r.evidence[0].start <= at] or [r for r in gains if r.role != "director"]
    if not before:
        return []
    nearest = max(before, key=lambda r: r.evidence[0].start)
    return [r for r in gains if r.candidate is nearest.candidate or r.evidence[0].start == nearest.evidence[0].start]


def _replaced(row: Row) -> int:
    other = row.candidate.counterpart
    return other.entity if other is not None else -1


def _distinct(roles: Sequence[str]) -> list[str]:
    """Roles without those that differ only by their capitals: "director" beside the headline's "Director"."""
    return list({role.lower(): role for role in reversed(roles)}.values())[::-1]


def _spread(rows: list[Row], roles: list[str]) -> list[Row]:
    """Give rows the roles they lack; further roles make further rows, which are returned."""
    extra = []
    for row in rows:
        if not roles:
            break
        row.role, row.role_how = roles[0], "counterpart"
        extra += [replace(row, role=role, evidence=list(row.evidence)) for role in roles[1:]]
    return extra
