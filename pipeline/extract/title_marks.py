"""Marks job titles in parsed windows, with the organisation each belongs to and the persons beside them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from pipeline.extract.common_nouns import common_nouns
from pipeline.extract.mentions import Name, Title, Window
from pipeline.extract.name_runs import is_place
from pipeline.extract.name_words import (
    CAPITALISED,
    INITIAL,
    is_org_tail,
    is_unit_name,
    looks_like_person,
    mark_name,
    styled_as_headline,
)
from pipeline.extract.title_owners import owned_name, settle_owner, share_behind_bracket
from pipeline.extract.title_words import clause_verbs, crafts, free_title_words, free_units, with_field
from pipeline.titles import find_titles
from pipeline.titles.lexicon import lexicon

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

    from pipeline.titles import TitleMention


def mark_titles(window: Window) -> None:
    """Fill `titles` anew: job titles by sentence, with the organisation each belongs to where the wording says it."""
    window.titles.clear()
    window.title_at.clear()
    doc = window.doc
    for sentence in window.sentences:
        if sentence.first >= sentence.last:
            continue
        free_units(window, sentence)
        base = window.starts[sentence.first]
        text = window.piece(sentence.first, sentence.last)
        names = [n for n in window.names_in(sentence.first, sentence.last) if not n.weak or _owns(doc, n)]
        spans = [(window.starts[n.first] - base, window.end(n.last) - base) for n in names]
        blocked = [span for span, name in zip(spans, names, strict=True) if name.kind == "org"]
        persons = [span for span, name in zip(spans, names, strict=True) if name.kind == "person"]
        names = [name for name in names if name.kind == "org"]
        at = {start: name for (start, _), name in zip(blocked, names, strict=True)}
        nouns, verbs = partial(crafts, window, sentence), partial(clause_verbs, window, sentence)
        mentions = find_titles(text, blocked, persons=persons, crafts=nouns, verbs=verbs)
        mentions += _board_offices(text, blocked, mentions)
        described = 0
        for mention in mentions:
            span = doc.char_span(base + mention.start, base + mention.end, alignment_mode="expand")
            if span is None:
                continue
            head = mention.head.lower()
            if (
                head in ("maker", "makers")
                or _is_address(window, span, mention)
                or (head in _HOLDING and _is_firm(window, span))
            ):
                continue
            if span.start < described:
                continue  # "frozen food specialist Acme", of which somebody is chief executive
            if (
                len(span) == 1
                and span[0].tag_ == "JJ"
                and span.end < sentence.last
                and doc[span.end].tag_ in ("NN", "NNS", "VBG")
            ):
                continue  # "its principal operating unit"
            if _is_firm_left(window, span):
                continue
            title = with_field(window, Title(span.start, span.end, _as_printed(window, base, mention)))
            if mention.company_span is not None:
                owner = at.get(mention.company_span[0])
                title.company = owned_name(window, owner) if owner is not None and owner.kind == "org" else None
            described = max(described, settle_owner(window, title, sentence))
            free_title_words(window, title)
            window.titles.append(title)
            for index in range(title.first, title.last):
                window.title_at.setdefault(index, title)
        share_behind_bracket(window, sentence)


def _as_printed(window: Window, base: int, mention: TitleMention) -> TitleMention:
    """A title as its headline in title case prints it."""
    start, end = base + mention.start, base + mention.end
    printed = window.printed[start:end]
    head = mention.text.find(mention.head)
    if printed == window.text[start:end] or mention.text != window.text[start:end] or head < 0:
        return mention
    return replace(mention, text=printed, head=printed[head : head + len(mention.head)])


def _board_offices(text: str, blocked: list[tuple[int, int]], found: list[TitleMention]) -> list[TitleMention]:
    """Titles behind an organisation that is called a board: "Federal Reserve Board chairman"."""
    extra = []
    for start, end in blocked:
        if not text[start:end].endswith("Board") or any(end <= mention.start <= end + 1 for mention in found):
            continue
        for mention in find_titles(text[end : end + 60]):
            if mention.start == 1:
                extra.append(
                    replace(mention, start=end + mention.start, end=end + mention.end, company_span=(start, end))
                )
    return extra


def _is_address(window: Window, span: Span, mention: TitleMention) -> bool:
    """Whether "Chief" is how a man with another title is addressed: "its treasurer, Chief Bola Ade"."""
    before = span.start - 2 if span.start > 1 and window.words[span.start - 1] == "," else -1
    return mention.text == "Chief" and before in window.title_at


_HOLDING = frozenset({"owner", "owners", "proprietor", "proprietors"})


def _is_firm(window: Window, span: Span) -> bool:
    """Whether an owner is an organisation that is named behind: "as its owner, Bolt Group, replaces the board"."""
    behind = span.end + (window.words[span.end : span.end + 1] == [","])
    name = window.name_at.get(behind)
    return (
        name is not None and name.kind == "org" and not name.weak and window.lows[span.start - 1] in ("its", "'s", "’s")
    )


_GOES = frozenset("leave leaves leaving left quit quits joined joins join joining exits".split())


def _is_firm_left(window: Window, span: Span) -> bool:
    """Whether a word for who deals is a firm that somebody joins or leaves: "left the broker", "retired from it"."""
    noun, last = span[0], span.end
    kind = len(span) == 1 and noun.lower_ in common_nouns("company") and noun.is_lower and span.start > 0
    if not kind or window.lows[span.start - 1] != "the" or window.words[last : last + 1] == [","]:
        return False
    gone = noun.dep_ == "dobj" and noun.head.lower_ in _GOES
    gone = gone or (noun.dep_ == "pobj" and noun.head.lower_ == "from" and noun.head.head.tag_.startswith("VB"))
    return gone and last not in window.name_at


def _owns(doc: Doc, name: Name) -> bool:
    """Whether a place stands where an employer would: "of Brazil"; in "UK chief executive" and "for Asia" an area."""
    before = doc[name.first - 1].lower_ if name.first else ""
    after = doc[name.last].lower_ if name.last < len(doc) else ""
    follows = doc[name.last] if name.last < len(doc) else None
    if before == "of" and _among_places(doc, name):
        return False  # "head of UK and Ireland"
    noun_follows = follows is not None and (
        follows.tag_ in ("NN", "NNS", "JJ") or (follows.is_lower and follows.tag_ in ("NNP", "NNPS", "VBG"))
    )
    return (before in ("of", "at") and not noun_follows) or after in ("'s", "’s", "'", "’")


def _among_places(doc: Doc, place: Name) -> bool:
    """Whether a place is the first of some that a post looks after together; one heads no two countries."""
    behind = doc[place.last : place.last + 3]
    joined = len(behind) == 3 and behind[0].lower_ in ("and", "&", ",") and behind[1].text[:1].isupper()
    area = joined and all(_is_place(doc[at].text) for at in (place.first, place.last + 1))
    return area and place.first > 1 and doc[place.first - 2].lower_ not in ("president", "minister", "king", "queen")


def _is_place(word: str) -> bool:
    return is_place(word) or word.lower() in lexicon().places


def mark_described_persons(window: Window) -> None:
    """Make a name beside its title a person: "Dominic Strand, its creative director", "editor Rex Munday"."""
    for title in window.titles:
        before = title.first - 1
        while before > 0 and window.lows[before] in (
            "its",
            "the",
            "a",
            "an",
            "their",
            "'s",
            "’s",
            "company",
        ):
            before -= 1
        name = window.name_at.get(before - 1) if window.words[before] == "," and before else None
        behind = window.name_at.get(title.last)
        if behind is None and title.last + 1 < len(window.doc) and window.words[title.last] == ",":
            behind = window.name_at.get(title.last + 1)
        for candidate in (name, behind):
            if candidate is None or candidate.settled or candidate is title.company:
                continue
            if looks_like_person(window, candidate) or (candidate is behind and _in_apposition(window, title, behind)):
                candidate.kind, candidate.weak = "person", False


def _in_apposition(window: Window, title: Title, name: Name) -> bool:
    """Whether an organisation between commas stands for a post's holder: "our head of sales, Joop Roe, is leaving"."""
    doc = window.doc
    words = [token.text for token in doc[name.first : name.last]]
    return (
        name.kind == "org"
        and not title.mention.plural
        and 2 <= len(words) <= 3
        and all(word[:1].isupper() and word[1:].islower() for word in words)
        and not is_org_tail(words[-1])
        and not is_unit_name(name.text)
        and name.last < len(doc)
        and window.words[title.last] == window.words[name.last] == ","
        and any(t.dep_ == "appos" and title.first <= t.head.i < title.last for t in doc[name.first : name.last])
        and sum(other.text == name.text for other in window.names) == 1
    )


