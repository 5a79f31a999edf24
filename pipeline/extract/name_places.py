"""What a name must be from where it stands: who hires is an organisation, who has a title and resigns a person."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extract.mentions import Title
from pipeline.extract.name_cells import cell_votes
from pipeline.extract.name_markets import market_votes
from pipeline.extract.name_matches import match_votes
from pipeline.extract.name_neighbours import neighbour_votes
from pipeline.extract.name_persons import person_votes
from pipeline.extract.name_runs import Run, is_full_name, name_data, title_end
from pipeline.extract.name_signs import organisation_signs
from pipeline.extract.name_tellers import teller_votes
from pipeline.extract.name_verbs import noun_votes, verb_votes
from pipeline.extract.name_votes import CERTAIN, LIKELY, SLIGHT, SURE, Places, Vote
from pipeline.extract.name_words import HONORIFICS, is_area_name, is_org_tail
from pipeline.names import is_given_name
from pipeline.titles.lexicon import lexicon

_NATIONS = ("ish", "ese", "ian", "ean", "can", "ch", "iss", "ani", "aqi", "ist", "lim", "Jew")
_POSSESSIVE = ("'s", "’s", "'", "’")
_ASIDE_OPENERS = ("a", "an", "its", "another", "'s", "old", "former", "own", "previous", "new", "his", "her", "their")
_LABEL_ENDS = frozenset({":", "-", "–", "—", "--", "|"})


def place_votes(places: Places) -> Iterator[Vote]:
    """All that the sentence tells of the kinds of its names."""
    for vote in _votes(places):
        if not (
            places.word(vote.run.last).isdigit() or _opens_report(places, vote.run) or _is_people(places, vote.run)
        ):
            yield vote


def _is_people(places: Places, run: Run) -> bool:
    """Whether a run names a nation or a creed: "the Danish dairy group"."""
    if run.last - run.first > 1 or places.window.doc[run.first].ent_type_ != "NORP":
        return False
    return run.text.lower() in lexicon().places or run.text.endswith(_NATIONS)


def _opens_report(places: Places, run: Run) -> bool:
    """Whether a run is a dateline: "WELLINGTON BAY - ", "PUNE, May 3"."""
    if run.first > places.sentence.first + 1 or not run.text.isupper() or len(run.text) < _SHORTEST_DATELINE:
        return False
    if places.word(run.last) == ",":  # "ACME TOOLS, Akron, named" opens an item of a column
        return any(places.word(i) in _DATELINE_ENDS for i in range(run.last, run.last + _LONGEST_DATELINE))
    return places.word(run.last) in _DATELINE_ENDS


_DATELINE_ENDS = frozenset({"-", "–", "—", "--", "(", "/"})
_LONGEST_DATELINE = 10  # words from its place to its dash
_SHORTEST_DATELINE = 4  # letters; what is shorter is an acronym


def _votes(places: Places) -> Iterator[Vote]:
    for trigger in places.triggers:
        if trigger.rule.kind == "verb":
            yield from verb_votes(places, trigger)
        elif trigger.rule.kind == "noun":
            yield from noun_votes(places, trigger)
    for title in places.window.titles_in(places.sentence.first, places.sentence.last):
        yield from _of_title(places, title)
    for run in places.runs:
        yield from _of_run(places, run)
    yield from organisation_signs(places)
    yield from cell_votes(places)


_KIND_LAST = re.compile(r" (?:of|at|for|with) (?:[a-z][\w-]* ){0,4}([a-z][\w-]*)$")


def _ends_in_kind(title: str) -> bool:
    """Whether a title took in what the firm behind it is: "head of sales at logistics firm" Acme Freight."""
    found = _KIND_LAST.search(title)
    return found is not None and found[1] in name_data("kinds")


def _of_title(places: Places, title: Title) -> Iterator[Vote]:
    window, head = places.window, title.mention.head.lower()
    end = title_end(window, title)
    behind = places.person_slot(end)
    trade = head.split()[-1] in name_data("trades")
    kind = behind is not None and _ends_in_kind(title.mention.text) and not is_given_name(behind.words[0])
    if behind is not None and kind:
        yield Vote(behind, "org", SURE, "kind before")
    elif behind is not None and not title.mention.plural and not trade and len(behind.words) > 1:
        yield Vote(behind, "person", SURE, "title before")
    elif behind is not None and _is_holder(places, title, behind):
        yield Vote(behind, "person", SURE, "title before")  # "City Manager Jane Roe", not "fund manager Charles Roe"
    if trade and head != "manager" and behind is not None and len(behind.words) == 1 and _bare(places, title.first):
        yield Vote(behind, "org", LIKELY, "trade before", loose=True)
    yield from _owner(places, title, behind)
    link = places.word(end)
    if link in ("of", "at", "with", "for"):
        at = end + 1 + (places.word(end + 1) == "the")
        owner = places.starts.get(at)
        if owner is not None:
            chief = _is_chief(title) or (link == "of" and title.mention.unit is not None)
            if chief or link == "at" or not is_area_name(owner.text):
                weight = SURE if chief or link == "at" else LIKELY if _seen_as_person(places, owner) else SLIGHT
                if _of_firms(title) and link == "of" and places.word(owner.last) not in _POSSESSIVE:
                    weight = CERTAIN  # nobody is the chief executive of a person
                yield Vote(owner, "org", weight, "title of", placed=not _is_chief(title))
            end, link = owner.last, places.word(owner.last)
    if link == "," and title.mention.strong and not title.mention.plural:
        yield from _behind_comma(places, title, end)
    yield from _described_before(places, title)
    yield from _is_the_new(places, title)
    yield from _is_held_by(places, title)


def _is_holder(places: Places, title: Title, behind: Run) -> bool:
    """Whether a person's name follows an office in capitals that is a trade in small letters."""
    words = title.mention.text.split()
    named = len(behind.words) > 1 and (is_given_name(behind.words[0]) or _seen_as_person(places, behind))
    return named and len(words) > 1 and not title.mention.plural and all(word[:1].isupper() for word in words)


