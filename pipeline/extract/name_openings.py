"""Where a name starts and ends when the model took what stands beside it along: titles, ranks, another sentence."""

from __future__ import annotations

import re
from typing import Literal

from pipeline.extract.mentions import Window
from pipeline.extract.name_runs import name_data
from pipeline.extract.name_words import GENERIC_WORDS, LETTERS, STYLES, is_board_or_rank, is_org_tail
from pipeline.names import is_address, is_given_name
from pipeline.rulebook import remembered
from pipeline.titles import find_titles
from pipeline.titles.lexicon import lexicon


def behind_title(window: Window, first: int, last: int) -> int:
    """Where a person's name starts when the model took the title before it along; `last` if all of it is title."""
    if last - first == 1 and window.lows[first] in GENERIC_WORDS:
        return last
    base = window.doc[first].idx
    for mention in find_titles(window.piece(first, last)):
        if _is_given_here(window, first, last) or _is_middle_name(window, first, last, mention.head):
            break
        if mention.start == 0 and (mention.strong or mention.end == len(window.piece(first, last))):
            while first < last and window.doc[first].idx - base < mention.end:
                first += 1
            break
    return _behind_area(window, first, last)


def _behind_area(window: Window, first: int, last: int) -> int:
    """Where a name starts behind the end of an office's area: "head of Retail and Private Banking Jane Roe"."""
    if not first or window.lows[first - 1] not in ("and", "&", "of", "for", ","):
        return first
    for index in range(first + 1, last - 1):
        before = window.lows[index - 1]
        if before in lexicon().areas and is_given_name(window.words[index]) and not is_given_name(before):
            return index
    return first


def _is_middle_name(window: Window, first: int, last: int, head: str) -> bool:
    """Whether the word for a title stands between a given name and a surname: "Martin Dean Lodge"."""
    words = window.words[first:last]
    held = len(words) > 2 and words[1].istitle() and words[1].lower() == head.lower() != words[0].lower()
    return held and is_given_name(words[0]) and is_given_name(words[1])


def _is_given_here(window: Window, first: int, last: int) -> bool:
    """Whether a word for a title is a given name: "Dean Smith" of an article that knows no other Smith and no dean."""
    word = window.words[first]
    if last - first != 2 or not is_given_name(word) or not word.istitle():
        return False
    if is_given_name(window.words[first + 1]) and window.words[last : last + 1] and window.words[last].istitle():
        return False  # "Dean Jane Close Roe", of whom the model saw the first words only
    surname = re.escape(window.words[first + 1])
    other = re.compile(rf"\b(?!{word}\b)[A-Z][\w.'’-]+ {surname}\b|\b{word.lower()}s?\b|\b{word} of\b")
    return not other.search(window.text)


def behind_style(window: Window, first: int, last: int) -> int:
    """Where a name starts behind "His Grace", "Her Excellency"; `last` if nothing is left."""
    if window.lows[first] in STYLES and first and window.lows[first - 1] in ("his", "her", "your"):
        first += 1
        while first < last and window.lows[first].rstrip(".") in ("most", "very", "right", "rev", "dr", "the"):
            first += 1
    return first


_OPENING = frozenset("after before following with under as for in at by from when while although despite since".split())


def behind_preposition(window: Window, first: int, last: int) -> int:
    """Where an organisation starts when the model took the word along that opens its sentence: "After Police"."""
    opens = first == window.sentence_of(first).first and window.lows[first] in _OPENING
    if window.lows[first : first + 2] == ["buy", "photo"]:
        return min(first + 2, last)  # a link that a page sets before its captions
    dashed = next((at for at in range(last - 2, first - 1, -1) if window.words[at].endswith("--")), None)
    if dashed is not None:
        return dashed + 1 + (window.lows[dashed + 1] == "the")
    return first + (opens and last - first > 1)


def before_letters(window: Window, first: int, last: int) -> int:
    """Where a person's name ends that the model drew over the letters behind it."""
    while last - first > 2 and window.lows[last - 1].rstrip(".") in LETTERS and not window.words[last - 1].istitle():
        last -= 1
    return last


def before_post(window: Window, first: int, last: int) -> int:
    """Where a name of two words ends that the model drew over a post behind it: "named Anna Roe Managing Director".

    Words that are surnames as well are left to it ("Anna Roe Dean"), and so is a firm ("Roe Brothers Partner").
    """
    for index in range(first + 2, last):
        if window.lows[index] not in _POST_OPENINGS or not window.words[index].istitle():
            continue
        mentions = find_titles(window.text[window.starts[index] : window.starts[index] + _LONGEST_PAIR])
        if mentions and mentions[0].start == 0:
            return index
    return last


_POST_OPENINGS = frozenset(
    "head chair chairman chairwoman chairperson president director managing executive chief vice senior regional group "
    "global general partner deputy associate assistant principal interim acting non treasurer secretary country "
    "national corporate creative finance financial".split()
)


def person_before_post(window: Window, first: int, last: int) -> int:
    """Where a person's name ends that the model took for a firm's with the post behind it: "names Anna Roe Partner".

    `first` where there is none: only behind a verb that gives posts, and from a given name on.
    """
    if last - first < 3 or not first or window.lows[first - 1] not in _GIVING or not is_given_name(window.words[first]):
        return first
    end = before_post(window, first, last)
    return end if end < last and end - first <= _LONGEST_PERSON else first


