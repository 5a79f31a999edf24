"""Finds the persons of a trigger on the surface of the sentence, where the parse gives none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.annotate import is_org_tail, looks_like_person
from pipeline.extract.common_nouns import common_nouns
from pipeline.extract.enumerations import acts_behind_phrase, coordinated_names
from pipeline.extract.grammar import Arguments
from pipeline.extract.listed import list_opening, persons_in_list
from pipeline.extract.mentions import Name, Window
from pipeline.extract.persons import persons_at, pronoun
from pipeline.extract.relatives import is_of_whom
from pipeline.extract.speakers import interviewee, speaker
from pipeline.extract.triggers import Trigger
from pipeline.extract.view import View
from pipeline.names import is_given_name
from pipeline.titles.lexicon import lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token


def relabelled(view: View, window: Window, token: Token) -> list[Name]:
    """A person that the model took for an organisation or a place: a given name opens it, and a person is wanted."""
    name = window.name_at.get(token.i)
    if name is None or not looks_like_person(window, name):
        return []
    name.kind, name.weak = "person", False
    view.people.imply(name, window.span(name.first, name.last)[0])
    return coordinated_names(window, name)


def relabel_ahead(view: View, window: Window, trigger: Trigger) -> None:
    """Make what stands between an active verb and a title a person: "named Tunde Afolayan chief risk officer"."""
    name = window.name_at.get(trigger.last + 1)
    if name is None or not looks_like_person(window, name):
        return
    behind = name.last
    if behind < len(window.doc) and window.lows[behind] in (",", "as", "to", "its", "the"):
        behind += 1
    if behind in window.title_at:
        name.kind, name.weak = "person", False
        view.people.imply(name, window.span(name.first, name.last)[0])


def _enumerated(window: Window, name: Name) -> list[Name]:
    """All of the enumeration that a person is in: "A and B, who have left"."""
    sentence = window.sentence_of(name.first)
    for other in window.names_in(sentence.first, name.last, "person"):
        run = coordinated_names(window, other)
        if any(member is name for member in run):
            return run
    return [name]


def with_those_before(window: Window, verb: Token, persons: list[Name]) -> list[Name]:
    """The whole enumeration that opens a sentence, of which the parse gives the last: "A, who ran Acme, and B quit"."""
    if len(persons) != 1 or persons[0].first < 0 or verb.dep_ in ("relcl", "acl"):
        return persons
    run = _enumerated(window, persons[0])
    first = window.sentence_of(persons[0].first).first
    opens = not any(token.tag_ in ("VBD", "VBZ", "VBP", "MD") for token in window.doc[first : run[0].first])
    if not opens or len(run) == 1 or run[-1] is not persons[0] or persons[0].first > verb.i:
        return persons
    joined = not {"and", "as"}.isdisjoint(window.lows[run[-2].last : run[-1].first])
    return run if joined else persons


def _both_meant(window: Window, pair: list[Name], last: Name) -> bool:
    """Whether a clause behind a pair speaks of both: "A and B, who left Acme in May", without a clause of A's own."""
    if len(pair) != 2 or pair[1] is not last or last.last + 1 >= len(window.doc):
        return False
    between = [token.text for token in window.doc[pair[0].last : pair[1].first]]
    behind = window.doc[last.last : last.last + 2]
    return between == ["and"] and behind[0].text == "," and behind[1].lower_ == "who"


def implied_person(view: View, window: Window, trigger: Trigger, args: Arguments, function: str) -> list[Name]:
    """Two or three capitalised words in a person's place that the model missed, where a role follows."""
    target = args.object if function == "object" else (args.object if args.passive else args.subject)
    behind_verb = target is None and function == "object" and not args.passive
    if behind_verb:
        target = _capitals_behind(window, trigger)
    if target is None or target.tag_ != "NNP" or target.i in window.title_at or trigger.rule.action == "founded":
        return []
    taken = window.name_at.get(target.i)
    if taken is not None and (taken.kind == "person" or taken.weak or taken.settled):
        return []
    first = taken.first if taken is not None else target.i
    while (
        taken is None
        and (window.doc[first - 1].tag_ == "NNP" or _is_hyphen(window, first - 1))
        and first > window.sentence_of(target.i).first
        and first - 1 not in window.title_at
        and first - 1 not in window.name_at
    ):
        first -= 1
    last = taken.last if taken is not None else target.i + 1
    words = window.piece(first, last).split()
    if (
        not 2 <= len(words) <= 3
        or is_org_tail(words[-1])
        or words[-1].lower() in lexicon().places
        or any(not w[:1].isupper() or (w.isupper() and len(w) > 2) for w in words)
    ):
        return []
    behind = range(trigger.last + 1, min(trigger.last + 8, window.sentence_of(target.i).last))
    vouched = taken is None and is_given_name(words[0])
    if not (vouched or (not behind_verb and any(i in window.title_at for i in behind))) or (
        taken is not None and len(view.organisations.organisations[taken.entity].positions) > 1
    ):
        return []
    name = taken if taken is not None else Name("person", first, last, " ".join(words))
    name.kind = "person"
    view.people.imply(name, window.span(first, last)[0])
    if taken is None:
        window.names.append(name)
        window.names.sort(key=lambda other: other.first)
        for index in range(first, last):
            window.name_at[index] = name
    return [name]


