"""Decides by word lists alone which sentences can state an event; only those and their neighbours are parsed.

A sentence passes if it holds a trigger whose rule can match there, and likely names a person in its reach.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.extract.clues import Clues, find_clues
from pipeline.extract.items import items_below
from pipeline.extract.sentences import Sentence, split_sentences
from pipeline.extract.spelling import SAME_PAST, Spelling, fits, raw_words_of, words_of
from pipeline.extract.triggers import Trigger, TriggerIndex
from pipeline.rulebook import Rule

_LEAD = 3  # first sentences that always give context: headline, lead, and mostly the company in focus
_FAR_BACK = 3  # sentences back to the name that a pronoun stands for
_IT_BACK = 4  # sentences back to the organisation that "It" at the beginning of one mostly stands for
_NOUN_BEFORE, _NOUN_BEHIND = 80, 120  # characters from "departure" to the one who departs
_TITLE_BEFORE = 120  # characters from "new" back to the one whose title it opens
_OFFICE_BEFORE, _OFFICE_BEHIND = 40, 40  # characters to the office that stands for its holder
_OPENING_OFFICE = 25  # characters from a sentence's start to the office that is its subject
_OPENING = 2  # words before a trigger that opens its sentence: "Also named was Jane Roe"
_OPENS_NEXT = 30  # characters of the next sentence, an honorific or a rank included, before the name that opens it
_IT = re.compile(r"It\b|(?:The|This) (?:company|firm|group|bank|agency|club|business|maker)\b(?! said)")
_OF_HOLDERS = frozenset({"died", "reappointed"})  # whose weak wordings are read of an office alone: "the chairman died"
_LISTS = re.compile(r"\b(?:includ\w+|such as|namely|like|by)\b|:")


_TEXTS_KEPT = 32  # articles of a batch
MAX_SENTENCE = 5_000  # characters; what is longer is a table or a run of words, and costs more than linear time


@lru_cache(maxsize=_TEXTS_KEPT)
def readable_sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text that are short enough to be one; kept, for what is screened is mostly read next."""
    return tuple(sentence for sentence in split_sentences(text) if sentence.end - sentence.start <= MAX_SENTENCE)


def too_long_sentences(text: str) -> list[Sentence]:
    """The sentences of a text that no one reads as one."""
    if len(text) <= MAX_SENTENCE:
        return []
    return [sentence for sentence in split_sentences(text) if sentence.end - sentence.start > MAX_SENTENCE]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Consecutive sentences to be parsed together; `candidates` index into them."""

    sentences: tuple[Sentence, ...]
    candidates: frozenset[int]


class Screen:
    """The candidate rule, derived from the rulebook's own triggers."""

    def __init__(self, index: TriggerIndex) -> None:
        self._index = index

    def states_event(self, sentence: str) -> bool:
        """Whether a sentence holds a trigger of any rule."""
        may_stand = self._index.patterns_in(sentence)
        return any(True for _ in self._index.find(words_of(sentence), may_stand, raw_words_of(sentence)))

    def candidates(self, text: str, sentences: Sequence[Sentence]) -> tuple[set[int], set[int]]:
        """Which sentences can state an event, and which more are needed to tell whom they speak of."""
        found: set[int] = set()
        context: set[int] = set()
        clues: Clues | None = None
        wordings = self._index.patterns_in_spans(text, [(sentence.start, sentence.end) for sentence in sentences])
        for number, (sentence, may_stand) in enumerate(zip(sentences, wordings, strict=True)):
            if not may_stand:
                continue
            spelling = Spelling(text, sentence, number == 0)
            told = list(self._index.find(spelling.words, may_stand, spelling.raw))
            if not told:
                continue
            triggers = [trigger for trigger in told if fits(spelling, trigger)]
            below = items_below(text, sentences, number)
            if triggers or below:
                clues = clues or find_clues(text)
                since = sentences[number - 1].start if number else sentence.start
                listed = below and clues.named_in(sentences[below[0]].start, sentences[below[-1]].end)
                named = listed or any(_names(clues, spelling, trigger, since) for trigger in triggers)
                named = named or _named_above(clues, spelling, triggers, sentences[max(number - 2, 0) : number])
                if named or _named_next(clues, spelling, triggers, sentences[number + 1 : number + 2]):
                    found.add(number)
                    context |= set(below)
                    before = _antecedents(clues, sentences, number)
                    context |= before | _introductions(clues, sentences, {number, *before})
                    context |= _neighbours(clues, sentences, number)
        return found, context

    def stretches(self, text: str) -> list[Stretch]:
        """Candidate sentences and what is needed to read them; empty if nothing can state an event."""
        sentences = readable_sentences(text)
        candidates, context = self.candidates(text, sentences)
        if not candidates:
            return []
        wanted = context | set(range(min(_LEAD, len(sentences))))
        wanted |= candidates
        stretches: list[Stretch] = []
        run: list[int] = []
        for i in [*sorted(wanted), len(sentences) + 9]:
            if run and i != run[-1] + 1:
                members = tuple(sentences[j] for j in run)
                stretches.append(Stretch(members, frozenset(j - run[0] for j in run if j in candidates)))
                run = []
            run.append(i)
        return stretches


def _neighbours(clues: Clues, sentences: Sequence[Sentence], number: int) -> set[int]:
    """The sentence before, and the one behind if it likely names somebody: with others behind no more is found."""
    near = {number - 1} if number else set()
    if number + 1 < len(sentences):
        behind = sentences[number + 1]
        if behind.kind != "prose" or clues.persons(behind.start, behind.end):
            near.add(number + 1)
    return near


