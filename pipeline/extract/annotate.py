"""Marks names in parsed windows: one label per name across the article, surnames followed everywhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from pipeline.extract.known_names import KnownNames, known_names, name_key, relabel_surnames, vote
from pipeline.extract.mentions import Name, Window
from pipeline.extract.name_entries import beside_titles, fills_line, lone_firms
from pipeline.extract.name_joins import whole_behind_address
from pipeline.extract.name_runs import is_place, name_data
from pipeline.extract.name_spans import name_spans
from pipeline.extract.name_words import (
    GENERIC_WORDS,
    HONORIFICS,
    LETTERS,
    STYLES,
    SUFFIXES,
    all_upper,
    is_area_name,
    is_board_or_rank,
    is_listed_at,
    is_org_tail,
    is_unit_name,
    looks_like_person,
    mark_name,
    styled_as_headline,
)
from pipeline.titles import find_titles
from pipeline.titles.lexicon import lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token


__all__ = ["is_org_tail", "is_unit_name", "looks_like_person", "mark_names", "mark_surnames"]

_CLUBS = frozenset("united rovers athletic wanderers fc albion hotspur".split())
_INSTITUTIONS = frozenset(
    "port bank museum university institute school college church library academy hospital diocese archdiocese zoo "
    "opera airport league bureau ministry department office board society guild chamber court".split()
)
_TOWN_CLUBS = frozenset(["town", "city", "county"])
_OF_SPORT = frozenset(
    "club supporters fans striker midfielder goalkeeper coach matches promotion relegation league football "
    "season".split()
)
_CAMEL = re.compile(r"[a-z][A-Z]")


def mark_names(windows: Sequence[Window]) -> None:
    """Fill `names` of all windows of one article: repaired, and with one label per name across the article."""
    raw: list[list[tuple[int, int, str, str | None]]] = []
    votes: dict[str, Counter[str]] = {}
    for window in windows:
        names = [
            span
            for span in whole_behind_address(name_spans(window))
            if not _is_body_of_company(window, span[0], span[1]) and not _opens_title(window, span[0], span[1])
        ]
        names = [span for span in names if not _is_credential(window, span[0], span[1], names)]
        raw.append(names)
        for first, last, label, honorific in names:
            weight = 3 if honorific else 1
            votes.setdefault(name_key(window, first, last), Counter())[label] += weight
    known = known_names(windows, raw, votes)
    for window, names in zip(windows, raw, strict=True):
        relabel_surnames(window, names, known.surnames)
    for window, names in zip(windows, raw, strict=True):
        styled = {first for first, *_ in names if styled_as_headline(window, first)}
        beside = {first for first, *_ in (*beside_titles(window), *lone_firms(window))} if styled else set()
        for first, last, label, honorific in names:
            vouched = first not in styled or first in beside or known.supports(window, first, last)
            if not (vouched or fills_line(window, first, last)):
                continue
            best = (
                label if last - first == 1 and label == "person" else vote(votes[name_key(window, first, last)], label)
            )
            if best == "place" and _place_is_org(window, first, last, known):
                best = "org"
            if best != "person" and _is_no_name(window, first, last, best):
                continue
            kind: Literal["person", "org"] = "person" if best == "person" else "org"
            name = Name(
                kind,
                first,
                last,
                window.piece(first, last).replace("\n", " "),
                honorific=honorific,
                weak=best == "place",
            )
            window.names.append(name)
            for index in range(first, last):
                window.name_at[index] = name
        known.mark(window)
        window.names.sort(key=lambda name: name.first)
    mark_surnames(windows)


def _is_credential(window: Window, first: int, last: int, names: Sequence[tuple[int, int, str, str | None]]) -> bool:
    """Whether letters behind a person's name are a degree or a membership: "Roe, MHA, FCCHL, will", "Roe FRICS"."""
    letters = window.words[first]
    known = last - first == 1 and window.lows[first].rstrip(".") in LETTERS
    before = first
    while known and before and (window.words[before - 1] == "," or window.lows[before - 1].rstrip(".") in LETTERS):
        before -= 1
    if known and any(label == "person" and end == before for _, end, label, _ in names):
        return True
    if last - first > 1 or not (letters.isupper() and letters.isalpha() and 3 <= len(letters) <= _LONGEST_LETTERS):
        return False
    ends = {span_last for _, span_last, label, _ in names if label == "person"}
    index, others = first, 0
    while index > 0 and index not in ends and (window.words[index - 1] == "," or window.words[index - 1].isupper()):
        index -= 1
        others += window.words[index] != ","
    closed = window.words[last : last + 1] in ([","], ["."], [")"]) or window.doc[last : last + 1].text in (
        "will",
        "has",
        "is",
    )
    alone = window.words.count(letters) == 1
    return index in ends and index < first and closed and alone and (others > 0 or window.words[first - 1] != ",")


