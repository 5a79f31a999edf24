"""Who does what a trigger says: its subject by the parse or the words before it, or one told apart from it."""

from __future__ import annotations

from collections.abc import Container
from typing import TYPE_CHECKING

from pipeline.extract.announced import named_behind_colon, subject_of_main_clause
from pipeline.extract.clause_openers import opening_word, subjects_behind_opener, told_aside
from pipeline.extract.common_nouns import common_nouns
from pipeline.extract.enumerations import FINITE, begins_with_phrase
from pipeline.extract.grammar import Arguments, governing_verbs, is_finite, surface_subject
from pipeline.extract.mentions import Name, Window
from pipeline.extract.seekers import (
    is_name_like,
    person_before,
    persons_by,
    persons_of,
    with_those_before,
)
from pipeline.extract.triggers import Trigger
from pipeline.extract.view import View
from pipeline.records import DIRECTIONS

if TYPE_CHECKING:
    from spacy.tokens import Token


def named_apart(view: View, window: Window, trigger: Trigger, args: Arguments, function: str) -> list[Name]:
    """Persons named in another part of the sentence than the trigger's own: the main clause, or behind a colon."""
    verb = window.doc[trigger.head]
    if (verb.tag_ == "VBG") == (function == "subject") and verb.tag_ in ("VBG", "VBN", "VB"):
        return subject_of_main_clause(view, window, trigger)
    target = args.object
    if function == "subject" and args.subject is not None and args.subject.tag_ in ("CD", "NNS"):
        counted = (
            args.subject.tag_ == "CD"
            or args.subject.lower_ in common_nouns("stand_in")
            or args.subject.i in window.title_at
        )
        return named_behind_colon(window, trigger) if counted else []  # "Two join the board: A and B"
    wanted = function == "object" and not args.passive and target is not None and target.tag_ in ("NN", "NNS")
    stands_for = (
        wanted and (target.lower_ in common_nouns("stand_in") or target.i in window.title_at)
        if target is not None
        else False
    )
    return named_behind_colon(window, trigger) if stands_for else []


def _own_subject(window: Window, trigger: Trigger, args: Arguments) -> list[Name]:
    """The subjects of a participle told apart from the main clause: "Roe runs Acme, Kim having retired"."""
    index = trigger.head - 1
    while index > 1 and window.lows[index] in ("having", "been", "already", "now", "then", "later", "also"):
        index -= 1
    having = "having" in window.lows[index : trigger.head]
    name = window.name_at.get(index)
    if having:
        if name is None or name.kind != "person":
            return []
        return [name] if window.words[name.first - 1] == "," or window.lows[name.first - 1] == "with" else []
    tag = window.doc[trigger.head].tag_
    if tag == "VB" and window.lows[index] == "to":
        aside = _described(window, index, frozenset({"for"}))
        return [aside] if aside is not None else []  # "a plan for Roe, its treasurer, to step down"
    bare = tag in ("VB", "VBP") and _is_seen(window, trigger)
    if tag != "VBG" and not bare:
        return []
    if name is not None and name.kind == "person":
        return [*_paired_with(window, name), name]
    aside = _described(window, index + 1, _SEEING if bare else _GOVERNING)
    if aside is None or not (bare or _acts_apart(window, trigger, args, aside)):
        return []
    return [aside]


_SEEING = frozenset("see sees saw seen seeing".split())
_SEEN_REACH = 25  # words from "saw" to what was seen: "saw Roe leave Acme after ten years and Kim take over"


def _is_seen(window: Window, trigger: Trigger) -> bool:
    """Whether an infinitive without "to" is of what happened: "the year saw Roe leave and Kim take over"."""
    first = max(window.sentence_of(trigger.head).first, trigger.head - _SEEN_REACH)
    return not _SEEING.isdisjoint(window.lows[first : trigger.head])


_OPENS_PAIR = frozenset("with of saw sees see seen".split())


