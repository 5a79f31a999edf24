"""Applies rules that speak of what a person has: "Kim's contract expired", "the losses cost Kim her job"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.candidates import Candidate
from pipeline.extract.grammar import arguments, prepositional
from pipeline.extract.hints import organisations_at
from pipeline.extract.mentions import Name, Title, Window
from pipeline.extract.role_values import RoleValue
from pipeline.extract.seekers import persons_of
from pipeline.extract.slots import unmet_need
from pipeline.extract.triggers import Trigger
from pipeline.extract.view import View

if TYPE_CHECKING:
    from collections.abc import Collection

    from spacy.tokens import Token

_UP_TO = frozenset({"before", "until", "till", "than"})  # "will not leave before her term ends"
_PLACES = ("at", "with", "from", "of")


def apply_possession(view: View, window: Window, trigger: Trigger) -> tuple[list[Candidate], str]:
    """The persons whose the thing is that a verb is said of, with the office that the thing is told with."""
    thing = _thing(window, trigger)
    if thing is None:
        return [], "other_thing"
    persons = _owners(view, window, thing) or _concerned(view, window, trigger)
    if not persons:
        return [], "no_person"
    if _only_a_time(view, window, trigger, persons):
        return [], "only_a_time"
    titles = _offices(window, thing, trigger)
    number = window.sentence_at[trigger.head]
    made = []
    for person in persons:
        candidate = Candidate(trigger, window, number, person, [RoleValue(t.text, t, t.company) for t in titles])
        candidate.how["person"] = "noun"
        candidate.company_hints = [
            (name, "preposition")
            for preposition in _PLACES
            for place in prepositional(thing, preposition)
            if place.i not in window.title_at
            for name in organisations_at(window, place)
        ]
        made.append(candidate)
    reason = unmet_need(view, made[0])
    return ([], reason) if reason else (made, "")


def _only_a_time(view: View, window: Window, trigger: Trigger, persons: list[Name]) -> bool:
    """Whether a clause only dates what its owner does: "will not leave before her term ends", "ran when his ended"."""
    verb = window.doc[trigger.head]
    if verb.dep_ != "advcl":
        return False
    if any(child.lower_ in _UP_TO for child in verb.children):
        return True
    dated = any(child.lower_ in ("when", "as", "once", "after") for child in verb.children)
    doers = persons_of(view, window, arguments(verb.head).subject) if dated else []
    doers = doers or (persons_of(view, window, arguments(verb.head).object) if dated else [])
    return any(doer.entity == person.entity for doer in doers for person in persons)


def _thing(window: Window, trigger: Trigger) -> Token | None:
    """What the verb is said of, if it is one of the nouns of the rule: its object, or its subject if it has none."""
    verb, things = window.doc[trigger.head], trigger.rule.things
    if verb.dep_ in ("aux", "auxpass") and verb.head.i in trigger.words:
        verb = verb.head  # "are numbered"
    if (held := _held_until(verb)) is not None and _is_one(held, things):
        return held
    args = arguments(verb)
    objects = [child for child in verb.children if child.dep_ == "dobj" and child.i not in trigger.words]
    subjects = [child for child in verb.children if child.dep_ == "nsubj" and _is_one(child, things)]
    if objects or not subjects:  # in "whose term expires" the parse makes the noun before the clause an object
        objects += [token for token in (args.object,) if token is not None and token.i not in trigger.words]
        objects += [token for token in window.doc[trigger.last].children if token.dep_ == "pobj"]  # "the end of"
    said_of: list[Token | None] = [*(objects or subjects)] or [args.subject]
    for token in said_of:
        if token is not None and _is_one(token, things):
            on = any(child.lower_ in ("on", "toward", "towards") for child in token.children)
            return None if on else token  # "her position on tariffs"
    return None


def _is_one(noun: Token, things: Collection[str]) -> bool:
    """Whether a noun, also in the plural, is one of a rule's things: "the contracts of Roe and Kim"."""
    return noun.lower_ in things or (noun.tag_ == "NNS" and noun.lower_.removesuffix("s") in things)


def _held_until(verb: Token) -> Token | None:
    """The "tenure" of "Kim's tenure as coach ended", where the parse makes a clause of what follows "as"."""
    as_clause = verb.dep_ == "advcl" and any(child.lower_ == "as" and child.dep_ == "mark" for child in verb.children)
    return verb.head if as_clause and verb.head.i < verb.i else None


def _owners(view: View, window: Window, thing: Token) -> list[Name]:
    """Whose a thing is: "Kim's contract", "the contract of its director, Kim", "Kim, whose contract"."""
    for child in thing.children:
        if child.dep_ != "poss":
            continue
        if child.lower_ == "whose":
            clause = next((token for token in child.ancestors if token.dep_ == "relcl"), None)
            if clause is not None and (persons := persons_of(view, window, clause.head)):
                return persons
            return list(window.names_in(window.sentence_of(child.i).first, child.i, "person"))[-1:]
        return persons_of(view, window, child)
    for owner in prepositional(thing, "of"):
        if persons := persons_of(view, window, owner):
            return persons
    return []


def _concerned(view: View, window: Window, trigger: Trigger) -> list[Name]:
    """Whose a thing is that has no owner of its own: "the losses cost Kim the job", "Kim ended a nine-year run"."""
    verb = window.doc[trigger.head]
    deprived = next((child for child in verb.children if child.dep_ == "dative"), None)
    if deprived is not None or trigger.rule.action == "dismissed":
        return persons_of(view, window, deprived)
    return persons_of(view, window, arguments(verb).subject)


def _offices(window: Window, thing: Token, trigger: Trigger) -> list[Title]:
    """Titles told with a thing: "his term as governor", "her job of head of sales", behind the verb's own too."""
    titles = []
    for preposition in ("as", "of"):
        for token in prepositional(thing, preposition):
            title = window.title_at.get(token.i)
            if title is not None and not title.former and title not in titles:
                behind = window.name_at.get(title.last)
                if behind is None or behind.kind != "person":
                    titles.append(title)
    if not titles and _held_until(window.doc[trigger.head]) is thing:
        clause = arguments(window.doc[trigger.head]).subject
        titles = [window.title_at[clause.i]] if clause is not None and clause.i in window.title_at else []
    return titles or _offices_behind(window, trigger)


_BEFORE_OFFICE = frozenset("job post role position of candidate contender".split())
_OFFICE_REACH = 6  # words from "as" to the office: "as a possible candidate for"


def _offices_behind(window: Window, trigger: Trigger) -> list[Title]:
    """The office a verb goes on to: "was extended as chair", "was mentioned for the post of chair"."""
    limit = window.sentence_of(trigger.head).last
    opens = trigger.last if window.lows[trigger.last] in ("with", "to") else trigger.last + 1
    if opens + 1 >= limit or window.lows[opens] not in ("as", "for", "with", "to"):
        return []
    for index in range(opens + 1, min(opens + _OFFICE_REACH, limit)):
        title = window.title_at.get(index)
        if title is not None:
            return [title]
        if window.doc[index].tag_ not in _BEFORE_TITLE and window.lows[index] not in _BEFORE_OFFICE:
            break
    return []


_BEFORE_TITLE = frozenset({"DT", "PRP$", "JJ", "NNP", "POS", "IN"})
