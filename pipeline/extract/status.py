"""How sure the article is of an event (status), and whether it is news or history (scope)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pipeline.extract.control import is_kept_from
from pipeline.extract.facts_behind import OVER, behind_fact
from pipeline.extract.grammar import auxiliaries, is_finite, is_passive, is_verb, takes_infinitive
from pipeline.extract.hearsay import doubted, given_up, is_asked
from pipeline.extract.listed import is_told_by_rank
from pipeline.extract.mentions import Window
from pipeline.extract.minutes import resolved
from pipeline.extract.nominees import nominee_status
from pipeline.extract.outlooks import (
    Outlook,
    is_moved,
    is_wished,
    on_condition,
    opens_telling,
    ought,
    outlook,
    undecided,
)
from pipeline.extract.periods import Tense
from pipeline.extract.triggers import Trigger
from pipeline.extract.turned_down import is_turned_down
from pipeline.inflect import verb_forms
from pipeline.records import DIRECTIONS, Status
from pipeline.rulebook import read_data, remembered

if TYPE_CHECKING:
    from spacy.tokens import Token


class Cues:
    """Word lists of `cues.toml`, as sets."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.negations = frozenset(data["negations"])
        self.deniers = frozenset(data["deniers"])
        self.may = frozenset(data["may"])
        self.rumour_words = frozenset(data["rumour_words"])
        self.rumour_verbs = frozenset(data["rumour_verbs"])
        self.plan_words = frozenset(data["plan_words"])
        self.proposal_words = frozenset(data["proposal_words"])
        self.conditionals = frozenset(data["conditionals"])
        self.service_roles = frozenset(data["service_roles"])
        self.requests = frozenset(data["requests"])
        self.refusals = frozenset(data["refusals"])
        self.hearsay_nouns = frozenset(data["hearsay_nouns"])
        self.hearsay_verbs = frozenset(data["hearsay_verbs"])
        self.rejecting = frozenset(data["rejecting"])
        self.false_words = frozenset(data["false_words"])
        self.plan_nouns = frozenset(data["plan_nouns"])
        self.given_up = frozenset(data["given_up"])
        self.granted = frozenset(data["granted"])
        self.imagining = frozenset(data["imagining"])
        self.aspiring = frozenset(data["aspiring"])
        self.fiction_phrases = tuple(data["fiction_phrases"])
        self.outlook = Outlook(data["outlook"])


_DENYING = frozenset({"denies", "denied", "denying", "deny"})  # headlines: "Roe denies he is on his way out"
_NEAR_WORDS = 6  # "is in the running to become the next"


_ASSERTING = frozenset(
    "said announced says say confirmed added adding disclosed told tells informed noted promised vowed pledged".split()
)


def status_of(window: Window, trigger: Trigger, cues: Cues) -> tuple[Status | None, str]:
    """Status of an event by the words that govern its trigger; None with a reason where it is no event at all."""
    if (put_up := nominee_status(window, trigger)) is not None:
        return put_up
    if is_turned_down(window, trigger):
        return "denied", "refused"
    verb = governor(window, trigger)
    sentence = window.sentence_of(trigger.head)
    if is_asked(window, sentence.first, sentence.last):
        going = verb.tag_ == "VBG" and DIRECTIONS[trigger.rule.action] == "out" and not trigger.rule.weak
        return ("rumored" if going else None), "question"  # "Is Roe leaving Acme?" tells of talk that he is
    if _conditional(verb, cues):
        return undecided(verb, cues.outlook) or (None, "hypothetical")
    noun = verb.head if trigger.rule.kind == "modifier" and verb.head.head.lower_ == "as" else verb
    chain = [verb, *_chain(noun)]  # "proposed Roe as new director"
    aside = behind_fact(trigger, chain)
    if trigger.rule.kind == "modifier" and _presupposed(window, trigger, cues):
        return trigger.rule.status or "done", "presupposed"
    if not cues.imagining.isdisjoint(t.lower_ for t in chain[1:]):
        return None, "imagined"
    if _to_infinitive(verb) and verb.head.lower_ in cues.aspiring:
        return None, "hypothetical"  # "was determined to be chairman"
    told = doubted(window, trigger.head, chain, cues)
    status, reason = _by_words(window, trigger, chain, cues)
    if aside is not None and (status != "planned" or trigger.rule.action in OVER):
        return _by_words(window, trigger, aside, cues)
    if status in ("done", "planned", "proposed", "rumored"):
        status, reason = outlook(window, trigger, chain, cues.outlook) or (status, reason)
    if status == "planned":
        status, reason = on_condition(chain, cues.outlook) or (status, reason)
    # A denial told on by others stays one, and so does a proposal; what they "declined to confirm" is a rumour.
    if told is not None and (told[0] == "denied" or status in ("done", "planned") or reason == "denied"):
        return told
    if status == "done" and trigger.rule.kind == "verb" and resolved(verb):
        return "proposed", "resolution"
    return status, reason