def _antecedents(clues: Clues, sentences: Sequence[Sentence], number: int) -> set[int]:
    """The sentences back to the one that likely names whom or what a pronoun, or a nameless sentence, speaks of."""
    here = sentences[number]
    if _IT.match(clues.text, here.start):
        return set(range(max(0, number - _IT_BACK), number))
    nearest = 1 if clues.says_he(here.start, here.end) else 0
    for back in range(nearest, min(number, _FAR_BACK) + 1):
        near = sentences[number - back]
        if clues.named_in(near.start, near.end):
            return set(range(number - back, number))
    return set()


def _introductions(clues: Clues, sentences: Sequence[Sentence], read: set[int]) -> set[int]:
    """The sentences that first give the full names of those whom others call by surname: they say who they are."""
    starts = [sentence.start for sentence in sentences]
    words = {
        word.removesuffix("'s").removesuffix("’s")
        for number in read
        for word in words_of(clues.text[starts[number] : sentences[number].end])
    }
    return {max(bisect_right(starts, clues.introduced[surname]) - 1, 0) for surname in words & clues.introduced.keys()}


def whole(text: str) -> list[Stretch]:
    """The article as one stretch in which every sentence is a candidate: what no screen can miss."""
    sentences = readable_sentences(text)
    return [Stretch(sentences, frozenset(range(len(sentences))))] if sentences else []


def _names(clues: Clues, spelling: Spelling, trigger: Trigger, since: int) -> bool:
    """Whether a person is likely named, or stood for, where the trigger's rule would look for one."""
    things = trigger.rule.things
    if things and not any(thing in spelling.words or f"{thing}s" in spelling.words for thing in things):
        return False
    if spelling.kind == "row":
        return True
    found = clues.persons(spelling.start, spelling.end)
    if clues.persons(since, spelling.end):
        found += clues.plurals(spelling.start, spelling.end) + clues.epithets(spelling.start, spelling.end)
    if any(_in_reach(spelling, trigger, at) for at in found):
        return True
    if any(_in_reach(spelling, trigger, at) for at in _holders(clues, spelling)):
        return True
    if found:
        return False
    if trigger.rule.weak:
        return not spelling.styled and trigger.rule.action in _OF_HOLDERS and _held_beside(clues, spelling, trigger)
    if spelling.kind == "prose" and spelling.styled:  # the first sentence names whom the article is about
        return spelling.capital_in(spelling.start + 1, spelling.end)
    return not spelling.styled and _held_beside(clues, spelling, trigger)


def _named_above(clues: Clues, spelling: Spelling, triggers: Sequence[Trigger], above: Sequence[Sentence]) -> bool:
    """Whether a line opens with a trigger and a short one above names somebody: "Jane Roe, Acme" over "Promoted to"."""
    if not above or clues.text[above[-1].end - 1 : spelling.start].count("\n") == 0:
        return False
    opens = any(t.words[0] == 0 and t.rule.kind == "verb" and not t.rule.weak for t in triggers)
    lines = [line for line in above if line.end - line.start <= _LINE_ABOVE]
    return opens and any(clues.named_in(line.start, line.end) for line in lines)


_LINE_ABOVE = 80  # characters


def _named_next(clues: Clues, spelling: Spelling, triggers: Sequence[Trigger], following: Sequence[Sentence]) -> bool:
    """Whether an office beside a trigger may be that of who opens the next sentence: "The treasurer quit. Jane Roe"."""
    if not spelling.titles or spelling.kind != "prose" or not following:
        return False
    start = following[0].start
    return clues.named_in(start, start + _OPENS_NEXT) and not all(trigger.rule.weak for trigger in triggers)


def _holders(clues: Clues, spelling: Spelling) -> list[int]:
    """Where a sentence opens with an office that the article gives to somebody: "The treasurer takes over as"."""
    opening = clues.text[spelling.start : spelling.start + _OPENING_OFFICE]
    if not opening.startswith("The "):
        return []
    return [at for at, title in spelling.titles if at < spelling.start + _OPENING_OFFICE and clues.is_held(title)]


def _held_beside(clues: Clues, spelling: Spelling, trigger: Trigger) -> bool:
    """Whether an office that the article gives to somebody stands for its holder: "The chairman resigned"."""
    first, last = spelling.at[trigger.words[0]], spelling.at[trigger.last]
    return any(
        first - _OFFICE_BEFORE <= at < last + _OFFICE_BEHIND and clues.is_held(title) for at, title in spelling.titles
    )


def _in_reach(spelling: Spelling, trigger: Trigger, person: int) -> bool:
    rule = trigger.rule
    first, last = spelling.at[trigger.words[0]], spelling.at[trigger.last]
    if rule.kind == "modifier":  # "Roe, until May the treasurer of Acme, is its new president"
        return first - _TITLE_BEFORE <= person <= last + _NOUN_BEHIND
    if rule.kind != "verb":
        return first - _NOUN_BEFORE <= person <= last + _NOUN_BEHIND
    if spelling.styled or trigger.head <= _OPENING:
        return True
    if rule.things:
        return True  # "Kim's contract expired", "ended the reign of Kim"
    word = spelling.words[trigger.head]
    if _function(rule) == "subject":
        return person < first or word.endswith("ing") or bool(_LISTS.search(" ".join(spelling.words[trigger.last :])))
    lemma = trigger.phrase.split()[0].split("|")[0].lower()
    if word in (lemma, lemma + "s", lemma + "es") and lemma not in SAME_PAST:
        return person > first
    return True


def _function(rule: Rule) -> str:
    return rule.frame["person"][0]
