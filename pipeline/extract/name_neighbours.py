"""What a name's own words and its neighbours tell of its kind: initials, branches, persons in a row, who reports."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extract.name_runs import Run, is_branch_name, is_full_name, is_town, name_data
from pipeline.extract.name_votes import LIKELY, SURE, Places, Vote
from pipeline.extract.name_words import is_org_tail
from pipeline.names import is_given_name

_INITIALS = re.compile(r"(?:[A-Z]\. ?){1,3}(?:[A-Z][a-z]+ )?[A-Z][a-z]{2,}$|(?:[A-Z] ){2,3}[A-Z][a-z]{2,}$")
_HAVING = frozenset("has gets have get need needs seeks seek names appoints hires".split())
_JOINTS = frozenset({",", "and", "&"})


def neighbour_votes(places: Places, run: Run) -> Iterator[Vote]:
    """Votes by how a name is made and which names stand beside it."""
    if len(run.words) == 1 and places.word(run.last) in name_data("says") and _tells_of_another(places, run):
        yield Vote(run, "org", LIKELY, "tells of a move")
    if _INITIALS.match(run.text) and not is_org_tail(run.words[-1]):
        yield Vote(run, "person", LIKELY if "." in run.text else SURE, "initials")  # firms have theirs with dots
    if 2 <= len(run.words) <= 4 and not is_org_tail(run.words[-1]) and _is_of_person(places, run):
        yield Vote(run, "person", SURE, "said of persons")
    elif _is_paired(places, run):
        yield Vote(run, "person", SURE, "beside a person")
    if _is_among_persons(places, run):
        yield Vote(run, "person", LIKELY, "among persons")
    if is_branch_name(run.text):
        yield Vote(run, "org", SURE, "branch")
    if len(run.words) > 1 and run.words[0].lower() in name_data("foreign_institutions"):
        yield Vote(run, "org", SURE, "institution abroad")
    if _opens_with_letters(run) and not _of_studies(places, run):
        yield Vote(run, "org", SURE, "letters first")
    if _is_firm_of_many(places, run):
        yield Vote(run, "org", SURE, "firm of many")
    if _has_new_holder(places, run):
        yield Vote(run, "org", SURE, "has a new")


def _opens_with_letters(run: Run) -> bool:
    """ "IIT Bilaspur", "FC Bramfield": letters that stand for a kind, then where it is; not "MEP Jane Roe"."""
    letters, second = run.words[0], run.words[1] if len(run.words) == 2 else ""
    known = letters.lower() in name_data("letters_for_kinds") or len(letters) in (3, 4, 5)
    return known and letters.isupper() and letters.isalpha() and second.istitle() and not is_given_name(second)


def _is_firm_of_many(places: Places, run: Run) -> bool:
    """ "A partner at auditors Norwood Dale", "joins lawyers Acme Kim"; not "with lawyers Jane Roe and Bo Kim"."""
    if places.word(run.first - 1) not in name_data("firms_of") or places.word(run.last) == "and":
        return False
    link = places.word(run.first - 2)
    if link == "at" or (link in _OF_FIRMS and not is_given_name(run.words[0])):
        return True
    return link in name_data("joins")


_OF_FIRMS = frozenset("from of with by".split())


def _of_studies(places: Places, run: Run) -> bool:
    """Whether somebody studied there, which makes nobody's employer of it: "an alumnus of IIT Madras"."""
    around = {places.word(i) for i in (*range(run.first - 4, run.first), run.last)}
    return not around.isdisjoint(_STUDIES)


_STUDIES = frozenset("alumnus alumna alumni graduate graduated studied degree degrees educated mba".split())


def _has_new_holder(places: Places, run: Run) -> bool:
    """ "Acme has a new chairman", "Acme will need a new chief": who is no person, whose boss or coach it might be."""
    if run.first != places.sentence.first:
        return False
    verb = run.last + (places.word(run.last) == "will")
    new = verb + 2 if places.word(verb) in _HAVING and places.word(verb + 1) == "a" else 0
    if not new or places.word(new) != "new":
        return False
    title = places.window.title_at.get(new + 1) or places.window.title_at.get(new)
    return title is not None and title.mention.head.lower().split()[-1] not in name_data("personal")


def _tells_of_another(places: Places, run: Run) -> bool:
    """Whether who says something tells a move of somebody named in full: "Acme said that Jane Roe would step down"."""
    if not any(trigger.head > run.last for trigger in places.triggers):
        return False
    return any(other.first > run.last and is_full_name(other) for other in places.runs)


def _is_of_person(places: Places, run: Run) -> bool:
    """ "Tevita Fonoti, a former judge", "Tevita Fonoti succeeds him": what is only said of somebody."""
    behind = [places.word(i) for i in range(run.last, run.last + 4)]
    if behind[0] == "," and behind[1] in ("a", "an") and behind[2] == "former":
        title = places.window.title_at.get(run.last + 3)
        return title is not None or behind[3] in _CALLINGS
    if places.word(run.first - 1) == "by" and places.word(run.first - 2) == "succeeded" and not is_full_name(run):
        return behind[0] in (".", ",", "", ";", "who", "as", "in", "on")
    return behind[0] in _FOLLOWS and behind[1] in ("him", "her")


def _is_paired(places: Places, run: Run) -> bool:
    """Whether a name and a person's are the two who are appointed: "X and Jane Roe were named", "include X and Roe"."""
    if not 2 <= len(run.words) <= 4 or is_org_tail(run.words[-1]) or is_town(run.text):
        return False
    for first, second in ((run, places.starts.get(run.last + 1)), (places.ends.get(run.first - 1), run)):
        if first is None or second is None or places.word(first.last) != "and":
            continue
        other = second if first is run else first
        appointed = places.word(first.first - 1) in ("include", "includes", "were", "are", "appointed", "elected")
        passive = any(
            trigger.words[0] in range(second.last + 1, second.last + 4)
            and trigger.rule.frame["person"][0] == "object"
            and {"been", "were", "are", "be"} & {places.word(trigger.words[0] - 1)}
            for trigger in places.triggers
        )
        if is_full_name(other) and not is_org_tail(other.words[-1]) and (passive or appointed):
            return True
    return False


_CALLINGS = frozenset(
    "judge minister lawyer banker soldier teacher professor senator diplomat ambassador officer".split()
)
_FOLLOWS = frozenset("succeeds succeeded replaces replaced follows followed".split())


def _is_among_persons(places: Places, run: Run) -> bool:
    """Whether full names of persons stand right before and behind a name of an enumeration: "Roe, X and Kim"."""
    before, behind = places.word(run.first - 1), places.word(run.last)
    if not ({before, behind} <= _JOINTS and 2 <= len(run.words) <= 4):
        return False
    left = places.ends.get(run.first - 1 - (before == "and" and places.word(run.first - 2) == ","))
    right = places.starts.get(run.last + 1 + (behind == "," and places.word(run.last + 1) == "and"))
    persons = [other for other in (left, right) if is_full_name(other)]
    return len(persons) > 1 and not (is_org_tail(run.words[-1]) or is_town(run.text))