@remembered()
def _gaining() -> frozenset[str]:
    """Forms of verbs whose object is who is gained: of "plans to name new chairman Roe" the verb tells the status."""
    return frozenset(form for verb in read_data("cues.toml")["gaining"] for form in verb_forms(verb))


def _presupposed(window: Window, trigger: Trigger, cues: Cues) -> bool:
    """Whether something else is said of who is new or goes: "wants new chairman Roe to sell the mill"."""
    sentence = window.sentence_of(trigger.head)
    title = next((window.title_at[i] for i in range(trigger.last, trigger.last + 4) if i in window.title_at), None)
    behind = title.last if title is not None else sentence.last
    behind += behind < sentence.last and window.words[behind] == ","
    name = window.name_at.get(behind) if behind < sentence.last else None
    if title is None or name is None or name.kind != "person":
        return False
    verb = next((token for token in window.doc[title.last - 1].ancestors if is_verb(token)), None)
    before = trigger.head - 1  # "its likely new chairman", "not the new chairman"
    before -= before > sentence.first and window.lows[before] in ("the", "a", "an", "its", "their", "his", "her")
    hedged = before >= sentence.first and window.lows[before] in cues.rumour_words | cues.negations
    return not hedged and verb is not None and verb.lower_ not in _gaining()


def _by_words(window: Window, trigger: Trigger, chain: list[Token], cues: Cues) -> tuple[Status | None, str]:
    """As `status_of`, by the verb itself, its auxiliaries, the verbs that embed it, and the words before it."""
    verb, token = chain[0], window.doc[trigger.head]
    own = {t.lower_ for t in auxiliaries(verb)} if is_verb(verb) else set()
    words = {t.lower_ for t in chain if t.i not in trigger.words or (t == verb and len(trigger.words) == 1)}
    helpers = own | {h.lower_ for t in chain[1:3] for h in auxiliaries(t)}
    sentence = window.sentence_of(trigger.head)
    inside = window.doc[trigger.words[0] : trigger.words[-1]]  # "is likely to be"
    near = _near(window, trigger, verb, cues) | {t.lower_ for t in inside if t.i not in trigger.words}
    wanting = opens_telling(chain)
    words, near = words - wanting, near - wanting
    phrase = frozenset(trigger.words)  # "contract was not renewed" is a wording of its own
    if trigger.rule.kind == "noun" and any(_negated(v, phrase) for v in chain[1:2] if is_verb(v)):
        return "denied", "negated"
    if words & cues.deniers and words & cues.deniers != {verb.lower_}:
        return "denied", "denied"
    if _no_longer(window, trigger, own):
        return "denied", "negated"
    plans_no = token.i > sentence.first and near & cues.negations and _plans_no(window, trigger, cues)
    if (
        _negated(verb, phrase)
        or plans_no
        or is_kept_from(verb)
        or (not is_verb(verb) and not _DENYING.isdisjoint(near))
    ):
        return "denied", "negated"
    if "would" in own:
        said = bool(words & _ASSERTING) or _said_that(verb)
        if token.lower_ == "would" and not said:
            return None, "hypothetical"  # "who would be a good chairman"
        if trigger.rule.status in ("proposed", "rumored", "denied"):
            return trigger.rule.status, "rule"
        return ("planned" if said else "rumored"), "would"
    if ought(window, trigger, verb, own):
        return "proposed", "call"
    proposed = cues.proposal_words & ({t.lower_ for t in chain[1:]} | near)
    if proposed and trigger.rule.kind == "noun" and trigger.rule.status == "rumored":
        return "proposed", "proposal"  # "nominated four candidates"
    if trigger.rule.status is not None and trigger.rule.status != "planned":
        return trigger.rule.status, "rule"
    if _to_infinitive(verb) and verb.dep_ in ("xcomp", "ccomp") and verb.head.lower_ in cues.requests:
        return "proposed", "request"
    above = next((token for token in chain[1:] if is_verb(token)), None)
    if (
        trigger.rule.kind == "noun"
        and above is not None
        and _to_infinitive(above)
        and above.head.lower_ in cues.requests
    ):
        return "proposed", "request"  # "will be asked to approve the appointment of Roe"
    if (DIRECTIONS[trigger.rule.action] == "out" and ("must" in own or is_wished(verb))) or is_moved(verb):
        return ("denied", "given up") if given_up(window, chain, cues) else ("proposed", "wish")
    if words & cues.proposal_words or near & cues.proposal_words:
        return ("denied", "given up") if given_up(window, chain, cues) else ("proposed", "proposal")
    if helpers & cues.may or near & cues.rumour_words or (words - {verb.lower_}) & cues.rumour_verbs:
        return "rumored", "modal"
    if any(t.lower_ in cues.hearsay_verbs and is_passive(t) for t in chain[1:3]):
        return "rumored", "report"  # "is said to be leaving"
    if _is_planned(trigger, verb, helpers, words | near, cues):
        return ("denied", "given up") if given_up(window, chain, cues) else ("planned", "future")
    glad = verb.dep_ == "xcomp" and any(is_verb(t) and is_finite(t) for t in verb.ancestors)
    stated = glad or takes_infinitive(verb.head)  # "is glad to welcome Roe"
    ranked = verb.dep_ in ("relcl", "acl") and verb.head.dep_ == "attr"  # "Roe is the third executive to quit"
    ranked = ranked or is_told_by_rank(window, trigger)
    headline = sentence.start == 0 and not stated and not ranked  # "Roe to retire", not "named to succeed Kim"
    if _to_infinitive(verb) and (verb.dep_ == "ROOT" or _be_to(verb) or headline):
        return "planned", "infinitive"
    if own == {"be"} and verb.dep_ == "ccomp":
        return "proposed", "call"  # "asked that Roe be suspended"
    if verb.tag_ == "VBG" and verb.head.lower_ in ("on", "over", "against") and verb.head.head.lower_ in _VOTES:
        return "proposed", "vote"  # "voted on confirming Roe"
    return "done", "asserted"


