"""How a trigger and a person of one sentence stand to each other, as numbers; no noun, name or verb has a number."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.extract.mentions import Name, Sentence, Window
from pipeline.extract.triggers import Trigger
from pipeline.extract.view import View
from pipeline.records import DIRECTIONS

if TYPE_CHECKING:
    from spacy.tokens import Token

# Words of grammar and marks; every other word counts by its part of speech only.
_GRAMMAR = frozenset(
    "as to from in by of for at on with the a an its his her their and or but who whose that has had was is will be "
    "been not n't he she if when after until since would said , . ( ) : ; - – — ? '".split()
) | {"'s", "’s"}
_BETWEEN = "who whose and by as to said for with of that but ( – - : ; he she his her the".split()
_ANYWHERE = "not n't will would has had been if ? when after until since he she".split()
_NEGATIONS = frozenset({"not", "n't", "never", "no"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_QUOTES = frozenset('"“”')
_MOST = 40  # words and sentences beyond this say no more


@dataclass(frozen=True, slots=True)
class Standing:
    """What an article tells so far: mentions by person, who is in its headline, and the persons of its rows."""

    mentions: Counter[int]
    in_headline: frozenset[int]
    gained: frozenset[int]
    lost: frozenset[int]
    rows: int
    rows_in_headline: bool
    sentences: int
    refused: Counter[tuple[int, int]]  # by window (its `id`) and sentence
    told: Counter[tuple[int, int]]


def link_features(
    view: View, window: Window, trigger: Trigger, name: Name, reason: str, standing: Standing
) -> dict[str, float]:
    """The features of a pair; one that is missing is 0.

    Args:
        reason: Why the rules refused the trigger, or "accepted".
    """
    sentence = window.sentence_of(trigger.head)
    found = _of_rule(trigger, reason)
    found |= _of_order(window, trigger, name)
    found |= _of_sentence(window, sentence, trigger, name)
    found |= _of_parse(window, trigger, name)
    found |= _of_article(view, window, trigger, name, standing)
    return {key: float(value) for key, value in found.items() if value}


def _of_rule(trigger: Trigger, reason: str) -> dict[str, float]:
    rule = trigger.rule
    found: dict[str, float] = {
        f"kind_{rule.kind}": 1,
        f"action_{rule.action}": 1,
        f"direction_{DIRECTIONS[rule.action]}": 1,
        f"frame_{rule.frame['person'][0] if rule.frame.get('person') else 'none'}": 1,
        f"because_{reason}": 1,
        "weak": rule.weak,
        "words": len(trigger.words),
    }
    return found | {f"needs_{need}": 1 for need in rule.needs}


def between(trigger: Trigger, name: Name) -> tuple[int, int]:
    """The tokens between a trigger and a name."""
    return (name.last, trigger.head) if name.last <= trigger.head else (trigger.last + 1, name.first)


def _of_order(window: Window, trigger: Trigger, name: Name) -> dict[str, float]:
    first, last = between(trigger, name)
    words = window.lows[first:last]
    tags = [token.tag_ for token in window.doc[first:last]] if last > first else []
    found: dict[str, float] = {
        "person_first": name.last <= trigger.head,
        "gap": min(len(words), _MOST),
        "commas": words.count(","),
        "quoted": not _QUOTES.isdisjoint(words),
        "verbs": sum(tag.startswith("VB") for tag in tags),
    }
    return found | {f"between_{word}": 1 for word in _BETWEEN if word in words}


def _of_sentence(window: Window, sentence: Sentence, trigger: Trigger, name: Name) -> dict[str, float]:
    first, last = between(trigger, name)
    persons = list(window.names_in(sentence.first, sentence.last, "person"))
    firms = list(window.names_in(sentence.first, sentence.last, "org"))
    titles = [title for title in window.titles if sentence.first <= title.first < sentence.last]
    words = window.lows[sentence.first : sentence.last]
    others = [other for other in persons if other.entity != name.entity]
    reach = _distance(trigger, name)
    found: dict[str, float] = {
        f"kind_of_sentence_{sentence.kind}": 1,
        "length": len(words),
        "trigger_at": trigger.head - sentence.first,
        "opens": name.first - sentence.first <= 1,
        "persons": len({other.entity for other in persons}),
        "firms": min(len(firms), 4),
        "titles": min(len(titles), 4),
        "persons_between": sum(other.first >= first and other.last <= last for other in others),
        "firms_between": sum(firm.first >= first and firm.last <= last for firm in firms),
        "titles_between": sum(title.first >= first and title.last <= last for title in titles),
        "persons_nearer": sum(_distance(trigger, other) < reach for other in others),
        "title_before_person": any(title.last == name.first for title in titles),
        "title_behind_person": any(0 <= title.first - name.last <= 2 for title in titles),
        "title_behind_trigger": any(0 <= title.first - trigger.last - 1 <= 3 for title in titles),
        "title_before_trigger": any(0 <= trigger.head - title.last <= 2 for title in titles),
        "former": any(title.former for title in titles),
        "negated": not _NEGATIONS.isdisjoint(words[max(0, trigger.head - sentence.first - 4) : trigger.head]),
        f"behind_trigger_{_kind_of_word(window, sentence, trigger.last + 1)}": 1,
        f"before_trigger_{_kind_of_word(window, sentence, trigger.words[0] - 1)}": 1,
        f"behind_person_{_kind_of_word(window, sentence, name.last)}": 1,
        f"before_person_{_kind_of_word(window, sentence, name.first - 1)}": 1,
    }
    return found | {f"has_{word}": 1 for word in _ANYWHERE if word in words}


def _distance(trigger: Trigger, name: Name) -> int:
    return min(abs(name.first - trigger.head), abs(name.last - trigger.head))


def _kind_of_word(window: Window, sentence: Sentence, index: int) -> str:
    if not sentence.first <= index < sentence.last:
        return "none"
    return window.lows[index] if window.lows[index] in _GRAMMAR else window.doc[index].tag_


def _of_parse(window: Window, trigger: Trigger, name: Name) -> dict[str, float]:
    person, verb = window.doc[name.first : name.last].root, window.doc[trigger.head]
    found: dict[str, float] = {
        f"person_is_{person.dep_}": 1,
        f"person_under_{person.head.pos_}": 1,
        f"trigger_is_{verb.dep_}": 1,
        f"trigger_tag_{verb.tag_}": 1,
        "subject": person.dep_ in _SUBJECTS,
    }
    above = {token.i: steps for steps, token in enumerate([verb, *verb.ancestors])}
    down = [person, *person.ancestors]
    common = next((token for token in down if token.i in above), None)
    if common is None:
        return found | {"apart": 1}
    return found | {
        "steps_up": above[common.i],
        "steps_down": down.index(common),
        "under_trigger": common.i == verb.i,
        "over_trigger": common.i == person.i,
        f"common_{common.pos_}": 1,
        f"person_side_{_edge(person, common)}": 1,
        f"trigger_side_{_edge(verb, common)}": 1,
    }


def _edge(token: Token, above: Token) -> str:
    """The relation by which a token's branch hangs on one above it."""
    if token.i == above.i:
        return "self"
    while token.head.i not in (token.i, above.i):
        token = token.head
    return token.dep_


def _of_article(view: View, window: Window, trigger: Trigger, name: Name, standing: Standing) -> dict[str, float]:
    number = window.sentence_at[trigger.head]
    inward = DIRECTIONS[trigger.rule.action] == "in"
    return {
        "in_headline": window.offset + window.starts[trigger.head] < view.headline_end,
        "person_in_headline": name.entity in standing.in_headline,
        "mentions": min(standing.mentions[name.entity], 8),
        "mention_share": standing.mentions[name.entity] / max(1, standing.mentions.total()),
        "full_name": " " in name.text,
        "moves_the_other_way": name.entity in (standing.lost if inward else standing.gained),
        "rows": min(standing.rows, 5),
        "rows_a_sentence": standing.rows / max(1, standing.sentences),
        "rows_a_person": standing.rows / max(1, len(standing.mentions)),
        "rows_in_headline": standing.rows_in_headline,
        "refused_in_sentence": min(standing.refused[id(window), number], 4),
        "refused_a_sentence": standing.refused.total() / max(1, standing.sentences),
        "sentence_number": min(number, 30) if window is view.windows[0] else 30,
        "sentences": min(standing.sentences, 60),
    }
