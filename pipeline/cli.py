"""The command line: talks to people, knows no NLP. Each command imports what it needs when it runs."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline import __version__
from pipeline.errors import NewsmovesError
from pipeline.lean import without_pandas
from pipeline.records import LEAST_CONFIDENCE

if TYPE_CHECKING:
    from pipeline.engines import Engine
    from pipeline.flow import RunSettings
    from pipeline.places import AnyPath

# Name: (module, attribute, help line). The help line stands here so that --help loads no command.
_ELSEWHERE = {
    "bench": ("pipeline.bench", "bench", "Measure speed and memory on a folder of articles."),
    "evaluate": ("pipeline.evaluate.command", "evaluate", "Score the extractor against gold files."),
    "gold": ("pipeline.evaluate.command", "gold", "Draft, check, import and export gold files."),
}


class _Verbs(click.Group):
    """Commands of this module, and those of others, loaded when called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*super().list_commands(ctx), *_ELSEWHERE]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in _ELSEWHERE:
            module, attribute, _ = _ELSEWHERE[cmd_name]
            command: click.Command = getattr(import_module(module), attribute)
            return command
        return super().get_command(ctx, cmd_name)

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [(name, command.get_short_help_str(70)) for name, command in self.commands.items()]
        rows += [(name, line) for name, (_, _, line) in _ELSEWHERE.items()]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


@click.group(cls=_Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="newsmoves")
def cli() -> None:
    """Reads news in bulk and says who moved where, with the sentence that says so.

    \b
    Example:
      newsmoves extract raw/ -o output/
    """


def _columns(_: click.Context, __: click.Parameter, value: str | None) -> dict[str, str]:
    columns: dict[str, str] = {}
    for pair in filter(None, (value or "").split(",")):
        ours, equals, theirs = (part.strip() for part in pair.partition("="))
        known = ("text", "title", "url", "published", "authors", "publisher")
        if not equals or not theirs or ours not in known:
            raise click.BadParameter(f"'{pair}' is not OURS=THEIRS with OURS one of {', '.join(known)}")
        columns[ours] = theirs
    return columns


