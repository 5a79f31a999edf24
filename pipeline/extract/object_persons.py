"""Whom a trigger befalls: its object, the subject of its passive, or the name beside a headline's verb."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.clause_openers import subjects_behind_opener
from pipeline.extract.common_nouns import common_nouns
from pipeline.extract.grammar import Arguments, auxiliaries
from pipeline.extract.guards import is_given_a_thing
from pipeline.extract.hirers import reads_active
from pipeline.extract.mentions import Name, Window
from pipeline.extract.pronoun_objects import pronoun_gained
from pipeline.extract.seekers import (
    is_name_like,
    is_org_or_it,
    person_before,
    persons_after,
    persons_of,
    relabelled,
    title_between,
    with_those_before,
)
from pipeline.extract.subject_persons import is_opening
from pipeline.extract.triggers import Trigger
from pipeline.extract.view import View

if TYPE_CHECKING:
    from spacy.tokens import Token


def object_persons(view: View, window: Window, trigger: Trigger, args: Arguments) -> tuple[list[Name], str, bool]:
    """The persons of a rule whose person is the verb's object, how they were found, and whether it is passive."""
    target = args.object
    shortened = _in_short(window, trigger)
    if shortened is not None:
        return [shortened], "surface", True
    if (
        target is not None
        and target.i > trigger.head
        and target.lower_ in common_nouns("engaged")
        and target.i not in window.title_at
    ):
        return [], "parse", args.passive  # "hired a law firm, Roe Kim", "hired Roe's practice"
    if "as" in trigger.rule.needs and is_given_a_thing(window, trigger):
        return [], "parse", args.passive
    if meant := pronoun_gained(view, window, trigger, args):
        return [meant], "parse", False
    caused = window.name_at.get(trigger.head - 1)
    if caused is not None and caused.kind == "person" and _is_caused(window, trigger, caused):
        return [caused], "surface", True
    persons = persons_of(view, window, target, window.doc[trigger.head])
    alone = args.inherited or target is None or is_opening(window, target)
    undergoing = subjects_behind_opener(window, trigger.head, alone) if args.passive else []
    if any(name not in persons for name in undergoing):
        return undergoing, "surface", True
    if args.passive:
        persons = with_those_before(window, window.doc[trigger.head], persons)
    if persons and not args.passive and (_owns_a_firm(window, persons[0]) or _owns(target, persons[0])):
        return [], "parse", False
    if persons:
        return persons, "parse", args.passive
    if not args.passive and trigger.last > trigger.head and window.doc[trigger.last].tag_ in ("IN", "TO"):
        # "parted ways with Roe": nobody ahead of the verb
        behind = window.doc[min(trigger.last + 1, len(window.doc) - 1)]
        known = persons_after(window, trigger)
        if not known and "..." not in trigger.phrase:  # of a gap the person stands inside: "considered Roe for"
            known = relabelled(view, window, behind)
        return known, "surface", False
    if args.passive and reads_active(window, trigger):
        return persons_after(window, trigger), "surface", False
    if args.passive:
        if target is None or is_name_like(target) or target.i in window.title_at:
            return person_before(view, window, trigger), "surface", True
        return [], "parse", True
    subject = (
        persons_of(view, window, args.subject)
        if target is None or target.i in window.title_at or target.i in trigger.words
        else []
    )
    if target is not None and target.i in window.title_at and _has_another_go(trigger, target):
        subject = []  # "she fired a plant manager": who has the title is the one who goes
    ahead = persons_after(window, trigger)
    if target is not None and target.lower_ in _HEIRS and ahead and ahead[0].first > target.i + 1:
        ahead = []  # "named a successor to Kim": not Kim
    if (
        ahead
        and not is_org_or_it(window, args.subject)
        and subject
        and title_between(window, trigger.last, ahead[0].first)
    ):
        ahead = []
    if ahead and (target is None or target.i <= ahead[0].last or target.i in window.title_at):
        return ahead, "surface", False
    if _acts(window, trigger, args):
        return [], "parse", False
    if _gains_several(trigger, subject, target) or _calls_names(window, trigger):
        return [], "parse", False
    if subject and _reads_passive(window, trigger) and not _names_another(window, target):
        return subject, "passive_reading", True
    if target is None and _reads_passive(window, trigger):
        return person_before(view, window, trigger), "surface", True
    return [], "parse", False


def _has_another_go(trigger: Trigger, target: Token) -> bool:
    """Whether an office without a name is that of somebody else: "fired a plant manager", "replaced her treasurer"."""
    own = any(child.lower_ in ("his", "her") for child in target.children)
    return trigger.rule.action == "dismissed" or (own and target.dep_ == "dobj")


def _is_caused(window: Window, trigger: Trigger, name: Name) -> bool:
    """Whether somebody has another undergo it: "got Roe removed", "had Roe fired"; not "has Roe resigned?"."""
    causing = name.first > 1 and window.lows[name.first - 1] in (
        "get",
        "gets",
        "got",
        "getting",
        "had",
        "have",
        "having",
    )
    return causing and window.doc[trigger.head].tag_ in ("VBN", "VBD") and trigger.rule.action == "dismissed"


def _gains_several(trigger: Trigger, subject: list[Name], target: Token | None) -> bool:
    """Whether one person acts on several without a name: "Roe hired 38 lawyers", not "Roe and Kim named directors"."""
    return len(subject) == 1 and target is not None and target.i > trigger.last and target.tag_ == "NNS"


def _calls_names(window: Window, trigger: Trigger) -> bool:
    """Whether a person dismisses what is said: "Roe dismissed as nonsense reports of a split"."""
    if trigger.rule.action != "dismissed" or window.lows[trigger.last + 1 : trigger.last + 2] != ["as"]:
        return False
    return not any(i in window.title_at for i in range(trigger.last + 2, trigger.last + 6))


