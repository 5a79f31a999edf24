"""Whom "it", "the company" and "the bank" stand for: the organisation that a sentence goes on to speak of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.candidates import Candidate
from pipeline.extract.discourse import Discourse, owned
from pipeline.extract.formed_firms import of_formed
from pipeline.extract.grammar import governing_verbs, surface_subject
from pipeline.extract.mentions import Name, Window
from pipeline.extract.organisation_kinds import kind_of_noun

if TYPE_CHECKING:
    from spacy.tokens import Token


def local_antecedent(discourse: Discourse, candidate: Candidate, token: Token) -> int | None:
    """The subject before "it" in its own sentence ("Acme said it named"), else the organisation in focus."""
    window, sentence = candidate.window, candidate.window.sentences[candidate.sentence]
    kind = kind_of_noun(token.lower_)
    told = _placed_before(discourse, candidate, token)
    if told is not None:
        return told
    board = board_elected_before(discourse, candidate) if token.lower_ in _DIRECTORS else None
    if board is not None:
        return board
    told = _told_in_aside(discourse, window, token)
    if told is not None and discourse.may_be(told, kind):
        return told
    for index in range(sentence.first, token.i):
        entity = discourse.mention(window, index)
        if entity is None or entity in discourse.bodies or entity in discourse.sources:
            continue
        name = window.name_at.get(index)
        if _is_spoken_of(window.doc[index]) and (name is None or not name.weak) and discourse.may_be(entity, kind):
            return entity
    return antecedent(discourse, candidate, kind)


def _placed_before(discourse: Discourse, candidate: Candidate, token: Token) -> int | None:
    """Whose "its" is behind another's office: "Roe will be chairman of Acme and Bolt president Kim its treasurer"."""
    window, person = candidate.window, candidate.person
    if token.lower_ != "its" or not window.sentence_of(token.i).first <= person.first < token.i:
        return None
    for title in reversed(list(window.titles_in(window.sentence_of(token.i).first, person.first))):
        between = window.lows[title.last : person.first]
        if "and" not in between and "while" not in between and "with" not in between:
            continue
        company = title.company
        if company is not None and company.first > title.first and not company.weak and company.last < person.first:
            return owned(discourse, window, company.first)
        formed = of_formed(discourse.formed, window, title)
        if formed is not None:
            return formed
    return None


_DIRECTORS = frozenset("directors nominees trustees".split())
_ELECTING = frozenset("elected elect appointed named added nominated joined join joining resigned seats seat".split())


def board_elected_before(discourse: Discourse, candidate: Candidate) -> int | None:
    """Whose board the sentence before tells of: "elected three nominees to the Acme board. The new directors are"."""
    window, number = candidate.window, candidate.sentence - 1
    if number < 0 or _ELECTING.isdisjoint(window.lows[window.sentences[number].first : window.sentences[number].last]):
        return None
    sentence = window.sentences[number]
    found = {
        entity
        for index in range(sentence.first, sentence.last)
        if (entity := discourse.mention(window, index)) is not None
        and entity not in discourse.bodies
        and _is_board_of(window, index, sentence.first)
    }
    return found.pop() if len(found) == 1 else None


def _is_board_of(window: Window, index: int, first: int) -> bool:
    """Whether a name's last word is that of "the Acme board", "Acme's board", "the board of Acme"."""
    name = window.name_at.get(index)
    last = name.last if name is not None else index + 1
    behind = window.lows[last : last + 3]
    if behind[:1] in (["'s"], ["’s"], ["'"], ["’"]):
        behind = behind[1:]
    if behind[:1] == ["board"] or behind[:2] in (["supervisory", "board"], ["advisory", "board"]):
        return True
    start = name.first if name is not None else index
    before = [word for word in window.lows[max(first, start - 5) : start] if word != "the"]
    return before[-1:] == ["of"] and not _BOARD.isdisjoint(before[-3:-1])


_BOARD = frozenset({"board", "directors"})

_TOLD = frozenset("told tells telling informed informs notified notifies".split())
_BODIES = frozenset("board staff directors employees workers management trustees".split())
_SECURITIES = frozenset("shares stock shareholders bonds investors".split())


