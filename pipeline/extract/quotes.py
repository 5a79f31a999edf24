"""Wordings in quotation marks: Acme "parted ways" with Roe tells the event, and a book called "Fired" tells none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.grammar import Arguments, surface_subject

if TYPE_CHECKING:
    from spacy.tokens import Token

    from pipeline.extract.mentions import Window
    from pipeline.extract.triggers import Trigger

_MARKS = frozenset({'"', "“", "”", "‘", "’", "'", "``", "''"})
_HAVE = frozenset({"has", "have", "had", "having", "'ve", "’ve"})
_BE = frozenset({"is", "are", "was", "were", "be", "been", "being", "gets", "got"})
_LONGEST = 8  # words in quotation marks that may be the title of a work
_CAPITAL_FROM = 4  # letters of a word that such a title gives a capital


def is_mark(window: Window, index: int) -> bool:
    """Whether a quotation mark stands there, no apostrophe of a possessor: "the directors' retired boss"."""
    if not 0 <= index < len(window.words) or window.words[index] not in _MARKS:
        return False
    return window.doc[index].tag_ != "POS" or not window.lows[index - 1].endswith("s")


def past_mark(window: Window, index: int) -> int:
    """The index behind a quotation mark that stands there, else the index itself."""
    return index + 1 if is_mark(window, index) else index


def quoted_arguments(window: Window, trigger: Trigger) -> Arguments | None:
    """The arguments of a wording in quotation marks of its own that the parse takes for a description of a noun.

    Acme "parted ways" with Roe; Roe has been "re-elected" chair. None where it does describe one: the "ousted" chief.
    """
    doc, mark = window.doc, trigger.head - 1
    first = window.sentence_of(trigger.head).first
    while mark > first and doc[mark].tag_ == "RB":
        mark -= 1
    stop = trigger.last + (window.words[trigger.last + 1 : trigger.last + 2] == [","])  # "parted ways," he said
    closed = any(is_mark(window, index) for index in range(trigger.head + 1, stop + 2))
    if mark <= first or not is_mark(window, mark) or not closed:
        return None
    before, verb = doc[mark - 1], doc[trigger.head]
    if before.lower_ in _BE and verb.dep_ in ("amod", "acomp", "attr") and verb.tag_ in ("VBN", "VB"):
        return Arguments(None, surface_subject(before)[0] or surface_subject(before.head)[0], True)
    if verb.dep_ != "amod" or verb.tag_ not in ("VBN", "JJ"):
        return None
    if before.lower_ in _HAVE:
        return Arguments(surface_subject(before)[0] or surface_subject(before.head)[0], None, False)
    if before.tag_ in ("NN", "NNS", "NNP", "NNPS"):
        return Arguments(_head_of_phrase(before, first), None, False)
    return None


def _head_of_phrase(last: Token, first: int) -> Token:
    """The head of the noun phrase that ends with a noun: of "the bank of Acme" the bank."""
    noun = token = last
    while first <= token.head.i < last.i and token.head != token and token.head.tag_[:2] in ("NN", "IN"):
        token = token.head
        noun = token if token.tag_ != "IN" else noun
    return noun


def is_quoted_title(window: Window, trigger: Trigger) -> bool:
    """Whether a wording stands in the title of a work or under a heading, as in 'author of "How I Quit"'.

    Its longer words have capitals, which the sentence's own lack, and no person is named there.
    """
    sentence = window.sentence_of(trigger.head)
    low, high = max(sentence.first, trigger.head - _LONGEST), min(sentence.last, trigger.last + 1 + _LONGEST)
    opens = next((i for i in range(trigger.head - 1, low - 1, -1) if is_mark(window, i)), None)
    closes = next((i for i in range(trigger.last + 1, high) if is_mark(window, i)), None)
    if (
        not window.words[trigger.head][0].isupper()
        or opens is None
        or closes is None
        or opens == sentence.first
        or closes - opens > _LONGEST + 1
    ):
        return False
    if any(window.names_in(opens, closes, "person")) or not _capital(window, opens + 1, closes):
        return False
    return not _capital(window, sentence.first, opens) or not _capital(window, closes + 1, sentence.last)


def _capital(window: Window, first: int, last: int) -> bool:
    """Whether all longer words of a stretch have a capital, but are not spelt in capitals."""
    longer = [word for word in window.words[first:last] if word.isalpha() and len(word) >= _CAPITAL_FROM]
    return all(word[0].isupper() and not word.isupper() for word in longer)
