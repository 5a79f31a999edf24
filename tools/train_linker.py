"""Learn which refused triggers tell a move of a person of their sentence, and show it on sets not learned on.

    python tools/train_linker.py NAME=GOLD:ARTICLES[:YYYY-MM-DD] ... [--count NAME=4 ...] [--write]

One example is a pair of a trigger and a person. A refused pair is right where gold has a move of that person in
that direction which no row tells. Pairs of accepted triggers count less: right where row and gold agree, wrong
where both say that the move is not that person's. Run it after train_company.py.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from labelled import LabelledSet, frequent
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.model_selection import GroupKFold

from pipeline.evaluate.normalise import persons_agree
from pipeline.evaluate.reading import read_article
from pipeline.evaluate.run import ScoredArticle, evaluate
from pipeline.extract import Extractor, ExtractSettings, resolve
from pipeline.extract.candidates import Candidate, Matches
from pipeline.extract.event_row import Row
from pipeline.extract.link_features import link_features
from pipeline.extract.linker import pairs, standing_of
from pipeline.extract.view import View
from pipeline.records import DIRECTIONS

TREES = Path(__file__).parents[1] / "pipeline" / "rules" / "linker.toml"
ACCEPTED_WEIGHT = 0.3
LEAST = 0.5  # rows less sure cost general news more precision than they add recall
LEAST_PAIRS = 8  # a feature seen in fewer pairs is left out


@dataclass(frozen=True, slots=True)
class Pair:
    """A trigger and a person; `refused` tells the pairs to be decided from those the rules decided."""

    set_name: str
    article: str
    person: str
    direction: str
    found: dict[str, float]
    refused: bool
    taken: bool = False


@dataclass(frozen=True, slots=True)
class Example:
    pair: Pair
    right: bool
    weight: float


class Recorder:
    """Stands in for `linked`: keeps the pairs of every article and links none."""

    def __init__(self) -> None:
        self.set_name = ""
        self.seen: list[Pair] = []

    def __call__(self, view: View, matches: Matches, rows: Sequence[Row]) -> list[Candidate]:
        if rows:
            self.seen += self._pairs(view, matches, rows)
        return []

    def _pairs(self, view: View, matches: Matches, rows: Sequence[Row]) -> Iterator[Pair]:
        standing = standing_of(view, matches, rows)

        def pair(person: int, action: str, found: dict[str, float], refused: bool, taken: bool = False) -> Pair:
            full = view.people.persons[person].full
            return Pair(self.set_name, view.article_id, full, DIRECTIONS[action], found, refused, taken)

        for refusal, name in pairs(matches, standing):
            found = link_features(view, refusal.window, refusal.trigger, name, refusal.reason, standing)
            yield pair(name.entity, refusal.trigger.rule.action, found, refused=True)
        for candidate in matches.candidates:
            window, trigger = candidate.window, candidate.trigger
            sentence = window.sentences[candidate.sentence]
            named = {n.entity: n for n in window.names_in(sentence.first, sentence.last, "person") if n.entity >= 0}
            for name in named.values():
                found = link_features(view, window, trigger, name, "accepted", standing)
                taken = name.entity == candidate.person.entity
                yield pair(name.entity, trigger.rule.action, found, refused=False, taken=taken)


def read_examples(sets: Sequence[LabelledSet], times: Mapping[str, float]) -> list[Example]:
    """The pairs of the sets that gold decides; `times` says how often those of a set count."""
    extractor, recorder = Extractor(ExtractSettings()), Recorder()
    vars(resolve)["linked"] = recorder
    examples = []
    for labelled in sets:
        recorder.set_name, recorder.seen = labelled.name, []
        run = evaluate(labelled.gold, labelled.articles, extractor, labelled.published, read_article=read_article)
        scored = {item.article.article_id: item for item in run.articles}
        for pair in recorder.seen:
            right = verdict(pair, scored[pair.article])
            if right is not None:
                weight = times.get(pair.set_name, 1.0) * (1.0 if pair.refused else ACCEPTED_WEIGHT)
                examples.append(Example(pair, right, weight))
    return examples


def verdict(pair: Pair, item: ScoredArticle) -> bool | None:
    """Whether gold gives the person such a move; none where that cannot be told or a row has it already."""
    events = item.score.gold.events
    own = [
        number
        for number, event in enumerate(events)
        if any(persons_agree(name, pair.person, frozenset()) for name in event.person)
        and any(DIRECTIONS[action] == pair.direction for action in event.action)
    ]
    if not pair.refused:
        return pair.taken if pair.taken == bool(own) else None
    if not own:
        return False
    missed = [number for number in own if number in item.score.missed]
    return True if any(events[number].scope == "news" for number in missed) else None


def matrix(examples: Sequence[Example], keys: Sequence[str]) -> NDArray[np.float64]:
    return np.array([[example.pair.found.get(key, 0.0) for key in keys] for example in examples])


def learn(examples: Sequence[Example], keys: Sequence[str]) -> HistGradientBoostingClassifier:
    model = HistGradientBoostingClassifier(
        max_iter=250,
        learning_rate=0.05,
        max_leaf_nodes=8,
        min_samples_leaf=15,
        l2_regularization=2,
        max_features=0.4,
        random_state=0,
    )
    weight = [example.weight for example in examples]
    return model.fit(matrix(examples, keys), [example.right for example in examples], sample_weight=weight)


def report(examples: Sequence[Example], keys: Sequence[str]) -> None:
    """For articles left out: of the likeliest pair of each person and direction, how many are right."""
    groups = np.array([f"{example.pair.set_name}/{example.pair.article}" for example in examples])
    answers = np.zeros(len(examples))
    for learned, rest in GroupKFold(5).split(groups, groups=groups):
        model = learn([examples[number] for number in learned], keys)
        answers[rest] = model.predict_proba(matrix([examples[number] for number in rest], keys))[:, 1]
    best: dict[tuple[str, str, str, str], tuple[float, bool]] = {}
    for example, answer in zip(examples, answers, strict=True):
        if example.pair.refused:
            key = (example.pair.set_name, example.pair.article, example.pair.person, example.pair.direction)
            best[key] = max(best.get(key, (0.0, False)), (float(answer), example.right))
    print(f"{'likely':<8}{'pairs':>7}{'right':>7}")
    for least in (0.3, 0.4, 0.5, 0.6, 0.7):
        kept = [right for answer, right in best.values() if answer >= least]
        print(f"{least:<8}{len(kept):>7}{sum(kept):>7}")


def tree_of(nodes: Any, number: int, used: dict[int, int]) -> str:
    node = nodes[number]
    if node["is_leaf"]:
        return f"={node['value']:.4f}"
    feature = used.setdefault(int(node["feature_idx"]), len(used))
    below, above = tree_of(nodes, node["left"], used), tree_of(nodes, node["right"], used)
    return f"{feature} {node['num_threshold']:.4g} {below} {above}"


def write(path: Path, model: HistGradientBoostingClassifier, keys: Sequence[str]) -> None:
    """The trees as text: a split is the number of its feature, its threshold and two nodes; "=" opens a leaf."""
    used: dict[int, int] = {}
    trees = [tree_of(step[0].nodes, 0, used) for step in model._predictors]
    names = [keys[index] for index in used]
    lines = ["# Learned trees; written by tools/train_linker.py.", f"least = {LEAST}"]
    lines.append(f"base = {float(np.ravel(model._baseline_prediction)[0]):.4f}")
    lines += ["features = [", *(f'    "{name}",' for name in names), "]"]
    lines += ["trees = [", *(f'    "{tree}",' for tree in trees), "]"]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", type=LabelledSet.parse)
    parser.add_argument("--count", action="append", default=[], metavar="NAME=N", help="let a set count N times")
    parser.add_argument("--write", action="store_true", help="write the trees into pipeline/rules/linker.toml")
    options = parser.parse_args()
    times = {name: float(number) for name, _, number in (item.partition("=") for item in options.count)}
    examples = read_examples(options.sets, times)
    keys = frequent((example.pair.found for example in examples), LEAST_PAIRS)
    report(examples, keys)
    if options.write:
        write(TREES, learn(examples, keys), keys)


if __name__ == "__main__":
    main()
