"""The commands `evaluate` and `gold`."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import click

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command()
@click.option("--gold", "gold_dir", type=_FOLDER, help="Folder of gold files.  [tests/gold/answers]")
@click.option("--articles", "articles_dir", type=_FOLDER, help="Folder of the articles they name.")
@click.option("--published", type=click.DateTime(["%Y-%m-%d"]), help="Date of articles that state none.")
@click.option("--errors", is_flag=True, help="Print every row that is not right, with its sentence.")
@click.option("--json", "as_json", is_flag=True, help="Print the scores as JSON.")
def evaluate(
    gold_dir: Path | None,
    articles_dir: Path | None,
    published: datetime | None,
    errors: bool,
    as_json: bool,
) -> None:
    """Score the extractor against gold files."""
    from pipeline.evaluate import run as runs
    from pipeline.evaluate.mistakes import error_text
    from pipeline.evaluate.reading import read_article
    from pipeline.evaluate.table import score_lines, scores_json
    from pipeline.extract import Extractor, ExtractSettings  # type: ignore[attr-defined]

    gold_dir = gold_dir or Path("tests/gold/answers")
    outcome = runs.evaluate(
        gold_dir,
        articles_dir or gold_dir.parent / "articles",
        Extractor(ExtractSettings()),
        published.date() if published else None,
        read_article=read_article,
    )
    if errors:
        for block in error_text(outcome):
            click.echo(block)
    if as_json:
        click.echo(json.dumps(scores_json(outcome.scores), indent=2))
    else:
        for line in score_lines(outcome.scores):
            click.echo(line)


if __name__ == "__main__":
    evaluate()