_VOTES = frozenset("vote votes voted voting debate debates debated debating".split())


def _said_that(verb: Token) -> bool:
    """Whether a clause is what somebody says though it hangs on a noun: "said after a meeting that Roe would lead".

    Also one within what is said: "said that Roe would succeed Kim, who would retire".
    """
    told = any(child.lower_ == "that" and child.dep_ == "mark" for child in verb.children)
    teller = next((token for token in verb.ancestors if is_verb(token)), None)
    if told and teller is not None and teller.lower_ in _ASSERTING:
        return True
    return verb.dep_ == "relcl" and any(t.dep_ == "ccomp" and t.head.lower_ in _ASSERTING for t in verb.ancestors)


def _is_planned(trigger: Trigger, verb: Token, helpers: set[str], words: set[str], cues: Cues) -> bool:
    near = [token.lower_ for token in verb.doc[max(verb.i - 2, 0) : verb.i]] == ["about", "to"]
    if near or helpers & {"will", "'ll", "’ll", "shall", "wo"} or words & cues.plan_words:
        return True
    # "was hired away to be president", "rose to lead its sales": he does by now
    came = verb.head.lower_ in _CAME_TO and (verb.head.tag_ != "VBN" or bool(auxiliaries(verb.head)))
    past = _to_infinitive(verb) and (_brought(verb.head) or came)
    return trigger.rule.status == "planned" and not past


