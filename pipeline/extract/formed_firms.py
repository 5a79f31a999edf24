"""Firms that an article says were formed, and the nouns that stand for them: "the new company", "the venture".

Also a firm's subsidiary, which "the unit" stands for, and its owner, "the parent company".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.extract.common_nouns import common_nouns
from pipeline.extract.name_runs import name_data

if TYPE_CHECKING:
    from pipeline.extract.mentions import Name, Sentence, Title, Window

_UNITS = frozenset("unit subsidiary affiliate division arm".split())
_VENTURES = frozenset("venture ventures partnership consortium alliance".split())
_SPUN_OFF = frozenset({"spinoff", "spinout", "offshoot"})
_ANY = frozenset("company firm corporation entity group business concern".split())
_PARENTS = frozenset({"parent", "owner"})
_NEW = frozenset("new newly combined merged enlarged resulting surviving joint spun independent separate".split())
_SAID_OF_ANY = _ANY | _UNITS | _VENTURES
_FORMING = frozenset(
    "form forms formed forming create creates created creating establish establishes established establishing "
    "set sets setting launch launches launched launching incorporate incorporated organized organised organize "
    "spin spins spun spinning formation creation establishment".split()
)
_PARTICLES = {"set": "up", "sets": "up", "setting": "up", "spin": "off", "spins": "off", "spun": "off"}
_FORMED = frozenset("formed created established incorporated organized organised launched spun set".split())
_CALLED = frozenset({"called", "named", "known", "dubbed", "christened", "renamed"})
_REACH = 16  # words from "formed" to the name: "formed a wholly owned unit to make pumps in Asia, Acme Pumps"
_BEHIND = 7  # words behind a name that say what it is: "Acme, a newly formed aerospace subsidiary of Bolt"
_BEFORE = 6  # words between "the" and its noun: "the new Leeds-based property and leasing company"
_MODIFIERS = frozenset("JJ JJR JJS NN NNP VBN VBG RB HYPH CD".split())
_WITH = frozenset("with by of in from for between at to on and against".split())


@dataclass(slots=True)
class Kin:
    """What has been told so far, latest last; entities of the article's registry."""

    formed: list[int] = field(default_factory=list)
    units: list[int] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)


def formed_aliases(windows: Sequence[Window]) -> dict[tuple[int, int], int]:
    """The firm that each such noun stands for, by window and word; what is only named behind it counts if alone."""
    kin = Kin()
    waiting: list[tuple[Window, int]] = []
    found: dict[tuple[int, int], int] = {}
    for window in windows:
        for sentence in window.sentences:
            nouns = list(_definite_nouns(window, sentence))
            told = _told(window, sentence)
            if not told and not nouns:
                continue
            for index in nouns:
                _note(kin, [item for item in told if item[0] < index])
                told = [item for item in told if item[0] >= index]
                meant = _meant(window, index, kin)
                if meant is not None:
                    found[window.offset, index] = meant
                elif _is_new(window, index):
                    waiting.append((window, index))
            _note(kin, told)
    if len(set(kin.formed)) == 1:
        found |= {(window.offset, index): kin.formed[0] for window, index in waiting}
    return found


def _note(kin: Kin, told: list[tuple[int, str, int]]) -> None:
    for _, relation, entity in told:
        getattr(kin, relation).append(entity)


def _meant(window: Window, index: int, kin: Kin) -> int | None:
    """Whom a noun stands for by what has been told; None where that is not certain."""
    noun, new = window.lows[index], _is_new(window, index)
    if noun in _PARENTS or window.lows[index - 1] in _PARENTS or window.lows[index - 1] == "holding":
        return kin.parents[-1] if len(set(kin.parents)) == 1 else None
    if noun not in _UNITS and (new or noun in _VENTURES | _SPUN_OFF):
        return kin.formed[-1] if kin.formed else None
    if new or noun in ("unit", "subsidiary", "affiliate"):
        own = [*kin.units, *kin.formed]
        return own[-1] if len(set(own)) == 1 else None
    return None


