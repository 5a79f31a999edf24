"""Checking a folder of gold files as a whole: every problem at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import InputError
from pipeline.evaluate.gold import check_against_text, gold_files, read_gold
from pipeline.evaluate.run import ReadArticle, article_path


@dataclass(frozen=True, slots=True)
class GoldCheck:
    """What a check found; one line per problem, with file, line and remedy."""

    files: int
    events: int
    quiet: int
    problems: tuple[str, ...]


def check_folder(folder: Path, articles_dir: Path, *, read_article: ReadArticle) -> GoldCheck:
    """Check form, double answers, and every person and quotation against the article's cleaned text.

    Raises:
        InputError: The folder holds no gold files.
    """
    files = gold_files(folder)
    problems: list[str] = []
    seen: dict[str, Path] = {}
    events = quiet = 0
    for path in files:
        try:
            gold = read_gold(path)
            if gold.article in seen:
                problems.append(f"{path}: answers for {gold.article!r}, as {seen[gold.article].name} does; keep one")
            seen.setdefault(gold.article, path)
            events += len(gold.events)
            quiet += not gold.events
            article = read_article(article_path(gold, articles_dir), gold.article, None)
        except InputError as err:
            problems.append(str(err))
            continue
        if article.status == "ok":
            problems += check_against_text(gold, article.text)
        else:
            problems.append(f"{path}: article {gold.article!r} cannot be read ({article.reason})")
    return GoldCheck(len(files), events, quiet, tuple(problems))
