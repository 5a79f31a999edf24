"""Cuts a text into sentences with exact offsets, and says which are headings, list items and table rows.

A newline always ends a sentence. Within a line a full stop ends one unless it belongs to an abbreviation. An
abbreviation that may also end a sentence ("Inc.", "U.S.", "p.m.") does so only before a word that commonly
starts one, so that "Acme Inc. Chief Executive Jane Roe" stays whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from pipeline.names import is_given_name

Kind = Literal["prose", "heading", "item", "row"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Never at the end of a sentence: a name or an example follows.
_LEADING = _words(
    """
    Mr Mrs Ms Mx Dr Prof Sen Sens Rep Reps Gov Govs Gen Col Maj Lt Sgt Capt Cmdr Adm Cpl Pvt Rev Hon
    Msgr Mgr Smt Brig Cllr Ald Ven Ing Engr Barr Surv Adv Alh Pst Cde w.e.f
    Messrs Mmes Supt Insp Atty Pres Amb Fr Sra Mme Mlle Herr e.g i.e cf viz vs v ca approx
    """
)
# Before a number only.
_NUMBERED = _words("No Nos no nos p pp Fig Figs fig Sec sec Art Ch ch Vol vol Pt Par Para Eq Ex")
# May stand at the end of a sentence too.
_TRAILING = _words(
    """
    Inc Corp Corps Co Cos Ltd Bros LLC LLP LP Plc plc Pty Pte Cie Cia Assn Assoc Dept Div Intl Natl Mfg
    Univ Inst Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Thu Thur Thurs Fri Sat
    Sun Jr Sr Esq Ret etc al est dept St Mt Ft Ave Blvd Rd Hwy Pkwy Sq Bldg Rm Fl Ala Ariz Ark Calif Colo
    Conn Del Fla Ga Ill Ind Kan Ky La Md Mass Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa Penn Tenn Tex Va
    Vt Wash Wis Wyo Ont Que min max avg vice exec dir mgr Asst asst gen incl tel ext Ph Cir Ct
    """
)
_EXCLAIMED = _words("Yahoo Yum Jeopardy Mamma")
# Words that start a sentence far more often than they go on a name.
_STARTERS = _words(
    """
    The This That These Those There Then They Their Its It He She His Her Him We Our You Your I If In On
    At As A An And But Or So Yet For From By With Within Without While When Where What Who Why How Which
    Once Since After Before During Until Under Over Between Among Through Despite Although Though Because
    However Meanwhile Moreover Also Both Some Many Most More Several Such Other Another All Each Every
    Any No Not Nobody Now Last Next Earlier Later Today Yesterday Mr Mrs Ms Dr Analysts Shares Sales
    Profit Revenue Net Separately Previously According Officials Neither Nor Only Even Still Just Here Is
    Are Was Were Will Would Do Does Did Can Could Should May To Of Prior Following Effective Starting
    Instead Besides Additionally Two Three Four Five Others
    """
)
# Of those, the ones that are surnames too: after an initial they go on the name.
_SURNAMES = _words("A An Can Do Even Here Just May More Most Of Other Over So Still Sales To Under Will")
_STOPS = r".!?…"
_BULLETS = "•▪●◦‣"
_CLOSERS = "\"'”’)]»"
_OPENERS = "\"'“‘([«`"
# A full stop with a space after it, or with a common first word stuck to it; or a bullet inside a line. Pages whose
# hard spaces were lost have a hyphen or a question mark in their place: "it is done.- Roe said", 'done."?Roe said'.
_CANDIDATE = re.compile(
    rf"[{_STOPS}{_BULLETS}](?:(?<=[{_STOPS}])[{_STOPS}]{{0,6}}[{re.escape(_CLOSERS)}]{{0,6}}(?:\[\d{{1,3}}\]){{0,6}}(?:-{{0,2}}(?=\s)|"
    r"(?<=[.!?][\"”])\?(?=[A-Z][a-z ])|"
    r"(?:(?<=[a-z][.!?])|(?<=[a-z][.!?][\"”)]))"
    r"(?=(?:The|But|He|She|It|They|We|This|In|And|At|On)[ ’']|Mrs?[. ]))|"
    rf"(?<=[{_BULLETS}])(?=\s))"
)
_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_MARKER = re.compile(
    rf"\s*(?:(?P<item>(?:[-–—*·+>{_BULLETS}]|\(?\d{{1,2}}[.)]|\(?[a-z][)]|\(?[ivx]{{1,4}}[)])\s+)|(?P<heading>#{{1,6}}\s+))"
)
_ACRONYM = re.compile(r"(?:[A-Za-z]{1,2}\.)+[A-Za-z]{1,2}")
_OPENED = re.compile(rf"[{re.escape(_OPENERS)}\s]+([^\W_]|[$€£#@])")
_WORD = re.compile(r"[^\W\d_]+")
_SAID = re.compile(
    r"(?:[A-Z][\w.’'-]*\s+){1,3}(?:said|says|asked|asks|added|adds|told|wrote|writes|replied|joked|quipped)\b"
)
# After a company's suffix a surname with its verb starts a sentence: "left Acme Inc. Roe was", but not
# "Acme Inc. Chairman Roe was".
_SUFFIXES = _words("Inc Corp Co Cos Ltd LLC Plc plc Bros Jr Sr")
_SURNAME_AND_VERB = re.compile(
    r"(?!(?:Chair\w*|President|CEO|CFO|Chief|Director|Spokes\w+|Treasurer|Executive|Founder|Treasury)\b)"
    r"[A-Z][\w’'-]+,?\s+(?:is|was|has|had|will|would|also|said|says|joined|joins|served|serves|succeed\w+|replaces?d?|"
    r"becomes?|became|earlier|previously|began|worked|holds|held|who)\b"
)
_FULL_NAME = re.compile(
    r"([A-Z][a-z]+) (?:[A-Z]\. )?[A-Z][\w’'-]+"
    r"(?:,| (?:is|was|has|had|will|would|also|said|says|joined|joins|who|became)\b)"
)
# Longest line that is taken for a heading, in characters: the longest of real headlines, roughly.
_HEADING_CHARS = 140
# How far back the opening of a quotation is looked for, in characters; bounds the work on one endless line.
_QUOTE_CHARS = 2_000


@dataclass(frozen=True, slots=True)
class Sentence:
    """`start` and `end` are half-open offsets into the text, without the white space and marker around it."""

    start: int
    end: int
    kind: Kind


def split_sentences(text: str) -> list[Sentence]:
    """The sentences of a text in order; they do not overlap; a line without letter or digit has none."""
    sentences: list[Sentence] = []
    for line in _LINE.finditer(text):
        _split_line(text, line.start(), line.end(), sentences)
    return sentences


def _split_line(text: str, start: int, end: int, sentences: list[Sentence]) -> None:
    kind: Kind = "prose"
    tail = end
    if not sentences:
        start, end = _without_frame(text, start, end)
    if _is_row(text, start, end):
        _add(text, start, end, "row", sentences)
        return
    marker = _MARKER.match(text, start, end)
    if marker is not None:
        start = marker.end()
        kind = "item" if marker["item"] else "heading"
    first = len(sentences)
    for match in _CANDIDATE.finditer(text, start, end):
        stop = match.end()
        if text[match.start()] in _BULLETS:
            _add(text, start, match.start(), kind, sentences)
            start, kind = stop, "item"
            continue
        stop = _with_spaced_quote(text, start, stop, end)
        if _ends(text, start, match.start(), stop, end):
            _add(text, start, stop, kind, sentences)
            start = stop
    if kind == "prose" and len(sentences) == first and _is_heading(text, start, end):
        kind = "heading"
    _add(text, start, end, kind, sentences)
    _add(text, end, tail, "heading", sentences)


# What agencies put before a headline, and sites behind it: "UPDATE 2-Acme names Roe", "Acme names Roe | Business".
_SLUG = re.compile(
    r"\s*(?:(?:BRIEF|UPDATE|WRAPUP|RPT|REFILE|CORRECTED|CORRECTION|EXCLUSIVE|MOVES|INTERVIEW|NEWSMAKER|FACTBOX|TIMELINE|ANALYSIS"
    r"|FOCUS|PRESS RELEASE|SNAP|TEXT|ADVISORY)(?: \d{1,2})?-)+(?=[\w\"“‘'])"
)
_FEWEST_WORDS = 5  # of a headline before a bar; what is shorter is a cell of a table
_MOST_OF_SITE = 6  # words behind it: "Business | The Courier"


def _without_frame(text: str, start: int, end: int) -> tuple[int, int]:
    """A text's first line without an agency's slug and without the name of a section or site behind bars."""
    slug = _SLUG.match(text, start, end)
    start = slug.end() if slug is not None else start
    bar = text.find(" | ", start, end)
    if bar < 0 or "\t" in text[start:end]:
        return start, end
    headline, site = text[start:bar].split(), text[bar:end].replace("|", " ").split()
    told = len(headline) >= _FEWEST_WORDS and len(site) <= _MOST_OF_SITE and headline[0] != "|"
    return start, bar if told and not any(map(str.isdigit, "".join(site))) else end


def _add(text: str, start: int, end: int, kind: Kind, sentences: list[Sentence]) -> None:
    """Append the span without the white space around it, if it holds a letter or digit."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start < end and (text[start].isalnum() or any(map(str.isalnum, text[start:end]))):
        sentences.append(Sentence(start, end, kind))