_LONGEST_LETTERS = 7
_COMMITTEES = frozenset(
    "audit risk remuneration compensation nomination nominations nominating governance executive "
    "management operating investment finance credit ethics sustainability search steering advisory "
    "standing special committee".split()
)


def _is_body_of_company(window: Window, first: int, last: int) -> bool:
    """Whether capitals mark a part of any company ("Audit Committee"), a rank, a column, a law, an exchange."""
    if last - first > 1 and window.lows[last - 1] in name_data("no_employers"):
        return True
    if is_listed_at(window, first - 1):
        return True  # the exchange of "Acme (NASDAQ: ACME)"
    if window.lows[last - 1] in ("committee", "committees"):
        return window.lows[max(last - 2, first)] in _COMMITTEES
    return is_board_or_rank(window.piece(first, last)) or _is_rubric(window.lows[first:last])


def _is_rubric(lows: Sequence[str]) -> bool:
    """Whether a name is the heading of a column: "People & Places", "Late News"; not "the Executive"."""
    return name_data("rubrics").issuperset(lows) and not name_data("rubric_links").issuperset(lows)


def _place_is_org(window: Window, first: int, last: int, known: KnownNames) -> bool:
    """Whether what the model takes for a place is an organisation: a club, "Acme North America", "MedTech"."""
    words = window.doc[first:last]
    if last - first > 1 and (words[-1].lower_ in _CLUBS or known.extends(window, first, last)):
        return True
    if last - first > 1 and (words[-1].lower_ in name_data("lines_of_business") or is_org_tail(words[-1].text)):
        return True  # "Colne Engineering"
    if last - first > 1 and words[-1].lower_ == "board":
        return True
    if last - first > 1 and _is_of_country(window, first, last):
        return True
    if last - first > 1 and words[-1].lower_ in _TOWN_CLUBS and not is_place(words.text):
        return not _OF_SPORT.isdisjoint(window.lows)
    if last - first > 2 and words[0].lower_ in _INSTITUTIONS and words[1].lower_ == "of":
        return True  # "Port of Haldern"
    return any(_CAMEL.search(token.text) for token in words)


def _is_of_country(window: Window, first: int, last: int) -> bool:
    """Whether a name is a line of business and a country, as agencies and trade bodies are called: "Sport Wales"."""
    before = window.lows[first : last - 1]
    return (
        window.lows[last - 1] in lexicon().places
        and window.words[last - 1].istitle()
        and all(low in lexicon().areas and low not in lexicon().places for low in before)
        and not {"central", "new", "federal", "rural", "state"} & set(before)
    )


_ROADS = frozenset("road street avenue lane boulevard highway motorway freeway".split())


def _is_no_name(window: Window, first: int, last: int, label: str) -> bool:
    """Whether capitals mark no organisation or place: "Item 5.02", a dateline, "Board of Directors"."""
    words = window.doc[first:last]
    if words[0].lower_ in ("item", "section", "exhibit", "rule", "form", "schedule"):
        return True
    if (label == "place" and _dateline(window, first, last)) or (
        last - first == 1 and words[0].lower_ in name_data("calendar")
    ):
        return True
    if window.lows[first] in STYLES and window.lows[first - 1 : first] in (["his"], ["her"], ["your"]):
        return True
    if words.text == "Holy Father":
        return True
    if last - first > 1 and window.lows[last - 1] in _ROADS:
        return True  # "the Mill Road plant"
    if last - first == 1 and first == window.sentence_of(first).first and is_area_name(words.text):
        return last < len(window.doc) and window.doc[last].tag_ in ("NN", "NNS")  # "Wealth management will"
    return all(
        t.lower_ in GENERIC_WORDS or t.is_punct or t.lower_ in ("of", "directors", "governors", "trustees")
        for t in words
    )


_TITLE_OPENINGS = frozenset({"group", "corporate", "divisional", "regional", "global"})
_LONGEST_TITLE = 60


def _opens_title(window: Window, first: int, last: int) -> bool:
    """Whether what the model takes for an organisation is the start of a title: "Group Finance" of its director.

    Or "New" and such a start: "New Energy Secretary Jane Roe said".
    """
    fresh = window.lows[first] == "new" and last - first > 1 and first == window.sentence_of(first).first
    if window.lows[first] not in _TITLE_OPENINGS and not fresh:
        return False
    start = window.starts[first + fresh]
    end = window.end(last) - start
    return any(
        mention.start == 0 and mention.end > end and (not fresh or mention.head.lower() in _GOVERNMENT)
        for mention in find_titles(window.text[start : start + _LONGEST_TITLE])
    )


_GOVERNMENT = frozenset({"secretary", "minister"})


