"""Names seen in running text, which vouch for those in headlines and are found where the model missed them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Literal

from pipeline.extract.mentions import Window
from pipeline.extract.name_words import (
    SUFFIXES,
    all_upper,
    is_org_tail,
    mark_name,
    styled_as_headline,
)


def relabel_surnames(window: Window, names: list[tuple[int, int, str, str | None]], surnames: set[str]) -> None:
    """Single-word organisations that are surnames of persons of the article are these persons."""
    for number, (first, last, label, honorific) in enumerate(names):
        if label != "person" and last - first == 1 and window.lows[first] in surnames:
            names[number] = (first, last, "person", honorific)


class KnownNames:
    """Names seen in running text: they vouch for names in headlines, and are found where the model missed them."""

    def __init__(self, surnames: set[str], forms: Mapping[str, Literal["person", "org"]]) -> None:
        self.surnames = surnames
        self.forms = forms
        self.words = {word for form in forms for word in form.split()}
        self._first: dict[str, list[tuple[list[str], Literal["person", "org"]]]] = {}
        for form, kind in sorted(forms.items(), key=lambda item: (-len(item[0].split()), item[0])):
            self._first.setdefault(form.split()[0], []).append((form.split(), kind))

    def supports(self, window: Window, first: int, last: int) -> bool:
        """Whether a name in a headline is short, or one that the running text names."""
        words = window.lows[first:last]
        if " ".join(words) in self.forms or (words[-1] in self.surnames and len(words) <= 3):
            return True
        if all_upper(window, first):
            return False
        return len(window.piece(first, last).split()) <= 2 and not any(word in self.words for word in words)

    def extends(self, window: Window, first: int, last: int) -> bool:
        """Whether a name is a known organisation's and more: "Acme North America"."""
        words = window.lows[first:last]
        return any(self.forms.get(" ".join(words[:size])) == "org" for size in range(1, len(words)))

    def mark(self, window: Window) -> None:
        """Mark known names that carry no mark yet: whole forms, then surnames alone."""
        for first, (word, low) in enumerate(zip(window.words, window.lows, strict=True)):
            forms = self._first.get(low)
            if forms is None or first in window.name_at or not word[0].isupper():
                continue
            for words, kind in forms:
                last = first + len(words)
                if window.lows[first:last] == words and not any(i in window.name_at for i in range(first, last)):
                    mark_name(window, kind, first, last)
                    break


def known_names(
    windows: Sequence[Window],
    raw: list[list[tuple[int, int, str, str | None]]],
    votes: Mapping[str, Counter[str]],
) -> KnownNames:
    surnames: set[str] = set()
    forms: dict[str, Literal["person", "org"]] = {}
    org_words: set[str] = set()
    for window, names in zip(windows, raw, strict=True):
        for first, last, label, _ in names:
            if styled_as_headline(window, first):
                continue
            key = name_key(window, first, last)
            best = vote(votes[key], label)
            words = window.lows[first:last]
            if best == "person":
                forms[" ".join(words)] = "person"
                stem = [word for word in words if word.rstrip(".") not in SUFFIXES and word != ","]
                if len(stem) > 1 and len(stem[-1]) > 2 and stem[-1].isalpha():
                    surnames.add(stem[-1])
            elif best == "org":
                forms[" ".join(words)] = "org"
                org_words.update(words if len(words) > 1 else ())
                while len(words) > 1 and is_org_tail(words[-1]):
                    words = words[:-1]
                    forms.setdefault(" ".join(words), "org")
    return KnownNames(
        surnames - org_words, {k: v for k, v in forms.items() if (len(k) > 2 and k.islower()) or " " in k}
    )


def name_key(window: Window, first: int, last: int) -> str:
    return window.piece(first, last).lower()


def vote(counter: Counter[str], label: str) -> str:
    top = max(counter.values())
    return label if counter[label] == top else max(sorted(counter), key=lambda key: counter[key])
