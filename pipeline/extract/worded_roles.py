"""Roles that no title mention words: a seat on a board, and words that the lexicon of titles does not know."""

from __future__ import annotations

from pipeline.extract.common_nouns import common_nouns
from pipeline.extract.complement_titles import GAINING, is_career, is_governed
from pipeline.extract.mentions import Name, Title, Window
from pipeline.extract.reason_clauses import opens_clause
from pipeline.extract.role_values import REACH, RoleValue
from pipeline.extract.surroundings import ends_spell
from pipeline.extract.triggers import Trigger
from pipeline.records import DIRECTIONS
from pipeline.titles.board import FROM_BOARDS

_SEATS = frozenset({"seat", "seats", "vacancy", "vacancies"})
_ORGANS = frozenset({"board", "boards"})
_NO_ROLE = frozenset(
    "part result consequence defendant witness suspect favourite favorite example reason way matter "
    "sign move deal step protest price percentage whole group team company member case gesture "
    "precaution surprise shock hero victim target year years day month well condition problem success "
    "failure symbol model guest child boy girl teenager free response reward successor replacement "
    "office mother father parent man woman student tourist visitor pilgrim refugee plaintiff patient "
    "player striker midfielder defender goalkeeper".split()
)


def worded_role(window: Window, trigger: Trigger) -> RoleValue | None:
    """ "hired as a wealth planner": a role in words that the lexicon of titles does not know, after a bare "as"."""
    doc, sentence = window.doc, window.sentence_of(trigger.head)
    ends = trigger.last > trigger.head and window.lows[trigger.last] == "as"  # "starts as"
    for index in range(trigger.last + (not ends), min(sentence.last - 1, trigger.last + REACH)):
        token = doc[index]
        if token.tag_ in ("VBD", "VBZ", "VBP", "MD") or token.text in (";", ":"):
            return None
        wanted = ("as", "to") if trigger.rule.action == "promoted" else ("as",)
        if token.lower_ not in wanted or token.dep_ != "prep" or window.lows[index + 1] == "well":
            continue
        if window.lows[index - 1] == "such":
            return None  # "responsibilities such as procurement"
        if window.lows[index - 1] in _COMPARING or _is_comparison(window, index):
            continue
        if DIRECTIONS[trigger.rule.action] == "in" and ends_spell(window, index):
            return None
        if not is_governed(token, trigger) or is_career(window, trigger, index + 2):
            continue
        for head in token.children:
            if (
                head.dep_ != "pobj"
                or head.tag_ not in ("NN", "NNP")
                or head.i in window.name_at
                or head.lower_ in _NO_ROLE
                or head.lower_ in common_nouns("company")
            ):
                continue
            first = index + 1
            while (first < head.i and doc[first].tag_ in ("DT", "PRP$", "POS")) or window.lows[first] in (
                "new",
                "first",
            ):
                first += 1
            if window.words[first] in ('"', "“", "‘", "'"):
                continue  # "described the appointment as a "great honour""
            if any(i in window.name_at for i in range(first, head.i + 1)) or head.i - first > 4:
                return None
            title = window.title_at.get(head.i)
            if title is not None and title.first <= first:
                return RoleValue(title.text, title, title.company, "as")
            if DIRECTIONS[trigger.rule.action] == "out" and opens_clause(window, index, head.i, sentence.last):
                return None
            return RoleValue(doc[first : head.i + 1].text, None, None, "as")
    return None


# "As early as today", "without so much as a word".
_COMPARING = frozenset("early soon late much far long little many few recently well often".split())


def _is_comparison(window: Window, index: int) -> bool:
    """Whether an "as" opens a comparison: "as early as", not "as treasurer"."""
    return window.lows[index + 1] in _COMPARING


