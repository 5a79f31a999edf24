"""Which organisation an event is about: every organisation of the article competes on structural evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.extract.complements import RoleValue
from pipeline.extract.grammar import governing_verbs, is_verb, surface_subject
from pipeline.extract.match import Candidate
from pipeline.extract.mentions import Name, Sentence, Window
from pipeline.extract.view import View

if TYPE_CHECKING:
    from spacy.tokens import Token

# Weight of each piece of evidence; structural only, no word or name has a weight of its own.
WEIGHTS: Mapping[str, float] = {
    "role_company": 7.0,
    "frame_object": 6.0,
    "frame_preposition": 5.0,
    "frame_subject": 4.5,
    "report_subject": 3.5,
    "anaphor": 3.5,
    "affiliation_now": 2.5,
    "affiliation_elsewhere": -3.0,
    "headline": 1.5,
    "lead": 0.8,
    "count_share": 2.0,
    "same_sentence": 0.7,
    "previous_sentence": 0.6,
    "former_employer": -4.0,
    "told": -6.0,
    "line_head": 3.5,
}
THRESHOLD = 1.6


@dataclass(frozen=True, slots=True)
class Choice:
    """The organisation decided on, its score, the lead over the next one, and the evidence for it."""

    organisation: int | None
    score: float
    lead: float
    evidence: tuple[str, ...]


def choose_company(view: View, candidate: Candidate, role: RoleValue | None) -> Choice:
    """Decide the company of one person, role and trigger."""
    evidence = company_evidence(view, candidate, role)
    scored = sorted(((sum(WEIGHTS[key] * value for key, value in found.items()), -index) for index, found in evidence.items()), reverse=True)
    if not scored or scored[0][0] < THRESHOLD:
        return Choice(None, scored[0][0] if scored else 0.0, 0.0, ())
    best, index = scored[0][0], -scored[0][1]
    second = scored[1][0] if len(scored) > 1 else 0.0
    return Choice(index, best, best - second, tuple(sorted(evidence[index])))


def company_evidence(view: View, candidate: Candidate, role: RoleValue | None) -> dict[int, dict[str, float]]:
    """Evidence by organisation: name of the evidence to its strength (1, or a share)."""
    found: dict[int, dict[str, float]] = {i: {} for i in range(len(view.organisations.organisations))}
    window = candidate.window
    sentence = window.sentences[candidate.sentence]

    def note(name: Name | None, key: str) -> None:
        if name is not None and name.kind == "org" and name.entity >= 0:
            found[name.entity][key] = 1.0

    note(role.company if role is not None else None, "role_company")
    for name, how in candidate.company_hints:
        note(name, f"frame_{how}")
    _clause_subjects(view, candidate, note)
    _affiliations(view, candidate, role, found)
    if sentence.kind in ("item", "row", "heading"):
        note(_line_head(window, sentence), "line_head")
    for name in window.names_in(sentence.first, sentence.last, "org"):
        note(name, "same_sentence")
        if _told(window, name):
            note(name, "told")
        elif _former(window, name) and not (role is not None and role.company is name):
            note(name, "former_employer")
    if candidate.sentence:
        previous = window.sentences[candidate.sentence - 1]
        for name in window.names_in(previous.first, previous.last, "org"):
            note(name, "previous_sentence")
    _focus(view, found)
    return found


def _line_head(window: Window, sentence: Sentence) -> Name | None:
    """The organisation that opens a bullet: "- Acme: CFO Jane Roe to leave"."""
    for name in window.names_in(sentence.first, min(sentence.first + 8, sentence.last), "org"):
        if name.last < sentence.last and window.doc[name.last].text in (":", "-", "–", "—", "|", "("):
            return name
    return None


def _clause_subjects(view: View, candidate: Candidate, note: object) -> None:
    """Subjects up the clause chain: "Acme said its board named Roe"; pronouns stand for the nearest subject."""
    window = candidate.window
    token = window.doc[candidate.trigger.head]
    mark = note
    assert callable(mark)
    verbs: list[Token] = [v for v in governing_verbs(token)]
    if is_verb(token):
        verbs = [token, *verbs]
    for verb in verbs[:4]:
        subject, _ = surface_subject(verb)
        if subject is None:
            continue
        name = window.name_at.get(subject.i)
        if name is not None and name.kind == "org":
            mark(name, "report_subject" if verb is not token else "frame_subject")
            return
        for child in subject.children:
            if child.dep_ in ("poss", "compound", "nmod") and child.i in window.name_at and window.name_at[child.i].kind == "org":
                mark(window.name_at[child.i], "report_subject")
                return
        if subject.lower_ in ("it", "company", "board", "group", "firm", "bank", "directors", "agency", "concern"):
            antecedent = _antecedent(window, subject, candidate.sentence)
            if antecedent is not None:
                mark(antecedent, "anaphor")
                return


def _antecedent(window: Window, token: Token, sentence_number: int) -> Name | None:
    """The organisation that "it" or "the company" stands for: the last subject organisation before it."""
    for back in range(4):
        if sentence_number - back < 0:
            return None
        sentence = window.sentences[sentence_number - back]
        last = token.i if back == 0 else sentence.last
        names = list(window.names_in(sentence.first, last, "org"))
        for name in names:
            if any(window.doc[i].dep_ in ("nsubj", "nsubjpass") for i in range(name.first, name.last)):
                return name
        if names:
            return names[0]
    return None


def _affiliations(view: View, candidate: Candidate, role: RoleValue | None, found: dict[int, dict[str, float]]) -> None:
    gain = candidate.direction == "in"
    for row in view.affiliations:
        if row.person != candidate.person.entity or row.company is None or row.company < 0:
            continue
        same_role = role is not None and row.role.lower() == role.text.lower()
        if gain and not same_role:
            found[row.company].setdefault("affiliation_elsewhere", 0.0)
            found[row.company]["affiliation_elsewhere"] = 1.0 if row.former else 0.4
        else:
            found[row.company]["affiliation_now"] = 1.0 if not row.former or not gain else 0.6


def _told(window: Window, name: Name) -> bool:
    return name.first > 0 and window.doc[name.first - 1].lower_ in ("told", "reported", "tells") or (
        name.first > 1 and window.doc[name.first - 1].lower_ == "the" and window.doc[name.first - 2].lower_ == "told"
    )


def _former(window: Window, name: Name) -> bool:
    sentence = window.sentence_of(name.first)
    first = max(sentence.first, name.first - 7)
    words = [window.doc[i].lower_ for i in range(first, name.first)]
    return any(word in ("former", "formerly", "previously", "ex", "ex-", "from") for word in words[-7:]) and not any(word in ("resigned", "retired", "departure", "resign", "retire", "exit", "ousted", "fired", "removed", "departs") for word in words)


def _focus(view: View, found: dict[int, dict[str, float]]) -> None:
    organisations = view.organisations.organisations
    total = sum(o.count for o in organisations if not o.weak) or 1
    lead_end = view.text.find("\n", view.headline_end + 2)
    for index, organisation in enumerate(organisations):
        if organisation.weak:
            found[index].pop("same_sentence", None)
            found[index].pop("previous_sentence", None)
            found[index].pop("report_subject", None)
            found[index].pop("anaphor", None)
            continue
        found[index]["count_share"] = organisation.count / total
        if view.headline_end and any(at < view.headline_end for at in organisation.positions):
            found[index]["headline"] = 1.0
        if any(view.headline_end <= at < (lead_end if lead_end > 0 else 400) for at in organisation.positions):
            found[index]["lead"] = 1.0
