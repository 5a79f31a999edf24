"""From a word of the parse to the persons it stands for: names, pronouns, role nouns, lists, antecedents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.control import antecedent
from pipeline.extract.enumerations import acts_behind_phrase, coordinated_names
from pipeline.extract.epithets import described_before
from pipeline.extract.grammar import surface_subject
from pipeline.extract.holders import holder_of
from pipeline.extract.honoured import honoured
from pipeline.extract.mentions import Name, Window
from pipeline.extract.name_words import looks_like_person
from pipeline.extract.plurals import plural_persons
from pipeline.extract.pronoun_hints import in_succession, mourns, replaced_in
from pipeline.extract.view import View

if TYPE_CHECKING:
    from spacy.tokens import Token

_PRONOUNS = {
    "he": "m",
    "she": "f",
    "his": "m",
    "her": "f",
    "him": "m",
    "himself": "m",
    "herself": "f",
    "they": None,
    "their": None,
}
_RELATIVES = frozenset({"who", "whom", "whose", "that", "which"})
_SENTENCES_BACK = 3


def persons_at(view: View, window: Window, token: Token, depth: int = 0) -> list[Name]:
    """Persons that a noun phrase headed by (or containing) a word stands for; empty if none can be told."""
    if depth > 4:
        return []
    name = window.name_at.get(token.i)
    if name is not None and name.kind == "person":
        return _with_coordinated(window, token, name)
    lowered = token.lower_
    if lowered == "whose" and token.dep_ == "poss":  # "Roe, whose term ended"
        owner = antecedent(token.head.head) if token.head.head.dep_ == "relcl" else None
        found_at = persons_at(view, window, owner, depth + 1) if owner is not None else []
        before = list(window.names_in(window.sentence_of(token.i).first, token.i, "person"))
        return found_at or before[-1:]
    if lowered in _RELATIVES:
        clause = token.head
        while clause.dep_ == "conj":  # "Roe, whose contract ends in May and who will leave"
            clause = clause.head
        return persons_at(view, window, antecedent(clause), depth + 1) if clause.dep_ == "relcl" else []
    if (several := plural_persons(window, token)) is not None:
        return several
    if lowered in _PRONOUNS:
        found = pronoun(view, window, token)
        return [found] if found else []
    title = window.title_at.get(token.i)
    if title is not None and id(title) in view.described:
        named = view.described[id(title)]
        if len(named) == 1 and named[0].first < len(window.doc) and window.name_at.get(named[0].first) is named[0]:
            return _with_coordinated(window, window.doc[named[0].last - 1], named[0])
        return list(named)
    inside = _named_in_phrase(window, token)
    if inside:
        return inside
    listed = _listed(window, token)
    if listed:
        return listed
    if lowered == "one" and (single := _one_of(window, token)) is not None:
        return [single]
    if token.tag_ == "CD" and lowered != "one" and (counted := _counted(token)) is not None:
        return persons_at(view, window, counted, depth + 1)
    told = holder_of(view, window, token) or _named_next(view, window, token)
    described = described_before(view, window, token) if not told else None
    return [described] if described is not None else told


def _counted(number: Token) -> Token | None:
    """What is counted: the "directors" of "two of its directors", "two of the five directors"."""
    of = next((child for child in number.children if child.dep_ == "prep" and child.lower_ == "of"), None)
    return next((child for child in of.children if child.dep_ == "pobj" and child.tag_ == "NNS"), None) if of else None


def _one_of(window: Window, number: Token) -> Name | None:
    """Who is named right behind a plural title: "one of its executive directors Jane Roe"."""
    opened = window.lows[number.i + 1 : number.i + 2] == ["of"]
    title = window.title_at.get(number.i + 3) or window.title_at.get(number.i + 2) if opened else None
    name = window.name_at.get(title.last) if title is not None and title.mention.plural else None
    return name if name is not None and name.kind == "person" else None


def _named_next(view: View, window: Window, token: Token) -> list[Name]:
    """Who the next sentence names: "A York lawyer has been elected chairman of Acme. Jane Roe, 45, joined in May"."""
    holder = view.introduced.get((window.offset, token.i))
    return [holder] if holder is not None else []


def _with_coordinated(window: Window, token: Token, name: Name) -> list[Name]:
    run = [name]
    for other in token.conjuncts:
        found = window.name_at.get(other.i)
        if found is None:
            inside = _named_in_phrase(window, other)
            found = inside[0] if inside else None
        if found is None or found.kind != "person" or found in run or other.i < token.i:
            continue
        if not _acts_itself(window, token, found):
            run.append(found)
    for found in coordinated_names(window, name):
        if found not in run and _same_phrase(window, name, found) and not _acts_itself(window, token, found):
            run.append(found)
    return run


def _acts_itself(window: Window, token: Token, other: Name) -> bool:
    """Whether what the parse joins to an object is the subject of the next clause: "hired A, and B becomes T"."""
    behind = window.doc[other.last : min(other.last + 1, window.sentence_of(other.first).last)]
    above = {word.i for word in token.ancestors}
    verbs = [word for word in behind if not any(c.dep_ == "nsubj" and c.i in above for c in word.children)]
    return token.dep_ in ("dobj", "pobj", "attr", "oprd") and any(word.tag_ in ("VBZ", "VBP", "MD") for word in verbs)


def _same_phrase(window: Window, first: Name, other: Name) -> bool:
    """Whether no finite verb stands between two coordinated names ("A left and B joined")."""
    doc = window.doc
    between = doc[first.last : other.first]
    return not any(token.tag_ in ("VBZ", "VBD", "VBP", "MD") for token in between)


def _named_in_phrase(window: Window, token: Token) -> list[Name]:
    """A person in apposition to a noun, or a name of which the noun is a modifier."""
    for child in token.children:
        if child.dep_ in ("appos", "flat") or (
            child.dep_ in ("compound", "nmod", "npadvmod") and (token.i in window.title_at or token.tag_ == "NNP")
        ):
            name = window.name_at.get(child.i)
            if name is not None and name.kind == "person" and not _quote_between(window, token.i, name.first):
                return _with_coordinated(window, child, name)
    head = token.head
    if token.dep_ in ("compound", "nmod", "appos", "amod") and head != token:
        name = window.name_at.get(head.i)
        if name is not None and name.kind == "person":
            return [name]
    title = window.title_at.get(token.i)
    if title is not None and title.last < len(window.doc):
        for index in range(title.last, min(title.last + 2, window.sentence_of(token.i).last)):
            name = window.name_at.get(index)
            if name is not None and name.kind == "person":
                if index > title.last and acts_behind_phrase(window, window.doc[title.last - 1], name):
                    break
                return coordinated_names(window, name) if title.mention.plural else [name]
            if window.words[index] != ",":
                break
    return []


def _quote_between(window: Window, first: int, last: int) -> bool:
    """Whether a quotation ends between two words: "of new members," Kim, the treasurer, said."""
    return any(token.text in ('"', "”", "''") for token in window.doc[first:last])


def _listed(window: Window, token: Token) -> list[Name]:
    """Persons listed after a general noun: "executives, including A, B and C", "two directors: A and B"."""
    sentence = window.sentence_of(token.i)
    for child in token.subtree:
        if child.lower_ in ("including", "include", "namely") or (
            child.lower_ == "as" and child.i and window.lows[child.i - 1] == "such"
        ):
            for index in range(child.i + 1, sentence.last):
                name = window.name_at.get(index)
                if name is not None and name.kind == "person":
                    return coordinated_names(window, name, loose=True)
                if window.doc[index].tag_ in ("VBD", "VBZ", "VBP"):
                    break
    return _among_them(window, token) or _in_apposition(window, token)


def _among_them(window: Window, token: Token) -> list[Name]:
    """Who stands behind a noun's phrase in ", among them A and B", which the parse may hang on the verb."""
    index = token.right_edge.i + 1
    if token.tag_ != "NNS" or window.lows[index : index + 3] != [",", "among", "them"]:
        return []
    for ahead in range(index + 3, min(index + 3 + _LONGEST_RANK, window.sentence_of(token.i).last)):
        name = window.name_at.get(ahead)
        if name is not None and name.kind == "person":
            return coordinated_names(window, name, loose=True)
    return []


