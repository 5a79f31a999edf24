"""Publication dates: in metadata values, in the first lines of a text, in addresses and file names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Any

_FIRST_YEAR, _LAST_YEAR = 1800, 2100
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"), start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>1[89]\d\d|20\d\d)"
_A_YEAR = re.compile(_YEAR)
_WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,? )?"
_WRITTEN = [
    re.compile(rf"{_WEEKDAY}{_MONTH} {_DAY},? {_YEAR}\b", re.IGNORECASE),
    re.compile(rf"{_WEEKDAY}{_DAY}(?: of)?[ -]{_MONTH},?[ -]{_YEAR}\b", re.IGNORECASE),
    re.compile(rf"{_YEAR}[-/.](?P<month>\d\d?)[-/.](?P<day>\d\d?)(?!\d)"),
]
# Numbers alone: month first with slashes where both may be one, else as what they can only be; day first with dots.
_NUMBERS = [
    re.compile(rf"{_WEEKDAY}(?P<month>0?[1-9]|1[0-2])/(?P<day>\d\d?)/{_YEAR}\b", re.IGNORECASE),
    re.compile(rf"{_WEEKDAY}(?P<day>\d\d?)/(?P<month>0?[1-9]|1[0-2])/{_YEAR}\b", re.IGNORECASE),
    re.compile(rf"{_WEEKDAY}(?P<day>\d\d?)\.(?P<month>\d\d?)\.{_YEAR}\b", re.IGNORECASE),
]

# "Published on", "Posted Oct 7, 2024", "Updated:" is not a publication date.
_LABEL = re.compile(
    r"^(?:first |originally )?(?:published|posted|released?|issued|date filed|filed|date|dated|publication date"
    r"|release date)"
    r"(?: online)?(?: (?:on|at))?\b[ :|–-]*",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"^(?:at )?\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?: ?[ap]\.?m\b\.?)?(?: [A-Z]{2,4}\b)?,? ?(?:on )?", re.IGNORECASE
)
# "By Jane Roe | 7 October 2024", "Press release - 7 October 2024", "Posted by Jane Roe on October 7, 2024".
_BYLINE = re.compile(
    r"^(?:[(\[]|on (?=.{6,25}\d{4}$)|(?:by|posted by|written by|published by) [^\d|•·]{3,40}?(?:,| on|[|•·–—-]) ?"
    r"|(?:press|news|media) release ?[:,–—-] ?|[^\d|•·]{3,45}[|•·] ?|rns (?:number|no\.?) ?: ?\w+ +.{3,40}? (?=\d))",
    re.IGNORECASE,
)
# LONDON, March 3, 2024 (Wire) - ...; PALO ALTO, Calif., Jan. 5, 2023 /PRNewswire/ -- ...
_PLACE = r"[A-Z][A-Z.'’ -]{2,30}(?:, [A-Z][A-Za-z.]{1,20}(?: [A-Z][a-z]+)?)?"
_DATELINE = re.compile(rf"^{_PLACE}(?:,? ?[(/-]{{0,3}}[A-Z][\w ]{{1,25}}[)/-]{{0,3}})?[,;:]? ?[-–—]{{0,2}} ?(?=\S)")
# "Pune, April 28, 2025" on a line of its own or before the agency: "Pune, July 1, 2022 (Wire)".
_TOWN = re.compile(r"^[A-Z][a-z'’.]+(?: [A-Z][a-z'’.]+){0,2}, (?=[A-Z\d])")
_TOWN_DATE = re.compile(r"^(?:(?!\d{4})[^\n]){4,22}\b\d{4}(?=$| ?[(|–—]| -| ?:)")
_HEAD_LINES, _LINE_CHARS, _DATE_LINE_CHARS = 8, 400, 60

_IN_ADDRESS = [
    re.compile(
        r"(?<!\d)(?P<year>19\d\d|20\d\d)[-_/.](?P<month>0?[1-9]|1[0-2])[-_/.](?P<day>0?[1-9]|[12]\d|3[01])(?!\d)"
    ),
    re.compile(r"(?<!\d)(?P<year>19\d\d|20\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(
        r"(?<!\d)(?P<year>19\d\d|20\d\d)[-_/.](?P<month>[a-z]{3,9})[-_/.](?P<day>0?[1-9]|[12]\d|3[01])(?!\d)",
        re.IGNORECASE,
    ),
]
# Tue Mar 05 2024 09:15:00 GMT+0000 (Coordinated Universal Time)
_JAVASCRIPT = re.compile(r"^[A-Z][a-z]{2} ([A-Z][a-z]{2} \d{2} \d{4} \d{2}:\d{2}:\d{2}) (?:GMT|UTC)([+-]\d{4})?")


def parse_timestamp(value: object) -> datetime | None:
    """A metadata value as UTC: dates, ISO 8601, mail and JavaScript dates, epoch seconds or milliseconds,
    written English dates. A time without a zone is taken as UTC; without a day there is no date."""
    match value:
        case datetime():
            return _utc(value)
        case date():
            return datetime(value.year, value.month, value.day, tzinfo=UTC)
        case bool() | None:
            return None
        case int() | float():
            return _epoch(float(value))
        case str():
            return _parse_text(value.strip())
        case _:
            return None


def date_in_text(text: str) -> datetime | None:
    """The date of a dateline or a "Published on" line among the first lines, if it is complete."""
    for line in [line for line in text.split("\n", 30)[:30] if line.strip()][:_HEAD_LINES]:
        head = line[:_LINE_CHARS].strip()
        if not _A_YEAR.search(head):
            continue
        label = _LABEL.match(head)
        if label and (found := _written(_TIME.sub("", head[label.end() :]), at_start=True)):
            return found
        dateline = _DATELINE.match(head)
        if dateline:
            for start in range(dateline.end() + 1):
                if found := _written(head[start : start + _DATE_LINE_CHARS], at_start=True):
                    return found
        town = _TOWN.match(head)
        if town and (day := _TOWN_DATE.match(head[town.end() :])) and (found := _written(day[0], at_start=True)):
            return found
        if len(head) <= _DATE_LINE_CHARS:
            byline = _BYLINE.match(head)
            if found := _written(head[byline.end() if byline else 0 :], at_start=True):
                return found
    return None


def date_in_url(url: str) -> datetime | None:
    """The first date in an address: 2024/03/05, 2024-03-05, 20240305, 2024/mar/05."""
    return next(_named_dates(url), None)


def date_in_path(path: str) -> datetime | None:
    """The last date in a path, which is the one nearest to the file."""
    days = list(_named_dates(path))
    return days[-1] if days else None


def _named_dates(name: str) -> Iterator[datetime]:
    matches = [match for pattern in _IN_ADDRESS for match in pattern.finditer(name)]
    for match in sorted(matches, key=lambda match: match.start()):
        if day := _from_parts(match):
            yield day


def _parse_text(text: str) -> datetime | None:
    if not text or len(text) > 100:
        return None
    if text.isdigit() and len(text) in (10, 13):
        return _epoch(float(text))
    if len(text) > 7:  # fromisoformat reads "202410" and "2024-W1" too
        try:
            return _utc(datetime.fromisoformat(text.replace(" UTC", "+00:00").replace(" Z", "Z")))
        except (ValueError, OverflowError):
            pass
    if script := _JAVASCRIPT.match(text):
        text = f"{script[1]} {script[2] or '+0000'}"
        return _utc(datetime.strptime(text, "%b %d %Y %H:%M:%S %z"))
    try:
        return _utc(parsedate_to_datetime(text))
    except (ValueError, IndexError, TypeError, OverflowError):
        return _loose(text)


def _loose(text: str) -> datetime | None:
    parsed = _dateparser().get_date_data(text).date_obj
    if parsed is not None:
        return _utc(parsed)
    return _written(text, at_start=False)


@cache
def _dateparser() -> Any:
    from dateparser.date import DateDataParser

    return DateDataParser(
        languages=["en"],
        settings={
            "REQUIRE_PARTS": ["day", "month", "year"],
            "PARSERS": ["absolute-time"],
            "TO_TIMEZONE": "UTC",
            "TIMEZONE": "UTC",
            "RETURN_AS_TIMEZONE_AWARE": True,
        },
    )


def _written(text: str, at_start: bool) -> datetime | None:
    for pattern in (*_WRITTEN, *_NUMBERS):
        match = pattern.match(text) if at_start else pattern.search(text)
        if match and (found := _from_parts(match)):
            return found
    return None


def _from_parts(match: re.Match[str]) -> datetime | None:
    month = match["month"]
    number = int(month) if month.isdigit() else _MONTHS.get(month.lower().rstrip("."), 0)
    try:
        return datetime(int(match["year"]), number, int(match["day"]), tzinfo=UTC)
    except ValueError:
        return None


def _epoch(seconds: float) -> datetime | None:
    if seconds > 1e11:
        seconds /= 1000
    try:
        return _utc(datetime.fromtimestamp(seconds, UTC)) if seconds > 1e8 else None
    except (ValueError, OverflowError, OSError):
        return None


def _utc(moment: datetime) -> datetime | None:
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    try:
        moment = moment.astimezone(UTC)
    except OverflowError:
        return None
    return moment if _FIRST_YEAR <= moment.year < _LAST_YEAR else None
