"""What verbs and nouns of moves tell of the names beside them: who hires, who is hired, who resigns, what is joined."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extract.mentions import Title
from pipeline.extract.name_runs import Run, is_full_name, is_place, is_town, name_data, title_end
from pipeline.extract.name_votes import LIKELY, SLIGHT, SURE, Places, Vote
from pipeline.extract.name_words import is_area_name, is_org_tail
from pipeline.extract.triggers import Trigger
from pipeline.names import is_given_name

_PERSONAL_ACTIONS = frozenset({"resigned", "retired", "died"})
_NO_OBJECT = frozenset(
    "as from in on at after following to with over amid last this yesterday today earlier early late and , . ; when "
    "because".split()
) | {""}


def _before(places: Places, index: int) -> Run | None:
    """The run that ends before a word, helping verbs and adverbs between."""
    while index > places.sentence.first:
        if index in places.ends:
            return places.ends[index]
        word = places.word(index - 1)
        if word == ")":
            index = next((i for i in range(index - 2, max(index - 10, 0), -1) if places.word(i) == "("), 0)
            continue  # "Jane Roe (Acme) has"
        if word == "," and (seated := _behind_seats(places, index)) is not None:
            return seated
        if word in _WEEKDAYS and places.word(index - 2) == "on":
            index -= 2  # "Acme on Tuesday named"
            continue
        if word not in name_data("auxiliaries") | _WEEKDAYS and not word.endswith("ly"):
            return None
        index -= 1
    return None


_WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())


def _behind_seats(places: Places, index: int) -> Run | None:
    """The firm of "Acme Tools, Akron, Ohio, named", whose town and state stand between commas before a word."""
    run = places.ends.get(index - 1)
    while run is not None and places.word(run.first - 1) == "," and _is_seat(places, run):
        run = places.ends.get(run.first - 1)
        if run is not None and run.first <= places.sentence.first + 1:
            return run
    return None


def _is_seat(places: Places, run: Run) -> bool:
    """Whether a run between commas names the town or state where a firm sits."""
    name = places.window.name_at.get(run.first)
    return is_place(run.text) or (name is not None and name.kind == "org" and name.weak)


def verb_votes(places: Places, trigger: Trigger) -> Iterator[Vote]:
    """What a verb of a move tells of the names before and behind it."""
    rule = trigger.rule
    if rule.things or "employer" in rule.needs:
        return  # "ended the contract of Acme": said of a thing, whoever has it; "lost", "replaced" are too common
    company = rule.frame.get("company", ())
    if rule.action in ("joined", "appointed") and not (rule.weak and rule.voice):  # not "takes over from Kim"
        yield from _former(places, trigger)
    if rule.frame["person"][0] == "object" and "subject" in company and "with" not in rule.frame.get("counterpart", ()):
        yield from _hired(places, trigger)
    elif rule.frame["person"][0] == "subject":
        yield from _mover(places, trigger)
        ahead = trigger.last + 1
        target = places.starts.get(ahead + (places.word(ahead) == "the"))
        works = target is not None and _left_for_work(places, target.last)
        told = rule.action in ("joined", "founded", "returned", "departed") or (works and rule.action == "resigned")
        if target is not None and "object" in company and told:
            office = places.word(target.last) == "as" and _office_behind(places, target.last) is not None
            office = office or (places.word(target.last) == "," and places.word(target.last + 1) == "where")
            placed = (rule.action != "joined" or rule.weak) and not (office or works)
            weight = LIKELY if placed and rule.action != "founded" else SURE
            yield Vote(target, "org", weight, rule.rule_id, placed, loose=rule.weak)
        elif target is None and places.word(ahead) in company and places.word(ahead) in ("at", "for", "with", "from"):
            behind = places.starts.get(ahead + 1)
            if behind is not None:
                yield Vote(behind, "org", LIKELY, rule.rule_id, placed=rule.action not in ("resigned", "dismissed"))


def _left_for_work(places: Places, index: int) -> bool:
    """Whether what follows whom somebody leaves tells of work: "to join Bolt", "after 20 years", "for Bolt"."""
    word, second = places.word(index), places.word(index + 1)
    if word == "after":
        return any(places.word(i) in name_data("spells") for i in range(index + 1, index + _SPELL_REACH))
    if word == "to":
        return second in name_data("gains")
    goal = places.starts.get(index + 1) if word == "for" else None
    if goal is None or is_town(goal.text):
        return False
    name = places.window.name_at.get(goal.first)
    return name is None or name.kind == "org"


_SPELL_REACH = 6  # words from "after" to "years"


def _former(places: Places, trigger: Trigger) -> Iterator[Vote]:
    """ "joins as treasurer from Acme", "recruited from Acme"."""
    for index in range(trigger.last + 1, min(trigger.last + _FROM_REACH, places.sentence.last)):
        if places.word(index) in (",", ";", "and"):
            return
        if places.word(index) == "from" and index + 1 in places.starts:
            yield Vote(places.starts[index + 1], "org", LIKELY, "from", placed=True, loose=True)
            return


_FROM_REACH = 14  # words from "joins" to "from"


def _mover(places: Places, trigger: Trigger) -> Iterator[Vote]:
    """The subject of a verb that persons do: "Roe resigned", "Roe moves up to treasurer"."""
    rule, head = trigger.rule, trigger.words[0]
    subject = _before(places, head)
    if subject is None and places.word(head - 1) in ("has", "had", "will") and places.word(head - 2) == ",":
        subject = places.ends.get(head - 2)  # "The treasurer, Jane Roe, has resigned"
    if subject is None or len(subject.words) < 2 or _belongs_to_office(places, subject):
        return
    if rule.action in _PERSONAL_ACTIONS:
        alone = places.word(trigger.last + 1) in _NO_OBJECT
        plain = not any(is_area_name(word) for word in subject.words)
        yield Vote(subject, "person", SURE if alone and plain else LIKELY, rule.rule_id)
    elif not rule.weak or rule.action in ("promoted", "joined", "appointed"):
        office = _office_behind(places, trigger.last + 1)
        if office is not None and office.mention.head.lower() not in name_data("trades"):
            yield Vote(subject, "person", LIKELY, rule.rule_id)


def _belongs_to_office(places: Places, run: Run) -> bool:
    """Whether a run before a verb only ends a title: "Jane Roe, creative director of Acme Lane, has resigned"."""
    index = run.first - 1 - (places.word(run.first - 1) == "the")
    title = places.window.title_at.get(index - 1)
    return places.word(index) in ("of", "at") and title is not None and title.last >= index


_OFFICE_REACH = 8  # words from "joins" to its "as": "joins the software maker Acme as treasurer"


def _office_behind(places: Places, index: int) -> Title | None:
    """The office that somebody takes up: right behind the verb, or behind the next "as"."""
    title = places.title_at(index)
    if title is None:
        near = range(index, min(index + _OFFICE_REACH, places.sentence.last))
        title = next((places.title_at(i) for i in near if places.word(i) == "as"), None)
    return title if title is not None and title.mention.strong and not title.mention.plural else None


def _hired(places: Places, trigger: Trigger) -> Iterator[Vote]:
    """ "R has named P chief executive"; "P named chief executive" where nothing stands between."""
    head, rule = trigger.words[0], trigger.rule
    subject, who = _before(places, head), places.person_slot(trigger.last + 1)
    passive = any(places.word(i) in ("was", "were", "been", "is", "be", "being", "are") for i in range(head - 2, head))
    if places.word(trigger.last) in rule.frame.get("role", ()):
        return  # "moves from Acme to Bolt": behind the wording comes an office or a firm, not who is moved
    if who is None or passive:
        yield from _office_first(places, trigger, subject, passive)
        yield from _hired_by(places, trigger, passive)
        return
    if subject is not None and _names_for_firm(places, subject, who):
        yield Vote(subject, "person", LIKELY, rule.rule_id)
        return
    named = _enumeration(places, who)
    title = places.title_at(named[-1].last)
    if title is not None and len(named) == 1 and _owns_title_of(places, who, title):
        yield Vote(who, "org", LIKELY, rule.rule_id)
        return
    if title is None and places.word(who.last) in ("from", "away"):
        title = _office_behind(places, who.last)
    if title is not None and (len(named) > 1 or not title.mention.plural):
        yield from (Vote(run, "person", SURE if len(named) == 1 else LIKELY, rule.rule_id) for run in named)
    elif len(named) > 1 and _to_board(places, named[-1].last):
        yield from (Vote(run, "person", LIKELY, rule.rule_id) for run in named)
    elif places.word(who.last) not in ("to", "as", "and", ",", "from", "away"):
        if subject is not None and _only_hires(places, trigger, subject, who):
            yield Vote(subject, "org", LIKELY, rule.rule_id, loose=True)
        return
    if subject is not None and not rule.weak | (title is None and rule.action == "departed"):
        yield Vote(subject, "org", LIKELY, rule.rule_id)


def _owns_title_of(places: Places, owner: Run, title: Title) -> bool:
    """Whether a title stands between an owner and a full name: "fired Acme Party chair Jane Roe"."""
    holder = places.starts.get(title.last)
    if holder is None or title.first != owner.last or len(owner.words) < len(("Acme", "Party")):
        return False
    read = all(token.ent_type_ == "PERSON" for token in places.window.doc[holder.first : holder.last])
    return is_full_name(holder) or (read and len(holder.words) > 1)


def _names_for_firm(places: Places, subject: Run, behind: Run) -> bool:
    """Whether a headline's participle stands between a person and a firm's office: "Roe named Acme Bank treasurer"."""
    if len(subject.words) < 2 or _is_seen_firm(places, subject) or not _is_seen_firm(places, behind):
        return False
    title = places.window.title_at.get(behind.last)
    return title is not None and title.first == behind.last and places.person_slot(title.last) is None


def _is_seen_firm(places: Places, run: Run) -> bool:
    name = places.window.name_at.get(run.last - 1)
    return is_org_tail(run.words[-1]) or (name is not None and name.kind == "org" and not name.weak)


def _hired_by(places: Places, trigger: Trigger, passive: bool) -> Iterator[Vote]:
    """ "Jane Roe has been hired by Acme as treasurer": who hires, where no person's name stands beside it."""
    by = trigger.last + 1
    if not passive or places.word(by) != "by" or trigger.rule.weak:
        return
    agent = places.starts.get(by + 1 + (places.word(by + 1) == "the"))
    if agent is not None and places.word(agent.last) in ("as", "to", "from", "for", "in", "on", ".", ""):
        yield Vote(agent, "org", LIKELY, "hires", placed=True, loose=True)