_LONGEST_PLACE = 12  # words between "two candidates" and the comma: "for the board of the power company Acme"
_LONGEST_RANK = 8


def _in_apposition(window: Window, token: Token) -> list[Name]:
    """Persons told of by number first: "two candidates for its board, banker Ann Roe and Acme executive Joe Kim"."""
    if token.tag_ != "NNS":
        return []
    doc, last = window.doc, window.sentence_of(token.i).last
    for index in range(token.i + 1, min(token.i + _LONGEST_PLACE, last)):
        if window.words[index] in (",", ":", "—", "–"):
            for ahead in range(index + 1, min(index + _LONGEST_RANK, last)):
                name = window.name_at.get(ahead)
                if name is not None and name.kind == "person":
                    run = coordinated_names(window, name, loose=True)
                    return run if len(run) > 1 or window.words[index] == ":" else []
                if doc[ahead].tag_ in ("VBD", "VBZ", "VBP", "MD", "VBG") or window.words[ahead] == ",":
                    break
            return []
        if doc[index].tag_ in ("VBD", "VBZ", "VBP", "MD"):
            break
    return []


def _matches(view: View, name: Name, gender: str | None) -> bool:
    if name.kind != "person":
        return False
    known = view.people.persons[name.entity].gender
    return gender is None or known is None or known == gender


