"""Applies noun rules, "the departure of Roe", "her appointment as treasurer": to the persons around the noun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.bare_losses import firm_before
from pipeline.extract.candidates import Candidate
from pipeline.extract.complements import complement_roles
from pipeline.extract.contenders import apply_contender
from pipeline.extract.enumerations import coordinated_names
from pipeline.extract.grammar import Arguments, governing_verbs, is_verb, prepositional, surface_subject
from pipeline.extract.heirs import apply_successor
from pipeline.extract.hints import company_hints, organisations_at, settle_hints, subject_organisations
from pipeline.extract.listed import includes_persons, own_office, persons_told
from pipeline.extract.mentions import Name, Window
from pipeline.extract.new_ones import those_new
from pipeline.extract.persons import persons_at
from pipeline.extract.role_values import RoleValue
from pipeline.extract.seekers import persons_listed, persons_of
from pipeline.extract.slots import replaced_person, unmet_need
from pipeline.extract.title_links import Link
from pipeline.extract.triggers import Trigger
from pipeline.extract.view import View
from pipeline.records import DIRECTIONS

if TYPE_CHECKING:
    from spacy.tokens import Token


def apply_noun(view: View, window: Window, trigger: Trigger, links: list[Link]) -> tuple[list[Candidate], str]:
    """ "the departure of Kim", "Kim's exit", "his appointment as T"."""
    rule = trigger.rule
    last = window.doc[trigger.last]
    token = last if last.tag_.startswith("N") else window.doc[trigger.head]  # "his decision to resign"
    said = token.tag_ == "VBG" and any(child.dep_ in ("aux", "nsubj") for child in token.children)
    if said or (token.tag_ == "VB" and len(trigger.words) == 1 and window.lows[token.i - 1 : token.i] == ["to"]):
        return [], "not_a_noun"  # "would not be stepping aside", "plans to hire a chief"
    if rule.frame["person"][0] in ("listed", "nominee"):
        return apply_contender(view, window, trigger)
    if "appos" in rule.frame["person"]:
        return apply_successor(view, window, trigger)
    persons, org = _before_noun(view, window, token)
    persons = persons or _possessor(window, trigger)
    if persons and "of" in rule.frame["person"] and (undergoing := _undergoing(view, window, token, persons)):
        persons, org = undergoing, []
    if not persons and (rule.frame["person"] != ("possessor",) or includes_persons(window, trigger)):
        persons = _behind_noun(view, window, trigger, token)
    if not persons:
        return (told, "") if (told := those_new(window, trigger, links)) else ([], "no_person")
    args = Arguments(None, None, False)
    number = window.sentence_at[trigger.head]
    groups = complement_roles(window, trigger, persons, links, None)
    made = []
    for group in groups:
        for person in group.persons or persons:
            own = own_office(trigger, links, person) if len(persons) > 1 and group.roles else []
            candidate = Candidate(trigger, window, number, person, own or list(group.roles))
            candidate.how["person"] = "noun"
            if candidate.direction == "in":
                candidate.counterpart = replaced_person(view, window, trigger)
            candidate.company_hints = [(name, "preposition") for name in org] + company_hints(
                view, window, trigger, args, persons, rule.frame.get("company", ())
            )
            if not candidate.company_hints and (firm := firm_before(candidate)) is not None:
                candidate.company_hints = [(firm, "preposition")]
            elif not candidate.company_hints:
                candidate.company_hints = _bereft(view, window, token, persons, candidate.direction)
            made.append(candidate)
    reason = unmet_need(view, made[0]) if made else "no_person"
    made = ([] if reason else made) + _those_of(window, trigger, links)
    if not made:
        return [], reason
    settle_hints(view, window, made)
    return made, ""


def _undergoing(view: View, window: Window, noun: Token, doers: list[Name]) -> list[Name]:
    """Whom somebody's deed befalls: "Roe's firing of Kim", "her appointment of Kim as treasurer"."""
    for pobj in prepositional(noun, "of"):
        named = window.name_at.get(pobj.i)
        if noun.i < pobj.i and named is not None and named.kind == "person":
            persons = persons_of(view, window, pobj)
            return [name for name in persons if all(name.entity != doer.entity for doer in doers)]
    return []


_DESCRIBED = 14  # words of office and employer before the name: "that of Acme treasurer and Bolt director Jane Roe"


def _those_of(window: Window, trigger: Trigger, links: list[Link]) -> list[Candidate]:
    """Of whom a loss is told in short beside another: "her exit follows those of chairman Kim and treasurer Lee"."""
    if DIRECTIONS[trigger.rule.action] != "out":
        return []
    sentence = window.sentence_of(trigger.head)
    made = []
    for index in range(trigger.last + 1, sentence.last - 1):
        if window.lows[index] not in ("that", "those") or window.lows[index + 1] != "of":
            continue
        for at in range(index + 2, min(index + _DESCRIBED, sentence.last)):
            name = window.name_at.get(at)
            if name is not None and name.kind == "person":
                owner = window.lows[name.last : name.last + 1] in (["'s"], ["’s"])
                run = coordinated_names(window, name, loose=window.lows[index] == "those")
                for person in run if not owner else []:
                    titles = [link.title for link in links if link.person is person]
                    roles = [RoleValue(t.text, t, t.company) for t in titles if not t.former]
                    candidate = Candidate(trigger, window, window.sentence_at[trigger.head], person, roles)
                    candidate.how["person"] = "noun"
                    made.append(candidate)
                break
            if window.doc[at].tag_ in ("VBD", "VBZ", "VBP", "MD"):
                break
    return made


