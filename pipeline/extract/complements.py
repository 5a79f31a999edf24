"""The roles that a trigger gives or takes: titles behind it, before the name, in an ellipsis or in other words."""

from __future__ import annotations

from pipeline.extract.awaited_offices import office_awaited
from pipeline.extract.common_nouns import common_nouns
from pipeline.extract.complement_titles import (
    has_new,
    office_of,
    titles_behind,
)
from pipeline.extract.described_offices import closes_aside, loses_behind, past_age
from pipeline.extract.gapping import past_time
from pipeline.extract.listed import listed_roles
from pipeline.extract.mentions import Name, Title, Window
from pipeline.extract.name_words import HONORIFICS
from pipeline.extract.newcomers import is_of_newcomer
from pipeline.extract.office_pairs import office_pairs, pair_behind_semicolon, told_of_another
from pipeline.extract.role_values import RoleGroup, RoleValue
from pipeline.extract.title_links import Link
from pipeline.extract.title_places import counts_others, following_titles, marker_of
from pipeline.extract.triggers import Trigger
from pipeline.extract.worded_roles import (
    board_seat,
    chair_of,
    chairing,
    latest_role,
    office_spoken_of,
    partnership,
    role_aside,
    role_until,
    seat_beside,
    sought_role,
    vacant_role,
    vacated_role,
    worded_role,
)
from pipeline.records import DIRECTIONS


def complement_roles(
    window: Window, trigger: Trigger, persons: list[Name], links: list[Link], counterpart: Name | None
) -> list[RoleGroup]:
    """Roles that the trigger's frame gives; a list with one group without roles if the sentence gives none."""
    functions = trigger.rule.frame.get("role", ())
    by_title: dict[int, Link] = {}
    for link in links:
        by_title.setdefault(id(link.title), link)
    mains = [p for p in persons if p.first >= 0]
    if pairs := office_pairs(window, trigger) or _inverted(window, trigger, mains):
        return pairs
    if listed := listed_roles(window, trigger, mains, links):
        return listed
    if paired := _each_with_own(window, trigger, mains):
        return paired
    titles = _titles_inside(window, trigger) or titles_behind(window, trigger, mains, by_title, counterpart)
    titles = _without_board(titles)
    beside = told_of_another(window, trigger, titles, mains)
    others = [RoleGroup(_chain(window, titles), [beside])] if beside is not None else []
    titles = [] if others else titles
    if "complement" in functions and (announced := _announced_office(window, trigger, mains)):
        titles = [announced]
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
    if dealt := respectively(window, trigger, roles, mains):
        return dealt
    if roles:
        groups += _ellipsis(window, trigger, roles, mains)
    if not roles and ("complement" in functions or "object" in functions):
        fallback = _titles_before_name(window, trigger, mains, by_title)
        groups = [RoleGroup(fallback)]
    if not groups[0].roles and ("as" in functions or trigger.rule.action == "promoted"):
        worded = worded_role(window, trigger)
        if worded is not None:
            groups = [RoleGroup([worded])]
    if not groups[0].roles and trigger.rule.rule_id in _LEAVING_EMPTY:
        spoken_of = office_spoken_of(window, trigger)
        groups = [RoleGroup([spoken_of])] if spoken_of is not None else groups
    elif not groups[0].roles and DIRECTIONS[trigger.rule.action] == "out":
        vacant = (
            vacant_role(window, trigger)
            or vacated_role(window, trigger, mains)
            or role_until(window, trigger)
            or latest_role(window, trigger)
            or partnership(window, trigger)
        )
        groups = [RoleGroup(_vacated_with(window, vacant))] if vacant is not None else groups
    elif not groups[0].roles and trigger.rule.rule_id in _FILLING and (sought := _sought(window, trigger)):
        groups = [RoleGroup([sought])]
    if not groups[0].roles and (told := role_aside(window, trigger, mains)):
        groups = [
            RoleGroup(_chain(window, [told, *following_titles(window, told, window.sentence_of(told.first).last)]))
        ]
    if not groups[0].roles and DIRECTIONS[trigger.rule.action] == "in" and trigger.rule.action != "founded":
        groups = _in_brackets(window, mains) or groups
    if not groups[0].roles:
        seat = chair_of(window, trigger) or chairing(window, trigger) or board_seat(window, trigger)
        if seat is not None:
            groups = [RoleGroup([seat])]
    elif roles and roles[-1].title is not None and all(role.text != "director" for role in roles):
        seat = seat_beside(window, trigger, roles[-1].title.last)
        groups[0].roles += [seat] if seat is not None else []
    return groups + others