def board_seat(window: Window, trigger: Trigger) -> RoleValue | None:
    """ "named to its board", "left the board": a seat on a board is the role director."""
    doc, sentence = window.doc, window.sentence_of(trigger.head)
    chooses = trigger.rule.rule_id in ("appoint.elect", "appoint.nominate", "reappoint.verb")
    words = {token.lower_ for token in doc[trigger.last : sentence.last]}
    if words & {"succeed", "replace", "follow", "succeeding", "replacing", "successor", "replacement"}:
        return None
    seats = words & {"election", "slate", "nominees", "board", "boardroom"}
    before = {token.lower_ for token in doc[sentence.first : trigger.head]}  # "that two directors would leave and ..."
    if trigger.rule.rule_id == "appoint.nominate" and (seats or "directors" in before):
        return RoleValue("director", None, None)
    before = {token.lower_ for token in doc[sentence.first : trigger.head]}
    if "vacancy" in trigger.phrase and before & _ORGANS and before & {"elected", "appointed", "elects", "appoints"}:
        return RoleValue("director", None, None)  # "the board elected Roe to fill the vacancy"
    if words & {"vacancy", "vacancies"} and _told_of_directors(window, trigger):
        return RoleValue("director", None, None)
    if chooses and words & _SEATS and (before | words) & _ORGANS:
        return RoleValue("director", None, None)  # "expanded its board and elected Roe to fill the seat"
    if chooses and any(c.dep_ == "nsubj" and c.lower_ in _ORGANS for c in doc[trigger.head].children):
        return RoleValue("director", None, None)  # "the board elected Roe"
    for index in range(trigger.head, min(sentence.last, trigger.last + REACH)):
        if (
            window.lows[index] in _ORGANS
            and index > 0
            and _no_name(window, index)
            and (seat := _seat_word(window, index)) in _SEAT_WORDS
            and (seat != "to" or DIRECTIONS[trigger.rule.action] != "out")  # "his resignation to the board"
        ):
            return RoleValue("director", None, _company_of_board(window, index, sentence.last))
        if index > trigger.last and doc[index].tag_ in ("VBD", "VBZ", "MD"):
            return None
    return None


def _told_of_directors(window: Window, trigger: Trigger) -> bool:
    """Whether directors left just before: "Two directors resigned. Roe was elected to fill a vacancy"."""
    number = window.sentence_at[trigger.head]
    if not number or DIRECTIONS[trigger.rule.action] != "in":
        return False
    before = window.sentences[number - 1]
    plural = (title for title in window.titles_in(before.first, before.last) if title.mention.plural)
    return any(title.mention.head.lower().startswith("director") for title in plural)


_PARTNERSHIP_REACH = 4  # words from "retires" to "partnership"
_BETWEEN = frozenset({"with", "between", "agreement", "deal", "talks", "program", "programme"})


def partnership(window: Window, trigger: Trigger) -> RoleValue | None:
    """ "Retires from the partnership", "is stepping back from partnership": a seat in a firm is the role partner."""
    last = min(trigger.last + _PARTNERSHIP_REACH, window.sentence_of(trigger.head).last - 1)
    for index in range(trigger.last, last):
        if window.lows[index] != "partnership" or index in window.name_at:
            continue
        before = window.lows[index - 1]
        told = before in ("from", "the", "its", "their") and window.lows[index + 1] not in _BETWEEN
        return RoleValue("partner", None, None) if told else None
    return None


_SEAT_OPENS = {"in": frozenset({"to"}), "out": frozenset({"from", "off"})}
_BESIDE = frozenset("the its their our his her also then both company 's ’s group main".split())
_BESIDE_REACH = 14  # words from an office, its place and its day to the board: "as chief of Acme on 30 June and from"


def seat_beside(window: Window, trigger: Trigger, first: int) -> RoleValue | None:
    """The seat told beside an office: "steps down as treasurer in May and from the board", "named T and to its board".

    Args:
        window: The window.
        trigger: The trigger that gives or takes both.
        first: Where the office ends.
    """
    doc, last = window.doc, window.sentence_of(trigger.head).last
    opens = _SEAT_OPENS.get(DIRECTIONS[trigger.rule.action], frozenset())
    for index in range(first, min(first + _BESIDE_REACH, last - 2)):
        if doc[index].tag_ in ("VBD", "VBZ", "VBP", "MD", "VB") or window.words[index] == ";":
            return None
        if opens == _SEAT_OPENS["in"] and (seat := _with_seat(window, index, last)) is not None:
            return seat
        if window.lows[index] != "and":
            continue
        ahead = index + 1
        while ahead < last and window.lows[ahead] in ("also", "then"):
            ahead += 1
        if ahead >= last or window.lows[ahead] not in opens:
            continue
        ahead += 1
        while ahead < last and window.lows[ahead] in _BESIDE:
            ahead += 1
        if ahead < last and window.lows[ahead] in _ORGANS and _no_name(window, ahead):
            return RoleValue("director", None, _company_of_board(window, ahead, last))
    return None