_LONGEST_PERSON = 4  # words
_GIVING = frozenset(
    "names named naming appoints appointed appointing appoint elects elected promotes promoted makes made hires hired "
    "elevates elevated selects selected picks taps tapped welcomes".split()
)


Kind = Literal["person", "org", "place"]
_TRADED = frozenset({"shares", "stock", "scrip"})


def before_shares(window: Window, first: int, last: int, label: Kind) -> tuple[int, Kind]:
    """Where a firm's name ends in a headline on its shares, and that it is one: "Acme Shares Tumble 14%"."""
    for index in range(first + 1, last):
        if window.lows[index] in _TRADED and (window.low(index + 1) in _MOVES or window.doc[index].tag_ == "NNS"):
            return index, "org"
    return last, label


_MOVES = frozenset(
    f"{verb}{ending}"
    for verb in (
        "tumble plunge slump slide jump soar surge sink drop fall rise gain crash tank dive slip climb rally dip "
        "rebound rocket plummet fell rose down up lower higher hit"
    ).split()
    for ending in ("", "s", "d", "ed")
)


def behind_sentence(window: Window, first: int, last: int) -> int:
    """Where a name starts that the model drew over the end of a sentence: "left Norwood College. Sam Roe"."""
    for index in range(last - 2, first, -1):
        before = window.words[index - 1]
        if window.words[index] == "." and len(before) > _LONGEST_ABBREVIATION and before.isalpha():
            return index + 1
    return first


_LONGEST_ABBREVIATION = 4  # letters


def behind_rank(window: Window, first: int, last: int) -> int:
    """Where the given name is in "Scotsman Ewan Baird", "Concertmaster Ana Ruiz", behind a word that is no name."""
    if last - first < 3 or not is_given_name(window.words[first + 1]) or is_given_name(window.words[first]):
        return first
    word = window.lows[first]
    leads = word in _ranks() or word in name_data("countrymen") or word.endswith(_RANK_ENDINGS)
    return first + 1 if leads else first


def behind_address(window: Window, first: int, last: int) -> int:
    """Where a name starts behind forms of address that are ranks as well: "Detective Sergeant Roe"."""
    if first and window.low(first) in ("seri", "sri") and window.lows[first - 1].startswith("dat"):
        first += 1  # "Datuk Seri"
    while last - first > 1 and is_address(window.words[first]) and not is_given_name(window.words[first]):
        first += 1
    return first


_RANK_ENDINGS = ("man", "woman", "master", "keeper", "ian", "ist", "madam", "music")


@remembered()
def _ranks() -> frozenset[str]:
    """Words of one-word job titles."""
    return frozenset(entry.tokens[0] for run in lexicon().heads.values() for entry in run if len(entry.tokens) == 1)


def without_paired_titles(window: Window, first: int, last: int) -> tuple[int, int]:
    """What is left of a name that the model drew over joined titles: of "Norwood Bank MD &" the bank, of "MD &" none.

    "MD of Norwood Bank", behind another title and a joint, is the bank too.
    """
    joints = [index for index in range(max(first - 1, 0), last) if window.words[index] in _JOINTS]
    if not joints:
        return first, last
    base = window.starts[first]
    heads = [
        (base + mention.start + mention.text.find(mention.head), mention.head)
        for mention in find_titles(window.text[base : base + _LONGEST_PAIR])
    ]
    for joint in joints:
        before = next(
            (start for start, head in heads if joint > first and start + len(head) == window.end(joint)), None
        )
        behind = joint + 1 < len(window.words) and any(start == window.starts[joint + 1] for start, _ in heads)
        if before is not None and (behind or joint == last - 1):
            while last > first and window.starts[last - 1] >= before:
                last -= 1
            return first, last
        if behind and joint == first - 1:
            at = next((index + 1 for index in range(first, last) if window.lows[index] in ("of", "at")), last)
            return (at + (window.lows[at] == "the") if at < last else first), last
    return first, last


_JOINTS = ("&", "/", "and")
_LONGEST_PAIR = 70  # letters


def post_inside(window: Window, first: int, last: int) -> int:
    """Where a short title parts a firm from its holder in what the model took for one: "Acme MD Jane Roe"; else 0."""
    for index in range(first + 1, last - 2):
        holder = window.words[index + 1 : last]
        short = window.words[index] in ("MD", "CMD") or (window.words[index] in _POSTS and is_given_name(holder[0]))
        if short and all(word.isalpha() and word[:1].isupper() for word in holder):
            return 0 if any(is_org_tail(word) for word in holder) else index
    return 0


_POSTS = frozenset({"CEO", "CFO", "COO", "CTO", "Chairman"})


def without_board(window: Window, first: int, last: int) -> tuple[int, int]:
    """The owner of a board that the model took in: of "the Center's Board of Trustees", "Supervisory Board of Acme"."""
    for index in range(first + 1, last - 1):
        if window.words[index] in ("'s", "’s", "'", "’") and "board" in window.lows[index + 1 : last]:
            return first, index
        board = window.lows[index] == "of" and "board" in window.lows[first:index]
        if board and (is_board_or_rank(window.piece(first, index)) or _is_board_of_firm(window, first, index, last)):
            return index + 1 + (window.lows[index + 1] == "the"), last
    return first, last


def _is_board_of_firm(window: Window, first: int, of: int, last: int) -> bool:
    """Whether a firm's name stands behind "Board of": "the Board of Acme, Inc."; not "the Board of Education"."""
    return of == first + 1 and last - of > 2 and is_org_tail(window.words[last - 1])
