"""Scores of merging: the mentions of gold stories, as merged, against the events they were written for.

A file of stories is YAML: `stories`, each with `id`, `articles` (`id`, `published`, `publisher`, `title`,
`text`, `mentions`, and `copy_of` where it is a copy) and `links` between events. A mention has the slots of a
gold event and `event`, its gold cluster.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import combinations
from pathlib import Path
from typing import Any, Protocol

import yaml

from pipeline.errors import InputError
from pipeline.records import DIRECTIONS, Article, EventMention, Evidence, Precision
from pipeline.titles import canonical_role, parse_title

Clusters = Mapping[str, str]


class Merged(Protocol):
    """What a merge must tell: the mentions with their event ids, and the copies found."""

    @property
    def mentions(self) -> Sequence[EventMention]: ...

    @property
    def duplicates(self) -> Mapping[str, tuple[str, Any]]: ...


Merge = Callable[[Sequence[Article], Sequence[EventMention]], Merged]


@dataclass(frozen=True)
class Share:
    """Precision and recall, each 0 to 1; 1 where there was nothing to find."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True)
class ClusterScore:
    """How well clusters agree with gold, over pairs of mentions and, B-cubed, over mentions.

    `false_merges` are pairs of mention ids that share a predicted event and no gold event; `splits` the other
    way round.
    """

    pairwise: Share
    b_cubed: Share
    mentions: int
    gold_events: int
    events: int
    false_merges: tuple[tuple[str, str], ...]
    splits: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Story:
    """Articles about one affair, their mentions, the gold event of each mention, and the known copies."""

    story_id: str
    case: str
    articles: tuple[Article, ...]
    mentions: tuple[EventMention, ...]
    gold: Clusters
    copies: Mapping[str, str]


@dataclass(frozen=True)
class StoriesReport:
    """The score over all stories, merged at once, and what each wrong pair says.

    `missed_copies` and `false_copies` are article ids.
    """

    score: ClusterScore
    false_merges: tuple[str, ...]
    splits: tuple[str, ...]
    missed_copies: tuple[str, ...]
    false_copies: tuple[str, ...]


def score_clusters(gold: Clusters, predicted: Clusters) -> ClusterScore:
    """Score clusters over the mentions of `gold`; both map a mention to its event.

    Raises:
        InputError: A mention of `gold` has no predicted event.
    """
    if missing := sorted(set(gold) - set(predicted)):
        raise InputError(f"cluster score: {len(missing)} mentions have no event, the first is '{missing[0]}'")
    cells = Counter((gold[mention], predicted[mention]) for mention in gold)
    gold_sizes = Counter(gold.values())
    sizes = Counter(predicted[mention] for mention in gold)
    both = sum(_pairs(count) for count in cells.values())
    of_predicted = sum(_pairs(count) for count in sizes.values())
    of_gold = sum(_pairs(count) for count in gold_sizes.values())
    total = len(gold) or 1
    squares = [(count * count / sizes[b], count * count / gold_sizes[a]) for (a, b), count in sorted(cells.items())]
    return ClusterScore(
        pairwise=Share(both / of_predicted if of_predicted else 1.0, both / of_gold if of_gold else 1.0),
        b_cubed=Share(
            sum(square[0] for square in squares) / total if gold else 1.0,
            sum(square[1] for square in squares) / total if gold else 1.0,
        ),
        mentions=len(gold),
        gold_events=len(gold_sizes),
        events=len(sizes),
        false_merges=tuple(_together(predicted, gold, gold)),
        splits=tuple(_together(gold, predicted, gold)),
    )


def _pairs(count: int) -> int:
    return count * (count - 1) // 2


def _together(one: Clusters, other: Clusters, mentions: Clusters) -> Iterator[tuple[str, str]]:
    """Pairs of mentions that `one` puts together and `other` keeps apart."""
    groups: dict[str, list[str]] = defaultdict(list)
    for mention in sorted(mentions):
        groups[one[mention]].append(mention)
    for _, members in sorted(groups.items()):
        for pair in combinations(members, 2):
            if other[pair[0]] != other[pair[1]]:
                yield pair


def score_stories(path: Path, merge: Merge) -> StoriesReport:
    """Merge the mentions of all stories of a file at once and score the events.

    Args:
        path: The file of stories.
        merge: The stage under test.
    """
    stories = read_stories(path)
    articles = [article for story in stories for article in story.articles]
    mentions = {mention.mention_id: mention for story in stories for mention in story.mentions}
    gold = {mention: event for story in stories for mention, event in story.gold.items()}
    merged = merge(articles, list(mentions.values()))
    score = score_clusters(gold, {m.mention_id: m.event_id or m.mention_id for m in merged.mentions})
    gold_original = {copy: original for story in stories for copy, original in story.copies.items()}
    original = {copy: first for copy, (first, _) in merged.duplicates.items()}
    return StoriesReport(
        score=score,
        false_merges=tuple(_pair_text(mentions[a], mentions[b]) for a, b in score.false_merges),
        splits=tuple(_pair_text(mentions[a], mentions[b]) for a, b in score.splits),
        missed_copies=tuple(_parted(gold_original, original)),
        false_copies=tuple(_parted(original, gold_original)),
    )


