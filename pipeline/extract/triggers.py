"""Finds the triggers of the rulebook in a sequence of words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.extract.wordings import QUOTES, Elements, Wordings, is_adverb
from pipeline.inflect import noun_forms, verb_forms
from pipeline.rulebook import Rule, in_force, remembered

if TYPE_CHECKING:
    from pipeline.extract.mentions import Window

FILLER_WORDS = 3  # determiners, possessives and adjectives that "~" may stand for
GAP_WORDS = 10  # words that "..." may stand for
JOINED_PREFIXES = ("re-", "co-")
# The verb of a literal wording that opens with another word: "again has a", "choice fell on".
_HAVING = frozenset({"has", "have", "had", "gets", "fell", "falls"})
_BREAKS = frozenset('.;:!?"“”()[]')
_COUNTED = frozenset({"role", "post", "position", "job", "title", "duty", "resignation", "seat", "notice"})
_EVERYWHERE = frozenset("will would is are was were be been being has have had said the to in on".split())
_NOT = frozenset({"not", "n't", "n’t"})
_QUOTES = frozenset(QUOTES)
_MONEY = frozenset("$£€")
_GAP_STOPS = frozenset({"and", "or", "but", "that", "which", "who"})
_NO_STOPS: frozenset[str] = frozenset()
_FILLER_STOPS = _GAP_STOPS | {"as", "to", "from", "in", "by"}


@dataclass(frozen=True, slots=True)
class Pattern:
    """A trigger phrase: its rule, and per element the forms that match (None: filler, empty: gap)."""

    rule: Rule
    elements: Elements
    head: int  # index of the element that is the verb or noun itself
    phrase: str
    needed: tuple[frozenset[str], ...]  # the elements that are words; first the one that the fewest sentences hold

    def may_stand_among(self, words: frozenset[str]) -> bool:
        """Whether each element has a form among the words."""
        return not any(map(words.isdisjoint, self.needed))


@dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger found: word indices of its first, last (inclusive) and all its own words."""

    rule: Rule
    head: int
    last: int
    words: tuple[int, ...]
    phrase: str


def _inflected(rule: Rule, word: str, is_first: bool, is_last: bool) -> frozenset[str]:
    if rule.kind == "verb" and is_first:
        return frozenset(verb_forms(word))
    if rule.kind == "noun" and is_last:
        return frozenset(noun_forms(word))
    if word in _COUNTED:
        return frozenset(noun_forms(word))
    if word == "not":
        return _NOT
    return frozenset(word.split("|"))


def _pattern(rule: Rule, phrase: str) -> Pattern:
    literal = phrase.startswith("=")
    parts = phrase.removeprefix("=").lower().split()
    elements: list[frozenset[str] | None] = []
    verb = 2 if parts[:2] == ["no", "longer"] else 0  # "no longer serve as"
    head = 0
    for index, part in enumerate(parts):
        if part == "~":
            elements.append(None)
            continue
        if part == "...":
            elements.append(frozenset())
            continue
        # The tokenizer splits at hyphens, but for the verbs with a prefix: "re-elect" is one word.
        *prefixes, word = [part] if part.startswith(JOINED_PREFIXES) else part.split("-")
        for prefix in prefixes:
            elements += [frozenset({prefix}), frozenset({"-"})]
        if index == verb or (literal and head == 0 and part in _HAVING):
            head = len(elements)
        is_last = index == len(parts) - 1
        elements.append(frozenset({word}) if literal else _inflected(rule, word, index == verb, is_last))
    needed = tuple(sorted(filter(None, elements), key=_rarity, reverse=True))
    return Pattern(rule, tuple(elements), head, phrase.removeprefix("="), needed)


def _rarity(forms: frozenset[str]) -> tuple[bool, int]:
    """Long words are rare."""
    return forms.isdisjoint(_EVERYWHERE), min(map(len, forms))


