"""Persons announced and then listed, each with a title of their own: "hired two people: Jane Roe as chair, ..."."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.enumerations import coordinated_names
from pipeline.extract.grammar import is_finite, is_verb
from pipeline.extract.role_values import RoleGroup, RoleValue
from pipeline.extract.title_links import Link
from pipeline.records import DIRECTIONS

if TYPE_CHECKING:
    from spacy.tokens import Token

    from pipeline.extract.mentions import Name, Title, Window
    from pipeline.extract.triggers import Trigger

_OPENING_REACH = 18  # words from a trigger to what opens its list
_NAME_REACH = 14  # words from there to the first name: "key figures such as the former chairman Jane Roe"
_COPULAS = frozenset({"is", "are", "was", "were"})


def list_opening(window: Window, trigger: Trigger) -> int | None:
    """The word that opens a trigger's list of persons: ":", "including", the verb of "Among those hired were"."""
    sentence = window.sentence_of(trigger.head)
    among = window.lows[sentence.first] == "among" or _inverted(window, trigger, sentence.first)
    for index in range(trigger.last + 1, min(trigger.last + _OPENING_REACH, sentence.last)):
        lowered = window.lows[index]
        if begins_clause(window, trigger, index) or _acts_anew(window, trigger, index):
            return None
        if lowered in ("including", "include", "includes", "included", "namely", "like", ":"):
            return index
        if (lowered == "as" and window.lows[index - 1] == "such") or (among and lowered in _COPULAS):
            return index
        if lowered in ("them", "whom") and window.lows[index - 1] == "among":
            return index
    return None


def begins_clause(window: Window, trigger: Trigger, index: int) -> bool:
    """Whether a word is the finite verb of another main clause, whose subject the trigger is no part of."""
    token = window.doc[index]
    if token.dep_ not in ("ROOT", "conj") or not (is_verb(token) and is_finite(token)):
        return False
    subjects = [child for child in token.lefts if child.dep_ in ("nsubj", "nsubjpass")]
    return any(not subject.left_edge.i <= trigger.head <= subject.right_edge.i for subject in subjects)


def _acts_anew(window: Window, trigger: Trigger, index: int) -> bool:
    """Whether a word is the next verb of who acts, with an object of its own: "dismissed the board and named five"."""
    token = window.doc[index]
    if token.dep_ != "conj" or token.head.i not in trigger.words or token.tag_ not in ("VBD", "VBN", "VBZ"):
        return False
    return any(child.dep_ == "dobj" and child.i > index for child in token.children)


def includes_persons(window: Window, trigger: Trigger) -> bool:
    """Whether a plural noun names its persons behind "include": "New recruits at Acme include A as treasurer"."""
    opening = list_opening(window, trigger)
    return opening is not None and window.lows[opening].startswith("includ") and window.doc[trigger.last].tag_ == "NNS"


def opens_list(window: Window, title: Title) -> bool:
    """Whether those of a plural title are named behind it by their own: "four executives, including treasurer Roe"."""
    first = title.last + (window.words[title.last : title.last + 1] == [","])
    such = window.lows[first : first + 2] == ["such", "as"]
    named = first + 1 + such
    named += window.lows[named : named + 1] in (["its"], ["the"])
    opened = such or window.lows[first : first + 1] in (["including"], ["namely"])
    return title.mention.plural and opened and named in window.title_at


def offices_in_brackets(window: Window, name: Name) -> list[Title]:
    """The office in brackets behind a name: "The new officers are A (chair) and B (treasurer)"."""
    opened = window.words[name.last : name.last + 1] == ["("]
    title = window.title_at.get(name.last + 1) if opened else None
    return [title] if title is not None else []


def _inverted(window: Window, trigger: Trigger, first: int) -> bool:
    """Whether a participle opens its sentence and the subject follows: "Also named were A as T and B as U"."""
    tag = window.doc[trigger.head].tag_
    return tag in ("VBN", "VBD") and (trigger.head == first or window.lows[first : trigger.head] == ["also"])


