"""The roles of an event whose own words give none, or give them in short: what the article says the person holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.candidates import Candidate
from pipeline.extract.role_values import RoleValue
from pipeline.extract.same_posts import anothers_office, same_post
from pipeline.extract.vacant_offices import office_left_open
from pipeline.extract.view import Affiliation, View
from pipeline.titles import canonical_role, parse_title

_SEATS = frozenset({"independent director", "nonexecutive director", "non-executive director"})


def in_full(view: View, candidate: Candidate, value: RoleValue) -> list[RoleValue]:
    """ "Roe, a trustee, has left the board": a seat given up, as the article words it in full."""
    if candidate.direction == "out" and value.title is None and value.text == "partner":
        held = [a for a in view.affiliations if a.person == candidate.person.entity and not (a.former or a.new)]
        partner = [a.role for a in held if a.role.lower().endswith("partner")][:1]  # "senior partner"
        return [replace(value, text=role) for role in partner] or [value]
    if candidate.direction != "out" or value.text.lower() != "director":
        return [value]
    sentence = candidate.window.sentences[candidate.sentence]
    held = [a for a in view.affiliations if a.person == candidate.person.entity and not (a.former or a.new)]
    here = [a for a in held if sentence.start <= a.position < sentence.end]
    seats = [a for a in here or held if a.role.lower() in _SEATS or (value.title is None and _is_seat(a.role))]
    return [replace(value, text=a.role) for a in seats] or [value]


def _is_seat(role: str) -> bool:
    """Whether a role is one on a board."""
    parsed = parse_title(role)
    return "committee" in role.lower() or (bool(parsed) and parsed[0].level == "board")


_LED_BY = frozenset({"board", "president", "head"})  # levels of who leads a whole organisation
_LEADERS = frozenset(
    {"chief executive officer", "managing director", "manager", "general manager", "editor", "coach", "principal"}
)


def _leads(role: str) -> bool:
    """Whether a role is one at the top, which is what "took the helm" is said of."""
    parsed = parse_title(role)
    if not parsed or parsed[0].unit:
        return False
    return parsed[0].level in _LED_BY or canonical_role(role) in _LEADERS


_GIVEN_BACK = frozenset({"reinstate", "rehire", "re-hire"})  # of the office that was held, if no other is named


_SENTENCE_BEFORE = 250  # characters from "spent ten years as treasurer" to "But he resigned"


def default_roles(view: View, candidate: Candidate) -> tuple[list[RoleValue | None], str]:
    """Roles for an event that names none: for a loss what the person held, for a founding "founder"."""
    rule = candidate.trigger.rule
    if rule.default_role == "held" and anothers_office(candidate):
        return [], "none"
    if rule.default_role == "held":
        held = [
            a
            for a in view.affiliations
            if a.person == candidate.person.entity
            and a.strong
            and not (a.former or a.present or a.how == "remains")
            and _leads(a.role)
        ]
        return [RoleValue(a.role, None, None) for a in held[:1]], "held"
    if rule.default_role == "founder" and candidate.trigger.phrase.startswith("co"):
        return [RoleValue("co-founder", None, None)], "default"
    if rule.default_role is not None:
        return [RoleValue(rule.default_role, None, None)], "default"
    back = rule.action == "returned" and (same_post(candidate) or candidate.trigger.phrase in _GIVEN_BACK)
    if candidate.direction == "in" and rule.action != "reappointed" and not back:
        return [], "none"
    held = [a for a in view.affiliations if a.person == candidate.person.entity and not (a.new or a.address)]
    held = [a for a in held if a.position not in view.gained_at]
    lost = {name.entity for name, _ in candidate.company_hints}
    there = [a for a in held if a.how in ("where", "told") and a.company in lost]
    since = [a for a in held if a.how == "told" and a.company is None and not a.former]
    sentence = candidate.window.sentences[candidate.sentence]
    near = [a for a in held if a.how == "told" and not a.former and sentence.start <= a.position < sentence.end]
    before = [
        a
        for a in held
        if a.how == "told" and not (a.former or lost) and 0 < sentence.start - a.position < _SENTENCE_BEFORE
    ]
    worded = [a for a in held if a.how not in ("where", "told")]
    worded = [a for a in worded if not (a.former and _is_history(view, candidate, a))]
    if near and all(a.former for a in worded):
        worded = []  # "a former president who was serving as adviser"
    behind = [a for a in held if not lost and _told_behind(view, candidate, a)]
    told = held
    where = [a for a in told if a.how == "where" and not lost and sentence.start <= a.position < sentence.end]
    held = there or worded or since or near or before or behind or where
    if rule.action == "died":
        held = [
            a for a in held if not a.former and not {"founder", "co-founder", "emeritus", "emerita"} & _words_of(a.role)
        ]
        held = [a for a in held if not _LEFT_BEFORE.match(view.text, a.position)]
    if not held:
        left = office_left_open(view, candidate) if rule.action != "died" and candidate.direction == "out" else None
        return ([RoleValue(left.text, None, None)], "affiliation") if left is not None else ([], "none")
    chosen = _told_together(held, sentence.start, sentence.end)
    chosen += _offices_beside(view.text, chosen, held) + _also_held(view.text, chosen, told, sentence.end)
    others = any("founder" not in canonical_role(row.role) for row in chosen)
    values: list[RoleValue | None] = []
    seen: set[str] = set()
    for row in chosen:
        key = canonical_role(row.role)
        if key not in seen and not (others and "founder" in key):
            seen.add(key)
            values.append(RoleValue(row.role, None, None))
    here = any(sentence.start <= row.position < sentence.end for row in chosen)
    return values, "here" if here else "affiliation"


# An office that a dated loss ended: "publisher of the Herald from 1975 until her retirement in 1997, died on July 14".
_LEFT_BEFORE = re.compile(
    r"[^.;\n]{0,100}?\b(?:until|till) (?:his|her|their) (?:retirement|departure|resignation) in "
    r"(?:[A-Z][a-z]+ )?(?:19|20)\d\d\b"
)
_LONG_AGO = frozenset({"ago", "last", "since", "earlier"})


def just_gained(candidate: Candidate) -> list[int]:
    """Where the titles of a gain stand that no past date tells: who "was hired as president" lost another office."""
    window, sentence = candidate.window, candidate.window.sentences[candidate.sentence]
    words = window.lows[sentence.first : sentence.last]
    past = any(word in _LONG_AGO or (word.isdigit() and len(word) == len("2024")) for word in words)
    if candidate.direction != "in" or candidate.trigger.rule.action != "joined" or past:
        return []
    return [window.span(v.title.first, v.title.last)[0] for v in candidate.roles if v.title is not None]


_HELD_SINCE = re.compile(
    r"(?:^|[.!?]\s+)(?:he|she)\b(?:.{0,30}\b(?:has|had|still)\b| was (?:its |the )?(?:[\w-]+['’]s? )?$)", re.IGNORECASE
)
_BY_THEN = re.compile(r"\b(?:before|until|prior|earlier|previously|briefly|once|from \d{4})\b", re.IGNORECASE)


def _told_behind(view: View, candidate: Candidate, held: Affiliation) -> bool:
    """Whether the sentence behind a loss gives the office: "Roe quit on Monday. She has been treasurer since 2010"."""
    window, sentence = candidate.window, candidate.window.sentences[candidate.sentence]
    if held.how != "told" or held.former or not 0 < held.position - sentence.end < _SENTENCE_BEFORE:
        return False
    words = view.text[sentence.end - 1 : held.position]
    here = {n.entity for n in window.names_in(sentence.first, sentence.last, "org") if not n.weak}
    clause = view.text[sentence.end : _end_of_sentence(view.text, held.position)]
    told = _HELD_SINCE.match(words) is not None and not _BY_THEN.search(clause)
    if candidate.trigger.rule.action == "died":
        told = told and _TO_THE_END.search(clause) is not None  # not "She had been mayor"
    return told and (held.company is None or here <= {held.company})


def _end_of_sentence(text: str, position: int) -> int:
    ends = _SENTENCE_END.search(text, position)
    return ends.start() if ends is not None else len(text)


_SENTENCE_END = re.compile(r"[.!?](?=\s+[A-Z\"“]|$)|\n")
_TO_THE_END = re.compile(r"\b(?:still|since)\b")


_JOINED_BY = re.compile(r",?(?: and| &)?(?: also)?(?: as)?(?: a| an| its)? ?")


def _offices_beside(text: str, chosen: Sequence[Affiliation], held: Sequence[Affiliation]) -> list[Affiliation]:
    """What goes on with an office: "president, chief executive and a director of Acme", "editor and publisher"."""
    found: list[Affiliation] = []
    for one in chosen:
        for office in held:
            first, other = sorted((one, office), key=lambda a: a.position)
            between = text[first.position + len(first.role) : other.position]
            joined = _JOINED_BY.fullmatch(between) is not None and one.former == office.former
            is_office = not office.plain or office.role.lower().startswith("member of")  # not "and an economist"
            if joined and is_office and office.company in (one.company, None) and office not in (*chosen, *found):
                found.append(office)
    return found


_BOARD_SEATS = frozenset({"director", "board member", "member of the board", "member of the board of directors"})
_ALSO = re.compile(r"\balso\b[\w ]{0,25}$")
_ALONE = re.compile(r"(?:\.|,| and\b| of (?:the|its) (?:company|bank|group|firm|board)\b)")


def _also_held(text: str, chosen: Sequence[Affiliation], told: Sequence[Affiliation], end: int) -> list[Affiliation]:
    """An office that the sentence behind adds: "Roe, its chief executive, died on Sunday. She was also chairman"."""
    companies = {a.company for a in chosen if a.company is not None}
    return [
        a
        for a in told
        if a.how == "told"
        and a.strong
        and not (a.former or a in chosen)
        and 0 < a.position - end < _SENTENCE_BEFORE
        and _ALSO.search(text, end, a.position) is not None
        and (a.company in companies if a.company is not None else _ALONE.match(text, a.position + len(a.role)))
    ]


_ONE_OF_MANY = re.compile(
    r"\b(?:an?|another|one of [\w ]+|\w+-time) (?:[\w-]+ )?(?:former|ex-|retired|one-time) ?$", re.I
)
_BEFORE_OFFICE = 40  # characters back from an office to the article before it
_COMING = frozenset("will 'll ’ll is are 's ’s to".split())


def _is_history(view: View, candidate: Candidate, held: Affiliation) -> bool:
    """Whether a former office cannot be the one lost: "a former minister has quit", "the ex-minister will leave"."""
    if _ONE_OF_MANY.search(view.text, max(held.position - _BEFORE_OFFICE, 0), held.position):
        return True
    lost = {name.entity for name, _ in candidate.company_hints if not name.weak}
    if held.company is not None and lost and held.company not in lost:
        return True
    window, head = candidate.window, candidate.trigger.head
    verb = window.doc[head]
    present = verb.tag_ == "VBZ" or any(c.lower_ in _COMING for c in verb.children if c.dep_ == "aux")
    return candidate.trigger.rule.kind == "verb" and present


def _words_of(role: str) -> set[str]:
    """The words of a role in its canonical form and its modifiers: those of "registrar emerita" hold "emeritus"."""
    parsed = parse_title(role)
    return {*canonical_role(role).split(), *(parsed[0].mods if parsed else ())}


# Titles that go before a name as a form of address; an office beside them tells more.
_RANKS = frozenset(
    "judge justice dr sir senator actuary economist captain inspector superintendent lawyer attorney "
    "banker physician surgeon engineer scientist accountant solicitor "
    "barrister pastor priest rabbi imam".split()
)


def _told_together(held: Sequence[Affiliation], start: int, end: int) -> list[Affiliation]:
    """The affiliations told in one place: in the event's own sentence, else where the person is first introduced."""
    held = [a for a in held if a.role.lower() not in _RANKS] or held
    strong = [a for a in held if a.strong and not a.plain] or [a for a in held if a.strong] or list(held)
    if all(a.former for a in strong):  # "a director and the former treasurer"
        strong = [a for a in held if not a.former and a.role.lower() in _BOARD_SEATS] or strong
    here = [a for a in strong if start <= a.position < end and not a.former]
    if here:
        return here
    rows = sorted((a for a in strong if a.how != "remains"), key=lambda a: (a.former, a.position)) or strong
    first = rows[0]
    return [a for a in rows if abs(a.position - first.position) < 80 and a.former == first.former]
