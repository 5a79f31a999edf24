"""Learn the weights that decide on companies, and compare them, set by set, with the ones in force.

    python tools/train_company.py NAME=GOLD:ARTICLES[:YYYY-MM-DD] ... [--count NAME=4 ...] [--write]

Every candidate whose person and direction a gold row states is one example: its organisations compete, and
the right ones should win (a conditional logit). The penalty pulls each weight towards its prior, the weight
set by hand in company_prior.toml, so that evidence too rare to learn from keeps it. Where learned weights do
not beat the prior, leaving one set out, the prior is written. `--count` lets the articles of a set count several
times: those that somebody published, beside others made for practice. "shared, leave one set out" rests on first
decisions fitted to all sets, and so is too kind by about a point.
"""

from __future__ import annotations

import argparse
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from labelled import CompanyExample, LabelledSet, company_examples, read_set
from numpy.typing import NDArray
from scipy.optimize import minimize

from pipeline.extract import Extractor
from pipeline.extract.company import Decided, choice_of, decided_of, is_stated, shared_scores
from pipeline.extract.evidence import NONE

WEIGHTS = Path(__file__).parents[1] / "pipeline" / "rules" / "weights.toml"
PRIOR = Path(__file__).parent / "company_prior.toml"
HELD = 1e6  # pull on a weight that stays as it was set by hand
Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Problem:
    """One example in numbers: a row per answer; `right` marks the answers that count."""

    set_name: str
    features: Vector
    right: NDArray[np.bool_]
    weight: float


def problems_of(examples: Sequence[CompanyExample], keys: Sequence[str]) -> list[Problem]:
    """Examples as numbers; those that no answer can meet teach nothing and are left out."""
    column = {key: number for number, key in enumerate(keys)}
    repeats = Counter(_event(example) for example in examples)
    problems = []
    for example in examples:
        if not example.right and not example.null:
            continue
        features = np.zeros((len(example.evidence), len(keys)))
        right = np.zeros(len(example.evidence), dtype=bool)
        for row, (index, found) in enumerate(sorted(example.evidence.items())):
            right[row] = index in example.right if index != NONE else example.null
            for key, value in found.items():
                if key in column:
                    features[row, column[key]] = value
        problems.append(Problem(example.labelled.set_name, features, right, 1 / repeats[_event(example)]))
    return problems


def _event(example: CompanyExample) -> tuple[str, int, str, str | None]:
    role = example.role.text.lower() if example.role is not None else None
    return (
        example.labelled.view.article_id,
        example.candidate.person.entity,
        example.candidate.direction,
        role,
    )


def fit(problems: Sequence[Problem], prior: Vector, strength: float | Vector) -> Vector:
    """Weights of least loss: the log share of the right answers, and the squared distance from the prior.

    `strength` is the pull towards the prior, one for all weights or one for each.
    """

    def loss(weights: Vector) -> tuple[float, Vector]:
        value, slope = 0.0, np.zeros_like(weights)
        for problem in problems:
            scores = problem.features @ weights
            shares = np.exp(scores - scores.max())
            shares /= shares.sum()
            hit = shares[problem.right].sum()
            value -= problem.weight * np.log(max(hit, 1e-12))
            wanted = np.where(problem.right, shares / max(hit, 1e-12), 0.0)
            slope += problem.weight * (problem.features.T @ (shares - wanted))
        away = weights - prior
        return value + float(away @ (strength * away)), slope + 2 * strength * away

    result = minimize(loss, prior, jac=True, method="L-BFGS-B", options={"maxiter": 500})
    return np.asarray(result.x)


def accuracy(problems: Sequence[Problem], weights: Vector) -> tuple[float, float]:
    """Weight of the examples decided rightly, and of all."""
    hits = sum(p.weight for p in problems if p.right[int(np.argmax(p.features @ weights))])
    return hits, sum(p.weight for p in problems)


def left_out(
    problems: Sequence[Problem], learn: Callable[[Sequence[Problem]], Vector]
) -> dict[str, tuple[float, float]]:
    """Per set: accuracy of weights learned on all other sets."""
    found = {}
    for name in sorted({p.set_name for p in problems}):
        weights = learn([p for p in problems if p.set_name != name])
        found[name] = accuracy([p for p in problems if p.set_name == name], weights)
    return found


def first_decisions(examples: Sequence[CompanyExample], weights: Mapping[str, float]) -> list[Decided]:
    """First decisions on the candidates of one article."""
    decided = []
    for example in examples:
        scores = {i: sum(weights.get(k, 0.0) * v for k, v in found.items()) for i, found in example.evidence.items()}
        names = {i: tuple(found) for i, found in example.evidence.items()}
        decided.append(decided_of(example.candidate.person.entity, example.candidate, choice_of(scores, names)))
    return decided


RELATIONS = ("same_person", "counterpart", "same_sentence")


