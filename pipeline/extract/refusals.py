"""Why a matched trigger is no event after all: a service, a ship's name, fiction, an office that voters give."""

from __future__ import annotations

from itertools import pairwise

from pipeline.extract.candidates import Candidate, Matches
from pipeline.extract.company import Choice
from pipeline.extract.goings_out import goes_out
from pipeline.extract.grammar import arguments, is_rank
from pipeline.extract.mentions import Window
from pipeline.extract.no_offices import is_no_office
from pipeline.extract.no_terms import is_no_term
from pipeline.extract.other_things import is_armed, is_other_thing
from pipeline.extract.outings import is_outing
from pipeline.extract.partings import parts_from_no_office
from pipeline.extract.players import is_player
from pipeline.extract.role_values import RoleValue
from pipeline.extract.status import Cues
from pipeline.extract.turned_down import is_offer
from pipeline.extract.view import View
from pipeline.records import Status
from pipeline.titles import canonical_role

_NAMING = frozenset({"appoint.name", "appoint.modifier"})


def refusal(view: View, candidate: Candidate, matches: Matches, status: Status, cues: Cues) -> str:
    """Why a candidate is no event; empty if it is one."""
    rule = candidate.trigger.rule
    roles = candidate.roles or rule.default_role
    if (
        status == "denied"
        and candidate.direction == "in"
        and not (roles and not rule.weak and "be" not in rule.triggers[0].split())
        and not (candidate.counterpart is not None and rule.status == "denied")  # "turned down an offer to succeed Kim"
        and not (roles and is_offer(rule))
        and not (roles and rule.status == "rumored")  # "is not a candidate for the post of chairman"
    ):
        return "denied_gain"
    if rule.weak and rule.action == "founded" and status != "done":
        return "not_founded_yet"
    person = view.people.persons[candidate.person.entity]
    only_above = view.headline_end and all(at < view.headline_end for at in person.positions)
    if only_above and view.text[: view.headline_end].isupper():
        return "headline_only"
    if _uncertain(view, candidate):
        return "uncertain_person"
    if any(_is_service(other, cues) for other in _siblings(candidate, matches)) and not _from_employer(candidate):
        return "service"
    if rule.rule_id in _NAMING and not candidate.roles and _names_a_thing(candidate):
        return "thing_named"
    if (rule.rule_id in _NAMING or rule.action == "appointed") and _is_of_the_year(candidate):
        return "award"
    if rule.rule_id in _NAMING and not candidate.roles and _is_award(candidate):
        return "award"
    if rule.rule_id == "appoint.follow" and candidate.counterpart is None:
        return "missing_slot: counterpart"  # "following four years as its treasurer"
    if candidate.trigger.phrase == "replace" and _chooses(candidate, matches):
        return "appoints"
    if rule.rule_id == "appoint.become" and _one_of_a_row(candidate):
        return "one_of_a_row"
    if rule.rule_id == "appoint.become" and _is_others_office(candidate):
        return "other_thing"
    if _in_fiction(candidate, cues):
        return "fiction"
    if is_player(view, candidate):
        return "player"
    if is_outing(view, candidate) or goes_out(candidate) or parts_from_no_office(candidate):
        return "outing"
    if is_other_thing(view, candidate, status) or is_no_office(candidate) or is_no_term(candidate):
        return "no_job"
    if rule.kind == "modifier" and (_of_other_thing(candidate) or _own_boss(candidate)):
        return "other_thing"
    return ""


def _chooses(candidate: Candidate, matches: Matches) -> bool:
    """Whether who replaces an office's holder is who names or removes them: "Roe replaces bank governor"."""
    if candidate.counterpart is not None:
        return False
    for other in matches.candidates:
        if other.trigger.rule.kind != "verb" or other.trigger.rule.frame["person"][0] != "object" or other.passive:
            continue
        subject = arguments(other.window.doc[other.trigger.head]).subject
        name = other.window.name_at.get(subject.i) if subject is not None else None
        if name is not None and name.entity == candidate.person.entity and name.kind == "person":
            return other.person.entity != candidate.person.entity
    return False


