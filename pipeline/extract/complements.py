"""The roles that a trigger gives or takes: titles after it, told apart from the titles people already hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.extract.affiliations import Link
from pipeline.extract.mentions import Name, Title, Window
from pipeline.extract.triggers import Trigger
from pipeline.records import DIRECTIONS

if TYPE_CHECKING:
    from spacy.tokens import Token

_GAP = frozenset(
    "as to the a an its his her their post posts position positions role roles job jobs title titles additional added new newly "
    "created of become becomes be being from effective immediately permanent full-time vacant acting interim both one two also now and , 's ’s "
    "serve duties rank office function mr. ms. mrs. dr. - for at on last this yesterday today".split()
)
_STOPS = frozenset(
    {
        "who",
        "which",
        "whose",
        "that",
        "after",
        "when",
        "where",
        "because",
        "while",
        "said",
        "says",
        "but",
        ";",
        "until",
        "since",
        "before",
        "although",
    }
)
_LINKING = frozenset(
    "serve serving act acting be being become becoming succeed succeeding replace replacing fill filling assume assuming take taking hold run running lead leading head heading oversee overseeing include including expanding following".split()
)
_ORGANS = frozenset({"board", "boards"})
_REACH = 40


@dataclass(frozen=True, slots=True)
class RoleValue:
    """A role as the article words it, its title mention (None for a seat on a board) and its company if said."""

    text: str
    title: Title | None
    company: Name | None
    marker: str = ""


@dataclass(slots=True)
class RoleGroup:
    """Roles for the trigger's persons, or, after an ellipsis ("and Y president"), for `persons`."""

    roles: list[RoleValue]
    persons: list[Name] = field(default_factory=list)


def complement_roles(
    window: Window, trigger: Trigger, persons: list[Name], links: list[Link], counterpart: Name | None
) -> list[RoleGroup]:
    """Roles that the trigger's frame gives; a list with one group without roles if the sentence gives none."""
    functions = trigger.rule.frame.get("role", ())
    by_title: dict[int, Link] = {}
    for link in links:
        by_title.setdefault(id(link.title), link)
    mains = [p for p in persons if p.first >= 0]
    titles = _titles_behind(window, trigger, mains, by_title, counterpart)
    roles = _chain(window, titles)
    groups = [RoleGroup(roles)]
    opening = roles[0].title if roles else None
    if (
        opening is not None
        and any(p.first > opening.first for p in mains)
        and any(p.first < opening.first for p in mains)
    ):
        mains = [p for p in mains if p.first < opening.first]  # "the appointments of A as T and B as U"
        groups = [RoleGroup(roles, mains)]
    if 1 < len(roles) == len(mains) and _respectively(window, trigger):
        return [RoleGroup([role], [person]) for role, person in zip(roles, mains, strict=True)]
    if roles:
        groups += _ellipsis(window, trigger, roles, by_title, mains)
    if not roles and ("complement" in functions or "object" in functions):
        fallback = _titles_before_name(window, trigger, mains, by_title)
        groups = [RoleGroup(fallback)]
    if not groups[0].roles and ("as" in functions or trigger.rule.action == "promoted"):
        worded = _worded_role(window, trigger)
        if worded is not None:
            groups = [RoleGroup([worded])]
    if not groups[0].roles:
        seat = _board_seat(window, trigger)
        if seat is not None:
            groups = [RoleGroup([seat])]
    return groups


def _respectively(window: Window, trigger: Trigger) -> bool:
    sentence = window.sentence_of(trigger.head)
    return any(token.lower_ == "respectively" for token in window.doc[sentence.first : sentence.last])


