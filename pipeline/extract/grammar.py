"""Grammatical functions of a trigger in the parse, made independent of voice, clause type and coordination."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.extract.control import (
    KEEPING_FROM,
    antecedent,
    has_past_firm,
    has_past_office,
    leaver,
    owner,
    subject_behind_preposition,
    subject_beside,
    subject_of_clause_behind,
    succeeded,
    told_by_age,
)
from pipeline.extract.relatives import RELATIVES, SUBJECTS, is_of_whom, relative_role
from pipeline.inflect import verb_forms

if TYPE_CHECKING:
    from spacy.tokens import Token

_OBJECT_CONTROL = frozenset(
    form
    for verb in (
        "advise allow appoint ask assign authorise authorize beg bring cause challenge choose coax compel convince "
        "designate direct elect enable encourage enlist entice expect force get help hire implore instruct invite lead "
        "let lure move name nominate order permit persuade pick poach press pressure promote prompt propose push "
        "recall recruit require see select send tap tell tempt transfer urge want"
    ).split()
    for form in verb_forms(verb)
)


def is_verb(token: Token) -> bool:
    return token.tag_.startswith("VB")


def is_finite(verb: Token) -> bool:
    """Whether a verb or one of its auxiliaries is finite."""
    return any(
        token.tag_ in ("VBD", "VBZ", "VBP", "MD")
        for token in (verb, *verb.children)
        if token == verb or token.dep_ in ("aux", "auxpass")
    )


def auxiliaries(verb: Token) -> list[Token]:
    """Auxiliaries of a verb, those of the verb it is coordinated with included where it has none."""
    own = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    if not own and verb.dep_ == "conj" and verb.head.tag_ == verb.tag_ and is_verb(verb.head):
        return auxiliaries(verb.head)
    bare = all(t.lower_ in ("be", "been", "being", "not", "n't") for t in own)
    if own and bare and verb.dep_ == "conj" and is_verb(verb.head):
        return [*auxiliaries(verb.head), *own]  # "will retire and be succeeded by"
    return own


def _has_done(verb: Token) -> bool:
    """Whether what reads as a passive is "has" in short, with an object of its own: "It's also hired Roe"."""
    short = any(c.dep_ == "auxpass" and c.lower_ in ("'s", "’s") for c in verb.children)
    return short and any(c.dep_ == "dobj" and c.tag_ == "NNP" for c in verb.children)


def _done_by(verb: Token) -> bool:
    """Whether a supposed past tense is a participle: "a reshuffle that saw Roe replaced as treasurer by Kim"."""
    deps = {child.dep_ for child in verb.children}
    return verb.tag_ == "VBD" and verb.lower_ in _DONE_TO and "agent" in deps and "dobj" not in deps


_DONE_TO = frozenset(
    "replaced succeeded named appointed ousted removed dismissed fired sacked hired recruited poached elected promoted "
    "suspended installed nominated".split()
)


def is_passive(verb: Token) -> bool:
    """Whether a verb is in the passive, reduced relatives and coordinated participles included."""
    if verb.tag_ != "VBN" and not any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children):
        return _done_by(verb)
    if any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children):
        return not _has_done(verb)
    helpers = {child.lower_ for child in auxiliaries(verb)}
    if helpers & {
        "be",
        "been",
        "being",
        "is",
        "are",
        "was",
        "were",
        "get",
        "got",
        "gets",
        "'s",
        "’s",
    } and not helpers & {"has", "have", "had", "having"}:
        return True
    if helpers & {"has", "have", "had", "having", "'ve", "'d"}:
        return "been" in helpers
    if verb.dep_ == "conj" and is_verb(verb.head):
        return is_passive(verb.head)
    if any(child.dep_ == "agent" for child in verb.children) and not helpers:
        return True  # "wants Roe replaced by Kim"
    if any(child.dep_ == "nsubj" for child in verb.children):
        return False
    return verb.dep_ in ("acl", "advcl", "ROOT", "ccomp", "amod", "relcl", "dep", "appos", "xcomp")


@dataclass(frozen=True, slots=True)
class Arguments:
    """Logical subject and object of a trigger (None where the sentence has none), and whether it is passive."""

    subject: Token | None
    object: Token | None
    passive: bool
    inherited: bool = False


def _child(verb: Token, *deps: str) -> Token | None:
    for child in verb.children:
        if child.dep_ in deps:
            return child
    return None


def surface_subject(verb: Token, depth: int = 0) -> tuple[Token | None, bool]:
    """Surface subject of a verb, followed through control, coordination and participles; second: inherited."""
    if depth > 6:
        return None, True
    subjects = [child for child in verb.children if child.dep_ in SUBJECTS]
    own = subjects[-1] if subjects else None  # of two, "A veteran, Roe joins", the one at the verb
    if own is not None and not (has_past_office(verb, own) or has_past_firm(verb, own)):
        if own.lower_ in RELATIVES and verb.dep_ == "relcl":
            counted = _counted_among(verb.head)  # "is one of three who have left"
            return antecedent(verb) if counted is None else surface_subject(counted, depth + 1)[0], False
        gone = leaver(own) if _is_to_infinitive(verb) else None
        return subject_beside(verb, own) or gone or own, False
    beside = subject_of_clause_behind(verb) or subject_behind_preposition(verb) or told_by_age(verb)
    if beside is not None:
        return beside, False
    return _inherited_subject(verb, depth), True


_ON_CONTROL = frozenset("call calls called calling prevail prevails prevailed lean leans leaned leant".split())
_CALLS = frozenset("call calls pressure demand demands appeal appeals order orders".split())
# Whoever is the subject of these joins in the call; of any other verb, the one who is called upon.
_JOINING = frozenset(
    "join joins joined back backs backed support supports supported renew renews renewed repeat repeats repeated echo "
    "echoes echoed lead leads led issue issues issued make makes made sign signs signed step steps stepped".split()
)


def _called_on(verb: Token) -> Token | None:
    """Who is to act in "called on Roe to resign", "prevailed upon Roe to stay", "pressure grew on Roe to quit"."""
    calls = any(c.lower_ in _CALLS and c.dep_ in ("nsubj", "nsubjpass", "dobj") for c in verb.children)
    if verb.lower_ not in _ON_CONTROL and not calls:
        return None
    return _behind_on(verb)


def _behind_on(word: Token) -> Token | None:
    on = next((c for c in word.children if c.dep_ == "prep" and c.lower_ in ("on", "upon")), None)
    return _child(on, "pobj") if on is not None else None


def _called_to_act(noun: Token, depth: int) -> Token | None:
    """Who is to act in "rejected calls to resign", "is under pressure to quit", "put pressure on Roe to quit"."""
    named = _behind_on(noun) or (_behind_on(noun.head) if is_verb(noun.head) else None)
    if named is not None or (noun.dep_ == "dobj" and noun.head.lower_ in _JOINING):
        return named
    return _governor_subject(noun, depth)


def _inherited_subject(verb: Token, depth: int) -> Token | None:
    head = verb.head
    if head == verb:
        return None
    if verb.dep_ == "relcl" and _is_to_infinitive(verb):
        return _of_noun_clause(head, depth, verb)
    if verb.dep_ == "relcl":
        return head if relative_role(verb) == "subject" else None
    if verb.dep_ == "acl":
        return _of_noun_clause(head, depth, verb)
    if verb.dep_ in ("pcomp", "prep") or (verb.dep_ == "pobj" and verb.lower_.endswith("ing")):
        leaver = succeeded(verb, head.head)  # "succeeds Kim, due to retire"
        if leaver is not None:
            return leaver
        return _approached(head) or _governor_subject(head, depth)
    if verb.dep_ == "xcomp" or (
        verb.dep_ in ("ccomp", "advcl") and any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)
    ):
        if is_verb(head):
            leaver = succeeded(verb, head)
            if leaver is not None:
                return leaver
            controlled = _child(head, "dobj") if head.lower_ in _OBJECT_CONTROL else _called_on(head)
            if controlled is not None and not is_passive(head):
                return controlled
            return surface_subject(head, depth + 1)[0]
        return _governor_subject(head, depth)
    if verb.dep_ == "ccomp" and is_finite(verb):
        return None  # a finite clause has a subject of its own; the parse missed it
    if verb.dep_ == "conj" and verb.tag_ in ("VBD", "VBZ") and head.tag_ == "VB" and head.dep_ == "xcomp":
        return surface_subject(head.head, depth + 1)[0]  # "asked Kim to resign and hired Roe": not Kim hired
    if verb.dep_ in ("conj", "advcl", "ccomp", "dep", "parataxis", "oprd", "attr", "acomp"):
        if is_verb(head) or head.tag_ == "MD":
            return surface_subject(head, depth + 1)[0]
        return _governor_subject(head, depth) if verb.dep_ != "conj" else None
    return None


def _is_to_infinitive(verb: Token) -> bool:
    """Whether a verb is told as "to leave" or "to be fired"."""
    opening = min([verb, *(c for c in verb.children if c.dep_ in ("aux", "auxpass"))], key=lambda word: word.i)
    bare = verb.tag_ == "VB" and verb.i > 0 and verb.nbor(-1).lower_ == "to"
    return bare or (opening.lower_ == "to" and verb.tag_ in ("VB", "VBN"))


def takes_infinitive(verb: Token) -> bool:
    """Whether what a verb's object is to do comes with the verb: "named Roe to succeed Kim", "was forced to resign"."""
    return is_verb(verb) and verb.lower_ in _OBJECT_CONTROL


