"""Whose an office is: the organisation that belongs to a title, and what is only a part of one."""

from __future__ import annotations

import re

from pipeline.extract.common_nouns import common_nouns
from pipeline.extract.mentions import Name, Sentence, Title, Window
from pipeline.extract.name_runs import is_place
from pipeline.extract.name_words import is_area_name, is_org_tail, is_unit_name
from pipeline.titles.lexicon import lexicon

_DESCRIBED_OWNER = re.compile(
    r"\s+(?:of|at|for|with)\s+(?:the\s+)?(?:[\w'-]+\s+){0,4}?(?:group|company|firm|bank|maker|chain|giant|start-?up|retailer|"
    r"operator|carrier|airline|insurer|lender|charity|publisher|broadcaster|agency|consultancy|developer|producer|"
    r"manufacturer|supplier|provider|platform|app|brand|union|club)$"
    r"|\s+(?:of|at|for)\s+(?:the\s+)?(?:federal|national|local|nearby|rival)$"
)


def settle_owner(window: Window, title: Title, sentence: Sentence) -> int:
    """Find the organisation of a title by what stands around it, and keep units apart from it.

    Returns:
        Where a description of the organisation ends, which may hold what looks like a title; 0 where there is none.
    """
    _cut_verb(window, title)
    _cut_described_owner(window, title)
    _cut_next_owner(window, title)
    described = _take_described(window, title, sentence)
    _settle_owner(window, title, sentence)
    return described


def share_behind_bracket(window: Window, sentence: Sentence) -> None:
    """ "Managing Director and Chief Executive Officer (CEO) of Acme": the firm behind a bracket is that of all."""
    titles = list(window.titles_in(sentence.first, sentence.last))
    for number, title in enumerate(titles):
        if window.lows[title.last : title.last + 2] not in ([")", "of"], [")", "at"]) or title.company is not None:
            continue
        at = title.last + 2
        at += window.lows[at : at + 1] == ["the"]
        owner = window.name_at.get(at) or _behind_description(window, at, sentence)
        if owner is None or owner.kind != "org":
            continue
        owner = owned_name(window, owner)
        title.company, before = owner, title
        for other in reversed(titles[:number]):
            if other.company is not None or not _JOINTS.issuperset(window.lows[other.last : before.first]):
                break
            other.company, before = owner, other


_JOINTS = frozenset({"and", "&", ",", "/", "(", "cum", "-"})


def owned_name(window: Window, owner: Name) -> Name:
    """Of "Acme's Bolt unit" the unit, of "Troy, Mich.-based Acme" the firm: the name behind the possessive or seat."""
    doc, behind = window.doc, owner.last
    if behind < len(doc) and window.lows[behind] in ("'s", "’s", "'", "’"):
        part = window.name_at.get(behind + 1)
        if part is not None and part.kind == "org" and not part.weak and not is_unit_name(part.text):
            return part
    for index in range(behind, min(behind + _LONGEST_SEAT, len(doc) - 1)):
        if window.lows[index].endswith("based"):
            firm = window.name_at.get(index + 1)
            return firm if firm is not None and firm.kind == "org" else owner
        if window.words[index] not in (",", "-") and not window.words[index][0].isupper():
            break
    return owner


_LONGEST_SEAT = 5


_WHOLE_FIRM = frozenset("chairman chairwoman chairperson chair president ceo founder co-founder".split()) | {
    "chief executive",
    "chief executive officer",
}


def _cut_verb(window: Window, title: Title) -> None:
    """ "his term as governor of Acme expires": the verb behind the organisation is no unit of it."""
    owner = window.name_at.get(title.last - 2)
    if window.doc[title.last - 1].tag_ != "VBZ" or owner is None or owner.kind != "org" or owner.first <= title.first:
        return
    last = owner.first
    while last > title.first + 1 and window.lows[last - 1] in ("the", "of", "at", "for"):
        last -= 1
    title.wording, title.company, title.last = window.doc[title.first : last].text, owner, last


