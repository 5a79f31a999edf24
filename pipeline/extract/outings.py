"""What moves a body and no career: a trip, an errand, an evening among others, a patient's transfer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.candidates import Candidate
from pipeline.extract.common_nouns import common_nouns
from pipeline.extract.guards import phrase_verb
from pipeline.extract.mentions import Name, Window
from pipeline.extract.name_runs import is_town, name_data
from pipeline.extract.name_words import unit_words
from pipeline.extract.view import View
from pipeline.inflect import verb_forms

if TYPE_CHECKING:
    from spacy.tokens import Token

_MOVES = frozenset(
    "join.move join.idiom join.move_from join.switch join.go_as join.from join.swap return.to return.back".split()
)
_JOINS = frozenset({"join.join", "join.beside"})
_LEAVES = frozenset({"depart.leave", "depart.out"})


def is_outing(view: View, candidate: Candidate) -> bool:
    """Whether a wording of gain or loss tells where somebody went, was or stood, and of no employer."""
    rule = candidate.trigger.rule.rule_id
    if rule in _LEAVES and not candidate.roles:
        return _only_goes_out(candidate)
    if rule in _JOINS and _takes_part(candidate):
        return True
    if rule not in _MOVES | _JOINS or candidate.roles or _changes_jobs(candidate):
        return False
    if _on_errand(candidate, _ERRANDS):
        return True
    target = _target(candidate)
    if rule in _JOINS or target is None:
        return False
    if candidate.trigger.phrase.split()[0] in _BODILY and candidate.trigger.words[-1] - candidate.trigger.head < _SHORT:
        return True
    return (
        _is_premises(target)
        or _is_region(view, target)
        or _is_possessor(candidate.window, target)
        or _is_carried(candidate)
    )


# Verbs of going that tell of work only beside words of work: "goes to Bolt from Acme".
_BODILY = frozenset({"go", "head", "come"})
_SHORT = 3  # words of "go back to"

# What one goes to do at a place without working there.
_ERRANDS = frozenset(
    form
    for verb in (
        "answer apologise apologize appeal appear apply ask attend beg bury buy campaign catch celebrate check collect "
        "deliver demand demonstrate dine discuss drink eat examine face fetch fight find get give greet hear hold "
        "honour honor identify inspect lay lobby look mark mediate meet mourn negotiate open pay pick plead pray "
        "present promote prolong protest question receive recover remember rest retrieve return say see seek settle "
        "shop sign sleep speak stay talk tell testify thank urge view visit vote wait warn watch"
    ).split()
    for form in verb_forms(verb)
)


# What one may leave an employer for; "left to see the world", "left to return to Acme".
_AIMS = frozenset(
    form
    for verb in (
        "answer campaign demand demonstrate face fight find get give lobby look mediate open pay promote protest rest "
        "retrieve return say see seek settle sign speak stay talk tell urge view visit wait"
    ).split()
    for form in verb_forms(verb)
)


def _on_errand(candidate: Candidate, errands: frozenset[str]) -> bool:
    """ "Went to Acme to meet its lawyers", "joined Roe for a drink": a purpose, and it is no work."""
    window = candidate.window
    verb = phrase_verb(window, candidate.trigger)
    hanging = (*verb.children, *(c for prep in verb.children if prep.dep_ in ("prep", "prt") for c in prep.children))
    purposes = [c for c in hanging if c.i > verb.i and c.tag_ == "VB" and c.dep_ in ("advcl", "xcomp", "acl", "relcl")]
    return any(window.lows[p.i - 1] == "to" and p.lower_ in errands for p in purposes)


_OCCASIONS = frozenset(
    "barbecue beer brawl breakfast brunch celebration celebrations ceremony chat chorus coffee concert conversation "
    "cup dance debate demonstration dinner discussion discussions drink drinks duet encore evening event feast "
    "funeral game glass interview lunch march match meal meeting mile night number party performance photo photograph "
    "picnic pint prayer prayers procession protest rally race reception ride round selfie session show sing-along "
    "song stroll supper tea tour trip visit vigil walk weekend".split()
)


def _takes_part(candidate: Candidate) -> bool:
    """ "Joined them for a pint", "joined Acme in calling for a ban": done together, once."""
    verb = candidate.window.doc[candidate.trigger.head]
    target = _target(candidate)
    links = [c for c in verb.children if c.dep_ == "prep" and c.i > verb.i]
    if target is not None:
        links += [c for c in candidate.window.doc[target.last - 1].children if c.dep_ == "prep"]
    for link in links:
        for inner in link.children:
            if link.lower_ == "in" and inner.dep_ == "pcomp" and inner.tag_ == "VBG":
                return True
            if link.lower_ in ("for", "at", "on", "in") and inner.dep_ == "pobj" and inner.text in _OCCASIONS:
                return True
    return False


def _target(candidate: Candidate) -> Name | None:
    """The organisation that stands where the wording has its goal."""
    return next((name for name, how in candidate.company_hints if how in ("object", "preposition")), None)


_OF_WORK = frozenset(
    "job jobs role roles post posts position positions work career contract title salary employer employee hire hired "
    "recruited veteran stint tenure competitor rival staff predecessor".split()
)


def _changes_jobs(candidate: Candidate) -> bool:
    """Whether the sentence names the employer left, or speaks of work."""
    window, sentence = candidate.window, candidate.window.sentences[candidate.sentence]
    words = (
        word
        for index, word in enumerate(window.lows[sentence.first : sentence.last], sentence.first)
        if window.words[index + 1 : index + 2] != ["-"]
        and index not in window.name_at  # "post-war", "the Norwood Post"
    )
    return candidate.other_company is not None or not _OF_WORK.isdisjoint(words)


# Last words of the names of places where one lands, shops, is treated or held.
_PREMISES = frozenset(
    "airport airfield aerodrome station terminal hotel inn motel restaurant bar pub cafe café grill diner mall market "
    "supermarket mart beach park square stadium arena cinema theatre theater cemetery church cathedral mosque temple "
    "synagogue shrine prison jail penitentiary courthouse court harbour harbor pier street road avenue tower palace "
    "camp base border hall heathrow gatwick stansted schiphol jfk laguardia dulles o'hare orly changi narita haneda "
    "sheremetyevo domodedovo".split()
)


def _is_premises(name: Name) -> bool:
    words = name.text.lower().split()
    return words[-1] in _PREMISES


_REGIONS = frozenset("republic kingdom west east north south islands island province territory strip peninsula".split())


def _is_region(view: View, name: Name) -> bool:
    """Whether a name is a town's or country's, whatever the model takes it for: "moved to Baghdad"."""
    full = view.organisations.organisations[name.entity].full if name.entity >= 0 else name.text
    words = full.lower().removeprefix("the ").split()
    town = re.split(r"[.,-]", name.text)[0]  # "Washington.- He"
    return is_town(town) or words[-1] in _REGIONS or words[0] == "republic" or "republic of" in full.lower()


def _is_possessor(window: Window, name: Name) -> bool:
    """Whether the goal is a thing or a place of an organisation's: "headed to the Navy's newest ship"."""
    doc, index = window.doc, name.last
    if index < len(doc) and doc[index].tag_ == "POS":
        index += 1
    while index < len(doc) and doc[index].tag_ in ("JJ", "JJS", "JJR", "CD", "RBS"):
        index += 1
    if index >= len(doc) or doc[index].tag_ not in ("NN", "NNS"):
        return False
    noun = _head_of_run(doc[index])
    return index not in window.title_at and not (
        noun.lower_ in unit_words()
        or noun.lower_ in common_nouns("unit")
        or noun.lower_ in common_nouns("company")
        or noun.lower_ in common_nouns("post")
        or noun.lower_ in name_data("kinds")
        or noun.ent_type_ in ("DATE", "TIME")
        or noun.i in window.title_at
    )


