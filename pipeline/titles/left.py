"""What stands before a head: its modifiers and areas, then "former" or "new", then an organisation."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.titles.lexicon import Entry, Head
from pipeline.titles.mention import Span
from pipeline.titles.sentence import Sentence
from pipeline.titles.units import After

_POSSESSIVE = ("'s", "’s", "'", "’")
_WHOLE_FIRM = frozenset({"chief", "board", "president", "founder"})  # levels whose heads take no unknown area
_ORDINALS = frozenset({"first", "second", "third"})
_AFTER_ORDINAL = frozenset({"vice", "deputy", "secretary", "executive", "minister", "assistant"})
_AREA_LIKE = frozenset({"global", "international", "national", "group", "corporate"})
_AFTER_NEW = frozenset({"york", "england", "zealand", "jersey", "delhi", "orleans", "mexico"})
_COMPASS = frozenset({"north", "south", "latin", "central"})
_BEFORE_PLACE = frozenset({"of", "in", "from", "at"})
_MAX_LEFT = 8  # words before a head that can belong to it
_MAX_UNKNOWN = 3  # capitalised words before a capitalised head that no list knows ("ChatGPT Architect")
_MAX_CHIEF = 7  # words of the longest "chief ... officer" met


@dataclass(slots=True)
class Draft:
    """A head on its way to a mention; indexes are token indexes."""

    entry: Entry
    start: int
    end: int
    left: int
    modifiers: list[str] = field(default_factory=list)
    areas: list[int] = field(default_factory=list)
    company: Span | None = None
    after: After | None = None


def _head(sent: Sentence, index: int) -> Entry | None:
    """The head at `index`, "chief ... officer" with any area in between included."""
    lex = sent.lex
    entry = sent.head_at(index)
    if sent.low(index) != "chief" or (entry is not None and len(entry.tokens) > 1):
        return entry
    for end in range(index + 1, min(index + _MAX_CHIEF, len(sent.tokens))):
        low = sent.low(end)
        if low in ("officer", "officers"):
            words = (*(sent.low(at) for at in range(index, end)), "officer")
            head = Head(" ".join(words), "chief", False, "", False)
            return Entry(words, head, low == "officers")
        if not (sent.is_area(end) or low in ("and", "&") or (sent.is_word(end) and low not in lex.stops)):
            break
        if sent.head_at(end) is not None and low != "executive":
            break
    return entry


def _is_verb(sent: Sentence, index: int, end: int) -> bool:
    """Whether a head whose form is also a verb's is used as one: "to head", "chairs the", "who heads"."""
    low = sent.low(index)
    lex = sent.lex
    if end - index > 1 or low not in lex.verbs:
        return False
    if sent.low(end) in lex.verb_after:
        return True
    before = sent.low(index - 1)
    if before in lex.verb_before and not sent.token(index).upper and sent.low(end) != "of":
        return before != "to" or not _rises_to(sent, index)
    return low.endswith("s") and sent.is_person(index - 1)


_RISE_REACH = 14  # tokens from "promoted" to its "to": several names may stand between
_RISES = frozenset("promote promotes promoted promoting promotion elevate elevated elevation".split())


def _rises_to(sent: Sentence, index: int) -> bool:
    """Whether the "to" before a head is that of a promotion: "promoted Roe, Kim and Lee to partner"."""
    return any(sent.low(at) in _RISES for at in range(max(index - _RISE_REACH, 0), index))


def _in_name(sent: Sentence, index: int, end: int, left: int) -> bool:
    """Whether the head is part of a longer name ("Council of Economic Advisers"), and so no title."""
    if not any(sent.named(at) for at in range(index, end)):
        return False
    number = max(sent.name[at] for at in range(index, end))
    span = sent.spans[number]
    return not (sent.token(left).start <= span[0] and span[1] <= sent.token(end - 1).end)


def _organ(sent: Sentence, index: int) -> bool:
    """Whether a plural head names an organ: "board of directors", "court of auditors"."""
    at = index - 1
    while sent.is_area(at) and sent.low(at) not in sent.lex.organs:
        at -= 1
    return sent.low(at) == "of" and sent.low(at - 1) in sent.lex.organs


def _bureau(sent: Sentence, draft: Draft) -> bool:
    """Whether a title names an organ: "the Office of the Deputy Prime Minister"."""
    before = [sent.low(at) for at in range(draft.left - 3, draft.left)]
    return before == ["office", "of", "the"]


def _is_region(sent: Sentence, at: int) -> bool:
    """Whether a place is a part of the world as firms divide it, and no state: "North America president"."""
    low = sent.low(at)
    return low in sent.lex.regions or (low == "american" and sent.low(at - 1) in _COMPASS)