class _Place(click.Path):
    """A folder of this machine, or a place in an object store."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        from pipeline.places import is_remote, place

        return place(value) if isinstance(value, str) and is_remote(value) else super().convert(value, param, ctx)


def _day(_: click.Context, __: click.Parameter, value: datetime | None) -> date | None:
    return value.date() if value else None


def _shared(command: Any) -> Any:
    """The options of every command that reads articles."""
    for option in reversed(
        (
            click.argument("inputs", nargs=-1, required=True, metavar="INPUT..."),
            click.option(
                "-o",
                "--output",
                required=True,
                type=_Place(path_type=Path, file_okay=False),
                help="Folder of the tables, or s3://bucket/place.",
            ),
            click.option(
                "--published",
                type=click.DateTime(["%Y-%m-%d"]),
                callback=_day,
                metavar="DATE",
                help="Publication date of articles that give none, as 2024-10-15.",
            ),
            click.option(
                "--columns",
                callback=_columns,
                metavar="OURS=THEIRS,...",
                help="Where records keep the article, as text=maintext,title=headline.",
            ),
            click.option(
                "--limit",
                type=click.IntRange(min=1),
                metavar="N",
                help="Take only the first N articles; all when absent.",
            ),
            click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors."),
        )
    ):
        command = option(command)
    return command


_rules = click.option(
    "--rules",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="DIR",
    help="Folder of own rules, added to the built-in ones; may be repeated.",
)


@cli.command()
@_shared
@_rules
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    metavar="N",
    help="Processes that extract; as many as there are CPUs when absent.",
)
@click.option(
    "--engine",
    type=click.Choice(["local", "pool", "ray"]),
    default="pool",
    help="Where it runs: this process, processes of this machine, a Ray cluster.  [default: pool]",
)
@click.option("--address", metavar="ADDR", help="The Ray cluster that this machine is a node of, as auto.")
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=LEAST_CONFIDENCE,
    show_default=True,
    metavar="X",
    help="Reject event mentions below it, 0 to 1; 0 keeps all.",
)
def extract(
    inputs: tuple[str, ...],
    output: AnyPath,
    quiet: bool,
    workers: int | None,
    engine: str,
    address: str | None,
    **options: Any,
) -> None:
    """Run everything: articles in, tables out.

    INPUT is a file, a folder, a pattern, or - for standard input. Running again reads only what is new.

    \b
    Examples:
      newsmoves extract raw/ -o output/
      newsmoves extract news.jsonl.gz -o output/ --columns text=maintext,published=date_publish
      newsmoves extract 'wire/*.html' -o output/ --rules my_rules/ --workers 4
    """
    from pipeline.flow import run_extract
    from pipeline.newest import newest_events

    _log(quiet)
    settings = _settings(inputs, output, workers=workers or _cpus(), **options)
    result = run_extract(settings, _progress(quiet), _engine(engine, workers, address))
    if not quiet:
        if not result.changed:
            click.echo("Nothing was new.")
        click.echo(newest_events(output))


@cli.command()
@_shared
def ingest(inputs: tuple[str, ...], output: AnyPath, quiet: bool, **options: Any) -> None:
    """Run the first stage only: articles.parquet.

    \b
    Example:
      newsmoves ingest crawl.warc.gz -o output/
    """
    from pipeline.flow import run_ingest

    _log(quiet)
    result = run_ingest(_settings(inputs, output, **options), _progress(quiet))
    if not quiet:
        counts = result.record["ingest"]
        click.echo(f"{counts['articles']} articles in {output}")


@cli.command()
@click.argument("output", type=_Place(path_type=Path, file_okay=False, exists=True), metavar="OUTPUT")
@_rules
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
def dedupe(output: AnyPath, rules: tuple[Path, ...], quiet: bool) -> None:
    """Run the last stage only: merge the event mentions in OUTPUT again.

    \b
    Example:
      newsmoves dedupe output/
    """
    from pipeline.flow import run_dedupe

    _log(quiet)
    result = run_dedupe(output, rules)
    if not quiet:
        click.echo(f"{result.record['tables']['events']} events in {output}")


@cli.command()
@click.argument("file", metavar="FILE|-")
@click.option(
    "--published",
    type=click.DateTime(["%Y-%m-%d"]),
    callback=_day,
    metavar="DATE",
    help="Publication date where the article gives none, as 2024-10-15.",
)
@_rules
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per article.")
def explain(file: str, published: date | None, rules: tuple[Path, ...], as_json: bool) -> None:
    """Show each trigger of an article, what filled each slot, and why what was left out was left out.

    \b
    Examples:
      newsmoves explain raw/article.html
      echo 'Acme named Jane Roe chief executive.' | newsmoves explain -
    """
    from pipeline.ingest import IngestSettings, discover, read

    sources = discover([file])
    from pipeline.extract import ExtractSettings
    from pipeline.extract import explain as explained

    for source in sources:
        for article in read(source, IngestSettings(published=published)):
            click.echo(explained(article, ExtractSettings(rules=rules), as_json))


def _settings(inputs: tuple[str, ...], output: AnyPath, **options: Any) -> RunSettings:
    from pipeline.flow import RunSettings

    return RunSettings(inputs=inputs, output=output, **options)


def _engine(name: str, workers: int | None, address: str | None) -> Engine | None:
    """None is the usual one, the pool."""
    if address and name != "ray":
        raise click.UsageError("--address is that of a Ray cluster; add --engine ray")
    if name == "ray":
        from pipeline.engines.ray import RayEngine

        return RayEngine(address, workers)
    if name == "local":
        from pipeline.engines.local import LocalEngine

        return LocalEngine()
    return None


def _cpus() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _log(quiet: bool) -> None:
    logging.basicConfig(
        level=logging.ERROR if quiet else logging.INFO, format="%(message)s", stream=sys.stderr, force=True
    )
    for name in ("trafilatura", "htmldate", "dateparser", "spacy", "courlan", "justext"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


class _Bar:
    """A progress bar on the terminal."""

    def __init__(self) -> None:
        self._bar: Any = None

    def start(self, stage: str, total: int) -> None:
        self._bar = click.progressbar(length=total, label=stage, file=sys.stderr, show_pos=True) if total else None

    def advance(self, steps: int) -> None:
        if self._bar:
            self._bar.update(steps)

    def finish(self) -> None:
        if self._bar:
            self._bar.render_finish()
            self._bar = None


def _progress(quiet: bool) -> _Bar | None:
    return _Bar() if sys.stderr.isatty() and not quiet else None


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit: 0 done, 1 failed, 2 wrong usage, 130 interrupted."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read when NumPy is imported; more only waste time here
    if arguments is None:  # this process is the program's own
        without_pandas()
    try:
        code = cli.main(args=arguments, prog_name="newsmoves", standalone_mode=False)
    except click.ClickException as err:
        err.show()
        code = err.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted; run the same command again to go on where it was.", err=True)
        code = 130
    except NewsmovesError as err:
        click.echo(f"Error: {err}", err=True)
        code = 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    except OSError as err:
        where = f"{err.filename}: " if err.filename else ""
        click.echo(f"Error: {where}{err.strerror or err}", err=True)
        code = 1
    sys.exit(code if isinstance(code, int) else 0)