def _head_of_run(noun: Token) -> Token:
    doc = noun.doc
    while noun.i + 1 < len(doc) and doc[noun.i + 1].tag_ in ("NN", "NNS"):
        noun = doc[noun.i + 1]
    return noun


_CARING = frozenset("hospital hospice infirmary clinic custody care".split())


def _is_carried(candidate: Candidate) -> bool:
    """Whether a patient is brought somewhere: "was transferred to Acme Hospital"; who is staff is not carried."""
    target = _target(candidate)
    verb = phrase_verb(candidate.window, candidate.trigger)
    passive = any(child.dep_ == "auxpass" for child in verb.children) or verb.dep_ in ("acl", "amod")
    return target is not None and passive and not _CARING.isdisjoint(target.text.lower().split())


_SEEING = frozenset(form for verb in "see watch film spot catch notice".split() for form in verb_forms(verb))


# How somebody or something is left: "left her alone with the dog", "left Acme reeling".
_LEFT_HOW = frozenset(
    "alone unattended stranded unconscious homeless speechless reeling scrambling struggling vulnerable".split()
)
_STATE_REACH = 13  # words from "left" to "alone"


def _only_goes_out(candidate: Candidate) -> bool:
    """Whether a bare "leave" is told of a body: "was seen leaving", "asked them to leave", "put in a room and left"."""
    window, trigger = candidate.window, candidate.trigger
    verb = phrase_verb(window, trigger)
    target = _target(candidate)
    if _on_errand(candidate, _ERRANDS - _AIMS) or (target is not None and _is_left_for_lunch(candidate, target)):
        return True
    if trigger.phrase == "leave" and candidate.passive and not any(c.dep_ == "agent" for c in verb.children):
        return True  # "was put in a room and left"; not "the seat left by Roe"
    behind = window.lows[trigger.last + 1 : min(trigger.last + _STATE_REACH, window.sentences[candidate.sentence].last)]
    if trigger.phrase == "leave" and not _LEFT_HOW.isdisjoint(behind):
        return True
    above = verb.head
    seen = verb.tag_ == "VBG" and verb.dep_ in ("ccomp", "xcomp", "advcl", "acl") and above.lower_ in _SEEING
    return seen and not _changes_jobs(candidate)


def _is_left_for_lunch(candidate: Candidate, target: Name) -> bool:
    """Whether the place left is one that guests leave: "had just left a Norwood's", "left Norwood Airport"."""
    window = candidate.window
    return (_is_premises(target) or window.lows[target.first - 1] in ("a", "an")) and not _changes_jobs(candidate)
