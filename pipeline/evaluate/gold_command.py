"""The commands of `gold`: draft, check, import and export gold files."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_FORMATS = click.Choice(["brat", "doccano", "label-studio", "prodigy"])


@click.group()
def gold() -> None:
    """Draft, check, import and export gold files."""


@gold.command()
@click.argument("article", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write.  [stdout]")
@click.option("--published", type=click.DateTime(["%Y-%m-%d"]), help="Publication date, where it states none.")
def new(article: Path, output: Path | None, published: datetime | None) -> None:
    """Draft a gold file from the extractor's own answer, for a person to correct.

    Example: newsmoves gold new articles/042.txt -o answers/042.yaml
    """
    from pipeline.errors import InputError
    from pipeline.evaluate.command import extractor
    from pipeline.evaluate.gold_writing import draft
    from pipeline.evaluate.reading import read_article
    from pipeline.tables import ARTICLES, mentions_of, to_batch

    if output is not None and output.exists():
        raise InputError(f"{output}: exists; a draft never replaces labels, so name another file or delete it")
    found = read_article(article, article.name, published.date() if published else None)
    if found.status != "ok":
        raise InputError(f"{article}: cannot be drafted from ({found.reason})")
    mentions, _ = extractor(None).run(to_batch([found], ARTICLES))
    text = draft(found, article.name, list(mentions_of(mentions)))
    if output is None:
        click.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8")


@gold.command()
@click.argument("folder", type=_FOLDER)
@click.option("--articles", type=_FOLDER, help="Folder of their articles.  [default: beside FOLDER]")
def check(folder: Path, articles: Path | None) -> None:
    """Check every gold file of a folder against the form and against its article.

    Example: newsmoves gold check answers --articles texts
    """
    from pipeline.evaluate.checking import check_folder
    from pipeline.evaluate.command import beside
    from pipeline.evaluate.reading import read_article

    report = check_folder(folder, articles or beside(folder), read_article=read_article)
    for problem in report.problems:
        click.echo(problem, err=True)
    click.echo(
        f"{report.files} gold files, {report.events} events, {report.quiet} without events, "
        f"{len(report.problems)} problems"
    )
    if report.problems:
        raise SystemExit(1)


@gold.command("export")
@click.argument("folder", type=_FOLDER)
@click.option("--articles", type=_FOLDER, help="Folder of their articles.  [default: beside FOLDER]")
@click.option("--format", "form", type=_FORMATS, required=True, help="Labelling tool.")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="File, or folder for brat.")
def export(folder: Path, articles: Path | None, form: str, output: Path) -> None:
    """Write gold files in the form of a labelling tool.

    What the tool's form cannot hold is named on stderr, row by row.

    Example: newsmoves gold export answers --format label-studio -o tasks.json
    """
    from pipeline.evaluate.command import beside
    from pipeline.evaluate.labels import export_folder
    from pipeline.evaluate.reading import read_article

    report = export_folder(folder, articles or beside(folder), form, output, read_article=read_article)
    for loss in report.losses:
        click.echo(loss, err=True)
    click.echo(f"{report.articles} articles, {report.events} events; {len(report.losses)} values not held")


@gold.command("import")
@click.argument("labels", type=click.Path(exists=True, path_type=Path))
@click.option("--format", "form", type=_FORMATS, required=True, help="Labelling tool.")
@click.option("-o", "--output", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder.")
def import_(labels: Path, form: str, output: Path) -> None:
    """Write gold files from the export of a labelling tool, which is a file, or a folder for brat.

    Example: newsmoves gold import project.json --format label-studio -o answers
    """
    from pipeline.evaluate.labels import import_labels

    report = import_labels(labels, form, output)
    for loss in report.losses:
        click.echo(loss, err=True)
    click.echo(f"{report.articles} articles, {report.events} events; {len(report.losses)} labels not understood")
