"""Titles behind a trigger, told apart from the titles people already hold."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.extract.apposed_firms import describes_firm
from pipeline.extract.described_offices import closes_aside
from pipeline.extract.listed import opens_list
from pipeline.extract.mentions import Name, Title, Window
from pipeline.extract.role_values import REACH
from pipeline.extract.same_posts import without_post
from pipeline.extract.surroundings import ends_spell
from pipeline.extract.title_links import Link
from pipeline.extract.title_places import (
    GAP,
    behind_bracket,
    closes_clause,
    counts_others,
    following_titles,
    marker_of,
    title_of_later_day,
)
from pipeline.extract.triggers import Trigger, triggers_of
from pipeline.records import DIRECTIONS

if TYPE_CHECKING:
    from spacy.tokens import Token

_GAP_TAGS = frozenset(
    "JJ NN NNP NNS CD VBN POS PRP$ RB DT HYPH IN VBG TO VB RP , NNPS JJR JJS RBR RBS `` '' -LRB- -RRB-".split()
)
_STOPS = frozenset(
    "who which whose that after when where because while said says but ; until since before although".split()
)
_LINKING = frozenset(
    "serve serving act acting be being become becoming succeed succeeding replace replacing fill "
    "filling assume assuming take taking hold run running lead leading head heading oversee overseeing "
    "include including expanding following".split()
)


def titles_behind(
    window: Window, trigger: Trigger, persons: list[Name], by_title: dict[int, Link], counterpart: Name | None
) -> list[Title]:
    """The first title behind the trigger that is no one's present office, then those coordinated with it."""
    doc, sentence = window.doc, window.sentence_of(trigger.head)
    index = trigger.last + 1
    limit = min(sentence.last, trigger.last + REACH)
    own = {id(name) for name in persons}
    late: Title | None = None  # a title behind an apposition, where nothing better comes
    clause = apart = False  # inside a relative clause, and one that tells of somebody else
    held: set[int] = set()  # what goes on with an office that the one who leaves holds
    skipping = False  # inside an apposition or relative clause, until "as" or "to the post"
    while index < limit:
        title = window.title_at.get(index)
        if title is not None and title.first == index:
            if _describes_newcomer(window, title, persons):
                index = persons[0].last
                continue
            if describes_firm(window, title):
                index, skipping = title.last, True
                continue
            link = by_title.get(id(title))
            if not (clause and skipping) and _gives(window, trigger, title, link, own, skipping):
                return _with_later_day(window, trigger, [title, *following_titles(window, title, sentence.last)])
            aside = closes_aside(window, trigger, persons, title)
            if (skipping or aside) and late is None and id(title) not in held:
                late = title if _is_late(window, title, link, own, aside) else None
            if link is not None and link.how == "after" and DIRECTIONS[trigger.rule.action] == "out":
                held |= {id(other) for other in following_titles(window, title, sentence.last)}  # "Roe, its T and U"
            index = max(title.last, index + 1)
            skipping = skipping or (link is not None and link.how in ("after", "copula", "remains"))
            continue
        name = window.name_at.get(index)
        if name is not None:
            if not skipping and _is_someone_else(window, name, persons, counterpart, limit):
                break
            index = max(name.last, index + 1)
            continue
        if (behind := behind_bracket(window, index, limit)) > index:
            index = behind
            continue
        if _resumes(window, trigger, index, limit, clause, apart):
            skipping = False
        elif window.lows[index] == "after" and _term_of_office(window, index + 1):
            pass
        elif skipping and window.lows[index] == "since" and index + 1 < limit and doc[index + 1].like_num:
            pass  # "named Roe, deputy director of the port since 2015, director of customs"
        elif window.lows[index] in _STOPS or window.words[index] in (";", ":", ".") or _hangs_on(window, index):
            if window.lows[index] not in ("who", "which", "whose", "where"):
                break
            skipping = clause = True
            apart = apart or _gains_elsewhere(window, trigger, index, own)
        elif index == trigger.last + 1 and window.lows[index] == "by" and _by_another(trigger):
            skipping = clause = True  # "were replaced by two Bolt executives"
        elif index == trigger.last + 1 and window.lows[index] in ("him", "them"):
            pass  # "hired Roe and named him president"
        elif not skipping and _ends_complement(trigger, doc[index]):
            break
        index += 1
    if late is None or late.first <= trigger.last:
        return []
    return [late, *following_titles(window, late, sentence.last)]


def _by_another(trigger: Trigger) -> bool:
    """Whether behind the "by" of a passive stands who acts, not who moves."""
    passive = trigger.rule.voice == "passive" and "by" not in trigger.rule.frame["person"]
    return passive and DIRECTIONS[trigger.rule.action] == "out"