def _parted(original: Mapping[str, str], other: Mapping[str, str]) -> Iterator[str]:
    """Copies of one account that the other does not put with their original, whichever is the older."""
    for copy, first in sorted(original.items()):
        if other.get(copy, copy) != other.get(first, first):
            yield copy


def story_lines(report: StoriesReport) -> Iterator[str]:
    """The report as lines of text."""
    score = report.score
    yield f"{score.mentions} mentions, {score.gold_events} gold events, {score.events} predicted"
    for name, share in (("pairwise", score.pairwise), ("B-cubed", score.b_cubed)):
        yield f"{name:9} precision {share.precision:.3f}  recall {share.recall:.3f}  F1 {share.f1:.3f}"
    for title, rows in (
        ("false merges", report.false_merges),
        ("splits", report.splits),
        ("copies missed", report.missed_copies),
        ("false copies", report.false_copies),
    ):
        yield f"{title}: {len(rows)}"
        yield from (f"  {row}" for row in rows)


def _pair_text(one: EventMention, other: EventMention) -> str:
    return f"{_mention_text(one)}  |  {_mention_text(other)}"


def _mention_text(mention: EventMention) -> str:
    slots = (mention.person, mention.action, mention.role, mention.company, mention.date, mention.status)
    return f"{mention.mention_id}: " + ", ".join(str(slot) for slot in slots if slot is not None)


def read_stories(path: Path) -> list[Story]:
    """The stories of a file.

    Raises:
        InputError: The file is not a file of stories; the message names the story and the article.
    """
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        return [_story(story) for story in data["stories"]]
    except (OSError, yaml.YAMLError) as err:
        raise InputError(f"{path}: cannot be read: {err}") from err
    except (KeyError, TypeError, ValueError, AttributeError) as err:
        raise InputError(f"{path}: not a file of stories: {err!r}") from err


def _story(data: Mapping[str, Any]) -> Story:
    articles, mentions, gold, copies = [], [], {}, {}
    for item in data["articles"]:
        articles.append(_article(item))
        if item.get("copy_of"):
            copies[item["id"]] = item["copy_of"]
        for number, row in enumerate(item["mentions"]):
            mention = _mention(row, item["id"], f"{item['id']}.{number}")
            mentions.append(mention)
            gold[mention.mention_id] = str(row["event"])
    return Story(data["id"], data.get("case", ""), tuple(articles), tuple(mentions), gold, copies)


def _article(item: Mapping[str, Any]) -> Article:
    text = str(item["text"])
    published = item.get("published")
    when = datetime.fromisoformat(str(published)).replace(tzinfo=UTC) if published else None
    return Article(
        article_id=item["id"],
        source_uri=item["id"],
        url=None,
        publisher=item.get("publisher"),
        title=item.get("title"),
        authors=(),
        language="en",
        published_at=when,
        published_source="metadata" if when else None,
        text=text,
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        word_count=len(text.split()),
        status="ok",
        reason=None,
    )


def _mention(row: Mapping[str, Any], article_id: str, mention_id: str) -> EventMention:
    day, precision = _date(row.get("date"))
    role = row.get("role")
    title = parse_title(role) if role else None
    return EventMention(
        mention_id=mention_id,
        article_id=article_id,
        event_id=None,
        person=row["person"],
        role=role,
        company=row.get("company"),
        action=row["action"],
        direction=DIRECTIONS[row["action"]],
        date=day,
        date_precision=precision,
        date_text=None,
        date_source="text" if day else None,
        status=row["status"],
        scope=row.get("scope", "news"),
        person_id=None,
        company_id=None,
        role_canonical=canonical_role(role) if role else None,
        role_level=title[0].level if title else None,
        interim=any(part.interim for part in title or ()),
        previous_role=row.get("previous_role"),
        other_company=row.get("other_company"),
        counterpart=row.get("counterpart"),
        confidence=1.0,
        evidence=(Evidence(0, 0, "", "", "gold"),),
    )


def _date(value: object) -> tuple[date | None, Precision | None]:
    """First day and precision of `2024`, `2024-Q3`, `2024-10` or `2024-10-07`."""
    if value is None:
        return None, None
    text = str(value)
    if "Q" in text:
        year, quarter = text.split("-Q")
        return date(int(year), 3 * int(quarter) - 2, 1), "quarter"
    parts = [int(part) for part in text.split("-")]
    precisions: tuple[Precision, ...] = ("year", "month", "day")
    return date(*[*parts, 1, 1][:3]), precisions[len(parts) - 1]
