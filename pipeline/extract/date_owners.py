"""Whose day a date is: the verb in whose clause it stands, and which events of other clauses share it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_MEETINGS = frozenset({"meeting", "meetings", "agm", "egm", "assembly", "vote", "session"})
_HELD = frozenset({"held", "scheduled", "planned", "set", "due", "convened", "called", "takes", "take"})
_MEETING_REACH = 6  # words back from "held": "meeting of shareholders that will be held"
_OWN_TIME = frozenset({"at", "after", "upon", "following", "when", "once", "until"})
_INQUIRIES = frozenset({"inquiry", "enquiry", "investigation", "probe", "review", "inquest"})
_WHEN = frozenset({"when", "once", "as"})
_DECIDES = frozenset("met meets voted votes decided decides agreed agrees ruled convened gathered sat".split())
_BEHIND = frozenset({"after", "following", "since", "despite", "amid", "before"})
# What is told, decided or done on a day named as its: "Friday's announcement", "at last week's meeting".
_OCCASIONS = _MEETINGS | frozenset(
    "announcement statement decision filing ballot election elections reshuffle shake-up shakeup shuffle overhaul "
    "purge conference congress convention news release memo letter edition".split()
)
_PERIODS = frozenset({"week", "month", "quarter", "year", "season", "summer", "autumn", "fall", "winter", "spring"})
_ABOVE = 10  # steps up from a date to its verb


def date_owner(token: Token) -> Token | None:
    """The verb whose clause a date stands in; the day of a meeting is that of what happens there."""
    head = token.head
    for _ in range(_ABOVE):
        if head.tag_.startswith("VB") and not (_of_meeting(head) or _of_letter(head) or _opens_after(head, token)):
            return head
        if head.head == head:
            return None
        head = head.head
    return None


def within_noun(token: Token, others: frozenset[int]) -> bool:
    """Whether a date belongs to the noun of another event: the appointment "follows Kim's departure in January"."""
    head = token.head
    for _ in range(_ABOVE):
        if head.lower_ == "pending" or (head.lower_ == "into" and head.head.lower_ in _INQUIRIES):
            return True  # "suspended pending an inquiry into a mishap on Tuesday"
        if head.lower_ in _BEHIND and head.dep_ == "prep":
            return any(head.i < other < token.i for other in others)  # "following the departure of Kim in July"
        if head.tag_.startswith("VB") or head.head == head:
            return False
        if head.i in others:
            return True
        head = head.head
    return False


def _opens_after(verb: Token, token: Token) -> bool:
    """Whether a clause begins behind a date hung into it: "quit last month after the company cut its forecast"."""
    return verb.dep_ == "advcl" and any(c.dep_ == "mark" and c.i > token.i for c in verb.children)


def _of_letter(verb: Token) -> bool:
    """ "In an email sent to staff on Monday, Acme said": the day of the letter is that of what it tells."""
    return verb.tag_ == "VBN" and verb.dep_ == "acl" and verb.head.lower_ in _LETTERS and verb.lower_ in _SENT


_LETTERS = frozenset(
    "statement email e-mail memo memorandum letter note message filing release notice post announcement".split()
)
_SENT = frozenset("sent issued released published posted dated circulated filed emailed distributed written".split())


def told_behind(doc: Doc, first: int, words: frozenset[int]) -> str | None:
    """The "after" or "before" of the thing that a date is told of: "after a loss in May", "ahead of a vote on".

    Args:
        doc: The window's doc.
        first: The first word of the date.
        words: The words of the trigger, which are no such thing.
    """
    index = first - 1
    while index > 0 and doc[index].tag_ in _NOUN_PHRASE and index not in words:
        index -= 1
    thing = {token.lower_ for token in doc[index + 1 : first]}
    if not thing or doc[first - 1].tag_ not in ("NN", "NNS", "NNP"):
        return None
    if doc[index].lower_ == "before" or [doc[index - 1].lower_, doc[index].lower_] == ["ahead", "of"]:
        return "before"
    own = thing & (_SPANS | _MEETINGS)  # "after ten years in May", "after the meeting in May"
    return "after" if doc[index].lower_ in _BEHIND and not own else None


_NOUN_PHRASE = frozenset("DT PRP$ JJ JJR JJS NN NNS NNP CD VBN POS HYPH".split())
_SPANS = frozenset(
    "year years month months decade decades week weeks term terms spell stint tenure career season seasons".split()
)
_CIRCUMSTANCE = frozenset({"as", "because", "since", "although", "though", "while", "whereas", "after", "before"})


def circumstance(owner: Token, event: Token) -> bool:
    """Whether a clause tells what goes on besides: "named Roe as it prepares for a listing in June"."""
    if owner.dep_ != "advcl" or embeds(owner, event):
        return False
    had = owner.tag_ == "VBN" and any(c.lower_ == "having" for c in owner.children)  # "having left Acme in 2019"
    return had or any(c.dep_ == "mark" and c.lower_ in _CIRCUMSTANCE for c in owner.children)


def of_trading(owner: Token, event: Token) -> bool:
    """Whether a day is that on which a price moved "after" the event: "shares fell on Monday after Roe quit"."""
    subjects = [c for c in owner.children if c.dep_ in ("nsubj", "nsubjpass")]
    if not any(word.lower_ in _TRADED for noun in subjects for word in noun.subtree if word.i < owner.i):
        return False
    token = event
    while token.head not in (token, owner):
        if token.head.dep_ == "conj" or token.dep_ == "ccomp":
            return False  # "fell on Monday after Acme said that Roe had quit" tells the day on which it said so
        token = token.head
    marks = {c.lower_ for c in token.children if c.dep_ in ("mark", "prep")}
    return token.head == owner and (token.lower_ in _BEHIND or not marks.isdisjoint(_BEHIND))


_TRADED = frozenset("share shares stock stocks scrip price prices index receipts bonds".split())


def _of_meeting(verb: Token) -> bool:
    """ "at the annual meeting to be held on May 14"."""
    bare = verb.tag_ == "VBN" and not any(c.dep_ in ("aux", "auxpass") for c in verb.children)
    if verb.lower_ not in _HELD or not (bare or verb.dep_ in ("acl", "relcl", "advcl")):
        return False
    return any(t.lower_ in _MEETINGS for t in verb.doc[max(verb.i - _MEETING_REACH, 0) : verb.i])


def embeds(verb: Token, token: Token) -> bool:
    """Whether a verb governs another's clause; the first of two coordinated verbs does not govern the second."""
    while token.head != token:  # spaCy makes a new object at each look-up
        if token.dep_ in ("relcl", "appos"):
            return False  # "Roe, who joined Acme, said on Monday"
        coordinated = token.dep_ == "conj"
        token = token.head
        if token == verb:
            return not coordinated
    return False


