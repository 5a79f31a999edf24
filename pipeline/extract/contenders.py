"""Candidates for an office, told by a noun: "the contenders to succeed Kim are A and B", "A, the favourite for T"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.candidates import Candidate
from pipeline.extract.enumerations import coordinated_names
from pipeline.extract.grammar import arguments, prepositional, surface_subject
from pipeline.extract.hints import organisations_at
from pipeline.extract.mentions import Name, Title, Window
from pipeline.extract.nominees import apply_nominee
from pipeline.extract.role_values import RoleValue
from pipeline.extract.seekers import persons_of
from pipeline.extract.slots import unmet_need
from pipeline.extract.triggers import Trigger
from pipeline.extract.view import View

if TYPE_CHECKING:
    from spacy.tokens import Token

_OPENS = frozenset(
    {
        "is",
        "are",
        "was",
        "were",
        "include",
        "includes",
        "included",
        "including",
        "consists",
        "consist",
        "comprises",
        "comprise",
        ":",
    }
)
_OPENING_REACH = 16  # words from the noun to "are": "contenders to replace Roe as chairman of the commission are"
_NAME_REACH = 9  # words from "are" to the first name: "are the head of sales, Jane Roe"
_REPLACES = frozenset({"succeed", "replace", "follow"})
_BOARD = frozenset({"board", "boards"})
_SLATES = frozenset({"candidate", "candidates", "nominee", "nominees", "slate"})


def apply_contender(view: View, window: Window, trigger: Trigger) -> tuple[list[Candidate], str]:
    """The persons of whom a noun for candidates is said, with the office or whom they may succeed."""
    if "nominee" in trigger.rule.frame["person"]:
        return apply_nominee(window, trigger)
    sentence = window.sentence_of(trigger.head)
    opening = _opening(window, trigger)
    persons = _behind(window, opening, sentence.last) if opening is not None else _before(view, window, trigger)
    if not persons:
        return [], "no_person"
    limit = opening if opening is not None else sentence.last
    holder = _holder(view, window, trigger, limit, persons)
    roles = [RoleValue(t.text, t, t.company, "as") for t in _offices(window, trigger, limit)]
    if not roles and _of_board(window, trigger):
        roles = [RoleValue("director", None, None)]
    number = window.sentence_at[trigger.head]
    made = []
    for person in persons:
        candidate = Candidate(trigger, window, number, person, list(roles), holder)
        candidate.how["person"] = "list" if opening is not None else "apposition"
        candidate.company_hints = [
            (name, "preposition")
            for child in window.doc[trigger.last].subtree
            if (trigger.last < child.i < limit and child.dep_ == "pobj") or _owns(child, window.doc[trigger.last])
            for name in organisations_at(window, child)
        ]
        made.append(candidate)
    reason = unmet_need(view, made[0])
    return ([], reason) if reason else (made, "")


def _owns(token: Token, noun: Token) -> bool:
    """Whether a word is the possessor of a noun: "Acme's latest recruit"."""
    return token.dep_ == "poss" and token.head == noun


def _opening(window: Window, trigger: Trigger) -> int | None:
    """The word behind the noun that opens the names: "are", "include", a colon; None if another verb comes first."""
    sentence = window.sentence_of(trigger.head)
    for index in range(trigger.last + 1, min(trigger.last + _OPENING_REACH, sentence.last)):
        token = window.doc[index]
        if token.lower_ in _OPENS:
            return index
        if token.text == ";" or (token.tag_ in ("VBD", "VBZ", "VBP") and token.lower_ not in ("said", "mentioned")):
            break
    colon = next((i for i in range(trigger.last + 1, sentence.last) if window.words[i] == ":"), None)
    named = colon is not None and any(True for _ in window.names_in(trigger.last + 1, colon, "person"))
    return None if named else colon  # "two contenders, both of whom have run Acme: Roe and Kim"


def _behind(window: Window, opening: int, last: int) -> list[Name]:
    doc = window.doc
    ahead = doc[opening + 1 : min(opening + _NAME_REACH, last)]
    for token in ahead:
        name = window.name_at.get(token.i)
        if name is not None and name.kind == "person":
            return coordinated_names(window, name, loose=True)
        if token.lower_ in ("not", "that", "to", "being", "by") or token.tag_ in ("VBD", "VBZ", "VBP", "VBG"):
            return []  # "the candidates are not Roe's", "is that Roe", "are being interviewed by Roe"
    return []


_NO_CONTEST = frozenset("only sole lone once former unsuccessful failed losing unlikely ideal perfect".split())
_SPOKEN_OF = frozenset("cited mentioned named tipped touted floated seen viewed regarded described".split())
_COPULAS = frozenset("is are was were considered seen regarded viewed remains remain".split())


def _before(view: View, window: Window, trigger: Trigger) -> list[Name]:
    """Who stands before a comma or a copula and the noun's own words: "A and B, the contenders", "A is a contender"."""
    index = trigger.head - 1
    while index > 0 and window.doc[index].tag_ in ("DT", "JJ", "JJS", "CD", "NN", "PRP$", "RBS", "HYPH", "POS", "VBG"):
        index -= 1
    own = {token.lower_ for token in window.doc[index + 1 : trigger.head]}
    if window.lows[index] == "as" and window.lows[index - 1] in _SPOKEN_OF:
        index -= 1  # "was also cited as a possible choice"
        persons = persons_of(view, window, arguments(window.doc[index]).object)
        return [name for name in persons if 0 <= name.first < index]
    if window.lows[index] in _COPULAS and not own & _NO_CONTEST:
        subject = surface_subject(window.doc[index])[0]
        return [name for name in persons_of(view, window, subject) if name.first >= 0] if index < trigger.head else []
    if window.words[index] not in (",", "-", "–", "—"):
        return []
    name = window.name_at.get(index - 1)
    if name is None or name.kind != "person" or index == trigger.head - 1:
        return []
    return _run_up_to(window, name)


