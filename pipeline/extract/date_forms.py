"""The wordings of dates: one pattern per form, shared by finding and resolving.

A pattern is case-sensitive where case tells a date from a word ("May", "March", "Sun"), caseless elsewhere.
Named groups are what the resolver of the form reads (date_periods.py).
"""

from __future__ import annotations

import re

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SEASON_START = {"spring": 3, "summer": 6, "fall": 9, "autumn": 9, "winter": 12}
QUARTERS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3}
QUARTERS |= {"fourth": 4, "4th": 4, "final": 4, "last": 4}
# Days from the anchor.
DAY_WORDS = {
    "the day before yesterday": -2,
    "yesterday": -1,
    "last night": -1,
    "tomorrow": 1,
    "the day after tomorrow": 2,
}
_TEENS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
)
NUMBERS = {word: value for value, word in enumerate(_TEENS.split(), 1)} | {
    **{f"twenty-{word}": 20 + value for value, word in enumerate(_TEENS.split()[:9], 1)},
    "a": 1,
    "an": 1,
    "thirty": 30,
    "thirty-one": 31,
    "forty": 40,
    "fifty": 50,
}
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
ORDINALS = {word: value for value, word in enumerate(_ORDINALS.split(), 1)} | {
    **{f"twenty-{word}": 20 + value for value, word in enumerate(_ORDINALS.split()[:9], 1)},
    "thirtieth": 30,
    "thirty-first": 31,
}
# Also given names or common words: alone, without preposition, day or year, they name no month.
AMBIGUOUS_MONTHS = frozenset({"mar", "march", "apr", "april", "may", "jun", "june", "aug", "august", "jan", "dec"})


# Before a number a month, even where it was read as the name of a person or a firm.
MONTH_WORDS = frozenset(MONTHS) | {name[:3] for name in MONTHS} | {"Sept"}


def _either(words: list[str]) -> str:
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


def _cased(words: list[str]) -> list[str]:
    return [form for word in words for form in (word, word.upper())]


_MONTH_SHORT = [name[:3] for name in MONTHS if name != "May"] + ["Sept"]
_MONTH = rf"(?:(?:{_either(_cased(list(MONTHS)))})\b|(?:{_either(_cased(_MONTH_SHORT))})(?:\.|\b))"
_WEEKDAY_SHORT = ["Mon", "Tue", "Tues", "Wed", "Thu", "Thur", "Thurs", "Fri", "Sat", "Sun"]
_WEEKDAY_FULL = rf"(?:{_either(_cased(list(WEEKDAYS)))})\b"
_WEEKDAY = rf"(?:{_WEEKDAY_FULL}|(?:{_either(_WEEKDAY_SHORT)})\.)"
_WEEKDAY_LOOSE = rf"(?:{_WEEKDAY_FULL}|(?:{_either(_WEEKDAY_SHORT)})(?:\.|\b))"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?!\d)"
_ORDINAL_DAY = rf"(?:{_DAY}(?:st|nd|rd|th)\b|(?i:{_either(list(ORDINALS))})\b)"
# A day in words ("effective May one") only where the clause ends: "in May one of them left".
_DAY_WORD = _either([word for word in NUMBERS if word not in ("a", "an")])
_DAY_IN_WORDS = rf"(?i:{_DAY_WORD})(?=[,.;)]|$|\s+(?:annual|last|this|next)\b)"
_PLAIN_YEAR = r"(?:1[89]\d\d|20\d\d)"
_YEAR = _PLAIN_YEAR + r"(?![\d%]|[,.]\d|-\d|-year)"
_COUNT = rf"(?:\d{{1,3}}(?:\.\d)?|(?i:{_either(list(NUMBERS))}))"
_REF = (
    r"(?i:this past|this coming|the current|the coming|the past|the last|the next|"
    r"current|this|last|next|past)"
)
_UNIT = r"(?i:day|week|fortnight|month|year|decade)s?"
_SEASON = rf"(?i:{_either(list(SEASON_START))})"
_DAYTIME = r"(?:\s+(?:morning|afternoon|evening|night|midday|noon))?"
_PRINTED = r"(?!\s+(?:news)?(?:papers?|tabloids?|broadsheets?|supplements?|magazines?|school|league|roast)\b)"
_QUARTER = rf"(?i:{_either(list(QUARTERS))})"
_OF_YEAR = rf"(?:,?\s+(?:(?i:of|in)\s+)?(?:(?P<year>{_YEAR})|(?P<yref>{_REF}|(?i:the))\s+(?i:year)\b))"
_APPROX = r"(?:(?i:about|around|almost|nearly|over|roughly|some|just|more than|less than|just over|just under)\s+)?"