def _finite(event: Token) -> Token:
    """The verb that carries an infinitive: "elected Roe to fill the vacancy"."""
    while event.dep_ in ("xcomp", "advcl") and event.tag_ == "VB" and event.head.tag_.startswith("VB"):
        event = event.head
    return event


def goes_with(event: Token, owner: Token, first: int) -> bool:
    """Whether an event happens on the day of another verb.

    "will step down in May and become adviser", "In May he quit and joined Acme", "succeeds Kim when she leaves in May".
    """
    if owner.dep_ == "advcl" and any(c.lower_ in _WHEN and c.dep_ in ("advmod", "mark") for c in owner.children):
        return owner.i > event.i and (owner.head == event or embeds(owner.head, event)) and not _left_by(owner)
    event = _finite(event)
    if owner.dep_ == "conj" and owner.head == event and first > owner.i:
        same = owner.tag_ == event.tag_ and owner.tag_ in ("VBZ", "VB")  # "becomes chief and joins the board on May 1"
        return same and not any(c.dep_.startswith("nsubj") or c.dep_ == "aux" for c in owner.children)
    if event.dep_ != "conj" or event.head != owner:
        return False
    if first < owner.i:
        return event.tag_ == owner.tag_ or {event.tag_, owner.tag_} == {"VBD", "VBN"}
    own = any(c.dep_.startswith("nsubj") or c.lower_ in _OWN_TIME for c in event.children)
    return ahead(owner) and not own


def _left_by(owner: Token) -> bool:
    """Whether a clause tells what a thing came of: "fills a vacancy left when Kim quit in May"."""
    marks = [c for c in owner.children if c.lower_ in _WHEN and c.dep_ in ("advmod", "mark")]
    return any(c.i > 0 and c.nbor(-1).lower_ in _CAME_OF for c in marks)


_CAME_OF = frozenset("left created opened caused vacant empty open made vacancy".split())


def goes_along(event: Token, owner: Token) -> bool:
    """Whether a participle tells what a dated verb brings about: "will retire on March 31, leaving a firm of 90"."""
    return event.tag_ == "VBG" and event.dep_ == "advcl" and event.head == owner


def purposed(event: Token, owner: Token) -> bool:
    """Whether the day told with what somebody left for is that of leaving: "left to join Bolt in November"."""
    if owner.dep_ not in ("xcomp", "advcl") or owner.tag_ != "VB" or owner.head != event:
        return False
    return any(c.lower_ == "to" and c.dep_ == "aux" for c in owner.children)


