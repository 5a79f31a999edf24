"""Copies of articles: what a wire story becomes on its way, and what merely looks alike."""

from __future__ import annotations

import random

import pytest

from pipeline.dedupe.copies import find_copies
from pipeline.dedupe.settings import load_settings
from pipeline.records import Article
from tests.dedupe.made import article

SETTINGS = load_settings().copies
WORDS = [f"word{number}" for number in range(5000)]


def prose(seed: int, length: int) -> list[str]:
    """Words of a text that shares next to nothing with that of another seed."""
    return random.Random(seed).choices(WORDS, k=length)


def edited(words: list[str], share: float, seed: int = 0) -> list[str]:
    """The text with this share of its words replaced."""
    rng = random.Random(seed)
    return [rng.choice(WORDS) if rng.random() < share else word for word in words]


def copies(*articles: Article, **more: object) -> dict[str, tuple[str, str]]:
    return dict(find_copies(articles, SETTINGS, **more).duplicates)  # type: ignore[arg-type]


def story(name: str, words: list[str], day: str = "2024-03-04", **slots: object) -> Article:
    return article(name, day, " ".join(words), **slots)


def test_same_text_is_an_exact_copy_of_the_earliest() -> None:
    text = prose(1, 200)
    found = copies(story("b", text, "2024-03-05"), story("a", text, "2024-03-06"), story("c", text, "2024-03-04"))
    assert found == {"a": ("c", "exact"), "b": ("c", "exact")}


@pytest.mark.parametrize("length", [60, 200, 800])
@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda w: edited(w, 0.05), id="five percent of words changed"),
        pytest.param(lambda w: w[: int(len(w) * 0.7)], id="cut by thirty percent"),
        pytest.param(lambda w: [*prose(9, 8), *w], id="new first sentence"),
        pytest.param(lambda w: [*w, *prose(8, 12)], id="credit line added"),
    ],
)
def test_touched_up_copy_is_near(length: int, change: object) -> None:
    for seed in range(10):
        text = prose(seed, length)
        copy = change(text)  # type: ignore[operator]
        found = copies(story("a", text), story("b", copy, "2024-03-05"), story("c", prose(seed + 100, length)))
        assert found == {"b": ("a", "near")}, seed


def test_copy_that_keeps_only_the_first_half_is_near() -> None:
    for seed in range(10):
        text = prose(seed, 400)
        assert copies(story("a", text), story("b", text[:180], "2024-03-05")) == {"b": ("a", "near")}, seed


def test_of_one_time_the_longer_is_the_original() -> None:
    text = prose(1, 300)
    assert copies(story("a", text[:220]), story("b", text)) == {"a": ("b", "near")}


def test_another_story_is_no_copy() -> None:
    assert copies(*(story(f"a{seed}", prose(seed, 300)) for seed in range(30))) == {}


def test_quoting_a_paragraph_is_no_copy() -> None:
    quote = prose(5, 60)
    assert copies(story("a", prose(1, 240) + quote), story("b", quote + prose(2, 240), "2024-03-05")) == {}


def test_roundup_that_holds_a_short_story_is_no_copy() -> None:
    short = prose(1, 80)
    roundup = [word for seed in (2, 1, 3, 4, 5) for word in prose(seed, 80)]
    assert copies(story("a", short), story("b", roundup, "2024-03-05")) == {}


@pytest.mark.parametrize("furniture", [60, 150, 400])
def test_furniture_of_a_site_makes_no_copies(furniture: int) -> None:
    box = prose(99, furniture)
    articles = [story(f"a{n}", prose(n, 60) + box, publisher="one.example") for n in range(6)]
    assert copies(*articles) == {}


def test_furniture_of_two_articles_makes_no_copies() -> None:
    box = prose(99, 150)
    articles = [story(f"a{n}", prose(n, 100) + box, publisher="one.example") for n in range(2)]
    assert copies(*articles) == {}


