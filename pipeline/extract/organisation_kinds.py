"""What kind of organisation each one is, by its name and by what it is called, and who only holds shares in another."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from pipeline.extract.mentions import Name, Sentence, Window
from pipeline.extract.name_runs import name_data
from pipeline.rulebook import read_data, remembered

_ASIDE = 10  # words behind a name and a comma in which its description stands
_BEFORE = 4  # words before a name: "the activist hedge fund Acme"


@remembered()
def _kinds() -> tuple[Mapping[str, str], Mapping[str, frozenset[str]], tuple[tuple[str, str], ...]]:
    """Kind by common noun; kinds by word of a name; stems that a word of a name may hold, with the kind.

    A word with a dollar sign tells only as the last one of a name: "the Norfield Sun", not "Sun Foods".
    """
    nouns: dict[str, str] = {}
    words: dict[str, frozenset[str]] = {}
    stems: list[tuple[str, str]] = []
    for line in read_data("names.toml")["kinds_by_name"]:
        called, _, named = line.partition(":")
        kind = called.split()[0]
        nouns.update(dict.fromkeys(called.split(), kind))
        stems += [(word.rstrip("*"), kind) for word in named.split() if word.endswith("*")]
        for word in named.split():
            if not word.endswith("*"):
                words[word] = words.get(word, frozenset()) | {kind}
    return nouns, words, tuple(stems)


def kind_nouns() -> frozenset[str]:
    """All nouns that say a kind."""
    return frozenset(_kinds()[0])


def kind_of_noun(noun: str) -> str | None:
    """The kind that a common noun says: "the lender" is a bank; none for "the company"."""
    return _kinds()[0].get(noun)


def kinds_of_name(full: str) -> set[str]:
    """The kinds that the words of a name show: "Banco Norte", "Northern Air"."""
    _, words, stems = _kinds()
    found: set[str] = set()
    named = re.split(r"[,\s-]+", full.lower())
    head = next((at - 1 for at, word in enumerate(named) if word in ("of", "for") and at), len(named) - 1)
    if named and named[head] in name_data("kinds_by_head"):
        return set(words[named[head]])  # "Police and Crime Panel", "School Board"
    found.update(words.get(f"{named[-1]}$", ()))
    for word in named:
        found.update(words.get(word, ()))
        found.update(kind for stem, kind in stems if stem in word)
    return found


@dataclass(frozen=True, slots=True)
class TitleKinds:
    """The kinds of organisation that give a title; where `others` is not None, only they and those give it at all."""

    own: frozenset[str]
    others: frozenset[str] | None = None

    def clash(self, kinds: Collection[str]) -> bool:
        """Whether an organisation of some kinds does not give the title."""
        return self.others is not None and (self.own | self.others).isdisjoint(kinds)


@remembered()
def _kinds_by_title() -> tuple[tuple[re.Pattern[str], TitleKinds], ...]:
    found = []
    for line in read_data("names.toml")["kinds_by_title"]:
        titles, _, kinds = line.partition(":")
        worded = "|".join(title.strip().replace(" ", "[ -]") for title in titles.split(","))
        own, only, others = kinds.partition("!")
        told = TitleKinds(frozenset(own.split()), frozenset(others.split()) if only else None)
        found.append((re.compile(rf"\b(?:{worded})\b"), told))
    return tuple(found)


def kinds_of_title(role: str) -> TitleKinds | None:
    """The kinds of organisation that give a title: a chief constable is a force's; none for "chairman"."""
    lowered = role.lower()
    return next((kinds for title, kinds in _kinds_by_title() if title.search(lowered)), None)


def kinds_beside(window: Window, name: Name, sentence: Sentence) -> set[str]:
    """The kinds that a mention is called: "the Danish brewer Acme", "Acme, a bank based in Oslo"."""
    words = [*_before(window, name, sentence)[-1:], *_aside(window, name, sentence)]
    return {kind for kind in map(kind_of_noun, words) if kind is not None}


def holds_shares(text: str, name: str) -> bool:
    """Whether an article calls an organisation an investor in another, or says that it holds a part of one."""
    start = text.find(name)
    while start >= 0:
        end = start + len(name)
        before, behind = text[max(start - _BESIDE, 0) : start], text[end : end + _BESIDE]
        if _INVESTOR.search(before) or _CALLED.match(behind) or _HOLDING.match(behind):
            return True
        start = text.find(name, end)
    return False


