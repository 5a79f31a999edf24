"""Decides by word lists alone which sentences can state an event; only those and their neighbours are parsed.

Every test mirrors a refusal of the matcher and is derived from the rule it is made for: what the rule needs
must be there in spelling before the model is asked for it in earnest. A rule that needs less passes more.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.clues import Clues, find_clues
from pipeline.extract.sentences import Sentence, split_sentences
from pipeline.extract.triggers import Trigger, TriggerIndex
from pipeline.rulebook import Rule, read_data, remembered
from pipeline.titles.lexicon import lexicon, trie_pattern

_WORD = re.compile(r"\b(?:[Rr]e|[Cc]o|RE|CO)-[^\W_]+|[^\W_]+(?:['’.&][^\W_]+)*|[^\w\s]")
_LEAD = 3  # first sentences that always give context: headline, lead, and mostly the company in focus
_BACK, _AHEAD = 1, 1  # neighbours read with a candidate: with them the model sees it as in the whole text
_FAR_BACK = 3  # sentences back to the name that a pronoun stands for
_TITLE_WORDS = 8  # from "new" to the head of the title: "new senior executive vice president"
_NOUN_BEFORE, _NOUN_BEHIND = 90, 200  # characters from "departure" to the one who departs
_OBJECT_REACH = 50  # characters from "founded" to what was founded
_OWNER_WORDS = 5  # words between "departure" and what ties it to its person
_OWNERS = frozenset("'s ’s ' ’ his her my their our its your whose as of by from including like such : - –".split())
_OPENING = 2  # words before a trigger that opens its sentence: "Also named was Jane Roe"
_BREAKS = frozenset('.;:!?"“”()')
_LISTS = re.compile(r"\b(?:includ\w+|such as|namely|like|by)\b|:")
_SAME_PAST = frozenset("put let cut set become come run quit hit bring".split())
_KEPT = ("died", "reappointed", "on_leave")  # their role may be the one held, named elsewhere


MAX_SENTENCE = 5_000  # characters; what is longer is a table or a run of words, and costs more than linear time


def readable_sentences(text: str) -> list[Sentence]:
    """The sentences of a text that are short enough to be one."""
    return [sentence for sentence in split_sentences(text) if sentence.end - sentence.start <= MAX_SENTENCE]


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


def words_of(text: str) -> list[str]:
    """Lower-cased words and punctuation marks of a sentence."""
    return [match.group().lower() for match in _WORD.finditer(text)]


@remembered()
def _listed(key: str) -> frozenset[str]:
    return frozenset(read_data("screen.toml")[key].split())


class _Spelling:
    """A sentence with its words and titles; offsets are characters of the article."""

    def __init__(self, text: str, sentence: Sentence, opens: bool) -> None:
        self.start, self.end, self.kind = sentence.start, sentence.end, sentence.kind
        spans = list(_WORD.finditer(text, self.start, self.end))
        self.raw = [span.group() for span in spans]
        self.words = [word.lower() for word in self.raw]
        self.at = [span.start() for span in spans]
        self.styled = sentence.kind != "prose" or opens or text[self.start : self.end].isupper()
        self._text = text
        self._titles: list[tuple[int, str]] | None = None

    @property
    def titles(self) -> list[tuple[int, str]]:
        """Where words of titles stand, and which."""
        if self._titles is None:
            lowered = self._text[self.start : self.end].lower()
            self._titles = [(self.start + m.start(), m.group()) for m in lexicon().gate.finditer(lowered)]
        return self._titles

    def title_in(self, start: int, end: int) -> bool:
        return any(start <= at < end for at, _ in self.titles)

    def capital_in(self, start: int, end: int) -> bool:
        return any(start <= at < end and word[0].isupper() for at, word in zip(self.at, self.raw, strict=True))


class Screen:
    """The candidate rule, derived from the rulebook's own triggers."""

    def __init__(self, index: TriggerIndex) -> None:
        self._index = index
        self._anchor = re.compile(r"(?<![^\W_])" + trie_pattern(sorted(index.anchors)) + r"(?![^\W_])")

    def states_event(self, sentence: str) -> bool:
        """Whether a sentence holds a trigger of any rule."""
        return self._anchor.search(sentence.lower()) is not None and any(
            True for _ in self._index.find(words_of(sentence))
        )

    def candidates(self, text: str, sentences: Sequence[Sentence]) -> tuple[set[int], set[int]]:
        """Which sentences can state an event, and which more are needed to tell whom they speak of."""
        found: set[int] = set()
        context: set[int] = set()
        clues: Clues | None = None
        for number, sentence in enumerate(sentences):
            if self._anchor.search(text[sentence.start : sentence.end].lower()) is None:
                continue
            spelling = _Spelling(text, sentence, number == 0)
            triggers = [t for t in self._index.find(spelling.words) if _fits(spelling, t)]
            if triggers:
                clues = clues or find_clues(text)
                before = sentences[number - 1].start if number else sentence.start
                if any(_names(clues, spelling, trigger, before) for trigger in triggers):
                    found.add(number)
                    context |= _antecedents(clues, sentences, number)
        return found, context

    def stretches(self, text: str) -> list[Stretch]:
        """Candidate sentences and what is needed to read them; empty if nothing can state an event."""
        sentences = readable_sentences(text)
        candidates, context = self.candidates(text, sentences)
        if not candidates:
            return []
        wanted = context | set(range(min(_LEAD, len(sentences))))
        wanted |= {j for i in candidates for j in range(i - _BACK, i + _AHEAD + 1) if 0 <= j < len(sentences)}
        stretches: list[Stretch] = []
        run: list[int] = []
        for i in [*sorted(wanted), len(sentences) + 9]:
            if run and i != run[-1] + 1:
                members = tuple(sentences[j] for j in run)
                stretches.append(Stretch(members, frozenset(j - run[0] for j in run if j in candidates)))
                run = []
            run.append(i)
        return stretches