def _seen_as_person(places: Places, run: Run) -> bool:
    """Whether the model took a run for a person, which is no place to hold a title of."""
    name = places.window.name_at.get(run.last - 1)
    return name is not None and name.kind == "person"


def _bare(places: Places, first: int) -> bool:
    """Whether a phrase opens its clause without an article: "Loss adjuster Acme has"."""
    return first <= places.sentence.first + 1 or places.word(first - 1) in (
        "at",
        "of",
        "by",
        ",",
        ":",
        "-",
        "joins",
        "joined",
    )


def _is_chief(title: Title) -> bool:
    """Whether an office is one of a whole organisation."""
    words = title.mention.head.lower().split()
    return (
        words[0] == "chief"
        or words[-1] in name_data("chiefs")
        or title.mention.head.lower()
        in (
            "general counsel",
            "managing director",
            "general manager",
        )
    )


def _of_firms(title: Title) -> bool:
    """Whether an office is one that no town or state has."""
    return title.mention.head.lower() in name_data("firm_offices")


def _owner(places: Places, title: Title, behind: Run | None) -> Iterator[Vote]:
    """The run before a title: "Acme chairman Jane Roe", "Acme's chairman"."""
    index = _chain_start(places, title)
    while places.word(index - 1) in (
        "new",
        "former",
        "outgoing",
        "incoming",
        "interim",
        "acting",
        "ex",
        "-",
        "current",
    ):
        index -= 1
    possessive = places.word(index - 1) in _POSSESSIVE
    owner = places.ends.get(index - 1 if possessive else index)
    if owner is None or is_area_name(owner.text):
        return
    head = title.mention.head.lower()
    if possessive:
        if title.mention.strong and head.split()[-1] not in name_data("personal"):
            yield Vote(owner, "org", CERTAIN if _of_firms(title) else LIKELY, "owner of title", placed=True)
    elif behind is not None and title.mention.strong:
        sure = _of_firms(title) and is_full_name(behind)
        yield Vote(owner, "org", CERTAIN if sure else LIKELY, "before title", placed=not _of_firms(title))
    elif title.mention.strong and _in_apposition(places, owner, title):
        yield Vote(owner, "org", LIKELY, "before title of another", placed=not _of_firms(title))


def _in_apposition(places: Places, owner: Run, title: Title) -> bool:
    """Whether a person is told with an office before which a name stands: "Jane Roe, the Acme treasurer,"."""
    if places.word(owner.first - 1) != "the" or places.word(owner.first - 2) != ",":
        return False
    holder = places.ends.get(owner.first - 2)
    return holder is not None and len(holder.words) > 1 and places.word(title.last) in (",", ".", "", ";", ")", "and")


def _chain_start(places: Places, title: Title) -> int:
    """Where the titles coordinated with one start: "Acme cofounder and CTO Jane Roe"."""
    first = title.first
    while places.word(first - 1) in ("and", "&", "/") and (before := places.window.title_at.get(first - 2)):
        first = before.first
    return first


def _described_before(places: Places, title: Title) -> Iterator[Vote]:
    """ "Erlend Moe, the head of sales": a name, a comma and its title."""
    index = title.first
    while places.word(index - 1) in ("its", "the", "a", "an", "their", "former", "current", "new", "company", "group"):
        index -= 1
    if places.word(index - 1) != "," or not title.mention.strong or title.mention.plural:
        return
    who = places.ends.get(index - 1)
    if who is not None and 2 <= len(who.words) <= 4 and title.mention.head.lower() not in name_data("trades"):
        listed = places.word(who.first - 1) in _LISTS and places.person_slot(title_end(places.window, title)) is None
        yield Vote(who, "person", SURE if listed and not is_org_tail(who.words[-1]) else LIKELY, "title behind")