def _is_new(window: Window, index: int) -> bool:
    """Whether a noun is said to be of something that was formed: "the new company", "the newly formed unit"."""
    return not _NEW.isdisjoint(window.lows[_first_modifier(window, index) : index])


def _first_modifier(window: Window, index: int) -> int:
    first, start = index, max(window.sentence_of(index).first, index - _BEFORE)
    while first > start and window.doc[first - 1].tag_ in _MODIFIERS and window.words[first - 1] != ",":
        first -= 1
    return first


def _definite_nouns(window: Window, sentence: Sentence) -> Iterator[int]:
    """Where "the new company", "the venture", "its parent" stand without a name of their own."""
    for index in range(sentence.first + 1, sentence.last):
        noun = window.lows[index]
        if noun not in _SAID_OF_ANY | _PARENTS | _SPUN_OFF and noun not in common_nouns("company"):
            continue
        if index in window.name_at or not window.words[index].islower():
            continue
        first = _first_modifier(window, index)
        before = window.lows[first - 1] if first > sentence.first else ""
        parent = noun in _PARENTS or window.lows[index - 1] in _PARENTS
        own = parent or (noun in _UNITS and _is_new(window, index))  # "its parent", "its new unit"
        if before not in ("the", "this", "that") and not (own and before in ("its", "their")):
            continue
        if any(at in window.name_at for at in range(first, index)) or _goes_on(window, index + 1, sentence.last):
            continue
        yield index


def _goes_on(window: Window, index: int, limit: int) -> bool:
    """Whether a noun is not the last of its phrase or a name says it: "the new company car", "the unit, Bolt"."""
    if index >= limit:
        return False
    comma = window.words[index] == ","
    name = window.name_at.get(index + comma)
    if name is not None and name.kind == "org" and name.first == index + comma:
        return not comma or window.words[name.last : name.last + 1] == [","]
    return window.doc[index].tag_ in ("NN", "NNS") and index not in window.title_at


def _told(window: Window, sentence: Sentence) -> list[tuple[int, str, int]]:
    """What a sentence tells of its organisations: the word where, the relation, the entity; in order."""
    found: list[tuple[int, str, int]] = []
    for name in window.names_in(sentence.first, sentence.last, "org"):
        if name.weak or name.entity < 0:
            continue
        if _is_formed(window, sentence, name):
            found.append((name.last, "formed", name.entity))
        elif _is_unit(window, sentence, name):
            found.append((name.last, "units", name.entity))
            owner = _owner(window, sentence, name)
            found += [(name.last, "parents", owner.entity)] if owner is not None else []
        elif _is_parent(window, sentence, name):
            found.append((name.last, "parents", name.entity))
    return sorted(found)


def _kind_before(window: Window, sentence: Sentence, name: Name) -> int:
    """The noun right before a name that says what it is: "its subsidiary Acme", "a new unit, Acme"; -1 if none."""
    index = name.first - 1
    if index > sentence.first and window.words[index] == ",":
        index = _before_partners(window, sentence, index - 1)
    if index > sentence.first and window.lows[index] in _CALLED | {"as"}:
        while index > sentence.first and window.lows[index] in _CALLED | {"as", "to", "be", ","}:
            index -= 1
    told = index >= sentence.first and index not in window.name_at and window.words[index].islower()
    return index if told and window.lows[index] in _SAID_OF_ANY | common_nouns("company") else -1


def _before_partners(window: Window, sentence: Sentence, index: int) -> int:
    """The noun before "with Bolt" and "between Bolt and Carr", of "set up a joint venture with Bolt, Acme"."""
    at = index
    while at > sentence.first and (at in window.name_at or window.lows[at] in ("and", "'s", "’s", "the")):
        at -= 1
    return at - 1 if at < index and window.lows[at] in ("with", "between", "of") else index


