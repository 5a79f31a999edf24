"""Of whom a clause speaks where the parse has another: relative clauses, plans, successions, coordinated clauses."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_ALLIES = frozenset(
    "ally aide adviser advisor critic supporter loyalist friend colleague protege protégé confidant confidante "
    "disciple deputy assistant lieutenant opponent rival associate follower".split()
)


def antecedent(verb: Token) -> Token:
    """Of whom a relative clause speaks: of Roe in "Roe, a close ally of Kim, who was dropped", not of Kim.

    Of the nearer of two names that the parse joins: of Roe in "In a row with Kim, Roe, who ran Acme, left".
    """
    noun = verb.head
    start = verb.left_edge.i
    near = verb.doc[start - 2] if start > 1 and verb.doc[start - 1].text == "," else noun
    if near.dep_ == "appos" and near.tag_ == "NNP" and near.head == noun and verb.doc[start].lower_ in ("who", "whose"):
        return near
    link = noun.head
    if noun.dep_ != "pobj" or link.lower_ not in ("of", "to"):
        return noun
    described = link.head
    while described.dep_ == "conj":
        described = described.head
    paused = any(token.text == "," for token in verb.doc[noun.i + 1 : verb.left_edge.i + 1])
    if paused and described.dep_ == "appos" and link.head.lower_ in _ALLIES and described.head.tag_ == "NNP":
        return described.head
    return noun


def owner(noun: Token) -> Token | None:
    """Whose plan a noun is, also where the parse makes it an apposition: "her predecessor Kim's decision".

    Also "the decision by Kim to quit", where nobody stands before the noun.
    """
    for child in noun.children:
        if child.dep_ == "poss":
            return child
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ == "by":
            return next((made for made in child.children if made.dep_ == "pobj"), None)
    if (aged := told_by_age(noun)) is not None:
        return aged
    index = noun.i - 1
    while index > 0 and noun.doc[index].tag_ == "JJ":
        index -= 1
    return noun.doc[index - 1] if index > 0 and noun.doc[index].tag_ == "POS" else None


_LOSSES = frozenset("resignation departure retirement exit move".split())


def leaver(noun: Token) -> Token | None:
    """Who goes in "Roe's resignation to become chairman of Acme", "the departure of Roe to run Acme"."""
    if noun.lower_ not in _LOSSES:
        return None
    behind = (c for link in noun.children if link.lower_ == "of" for c in link.children if c.tag_ == "NNP")
    return owner(noun) or next(behind, None)


def told_by_age(word: Token) -> Token | None:
    """The "old" of "The 51-year-old left", "The 51-year-old plans to retire", where the parse ties it to the verb."""
    for child in word.children:
        if child.lower_ == "old" and child.dep_ == "amod" and child.i == word.i - 1 and child.nbor(-1).text == "-":
            return child if any(other.lower_ == "the" for other in word.children) else None
    return None


_SUCCEEDING = frozenset("succeed succeeds succeeded succeeding replace replaces replaced replacing".split())
_LOSING = frozenset("retire resign leave depart quit step stand retiring".split())


def succeeded(verb: Token, head: Token) -> Token | None:
    """Whom an infinitive of loss speaks of behind a succession: "will succeed Kim, soon to retire"."""
    leaver = (
        next((c for c in head.children if c.dep_ == "dobj"), None)
        if head.lower_ in _SUCCEEDING and verb.lower_ in _LOSING
        else None
    )
    paused = leaver is not None and leaver.i + 1 < verb.i and verb.doc[leaver.i + 1].text == ","
    return leaver if paused else None


_AUXILIARY = ("aux", "auxpass")


def subject_beside(verb: Token, own: Token) -> Token | None:
    """The subject of "dismissed Roe and her deputy Kim takes over", where the parse joins Roe, an object, to it."""
    helpers = (child.lower_ for child in verb.children if child.dep_ in _AUXILIARY)
    singular = verb.tag_ == "VBZ" or any(helper in ("is", "was", "has") for helper in helpers)
    joined = [word for word in own.conjuncts if own.i < word.i < verb.i]
    if not singular or len(joined) != 1 or own.tag_ != "NNP" or own.left_edge.i == 0:
        return None
    before, above = own.left_edge.nbor(-1), verb.head
    return joined[0] if before.tag_.startswith("VB") and above.tag_.startswith("VB") and above.i <= before.i else None


def subject_of_clause_behind(verb: Token) -> Token | None:
    """The subject that the parse joined to a noun of the clause before: "Roe joins the board and Kim leaves it".

    Of "joins the board and A and B leave" the first of two, of "replaces A and B succeeds" the last.
    """
    opening = min([verb, *(c for c in verb.children if c.dep_ in _AUXILIARY and c.i < verb.i)], key=lambda word: word.i)
    finite = opening.tag_ in ("VBZ", "VBP", "VBD", "MD") or (opening.tag_ == "VB" and verb.dep_ == "ROOT")
    if not finite or opening.i == 0:
        return None
    near = opening.nbor(-1)
    while near.i > near.sent.start and near.tag_ == "RB":
        near = near.nbor(-1)
    if near.text == "," and near.head.i < near.i:
        near = near.head  # "and Kim, a chemist, succeeds her"
    if not _is_conjunct(near):
        return None
    start = near.left_edge.i
    other = verb.doc[start - 2] if start > 1 else near
    several = opening.tag_ != "VBZ" and verb.doc[start - 1].lower_ == "and" and other in near.conjuncts
    return other if several and _is_conjunct(other) else near


_QUITTING = frozenset("quit quits quitting leave leaves left leaving exit exits exited exiting".split())


def has_past_firm(verb: Token, own: Token) -> bool:
    """Whether an infinitive's supposed subject is the firm left: "has quit Acme to become treasurer of Bolt"."""
    opening = min([verb, *(c for c in verb.children if c.dep_ in _AUXILIARY)], key=lambda word: word.i)
    between = verb.dep_ == "ccomp" and verb.head.lower_ in _QUITTING and verb.head.i < own.i == opening.i - 1
    return between and opening.lower_ == "to" and own.ent_type_ != "PERSON"