def mark_surnames(windows: Sequence[Window]) -> None:
    """Make every mention of a known person's surname that person, whatever the model took it for."""
    surnames, doubled = _surnames(windows), _doubled_surnames(windows)
    openings = {
        window.lows[name.first]
        for window in windows
        for name in window.names
        if name.kind == "org" and name.last - name.first > 1 and not name.weak
    }
    for window in windows:
        for name in window.names:
            word = window.lows[name.first]
            if (
                name.kind == "person"
                and name.last - name.first == 1
                and not name.honorific
                and not name.settled
                and word in openings
                and word not in surnames
            ):
                name.kind = "org"  # "Marsh" for "Marsh & McLennan"
            alone = name.last - name.first == 1 and word in surnames
            if name.kind == "org" and (alone or name.text in doubled) and not name.settled:
                name.kind, name.weak = "person", False
            if name.kind == "org" and window.lows[name.last - 1] in surnames:
                _cut_at_comma(window, name)
        for index, (word, low) in enumerate(zip(window.words, window.lows, strict=True)):
            if low in openings and _short_form(window, window.doc[index]):
                mark_name(window, "org", index, index + 1)
            if low not in surnames or not word[0].isupper() or index in window.name_at or index in window.title_at:
                continue
            if not _continues(window, index):
                mark_name(window, "person", index, index + 1)
        window.names.sort(key=lambda name: name.first)


def _doubled_surnames(windows: Sequence[Window]) -> set[str]:
    """Surnames with a hyphen, as they are written in persons' full names: "Marsh-Lee" of "Jane Marsh-Lee"."""
    lasts = (name.text.split()[-1] for w in windows for name in w.names if name.kind == "person" and " " in name.text)
    return {last for last in lasts if "-" in last}


def _surnames(windows: Sequence[Window]) -> set[str]:
    """Last words of persons' full names that are part of no organisation's."""
    surnames, org_words = set(), set()
    for window in windows:
        for name in window.names:
            words = [
                low for low in window.lows[name.first : name.last] if low.rstrip(".") not in SUFFIXES and low != ","
            ]
            if name.kind == "org" and len(words) > 1:
                org_words.update(words)
            elif name.kind == "person" and words[-2:-1] == ["-"] and words[-4:-3] != []:
                surnames.add(
                    words[-1] if words[-4] not in name_data("family_name_first") else words[-4]
                )  # "Li Ka-hing"
            elif name.kind == "person" and len(words) > 1 and len(words[-1]) > 2:
                surnames.add(words[-1])
    return surnames - org_words


def _cut_at_comma(window: Window, name: Name) -> None:
    """ "Acme, Boatwright" is an organisation and, behind the comma, a person."""
    for index in range(name.first + 1, name.last):
        if window.words[index] == ",":
            for position in range(index, name.last):
                del window.name_at[position]
            name.last, name.text = index, window.doc[name.first : index].text
            return


_COMMON_OPENINGS = frozenset(
    "american first new united international general national federal royal british european central "
    "u.s. us north south east west great state public home global world bank university college "
    "department ministry institute city county board house society museum office council court church "
    "old big best fresh red blue green black white golden".split()
)


def _short_form(window: Window, token: Token) -> bool:
    """Whether the first word of a known organisation's name is unmarked and used alone."""
    if token.i in window.name_at or token.tag_ != "NNP" or token.lower_ in _COMMON_OPENINGS:
        return False
    if token.i in window.title_at or (token.lower_,) in lexicon().modifiers:
        return False  # "Group" for "Group Ventures", in "Group Finance Director"
    after = window.doc[token.i + 1] if token.i + 1 < len(window.doc) else None
    before = window.doc[token.i - 1] if token.i else None
    return (after is None or not after.text[:1].isupper() or all_upper(window, token.i)) and (
        before is None or before.tag_ != "NNP"
    )


def _dateline(window: Window, first: int, last: int) -> bool:
    """Whether a place opens a report in capitals: "MILLBROOK - ", "LONDON, March 3 (Wire) - "."""
    doc, sentence = window.doc, window.sentence_of(first)
    return (
        first <= sentence.first + 1
        and all(t.is_upper or not t.is_alpha for t in doc[first:last])
        and any(t.text in ("-", "–", "—", "--", "(", ":") for t in doc[last : min(last + 10, sentence.last)])
    )


def _continues(window: Window, index: int) -> bool:
    """Whether a capitalised word touches another one that is part of some other, longer name."""
    doc = window.doc
    after = doc[index + 1] if index + 1 < len(doc) else None
    before = doc[index - 1] if index else None
    if (
        after is not None
        and (is_org_tail(after.text) or after.text == "&")
        and after.text[:1].isupper() | (after.text == "&")
    ):
        return True
    return (
        before is not None
        and before.tag_ == "NNP"
        and index - 1 not in window.name_at
        and not all_upper(window, index)
        and before.lower_.rstrip(".") not in HONORIFICS
    )
