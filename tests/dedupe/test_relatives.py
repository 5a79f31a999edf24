"""Companies that are one or related are found among many as by comparing all with all."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import combinations

import pytest

from pipeline.dedupe.companies import Companies
from pipeline.dedupe.relatives import pairs_of_one, pairs_related
from pipeline.dedupe.settings import load_settings
from pipeline.names import canonical_company, same_company
from tests.dedupe.test_names import COMPANIES

SEED = 20240305
TRADES = ("Systems", "Bank", "Group", "Holdings", "Inc.", "Motor Works", "of the North", "& Sons", "Data GmbH")


def slip(rng: random.Random, name: str) -> str:
    """The name with a letter lost, doubled or changed."""
    place = rng.randrange(len(name))
    return name[:place] + rng.choice(("", name[place] * 2, "e")) + name[place + 1 :]


def made_names() -> list[str]:
    """Names of the cases, and made ones with their slips, beginnings, ends, initials and owners."""
    rng = random.Random(SEED)
    names = [name for one, other, _ in COMPANIES for name in (one, other)]
    stems = [
        "".join(rng.choices(("bar", "cal", "den", "fer", "gan", "olt"), k=rng.choice((1, 2, 4)))) for _ in range(40)
    ]
    full = [f"{stem.title()} {rng.choice(stems).title()} {rng.choice(TRADES)}" for stem in stems]
    full += [f"{stem.title()}{rng.choice(stems)} {rng.choice(TRADES)}" for stem in stems] + [
        stem.title() for stem in stems
    ]
    full += ["".join(rng.choices(("barcal", "denfer", "ganolt"), k=3)).title() for _ in range(10)]
    for name in full:
        words = name.split()
        names += [name, slip(rng, name), slip(rng, slip(rng, name)), " ".join(words[:2]), " ".join(words[1:]) or name]
        names += ["".join(word[0] for word in words).upper(), f"{rng.choice(stems).title()}'s {slip(rng, name)}"]
    return sorted(set(names))


NAMES = made_names()


def short_form(one: str, other: str) -> bool:
    few, many = sorted((canonical_company(one).split(), canonical_company(other).split()), key=len)
    ends = 1 < len(few) < len(many) and (few[0], few[-1]) == (many[0], many[-1])
    return ends or (len(few) < len(many) and few == many[-len(few) :]) or same_company(one, other, within_article=True)


@pytest.mark.parametrize(("found", "wanted"), [(pairs_of_one, same_company), (pairs_related, short_form)])
def test_no_pair_is_missed(
    found: Callable[[list[str]], set[tuple[int, int]]], wanted: Callable[[str, str], bool]
) -> None:
    slow = {(i, j) for i, j in combinations(range(len(NAMES)), 2) if wanted(NAMES[i], NAMES[j])}
    pairs = found(NAMES)
    assert len(slow) > 300
    assert {(NAMES[i], NAMES[j]) for i, j in slow - pairs} == set()
    assert len(pairs) < 3 * len(slow)


def test_relatives_are_related_both_ways() -> None:
    companies = Companies(NAMES, [("Barcal", "Olt")], load_settings().names)
    keys = sorted({companies.key(name) for name in NAMES})
    assert sum(len(companies.relatives(key)) for key in keys) > 100
    for key in keys:
        for other in companies.relatives(key):
            assert companies.related(key, other)
            assert key in companies.relatives(other)


def test_a_rename_relates_names_that_share_nothing() -> None:
    companies = Companies(["Bluepond", "Kessler Data"], [("Bluepond", "Kessler Data")], load_settings().names)
    assert list(companies.relatives("bluepond")) == ["kessler data"]