def _paired_with(window: Window, last: Name) -> list[Name]:
    """Who acts with the one right before a participle: Roe in "with Roe and Kim joining"."""
    if last.first < 3 or window.lows[last.first - 1] != "and":
        return []
    other = window.name_at.get(last.first - 2)
    if other is None or other.kind != "person" or other.first == 0:
        return []
    return [other] if window.lows[other.first - 1] in _OPENS_PAIR else []


_ASIDE = 14  # words of an apposition: ", the bank's chief operating officer since 2019,"
_GOVERNING = _SEEING | frozenset("with of about in to over by from".split())


def _described(window: Window, index: int, openers: Container[str]) -> Name | None:
    """The person before a word, an apposition between, behind one of some words: "with Roe, its treasurer, leaving"."""
    first = window.sentence_of(index).first
    name = window.name_at.get(index - 1)
    if name is None and window.words[index - 1] == ",":
        name = _before_comma(window, index - 1, first)
    if name is None or name.kind != "person":
        return None
    return name if opening_word(window, name, first)[0] in openers else None


def _before_comma(window: Window, closing: int, first: int) -> Name | None:
    """The person of "Roe, its treasurer," or "its treasurer, Roe," that a comma closes."""
    for at in range(closing - 1, max(closing - _ASIDE, first), -1):
        name = window.name_at.get(at)
        if name is not None and name.kind == "person":
            if name.last == closing:
                return name if window.words[name.first - 1] == "," and name.first - 2 in window.title_at else None
            return name if window.words[name.last] == "," else None
        if window.words[at] in (";", ":") or window.doc[at].tag_ in FINITE:
            return None
    return None


def _acts_apart(window: Window, trigger: Trigger, args: Arguments, aside: Name) -> bool:
    """Whether a participle behind a comma is told of the person before it, and not of the main clause's subject.

    "Kim fell out with Roe, its treasurer, leaving in May" tells of Kim.
    """
    opener, at = opening_word(window, aside, window.sentence_of(aside.first).first)
    if opener == "with":
        absolute = at == window.sentence_of(at).first or window.words[at - 1] == ","
        if absolute or DIRECTIONS[trigger.rule.action] == "in":
            return True
    subject = window.name_at.get(args.subject.i) if args.subject is not None else None
    named = subject is not None and subject.kind == "person" and subject is not aside
    return not named and (args.subject is None or args.subject.tag_ != "PRP")


_IN_A_ROW = frozenset("latest first second third fourth fifth last next".split())


def _behind_employer(window: Window, trigger: Trigger, holder: Token) -> Name | None:
    """The person of "Acme head of sales Jane Roe plans to quit", of which the parse makes Acme the subject."""
    firm = window.name_at.get(holder.i)
    title = window.title_at.get(firm.last) if firm is not None and firm.kind == "org" else None
    name = window.name_at.get(title.last) if title is not None else None
    return name if name is not None and name.kind == "person" and name.last <= trigger.head else None


def _equated(view: View, window: Window, holder: Token) -> list[Name]:
    """Who is said to be those that acted: "The directors who resigned are Roe and Kim"; not "are critics of Roe"."""
    if holder.dep_ != "nsubj" or holder.i in window.name_at or holder.head.lower_ not in _COPULAS:
        return []
    attribute = next((child for child in holder.head.children if child.dep_ == "attr"), None)
    name = window.name_at.get(attribute.i) if attribute is not None else None
    return persons_of(view, window, attribute) if name is not None and name.kind == "person" else []


_COPULAS = frozenset({"is", "are", "was", "were"})