_PLAN_NOUNS = frozenset(
    "plan plans decision intention offer bid move desire wish choice announcement agreement attempt "
    "effort efforts invitation refusal threat pledge promise request opportunity talks discussions negotiations "
    "line running race contention".split()
)


_RANKS = frozenset("latest last next only newest".split())
_ORDINAL = re.compile(
    r"\d+(?:st|nd|rd|th)|first|second|third|(?:four|fif|six|seven|eigh|nin|ten|eleven|twelf|\w+teen|\w+tie)th"
)


def is_rank(word: str) -> bool:
    """Whether a word tells which one of several in a row: "third", "12th", "latest"."""
    return word in _RANKS or _ORDINAL.fullmatch(word) is not None


_ONE_OF = frozenset("one two three four some several part".split())


_STAFF = frozenset({"staff", "personnel", "crew", "workforce"})


def _counted_among(noun: Token) -> Token | None:
    """The verb of "Roe is one of three executives leaving", "Roe was among the five laid off"."""
    if noun.dep_ != "pobj" or not (noun.tag_ in ("NNS", "CD", "DT") or noun.lower_ in _STAFF):
        return None
    link = noun.head
    above = link.head
    if link.lower_ == "of" and above.lower_ in _ONE_OF and above.dep_ == "attr":
        above = above.head
    elif link.lower_ not in ("among", "amongst"):
        return None
    return above if above.lower_ in ("is", "are", "was", "were", "be", "been", "'s", "’s") else None


