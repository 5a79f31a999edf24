"""What becomes of an event that lies ahead: calls and attempts that fail, what is near, what hangs on a condition."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from pipeline.extract.grammar import is_passive, is_verb
from pipeline.extract.mentions import Window
from pipeline.extract.triggers import Trigger
from pipeline.inflect import verb_forms
from pipeline.records import DIRECTIONS, Status

if TYPE_CHECKING:
    from spacy.tokens import Token

_NOUN_REACH = 8  # words from "calls" to the trigger: "calls by two of the funds for her resignation"
_PHRASE_REACH = 3  # words between "ruled out" and the trigger: "ruled out ever again stepping down"
_CLAUSE_ENDS = frozenset({",", ";", "and", "but", "that", "who", "which"})
_CALLS = frozenset("call calls petition petitions demand demands pressure appeal appeals".split())


class Outlook:
    """Word lists of `cues.toml` that tell what becomes of an event: verbs in all their forms, wordings as words."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.wish_nouns = frozenset(data["wish_nouns"])
        self.resisting = _verbs(data["resisting"])
        self.failing = _verbs(data["failing"])
        self.yielding = _verbs(data["yielding"])
        self.dropped = _wordings(data["dropped_before"])
        self.near = _wordings(data["near_before"])
        self.wished = _wordings(data["wished_before"])
        self.weighing = _verbs(data["weighing"])
        self.undecided = _verbs([*data["weighing"], *data["undecided"]])
        self.voting = _verbs(data["voting"])
        self.granting = _verbs(data["granting"])


def _wordings(entries: Iterable[str]) -> Mapping[int, frozenset[tuple[str, ...]]]:
    """Wordings as words, by their number."""
    found: dict[int, set[tuple[str, ...]]] = {}
    for entry in entries:
        words = tuple(entry.split())
        found.setdefault(len(words), set()).add(words)
    return {size: frozenset(wordings) for size, wordings in found.items()}


def _verbs(entries: Iterable[str]) -> Mapping[str, frozenset[str]]:
    """For each form of a verb the particles it needs; an empty one if it needs none: "brush off", "reject"."""
    found: dict[str, set[str]] = {}
    for entry in entries:
        verb, _, particle = entry.partition(" ")
        for form in _forms(verb):
            found.setdefault(form, set()).add(particle)
    return {form: frozenset(particles) for form, particles in found.items()}


@cache
def _forms(verb: str) -> tuple[str, ...]:
    return tuple(verb_forms(verb))


def _is_one_of(verb: Token, verbs: Mapping[str, frozenset[str]]) -> bool:
    """Whether a verb is one of a list, with the particle that the list asks for behind it."""
    particles = verbs.get(verb.lower_)
    if particles is None:
        return False
    behind = {token.lower_ for token in verb.doc[verb.i + 1 : verb.i + 3]}
    return "" in particles or not particles.isdisjoint(behind)


def outlook(window: Window, trigger: Trigger, chain: list[Token], cues: Outlook) -> tuple[Status, str] | None:
    """Status by what becomes of the wish, the attempt or the decision that a trigger's clause completes.

    Args:
        window: Holds the trigger.
        trigger: The wording of the event.
        chain: The trigger's verb and what governs it, nearest first.
        cues: The word lists.
    """
    before = _words_before(window, trigger)
    if _ends_with(before, cues.dropped):
        return "denied", "given up"
    decided = _decided(window.doc[trigger.head], cues) if trigger.rule.kind == "noun" else None
    if decided is not None:
        return decided
    noun = _wish(window, trigger, chain, cues)
    if noun is not None:
        fate = _fate(noun, cues)
        if fate is not None:
            return fate
        if noun.lower_ in _CALLS and noun.i < trigger.head:
            return "proposed", "call"  # "with a call for Roe to step down"
    if _is_called_for(chain) or _as_candidate(window, trigger):
        return "proposed", "call"
    if _ends_with(before, cues.wished):
        return "proposed", "proposal"
    weighed = any(_is_one_of(verb, cues.weighing) and not is_passive(verb) for verb in chain[1:] if is_verb(verb))
    if weighed or _ends_with(before, cues.near):
        return "rumored", "near"
    return None


def _words_before(window: Window, trigger: Trigger) -> list[str]:
    """The words before a trigger in its sentence, with any possessive as "their"; its own "to" is one of them."""
    first = window.sentence_of(trigger.head).first
    last = trigger.head + (window.lows[trigger.head] == "to")  # "had been due / to start as"
    words = [token.lower_ for token in window.doc[max(first, last - 9) : last] if not token.is_space]
    return ["their" if word in ("his", "her", "my", "our", "its") else word for word in words]