def test_copy_is_found_under_furniture_of_two_sites() -> None:
    wire = prose(1, 150)
    ours = [story(f"a{n}", prose(n + 10, 100) + prose(98, 300), publisher="one.example") for n in range(4)]
    theirs = [story(f"b{n}", prose(n + 20, 100) + prose(97, 300), publisher="two.example") for n in range(4)]
    first = story("wire-a", wire + prose(98, 300), publisher="one.example")
    second = story("wire-b", wire + prose(97, 300), "2024-03-05", publisher="two.example")
    assert copies(*ours, *theirs, first, second) == {"wire-b": ("wire-a", "near")}


def test_versions_of_one_story_are_not_taken_for_furniture() -> None:
    text = prose(1, 300)
    versions = [story(f"v{n}", edited(text, 0.02, n), f"2024-03-0{n + 1}", publisher="one.example") for n in range(5)]
    assert copies(*versions) == {f"v{n}": ("v0", "near") for n in range(1, 5)}


def test_drift_does_not_chain() -> None:
    versions = [prose(1, 300)]
    for step in range(1, 8):
        versions.append(edited(versions[-1], 0.06, step))
    found = copies(*(story(f"v{n}", text, f"2024-03-0{n + 1}") for n, text in enumerate(versions)))
    assert found["v1"] == ("v0", "near")
    assert found.get("v7", ("", ""))[0] != "v0"
    assert len(found) >= 5
    assert all(original not in found for original, _ in found.values())


def test_exact_copy_of_a_near_copy_points_to_the_original() -> None:
    text, touched = prose(1, 300), edited(prose(1, 300), 0.03)
    found = copies(story("a", text), story("b", touched, "2024-03-05"), story("c", touched, "2024-03-06"))
    assert found == {"b": ("a", "near"), "c": ("a", "near")}


def test_releases_from_one_template_tell_of_different_persons() -> None:
    one, two = prose(1, 100), edited(prose(1, 100), 0.02)
    articles = story("a", one), story("b", two, "2024-03-05")
    persons = {"a": frozenset({"neil abrams"}), "b": frozenset({"kate lindsey"})}
    assert copies(*articles, persons=persons) == {}
    assert copies(*articles, persons={**persons, "b": frozenset({"n abrams"})}) == {"b": ("a", "near")}


def test_like_text_after_months_is_a_new_one() -> None:
    articles = story("a", prose(1, 100)), story("b", edited(prose(1, 100), 0.02), "2025-03-05")
    assert copies(*articles) == {}


@pytest.mark.parametrize("text", ["", "one", "two words", "the same short note of eight words here"])
def test_short_texts_are_copies_only_when_equal(text: str) -> None:
    assert copies(article("a", text=text), article("b", text=f"{text} more", day="2024-03-05")) == {}
    if text:
        assert copies(article("a", text=text), article("b", text=text)) == {"b": ("a", "exact")}


def test_articles_not_read_are_not_compared() -> None:
    text = " ".join(prose(1, 200))
    assert copies(article("a", text=text), article("b", text=text, status="skipped", reason="language fr")) == {}


def test_order_of_articles_does_not_matter() -> None:
    rng = random.Random(3)
    articles = []
    for n in range(40):
        text = prose(n, 150)
        articles.append(story(f"a{n}", text, f"2024-03-{n % 28 + 1:02}", publisher=f"p{n % 5}"))
        articles.append(story(f"b{n}", edited(text, 0.05, n + 1000), f"2024-03-{n % 28 + 1:02}", publisher=f"p{n % 7}"))
    wanted = copies(*articles)
    assert len(wanted) > 30
    for _ in range(20):
        rng.shuffle(articles)
        assert copies(*articles) == wanted


def test_long_text_is_cut_and_counted() -> None:
    text = "word " * (SETTINGS.max_characters // 4)
    found = find_copies([article("a", text=text), article("b")], SETTINGS)
    assert found.bounds == {"article_text_cut": 1}
    assert [(row.article_id, row.start, row.end) for row in found.cut] == [("a", SETTINGS.max_characters, len(text))]
