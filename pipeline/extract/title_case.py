"""Headlines in title case, put into the spelling of running text before the model reads them.

"Norwood Bank Taps Jane Roe for Chairman" is read as "Norwood Bank taps Jane Roe for chairman": where every word has a
capital, the model takes verbs and titles for parts of names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.extract.addresses import with_known_addresses, with_printed_dashes, without_bold
from pipeline.extract.name_runs import name_data
from pipeline.extract.name_words import is_org_tail
from pipeline.extract.triggers import trigger_index
from pipeline.names import is_given_name
from pipeline.rulebook import remembered
from pipeline.titles.lexicon import lexicon

if TYPE_CHECKING:
    from pipeline.extract.sentences import Sentence

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_LONG = 3  # letters of the words that title case leaves small: "of", "the", "for"
_FEWEST = 4  # words of a headline that can be told from a name
_MOST_SMALL = 0.2  # share of long words without a capital
# Words of headlines that no name has, at least none behind its first word.
_COMMON = frozenset(
    """
    the a an and or but of for to in on at by with from into amid after before over under as is are was were be been has
    have had will would could may might its his her their this that who which when while how why what where new next not
    no more than up down off out back until since against without within among between following
    says say said told calls call called reports report reported announces announce announced confirms confirm reveals
    company year years month months week weeks day days first second third one two three four five six
    """.split()
)


@remembered()
def _verbs_and_nouns() -> frozenset[str]:
    """The words of all triggers."""
    return frozenset(
        form
        for pattern in trigger_index().patterns
        for forms in pattern.elements
        for form in forms or ()
        if form.isalpha()
    )


@remembered()
def _offices() -> frozenset[str]:
    """The words that open a title or its head: "chief", "vice", "president"."""
    lex = lexicon()
    heads = {token for entries in lex.heads.values() for entry in entries for token in entry.tokens}
    ranks = {token for table in (lex.status, lex.modifiers, lex.postfixes) for tokens in table for token in tokens}
    return frozenset(word for word in heads | ranks if word.isalpha()) - lex.acronyms


def in_running_style(text: str, sentences: Sequence[Sentence]) -> str:
    """What the sentences span, headlines and forms of address in the spelling that the model knows; no offset moves."""
    made: list[str] = []
    at = sentences[0].start
    for sentence in sentences:
        if sentence.kind not in ("heading", "item"):
            continue
        words = list(_WORD.finditer(text, sentence.start, sentence.end))
        if not _in_title_case([word.group() for word in words]):
            continue
        for word in _small_ones(text, words):
            made += [text[at : word.start()], word.group()[0].lower()]
            at = word.start() + 1
    part = "".join([*made, text[at : sentences[-1].end]])
    return without_bold(with_printed_dashes(with_known_addresses(part)))


def _in_title_case(words: Sequence[str]) -> bool:
    long = [word for word in words if len(word) > _LONG]
    small = [word for word in long if word[0].islower()]
    if len(words) < _FEWEST or len(long) < _FEWEST - 1 or len(small) > _MOST_SMALL * len(long):
        return False
    if any(word in _verbs_and_nouns() for word in small) or all(word.isupper() for word in long):
        return False
    return any(
        word[0].isupper() and (word.lower() in _verbs_and_nouns() or word.lower() in _offices()) for word in long[1:]
    )


def _small_ones(text: str, words: Sequence[re.Match[str]]) -> list[re.Match[str]]:
    """The words of a headline that running text gives no capital."""
    spelt = [word.group() for word in words]
    small: list[bool] = []
    for index, word in enumerate(spelt):
        if index == 0 or not word[0].isupper() or word[1:] != word[1:].lower():
            small.append(word[0].islower())
            continue
        named_before = not small[-1] and spelt[index - 1][0].isupper()
        named = word.lower() in name_data("calendar") or _is_part_of_name(text, words, index)
        common = not named and _is_common(spelt, index, spelt[index - 1] if named_before else "")
        small.append(common or _is_small_elsewhere(text, words, index))
    return [word for word, made in zip(words, small, strict=True) if made and word.group()[0].isupper()]


def _is_common(words: Sequence[str], index: int, name: str) -> bool:
    """Whether a word is no name, by itself, by the name before it ("" if there is none) and by the words behind."""
    low = words[index].lower()
    behind = words[index + 1] if index + 1 < len(words) else ""
    verb = low in _verbs_and_nouns()
    if _opens_firm(words, index) or (name and low == "company"):
        return False
    if low in _COMMON:
        return True
    if is_given_name(low) and behind[:1].isupper() and not name and behind.lower() not in _COMMON | _verbs_and_nouns():
        return False  # "Mark", "Grant" before a surname
    if name and is_given_name(name) and not (verb and low.endswith(("s", "ed", "ing"))):
        return False  # "Jane Price", "Dean Bishop"
    if low in lexicon().areas or is_org_tail(low):
        titled = behind.lower() in _offices() or (behind.lower() in lexicon().areas and not name)
        return (titled and not is_org_tail(low)) or not (name or is_org_tail(behind or " "))
    return verb or low in _offices()


_MOST_OF_FIRM = 4


def _opens_firm(words: Sequence[str], index: int) -> bool:
    """Whether common words make a firm's name: "First National Bank", "Bank of Marlow"."""
    for at in range(index, min(index + _MOST_OF_FIRM, len(words))):
        low = words[at].lower()
        if is_org_tail(low) and words[at][0].isupper():
            return at > index or words[at + 1 : at + 2] == ["of"]
        if low not in lexicon().areas and low not in ("first", "national", "united", "new", "royal"):
            return False
    return False


def _is_part_of_name(text: str, words: Sequence[re.Match[str]], index: int) -> bool:
    """Whether running text writes the word with a capital beside the same neighbour: "Norwood Bank said"."""
    spelt = words[index].group()
    pairs = [f"{words[index - 1].group()} {spelt}"]
    if index + 1 < len(words):
        pairs.append(f"{spelt} {words[index + 1].group()}")
    here, behind = words[0].start(), words[-1].end()
    return any(text.find(pair, behind) >= 0 or text.find(pair, 0, here) >= 0 for pair in pairs)


def _is_small_elsewhere(text: str, words: Sequence[re.Match[str]], index: int) -> bool:
    """Whether the article writes a word in small letters and never, but here, with a capital."""
    spelt = words[index].group()
    here, behind = words[0].start(), words[-1].end()
    if len(spelt) <= _LONG or text.find(spelt, 0, here) >= 0 or text.find(spelt, behind) >= 0:
        return False
    return re.search(rf"\b{re.escape(spelt.lower())}\b", text) is not None
