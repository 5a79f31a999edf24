"""What kind of thing stands as the object or subject of a trigger: a post, a unit, an organisation, something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.apposed_firms import apposed_firm
from pipeline.extract.common_nouns import common_nouns
from pipeline.extract.gapping import past_time
from pipeline.extract.grammar import arguments
from pipeline.extract.guards import phrase_verb
from pipeline.extract.mentions import Window
from pipeline.extract.name_words import looks_like_person, unit_words
from pipeline.extract.quotes import past_mark
from pipeline.extract.triggers import Trigger
from pipeline.extract.view import View
from pipeline.names import is_given_name
from pipeline.records import DIRECTIONS

if TYPE_CHECKING:
    from spacy.tokens import Token


def _is_unit(window: Window, noun: Token) -> bool:
    """Whether a noun is a definite part of an organisation: "its cloud unit", "the new office"; not "a team of 20"."""
    lowered = noun.lower_
    if lowered not in common_nouns("unit") and lowered not in unit_words():
        return False
    opening = [child.lower_ for child in noun.children if child.i < noun.i]
    owned = any(child.dep_ == "poss" or child.i in window.name_at for child in noun.children if child.i < noun.i)
    if lowered == "team" and not owned:  # "will lead the team out"; but "the research team"
        return any(child.dep_ in ("compound", "amod") for child in noun.children if child.i < noun.i)
    if "this" in opening:
        return lowered in _PARTS and lowered != "team"  # told of before: "Roe will lead this division"
    return owned or not set(opening) & {"a", "an", "that", "any"} or "new" in opening


# Parts of a firm that one works for; an office or a plant may be left for lunch, a venture by a firm.
_PARTS = frozenset(
    "arm affiliate branch bureau business businesses department desk directorate division newsroom operation "
    "operations practice studio subsidiary team unit".split()
)


def _is_place_of(noun: Token) -> bool:
    """Whether a place is somebody's own, which he leaves: "step down from his perch at the insurer"."""
    own = any(child.dep_ == "poss" and child.tag_ == "PRP$" for child in noun.children)
    return own and noun.lower_ in ("place", "perch", "spot", "slot") and noun.head.lower_ == "from"


def _is_part_of_firm(window: Window, noun: Token) -> bool:
    """Whether a noun is a part of a firm that is named beside it: "Acme's UK arm", "the retail division of Acme"."""
    if noun.lower_ not in _PARTS:
        return False
    behind = (c for link in noun.children if link.lower_ == "of" for c in link.children)
    owners = [window.name_at.get(c.i) for c in (*noun.children, *behind) if c.dep_ in ("poss", "compound", "pobj")]
    return any(owner is not None and owner.kind == "org" and not owner.weak for owner in owners)


def is_handing(trigger: Trigger) -> bool:
    """Whether a rule speaks of an office that one hands to another: "handed the finance job to Roe"."""
    frame = trigger.rule.frame
    return bool({"to", "for"} & {*frame["person"]}) or "to" in frame.get("counterpart", ())


def office_behind(window: Window, trigger: Trigger) -> Token | None:
    """The office right behind a verb that the parse gives no object: "Roe hands over the chairmanship to Kim"."""
    for index in range(trigger.head + 1, min(trigger.head + 8, window.sentence_of(trigger.head).last)):
        token = window.doc[index]
        title = window.title_at.get(index)
        if title is not None:
            return window.doc[title.last - 1]
        if token.lower_ in common_nouns("post") or token.lower_ in common_nouns("handed_on"):
            return token
        if token.lower_ not in ("over", "on", "up") and token.tag_ not in ("DT", "JJ", "PRP$", "POS", "RP", "NN"):
            return None
    return None


