"""What an event's role says of its employer: "president of Acme", "adviser to the bank", "the agency's head"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.anaphors import anaphors
from pipeline.extract.antecedents import antecedent
from pipeline.extract.candidates import Candidate
from pipeline.extract.described import Description, employer_described, of_unnamed_employer
from pipeline.extract.discourse import UNIT_NOUNS, Discourse, owned
from pipeline.extract.evidence_notes import NONE, Note
from pipeline.extract.formed_firms import of_formed
from pipeline.extract.mentions import Name, Title, Window
from pipeline.extract.name_runs import name_data
from pipeline.extract.organisation_kinds import kind_of_noun
from pipeline.extract.role_values import RoleValue
from pipeline.extract.view import View

if TYPE_CHECKING:
    from spacy.tokens import Token

_ENVOYS = frozenset(["ambassador", "envoy", "representative", "consul"])
_MERGED = frozenset(["combined", "merged", "enlarged"])
_NAMELESS = _MERGED | {"new"}
_WORD = re.compile(r"[^\W\d_]+")


def note_role(view: View, discourse: Discourse, candidate: Candidate, role: RoleValue | None, note: Note) -> None:
    """What the title says: "president of Acme", "Acme's president", "president of the new unit"."""
    window = candidate.window
    if role is None:
        return
    if role.company is not None and role.company.entity >= 0 and not _posted_to(window, role):
        if role.company.entity in discourse.bodies:
            note(antecedent(discourse, candidate), "anaphor")
        elif (noun := located_noun(window, role.company)) is not None:
            own = firm_here(view, candidate)
            note(own if own is not None else antecedent(discourse, candidate, kind_of_noun(noun)), "anaphor")
        else:
            inner = owned(discourse, window, role.company.first)
            note(inner, "role_company")
            if inner != role.company.entity:
                note(role.company.entity, "role_owner")
    elif role.company is None:
        note(_body_in_title(view, discourse, role), "described_body")
    title = role.title if role.title is not None else _title_here(view, candidate, role)
    if title is None or title.first < 0:
        return
    if role.company is None or role.company.weak:
        last = _last_joined(window, title)
        described = employer_described(window, last)
        if described is not None and not _NAMELESS.isdisjoint(described.modifiers):
            note(NONE, "described")  # of a group that has no name yet; its own where it has
        elif described is not None:
            _from_description(view, discourse, candidate, described, note)
        elif role.company is None and (_goes_there(candidate) or _holder_beside(view, window, title)):
            note(NONE if of_unnamed_employer(window, last) else None, "described")
    if role.title is None:
        return
    sentence = window.sentence_of(role.title.first)
    reach = min(role.title.last + 5, sentence.last)
    for index in range(role.title.first, min(role.title.last + 3, sentence.last)):
        if (window.offset, index) in discourse.aliases:
            note(discourse.aliases[window.offset, index], "role_company")
    formed = of_formed(discourse.formed, window, role.title)
    if formed is not None:
        note(formed, "role_company")
    elif any(_definite_unit(window, index) for index in range(role.title.first, reach)):
        for unit in discourse.units:
            note(unit, "role_unit")


def _last_joined(window: Window, title: Title) -> Title:
    """The last of the offices that are told in one: the second of "chairman and president of the bank"."""
    last = title
    while last.company is None and window.lows[last.last : last.last + 1] in (["and"], ["&"]):
        following = window.title_at.get(last.last + 1)
        if following is None or following.first != last.last + 1 or following.company is not None:
            break
        last = following
    return last


def _holder_beside(view: View, window: Window, title: Title) -> bool:
    """Whether the sentence of an office names who holds it."""
    sentence = window.sentence_of(title.first)
    here = {id(name) for name in window.names_in(sentence.first, sentence.last, "person")}
    return any(id(person) in here for person in view.described.get(id(title), ()))


def _goes_there(candidate: Candidate) -> bool:
    """Whether nobody is told to give an office: "left Acme to become chief of a rival bank", not "Acme named her"."""
    gives = any(how == "subject" for _, how in candidate.company_hints)
    return candidate.direction == "in" and not (gives or candidate.passive)


def _title_here(view: View, candidate: Candidate, role: RoleValue) -> Title | None:
    """The mention of an office in the event's sentence that says the person holds it: "the agency's head, Roe"."""
    window, sentence = candidate.window, candidate.window.sentences[candidate.sentence]
    for title in window.titles_in(sentence.first, sentence.last):
        persons = view.described.get(id(title), [])
        if title.text == role.text and any(person.entity == candidate.person.entity for person in persons):
            return title
    return None


def is_seat_elsewhere(discourse: Discourse, candidate: Candidate, role: RoleValue | None, held: str, firm: int) -> bool:
    """Whether a seat is given up at another firm than one's own: "Acme said Roe, president of Bolt, left its board"."""
    told = role is not None and bool(candidate.roles) and role.text.lower().split()[-1] == "director"
    if candidate.direction != "out" or not told or "director" in held.lower():
        return False
    return discourse.subjects.get((candidate.window.offset, candidate.sentence), firm) != firm


_ITS_REACH = 3  # words from "its" to the title: "its new finance director"


