"""Whom a description without a name stands for: "the 51-year-old", "the Leeds-born banker", "the former minister"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.common_nouns import common_nouns
from pipeline.extract.mentions import Name, Window
from pipeline.extract.view import View

if TYPE_CHECKING:
    from spacy.tokens import Token

_BACK = 3  # sentences back to the one that names the person
_ANOTHER = frozenset("new next other same late incoming first second latter current then unnamed".split())
_FORMER = frozenset({"former", "ex", "onetime", "one-time"})
_MARKS = frozenset({"born", "educated", "trained", "bred", "raised"})  # "the Leeds-born banker", "the Yale-educated"
_FORMERLY = frozenset("official aide adviser advisor prosecutor player footballer athlete colonel general".split())
_PARENTS = frozenset({"mother", "father", "mum", "dad", "grandmother", "grandfather"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


def described_before(view: View, window: Window, token: Token) -> Name | None:
    """The person named in a sentence before whom the noun phrase of a word stands for; None if that is not certain.

    Of several persons the one of the age told is meant, else, for descriptions that nobody without a name gets,
    the subject of the sentence.
    """
    if not _is_definite(window, token):
        return None
    age, marked = _age(window, token), _is_marked(token)
    former = any(child.lower_ in _FORMER for child in token.children)
    known = token.lower_ in common_nouns("epithet") or (former and _is_office_new_here(window, token))
    if age is None and not known:
        return None
    entity = _of_age(window, age) if age is not None else None
    if entity is None:
        entity = _named_last(view, window, token, age is not None or marked)
    if entity is None or not _fits(view, entity, token):
        return None
    return Name("person", token.left_edge.i, token.i + 1, token.text, entity)


def aged_before(view: View, window: Window, first: int) -> Name | None:
    """The person named before whom "The 51-year-old" stands for that opens a sentence, whatever is said behind it."""
    old = first + _AGE_WORDS + 1
    if window.lows[first] != "the" or old >= len(window.doc) or window.lows[old] != "old":
        return None
    token = window.doc[old]
    age = _age(window, token)
    if age is None:
        return None
    entity = _of_age(window, age)
    if entity is None:
        entity = _named_last(view, window, token, True)
    return Name("person", first, old + 1, token.text, entity) if entity is not None else None


def _is_definite(window: Window, token: Token) -> bool:
    """Whether a word is the head of "the 51-year-old", and not of "the banker at Acme" or "the bankers"."""
    if token.tag_ not in ("NN", "JJ", "NNP") or token.i in window.name_at:
        return False
    aside = token.head.children if token.lower_ == "old" and token.dep_ == "amod" else ()  # "The 51-year-old left"
    children = {child.lower_ for child in (*token.children, *aside)}
    if "the" not in children or not _ANOTHER.isdisjoint(children):
        return False
    for child in token.children:
        parent = child.lower_ == "of" and token.lower_ in _PARENTS
        if child.i > token.i and child.dep_ in ("prep", "appos", "acl", "conj") and not parent:
            return False
        if child.dep_ == "poss" or (child.dep_ == "relcl" and window.words[token.i + 1] != ","):
            return False
    return True


def _age(window: Window, token: Token) -> str | None:
    """The 51 of "the 51-year-old" and of "the 51-year-old banker"."""
    for old in (token, *token.children):
        if old.lower_ == "old" and old.i > _AGE_WORDS and window.lows[old.i - 3 : old.i] == ["-", "year", "-"]:
            age = window.words[old.i - _AGE_WORDS]
            return age if age.isdigit() and int(age) >= _YOUNGEST else None
    return None


_AGE_WORDS = 4  # "51", "-", "year", "-" before "old"
_YOUNGEST = 18


def _is_marked(token: Token) -> bool:
    return any(child.lower_ in _MARKS for child in token.children)


def _is_office_new_here(window: Window, token: Token) -> bool:
    """Whether "the former minister" tells of an office that the sentences right before do not speak of."""
    title = window.title_at.get(token.i)
    if title is None:
        return token.lower_ in common_nouns("person") or token.lower_ in _FORMERLY
    number = window.sentence_at[token.i]
    earlier = window.titles_in(window.sentences[max(number - 2, 0)].first, window.sentences[number].first)
    return all(other.mention.head != title.mention.head for other in earlier)


def _of_age(window: Window, age: str) -> int | None:
    """The one person whose age is told in figures: "Jane Roe, 51,", "51-year-old Jane Roe"."""
    aged = {
        name.entity
        for name in window.names
        if name.kind == "person" and name.entity >= 0 and _told_age(window, name) == age
    }
    return aged.pop() if len(aged) == 1 else None


def _told_age(window: Window, name: Name) -> str | None:
    behind = window.words[name.last : name.last + 2]
    if len(behind) > 1 and behind[0] in (",", "("):
        return behind[1]
    before = window.lows[max(name.first - 5, 0) : name.first]
    return before[0] if before[1:] == ["-", "year", "-", "old"] else None


def _named_last(view: View, window: Window, token: Token, sure: bool) -> int | None:
    """The only person, or for a sure description the subject, of the nearest sentence before that names any."""
    number = window.sentence_at[token.i]
    here = window.sentences[number]
    speaking = {name.entity for name in window.names_in(here.first, token.i, "person")}
    for back in range(1, min(number, _BACK) + 1):
        sentence = window.sentences[number - back]
        named = [n for n in window.names_in(sentence.first, sentence.last, "person") if n.entity >= 0]
        named = [n for n in named if n.entity not in speaking and _fits(view, n.entity, token)]
        if named:
            entities = {name.entity for name in named}
            return entities.pop() if len(entities) == 1 else _subject(window, named) if sure else None
    return None


_TELLING = frozenset(
    "said says told tells added noted praised praises thanked thanks welcomed welcomes congratulated hailed backed "
    "criticised criticized confirmed announced".split()
)


def _subject(window: Window, named: list[Name]) -> int | None:
    """The person that is the subject of a sentence's main clause; not who only speaks of the other."""
    subjects: set[int] = set()
    telling: set[int] = set()
    for name in named:
        for word in window.doc[name.first : name.last]:
            if word.dep_ in _SUBJECTS and word.head.dep_ == "ROOT":
                (telling if word.head.lower_ in _TELLING else subjects).add(name.entity)
    meant = subjects or {name.entity for name in named} - telling
    return meant.pop() if len(meant) == 1 else None


def _fits(view: View, entity: int, token: Token) -> bool:
    """Whether a person is not of the other gender than the word: "the businesswoman", "the Frenchman"."""
    gender = view.people.persons[entity].gender
    word = token.lower_
    told = (
        "f" if word.endswith(("woman", "mother", "mum")) else "m" if word.endswith(("man", "father", "dad")) else None
    )
    return told is None or gender is None or gender == told