def persons_behind_participle(window: Window, trigger: Trigger) -> list[Name]:
    """Of whom a participle that opens its sentence is said: "Also named were A as T and B as U"."""
    sentence = window.sentence_of(trigger.head)
    opening = list_opening(window, trigger) if _inverted(window, trigger, sentence.first) else None
    direct = opening is not None and window.lows[opening] in _COPULAS
    return persons_in_list(window, trigger) if direct else []


def persons_in_list(window: Window, trigger: Trigger) -> list[Name]:
    """The persons of the list that a trigger opens; empty if it opens none."""
    opening = list_opening(window, trigger)
    if opening is None:
        return []
    for index in range(opening + 1, min(opening + _NAME_REACH, window.sentence_of(trigger.head).last)):
        name = window.name_at.get(index)
        if name is not None and name.kind == "person":
            return coordinated_names(window, name, loose=True)
    return []


_BEFORE_BE = 7  # words of "departures from the bank this month are"
_BEFORE_NAME = frozenset({"NN", "NNP", "JJ", "JJS", "DT", "POS", "PRP$", "CD"})
_BEFORE_HOLDER = 10  # words of "is the head of trading, "


def persons_told(window: Window, trigger: Trigger) -> list[Name]:
    """Who "The latest departures are A and B", "The newest appointment is head of sales A" tell of."""
    sentence = window.sentence_of(trigger.head)
    limit = sentence.last
    owner = window.doc[trigger.head - 1] if trigger.head > sentence.first else None
    if owner is not None and owner.tag_ in ("POS", "PRP$", "WP$"):
        return []  # "his departure is"
    behind = range(trigger.last + 1, min(trigger.last + _BEFORE_BE, limit))
    verb = next((i for i in behind if window.lows[i] in _COPULAS or window.words[i] in ",;:"), None)
    if verb is None or window.lows[verb] not in _COPULAS:
        return []
    for index in range(verb + 1, min(verb + _BEFORE_HOLDER, limit)):
        name = window.name_at.get(index)
        if name is not None and name.kind == "person":
            after = window.lows[name.last : name.last + 1]
            owning = after in (["'s"], ["’s"], ["'"], ["’"])
            verbal = name.last < limit and window.doc[name.last].tag_ in ("VBD", "VBZ", "VBP", "MD")
            return [] if owning or verbal else coordinated_names(window, name)
        if name is None and index not in window.title_at and window.doc[index].tag_ not in _BEFORE_NAME:
            return []
    return []


_RANKS = frozenset("latest first second third fourth fifth next last only another".split())


def is_told_by_rank(window: Window, trigger: Trigger) -> bool:
    """Whether a sentence opens with who does it, the name to follow: "The latest executive to leave Acme is Roe"."""
    first, verb = window.sentence_of(trigger.head).first, window.doc[trigger.head]
    opening = window.lows[first : trigger.head]
    infinitive = opening[-1:] == ["to"] or opening[-2:] == ["to", "be"]
    ranked = not _RANKS.isdisjoint(opening[:3]) or opening[:1] == ["among"]
    return infinitive and ranked and len(opening) <= _BEFORE_BE and verb.tag_ in ("VB", "VBN")


def own_office(trigger: Trigger, links: list[Link], person: Name) -> list[RoleValue]:
    """What one of several loses whose office stands right before the name: "lost its editors, A and B, and coach C"."""
    if DIRECTIONS[trigger.rule.action] != "out":
        return []
    titles = [link.title for link in links if link.person is person and link.how in ("before", "before,")]
    return [
        RoleValue(title.text, title, title.company)
        for title in titles
        if title.first > trigger.last and title.mention.strong and not (title.mention.plural or title.former)
    ]


