"""What the words around an event say of the employer without naming it: "left the company", "after joining Acme"."""

from __future__ import annotations

from pipeline.extract.anaphors import is_anaphor
from pipeline.extract.antecedents import local_antecedent
from pipeline.extract.candidates import Candidate
from pipeline.extract.discourse import Discourse, owned
from pipeline.extract.evidence_notes import Note
from pipeline.extract.grammar import is_verb
from pipeline.extract.role_evidence import firm_here
from pipeline.extract.role_values import RoleValue
from pipeline.extract.view import View

_BEHIND_VERB = frozenset(["at", "from", "of", "to", "with"])


def note_objects(view: View, discourse: Discourse, candidate: Candidate, note: Note) -> None:
    """ "left the company", "joins the firm's investment team", "will return to the bank": what no name tells."""
    window, verb = candidate.window, candidate.window.doc[candidate.trigger.head]
    if not is_verb(verb) or any(name.entity not in discourse.bodies for name, how in candidate.company_hints):
        return
    links = [child for child in verb.children if child.dep_ == "prep" and child.lower_ in _BEHIND_VERB]
    objects = [child for child in verb.children if child.dep_ == "dobj"]
    objects += [child for link in links for child in link.children if child.dep_ == "pobj"]
    for target in objects:
        for noun in (target, *(child for child in target.children if child.dep_ == "poss")):
            if noun.lower_ == "it" or not is_anaphor(discourse.mention(window, noun.i), discourse.bodies, noun):
                continue
            if any(child.lower_ in ("the", "this", "that") for child in noun.children):
                own = firm_here(view, candidate)
                note(own if own is not None else local_antecedent(discourse, candidate, noun), "object_anaphor")
                return


_JOINING = frozenset("join joins joined joining rejoin rejoined rejoining".split())


def note_joined(discourse: Discourse, candidate: Candidate, note: Note) -> None:
    """What the person joined in the same breath: "joined Acme in 2001, becoming treasurer", "after joining Acme"."""
    window, token = candidate.window, candidate.window.doc[candidate.trigger.head]
    if candidate.direction != "in" or not is_verb(token) or token.lower_ in _JOINING:
        return
    verbs = [child for child in token.subtree if child.lower_ in _JOINING and child.dep_ in ("advcl", "pcomp")]
    above = token
    while above.dep_ in ("advcl", "conj", "xcomp") and above.head != above:
        above = above.head
        verbs.append(above)
    for verb in verbs:
        for child in verb.children:
            if verb.lower_ in _JOINING and child.dep_ == "dobj":
                note(owned(discourse, window, child.i), "joined_with_it")


_NEAR = 2  # sentences
_STANDING_IN = frozenset("interim acting temporary caretaker permanent provisional".split())


def note_like_offices(view: View, discourse: Discourse, candidate: Candidate, role: RoleValue, note: Note) -> None:
    """Where another holds or held the office, just before: "Roe quit as treasurer of Acme. Kim is acting treasurer"."""
    window, office = candidate.window, _office(role.text)
    first = window.sentences[max(candidate.sentence - _NEAR, 0)].first
    for title in window.titles_in(first, candidate.trigger.head):
        own = any(person.entity == candidate.person.entity for person in view.described.get(id(title), ()))
        if title.company is not None and title.company.kind == "org" and not own and _office(title.text) == office:
            note(owned(discourse, window, title.company.first), "like_office")


def _office(role: str) -> str:
    return " ".join(word for word in role.lower().split() if word not in _STANDING_IN)