# One qualifier, one preposition: "stay on until Dec. 31", "stepped in last year", "takes over next summer".
PREFIX = (
    r"(?i:(?:effective|starting|beginning|scheduled|some\s?time|back|w\.?e\.?f\.?|(?:earlier|later)(?=\s+on\b))\s+)?"
    r"(?i:(?:on or about|on or around|as early as|as soon as|as late as|as of|no later than|not later than|"
    rf"(?:on|in|at)(?!\s+(?:last|next|this|yesterday|to)\b(?!\s+year['’]s))(?!(?<=in)\s+{_WEEKDAY_FULL})|over(?=\s+the\b)|"
    r"by|since|towards?|until|till|through|from|before|after|during|within|for)\s+)?"
    r"(?i:(?:about|around|circa)\s+)?(?i:the week of\s+)?"
)
PART = (
    r"(?:(?:(?i:the\s+)?(?:very\s+)?(?:end|beginning|start|middle|close|rest|remainder)\s+of|"
    r"(?i:early|late|earlier|later)(?:\s+in)?|(?i:mid|early|late)-)(?:\s+|(?<=-)))?"
)

# Tried in this order; the first that matches the whole expression resolves it.
FORMS: dict[str, str] = {
    "fiscal": (
        rf"(?:the\s+)?(?:(?:{_QUARTER}\s+(?i:quarter)|(?i:first|second)\s+half|Q[1-4])\s+of\s+(?:its\s+|the\s+)?)?"
        rf"(?:(?i:fiscal|financial)\s+(?:year\b(?:\s+{_YEAR}\b)?|{_YEAR}\b|{_QUARTER}\s+quarter)|FY\s?'?\d\d(?:\d\d)?)"
    ),
    "month_day": (
        rf"(?:(?P<weekday>{_WEEKDAY_LOOSE}),?\s+\(?(?:the\s+)?)?"
        rf"(?:(?P<month>{_MONTH})\s+(?:the\s+)?(?P<day>{_DAY}(?:st|nd|rd|th)?|{_DAY_IN_WORDS})\b"
        rf"|(?:the\s+)?(?:(?P<dom>{_DAY}|{_ORDINAL_DAY})|(?P<domof>{_ORDINAL_DAY})\s+(?:day\s+)?of)\s+(?P<month2>{_MONTH}))"
        rf"\)?{_OF_YEAR}?"
    ),
    "month_year": rf"(?P<month>{_MONTH}){_OF_YEAR}",
    "day_of_ref": rf"(?:the\s+)?(?P<dom>{_ORDINAL_DAY})\s+(?:day\s+)?of\s+(?P<ref>{_REF}|the)\s+month\b",
    "ref_month": rf"(?P<ref>{_REF})\s+(?P<month>{_MONTH})",
    "month": rf"(?P<month>{_MONTH})",
    "numeric": (
        r"\b(?:(?P<iso>\d{4}[-/](?:0[1-9]|1[0-2])[-/](?:0[1-9]|[12]\d|3[01]))"
        rf"|(?P<slash>{_DAY}/{_DAY}/(?:19|20)\d\d)"
        rf"|(?P<dotted>{_DAY}\.{_DAY}\.(?:19|20)\d\d|{_DAY}-{_DAY}-(?:19|20)\d\d))\b"
    ),
    "weekday_week": (
        rf"(?:(?P<weekday>{_WEEKDAY_FULL})\s+(?P<span>(?i:week|fortnight))\b"
        rf"|(?i:a|one)\s+(?P<span2>(?i:week|fortnight))\s+(?i:on)\s+(?P<weekday2>{_WEEKDAY_FULL}))"
    ),
    "holiday": (
        r"(?:(?P<ref>(?i:last|this|next))\s+)?(?P<feast>(?:New\s+Year|Christmas)(?:['’]s)?\s+(?:Day|Eve)|Boxing\s+Day"
        rf"|Christmas|Easter|Thanksgiving){_OF_YEAR}?"
    ),
    "weekday": (
        rf"(?:(?P<ref>{_REF})\s+)?(?P<weekday>{_WEEKDAY}){_PRINTED}{_DAYTIME}"
        rf"(?:\s+(?:of\s+)?(?P<wref>last|this|next)\s+week\b)?"
    ),
    "day_word": (
        r"(?i:(?P<word>the day before yesterday|the day after tomorrow|yesterday|tomorrow|today|tonight|"
        r"this morning|this afternoon|this evening|last night))\b" + _DAYTIME
    ),
    "day_window": r"(?i:the (?P<ref>last|past|next) (?:24|twenty-four) hours)\b",
    "week_before_last": r"(?i:the (?P<unit>week|month|year) before last)\b",
    "weekend": rf"(?:(?P<ref>{_REF})|the)\s+(?i:weekend)\b",
    "ref_window": rf"(?P<ref>{_REF})\s+(?P<count>{_COUNT})\s+(?P<unit>{_UNIT})\b",
    "ref_unit": rf"(?P<ref>{_REF})\s+(?:(?i:calendar)\s+)?(?P<unit>(?i:week|month|quarter|year))\b"
    rf"(?!['’]s\s+{_QUARTER}\s+quarter)",
    "half": (
        rf"(?:(?i:the\s+)?(?i:first|second|latter)\s+half(?P<half>)(?:{_OF_YEAR})|H[12]\s+(?P<hyear>{_YEAR})"
        rf"|[12]H\s?'?(?P<hshort>\d\d(?:\d\d)?))\b"
    ),
    "quarter": (
        rf"(?:(?i:the\s+)?(?:(?P<qref>{_REF})\s+(?i:year['’]s)\s+)?"
        rf"(?:(?P<qword>{_QUARTER})[\s-]+(?i:quarter)\b|Q(?P<q>[1-4])\b){_OF_YEAR}?"
        rf"|(?P<qyear>{_YEAR})\s+Q(?P<q2>[1-4])|(?P<q3>[1-4])Q\s?'?(?P<qshort>\d\d(?:\d\d)?))\b"
    ),
    "season": (rf"(?:(?P<ref>{_REF}|(?i:the))\s+)?(?:(?i:early|late)\s+)?(?P<season>{_SEASON})\b{_OF_YEAR}?"),
    "ago": rf"{_APPROX}(?P<count>{_COUNT})\s+(?P<unit>{_UNIT})\s+(?i:ago|earlier|back)\b",
    "ahead": rf"(?P<count>{_COUNT})\s+(?P<unit>{_UNIT})(?P<now>\s+from\s+now|(?:['’]s|['’])?\s+time)?\b",
    "year_end": r"(?i:(?:the\s+)?(?:year[-\s]end|year['’]s\s+end))\b",
    "month_end": r"(?i:(?:the\s+)?month[-\s]end)\b",
    "range": rf"(?P<year>{_PLAIN_YEAR})(?:\s+(?i:to|until|till|through)\s+|\s*[-–—]\s*)(?:{_YEAR})\b",
    "decade": r"(?i:the\s+)?(?:(?:early|late|mid)[-\s])?(?:1[89]|20)\d0s\b",
    "new_year": r"(?i:the\s+new\s+year)\b(?!['’])",
    "year_turn": r"(?i:the\s+turn\s+of\s+the\s+year)\b(?!['’])",
    "year": rf"(?:(?i:the\s+year)\s+)?(?P<year>{_YEAR})\b",
    "the_unit": r"(?i:the\s+(?:calendar\s+)?(?P<unit>week|month|quarter|year))\b",
    "month_dom": rf"(?i:the)\s+(?P<dom>{_DAY}(?:st|nd|rd|th))\b",
    "now": r"(?i:immediately)\b",
}
FISCAL = re.compile(r"(?i)\b(?:fiscal|FY\s?'?\d\d|financial year)")
UNBOUND = re.compile(r"\?P<\w+>")


def month_number(word: str) -> int:
    return next(i for i, name in enumerate(MONTHS, 1) if name.lower().startswith(word.lower().rstrip(".")[:3]))


def weekday_number(word: str) -> int:
    return next(i for i, name in enumerate(WEEKDAYS) if name.lower().startswith(word.lower().rstrip(".")[:3]))


def day_number(word: str) -> int:
    return ORDINALS.get(word.lower()) or NUMBERS.get(word.lower()) or int(re.sub(r"\D", "", word))


def count_number(word: str) -> float:
    return float(NUMBERS.get(word.lower(), 0)) or float(word)