def mark_titled_persons(window: Window) -> None:
    """Mark capitalised words right behind a title as a person where the model saw no name ("chairman C Perkins")."""
    doc = window.doc
    for title in window.titles:
        first = title.last
        sentence = window.sentence_of(title.first)
        taken = window.name_at.get(first)
        if (
            taken is not None
            and taken.kind == "org"
            and not taken.settled
            and taken.first == first
            and not title.mention.plural
            and 2 <= taken.last - first <= 3
            and not is_org_tail(window.words[taken.last - 1])
            and not window.doc[first].is_upper | (len(window.words[first]) == 1)
        ) or (
            taken is not None
            and taken.kind == "org"
            and taken.first == first
            and INITIAL.match(window.words[first])
            and taken.last - first == 2
        ):
            taken.kind, taken.weak = "person", False
            continue
        if (
            title.mention.plural
            or first >= sentence.last
            or first in window.name_at
            or styled_as_headline(window, first)
        ):
            continue
        last = first
        while (
            last < sentence.last
            and last - first < 4
            and last not in window.name_at
            and last not in window.title_at
            and doc[last].tag_ == "NNP"
            and (CAPITALISED.match(window.words[last]) or INITIAL.match(window.words[last]))
        ):
            last += 1
        if 2 <= last - first <= 4 and doc[last - 1].is_alpha and len(window.words[last - 1]) > 1:
            mark_name(window, "person", first, last)
    window.names.sort(key=lambda name: name.first)