def _titles_behind(
    window: Window, trigger: Trigger, persons: list[Name], by_title: dict[int, Link], counterpart: Name | None
) -> list[Title]:
    """The first title behind the trigger that is no one's present office, then those coordinated with it."""
    doc, sentence = window.doc, window.sentence_of(trigger.head)
    index = trigger.last + 1
    limit = min(sentence.last, trigger.last + _REACH)
    own = {id(name) for name in persons}
    late: Title | None = None  # a title behind an apposition, where nothing better comes
    clause = False  # inside a relative clause
    skipping = False  # inside an apposition or relative clause, until "as" or "to the post"
    while index < limit:
        token = doc[index]
        title = window.title_at.get(index)
        if title is not None and title.first == index:
            link = by_title.get(id(title))
            if not (clause and skipping) and _gives(window, trigger, title, link, own, skipping):
                return [title, *_following(window, title, sentence.last)]
            if (
                skipping
                and late is None
                and link is not None
                and doc[index - 1].text == ","
                and not title.former
                and id(link.person) in own
            ):
                late = title
            index = max(title.last, index + 1)
            skipping = skipping or (link is not None and link.how in ("after", "copula", "remains"))
            continue
        name = window.name_at.get(index)
        if name is not None:
            owner = name.last < limit and doc[name.last].lower_ in ("'s", "’s", "'", "’")
            if (
                name.kind == "person"
                and id(name) not in own
                and name is not counterpart
                and not owner
                and not _behind_succession(window, name)
            ):
                if not skipping and not _in_enumeration(window, persons, name):
                    break
            index = max(name.last, index + 1)
            continue
        lowered = token.lower_
        if (lowered == "as" and (not clause or _governed(token, trigger))) or (
            lowered == "to" and index + 1 < limit and _leads_to_title(window, index + 1, limit)
        ):
            skipping = False
        elif lowered == "after" and _term_of_office(window, index + 1):
            index += 1
            continue
        elif lowered in _STOPS or token.text in (";", ":", "."):
            if lowered not in ("who", "which", "whose"):
                break
            skipping = clause = True
        elif (
            token.tag_ in ("VB", "VBG")
            and lowered not in _LINKING
            and not skipping
            and index not in trigger.words
            and index not in window.name_at
        ) or (token.tag_ in ("VBD", "VBZ", "VBP", "MD") and not skipping and index not in trigger.words) or (
            lowered not in _GAP
            and not skipping
            and token.tag_
            not in (
                "JJ",
                "NN",
                "NNP",
                "NNS",
                "CD",
                "VBN",
                "POS",
                "PRP$",
                "RB",
                "DT",
                "HYPH",
                "IN",
                "VBG",
                "TO",
                "VB",
                "RP",
                ",",
                "NNPS",
                "JJR",
                "JJS",
                "``",
                "''",
                "-LRB-",
                "-RRB-",
            )
        ):
            break
        index += 1
    return (
        [late, *_following(window, late, sentence.last)]
        if late is not None and late.first > trigger.last
        else []
    )


def _term_of_office(window: Window, index: int) -> bool:
    """Whether "after" opens a length of time: "stepping down after eight years as chairman"."""
    words = [token.lower_ for token in window.doc[index : index + 6]]
    return any(
        word in ("years", "year", "months", "decades", "decade", "weeks", "days", "stint") for word in words
    )


def _leads_to_title(window: Window, index: int, limit: int) -> bool:
    for position in range(index, min(index + 8, limit)):
        if position in window.title_at:
            return True
        if window.doc[position].lower_ not in _GAP and position not in window.name_at:
            return False
    return False


def _behind_succession(window: Window, name: Name) -> bool:
    first = max(name.first - 4, 0)
    return any(
        window.doc[i].lower_
        in ("succeed", "succeeding", "replace", "replacing", "succeeds", "replaces", "from", "by", "for")
        for i in range(first, name.first)
    )


def _in_enumeration(window: Window, persons: list[Name], name: Name) -> bool:
    return bool(persons) and any(
        window.doc[i].lower_ in ("and", ",") for i in range(max(name.first - 2, 0), name.first)
    )


def _gives(
    window: Window, trigger: Trigger, title: Title, link: Link | None, own: set[int], skipping: bool
) -> bool:
    """Whether a title is the trigger's complement, not someone's present office."""
    if title.former:
        return False
    marker = _marker(window, title)
    if marker == "clause":
        return False
    if marker == "from" and DIRECTIONS[trigger.rule.action] == "in":
        return False
    if marker in ("as", "to", "become", "of", "from"):
        if link is not None and link.how == "before" and id(link.person) in own and marker != "as":
            return False
        return not (skipping and marker not in ("as", "to"))
    if skipping:
        return False
    if link is None:
        return True
    if link.how in ("before", "before,"):
        if id(link.person) not in own:
            return False  # it is somebody else's office
        return False
    if link.person.first > trigger.last:  # "named Jane Roe, chairman of Acme, ..." is her present office
        between = window.doc[link.person.last : title.first]
        if not any(token.text in ",(-–—[" for token in between):
            return True
        return _new_before(window, title)
    return link.person.last <= trigger.head


def _new_before(window: Window, title: Title) -> bool:
    return bool(set(title.mention.modifiers) & {"new", "incoming"})