def _run_up_to(window: Window, last: Name) -> list[Name]:
    first = window.sentence_of(last.first).first
    for other in window.names_in(first, last.last, "person"):
        run = coordinated_names(window, other)
        if any(member is last for member in run):
            return run
    return [last]


def _holder(view: View, window: Window, trigger: Trigger, limit: int, persons: list[Name]) -> Name | None:
    """Whom the candidates may succeed: "Kim's possible successors", "contenders to replace Kim"."""
    doc, noun = window.doc, window.doc[trigger.last]
    taken = {person.entity for person in persons}
    owners: list[Token] = [child for child in noun.children if child.dep_ == "poss"]
    owners += prepositional(noun, "to")  # "possible successors to Kim"
    for index in range(trigger.last + 1, limit):
        if window.lows[index] in _REPLACES or (window.lows[index] == "for" and "replacement" in noun.lower_):
            owners += [doc[i] for i in range(index + 1, min(index + 5, limit)) if i in window.name_at][:1]
    for owner in owners:
        found = [name for name in persons_of(view, window, owner) if name.entity not in taken]
        if found:
            return found[0]
    return None


def _offices(window: Window, trigger: Trigger, limit: int) -> list[Title]:
    """Titles of what is to be filled: "candidates for the post of chairman", "to succeed Kim as premier"."""
    doc = window.doc
    first = trigger.last + 1
    titles = [t for t in window.titles_in(first, limit) if not t.former]
    contest = next((i for i in range(window.sentence_of(trigger.head).first, trigger.head) if _is_contest(doc[i])), 0)
    if not titles and contest:  # "the race for the post of chairman has narrowed to two contenders: A and B"
        first = contest + 1
        titles = [t for t in window.titles_in(first, trigger.head) if not t.former]
    for title in titles:
        before = [window.lows[i] for i in range(max(title.first - 4, first), title.first)]
        behind = window.name_at.get(title.last)
        if behind is not None and behind.kind == "person":
            continue  # "to succeed Chairman Kim"
        if {"as", "for", "of", "be", "become"} & set(before):
            return [title]
    return []


def _is_contest(token: Token) -> bool:
    """Whether a word opens the name of a contest: "the race for", "the search for"."""
    return token.lower_ in _CONTESTS and any(child.lower_ in ("for", "to", "over") for child in token.children)


_CONTESTS = frozenset("race contest battle search hunt competition fight".split())


def _of_board(window: Window, trigger: Trigger) -> bool:
    """Whether candidates are those for seats on a board, by their own sentence or the one before."""
    if window.lows[trigger.last] not in _SLATES:
        return False
    number = window.sentence_at[trigger.head]
    first = window.sentences[max(number - 1, 0)].first
    return any(token.lower_ in _BOARD for token in window.doc[first : window.sentences[number].last])
