"""Dates that the event's own sentence does not write out: told next, pointed back to, "at once", "at the AGM"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from pipeline.extract.candidates import Candidate
from pipeline.extract.chronicles import chronicle_day
from pipeline.extract.date_forms import MONTHS, NUMBERS, WEEKDAYS, month_number, weekday_number
from pipeline.extract.dates import ResolvedDate, find_dates, resolve_date
from pipeline.extract.event_row import Row
from pipeline.extract.lead_days import only_day, opening
from pipeline.extract.mentions import Name, Sentence, Window
from pipeline.extract.periods import shifted
from pipeline.extract.triggers import Trigger
from pipeline.extract.view import View
from pipeline.extract.when import EFFECTIVE, DatePlace, When, dates_in, is_past, place_score, tense_at

_TOLD_SCORE = 5.0  # below a date of the event's own clause (10 and more), above one of another clause
_SENTENCES_ON = 2
_START_REACH = 8  # words between "starts" and its date: "takes over as chief executive of the group on May 5"
_STARTS = frozenset(
    "start starts starting begin begins beginning join joins joining effective effect commence "
    "commences assume assumes takes take day".split()
)
_LEAVES = frozenset("leave leaves leaving depart departs relieved released".split())
_GOES = frozenset("go goes gone finish finishes retire retires step steps stand stands".split())
_STAYS = frozenset("stay stays remain remains continue continues".split())
_ENDS = _STAYS | _LEAVES | _GOES | {"effective", "effect", "day"}
_NO_OFFICE = frozenset({"a", "an", "part", "time", "questions", "calls", "aim", "stock"})  # "takes part in the talks"
_OTHER_OFFICES = frozenset("adviser advisor consultant director chairman board capacity role".split())
_NAMES_THE_MOVE = frozenset(
    "appointment change changes transition move promotion resignation departure retirement it he she they "
    "his her".split()
)


def told_elsewhere(view: View, candidate: Candidate, others: Sequence[Trigger], own: When | None) -> When | None:
    """The date of an event whose sentence writes none, or one of less weight than "effective immediately"."""
    window, sentence = candidate.window, candidate.window.sentences[candidate.sentence]
    at_once = _AT_ONCE.search(view.text, _after(window, candidate.trigger), sentence.end)
    if at_once or _AT_ONCE.match(view.text, sentence.start):
        return _announced(view, window, sentence) or own
    if own is not None:
        return _day_before(view, candidate, others) or own
    when = _pointed_at(view, candidate, others) or _meeting_day(view, candidate, others)
    aside = window.doc[candidate.trigger.head].dep_ == "relcl"  # "He replaces Kim, who was earlier named president"
    day = chronicle_day(view, sentence) if when is None and not aside else None
    return When(day, _TOLD_SCORE) if day else when


def _after(window: Window, trigger: Trigger) -> int:
    return window.span(trigger.head, trigger.head + 1)[0]


# --- told in the next sentences ---------------------------------------------------------------------------------


def date_said_next(view: View, candidate: Candidate) -> When | None:
    """The day a move takes effect, told in the next sentences: "She starts on May 5", "He will stay until May 5"."""
    window, number = candidate.window, candidate.sentence
    surname = view.people.persons[candidate.person.entity].surname.lower()
    if _AT_ONCE.search(view.text, _after(window, candidate.trigger), window.sentences[number].end):
        return None
    for sentence in window.sentences[number + 1 : number + 1 + _SENTENCES_ON]:
        words = [token.lower_ for token in window.doc[sentence.first : sentence.last]]
        opening = set(words[:4])
        if not opening & _NAMES_THE_MOVE and surname not in words[:5]:
            if any(True for _ in window.names_in(sentence.first, sentence.last, "person")):
                return None  # "she" is somebody else from here on
            continue
        when = _start_or_end(view, candidate, sentence, words, surname)
        if when is not None:
            return when
        if surname not in words and any(True for _ in window.names_in(sentence.first, sentence.last, "person")):
            return None  # "The change follows the exit of Kim. He is moving to Bolt, effective May 5"
    return None


def _of_work(behind: Sequence[str]) -> bool:
    """Whether what starts is an office: not "starts shipping", "joins a choir"."""
    return not any(word in _NO_OFFICE or word.endswith("ing") for word in behind)


def _start_or_end(view: View, candidate: Candidate, sentence: Sentence, words: list[str], surname: str) -> When | None:
    """The day behind "starts" or, of a loss, behind "stays until"."""
    window, published = candidate.window, view.published
    marks = _ENDS if candidate.direction == "out" else _STARTS
    starts = [sentence.first + i for i, word in enumerate(words) if word in marks and _of_work(words[i + 1 : i + 2])]
    for place in dates_in(window, sentence):
        near = [i for i in starts if 0 <= place.first - i <= _START_REACH]
        if not near or any(_surname(n) != surname for n in window.names_in(near[-1], place.first, "person")):
            continue  # "takes over from Kim, who retires on May 5"
        if _of_another(window, near[-1], surname):
            continue
        between = {t.lower_ for t in window.doc[near[-1] : place.last]}
        if window.doc[near[-1]].lower_ in _STAYS and (between & _OTHER_OFFICES or not between & {"until", "through"}):
            continue
        resolved = resolve_date(place.text, published, "future")
        if resolved is not None and resolved.mod != "since" and not is_past(resolved, published):
            return When(resolved, _TOLD_SCORE)
    return None


def _of_another(window: Window, index: int, surname: str) -> bool:
    """Whether a verb is said of another person: "It said in March that Kim would take up the post this autumn"."""
    verb = window.doc[index]
    subjects = [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")]
    names = [window.name_at.get(child.i) for child in subjects]
    return any(name is not None and name.kind == "person" and _surname(name) != surname for name in names)


def _surname(name: Name) -> str:
    return name.text.split()[-1].lower()


# --- at once: the day on which it is told -----------------------------------------------------------------------

_AT_ONCE = re.compile(
    r"(?i)\b(?:with immediate effect|effective immediately|immediately effective|effective at once)\b"
)
_DATELINE_CHARS = 900  # a dateline or a line with the date stands above the text or opens its first sentence
_DATELINE = re.compile(r"^\W{0,3}(?:[A-Z][\w.'’]*[ ,/–—-]+){0,8}$")
_DASH_FOLLOWS = re.compile(r"^\)?,?\s*(?:\([^)\n]{2,40}\)|/[^/\n]{2,40}/)?\s*(?:--|[-–—]|/)")


def _announced(view: View, window: Window, sentence: Sentence) -> When | None:
    """The day of announcement: written in the sentence, else in the dateline; None if the text states none."""
    for place in dates_in(window, sentence):
        resolved = resolve_date(place.text, view.published, "past")
        if resolved is not None and resolved.precision == "day" and _not_after(resolved.date, view.published):
            return When(resolved, _TOLD_SCORE)
    day = _dateline_day(view.text[:_DATELINE_CHARS], view.published)
    return When(day, _TOLD_SCORE) if day else only_day(view, *opening(view))


def _not_after(day: date, published: date | None) -> bool:
    return published is None or day <= published


def _dateline_day(head: str, published: date | None) -> ResolvedDate | None:
    for line in head.splitlines():
        for mention in find_dates(line[:120])[:1]:
            alone = line[: mention.start].strip(" *_") == "" and line[mention.end :].strip(" *_.") == ""
            opens = _DATELINE.match(line[: mention.start]) and _DASH_FOLLOWS.match(line[mention.end :])
            resolved = resolve_date(mention.text, published, "past") if alone or opens else None
            if resolved is not None and resolved.precision == "day" and _not_after(resolved.date, published):
                return resolved
    return None


# --- pointed back to --------------------------------------------------------------------------------------------

_UNIT = "day|week|month|year"
_COUNT = "|".join(sorted((word for word in NUMBERS if "-" not in word), key=lambda word: (-len(word), word)))
_POINTING = re.compile(
    r"(?i)\b(?:"
    r"(?P<same>(?:at|on|from|effective|as of|as from|effective (?:on|as of|from)) "
    r"(?:that|the same|such) (?:time|day|date)"
    r"|(?:that|the same) (?:day|evening|afternoon|night)"
    r"|(?:later|earlier) in the day|(?:(?:an|one|two|three|four|some|a few|several) )?hours? (?:later|earlier))"
    r"|(?P<before>(?:on )?(?:the (?:previous|preceding) day|the day before(?=\s*(?:[,.;)]|$))))"
    rf"|(?:in |later )?(?:that|the same) (?P<month>{'|'.join(MONTHS)})\b(?! \d)"
    r"|(?:in |later )?(?:that|the same) (?P<period>month|year|spring|summer|autumn|fall|winter)"
    rf"|(?:on |in )?the (?:next|following) (?:(?P<next>{_UNIT})|(?P<weekday>{'|'.join(WEEKDAYS)}))(?: morning)?"
    rf"|(?:about |some )?(?P<count>{_COUNT}|\d{{1,2}}) (?P<unit>{_UNIT})s? later"
    r")\b"
)
_SENTENCES_BACK = 2


_DAY_BEFORE = re.compile(r"(?i)\b(?:the day before|the previous day)\b(?=\s*(?:[,.;)]|$))")


def _day_before(view: View, candidate: Candidate, others: Sequence[Trigger]) -> When | None:
    """ "Said on Sunday that Roe resigned the day before": what was told then happened before it."""
    window, sentence = candidate.window, candidate.window.sentences[candidate.sentence]
    match = _DAY_BEFORE.search(view.text, _after(window, candidate.trigger), sentence.end)
    return _pointed_at(view, candidate, others) if match else None


def _pointed_at(view: View, candidate: Candidate, others: Sequence[Trigger]) -> When | None:
    """ "At that time", "the next day", "two years later": reckoned from the date told before."""
    window, number = candidate.window, candidate.sentence
    sentence = window.sentences[number]
    for match in _POINTING.finditer(view.text, sentence.start, sentence.end):
        span = window.doc.char_span(match.start() - window.offset, match.end() - window.offset, alignment_mode="expand")
        if span is None:
            continue
        place = DatePlace(span.start, span.end, match[0])
        score = place_score(window, sentence, candidate.trigger, place, others)
        base = _told_before(view, window, number, span.start)
        resolved = _reckoned(match, base) if base is not None and score > 0 else None
        if resolved is not None:
            return When(resolved, min(score, _TOLD_SCORE))
    return None


def _place(window: Window, match: re.Match[str]) -> DatePlace | None:
    start, end = match.start() - window.offset, match.end() - window.offset
    span = window.doc.char_span(start, end, alignment_mode="expand")
    return DatePlace(span.start, span.end, match[0]) if span is not None else None


def _told_before(view: View, window: Window, number: int, index: int) -> ResolvedDate | None:
    """The last date before a word, in its sentence or the two before."""
    for back in range(number, max(number - _SENTENCES_BACK, 0) - 1, -1):
        places = [place for place in dates_in(window, window.sentences[back]) if place.last <= index]
        for place in reversed(places):
            marked = not EFFECTIVE.isdisjoint(
                token.lower_ for token in window.doc[max(place.first - 3, 0) : place.last]
            )
            resolved = resolve_date(place.text, view.published, "future" if marked else tense_at(window, place))
            if resolved is not None and resolved.mod != "since":
                return resolved
    return None


def _reckoned(match: re.Match[str], base: ResolvedDate) -> ResolvedDate | None:
    """The period that a wording names, reckoned from another; None where that is told less precisely."""
    fine = base.precision == "day"
    if match["same"]:
        return replace(base, text=match[0], mod=None) if base.precision in ("day", "month") else None
    if match["weekday"]:
        ahead = (weekday_number(match["weekday"]) - base.date.weekday()) % 7 or 7
        return ResolvedDate(base.date + timedelta(days=ahead), "day", match[0], None) if fine else None
    if match["before"]:
        return ResolvedDate(base.date - timedelta(days=1), "day", match[0], None) if fine else None
    if match["month"]:
        return ResolvedDate(date(base.date.year, month_number(match["month"]), 1), "month", match[0], None)
    if match["period"]:
        step, unit = 0, "month" if match["period"].lower() == "month" else "year"
    else:
        count = match["count"]
        step = (NUMBERS.get(count.lower()) or int(count)) if count else 1
        unit = (match["unit"] or match["next"]).lower()
    if (unit in ("day", "week") and not fine) or (unit == "month" and base.precision not in ("day", "month")):
        return None
    period = shifted(base.date, step, unit)
    return ResolvedDate(period[0], period[1], match[0], None) if period else None


# --- at the annual meeting --------------------------------------------------------------------------------------

_MEETING_NAME = r"(?:annual\s+(?:general\s+|(?:share|stock)holders?['’]?\s+)?meeting|annual\s+general\s+assembly|AGM)\b"
_MEETING = re.compile(rf"(?i)\b{_MEETING_NAME}")
_AT_MEETING = re.compile(
    r"(?i)\b(?:at|after|following|until|upon|from)\s+(?:(?:the|its|our|this year['’]s)\s+)?"
    r"(?:(?:end|close|conclusion)\s+of\s+(?:(?:the|its|our|this year['’]s)\s+)?)?"
    rf"(?:(?:company['’]s|upcoming|forthcoming|next)\s+)?"
    rf"(?:{_MEETING_NAME}|(?:that\s+|the same\s+)?(?P<named>meeting)\b(?!\s+(?:of|with|between|in|among)\b))"
)
_NAMED_BEFORE = 300  # characters back to the annual meeting that "the meeting" speaks of
_MEETING_DATE_CHARS = 90  # "annual meeting of shareholders, to be held at the company's offices in Kent on May 14"


def _meeting_day(view: View, candidate: Candidate, others: Sequence[Trigger]) -> When | None:
    """The day of the annual meeting at which something is to happen, where the article dates it elsewhere."""
    window, sentence = candidate.window, candidate.window.sentences[candidate.sentence]
    match = _AT_MEETING.search(view.text, _after(window, candidate.trigger), sentence.end)
    place = _place(window, match) if match else None
    if match is None or place is None or place_score(window, sentence, candidate.trigger, place, others) <= 0:
        return None
    if match["named"] and not _annual(view, match.start(), window.doc[candidate.trigger.head].tag_):
        return None
    days: dict[date, ResolvedDate] = {}
    for match in _MEETING.finditer(view.text):
        behind = re.split(r"[.!?]\s+[A-Z]|\n", view.text[match.end() : match.end() + _MEETING_DATE_CHARS])[0]
        for mention in find_dates(behind)[:1]:
            resolved = resolve_date(mention.text, view.published, "future")
            if resolved is not None and resolved.precision in ("day", "month"):
                days.setdefault(resolved.date, resolved)
    if len(days) != 1:
        return None
    [day] = days.values()
    return When(day, _TOLD_SCORE) if view.published is None or day.date >= view.published.replace(day=1) else None


def _annual(view: View, start: int, tag: str) -> bool:
    """Whether "the meeting" is the annual one told of before; not where it is past: "left after the meeting"."""
    return tag != "VBD" and _MEETING.search(view.text, max(start - _NAMED_BEFORE, 0), start) is not None


# --- when another leaves ----------------------------------------------------------------------------------------

_UPON_LOSS = re.compile(
    r"(?i)\b(?:upon|on|at the time of|following|after|with)\s+(?:(?:his|her|their|\w[\w. ]{0,40}?['’]s)\s+(?:\w+\s+)?"
    r"(?:retirement|departure|resignation|exit)\b|the\s+(?:retirement|departure|resignation|exit)\s+of\b)"
    r"|\b(?:when|once|as)\s+(?:he|she|\w[\w. ]{0,40}?)\s+(?:retires|leaves|departs|resigns|steps\s+(?:down|aside))\b"
)


def share_dates(view: View, rows: Sequence[Row]) -> None:
    """ "Roe takes over upon Mr. Kim's retirement": the day on which Kim is to leave, told beside it."""
    for row in rows:
        if row.direction != "in" or (row.when is not None and _lies_ahead(row.when.resolved.date, view.published)):
            continue
        window = row.candidate.window
        sentence = window.sentences[row.candidate.sentence]
        match = _UPON_LOSS.search(view.text, sentence.start, sentence.end)
        losses = [other for other in rows if other.direction == "out" and other.person != row.person]
        dated = _named_in(view, losses, match[0]) if match else []
        days = {other.when.resolved.date: other.when for other in dated if other.when is not None}
        if len(days) == 1:
            [row.when] = days.values()
            row.status = "planned" if row.status == "done" else row.status


def _named_in(view: View, losses: Sequence[Row], words: str) -> list[Row]:
    """The coming losses that the words speak of: of the person named there, else of anyone."""
    coming = [
        row
        for row in losses
        if row.status == "planned" and row.when is not None and _lies_ahead(row.when.resolved.date, view.published)
    ]
    named = [row for row in coming if view.people.persons[row.person].surname.lower() in words.lower()]
    anyone = re.search(r"(?i)\b(?:his|her|their|he|she)\b", words) is not None or " of" in words
    return named or (coming if anyone else [])


def _lies_ahead(day: date, published: date | None) -> bool:
    return published is None or day >= published