def _is_hyphen(window: Window, index: int) -> bool:
    """Whether a hyphen joins two capitalised words: "Mutua-Rao"."""
    joined = window.words[index] == "-" and not window.doc[index].whitespace_ and index > 0
    return joined and window.doc[index - 1].tag_ == "NNP" and not window.doc[index - 1].whitespace_


def _capitals_behind(window: Window, trigger: Trigger) -> Token | None:
    """The last of the capitalised words right behind a trigger that the parse gives no object: "swore in Jane Roe"."""
    index, limit = trigger.last + 1, window.sentence_of(trigger.head).last
    while index < limit and window.doc[index].tag_ == "NNP" and index not in window.title_at:
        index += 1
    return window.doc[index - 1] if index > trigger.last + _GIVEN_AND_SURNAME else None


_GIVEN_AND_SURNAME = 2


def is_name_like(token: Token | None) -> bool:
    return token is not None and (token.tag_ in ("NNP", "NNPS", "WP", "CD", "FW") or not token.is_alpha)


def is_org_or_it(window: Window, token: Token | None) -> bool:
    if token is None:
        return False
    name = window.name_at.get(token.i)
    return (name is not None and name.kind == "org") or token.lower_ in _DECIDES | common_nouns("company")


_DECIDES = frozenset(
    "it which that board directors trustees shareholders government ministry cabinet council parliament committee "
    "regulator regulators department senate assembly commission panel owners".split()
)


def title_between(window: Window, first: int, last: int) -> bool:
    return any(i in window.title_at for i in range(first, last))


def persons_of(view: View, window: Window, token: Token | None, verb: Token | None = None) -> list[Name]:
    if token is None:
        return []
    if token.lower_ in ("i", "me", "my"):
        named = speaker(view, window, token)
        return [named] if named else []
    if token.lower_ in ("you", "your"):
        named = interviewee(view, window, token)
        return [named] if named else []
    found = persons_at(view, window, token) or relabelled(view, window, token)
    if verb is not None and found and token in verb.ancestors and verb.dep_ != "conj":
        plural = any(c.lower_ in ("have", "are", "were") for c in verb.children if c.dep_ in ("aux", "auxpass"))
        if verb.tag_ == "VBP" or plural or is_of_whom(verb):
            return [name for name in _enumerated(window, found[0]) if name.first < verb.i]
        pair = _enumerated(window, found[0])
        if _both_meant(window, pair, found[0]):
            return pair
        return found[:1]  # "A, recruited to run X, and B": the clause speaks of A alone
    return found


_SKIP_BACK = frozenset(
    "has have had will would may might could should is are was were be been being also not n't formally officially "
    "immediately recently just now today yesterday then to , ( ) - – — who \" “ ” ' reportedly abruptly suddenly "
    "unexpectedly quietly previously".split()
)

_REACH_BACK = 30


def person_before(view: View, window: Window, trigger: Trigger) -> list[Name]:
    """The person before a trigger with nothing but auxiliaries, titles, ages and organisations between."""
    doc, sentence = window.doc, window.sentence_of(trigger.head)
    index = trigger.head - 1
    steps = 0
    passed: set[int] = set()  # where titles start that no name stands behind
    aside = _before_aside(window, trigger, sentence.first)
    if aside is not None:
        return [aside]
    while index >= sentence.first and steps < _REACH_BACK:
        name = window.name_at.get(index)
        if name is not None:
            if name.kind == "person":
                if doc[name.last].tag_ == "POS" and name.last + 1 in passed:
                    return []  # "Roe's boss quit"
                return _counted(view, window, name, sentence.first)
            index, steps = name.first - 1, steps + 1
            continue
        title = window.title_at.get(index)
        token = doc[index]
        if title is not None:
            passed.add(title.first)
            index, steps = title.first - 1, steps + 1
            continue
        if token.lower_ in ("he", "she"):
            found = pronoun(view, window, token)
            return [found] if found else []
        if not (
            token.lower_ in _SKIP_BACK
            or token.like_num
            or token.tag_ in ("RB", "DT", "JJ", "IN", "NN", "NNP", "NNS", "CC", "POS", "PRP$", "CD", "HYPH")
        ):
            return []
        index -= 1
        steps += 1
    return []