def subject_persons(view: View, window: Window, trigger: Trigger, args: Arguments) -> tuple[list[Name], str]:
    """The persons of a rule whose person is the verb's subject, and how they were found."""
    rule = trigger.rule
    own = _own_subject(window, trigger, args)
    if own:
        parsed = args.subject is not None and own[-1].first <= args.subject.i < own[-1].last
        return own, "parse" if parsed else "surface"
    holder = args.subject
    if args.passive and trigger.phrase.startswith("be "):
        holder = args.object or args.subject
    elif args.passive and rule.action in ("retired", "resigned", "departed") and args.subject is None:
        holder = args.object
    persons = persons_of(view, window, holder, window.doc[trigger.head])
    persons = _not_placed_yet(window, trigger, with_those_before(window, window.doc[trigger.head], persons))
    told_of = told_aside(window, trigger.head) if not args.passive else None
    if told_of is not None and all(told_of.last <= name.first < trigger.head for name in persons):
        return [told_of], "surface"
    alone = args.inherited or args.subject is None or is_opening(window, args.subject)
    acting = subjects_behind_opener(window, trigger.head, alone) if not args.passive else []
    if any(name not in persons for name in acting):
        return acting, "surface"
    if not persons and holder is not None and holder.dep_ == "attr" and holder.lower_ in _IN_A_ROW:
        persons = persons_of(view, window, surface_subject(holder.head)[0])  # "Roe is the latest to leave"
    if not persons and holder is not None:
        persons = _equated(view, window, holder)
    if not persons and args.inherited and (acting := _behind_opener_above(window, trigger)):
        return acting, "surface"
    if not persons and holder is not None and (employed := _behind_employer(window, trigger, holder)):
        return [employed], "surface"
    helped = any(child.dep_ in ("aux", "auxpass") for child in window.doc[trigger.head].children)
    parted = (
        helped and args.inherited and holder is not None and holder.lower_ == "it"
    )  # "Roe, it was said, is leaving"
    if persons or not (holder is None or parted or is_name_like(holder) or holder.i in window.title_at):
        return persons, "parse"
    if args.passive and rule.frame.get("counterpart"):
        return persons_by(window, trigger), "surface"
    return person_before(view, window, trigger), "surface"


def _not_placed_yet(window: Window, trigger: Trigger, persons: list[Name]) -> list[Name]:
    """Of whom an infinitive is said that goes with one of several: "named Kim chair of Acme and Roe to head Bolt"."""
    if len(persons) < 2 or not trigger.phrase.startswith("to ") or persons[-1].last > trigger.head:
        return persons
    return [name for name in persons[:-1] if not _has_office_behind(window, name)] + persons[-1:]


def _has_office_behind(window: Window, name: Name) -> bool:
    """Whether the office that a name is given stands right behind it: "named Roe chair", "named Roe as its chair"."""
    index = name.last + (window.lows[name.last : name.last + 1] == ["as"])
    while window.lows[index : index + 1] in (["its"], ["the"], ["a"], ["new"]):
        index += 1
    return index in window.title_at


def _behind_opener_above(window: Window, trigger: Trigger) -> list[Name]:
    """Who is about to act where an opener tells who does: "as Roe, its treasurer, is considering leaving"."""
    verb = window.doc[trigger.head]
    if verb.tag_ not in ("VB", "VBG", "VBN") or is_finite(verb):
        return []
    above = next((token for token in governing_verbs(verb) if is_finite(token)), None)
    if above is None or not any(token.i in range(above.i, verb.i) for token in verb.ancestors):
        return []
    opening = min([above.i, *(c.i for c in above.children if c.dep_ in ("aux", "auxpass"))])
    named = any(True for _ in window.names_in(opening, verb.i, "person"))  # "urged Roe to go"
    return [] if named else subjects_behind_opener(window, opening, True)


def is_opening(window: Window, subject: Token) -> bool:
    """Whether the parse takes what opens a sentence for the subject: "Ending the talks, Roe, 51, has resigned"."""
    first = window.sentence_of(subject.i).first
    named = subject.i in window.name_at or subject.i in window.title_at
    return not named and "," not in window.words[first : subject.i] and begins_with_phrase(window, first)
