"""Signs of a firm in releases and reports: who is listed, who is pleased to announce, whose staff is told."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extract.name_runs import Run, is_full_name, name_data
from pipeline.extract.name_votes import CERTAIN, LIKELY, Places, Vote
from pipeline.extract.name_words import is_listed_at

_GLAD = frozenset("pleased delighted proud thrilled excited happy honored honoured glad".split())
_GLADLY = frozenset("announce welcome report appoint name share confirm introduce".split())
_TIMES = frozenset("today yesterday monday tuesday wednesday thursday friday saturday sunday".split())
_TELLS = frozenset("announced announces confirmed confirms".split())
_DASHES = frozenset({"--", "-", "–", "—", "/"})
_OWNS = frozenset(["'s", "’s", "'", "’"])
_RUN = frozenset("run runs ran led leads lead headed heads head managed manages chaired chairs founded".split())
_LED = frozenset("run runs led leads headed heads chaired".split())
_SEEKS = frozenset("looking seeking searching hunting without recruiting advertising".split())
_BOSSES = frozenset("boss chief head chair chairman ceo director treasurer president md".split())
_SPANS = frozenset("since for until from in".split())
_WELCOMES = frozenset("welcome welcomed welcoming welcomes".split())
_LONGEST_ASIDE = 25  # words of what a release says of its sender
_TOLD_REACH = 6  # words from "announced" to "that" or "the appointment"
_WELCOME_REACH = 7  # words from "welcome" to "to Acme"


def teller_votes(places: Places, run: Run) -> Iterator[Vote]:
    """Votes for organisations that speak, are run, welcome somebody or are moved to."""
    last = run.last + (places.word(run.last) in _OWNS)  # "Hadley's is pleased to announce"
    if is_listed_at(places.window, last):
        yield Vote(run, "org", CERTAIN, "listed")
        return
    if _is_glad(places, last):
        yield Vote(run, "org", LIKELY, "glad to announce", loose=is_full_name(run))
    elif _announces(places, run):
        yield Vote(run, "org", LIKELY, "announces", loose=is_full_name(run))
    before = places.word(run.first - 1 - (places.word(run.first - 1) == "the"))
    if before == "at" and places.word(run.first - 2) in name_data("firm_people") and places.word(run.last) not in _OWNS:
        yield Vote(run, "org", CERTAIN, "people at")
    if run.first <= places.sentence.first + 1 and places.word(run.last) == "," and places.word(run.last + 1) == "which":
        yield Vote(run, "org", LIKELY, "which, opening")  # told beside the sign of "which": nobody is a "which"
    if before in _RUN and places.word(run.last) in _SPANS and _is_of_person(places, run.first):
        yield Vote(run, "org", CERTAIN if before in _LED else LIKELY, "is run", placed=True)
    if before == "as" and places.word(run.last) in _BOSSES and places.triggers:
        yield Vote(run, "org", LIKELY, "boss of", placed=True)
    if places.word(last) == "is" and places.word(last + 1) in _SEEKS and _seeks_officer(places, last + 2):
        yield Vote(run, "org", LIKELY, "seeks an officer", placed=True)
    if before == "to" and (_is_welcomed(places, run) or _is_moved_to(places, run)):
        yield Vote(run, "org", LIKELY, "arrives at", placed=True, loose=True)


def _seeks_officer(places: Places, index: int) -> bool:
    """Whether an office is what is sought: "for a new chief executive", "a finance director"."""
    near = range(index, min(index + _SOUGHT_REACH, places.sentence.last))
    articles = any(places.word(i) in ("a", "an") for i in near)
    return articles and any(i in places.window.title_at for i in near)


_SOUGHT_REACH = 5  # words from "looking" to the office


def _is_glad(places: Places, index: int) -> bool:
    """Whether "is pleased to announce" stands at a word."""
    if places.word(index) not in ("is", "are", "was"):
        return False
    index += 2 if places.word(index + 1).endswith("ly") or places.word(index + 1) in ("very", "so") else 1
    return places.word(index) in _GLAD and places.word(index + 1) == "to" and places.word(index + 2) in _GLADLY


def _announces(places: Places, run: Run) -> bool:
    """ "Acme, a maker of tools, today announced that Jane Roe": who tells of another, at once or behind an aside."""
    verb = _telling(places, run.last)
    if not verb and places.word(run.last) == ",":
        closing = (i for i in range(run.last + 2, min(run.last + _LONGEST_ASIDE, places.sentence.last)))
        verb = next((at for i in closing if places.word(i) == "," and (at := _telling(places, i + 1))), 0)
    if not verb:
        return False
    if any(places.word(i) in _DASHES for i in range(run.last, verb)):
        return False  # the town before "--"
    behind = range(verb + 1, min(verb + _TOLD_REACH, places.sentence.last))
    told = any(places.word(i) in ("that", "the", "it", "its") for i in behind)
    return told and any(trigger.head > verb for trigger in places.triggers) and _tells_of_other(places, run, verb)


def _telling(places: Places, index: int) -> int:
    """Where the "announced" of "today announced", "on Tuesday announced", "announced" stands; 0 if nowhere."""
    for at in range(index, index + 4):
        if places.word(at) in _TELLS:
            return at
        if places.word(at) not in _TIMES | {"on", "has", "have", "also", "just"}:
            return 0
    return 0


def _tells_of_other(places: Places, run: Run, verb: int) -> bool:
    """Whether somebody with a full name is told of, and the teller is nowhere "he" or "she"."""
    own = {places.word(i) for i in range(verb + 1, min(verb + _TOLD_REACH, places.sentence.last))}
    return not own & {"he", "she", "his", "her", "their", "they"} and any(
        is_full_name(other) for other in places.runs if other.first > max(verb, run.last)
    )


def _is_of_person(places: Places, index: int) -> bool:
    """Whether "who has run", "she has led" stands before a name: who runs something."""
    return any(places.word(i) in ("who", "he", "she") for i in range(index - 4, index - 1))


def _is_welcomed(places: Places, run: Run) -> bool:
    """ "welcome Jane to Acme"."""
    near = range(max(run.first - _WELCOME_REACH, places.sentence.first), run.first - 1)
    at = next((i for i in near if places.word(i) in _WELCOMES), None)
    return at is not None and all(
        i in places.window.name_at or _is_name(places, i) for i in range(at + 1, run.first - 1)
    )


def _is_name(places: Places, index: int) -> bool:
    word = places.window.words[index]
    return word[:1].isupper() or word.lower() in ("and", ",", "mr", "ms", "dr", "him", "her", "them", "back")


def _is_moved_to(places: Places, run: Run) -> bool:
    """ "moves from Acme to Bolt as treasurer"."""
    if places.word(run.last) not in ("as", ".", ",", ""):
        return False
    left = places.ends.get(run.first - 1)
    if left is None or places.word(left.first - 1) != "from":
        return False
    return any(trigger.words[0] < left.first for trigger in places.triggers)