def _of_other_thing(candidate: Candidate) -> bool:
    """Whether what is new is something of the holder: "the new administration of President Roe"."""
    window, behind = candidate.window, candidate.trigger.last + 1
    title = next((role.title for role in candidate.roles if role.title is not None), None)
    ahead = [i for i in range(behind, title.first) if i not in window.name_at] if title is not None else []
    tags = {window.doc[i].tag_ for i in ahead}
    return "IN" in tags and not any(tag.startswith("VB") for tag in tags)


def _own_boss(candidate: Candidate) -> bool:
    """Whether somebody's boss is new to him and not to the firm: "his new boss, Jane Roe, gave him a letter"."""
    before = candidate.trigger.head - len(candidate.trigger.words)
    owned = before >= 0 and candidate.window.lows[before] in ("his", "her", "my", "your")
    return owned and candidate.direction == "in" and any(role.text.lower() == "boss" for role in candidate.roles)


def _uncertain(view: View, candidate: Candidate) -> bool:
    """Whether a mention without given name, title and office may be no person at all."""
    entity = candidate.person.entity
    person = view.people.persons[entity]
    if person.given or (person.honorific and person.gender is not None):
        return False
    described = any(name.entity == entity for names in view.described.values() for name in names)
    if not described and not person.honorific:
        return True
    return not candidate.roles and not any(a.person == entity for a in view.affiliations)


def _siblings(candidate: Candidate, matches: Matches) -> list[Candidate]:
    """What one sentence says of one person in one direction: "named X its broker, replacing Y"; itself included."""
    if candidate.direction != "in":
        return []
    return [
        other
        for other in matches.candidates
        if other is candidate
        or (
            not candidate.roles
            and other.window is candidate.window
            and other.sentence == candidate.sentence
            and other.person.entity == candidate.person.entity
            and other.direction == "in"
        )
    ]


def _is_service(candidate: Candidate, cues: Cues) -> bool:
    if candidate.trigger.rule.rule_id == "join.join" and any(how == "object" for _, how in candidate.company_hints):
        roles = [role.text.lower() for role in candidate.roles if role.text.lower() not in _TRADES]
    else:
        roles = [role.text.lower() for role in candidate.roles]
    return bool(roles) and all(role in cues.service_roles for role in roles)


# Who joins a firm as one of these, works there: "has joined Acme as a broker".
_TRADES = frozenset({"broker", "financial adviser", "financial advisor", "auditor", "administrator"})


_NAME_BEHIND = 4  # words from "from" to the employer: "from its rival Bolt"


def _from_employer(candidate: Candidate) -> bool:
    """Whether an organisation is told that somebody comes from: what he did there he now does at another."""
    window, last = candidate.window, candidate.window.sentences[candidate.sentence].last
    froms = [index for index in range(candidate.trigger.last + 1, last) if window.lows[index] == "from"]
    return any(window.names_in(at + 1, min(at + 1 + _NAME_BEHIND, last), "org") for at in froms)


def _names_a_thing(candidate: Candidate) -> bool:
    """ "Named the tanker Lady Agnes", "named their daughter Jane": a common noun that is no title before the name."""
    window, first = candidate.window, candidate.person.first
    before = first - 1
    while before > candidate.trigger.head and window.doc[before].tag_ == "NNP":
        before -= 1  # "Lady", "Queen"
    if before <= candidate.trigger.head or before in window.title_at or window.doc[before].tag_ != "NN":
        return False
    return window.doc[before - 1].tag_ in ("DT", "PRP$") or window.doc[before - 2].tag_ in ("DT", "PRP$")


_AWARDS = frozenset({"award", "awards", "prize", "honoree", "honorees", "laureate"})


def _is_award(candidate: Candidate) -> bool:
    """ "was named Best Newcomer at the Radio Awards", "to the Top 40", "Person of the Year": an honour, no office."""
    window, sentence = candidate.window, candidate.window.sentences[candidate.sentence]
    behind = [token.lower_ for token in window.doc[candidate.trigger.last + 1 : sentence.last]]
    text = " ".join(behind)
    return bool(_AWARDS & {*behind}) or "best" in behind[:4] or "top" in behind[:4] or " of the year" in text


_DONE_IN_A_ROW = frozenset(
    "announce resign leave quit step stand depart retire die lose exit fall go face be admit confirm reveal "
    "bow jump defect".split()
)


