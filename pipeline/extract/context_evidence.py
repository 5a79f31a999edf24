"""What the words around an event say of the employer without naming it: "left the company", "after joining Acme"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.anaphors import is_anaphor
from pipeline.extract.antecedents import local_antecedent
from pipeline.extract.candidates import Candidate
from pipeline.extract.common_nouns import common_nouns
from pipeline.extract.discourse import UNIT_NOUNS, Discourse, owned
from pipeline.extract.evidence_notes import NONE, Found, Note
from pipeline.extract.formed_firms import of_formed
from pipeline.extract.grammar import governing_verbs, is_verb, surface_subject
from pipeline.extract.mentions import Title, Window
from pipeline.extract.role_evidence import firm_here
from pipeline.extract.role_values import RoleValue
from pipeline.extract.view import View
from pipeline.titles import canonical_role

if TYPE_CHECKING:
    from spacy.tokens import Token

_SEATS = frozenset(["seat", "place", "spot", "chair"])
_BEHIND_VERB = frozenset(["at", "from", "of", "to", "with"])


def note_speaker(discourse: Discourse, candidate: Candidate, note: Note) -> None:
    """ "Acme, which makes parts for Bolt, said it had hired Roe": who speaks is who acts."""
    window, verb = candidate.window, candidate.window.doc[candidate.trigger.head]
    above = next(governing_verbs(verb), None) if is_verb(verb) and verb.dep_ == "ccomp" else None
    acting = surface_subject(verb)[0] if above is not None else None
    if above is None or acting is None or acting.lower_ != "it":
        return
    speaker = surface_subject(above)[0]
    organisation = owned(discourse, window, speaker.i) if speaker is not None and speaker.lower_ != "it" else None
    if organisation is not None and organisation == local_antecedent(discourse, candidate, acting):
        note(organisation, "frame_subject")


def note_objects(view: View, discourse: Discourse, candidate: Candidate, note: Note) -> None:
    """ "left the company", "joins the firm's investment team", "will return to the bank": what no name tells."""
    window, verb = candidate.window, candidate.window.doc[candidate.trigger.head]
    if not is_verb(verb) or any(name.entity not in discourse.bodies for name, how in candidate.company_hints):
        return
    links = [child for child in verb.children if child.dep_ == "prep" and child.lower_ in _BEHIND_VERB]
    objects = [child for child in verb.children if child.dep_ == "dobj"]
    objects += [child for link in links for child in link.children if child.dep_ == "pobj"]
    seats = [verb, *objects] if any(noun.lower_ in _SEATS for noun in objects) else []
    boards = [child for noun in seats for child in noun.children if child.lower_ == "on"]
    objects += [child for link in boards for child in link.children if child.dep_ == "pobj"]
    for target in objects:
        if candidate.direction == "in" and _is_unnamed(window, target):
            note(NONE, "described")
            return
        for noun in (target, *(child for child in target.children if child.dep_ == "poss")):
            if noun.lower_ == "it" or not is_anaphor(discourse.mention(window, noun.i), discourse.bodies, noun):
                continue
            its = next((child for child in noun.children if child.lower_ == "its"), None)
            if its is not None and noun.lower_ == "board":
                note(local_antecedent(discourse, candidate, its), "anaphor")
                return
            if any(child.lower_ in ("the", "this", "that") for child in noun.children):
                own = firm_here(view, candidate)
                others = (discourse.lead | discourse.headline) - {own}
                if noun.lower_ == "board" and len(others) == 1 and _is_guest(view, candidate):
                    note(own, "from_in")
                    own = others.pop()
                note(own if own is not None else local_antecedent(discourse, candidate, noun), "object_anaphor")
                return


def _is_guest(view: View, candidate: Candidate) -> bool:
    """Whether somebody is told as one of many at a firm: "Roe, a partner of Acme, joins the board" of another."""
    window, sentence = candidate.window, candidate.window.sentences[candidate.sentence]
    for title in window.titles_in(sentence.first, sentence.last):
        one = window.low(title.first - 1) in ("a", "an") and title.company is not None
        if one and any(p.entity == candidate.person.entity for p in view.described.get(id(title), ())):
            return True
    return False


_INDEFINITE = frozenset({"a", "an", "another"})
_STATE = frozenset({"government", "cabinet", "judiciary", "administration"})
_NEAR_NAME = 12  # words behind "a rival" in which its name may stand


def _is_unnamed(window: Window, noun: Token) -> bool:
    """Whether an employer is one that nobody names: "left to join a competitor"; not "a competitor, Acme"."""
    if noun.lower_ in _STATE or window.lows[max(noun.i - 1, 0) : noun.i + 1] == ["civil", "service"]:
        return True
    if noun.lower_ not in common_nouns("company") or noun.i in window.name_at:
        return False
    if not any(child.dep_ == "det" and child.lower_ in _INDEFINITE for child in noun.children):
        return False
    limit = min(noun.i + _NEAR_NAME, window.sentence_of(noun.i).last)
    return not any(True for _ in window.names_in(noun.i - 1, limit, "org"))


_BOARD_REACH = 12  # words from a trigger to "board"
_KIN_REACH = 9  # words of "its newly formed wholly owned aerospace subsidiary"


def note_boards(discourse: Discourse, candidate: Candidate, note: Note) -> None:
    """Whose a board is by what the firm is to another: "joined the board of directors of its Dutch unit, Acme"."""
    window, head = candidate.window, candidate.trigger.head
    limit = min(window.sentences[candidate.sentence].last, head + _BOARD_REACH)
    board = next((index for index in range(head + 1, limit) if window.lows[index] == "board"), None)
    if board is None:
        return
    first = board + (3 if window.lows[board + 1 : board + 3] == ["of", "directors"] else 1)
    if window.lows[first : first + 1] != ["of"] or window.lows[first + 1 : first + 2] not in (["its"], ["their"]):
        return
    for index in range(first + 2, min(first + _KIN_REACH, window.sentences[candidate.sentence].last - 1)):
        name = window.name_at.get(index)
        if name is not None and name.kind == "org" and not name.weak:
            noun = window.lows[index - 1 - (window.words[index - 1] == ",")]
            if noun in UNIT_NOUNS or noun in ("parent", "company"):
                note(owned(discourse, window, index), "role_company")
            return


_JOINING = frozenset("join joins joined joining rejoin rejoined rejoining".split())


def note_joined(discourse: Discourse, candidate: Candidate, note: Note) -> None:
    """What the person joined in the same breath: "joined Acme in 2001, becoming treasurer", "after joining Acme"."""
    window, token = candidate.window, candidate.window.doc[candidate.trigger.head]
    if candidate.direction != "in" or not is_verb(token) or token.lower_ in _JOINING:
        return
    verbs = [child for child in token.subtree if child.lower_ in _JOINING and child.dep_ in ("advcl", "pcomp")]
    verbs = [verb for verb in verbs if not _told_of_another(verb, token)]
    above = token
    while above.dep_ in ("advcl", "conj", "xcomp") and above.head != above and not _has_own_name(above):
        above = above.head
        verbs.append(above)
    for verb in verbs:
        for child in verb.children:
            if verb.lower_ in _JOINING and child.dep_ == "dobj":
                note(owned(discourse, window, child.i), "joined_with_it")


def _has_own_name(verb: Token) -> bool:
    """Whether a clause names whom it tells of: "Roe joins Acme, while Kim leaves Bolt"."""
    return any(child.dep_ in ("nsubj", "nsubjpass") and child.tag_ == "NNP" for child in verb.children)


def _told_of_another(verb: Token, token: Token) -> bool:
    """Whether a relative clause between tells of its own person: "named to succeed Kim, who left to join Bolt"."""
    while verb not in (token, verb.head):
        if verb.dep_ == "relcl":
            return True
        verb = verb.head
    return False


_LEADS = frozenset("heads leads runs chairs headed led ran chaired manages oversees".split())


def note_led(discourse: Discourse, candidate: Candidate, note: Note) -> None:
    """What the person leads, told beside the name: "Roe, who heads Acme's insurer Bolt, will step down"."""
    window, person = candidate.window, candidate.person
    if candidate.direction != "out" or person.first < 0:
        return
    for token in window.doc[person.first : person.last]:
        for clause in token.children:
            if clause.dep_ != "relcl" or clause.lower_ not in _LEADS:
                continue
            for led in clause.children:
                if led.dep_ == "dobj":
                    note(owned(discourse, window, _led_at(window, led)), "held_out")


def _led_at(window: Window, led: Token) -> int:
    """Where the firm is named that what somebody leads is, or is at: "ran retail at Acme", "the Bolt brand at Acme"."""
    behind = window.lows[led.i + 1 : led.i + 2]
    if behind == ["at"] and led.i not in window.name_at and led.lower_ not in UNIT_NOUNS:
        return min(led.i + 2 + (window.lows[led.i + 2] == "the"), len(window.doc) - 1)
    return _first_of(window, led)


def _first_of(window: Window, noun: Token) -> int:
    """Where the name starts that a noun ends or is told by: "Acme" of "Acme subsidiary Bolt", "Acme's Bolt unit"."""
    for child in noun.subtree:
        name = window.name_at.get(child.i)
        if child.i <= noun.i and name is not None and name.kind == "org":
            return name.first
    return noun.i


def note_shared_owner(discourse: Discourse, candidate: Candidate, note: Note) -> None:
    """Whose an office is that stands in a row: "Acme president Jane Roe and finance director Bo Kim resigned"."""
    window, person = candidate.window, candidate.person
    if candidate.direction != "out" or person.first < 0:
        return
    first = window.sentence_of(person.first).first
    titles = {title.last: title for title in window.titles_in(first, person.first)}
    own = titles.get(person.first)
    while own is not None and own.company is None and window.lows[own.first - 1] in ("and", ","):
        comma = window.lows[own.first - 1] == "and" and window.words[own.first - 2] == ","
        ahead = window.name_at.get(own.first - 2 - comma)
        own = titles.get(ahead.first) if ahead is not None and ahead.kind == "person" else None
    company = own.company if own is not None else None
    if company is not None and own is not titles.get(person.first) and company.first >= first:
        note(owned(discourse, window, company.first), "held_out")


_NAMED_BEHIND = frozenset({"of", "at"})


def note_origin(discourse: Discourse, candidate: Candidate, note: Note) -> None:
    """Where who comes is from, beside the name: "Acme poaches Bolt's Jane Roe", "a Bolt veteran, Jane Roe of Bolt"."""
    window, person = candidate.window, candidate.person
    stated = {owned(discourse, window, name.first) for name, _ in candidate.company_hints if not name.weak}
    if not stated and (formed := _formed_before(discourse, candidate)) is not None:
        note(formed, "anaphor")
        stated = {formed}
    if candidate.direction != "in" or person.first < 0 or not stated:
        return
    sentence = window.sentence_of(person.first)
    index = person.first - 1
    while index > sentence.first and window.doc[index].tag_ in _BESIDE and index not in window.name_at:
        if index in window.title_at:
            return  # "Acme treasurer Jane Roe" holds an office there
        index -= 1
    ahead = window.name_at.get(index)
    behind = None
    if person.last + 1 < sentence.last and window.lows[person.last] in _NAMED_BEHIND:
        behind = window.name_at.get(person.last + 1 + (window.lows[person.last + 1] == "the"))
    for name in (ahead, behind):
        if (
            name is not None
            and name.kind == "org"
            and not name.weak
            and owned(discourse, window, name.first) not in stated
        ):
            note(owned(discourse, window, name.first), "from_in")


def _formed_before(discourse: Discourse, candidate: Candidate) -> int | None:
    """The firm whose offices go on: "Kim was named president of the venture. Roe of Bolt will be its treasurer"."""
    window, number, person = candidate.window, candidate.sentence - 1, candidate.person
    if number < 0 or person.first < 0 or not person.last + 1 < len(window.lows) or window.lows[person.last] != "of":
        return None
    if any(value.company is not None for value in candidate.roles):
        return None
    sentence = window.sentences[number]
    found = {of_formed(discourse.formed, window, title) for title in window.titles_in(sentence.first, sentence.last)}
    found.discard(None)
    return found.pop() if len(found) == 1 else None


_BESIDE = frozenset({"NN", "JJ", "POS", "HYPH", "CD"})
_NEAR = 2  # sentences
_STANDING_IN = frozenset("interim acting temporary caretaker permanent provisional".split())


def note_like_offices(view: View, discourse: Discourse, candidate: Candidate, role: RoleValue, note: Note) -> None:
    """Where another holds or held the office, just before: "Roe quit as treasurer of Acme. Kim is acting treasurer"."""
    window, office = candidate.window, _office(role.text)
    first = window.sentences[max(candidate.sentence - _NEAR, 0)].first
    for title in window.titles_in(first, candidate.trigger.head):
        if title.company is None and title.last <= window.sentences[candidate.sentence].first:
            note(_whose_new(discourse, window, title, role.text), "like_office")
        own = any(person.entity == candidate.person.entity for person in view.described.get(id(title), ()))
        if title.company is not None and title.company.kind == "org" and not own and _office(title.text) == office:
            note(owned(discourse, window, title.company.first), "like_office")


def _whose_new(discourse: Discourse, window: Window, title: Title, role: str) -> int | None:
    """Whose a new office is that a sentence before tells of without a holder: "Acme names new finance chief"."""
    sentence = window.sentence_of(title.first)
    if canonical_role(_office(title.text)) != canonical_role(_office(role)):
        return None
    entity = discourse.subjects.get((window.offset, window.sentence_at[title.first]))
    persons = any(True for _ in window.names_in(sentence.first, sentence.last, "person"))
    return entity if not persons and entity not in discourse.sources else None


def _office(role: str) -> str:
    return " ".join(word for word in role.lower().split() if word not in _STANDING_IN)


_OFFICES = frozenset("office offices branch bureau campus practice outpost".split())
_OFFICE_REACH = 5  # words from "in" to "office", from "of" to the name


def note_office(discourse: Discourse, candidate: Candidate, role: RoleValue, note: Note) -> None:
    """Whose place of work follows a title: "a partner in the London office of the American law firm Acme"."""
    title, window = role.title, candidate.window
    if title is None or title.first < 0 or window.lows[title.last : title.last + 1] not in (["in"], ["at"]):
        return
    limit = window.sentence_of(title.first).last
    for index in range(title.last + 1, min(title.last + _OFFICE_REACH, limit - 1)):
        if window.lows[index] in _OFFICES and window.lows[index + 1] == "of":
            near = range(index + 2, min(index + 2 + _OFFICE_REACH, limit))
            names = (window.name_at.get(at) for at in near)
            firm = next((name for name in names if name is not None and name.kind == "org" and not name.weak), None)
            note(owned(discourse, window, firm.first) if firm is not None else None, "role_company")
            return


_NAMED_HERE = frozenset("frame_subject frame_object report_subject".split())
_COMES_FROM = frozenset("from_in held_in held_before_in outsider is_source".split())
_MAY_BE_TOLD = frozenset("in_sentence anaphor object_anaphor kind_fits none".split())


def note_absent(found: Found) -> None:
    """Mark who is not in a sentence that names an employer: "Separately, Acme said Roe had quit".

    For persons of whom nothing but this sentence tells, so that nothing ties them to the others. Not whoever alone
    gives such titles: "Acme hired Roe as editor" of the Herald, which it owns.
    """
    if any(
        "in_sentence" in evidence and not _NAMED_HERE.isdisjoint(evidence) and _COMES_FROM.isdisjoint(evidence)
        for evidence in found.values()
    ):
        for evidence in found.values():
            if _MAY_BE_TOLD.isdisjoint(evidence):
                evidence["absent_where_named"] = 1.0