def _ends_with(words: list[str], wordings: Mapping[int, frozenset[tuple[str, ...]]]) -> bool:
    """Whether one of some wordings stands at the end of the words, or few words before it."""
    for last in range(len(words), max(len(words) - _PHRASE_REACH - 1, 0), -1):
        if any(size <= last and tuple(words[last - size : last]) in known for size, known in wordings.items()):
            return True
        if words[last - 1] in _CLAUSE_ENDS:
            return False
    return False


def _wish(window: Window, trigger: Trigger, chain: list[Token], cues: Outlook) -> Token | None:
    """The noun of "calls for her resignation", "a motion to oust him", that the trigger's clause completes."""
    doc, first = window.doc, window.sentence_of(trigger.head).first
    head = chain[0]
    above = {head.i, *(token.i for token in head.ancestors)}
    for token in chain[1:]:
        if token.lower_ in cues.wish_nouns and token.tag_.startswith("NN") and token.i < trigger.head:
            return token
    for token in reversed(doc[max(first, trigger.head - _NOUN_REACH) : trigger.head]):
        if token.lower_ in cues.wish_nouns and token.tag_.startswith("NN"):
            # the clause hangs on the noun, or both on one verb: "rejected calls / to resign"
            return token if token.i in above or token.head.i in above else None
    return None


def _is_called_for(chain: list[Token]) -> bool:
    """Whether calls are what the verb above an infinitive is said of: "pressure is growing on Roe to quit"."""
    if not any(child.lower_ == "to" for child in chain[0].children):
        return False
    if _is_for_whom(chain[0]):
        return True
    return any(child.lower_ in _CALLS and child.dep_ == "nsubj" for verb in chain for child in verb.children)


_TIMES = frozenset({"time", "campaign", "petition", "plea", "pleas"})
_PHRASE_TAGS = frozenset({"NN", "DT", "JJ", "TO", "PR", "PO", "VB", "RB"})
_SENTENCE_ENDS = frozenset(".?!;:")
_CALL_REACH = 9  # words from "calls" to "for": "calls from some of the party's deputies on Friday for Roe to quit"


def _is_for_whom(verb: Token) -> bool:
    """Whether an infinitive with a subject of its own completes a call: "a call for Roe to quit", "time for him to"."""
    at = verb.i - 1
    while at > 0 and (verb.doc[at].tag_[:2] in _PHRASE_TAGS or verb.doc[at].lower_ == "of"):
        at -= 1
    if at < 1 or verb.doc[at].lower_ != "for":
        return False
    near: set[str] = set()
    for token in reversed(list(verb.doc[max(at - _CALL_REACH, 0) : at])):
        if token.text in _SENTENCE_ENDS:
            break
        if token.tag_.startswith("NN"):
            near.add(token.lower_)
    return not near.isdisjoint(_CALLS) or verb.doc[at - 1].lower_ in _TIMES


_GOING = frozenset({"resigned", "dismissed"})
_MUST = frozenset({"must", "should", "ought"})


def ought(window: Window, trigger: Trigger, verb: Token, helpers: set[str]) -> bool:
    """Whether it is demanded that somebody go: "Roe must resign"; not "must resign by June", which is settled."""
    if trigger.rule.action not in _GOING or "have" in helpers:
        return False
    if _MUST.isdisjoint(helpers) and verb.head.lower_ != "ought":
        return False
    behind = window.lows[trigger.last + 1 : trigger.last + 3]
    return "by" not in behind and "if" not in window.lows[verb.left_edge.i : verb.i]


_CANDIDATES = frozenset({"candidate", "nominee", "preferred"})
_CANDIDATE_REACH = 4  # words from "as" to "candidate": "as the party's preferred candidate"


def _as_candidate(window: Window, trigger: Trigger) -> bool:
    """ "Picked Roe as his preferred candidate for the post": the post itself is still to be given."""
    last = window.sentence_of(trigger.head).last
    words = [token.lower_ for token in window.doc[trigger.last + 1 : last]]
    if "as" not in words or DIRECTIONS[trigger.rule.action] != "in":
        return False
    start = words.index("as") + 1
    return not _CANDIDATES.isdisjoint(words[start : start + _CANDIDATE_REACH]) and "," not in words[start : start + 3]


