"""The evidence for each organisation of an article that it is the one an event is about; structural only."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.extract.anaphors import anaphors, is_anaphor
from pipeline.extract.antecedents import antecedent, local_antecedent
from pipeline.extract.article_evidence import from_article, from_introduction, from_paragraph
from pipeline.extract.candidates import Candidate
from pipeline.extract.common_nouns import common_nouns
from pipeline.extract.context_evidence import (
    note_absent,
    note_boards,
    note_joined,
    note_led,
    note_like_offices,
    note_objects,
    note_office,
    note_origin,
    note_shared_owner,
    note_speaker,
)
from pipeline.extract.described import is_marked_out
from pipeline.extract.discourse import Discourse, is_source, owned, read_discourse
from pipeline.extract.evidence_notes import NONE, Found, Note
from pipeline.extract.grammar import governing_verbs, is_verb, surface_subject
from pipeline.extract.heads_of_state import is_head_of_state, note_state, note_untied
from pipeline.extract.mentions import Name, Window
from pipeline.extract.name_runs import name_data
from pipeline.extract.occurrences import occurs
from pipeline.extract.organisation_kinds import TitleKinds, kind_of_noun, kinds_of_title
from pipeline.extract.role_evidence import is_seat_elsewhere, located_noun, note_role, whose_title
from pipeline.extract.role_values import RoleValue
from pipeline.extract.standing import note_standing
from pipeline.extract.state_offices import is_given_by_ruler, is_state_office
from pipeline.extract.surroundings import in_aside, is_at, is_goal, is_spell, line_head, says_we
from pipeline.extract.takeovers import note_takeover
from pipeline.extract.view import View

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["NONE", "company_evidence"]

_CHANCELLED = frozenset(["university", "college", "institute", "school", "diocese", "church"])
_STATE_BODIES = frozenset(["ministry", "department"])
_HEADS_OF_STATE = frozenset(["president", "premier", "prime minister", "king", "queen", "governor"])
_FORMER = frozenset(["former", "formerly", "previously", "ex", "ex-", "then"])
_FORMER_REACH = 6


# Evidence by which the event's own words name an employer, so that "its" says nothing new.
_STATED = frozenset(
    "frame_subject frame_object frame_preposition outer_subject report_subject report_behind role_company anaphor "
    "described".split()
)


def company_evidence(view: View, candidate: Candidate, role: RoleValue | None) -> Found:
    """Evidence by organisation: name of the evidence to its strength (1, or a share)."""
    if view.discourse is None:
        view.discourse = read_discourse(
            tuple(view.windows), view.organisations, view.people, view.text, view.headline_end
        )
        view.discourse.issuer = view.issuer
    discourse = view.discourse
    registry = view.organisations.organisations
    found: Found = {i: {} for i in range(len(registry)) if i not in discourse.bodies and i not in discourse.variants}
    nothing = {"none": 1.0}

    def note(index: int | None, key: str) -> None:
        index = discourse.usual(index) if index is not None else None
        if index == NONE:
            nothing[key] = 1.0
        if key == "described_body" and index is not None:
            found.setdefault(index, {})  # registered only now
        if index is None or index not in found:
            return
        if registry[index].weak:
            key = f"{key}_place"
        found[index][key] = 1.0

    note_role(view, discourse, candidate, role, note)
    for index, organisation in enumerate(registry):
        if role is not None and not organisation.weak and organisation.full in role.text:
            note(index, "role_inside")
    for name, how in candidate.company_hints:
        _from_hint(discourse, candidate, name, how, note)
    _from_clauses(view, discourse, candidate, note)
    if not any(_STATED & found[index].keys() for index in found) and (its := whose_title(view, candidate)) is not None:
        note(local_antecedent(discourse, candidate, its), "anaphor")
    note_objects(view, discourse, candidate, note)
    note_boards(discourse, candidate, note)
    note_takeover(discourse, candidate, note)
    note_joined(discourse, candidate, note)
    note_origin(discourse, candidate, note)
    note_led(discourse, candidate, note)
    note_shared_owner(discourse, candidate, note)
    if role is not None:
        note_office(discourse, candidate, role, note)
    if role is not None and candidate.direction == "in":
        note_like_offices(view, discourse, candidate, role, note)
    _from_affiliations(view, discourse, candidate, role, note)
    _from_sentences(view, discourse, candidate, note)
    if discourse.paragraphs.is_roundup:
        from_paragraph(discourse, candidate, note)
    else:
        from_article(view, discourse, found, candidate.trigger.rule.action == "joined")
        from_introduction(view, discourse, candidate, found)
    note_standing(view, discourse, candidate, role, found)
    titled = any("role_company" in evidence for evidence in found.values())  # "named Roe president of Bolt"
    for evidence in found.values():
        if "anaphor" in evidence and "in_sentence" in evidence and not titled:
            evidence["anaphor_here"] = 1.0  # "told the board of Acme he would retire as its president"
    wanted = kinds_of_title(role.text) if role is not None else None
    if wanted is not None:
        _from_kind(discourse, wanted, found)
    if _is_newcomer(view, candidate):
        note_absent(found)
    given = role is not None and is_state_office(candidate, role, lambda: _teaches(discourse))
    if not given and not any("role_company" in evidence for evidence in found.values()):
        note_speaker(discourse, candidate, note)
    found[NONE] = nothing
    if role is None:
        found[NONE]["no_role"] = 1.0
        return found
    if given or is_given_by_ruler(candidate):
        found[NONE]["state_office"] = 1.0
    if given or is_head_of_state(view, candidate, role):
        states = _states(candidate)
        for index, organisation in enumerate(registry):
            state = organisation.weak or index in states or discourse.kinds.get(index, set()) & _STATE_BODIES
            if index in found and not state:
                found[index]["no_state_body"] = 1.0
    else:
        note_state(view, candidate, role, _teaches(discourse), found)
    note_untied(found)
    return found


def _is_newcomer(view: View, candidate: Candidate) -> bool:
    """Whether a person is named in no sentence but the event's."""
    sentence = candidate.window.sentences[candidate.sentence]
    positions = view.people.persons[candidate.person.entity].positions
    return all(sentence.start <= at < sentence.end for at in positions)


