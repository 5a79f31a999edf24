"""Mentions as they are compared, and their clusters within one person and direction."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations

from pipeline.dedupe.articles import ArticleHead
from pipeline.dedupe.cluster import cluster
from pipeline.dedupe.companies import Companies
from pipeline.dedupe.compare import Context, Telling, points, telling_dates
from pipeline.dedupe.naming import fold
from pipeline.dedupe.roles import read_role
from pipeline.dedupe.settings import EventSettings
from pipeline.records import EventMention

_NO_CONTEXT = Context()


class Teller:
    """Turns mentions into tellings, each once, and compares them."""

    def __init__(self, heads: Mapping[str, ArticleHead], companies: Companies, settings: EventSettings) -> None:
        self._heads = heads
        self._companies = companies
        self._settings = settings

    def telling(self, mention: EventMention) -> Telling:
        """What the mention says that bears on which event it is."""
        head = self._heads.get(mention.article_id)
        title = mention.role_canonical or mention.role
        published = head.published_at.toordinal() if head and head.published_at else None
        stated = mention.date if mention.date_source != "published" else None
        first, last = telling_dates(stated, mention.date_precision, mention.status, published)
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
            published=published,
        )

    def points(self, one: Telling, other: Telling, context: Context = _NO_CONTEXT) -> int | None:
        """How well two tellings of one person and direction agree; None where they contradict."""
        return points(one, other, self._settings, self._companies.related, context)

    def mention_points(self, one: EventMention, other: EventMention) -> int | None:
        """How well two mentions, taken as of one person, could tell one event; None where they contradict."""
        if one.direction != other.direction or (one.status == "denied") != (other.status == "denied"):
            return None
        return self.points(self.telling(one), self.telling(other))

    def context(self, mentions: Sequence[EventMention], reversals: Sequence[EventMention]) -> Context:
        """What the mentions of one person in one direction say together, and those in the other direction."""
        tellings: dict[Telling, set[str]] = defaultdict(set)
        companies: dict[str, set[str]] = defaultdict(set)
        for mention in mentions:
            telling = self.telling(mention)
            tellings[telling].add(mention.article_id)
            if telling.company:
                companies[telling.company].add(mention.article_id)
        turns: dict[tuple[object, ...], Telling] = {}
        for turn in (self.telling(mention) for mention in reversals if mention.status == "done"):
            if turn.period and turn.company and turn.title:
                turns.setdefault((turn.company, turn.title, turn.period), turn)
        return Context(
            tellings,
            companies,
            self._akin(mentions),
            tuple(turns.values()),
        )

    def _akin(self, mentions: Sequence[EventMention]) -> frozenset[frozenset[str]]:
        """Pairs of companies that both are short forms of a third."""
        names = sorted({self._companies.key(mention.company) for mention in mentions if mention.company})
        if len(names) < 3 or len(names) > self._settings.max_block:
            return frozenset()
        related = self._companies.related
        short = {full: [n for n in names if len(n) < len(full) and related(n, full)] for full in names}
        return frozenset(frozenset(pair) for forms in short.values() for pair in combinations(forms, 2))

    def cluster(
        self,
        mentions: Sequence[EventMention],
        block: Sequence[int],
        reversals: Sequence[int],
        bounds: Counter[str],
    ) -> list[list[int]]:
        """Cluster the mentions at the positions of `block`: those of one person in one direction.

        `reversals` are the positions of the person's mentions in the other direction.
        """
        if len(block) == 1:
            return [list(block)]
        context = self.context([mentions[i] for i in block], [mentions[i] for i in reversals])
        by_telling: dict[Telling, list[int]] = defaultdict(list)
        for position in block:
            by_telling[self.telling(mentions[position])].append(position)
        groups = cluster(
            list(by_telling),
            lambda one, other: self.points(one, other, context),
            self._settings.link_points,
            self._settings.max_block,
            bounds,
        )
        return [[position for telling in group for position in by_telling[telling]] for group in groups]