def _counted(view: View, window: Window, name: Name, first: int) -> list[Name]:
    """All whom a plural office announces, of whom a name is the last: "two officers, Roe and Kim, were named"."""
    for title in window.titles_in(first, name.first):
        told = view.described.get(id(title), ()) if title.mention.plural else ()
        if told and told[-1] is name:
            return list(told)
    return [name]


_AUXILIARIES = frozenset(
    "has have had will would is was were are also not n't since recently abruptly suddenly unexpectedly "
    "today yesterday been be".split()
)


def _before_aside(window: Window, trigger: Trigger, first: int) -> Name | None:
    """The person before an apposition or clause between commas: "Roe, who built the team that won, resigned"."""
    doc, index = window.doc, trigger.head - 1
    while index > first and (window.lows[index] in _AUXILIARIES or doc[index].tag_ == "RB"):
        index -= 1
    if window.words[index] not in (",", "-", "–", "—", "--", ")"):
        return None
    opening = {")": "("}.get(window.words[index], window.words[index])
    for position in range(index - 1, max(first, index - _REACH_BACK), -1):
        if window.words[position] in (";", '"', "“", "”"):
            return None
        name = window.name_at.get(position)
        if name is not None and name.kind == "person":
            behind = name.last < index and window.words[name.last] == opening
            subject = any(doc[i].dep_ in ("nsubj", "nsubjpass", "ROOT", "dep") for i in range(name.first, name.last))
            return name if behind and subject else None
    return None


_SAYING = frozenset("said says say added told wrote noted".split())
_SKIP_AHEAD = frozenset(
    "mr. mr ms. mrs. dr. sir its their the a an his her former veteran current longtime senior new , as own "
    "retiring departing outgoing "
    "two three four five six to directors director: - – “ ” ‘ ’ ' \" ex chief executive".split()
)


def persons_after(window: Window, trigger: Trigger) -> list[Name]:
    """The person behind a trigger with nothing but titles, articles, adjectives and organisations between.

    Of a trigger with a gap, inside it ("handed Roe the reins") or behind it ("the job at Acme goes to Roe").
    """
    if trigger.phrase.endswith((" is", " are")):  # "Gone too is Roe"
        return _person_ahead(window, trigger, trigger.last + 1)
    found = _person_ahead(window, trigger, trigger.head + 1)
    if trigger.phrase.endswith("... from"):
        return found if found and found[0].first < trigger.last else []  # not "secured a loan from Roe"
    return found or (_person_ahead(window, trigger, trigger.last + 1) if "..." in trigger.phrase else [])


def _person_ahead(window: Window, trigger: Trigger, index: int) -> list[Name]:
    doc, sentence = window.doc, window.sentence_of(trigger.head)
    words = set(trigger.words)
    while index < sentence.last and index < trigger.head + _REACH_BACK:
        name = window.name_at.get(index)
        if name is not None:
            if trigger.rule.action == "joined" and _of_duties(window, name.last):
                return []  # "will take on Kim's duties as treasurer"
            if name.kind == "person":
                said = name.last < sentence.last and window.lows[name.last] in _SAYING
                return [] if said else coordinated_names(window, name)
            index = name.last
            continue
        title = window.title_at.get(index)
        if title is not None:
            index = max(title.last, index + 1)
            continue
        token = doc[index]
        if token.lower_ in ("and", "&") and index - 1 in window.title_at and _title_near(window, index + 1):
            index += 1
            continue  # "named banker and board member Jane Roe"
        described = _behind_employer(window, index, sentence.last)
        if described is not None and (index - 1 in window.title_at or doc[index - 1].tag_ == "NN"):
            return coordinated_names(window, described)
        if (
            index not in words
            and token.lower_ not in _SKIP_AHEAD
            and token.tag_ not in ("JJ", "NN", "NNP", "POS", "CD", "NNS", "HYPH", "VBN")
            and "-" not in window.words[max(index - 1, 0) : index + 2]  # "long-serving"
        ):
            return []
        index += 1
    return []