def _teaches(discourse: Discourse) -> bool:
    """Whether a body of the article may have a chancellor of its own: a university, a church."""
    return any(kinds & _CHANCELLED for kinds in discourse.kinds.values())


def _states(candidate: Candidate) -> set[int]:
    """Whose heads of state the sentence names: "the president of Maro swore in"."""
    window = candidate.window
    sentence = window.sentences[candidate.sentence]
    titles = window.titles_in(sentence.first, sentence.last)
    return {t.company.entity for t in titles if t.company is not None and t.mention.head.lower() in _HEADS_OF_STATE}


def _from_hint(discourse: Discourse, candidate: Candidate, name: Name, how: str, note: Note) -> None:
    if name.entity in discourse.bodies:
        note(antecedent(discourse, candidate), "anaphor")
        return
    elsewhere = name.last > len(candidate.window.lows)  # in the article, not in the sentence
    noun = located_noun(candidate.window, name) if not elsewhere else None
    if noun is not None:
        note(antecedent(discourse, candidate, kind_of_noun(noun)), "anaphor")
        return
    inner = owned(discourse, candidate.window, name.first) if not elsewhere else name.entity
    if how == "preposition" and not elsewhere and name.first > 0 and candidate.window.lows[name.first - 1] == "from":
        how = f"from_{candidate.direction}"
    note(inner, f"frame_{how}")