def _only_hires(places: Places, trigger: Trigger, subject: Run, who: Run) -> bool:
    """Whether a sentence opens with who fires or hires somebody named in full: "Orvane fired Jane Roe in June"."""
    acts = trigger.rule.action in ("dismissed", "joined") and not trigger.rule.weak
    return acts and subject.first == places.sentence.first and len(subject.words) == 1 and is_full_name(who)


def _office_first(places: Places, trigger: Trigger, subject: Run | None, passive: bool) -> Iterator[Vote]:
    """ "Acme sacked head coach Jane Roe"; "Roe was named head coach", "Roe named head coach"."""
    title = places.title_at(trigger.last + 1)
    if subject is None or title is None:
        return
    if not passive and places.person_slot(title_end(places.window, title)) is not None:
        if not trigger.rule.weak:
            yield Vote(subject, "org", LIKELY, trigger.rule.rule_id)
    elif len(subject.words) > 1 and places.word(trigger.words[0]).endswith(("ed", "en", "d")):
        close = title.first == trigger.last + 1
        yield Vote(subject, "person", LIKELY if passive or close else SLIGHT, trigger.rule.rule_id)


def _enumeration(places: Places, first: Run) -> list[Run]:
    """A run and those that "and" and commas join to it, if one of several is known to be a person."""
    runs = [first]
    while True:
        at = runs[-1].last
        step = 2 if places.word(at) == "," and places.word(at + 1) == "and" else 1
        following = places.starts.get(at + step) if places.word(at) in (",", "and", "&") else None
        if following is None:
            break
        runs.append(following)
    names = (places.window.name_at.get(run.last - 1) for run in runs)
    known = any(name is not None and name.kind == "person" for name in names)
    known = known or any(is_given_name(run.words[0]) for run in runs)
    return runs if known and all(len(run.words) > 1 for run in runs) else [first]


