"""Gold files to and from the tools that people label with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import InputError
from pipeline.evaluate.gold import read_gold_folder
from pipeline.evaluate.gold_writing import gold_yaml
from pipeline.evaluate.labels import brat, doccano, label_studio, prodigy
from pipeline.evaluate.labels.tasks import Task, losses_of, to_gold, to_task
from pipeline.evaluate.run import ReadArticle, article_path

__all__ = ["FORMS", "Transfer", "export_folder", "import_labels"]


@dataclass(frozen=True, slots=True)
class Form:
    """A tool's form: how to write and read it, and what it has room for, as `losses_of` takes it."""

    write: Callable[[list[Task], Path], None]
    read: Callable[[Path], tuple[list[Task], list[str]]]
    held: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Transfer:
    """What went over; one line per value or label that did not."""

    articles: int
    events: int
    losses: tuple[str, ...]


FORMS: Mapping[str, Form] = {
    "brat": Form(brat.write, brat.read, brat.HELD),
    "doccano": Form(doccano.write, doccano.read, doccano.HELD),
    "label-studio": Form(label_studio.write, label_studio.read, label_studio.HELD),
    "prodigy": Form(prodigy.write, prodigy.read, prodigy.HELD),
}


def export_folder(folder: Path, articles_dir: Path, form: str, output: Path, *, read_article: ReadArticle) -> Transfer:
    """Write a folder of gold files, with the cleaned texts of their articles, in the form of a tool.

    Raises:
        InputError: A gold file or article cannot be read.
    """
    tasks = []
    for gold in read_gold_folder(folder):
        article = read_article(article_path(gold, articles_dir), gold.article, None)
        if article.status == "failed":
            raise InputError(f"{gold.path}: article {gold.article!r} cannot be read ({article.reason})")
        tasks.append(to_task(gold, article.text))
    FORMS[form].write(tasks, output)
    losses = [loss for task in tasks for loss in losses_of(task, FORMS[form].held, form)]
    return Transfer(len(tasks), sum(len(task.events) for task in tasks), tuple(losses))


def import_labels(labels: Path, form: str, output: Path) -> Transfer:
    """Write one gold file per labelled article into a folder.

    Raises:
        InputError: The labels cannot be read, two tasks are for one article, or a gold file is there already.
    """
    tasks, losses = FORMS[form].read(labels)
    pages: dict[Path, str] = {}
    events = 0
    for task in tasks:
        gold, problems = to_gold(task)
        losses += problems
        path = output / f"{Path(task.article).stem}.yaml"
        if path in pages:
            raise InputError(f"{labels}: two tasks are for {path.name}; keep one")
        if path.exists():
            raise InputError(f"{path}: exists; labels are never replaced, so name another folder or delete it")
        pages[path] = gold_yaml(gold)
        events += len(gold.events)
    output.mkdir(parents=True, exist_ok=True)
    for path, page in pages.items():
        path.write_text(page, encoding="utf-8")
    return Transfer(len(tasks), events, tuple(losses))
