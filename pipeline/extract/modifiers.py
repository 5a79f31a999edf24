"""Applies modifier rules, "the new chairman, Roe", "incoming chief executive Kim": words before a title."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.extract.announced import described_person
from pipeline.extract.candidates import Candidate
from pipeline.extract.common_nouns import common_nouns
from pipeline.extract.enumerations import coordinated_names
from pipeline.extract.grammar import governing_verbs, surface_subject
from pipeline.extract.listed import offices_in_brackets
from pipeline.extract.mentions import Title, Window
from pipeline.extract.name_words import HONORIFICS
from pipeline.extract.office_objects import has_another, is_found
from pipeline.extract.role_values import RoleValue
from pipeline.extract.slots import unmet_need
from pipeline.extract.title_links import Link
from pipeline.extract.triggers import Trigger
from pipeline.extract.view import View

if TYPE_CHECKING:
    pass

_NEW_PLACES = frozenset(
    "York Zealand Jersey Orleans Delhi England Mexico Hampshire South Brunswick Haven Guinea Caledonia Bedford".split()
)
_BE = frozenset({"is", "are", "was", "were", "be", "been"})


def apply_modifier(view: View, window: Window, trigger: Trigger, links: list[Link]) -> tuple[list[Candidate], str]:
    """ "its new chief executive, Ana Ruiz": the modifier right before a title that is linked to a person."""
    sentence = window.sentence_of(trigger.head)
    nxt = window.doc[trigger.last + 1] if trigger.last + 1 < len(window.doc) else None
    if nxt is not None and nxt.text in _NEW_PLACES and window.words[trigger.last] in ("New", "NEW"):
        return [], "place_name"
    token = window.doc[trigger.last]
    if token.tag_ in ("VBD", "VBN") and token.dep_ not in ("amod", "nmod", "compound"):
        return [], "not_a_modifier"
    if token.tag_ == "VBG" and nxt is not None and nxt.text == "," and window.lows[trigger.head - 1] in _BE:
        return [], "not_a_modifier"  # "Roe, who is retiring, and treasurer Kim"
    title = None
    employer = window.name_at.get(trigger.last + 1)  # "is new University of Marlow treasurer"
    behind = employer.last - 1 if employer is not None and employer.kind == "org" else trigger.last
    for index in range(trigger.last + 1, min(behind + 4, sentence.last)):
        title = window.title_at.get(index)
        if title is not None:
            break
        if index in window.name_at and window.name_at[index].kind == "person":
            break
        if window.words[index] in _BREAKS and window.doc[index - 1].whitespace_:
            break  # "has a new problem - treasurer Roe has left"
    if title is not None and title.first < trigger.head:
        return [], "inside_title"
    if title is None:
        covering = window.title_at.get(trigger.last)
        title = covering if covering is not None and trigger.last == covering.first else None
    if title is None:
        return _without_title(view, window, trigger)
    linked = [link for link in links if link.title is title and not has_another(window, link)]
    linked = [link for link in linked if not (_is_succeeded(window, link) or _is_another(window, trigger, link))]
    linked = linked if trigger.phrase != "next" or is_found(window, title) else []
    paired = _paired_titles(window, title)
    linked = linked or _found_in(window, paired[-1]) or _told_next(window, paired[-1])
    linked = linked or _described_behind(window, trigger, paired[-1])
    linked = linked or _told_of_subject(window, title)
    lost = token.tag_ in ("VBD", "VBN") or trigger.rule.action == "dismissed"
    if not linked or (title.former and not lost) or title.mention.head.lower().endswith("owner"):
        return [], "no_person"  # "the former new chairman"; but of "the ousted chairman" the loss is told
    chain = [*paired, *_joined_titles(window, title, paired, links, linked[0])]
    made = []
    for link in linked:
        told = offices_in_brackets(window, link.person) if title.mention.plural else []
        roles = [RoleValue(t.text, t, t.company) for t in told or chain]
        candidate = Candidate(trigger, window, window.sentence_at[trigger.head], link.person, roles)
        candidate.how["person"] = link.how
        made.append(candidate)
    return made, ""


def _is_another(window: Window, trigger: Trigger, link: Link) -> bool:
    """Whether a post is named beside a person: "led by Roe, its chief, and a new treasurer"; nobody has it yet."""
    before = window.lows[max(trigger.words[0] - 2, 0) : trigger.words[0]]
    return link.how == "after" and before == ["and", "a"]


_SUCCESSION = frozenset("succeed succeeds succeeded succeeding replace replaces replaced replacing".split())
_BEFORE_NAME = 4  # words between "succeeds" and the name: "succeeds Dr Roe", "replaces its chairman Roe"


def _is_succeeded(window: Window, link: Link) -> bool:
    """Whether the office is another's by now: of "Roe succeeds Kim as the new chairman" it is not Kim's."""
    name, title = link.person, link.title
    if name.last > title.first or "as" not in window.lows[name.last : min(name.last + 2, title.first)]:
        return False
    before = window.lows[max(name.first - _BEFORE_NAME, 0) : name.first]
    return not _SUCCESSION.isdisjoint(before) or before[-2:] == ["over", "from"]


_BREAKS = frozenset({"-", "–", "—", "--", ":", ";"})


def _without_title(view: View, window: Window, trigger: Trigger) -> tuple[list[Candidate], str]:
    """ "Succeeds the retiring Roe": a loss told by a modifier before the name; the role is told elsewhere."""
    index = trigger.last + 1
    while index < len(window.doc) and window.lows[index].rstrip(".") in HONORIFICS:
        index += 1
    name = window.name_at.get(index)
    before = trigger.head - len(trigger.words)
    owned = before >= 0 and (window.lows[before] == "the" or window.lows[before] in _SUCCEEDING)
    if name is None or name.kind != "person" or not owned or name.first != index:
        return [], "no_title"
    candidate = Candidate(trigger, window, window.sentence_at[trigger.head], name)
    if candidate.direction != "out":
        return [], "no_title"
    candidate.how["person"] = "before"
    return ([candidate], "") if not unmet_need(view, candidate) else ([], "no_title")


_SUCCEEDING = frozenset("succeed succeeds succeeded succeeding replace replaces replaced replacing for from".split())
_OWNERS = frozenset("the its their his her our 's ’s '".split())


def _described_behind(window: Window, trigger: Trigger, title: Title) -> list[Link]:
    """ "Met the new chancellor, former treasury official Jane Roe.": a description between the post and the name."""
    limit = window.sentence_of(title.first).last
    index = title.last
    if title.company is not None and title.company.first >= title.last:
        index = title.company.last
    if index + 1 >= limit or window.words[index] != "," or window.lows[trigger.words[0] - 1] not in _OWNERS:
        return []
    if trigger.phrase == "next" or title.mention.plural:
        return []
    name = described_person(window, index + 1, limit)
    if name is None or "," in window.words[index + 1 : name.first]:
        return []
    closed = name.last >= limit or window.words[name.last] in (",", ".", ";", ")", "—", "–")
    return [Link(title, name, "before,")] if closed else []


def _joined_titles(window: Window, title: Title, paired: list[Title], links: list[Link], link: Link) -> Iterator[Title]:
    """Further titles of one chain, "its new chairman, president and CEO, Roe"; not "its new chief, banker Jane Roe"."""
    enumerated = not {"and", "&", "/", "-"}.isdisjoint(window.lows[title.last : max(link.person.first, title.last)])
    for other in links:
        near = title.first < other.title.first <= title.last + 3
        if other.person is not link.person or other.how != link.how or not near or other.title in paired:
            continue
        described = other.title.last == link.person.first and not enumerated
        if not (other.title.former or described):
            yield other.title


def _paired_titles(window: Window, title: Title) -> list[Title]:
    """A title and those joined to it: "the new chairman and CEO of Acme"."""
    paired = [title]
    while (other := window.title_at.get(paired[-1].last + 1)) is not None and other.first == paired[-1].last + 1:
        if window.lows[paired[-1].last] not in ("and", "&", "/"):
            break
        paired.append(other)
    return paired


_FINDING = frozenset(
    "get gets got gotten have has had find finds found gain gains gained choose chooses chose land lands landed "
    "acquire acquires acquired secure secures secured receive receives received".split()
)


def _found_in(window: Window, title: Title) -> list[Link]:
    """ "Acme gets a new chief executive in Jane Roe": the person behind the "in" of a title that is gained."""
    if title.last >= len(window.doc) or window.lows[title.last] != "in":
        return []
    if not any(verb.lower_ in _FINDING for verb in governing_verbs(window.doc[title.last - 1])):
        return []
    for index in range(title.last + 1, min(title.last + 7, window.sentence_of(title.first).last)):
        name = window.name_at.get(index)
        if name is not None and name.kind == "person":
            return [Link(title, name, "copula")]
    return []


_UNDER = frozenset("to under alongside beside behind".split())
_BEFORE_POST = frozenset("the its their his her a an new incoming next".split())
_ASIDE = 14  # words of a clause on a new chief before the verb
_PRESENT = (["will", "be"], ["is"], ["are"], ["were"], ["include"], ["includes"], ["included"])
_OF_MANY = frozenset({"are", "were", "include", "includes", "included"})


def _told_next(window: Window, title: Title) -> list[Link]:
    """ "Acme's new chairman is Jane Roe", "The new directors of Acme will be A and B"; not "is Jane Roe's brother"."""
    sentence = window.sentence_of(title.first)
    opened = title.first - 1
    while opened > sentence.first and window.lows[opened] in _BEFORE_POST:
        opened -= 1
    if opened >= sentence.first and window.lows[opened] in _UNDER:
        return []  # "Reporting to the new editor will be Jane Roe"
    index = title.last
    if index + 2 < sentence.last and window.lows[index] in ("of", "at", "on"):
        index += 2 if window.lows[index + 1] in ("the", "its") else 1
        place = window.name_at.get(index)
        index = place.last if place is not None else index + (window.lows[index] in common_nouns("company") | {"board"})
    if index < sentence.last and window.words[index] == ",":  # "the new chief, who joins from Bolt, is"
        closing = (i for i in range(index + 1, min(index + _ASIDE, sentence.last)) if window.words[i] == ",")
        index = next(closing, index) + 1
    words = [window.lows[i] for i in range(index, min(index + 2, sentence.last))]
    verb = next((form for form in _PRESENT if words[: len(form)] == form), None)
    if verb is None or (verb[0] in _OF_MANY and not title.mention.plural):
        return []
    index += len(verb)
    while index < sentence.last and (window.words[index] in ":," or window.lows[index].rstrip(".") in HONORIFICS):
        index += 1
    name = window.name_at.get(_behind_description(window, index, sentence.last))
    if name is None or name.kind != "person":
        return []
    owner = name.last < sentence.last and window.lows[name.last] in ("'s", "’s", "'", "’")
    persons = coordinated_names(window, name, loose=True) if title.mention.plural else [name]
    return [] if owner else [Link(title, person, "copula") for person in persons]


_DESCRIPTION = 6  # words before the name: "is public relations consultant Jane Roe"


def _behind_description(window: Window, index: int, limit: int) -> int:
    """Where the name is that a description without an article leads to; the start itself if there is none."""
    at = index
    while at < min(index + _DESCRIPTION, limit - 1) and at not in window.name_at:
        if at not in window.title_at and window.doc[at].tag_ not in ("NN", "NNS", "JJ", "HYPH", "NNP"):
            return index
        at += 1
    return at if at == index or (window.lows[index] not in ("the", "a", "an")) else index


def _told_of_subject(window: Window, title: Title) -> list[Link]:
    """ "Roe, until May the treasurer of the bank, is its new president": the subject of the "is" by the parse."""
    noun = window.doc[title.last - 1]
    if noun.dep_ != "attr" or noun.head.lower_ not in ("is", "are"):
        return []
    subject = surface_subject(noun.head)[0]
    name = window.name_at.get(subject.i) if subject is not None else None
    return [Link(title, name, "copula")] if name is not None and name.kind == "person" else []