def _antecedents(clues: Clues, sentences: Sequence[Sentence], number: int) -> set[int]:
    """The sentences back to the one that likely names whom a pronoun, or a nameless sentence, speaks of."""
    here = sentences[number]
    nearest = 1 if clues.says_he(here.start, here.end) else 0
    for back in range(nearest, min(number, _FAR_BACK) + 1):
        near = sentences[number - back]
        if clues.named_in(near.start, near.end):
            return set(range(number - back, number))
    return set()


def whole(text: str) -> list[Stretch]:
    """The article as one stretch in which every sentence is a candidate: what no screen can miss."""
    sentences = tuple(readable_sentences(text))
    return [Stretch(sentences, frozenset(range(len(sentences))))] if sentences else []


def _fits(spelling: _Spelling, trigger: Trigger) -> bool:
    """Whether the words around a trigger allow its rule to match: word class, role and organisation."""
    rule = trigger.rule
    if spelling.kind == "row":
        return True
    if rule.kind == "modifier":
        return _before_title(spelling, trigger)
    if rule.kind == "verb" and not _may_be_verb(spelling, trigger):
        return False
    if rule.kind == "noun" and not (spelling.styled or _owned(spelling, trigger)):
        return False
    behind = spelling.at[trigger.last]
    needs = set(rule.needs)
    if "as" in needs and not any(
        word == "as" and spelling.title_in(at, spelling.end)
        for word, at in zip(spelling.words[trigger.last :], spelling.at[trigger.last :], strict=True)
    ):
        return False
    if "role" in needs and rule.action not in _KEPT:
        if trigger.phrase.endswith(" be") or rule.weak:
            if not spelling.title_in(behind, spelling.end):
                return False
        elif not spelling.titles:
            return False
    if "company" in needs and rule.weak:
        near = spelling.at[trigger.head]
        return spelling.capital_in(near + 1, near + _OBJECT_REACH) or "by" in spelling.words[trigger.last :]
    return True


def _owned(spelling: _Spelling, trigger: Trigger) -> bool:
    """Whether a noun has an owner, a preposition or a list beside it that can name its person."""
    low, high = max(0, trigger.head - _OWNER_WORDS), trigger.last + 1
    before, behind = spelling.words[low : trigger.head], spelling.words[high : high + _OWNER_WORDS]
    if any(word in _OWNERS or word.endswith(("'s", "’s", "s'", "s’")) for word in (*before, *behind)):
        return True
    return any(word[0].isupper() for word in spelling.raw[low : trigger.head])


def _before_title(spelling: _Spelling, trigger: Trigger) -> bool:
    last = trigger.last
    for index in range(trigger.last + 1, min(trigger.last + 1 + _TITLE_WORDS, len(spelling.words))):
        if spelling.words[index] in _BREAKS:
            break
        last = index
    return spelling.title_in(spelling.at[trigger.words[0]], spelling.at[last] + 1)


def _may_be_verb(spelling: _Spelling, trigger: Trigger) -> bool:
    """False where the words around a trigger show that it is a noun, an auxiliary or the past of "find"."""
    words, head = spelling.words, trigger.head
    before = words[head - 1] if head else ""
    word = words[head]
    if (
        len(trigger.words) == 1
        and before in _listed("noun_before")
        and not word.endswith("ing")
        and not spelling.styled
    ):
        return False
    if word == "found" and trigger.rule.action == "founded" and before not in _listed("infinitive_before"):
        return False
    if trigger.phrase.endswith(" be"):
        behind = [w for w in words[trigger.last + 1 : trigger.last + 3] if not w.endswith("ly")][:1]
        return not any(w.endswith(("ed", "ing")) for w in behind)
    return True


def _names(clues: Clues, spelling: _Spelling, trigger: Trigger, before: int) -> bool:
    """Whether a person is likely named, or stood for, where the trigger's rule would look for one."""
    if spelling.kind == "row":
        return True
    found = clues.persons(spelling.start, spelling.end)
    if clues.persons(before, spelling.end):
        found += clues.plurals(spelling.start, spelling.end)
    if not found and not trigger.rule.weak:
        found = [at for at, title in spelling.titles if clues.is_held(title)]
    if not found and spelling.styled:
        return not trigger.rule.weak and spelling.capital_in(spelling.start + 1, spelling.end)
    return any(_in_reach(spelling, trigger, at) for at in found)


def _in_reach(spelling: _Spelling, trigger: Trigger, person: int) -> bool:
    rule = trigger.rule
    first, last = spelling.at[trigger.words[0]], spelling.at[trigger.last]
    if rule.kind != "verb":
        return first - _NOUN_BEFORE <= person <= last + _NOUN_BEHIND
    if spelling.styled or trigger.head <= _OPENING:
        return True
    word = spelling.words[trigger.head]
    if _function(rule) == "subject":
        return person < first or word.endswith("ing") or bool(_LISTS.search(" ".join(spelling.words[trigger.last :])))
    lemma = trigger.phrase.split()[0].split("|")[0].lower()
    if word in (lemma, lemma + "s", lemma + "es") and lemma not in _SAME_PAST:
        return person > first
    return True


def _function(rule: Rule) -> str:
    return rule.frame["person"][0]