_APPROACHING = frozenset(
    "approach approaches approached approaching sound sounds sounded sounding court courts courted courting woo woos "
    "wooed ask asks asked contact contacts contacted consult consults consulted tempt tempts tempted talk talks talked "
    "persuade persuades persuaded coax coaxes coaxed bully bullied pressure pressured force forced interview "
    "interviews interviewed speak speaks spoke spoken meet meets met".split()
)


def _approached(preposition: Token) -> Token | None:
    """Who is to act in "sounded out Roe about taking over", "talked Roe into staying", "talks with Roe about joining".

    None where the clause speaks of the subject: "thought about leaving".
    """
    governor = preposition.head
    if preposition.lower_ not in ("about", "into", "from", "over") or is_passive(governor):
        return None
    if governor.lower_ in _APPROACHING or governor.lower_ in KEEPING_FROM:
        named = _child(governor, "dobj")
        if named is not None and named.lower_ not in _TALKS:
            return named
        governor = named if named is not None else governor
    elif governor.lower_ not in _TALKS:
        return None
    for word in (governor, governor.head):
        for child in word.children:
            if child.dep_ == "prep" and child.lower_ in ("with", "to"):
                return _child(child, "pobj")
    return None


_TALKS = frozenset("talks discussions conversations negotiations meetings".split())


