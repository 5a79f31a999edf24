"""Signs that a name is an organisation's, whatever verb of a move stands beside it: what only firms have and do."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extract.mentions import Title
from pipeline.extract.name_runs import Run, is_full_name, is_place, name_data
from pipeline.extract.name_votes import CERTAIN, LIKELY, SLIGHT, SURE, Places, Vote
from pipeline.extract.name_words import GENERIC_WORDS, is_area_name, is_unit_name

_POSSESSIVE = ("'s", "’s", "'", "’")
_ARTICLES = ("the", "a", "an")
_ITS_REACH = 9  # words from a verb to "its": "has announced the death in May of its treasurer"
_OWN_REACH = 5  # words from "its" to its own: "its Nordic sales team"
_OPENING = 2  # words before a name that opens a sentence: "Finally, Acme"
_LONGEST_ASIDE = 10  # words
_OTHERS = frozenset("it who he she his her company firm".split())  # of whom "its" may speak instead
_LEAST_LABEL = 2  # words of a label in capitals that is no town and no agency's "UPDATE:"


def organisation_signs(places: Places) -> Iterator[Vote]:
    """Votes for organisations by what stands before and behind a name."""
    for number, run in enumerate(places.runs):
        yield from _label_in_capitals(places, run)
        if (
            len(run.words) > 1
            and run.words[-1].lower() in name_data("lines_of_business")
            and not is_unit_name(run.text)
        ):
            yield Vote(run, "org", LIKELY, "line of business")
        seen = run.last - 1 in places.window.name_at
        if not (seen or _is_spelt_as_name(places, run) or _is_proper(places, run)):
            continue  # "Existing shareholders": the model saw no name
        yield from _behind(places, run)
        yield from _before(places, run)
        following = places.runs[number + 1].first if number + 1 < len(places.runs) else places.sentence.last
        yield from _its(places, run, following)


def _is_spelt_as_name(places: Places, run: Run) -> bool:
    """Whether capitals mark a name that the model saw none in: amid a sentence, or on two words at its start."""
    if run.first > places.sentence.first:
        return places.window.words[run.first - 1] not in _SENTENCE_MARKS
    return len(run.words) > 1 and all(word[:1].isupper() for word in run.words)


_SENTENCE_MARKS = frozenset('"“‘*•|:\n')


def _is_proper(places: Places, run: Run) -> bool:
    """Whether the tagger takes all words of a run for a name's, in running text: "Zennix, backed by Acme, has"."""
    plain = places.sentence.kind == "prose" and not is_unit_name(run.text) and run.text.lower() not in GENERIC_WORDS
    return plain and all(token.tag_ == "NNP" for token in places.window.doc[run.first : run.last])


def _behind(places: Places, run: Run) -> Iterator[Vote]:
    """ "Acme, which", "Acme and its treasurer", "Acme shareholders", "Acme's headquarters", "Acme is based"."""
    after, second, third = (places.word(run.last + step) for step in range(3))
    if after == "," and second == "which" and not _in_aside(places, run):
        yield Vote(run, "org", SURE, "which", placed=True)
    if after == "and" and second == "its":
        yield Vote(run, "org", SURE, "and its", placed=True)
    if after in name_data("firm_people") and not _is_verb(places, run.last):
        yield Vote(run, "org", LIKELY, "people of", placed=True)
    if after in _POSSESSIVE and second in name_data("firm_property"):
        yield Vote(run, "org", CERTAIN if second in _FIRMS_ONLY else LIKELY, "property of", placed=True)
    if after in _POSSESSIVE and is_full_name(places.starts.get(run.last + 1)):  # nobody owns a person
        yield Vote(run, "org", LIKELY, "employer of", placed=True)
    related = after == "," and second in ("a", "an", "the") and third in name_data("firm_relations")
    if (after in ("is", "was", ",") and f"{second} {third}" in name_data("firm_states")) or related:
        yield Vote(run, "org", LIKELY, "state of", placed=True)
    if f"{after} {second}" in name_data("firm_deeds"):
        yield Vote(run, "org", LIKELY, "deed of", placed=True)
    if after in ("chief", "boss", "supremo") and is_full_name(places.starts.get(run.last + 1)):
        yield Vote(run, "org", SURE, "boss before name", placed=True)
    if after == "(" and places.word(run.last + 1 + (second == "the")) in ('"', "“") and _is_defined(places, run.last):
        yield Vote(run, "org", CERTAIN, "defined")
    if places.window.words[run.first - 1 : run.first] == ["The"] and _is_amid(places, run.first - 1):
        yield Vote(run, "org", LIKELY, "The", placed=True)
    title = places.window.title_at.get(run.last)
    if title is not None and title.first == run.last and _acts_without_name(places, title):
        yield Vote(run, "org", LIKELY, "title of nobody named", placed=True)


def _is_defined(places: Places, index: int) -> bool:
    """Whether a filing calls somebody its company in brackets: 'Acme (the "Company")'."""
    return any(
        places.word(i) in ("company", "registrant", "corporation", "bank", "issuer") for i in range(index, index + 5)
    )


def _is_amid(places: Places, index: int) -> bool:
    """Whether a capital stands within running text: "joins the board of The Larder", not at a sentence's start."""
    if index <= places.sentence.first or places.sentence.kind != "prose":
        return False
    return places.window.words[index - 1].islower() or places.window.words[index - 1] == ","


