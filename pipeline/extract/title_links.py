"""Whom a title describes: "chairman Jane Roe", "Jane Roe, its chairman", "Roe has been chairman"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.extract.enumerations import acts_behind, acts_behind_phrase, begins_with_phrase, coordinated_names
from pipeline.extract.mentions import Name, Title, Window
from pipeline.extract.name_words import HONORIFICS

if TYPE_CHECKING:
    from spacy.tokens import Token

_OPENERS = frozenset({",", "(", "-", "–", "—", "--", ":", "["})
_FILLERS = frozenset(
    "a an the its his her their our then currently now presently formerly previously current "
    "then-current longtime long-time former aged age years old year mr. mr mrs. ms. dr. also both and "
    "as one of 's ’s veteran most recently lately respected embattled beleaguered seasoned "
    "celebrated distinguished long serving standing erstwhile".split()
)
_KIN = frozenset(
    "son daughter grandson granddaughter wife husband widow widower brother sister nephew niece cousin descendant "
    "child heir friend ally aide confidant critic".split()
)
_COPULAS = frozenset(
    "is was who has had been serves served be as remains remain continues continue will works worked "
    "became being doubles doubled".split()
)
_HELD = frozenset({"held", "holds", "hold", "occupies", "occupied"})
_POSTS = frozenset("post posts position positions role roles job jobs title titles office offices".split())
_SAYING = frozenset("said says say added told wrote noted explained announced reported confirmed".split())
_REACH = 14  # words between a name and its title, ages, articles and organisations included


@dataclass(frozen=True, slots=True)
class Link:
    """A title and the mention of the person it describes. `how`: before, after, copula, where, told, kin, shared."""

    title: Title
    person: Name
    how: str


def _filler(window: Window, token: Token) -> bool:
    if token.lower_ in _FILLERS or token.like_num or token.text in {",", "-", "'", '"', "“", "”"}:
        return True
    if (
        token.tag_ in ("JJ", "NN", "NNP", "NNS", "NNPS", "CD", "POS", "PRP$", "HYPH", "RB", "DT")
        and token.i not in window.title_at
    ):
        name = window.name_at.get(token.i)
        return name is None or name.kind == "org"
    return False


def _person_after(window: Window, title: Title, limit: int) -> tuple[Name, bool] | None:
    """The person that follows a title ("chairman Jane Roe", "its president, Jane Roe,"); second: a comma between."""
    doc, index, comma = window.doc, title.last, False
    if index < limit and window.lows[index] in ("of", "at", "for"):
        index = _behind_place(window, title, limit)
    elif title.company is not None and title.company.first >= title.last:
        index = max(index, title.company.last)
    index = _behind_bracket(window, index, limit)
    for _ in range(4):
        if index >= limit:
            return None
        name = window.name_at.get(index)
        if name is not None:
            if name.kind != "person" or (comma and name.last < limit and window.lows[name.last] in _SAYING):
                return None
            if comma and _opens_clause(window, title, name):
                return None
            return name, comma
        token = doc[index]
        if token.text in (",", ":", "—", "–", "-", "--"):
            if comma:
                return None
            comma = True
        elif token.lower_.rstrip(".") not in HONORIFICS:
            return None
        index += 1
    return None


_BRACKETED = 3  # words of "(CEO)", "(Norwood Air)"


def _behind_bracket(window: Window, index: int, limit: int) -> int:
    """Where a short name in brackets ends: "chief executive officer (CEO), Jane Roe"."""
    if index >= limit or window.words[index] != "(":
        return index
    for closing in range(index + 2, min(index + _BRACKETED + 2, limit)):
        name = window.name_at.get(closing - 1)
        if name is not None and name.kind == "person":
            return index
        if window.words[closing] == ")":
            return closing + 1
    return index


def _opens_clause(window: Window, title: Title, name: Name) -> bool:
    """Whether a name behind a comma starts anew: "Roe becomes chief of Acme, Kim goes", "Roe is named T, Kim U"."""
    acts = acts_behind(window, name)
    if not acts and (name.last not in window.title_at or window.title_at[name.last].first != name.last):
        return False
    if _ends_opening(window, title):
        return True
    word = window.doc[title.last - 1]
    if acts_behind_phrase(window, word, name):
        return True
    if word.dep_ == "pobj" and word.head.lower_ == "as":
        word = word.head
    elif word.dep_ not in ("attr", "oprd"):
        return False
    holders = (window.name_at.get(child.i) for child in word.head.children if child.dep_ in ("nsubj", "nsubjpass"))
    return any(holder is not None and holder.kind == "person" and holder.last <= title.first for holder in holders)


def _ends_opening(window: Window, title: Title) -> bool:
    """Whether the comma behind a title ends what opens a sentence: "Days after Kim quit as treasurer, Roe, 51, was"."""
    first, index = window.sentence_of(title.first).first, title.first - 1
    while index > first and window.doc[index].tag_ in ("DT", "PRP$", "JJ"):
        index -= 1
    told = window.lows[index] == "as" and index > first and begins_with_phrase(window, first)
    return told and any(True for _ in window.names_in(first, title.first, "person"))


_LONGEST_PLACE = 10  # words: "of Norwood Airlines Berhad (NAB)"


def _behind_place(window: Window, title: Title, limit: int) -> int:
    """Where the place of a post ends: "of Acme", and before a comma and a name "of the dating service Acme"."""
    doc = window.doc
    for index in range(title.last + 1, min(title.last + _LONGEST_PLACE, limit - 1)):
        if window.words[index] == ",":
            name = window.name_at.get(index + 1)
            behind = window.words[name.last] if name is not None and name.last < limit else ""
            if behind in (",", ".", ";") or (title.mention.plural and behind == "and"):
                return index
            closing = _behind_aside(window, index, limit)
            if closing is None:
                break
            return closing
        over = window.lows[index] in ("to", "by", "from")  # "hands the chair of Acme to his daughter, Jane Roe"
        if over or index in window.title_at or doc[index].tag_ in ("VBD", "VBZ", "VBP", "MD", "CC"):
            break
    index = title.last
    if title.company is not None:
        index += 1
        while index < limit and (
            window.lows[index] in ("the", "'s", "’s") or window.name_at.get(index) is title.company
        ):
            index += 1
    return index


_LONGEST_ASIDE = 14  # words: ", a maker of paper cups that is owned by Norwood Group,"


def _behind_aside(window: Window, first: int, limit: int) -> int | None:
    """The comma behind an aside on a firm that a name between commas follows: "of Acme, a unit of Bolt, Jane Roe,"."""
    if window.lows[first + 1] not in ("a", "an", "the", "inc", "inc.", "ltd", "ltd.", "llc", "plc"):
        return None
    for index in range(first + 2, min(first + _LONGEST_ASIDE, limit - 1)):
        if index in window.title_at or window.doc[index].tag_ in ("VBD", "MD", "VBP"):
            return None
        if window.words[index] == ",":
            name = window.name_at.get(index + 1)
            person = name is not None and name.kind == "person" and name.last < limit
            return index if person and name is not None and window.words[name.last] in (",", ".", ";") else None
    return None


def _person_before(window: Window, title: Title, start: int) -> tuple[Name, str] | None:
    """The person that a title in apposition or after a copula describes."""
    doc = window.doc
    index = title.first - 1
    opener = copula = remains = kin = False
    steps = 0
    while index >= start and steps < _REACH:
        name = window.name_at.get(index)
        if name is not None and name.kind == "person":
            if copula:
                return name, "remains" if remains else "copula"
            return (name, "kin" if kin else "after") if opener else None
        token = doc[index]
        if token.text == ")" and (aside := _aside_opens(window, index)) is not None:
            index = aside - 1  # "Jane Roe (pictured), its chairman"
            continue
        if token.lower_ == "who" and copula and (holder := _described_ahead(window, index, start)) is not None:
            return holder, "remains" if remains else "copula"
        if token.text in _OPENERS:
            opener = True
        elif token.lower_ in _COPULAS:
            copula = True
            remains = remains or token.lower_ in ("remains", "remain", "continues", "continue")
        elif token.lower_ == "at" and window.lows[index + 1] == "present":
            pass
        elif token.lower_ in _HELD and not _POSTS.isdisjoint(window.lows[index + 1 : title.first]):
            copula = True  # "Jane Roe, who held the posts of chairman and"
        elif token.lower_ == "of" and window.lows[index - 1] in _POSTS:
            pass
        elif token.tag_ == "VBN" and window.lows[index - 1] == "newly":
            pass  # "Jane Roe, its newly appointed chairman"
        elif token.lower_ == "of" and window.lows[index - 1] in _KIN:
            kin = True  # "Jane Roe, granddaughter of the founder"
        elif index in window.title_at or not _filler(window, token):
            return None
        index -= 1
        steps += 1
    return None


_LONGEST_DESCRIPTION = 8  # words of "a former lawyer" before "who"


def _described_ahead(window: Window, who: int, start: int) -> Name | None:
    """Of whom "who" speaks behind a description: "Jane Roe, a former lawyer who is", "Roe, 45, an actor who is"."""
    for index in range(who - 1, max(who - _LONGEST_DESCRIPTION, start), -1):
        if window.doc[index].tag_ in ("VBD", "VBZ", "VBP", "MD") or index in window.name_at:
            return None
        if window.words[index] == ",":
            if window.lows[index + 1] not in ("a", "an", "the", "one"):
                return None
            back = index - 2 if window.doc[index - 1].like_num and window.words[index - 2] == "," else index
            name = window.name_at.get(back - 1)
            return name if name is not None and name.kind == "person" and name.last == back else None
    return None


_LONGEST_REMARK = 3  # words of "(pictured, right)"


def _aside_opens(window: Window, closing: int) -> int | None:
    """Where a remark in brackets behind a name opens that holds neither an office nor a name."""
    for index in range(closing - 1, max(closing - _LONGEST_REMARK - 2, -1), -1):
        if window.words[index] == "(":
            return index
        if index in window.title_at or index in window.name_at:
            return None
    return None


def link_titles(window: Window) -> list[Link]:
    """Links of all titles of a window, chains of titles ("chairman, president and CEO") resolved."""
    links: list[Link] = []
    for sentence in window.sentences:
        titles = list(window.titles_in(sentence.first, sentence.last))
        found: dict[int, tuple[Name, str] | None] = {}
        for number, title in enumerate(titles):
            after = _person_after(window, title, sentence.last)
            before = _person_before(window, title, sentence.first)
            if before is not None and before[1] == "after" and _serves(window, title):
                found[number] = before
            elif after is not None and not after[1]:
                found[number] = (after[0], "before")
            elif after is not None and _opens_conjunct(window, title):
                found[number] = (after[0], "before,")
            elif before is not None:
                found[number] = before
            elif after is not None:
                found[number] = (after[0], "before,")
            else:
                found[number] = None
        for number in range(len(titles) - 2, -1, -1):  # "president and COO Jane Roe"
            nxt = found[number + 1]
            if (
                found[number] is None
                and not _complement_of_passive(window, titles[number])
                and nxt is not None
                and nxt[1].startswith("before")
                and in_one_enumeration(window, titles[number], titles[number + 1])
                and not _clause_opens(window, titles[number], titles[number + 1])
                and not _other_owner(window, titles[number], titles[number + 1])
                and not _told_by(window, titles[number], titles[number + 1], nxt[0])
            ):
                found[number] = nxt
        for number in range(1, len(titles)):  # "Jane Roe, president and COO"
            prev = found[number - 1]
            if (
                prev is not None
                and prev[1] in ("after", "copula", "remains")
                and in_one_enumeration(window, titles[number - 1], titles[number])
            ):
                own = found[number]
                apart = own is not None and own[1] == "before," and _opens_conjunct(window, titles[number])
                if own is None or (own[1] != "before" and own[0] is not prev[0] and not apart):
                    found[number] = prev
        _deal_out(window, titles, found)
        for number, title in enumerate(titles):
            hit = found[number]
            if hit is None and title.mention.plural:
                links.extend(Link(title, name, "before,") for name in _announced(window, title, sentence.last, found))
            if hit is not None:
                links.append(Link(title, *hit))
                if title.mention.plural and hit[1].startswith("before"):
                    links.extend(
                        Link(title, name, hit[1]) for name in coordinated_names(window, hit[0]) if name is not hit[0]
                    )
    return links


def _serves(window: Window, title: Title) -> bool:
    """Whether the name behind a title is of whom its holder serves: "Jane Roe, an adviser to chief executive Kim"."""
    return "to" in window.lows[title.first + 1 : title.last]


def _opens_conjunct(window: Window, title: Title) -> bool:
    """Whether a title starts the second of two: "its chairman, Jane Roe, and the head of sales, Ann Kim, left"."""
    article = title.first - 1
    if window.lows[article] in ("'s", "’s") and article > 3:  # "and the company's treasurer, Ann Kim,"
        owner = window.name_at.get(article - 1)
        article = owner.first if owner is not None else article - 1
        article -= window.lows[article - 1] == "the"
        return window.lows[article - 1] == "and" and window.words[article - 2] == ","
    first = window.name_at.get(article - 2)
    if first is not None and first.kind == "person" and window.lows[article - 1 : article + 1] == [",", "and"]:
        return first.first > 1 and window.words[first.first - 1] == "," and first.first - 2 in window.title_at
    return (
        article > 1
        and window.lows[article] in ("the", "its", "their")
        and window.lows[article - 1] == "and"
        and window.words[article - 2] == ","
    )


def _announced(window: Window, title: Title, limit: int, found: dict[int, tuple[Name, str] | None]) -> list[Name]:
    """The persons that a plural title announces, "Two partners have left: A, B and C", if none has another title."""
    for index in range(title.last, min(title.last + _REACH, limit)):
        if window.words[index] != ":":
            continue
        name = window.name_at.get(index + 1)
        run = coordinated_names(window, name) if name is not None and name.kind == "person" else []
        held = {id(hit[0]) for hit in found.values() if hit is not None}
        return [] if any(id(person) in held for person in run) else run
    return []


def _deal_out(window: Window, titles: list[Title], found: dict[int, tuple[Name, str] | None]) -> None:
    """Give as many titles as there are names to one person each: "its treasurer and its counsel, Roe and Kim, left"."""
    for number in range(len(titles)):
        hit = found[number]
        if hit is None or hit[1] != "before," or titles[number].mention.plural:
            continue
        run = [at for at in range(number, len(titles)) if found[at] == hit]
        persons = coordinated_names(window, hit[0])
        closed = len(persons) == 2 and window.doc[persons[0].last].text == ","  # "its chairman and chief, Roe, and Kim"
        if not closed and 1 < len(run) == len(persons) and run == list(range(number, number + len(run))):
            for at, person in zip(run, persons, strict=True):
                found[at] = (person, "before,")
            return


def _complement_of_passive(window: Window, title: Title) -> bool:
    """Whether a title follows a passive at once: "has been named chairman and vice president Kay ..."."""
    index = title.first - 1
    while index > 0 and window.doc[index].tag_ in ("DT", "PRP$", "JJ", "POS"):
        index -= 1
    before = window.doc[index] if index >= 0 else None
    return before is not None and before.tag_ == "VBN" and any(c.dep_ == "auxpass" for c in before.children)


def _clause_opens(window: Window, left: Title, right: Title) -> bool:
    """Whether "as" opens a clause between two titles: "named an acting head as the outgoing minister, Roe, said"."""
    between = window.lows[left.last : right.first]
    return "as" in between and "well" not in between


def _other_owner(window: Window, left: Title, right: Title) -> bool:
    """Whether two titles are at one firm each: "becomes chairman of the new company and Acme president Roe its T"."""
    owner = right.first - 1 - (window.lows[right.first - 1] in ("'s", "’s"))
    name = window.name_at.get(owner)
    placed = window.lows[left.last] in ("of", "at", "for") and name is not None and name.first > left.last + 1
    return placed and name is not None and name.kind == "org" and window.lows[name.first - 1] == "and"


def _told_by(window: Window, left: Title, right: Title, person: Name) -> bool:
    """Whether the second of two titles is of who tells it: "is looking for a new treasurer, chairman Roe said"."""
    said = person.last < len(window.lows) and window.lows[person.last] in _SAYING
    return said and window.words[left.last : right.first] == [","]


def in_one_enumeration(window: Window, left: Title, right: Title) -> bool:
    """Whether two titles stand in one enumeration, and not as the coach and "the coach's assistants"."""
    if window.doc[left.last].tag_ == "POS":
        return False
    bracketed = left.first > 0 and window.words[left.first - 1] == "(" and window.words[left.last] == ")"
    for index in range(left.last + bracketed, right.first):
        token = window.doc[index]
        if token.lower_ in (
            "and",
            ",",
            "&",
            "/",
            "of",
            "at",
            "the",
            "for",
            "a",
            "an",
            "its",
            "-",
            "also",
            "as",
            "well",
            "both",
            "'s",
            "’s",
        ):
            continue
        name = window.name_at.get(index)
        if name is not None and name.kind == "org":
            continue
        dated = token.lower_ in ("today", "yesterday", "tomorrow")  # "starts as treasurer today, and chairman Roe ..."
        if token.tag_ in ("NNP", "NN", "JJ", "POS") and not dated and name is None and index not in window.title_at:
            continue
        return False
    return right.first - left.last <= _REACH