def _of_noun_clause(noun: Token, depth: int, verb: Token) -> Token | None:
    gaining, leaving = verb.lower_ in _OFFICES, verb.lower_ in ("resign", "quit", "step", "stand")
    if noun.dep_ == "attr" and is_verb(noun.head) and any(is_rank(child.lower_) for child in noun.children):
        return surface_subject(noun.head, depth + 1)[0]  # "Roe is the third executive to quit"
    counted = _counted_among(noun)
    if counted is not None:
        return surface_subject(counted, depth + 1)[0]
    if noun.lower_ in _CALLS:
        return _called_to_act(noun, depth)
    if noun.lower_ in _PLAN_NOUNS:
        if gaining and noun.lower_ in _OFFERS:
            return _offered(noun, depth)
        if leaving and noun.lower_ in _OFFERS and noun.head.lower_ in _ANSWERING:
            return owner(noun)  # "Kim accepted the offer to resign": not Kim
        return owner(noun) or _governor_subject(noun, depth)
    return leaver(noun) or noun


_OFFERS = frozenset("offer offers invitation invitations".split())
_ANSWERING = frozenset("accept accepts accepted accepting reject rejects rejected refuse refused received".split())
_OFFICES = frozenset("become be lead head run chair serve take join coach manage edit succeed replace".split())


def _offered(noun: Token, depth: int) -> Token | None:
    """Who is to act in "accepted Kim's offer to become", "Kim's invitation to Roe to chair": not Kim."""
    to = next((child for child in noun.children if child.dep_ in ("prep", "dative") and child.lower_ == "to"), None)
    if to is not None:
        return _child(to, "pobj")
    return surface_subject(noun.head, depth + 1)[0] if is_verb(noun.head) and noun.dep_ == "dobj" else None


def _governor_subject(token: Token, depth: int) -> Token | None:
    """Subject of the verb that governs a preposition, noun or adjective."""
    for _ in range(8):
        if is_verb(token) or token.tag_ == "MD":
            return surface_subject(token, depth + 1)[0]
        for child in token.children:
            if child.dep_ == "poss":
                return child
        if token.head == token:
            return None
        token = token.head
    return None


def arguments(verb: Token) -> Arguments:
    """Logical subject and object of a verb."""
    passive = is_passive(verb)
    surface, inherited = surface_subject(verb)
    if verb.dep_ == "acl" and verb.tag_ == "VBN" and _child(verb, "mark") is None:
        counted = _counted_among(verb.head)
        surface = verb.head if counted is None else surface_subject(counted)[0]
        inherited = False
    if verb.dep_ == "relcl" and is_of_whom(verb):
        surface = verb.head
    if passive:
        return Arguments(agent_of(verb), surface, True, inherited)
    obj = _child(verb, "dobj", "dative")
    fronted = obj is None or (obj.lower_ in RELATIVES and obj.i < verb.i)
    if fronted and verb.dep_ == "relcl" and relative_role(verb) != "subject":
        obj = verb.head if relative_role(verb) == "object" else None
    if obj is not None and fronted and verb.dep_ == "ccomp" and obj.lower_ == "that":
        obj = None  # "said in its annual report that its treasurer would retire"
    return Arguments(surface, obj, False, inherited)


def agent_of(verb: Token) -> Token | None:
    """The noun after "by" of a passive."""
    for child in verb.children:
        if child.dep_ in ("agent", "prep") and child.lower_ == "by":
            return _child(child, "pobj")
    return None


def prepositional(head: Token, preposition: str) -> Iterator[Token]:
    """Objects of a preposition under a word, also one attached to its object or complement."""
    seen = set()
    for parent in (
        head,
        *[c for c in head.children if c.dep_ in ("dobj", "prt", "oprd", "attr", "advmod", "nsubjpass", "prep", "pobj")],
    ):
        for child in parent.children:
            if child.lower_ == preposition and child.i not in seen:
                seen.add(child.i)
                for pobj in child.children:
                    if pobj.dep_ in ("pobj", "pcomp"):
                        yield pobj


def coordinated(token: Token) -> list[Token]:
    """A noun with the nouns coordinated to it, in text order."""
    return sorted({token, *token.conjuncts}, key=lambda item: item.i)


def governing_verbs(verb: Token) -> Iterator[Token]:
    """Verbs up the clause chain, nearest first."""
    token = verb
    for _ in range(12):
        if token.head == token:
            return
        token = token.head
        if is_verb(token):
            yield token