_LISTS = frozenset({"include", "includes", "including", "are", ";", ":", "and"})


def _is_the_new(places: Places, title: Title) -> Iterator[Vote]:
    """ "Tane Rewi is the new head of sales": who is said to be the holder of an office."""
    index = title.first
    while places.word(index - 1) in ("its", "the", "their", "new", "next", "first", "latest", "group"):
        index -= 1
    if places.word(index - 1) not in ("is", "as") or not title.mention.strong or title.mention.plural:
        return
    new = any(places.word(at) in ("new", "next") for at in range(index, title.first))
    who = places.ends.get(index - 1)
    if new and who is not None and 2 <= len(who.words) <= 4 and title.mention.head.lower() not in name_data("trades"):
        yield Vote(who, "person", LIKELY, "is the new")


def _is_held_by(places: Places, title: Title) -> Iterator[Vote]:
    """ "The new treasurer of Acme is Tane Rewi": who an office is said to be."""
    if not {"new", "next", "incoming"} & {places.word(at) for at in range(title.first - 2, title.first + 1)}:
        return
    for index in range(title.last, min(title.last + _HELD_REACH, places.sentence.last)):
        if places.word(index) in ("is", "was") or (places.word(index) == "be" and places.word(index - 1) == "will"):
            who = places.starts.get(index + 1)
            if who is not None and 2 <= len(who.words) <= 4 and not title.mention.plural:
                yield Vote(who, "person", SURE, "holder of the new")
            return
        if places.window.doc[index].tag_.startswith("VB") or places.word(index) in (",", ";", ":"):
            return


_HELD_REACH = 8  # words from an office to the "is" behind it


_OF_OFFICE = frozenset("new former current outgoing incoming acting interim longtime veteran first".split())


def _behind_comma(places: Places, title: Title, end: int) -> Iterator[Vote]:
    """ "its chief executive, Tane Rewi, has left"; but "Jane Roe, chairman, Acme Bank"."""
    run = places.person_slot(end + 1)
    if run is not None and places.word(run.last) in _LABEL_ENDS and title.first <= places.sentence.first + 1:
        if is_full_name(places.starts.get(run.last + 1)):
            yield Vote(run, "org", SURE, "office, firm: name")  # "Treasurer, Acme: Jane Roe"
        return
    if run is None or places.word(run.last) not in (",", "", "(", ";", "."):
        return
    first = title.first
    while places.word(first - 1) in _OF_OFFICE:
        first -= 1
    before = places.word(first - 1)
    if before == ",":
        holder = places.ends.get(title.first - 1)
        listed = holder is not None and len(holder.words) > 1
        if holder is not None and holder.first > places.sentence.first + 1:
            listed = listed and places.word(holder.first - 1) in (";", ":")
        yield Vote(run, "org", LIKELY if listed else SLIGHT, "behind title", placed=True)
    elif len(run.words) < 2:
        return
    elif before in ("its", "the", "their", "his", "her", *_POSSESSIVE) or first == places.sentence.first:
        acts = places.word(run.last + 1) in ("has", "had", "will", "is", "was")
        yield Vote(run, "person", SURE if acts else LIKELY, "title before comma")


def _of_run(places: Places, run: Run) -> Iterator[Vote]:
    before, after = places.word(run.first - 1), places.word(run.last)
    doc, sentence = places.window.doc, places.sentence
    if before.rstrip(".") in HONORIFICS and doc[run.first - 1].text[:1].isupper():
        yield Vote(run, "person", SURE, "honorific")
    if _age_follows(places, run):
        yield Vote(run, "person", SURE, "age")
    if before == "at" and places.word(run.first - 2) in name_data("spells"):
        yield Vote(run, "org", LIKELY, "years at")
    if after == "," and _at_opening(places, run):
        yield Vote(run, "org", SURE, "at, opening")
    if after in name_data("says") and any(places.word(i) in ("it", "its") for i in range(run.last + 1, run.last + 8)):
        yield Vote(run, "org", LIKELY, "says it")
    if run.first == sentence.first and _has_its_own(places, run):
        yield Vote(run, "org", LIKELY, "its own")
    if before == "about" and (sentence.first + 1, sentence.last) == (run.first, run.last):
        yield Vote(run, "org", SURE, "about, heading")
    yield from neighbour_votes(places, run)
    yield from person_votes(places, run)
    yield from match_votes(places, run)
    yield from teller_votes(places, run)
    yield from market_votes(places, run)
    yield from _label(places, run)
    yield from _kind(places, run)