def _hangs_on(window: Window, index: int) -> bool:
    """Whether a clause says on what the move hangs: "will go once the deal is done"; not "once a banker"."""
    return window.lows[index] == "once" and window.lows[index + 1 : index + 2] in _DEFINITE


_DEFINITE = (["the"], ["its"], ["their"], ["this"])


def _with_later_day(window: Window, trigger: Trigger, run: list[Title]) -> list[Title]:
    """The titles of a trigger, and that of a later day: "becomes president in May and chief executive in July"."""
    lost = DIRECTIONS[trigger.rule.action] == "out"
    later = title_of_later_day(window, run[-1], window.sentence_of(trigger.head).last, marked=lost)
    return [*run, later, *following_titles(window, later, window.sentence_of(later.first).last)] if later else run


def _describes_newcomer(window: Window, title: Title, persons: list[Name]) -> bool:
    """Whether a title only says who comes: "hired a partner from Dalton Lane, Jane Roe, as chief"."""
    if not persons or not title.last < persons[0].first or window.lows[title.last] not in ("from", "at", "of"):
        return False
    behind = window.lows[persons[0].last : persons[0].last + 2]
    return window.words[persons[0].first - 1] == "," and "as" in behind


_BEFORE_OFFICE = 5  # words such as "permanent" between "again has a" and its office


_SEATS = frozenset({"job", "chair", "post", "role", "seat", "position"})


def office_of(window: Window, trigger: Trigger) -> Title | None:
    """The title that a trigger ends in, or whose seat it is, or of "again has a" the one that it leads to."""
    if window.lows[trigger.last] in _SEATS and window.doc[trigger.last - 1].tag_ == "POS":
        return window.title_at.get(trigger.last - 2)  # "handed Roe the editor's chair"
    ended = window.title_at.get(trigger.last)
    if ended is not None:
        ended.wording = without_post(ended.text)  # "took the head of sales job"
        behind = window.name_at.get(ended.last)
        return ended if behind is None or behind.kind != "person" else None  # "made director Kim laugh"
    for index in range(trigger.last + 1, min(trigger.last + _BEFORE_OFFICE, len(window.doc))):
        if index in window.title_at:
            return window.title_at[index]
        if window.doc[index].tag_ not in ("JJ", "NN", "VBG", "VBN", "HYPH", "RB"):
            return None
    return None


def _is_late(window: Window, title: Title, link: Link | None, own: set[int], aside: bool) -> bool:
    """Whether a title behind an apposition may be the complement: one of the trigger's persons has it."""
    if aside:  # of "a former banker, president" the comma ends what "former" speaks of
        return link is None or id(link.person) in own
    held = link is not None and id(link.person) in own and link.how not in ("where", "told")
    article = window.lows[title.first - 1]
    elsewhere = {"in", "at", "with"}.intersection(window.lows[title.first : title.last + 1])
    if article in ("a", "an") and elsewhere:
        return False  # "named Roe, a former banker, a partner in a law firm"
    opening = title.first - (article in ("its", "their", "a", "an", "the"))
    return held and window.words[opening - 1] == "," and not title.former


def _is_someone_else(window: Window, name: Name, persons: list[Name], counterpart: Name | None, limit: int) -> bool:
    """Whether a name is a person the trigger does not speak of: the titles behind it are that person's."""
    owner = name.last < limit and window.lows[name.last] in ("'s", "’s", "'", "’")
    return (
        name.kind == "person"
        and not any(name is person for person in persons)
        and name is not counterpart
        and not owner
        and not _behind_succession(window, name)
        and not _in_enumeration(window, persons, name)
    )


def _gains_elsewhere(window: Window, trigger: Trigger, index: int, own: set[int]) -> bool:
    """Whether a clause tells what another than the trigger's gets: "replacing Kim, who is moving to Acme as chief"."""
    name = window.name_at.get(index - 2) if window.words[index - 1] == "," else None
    if name is None or name.kind != "person" or id(name) in own or window.lows[index] != "who":
        return False
    for other in triggers_of(window):
        gains = DIRECTIONS[other.rule.action] == "in" and other.rule.kind == "verb" and not other.rule.objects
        if gains and index < other.head <= index + _CLAUSE_REACH and "as" in other.rule.frame.get("role", ()):
            return other.rule.rule_id != trigger.rule.rule_id
    return False


_CLAUSE_REACH = 6  # words from "who" to its verb


def _resumes(window: Window, trigger: Trigger, index: int, limit: int, clause: bool, apart: bool) -> bool:
    """Whether an "as", or a "to" that leads to a title, ends an apposition or clause."""
    word = window.lows[index]
    closed = window.words[index - 1] == ","  # "named Roe, who was at Acme, as treasurer"
    if apart and trigger.rule.rule_id == "appoint.succeed":
        return False  # "replacing Kim, who is moving to Acme, its owner, as treasurer"
    if word not in ("as", "to") or (clause and not closed and not is_governed(window.doc[index], trigger)):
        return False  # "took over from Kim, who left to become chairman of Acme"
    return word == "as" or (index + 1 < limit and _leads_to_title(window, index + 1, limit))