def _is_spoken_of(word: Token) -> bool:
    """Whether a word is a subject or whose shares are, or who is told: "Shares in Acme fell", "told Acme's board"."""
    link = word.head if word.dep_ == "pobj" else word
    if link.dep_ in ("prep", "compound", "poss") and link.head.lower_ in _SECURITIES | _BODIES:
        word = link.head
    return word.dep_ in ("nsubj", "nsubjpass") or (word.dep_ in ("dobj", "iobj") and word.head.lower_ in _TOLD)


def _is_called(window: Window, name: Name | None, token: Token) -> bool:
    """Whether the same noun stands before a name: "joins the law firm Acme, the firm said"."""
    return name is not None and name.first > 0 and window.lows[name.first - 1] == token.lower_


def _told_in_aside(discourse: Discourse, window: Window, token: Token) -> int | None:
    """Whom the clause around "it" is told of: "sold Acme, which said it had named", not "said Bolt, which ..., it"."""
    for verb in governing_verbs(token):
        subject, _ = surface_subject(verb)
        if verb.dep_ == "relcl" and subject == verb.head and subject.i < token.i:
            entity = owned(discourse, window, subject.i)
            return entity if entity not in discourse.bodies and entity not in discourse.sources else None
    return None


def _last_of_kind(discourse: Discourse, candidate: Candidate, kind: str) -> int | None:
    """The organisation known to be of a kind that is named last before the event's trigger; not of another story."""
    window, paragraphs = candidate.window, discourse.paragraphs
    here = paragraphs.at(window.sentences[candidate.sentence].start)
    overseer: int | None = None
    for number in range(candidate.sentence, -1, -1):
        sentence = window.sentences[number]
        if paragraphs.is_roundup and paragraphs.at(sentence.start) != here:
            break
        last = candidate.trigger.head if number == candidate.sentence else sentence.last
        subject = discourse.subjects.get((window.offset, number))
        if kind == "club" and subject is not None and discourse.may_be(subject, kind):
            return subject  # "Norfield lost to Ardley City. The club": whom they play is told in passing
        for entity in reversed(discourse.mentions(window, sentence.first, last)):
            if kind in discourse.kinds.get(entity, ()) and entity not in discourse.sources:
                if entity not in discourse.overseers:
                    return entity
                overseer = entity if overseer is None else overseer
    others = [index for index, kinds in discourse.kinds.items() if kind in kinds and index not in discourse.overseers]
    return others[0] if overseer is not None and len(others) == 1 else overseer


def antecedent(discourse: Discourse, candidate: Candidate, kind: str | None = None) -> int | None:
    """The organisation in focus: subject of this or the nearest earlier sentence, lead or headline.

    Args:
        discourse: What the article makes of its organisations.
        candidate: The event, which tells the sentence.
        kind: The kind that the noun says ("the bank"); an organisation known to be another one is passed over.
    """
    window, paragraphs = candidate.window, discourse.paragraphs
    known = _last_of_kind(discourse, candidate, kind) if kind is not None else None
    if known is not None:
        return known
    here = paragraphs.at(window.sentences[candidate.sentence].start)
    for number in range(candidate.sentence, -1, -1):
        if paragraphs.is_roundup and paragraphs.at(window.sentences[number].start) != here:
            break
        subject = discourse.subjects.get((window.offset, number))
        if subject is not None and subject not in discourse.sources and discourse.may_be(subject, kind):
            return subject
    section = discourse.sections.get((window.offset, candidate.sentence))
    if paragraphs.is_roundup:
        return section if section is not None else paragraphs.first(here)
    called = discourse.only_one(kind)
    named = (discourse.lead_subject, discourse.headline_first)
    if discourse.lead_subject_at > window.sentences[candidate.sentence].start:
        named = named[::-1]  # of what comes only later nothing has been said yet
    fallbacks = (section, called, discourse.issuer, *named)
    return next((index for index in fallbacks if index is not None and discourse.may_be(index, kind)), None)
