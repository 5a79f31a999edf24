"""One sentence, tokenised, with the spans of names that a title must not swallow."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from pipeline.titles.lexicon import Entry, Lexicon
from pipeline.titles.mention import Span
from pipeline.titles.tokens import Token, tokenise

_TITLE_CASE_SHARE = 0.7  # share of longer words with a capital from which a sentence counts as a headline

_QUALITIES = ("ive", "al", "ic", "ary", "ous")  # endings of adjectives that open an area of work
_PRONOUNS = frozenset({"it", "us"})  # in small letters no area of work: "as its chief executive, it said"

_KIN = frozenset({"family", "families", "clan", "dynasty", "household", "tribe"})
_HOUR = "pm"  # the prime minister, or behind a number a time of day
_COUNTED = frozenset({_HOUR, "ce"})  # "300 CE" is a year


class Sentence:
    """Tokens of a sentence and look-ups on them; indexes are token indexes."""

    def __init__(
        self,
        text: str,
        lex: Lexicon,
        blocked: Sequence[Span],
        persons: Sequence[Span],
        crafts: Collection[int] = (),
        verbs: Collection[int] = (),
    ) -> None:
        self.text = text
        self.crafts = crafts
        self.verbs = verbs
        self.lex = lex
        self.tokens = tokenise(text, lex.splitters, lex.heads)
        self.spans = sorted({*blocked, *persons})
        self.persons = frozenset(persons)
        self.name: list[int] = self._cover()
        self.headline = self._is_headline()

    def _cover(self) -> list[int]:
        cover = [-1] * len(self.tokens)
        number = 0
        for index, token in enumerate(self.tokens):
            while number < len(self.spans) and self.spans[number][1] <= token.start:
                number += 1
            if number == len(self.spans):
                break
            if self.spans[number][0] < token.end and token.low not in ("'s", "’s"):
                cover[index] = number
        return cover

    def _is_headline(self) -> bool:
        long = [
            token
            for token, name in zip(self.tokens, self.name, strict=True)
            if token.word and name < 0 and token.end - token.start > 3
        ]
        return len(long) >= 4 and sum(token.upper for token in long) >= _TITLE_CASE_SHARE * len(long)

    def low(self, index: int) -> str:
        """The word at `index`, lower case; "" outside the sentence."""
        return self.tokens[index].low if 0 <= index < len(self.tokens) else ""

    def named(self, index: int) -> bool:
        """Whether a given name span covers the token."""
        return 0 <= index < len(self.tokens) and self.name[index] >= 0

    def is_person(self, index: int) -> bool:
        """Whether the token belongs to a name known to be a person's."""
        return self.named(index) and self.spans[self.name[index]] in self.persons

    def is_word(self, index: int) -> bool:
        """Whether there is a word, not a sign, at `index`."""
        return 0 <= index < len(self.tokens) and self.tokens[index].word

    def token(self, index: int) -> Token:
        """The token at `index`."""
        return self.tokens[index]

    def after_name(self, index: int) -> int:
        """The first index behind the name that covers `index`."""
        number = self.name[index]
        while index < len(self.tokens) and self.name[index] == number:
            index += 1
        return index

    def match(
        self, table: Mapping[tuple[str, ...], str], index: int, backwards: bool = False
    ) -> tuple[str, int] | None:
        """Value and length of the longest wording of `table` that starts (or, backwards, ends) at `index`."""
        for size in (2, 1):
            start = index - size + 1 if backwards else index
            if start < 0 or start + size > len(self.tokens):
                continue
            value = table.get(tuple(token.low for token in self.tokens[start : start + size]))
            if value is not None:
                return value, size
        return None

    def head_at(self, index: int) -> Entry | None:
        """The longest wording of a head that starts at `index`, whatever its needs."""
        for entry in self.lex.heads.get(self.low(index), ()):
            size = len(entry.tokens)
            if size > 1 and entry.tokens[0] == "executive" and self.low(index - 1) == "non":
                continue
            if entry.head.canonical == "member" and (self.at_board(index) or self.of_family(index)):
                continue
            if all(self.low(index + offset) == entry.tokens[offset] for offset in range(1, size)):
                first = self.tokens[index]
                hour = first.low in _COUNTED and self.low(index - 1)[-1:].isdigit()
                short = size == 1 and (first.low in self.lex.acronyms or first.low == _HOUR)
                return None if hour or (short and self.small_letters(first)) else entry
        return None

    def at_board(self, index: int) -> bool:
        """Whether a member is one of a board that no name holds: not "of the Federal Power Board"."""
        near = range(max(0, index - 1), min(index + 6, len(self.tokens)))
        return any(self.low(at) == "board" and not self.named(at) for at in near)

    def of_family(self, index: int) -> bool:
        """Whether a member is one by birth: "a member of Norland's most influential political family"."""
        near = range(index + 2, min(index + 10, len(self.tokens)))
        return self.low(index + 1) == "of" and any(self.low(at) in _KIN and not self.named(at) for at in near)

    def small_letters(self, token: Token) -> bool:
        """Whether an acronym is printed in lower case, as in "coo"; plurals ("CEOs") are right."""
        raw = self.text[token.start : token.end].rstrip("s")
        return not raw.isupper()

    def is_craft(self, index: int) -> bool:
        """Whether a noun of no list modifies the one behind it, as the caller's parse has it: "town" manager."""
        return 0 <= index < len(self.tokens) and self.tokens[index].start in self.crafts

    def is_verb(self, index: int) -> bool:
        """Whether a word is the verb of a clause, as the caller's parse has it: "head of retail means"."""
        return 0 <= index < len(self.tokens) and self.tokens[index].start in self.verbs

    def is_area(self, index: int) -> bool:
        """Whether the word names an area of work or a part of the world."""
        low = self.low(index)
        if low in _PRONOUNS and self.small_letters(self.tokens[index]):
            return False
        if low in self.lex.areas or low in self.lex.places:
            return True
        parts = low.replace("‑", "-").replace("/", "-").split("-")
        return len(parts) > 1 and (parts[-1] in self.lex.areas or all(part in self.lex.places for part in parts))

    def is_place(self, index: int) -> bool:
        """Whether the word names a part of the world, or two of them: "Asia", "Asia-Pacific"."""
        low = self.low(index)
        return low in self.lex.places or ("-" in low and all(part in self.lex.places for part in low.split("-")))

    def is_far_place(self, index: int) -> bool:
        """Whether a part of the world stands behind its "the": "Europe, the Middle East and the Pacific"."""
        return self.is_place(index) and self.token(index).upper and not self.named(index)

    def has_quality(self, start: int, index: int) -> bool:
        """Whether a word is what a quality is said of: "administrative reforms", "rural roads"."""
        before = self.token(index - 1) if index > start else None
        if before is None or before.upper or not self.low(index).endswith("s") or self.low(index) in self.lex.stops:
            return False
        return before.low.endswith(_QUALITIES) and not self.is_verb(index)