def shared_problems(
    examples: Sequence[CompanyExample], weights: Mapping[str, float], where_stated: float
) -> list[Problem]:
    """The second decision in numbers: the first score, then the share of each relation, less where one is stated."""
    by_article: dict[str, list[CompanyExample]] = {}
    for example in examples:
        by_article.setdefault(example.labelled.view.article_id, []).append(example)
    repeats = Counter(_event(example) for example in examples)
    problems = []
    for group in by_article.values():
        decided = first_decisions(group, weights)
        for example, item, relations in zip(group, decided, shared_scores(decided), strict=True):
            if not example.right and not example.null:
                continue
            order = sorted(example.evidence)
            lean = where_stated if is_stated(item.choice) else 1.0
            features = np.array(
                [
                    [
                        item.choice.scores[i],
                        *(lean * relations.get(r, {}).get(i, 0.0) if i != NONE else 0.0 for r in RELATIONS),
                    ]
                    for i in order
                ]
            )
            right = np.array([i in example.right if i != NONE else example.null for i in order])
            problems.append(Problem(example.labelled.set_name, features, right, 1 / repeats[_event(example)]))
    return problems


def write(path: Path, keys: Sequence[str], weights: Vector, shared: Mapping[str, float]) -> None:
    """Replace the company part of the weights file; the other parts stay."""
    text = path.read_text(encoding="utf-8")
    head, _, rest = text.partition("[company.evidence]")
    after = rest[rest.find("\n[confidence") :] if "\n[confidence" in rest else ""
    found = {key: round(float(value), 2) for key, value in zip(keys, weights, strict=True)}
    lines = ["[company.evidence]", *(f"{key} = {value}" for key, value in found.items() if value)]
    lines += ["", "[company.shared]", *(f"{key} = {value:.2f}" for key, value in shared.items())]
    path.write_text(head + "\n".join(lines) + "\n" + after, encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", type=LabelledSet.parse)
    parser.add_argument("--strength", type=float, default=5.0, help="pull towards the prior (default 5)")
    parser.add_argument("--count", action="append", default=[], metavar="NAME=N", help="let a set count N times")
    parser.add_argument("--write", action="store_true", help="write the weights into pipeline/rules/weights.toml")
    options = parser.parse_args()
    extractor = Extractor()
    examples = [e for s in options.sets for labelled in read_set(s, extractor) for e in company_examples(labelled)]
    prior_data = tomllib.loads(PRIOR.read_text(encoding="utf-8"))
    force = tomllib.loads(WEIGHTS.read_text(encoding="utf-8"))["company"]
    keys = sorted({*prior_data["evidence"], *(key for e in examples for f in e.evidence.values() for key in f)})
    prior = np.array([prior_data["evidence"].get(key, 0.0) for key in keys])
    times = {name: float(number) for name, _, number in (given.partition("=") for given in options.count)}
    problems = [replace(p, weight=p.weight * times.get(p.set_name, 1)) for p in problems_of(examples, keys)]
    strength = np.where(np.isin(keys, prior_data["held"]), HELD, options.strength)

    def learn(part: Sequence[Problem]) -> Vector:
        return fit(part, prior, strength)

    out = left_out(problems, learn)
    report(examples, problems, keys, prior, force, out)
    beaten = sum(hits for hits, _ in out.values()) <= accuracy(problems, prior)[0]
    if beaten:
        print("learned weights do not beat the prior on sets they have not seen: the prior stays")
    learned = prior if beaten else learn(problems)
    weights = dict(zip(keys, learned.tolist(), strict=True))
    where_stated = float(prior_data["shared"]["where_stated"])
    shared = shared_problems(examples, weights, where_stated)
    shared_prior = np.array([1.0, *(prior_data["shared"][r] for r in RELATIONS)])
    relations = fit(shared, shared_prior, options.strength)
    before, after = accuracy(shared, np.eye(1, 4)[0]), accuracy(shared, relations)
    print(f"all sets, fitted: alone {before[0] / before[1]:.3f}, shared {after[0] / after[1]:.3f}")
    shared_out = left_out(shared, lambda part: fit(part, shared_prior, options.strength))
    print("shared, leave one set out: " + ", ".join(f"{n} {h / t:.3f}" for n, (h, t) in shared_out.items()))
    if options.write:
        scaled = {r: float(w / relations[0]) for r, w in zip(RELATIONS, relations[1:], strict=True)}
        write(WEIGHTS, keys, learned, {**scaled, "where_stated": where_stated})


def report(
    examples: Sequence[CompanyExample],
    problems: Sequence[Problem],
    keys: Sequence[str],
    prior: Vector,
    force: Mapping[str, object],
    out: Mapping[str, tuple[float, float]],
) -> None:
    """Print accuracy per set: prior weights, weights in force, weights learned without the set."""
    evidence = force["evidence"]
    assert isinstance(evidence, dict)
    now = np.array([evidence.get(key, 0.0) for key in keys])
    print(f"{len(examples)} examples, {len(problems)} that an answer can meet")
    print(f"{'set':<12}{'events':>8}{'prior':>8}{'in force':>10}{'left out':>10}")
    totals = np.zeros(4)
    for name, (hits, total) in out.items():
        own = [p for p in problems if p.set_name == name]
        row = np.array([total, accuracy(own, prior)[0], accuracy(own, now)[0], hits])
        totals += row
        print(
            f"{name:<12}{total:>8.1f}"
            + "".join(f"{v / total:>{w}.3f}" for v, w in zip(row[1:], (8, 10, 10), strict=True))
        )
    print(
        f"{'all':<12}{totals[0]:>8.1f}"
        + "".join(f"{v / totals[0]:>{w}.3f}" for v, w in zip(totals[1:], (8, 10, 10), strict=True))
    )


if __name__ == "__main__":
    main()
