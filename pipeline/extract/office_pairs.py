"""Pairs of person and office in one sentence: "elected A chair, B clerk", "elected were: A, chair; B, clerk"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.candidates import Candidate
from pipeline.extract.listed import list_opening
from pipeline.extract.name_words import HONORIFICS
from pipeline.extract.role_values import RoleGroup, RoleValue
from pipeline.records import DIRECTIONS

if TYPE_CHECKING:
    from spacy.tokens import Token

    from pipeline.extract.mentions import Name, Title, Window
    from pipeline.extract.triggers import Trigger

_HONORIFICS = frozenset(f"{word}{dot}" for word in HONORIFICS for dot in ("", "."))
_BEFORE_PAIRS = frozenset({":", "were", "are", "was", "is"}) | _HONORIFICS
_BETWEEN_PAIRS = frozenset({",", "and", ";", ")"}) | _HONORIFICS
_TIGHT = frozenset({"as", "("})  # between a name and an office that is surely meant
_OF_THEIRS = frozenset({"its", "their", "the"})  # "elected Roe its chairman"
_LOOSE = frozenset({",", ":", "-", "–", "—", "|"})
# Plural titles that leave the office open: "elected the following officers".
_OPEN = frozenset("officer executive manager member leader official".split())
_Pair = tuple["Name", "Title", bool]


def office_pairs(window: Window, trigger: Trigger) -> list[RoleGroup]:
    """Each person of a run with the office beside them; empty where there are less than two pairs.

    An office behind a comma may be what somebody is elsewhere, "elected two directors: A, head of Acme": it counts only
    where no other office is told of all, and all pairs are of one form.
    """
    functions = trigger.rule.frame.get("role", ())
    if DIRECTIONS[trigger.rule.action] != "in" or _COMPLEMENTS.isdisjoint(functions):
        return []
    if officers := officers_told(window, trigger):
        return [RoleGroup([RoleValue(title.text, title, title.company)], [name]) for name, title in officers]
    first = trigger.head if "predicate" in functions else trigger.last  # "make ... head" ends in the office
    pairs = _run(window, first + 1, window.sentence_of(trigger.head).last, loose=False)
    if _persons(pairs) < _FEWEST and "complement" in functions:
        pairs = _loose_run(window, trigger)
    if _persons(pairs) < _FEWEST:
        return []
    return [RoleGroup([RoleValue(title.text, title, title.company)], [name]) for name, title, _ in pairs]


def _persons(pairs: list[_Pair]) -> int:
    return len({name.first for name, *_ in pairs})


_FEWEST = 2
_COMPLEMENTS = frozenset({"complement", "as", "predicate"})


def officers_told(window: Window, trigger: Trigger) -> list[tuple[Name, Title]]:
    """Persons and offices of whom a plural opens: "Its new officers will be A, president; B, clerk; and C, treasurer".

    The trigger is the verb, or what says that the officers are new.
    """
    sentence = window.sentence_of(trigger.head)
    if trigger.rule.rule_id == "appoint.will_be" and (told := _told_of_one(window, trigger)):
        return told
    plural = next((t for t in window.titles_in(sentence.first, sentence.last) if _opens_roll(t)), None)
    if plural is None or DIRECTIONS[trigger.rule.action] != "in" or plural.first - sentence.first > _BEFORE_PLURAL:
        return []
    if not (plural.first <= trigger.last + 2 <= plural.last + 1 or trigger.head >= plural.last):
        return []
    for index in range(plural.last, min(plural.last + _PLACE, sentence.last)):
        verb = next((form for form in _BEING if window.lows[index : index + len(form)] == form), None)
        if verb is not None and trigger.head < index + len(verb):
            return [(name, title) for name, title, _ in _uniform(window, index + len(verb), sentence.last)]
        if index != trigger.head and window.doc[index].tag_ in ("VBD", "VBZ", "VBP", "MD"):
            break
    return []


def _told_of_one(window: Window, trigger: Trigger) -> list[tuple[Name, Title]]:
    """Who stands right behind the verb of an office: "The chief executive of the merged group will be Jane Roe"."""
    verb = window.doc[trigger.last]
    subject = _subject_of(verb)
    title = window.title_at.get(subject.i) if subject is not None and subject.i < trigger.head else None
    index = trigger.last + 1
    index += window.lows[index : index + 1] != [] and window.lows[index] in _HONORIFICS
    name = window.name_at.get(index)
    if title is None or name is None or name.kind != "person" or title.mention.plural or title.former:
        return []
    if not title.mention.strong or "speaker" in title.text.lower():
        return []
    owner = window.lows[name.last : name.last + 1] in (["'s"], ["’s"])
    return [(name, title)] if not owner and verb.lower_ == "be" else []


def _subject_of(verb: Token) -> Token | None:
    """The subject of a verb or of what it hangs on: "The next chairman is likely to be", "is expected to be"."""
    for _ in range(_RAISED):
        subject = next((child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")), None)
        if subject is not None or verb.dep_ not in ("xcomp", "acomp", "ccomp"):
            return subject
        verb = verb.head
    return None


_RAISED = 3  # verbs from "be" up to "is" of "is likely to be"


def officers_gained(window: Window, trigger: Trigger) -> list[Candidate]:
    """A candidate for each of several who are told with an office: "The new officers are A, chair; B, clerk"."""
    made = []
    for name, title in officers_told(window, trigger):
        role = RoleValue(title.text, title, title.company)
        made.append(Candidate(trigger, window, window.sentence_at[trigger.head], name, [role]))
        made[-1].how["person"] = "list"
    return made


_BEFORE_PLURAL = 5  # words of "Mr. Roe said the new"
_PLACE = 14  # words of "of the combined company, Acme Holdings,"
_BEING = (["will", "be"], ["shall", "be"], ["are"], ["were"], ["include"], ["will", "include"])


def _opens_roll(title: Title) -> bool:
    return title.mention.plural and title.mention.head.lower().rstrip("s") in _OPEN and not title.former


def _uniform(window: Window, index: int, limit: int) -> list[_Pair]:
    """Two or more pairs of one form, none of them of an office elsewhere."""
    pairs = _run(window, index, limit, loose=True)
    forms = {name_first for *_, name_first in pairs}
    alike = _persons(pairs) >= _FEWEST and len(forms) == 1 and all(title.company is None for _, title, _ in pairs)
    return pairs if alike else []


def _loose_run(window: Window, trigger: Trigger) -> list[_Pair]:
    sentence = window.sentence_of(trigger.head)
    opening = list_opening(window, trigger)
    ahead = window.title_at.get(trigger.head - 1)
    heads = ahead is not None and ahead.first == sentence.first and _opens_roll(ahead)  # "Officers elected are"
    if heads and opening is None and window.lows[trigger.last + 1 : trigger.last + 2] in (["are"], ["were"]):
        opening = trigger.last + 1
    told = opening is not None and (window.words[opening] == ":" or heads or trigger.head == sentence.first)
    if opening is None or not told:
        return []
    if any(t.mention.plural and t.text not in _OPEN for t in window.titles_in(sentence.first, opening)):
        return []
    return _uniform(window, opening + 1, sentence.last)


def _run(window: Window, index: int, limit: int, loose: bool) -> list[_Pair]:
    pairs: list[_Pair] = []
    skipped = _BEFORE_PAIRS
    while index < limit:
        opened = index
        while index < limit and window.lows[index] in skipped:
            index += 1
        pair = None if pairs and index == opened else _pair(window, index, limit, loose)
        if pair is None:
            break
        pairs.append(pair)
        index, skipped = max(pair[0].last, pair[1].last), _BETWEEN_PAIRS
        while pair[2] and window.lows[index : index + 1] in (["and"], ["&"]):
            joined = window.title_at.get(index + 1)  # "A, chairman and chief executive; B, president"
            if joined is None or joined.first != index + 1 or window.name_at.get(joined.last) is not None:
                break
            pairs.append((pair[0], joined, True))
            index = joined.last
    return pairs


def _pair(window: Window, index: int, limit: int, loose: bool) -> _Pair | None:
    """The name and the office that begin at a word, in either order."""
    name = window.name_at.get(index)
    if name is not None and name.kind == "person" and name.first == index:
        behind = _past(window, _past_age(window, name.last), limit, _TIGHT | _LOOSE if loose else _TIGHT)
        title = window.title_at.get(behind)
        if title is None or title.first != behind or title.former:
            return None
        return name, title, True
    title = window.title_at.get(index) if loose else None
    if title is None or title.first != index or title.former:
        return None
    behind = _past(window, title.last, limit, _LOOSE)
    name = window.name_at.get(behind)
    return (name, title, False) if name is not None and name.kind == "person" and behind > title.last else None


def _past_age(window: Window, index: int) -> int:
    """The word behind an age between commas, if one stands here: "elected Roe, 44, chairman"."""
    aged = window.words[index : index + 1] == [","] and window.words[index + 2 : index + 3] == [","]
    return index + 3 if aged and window.words[index + 1].isdigit() else index


def _past(window: Window, index: int, limit: int, signs: frozenset[str]) -> int:
    """The word behind one of some signs, if one stands here, and behind an honorific."""
    at = index + (index < limit and window.lows[index] in signs)
    at += at < limit and "as" in signs and window.lows[at] in _OF_THEIRS
    return at + (at < limit and window.lows[at] in _HONORIFICS)


def pair_behind_semicolon(window: Window, name: Name) -> Title | None:
    """The office of one of a row told in short: "A was named chair; B, treasurer; and C, secretary"."""
    before = window.lows[max(name.first - 2, 0) : name.first]
    title = window.title_at.get(name.last + 1)
    apart = before[-1:] == [";"] or before == [";", "and"]
    if not apart or title is None or window.words[name.last : name.last + 1] != [","] or title.first != name.last + 1:
        return None
    closed = window.words[title.last : title.last + 1] in ([";"], ["."], [])
    return title if closed and title.company is None else None


def told_of_another(window: Window, trigger: Trigger, titles: list[Title], persons: list[Name]) -> Name | None:
    """Whose the office behind a trigger is if not the mover's: the Kim of "will chair Acme, with Kim as treasurer"."""
    if not titles or titles[0].mention.plural or DIRECTIONS[trigger.rule.action] != "in":
        return None
    index = titles[0].first - 1
    while index > trigger.last and window.lows[index] in _BEFORE_OFFICE:
        index -= 1
    name = window.name_at.get(index)
    other = name is not None and name.kind == "person" and name not in persons and name.first > trigger.head
    return name if other and name is not None and window.lows[name.first - 1] == "with" else None


_BEFORE_OFFICE = frozenset("as serving acting becoming her his their its the a".split())