def pronoun(view: View, window: Window, token: Token) -> Name | None:
    """The person that "he", "she" or a possessive stands for: the last subject before it that fits."""
    gender = _PRONOUNS.get(token.lower_)
    if gender is not None and not _any_of(view, gender):
        gender = None
    first = window.sentence_of(token.i).first
    told = (holder for index in range(first, token.i) for holder in _named_next(view, window, window.doc[index]))
    coming = next((holder for holder in told if _matches(view, holder, gender)), None)
    if coming is not None:
        return coming
    thanked = honoured(window, token)
    if thanked is not None and _matches(view, thanked, gender):
        return thanked
    for ancestor in token.ancestors:
        replaced = replaced_in(window, ancestor)
        if replaced is not None and _matches(view, replaced, gender):
            return replaced
        if ancestor.dep_ == "relcl":
            near = window.name_at.get(antecedent(ancestor).i)
            if near is not None and near.entity >= 0 and _matches(view, near, gender):
                return near
    number = window.sentence_at[token.i]
    subject = _clause_subject(window, token)
    ahead = _named_ahead(view, window, token, gender)
    if ahead is not None:
        return ahead
    doubtful: Name | None = None
    for back in range(_SENTENCES_BACK + 1):
        if number - back < 0:
            break
        sentence = window.sentences[number - back]
        last = token.i if back == 0 else sentence.last
        fitting = [
            n
            for n in window.names_in(sentence.first, last, "person")
            if n.entity >= 0
            and n.entity != subject
            and _matches(view, n, gender)
            and not (_speaks_of(window, n, token) if back == 0 else _spoke(window, n, token))
            and not mourns(n, token)
        ]
        if doubtful is not None:
            fitting = [name for name in fitting if view.people.persons[name.entity].gender == gender]
        if not fitting:
            continue
        if back == 0 and gender and not any(_may_be_meant(view, window, name) for name in fitting):
            doubtful = fitting[-1]
            continue
        if back == 0 and (near := _subject_above(window, token, fitting)) is not None:
            return near
        if back and (moved := in_succession(view, token, fitting)) is not None:
            return moved
        for name in fitting:
            if any(window.doc[i].dep_ in ("nsubj", "nsubjpass") for i in range(name.first, name.last)):
                return name
        for name in fitting:
            if any(_is_clause_subject(window.doc[i]) for i in range(name.first, name.last)):
                return name
        return fitting[0] if back else fitting[-1]
    if doubtful is not None:
        return doubtful
    main = _misread(view, window, token) or _main_person(view, window, token, gender)
    here = window.names_in(window.sentence_of(token.i).first, token.i, "person")
    if main is not None and (main.entity == subject or any(n.entity == main.entity and mourns(n, token) for n in here)):
        return None  # "Roe urged her to go": not Roe, who may be the only woman
    return main


def _misread(view: View, window: Window, token: Token) -> Name | None:
    """The subject before a pronoun that the model took for an organisation: "Isla Roe told staff she would quit"."""
    if token.lower_ not in ("he", "she", "his", "her"):
        return None
    for name in window.names_in(window.sentence_of(token.i).first, token.i, "org"):
        if window.doc[name.last - 1].dep_ == "nsubj" and looks_like_person(window, name):
            name.kind, name.weak = "person", False
            view.people.imply(name, window.span(name.first, name.last)[0])
            return name
    return None


def _any_of(view: View, gender: str) -> bool:
    """Whether the article names somebody of a gender, or of none that is known; else a given name misleads."""
    persons = view.people.persons
    return not persons or any(person.gender in (gender, None) or person.honorific for person in persons)