def object_kind(view: View, window: Window, trigger: Trigger) -> str:
    """What kind of thing a verb's object is: none, org, post, role, unit, company_noun, person or other."""
    args = arguments(phrase_verb(window, trigger))
    by_object = trigger.rule.frame["person"][0] == "object"
    target = None if by_object and args.passive else args.object
    if target is not None and args.passive and not by_object and _closes_aside(window, trigger, target):
        target = None
    if target is None and not _leaves_for_work(window, trigger):
        return "other"
    if target is None and _leaves_a_thing(window, trigger):
        return "other"
    handed = is_handing(trigger)
    if handed:
        target = target or office_behind(window, trigger)
        if target is None:
            return "none"  # what follows is who receives it
    if target is None or (target.i in trigger.words and not handed):
        behind = [c for c in window.doc[trigger.last].children if c.dep_ in ("pobj", "dobj") and c.lower_ != "that"]
        if not behind:
            nxt = window.name_at.get(past_mark(window, trigger.last + 1))
            return "none" if nxt is None else ("org" if nxt.kind == "org" else "person")
        target = behind[0]
    behind_sign = (i for i in range(trigger.last + 1, target.i) if window.words[i] in _APART)
    apart = any(window.words[i] == ":" or window.doc[i - 1].whitespace_ for i in behind_sign)
    if apart and not by_object:
        return "none"  # "to leave: sources", "resigns - report", "three members will retire: A, B and C"
    if not by_object and target.dep_ == "dobj" and not _CLAUSES.isdisjoint(window.lows[trigger.last + 1 : target.i]):
        return "none"  # "to retire as shake-up claims seven"
    return _kind_of(view, window, trigger, target)


def _closes_aside(window: Window, trigger: Trigger, target: Token) -> bool:
    """Whether the parse takes a past for a participle: "Jane Roe, the first to run it, left in June"."""
    verb = window.doc[trigger.head]
    if target.i > verb.i or window.words[verb.i - 1] != "," or any(c.dep_ == "auxpass" for c in verb.children):
        return False
    behind, limit = trigger.last + 1, window.sentence_of(verb.i).last
    return past_time(window, behind, limit) > behind or window.words[behind : behind + 1] == ["."]


_CLAUSES = frozenset({"as", "after", "amid", "while", "when", "following"})
_APART = frozenset({":", "-", "–", "—", "--", "|"})


def subject_kind(view: View, window: Window, trigger: Trigger) -> str:
    """What kind of thing a verb's subject is, by the same names; "none" where it has none."""
    subject = arguments(phrase_verb(window, trigger)).subject
    return "none" if subject is None else _kind_of(view, window, trigger, subject)


def _are_named(target: Token) -> bool:
    """Whether several things are told by their names: "Systems, Surveillance and Mobility will be led by Roe"."""
    return any(word.text[:1].isupper() for word in target.conjuncts)


def _kind_of(view: View, window: Window, trigger: Trigger, target: Token) -> str:
    name = window.name_at.get(target.i)
    if (
        name is not None
        and name.kind == "person"
        and not is_given_name(name.text.split()[0])
        and not name.honorific
        and not any(p.first <= target.i < p.last for people in view.described.values() for p in people)
    ):
        return "org"  # no one's given name: the model took an organisation for a person
    if name is not None and looks_like_person(window, name):
        return "person"
    if name is not None:
        return "other" if name.weak else name.kind
    if target.lower_ in ("him", "her", "them") or any(_is_named(window, child) for child in target.children):
        return "person"  # "hands over to his daughter Jane Roe"
    if not is_handing(trigger) and apposed_firm(window, target) is not None:
        return "org"  # "returns to its parent, Acme, as treasurer"
    if target.i in window.title_at:
        return "role"
    if "unit" in trigger.rule.objects and (_is_unit(window, target) or _are_named(target)):
        return "unit"
    if not is_handing(trigger) and _is_part_of_firm(window, target):
        return "org"  # "has left Acme's cloud business"
    changes_hands = is_handing(trigger) or "by" in trigger.rule.frame["person"]
    if changes_hands and target.lower_ in common_nouns("handed_on"):
        return "post"
    if (
        is_handing(trigger)
        and target.lower_ == "office"
        and any(c.dep_ in ("compound", "nmod") for c in target.children)
    ):
        return "unit"  # "handed its Bristol office to Roe"
    if target.lower_ in common_nouns("post"):
        return "post"
    if target.lower_ in common_nouns("company") or (target.lower_ == "it" and window.lows[trigger.head] in JOINS_IT):
        return "company_noun"
    if (
        target.lower_ in common_nouns("workplace")
        and DIRECTIONS[trigger.rule.action] == "out"
        and _for_good(window, trigger)
    ):
        return "company_noun"
    if target.tag_ in ("NNP", "NNPS") and target.ent_type_ not in ("DATE", "TIME", "GPE", "LOC", "EVENT"):
        return "org"
    if target.dep_ == "npadvmod" or target.ent_type_ in ("DATE", "TIME"):
        return "none"
    return "other"


