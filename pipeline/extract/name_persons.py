"""What only persons have and do, told right behind a name: "Roe, who", "Roe, born in", "Roe's wife"."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extract.mentions import Title, Window
from pipeline.extract.name_runs import Run, is_town, name_data
from pipeline.extract.name_votes import LIKELY, SURE, Places, Vote
from pipeline.extract.name_words import is_org_tail
from pipeline.names import is_given_name

_OPENINGS = (",", "(", "–", "—", "-", "--")
_HIS = frozenset({"his", "her"})
_HIS_REACH = 4  # words from a verb to "his": "had his contract", "handed in her notice"
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_POSSESSIVE = ("'s", "’s")
_PARTY_REACH = 6  # words from a name to "Party": "of the Liberal Democratic Party"


def person_votes(places: Places, run: Run) -> Iterator[Vote]:
    """Votes for a person by what follows a name of two to four words that is not plainly a firm's or a town's."""
    if not 2 <= len(run.words) <= 4 or is_org_tail(run.words[-1]) or is_town(run.text) or run.text.isupper():
        return
    after, second = places.word(run.last), places.word(run.last + 1)
    if after == "," and second in ("who", "whose", "whom") and not _is_of_many(places, run.last + 2):
        yield Vote(run, "person", SURE if _is_place(places, run) else LIKELY, "who")
    if after in _OPENINGS and second in name_data("lives"):
        yield Vote(run, "person", LIKELY, "life of")
    if after in _POSSESSIVE and second in name_data("kin"):
        yield Vote(run, "person", LIKELY, "kin of")
    if after in ("(", "–", "—") and _is_office(places, run.last + 1):
        yield Vote(run, "person", LIKELY, "office in brackets")
    if after == "of" and second == "the" and "party" in map(places.word, range(run.last + 2, run.last + _PARTY_REACH)):
        yield Vote(run, "person", SURE, "of a party")
    if after == "of" and is_given_name(run.words[0]) and _is_firm(places, run.last + 1):
        yield Vote(run, "person", LIKELY, "of a firm")
    if is_given_name(run.words[0]) and _is_paired_with_office(places, run):
        yield Vote(run, "person", SURE, "name and office")
    if _has_his_own(places, run):
        yield Vote(run, "person", LIKELY, "his")


def _is_paired_with_office(places: Places, run: Run) -> bool:
    """Whether a name and an office end an enumeration of such pairs: "named Roe chairman, Kim president and X counsel".

    Not "Roe chairman and Acme Bank president Kim", where the office is somebody's who is named next.
    """
    window = places.window
    own = _office_behind(window, run.last)
    if places.word(run.first - 1) not in ("and", ",") or own is None:
        return False
    closed = own.last >= places.sentence.last or window.words[own.last] in (".", ",", ";", "and")
    if not closed or (own.last + 1 < len(window.words) and own.last + 1 in window.name_at):
        return False
    for name in window.names_in(places.sentence.first, run.first, "person"):
        title = _office_behind(window, name.last)
        if title is not None:
            return places.word(title.last) in (",", "and")
    return False


def _office_behind(window: Window, index: int) -> Title | None:
    """The office right behind a name: "Roe chairman", "Roe as chairman"."""
    index += window.lows[index : index + 1] == ["as"]
    title = window.title_at.get(index)
    return title if title is not None and title.first == index else None


def _is_firm(places: Places, index: int) -> bool:
    """Whether an organisation that ends as firms do is named there: "Femi Roe of Acme Bank, Jane Kim of Bolt"."""
    name = places.window.name_at.get(index + (places.word(index) == "the"))
    return name is not None and name.kind == "org" and is_org_tail(name.text.split()[-1])


def _is_of_many(places: Places, index: int) -> bool:
    """Whether a plural verb stands there: of "architects Marsh Okada, who have", a firm."""
    return index < places.sentence.last and (
        places.window.doc[index].tag_ == "VBP" or places.word(index) in ("are", "have", "were")
    )


def _is_place(places: Places, run: Run) -> bool:
    """Whether the model took a name for a place; of a club, which it takes for an organisation, "who" is said too."""
    name = places.window.name_at.get(run.last - 1)
    return name is None or name.weak


def _is_office(places: Places, index: int) -> bool:
    """Whether an office of one person stands there, no article before it: "(treasurer, Acme)", "— editor of Acme"."""
    title = places.window.title_at.get(index)
    return title is not None and title.first == index and title.mention.strong and not title.mention.plural


def _has_his_own(places: Places, run: Run) -> bool:
    """ "Roe had his contract extended", "Roe told her staff": a verb of the name, then "his" with nobody between."""
    if places.window.doc[run.last : run.last + 1].text == "" or places.window.doc[run.last].tag_ not in _FINITE:
        return False
    for index in range(run.last + 1, min(run.last + 1 + _HIS_REACH, places.sentence.last)):
        if places.word(index) in _HIS:
            return True
        if index in places.starts or places.word(index) in (",", ";", "that", "and", "for", "with"):
            return False
    return False
