"""Names that the model sees in pieces: around a nickname, behind small words, before a legal form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pipeline.extract.common_nouns import common_nouns
from pipeline.extract.mentions import Name, Window
from pipeline.extract.name_openings import behind_preposition
from pipeline.extract.name_runs import name_data
from pipeline.extract.name_words import CAPITALISED, HONORIFICS, INITIAL, is_org_tail
from pipeline.names import is_given_name

Span = tuple[int, int, str, str | None]

_OPENING = {"“": "”", '"': '"', "(": ")", "‘": "’", "'": "'"}
_LONGEST_NICKNAME = 2  # words
_PARTICLES = frozenset("du de van von der den ten ter da di dos del della la le".split())
_LONGEST_SURNAME = 2  # words behind a particle


def joined_persons(window: Window) -> Iterator[Span]:
    """Whole names where the model sees a part or nothing: "Ana (Annie) Ruiz", "Jan du Toit", "Izzati binti Hassan"."""
    yield from _around_nickname(window)
    yield from _with_father(window)
    yield from _with_particle(window)


def with_surname(window: Window, names: Iterable[Span]) -> list[Span]:
    """Take in the surname that the model left out: "Don" of "Don Marchand has left"."""
    spans = list(names)
    starts = {first for first, *_ in spans}
    joined: list[Span] = []
    for first, last, label, honorific in spans:
        alone = last - first == 1 and honorific is None and is_given_name(window.words[first])
        if alone and label != "person" and first and window.lows[first - 1] in common_nouns("epithet") | _CALLINGS:
            label = "person"  # "Treasury official Helena Roe", of whom the model sees a town
        alone = alone and label == "person"
        if alone and last < window.sentence_of(first).last and last not in starts and _ends_name(window, last):
            last += 1
        joined.append((first, last, label, honorific))
    return joined


def whole_behind_address(names: Iterable[Span]) -> list[Span]:
    """Names whole behind a form of address that the model cut in pieces: "Datuk | Rashid | Omar Karim"."""
    joined: list[Span] = []
    for name in sorted(names, key=lambda span: span[:2]):
        before = joined[-1] if joined else None
        if before is not None and _is_rest(before, name):
            joined[-1] = (before[0], name[1], "person", before[3])
            continue
        if before is not None and before[:2] == (name[0] - 1, name[0]) and name[3] is not None and before[3] is None:
            joined.pop()  # the form of address itself
        joined.append(name)
    return joined


def _is_rest(before: Span, behind: Span) -> bool:
    """Whether a name goes on that the model cut in two behind a form of address: "Datuk Rashid | Omar Karim"."""
    one = before[1] - before[0] == 1 and before[1] == behind[0]
    return one and before[3] is not None and behind[3] is None and before[2] == behind[2] == "person"


_CALLINGS = frozenset("official insider aide envoy executive lawmaker expert".split())


def _ends_name(window: Window, index: int) -> bool:
    """Whether a word is a surname that closes a name; not the first of a firm's or an office's."""
    behind = window.words[index + 1] if index + 1 < len(window.words) else ""
    alone = not behind[:1].isupper() and behind not in ("&", "-", "'s", "’s", "of")
    return alone and window.doc[index].tag_ == "NNP" and _is_surname(window, index)


def _is_name_word(window: Window, index: int) -> bool:
    word = window.words[index]
    return bool(CAPITALISED.match(word)) and word[1:2].islower() and word.isalpha() and index not in window.title_at


def _around_nickname(window: Window) -> Iterator[Span]:
    words = window.words
    for opening in range(1, len(words) - 3):
        closing_sign = _OPENING.get(words[opening])
        initialled = closing_sign is not None and INITIAL.match(words[opening - 1]) is not None
        if closing_sign is None or not (initialled or _is_name_word(window, opening - 1)):
            continue
        closing = next(
            (i for i in range(opening + 2, opening + 2 + _LONGEST_NICKNAME) if words[i : i + 1] == [closing_sign]), None
        )
        if closing is None:
            continue
        surname = closing + 1
        while surname < len(words) and window.lows[surname] in _PARTICLES:
            surname += 1
        if surname >= len(words) or not _is_surname(window, surname):
            continue
        first = opening - 1
        while first and (step := _steps_back(window, first)):
            first -= step
        given = next((i for i in range(first, opening) if _opens_given(words[i], initialled)), opening)
        first = next((i for i in range(first, given) if window.doc[i].ent_type_ == "PERSON"), given)
        called = all(_is_name_word(window, i) for i in range(opening + 1, closing))
        if first < opening and called and window.doc[opening].whitespace_ == "":
            yield _person(window, first, _past_hyphen(window, surname + 1))


def _opens_given(word: str, initialled: bool) -> bool:
    """Whether a word opens what stands before a nickname: a given name, or the initials of "A. W. (Tom) Kessler"."""
    return is_given_name(word) or (initialled and INITIAL.match(word) is not None)


def _steps_back(window: Window, first: int) -> int:
    """How many words of a name stand before one: a given name, an initial, or the first half of "Jean-Luc"."""
    if _is_name_word(window, first - 1) or INITIAL.match(window.words[first - 1]):
        return 1
    joined = window.words[first - 1] == "-" and first > 1 and not window.doc[first - 2].whitespace_
    return 2 if joined and _is_name_word(window, first - 2) else 0


def _past_hyphen(window: Window, last: int) -> int:
    """Where a surname ends that may go on behind a hyphen: 'Ana "Annie" Soto-Lim'."""
    joined = window.words[last : last + 1] == ["-"] and not window.doc[last - 1].whitespace_
    return last + 2 if joined and last + 1 < len(window.words) and _is_name_word(window, last + 1) else last


def has_nickname(window: Window, name: Name) -> bool:
    """Whether a name holds a nickname between signs, which no run of capitalised words goes across."""
    return any(word in _OPENING for word in window.words[name.first + 1 : name.last - 1])


def _with_particle(window: Window) -> Iterator[Span]:
    words = window.words
    for index in range(1, len(words) - 1):
        if words[index] not in _PARTICLES or not is_given_name(words[index - 1]):
            continue
        behind = index
        while behind < len(words) and words[behind] in _PARTICLES:
            behind += 1
        if behind >= len(words) or not _is_surname(window, behind) or not _is_name_word(window, index - 1):
            continue
        last = behind + 1
        if last - behind < _LONGEST_SURNAME and last < len(words) and _is_surname(window, last):
            last += 1
        before = index - 2
        if before < 0 or not _is_name_word(window, before) or window.lows[before].rstrip(".") in HONORIFICS:
            yield _person(window, index - 1, last)


def _with_father(window: Window) -> Iterator[Span]:
    """Arabic and Malay names that go on with whose child it is: "Nurul Izzati binti Hassan", "Saud bin Ali"."""
    if _CHILD_OF.isdisjoint(window.lows):
        return
    words, behind = window.words, 0
    for index in range(1, len(words) - 1):
        if words[index] not in _CHILD_OF or index < behind:
            continue
        first, last = index, index + 1
        sentence = window.sentence_of(index)
        while first - 1 >= max(sentence.first, index - _LONGEST_GIVEN) and _goes_on(window, first - 1):
            first -= 1
        while last < min(sentence.last, index + _LONGEST_FATHER) and _goes_on(window, last):
            last += 1
        behind = last
        if first < index < last - 1:
            yield _person(window, first, last)


def _goes_on(window: Window, index: int) -> bool:
    """Whether a word may be one of a name: not an office, nor how its bearer is addressed."""
    word = window.words[index]
    known = word in _CHILD_OF or word in ("al", "el") or (word == "-" and not window.doc[index].whitespace_)
    spelt = bool(CAPITALISED.match(word)) and word[1:2].islower() and index not in window.title_at
    return known or (spelt and window.lows[index].rstrip(".") not in HONORIFICS | _NO_NAMES)


_CHILD_OF = frozenset({"bin", "binti", "bint", "ibn"})
_NO_NAMES = frozenset("the seri sri his her its".split())
_LONGEST_GIVEN = 3  # words before "bin"
_LONGEST_FATHER = 7  # words from "bin" on


def _is_surname(window: Window, index: int) -> bool:
    return _is_name_word(window, index) and not is_org_tail(window.words[index])


def _person(window: Window, first: int, last: int) -> Span:
    before = window.lows[first - 1].rstrip(".") if first else ""
    return first, last, "person", before if before in HONORIFICS else None


def suffixed_orgs(window: Window, taken: set[int]) -> Iterator[Span]:
    """Capitalised words that end in a legal suffix and that the model missed."""
    for index, word in enumerate(window.words):
        if not word[:1].isupper() or index in taken or not is_org_tail(word) or not CAPITALISED.match(word):
            continue
        first, sentence = index, window.sentence_of(index)
        if _behind_comma(window, index) and index - 2 >= sentence.first and index - 2 not in taken:
            first -= 1
        while (
            first > sentence.first
            and first - 1 not in taken
            and (
                CAPITALISED.match(window.words[first - 1])
                or (
                    window.words[first - 1] in {"&", "and", "of", "-"}
                    and not (window.words[first - 1] == "-" and window.doc[first - 2].whitespace_)
                    and first - 2 >= sentence.first
                    and CAPITALISED.match(window.words[first - 2])
                    and window.words[first - 1] != "and"
                )
            )
            and window.lows[first - 1] not in {"the", "a", "said"}
            and window.lows[first - 2 : first] != ["board", "of"]  # "the Board of Acme Inc."
        ):
            first -= 1
        first = behind_preposition(window, first, index + 1)
        if index - first >= 1:
            yield first, index + 1, "org", None


def join_counties(window: Window, names: Iterable[Span]) -> list[Span]:
    """Make one name of a body for two places, "Avon and Marlow Police", of which the model saw the second only."""
    joined = []
    for first, last, label, honorific in names:
        serves = window.lows[last - 1] in name_data("county_bodies") and last - first > 1
        if label == "org" and serves and first > 1 and window.lows[first - 1] == "and":
            start = first - 2
            opens = start == window.sentence_of(start).first or not CAPITALISED.match(window.words[start - 1])
            if opens and _only_with_and(window, window.words[start]):
                first = start
        joined.append((first, last, label, honorific))
    return joined


def join_states(window: Window, names: list[Span]) -> list[Span]:
    """Make one name of what stands around a state in brackets, or before its acronym: "Norton (Kan.) Hospital"."""
    joined, words = _spelt_out(window, names), window.words
    for index in range(1, len(words) - 3):
        inside = words[index] == "(" and words[index + 2] == ")" and CAPITALISED.match(words[index + 3])
        if not inside or window.lows[index + 1] not in name_data("states").union(_STATES):
            continue
        first, last = index - 1, index + 3
        sentence = window.sentence_of(index)
        while first > sentence.first and CAPITALISED.match(words[first - 1]) and window.lows[first - 1] != "the":
            first -= 1
        while last < sentence.last and (CAPITALISED.match(words[last]) or words[last] == "-"):
            last += 1
        if CAPITALISED.match(words[first]) and not window.doc[last - 1].tag_.startswith("VB"):
            joined = [name for name in joined if name[1] <= first or name[0] >= last]
            joined.append((first, last, "org", None))
    return joined


_LINKS = frozenset({"of", "for", "in", "and", "the", "on", "&"})


def _spelt_out(window: Window, names: list[Span]) -> list[Span]:
    """Make one name of what an acronym spells out: all of "Council for Trade in Norland (CTN)"."""
    joined, words = names, window.words
    for index in range(2, len(words) - 2):
        acronym = words[index + 1]
        if words[index] != "(" or words[index + 2] != ")" or not _is_acronym(acronym):
            continue
        first, letters = index, list(acronym)
        while first and letters and (words[first - 1][:1] == letters[-1] or window.lows[first - 1] in _LINKS):
            first -= 1
            if words[first][:1] == letters[-1]:
                letters.pop()
        opens = [name for name in joined if name[0] == first and name[2] == "org" and name[1] < index]
        if not letters and opens and not _LINKS.isdisjoint(window.lows[first:index]):
            joined = [name for name in joined if name[1] <= first or name[0] >= index]
            joined.append((first, index, "org", None))
    return joined


def _is_acronym(word: str) -> bool:
    return len(word) >= _SHORTEST_ACRONYM and word.isalpha() and word.isupper()


_SHORTEST_ACRONYM = 3  # letters


def join_fields(window: Window, names: list[Span]) -> list[Span]:
    """Take in what an institution is of, which the model left out: "Wexcombe Museum" of "Wexcombe Museum of Glass"."""
    joined = []
    for first, last, label, honorific in names:
        sentence = window.sentence_of(first)
        whole = label == "org" and last - first > 1 and window.lows[last - 1] in _OF_FIELDS
        if whole and window.lows[last : last + 1] == ["of"]:
            end = last + 1
            while end < sentence.last and window.words[end].istitle() and window.doc[end].tag_ in ("NNP", "NNPS"):
                end += 1
            end -= end < sentence.last and window.doc[end - 1].dep_ == "nsubj" and end - last > 2
            last = end if end > last + 1 else last
        joined.append((first, last, label, honorific))
    return _longest(joined)


def _longest(names: list[Span]) -> list[Span]:
    """Names without those that lie within another."""
    return [n for n in names if not any(o[0] <= n[0] and n[1] <= o[1] and o[:2] != n[:2] for o in names)]


_OF_FIELDS = frozenset(
    "museum institute college school academy university society association bureau bank "
    "diocese archdiocese court council".split()
)
_STATES = frozenset("ohio iowa utah maine texas idaho alaska hawaii".split())


def _only_with_and(window: Window, word: str) -> bool:
    """Whether a name stands nowhere but before "and": "Avon" of "Avon and Marlow Police", no firm told of by itself."""
    behind = (window.lows[i + 1] for i, other in enumerate(window.words[:-1]) if other == word)
    return bool(CAPITALISED.match(word)) and not is_org_tail(word) and all(low == "and" for low in behind)


def with_legal_form(window: Window, names: Iterable[Span]) -> list[Span]:
    """Take in the legal form behind a comma: "Norwood Cos., Inc."; a name that is nothing but such a form goes."""
    joined: list[Span] = []
    for first, last, label, honorific in names:
        if label == "org" and all(_is_legal(word) for word in window.lows[first:last]):
            continue
        comma = window.words[last : last + 1] == [","]
        if label == "org" and comma and last + 1 < len(window.words) and _is_legal(window.lows[last + 1]):
            last += 2
        joined.append((first, last, label, honorific))
    return joined


def join_partners(window: Window, names: Sequence[Span]) -> list[Span]:
    """Make one name of a firm of what goes on with its partners: "Hoare Kemble and Co", "Roe & Sons Ltd"."""
    joined: list[Span] = []
    taken = -1
    for first, last, label, honorific in sorted(names):
        if first < taken:
            continue  # "Co"
        limit = window.sentence_of(first).last
        goes_on = last + 1 < limit and window.lows[last] in ("and", "&") and window.words[last + 1] in _PARTNERS
        if goes_on and label != "place":
            last, label, honorific = last + 2, "org", None
            while last < limit and (_is_legal(window.lows[last]) and window.words[last][0].isupper()):
                last += 1
            taken = last
        joined.append((first, last, label, honorific))
    return joined


_PARTNERS = frozenset("Co Co. Company Sons Bros Bros. Brothers Partners Associates Daughters Cie".split())


def _behind_comma(window: Window, index: int) -> bool:
    """Whether a legal form stands behind a comma and a capitalised word: "Norwood, Inc."."""
    before = window.words[index - 2] if index > 1 and window.words[index - 1] == "," else ""
    return _is_legal(window.lows[index]) and bool(CAPITALISED.match(before)) and not _is_legal(before.lower())


def _is_legal(low: str) -> bool:
    return low.rstrip(".") in _LEGAL


_LEGAL = frozenset("inc ltd llc corp plc llp lp limited incorporated".split())