def _marker(window: Window, title: Title) -> str:
    """The preposition that introduces a title, articles, organisations and "post of" skipped."""
    doc, index = window.doc, title.first - 1
    sentence = window.sentence_of(title.first)
    for _ in range(10):
        if index < sentence.first:
            return ""
        lowered = doc[index].lower_
        if lowered == "as" and doc[index].dep_ == "mark":
            return "clause"
        if lowered in ("as", "to", "become", "becoming", "from"):
            return "become" if lowered.startswith("becom") else lowered
        if (
            lowered == "of"
            and index
            and doc[index - 1].lower_
            in ("post", "position", "role", "job", "title", "office", "posts", "duties", "titles", "rank")
        ):
            return "to"
        name = window.name_at.get(index)
        if name is not None and name.kind == "org":
            index = name.first - 1
            continue
        if lowered not in _GAP or lowered == ",":
            if (
                doc[index].tag_ in ("JJ", "NN", "NNP", "POS", "PRP$", "VBN")
                and name is None
                and index not in window.title_at
            ):
                index -= 1
                continue
            return ""
        index -= 1
    return ""


def _following(window: Window, title: Title, limit: int) -> list[Title]:
    """Titles coordinated with a complement: "president and chief executive", "director, and chairman of X"."""
    from pipeline.extract.affiliations import _joined

    run, last = [], title
    for other in window.titles:
        if other.first < last.last or other.first >= limit:
            continue
        if not _joined(window, last, other) or _opens_next(window, other):
            break
        run.append(other)
        last = other
    return run


def _opens_next(window: Window, title: Title) -> bool:
    """Whether a person follows a title at once: it is that person's office."""
    index = title.last
    name = window.name_at.get(index)
    return name is not None and name.kind == "person"


def _chain(window: Window, titles: list[Title]) -> list[RoleValue]:
    """Roles of coordinated titles; a company said once goes to those before it that name none."""
    marker = _marker(window, titles[0]) if titles else ""
    values = [RoleValue(title.text, title, title.company, marker) for title in titles]
    company = None
    for number in range(len(values) - 1, -1, -1):
        value = values[number]
        company = value.company or company
        if titles[number].anaphoric:
            company = None
        elif value.company is None and company is not None and company.first > titles[number].first:
            values[number] = RoleValue(value.text, value.title, company, marker)
    company = None
    for number, value in enumerate(values):
        if value.company is not None and value.company.first < titles[number].first:
            company = value.company
        elif value.company is None and company is not None:
            values[number] = RoleValue(value.text, value.title, company, marker)
    return values


def _ellipsis(
    window: Window, trigger: Trigger, roles: list[RoleValue], by_title: dict[int, Link], persons: list[Name]
) -> list[RoleGroup]:
    """ "named Roe chairman and Kim president": further pairs of person and role behind the first."""
    if not persons:
        return []
    doc, sentence = window.doc, window.sentence_of(trigger.head)
    groups: list[RoleGroup] = []
    last_title = roles[-1].title
    index = last_title.last if last_title is not None else sentence.last
    while index < sentence.last:
        if doc[index].lower_ in ("succeeding", "replacing"):
            replaced = window.name_at.get(index + 1)
            index = replaced.last if replaced is not None else index + 1
            continue
        name = window.name_at.get(index)
        if name is not None and name.kind == "person" and name not in persons:
            behind = name.last
            if (
                behind + 1 < sentence.last
                and doc[behind].lower_ in ("of", "from")
                and window.name_at.get(behind + 1) is not None
            ):
                behind = window.name_at[behind + 1].last
            while behind < sentence.last and (
                doc[behind].lower_ in ("as", "its", "the", "a", "to", "new")
                or (doc[behind].text == "," and behind + 2 < sentence.last and doc[behind + 1].like_num)
                or doc[behind].like_num
            ):
                behind += 1
            title = window.title_at.get(behind)
            if title is None or title.first != behind:
                return groups
            values = _chain(window, [title, *_following(window, title, sentence.last)])
            groups.append(RoleGroup(values, [name]))
            last = values[-1].title
            index = last.last if last is not None else sentence.last
            continue
        if (
            doc[index].lower_ not in ("and", ",", ";", "while", "of", "the", "at", "mr.", "ms.", "'s", "’s")
            and name is None
            and index not in window.title_at
        ):
            return groups
        index = name.last if name is not None else index + 1
    return groups


def _titles_before_name(
    window: Window, trigger: Trigger, persons: list[Name], by_title: dict[int, Link]
) -> list[RoleValue]:
    """ "hired its first marketing chief, Jane Roe": a title between trigger and name, where nothing else gives one."""
    if not persons:
        return []
    first = persons[0]
    titles = [
        title
        for title in window.titles_in(trigger.last + 1, first.first)
        if not title.former
        and (link := by_title.get(id(title))) is not None
        and link.person is first
        and (
            title.mention.plural
            or _new_before(window, title)
            or (title.company is None and trigger.rule.action == "joined")
        )
    ]
    return _chain(window, titles)