def _sought(window: Window, trigger: Trigger) -> RoleValue | None:
    return sought_role(window, trigger) or office_awaited(window, trigger)


def _vacated_with(window: Window, value: RoleValue) -> list[RoleValue]:
    """An office left to another, with those told beside it: "becomes president and treasurer when Kim retires"."""
    title = value.title
    if title is None or value.text != title.text:
        return [value]
    sentence = window.sentence_of(title.first)
    before = window.titles_in(sentence.first, title.first)
    first = next((t for t in before if any(o is title for o in following_titles(window, t, sentence.last))), title)
    run = [t for t in (first, *following_titles(window, first, sentence.last)) if t.text != "director"]
    return _chain(window, run) if any(t is title for t in run) else [value]


def _in_brackets(window: Window, persons: list[Name]) -> list[RoleGroup]:
    """The office behind each name in brackets: "hired A (head of sales) and B (counsel)"; empty unless each has one."""
    groups: list[RoleGroup] = []
    for person in persons:
        title = window.title_at.get(person.last + 1)
        if window.words[person.last : person.last + 1] != ["("] or title is None or title.former:
            return []
        groups.append(RoleGroup([RoleValue(title.text, title, title.company)], [person]))
    return groups


def _announced_office(window: Window, trigger: Trigger, persons: list[Name]) -> Title | None:
    """Of "elected two directors, Roe, a lawyer, and Kim, president of Bolt" the plural title behind the trigger."""
    if len(persons) < 2:
        return None
    ahead = list(window.titles_in(trigger.last + 1, persons[0].first))
    if len(ahead) != 1 or not ahead[0].mention.plural or ahead[0].former:
        return None
    before = window.doc[persons[0].first - 1].lower_
    if trigger.rule.action == "promoted" and not has_new(ahead[0]):
        return None  # "promoted three lawyers, A, B and C, to partner"
    inverted = before in ("were", "are")  # "Appointed directors of Acme were"
    return ahead[0] if inverted or (before in (",", ":") and ahead[0].company is None) else None


def _without_board(titles: list[Title]) -> list[Title]:
    """Of "to the board as a non-executive director" the second only: they are one seat."""
    if len(titles) > 1 and titles[0].text == "director" and "board" in titles[0].mention.modifiers:
        return [title for title in titles[1:] if title.text.endswith("director")] or titles
    return titles


_LEAVING_EMPTY = frozenset({"depart.vacated_by", "depart.no_longer"})  # of an office that the sentence told before
# Gains that may fill an office spoken of before them.
_FILLING = frozenset({"appoint.elect", "appoint.name", "join.hire", "join.hire_as", "appoint.turn_to", "promote.verb"})


_BEHIND_AS = 4  # words from "as" to the title: "as its new treasurer"


def _titles_inside(window: Window, trigger: Trigger) -> list[Title]:
    """A title among the words of a trigger: "will give up the CEO post", "took the head coaching job"."""
    behind = range(trigger.last + 1, min(trigger.last + _BEHIND_AS, len(window.doc)))
    if "..." in trigger.phrase and window.lows[trigger.last] == "as" and any(i in window.title_at for i in behind):
        return []  # "welcomed its head of retail, Roe, as treasurer"
    given_up = "from" if DIRECTIONS[trigger.rule.action] == "in" else None  # "moves up from treasurer to"
    between = window.titles_in(trigger.head + 1, trigger.last + 1)
    inside = [t for t in between if not t.former and marker_of(window, t) != given_up]
    office = office_of(window, trigger) if "office" in trigger.rule.frame.get("role", ()) else None
    if office is not None:
        return [office]
    return [
        title
        for title in inside
        if not set(range(title.first, title.last)) & set(trigger.words)
        and not _is_held(window, trigger, title)
        and window.low(title.last + 1) not in _OFFERED_BY
        and not counts_others(window, title)
    ]


_OFFERED_BY = frozenset({"offer", "invitation"})  # "turned down the president's offer": the title is the giver's