def _cut_described_owner(window: Window, title: Title) -> None:
    """ "chief executive of the Danish dairy group Acme": what describes the organisation is no unit of it."""
    owner = window.name_at.get(title.last)
    described = _DESCRIBED_OWNER.search(title.mention.text)
    if title.company is not None or owner is None or owner.kind != "org" or owner.weak or described is None:
        return
    title.wording, title.company = title.mention.text[: described.start()], owner
    start = window.doc[title.first].idx
    while title.last > title.first + 1 and window.doc[title.last - 1].idx - start >= described.start():
        title.last -= 1


def _take_described(window: Window, title: Title, sentence: Sentence) -> int:
    """ "chief executive of frozen food specialist Acme", "director of Leeds seed merchant Acme": what the firm does.

    Returns:
        Where the description ends, which may hold what looks like a title; 0 where there is none.
    """
    if title.company is not None:
        owner = _behind_description(window, title.company.last, sentence)
        if owner is not None and title.company.first >= title.last:
            title.company.weak, title.company = True, owner
            return owner.first
        return 0
    for index in range(title.first + 1, min(title.last + 1, sentence.last - 1)):
        if window.lows[index] in ("of", "at"):
            owner = _behind_description(window, index + 1, sentence)
            if owner is not None:
                title.company, title.wording, title.last = owner, _seat_or(window.piece(title.first, index)), index
                return owner.first
    return 0


def _behind_description(window: Window, first: int, sentence: Sentence) -> Name | None:
    """The organisation behind words in small letters that say what it does, the last of them a noun."""
    for index in range(first, min(first + _LONGEST_DESCRIPTION, sentence.last)):
        name = window.name_at.get(index)
        if name is not None and not name.weak:
            noun = window.doc[index - 1]
            told = index > first and noun.is_lower and noun.tag_ == "NN" and noun.lower_ not in lexicon().areas
            told = told or noun.lower_ in _JOINED_ANEW
            return name if told and name.kind == "org" and name.first == index else None
        token = window.doc[index]
        if (name is None and not (token.is_lower or token.text == "-")) or token.tag_ not in _DESCRIPTIVE:
            return None
    return None


_JOINED_ANEW = frozenset("new merged combined enlarged newly-formed then".split())
_NEXT_OFFICE = 5  # words of the office between a firm and its holder: "Acme vice president Jane Roe"


def _cut_next_owner(window: Window, title: Title) -> None:
    """ "Roe will be chairman of the new company and Acme president Kim its treasurer": the name is where Kim is."""
    owner = title.company
    if owner is None or owner.first <= title.last or window.lows[owner.first - 1] != "and":
        return
    between = window.lows[title.last : owner.first - 1]
    if between[:1] not in (["of"], ["at"]) or between[1:2] not in (["the"], ["both"]) or "both" in between:
        return
    for index in range(owner.last, min(owner.last + _NEXT_OFFICE, len(window.doc))):
        name = window.name_at.get(index)
        if name is not None:
            title.company = None if name.kind == "person" and index > owner.last else owner
            return
        if window.doc[index].tag_ not in ("NN", "JJ", "NNP", "POS", "HYPH"):
            return


_LONGEST_DESCRIPTION = 8  # words
_DESCRIPTIVE = frozenset("JJ JJS JJR NN NNS NNP VBN VBG HYPH RB DT CD".split())

_RELATED = frozenset(
    "backer buyer competitor customer investor owner parent partner rival shareholder supplier".split()
)


def _seat_or(office: str) -> str:
    """An office as it is worded before its firm; "the board of its parent, Acme" gives a seat."""
    return "director" if office.lower().split()[-1] == "board" else office


def _take_apposed(window: Window, title: Title) -> None:
    """ "chief executive of its largest shareholder, Acme": the firm behind what it is to another one."""
    doc, at = window.doc, title.last + 1
    text = title.mention.text
    name = window.name_at.get(at)
    if name is None or name.kind != "org" or name.weak or window.words[title.last] != ",":
        return
    says = name.last < len(doc) and doc[name.last].tag_ in ("VBD", "VBZ", "MD")
    if window.lows[title.last - 1] in _RELATED and " of " in text and not says:
        title.company, title.wording = name, _seat_or(text[: text.index(" of ")])


