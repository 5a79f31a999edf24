"""What only looks like a move: work that goes on, an office held, absence for a while, a vacancy that others fill."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.extract.guards import phrase_verb
from pipeline.extract.mentions import Window
from pipeline.extract.triggers import Trigger

if TYPE_CHECKING:
    from spacy.tokens import Token

# What goes on, is felt, can be done or is left to voters: "continues to lead", "is proud to serve", "will run to be".
_PRESENT = frozenset(
    "continue continues continued continuing remain remains remained help helps helped helping keep keeps kept use "
    "used learn learns learned learnt work works worked working manage manages managed fail fails failed able unable "
    "proud privileged honoured honored humbled grateful fortunate lucky placed equipped ready happy pleased "
    "delighted thrilled excited skills ability capacity experience expertise easy hard difficult stayed stays "
    "staying run runs ran running stand stands stood standing compete competes competed competing vie vies vied vying "
    "campaign campaigns campaigned campaigning".split()
)
_FELT = frozenset("ready happy pleased delighted thrilled excited honoured honored humbled proud privileged".split())
_NEWLY = frozenset("new next incoming newly appointed elected become".split())


def goes_on(window: Window, trigger: Trigger) -> bool:
    """Whether "to lead", "to serve as" tells of work that somebody has, not of an office gained."""
    if window.lows[trigger.head] != "to":
        return False
    verb = phrase_verb(window, trigger)
    if window.lows[trigger.head - 1 : trigger.head] == ["how"]:
        return True
    governor = _governor(verb)
    if governor is None or governor.lower_ not in _PRESENT:
        return False
    behind = window.lows[trigger.last + 1 : trigger.last + _BEHIND]
    return governor.lower_ not in _FELT or _NEWLY.isdisjoint(behind)


_BEHIND = 5  # words of an office behind "delighted to be", where "the new" may stand


def _governor(verb: Token) -> Token | None:
    """The word that an infinitive hangs on, coordinated infinitives and "to be head" included."""
    while verb.dep_ == "conj" and verb.head.tag_ == "VB":
        verb = verb.head
    return verb.head if verb.head != verb else None


_RANKING = frozenset("first second third fourth fifth sixth seventh eighth ninth tenth last only".split())


def ranks_holder(window: Window, trigger: Trigger) -> bool:
    """ "The third of her family to be chairman" tells who holds an office, not that anybody gains it."""
    if window.lows[trigger.head] != "to":
        return False
    opening = window.sentence_of(trigger.head).first
    first = max(opening, trigger.head - _RANKING_REACH)
    near = [
        i for i in range(first, trigger.head) if window.lows[i] in _RANKING and window.lows[i - 1] in ("the", "her")
    ]
    if not near or not _COMING.isdisjoint(window.lows[max(near[-1] - _COMING_REACH, opening) : near[-1]]):
        return False
    return not any(window.doc[i].tag_ in ("VBD", "VBZ", "VBP", "VBN", "MD") for i in range(near[-1], trigger.head))


# "Roe becomes the first woman to lead Acme"
_COMING = frozenset("become becomes became becoming will would make makes made making".split())
_COMING_REACH = 4  # words from "becomes" to "first"
_RANKING_REACH = 7  # words from "the first" to "to be"


_AWAY = frozenset("of sick ill injured with for on to there shopping campaigning walking".split())
_OUT_OF = frozenset("office job work power cabinet government post role".split())


def is_away(window: Window, trigger: Trigger) -> bool:
    """ "Was out of the country", "is out with a knee injury": away for a while; not "is out of a job"."""
    behind = window.lows[trigger.last + 1 : trigger.last + 4]
    if trigger.phrase != "be out" or not behind or behind[0] not in _AWAY:
        return False
    return _OUT_OF.isdisjoint(behind) and behind[:2] not in (["with", "immediate"], ["for", "good"])


_APPOINTING = frozenset("governor president mayor minister premier king queen council board".split())


def fills_by_naming(window: Window, trigger: Trigger) -> bool:
    """Whether who fills a vacancy appoints somebody: "has yet to fill a vacancy", "filled it by naming Kim"."""
    if not trigger.phrase.startswith("fill ~ vacancy"):
        return False
    inside, behind = window.lows[trigger.head : trigger.last], window.lows[trigger.last + 1 :]
    limit = window.sentence_of(trigger.head).last - trigger.last - 1
    names = any(a == "by" and b.endswith("ing") for a, b in pairwise(behind[:limit]))
    first = window.sentence_of(trigger.head).first
    return (
        names
        or not {"a", "any", "another"}.isdisjoint(inside)
        or not _APPOINTING.isdisjoint(window.lows[first : trigger.head])
    )


_NEARBY = frozenset("near close closer beside alongside behind like against among between akin loyal".split())


def is_beside(window: Window, trigger: Trigger) -> bool:
    """Whether "will be" leads to whom somebody is near: "was said to be close to the paper's owner"."""
    index = trigger.last + 1
    while index < len(window.doc) and window.doc[index].tag_ == "RB" and window.lows[index] not in _NEARBY:
        index += 1
    return trigger.phrase.endswith(" be") and not _NEARBY.isdisjoint(window.lows[index : index + 1])


def is_pictured(window: Window, trigger: Trigger) -> bool:
    """Whether "left" says where somebody stands in a picture: "Jane Roe, left, treasurer of Acme, at the opening"."""
    index = trigger.head
    if trigger.phrase != "leave" or window.lows[index] != "left" or window.words[index + 1 : index + 2] != [","]:
        return False
    name = window.name_at.get(index - 2)
    return window.words[index - 1] == "," and name is not None and name.kind == "person" and name.last == index - 1
