"""All links of titles to persons in a window: beside the name, in relative clauses, shared by several."""

from __future__ import annotations

from pipeline.extract.mentions import Window
from pipeline.extract.offices_across import offices_across
from pipeline.extract.relative_offices import (
    offices_beside,
    offices_held_where,
    offices_of_pronouns,
    offices_served,
)
from pipeline.extract.shared_offices import offices_shared
from pipeline.extract.title_links import Link, link_titles
from pipeline.extract.view import View


def links_of(view: View, window: Window) -> list[Link]:
    """Links of titles to persons: beside names, behind pronouns, in relative clauses, across asides, shared."""
    own = link_titles(window)
    own += offices_held_where(view, window, own)
    own += offices_of_pronouns(view, window, own)
    own += offices_served(view, window, own)
    own += offices_beside(window, own)
    own += offices_shared(window)
    return own + offices_across(window, own)
