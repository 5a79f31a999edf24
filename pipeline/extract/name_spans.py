"""Spans of names as the model sees them, with its errors repaired and names it missed added."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal

from pipeline.extract.mentions import Window
from pipeline.extract.name_cuts import between_firms, bracket_inside, comma_before_person
from pipeline.extract.name_entries import beside_titles, lone_firms
from pipeline.extract.name_joins import (
    join_counties,
    join_fields,
    join_partners,
    join_states,
    joined_persons,
    suffixed_orgs,
    with_legal_form,
    with_surname,
)
from pipeline.extract.name_openings import (
    before_letters,
    before_post,
    before_shares,
    behind_address,
    behind_preposition,
    behind_rank,
    behind_sentence,
    behind_style,
    behind_title,
    person_before_post,
    post_inside,
    without_board,
    without_paired_titles,
)
from pipeline.extract.name_runs import is_town, name_data
from pipeline.extract.name_styles import behind_initials, family_name_first, in_capitals
from pipeline.extract.name_words import (
    CAPITALISED,
    FIRM_PLURALS,
    HONORIFICS,
    INITIAL,
    SUFFIXES,
    is_area_name,
    is_built,
    is_org_tail,
)
from pipeline.extract.small_heads import is_small_part, small_headed
from pipeline.names import is_given_name
from pipeline.titles import find_titles
from pipeline.titles.lexicon import lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token


_LABELS: Mapping[str, Literal["person", "org", "place"]] = {
    "PERSON": "person",
    "ORG": "org",
    "GPE": "place",
    "LOC": "place",
    "FAC": "org",
    "PRODUCT": "org",
    "WORK_OF_ART": "org",
    "NORP": "place",
}
_NO_GIVEN_NAMES = frozenset(
    "replacing succeeding joining following former outgoing incoming new retired meanwhile separately "
    "also while when after but and".split()
)


def name_spans(window: Window) -> list[tuple[int, int, str, str | None]]:
    """First and last token, label and honorific of each name of a window, without overlaps."""
    spoken_first = [
        *family_name_first(window),
        *behind_initials(window),
        *in_capitals(window),
        *joined_persons(window),
    ]
    spoken = {i for first, last, *_ in spoken_first for i in range(first, last)}
    spoken_first += [
        name for name in (*beside_titles(window), *lone_firms(window)) if spoken.isdisjoint(range(name[0], name[1]))
    ]
    covered = {i for first, last, *_ in spoken_first for i in range(first, last)}
    names = [name for name in _raw_names(window) if not covered.intersection(range(name[0], name[1]))]
    names = join_counties(window, [*with_surname(window, _extend(window, names)), *spoken_first])
    names = join_partners(window, with_legal_form(window, join_fields(window, join_states(window, names))))
    taken = {i for first, last, *_ in names for i in range(first, last)}
    extra = [*_unlabelled_persons(window, taken)]
    taken |= {i for first, last, *_ in extra for i in range(first, last)}
    extra += [span for span in suffixed_orgs(window, taken) if not _is_post_of(window, span[0], span[1])]
    institutions = [(first, last, "org", None) for first, last in small_headed(window)]
    held = {i for first, last, *_ in institutions for i in range(first, last)}
    kept = (name for name in [*names, *extra] if not held.intersection(range(name[0], name[1])) or name[1] - 1 in held)
    return _without_overlaps([*institutions, *(name for name in kept if name[0] not in held)])


_BODIES = frozenset({"department", "ministry", "secretariat"})


def _trim(window: Window, first: int, last: int) -> tuple[int, int, str | None]:
    """Cut what the model swallowed: possessive, honorific, markup, digits, a line break."""
    honorific = None
    for index in range(first, last):
        if (
            "\n" in window.words[index]
            or (index > first and window.words[index] in ("|", "\t"))
            or _is_clause(window.doc[index], index > first)
            or (index > first and window.words[index] in ("-", "–", "—", "--") and window.doc[index - 1].whitespace_)
        ):
            last = index
            break
    while first < last:
        word = window.lows[first].rstrip(".")
        of_body = window.lows[first + 1] in _BODIES if last - first > 1 else False  # "Justice Department"
        if word in HONORIFICS and last - first > 1 and window.words[first + 1] != "&" and not of_body:
            honorific = word
            first += 1
        elif (
            word in {"the", "a", "an", "that", "'", '"', "“", "[", "(", "-", "–", "—", "|", "*", "its", "his", "her"}
            or window.words[first] in _BEFORE_NAME
            or window.doc[first].is_space
            or (last - first > 1 and (word in name_data("describing") or _only_says_kind(window, first, last)))
        ):
            first += 1
        else:
            break
    while last - first > 1 and (window.lows[last - 1] in _NEVER_LAST or _is_adverb(window.doc[last - 1])):
        last -= 1
    while first < last and (
        window.lows[last - 1] in {"'s", "’s", "'", "’", '"', "”", ",", "]", ")", "(", "-", "|", "*", ":"}
        or window.doc[last - 1].is_space
    ):
        last -= 1
    if honorific is None and first and window.lows[first - 1].rstrip(".") in HONORIFICS:
        honorific = window.lows[first - 1].rstrip(".")
    return first, last, honorific


def _only_says_kind(window: Window, first: int, last: int) -> bool:
    """Whether a sentence opens with what the firm behind is: "Retailer Acme"; not "Charity Mumbi", a person."""
    kind = window.lows[first] in name_data("kinds_before") and first == window.sentence_of(first).first
    plain = kind and window.words[first + 1][:1].isupper() and not is_org_tail(window.words[first + 1])
    return plain and not (is_given_name(window.words[first]) and last - first == 2)


def _is_clause(token: Token, inside: bool) -> bool:
    """Whether a word shows that a name has run into the clause behind it: "Rex Munday as Finance"."""
    return (
        inside and token.text.islower() and (token.lower_ in _CLAUSE_WORDS or token.tag_ in ("PRP", "MD", "VBZ", "VBD"))
    )


def _is_post_of(window: Window, first: int, last: int) -> bool:
    """Whether capitalised words up to a legal form are a post: "Treasurer of the Corporation"."""
    return "of" in window.lows[first : last - 1] and _is_post(window, first, last)


def _is_adverb(token: Token) -> bool:
    return token.tag_ == "RB" and token.is_lower  # "Norwood Holdings later"


_BEFORE_NAME = frozenset({"new", "former", "rival", "fellow"})  # in small letters: "the new Acme Board"
_NEVER_LAST = frozenset("for of at in on to by from with since and".split())
_CLAUSE_WORDS = frozenset("as who which that whose because since until".split())


def _raw_names(window: Window) -> list[tuple[int, int, str, str | None]]:
    found: list[tuple[int, int, str, str | None]] = []
    datelines = _datelines(window)
    for ent in window.doc.ents:
        label = None if is_built(ent.text) else _LABELS.get(ent.label_)
        if label is None or any(token.like_email or token.like_url for token in ent):
            continue
        if label == "org" and _is_dashed_post(window, ent.start, ent.end):
            continue
        first, last, honorific = _trim(window, ent.start, ent.end)
        first, last = without_paired_titles(window, first, last)
        last, label = before_shares(window, first, last, label)
        if label == "org" and (bracket := bracket_inside(window, first, last)):
            found.append((bracket + 1, last, "org", None))  # "Acme (Norwood Power)"
            last = bracket
        found += _behind_dash(window, last, ent.end, label)
        comma = comma_before_person(window, first, last) if label == "org" else 0
        if comma:
            found.append((comma + 1, last, "person", None))
            last = comma
        while label == "org" and last - first > 1 and window.lows[last - 1] in ("ceo", "cfo", "coo", "cto", "chairman"):
            last -= 1
        if label == "org" and last - first > 1 and window.doc[first].tag_ == "VBG" and window.doc[first].is_sent_start:
            first += 1  # "Joining Halden Group are"
        if label == "org" and last - first > 1 and window.lows[first] in _OPENING_VERBS:
            first += first == window.sentence_of(first).first  # "Joins Halden Group as treasurer", below a name
        if honorific in _OF_COUNCILS and label == "org" and not is_org_tail(window.words[last - 1]):
            label = "person"  # "Councillor A.C. Harman"
        if label == "org":
            first = _behind_area(window, first, last)
        if label == "org" and _double_given(window.piece(first, last)):
            label = "person"
        if label == "org" and first < last:
            first = behind_preposition(window, first, last)
        if label in ("org", "person") and (post := post_inside(window, first, last)):
            former = window.lows[first : first + 2] == ["ex", "-"] and post > first + 2
            found.append((first + 2 * former, post, "org", None))  # "Ex-Acme CFO Jane Roe"
            first, label = post + 1, "person"
        if label == "org" and first < last:
            first, last = without_board(window, first, last)
        if label == "org" and (cut := between_firms(window, first, last)):
            found.append((first, cut, "org", None))
            first = cut + 1
            label = "place" if is_town(window.piece(first, last)) else label
        if label == "org" and behind_rank(window, first, last) > first and not is_org_tail(window.words[last - 1]):
            label = "person"
        if label == "org" and (end := person_before_post(window, first, last)) > first:
            last, label = end, "person"
        if label == "person":
            last = before_post(window, first, last)
            while first < last - 1 and (
                window.lows[first] in _NO_GIVEN_NAMES
                or (window.lows[first] == "will" and last - first > 2 and window.sentence_of(first).first == first)
            ):
                first += 1
            first = behind_sentence(window, first, last)
            first = behind_rank(window, behind_title(window, first, last), last)
            first = behind_address(window, first, last)
            first = behind_style(window, first, last) if first < last else first
            last = before_letters(window, first, last)
        elif _is_post(window, first, last) or is_small_part(window, first, last):
            continue
        if (
            first >= last
            or not any(char.isalpha() for char in window.piece(first, last))
            or last <= datelines.get(first, 0)
        ):
            continue
        found.append((first, last, label, honorific))
    return found


def _behind_area(window: Window, first: int, last: int) -> int:
    """Where the firm begins in "director of Marketing, Acme Foods", of which the model made one name."""
    comma = next((i for i in range(first + 1, last - 1) if window.words[i] == ","), 0)
    of = window.lows[first - 1 : first] == ["of"] and first > 1 and comma
    area = of and is_area_name(window.piece(first, comma)) and window.words[comma + 1][:1].isupper()
    return comma + 1 if area and not is_org_tail(window.words[comma + 1]) else first


def _double_given(name: str) -> bool:
    """Whether a name opens with two given names and a hyphen: "Jean-Luc Moreau"."""
    words = name.split()
    parts = words[0].split("-") if 2 <= len(words) <= 3 else []
    given = len(parts) == 2 and all(part[:1].isupper() and is_given_name(part) for part in parts)
    return given and all(word[:1].isupper() for word in words) and not is_org_tail(words[-1])


_OF_COUNCILS = frozenset({"cllr", "coun", "councillor"})
_OPENING_VERBS = frozenset("joins leaves quits exits rejoins departs appointed named promoted elected hired".split())
_NO_PART_OF_FIRM = re.compile(
    r"\s*(?:of (?:the|our) (?:Company|Board|Group|Corporation|Registrant|Bank)"
    r"|of (?:Police|Prisons|State|Government|Customs|Forests|Schools|Staff))?\s*$"
)


def _is_post(window: Window, first: int, last: int) -> bool:
    """Whether what the model takes for an organisation is a post: "Treasurer of the Company", "Company Secretary"."""
    if last <= first:
        return False
    text = window.piece(first, last)
    if last - first == 1 and (not first or window.lows[first - 1] not in _BEFORE_POST):
        return False
    mentions = find_titles(text)
    return bool(mentions) and mentions[0].start == 0 and bool(_NO_PART_OF_FIRM.match(text[mentions[-1].end :]))


def _is_dashed_post(window: Window, first: int, last: int) -> bool:
    """Whether what the model takes for an organisation is a post and its field: "Head - Marketing & Sales"."""
    if _DASHES.isdisjoint(window.words[first + 1 : last]):
        return False
    text = window.piece(first, last)
    return any(mention.start == 0 and mention.end == len(text) for mention in find_titles(text))


_DASHES = frozenset("-–—")
_BEFORE_POST = frozenset("as to company corporate board assistant deputy group".split())

# A report's opening: a place in capitals, then a date, a state or the agency, then a dash.
_DATELINE = re.compile(
    r"[A-Z][A-Z.'’/ ]+(?:,\s+(?:[A-Z][a-z]+\.?\s+\d{1,2}(?:,\s+\d{4})?|[A-Z][\w.]{0,5}|[A-Z][a-z]+))*"
    r"\s*(?:\((?P<agency>[^()]{2,40})\)|/[^/]{2,40}/)?\s*(?:--?|[–—])\s"
)


def _datelines(window: Window) -> dict[int, int]:
    """For each token of a dateline, the token behind it: "LISBON, Nov 8 (Wire) -" names no organisation."""
    covered: dict[int, int] = {}
    for sentence in window.sentences:
        if sentence.first >= sentence.last or not window.doc[sentence.first].is_upper:
            continue
        text = window.piece(sentence.first, min(sentence.first + _LONGEST_DATELINE, sentence.last))
        found = _DATELINE.match(text)
        if found is None or not ("," in found.group() or found.group("agency")):
            continue
        end = window.doc[sentence.first].idx + found.end()
        last = sentence.first
        while last < sentence.last and window.doc[last].idx < end:
            last += 1
        covered |= dict.fromkeys(range(sentence.first, last), last)
    return covered


_LONGEST_DATELINE = 20


def _behind_dash(
    window: Window, first: int, last: int, label: Literal["person", "org", "place"]
) -> Iterable[tuple[int, int, str, str | None]]:
    """The second of two names that the model took for one: "London - Norwood Bank"."""
    if first + 1 < last and window.words[first] in ("-", "–", "—", "--") and window.words[first + 1][:1].isupper():
        start, end, honorific = _trim(window, first + 1, last)
        if end > start:
            yield start, end, "org" if is_org_tail(window.words[end - 1]) else label, honorific


def _extend(window: Window, names: list[tuple[int, int, str, str | None]]) -> list[tuple[int, int, str, str | None]]:
    """Join a legal suffix or a Jr. that the model left outside, and split titles off persons."""
    extended = []
    for first, last, label, honorific in names:
        sentence = window.sentence_of(first)
        if window.lows[first : first + 1] in (["st"], ["saint"]) and window.lows[last : last + 1] in (["'s"], ["’s"]):
            label = "org"  # "the governors of St Mary's"
        if label == "person" and window.lows[last - 1] == "city" and last - first > 1:
            label = "place"
        if label == "place" and window.lows[last - 1] in FIRM_PLURALS and last - first > 1:
            label = "org"
        if _runs_a_sport(window, first, last):
            label, first = "org", min(first, last - 2)
        if label != "person":
            while last < sentence.last and is_org_tail(window.words[last]) and CAPITALISED.match(window.words[last]):
                last += 1
        while label == "person" and first > sentence.first and INITIAL.match(window.words[first - 1]):
            first -= 1
        if label == "person" and first - 2 >= sentence.first and window.lows[first - 1] in _CHILD_OF:
            first -= 2 if CAPITALISED.match(window.words[first - 2]) else 0  # "Hala bint" Yusuf Al-Ansari
        if label == "person":
            after = last + 1 if last < sentence.last and window.words[last] == "," else last
            if after < sentence.last and window.lows[after] in SUFFIXES:
                last = after + 1
            if any(token.text in ("&", "+") for token in window.doc[first:last]) or (
                is_org_tail(window.words[last - 1]) and last - first > 1
            ):
                label = "org"
            elif _ends_in_firm(window, first, last, sentence.last):
                label, last = "org", last + 1
        extended.append((first, last, label, honorific))
    return extended


def _ends_in_firm(window: Window, first: int, last: int, limit: int) -> bool:
    """Whether a name goes on with a word that firms end in: "Anna Roe Group", but not "names Anna Roe Group Head"."""
    firm = last < limit and is_org_tail(window.words[last]) and window.words[last][:1].isupper()
    return firm and person_before_post(window, first, last + 1) == first


def _runs_a_sport(window: Window, first: int, last: int) -> bool:
    """Whether a country ends the name of a body for a sport: "Hockey Ireland"; not the team "Ireland"."""
    if last < 2 or last - first > 2 or window.lows[last - 1] not in lexicon().places:
        return False
    return window.words[last - 2][:1].isupper() and window.lows[last - 2] in name_data("sports")


_CHILD_OF = frozenset({"bin", "ibn", "bint", "binti", "binte"})


def _unlabelled_persons(window: Window, taken: set[int]) -> Iterable[tuple[int, int, str, str | None]]:
    """Names after an honorific that the model missed."""
    for index, low in enumerate(window.lows):
        if not window.words[index][0].isupper() or low.rstrip(".") not in HONORIFICS:
            continue
        if index + 1 < len(window.words):
            first = last = index + 1
            sentence = window.sentence_of(index)
            while last < sentence.last and last not in taken and CAPITALISED.match(window.words[last]):
                last += 1
            if last > first and last - first <= 4 and behind_title(window, first, last) == first:
                yield first, last, "person", low.rstrip(".")


def _without_overlaps(names: list[Any]) -> list[Any]:
    kept: list[Any] = []
    for name in sorted(names, key=lambda item: (item[0], -item[1])):
        if not kept or name[0] >= kept[-1][1]:
            kept.append(name)
    return kept