def _decided(noun: Token, cues: Outlook) -> tuple[Status, str] | None:
    """What is decided of an event told by its noun: "her appointment was blocked", "blocked her appointment"."""
    verb = noun.head
    if not is_verb(verb):
        return None
    if noun.dep_ == "dobj":
        return ("denied", "resisted") if _is_one_of(verb, cues.resisting) and not is_passive(verb) else None
    if noun.dep_ != "nsubjpass":
        return None
    if _is_one_of(verb, cues.resisting):
        return "denied", "resisted"
    helpers = {child.lower_ for child in verb.children if child.dep_ == "aux"}
    awaited = not helpers.isdisjoint(_STILL) or (verb.dep_ == "xcomp" and "to" in helpers)
    return ("proposed", "approval") if awaited and _is_one_of(verb, cues.granting) else None


_STILL = frozenset({"must", "should", "will", "may", "could", "can"})


def _fate(noun: Token, cues: Outlook) -> tuple[Status, str] | None:
    """What becomes of a wish: "rejected calls", "an attempt failed", "survived a vote", "bowed to pressure"."""
    place = noun
    while place.dep_ in ("pobj", "conj") and place.head != place and not is_verb(place.head):
        place = place.head
        if place.dep_ == "prep":
            place = place if is_verb(place.head) else place.head
            if place.dep_ == "prep":
                break
    verb = place.head
    if not is_verb(verb):
        return None
    if place.dep_ in ("dobj", "prep", "nsubjpass"):
        if _is_one_of(verb, cues.resisting):
            return "denied", "resisted"
        if _is_one_of(verb, cues.yielding):
            return "done", "yielded"
    if place.dep_ == "nsubj" and _is_one_of(verb, cues.failing):
        return "denied", "failed"
    return None


def undecided(verb: Token, cues: Outlook) -> tuple[Status, str] | None:
    """Status of a clause with "whether": "is weighing whether to leave", "will vote on whether to remove him"."""
    for token in verb.ancestors:
        if _is_one_of(token, cues.voting):
            return "proposed", "vote"
        if _is_one_of(token, cues.undecided):
            return "rumored", "undecided"
        if is_verb(token) and token.dep_ not in ("xcomp", "pcomp"):
            return None
    return None


def on_condition(chain: list[Token], cues: Outlook) -> tuple[Status, str] | None:
    """Status of what is to come only if something else does: "if the bid fails, Roe will quit", "if approved"."""
    for verb in chain:
        for clause in verb.children:
            if clause.dep_ != "advcl" or not any(child.lower_ in ("if", "unless") for child in clause.children):
                continue
            return ("proposed", "approval") if _is_one_of(clause, cues.granting) else ("rumored", "condition")
    return None


_FIGHTING = frozenset(
    form
    for verb in ("fight", "battle", "struggle", "push", "campaign", "plot", "conspire", "strive")
    for form in verb_forms(verb)
)


def is_wished(verb: Token) -> bool:
    """Whether a clause says what some want: "asked that Roe be removed", "rebels fighting to oust him"."""
    own = [child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")]
    subject = any(child.dep_ in ("nsubj", "nsubjpass") for child in verb.children)
    if verb.tag_ == "VBN" and own == ["be"] and subject and verb.dep_ in ("ccomp", "acl"):
        return True
    return verb.tag_ == "VB" and "to" in own and verb.head.lower_ in _FIGHTING


_MOTIONS = frozenset("meeting meetings resolution resolutions motion motions petition ballot egm agm".split())
_STRIVING = frozenset("looking look looks looked aiming aim aims aimed".split())
_CARRIED = frozenset("passed passes carried carries approved approves adopted adopts backed supported".split())


def is_moved(verb: Token) -> bool:
    """Whether a clause says what a meeting or motion is for: "called a meeting to oust Roe", "are looking to oust him".

    Not of a motion that was carried.
    """
    while verb.dep_ == "conj" and verb.head.tag_ == "VB":
        verb = verb.head
    to = next((child for child in verb.children if child.dep_ == "aux" and child.lower_ == "to"), None)
    if verb.tag_ != "VB" or to is None or to.i == 0:
        return False
    before = to.nbor(-1)
    if before.lower_ in _STRIVING:
        return before.tag_.startswith("VB")
    return before.lower_ in _MOTIONS and before.head.lower_ not in _CARRIED


_TELLING = frozenset("share announce say tell inform report confirm note add mention hear clarify stress".split())
_WANTING = frozenset("want wants wanted hopes".split())


def opens_telling(chain: Sequence[Token]) -> set[str]:
    """Words of wishing that only open what is told: the "want" of "I want to share that Roe has left"."""
    above = pairwise(chain)
    return {t.lower_ for verb, t in above if verb.lower_ in _TELLING and verb.tag_ == "VB" and t.lower_ in _WANTING}