def _subject_above(window: Window, token: Token, fitting: list[Name]) -> Name | None:
    """The subject of the clause that holds the pronoun's own: "Kim announced he was going; Roe said she would too"."""
    for ancestor in token.ancestors:
        for child in ancestor.children:
            name = window.name_at.get(child.i) if child.dep_ in ("nsubj", "nsubjpass") and child.i < token.i else None
            if name is not None and any(name is other for other in fitting):
                return name
    return None


_OPENS_CLAUSE = frozenset("before after when since until while as although though once now even in despite".split())
_CLAUSE_REACH = 25  # words from a sentence's start to the comma that ends its opening clause


_OPENS_PHRASE = 8  # words of the phrase before the possessive: "In the first speech since his"
_OPENS_WITH = frozenset("despite during following until upon prior ahead with".split())


def _named_ahead(view: View, window: Window, token: Token, gender: str | None) -> Name | None:
    """Who is named only in the main clause: "Before she joined Acme, Roe ran a farm", "Since his election, Kim"."""
    _doc, sentence = window.doc, window.sentence_of(token.i)
    opening = {window.lows[i] for i in range(sentence.first, token.i)}
    owner = token.lower_ in ("his", "her") and token.i - sentence.first <= _OPENS_PHRASE
    openers = _OPENS_CLAUSE | _OPENS_WITH if owner else _OPENS_CLAUSE
    if not opening & openers or not (owner or token.lower_ in ("he", "she")):
        return None
    if any(True for _ in window.names_in(sentence.first, token.i, "person")):
        return None
    for index in range(token.i + 1, min(sentence.first + _CLAUSE_REACH, sentence.last - 2)):
        if window.words[index] != ",":
            continue
        name = window.name_at.get(index + 1)
        if name is None or name.kind != "person":
            continue
        acts = window.tag(name.last) in ("VBD", "VBZ", "VBP", "MD", "RB") or window.low(name.last) == ","
        return name if acts and name.entity >= 0 and _matches(view, name, gender) else None
    return None


def _may_be_meant(view: View, window: Window, name: Name) -> bool:
    """Whether a name of the pronoun's own sentence is a subject, or surely a person's."""
    person = view.people.persons[name.entity]
    subject = any(_is_clause_subject(window.doc[i]) for i in range(name.first, name.last))
    return subject or person.gender is not None or name.honorific is not None or len(person.positions) > 1


_CLEAR_LEAD = 2  # how many times as often as any other the main person must be named


def _main_person(view: View, window: Window, token: Token, gender: str | None) -> Name | None:
    """The person the article is about so far, where no sentence near the pronoun names one."""
    position = window.char(token)
    counts = sorted(
        (
            (sum(at < position for at in person.positions), index)
            for index, person in enumerate(view.people.persons)
            if person.gender == gender and person.given
        ),
        reverse=True,
    )
    if not counts or counts[0][0] == 0 or (len(counts) > 1 and counts[0][0] < _CLEAR_LEAD * counts[1][0]):
        return None
    return Name("person", token.i, token.i + 1, token.text, counts[0][1])


def _clause_subject(window: Window, token: Token) -> int:
    """Entity of the subject of an object pronoun's own clause, whom it cannot stand for; -1 if there is none."""
    if token.dep_ not in ("dobj", "dative", "pobj", "iobj"):
        return -1
    verb = token.head if token.dep_ != "pobj" else token.head.head
    subject = surface_subject(verb)[0]
    name = window.name_at.get(subject.i) if subject is not None else None
    return name.entity if name is not None and name.kind == "person" else -1


def _speaks_of(window: Window, name: Name, token: Token) -> bool:
    """Whether a pronoun stands in a quotation of the named speaker: nobody calls himself "he"."""
    quotes = sum(t.text in ('"', "“", "”", "``", "''") for t in window.doc[name.last : token.i])
    return quotes % 2 == 1


_SAYING = frozenset("said says told added wrote noted explained asked say".split())


def _spoke(window: Window, name: Name, token: Token) -> bool:
    """Whether a pronoun stands in a quotation that the named person of an earlier sentence goes on with."""
    sentence = window.sentence_of(token.i)
    if not any(t.text in ('"', "“", "”") for t in window.doc[sentence.first : sentence.last]):
        return False
    return any(
        window.doc[i].dep_ == "nsubj" and window.doc[i].head.lower_ in _SAYING for i in range(name.first, name.last)
    )


def _is_clause_subject(token: Token) -> bool:
    head = token
    while head.dep_ in ("appos", "compound", "nmod", "poss") and head.head != head:
        head = head.head
    return head.dep_ in ("nsubj", "nsubjpass")
