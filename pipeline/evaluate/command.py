"""The commands of this package: `evaluate`, and `gold` from its own module."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.evaluate.gold_command import gold

if TYPE_CHECKING:
    from pipeline.evaluate.run import EvaluationRun, Extracts

__all__ = ["evaluate", "gold"]

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_FILE = click.Path(dir_okay=False, path_type=Path)
DEFAULT_GOLD = Path("tests/gold/answers")


@click.command()
@click.option("--gold", "gold_dir", type=_FOLDER, help=f"Folder of gold files.  [default: {DEFAULT_GOLD}]")
@click.option("--articles", "articles_dir", type=_FOLDER, help="Folder of their articles.  [default: beside GOLD]")
@click.option("--published", type=click.DateTime(["%Y-%m-%d"]), help="Publication date of articles that state none.")
@click.option("--rules", type=_FOLDER, help="Folder of own rules that add to the built-in ones.")
@click.option("--errors", is_flag=True, help="Print every row that is not right, with its sentence.")
@click.option("--json", "as_json", is_flag=True, help="Print the scores as JSON.")
@click.option("--save", type=_FILE, help="Save the run, to compare later ones with.")
@click.option("--against", type=_FILE, help="Compare with a saved run.")
@click.option("--html", type=_FILE, help="Write the error report, one self-contained page.")
@click.option("--floors", "floors_path", type=_FILE, help="Fail below the floors of this file.")
@click.option("--raise-floors", is_flag=True, help="Move floors up to the scores of this run.")
@click.option("--lower-floors", is_flag=True, help="Move floors down to the scores of this run.")
@click.option("--reason", help="Why the floors are lowered; it is stored in the floors file.")
@click.option("--repin", is_flag=True, help="Tie the floors to the gold files as they are now.")
@click.option(
    "--screen",
    is_flag=True,
    help="Only tell what the screen costs; fail where it is too much.",
)
def evaluate(
    gold_dir: Path | None,
    articles_dir: Path | None,
    published: datetime | None,
    rules: Path | None,
    errors: bool,
    as_json: bool,
    save: Path | None,
    against: Path | None,
    html: Path | None,
    floors_path: Path | None,
    raise_floors: bool,
    lower_floors: bool,
    reason: str | None,
    repin: bool,
    screen: bool,
) -> None:
    """Score the extractor against gold files.

    Example: newsmoves evaluate --gold answers --articles texts --errors
    """
    if floors_path is None and (raise_floors or lower_floors or repin):
        raise click.UsageError("--raise-floors, --lower-floors and --repin need --floors FILE")
    if lower_floors and not (reason and reason.strip()):
        raise click.UsageError("--lower-floors needs --reason TEXT")
    if reason and not lower_floors:
        raise click.UsageError("--reason goes with --lower-floors")
    gold_dir = gold_dir or DEFAULT_GOLD
    articles_dir = articles_dir or beside(gold_dir)
    day = published.date() if published else None
    run = _run(gold_dir, articles_dir, day, extractor(rules))
    if screen:
        if not _screen_is_cheap(_run(gold_dir, articles_dir, day, extractor(rules, screened=False)), run):
            raise SystemExit(1)
        return
    _print(run, against, errors=errors, as_json=as_json)
    if save:
        from pipeline.evaluate.outcomes import run_json

        save.write_text(json.dumps(run_json(run), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    if html:
        from pipeline.evaluate.report import report_html

        html.write_text(report_html(run), encoding="utf-8")
    if floors_path:
        if raise_floors or lower_floors or repin:
            _move_floors(run, floors_path, lower=lower_floors, up=raise_floors, repin=repin, reason=reason)
        if not _passes(run, floors_path):
            raise SystemExit(1)


def beside(gold_dir: Path) -> Path:
    """The folder `articles` beside a folder of gold files, else that folder itself."""
    neighbour = gold_dir.resolve().parent / "articles"
    return neighbour if neighbour.is_dir() else gold_dir


def extractor(rules: Path | None, screened: bool = True) -> Extracts:
    """The extractor as users get it, with a folder of own rules or without; or one that reads every sentence."""
    from pipeline.extract import Extractor, ExtractSettings

    made: Extracts = Extractor(ExtractSettings(rules=(rules,) if rules else (), screened=screened))
    return made


def _run(gold_dir: Path, articles_dir: Path, published: date | None, extracts: Extracts) -> EvaluationRun:
    from pipeline.evaluate import run as runs
    from pipeline.evaluate.reading import read_article

    return runs.evaluate(gold_dir, articles_dir, extracts, published, read_article=read_article)


def _screen_is_cheap(every: EvaluationRun, screened: EvaluationRun) -> bool:
    """Print what the screen costs; whether that is as little as it may be."""
    from pipeline.evaluate.screening import loss_lines, screen_loss, too_much

    loss = screen_loss(every, screened)
    for line in loss_lines(loss):
        click.echo(line)
    problems = too_much(loss)
    for problem in problems:
        click.echo(problem, err=True)
    return not problems


def _print(run: EvaluationRun, against: Path | None, *, errors: bool, as_json: bool) -> None:
    from pipeline.evaluate.comparison import compare_runs, comparison_json, comparison_lines
    from pipeline.evaluate.gold import check_against_text
    from pipeline.evaluate.mistakes import error_text
    from pipeline.evaluate.outcomes import read_run, saved
    from pipeline.evaluate.table import score_lines, scores_json

    comparison = compare_runs(read_run(against), saved(run)) if against else None
    for item in run.articles:
        if item.article.status != "ok":
            click.echo(f"not read: {item.score.gold.article}: {item.article.reason}", err=True)
            continue
        for problem in check_against_text(item.score.gold, item.article.text):
            click.echo(problem, err=True)
    if as_json:
        data = scores_json(run.scores)
        if comparison:
            data["against"] = comparison_json(comparison)
        click.echo(json.dumps(data, indent=2, ensure_ascii=False))
        return
    lines: list[Iterator[str]] = [error_text(run)] if errors else []
    lines.append(score_lines(run.scores))
    if comparison:
        lines.append(comparison_lines(comparison))
    for part in lines:
        for line in part:
            click.echo(line)


def _digest(run: EvaluationRun) -> str:
    from pipeline.evaluate.gold import gold_digest

    return gold_digest([item.score.gold for item in run.articles], run.articles_folder)


def _move_floors(run: EvaluationRun, path: Path, *, lower: bool, up: bool, repin: bool, reason: str | None) -> None:
    from dataclasses import replace

    from pipeline.errors import InputError
    from pipeline.evaluate import floors

    digest, figures = _digest(run), floors.measured(run.scores)
    held = floors.read_floors(path) if path.exists() or not up else None
    if held is not None and held.gold_sha256 != digest:
        if not repin:
            raise InputError(f"{path}: the gold files changed since the floors were measured; add --repin")
        held = replace(held, gold_sha256=digest)
    if lower and held is not None:
        held = floors.lowered(held, figures, (reason or "").strip())
    if up:
        held = floors.raised(held, figures, digest)
    if held is not None:
        floors.write_floors(path, held)


def _passes(run: EvaluationRun, path: Path) -> bool:
    from pipeline.evaluate import floors

    problems = floors.breaches(floors.read_floors(path), floors.measured(run.scores), _digest(run), path)
    for problem in problems:
        click.echo(problem, err=True)
    return not problems