def _one_of_a_row(candidate: Candidate) -> bool:
    """ "Became the second league president in a month to resign": no new office, but one of several who do a thing."""
    window, trigger = candidate.window, candidate.trigger
    words = window.lows[trigger.last + 1 : window.sentences[candidate.sentence].last]
    if words[:1] != ["the"] or len(words) < 2 or not is_rank(words[1]):
        return False
    return any(word == "to" and after in _DONE_IN_A_ROW for word, after in pairwise(words))


_FOR_OTHERS = frozenset("for to among with against between".split())


def _is_others_office(candidate: Candidate) -> bool:
    """Whether a title in the plural says for whom somebody is something: "became a target for union leaders"."""
    title = next((role.title for role in candidate.roles if role.title is not None), None)
    if title is None or not title.mention.plural:
        return False
    return not _FOR_OTHERS.isdisjoint(candidate.window.lows[candidate.trigger.last + 1 : title.first])


_SEASONS = frozenset("year month week season decade century match tournament".split())


def _is_of_the_year(candidate: Candidate) -> bool:
    """Whether a title is an honour by what it is of: "named coach of the month"."""
    window = candidate.window
    titles = [role.title for role in candidate.roles if role.title is not None]
    return any(
        window.lows[title.last : title.last + 2] == ["of", "the"] and window.lows[title.last + 2] in _SEASONS
        for title in titles
        if title.last + 2 < len(window.lows)
    )


def _in_fiction(candidate: Candidate, cues: Cues) -> bool:
    """Whether the sentence tells of a play or a film: "cast as Judith, who is fired in the first act"."""
    window: Window = candidate.window
    sentence = window.sentences[candidate.sentence]
    words = " ".join(token.lower_ for token in window.doc[sentence.first : sentence.last])
    return any(f" {phrase} " in f" {words} " for phrase in cues.fiction_phrases)


_POLLS = frozenset({"voters", "landslide", "ballot", "ballots", "polls", "election", "elections", "runoff", "run-off"})
_ALWAYS_ELECTIVE = frozenset({"mayor", "senator", "congressman", "congresswoman"})
_ELECTIVE = _ALWAYS_ELECTIVE | {"president", "governor"}
_VOTED_OUT = frozenset({"unseat", "unseats", "unseated", "unseating", "defeat", "defeats", "defeated"})


def _words(candidate: Candidate) -> frozenset[str]:
    return frozenset(candidate.window.lows[index] for index in candidate.trigger.words)


def of_voters(view: View, candidate: Candidate, role: RoleValue | None, choice: Choice) -> bool:
    """Whether an office is one that voters give: "voters elected her president of Norland"; not a company's."""
    rule = candidate.trigger.rule
    running = "listed" in rule.frame["person"]  # "the Democratic candidate for governor"
    voted = bool(rule.rule_id == "appoint.elect" or rule.action == "reappointed" or _words(candidate) & _VOTED_OUT)
    if not voted and not running:
        return False
    office = canonical_role(role.text) if role is not None else ""
    if office not in _ELECTIVE:
        return False
    if office in _ALWAYS_ELECTIVE:
        return True
    if choice.organisation is not None and not view.organisations.organisations[choice.organisation].weak:
        return False
    window, sentence = candidate.window, candidate.window.sentences[candidate.sentence]
    return running or any(token.lower_ in _POLLS for token in window.doc[sentence.first : sentence.last])


_PARTIES = frozenset({"party", "parties", "caucus"})


def of_party(view: View, candidate: Candidate, role: RoleValue | None, choice: Choice) -> bool:
    """Whether somebody only becomes or ceases to be a member of a party: "quit the Liberal Party"."""
    if role is not None or choice.organisation is None or candidate.trigger.rule.action not in _OF_MEMBERS:
        return False
    words = view.organisations.organisations[choice.organisation].full.lower().split()
    return words[-1] in _PARTIES


_OF_MEMBERS = frozenset({"joined", "departed", "resigned", "returned"})


def of_fighters(view: View, candidate: Candidate, choice: Choice) -> bool:
    """Whether somebody dies or joins as a fighter: "killed the Taliban commander"; that was no job."""
    if candidate.trigger.rule.action not in ("died", "joined") or choice.organisation is None:
        return False
    if candidate.trigger.rule.action == "joined" and candidate.roles:
        return False
    return is_armed(view.organisations.organisations[choice.organisation].full)