def _from_clauses(view: View, discourse: Discourse, candidate: Candidate, note: Note) -> None:
    """Subjects up the clause chain ("Acme said its board named Roe"); "it" is the organisation in focus."""
    window = candidate.window
    token = window.doc[candidate.trigger.head]
    verbs = [*([token] if is_verb(token) else []), *governing_verbs(token)]
    first = window.sentence_of(token.i).first
    outer = False
    for verb in verbs[:4]:
        if verb.i < first:
            return
        subject, _ = surface_subject(verb)
        name = window.name_at.get(subject.i) if subject is not None else None
        if subject is None or (name is not None and name.first and window.lows[name.first - 1] == "by"):
            outer = outer or verb.dep_ in ("relcl", "acl")
            continue
        entity = _subject_entity(discourse, window, subject)
        if verb == token and _tells_of_person(candidate, verb):
            continue
        if entity is not None and candidate.direction == "in" and _is_newcomers(view, candidate, subject):
            continue  # "Acme's Jane Roe takes a seat": it tells where she comes from
        if entity is not None:
            if entity in discourse.bodies:
                note(local_antecedent(discourse, candidate, subject), "anaphor")
            elif entity in discourse.sources and verb != token:
                continue
            elif verb.lower_ in name_data("clears") and verb != token:
                note(entity, "clears")
            else:
                behind = "report_behind" if subject.i > candidate.trigger.last else "report_subject"
                note(entity, "outer_subject" if outer else behind if verb != token else "frame_subject")
            return
        if _is_another(discourse, window, subject):
            note(NONE, "described")
            return
        if is_anaphor(discourse.mention(window, subject.i), discourse.bodies, subject):
            note(local_antecedent(discourse, candidate, subject), "anaphor")
            return
        outer = outer or verb.dep_ in ("relcl", "acl")


def _is_newcomers(view: View, candidate: Candidate, subject: Token) -> bool:
    """Whether a subject is who comes, by name or by the office held so far: "Acme's treasurer, Roe, took a seat"."""
    window = candidate.window
    if window.name_at.get(subject.i) is candidate.person:
        return True
    title = window.title_at.get(subject.i)
    if title is None or title.company is None:
        return False
    if window.words[title.last : title.last + 1] == [","] and candidate.person.first == title.last + 1:
        return True
    persons = view.described.get(id(title), [])
    return any(person.entity == candidate.person.entity for person in persons)


def _tells_of_person(candidate: Candidate, verb: Token) -> bool:
    """ "Kim, a trustee of Acme, who ceased to be treasurer": who moves is no organisation, though one stands nearer."""
    moves = "subject" in candidate.trigger.rule.frame["person"]
    return moves and any(child.lower_ == "who" and child.dep_ == "nsubj" for child in verb.children)


def _is_another(discourse: Discourse, window: Window, subject: Token) -> bool:
    """Whether a subject is marked out as a body that the article does not name: "the pilots' union", no "union"."""
    kind = kind_of_noun(subject.lower_)
    if kind is None or discourse.mention(window, subject.i) is not None:
        return False
    known = any(kind in kinds for kinds in discourse.kinds.values())
    return not known and kind != "agency" and kind in name_data("kinds_by_head") and is_marked_out(window, subject)


def _subject_entity(discourse: Discourse, window: Window, subject: Token) -> int | None:
    entity = owned(discourse, window, subject.i)
    if entity is not None:
        return entity
    for child in sorted(subject.children, key=lambda child: child.dep_ != "appos"):
        if child.dep_ in ("poss", "compound", "nmod") or (
            child.dep_ == "appos" and subject.lower_ in common_nouns("company")
        ):
            entity = owned(discourse, window, child.i)
            if entity is not None and entity not in discourse.bodies:
                return entity
        made = subject.lower_ in name_data("makers")  # "the maker of Acme Cola" is another
        if child.dep_ == "prep" and child.lower_ in ("of", "at") and subject.lower_ in anaphors() and not made:
            for pobj in child.children:  # "the board of the software maker Acme"
                entity = owned(discourse, window, pobj.i)
                if entity is not None and entity not in discourse.bodies:
                    return entity
    return None