_UNITS = frozenset(
    "unit subsidiary affiliate arm division business venture company firm bank group insurer airline brokerage "
    "broker-dealer lender publisher retailer operator developer parent entity hotel resort property station brand "
    "magazine newspaper studio agency".split()
)
_LONGEST_KIN = 9  # words of "its newly formed wholly owned aerospace subsidiary"


def _take_unit(window: Window, title: Title) -> None:
    """ "president of its newly formed aerospace subsidiary, Acme": the firm behind what it is to its owner."""
    limit = window.sentence_of(title.first).last
    for link in range(title.first + 1, min(title.last + 1, limit - 1)):
        if window.lows[link] in ("of", "at", "for") and window.lows[link + 1] in ("its", "their", "a", "the"):
            owned = window.low(link + 2) in common_nouns("company") and window.low(link + 3) in ("'s", "’s")
            opens = link + (4 if owned else 2)  # "president of the company's newly formed unit, Acme"
            break
    else:
        return
    for comma in range(opens, min(opens + _LONGEST_KIN, limit - 2)):
        if window.words[comma] == ",":
            break
        if comma in window.name_at or window.doc[comma].tag_ not in _DESCRIPTIVE:
            return
    else:
        return
    name = window.name_at.get(comma + 1)
    if window.lows[comma - 1] not in _UNITS or name is None or name.kind != "org" or name.weak:
        return
    if name.last < limit and window.doc[name.last].tag_ in ("VBD", "VBZ", "MD", "POS"):
        return  # "president of its steel unit, Acme said"
    title.company, title.wording, title.last = name, _seat_or(window.piece(title.first, link)), link


def _take_between(window: Window, title: Title) -> None:
    """ "Chairman Securities Commission Anil Rao": a firm between an office and who holds it, as in South Asia."""
    owner = window.name_at.get(title.last)
    if title.company is not None or owner is None or owner.kind != "org" or owner.weak or owner.first != title.last:
        return
    holder = window.name_at.get(owner.last)
    if holder is not None and holder.kind == "person" and title.mention.strong and title.mention.text[0].isupper():
        title.company = owner


_SEAT_HEADS = frozenset({"director", "directors", "chair", "chairman", "chairwoman", "member", "members"})
_BOARD_REACH = 8  # words from "on" to the firm: "on the board of directors of its parent company Acme"
_BOARD_LINKS = frozenset("the its their supervisory main board boards of directors".split())


def _take_board(window: Window, title: Title, limit: int) -> None:
    """ "Directors on the board of Acme": the firm whose board it is, though none stands right behind the office."""
    if title.company is not None or window.lows[title.last - 1] not in _SEAT_HEADS:
        return
    if window.lows[title.last : title.last + 1] not in (["on"], ["of"]):
        return
    for index in range(title.last + 1, min(title.last + _BOARD_REACH, limit)):
        name = window.name_at.get(index)
        if name is not None and name.kind == "org" and name.first == index:
            boards = {"board", "boards"} & {*window.lows[title.last + 1 : index]}
            title.company = name if boards and window.lows[index - 1] in ("of", "the") and not name.weak else None
            return
        if window.lows[index] not in _BOARD_LINKS:
            return


def _settle_owner(window: Window, title: Title, sentence: Sentence) -> None:
    """ "Acme's head of Applied AI": with an owner before the title, the name after "of" is its unit."""
    unit = title.company
    if unit is None:
        _take_apposed(window, title)
        if title.company is None:
            _take_unit(window, title)
        _take_between(window, title)
        _take_board(window, title, sentence.last)
        return
    if unit.weak and unit.first > title.last and _of_a_firm(title) and not _is_known_place(unit):
        unit.weak = False  # "creative director of Acme", which the model takes for a town
    if _is_unit(window, title, unit):
        if title.last <= unit.first <= title.last + 2:
            title.wording = f"{title.mention.text} {window.doc[title.last : unit.last].text}"
        elif unit.last == title.first:
            title.wording = f"{unit.text} {title.mention.text}"
        title.company, unit.weak = None, True
    elif unit.first > title.first and is_called_part(window, unit, sentence.last):
        title.company, unit.weak = None, True  # "president of the Oral Care franchise", "of its Snacks division"
        if window.lows[title.last : title.last + 1] == ["of"] and _is_owned(window, unit.first):
            title.wording = f"{title.mention.text} of {window.piece(unit.first, unit.last + 1)}"
    if unit.first < title.last:
        return
    index = title.first - 1
    while index >= sentence.first and window.lows[index] in ("'s", "’s", "'", "’"):
        index -= 1
    owner = window.name_at.get(index)
    if title.company is None:
        title.company = owner if owner is not None and owner.kind == "org" and not owner.weak else None
        return
    if owner is None or owner.kind != "org" or owner.weak or is_org_tail(window.words[unit.last - 1]):
        return
    title.wording = title.mention.text + " " + window.doc[title.last : unit.last].text
    title.company = owner
    unit.weak = unit.weak or window.lows[unit.last - 1] in lexicon().areas  # "Acme's head of Retail and Banking"


