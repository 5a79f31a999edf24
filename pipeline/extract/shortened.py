"""Reads sentences again without their asides, where a trigger found no person or office in the whole sentence.

"The board named Jane Roe, who has run the consumer arm since 2014, as treasurer": the rules read "The board named Jane
Roe as treasurer". What they find is told with the words of the whole sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.extract.asides import asides, kept_words
from pipeline.extract.candidates import Candidate, Refusal
from pipeline.extract.mentions import Name, Sentence, Title, Window
from pipeline.extract.role_values import RoleValue
from pipeline.extract.title_links import Link
from pipeline.extract.triggers import Trigger
from pipeline.extract.view import View

# Refusals of how a sentence is built.
_BUILD = ("no_person", "missing_slot", "no_title", "not_a_verb", "other_verb", "object_is_person", "object_is_other")


@dataclass(frozen=True, slots=True)
class Shortened:
    """A sentence without its asides. `tokens` are the places of its tokens in the whole window."""

    window: Window
    whole: Window
    sentence: int
    tokens: list[int]
    originals: dict[int, Name | Title]  # by the `id` of the name or title in the short window


def to_shorten(
    candidates: Sequence[Candidate], refusals: Sequence[Refusal]
) -> dict[tuple[int, int], tuple[Window, set[int]]]:
    """The heads of triggers that may be read again, by window (its `id`) and sentence."""
    wanted: dict[tuple[int, int], tuple[Window, set[int]]] = {}
    told = {(id(one.window), one.trigger.head) for one in candidates}
    for refusal in refusals:
        window, head = refusal.window, refusal.trigger.head
        if refusal.reason.startswith(_BUILD) and (id(window), head) not in told:
            wanted.setdefault((id(window), window.sentence_at[head]), (window, set()))[1].add(head)
    for one in candidates:
        takes_over = one.counterpart is not None  # the office is the other's
        if one.direction == "in" and not (one.roles or takes_over) and one.trigger.rule.action != "founded":
            wanted.setdefault((id(one.window), one.sentence), (one.window, set()))[1].add(one.trigger.head)
    return wanted


def shortened(wanted: dict[tuple[int, int], tuple[Window, set[int]]]) -> list[Shortened]:
    """The sentences without the asides that hold none of their triggers, parsed in one batch."""
    from pipeline.extract.model import parse_words

    found: list[tuple[Window, int, list[int]]] = []
    for (_, number), (window, heads) in wanted.items():
        sentence = window.sentences[number]
        if sentence.kind == "row":
            continue
        left_out = [
            (first, last) for first, last in asides(window, sentence) if not any(first <= head < last for head in heads)
        ]
        kept = kept_words(window, sentence, left_out) if left_out else []
        if any(name.first in kept for name in window.names_in(sentence.first, sentence.last, "person")):
            found.append((window, number, kept))
    parsed = parse_words([_spaced(window, tokens) for window, _, tokens in found])
    return [_short(whole, number, tokens, doc) for (whole, number, tokens), doc in zip(found, parsed, strict=True)]


def _spaced(window: Window, tokens: list[int]) -> list[tuple[str, bool]]:
    """The words left, each with whether a blank follows it."""
    following = [*tokens[1:], tokens[-1]]
    return [
        (
            window.words[at],
            bool(window.doc[at].whitespace_) or (behind > at + 1 and window.words[behind] not in _CLOSING),
        )
        for at, behind in zip(tokens, following, strict=True)
    ]


_CLOSING = frozenset({",", ".", ";", ":", ")", "'s", "’s"})


def _short(whole: Window, number: int, tokens: list[int], doc: object) -> Shortened:
    from spacy.tokens import Doc

    assert isinstance(doc, Doc)
    source = whole.sentences[number]
    sentence = Sentence(0, len(tokens), source.start, source.end, source.kind)
    window = Window(doc, source.start, [sentence], sentence_at=[0] * len(tokens))
    window.candidate = {0}
    place = {index: at for at, index in enumerate(tokens)}
    originals: dict[int, Name | Title] = {}
    copies: dict[int, Name] = {}
    for name in whole.names_in(source.first, source.last):
        if name.first in place and name.last - 1 in place:
            copy = replace(name, first=place[name.first], last=place[name.last - 1] + 1)
            copies[id(name)], originals[id(copy)] = copy, name
            window.names.append(copy)
            window.name_at.update(dict.fromkeys(range(copy.first, copy.last), copy))
    for title in whole.titles_in(source.first, source.last):
        if all(index in place for index in range(title.first, title.last)):
            company = copies.get(id(title.company)) if title.company is not None else None
            copied = replace(title, first=place[title.first], last=place[title.last - 1] + 1, company=company)
            originals[id(copied)] = title
            window.titles.append(copied)
            window.title_at.update(dict.fromkeys(range(copied.first, copied.last), copied))
    return Shortened(window, whole, number, tokens, originals)


def in_whole(short: Shortened, candidate: Candidate) -> Candidate | None:
    """A candidate of a short window as one of the whole; none where it speaks of what the whole does not mark."""
    person = _name(short, candidate.person)
    if person is None:
        return None
    trigger = candidate.trigger
    whole = Trigger(
        trigger.rule,
        short.tokens[trigger.head],
        short.tokens[trigger.last],
        tuple(short.tokens[index] for index in trigger.words),
        trigger.phrase,
    )
    hints = [(o, how) for name, how in candidate.company_hints if isinstance(o := short.originals.get(id(name)), Name)]
    return Candidate(
        whole,
        short.whole,
        short.sentence,
        person,
        [role for value in candidate.roles if (role := _role(short, value)) is not None],
        _name(short, candidate.counterpart),
        hints,
        _name(short, candidate.other_company),
        candidate.passive,
        candidate.how | {"read": "shortened"},
    )


def _name(short: Shortened, name: Name | None) -> Name | None:
    if name is None:
        return None
    original = short.originals.get(id(name))
    if isinstance(original, Name):
        return original if original.kind == name.kind else None
    if name.entity < 0:
        return None
    if name.first < 0:
        return name  # of another sentence
    if name.last > len(short.tokens) or name.text.split()[-1:] != short.window.words[name.last - 1 : name.last]:
        return None
    return replace(name, first=short.tokens[name.first], last=short.tokens[name.last - 1] + 1)  # a pronoun, an office


def _role(short: Shortened, value: RoleValue) -> RoleValue | None:
    title = short.originals.get(id(value.title)) if value.title is not None else None
    if value.title is not None and not isinstance(title, Title):
        return None
    company = _name(short, value.company)
    whole = title if isinstance(title, Title) else None
    return RoleValue(value.text, whole, company or (whole.company if whole is not None else None), value.marker)


def describe(view: View, short: Shortened, links: Sequence[Link]) -> None:
    """Register whom the titles of a short window describe, for as long as the article is read."""
    view.shortened.append(short.window)
    for link in links:
        if link.how in ("before", "before,", "after"):
            view.described.setdefault(id(link.title), []).append(link.person)