_CAME_TO = frozenset({"went", "rose", "came", "got", "proceeded", "managed", "confirmed"})  # "went on to run Acme"


def _brought(verb: Token) -> bool:
    return verb.tag_ == "VBN" and is_passive(verb) and any(t.lower_ in ("was", "were") for t in auxiliaries(verb))


def _near(window: Window, trigger: Trigger, verb: Token, cues: Cues) -> set[str]:
    """The words before a trigger in its own clause: no relative clause closed before it, no verb coordinated to it."""
    doc, first = window.doc, max(window.sentence_of(trigger.head).first, trigger.head - _NEAR_WORDS)
    if verb.dep_ == "conj" and is_finite(verb):
        first = max(first, max((c.i for c in verb.head.children if c.dep_ == "cc" and c.i < verb.i), default=0))
    above = {verb.i, *(t.i for t in verb.ancestors)}
    return {
        t.lower_
        for t in doc[first : trigger.head]
        if (t.tag_ == "MD" or t.lower_ not in cues.may) and not _in_other_relative(t, above)  # "in May" is a month
    }


def _in_other_relative(token: Token, above: set[int]) -> bool:
    for _ in range(5):
        if token.dep_ == "relcl":
            return token.i not in above
        if token.head == token:
            return False
        token = token.head
    return False


def governor(window: Window, trigger: Trigger) -> Token:
    """The verb that carries tense and mood: the trigger itself, or what a noun trigger depends on."""
    token = window.doc[trigger.head]
    if token.dep_ in ("aux", "auxpass") and token.head.i in trigger.words:
        return token.head  # "would be gone"
    if trigger.rule.kind == "verb" and token.tag_ in ("NN", "NNS"):
        verbs = [window.doc[index] for index in trigger.words if window.doc[index].tag_ in ("VBN", "VBD", "VBZ", "VB")]
        return verbs[-1] if verbs else token  # "his duties will be taken over by"
    if token.lower_ in ("will", "to") or token.tag_ == "MD":
        for index in trigger.words[1:]:
            if window.doc[index].tag_.startswith("VB"):
                return window.doc[index]
    if trigger.rule.kind == "verb" and token.tag_.startswith("N"):  # "her duties will be handled by Roe"
        return next((window.doc[i] for i in trigger.words if window.doc[i].tag_.startswith("VB")), token)
    return token


def _chain(verb: Token) -> list[Token]:
    """Verbs (and plan nouns) that embed a trigger: "agreed to join", "is expected to be named"."""
    chain, token = [], verb
    for _ in range(4):
        if (
            token.dep_
            not in ("xcomp", "ccomp", "acomp", "acl", "pcomp", "prep", "pobj", "dobj", "oprd", "conj", "advcl")
            or token.head == token
        ):
            break
        if token.dep_ == "advcl" and not any(c.lower_ == "to" for c in token.children):
            break
        if token.dep_ == "acl" and token.tag_ == "VBN" and not any(c.dep_ == "mark" for c in token.children):
            break  # "Roe, fired in May"; but "the demand that Roe be fired"
        if token.dep_ == "conj" and not is_verb(token.head):
            break
        if token.dep_ in ("pobj", "dobj") and is_verb(verb) and token == verb:
            break
        if token.dep_ == "conj":
            token = token.head
            continue
        token = token.head
        chain.append(token)
    return chain


def _negated(verb: Token, but: frozenset[int]) -> bool:
    """Whether a verb or what it completes is negated, by other words than those given."""
    token = verb
    for _ in range(3):
        if any(child.dep_ == "neg" and child.lower_ != "no" and child.i not in but for child in token.children):
            return True
        if any(child.dep_ in ("nsubj", "nsubjpass") and _is_neither(child) for child in token.children):
            return True
        had = token.dep_ == "ccomp" and token.tag_ == "VBN" and token.head.lower_ in ("have", "has", "had")
        if (token.dep_ in ("xcomp", "oprd") or had) and token.head != token:
            token = token.head  # "will not have her contract renewed"
            continue
        return False
    return False