def _is_row(text: str, start: int, end: int) -> bool:
    """Whether a line has cells: tabs or bars between text."""
    bars = text.count("|", start, end)
    if bars == 1:
        return end - start <= _HEADING_CHARS and text[start:end].rstrip()[-1:] not in (".", "!", "?")
    return bars > 1 or "\t" in text[start:end].strip()


def _is_heading(text: str, start: int, end: int) -> bool:
    """Whether a line that holds one sentence is short and has no final punctuation."""
    if end - start > _HEADING_CHARS:
        return False
    line = text[start:end].rstrip().rstrip(_CLOSERS)
    return not line.endswith((".", "!", "?", "…", ":", ";", ","))


def _ends(text: str, start: int, stop: int, after: int, end: int) -> bool:
    """Whether the stop at `stop`, whose closing quotes end at `after`, ends the sentence begun at `start`."""
    position = after
    while position < end and text[position].isspace():
        position += 1
    if position == end:
        return False
    following = text[position]
    if following.islower():
        return _camel_case(text, position) and text[stop] == "." and not _abbreviated(text, start, stop)
    token = _token_before(text, start, stop)
    quoted = after - stop > 1 and text[after - 1] in "\"”’'"
    if quoted and text[stop] in "!?" and _SAID.match(text, position, end):
        return False
    if following in _OPENERS:
        opened = _OPENED.match(text, position, end)
        if opened is None or (opened[1].islower() and following != "("):
            return False
        following = opened[1]
    elif not (following.isalnum() or following in "$€£#@•"):
        return False
    if text.startswith(("..", "…"), stop) or text.startswith(" .", stop - 2):
        return _starts_sentence(text, position)
    if stop - start <= 4 and text[stop] == "." and not text[start:stop].strip(" \t0123456789"):
        return False  # the number of a list item
    if text[stop] == "!" and token in _EXCLAIMED:
        return _starts_sentence(text, position)
    if text[stop] != ".":
        return True
    if token in _LEADING:
        return False
    if token in _NUMBERED:
        return not following.isdigit() and not (token.islower() and len(token) > 2)
    if token in _SUFFIXES and (_SURNAME_AND_VERB.match(text, position, end) or _names_somebody(text, position, end)):
        return True
    if not _is_abbreviation(token):
        return True
    if len(token) == 1 and (word := _WORD.match(text, position)) is not None and word[0] in _SURNAMES:
        return False
    return _starts_sentence(text, position)