def _with_seat(window: Window, index: int, last: int) -> RoleValue | None:
    """The seat of "named its president, with a seat on the board", "along with a board seat"."""
    if window.lows[index : index + 2] != ["with", "a"]:
        return None
    if window.lows[index + 2 : index + 4] == ["board", "seat"]:
        return RoleValue("director", None, None)
    ahead = index + 4
    while ahead < last and window.lows[ahead] in _BESIDE:
        ahead += 1
    told = window.lows[index + 2 : index + 4] == ["seat", "on"] and window.lows[ahead : ahead + 1] == ["board"]
    return RoleValue("director", None, _company_of_board(window, ahead, last)) if told else None


_ASSEMBLIES = frozenset({"committee", "board", "panel", "council", "commission"})
_CHAIRED_REACH = 6  # words from "will chair" to "committee"


def chair_of(window: Window, trigger: Trigger) -> RoleValue | None:
    """ "will chair the audit committee": the office, for which there is no title in the sentence."""
    first = trigger.last + 1
    if window.lows[trigger.last] != "chair" or window.lows[first : first + 1] not in (["the"], ["its"], ["their"]):
        return None
    for index in range(first + 1, min(first + _CHAIRED_REACH, len(window.doc))):
        if window.lows[index] in _ASSEMBLIES:
            named = index > first + 1 or window.lows[index] == "board"  # "the committee": one set up for the purpose
            if window.lows[index] == "board" and any(True for _ in window.names_in(first + 1, index, "org")):
                return RoleValue("chair", None, None)  # "will chair the Acme board"
            return RoleValue(f"chair of the {window.piece(first + 1, index + 1)}", None, None) if named else None
        if window.doc[index].tag_ == "POS":
            first = index  # "the bank's audit committee"
        elif window.doc[index].tag_ not in ("NN", "NNS", "NNP", "NNPS", "JJ", "CC", ",", "HYPH", "VBG"):
            return None
    return None


def _no_name(window: Window, board: int) -> bool:
    """Whether a board is not part of a longer name, such as "Federal Reserve Board"."""
    name = window.name_at.get(board)
    return name is None or name.text.lower() in ("board", "the board", "board of directors", "the board of directors")


_UPON = frozenset({"after", "when", "once", "following"})


_OF_SEVERAL = frozenset({"vice_president", "partner", "director", "manager"})  # levels that many have at a time


def vacated_role(window: Window, trigger: Trigger, persons: list[Name]) -> RoleValue | None:
    """ "Roe became governor after Kim resigned": the office that another gains in the place of who goes."""
    doc, first = window.doc, window.sentence_of(trigger.head).first
    if not persons or (trigger.last + 1 in window.name_at):
        return None
    for title in window.titles_in(first, trigger.head):
        opening = [
            i for i in range(title.last, trigger.head) if window.lows[i] in ("after", "when", "once", "following")
        ]
        gained = any(window.lows[i] in GAINING and doc[i].tag_.startswith("VB") for i in range(first, title.first))
        if not gained or not opening or title.former or title.mention.plural or title.mention.level in _OF_SEVERAL:
            continue
        told = list(window.titles_in(opening[-1], trigger.head))
        if not told and opening[-1] < persons[0].first < trigger.head:
            return RoleValue(title.text.removeprefix("acting ").removeprefix("interim "), title, title.company)
    return None