def _ends_complement(trigger: Trigger, token: Token) -> bool:
    """Whether a word cannot stand between a trigger and its title: another verb, or a word of no noun phrase."""
    hyphened = token.i + 1 < len(token.doc) and token.nbor(1).tag_ == "HYPH"  # the verb in "start-up"
    if token.tag_ == "VBG" and token.dep_ == "amod":
        return False  # "moves to the controlling shareholder as treasurer"
    if (
        token.i not in trigger.words
        and not hyphened
        and (
            token.tag_ in ("VBD", "VBZ", "VBP", "MD") or (token.tag_ in ("VB", "VBG") and token.lower_ not in _LINKING)
        )
    ):
        return True
    return token.lower_ not in GAP and token.tag_ not in _GAP_TAGS


def _term_of_office(window: Window, index: int) -> bool:
    """Whether "after" opens a length of time: "stepping down after eight years as chairman"."""
    words = [token.lower_ for token in window.doc[index : index + 6]]
    return any(
        word
        in (
            "years",
            "year",
            "months",
            "decades",
            "decade",
            "weeks",
            "days",
            "stint",
            "term",
            "terms",
            "seasons",
            "season",
        )
        for word in words
    )


def _leads_to_title(window: Window, index: int, limit: int) -> bool:
    for position in range(index, min(index + 8, limit)):
        if position in window.title_at:
            return True
        if window.lows[position] not in GAP and position not in window.name_at:
            return False
    return False


def _behind_succession(window: Window, name: Name) -> bool:
    first = max(name.first - 4, 0)
    return any(
        window.lows[i] in ("succeed", "succeeding", "replace", "replacing", "succeeds", "replaces", "from", "by", "for")
        for i in range(first, name.first)
    )


def _in_enumeration(window: Window, persons: list[Name], name: Name) -> bool:
    return bool(persons) and any(window.lows[i] in ("and", ",") for i in range(max(name.first - 2, 0), name.first))


def _ends_spell(window: Window, title: Title) -> bool:
    """Whether an office is one held until then: "moves to Acme after six years as sales director at Bolt"."""
    near = range(title.first - 1, max(title.first - _RANK_REACH, 0), -1)
    at = next((i for i in near if window.lows[i] == "as"), 0)
    return ends_spell(window, at)


_RANK_REACH = 5  # words from "as" to the office: "as its first chief"


def _gives(window: Window, trigger: Trigger, title: Title, link: Link | None, own: set[int], skipping: bool) -> bool:
    """Whether a title is the trigger's complement, not someone's present office."""
    marker = marker_of(window, title)
    if DIRECTIONS[trigger.rule.action] == "out" and has_new(title):
        return False  # "is leaving under the group's new owner"
    if title.former or _of_another_phrase(window, trigger, title, marker) or opens_list(window, title):
        return False
    plain = title.mention.level == "other" and not title.mention.strong
    if plain and marker == "as" and is_career(window, trigger, title.first):
        return False
    counted = trigger.rule.kind == "noun" and title.mention.plural and link is None and len(own) == 1
    if marker == "clause" or counts_others(window, title) or (counted and _is_counted(window, title)):
        return False  # "announced Roe's retirement and the resignation of two directors"
    if trigger.rule.action == "promoted" and title.mention.plural and marker == "" and _is_counted(window, title):
        return False  # "promoted eight lawyers, with Roe and Kim becoming partners"
    if DIRECTIONS[trigger.rule.action] == "in" and (marker == "from" or _ends_spell(window, title)):
        return False
    if DIRECTIONS[trigger.rule.action] == "out" and (
        marker == "become" or (_is_addressed(window, title) and "elected" not in trigger.phrase)
    ):
        return False
    if _is_told(window, trigger, title):
        return False
    if marker in ("as", "to", "become", "of", "from"):
        others = link is not None and link.how == "before" and id(link.person) not in own
        if marker == "to" and others and DIRECTIONS[trigger.rule.action] == "out":
            return False  # "offered his resignation to President Roe"
        at_name = link is not None and link.how == "before" and marker != "as"
        if link is not None and at_name and (id(link.person) in own or link.person.first <= title.last + 1):
            return False  # "handed his notice to chairman Kim"
        return not (skipping and marker not in ("as", "to"))
    if skipping:
        return False
    if link is None:
        return True
    if link.how in ("before", "before,"):
        return False  # an office held, by somebody else or at present
    if link.person.first > trigger.last:  # "named Jane Roe, chairman of Acme, ..." is her present office
        between = window.doc[link.person.last : title.first]
        if not any(token.text in ",(-–—[" for token in between):
            return True
        return has_new(title) or _closes_apposition(window, trigger, title, link.person)
    return link.person.last <= trigger.head


