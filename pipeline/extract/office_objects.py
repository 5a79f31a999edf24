"""Offices that are the object of having and finding: "has a new lawyer", "has found its next dean"."""

from __future__ import annotations

from pipeline.extract.mentions import Title, Window
from pipeline.extract.title_links import Link


def has_another(window: Window, link: Link) -> bool:
    """Whether a person only has somebody in an office: "Roe has a new lawyer"."""
    noun = window.doc[link.title.last - 1]
    return link.how == "copula" and noun.dep_ == "dobj" and noun.head.lower_ in _HAS


def is_found(window: Window, title: Title) -> bool:
    """Whether an office is told as filled: "has found its next dean, Jane Roe"."""
    noun = window.doc[title.last - 1]
    return noun.dep_ == "dobj" and noun.head.lower_ in _FOUND


_HAS = frozenset("has have had gets got needs".split())
_FOUND = frozenset("found chosen chose picked picks selected named names unveiled has".split())
