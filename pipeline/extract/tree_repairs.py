"""Mistakes of the parser that are plain from the wording, repaired in the tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LINKS = frozenset({"as", "to", "for", "from"})
_ASIDES = frozenset({",", "—", "–", ")"})
_RELATIVES = frozenset({"who", "whom", "whose", "which", "where"})


def repair_tree(doc: Doc, words: list[str]) -> None:
    """Hang what follows a relative clause between commas on the verb ahead of the clause.

    "has quit Acme, where she was treasurer, for Bolt", "named Roe, who was treasurer of Acme, as chairman": the parser
    lets the preposition go on with the clause. And part two clauses, see `_part_clauses`.

    Args:
        doc: The window's doc, changed in place.
        words: Its words in small letters.
    """
    for index in range(2, len(words)):
        if words[index] == "and":
            _part_clauses(doc, index)
        if words[index] == "as" and words[index - 1] != ",":
            _hang_as_on_noun(doc, index)
        if words[index] == "to" and doc[index - 1].dep_ == "pobj" and doc[index - 1].head.lower_ == "for":
            _hang_on_infinitive(doc, index)
        if words[index] in _LINKS and words[index - 1] == ",":
            verb = _verb_ahead(doc[index], words)
            if verb is not None:
                doc[index].head = verb
        elif words[index - 1] in _ASIDES:
            _make_main_verb(doc, index)
        if words[index] == "effective":
            _hang_office_on_as(doc[index])


_TAKES_PERSONS = frozenset(
    "fired sacked ousted dismissed removed replaced suspended hired recruited poached appointed promoted".split()
)


def _part_objects(doc: Doc, who: Token, joint: int) -> None:
    """Give a name its own clause: "Acme fired Roe and Kim will take over", of which the parser makes a complement."""
    first, verb = who.head, who.head.head
    above = verb.head
    if verb.dep_ != "ccomp" or above.lower_ not in _TAKES_PERSONS or not above.i < first.i < joint < who.i < verb.i:
        return
    if any(child.dep_ == "dobj" for child in above.children) or first.ent_type_ != "PERSON":
        return
    first.head, first.dep_ = above, "dobj"
    who.head, who.dep_ = verb, "nsubj"
    doc[joint].head = above
    verb.dep_ = "conj"


def _make_main_verb(doc: Doc, index: int) -> None:
    """Make a participle the verb of a sentence that has no other: "Roe, head of sales at Acme, left in October".

    The parser hangs "left", "retired" or "quit" behind the closing comma on the name, which it takes for the root.
    """
    verb = doc[index]
    who = verb.head
    if verb.dep_ in ("advcl", "conj") and who.dep_ == "relcl" and who.i < index:
        who = who.head  # "Roe, whose bank doubled its profits, left in May"
    elif verb.dep_ != "acl":
        return
    if verb.tag_ not in ("VBN", "VBD") or who.i >= index or who.tag_[:2] not in ("NN", "CD"):
        return
    opened = any(child.dep_ in ("appos", "relcl") and child.i < index for child in who.children)
    if verb.head.dep_ == "relcl" and (who.head != who or who.ent_type_ != "PERSON"):
        return
    if not opened or _is_told(who):
        return
    above, link = who.head, who.dep_
    if above == who:
        verb.head, verb.dep_ = verb, "ROOT"
    elif link in ("ccomp", "parataxis", "dep", "npadvmod") and above.i > index:
        verb.head, verb.dep_ = above, link  # "Roe, 51, its head of sales, left last week, the company said"
    elif who.dep_ == "conj" and above.dep_ == "nsubj" and above.head.i < who.left_edge.i:
        verb.head, verb.dep_ = above.head, "conj"
    else:
        return
    who.head, who.dep_ = verb, "nsubj"


def _hang_office_on_as(day: Token) -> None:
    """Give "as" the office that the parser makes the subject of a day: "hired Roe as its counsel effective 1 April"."""
    mark = next((child for child in day.children if child.dep_ == "mark" and child.lower_ == "as"), None)
    office = next((child for child in day.children if child.dep_ == "nsubj"), None)
    if mark is None or office is None or day.dep_ != "advcl":
        return
    mark.head, mark.dep_ = day.head, "prep"
    office.head, office.dep_ = mark, "pobj"
    day.head, day.dep_ = office, "amod"


_OFFICE_NOUNS = frozenset(
    "appointment election nomination confirmation selection installation naming promotion return reappointment "
    "re-election reelection resignation retirement departure dismissal removal firing sacking ouster exit".split()
)


def _hang_as_on_noun(doc: Doc, index: int) -> None:
    """Give a noun the office behind its "as": "the appointment of Roe as energy secretary came late".

    The parser makes a clause of what "as" opens, of which the office is the subject.
    """
    mark, before = doc[index], doc[index - 1]
    noun = before
    if before.ent_type_ == "PERSON" and before.dep_ == "pobj" and before.head.lower_ == "of":
        noun = before.head.head
    if noun.lower_ not in _OFFICE_NOUNS:
        return
    verb = mark.head if mark.dep_ == "mark" else next((c for c in mark.children if c.dep_ == "pcomp"), mark)
    office = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass") and c.left_edge.i == index + 1), None)
    if office is None or not verb.tag_.startswith("VB"):
        return
    passive = office.dep_
    if noun.head == noun:
        verb.head, verb.dep_ = verb, "ROOT"
        noun.head, noun.dep_ = verb, passive
    elif noun.head != verb:
        return
    mark.head, mark.dep_ = noun, "prep"
    office.head, office.dep_ = mark, "pobj"


def _hang_on_infinitive(doc: Doc, index: int) -> None:
    """Give an infinitive the person of its "for": "called for Roe to be removed", whom the parser hangs on "for"."""
    who, verb = doc[index - 1], doc[index].head
    mark = who.head
    told = any(child.dep_ in ("nsubj", "nsubjpass") for child in verb.children)
    beside = verb.head == mark.head or verb.head == mark
    if told or not beside or who.ent_type_ != "PERSON" or doc[index].dep_ != "aux" or not verb.tag_.startswith("VB"):
        return
    passive = any(child.dep_ == "auxpass" for child in verb.children)
    who.head, who.dep_ = verb, "nsubjpass" if passive else "nsubj"
    mark.head, mark.dep_ = verb, "mark"


def _is_told(who: Token) -> bool:
    """Whether a finite verb of its own stands behind a name."""
    return any(
        child.tag_ in ("VBD", "VBZ", "VBP", "MD") and child.dep_ not in ("relcl", "acl") for child in who.children
    )


def _verb_ahead(link: Token, words: list[str]) -> Token | None:
    """The verb on whose object or complement the closed clause hangs; None where there is none or no clause."""
    clause = link.head
    if link.dep_ != "prep" or clause.dep_ != "relcl" or not clause.i < link.i:
        return None
    opening = clause.left_edge.i
    if opening < 1 or words[opening] not in _RELATIVES or words[opening - 1] != ",":
        return None
    above = clause.head
    while not above.tag_.startswith("VB") and above.head != above:
        above = above.head
    return above if above.tag_.startswith("VB") and above.i < clause.head.i else None


def _part_clauses(doc: Doc, joint: int) -> None:
    """Give a clause behind "and" its own subject: "was named treasurer of Acme and Roe has left Bolt".

    The parser joins Roe to Acme, and gives the treasurer to the verb behind.
    """
    name = next((ent for ent in doc.ents if ent.start == joint + 1 and ent.label_ == "PERSON"), None)
    if name is None or name.end >= len(doc):
        return
    who = name.root
    if who.dep_ == "conj" and who.head.dep_ == "nsubj":
        _part_objects(doc, who, joint)
        return
    verb = doc[name.end] if doc[name.end].dep_ not in ("aux", "auxpass") else doc[name.end].head
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass") and c.i < joint), None)
    above = verb.head
    if subject is None or who.dep_ != "conj" or who.head.ent_type_ == "PERSON" or who.head == subject:
        return
    if not (verb.tag_.startswith("VB") and above.tag_.startswith("VB") and above.i < subject.left_edge.i):
        return
    subject.head, subject.dep_ = above, "oprd" if above.i == subject.left_edge.i - 1 else "dobj"
    who.head, who.dep_ = verb, "nsubj"
    doc[joint].head = above
    verb.head, verb.dep_ = above, "conj"
