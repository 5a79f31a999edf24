"""Marks job titles in parsed windows, with the organisation each belongs to and the persons beside them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.extract.mentions import Name, Sentence, Title, Window
from pipeline.extract.name_words import (
    CAPITALISED,
    INITIAL,
    is_org_tail,
    is_unit_name,
    looks_like_person,
    mark_name,
    styled_as_headline,
)
from pipeline.titles import find_titles

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from pipeline.titles import TitleMention


def mark_titles(window: Window) -> None:
    """Fill `titles`: job titles by sentence, with the organisation each belongs to where the wording says it."""
    doc, whole = window.doc, window.doc.text  # put together from its words at each look-up
    for sentence in window.sentences:
        if sentence.first >= sentence.last:
            continue
        base = doc[sentence.first].idx
        end = doc[sentence.last - 1].idx + len(doc[sentence.last - 1].text)
        text = whole[base:end]
        names = [n for n in window.names_in(sentence.first, sentence.last) if not n.weak or _owns(doc, n)]
        spans = [(doc[n.first].idx - base, doc[n.last - 1].idx + len(doc[n.last - 1].text) - base) for n in names]
        blocked = [span for span, name in zip(spans, names, strict=True) if name.kind == "org"]
        persons = [span for span, name in zip(spans, names, strict=True) if name.kind == "person"]
        names = [name for name in names if name.kind == "org"]
        at = {start: name for (start, _), name in zip(blocked, names, strict=True)}
        mentions = find_titles(text, blocked, persons=persons)
        mentions += _board_offices(text, blocked, mentions)
        for mention in mentions:
            span = doc.char_span(base + mention.start, base + mention.end, alignment_mode="expand")
            if span is None:
                continue
            if mention.head.lower() in ("maker", "makers"):
                continue
            if (
                len(span) == 1
                and span[0].tag_ == "JJ"
                and span.end < sentence.last
                and doc[span.end].tag_ in ("NN", "NNS", "VBG")
            ):
                continue  # "its principal operating unit"
            title = Title(span.start, span.end, mention)
            if mention.company_span is not None:
                owner = at.get(mention.company_span[0])
                title.company = _owned(window, owner) if owner is not None and owner.kind == "org" else None
            _settle_owner(window, title, sentence)
            window.titles.append(title)
            for index in range(span.start, span.end):
                window.title_at.setdefault(index, title)


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


def _owned(window: Window, owner: Name) -> Name:
    """Of "Acme's Bolt unit" the unit: the name behind the possessive."""
    if owner.last < len(window.doc) and window.doc[owner.last].lower_ in ("'s", "’s", "'", "’"):
        part = window.name_at.get(owner.last + 1)
        if part is not None and part.kind == "org" and not part.weak and not is_unit_name(part.text):
            return part
    return owner


def _owns(doc: Doc, name: Name) -> bool:
    """Whether a place stands where an employer would: "of Brazil"; in "UK chief executive" it is an area."""
    before = doc[name.first - 1].lower_ if name.first else ""
    after = doc[name.last].lower_ if name.last < len(doc) else ""
    noun_follows = name.last < len(doc) and doc[name.last].tag_ in ("NN", "NNS", "JJ")
    return (before in ("of", "for", "at") and not noun_follows) or after in ("'s", "’s", "'", "’")


def _settle_owner(window: Window, title: Title, sentence: Sentence) -> None:
    """ "Acme's head of Applied AI": with an owner before the title, the name after "of" is its unit."""
    unit = title.company
    if unit is None:
        return
    if is_unit_name(unit.text):
        if title.last <= unit.first <= title.last + 2:
            title.wording = f"{title.mention.text} of {unit.text}"
        elif unit.last == title.first:
            title.wording = f"{unit.text} {title.mention.text}"
        title.company, unit.weak = None, True
    if unit.first < title.last:
        return
    index = title.first - 1
    while index >= sentence.first and window.doc[index].lower_ in ("'s", "’s", "'", "’"):
        index -= 1
    owner = window.name_at.get(index)
    if title.company is None:
        title.company = owner if owner is not None and owner.kind == "org" and not owner.weak else None
        return
    if owner is None or owner.kind != "org" or owner.weak or is_org_tail(window.doc[unit.last - 1].text):
        return
    title.wording = title.mention.text + " " + window.doc[title.last : unit.last].text
    title.company = owner


def mark_described_persons(window: Window) -> None:
    """Make a name beside its title a person: "Dominic Strand, its creative director", "editor Rex Munday"."""
    for title in window.titles:
        before = title.first - 1
        while before > 0 and window.doc[before].lower_ in (
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
        name = window.name_at.get(before - 1) if window.doc[before].text == "," and before else None
        behind = window.name_at.get(title.last)
        if behind is None and title.last + 1 < len(window.doc) and window.doc[title.last].text == ",":
            behind = window.name_at.get(title.last + 1)
        for candidate in (name, behind):
            if candidate is not None and looks_like_person(window, candidate) and candidate is not title.company:
                candidate.kind, candidate.weak = "person", False


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
            and taken.first == first
            and not title.mention.plural
            and 2 <= taken.last - first <= 3
            and not is_org_tail(window.doc[taken.last - 1].text)
            and not window.doc[first].is_upper | (len(window.doc[first].text) == 1)
        ) or (
            taken is not None
            and taken.kind == "org"
            and taken.first == first
            and INITIAL.match(window.doc[first].text)
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
            and (CAPITALISED.match(doc[last].text) or INITIAL.match(doc[last].text))
        ):
            last += 1
        if 2 <= last - first <= 4 and doc[last - 1].is_alpha and len(doc[last - 1].text) > 1:
            mark_name(window, "person", first, last)
    window.names.sort(key=lambda name: name.first)
