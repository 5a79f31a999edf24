"""What the annotation of an article yields: windows of parsed text with names, titles and dates marked.

All offsets are characters of `Article.text`, half-open, unless a docstring says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from pipeline.titles.lexicon import lexicon

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from pipeline.extract.triggers import Trigger
    from pipeline.titles import TitleMention


_ANAPHORIC_UNIT = re.compile(
    r",?\s+(?:of|for|at|in)\s+(?:the|its|this|that|their|a|an|his|her)\s+(?:[a-z][\w-]*\s+){0,3}"
    r"(?:company|firm|bank|concern|corporation|affiliate|organi[sz]ation|airline|retailer|carmaker|automaker|maker|agency"
    r"|brokerage|venture|operation|subsidiary|newspaper|paper|magazine|charity|startup|start-up|business|chain|insurer"
    r"|manufacturer|supplier|producer|operator|developer|provider|distributor|lender|club|giant|institution|publisher|broadcaster|utility|parent)\b.*$"
    r"|\s+(?:of|at)\s+(?:the|its|this|a|an)\s+(?:[a-z][\w'’-]*\s+){0,3}(?:studio|regulator|watchdog|brewery|brewer"
    r"|drugmaker|chipmaker|university|college|museum|gallery|theatre|theater|orchestra|broadsheet|federation|outfit)$"
    r"|\s+of\s+(?:[a-z][\w-]*\s+){1,2}(?:firm|maker|giant|chain|retailer|regulator|watchdog|lender|insurer|brewer)$"
    r"|\s+of\s+(?:the|its)\s+(?:[a-z][\w-]*\s+){0,3}(?:commission|authority|tribunal|lottery|coast\s?guard)$"
    r"|\s+of\s+(?:the|its)\s+(?:new|combined|merged|enlarged)\s+board$"
    r"|\s+of\s+(?:the|its)\s+[A-Z][\w-]*\s+(?:subsidiary|affiliate|parent)$"
    r"|,?\s+of\s+(?:the|its)\s+(?:new(?:ly[\s-]formed)?\s+(?:[a-z][\w-]*\s+){0,3})?(?:unit|division|group|office)$"
)


_CUT_OUT = re.compile(
    r"\s+(?:of|for|at)\s+(?:the\s+)?(?:and|or|,|its|new)?\s*(?:and its)?$|\s+(?:of|for|at)\s+(?:the\s+)?(?:and|or)\b.*$"
)


def singular(noun: str) -> str:
    """A title's plural head as one person bears it: "Vice-Chairmen", "co-heads", "deputies", "Directors-General"."""
    if noun.lower().endswith(("s-general", "s general")):
        return noun[: -len("s-general")] + noun[-len("-general") :]
    for ending, one in (("men", "man"), ("women", "woman"), ("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("s", "")):
        if noun.endswith(ending) and not noun.endswith("ss"):
            return noun[: -len(ending)] + one
    return noun


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a window: token indices of the window's doc, half-open, and its kind."""

    first: int
    last: int
    start: int
    end: int
    kind: str


@dataclass(slots=True)
class Name:
    """A mention of a person or an organisation. `entity` is the index in the article's registry.

    A weak one is a place: an employer only where a title or the verb says so ("Brazil's ambassador"). A settled one is
    of the kind that its places in the article speak for.
    """

    kind: Literal["person", "org"]
    first: int
    last: int
    text: str
    entity: int = -1
    honorific: str | None = None
    weak: bool = False
    settled: bool = False


@dataclass(slots=True)
class Title:
    """A title mention with its token range in the window's doc."""

    first: int
    last: int
    mention: TitleMention
    company: Name | None = None
    wording: str | None = None  # where it differs from the mention's own

    @property
    def text(self) -> str:
        """The role as worded, without a tail that only stands for the company ("president of the new company")."""
        text = self.wording or self.mention.text
        holder = lexicon().holders.get(self.mention.head.lower().replace("-", " "))
        if holder is not None:
            text = text.replace(self.mention.head, holder, 1)
        if self.mention.plural:
            text = text.replace(self.mention.head, singular(self.mention.head), 1)
        text = _CUT_OUT.sub("", text)
        return _ANAPHORIC_UNIT.sub("", text) or text

    @property
    def anaphoric(self) -> bool:
        """Whether the wording names the company by a noun only: "a director of the company"."""
        return bool(_ANAPHORIC_UNIT.search(self.mention.text))

    @property
    def former(self) -> bool:
        return bool({"former", "ex", "late", "retired", "previous"} & set(self.mention.modifiers))


@dataclass(slots=True)
class Window:
    """A parsed stretch of the article. `offset` is where its first character stands in the article.

    `text`, `starts`, `words` and `lows` repeat the doc's text, where in it each token starts, and the tokens' texts as
    they are and in small letters: spaCy makes an object for each look-up. `printed` is the article's text, which writes
    headlines in title case.
    """

    doc: Doc
    offset: int
    sentences: list[Sentence]
    names: list[Name] = field(default_factory=list)
    titles: list[Title] = field(default_factory=list)
    name_at: dict[int, Name] = field(default_factory=dict)
    title_at: dict[int, Title] = field(default_factory=dict)
    sentence_at: list[int] = field(default_factory=list)
    candidate: set[int] = field(default_factory=set)
    text: str = ""
    printed: str = ""
    starts: list[int] = field(init=False)
    words: list[str] = field(init=False)
    lows: list[str] = field(init=False)
    triggers: list[Trigger] | None = None  # looked for once, by `triggers_of`

    def __post_init__(self) -> None:
        self.text = self.text or self.doc.text
        self.printed = self.printed or self.text
        self.starts = self.doc.to_array("IDX").tolist()
        lengths = self.doc.to_array("LENGTH").tolist()
        self.words = [self.text[at : at + size] for at, size in zip(self.starts, lengths, strict=True)]
        self.lows = [word.lower() for word in self.words]

    def char(self, token: Token) -> int:
        """Where a token starts in the article."""
        return self.offset + token.idx

    def low(self, index: int) -> str:
        """A word in small letters; empty behind the end of the window, where a text may be cut off."""
        return self.lows[index] if index < len(self.lows) else ""

    def tag(self, index: int) -> str:
        """The part of speech of a word; empty behind the end of the window."""
        return self.doc[index].tag_ if index < len(self.lows) else ""

    def end(self, last: int) -> int:
        """Where the token before an index ends in the window's text."""
        return self.starts[last - 1] + len(self.words[last - 1])

    def piece(self, first: int, last: int) -> str:
        """The text of a token range, without the space behind it."""
        return self.text[self.starts[first] : self.end(last)] if first < last else ""

    def as_printed(self, first: int, last: int) -> str:
        """The text of a token range as the article prints it."""
        return self.printed[self.starts[first] : self.end(last)]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Article offsets of a token range."""
        return self.offset + self.starts[first], self.offset + self.end(last)

    def sentence_of(self, index: int) -> Sentence:
        return self.sentences[self.sentence_at[index]]

    def names_in(self, first: int, last: int, kind: str | None = None) -> Iterator[Name]:
        """Names that lie wholly within a token range, in order."""
        for name in self.names:
            if name.first >= first and name.last <= last and kind in (None, name.kind):
                yield name

    def mark(self, name: Name) -> None:
        """Make a token range the name that its place says it is, whatever the model saw in it."""
        apart = (other for other in self.names if other.last <= name.first or other.first >= name.last)
        self.names = sorted([*apart, name], key=lambda other: other.first)
        self.name_at.update(dict.fromkeys(range(name.first, name.last), name))

    def titles_in(self, first: int, last: int) -> Iterator[Title]:
        for title in self.titles:
            if title.first >= first and title.last <= last:
                yield title