def _before_noun(view: View, window: Window, noun: Token) -> tuple[list[Name], list[Name]]:
    """Persons and organisations that modify a noun: "Kim's exit", "the Acme appointment"."""
    persons: list[Name] = []
    organisations: list[Name] = []
    for child in noun.children:
        if child.dep_ in ("poss", "compound", "nmod") or (
            child.i < noun.i and child.dep_ in ("appos", "amod", "npadvmod")
        ):
            organisations += organisations_at(window, child)
            if (not persons and child.dep_ == "poss") or child.i in window.name_at:
                persons = persons_of(view, window, child)
    return persons, organisations


_TELLING = frozenset(
    "accept accepts accepted approve approves approved receive receives received "
    "announce announces announced confirm confirms confirmed disclose disclosed report reports reported reveal "
    "revealed suffer suffers suffered see sees saw seen mourn mourns mourned regret regrets regretted lament "
    "lamented face faces faced endure endured weather weathered".split()
)
_ANNOUNCING = frozenset(
    "announce announces announced confirm confirms confirmed reveal reveals revealed unveil unveils unveiled report "
    "reports reported".split()
)
_UPON = frozenset("following after with amid despite since upon including".split())
_MEANS = frozenset("with through via by".split())


def _bereft(view: View, window: Window, noun: Token, persons: list[Name], direction: str) -> list[tuple[Name, str]]:
    """Who tells of a loss or suffers it: "Acme announced the departures of A and B", "after A's exit Acme has no".

    Of a gain, who has it: "Acme has opened in Kenya with the recruitment of A and B", "Acme announced the hiring of A".
    """
    place = noun.head
    if (
        direction == "out"
        and noun.dep_ == "nsubj"
        and place.lower_ in ("leaves", "left", "leave", "deprives", "deprived")
    ):
        # "Roe's exit leaves Acme without a leader"
        return [
            (name, "object")
            for child in place.children
            for name in organisations_at(window, child)
            if child.i > place.i
        ]
    told = noun.dep_ in ("dobj", "nsubjpass") and place.lower_ in _TELLING
    gained = direction != "out"
    if gained and not any(True for _ in prepositional(noun, "of")):
        return []  # "in connection with her hiring"
    leading = _MEANS if gained else _UPON
    told = noun.dep_ == "dobj" and place.lower_ in _ANNOUNCING if gained else told
    if not told and not (noun.dep_ in ("pobj", "pcomp") and place.lower_ in leading):
        return []
    for verb in [place, *governing_verbs(place)]:
        subject = surface_subject(verb)[0] if is_verb(verb) else None
        if subject is not None and not any(person.first <= subject.i < person.last for person in persons):
            if gained and told:  # not the town of a dateline
                own = window.name_at.get(subject.i)
                return [(own, "subject")] if own is not None and own.kind == "org" and not own.weak else []
            found = subject_organisations(view, window, subject) if gained else organisations_at(window, subject)
            return [(name, "subject") for name in found]
    return []


def _possessor(window: Window, trigger: Trigger) -> list[Name]:
    """The person whose name with "'s" stands a few words before the trigger."""
    if trigger.head <= 1:
        return []
    previous = trigger.head - 1
    while (
        previous > 0
        and window.doc[previous].tag_ in ("JJ", "POS", "VBN", "NN", "RB")
        and previous not in window.name_at
        and previous not in window.title_at
        and trigger.head - previous < 4
    ):
        previous -= 1
    name = window.name_at.get(previous)
    if name is None or name.kind != "person":
        return []
    return [name] if window.lows[name.last] in ("'s", "’s", "'", "’") else []


def _behind_noun(view: View, window: Window, trigger: Trigger, noun: Token) -> list[Name]:
    """The persons behind a preposition of the noun ("the departure of Kim"), or in the list it opens."""
    for preposition in ("of", "by", "from", "for"):
        if preposition != "of" and preposition not in trigger.rule.frame.get("person", ()):
            continue
        for pobj in prepositional(noun, preposition):
            if persons := persons_of(view, window, pobj):
                return persons
    if DIRECTIONS[trigger.rule.action] == "out" and (giver := _tendered_by(view, window, noun)):
        return giver
    for place in (pobj for preposition in ("from", "to", "as") for pobj in prepositional(noun, preposition)):
        for pobj in prepositional(place, "of"):  # "the removal from the board of its treasurer, Roe"
            if pobj.i > trigger.last and (persons := persons_at(view, window, pobj)):
                return persons
    return persons_listed(window, trigger) or persons_told(window, trigger)


_TENDERED = frozenset("tendered submitted presented handed offered filed given announced made received".split())


def _tendered_by(view: View, window: Window, noun: Token) -> list[Name]:
    """Who gives a notice of which a participle tells: "the resignation tendered by Roe", "received from Roe"."""
    for verb in noun.children:
        if verb.lower_ in _TENDERED and verb.tag_ in ("VBN", "VBD") and verb.i > noun.i:
            for child in verb.children:
                if child.lower_ in ("by", "from"):
                    for pobj in child.children:
                        if persons := persons_of(view, window, pobj):
                            return persons
    return []
