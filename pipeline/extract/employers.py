"""Whether a verb tells what an employer does, where it could as well tell of the person who comes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.common_nouns import common_nouns
from pipeline.extract.grammar import Arguments, takes_infinitive
from pipeline.extract.mentions import Title, Window
from pipeline.extract.state_offices import is_ruler
from pipeline.extract.triggers import Trigger
from pipeline.extract.view import View
from pipeline.inflect import verb_forms
from pipeline.rulebook import read_data, remembered

if TYPE_CHECKING:
    from spacy.tokens import Token

_OF_WHAT = frozenset({"on", "of", "about", "against"})  # "has decided against replacing Roe"


@remembered()
def _weighing() -> frozenset[str]:
    """Forms of the verbs behind which a replacement is only weighed: "is considering replacing Roe"."""
    outlook = read_data("cues.toml")["outlook"]
    return frozenset(form for verb in (*outlook["weighing"], *outlook["undecided"]) for form in verb_forms(verb))


def employer_acts(window: Window, trigger: Trigger, args: Arguments) -> bool:
    """Whether a verb tells what an employer does: "Acme replaced Roe", "the board wants to replace Roe".

    Not "named Kim to replace Roe", "elected Kim, replacing Roe", where it tells of the one who comes; "replaced Kim
    with Roe" has a rule of its own.
    """
    verb, subject = window.doc[trigger.head], args.subject
    sentence = window.sentence_of(trigger.head)
    if any(child.lower_ == "with" for child in verb.children):
        return False
    if verb.tag_ == "VBZ" and sentence.start and sentence.kind == "prose":
        return False  # outside headlines it is a person who "replaces Roe"
    weighed = verb.dep_ in ("pcomp", "xcomp") and verb.head.lower_ in _OF_WHAT | _weighing()
    loses = verb.lower_ == "losing"  # "had a bad year, losing its treasurer"
    if subject is None or (verb.tag_ == "VBG" and verb.dep_ not in ("ROOT", "conj") and not (weighed or loses)):
        return False
    if verb.tag_ == "VB" and verb.dep_ not in ("ROOT", "xcomp", "ccomp", "conj", "relcl"):
        plan = verb.head
        return verb.dep_ == "acl" and plan.lower_ in ("plan", "plans", "intention", "decision", "move", "bid")
    if takes_infinitive(verb.head) and verb.dep_ in ("xcomp", "ccomp"):
        return False
    name = window.name_at.get(subject.i)
    return (
        (name is not None and name.kind == "org")
        or subject.lower_ in common_nouns("employer")
        or subject.lower_ == "it"
        or (name is None and _is_part(window, subject))
    )


_TOP = re.compile(
    r"\b(?:prime minister|president|premier|king|queen|emir|sultan|governor|mayor|chancellor|ruler|leader|chairman|"
    r"chairwoman|chair|owner|chief executive|ceo)\b"
)
_LOWER = re.compile(r"\b(?:vice|deputy|acting|interim|former|new|incoming)\b")


def superior_acts(view: View, window: Window, trigger: Trigger, args: Arguments) -> bool:
    """Whether who stands above an office replaces its holder: "the president replaced his finance minister".

    It must be an office told before or instead of the holder's name; "Roe, the chairman, replaced Kim as treasurer"
    and "president Roe replaced Kim" tell of successions.
    """
    subject, holder = args.subject, args.object
    if window.lows[trigger.head] not in _replacing() or args.passive or subject is None or holder is None:
        return False
    office = window.title_at.get(holder.i)
    name = window.name_at.get(holder.i)
    if office is None and name is not None:
        behind = name.last + 2 if window.words[name.last : name.last + 1] == [","] else name.last
        office = window.title_at.get(name.first - 1) or window.title_at.get(behind)
    later = _behind_as(window, name.last) if name is not None and _is_of_ruler(window, subject) else None
    if later is not None:
        return not _is_top(later.text)
    own = name is None and any(child.lower_ in ("his", "her") for child in holder.children)
    if office is None or (_is_top(office.text) and not own) or "as" in window.lows[holder.i : holder.i + 3]:
        return False
    title = window.title_at.get(subject.i)
    if title is not None:
        return _is_top(title.text)
    person = window.name_at.get(subject.i)
    return person is not None and any(
        a.person == person.entity and not a.former and not a.new and _is_top(a.role) for a in view.affiliations
    )


def _is_of_ruler(window: Window, subject: Token) -> bool:
    """Whether a subject is a president, governor or mayor, by the title before the name, and of no firm."""
    name = window.name_at.get(subject.i)
    title = window.title_at.get(name.first - 1) if name is not None else window.title_at.get(subject.i)
    return title is not None and title.company is None and not title.former and is_ruler(title.text)


def _behind_as(window: Window, index: int) -> Title | None:
    """The office behind "as" right behind a name: "replaced Roe as director"."""
    at = index + 1 + (window.lows[index + 1 : index + 2] in (["the"], ["its"], ["his"], ["her"]))
    return window.title_at.get(at) if window.lows[index : index + 1] == ["as"] else None


def _is_top(role: str) -> bool:
    low = role.lower()
    return bool(_TOP.search(low)) and not _LOWER.search(low)


@remembered()
def _replacing() -> frozenset[str]:
    return frozenset(verb_forms("replace"))


def _is_part(window: Window, subject: Token) -> bool:
    """ "Acme's retail division", "its investment arm": a part of an employer, or of one spoken of."""
    if subject.lower_ not in common_nouns("unit"):
        return False
    owners = [child for child in subject.children if child.dep_ in ("poss", "compound", "nmod")]
    named = (window.name_at.get(child.i) for child in owners)
    return any(child.lower_ in ("its", "their") or child.lower_ in common_nouns("company") for child in owners) or any(
        name is not None and name.kind == "org" for name in named
    )