_AFTER_TIME = frozenset(
    "week weeks year years month months decade decades spring summer autumn fall winter january february march april "
    "may june july august september october november december become join pursue spend focus retire".split()
)


def _for_good(window: Window, trigger: Trigger) -> bool:
    """Whether somebody leaves more than a place: "has left the station", "left it after two years"; not "left it"."""
    verb = phrase_verb(window, trigger)
    past = verb.tag_ == "VBD" or any(child.lower_ in ("was", "were") for child in verb.children)
    return not past or not _AFTER_TIME.isdisjoint(window.lows[verb.i : window.sentence_of(verb.i).last])


# Verbs of which "it" is an employer: "Roe rejoins it in May".
JOINS_IT = frozenset("join joins joined joining rejoin rejoins rejoined rejoining quit quits quitting".split())


def _is_named(window: Window, token: Token) -> bool:
    name = window.name_at.get(token.i)
    return token.dep_ in ("appos", "compound", "nmod") and name is not None and name.kind == "person"


def _leaves_a_thing(window: Window, trigger: Trigger) -> bool:
    """ "Stepped down from the podium": behind "from" a common noun that is no post, board or employer."""
    doc = window.doc
    if trigger.last + 1 >= len(doc) or window.lows[trigger.last + 1] != "from" or trigger.rule.action != "resigned":
        return False
    for noun in doc[trigger.last + 1].children:
        if noun.dep_ == "pobj" and noun.tag_ == "NN" and noun.i not in window.name_at:
            known = (
                noun.lower_ in common_nouns("post")
                or noun.lower_ in common_nouns("company")
                or noun.lower_ in _BODIES_LEFT
                or _is_place_of(noun)
            )
            return not known and noun.i not in window.title_at
    return False


_BODIES_LEFT = frozenset(
    "committee panel commission council trust leadership management race contest running politics front line work "
    "department division unit association federation club institute academy firm parliament senate congress "
    "legislature assembly house bench court tribunal public life position firm presidency chairmanship chair "
    "directorship premiership governorship mayoralty editorship secretaryship helm top".split()
)
_REASONS = frozenset("reasons reason good health family years now work".split())


_LEAVING = frozenset("leave leaves left leaving depart departs departed departing head heads".split())


def _leaves_for_work(window: Window, trigger: Trigger) -> bool:
    """Whether "left for" names work or a reason, not a journey: "left for a rival", not "left for a fair"."""
    doc = window.doc
    if window.lows[trigger.head] not in _LEAVING:
        return True
    start = next((i for i in range(trigger.head + 1, min(trigger.head + 4, len(doc))) if window.lows[i] == "for"), None)
    if start is None:
        return True
    for pobj in doc[start].children:
        name = window.name_at.get(pobj.i)
        if name is not None:
            return not name.weak
        return (
            (pobj.tag_ == "NNP" and pobj.ent_type_ not in ("GPE", "LOC", "FAC", "EVENT", "DATE", "TIME"))
            or pobj.i in window.title_at
            or pobj.lower_ in common_nouns("post")
            or pobj.lower_ in common_nouns("company")
            or pobj.lower_ in _REASONS
        )
    return True
