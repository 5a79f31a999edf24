"""Who holds or held what where, by the links of an article's titles to their persons."""

from __future__ import annotations

import re

from pipeline.extract.mentions import Title, Window
from pipeline.extract.title_links import Link
from pipeline.extract.view import Affiliation


def affiliate(links: list[tuple[Window, Link]]) -> list[Affiliation]:
    """Affiliations of the article from the links of all its windows."""
    rows = []
    for window, link in links:
        if link.how == "kin":
            continue
        told_of_each = link.how.startswith("before") or link.how == "shared"
        if (link.title.mention.plural and not told_of_each) or _is_relation(window, link.title):
            continue
        modifiers = set(link.title.mention.modifiers)
        company = link.title.company
        until_then = _until_then(window, link) or _ended(window, link)
        rows.append(
            Affiliation(
                link.person.entity,
                link.title.text,
                company.entity if company is not None and company.kind == "org" else None,
                link.title.former or _said_before(window, link.title, _FORMERLY) or until_then,
                window.span(link.title.first, link.title.last)[0],
                "until" if until_then else link.how,
                bool(modifiers & {"new", "incoming", "newly"}),
                link.title.mention.strong or link.title.mention.capitalised or _owner_and_name_beside(link),
                link.title.mention.level == "other" and not link.title.mention.strong,
                _said_before(window, link.title, _PRESENTLY),
                link.how == "before" and link.title.text.lower() in _ADDRESSES and company is None,
            )
        )
    return rows


def _owner_and_name_beside(link: Link) -> bool:
    """Whether a word that is no title everywhere stands between a firm and its holder: "Acme chair Jane Roe"."""
    company, title, person = link.title.company, link.title, link.person
    if company is None or company.kind != "org" or company.weak or link.how != "before":
        return False
    return 0 < company.last == title.first and person.first == title.last and " " in person.text


def _until_then(window: Window, link: Link) -> bool:
    """Whether an office was over before what is told: "Until this summer, Roe had been treasurer of Acme"."""
    sentence = window.sentence_of(link.title.first)
    opening = set(window.lows[sentence.first : min(sentence.first + 2, link.person.first)])
    between = set(window.lows[link.person.last : link.title.first])
    return link.how == "copula" and bool(opening & {"until", "before", "previously", "prior"}) and "had" in between


_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_YEAR = rf"(?:(?:{_MONTHS}) (?:of )?)?(?:19|20)\d\d"
_ENDED = re.compile(
    rf"(?:until|till|through) {_YEAR}\b|(?:from|between) {_YEAR} (?:to|until|till|and|through) {_YEAR}\b"
)


def _ended(window: Window, link: Link) -> bool:
    """Whether an office was over long ago: "Roe, treasurer of Acme until 2010, has resigned from Bolt"."""
    company, index = link.title.company, link.title.last
    if company is not None and company.first >= index:
        index = company.last
    index += window.words[index : index + 1] == [","]
    return (
        link.how in ("after", "copula", "told") and _ENDED.match(" ".join(window.lows[index : index + 9])) is not None
    )


_RELATIONS = frozenset({"partner", "lawyer", "attorney", "agent", "publicist", "solicitor", "barrister"})


def _is_relation(window: Window, title: Title) -> bool:
    """Whether a title only says what somebody is to somebody: "his business partner Jane Roe"."""
    owner = window.lows[title.first - 1] if title.first else ""
    return title.mention.head.lower() in _RELATIONS and owner in ("his", "her", "their", "my")


_ADDRESSES = frozenset(
    "professor prof brigadier colonel captain admiral sergeant detective senator major-general chief".split()
) | {"major general", "brigadier general", "lieutenant general", "lieutenant colonel", "rear admiral", "vice admiral"}
_FORMERLY = frozenset({"former", "formerly", "previously", "ex", "retired", "late"})
_PRESENTLY = frozenset({"presently", "currently", "now", "present"})


def _said_before(window: Window, title: Title, words: frozenset[str]) -> bool:
    """Whether one of some words stands shortly before a title."""
    first = max(title.first - 4, window.sentence_of(title.first).first)
    return any(window.lows[i] in words for i in range(first, title.first))
