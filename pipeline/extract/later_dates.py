"""The day told further on for moves told before: "The changes take effect on May 5", "Both will join in January"."""

from __future__ import annotations

import re
from datetime import date

from pipeline.extract.candidates import Candidate
from pipeline.extract.dates import ResolvedDate, find_dates, resolve_date
from pipeline.extract.occurrences import occurrences
from pipeline.extract.view import View
from pipeline.extract.when import When, is_past
from pipeline.names import is_given_name

_REACH = 900  # characters: the rest of the paragraph and about one more
_GENERAL_REACH = 2500  # of what is said of all moves or of a person by name
_DATE_REACH = 70  # characters: "take effect after the general shareholders meeting on June 25"
_TAIL = rf"(?P<tail>(?:[^.;\n]|\.(?=,? \d)){{0,{_DATE_REACH}}})"  # over the point of "Sept. 15"
_SCORE = 5.0  # as of a date told in the next sentence
_MOVES = (
    "(?:re-?)?appointments?|changes?|moves?|transitions?|promotions?|hand-?overs?|successions?|reshuffle"
    "|(?:re-?)?elections?|terms?|renewals?|extensions?|nominations?|decrees?|orders?|mandates?|contracts?"
)
_LOSSES = "departures?|resignations?|retirements?|exits?"
_OFFICE = "helm|reins|role|post|job|position|office|presidency|chairmanship|reins"
_START = (
    rf"(?:takes?|assumes?) (?:effect|office|up|over|charge|on|place|(?:the|his|her|their) (?:new )?(?:{_OFFICE}))"
    r"|(?:become|becomes|be|is|are) effective|(?:be|comes?|go|goes|enter|enters) (?:in )?(?:into )?(?:force|effect)"
    r"|be (?:sworn in|installed|inaugurated|in (?:post|place|office|charge))"
    r"|starts?|begins?|commences?|joins?|arrives?"
)
_GO = (
    r"(?:is|are) (?:leaving|departing|retiring|stepping down|standing down)|leaves?|departs?|go|goes|(?:be|have) gone"
    r"|have left|steps? down|stands? down|retires?|finish|finishes|exit"
)
_SHALL = (
    r"(?:(?:will|would|is to|are to|(?:is|are) (?:expected|due|set|scheduled|slated) to|officially|formally) ){0,2}"
)
_GROUP = (
    r"(?:new |incoming |outgoing |newly \w+ )\w+s|appointees|newcomers|recruits|hires|pair|duo|trio|two|three|four|five"
)
_EFFECT = re.compile(
    rf"(?:^|(?<=[.!?:;)\"”’*] )|(?<=\n)|, (?:and|but) |\b(?:said|says|added|adding|noted|that) )\W{{0,3}}"
    rf"(?P<subject>(?:All|Both|Each) (?:of )?(?:the )?(?:(?:two|three|four|five|{_MOVES}|{_LOSSES}|men|women) ?)*"
    rf"|(?:[Tt]he|[Tt]hese|Those|[Hh]is|[Hh]er|[Tt]heir) (?:[a-z][\w-]+ )?(?:{_MOVES}|{_LOSSES})|The (?:{_GROUP})"
    rf"|The \d\d-year-old|It|They|[Hh]e|[Ss]he)"
    rf" ?(?:, [^.,;\n]{{2,60}}, )?{_SHALL}(?P<verb>{_START}|(?P<going>{_GO}))\b{_TAIL}"
)
_FRONTED = re.compile(
    r"(?:^|(?<=[.!?\"”] )|(?<=\n))(?:Starting|Beginning|From|Effective|With effect from|As of|As from)"
    r"(?P<tail> [^,.;\n]{3,40}(?:, (?:19|20)\d\d)?),? (?P<subject>(?:(?:Mr|Ms|Mrs|Dr|Prof)\.? )?[A-Z]?[\w'’-]+)"
    rf" {_SHALL}(?P<verb>\w+)(?P<going>)"
)
_AT_WORK = re.compile(
    r" ?,?(?: (?:work|there|here|their|his|her|as|at|with|in|on|from|next|this|later|effective|by|after|before|office"
    r"|tomorrow|formally|officially|[A-Z]\w+|\d+|(?:the|its|our) (?:new |[A-Z]\w+ )?(?:role|post|job|position|company"
    r"|firm|bank|group|board|agency|club|team|business|university|college|school|force|service|paper|charity|council"
    r"|[A-Z]\w+))\b|$)"
)
_FULL_NAME = re.compile(r"\b([A-Z][\w'’-]+) (?:[A-Z]\. )?[A-Z][\w'’-]+")
_ELSE = re.compile(r"\b(?:who|whose|which|when|until|since|born|founded|ended)\b")
_SUFFIXES = frozenset({"Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV", "V"})
_PRONOUNS = frozenset({"It", "He", "She", "They", "His", "Her", "Their"})


# What is said of a person just named, what stands between commas passed over: "Ms Roe, who runs Acme, will join";
# or of the person and another, "Roe and Kim will start", or of the name itself, "Roe, who starts in May".
_SAID = re.compile(
    r"(?: and (?:[A-Z][\w'’-]+ ){0,2}[A-Z][\w'’-]+)?"
    r"(?:,? (?:who|\d\d|[^.,;\n]{2,60})[^.;\n]{0,160},)?(?:,? who)? "
    rf"{_SHALL}(?P<verb>{_START}|(?P<going>{_GO}))\b{_TAIL}"
)