def _has_its_own(places: Places, run: Run) -> bool:
    """Whether who opens a sentence does something to what is "its": "Acme has strengthened its team"."""
    if places.window.doc[run.last : run.last + 1].text and places.window.doc[run.last].tag_ not in _FINITE:
        return False
    for index in range(run.last + 1, min(run.last + _ITS_REACH, places.sentence.last)):
        word = places.word(index)
        if word == "its":
            return True
        if word in (",", ";", ":", "that", "and") or places.window.doc[index].text[:1].isupper():
            return False
    return False


_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_ITS_REACH = 7  # words from a verb to "its"


def _is_described(places: Places, run: Run) -> bool:
    """ "The Bremen freight group Acme in", not "the group Roe founded", where a clause on the kind begins."""
    opens = run.first - 1 == places.sentence.first
    modified = not opens and places.word(run.first - 2) not in (
        "",
        "the",
        "a",
        "an",
        "its",
        "his",
        "her",
        "their",
        "this",
        "that",
    )
    bare = run.first - 2 == places.sentence.first  # "Fashion chain Acme said"
    return modified and (bare or not places.window.doc[run.last - 1 : run.last + 1][-1].tag_.startswith("VB"))


def _at_opening(places: Places, run: Run) -> bool:
    """ "At Acme, Jane Roe has", "Also at the media buyer Acme, Jane Roe has"."""
    near = range(max(run.first - 4, places.sentence.first), run.first)
    at = next((i for i in near if places.word(i) == "at"), None)
    if at is None or at > places.sentence.first + 1:
        return False
    return all(token.text.islower() for token in places.window.doc[at + 1 : run.first])


def _age_follows(places: Places, run: Run) -> bool:
    """ "Jane Roe, 52, will retire"."""
    if len(run.words) < 2 or places.word(run.last) != "," or places.word(run.last + 2) not in (",", "."):
        return False
    age = places.word(run.last + 1)
    return age.isdecimal() and 18 <= int(age) <= 99


def _label(places: Places, run: Run) -> Iterator[Vote]:
    """ "Acme: Jane Roe appointed treasurer", "Acme - Jane Roe joins": the label of an item that tells a move."""
    if run.first > places.sentence.first + 1 or not places.triggers or places.sentence.kind == "row":
        return
    doc, at = places.window.doc, run.last
    if places.word(at) in _POSSESSIVE:
        at += 1  # "Hadley's: ..."
    if (
        at >= places.sentence.last
        or doc[at].text not in _LABEL_ENDS
        or (doc[at].text != ":" and not doc[at - 1].whitespace_)
    ):
        return
    if run.text.isupper() and (doc[at].text != ":" or len(run.text) > _LONGEST_ACRONYM):
        return  # "UPDATE: ", "LONDON - "
    if any(other.first > at for other in places.runs):
        yield Vote(run, "org", LIKELY, "label")


_LONGEST_ACRONYM = 5  # letters


def _kind(places: Places, run: Run) -> Iterator[Vote]:
    """ "the software maker Acme", "Acme, a chain of noodle bars"; "its rival Kim" may be a person."""
    kinds = name_data("kinds")
    before = places.word(run.first - 1)
    noun = places.word(run.first - 2) if run.first > 1 and places.window.doc[run.first - 2].is_lower else ""
    if before in kinds or (before == "up" and places.word(run.first - 3) == "start"):
        sure = CERTAIN if before in name_data("kinds_no_person_has") and len(run.words) > 1 else SURE
        yield Vote(run, "org", sure if _is_described(places, run) else LIKELY, "kind before")
    if before in ("based", "headquartered", "listed", "owned", "backed") and places.word(run.first - 2) == "-":
        link = places.word(run.first - 4)
        firm = link in ("of", "at") or link in name_data("joins")
        yield Vote(run, "org", CERTAIN if firm and len(run.words) > 1 else LIKELY, "based there", loose=not firm)
    called = before in ("called", "named", "dubbed") and noun in kinds
    aside = before == "," and places.word(run.last) == "," and noun in kinds | {"rival", "competitor"}
    if called or (aside and places.word(run.first - 3) in _ASIDE_OPENERS):
        yield Vote(run, "org", SURE, "kind, named")
    if places.word(run.last) in (",", "–", "—", "--") and places.word(run.last + 1) in ("a", "an", "the"):
        ahead = [places.word(i) for i in range(run.last + 2, min(run.last + 7, places.sentence.last))]
        number = next((n for n, word in enumerate(ahead) if word in kinds), None)
        if number is not None and ahead[number + 1 : number + 2] in (
            [","],
            ["of"],
            ["that"],
            ["which"],
            ["based"],
            ["in"],
            ["with"],
            ["behind"],
        ):
            sure = ahead[number] in name_data("kinds_no_person_has") and not {"of", "at", "for"} & {*ahead[:number]}
            yield Vote(run, "org", CERTAIN if sure and len(run.words) > 1 else LIKELY, "kind behind")