_FIRMS_ONLY = frozenset("board shareholders headquarters subsidiary subsidiaries flotation shares stake".split())


def _in_aside(places: Places, run: Run) -> bool:
    """Whether "which" may mean more than the name before it: "the firm founded by Roe, which"."""
    return places.word(run.first - 1) in ("by", "and", "with", "under", "for", "to")


def _is_verb(places: Places, index: int) -> bool:
    return places.window.doc[index].tag_ in ("VBZ", "VBP")


def _acts_without_name(places: Places, title: Title) -> bool:
    """Whether a title after a name stands for its holder: "Acme creative director departs", "Acme CEO to step down"."""
    mention = title.mention
    if not mention.strong or mention.plural or title.last >= places.sentence.last:
        return False
    return places.window.doc[title.last].tag_ in ("VBZ", "VBD", "MD", "TO") or places.word(title.last) in ("out", "to")


def _before(places: Places, run: Run) -> Iterator[Vote]:
    """ "shares in Acme", "the chairmanship of the Acme Trust", "my last day at Acme"."""
    index = run.first - 1
    if places.word(index) in _ARTICLES:
        index -= 1
    link = places.word(index)
    if places.word(run.last) in _POSSESSIVE:
        return  # "shares in Roe's firm"
    if link in ("in", "of", "with", "at") and places.word(index - 1) in name_data("firm_matters"):
        shares = places.word(index - 1) in _FIRMS_ONLY and link == "in"
        yield Vote(run, "org", CERTAIN if shares else LIKELY, "matter of", placed=True)
    if link == "and" and places.word(run.first - 2) not in _ARTICLES:
        yield from _second_of(places, run)
    opening = index - 2
    while places.word(opening) and places.window.doc[opening].tag_ in ("JJ", "VBN"):
        opening -= 1  # "the embattled head of Norwood"
    boss = link == "of" and places.word(index - 1) in _BOSSES and places.word(opening) in _BEFORE_BOSS
    if boss and not (is_area_name(run.text) or is_unit_name(run.text)):
        yield Vote(run, "org", LIKELY, "boss of", placed=True)
    if link == "at" and places.word(index - 1) not in name_data("aimed_at"):
        yield Vote(run, "org", LIKELY, "at", placed=True)


_BOSSES = frozenset({"head", "boss", "chief"})
_BEFORE_BOSS = frozenset({",", "as", "the", "former", "new", "is", "was", "become", "becomes", "named"})


def _second_of(places: Places, run: Run) -> Iterator[Vote]:
    """The second of two: "joins the boards of Acme and Bolt"."""
    first = places.ends.get(run.first - 1)
    if first is not None and places.word(first.first - 1) == "of" and places.word(first.first - 2) in _SHARED:
        yield Vote(run, "org", LIKELY, "matter of both", placed=True)


_SHARED = frozenset("boards stakes shares shareholders subsidiaries chairmanships headquarters".split())


def _label_in_capitals(places: Places, run: Run) -> Iterator[Vote]:
    """ "HARTWELL BREWERIES: Jane Roe joins", the label of a brief; not "LONDON:", "NEW YORK:", "PEOPLE MOVES:"."""
    if run.first != places.sentence.first or places.word(run.last) != ":" or not run.text.isupper():
        return
    words = [word.lower() for word in run.words]
    if len(words) < _LEAST_LABEL or is_place(run.text) or set(words) & (name_data("no_name") | GENERIC_WORDS):
        return
    ahead = places.starts.get(run.last + 1)
    if ahead is not None and not ahead.text.isupper() and places.triggers:
        yield Vote(run, "org", LIKELY, "label in capitals")


def _its(places: Places, run: Run, following: int) -> Iterator[Vote]:
    """ "Acme has announced the death of its treasurer": who tells it, or has lost one, is not the one in the title."""
    if run.first > places.sentence.first + _OPENING or places.word(run.last) in _POSSESSIVE:
        return
    start = _behind_aside(places, run)
    verb = next((i for i in range(start, start + 4) if places.word(i) in name_data("firm_tells")), None)
    told = verb == run.last and places.word(verb) in name_data("says")  # "Acme said it" is a sign of its own
    if verb is None or told or start < following <= verb:
        return
    for index in range(verb + 1, min(verb + _ITS_REACH, places.sentence.last)):
        word = places.word(index)
        if word in _OTHERS or index in places.starts:
            return
        if word == "its":
            ahead = {places.word(i) for i in range(index + 1, index + _OWN_REACH)}
            own = places.title_at(index + 1) is not None or bool(ahead & name_data("firm_parts"))
            yield Vote(run, "org", LIKELY if own else SLIGHT, "its", placed=True, loose=not own)
            return


def _behind_aside(places: Places, run: Run) -> int:
    """Where the verb of a name may stand: behind "Acme", behind "Acme, the Danish brewer,"; not behind a title."""
    if places.word(run.last) != ",":
        return run.last
    if places.word(run.last + 1) not in _ARTICLES:
        return places.sentence.last
    for index in range(run.last + 2, min(run.last + _LONGEST_ASIDE, places.sentence.last)):
        if index in places.window.title_at:
            break
        if places.word(index) == ",":
            return index + 1
    return places.sentence.last
