"""The day told further on for moves told before: "The changes take effect on May 5", "Both will join in January"."""

from __future__ import annotations

import re

from pipeline.extract.candidates import Candidate
from pipeline.extract.dates import find_dates, resolve_date
from pipeline.extract.view import View
from pipeline.extract.when import When
from pipeline.names import is_given_name

_REACH = 900  # characters: the rest of the paragraph and about one more
_DATE_REACH = 70  # characters: "take effect after the general shareholders meeting on June 25"
_SCORE = 5.0  # as of a date told in the next sentence
_MOVES = "appointments?|changes?|moves?|transitions?|promotions?|hand-?overs?|successions?|reshuffle|elections?|terms?"
_LOSSES = "departures?|resignations?|retirements?|exits?"
_START = (
    r"(?:takes?|assumes?) (?:effect|office|up|over|charge|on|the (?:helm|reins|role|post|job|position))"
    r"|(?:become|becomes|be|is|are) effective|(?:be|comes?|go|goes|enter|enters) (?:in )?(?:into )?(?:force|effect)"
    r"|starts?|begins?|commences?|joins?|arrives?"
)
_WHICH = r"new|other|latest|management|leadership|board|executive|personnel|boardroom|staff|two|three|four"
_GO = r"leaves?|departs?|go|goes|(?:be|have) gone|have left|steps? down|finish|exit"
_GROUP = (
    r"(?:new |incoming |outgoing |newly \w+ )\w+s|appointees|newcomers|recruits|hires|pair|duo|trio|two|three|four|five"
)
_EFFECT = re.compile(
    rf"(?:^|(?<=[.!?:;)\"”’*] )|(?<=\n)|, (?:and|but) )\W{{0,3}}"
    rf"(?P<subject>(?:All|Both|Each) (?:of )?(?:the )?(?:(?:two|three|four|five|{_MOVES}|{_LOSSES}|men|women) ?)*"
    rf"|(?:The|These|Those|His|Her|Their) (?:{_WHICH} )?(?:{_MOVES}|{_LOSSES})|The (?:{_GROUP})"
    rf"|It|They|He|She|(?:(?:Mr|Ms|Mrs|Dr|Prof)\.? )?(?:[A-Z][\w'’-]+ ){{0,2}}[A-Z][\w'’-]+)"
    rf" ?(?:,? who [^.,\n]{{2,60}},)? ?(?:will|is to|are to|is expected to|is due to|are due to|is set to|officially)?"
    rf" ?(?:formally |officially )?(?P<verb>{_START}|(?P<going>{_GO}))\b(?P<tail>[^.;\n]{{0,{_DATE_REACH}}})"
)
_GENERAL = re.compile(r"(?:All|Both|Each|The|These|Those)\b")
_AT_WORK = re.compile(
    r" ?,?(?: (?:work|there|here|their|his|her|as|at|with|in|on|from|next|this|later|effective|by|after|before|office"
    r"|tomorrow|formally|officially|[A-Z]\w+|\d+|(?:the|its|our) (?:new |[A-Z]\w+ )?(?:role|post|job|position|company"
    r"|firm|bank|group|board|agency|club|team|business|university|college|school|[A-Z]\w+))\b|$)"
)
_FULL_NAME = re.compile(r"\b([A-Z][\w'’-]+) (?:[A-Z]\. )?[A-Z][\w'’-]+")
_ELSE = re.compile(r"\b(?:who|whose|which|when|until|since|born|founded|ended)\b")


def date_said_later(view: View, candidate: Candidate) -> When | None:
    """The coming day that a later sentence gives for all the moves told, or for those of this person."""
    sentence = candidate.window.sentences[candidate.sentence]
    person = view.people.persons[candidate.person.entity]
    stretch = view.text[sentence.end : sentence.end + _REACH]
    for match in _EFFECT.finditer(stretch):
        subject = match["subject"].strip()
        if not _speaks_of(view, candidate, subject, person.full, sentence.end, sentence.end + match.start()):
            continue
        if (match["going"] and candidate.direction != "out") or not _of_office(subject, match):
            continue
        for mention in find_dates(match["tail"])[:1]:
            if _ELSE.search(match["tail"][: mention.start]):
                break  # "takes over from Kim, who retires on May 5"
            resolved = resolve_date(mention.text, view.published, "future")
            if (
                resolved is not None
                and resolved.mod != "since"
                and (view.published is None or resolved.date >= view.published)
                and resolved.precision != "year"
            ):
                return When(resolved, _SCORE)
    return None


def _of_office(subject: str, match: re.Match[str]) -> bool:
    """Whether what starts is a move: "It takes effect", "She starts in May"; not "It starts shipping"."""
    effect = "effect" in match["verb"] or "force" in match["verb"]
    return effect or (subject != "It" and _AT_WORK.match(match["tail"]) is not None)


def _speaks_of(view: View, candidate: Candidate, subject: str, full: str, start: int, at: int) -> bool:
    """Whether a subject means this move: "the changes" any, "she" that of the last person named, a name its own."""
    words = subject.split()
    if words[-1] in full.split():
        return candidate.direction == "in" and len(words[-1]) > 1
    if candidate.how.get("person") == "list" and words[0] in ("They", "All", "Both", "Each", "The"):
        return True
    if re.search(rf"(?:^(?:All|Both)|{_GROUP})$", subject):
        return True
    if _GENERAL.match(subject):
        losses = re.search(rf"(?:{_LOSSES})$", subject) is not None
        return (
            losses == (candidate.direction == "out")
            or re.search(r"(?:changes?|moves?|transitions?)$", subject) is not None
        )
    if words[0] in ("It", "He", "She", "They", "His", "Her", "Their"):
        return candidate.direction == "in" and not _others_named(view, candidate, start, at)
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
