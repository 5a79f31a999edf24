"""What a relative clause says of the noun before it, and clauses that the parse only takes for relative ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = ("nsubj", "nsubjpass", "csubj")
RELATIVES = frozenset({"who", "whom", "that", "which", "whose"})

Part = Literal["subject", "object", "none"]


def relative_role(verb: Token) -> Part:
    """What the noun before a relative clause is in it: subject, object, or none: "the day Roe left", "where Roe left".

    None also of what is no relative clause: "a report that Roe had left", "a new problem - Roe has left".
    """
    subject = next((child for child in verb.children if child.dep_ in SUBJECTS), None)
    if subject is None or subject.lower_ in RELATIVES or is_of_whom(verb):
        return "subject"
    if _is_content(verb) or _is_set(verb, subject) or _begins_anew(verb):
        return "none"
    return "object"


def is_of_whom(verb: Token) -> bool:
    """Whether a relative clause is said of all named before it: "A and B, both of whom left"; not "one of whom"."""
    subject = next((child for child in verb.children if child.dep_ in SUBJECTS), None)
    if subject is None or subject.lower_ not in _EVERYBODY:
        return False
    return any(of.lower_ == "of" and any(word.lower_ == "whom" for word in of.children) for of in subject.children)


_EVERYBODY = frozenset({"all", "both", "each"})
_CONTENT_NOUNS = frozenset(
    "report reports rumor rumors rumour rumours speculation claim claims suggestion suggestions news talk fact story "
    "stories statement announcement word sign signs assertion".split()
)
_TELLING = frozenset("inform informs informed informing tell tells told notify notifies notified advised".split())


def _is_content(verb: Token) -> bool:
    """Whether a clause says what a noun reports, "a report that Roe had resigned"; it is no relative clause."""
    told = verb.head.dep_ == "dobj" and verb.head.head.lower_ in _TELLING  # "informed the exchanges that Roe resigned"
    content = told or verb.head.lower_ in _CONTENT_NOUNS
    return content and any(c.lower_ == "that" and c.i < verb.i for c in verb.children)


_TIMES = frozenset("time day days week weeks month months year years moment minute hour date reason way".split())
_OCCASIONS = frozenset("meeting assembly vote session ballot conference gathering congress convention ceremony".split())


def _is_set(verb: Token, subject: Token) -> bool:
    """Whether the noun is only when, where or why something happens: "by the time Roe left", "a vote at which"."""
    before = [child for child in verb.children if child.i < subject.i]
    placed = any(child.dep_ == "prep" or child.lower_ in ("where", "when", "why") for child in before)
    if verb.head.lower_ in _TIMES:
        return placed or not any(child.lower_ in ("that", "which") for child in before)
    return placed and verb.head.lower_ in _OCCASIONS  # not "Acme, where Roe became chairman"


def _begins_anew(verb: Token) -> bool:
    """Whether a dash or colon parts the noun from what is a clause of its own."""
    between = verb.doc[verb.head.i + 1 : verb.left_edge.i + 1]
    marked = any(word.text in ("-", "–", "—", "--", ":") for word in between)
    return marked and not any(child.lower_ in RELATIVES for child in verb.children)