def is_outside(text: str, full: str, positions: Sequence[int]) -> bool:
    """Whether an organisation only owns a part of another one, or is only named as owned."""
    return holds_shares(text, full) or is_only_owned(text, full, positions)


def is_left_behind(text: str, positions: Sequence[int]) -> bool:
    """Whether an article names an organisation only as where somebody was before: "Roe, previously with Acme,"."""
    return bool(positions) and all(_ONCE_AT.search(text, max(at - _BESIDE, 0), at) for at in positions)


def is_only_owned(text: str, full: str, positions: Sequence[int]) -> bool:
    """Whether an article names an organisation only as what another owns or serves: "clients including Bolt"."""
    return bool(positions) and all(
        _SERVED.search(text, max(at - _BESIDE, 0), at)
        or _OWNING.search(text, max(at - _BESIDE, 0), at)
        or _OWNED.match(text, at + len(full))
        for at in positions
    )


_OWNED_ONES = r"(?:the )?(?:[A-Z]\S*(?:,| and| &)? (?:and )?){0,5}$"
_OWNING = re.compile(rf"\b(?:parent|holding)(?: company| group| firm)? of {_OWNED_ONES}")
_OWNED = re.compile(r"(?:['’]s)? (?:parent(?: company| group| firm)?|(?:owner|maker|operator)(?= [a-z]))\b")
_SERVED = re.compile(
    rf"\b(?:[Cc]lients|accounts|customers|brands) (?:including|such as|like|that include|included?) {_OWNED_ONES}"
)
_ONCE_AT = re.compile(r"(?i:\b(?:formerly|previously|until (?:now|recently)|lately) (?:of|at|with)) (?:the )?$")
_BESIDE = 100  # characters
_INVESTORS = r"(?:activist|investor|shareholder|stockholder|new owner)s?"
_NO_NAME_OF = r"(?!(?:of|in|at|and|to|for|by|from|with|told)\b)"  # "shareholders of Acme" hold Acme
_INVESTOR = re.compile(rf"(?i:\b{_INVESTORS}(?: {_NO_NAME_OF}[a-z]+){{0,2}},?) $")
_CALLED = re.compile(
    r"(?: [A-Z]\w+){0,2}(?:, (?:an?|the|its|which is|one of)| is (?:an?|the|its))"
    rf"\b[^,.;]{{0,60}}\b{_INVESTORS}\b"
)
_HOLDING = re.compile(
    r"[^.;]{0,25}\b(?:owns?|owned|holds?|held|has)\b(?:[^.;,]|\d[.,](?=\d)){0,25}?"
    r"(?:\d ?(?:%|percent|pct|per cent)[^.;,]{0,12}\b(?:stake|interest|holding|shares|stock|of (?:the company|[A-Z]))"
    r"|\bstake in\b)"
    r"|(?: has| had)? (?:took|taken|takes|gained|won|wins|seized) "
    r"(?:control of|(?:[a-z]+ )?(?:board )?seats? on)\b"
)


def _before(window: Window, name: Name, sentence: Sentence) -> list[str]:
    first = max(name.first - _BEFORE, sentence.first)
    return [window.words[i] for i in range(first, name.first) if i not in window.name_at]


def _aside(window: Window, name: Name, sentence: Sentence) -> list[str]:
    """The words of a description behind a name: up to the next comma, verb, name or preposition but "of"."""
    doc = window.doc
    if name.last + 1 >= sentence.last or window.words[name.last] != ",":
        return []
    if window.lows[name.last + 1] not in ("a", "an", "the", "its", "one", "another"):
        return []
    found = []
    for index in range(name.last + 2, min(name.last + _ASIDE, sentence.last)):
        token = doc[index]
        if token.text in (",", ".", ";") or token.tag_.startswith(("VB", "W")) or token.tag_ == "IN":
            break
        if index in window.title_at and window.title_at[index].mention.strong:
            return []  # "Acme, the chairman"
        found.append(token.lower_)
    return found