def _says_new(window: Window, noun: int) -> bool:
    first = _first_modifier(window, noun)
    return _is_new(window, noun) or (window.lows[noun] in _VENTURES and window.lows[first - 1] in ("a", "an", "the"))


def _is_formed(window: Window, sentence: Sentence, name: Name) -> bool:
    """Whether a sentence says of an organisation that it was or will be formed."""
    noun = _kind_before(window, sentence, name)
    if noun >= 0 and _says_new(window, noun):
        return True
    if _behind(window, sentence, name, new=True) or _is_object(window, sentence, name):
        return True
    return _is_new_name(window, sentence, name)


def _is_object(window: Window, sentence: Sentence, name: Name) -> bool:
    """ "formed Acme to trade bonds", "spun off its mines as Acme", "set up a joint venture with Bolt called Acme"."""
    before = window.lows[name.first - 1] if name.first > sentence.first else ""
    if before in _WITH or window.lows[name.last : name.last + 1] in (["'s"], ["’s"]):
        return False
    for index in range(name.first - 1, max(sentence.first, name.first - _REACH) - 1, -1):
        low = window.lows[index]
        if low in _FORMING and window.doc[index].tag_[:2] in ("VB", "NN"):
            particle = _PARTICLES.get(low)
            if particle is not None and particle not in window.lows[index + 1 : name.first]:
                return False
            called = before in _CALLED | {"as"}
            return called or _kind_before(window, sentence, name) >= 0 or _reaches(window, index + 1, name)
        if window.words[index] in (";", ":") or window.doc[index].tag_ in ("VBD", "VBZ", "MD"):
            return False
    return False


def _reaches(window: Window, index: int, name: Name) -> bool:
    """Whether nothing but articles and adjectives stands between a verb and a name."""
    between = range(index, name.first)
    return (
        all(window.doc[at].tag_ in ("DT", "JJ", "RP", "PRP$", "IN", "RB") for at in between)
        and len(between) < 4
        and (window.lows[name.first - 1] not in _WITH - {"of"})
    )


def _is_new_name(window: Window, sentence: Sentence, name: Name) -> bool:
    """ "The combined company will be called Acme", "the venture, to be known as Acme"; not "named Acme chairman"."""
    index = name.first - 1
    while index > sentence.first and window.lows[index] in ("as", "the", "-"):
        index -= 1
    if name.last in window.title_at or not _is_called(window, sentence, index, name):
        return False
    for at in range(index - 1, sentence.first - 1, -1):
        if window.words[at].islower() and window.lows[at] in _SAID_OF_ANY | _LENDERS and at not in window.name_at:
            return _is_new(window, at) or window.lows[at] in _VENTURES | _UNITS
        if at in window.name_at and window.name_at[at].kind == "person":
            return False
    return False


def _is_called(window: Window, sentence: Sentence, index: int, name: Name) -> bool:
    """Whether what ends at a word gives a name: "be called Acme", "will be Acme", "trade as Acme"."""
    low, before = window.lows[index], window.lows[index - 1]
    if low in _CALLED:
        return before in _BE
    if low in _TRADING:
        return window.lows[index + 1] == "as"
    if low == "be":
        return index + 1 == name.first and before in ("will", "would", "to") and _stands_alone(window, sentence, name)
    behind = window.lows[name.last : name.last + 1] == ["name"]
    return low in _TAKING and (behind or before in _BE) and window.lows[index + 1] == "the"


def _stands_alone(window: Window, sentence: Sentence, name: Name) -> bool:
    """Whether nothing is said of a name behind it: "will be Acme", not "will be Acme chairman"."""
    return name.last >= sentence.last or window.words[name.last] in (",", ".", ";")


_BE = frozenset({"be", "is", "was", "being", "been"})
_TRADING = frozenset("trade trades traded trading operate operates operated operating".split())
_TAKING = frozenset("take takes took taking use uses used keep keeps carry carries bear bears adopt adopts".split())
_LENDERS = frozenset("bank insurer airline carrier brewer retailer bancorp".split())


