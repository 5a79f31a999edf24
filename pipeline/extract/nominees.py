"""Who is put up for an office, told by a noun beside the name: "treasurer nominee Jane Roe", "its pick for T, Roe"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.extract.announced import described_person
from pipeline.extract.candidates import Candidate
from pipeline.extract.grammar import auxiliaries, is_verb
from pipeline.extract.mentions import Name, Title, Window
from pipeline.extract.name_words import HONORIFICS
from pipeline.extract.role_values import RoleValue
from pipeline.extract.triggers import Trigger
from pipeline.inflect import verb_forms
from pipeline.records import Status

if TYPE_CHECKING:
    from spacy.tokens import Token

_OFFICE_REACH = 12  # words from the noun to the end of its office: "choice to run the Treasury savings bank"
_BEFORE_REACH = 9  # words from the name to the noun: "Roe, 54, the president's controversial"
_OWN_TAGS = ("DT", "JJ", "JJS", "NN", "NNP", "NNS", "PRP$", "HYPH", "POS", "CD", "VBN")
_PAUSES = frozenset({",", "-", "–", "—", "--", "("})
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_OWNERS = frozenset("his her its their the our my".split()) | _POSSESSIVE
_TO_OFFICE = frozenset({"for", "as", "to"})
_RUNNING = frozenset("run lead head chair oversee direct manage".split())
# What voters, juries and parties choose; and whoever is none any more.
_CONTESTED = frozenset(
    "presidential presidency gubernatorial mayoral senate senatorial congressional parliamentary party republican "
    "democratic democrat labour conservative liberal gop green libertarian socialist award prize oscar grammy emmy "
    "bafta tony medal former ex failed unsuccessful defeated previous original onetime then past fame".split()
)
_PRIZED = frozenset({"best", "lead"})  # "the critics' pick for best director"
_BY_VOTERS = frozenset("president mayor senator governor congressman congresswoman mp mep lawmaker councillor".split())
_WITHDRAWS = frozenset(form for verb in ("withdraw", "drop", "bow", "pull") for form in verb_forms(verb))
_DROPPED = frozenset(form for verb in ("withdraw", "reject", "block", "sink", "defeat") for form in verb_forms(verb))
_CONFIRMED = frozenset(form for verb in ("confirm", "approve") for form in verb_forms(verb))


def apply_nominee(window: Window, trigger: Trigger) -> tuple[list[Candidate], str]:
    """Who stands beside the noun, with the office before it or behind its "for"."""
    own = _own_words(window, trigger.head)
    office_first = window.title_at[trigger.head - 1].first if trigger.head - 1 in window.title_at else trigger.head
    if not _CONTESTED.isdisjoint(window.lows[own:office_first]):
        return [], "of_voters"
    named = window.lows[trigger.head].startswith("nominee")
    if not named and not any(window.lows[i] in _OWNERS for i in range(own, trigger.head)):
        return [], "no_person"  # "took her pick"
    office, run, end = _office_behind(window, trigger)
    before = window.title_at.get(trigger.head - 1) if named else None
    title = office or before
    firm = run or (window.name_at.get(trigger.head - 1) if named else None)
    firm = firm if firm is not None and firm.kind == "org" and window.name_at.get(own - 1) is not firm else None
    if title is not None and (title.former or _given_by_voters(title) or window.lows[title.first - 1] in _PRIZED):
        return [], "of_voters"
    if title is None and (firm is None or firm.weak):
        return [], "missing_slot: role|company"
    person = _person_behind(window, trigger, end) or _person_before(window, own)
    if person is None or (not named and person.first == end):  # "the only choice for director Roe"
        return [], "no_person"
    roles = [RoleValue(title.text, title, title.company, "as")] if title is not None else []
    candidate = Candidate(trigger, window, window.sentence_at[trigger.head], person, roles)
    candidate.how["person"] = "apposition"
    if firm is not None:
        candidate.company_hints = [(firm, "preposition")]
    return [candidate], ""


def unnamed_office(window: Window, trigger: Trigger) -> tuple[Title | None, Name | None]:
    """The office, or the organisation, for which somebody is put up: "its Supreme Court nominee"; not by voters."""
    own = _own_words(window, trigger.head)
    office, run, _ = _office_behind(window, trigger)
    named = window.lows[trigger.head].startswith("nominee")
    ahead = window.name_at.get(trigger.head - 1) if named else None
    title = office or (window.title_at.get(trigger.head - 1) if named else None)
    if not _CONTESTED.isdisjoint(window.lows[own : trigger.head]):
        return None, None
    if title is not None and (_given_by_voters(title) or window.lows[title.first - 1] in _PRIZED):
        return None, None
    return title, run or (ahead if title is None else None)


def _own_words(window: Window, index: int) -> int:
    """Where the noun phrase opens: "the president's controversial nominee"."""
    first = window.sentence_of(index).first
    low = max(first, index - _BEFORE_REACH)
    while index > low and window.doc[index - 1].tag_ in _OWN_TAGS:
        index -= 1
    return index


def _given_by_voters(title: Title) -> bool:
    """Whether an office is one that voters give: "nominee for governor"; not "for governor of the Bank of Dale"."""
    return title.mention.head.lower() in _BY_VOTERS and (title.company is None or title.company.weak)


def _office_behind(window: Window, trigger: Trigger) -> tuple[Title | None, Name | None, int]:
    """The office after "for", or the organisation after "to run", and where the words for it end."""
    first, limit = trigger.head + 1, window.sentence_of(trigger.head).last
    start = next((i for i in range(first, min(first + 5, limit)) if window.lows[i] in _TO_OFFICE), None)
    aside = start is not None and start > first and window.words[first] in _PAUSES  # "nominee - Jane Roe - for"
    if start is None or (start > first and not aside):
        return None, None, first
    running = window.lows[start] == "to" and start + 1 < limit and window.lows[start + 1] in _RUNNING
    for index in range(start + 1, min(start + _OFFICE_REACH, limit)):
        name, title = window.name_at.get(index), window.title_at.get(index)
        if title is not None and not running:
            end = max(title.last, title.company.last if title.company is not None else 0)
            return title, None, first if aside else end
        if name is not None and name.kind == "person":
            break
        if name is not None and (running or window.doc[name.last - 1].tag_ == "NNP"):
            end = name.last
            while end < limit and window.doc[end].tag_ in ("NN", "NNS"):
                end += 1  # "the White House budget office"
            return None, name, first if aside else end
        if window.words[index] in _PAUSES:
            break
    return None, None, first


def _person_behind(window: Window, trigger: Trigger, index: int) -> Name | None:
    """The one named right behind, a pause or a description between: "nominee Judge Roe", "for T, banker Jane Roe"."""
    limit = window.sentence_of(trigger.head).last
    paused = index < limit and window.words[index] in _PAUSES
    index += paused
    for at in range(index, min(index + 3, limit)):
        name = window.name_at.get(at)
        if name is not None and name.kind == "person":
            owns = name.last < limit and window.lows[name.last] in _POSSESSIVE
            return name if not (owns and paused) else None
        if window.lows[at].rstrip(".") not in HONORIFICS and at not in window.title_at:
            break
    described = described_person(window, index, limit) if paused else None
    closed = described is not None and (described.last >= limit or window.words[described.last] in (",", ".", ";", "-"))
    return described if closed else None


def _person_before(window: Window, own: int) -> Name | None:
    """The one to whom the noun is apposed, or of whom it is said: "Roe, 54, the T nominee", "Roe is its pick for T"."""
    index = own - 1
    if index < 1 or (window.words[index] not in _PAUSES and window.lows[index] not in ("is", "was")):
        return None
    index -= 1
    while index > 0 and (window.words[index].isdigit() or window.words[index] == ","):
        index -= 1  # an age
    name = window.name_at.get(index)
    return name if name is not None and name.kind == "person" and not name.weak else None


def nominee_status(window: Window, trigger: Trigger) -> tuple[Status, str] | None:
    """Proposed, unless the verb takes the nominee back or puts him in office: "withdrew", "confirmed its nominee"."""
    if "nominee" not in trigger.rule.frame["person"]:
        return None
    sentence = window.sentence_of(trigger.head)
    for verb in _verbs_about(window.doc[trigger.head]):
        subject = any(child.dep_ in ("nsubj", "nsubjpass") and _holds(child, trigger.head) for child in verb.children)
        if verb.lower_ in _WITHDRAWS and subject and verb.i < sentence.last:
            return "denied", "given up"
        passive = any(child.dep_ == "auxpass" for child in verb.children)  # "the nominee was rejected"
        if (passive or not subject) and verb.lower_ in _DROPPED and _finished(verb):
            return "denied", "given up"
        if verb.lower_ in _CONFIRMED and _finished(verb) and not _is_said_of(verb, subject):
            return "done", "asserted"
    return "proposed", "rule"


def _is_said_of(verb: Token, subject: bool) -> bool:
    """Whether the nominee confirms something, rather than being confirmed."""
    return subject and not any(child.dep_ in ("nsubjpass", "auxpass") for child in verb.children)


def _verbs_about(noun: Token) -> Iterator[Token]:
    """The verb that the noun is subject or object of, and those coordinated to it."""
    verb = next((token for token in noun.ancestors if is_verb(token)), None)
    if verb is not None:
        yield verb
        yield from (token for token in verb.conjuncts if is_verb(token) and token.i > verb.i)


def _holds(token: Token, index: int) -> bool:
    return token.left_edge.i <= index <= token.right_edge.i


def _finished(verb: Token) -> bool:
    helpers = {token.lower_ for token in auxiliaries(verb)}
    negated = any(child.dep_ == "neg" for child in verb.children)
    past = verb.tag_ in ("VBD", "VBN", "VBZ")
    return past and not negated and helpers <= {"has", "have", "had", "was", "were", "been", "is", "are"}