KEEPING_FROM = frozenset(
    "prevent prevents prevented preventing stop stops stopped stopping bar bars barred barring block blocks blocked "
    "blocking ban bans banned banning keep keeps kept keeping dissuade dissuades dissuaded deter deters deterred "
    "discourage discourages discouraged disqualify disqualifies disqualified exclude excludes excluded preclude "
    "precludes precluded restrain restrains restrained prohibit prohibits prohibited forbid forbids".split()
)


def is_kept_from(verb: Token) -> bool:
    """Whether somebody is kept from what a verb says: "barred Roe from becoming chairman"."""
    link = verb.head
    return verb.tag_ == "VBG" and link.lower_ == "from" and link.head.lower_ in KEEPING_FROM


_LEADING_TO = frozenset("lead leads led leading due owing thanks prior contribute contributed amount amounted".split())
_PERSONAL = ("NNP", "PRP")


def subject_behind_preposition(verb: Token) -> Token | None:
    """The subject of a participle that the parse gives a preposition: "led to him resigning", "in Roe being fired".

    Behind "to" only where something leads there: in "wrote to him resigning" the writer goes.
    """
    opening = min([verb, *(c for c in verb.children if c.dep_ in _AUXILIARY and c.i < verb.i)], key=lambda word: word.i)
    if opening.tag_ != "VBG" or opening.i == 0:
        return None
    near = opening.nbor(-1)
    if near.dep_ == "poss" and near.tag_ == "PRP$" and near.head == verb:
        return near  # "led to his being fired"
    if near.dep_ != "pobj" or near.tag_ not in _PERSONAL or (near.tag_ == "PRP" and near.lower_ == "it"):
        return None
    link = near.head
    return near if link.lower_ != "to" or link.head.lower_ in _LEADING_TO else None


def _is_conjunct(word: Token) -> bool:
    """Whether the parse joins a name to a noun before it."""
    joined = word.head if word.dep_ == "appos" and word.head.i < word.i else word  # "and his deputy Roe takes over"
    head = joined.head
    named = word.tag_ in ("NNP", "NNPS") and joined.dep_ == "conj"
    return named and head.i < joined.i and not head.tag_.startswith("VB")


def has_past_office(verb: Token, own: Token) -> bool:
    """Whether an infinitive's supposed subject is the office left: "quits as treasurer to become chairman"."""
    if verb.dep_ != "advcl" or own.i > verb.i:
        return False
    helpers = {(child.lower_, child.dep_) for child in verb.children if child.i < verb.i}
    return {("as", "mark"), ("to", "aux")} <= helpers