class TriggerIndex:
    """Patterns of all rules, looked up by the wordings that a text holds."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.patterns = [_pattern(rule, phrase) for rule in rules for phrase in rule.triggers]
        self._wordings = Wordings([pattern.elements for pattern in self.patterns])

    def patterns_in(self, text: str) -> set[int]:
        """The patterns that a text may hold, by number, told by its letters; wrong only in naming too many."""
        return self._wordings.in_text(" ".join(text.lower().split()))

    def patterns_in_spans(self, text: str, spans: Sequence[tuple[int, int]]) -> list[set[int]]:
        """The same for each of several stretches of a text."""
        return self._wordings.in_spans(text, spans)

    def find(
        self, words: Sequence[str], among: Collection[int] | None = None, raw: Sequence[str] = ()
    ) -> Iterator[Trigger]:
        """Triggers in lower-cased words; of patterns of one rule that start alike the longest is given.

        Args:
            words: Of a sentence, or of several.
            among: Patterns that may stand there, if they have been looked for.
            raw: The words as they are spelt, which tell an "and" between two names; without them none is one.
        """
        numbers = self._wordings.in_text(" ".join(words)) if among is None else among
        starting = self._starting(numbers, frozenset(words))
        if not starting:
            return
        joined = _joining_names(raw)
        for index, word in enumerate(words):
            if word not in starting:
                continue
            found: dict[str, Trigger] = {}
            for pattern in starting[word]:
                hit = _match(pattern, words, index, joined)
                if hit is None:
                    continue
                rule_id = pattern.rule.rule_id
                if rule_id not in found or len(hit) > len(found[rule_id].words):
                    found[rule_id] = Trigger(pattern.rule, hit[pattern.head], hit[-1], hit, pattern.phrase)
            yield from found.values()

    def _starting(self, numbers: Collection[int], present: frozenset[str]) -> dict[str, list[Pattern]]:
        """For each word the patterns that may start there, in order: those with words present for all elements."""
        starting: dict[str, list[Pattern]] = {}
        for number in sorted(numbers):
            pattern = self.patterns[number]
            if pattern.may_stand_among(present):
                for first in present.intersection(pattern.elements[0] or ()):
                    starting.setdefault(first, []).append(pattern)
        return starting


@remembered()
def trigger_index() -> TriggerIndex:
    """The triggers of the rules in force."""
    return TriggerIndex(in_force().rules)


def triggers_of(window: Window) -> list[Trigger]:
    """The triggers of a window by the rules in force; looked for once."""
    if window.triggers is None:
        window.triggers = list(trigger_index().find(window.lows, raw=window.words))
    return window.triggers


_COUNTS = frozenset("two three four five six seven eight nine ten eleven twelve several".split())


def _joining_names(raw: Sequence[str]) -> frozenset[int]:
    """Where "and" joins two names, across which a gap goes on: "put Jane Roe and Tom Kim in charge".

    Or a name and others who are counted: "sent Jane Roe and five managers on leave".
    """
    found = set()
    for index in range(1, len(raw) - 1):
        if raw[index] == "and" and (raw[index + 1][0].isupper() or raw[index + 1] in _COUNTS):
            before = raw[index - 1]
            if before == "," and index > 1:
                before = raw[index - 2]  # "Jane Roe, 51, and Tom Kim"
            if before[0].isupper() or before.isdigit():
                found.add(index)
    return frozenset(found)


def _match(
    pattern: Pattern, words: Sequence[str], start: int, joined: frozenset[int] = frozenset()
) -> tuple[int, ...] | None:
    hit = [start]
    position = start + 1
    reach, stops = 1, _NO_STOPS
    opened = start > 0 and words[start - 1] in _QUOTES  # "parted ways" with: it may go on behind its quotation marks
    for element in pattern.elements[1:]:
        if element is None:
            reach, stops = (reach + FILLER_WORDS, stops) if reach > 1 else (FILLER_WORDS + 1, _FILLER_STOPS)
        elif not element:
            reach, stops = reach + GAP_WORDS, _GAP_STOPS
        else:
            found = _seek(words, position, reach, element, stops, joined)
            if found is None and opened and position < len(words) and words[position] in _QUOTES:
                found = _seek(words, position + 1, reach, element, stops)
            if found is None:
                return None
            hit.append(found)
            position, reach, stops = found + 1, 1, _NO_STOPS
    return tuple(hit)


def _seek(
    words: Sequence[str],
    position: int,
    reach: int,
    forms: frozenset[str],
    stops: frozenset[str],
    joined: frozenset[int] = frozenset(),
) -> int | None:
    aged = -1  # the closing bracket of an age: "welcomed Jane Roe (51) as"
    for index in range(position, len(words)):
        word = words[index]
        if reach > FILLER_WORDS + 1 and word == "(" and words[index + 2 : index + 3] == [")"]:
            aged, reach = index + 2, reach + 3
        if index <= aged:
            continue
        if index - position > reach:
            return None
        if word in forms:
            return index
        if is_adverb(word) or (index in joined and stops is _GAP_STOPS):
            continue
        if word == "-" and reach > 1:
            reach += 2  # "six-month" is one word
        if word in _MONEY and stops is _FILLER_STOPS:
            reach += 3  # lost his "$3 million-a-year" job
        if word in _QUOTES and stops is _FILLER_STOPS:
            reach += 1  # put on "extended leave"
            continue
        if word == "that" and stops is _FILLER_STOPS and words[index + 1 : index + 2] and words[index + 1] in forms:
            continue  # "gives up that post"
        if index - position >= reach - 1 or word in _BREAKS or word in stops:
            return None
    return None
