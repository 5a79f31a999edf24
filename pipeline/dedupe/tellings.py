"""Mentions as they are compared, and their clusters within one person and direction."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from pipeline.dedupe.articles import ArticleHead
from pipeline.dedupe.cluster import cluster
from pipeline.dedupe.companies import Companies
from pipeline.dedupe.compare import Telling, ToldApart, period, points
from pipeline.dedupe.naming import fold
from pipeline.dedupe.roles import Role, compare_roles, read_role
from pipeline.dedupe.settings import EventSettings
from pipeline.records import EventMention

_NOTHING_APART = ToldApart()


class Teller:
    """Turns mentions into tellings, each once, and compares them."""

    def __init__(
        self, heads: Mapping[str, ArticleHead], companies: Companies, settings: EventSettings
    ) -> None:
        self._heads = heads
        self._companies = companies
        self._settings = settings

    def telling(self, mention: EventMention) -> Telling:
        """What the mention says that bears on which event it is."""
        head = self._heads.get(mention.article_id)
        title = mention.role_canonical or mention.role
        first, last = None, None
        if mention.date is not None and mention.date_source != "published":
            first, last = period(mention.date, mention.date_precision)
        return Telling(
            company=self._companies.key(mention.company) if mention.company else None,
            title=fold(title) if title else None,
            role=read_role(title, mention.role_level) if title else None,
            interim=mention.interim,
            action=mention.action,
            status=mention.status,
            scope=mention.scope,
            first_day=first,
            last_day=last,
            published=head.published_at.toordinal() if head and head.published_at else None,
        )

    def points(self, one: Telling, other: Telling, apart: ToldApart = _NOTHING_APART) -> int | None:
        """How well two tellings of one person and direction agree; None where they contradict."""
        return points(one, other, self._settings, self._companies.related, apart)

    def fits(self, one: EventMention, other: EventMention) -> bool:
        """Whether two mentions, taken as of one person, could tell one event."""
        if one.direction != other.direction or (one.status == "denied") != (other.status == "denied"):
            return False
        score = self.points(self.telling(one), self.telling(other))
        return score is not None and score >= self._settings.link_points

    def told_apart(self, mentions: Sequence[EventMention]) -> ToldApart:
        """What single articles tell as two events of this person in this direction."""
        by_article: dict[str, list[EventMention]] = defaultdict(list)
        for mention in mentions:
            by_article[mention.article_id].append(mention)
        companies: set[frozenset[str]] = set()
        titles: set[frozenset[str]] = set()
        for rows in by_article.values():
            if len(rows) < 2:
                continue
            tellings = sorted(
                {self.telling(row) for row in rows}, key=lambda t: (t.company or "", t.title or "")
            )
            for position, one in enumerate(tellings):
                for other in tellings[position + 1 :]:
                    if one.company and other.company and one.company != other.company:
                        companies.add(frozenset((one.company, other.company)))
                    elif one.role and other.role and _two_jobs(one.role, other.role):
                        titles.add(frozenset((one.title or "", other.title or "")))
        return ToldApart(frozenset(companies), frozenset(titles))

    def cluster(
        self, mentions: Sequence[EventMention], block: Sequence[int], bounds: Counter[str]
    ) -> list[list[int]]:
        """Cluster the mentions at the positions of `block`: those of one person in one direction."""
        if len(block) == 1:
            return [list(block)]
        apart = self.told_apart([mentions[position] for position in block])
        by_telling: dict[Telling, list[int]] = defaultdict(list)
        for position in block:
            by_telling[self.telling(mentions[position])].append(position)
        groups = cluster(
            list(by_telling),
            lambda one, other: self.points(one, other, apart),
            self._settings.link_points,
            self._settings.max_block,
            bounds,
        )
        return [[position for telling in group for position in by_telling[telling]] for group in groups]


def _two_jobs(one: Role, other: Role) -> bool:
    return not one.vague and not other.vague and compare_roles(one, other) != "same"