def _from_affiliations(
    view: View, discourse: Discourse, candidate: Candidate, role: RoleValue | None, note: Note
) -> None:
    """What titles say the person, and others of the sentence, hold or held."""
    sentence = candidate.window.sentences[candidate.sentence]
    direction = candidate.direction if candidate.direction in ("in", "out") else "out"
    other = candidate.counterpart.entity if candidate.counterpart is not None else None
    stays = _at_the_same(candidate.window, candidate)
    told_so = direction == "out" and not candidate.roles  # "two former officers of Acme sued over their dismissal"
    for row in view.affiliations:
        if row.company is None or row.company < 0:
            continue
        company = discourse.title_company.get(row.position, row.company)
        here = sentence.start <= row.position < sentence.end
        if row.person == candidate.person.entity:
            if not row.former and here and stays:
                note(company, "same_company")
            same = role is not None and row.role.lower() == role.text.lower()
            kind = "same_role" if same or row.new else ("held_before" if row.former else "held")
            if row.how == "until":
                kind = "held_until"
            elif same and not row.strong and row.former and told_so and here:
                kind = "same_role_here"
            elif not row.strong:
                kind = "loosely_same" if same else "loosely"
            elif same and not row.former and here:
                kind = "same_role_here"
            elsewhere = kind == "held" and here and is_seat_elsewhere(discourse, candidate, role, row.role, company)
            note(company, "held_in" if elsewhere else f"{kind}_{direction}")  # as of who comes: where they are from
        elif row.person == other and not row.former:
            note(company, "held_by_counterpart")
        elif sentence.start <= row.position < sentence.end:
            note(company, "held_by_other")


def _at_the_same(window: Window, candidate: Candidate) -> bool:
    """Whether the event stays where the person is: "treasurer of Acme, to finance director at the same company"."""
    last = window.sentences[candidate.sentence].last
    words = [token.lower_ for token in window.doc[candidate.trigger.head : last]]
    return any(word == "same" and after in anaphors() for word, after in pairwise(words))


def _from_sentences(view: View, discourse: Discourse, candidate: Candidate, note: Note) -> None:
    window = candidate.window
    sentence = window.sentences[candidate.sentence]
    direction = candidate.direction if candidate.direction in ("in", "out") else "out"
    here = discourse.mentions(window, sentence.first, sentence.last)
    strong = [i for i in here if not view.organisations.organisations[i].weak]
    for index in here:
        note(index, "same_sentence")
    if len(strong) == 1:
        note(strong[0], "alone_in_sentence")
    note(discourse.subjects.get((window.offset, candidate.sentence)), "sentence_subject")
    note(discourse.sections.get((window.offset, candidate.sentence)), "section_head")
    note(line_head(window, sentence), "line_head")
    if says_we(window, sentence):
        note(discourse.issuer, "we")
    owners = {id(title.company) for title in window.titles_in(sentence.first, sentence.last)}
    for name in window.names_in(sentence.first, sentence.last, "org"):
        if name.entity < 0:
            continue
        if is_source(window, name):
            note(name.entity, "source")
        if in_aside(window, name, candidate.trigger.head):
            note(name.entity, "aside")
            continue
        before = {window.lows[i] for i in range(max(sentence.first, name.first - _FORMER_REACH), name.first)}
        if before & _FORMER:
            note(name.entity, f"former_{direction}")
        if name.first > 0 and "from" in (
            window.lows[name.first - 1],
            window.lows[max(name.first - 2, 0)],
        ):
            note(name.entity, f"from_{direction}")
        if direction == "out" and is_goal(window, name, candidate.trigger.last):
            note(name.entity, "goal_out")
        if is_at(window, name, sentence) and id(name) not in owners:
            if direction == "in" and is_spell(window, name):
                note(name.entity, "former_in")
                continue
            behind = name.first > candidate.trigger.last
            note(name.entity, f"at_{direction}" if behind else f"ahead_at_{direction}")
    line = view.text[view.text.rfind("\n", 0, sentence.start) + 1 : sentence.start]
    for index, organisation in enumerate(view.organisations.organisations):
        if line and not organisation.weak and occurs(line, organisation.full):
            note(index, "same_line")
    if candidate.sentence:
        previous = window.sentences[candidate.sentence - 1]
        for index in discourse.mentions(window, previous.first, previous.last):
            note(index, "previous_sentence")
        note(discourse.subjects.get((window.offset, candidate.sentence - 1)), "previous_subject")


def _from_kind(discourse: Discourse, wanted: TitleKinds, found: Found) -> None:
    """Which organisations may give a title: a chief constable is a force's and no panel's."""
    for index, evidence in found.items():
        kinds = discourse.kinds.get(index)
        if kinds and kinds & wanted.own:
            evidence["kind_fits"] = 1.0
        elif kinds and wanted.clash(kinds):
            evidence["kind_clash"] = 1.0
