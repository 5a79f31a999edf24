"""Learn how likely a row is right, and show how far the answer can be trusted on sets it was not learned on.

    python tools/train_confidence.py NAME=GOLD:ARTICLES[:YYYY-MM-DD] ... [--count NAME=4 ...] [--write]

One example is one predicted row; it is right where person, company and direction agree with a gold row. Run
it after train_company.py, whose weights decide the companies. `--count` lets the rows of a set count several
times: those of a kind of news that the other sets hardly have.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from labelled import LabelledSet, frequent
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from pipeline.evaluate.reading import read_article
from pipeline.evaluate.run import evaluate
from pipeline.extract import Extractor, ExtractSettings, resolve
from pipeline.extract.confidence import RowFeatures, numbers

WEIGHTS = Path(__file__).parents[1] / "pipeline" / "rules" / "weights.toml"
LEAST_ROWS = 5  # a feature seen in fewer rows is left out
BINS = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)


@dataclass(frozen=True, slots=True)
class Example:
    """A predicted row and whether it is right."""

    set_name: str
    found: dict[str, float]
    right: bool
    weight: float = 1.0


class Recorder:
    """Stands in for `confidence_of`: keeps the features and answers with their number."""

    def __init__(self) -> None:
        self.seen: list[RowFeatures] = []

    def __call__(self, features: RowFeatures) -> float:
        self.seen.append(features)
        return float(len(self.seen) - 1)


def read_examples(sets: Sequence[LabelledSet], times: Mapping[str, float]) -> list[Example]:
    """Every predicted row of the sets; `times` says how often the rows of a set count, once where it is silent."""
    extractor, recorder = Extractor(ExtractSettings(min_confidence=0)), Recorder()
    names = vars(resolve)
    names["confidence_of"] = recorder
    examples = []
    for labelled in sets:
        run = evaluate(labelled.gold, labelled.articles, extractor, labelled.published, read_article=read_article)
        for item in run.articles:
            right = {pair.predicted for pair in item.score.pairs if pair.agreement.event}
            for number, row in enumerate(item.score.predicted):
                features = recorder.seen[round(row.confidence)]
                weight = times.get(labelled.name, 1.0)
                examples.append(Example(labelled.name, numbers(features), number in right, weight))
    return examples


def matrix(examples: Sequence[Example], keys: Sequence[str]) -> NDArray[np.float64]:
    return np.array([[example.found.get(key, 0.0) for key in keys] for example in examples])


def learn(examples: Sequence[Example], keys: Sequence[str], penalty: float) -> LogisticRegression:
    model = LogisticRegression(C=1 / penalty, max_iter=2000)
    right, weight = [example.right for example in examples], [example.weight for example in examples]
    model.fit(matrix(examples, keys), right, sample_weight=weight)
    return model


def left_out(examples: Sequence[Example], keys: Sequence[str], penalty: float) -> NDArray[np.float64]:
    """The answer for each row from the rows of all other sets."""
    answers = np.zeros(len(examples))
    for name in sorted({example.set_name for example in examples}):
        own = [number for number, example in enumerate(examples) if example.set_name == name]
        model = learn([example for example in examples if example.set_name != name], keys, penalty)
        answers[own] = model.predict_proba(matrix([examples[number] for number in own], keys))[:, 1]
    return answers


def report(examples: Sequence[Example], answers: NDArray[np.float64]) -> None:
    """Brier score against a constant, per set and over all, then answer against truth in steps."""
    right = np.array([example.right for example in examples], dtype=float)
    print(f"{'set':<12}{'rows':>6}{'right':>8}{'answer':>8}{'Brier':>8}{'constant':>10}")
    names = [*sorted({example.set_name for example in examples}), None]
    for name in names:
        mask = np.array([name is None or example.set_name == name for example in examples])
        truth, answer = right[mask], answers[mask]
        brier, constant = np.mean((answer - truth) ** 2), np.mean((truth.mean() - truth) ** 2)
        print(
            f"{name or 'all':<12}{mask.sum():>6}{truth.mean():>8.3f}{answer.mean():>8.3f}{brier:>8.3f}{constant:>10.3f}"
        )
    print(f"\n{'answer':<12}{'rows':>6}{'mean':>8}{'right':>8}")
    for low, high in pairwise(BINS):
        mask = (answers >= low) & (answers < high)
        if mask.any():
            print(
                f"{low:.1f}-{min(high, 1):.1f}     {mask.sum():>6}"
                f"{answers[mask].mean():>8.3f}{right[mask].mean():>8.3f}"
            )


def write(path: Path, model: LogisticRegression, keys: Sequence[str]) -> None:
    """Replace the confidence part of the weights file; the other parts stay."""
    text = path.read_text(encoding="utf-8").partition("\n[confidence]")[0].rstrip("\n")
    found = {"intercept": model.intercept_[0], **dict(zip(keys, model.coef_[0], strict=True))}
    lines = [f"{key} = {value:.3f}" for key, value in found.items()]
    path.write_text(text + "\n\n[confidence]\n" + "\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", type=LabelledSet.parse)
    parser.add_argument("--penalty", type=float, default=3.0, help="pull of the weights towards 0 (default 3)")
    parser.add_argument("--count", action="append", default=[], metavar="NAME=N", help="let a set count N times")
    parser.add_argument("--write", action="store_true", help="write the weights into pipeline/rules/weights.toml")
    options = parser.parse_args()
    times = {name: float(number) for name, _, number in (item.partition("=") for item in options.count)}
    examples = read_examples(options.sets, times)
    keys = frequent((example.found for example in examples), LEAST_ROWS)
    report(examples, left_out(examples, keys, options.penalty))
    if options.write:
        write(WEIGHTS, learn(examples, keys, options.penalty), keys)


if __name__ == "__main__":
    main()