def _inside_name(sent: Sentence, at: int) -> bool:
    """Whether a capitalised word follows one that no list knows: "White House press secretary"."""
    before = at - 1
    if before < 0 or not sent.is_word(before) or not sent.token(before).upper or sent.named(before):
        return False
    low = sent.low(before)
    return not (sent.is_area(before) or low in sent.lex.stops or (low,) in sent.lex.status)


def _area_before(sent: Sentence, at: int, draft: Draft, unknown: int) -> bool:
    """Whether the word at `at` is an area of the head: "retail chief", "Policy Research Head"."""
    token = sent.token(at)
    low = token.low
    capital = sent.token(draft.start).upper
    if not token.word or sent.low(at + 1) in _POSSESSIVE:
        return False
    if low == "grace" and sent.low(at - 1) in ("his", "her", "your"):
        return False  # "His Grace Archbishop Roe"
    if sent.named(at):
        return draft.entry.head.office and low in sent.lex.ministries
    if sent.is_place(at) and token.upper:
        return not draft.entry.head.office or (
            draft.entry.head.canonical == "president" and (bool(draft.areas) or _is_region(sent, at))
        )
    if draft.entry.head.canonical.endswith("minister") and low in sent.lex.ministries:
        return token.upper == capital or at == 0
    described = sent.low(at - 1) in ("a", "an") and draft.entry.head.needs == "area"  # "Roe, a turnaround specialist"
    craft = (at == 0 or not token.upper) and not capital and sent.is_craft(at) and _takes_crafts(draft)
    craft = craft and (not described or bool(draft.areas))
    if low in sent.lex.stops and not craft:  # "works" is a noun in "public works director"
        return False
    if token.upper and not capital and _inside_name(sent, at):
        return False
    if sent.is_area(at):
        return token.upper == capital or at == 0 or token.shout or (token.upper and sent.is_area(at + 1))
    printed_large = token.shout and sent.token(draft.start).shout and draft.entry.tokens[0] not in sent.lex.acronyms
    if craft:
        return True
    if not token.upper or sent.headline or printed_large:
        return False
    if draft.entry.head.needs == "pair" or not _FOR_NOW.isdisjoint(draft.modifiers):
        return False  # "names Roe MD", "names Roe acting Finance Director"
    if capital:
        return unknown < _MAX_UNKNOWN and draft.entry.head.level not in _WHOLE_FIRM and not draft.entry.head.office
    return sent.low(at + 1) in sent.lex.groups and not sent.is_person(at)


_FOR_NOW = frozenset({"acting", "interim"})


def _takes_crafts(draft: Draft) -> bool:
    """Whether a noun of no list may stand before a head: "town manager", not "company chairman" or "family member"."""
    head = draft.entry.head
    whole = head.level in _WHOLE_FIRM or head.level == "vice_president"
    specialist = head.needs == "area" or draft.entry.tokens == ("chief",)  # "hull underwriter", "comedy chief"
    return not whole and not head.office and (not head.needs or specialist or bool(draft.areas))


def _conjoined(sent: Sentence, at: int, draft: Draft) -> bool:
    """Whether "and" at `at` joins two areas before a head: "sales and marketing director"."""
    if sent.low(at) not in ("and", "&", "/") or draft.left not in draft.areas:
        return False
    if not (sent.is_area(at - 1) or (sent.is_craft(at - 1) and _takes_crafts(draft))):
        return False
    if sent.named(at - 1) or sent.low(at - 1) in sent.lex.stops:
        return False
    first = at - 1
    while first > 0 and sent.is_area(first - 1):
        first -= 1
    like = sent.token(at - 1).upper == sent.token(at + 1).upper or first == 0
    apposed = sent.low(first - 1) == "," and not sent.is_person(first - 2)
    return like and not apposed and sent.low(first - 1) not in ("of", "for")


def _of_the_served(sent: Sentence, at: int) -> bool:
    """Whether a possessive only tells whom an office serves: "head women's coach"."""
    return sent.low(at) in _POSSESSIVE and sent.low(at - 1) in sent.lex.served and not sent.named(at - 1)


def _take_modifier(sent: Sentence, draft: Draft) -> bool:
    """Take in the modifier that ends right before the draft, if one does."""
    at = draft.left - 1
    found = sent.match(sent.lex.modifiers, at, backwards=True)
    if found is None or sent.named(at):
        return False
    value, size = found
    if sent.low(at) in _ORDINALS and sent.low(at + 1) not in _AFTER_ORDINAL:
        return False
    draft.left -= size
    area_like = value in _AREA_LIKE or (value == "executive" and sent.low(at + 1) == "committee")
    if area_like and draft.areas:
        draft.areas.insert(0, at)
    elif value not in draft.modifiers:
        draft.modifiers.insert(0, value)
    return True


_KINDS_OF_DIRECTOR = frozenset({"independent", "nonindependent", "nonexecutive"})