def only_if(owner: Token) -> bool:
    """Whether a date stands in a condition, or in a fact in spite of which something happened."""
    if any(c.dep_ == "mark" and c.lower_ in ("if", "unless") for c in owner.children):
        return True
    if owner.tag_ != "VBG" or owner.dep_ not in ("pcomp", "acl"):
        return False
    fact = owner.head if owner.dep_ == "pcomp" else owner.head.head
    return fact.dep_ == "prep" and fact.lower_ in ("despite", "without")


def shares_effect(event: Token, owner: Token) -> bool:
    """ "Roe has resigned as chief and Kim has resigned as treasurer with effect from May 1": a day behind both."""
    if owner.i < event.i or owner.tag_ != event.tag_ or any(c.dep_ == "mark" for c in owner.children):
        return False
    beside = owner.dep_ == event.dep_ == "ccomp" and owner.head == event.head and owner.lower_ == event.lower_
    return beside or (owner.dep_ == "conj" and owner.head == event)


def ahead(verb: Token) -> bool:
    return any(c.tag_ == "MD" or c.lower_ == "to" for c in verb.children if c.dep_ == "aux")


_TELLS = frozenset("said says announced announces told tells confirmed confirms disclosed revealed reported".split())


def announces(owner: Token, event: Token) -> bool:
    """Whether a verb of telling governs an event, whatever stands between: "said today that Roe, who quit, is back"."""
    return owner.lower_ in _TELLS and embeds(owner, event)


def told_together(event: Token, owner: Token, first: int) -> bool:
    """Whether two clauses tell one thing or open with one day: "replaced its chief on Monday: Roe succeeded Kim"."""
    passive = event.tag_ == "VBN" and any(c.dep_ == "auxpass" and c.lower_ in ("was", "were") for c in event.children)
    if not first < event.i or owner.tag_ != "VBD" or not (event.tag_ == "VBD" or passive):
        return False
    between = {token.text for token in event.doc[owner.i : event.i]}
    return ":" in between or (";" in between and first < owner.i)


def opens_when(event: Token, last: int) -> bool:
    """Whether an event stands in the clause that says what happens on a date: "on May 1, when Kim retires"."""
    doc = event.doc
    opening = last + 1 if last < len(doc) and doc[last].text == "," else last
    if opening >= len(doc) or doc[opening].lower_ != "when":
        return False
    clause = doc[opening].head
    return clause.i > opening and (clause == event or clause in event.ancestors)


def after_body_met(event: Token, owner: Token) -> bool:
    """Whether an event came of what a body did on a day: "was suspended after the panel met on Tuesday"."""
    if owner.lower_ not in _DECIDES or owner.dep_ not in ("advcl", "pcomp"):
        return False
    behind = "after" in {owner.head.lower_, *(child.lower_ for child in owner.children)}
    above = owner.head if owner.dep_ == "advcl" else owner.head.head
    return behind and (above == event or embeds(above, event) or embeds(event, above))


def behind_noun(noun: Token, owner: Token, first: int) -> bool:
    """Whether a verb tells what came after an event told by its noun: "took over on May 1 after Kim's departure"."""
    token = noun
    while token.head != token and token != owner:
        if token.lower_ in _BEHIND and token.dep_ in ("prep", "mark"):
            inside = token.i < first <= token.right_edge.i + 1
            return not inside and (first < token.i or noun.i < owner.i)
        token = token.head
    return False


def presupposed(noun: Token, owner: Token) -> bool:
    """Whether a noun tells of an event of which something else is said: "said on Monday that her exit was no shock"."""
    verb = noun.head
    if noun.dep_ != "nsubj" or verb == owner or not embeds(owner, verb):
        return False
    begins = verb.lower_ in ("take", "takes", "took", "taking", "taken")
    return not begins and all(child.lower_ not in ("effective", "immediate") for child in verb.children)


def of_other_thing(event: Token, words: frozenset[int], first: int, last: int) -> bool:
    """Whether a period is the possessor of a thing that is neither told nor decided: "to lead this year's jury".

    A day so told is mostly that of the event: "sacked within hours of Saturday's defeat".
    """
    doc = event.doc
    if (
        last >= len(doc)
        or doc[last].text not in ("'s", "’s", "'", "’")
        or _PERIODS.isdisjoint(t.lower_ for t in doc[first:last])
    ):
        return False
    thing = doc[last - 1].head
    return thing.i > last and thing.i not in words and thing.lower_ not in _OCCASIONS