def listed_roles(window: Window, trigger: Trigger, persons: list[Name], links: list[Link]) -> list[RoleGroup]:
    """The office that each person of an announced list gains: "A as T, B as U" or "A, head of design; B, counsel"."""
    run = persons_in_list(window, trigger)
    if not run or not persons or persons[0] is not run[0]:
        return []
    if DIRECTIONS[trigger.rule.action] != "in":
        return _lost(window, run, links)
    limit = window.sentence_of(trigger.head).last
    if shared := _for_all(window, trigger):
        return [RoleGroup([RoleValue(title.text, title, title.company, "to") for title in shared], run)]
    groups: list[RoleGroup] = []
    for person, end in zip(run, [*(name.first for name in run[1:]), limit], strict=True):
        titles = [t for t in window.titles_in(person.last, end) if _gained(window, trigger, t, person, links)]
        if groups and not groups[-1].roles and _shares_next(window, groups[-1].persons[-1], person):
            person_run = [*groups.pop().persons, person]  # "managers A and B to director"
        else:
            person_run = [person]
        groups.append(RoleGroup([RoleValue(t.text, t, t.company, "as") for t in titles], person_run))
    return groups if any(group.roles for group in groups) else []


def _shares_next(window: Window, person: Name, following: Name) -> bool:
    """Whether nothing but "and" or a comma stands between two who gain the same office."""
    return window.lows[person.last : following.first] in (["and"], [","], ["&"])


def _for_all(window: Window, trigger: Trigger) -> list[Title]:
    """The office that all of a list gain: "the promotion of three to vice president: A, head of design; B, counsel"."""
    opening = list_opening(window, trigger)
    if opening is None or window.words[opening] != ":" or trigger.rule.kind != "noun":
        return []
    titles = list(window.titles_in(trigger.last + 1, opening))
    before = window.lows[trigger.last + 1 : titles[0].first] if titles else []
    counted = len(titles) == 1 and titles[0].mention.plural and titles[0].last == opening  # "of three directors:"
    return titles if len(titles) == 1 and (counted or not {"to", "as"}.isdisjoint(before)) else []


def office_of_several(window: Window, token: Token | None) -> list[RoleValue]:
    """The office of persons who are counted first and named behind: "Two trustees were re-elected, namely A and B"."""
    title = window.title_at.get(token.i) if token is not None else None
    if title is None or not title.mention.plural or title.former:
        return []
    return [RoleValue(title.text, title, title.company)]


def _lost(window: Window, run: list[Name], links: list[Link]) -> list[RoleGroup]:
    """The office that each of several gives up: "lost A (treasurer) and B (head of sales)"; empty if none is told."""
    held = [[link.title for link in links if link.person is person and _is_behind(window, link)] for person in run]
    if not any(held):
        return []
    return [
        RoleGroup([RoleValue(t.text, t, t.company) for t in titles], [person])
        for person, titles in zip(run, held, strict=True)
    ]


def _is_behind(window: Window, link: Link) -> bool:
    """Whether a title stands right behind its person: "A (treasurer)", "A, its treasurer"; not "A, and treasurer B"."""
    between = window.lows[link.person.last : link.title.first]
    return between[:1] in ([","], ["("]) and "and" not in between and not link.title.former


def _gained(window: Window, trigger: Trigger, title: Title, person: Name, links: list[Link]) -> bool:
    """Whether a title behind a listed name is the new office: after "as", or of a hire and of no other employer."""
    if title.former:
        return False
    before = [token.lower_ for token in window.doc[person.last : title.first]]
    promoted = trigger.rule.action == "promoted" and (before[-1:] == ["to"] or before[:2] == ["is", "now"])
    if ("as" in before or promoted) and ";" not in before:
        return not any(word in ("who", "previously", "formerly", "served", "worked") for word in before)
    if trigger.rule.action != "joined" and trigger.rule.kind != "noun":
        return False  # "elected two directors: Jane Roe, president of Acme, ..."
    employer = any(True for _ in window.names_in(window.sentence_of(title.first).first, person.first, "org"))
    linked = any(link.title is title and link.person is person and link.how == "after" for link in links)
    return linked and (title.company is None or not employer)