def _take_kind(sent: Sentence, draft: Draft) -> bool:
    """Take in the first of two kinds of one director: "non-executive, non-independent director"."""
    if not draft.modifiers or draft.modifiers[0] not in _KINDS_OF_DIRECTOR or draft.entry.head.canonical != "director":
        return False
    joint = draft.left - 1
    found = sent.match(sent.lex.modifiers, joint - 1, backwards=True) if sent.low(joint) in (",", "and", "&") else None
    if found is None or found[0] not in _KINDS_OF_DIRECTOR - {draft.modifiers[0]} or draft.entry.plural:
        return False
    draft.left = joint - found[1]
    draft.modifiers.insert(0, found[0])
    return True


def _is_new_place(sent: Sentence, draft: Draft) -> bool:
    """Whether the word before the draft is the "New" of "New York" and the like."""
    at = draft.left - 1
    named = sent.named(at) or not sent.token(at).upper
    return sent.low(at) == "new" and sent.low(at + 1) in _AFTER_NEW and at + 1 in draft.areas and not named


def _expand_left(sent: Sentence, draft: Draft) -> None:
    """Take in the modifiers and areas before the head."""
    unknown = 0
    while draft.left > 0 and draft.start - draft.left < _MAX_LEFT:
        at = draft.left - 1
        if _take_modifier(sent, draft) or _take_kind(sent, draft):
            continue
        if not _is_new_place(sent, draft):
            if sent.match(sent.lex.status, at, backwards=True) is not None:
                break
            if _conjoined(sent, at, draft) or _of_the_served(sent, at):
                draft.areas[:0] = [at - 1, at]
                draft.left -= 2
                continue
            if not _area_before(sent, at, draft, unknown):
                break
            unknown += 0 if sent.is_area(at) else 1
        draft.areas.insert(0, at)
        draft.left -= 1
    places = all(sent.low(at) in sent.lex.places or sent.low(at) == "new" for at in draft.areas)
    if draft.areas and places and sent.low(draft.left - 1) in _BEFORE_PLACE:
        draft.left = draft.areas[-1] + 1  # "Ann Poe of Norway vice chairman"
        draft.areas.clear()


def _look_before(sent: Sentence, draft: Draft) -> None:
    """Note the status words before the title ("former", "its new") and an organisation ("Acme's")."""
    status = sent.lex.status
    at = draft.left - 1
    for _ in range(5):
        if at < 0:
            return
        found = sent.match(status, at, backwards=True)
        if found is not None and not sent.named(at):
            value, size = found
            if value not in draft.modifiers:
                draft.modifiers.append(value)
            at -= size
        elif (sent.low(at) in ("-", "–") and sent.is_word(at - 1)) or (
            draft.company is None and sent.low(at) in _POSSESSIVE and sent.named(at - 1)
        ):
            at -= 1
        elif draft.company is None and sent.named(at) and not sent.is_person(at):
            draft.company = sent.spans[sent.name[at]]
            at -= 1
            while at >= 0 and sent.name[at] == sent.name[at + 1]:
                at -= 1
        else:
            return


def drafts_of(sent: Sentence, low: str, whole: bool = False) -> list[Draft]:
    """All heads of the sentence with what stands before them."""
    lex = sent.lex
    looks = [match.span() for match in lex.lookalikes.finditer(low)]
    drafts: list[Draft] = []
    index = 0
    while index < len(sent.tokens):
        entry = _head(sent, index) if sent.tokens[index].low in lex.heads else None
        if entry is None:
            index += 1
            continue
        end = index + len(entry.tokens)
        if len(entry.tokens) == 1 and (sent.low(index),) in lex.modifiers and _head_follows(sent, end):
            index += 1
            continue
        draft = Draft(entry, index, end, index)
        begin, stop = sent.token(index).start, sent.token(end - 1).end
        if any(first <= begin and stop <= last for first, last in looks) or (not whole and _is_verb(sent, index, end)):
            index = end
            continue
        _expand_left(sent, draft)
        organ = (entry.plural and _organ(sent, index)) or _bureau(sent, draft)
        if organ or _in_name(sent, index, end, draft.left):
            index = end
            continue
        _look_before(sent, draft)
        drafts.append(draft)
        index = end
    owned = {at for draft in drafts for at in range(draft.left, draft.start)}
    return [draft for draft in drafts if draft.start not in owned]


def _head_follows(sent: Sentence, index: int) -> bool:
    """Whether another head comes next, areas and modifiers passed over: "deputy finance minister"."""
    for at in range(index, min(index + 5, len(sent.tokens))):
        if sent.head_at(at) is not None:
            return True
        served = sent.low(at) in sent.lex.served or _of_the_served(sent, at)
        if not (served or sent.is_area(at) or (sent.low(at),) in sent.lex.modifiers):
            return False
    return False