def _is_counted(window: Window, title: Title) -> bool:
    return title.first > 0 and window.doc[title.first - 1].tag_ == "CD"


def is_career(window: Window, trigger: Trigger, first: int) -> bool:
    """Whether what stands from a word on is what somebody was for life: "to retire after 31 years as a policeman"."""
    if DIRECTIONS[trigger.rule.action] != "out" or first < _CAREER_REACH:
        return False
    words = window.lows[first - _CAREER_REACH : first]
    return words[-1] in ("a", "an") and words[-2] == "as" and bool({"years", "decades", "career"} & {*words})


_CAREER_REACH = 5  # words from "years" to the title: "31 years of service as a"


def _closes_apposition(window: Window, trigger: Trigger, title: Title, person: Name) -> bool:
    """Whether the comma behind a name closes what stands before it: "named its head of sales, Roe, chairman"."""
    opened = window.words[person.first - 1] == "," and window.words[person.last] == ","
    held = any(
        t.last == person.first - 1 and not t.mention.plural for t in window.titles_in(trigger.last + 1, person.first)
    )
    return opened and held and title.first == person.last + 1


GAINING = frozenset(
    "be become becomes becoming became join joins joining joined assume assumes assuming accept accepts accepting "
    "accepted take takes taking named appointed elected promoted succeed succeeding replace replacing".split()
)
_ALIEN = frozenset("by with under alongside against like unlike between among".split())


def gain_behind(window: Window, trigger: Trigger) -> bool:
    """Whether a title that is gained follows a trigger in its sentence: "will step down and become chairman"."""
    for title in window.titles_in(trigger.last + 1, window.sentence_of(trigger.head).last):
        if GAINING & {token.lower_ for token in window.doc[trigger.last + 1 : title.first]}:
            return True
    return False


def _of_another_phrase(window: Window, trigger: Trigger, title: Title, marker: str) -> bool:
    """Whether a title belongs to other words: the next verb's subject, a gain told behind a loss, "by the chairman"."""
    doc = window.doc
    noun = doc[title.last - 1]
    subject = noun.dep_ in ("nsubj", "nsubjpass") and noun.head.i > noun.i and noun.head.i not in trigger.words
    subject = subject and not (title.first == trigger.last + 1 and closes_clause(window, title))
    opens = trigger.head == window.sentence_of(trigger.head).first and title.first == trigger.last + 1
    if subject and not marker and not opens:  # "Named chief of Acme in May, Roe ..." opens with a participle
        return True
    between = [token.lower_ for token in doc[trigger.last + 1 : title.first]]
    if DIRECTIONS[trigger.rule.action] == "out" and (GAINING & set(between) or ("to", "be") in pairwise(between)):
        return True
    index = title.first - 1
    while index > trigger.last and doc[index].tag_ in ("DT", "PRP$", "JJ"):
        index -= 1
    if index <= trigger.last:
        return False
    article = index < title.first - 1
    return window.lows[index] in _ALIEN or (article and window.lows[index] == "for")


def _is_addressed(window: Window, title: Title) -> bool:
    """Whether a board is spoken to: "submitted his resignation to the board"."""
    before = window.doc[max(title.first - 3, 0) : title.first]
    return "board" in title.mention.modifiers and any(token.lower_ == "to" for token in before)


def _is_told(window: Window, trigger: Trigger, title: Title) -> bool:
    """Whether a title is that of whoever hears of a loss: "sent her letter of resignation to the prime minister".

    Also one behind another "to" than the trigger's: "was moved to a hospital, a source close to the presidency said".
    """
    lost = DIRECTIONS[trigger.rule.action] == "out" and "to" not in trigger.rule.frame.get("role", ())
    if not lost and window.lows[trigger.last] not in ("to", "into"):
        return False
    index = title.first - 1
    while index > trigger.last and window.doc[index].tag_ in ("DT", "PRP$", "POS", "JJ"):
        index -= 1
    return window.lows[index] == "to" and (index > trigger.last or (lost and index == trigger.last))


def has_new(title: Title) -> bool:
    return bool(set(title.mention.modifiers) & {"new", "incoming"})


def is_governed(token: Token, trigger: Trigger) -> bool:
    """Whether a preposition hangs on the trigger, directly or through its object."""
    head = token.head
    for _ in range(3):
        if head.i in trigger.words:
            return True
        if head.tag_.startswith("VB") or head.head == head:
            return False
        head = head.head
    return False