def vacant_role(window: Window, trigger: Trigger) -> RoleValue | None:
    """ "has been without a chairman since Roe died": the office that stands empty since a loss."""
    doc, first = window.doc, window.sentence_of(trigger.head).first
    for title in window.titles_in(first, trigger.head):
        before = title.first - 1
        while before > first and (doc[before].tag_ in ("DT", "JJ", "PRP$") and window.lows[before] != "no"):
            before -= 1
        empty = before >= first and window.lows[before] in ("without", "no")
        # "The post of T has been vacant since Roe left", "the editor's job came free when Roe was sacked"
        between = {window.lows[i] for i in range(title.last, trigger.head)}
        empty = empty or (bool(between & _FREE) and not between & {"and", "but", ";"})
        # "Acme to seek new treasurer as Roe retires"
        sought = bool({"new", "next"} & set(title.mention.modifiers)) and _is_looked_for(window, title, first)
        since = _SINCE | {"as"} if sought else _SINCE
        other = title.text.lower() in INFORMAL or any(
            True for _ in window.names_in(title.first, title.last + 1, "person")
        )
        if (empty or sought) and not other and any(window.lows[i] in since for i in range(title.last, trigger.head)):
            return RoleValue(title.text.removeprefix("permanent "), title, title.company)
    return None


INFORMAL = frozenset({"boss", "head", "chief", "leader"})  # short for an office that is told elsewhere
_FREE = frozenset({"vacant", "free", "unfilled", "vacated", "empty"})
_SINCE = frozenset({"since", "after", "when", "following", "with", "upon", "once"})
_LOOKING = frozenset(
    "seek seeks seeking sought search searches searching hunt hunts hunting look looks looking need needs wants "
    "find recruit recruits recruiting".split()
)
_LOOKING_REACH = 4  # words from "seek" or "search" to the title


def _is_looked_for(window: Window, title: Title, first: int) -> bool:
    """Whether an office is one that is to be filled: "to seek new treasurer", "is looking for its next head"."""
    return not _LOOKING.isdisjoint(window.lows[max(title.first - _LOOKING_REACH, first) : title.first])


def office_spoken_of(window: Window, trigger: Trigger) -> RoleValue | None:
    """The last office told: "named treasurer, filling the post vacated by Roe", "Roe will no longer hold the post"."""
    vacated = "by" in trigger.rule.frame["person"]
    behind = window.lows[trigger.last + 1 : trigger.last + 4]
    if not vacated and not (_POSTS & {*behind} and {"the", "that"} & {*behind}):
        return None
    for title in reversed(list(window.titles_in(window.sentence_of(trigger.head).first, trigger.head))):
        name = window.name_at.get(title.last)
        if title.former or (name is not None and name.kind == "person"):
            continue
        return RoleValue(title.text, title, title.company)
    return None


_POSTS = frozenset({"post", "position", "job", "role", "office", "seat"})


def latest_role(window: Window, trigger: Trigger) -> RoleValue | None:
    """ "left Acme, where she spent 20 years, most recently as head of sales": the last office before a loss."""
    doc, sentence = window.doc, window.sentence_of(trigger.head)
    for title in window.titles_in(trigger.last + 1, sentence.last):
        words = [token.lower_ for token in doc[max(title.first - 4, trigger.last + 1) : title.first]]
        if "as" in words and {"recently", "latterly", "lately"} & set(words):
            return RoleValue(title.text, title, title.company)
    return None


def chairing(window: Window, trigger: Trigger) -> RoleValue | None:
    """ "Will chair Acme", "was named to head its board": the office that a verb of leading is for, where it is one."""
    if DIRECTIONS[trigger.rule.action] != "in":
        return None
    last = window.lows[trigger.last]
    board = last in ("head", "lead") and _ORGANS & {*window.lows[trigger.last + 1 : trigger.last + _BOARD_REACH]}
    return RoleValue("chair", None, None) if last in ("chair", "co-chair") or board else None


_BOARD_REACH = 6  # words from "head" to "board"
_ASSUMING = frozenset({"appoint.succeed", "appoint.will_run", "appoint.to_run", "appoint.take_over"})
_BEING = frozenset("is are will be becomes become serves serve as now work works act acts both they all each".split())


