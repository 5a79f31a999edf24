"""Marks job titles in parsed windows, with the organisation each belongs to and the persons beside them."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from pipeline.extract.mentions import Name, Sentence, Title, Window
from pipeline.extract.name_words import (
    CAPITALISED,
    INITIAL,
    is_area_name,
    is_org_tail,
    is_unit_name,
    looks_like_person,
    mark_name,
    styled_as_headline,
)
from pipeline.extract.title_words import crafts, free_title_words, free_units, with_field
from pipeline.titles import find_titles

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

    from pipeline.titles import TitleMention


_DESCRIBED_OWNER = re.compile(
    r"\s+(?:of|at|for|with)\s+(?:the\s+)?(?:[\w'-]+\s+){0,4}?(?:group|company|firm|bank|maker|chain|giant|start-?up|retailer|"
    r"operator|carrier|airline|insurer|lender|charity|publisher|broadcaster|agency|consultancy|developer|producer|"
    r"manufacturer|supplier|provider|platform|app|brand|union|club)$"
    r"|\s+(?:of|at|for)\s+(?:the\s+)?(?:federal|national|local|nearby|rival)$"
)


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
        mentions = find_titles(text, blocked, persons=persons, crafts=partial(crafts, window, sentence))
        mentions += _board_offices(text, blocked, mentions)
        for mention in mentions:
            span = doc.char_span(base + mention.start, base + mention.end, alignment_mode="expand")
            if span is None:
                continue
            if mention.head.lower() in ("maker", "makers") or _is_address(window, span, mention):
                continue
            if (
                len(span) == 1
                and span[0].tag_ == "JJ"
                and span.end < sentence.last
                and doc[span.end].tag_ in ("NN", "NNS", "VBG")
            ):
                continue  # "its principal operating unit"
            title = with_field(window, Title(span.start, span.end, mention))
            if mention.company_span is not None:
                owner = at.get(mention.company_span[0])
                title.company = _owned(window, owner) if owner is not None and owner.kind == "org" else None
            _cut_verb(window, title)
            _cut_described_owner(window, title)
            _settle_owner(window, title, sentence)
            free_title_words(window, title)
            window.titles.append(title)
            for index in range(title.first, title.last):
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
    """Of "Acme's Bolt unit" the unit, of "Troy, Mich.-based Acme" the firm: the name behind the possessive or seat."""
    doc, behind = window.doc, owner.last
    if behind < len(doc) and doc[behind].lower_ in ("'s", "’s", "'", "’"):
        part = window.name_at.get(behind + 1)
        if part is not None and part.kind == "org" and not part.weak and not is_unit_name(part.text):
            return part
    for index in range(behind, min(behind + _LONGEST_SEAT, len(doc) - 1)):
        if doc[index].lower_.endswith("based"):
            firm = window.name_at.get(index + 1)
            return firm if firm is not None and firm.kind == "org" else owner
        if doc[index].text not in (",", "-") and not doc[index].text[0].isupper():
            break
    return owner


_LONGEST_SEAT = 5


def _is_address(window: Window, span: Span, mention: TitleMention) -> bool:
    """Whether "Chief" is how a man with another title is addressed: "its treasurer, Chief Bola Ade"."""
    before = span.start - 2 if span.start > 1 and window.words[span.start - 1] == "," else -1
    return mention.text == "Chief" and before in window.title_at


def _owns(doc: Doc, name: Name) -> bool:
    """Whether a place stands where an employer would: "of Brazil"; in "UK chief executive" and "for Asia" an area."""
    before = doc[name.first - 1].lower_ if name.first else ""
    after = doc[name.last].lower_ if name.last < len(doc) else ""
    follows = doc[name.last] if name.last < len(doc) else None
    noun_follows = follows is not None and (
        follows.tag_ in ("NN", "NNS", "JJ") or (follows.is_lower and follows.tag_ in ("NNP", "NNPS", "VBG"))
    )
    return (before in ("of", "at") and not noun_follows) or after in ("'s", "’s", "'", "’")


_WHOLE_FIRM = frozenset("chairman chairwoman chairperson chair president ceo founder co-founder".split()) | {
    "chief executive",
    "chief executive officer",
}


def _cut_verb(window: Window, title: Title) -> None:
    """ "his term as governor of Acme expires": the verb behind the organisation is no unit of it."""
    owner = window.name_at.get(title.last - 2)
    if window.doc[title.last - 1].tag_ != "VBZ" or owner is None or owner.kind != "org" or owner.first <= title.first:
        return
    last = owner.first
    while last > title.first + 1 and window.doc[last - 1].lower_ in ("the", "of", "at", "for"):
        last -= 1
    title.wording, title.company, title.last = window.doc[title.first : last].text, owner, last


def _cut_described_owner(window: Window, title: Title) -> None:
    """ "chief executive of the Danish dairy group Acme": what describes the organisation is no unit of it."""
    owner = window.name_at.get(title.last)
    described = _DESCRIBED_OWNER.search(title.mention.text)
    if title.company is not None or owner is None or owner.kind != "org" or owner.weak or described is None:
        return
    title.wording, title.company = title.mention.text[: described.start()], owner
    start = window.doc[title.first].idx
    while title.last > title.first + 1 and window.doc[title.last - 1].idx - start >= described.start():
        title.last -= 1


_RELATED = frozenset(
    "backer buyer competitor customer investor owner parent partner rival shareholder supplier".split()
)


def _take_apposed(window: Window, title: Title) -> None:
    """ "chief executive of its largest shareholder, Acme": the firm behind what it is to another one."""
    doc, at = window.doc, title.last + 1
    text = title.mention.text
    name = window.name_at.get(at)
    if name is None or name.kind != "org" or name.weak or doc[title.last].text != ",":
        return
    says = name.last < len(doc) and doc[name.last].tag_ in ("VBD", "VBZ", "MD")
    if doc[title.last - 1].lower_ in _RELATED and " of " in text and not says:
        title.company, title.wording = name, text[: text.index(" of ")]


def _settle_owner(window: Window, title: Title, sentence: Sentence) -> None:
    """ "Acme's head of Applied AI": with an owner before the title, the name after "of" is its unit."""
    unit = title.company
    if unit is None:
        _take_apposed(window, title)
        return
    if _is_unit(window, title, unit):
        if title.last <= unit.first <= title.last + 2:
            title.wording = f"{title.mention.text} {window.doc[title.last : unit.last].text}"
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


def _is_unit(window: Window, title: Title, unit: Name) -> bool:
    """Whether the organisation of a title is only a part of one: "head of Cloud Engineering", "Asia president"."""
    if window.words[unit.first - 1] == "at" and unit.first:
        return False
    whole = title.mention.head.lower() in _WHOLE_FIRM and "vice" not in title.mention.canonical
    leads = not whole and _LED_BY_REGION.search(title.mention.text) is not None
    return (is_unit_name(unit.text) and (leads or is_area_name(unit.text))) or _is_region(title, unit)


_LED_BY_REGION = re.compile(r"\b(?:head|vp|vice president|director|manager|lead|leader|president)$", re.IGNORECASE)
_REGION_NAMES = frozenset("international americas emea apac europe asia africa oceania global worldwide".split())


def _is_region(title: Title, place: Name) -> bool:
    """Whether the place of an office is a part of the firm's world: "Head of Japan", "VP of International"."""
    if place.text.lower() in _REGION_NAMES:
        return True
    heads = title.mention.head.lower() != "president" or "vice" in title.mention.text.lower()
    return place.weak and heads and _LED_BY_REGION.search(title.mention.text) is not None


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
        and doc[title.last].text == doc[name.last].text == ","
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
