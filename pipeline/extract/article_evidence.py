"""What the article as a whole says of the employer: how much it is about whom, and where the person comes in."""

from __future__ import annotations

from pipeline.extract.candidates import Candidate
from pipeline.extract.discourse import Discourse
from pipeline.extract.evidence_notes import Found, Note
from pipeline.extract.occurrences import occurs
from pipeline.extract.view import View


def from_introduction(view: View, discourse: Discourse, candidate: Candidate, found: Found) -> None:
    """The organisations of the paragraph that first names the person, but for those a gain may leave behind."""
    paragraphs, registry = discourse.paragraphs, view.organisations.organisations
    person = view.people.persons[candidate.person.entity]
    told = [paragraphs.at(at) for at in person.positions if at >= view.headline_end]
    for index in paragraphs.organisations.get(min(told), ()) if told else ():
        if index in found and not registry[index].weak and not {"held_in", "held_before_in"} & set(found[index]):
            found[index]["introduced_with"] = 1.0


def from_paragraph(discourse: Discourse, candidate: Candidate, note: Note) -> None:
    """In a round-up each paragraph has organisations of its own; the article as a whole is about none."""
    paragraphs = discourse.paragraphs
    here = paragraphs.at(candidate.window.sentences[candidate.sentence].start)
    note(paragraphs.first(here), "paragraph_first")
    for index in paragraphs.organisations.get(here, ()):
        note(index, "paragraph")


def from_article(view: View, discourse: Discourse, found: Found, joins: bool) -> None:
    """How much the article is about an organisation; somebody may join one that holds shares in it."""
    registry = view.organisations.organisations
    total = sum(registry[i].count for i in found if not registry[i].weak) or 1
    most = max((registry[i].count for i in found if not registry[i].weak), default=0)
    strong = [i for i in found if not registry[i].weak]
    mentions = sum(len(registry[i].positions) for i in strong) or 1
    headline = view.text[: view.headline_end]
    for index in strong:
        mine = found[index]
        positions = registry[index].positions
        in_headline = index in discourse.headline or any(at < view.headline_end for at in positions)
        in_headline = in_headline or occurs(headline, registry[index].full)
        in_text = any(at >= view.headline_end for at in positions) or registry[index].count > 1
        mine["count_share"] = registry[index].count / total
        mine["mention_share"] = len(registry[index].positions) / mentions
        flags = {
            "most_counted": registry[index].count == most,
            "headline": in_headline and in_text,
            "headline_first": index == discourse.headline_first and in_text,
            "headline_only": in_headline and not in_text and index != view.issuer,
            "lead": index in discourse.lead,
            "lead_subject": index == discourse.lead_subject,
            "only_one": len(strong) == 1,
            "is_unit": index in discourse.units,
            "is_source": index in discourse.sources,
            "outsider": index in discourse.outsiders and not (joins and "frame_preposition" in mine),
            "says": discourse.sayers[index] > 0,
            "issuer": index == view.issuer,
        }
        mine.update({key: 1.0 for key, holds in flags.items() if holds})
    for index in found:
        if registry[index].weak:
            for key in ("same_sentence_place", "previous_sentence_place", "alone_in_sentence_place"):
                found[index].pop(key, None)
