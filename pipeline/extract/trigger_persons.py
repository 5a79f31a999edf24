"""Whom a trigger speaks of: its subject or object by the parse, by the words beside it, or told apart from it."""

from __future__ import annotations

from collections.abc import Container
from typing import TYPE_CHECKING

from pipeline.extract.announced import named_behind_colon, subject_of_main_clause
from pipeline.extract.clause_openers import opening_word, subjects_behind_opener, told_aside
from pipeline.extract.common_nouns import common_nouns
from pipeline.extract.enumerations import FINITE, begins_with_phrase
from pipeline.extract.grammar import Arguments, auxiliaries, governing_verbs, is_finite, surface_subject
from pipeline.extract.guards import is_given_a_thing
from pipeline.extract.hirers import reads_active
from pipeline.extract.mentions import Name, Window
from pipeline.extract.pronoun_objects import pronoun_gained
from pipeline.extract.seekers import (
    is_name_like,
    is_org_or_it,
    person_before,
    persons_after,
    persons_by,
    persons_of,
    relabelled,
    title_between,
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
    persons = with_those_before(window, window.doc[trigger.head], persons)
    told_of = told_aside(window, trigger.head) if not args.passive else None
    if told_of is not None and all(told_of.last <= name.first < trigger.head for name in persons):
        return [told_of], "surface"
    alone = args.inherited or args.subject is None or _is_opening(window, args.subject)
    acting = subjects_behind_opener(window, trigger.head, alone) if not args.passive else []
    if any(name not in persons for name in acting):
        return acting, "surface"
    if not persons and holder is not None and holder.dep_ == "attr" and holder.lower_ in _IN_A_ROW:
        persons = persons_of(view, window, surface_subject(holder.head)[0])  # "Roe is the latest to leave"
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


def _is_opening(window: Window, subject: Token) -> bool:
    """Whether the parse takes what opens a sentence for the subject: "Ending the talks, Roe, 51, has resigned"."""
    first = window.sentence_of(subject.i).first
    named = subject.i in window.name_at or subject.i in window.title_at
    return not named and "," not in window.words[first : subject.i] and begins_with_phrase(window, first)


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
    alone = args.inherited or target is None or _is_opening(window, target)
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
    if target is not None and target.i in window.title_at and trigger.rule.action == "dismissed":
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