def _of_duties(window: Window, index: int) -> bool:
    """Whether a name is of whose work it is: "Kim's duties"."""
    owner = window.lows[index : index + 1] in (["'s"], ["’s"], ["'"], ["’"])
    return owner and not _WORK.isdisjoint(window.lows[index + 1 : index + 3])


_WORK = frozenset("duties responsibilities role job post position portfolio work seat".split())


def _title_near(window: Window, index: int) -> bool:
    """Whether a title of one holder starts in the next words: "former City head"."""
    title = next((window.title_at[i] for i in range(index, index + _BEFORE_TITLE) if i in window.title_at), None)
    return title is not None and not title.mention.plural


_BEFORE_TITLE = 4


def _behind_employer(window: Window, index: int, limit: int) -> Name | None:
    """Who is told behind "hired a partner from Norwood Dale,": the name in apposition to the title."""
    if window.lows[index : index + 1] not in (["from"], ["at"], ["of"]):
        return None
    firm = window.name_at.get(index + 1 + (window.lows[index + 1 : index + 2] == ["the"]))
    if firm is None or firm.kind != "org" or firm.last + 1 >= limit or window.words[firm.last] != ",":
        return None
    name = window.name_at.get(firm.last + 1)
    closed = name is not None and (name.last >= limit or window.words[name.last] in (",", ".", ";", "–", "—", "(", "-"))
    return name if name is not None and name.kind == "person" and closed else None


def persons_inverted(window: Window, trigger: Trigger) -> list[Name]:
    """ "Succeeding her is Roe", "Elected directors were A and B": the subject behind the verb."""
    sentence = window.sentence_of(trigger.head)
    if trigger.head > sentence.first + 2:
        return []
    ends = trigger.last > trigger.head and window.lows[trigger.last] == "be"  # "Running the unit will be Roe"
    for index in range(trigger.last + (not ends), min(sentence.last, trigger.last + 25)):
        if window.lows[index] in ("is", "are", "was", "were", "be"):
            for ahead in range(index + 1, min(index + 12, sentence.last)):
                name = window.name_at.get(ahead)
                if name is not None and name.kind == "person":  # "A as minister of trade and B as minister of works"
                    return coordinated_names(window, name, loose=window.lows[name.last : name.last + 1] == ["as"])
                if window.doc[ahead].tag_ in ("VBN", "VBD", "IN") and name is None:
                    return []
            return []
        if window.words[index] in (",", ";"):
            return []
    return []


def persons_listed(window: Window, trigger: Trigger, of: bool = True) -> list[Name]:
    """ "departures, including A, B and C"; "exits of key figures such as A and B"."""
    sentence = window.sentence_of(trigger.head)
    opening = list_opening(window, trigger)
    for index in range(trigger.last + 1, min(trigger.last + 12, sentence.last)):
        if index == opening:
            break
        if window.lows[index] == "of" and of:
            for name_index in range(index + 1, min(index + 10, sentence.last)):
                name = window.name_at.get(name_index)
                if name is not None and name.kind == "person":
                    paused = window.words[name_index - 1] == ","
                    if paused and acts_behind_phrase(window, window.doc[name_index - 2], name):
                        break  # "After the exit of its treasurer, Roe was named"
                    return coordinated_names(window, name, loose=True)
                closed = window.lows[name_index] in _OTHERS
                if closed or window.doc[name_index].tag_.startswith("VB"):
                    break
                if window.lows[name_index] == "at":
                    break  # "the exits of several editors at rival Cordell Lane, including A"
    return persons_in_list(window, trigger)


_OTHERS = frozenset({'"', "”", "''", "with", "by", "against"})  # "spoke of an exit of their own with Roe"


def persons_by(window: Window, trigger: Trigger) -> list[Name]:
    """The person behind the "by" of a passive that the parse hung elsewhere: "was replaced as chairman by Roe"."""
    sentence = window.sentence_of(trigger.head)
    for index in range(trigger.last + 1, min(sentence.last, trigger.last + _REACH_BACK)):
        if window.lows[index] == "by":
            for ahead in range(index + 1, min(index + 8, sentence.last)):
                name = window.name_at.get(ahead)
                if name is not None and name.kind == "person":
                    return [name]
    return []
