"""Labelled articles as the extractor sees them: views, candidates and rows beside their gold rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.evaluate.gold import GoldArticle, GoldEvent, read_gold_folder
from pipeline.evaluate.normalise import companies_agree, persons_agree, roles_agree
from pipeline.evaluate.reading import read_article
from pipeline.evaluate.run import article_path
from pipeline.extract import Extractor
from pipeline.extract.candidates import Candidate, Matches
from pipeline.extract.evidence import company_evidence
from pipeline.extract.held_roles import default_roles
from pipeline.extract.match import collect
from pipeline.extract.role_values import RoleValue
from pipeline.extract.view import View, build_view
from pipeline.records import DIRECTIONS, Article


def frequent(found: Iterable[Mapping[str, float]], least: int) -> list[str]:
    """The features that at least so many examples have, sorted."""
    counts = Counter(key for one in found for key in one)
    return sorted(key for key, count in counts.items() if count >= least)


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """A folder of gold files with its articles; `published` stands in where an article has no date."""

    name: str
    gold: Path
    articles: Path
    published: date | None = None

    @classmethod
    def parse(cls, text: str) -> LabelledSet:
        """From `NAME=GOLD_FOLDER:ARTICLES_FOLDER` or `NAME=GOLD_FOLDER:ARTICLES_FOLDER:YYYY-MM-DD`."""
        name, _, rest = text.partition("=")
        gold, articles, *day = rest.split(":")
        return cls(name, Path(gold), Path(articles), date.fromisoformat(day[0]) if day else None)


@dataclass(frozen=True, slots=True)
class LabelledArticle:
    """An article with its gold rows, annotated and matched, companies not yet decided."""

    set_name: str
    article: Article
    gold: GoldArticle
    view: View
    matches: Matches


@dataclass(frozen=True, slots=True)
class CompanyExample:
    """One decision on a company: the evidence of each organisation, and which of them are right.

    `right` is empty where no organisation of the article is; `null` tells whether an empty answer counts.
    """

    labelled: LabelledArticle
    candidate: Candidate
    role: RoleValue | None
    evidence: dict[int, dict[str, float]]
    right: frozenset[int]
    null: bool


def read_set(labelled: LabelledSet, extractor: Extractor) -> Iterator[LabelledArticle]:
    """Every readable article of a set in which anything can state an event."""
    golds = read_gold_folder(labelled.gold)
    articles = [read_article(article_path(g, labelled.articles), g.article, labelled.published) for g in golds]
    by_id = {article.article_id: gold for article, gold in zip(articles, golds, strict=True)}
    for article, windows in extractor._annotated([a for a in articles if a.status == "ok"]):
        published = article.published_at.date() if article.published_at is not None else None
        view = build_view(article.article_id, article.text, published, windows)
        matches = collect(view)
        yield LabelledArticle(labelled.name, article, by_id[article.article_id], view, matches)


def company_examples(labelled: LabelledArticle) -> Iterator[CompanyExample]:
    """A decision for each candidate and role whose person and direction a gold row states."""
    view = labelled.view
    names = [organisation.full for organisation in view.organisations.organisations]
    for candidate in labelled.matches.candidates:
        roles = list(candidate.roles) or default_roles(view, candidate)[0] or [None]
        for role in roles:
            golds = _answers(labelled, candidate, role)
            if not golds:
                continue
            companies = {company for gold in golds for company in gold.company}
            right = {
                index
                for index, name in enumerate(names)
                if any(company is not None and companies_agree(company, name) for company in companies)
            }
            evidence = company_evidence(view, candidate, role)
            yield CompanyExample(labelled, candidate, role, evidence, frozenset(right), None in companies)


def _answers(labelled: LabelledArticle, candidate: Candidate, role: RoleValue | None) -> Sequence[GoldEvent]:
    """The gold rows of the candidate's person and direction; those with its role if there are any."""
    person = labelled.view.people.persons[candidate.person.entity].full
    same = [
        event
        for event in labelled.gold.events
        if any(persons_agree(name, person, frozenset()) for name in event.person)
        and any(DIRECTIONS[action] == candidate.direction for action in event.action)
    ]
    if role is None:
        return same
    with_role = [e for e in same if any(r is not None and roles_agree(r, role.text) for r in e.role)]
    return with_role or same