def whose_title(view: View, candidate: Candidate) -> Token | None:
    """The "its" ahead of the event's title, which says that the employer was named before: "its treasurer, Roe"."""
    window, sentence = candidate.window, candidate.window.sentences[candidate.sentence]
    own = [role.title for role in candidate.roles if role.title is not None]
    for title in window.titles_in(sentence.first, sentence.last):
        persons = view.described.get(id(title), [])
        if title not in own and all(person.entity != candidate.person.entity for person in persons):
            continue
        for index in range(title.first, max(title.first - _ITS_REACH, sentence.first) - 1, -1):
            if window.lows[index] == "its":
                return window.doc[index]
            if index < title.first and window.doc[index].tag_ not in ("JJ", "NN", "VBG", "VBN", "HYPH", ","):
                break
    return None


def firm_here(view: View, candidate: Candidate) -> int | None:
    """Where the event's own sentence says that its person is: "Acme founder Jane Roe will advise the Oslo brewer"."""
    sentence = candidate.window.sentences[candidate.sentence]
    for row in view.affiliations:
        here = row.person == candidate.person.entity and sentence.start <= row.position < sentence.end
        if here and row.company is not None and row.company >= 0 and not row.former:
            return row.company
    return None


def _from_description(
    view: View, discourse: Discourse, candidate: Candidate, described: Description, note: Note
) -> None:
    """ "adviser to the bank", "head of the anti-graft agency": one of the article, or none that it names."""
    kind = kind_of_noun(described.noun.lower_)
    entity = antecedent(discourse, candidate, kind)
    known = entity is not None and kind in discourse.kinds.get(entity, ())
    if _NAMELESS & set(described.modifiers):
        return  # one that may have no name yet
    if not described.modifiers or known:
        own = firm_here(view, candidate) if not described.modifiers and candidate.direction == "in" else None
        note(own if own is not None and _alone_here(discourse, candidate, own) else entity, "anaphor")
    elif described.located and kind not in name_data("kinds_by_head"):
        own = firm_here(view, candidate)
        note(own if own is not None else entity, "anaphor")
    elif _is_public(candidate.window, described):
        note(_registered(view, candidate.window, described), "described_body")
    elif kind is not None:
        note(NONE, "described")


def _alone_here(discourse: Discourse, candidate: Candidate, firm: int) -> bool:
    """Whether a sentence names no firm but one's own: "Acme president Roe will become chairman of the company"."""
    sentence = candidate.window.sentences[candidate.sentence]
    return discourse.mentions(candidate.window, sentence.first, sentence.last) == [firm]


def _is_public(window: Window, described: Description) -> bool:
    """Whether a body goes by what it is charged with: "the telecommunications commission", not "the Oslo office"."""
    noun = described.noun.lower_
    if any(window.words[index][:1].isupper() for index in range(described.first, described.noun.i + 1)):
        return False
    return noun in name_data("public_bodies") or noun in name_data("public_heads")


_OWNERS = frozenset({"'s", "’s", "'", "’"})
_HEADS_OF_BODIES = frozenset("chief head boss governor chairman president commander".split())


def _body_in_title(view: View, discourse: Discourse, role: RoleValue) -> int | None:
    """The body that a title names before its last word: "central bank chief"; none where one of its kind is named."""
    *body, head = role.text.split()
    if len(body) < _FEWEST_WORDS or head not in _HEADS_OF_BODIES or not " ".join(body).islower():
        return None
    public = body[-1] in name_data("public_heads") or body[-2:] == ["central", "bank"]
    kind = kind_of_noun(body[-1]) or body[-1]
    if not public or any(kind in kinds for kinds in discourse.kinds.values()):
        return None
    text = " ".join(body[-_FEWEST_WORDS:])
    return view.organisations.named(text, view.text) if text in view.text else None


_FEWEST_WORDS = 2  # "central bank", "election commission": "army chief" does not say whose


def _registered(view: View, window: Window, described: Description) -> int | None:
    """The body itself as an organisation of the article, by its description."""
    first = described.first
    while not _OWNERS.isdisjoint(window.lows[first : described.noun.i]):
        first += 1  # "the country's tax office"
    own = window.doc[first : described.noun.i + 1]
    return view.organisations.named(own.text, view.text)


def located_noun(window: Window, name: Name) -> str | None:
    """The noun that a town is told of: "the Brunholt company", "the Brunholt brewer"; not "the Brunholt unit"."""
    noun = window.lows[name.last] if name.last < len(window.doc) else ""
    made_there = noun.endswith(("er", "or")) and not noun.endswith("paper") and window.lows[name.first - 1] == "the"
    return noun if (name.weak or made_there) and noun in anaphors() | name_data("kinds") else None


def _posted_to(window: Window, role: RoleValue) -> bool:
    """Whether a title says where its holder is sent, not who sends: "ambassador to the United Nations"."""
    assert role.company is not None
    link = role.company.first - 1 - (window.lows[role.company.first - 1] == "the")
    head = set(_WORD.findall(role.text.lower()))
    return bool(head & _ENVOYS) and window.lows[link] in ("to", "at")


def _definite_unit(window: Window, index: int) -> bool:
    """ "the new affiliate", "that division" at a word; not "the CSX unit"."""
    if window.lows[index] not in UNIT_NOUNS:
        return False
    before = [window.lows[i] for i in range(max(index - 3, 0), index)]
    return bool({"the", "that", "this", "its"} & set(before)) and not any(
        i in window.name_at for i in range(max(index - 2, 0), index)
    )