def role_aside(window: Window, trigger: Trigger, persons: list[Name]) -> Title | None:
    """The office of a gain that is told before it or of the place behind it.

    "As treasurer of Acme, Roe will replace Kim", "left for Acme, where both are partners".
    """
    if DIRECTIONS[trigger.rule.action] != "in" or not persons:
        return None
    sentence = window.sentence_of(trigger.head)
    fronted = next(window.titles_in(sentence.first + 1, persons[0].first), None)
    if (
        trigger.rule.rule_id in _ASSUMING
        and fronted is not None
        and window.lows[sentence.first] == "as"
        and fronted.first <= sentence.first + 2
        and window.words[persons[0].first - 1] == ","
        and not fronted.former
    ):
        return fronted
    for title in window.titles_in(trigger.last + 1, sentence.last):
        index = title.first - 1
        while index > trigger.last and (
            window.lows[index] in _BEING or window.lows[index] in ("he", "she", "its", "the", "a")
        ):
            index -= 1
        present = {"is", "are", "be", "becomes", "become", "serves", "serve"} & {*window.lows[index + 1 : title.first]}
        if window.lows[index] == "where" and present and not title.former:
            return title
    return None


_SEEKING = frozenset("for find finding seek seeking sought replace as of".split())


def sought_role(window: Window, trigger: Trigger) -> RoleValue | None:
    """ "After a search for a treasurer, Acme has hired Roe", "for its next president Acme turned to Roe": the office
    that is to be filled, told before a gain that names none, and nobody's yet."""
    doc, first = window.doc, window.sentence_of(trigger.head).first
    for title in reversed(list(window.titles_in(first, trigger.head))):
        before = title.first - 1
        while before > first and (doc[before].tag_ in ("DT", "PRP$", "JJ") or window.lows[before] in ("new", "next")):
            before -= 1
        wanted = window.lows[before] in _SEEKING and title.first - before > 1
        name = window.name_at.get(title.last)
        owned = name is not None and name.kind == "person"
        other = any(True for _ in window.names_in(title.last, trigger.head, "person"))
        if wanted and not (owned or other or title.former or title.mention.plural):
            return RoleValue(title.text, title, title.company)
    return None


def role_until(window: Window, trigger: Trigger) -> RoleValue | None:
    """ "will serve as chairman until April, when he will retire": the office held until a loss."""
    doc, first = window.doc, window.sentence_of(trigger.head).first
    for title in reversed(list(window.titles_in(first, trigger.head))):
        words = [token.lower_ for token in doc[title.last : trigger.head]]
        others = any(True for _ in window.names_in(title.last, trigger.head, "person"))
        if "until" in words and not others and ("he" in words or "she" in words):
            return RoleValue(title.text, title, title.company)
    return None


_SEAT_WORDS = frozenset(
    "to from on off join joined joins joining leave left leaves leaving quit quits exit exits".split()
)


def _company_of_board(window: Window, board: int, limit: int) -> Name | None:
    """The organisation right before a board or, with "of" or "at", right behind it."""
    for index in range(max(board - 4, 0), min(board + 6, limit)):
        name = window.name_at.get(index)
        if name is None or name.kind != "org":
            continue
        beside = window.doc[name.last : board] if index < board else window.doc[0:0]
        if any(token.tag_.startswith("VB") or token.text == "," for token in beside):
            continue  # "Roe, a partner of Acme, joins the board"
        if index < board or _of_before(window, board, index):
            return name
    return None


def _seat_word(window: Window, index: int) -> str:
    """The verb or preposition that a board is the object of: "to its supervisory board"."""
    before = index - 1
    while before > 0 and (
        window.lows[before] in ("the", "its", "their", "his", "her", "'s", "’s", "company", "a")
        or window.doc[before].tag_ in ("JJ", "VBG", "NN", "CD", "HYPH")
        or before in window.name_at
    ):
        before -= 1
    given = window.lows[before] == "from" and window.lows[max(before - 1, 0)] in FROM_BOARDS
    return "" if given else window.lows[before]


def _of_before(window: Window, index: int, company: int) -> bool:
    return any(window.lows[i] in ("of", "at") for i in range(index, company))