_ARTICLES = frozenset("a an the its his her their our 's ’s new permanent first full-time".split())


def predicate_roles(window: Window, trigger: Trigger, persons: list[Name]) -> list[RoleValue]:
    """Of "made Roe its new chairman and president" the titles right behind the name, an article between."""
    if not persons:
        return []
    behind = trigger.head + 1  # "made him its chairman"
    owner = window.doc[behind].tag_ == "PRP$" and persons[-1].first > behind  # "made her son, Roe, its chairman"
    index = behind + 1 if window.lows[behind] in ("him", "her") and not owner else persons[-1].last
    index = past_age(window, index)
    while index < len(window.doc) and window.lows[index] in _ARTICLES:
        index += 1
    title = window.title_at.get(index)
    if title is None or title.first > index or title.former:
        return []
    return _chain(window, [title, *following_titles(window, title, window.sentence_of(index).last)])


def _is_held(window: Window, trigger: Trigger, title: Title) -> bool:
    """Whether the person of a gap has a title: "lined up the conductor Roe to", "hired Roe, its chief, to"."""
    name = window.name_at.get(title.last)
    if name is not None and name.kind == "person":
        return True
    persons = window.names_in(trigger.head, title.first, "person")
    return any(window.words[person.last] == "," for person in persons)


def _each_with_own(window: Window, trigger: Trigger, persons: list[Name]) -> list[RoleGroup]:
    """Of "hired two: A, of Acme, as T, and B, as U", "named A, 51, T, and B, 44, U", "named A T and B U" the pairs.

    Empty unless each has one.
    """
    if len(persons) < 2:
        return []
    groups = []
    last = window.sentence_of(persons[0].first).last
    for number, person in enumerate(persons):
        end = persons[number + 1].first if number + 1 < len(persons) else last
        behind = list(window.titles_in(person.last, end))
        marked = (
            [t for t in behind if marker_of(window, t) == "as"]
            or [t for t in behind if closes_aside(window, trigger, [person], t)]
            or [t for t in behind[:1] if t.first == person.last and "complement" in trigger.rule.frame.get("role", ())]
            or [t for t in behind[:1] if loses_behind(window, trigger, person, t)]
        )
        if not marked:
            return []
        groups.append(RoleGroup(_chain(window, [marked[0], *following_titles(window, marked[0], end)]), [person]))
    return groups


def _is_told_for(window: Window, trigger: Trigger, person: Name, title: Title) -> bool:
    return marker_of(window, title) in ("as", "to") or loses_behind(window, trigger, person, title)


_BE = frozenset({"is", "are", "was", "were"})


def _inverted(window: Window, trigger: Trigger, persons: list[Name]) -> list[RoleGroup]:
    """The offices behind the names of "Also appointed are A as president and B as treasurer", "promoted were A, to"."""
    opening = [token.lower_ for token in window.doc[trigger.last + 1 : persons[0].first]] if persons else []
    opens = trigger.rule.kind == "noun" or trigger.head <= window.sentence_of(trigger.head).first + 1
    if _BE.isdisjoint(opening) or not opens:
        return []
    groups: list[RoleGroup] = []
    waiting: list[Name] = []
    last = window.sentence_of(trigger.head).last
    for number, person in enumerate(persons):
        waiting.append(person)
        end = persons[number + 1].first if number + 1 < len(persons) else last
        told = (t for t in window.titles_in(person.last, end) if _is_told_for(window, trigger, person, t))
        title = next(told, None)
        verbal = title is not None and any(t.tag_.startswith("VB") for t in window.doc[person.last : title.first])
        if title is not None and not (title.former or verbal):  # not "is Roe, who served as T"
            groups.append(RoleGroup(_chain(window, [title, *following_titles(window, title, end)]), waiting))
            waiting = []
    return groups if not waiting else []


def respectively(window: Window, trigger: Trigger, roles: list[RoleValue], persons: list[Name]) -> list[RoleGroup]:
    """The pairs of "A and B become chairman and treasurer"; empty where they are not dealt out so.

    What is said of all is plural, "directors and vice presidents", unless the sentence says "respectively".
    """
    sentence = window.sentence_of(trigger.head)
    dealt = 1 < len(roles) == len(persons) and (
        "respectively" in window.lows[sentence.first : sentence.last] or _one_each(roles, persons)
    )
    return [RoleGroup([role], [person]) for role, person in zip(roles, persons, strict=True)] if dealt else []