def _names_somebody(text: str, position: int, end: int) -> bool:
    """Whether a full name in a subject's place stands here: "left Acme Inc. Rob Keller, son of the founder, will"."""
    full = _FULL_NAME.match(text, position, end)
    return full is not None and is_given_name(full[1])


def _token_before(text: str, start: int, stop: int) -> str:
    """The word before a stop, without the brackets and quotes that open it."""
    low = max(start, stop - 24)
    return text[max(text.rfind(" ", low, stop) + 1, low) : stop].lstrip(_OPENERS)


def _is_abbreviation(token: str) -> bool:
    return (
        token in _TRAILING
        or (len(token) == 1 and token.isupper())
        or ("." in token and _ACRONYM.fullmatch(token) is not None)
    )


def _abbreviated(text: str, start: int, stop: int) -> bool:
    token = _token_before(text, start, stop)
    return token in _LEADING or token in _NUMBERED or _is_abbreviation(token)


def _camel_case(text: str, position: int) -> bool:
    """A brand such as eBay or iRobot may start a sentence."""
    return text[position + 1 : position + 2].isupper()


def _starts_sentence(text: str, position: int) -> bool:
    """Whether the words at `position` commonly start a sentence: a starter, or an opened quotation."""
    if text[position] in '"“':
        return text[position + 1 : position + 2].isupper()
    word = _WORD.match(text, position)
    return word is not None and word[0] in _STARTERS


def _with_spaced_quote(text: str, start: int, stop: int, end: int) -> int:
    """The end of the sentence with a closing quote that a space parts from it, as in tokenised text."""
    if text.startswith((' "', " ''", " ”"), stop):
        closed = stop + (3 if text.startswith(" ''", stop) else 2)
        low = max(start, stop - _QUOTE_CHARS)
        opened = text.count('"', low, stop) % 2 == 1 or any(text.find(mark, low, stop) >= 0 for mark in ("``", "“"))
        if opened and (closed >= end or text[closed].isspace()):
            return closed
    return stop