def _is_unit(window: Window, title: Title, unit: Name) -> bool:
    """Whether the organisation of a title is only a part of one: "head of Cloud Engineering", "Asia president"."""
    if window.words[unit.first - 1] == "at" and unit.first:
        return False
    if unit.text.split()[0] in ("Faculty", "School", "Department", "Division") and " of " in unit.text:
        owners = (n for n in window.names if n.kind == "org" and not n.weak and n.text.split()[-1] in _OF_FACULTIES)
        return any(owners)  # "Dean of the Faculty of Music" at Acme University
    if _names_office(unit):
        return True
    whole = title.mention.head.lower() in _WHOLE_FIRM and "vice" not in title.mention.canonical
    leads = not whole and _LED_BY_REGION.search(title.mention.text) is not None
    return (is_unit_name(unit.text) and (leads or is_area_name(unit.text))) or _is_region(title, unit)


_LED_BY_REGION = re.compile(r"\b(?:head|vp|vice president|director|manager|lead|leader|president)$", re.IGNORECASE)
_REGION_NAMES = frozenset("international americas emea apac europe asia africa oceania global worldwide".split())


_OF_FACULTIES = frozenset("University College Institute Hospital Polytechnic".split())
_PARTS = frozenset("franchise segment practice desk department".split())
_OWN = frozenset({"its", "their", "our"})
_OWN_PARTS = _PARTS | frozenset("division business businesses arm operations team group".split())


def is_called_part(window: Window, unit: Name, limit: int) -> bool:
    """Whether a name is called a part of a firm: "the Oral Care franchise", "its Snacks division"."""
    if unit.last >= limit:
        return False
    own = unit.last - unit.first == 1 and _is_owned(window, unit.first)  # no "Acme Foods"
    return window.lows[unit.last] in (_OWN_PARTS if own else _PARTS)


def _is_owned(window: Window, index: int) -> bool:
    """Whether "its" stands before a word, or a noun for its owner: "the company's Snacks business"."""
    before = window.lows[max(index - 2, 0) : index]
    return before[-1:] != [] and (
        before[-1] in _OWN or (before[-1] in ("'s", "’s") and before[0] in common_nouns("company"))
    )


def _names_office(unit: Name) -> bool:
    """Whether a name is that of a branch: "the Singapore Office"; not "the Home Office"."""
    words = unit.text.lower().split()
    return words[-1] == "office" and len(words) > 1 and all(w in lexicon().places or is_place(w) for w in words[:-1])


def _is_region(title: Title, place: Name) -> bool:
    """Whether the place of an office is a part of the firm's world: "Head of Japan", "VP of International"."""
    if place.text.lower() in _REGION_NAMES:
        return True
    heads = title.mention.head.lower() != "president" or "vice" in title.mention.text.lower()
    return place.weak and _is_known_place(place) and heads and _LED_BY_REGION.search(title.mention.text) is not None


def _is_known_place(place: Name) -> bool:
    return is_place(place.text) or place.text.lower() in lexicon().places


_HEADS_OF_FIRMS = frozenset("director editor officer manager executive ceo cfo coo cto".split())


def _of_a_firm(title: Title) -> bool:
    """Whether an office is one that firms have and towns do not; not "mayor", "bishop", "president"."""
    return title.mention.head.lower().split()[-1] in _HEADS_OF_FIRMS
