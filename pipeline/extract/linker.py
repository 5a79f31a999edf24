"""Joins triggers that the rules refused to the persons of their sentence, by a model learned from labelled news.

The rules know what each wording asks of its sentence; where a sentence is built otherwise they find no person, or no
office. A few boosted trees over how trigger and person stand to each other (`link_features`) then decide. Only
articles that tell some move are looked at, so that an article about other things stays silent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.extract.boosting import Boosted
from pipeline.extract.candidates import LINKED, Candidate, Matches, Refusal
from pipeline.extract.event_row import Row
from pipeline.extract.link_features import Standing, link_features
from pipeline.extract.match import completed
from pipeline.extract.mentions import Name, Title
from pipeline.extract.role_values import RoleValue
from pipeline.extract.view import View
from pipeline.records import DIRECTIONS
from pipeline.rulebook import read_data, remembered

# Refusals of the sentence's build. The others say that the words mean other things, which no build can tell.
_BUILD = ("no_person", "missing_slot", "no_title", "object_is_person", "object_is_company_noun")

_ARTICLES = frozenset({"a", "an", "the", "its", "their", "new"})


@remembered()
def _model() -> tuple[Boosted, float]:
    data = read_data("linker.toml")
    return Boosted.read(data), float(data["least"])


def standing_of(view: View, matches: Matches, rows: Sequence[Row]) -> Standing:
    """What the article tells by its rules."""
    persons = [(window, name) for window in view.windows for name in window.names if name.kind == "person"]
    known = [(window, name) for window, name in persons if name.entity >= 0]
    return Standing(
        mentions=Counter(name.entity for _, name in known),
        in_headline=frozenset(n.entity for w, n in known if w.offset + w.starts[n.first] < view.headline_end),
        gained=frozenset(row.person for row in rows if row.direction == "in"),
        lost=frozenset(row.person for row in rows if row.direction == "out"),
        rows=len(rows),
        rows_in_headline=any(row.evidence[0].start < view.headline_end for row in rows),
        sentences=sum(len(window.sentences) for window in view.windows),
        refused=Counter((id(r.window), r.window.sentence_at[r.trigger.head]) for r in matches.refusals),
        told=Counter((id(row.candidate.window), row.candidate.sentence) for row in rows),
    )


def pairs(matches: Matches, standing: Standing) -> Iterator[tuple[Refusal, Name]]:
    """Each trigger refused for its sentence's build, with the nearest mention of each person who has no such move yet.

    Left out where any reading of the same words was refused for their sense, and where the rules told a move in the
    sentence.
    """
    other_senses = {
        (id(refusal.window), index)
        for refusal in matches.refusals
        if not refusal.reason.startswith(_BUILD)
        for index in refusal.trigger.words
    }
    for refusal in matches.refusals:
        window, trigger = refusal.window, refusal.trigger
        direction = DIRECTIONS[trigger.rule.action]
        if direction not in ("in", "out") or any((id(window), index) in other_senses for index in trigger.words):
            continue
        if standing.told[id(window), window.sentence_at[trigger.head]]:
            continue  # the rules understood how the sentence is built
        told = standing.gained if direction == "in" else standing.lost
        sentence = window.sentence_of(trigger.head)
        nearest: dict[int, Name] = {}
        for name in window.names_in(sentence.first, sentence.last, "person"):
            if name.entity < 0 or name.entity in told:
                continue
            best = nearest.get(name.entity)
            if best is None or abs(name.first - trigger.head) < abs(best.first - trigger.head):
                nearest[name.entity] = name
        yield from ((refusal, name) for name in nearest.values())


def _office_behind(candidate: Candidate) -> Title | None:
    """The office behind "as" or "to" that comes next behind a person: "Roe, formerly with Bolt, as head of sales"."""
    window, name = candidate.window, candidate.person
    sentence = window.sentences[candidate.sentence]
    for title in window.titles_in(name.last, sentence.last):
        if any(window.names_in(name.last, title.first, "person")):
            return None
        before = [word for word in window.lows[name.last : title.first] if word not in _ARTICLES]
        anothers = title.last in window.name_at  # "who spoke to treasurer Kim"
        if before and before[-1] in ("as", "to") and not (title.former or anothers):
            return title
    return None


def linked(view: View, matches: Matches, rows: Sequence[Row]) -> list[Candidate]:
    """The pairs that likely tell a move: for each person and direction the likeliest; `how` holds the likelihood."""
    if not rows or not matches.refusals:
        return []
    model, least = _model()
    standing = standing_of(view, matches, rows)
    best: dict[tuple[int, str], tuple[float, Refusal, Name]] = {}
    for refusal, name in pairs(matches, standing):
        found = link_features(view, refusal.window, refusal.trigger, name, refusal.reason, standing)
        likely = model.probability(found)
        key = (name.entity, DIRECTIONS[refusal.trigger.rule.action])
        if likely >= least and (key not in best or likely > best[key][0]):
            best[key] = (likely, refusal, name)
    made = []
    for likely, refusal, name in best.values():
        own = [link for window, link in matches.links if window is refusal.window]
        candidate = completed(view, refusal.window, refusal.trigger, own, name)
        if not candidate.roles and candidate.direction == "in" and (office := _office_behind(candidate)) is not None:
            candidate.roles = [RoleValue(office.text, office, office.company)]
        candidate.how |= {"person": LINKED, "likely": f"{likely:.3f}"}
        made.append(candidate)
    return made