def _to_board(places: Places, index: int) -> bool:
    return places.word(index) in ("to", "as", "onto") and any(
        places.word(i) in ("board", "directors", "trustees", "council", "committee") for i in range(index, index + 6)
    )


def noun_votes(places: Places, trigger: Trigger) -> Iterator[Vote]:
    """ "announced the appointment of Jane Roe as treasurer", "the departure of its treasurer, Jane Roe"."""
    if trigger.rule.frame["person"][0] not in ("of", "possessor", "by", "from", "appos"):
        return
    of = _behind_time(places, trigger.last + 1)
    if places.word(of) == "of":
        who = places.person_slot(of + 1)
        if who is None or len(who.words) < 2:
            return
        sure = places.word(who.last) == "as" or places.title_at(who.last) is not None
        yield Vote(who, "person", SURE if sure else SLIGHT, trigger.rule.rule_id)
        verb = trigger.words[0] - 1 - (places.word(trigger.words[0] - 1) == "the")
        teller = (
            _before(places, verb) if places.word(verb) in ("announced", "announces", "confirmed", "confirms") else None
        )
        if sure and teller is not None:
            yield Vote(teller, "org", LIKELY, trigger.rule.rule_id)


def _behind_time(places: Places, index: int) -> int:
    """Where it goes on behind a time: "the departure on Friday of Jane Roe", "the resignation last week of"."""
    if places.word(index) in ("yesterday", "today"):
        return index + 1
    timed = places.word(index) in ("on", "in", "last", "this", "earlier")
    return index + 2 if timed and places.word(index + 1) in _TIMES else index


_TIMES = _WEEKDAYS | frozenset(
    "week month year january february march april may june "
    "july august september october november december spring summer autumn fall winter".split()
)