_NO_ROLE = frozenset(
    "part result consequence defendant witness suspect favourite favorite example reason way matter sign move deal step protest "
    "price percentage whole group team company member case gesture precaution surprise shock hero victim target year "
    "years day month well condition problem success failure symbol model guest child boy girl teenager free response "
    "reward player striker midfielder defender goalkeeper".split()
)


def _worded_role(window: Window, trigger: Trigger) -> RoleValue | None:
    """ "hired as a wealth planner": a role in words that the lexicon of titles does not know, after a bare "as"."""
    doc, sentence = window.doc, window.sentence_of(trigger.head)
    for index in range(trigger.last + 1, min(sentence.last - 1, trigger.last + _REACH)):
        token = doc[index]
        if token.tag_ in ("VBD", "VBZ", "VBP", "MD") or token.text in (";", ":"):
            return None
        wanted = ("as", "to") if trigger.rule.action == "promoted" else ("as",)
        if token.lower_ not in wanted or token.dep_ != "prep" or doc[index + 1].lower_ == "well":
            continue
        if not _governed(token, trigger):
            continue
        for head in token.children:
            if (
                head.dep_ != "pobj"
                or head.tag_ not in ("NN", "NNP")
                or head.i in window.name_at
                or head.lower_ in _NO_ROLE
            ):
                continue
            first = index + 1
            while (
                (first < head.i
                and doc[first].tag_ in ("DT", "PRP$", "POS"))
                or doc[first].lower_ in ("new", "first")
            ):
                first += 1
            if any(i in window.name_at for i in range(first, head.i + 1)) or head.i - first > 4:
                return None
            return RoleValue(doc[first : head.i + 1].text, None, None, "as")
    return None


def _governed(token: Token, trigger: Trigger) -> bool:
    """Whether a preposition hangs on the trigger, directly or through its object."""
    head = token.head
    for _ in range(3):
        if head.i in trigger.words:
            return True
        if head.tag_.startswith("VB") or head.head is head:
            return False
        head = head.head
    return False


def _board_seat(window: Window, trigger: Trigger) -> RoleValue | None:
    """ "named to its board", "left the board": a seat on a board is the role director."""
    doc, sentence = window.doc, window.sentence_of(trigger.head)
    chooses = trigger.rule.rule_id in ("appoint.elect", "appoint.nominate", "reappoint.verb")
    words = {token.lower_ for token in doc[trigger.last : sentence.last]}
    if words & {"succeed", "replace", "follow", "succeeding", "replacing"}:
        return None
    if trigger.rule.rule_id == "appoint.nominate" and words & {
        "election",
        "slate",
        "nominees",
        "board",
        "boardroom",
    }:
        return RoleValue("director", None, None)
    if chooses and any(c.dep_ == "nsubj" and c.lower_ in _ORGANS for c in doc[trigger.head].children):
        return RoleValue("director", None, None)  # "the board elected Roe"
    for index in range(trigger.head, min(sentence.last, trigger.last + _REACH)):
        if doc[index].lower_ in _ORGANS and index > 0 and index not in window.name_at:
            if _seat_word(window, index) in _SEAT_WORDS:
                company = None
                for i in range(max(index - 4, 0), min(index + 6, sentence.last)):
                    name = window.name_at.get(i)
                    if (
                        name is not None
                        and name.kind == "org"
                        and (i < index or _of_before(window, index, i))
                    ):
                        company = name
                        break
                return RoleValue("director", None, company)
        if index > trigger.last and doc[index].tag_ in ("VBD", "VBZ", "MD"):
            return None
    return None


_SEAT_WORDS = frozenset("to from on off join joined joins joining leave left leaves leaving quit quits exit exits".split())


def _seat_word(window: Window, index: int) -> str:
    """The verb or preposition that a board is the object of: "to its supervisory board"."""
    before = index - 1
    while before > 0 and (
        window.doc[before].lower_ in ("the", "its", "their", "his", "her", "'s", "’s", "company", "a")
        or window.doc[before].tag_ in ("JJ", "VBG", "NN", "CD", "HYPH")
        or before in window.name_at
    ):
        before -= 1
    return window.doc[before].lower_


def _of_before(window: Window, index: int, company: int) -> bool:
    return any(window.doc[i].lower_ in ("of", "at") for i in range(index, company))


def token_is_org(window: Window, token: Token) -> bool:
    name = window.name_at.get(token.i)
    return name is not None and name.kind == "org"