def _behind(window: Window, sentence: Sentence, name: Name, new: bool) -> bool:
    """What stands behind a name: "Acme, a joint venture", "Acme was formed", "Acme, its new unit"."""
    index = name.last
    comma = window.words[index : index + 1] == [","]
    first = index + comma
    if first >= sentence.last:
        return False
    if new and window.lows[first] in ("was", "is", "being", "to") and not comma:
        first += 1 + (window.lows[first + 1 : first + 2] in (["be"], ["being"], ["recently"], ["first"]))
    if new and window.low(first) in ("newly", "recently", "just"):
        first += 1
    if new and window.lows[first : first + 1] and window.lows[first] in _FORMED and window.doc[first].tag_ == "VBN":
        particle = _PARTICLES.get(window.lows[first])
        return particle is None or particle in window.lows[first + 1 : first + 2]
    if not comma or window.lows[first] not in ("a", "an", "the", "its", "their"):
        return not new and not comma and window.lows[first] in ("unit", "subsidiary", "affiliate")
    for at in range(first + 1, min(first + _BEHIND, sentence.last)):
        if window.doc[at].tag_ not in _MODIFIERS or at in window.name_at:
            return False
        if window.lows[at] in _SAID_OF_ANY and (
            at + 1 >= sentence.last or window.doc[at + 1].tag_ not in ("NN", "NNS", "HYPH")
        ):
            return _says_new(window, at) if new else window.lows[at] in _UNITS
    return False


def _is_unit(window: Window, sentence: Sentence, name: Name) -> bool:
    """ "its leasing subsidiary, Acme", "Acme, a unit of Bolt", "its Acme unit"."""
    noun = _kind_before(window, sentence, name)
    if noun >= 0 and window.lows[noun] in _UNITS | name_data("owned_nouns"):
        before = window.lows[_first_modifier(window, noun) - 1]
        if before in ("its", "their", "'s", "’s", "the", "a", "an"):
            return window.lows[noun] in _UNITS or before in ("its", "their", "'s", "’s")
    return _behind(window, sentence, name, new=False)


def _owner(window: Window, sentence: Sentence, unit: Name) -> Name | None:
    """Whose a unit is: the organisation behind "a unit of", else the first other one of the sentence."""
    names = [n for n in window.names_in(sentence.first, sentence.last, "org") if not n.weak and n.entity >= 0]
    behind = [n for n in names if n.first > unit.last and window.lows[n.first - 1] == "of"]
    for name in behind:
        if not _UNITS.isdisjoint(window.lows[unit.last : name.first]):
            return name
    return next((n for n in names if n.entity != unit.entity and n.first < unit.first), None)


def _is_parent(window: Window, sentence: Sentence, name: Name) -> bool:
    """ "its parent, Acme", "its parent company Acme", "Acme, the parent of Bolt"."""
    index = name.first - 1 - (window.words[name.first - 1] == "," and name.first - 1 > sentence.first)
    if index > sentence.first and window.lows[index] == "company":
        index -= 1
    if index >= sentence.first and window.lows[index] in _PARENTS:
        return True
    behind = window.lows[name.last : min(name.last + 4, sentence.last)]
    return behind[:1] == [","] and not _PARENTS.isdisjoint(behind[1:]) and behind[1] in ("the", "its", "which")


_BEHIND_LINK = 7  # words from "of" to its noun: "of the newly formed aerospace company"


def of_formed(formed: Mapping[tuple[int, int], int], window: Window, title: Title) -> int | None:
    """The firm that a noun behind a title stands for: "president of the new company", "chairman of the venture"."""
    limit = window.sentence_of(title.first).last
    for link in range(title.first + 1, min(title.last + 1, limit)):
        if window.lows[link] not in ("of", "at", "for"):
            continue
        for index in range(link + 1, min(link + _BEHIND_LINK, limit)):
            if (window.offset, index) in formed:
                return formed[window.offset, index]
            if index in window.name_at or window.words[index] in (",", ";"):
                return None
    return None