def _in_short(window: Window, trigger: Trigger) -> Name | None:
    """The person of a clause without "was": "Kim was removed as chairman of Acme and Roe reappointed"."""
    name = window.name_at.get(trigger.head - 1)
    behind = window.lows[trigger.last + 1 : trigger.last + 2]
    if name is None or name.kind != "person" or name.first < 2 or behind not in ([], ["."], [","], ["in"], ["as"]):
        return None
    before = window.name_at.get(name.first - 2)
    alone = before is None or before.kind != "person"
    return name if alone and window.lows[name.first - 1] == "and" and len(trigger.words) == 1 else None


_HEIRS = frozenset("successor successors replacement replacements heir stand-in".split())


def _owns_a_firm(window: Window, person: Name) -> bool:
    """ "Hired the architect Jane Roe's practice": not the person but the firm."""
    behind = [token.lower_ for token in window.doc[max(person.last, 0) : person.last + 4]]
    return behind[:1] in (["'s"], ["’s"], ["'"], ["’"]) and bool(common_nouns("engaged") & {*behind[1:3]})


def _owns(target: Token | None, person: Name) -> bool:
    """ "Will take on Kim's duties as treasurer": the person found is only whose duties they are."""
    if target is None or person.last > target.i:
        return False
    return any(child.dep_ == "poss" and person.first <= child.i < person.last for child in target.children)


_HAVING = frozenset({"has", "have", "had", "having", "'ve", "’ve"})
_UNNAMED = frozenset("new next successor replacement".split())


def _acts(window: Window, trigger: Trigger, args: Arguments) -> bool:
    """Whether a verb without a person behind it is surely active: somebody without a name is gained or lost.

    "Roe has hired a treasurer", "Roe named a new treasurer", "After Roe's death the board named a treasurer".
    """
    if len(trigger.words) > 1:
        return False  # "has let him go"
    near = trigger.head - 1
    while near > 0 and window.doc[near].tag_ == "RB":
        near -= 1
    if window.lows[near] in _HAVING:
        return True
    behind = [token.lower_ for token in window.doc[trigger.last + 1 : trigger.last + 3]]
    if behind[:1] in (["a"], ["an"]) and (not _UNNAMED.isdisjoint(behind) or _takes_object(window, trigger)):
        return True
    subject = args.subject
    if subject is None or args.inherited or subject.i >= trigger.head or not is_org_or_it(window, subject):
        return False
    return not any(True for _ in window.names_in(subject.i, trigger.head, "person"))


def _takes_object(window: Window, trigger: Trigger) -> bool:
    """Whether a verb in the past of running text has an object: "Roe hired a treasurer"; headlines drop their "was"."""
    token = window.doc[trigger.head]
    told = token.tag_ == "VBD" and window.sentence_of(token.i).kind == "prose"
    return told and any(child.dep_ == "dobj" for child in token.children)


def _names_another(window: Window, target: Token | None) -> bool:
    """Whether the object is somebody without a name: "named a former economist as governor"."""
    if target is None or target.dep_ != "dobj" or not any(child.lower_ in ("a", "an") for child in target.children):
        return False
    return any(token.lower_ == "as" for token in window.doc[target.i + 1 : target.i + 3])


def _reads_passive(window: Window, trigger: Trigger) -> bool:
    """Headline or reduced style, "Roe named chief executive": a past form without an object, a title behind it."""
    token = window.doc[trigger.head]
    first = token.head if token.dep_ == "conj" and token.head.tag_ == "VBN" else token
    helpers = {child.lower_ for child in auxiliaries(first)}
    beside = window.doc[max(first.i - 1, 0)]  # not "has ben named", mistyped
    if helpers and helpers <= _PERFECT and (beside.lower_ in _PERFECT or beside.tag_ == "RB"):
        return False  # "has handed over the chairmanship to Kim", "has sold out and handed over"
    ending = token.lower_.endswith(("ed", "en", "t", "d", "n")) or token.lower_ == "made"
    return ending and token.tag_ in ("VBN", "VBD", "NNP", "NN", "JJ")


_PERFECT = frozenset({"has", "have", "had", "'ve", "’ve", "not", "n't"})
_LONGEST_DESCRIPTION = 8  # words such as "former Bolt finance chief" between a verb and the name


def named_by_person(window: Window, trigger: Trigger, args: Arguments) -> Name | None:
    """Who is named where the parse takes the verb for a participle: "Roe, the chairman, named Kim as treasurer"."""
    verb = window.doc[trigger.head]
    subject = window.name_at.get(args.object.i) if args.passive and args.object is not None else None
    if subject is None or subject.kind != "person" or verb.dep_ != "acl" or trigger.rule.frame["person"][0] != "object":
        return None
    if any(child.dep_ in ("aux", "auxpass", "agent") for child in verb.children):
        return None
    for index in range(trigger.last + 1, min(trigger.last + _LONGEST_DESCRIPTION, window.sentence_of(verb.i).last)):
        name = window.name_at.get(index)
        if name is not None and name.kind == "person":
            return name if name.entity != subject.entity else None
        opens = window.lows[index] in ("as", "its", "his", "her", "the", "a") and index <= trigger.last + 2
        described = name is not None or index in window.title_at or window.doc[index].tag_ in _DESCRIBING
        if not (opens or described or "-" in window.words[index - 1 : index + 2]):
            return None
    return None


_DESCRIBING = frozenset({"JJ", "NN", "NNP", "NNPS", "POS"})