def _one_each(roles: list[RoleValue], persons: list[Name]) -> bool:
    """Whether roles behind persons are offices of one holder each."""
    titles = [role.title for role in roles if role.title is not None]
    behind = len(titles) == len(roles) and titles[0].first >= persons[-1].last
    return behind and not any(title.mention.plural for title in titles)


def _chain(window: Window, titles: list[Title]) -> list[RoleValue]:
    """Roles of coordinated titles; a company said once goes to those before it that name none."""
    marker = marker_of(window, titles[0]) if titles else ""
    values = [RoleValue(title.text, title, title.company, marker) for title in titles]
    company = None
    for number in range(len(values) - 1, -1, -1):
        value = values[number]
        company = value.company or company
        if titles[number].anaphoric or _of_the_firm(window, titles[number]):
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


def _of_the_firm(window: Window, title: Title) -> bool:
    """ "a director of the company": of the organisation spoken of, not of the one that the next title names."""
    words = [token.lower_ for token in window.doc[title.last : title.last + 3]]
    return (
        words[:1] in (["of"], ["at"])
        and words[1:2] in (["the"], ["its"], ["that"])
        and words[-1] in common_nouns("company")
    )


def _past_aside(window: Window, index: int, limit: int) -> int:
    """Behind what commas put in between a name and "as": "and Todd Bell, J.D., as counsel", "formerly of Acme, as"."""
    if window.words[index : index + 1] != [","]:
        return index
    for at in range(index + 1, min(index + _ASIDE_REACH, limit - 1)):
        name = window.name_at.get(at)
        if (name is not None and name.kind == "person") or window.words[at] == ";":
            return index
        if window.words[at] == "," and window.lows[at + 1] == "as":
            return at + 1
    return index


_ASIDE_REACH = 20  # words put in between the second name and its "as"


def _ellipsis(window: Window, trigger: Trigger, roles: list[RoleValue], persons: list[Name]) -> list[RoleGroup]:
    """ "named Roe chairman and Kim president": further pairs of person and role behind the first."""
    if not persons:
        return []
    doc, sentence = window.doc, window.sentence_of(trigger.head)
    groups: list[RoleGroup] = []
    last_title = roles[-1].title
    index = last_title.last if last_title is not None else sentence.last
    while index < sentence.last:
        if window.lows[index] in ("succeeding", "replacing"):
            replaced = window.name_at.get(index + 1)
            index = replaced.last if replaced is not None else index + 1
            continue
        timed = past_time(window, index, sentence.last)
        if timed > index:
            index = timed  # "as counsel in May and, a month later, Kim as partner"
            continue
        name = window.name_at.get(index)
        if name is not None and name.kind == "person" and name not in persons:
            behind = name.last
            if (
                behind + 1 < sentence.last
                and window.lows[behind] in ("of", "from")
                and window.name_at.get(behind + 1) is not None
            ):
                behind = window.name_at[behind + 1].last
            behind = _past_aside(window, behind, sentence.last)
            while behind < sentence.last and (
                window.lows[behind] in ("as", "its", "the", "a", "to", "new")
                or (window.words[behind] == "," and behind + 2 < sentence.last and doc[behind + 1].like_num)
                or doc[behind].like_num
            ):
                behind += 1
            title = window.title_at.get(behind) or pair_behind_semicolon(window, name)
            if title is None or title.first < behind:
                return groups
            values = _chain(window, [title, *following_titles(window, title, sentence.last)])
            groups.append(RoleGroup(values, [name]))
            last = values[-1].title
            index = last.last if last is not None else sentence.last
            continue
        if (
            window.lows[index] not in ("and", ",", ";", "while", "with", "of", "the", "at", "'s", "’s")
            and window.lows[index].rstrip(".") not in HONORIFICS
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
    raised = trigger.rule.action == "promoted"  # "promoted three lawyers, A, B and C, to partner"
    titles = [
        title
        for title in window.titles_in(trigger.last + 1, first.first)
        if not title.former
        and (link := by_title.get(id(title))) is not None
        and link.person is first
        and ((title.mention.plural and not raised) or is_of_newcomer(window, trigger, title, first))
    ]
    return _chain(window, titles)