def date_said_later(view: View, candidate: Candidate, own: When | None) -> When | None:
    """The coming day that a later sentence gives for all the moves told, or for those of this person.

    Args:
        view: The article.
        candidate: The move.
        own: The day known so far; one that is as fine, and no day of telling, stands.
    """
    start = candidate.window.sentences[candidate.sentence].end
    person = view.people.persons[candidate.person.entity]
    named = candidate.window.span(candidate.trigger.last, candidate.trigger.last + 1)[1]
    for at, subject, match in _matches(view.text, start, named, _short_names(person.full)):
        if not _speaks_of(view, candidate, subject, person.full, start, at):
            continue
        if (match["going"] and candidate.direction != "out") or not _of_office(subject, match):
            continue
        resolved = _day_in(match["tail"], view.published)
        if resolved is not None and (own is None or _tells_more(resolved, own.resolved, view.published)):
            return When(resolved, _SCORE)
    return None


def _short_names(full: str) -> tuple[str, str]:
    """What a person is called later: by the first word of the name, or by the last that is no suffix."""
    words = full.split()
    return words[0], next((word for word in reversed(words) if word not in _SUFFIXES), full)


def _matches(text: str, start: int, named_from: int, names: tuple[str, str]) -> list[tuple[int, str, re.Match[str]]]:
    """What is said later of the moves, or from a place on of the person by name: where, of whom, in what words."""
    end = start + _GENERAL_REACH
    found = [
        (match.start(), match["subject"].strip(), match)
        for pattern in (_EFFECT, _FRONTED)
        for match in pattern.finditer(text, start, end)
    ]
    for name in dict.fromkeys(names):
        named = ((at, _SAID.match(text, at + len(name), end)) for at in occurrences(text, name, named_from, end))
        found += [(at, name, match) for at, match in named if match is not None]
    return sorted(found, key=lambda said: said[0])


def _day_in(tail: str, published: date | None) -> ResolvedDate | None:
    """The coming day or month that stands behind a verb."""
    for mention in find_dates(tail)[:1]:
        if _ELSE.search(tail[: mention.start]):
            return None  # "takes over from Kim, who retires on May 5"
        resolved = resolve_date(mention.text, published, "future")
        if (
            resolved is None
            or resolved.mod == "since"
            or (re.search(r"\d{4}", mention.text) and resolved.precision == "year")
        ):
            return None
        return None if is_past(resolved, published) else resolved
    return None


def _tells_more(later: ResolvedDate, own: ResolvedDate, published: date | None) -> bool:
    """Whether a later day is of effect where the first is of telling, or is finer and lies within it."""
    told = published is not None and own.precision == "day" and own.date <= published < later.date
    within = own.precision in ("month", "year") and later.precision == "day"
    same = later.date.year == own.date.year and own.date.month in (later.date.month, 1)
    return told or (within and same and (own.precision == "year" or own.date.month == later.date.month))


def _of_office(subject: str, match: re.Match[str]) -> bool:
    """Whether what starts is a move: "It takes effect", "She starts in May"; not "It starts shipping"."""
    verb = match["verb"]
    if match.re is _FRONTED or "effect" in verb or "force" in verb:
        return True
    if verb.endswith("place"):
        return re.search(rf"(?:{_MOVES}|{_LOSSES})$", subject) is not None
    return subject != "It" and _AT_WORK.match(match["tail"]) is not None


def _speaks_of(view: View, candidate: Candidate, subject: str, full: str, start: int, at: int) -> bool:
    """Whether a subject means this move: "the changes" any, "she" that of the last person named, a name its own."""
    words = subject.split()
    if words[-1] in full.split():
        return len(words[-1]) > 1
    if words[-1].endswith("-old"):
        return at - start <= _REACH and not _others_named(view, candidate, start, at)
    if candidate.how.get("person") == "list" and words[0] in ("They", "All", "Both", "Each", "The"):
        return True
    if re.search(rf"(?:^(?:All|Both)|{_GROUP})$", subject):
        return at - start <= _REACH
    if re.match(r"(?:All|Both|Each|[Tt]he|[Tt]hese|Those)\b", subject):
        losses = re.search(rf"(?:{_LOSSES})$", subject) is not None
        return (
            losses == (candidate.direction == "out")
            or re.search(r"(?:changes?|moves?|transitions?)$", subject) is not None
        )
    if words[0].capitalize() in _PRONOUNS:
        return candidate.direction == "in" and at - start <= _REACH and not _others_named(view, candidate, start, at)
    return False


def _others_named(view: View, candidate: Candidate, start: int, end: int) -> bool:
    """Whether anybody else is named between an event's sentence and what is said later."""
    own, words = candidate.person.entity, view.people.persons[candidate.person.entity].full.split()
    unread = (match[1] for match in _FULL_NAME.finditer(view.text, start, end))
    if any(is_given_name(given) and given not in words for given in unread):
        return True
    return any(
        start <= position < end
        for number, person in enumerate(view.people.persons)
        if number != own
        for position in person.positions
    )