def _is_neither(subject: Token) -> bool:
    """Whether what a verb says is denied of each of several: "Neither Roe nor Kim will leave"."""
    return subject.lower_ == "neither" or any(child.lower_ == "neither" for child in subject.children)


def _plans_no(window: Window, trigger: Trigger, cues: Cues) -> bool:
    """ "no plans to leave", "refused to resign", "never resigned", "has no intention of leaving"."""
    sentence = window.sentence_of(trigger.head)
    words = [t.lower_ for t in window.doc[max(sentence.first, trigger.head - 6) : trigger.head]]
    text = " ".join(words)
    if any(word in words[-4:] for word in cues.refusals):
        return True
    return any(
        f"no {noun}" in text or f"not {noun}" in text
        for noun in (
            "plan",
            "plans",
            "intention",
            "intent",
            "immediate plans",
            "desire",
            "thought",
            "thoughts",
            "current plans",
            "longer plans",
        )
    ) or (bool(words) and "never" in words[-2:])


def _no_longer(window: Window, trigger: Trigger, own: set[str]) -> bool:
    """ "Will no longer join Acme": given up; "will no longer be chairman" is a loss, with wordings of its own."""
    before = [t.lower_ for t in window.doc[max(trigger.head - 3, 0) : trigger.head]]
    return "will" in own and before[-2:] == ["no", "longer"] and DIRECTIONS[trigger.rule.action] == "in"


def _conditional(verb: Token, cues: Cues) -> bool:
    for child in verb.children:
        if (child.dep_ == "mark" or child.lower_ in ("whether", "whenever")) and child.lower_ in cues.conditionals:
            return True
        if child.lower_ == "whenever" and child.dep_ == "advmod":
            return True  # "whenever Roe stands down"
    token = verb
    for _ in range(2):
        if token.dep_ in ("xcomp", "conj") and token.head != token:
            token = token.head
            if any(c.dep_ == "mark" and c.lower_ in cues.conditionals for c in token.children):
                return True
    return False


def _to_infinitive(verb: Token) -> bool:
    return verb.tag_ == "VB" and any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.children)


def _be_to(verb: Token) -> bool:
    return verb.dep_ == "xcomp" and verb.head.lower_ in (
        "is",
        "are",
        "was",
        "were",
        "due",
        "set",
        "slated",
        "scheduled",
    )


_SINCE_REACH = 5  # words from "since" to the noun of the loss


def tense_of(window: Window, trigger: Trigger, status: Status | None, marked: bool) -> Tense | None:
    """Tense for resolving a date that goes with a trigger.

    `marked` dates ("effective", "from") may lie ahead though the verb is past: "was named chairman, effective May 1".
    """
    verb = governor(window, trigger)
    before = window.lows[max(trigger.head - _SINCE_REACH, 0) : trigger.head] if trigger.rule.kind == "noun" else []
    if "since" in before or (status == "done" and not marked and not {"following", "after"}.isdisjoint(before)):
        return "past"  # "has been vacant since Roe's departure in March", "following the departure of Kim in July"
    if status == "proposed" and verb.tag_ in ("VBD", "VBN"):
        return None  # "nominated her in May", "nominated her for the meeting in May"
    if status in ("planned", "proposed"):
        return "future"
    helpers = {t.lower_ for t in auxiliaries(verb)} if is_verb(verb) else set()
    if marked and verb.tag_ == "VBG" and helpers & {"is", "are"}:
        return "future"  # "is leaving effective Friday"
    if marked or not is_verb(verb):
        return None
    if status == "rumored" and any(t.tag_ == "MD" for t in auxiliaries(verb)):
        return "future"
    loose = verb.dep_ == "ROOT" and window.sentence_of(verb.i).kind == "prose"  # "Let go by Acme in May, she ..."
    joined = verb.dep_ in ("acl", "advcl", "amod") or loose  # "Roe, appointed in May,"
    reduced = verb.tag_ == "VBN" and not helpers and joined
    past = reduced or verb.tag_ == "VBD" or (verb.tag_ == "VBN" and bool(helpers & {"was", "were", "had"}))
    return "past" if past and not helpers & {"has", "have", "is", "are", "will"} else None
