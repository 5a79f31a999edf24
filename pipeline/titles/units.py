"""What follows a head: its unit ("of the tire division", ", finance") or its organisation ("of Acme")."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pipeline.titles.mention import Span
from pipeline.titles.sentence import Sentence

_DETERMINERS = frozenset({"the", "its", "their", "his", "her", "our", "all", "each"})
_ARTICLES = frozenset({"a", "an"})
_POSSESSIVE = ("'s", "’s", "'", "’")
_DESCRIBED = ("-based", "-owned", "-run", "-backed", "-listed", "-controlled", "-headquartered")
_LINKS = frozenset({"of", "at", "for", "with", "in"})
_ENDS = frozenset(
    [
        "and",
        "or",
        "of",
        "at",
        "for",
        "with",
        "in",
        "since",
        "effective",
        "to",
        "from",
        "who",
        "on",
        "after",
        "until",
        "as",
        "is",
        "was",
        "will",
        "has",
        "said",
        "when",
        "following",
        "whose",
        "which",
        "but",
        "while",
        "where",
    ]
)
_EMPTY_UNIT = frozenset(
    [
        "unit",
        "subsidiary",
        "division",
        "business",
        "group",
        "company",
        "parent",
        "affiliate",
        "operation",
        "operations",
        "arm",
        "owner",
        "maker",
        "retailer",
        "firm",
        "bank",
        "giant",
        "board",
    ]
)
_SCHOOL = frozenset(
    "school department college faculty office institute bureau division directorate ministry centre center".split()
)
_PLACES_OF_WORK = frozenset(  # small words that end a unit behind a name: "its London office"
    "cluster market office branch bureau complex plant works mill factory campus site lab desk practice team "
    "unit column section supplement programme program".split()
)
_POSTS = frozenset({"post", "job", "role", "position", "title", "seat"})  # "the CEO post" is no CEO of posts
_LOOSE_ENDS = frozenset({"and", "or", "of", "for", "the"})
_TEACHING = frozenset({"professor", "lecturer"})  # take a subject after "in"
_FOR_MATTERS = frozenset({"envoy", "commissioner", "minister", "ambassador", "minister of state"})
_MAX_WORDS = 9  # the longest real unit met had eight words
_MAX_ITEM = 4  # words in one item of "planning, rates and joint ventures"


@dataclass(frozen=True, slots=True)
class After:
    """Where the title ends (token index, exclusive), its unit (token indexes), the organisation behind it."""

    end: int
    unit: tuple[int, int] | None
    company: Span | None
    link: str
    inside: bool = False  # the organisation stands between head and unit


def plain_unit_word(sent: Sentence, index: int) -> bool:
    """Whether an ordinary word may stand in a unit: no function word, no verb form, no adverb."""
    low = sent.low(index)
    lex = sent.lex
    if sent.is_area(index):
        return True
    if low in lex.stops or not low[0].isalnum() or sent.is_verb(index):
        return False
    if low.endswith("ed") and low not in lex.unit_ed:
        return False
    return not (low.endswith("ly") and low not in lex.unit_ly)


class UnitReader:
    """Reads to the right of a head. `owned` tells whether a token belongs to another title."""

    def __init__(self, sent: Sentence, owned: Callable[[int], bool]) -> None:
        self.sent = sent
        self.owned = owned
        self.listed = False

    def phrase(self, index: int, strict: bool) -> int:
        """Read a unit from `index`.

        Args:
            index: First token, after determiners.
            strict: Only known words of areas and places, and capitalised words among them.

        Returns:
            The index behind the unit; `index` itself where there is none.
        """
        sent = self.sent
        start = position = index
        while position < len(sent.tokens) and position - start < _MAX_WORDS:
            step = self._step(start, position, strict)
            if not step:
                break
            position += step
        while position > start and (not sent.is_word(position - 1) or sent.low(position - 1) in _LOOSE_ENDS):
            position -= 1
        if strict and position > start and not (sent.is_area(position - 1) or sent.has_quality(start, position - 1)):
            return start
        return position

    def _step(self, start: int, position: int, strict: bool) -> int:
        """How many tokens to go on from `position`; 0 ends the unit."""
        sent = self.sent
        token = sent.token(position)
        if sent.named(position) or self.owned(position):
            return 0
        if token.low in ("/", "&", "+") and position > start:
            return 1 if sent.is_word(position + 1) and not self.owned(position + 1) else 0
        if token.low == "," and position > start:
            return self._list(position)
        if token.low in ("and", "or") and position > start:
            return self._joined(position)
        if token.low in ("of", "for") and position > start:
            return self._nested(position)
        if not token.word:
            return 0
        return 1 if self._fits(start, position, strict) else 0

    def _fits(self, start: int, position: int, strict: bool) -> bool:
        sent = self.sent
        token = sent.token(position)
        if sent.is_area(position):
            return not (token.low in sent.lex.stops and not token.upper and position == start)
        if not plain_unit_word(sent, position):
            return False
        if token.low.isdigit():
            return False
        if position == start:
            return not strict or (token.upper and sent.is_area(position + 1))
        before = sent.token(position - 1)
        if token.upper and not before.upper:
            return token.shout
        if token.upper and sent.is_area(position - 1) and not token.shout:
            return sent.is_area(position + 1) and not sent.named(position + 1)
        if strict:
            return sent.is_area(position + 1) or sent.has_quality(start, position)
        of_place = before.low in sent.lex.places and sent.is_area(position - 1)  # "its North American road business"
        return token.upper or not before.upper or of_place or token.low in _PLACES_OF_WORK

    def _nested(self, position: int) -> int:
        """ "of" and "for" inside a unit: "dean of the school of business", "head of sales for Asia"."""
        sent = self.sent
        link = sent.low(position)
        after = position + 1
        if sent.low(after) == "the":
            after += 1
        if sent.named(after) or self.owned(after) or not sent.is_word(after):
            return 0
        if link == "of":
            return after - position if sent.low(position - 1) in _SCHOOL and plain_unit_word(sent, after) else 0
        return after - position if sent.is_area(after) and self.phrase(after, strict=True) > after else 0

    def _joined(self, position: int) -> int:
        """ "and" inside a unit: the next word is of the same kind and no title of its own."""
        sent = self.sent
        after = position + 1
        if sent.low(after) == "the" and sent.is_place(position - 1) and sent.is_far_place(after + 1):
            return 2
        if not sent.is_word(after) or sent.named(after) or self.owned(after):
            return 0
        if sent.token(after).upper != sent.token(position - 1).upper and not sent.token(after).shout:
            return 0
        if sent.is_area(after):
            return 1
        if not plain_unit_word(sent, after):
            return 0
        if sent.token(after).upper:
            return 1 if sent.is_area(after + 1) or not sent.is_word(after + 1) else 0
        return 1 if sent.is_area(after + 1) or not sent.is_word(after + 1) else 0

    def _list(self, position: int) -> int:
        """A comma inside a unit, as in "planning, rates and joint ventures": how far the list goes on."""
        sent = self.sent
        index = position
        upper = sent.token(position - 1).upper
        while True:
            if sent.low(index) == ",":
                index += 1
            final = sent.low(index) in ("and", "&")
            if final:
                index += 1
            end = self._item(index, upper)
            if end == index:
                return 0
            index = end
            if final:
                return index - position
            if sent.low(index) not in (",", "and", "&"):
                return 0

    def _item(self, index: int, upper: bool) -> int:
        sent = self.sent
        end = index + (sent.low(index) == "the" and sent.is_far_place(index + 1))
        while end < len(sent.tokens) and end - index < _MAX_ITEM and sent.is_area(end):
            if sent.named(end) or self.owned(end) or sent.token(end).upper != upper:
                break
            end += 1
        return index if end == index + 1 and sent.low(index) == "the" else end

    def company_at(self, index: int) -> tuple[int, Span] | None:
        """The organisation at `index`, after determiners and descriptions ("rival", "Boston-based")."""
        sent = self.sent
        for based in range(index, index + 4):
            if sent.low(based) == "," and based + 1 < len(sent.tokens) and not sent.token(based + 1).upper:
                break  # "of Acme, its Oslo-based subsidiary"; not "of Troy, Mich.-based Acme"
            if sent.low(based).endswith(_DESCRIBED):
                index = based + 1
        for _ in range(5):
            if sent.named(index):
                if sent.is_person(index):
                    return None
                return sent.after_name(index), sent.spans[sent.name[index]]
            low = sent.low(index)
            if not sent.is_word(index) or self.owned(index):
                return None
            describing = low in _DETERMINERS or low in _ARTICLES or low in _EMPTY_UNIT or low.endswith(_DESCRIBED)
            place = low in sent.lex.places
            naming = low in sent.lex.stops or (sent.token(index).upper and not place)
            if naming and not describing and low not in ("privately", "closely", "held") and not self._of_a_land(index):
                return None
            index += 1
        return None

    def _of_a_land(self, index: int) -> bool:
        """Whether a capitalised word only says whence a firm is: "Dutch brewer Acme", "Danish shoe maker Bolt"."""
        sent = self.sent
        if not sent.token(index).upper:
            return False
        for at in (index + 1, index + 2):
            if not sent.is_word(at) or sent.token(at).upper:
                return False
            low = sent.low(at)
            if low in sent.lex.organisations or low.endswith(("maker", "brewer", "lender", "operator", "producer")):
                return sent.named(at + 1) and not sent.is_person(at + 1)
        return False

    def read(
        self, index: int, comma: bool, bare: bool, listed: bool, advises: bool = False, canonical: str = ""
    ) -> After:
        """Read what follows the head that ends before `index`.

        Args:
            index: The token behind the head and its postfix.
            comma: Whether ", UNIT" may follow ("vice president, finance").
            bare: Whether a unit may follow without any sign ("VP Engineering", "general manager finance").
            listed: Whether the title follows a comma or bracket, so that its organisation may follow another.
            advises: Whether "on UNIT" may follow ("adviser on energy policy").
            canonical: The head; some take a subject after "in", some any name of a matter after "for".
        """
        sent = self.sent
        self.listed = listed
        low = sent.low(index)
        if low == "in" and sent.low(index + 1) == "charge" and sent.low(index + 2) == "of":
            charge = self._linked(index + 2, "of")
            return charge if charge.unit else After(index, None, charge.company, "of")
        if low == "on" and advises:
            end = self.phrase(index + 1, strict=True)
            return After(end, (index + 1, end), None, low) if end > index + 1 else After(index, None, None, "")
        if low == "in" and canonical in _TEACHING and sent.low(index + 1) not in sent.lex.places:
            end = self.phrase(index + 1, strict=True)
            if end > index + 1 and not sent.named(index + 1):  # "lecturer in law"
                return self._company_behind(After(end, (index + 1, end), None, low))
        if low == "for" and canonical in _FOR_MATTERS and self._is_matter(index + 1):
            end = self.phrase(index + 1, strict=False)
            if end > index + 2:  # "Special Envoy for Transboundary Waters"; one word may be a country or a firm
                return self._company_behind(After(end, (index + 1, end), None, low))
        if low in _LINKS:
            return self._linked(index, low)
        if low in (",", "-", "–", "—", ":", "(") and comma:
            end = self.phrase(index + 1, strict=not self._is_dashed(index))
            if sent.headline and end > index + 1 and not sent.is_area(end - 1):
                end = index + 1  # "Acme Names New CEO – Shares Jump"
            closed = int(low == "(")
            if end > index + 1 and (sent.low(end) == ")" if closed else self._ends(end)):
                end = end if closed else self._with_region(end)
                return self._company_behind(After(end + closed, (index + 1, end), None, low))
        if bare and sent.is_word(index) and sent.is_area(index) and low not in _POSTS:
            end = self.phrase(index, strict=True)
            if end > index and (sent.token(index).upper or self._ends(end)):
                return self._company_behind(After(end, (index, end), None, ""))
        return self._company_behind(After(index, None, None, ""))

    def _ends(self, index: int) -> bool:
        sent = self.sent
        if index >= len(sent.tokens) or not sent.is_word(index):
            return not sent.low(index).startswith(("'", "’"))
        return sent.low(index) in _ENDS or sent.named(index)

    def _company_behind(self, after: After) -> After:
        """Add the organisation behind a finished title: "..., finance, of Acme", "head of sales at Acme"."""
        sent = self.sent
        index = after.end
        if sent.low(index) == ",":
            index += 1
            if self.listed and sent.persons and sent.named(index) and not sent.is_person(index):
                return After(after.end, after.unit, sent.spans[sent.name[index]], after.link)
        if sent.low(index) in ("of", "at", "for", "with"):
            found = self.company_at(index + 1)
            if found is not None:
                return After(after.end, after.unit, found[1], after.link)
        return after

    def _linked(self, index: int, link: str) -> After:
        """ "of", "for", "at" ... behind a head: an organisation, a part of one, or a unit."""
        sent = self.sent
        plain = After(index, None, None, "")
        found = self.company_at(index + 1)
        if found is not None:
            behind, company = found
            owned = sent.low(behind) in _POSSESSIVE
            behind += owned
            unit_end = self.phrase(behind, strict=False) if link in ("of", "for") else behind
            if sent.low(unit_end) in _POSSESSIVE and sent.low(unit_end - 1) in sent.lex.served:
                unit_end = behind  # "head coach of Acme's women's team": the whole is the employer
            if not owned and all(sent.low(at) in sent.lex.places for at in range(behind, unit_end)):
                unit_end = behind  # "chief executive of Acme Europe"
            words = {sent.low(at) for at in range(behind, unit_end)}
            lower = behind < len(sent.tokens) and sent.is_word(behind)
            if unit_end > behind and lower and not words <= _EMPTY_UNIT:
                return After(unit_end, (behind, unit_end), company, link, inside=True)
            return After(index, None, company, link)
        if link not in ("of", "for"):
            return plain
        first = index + 1
        while sent.low(first) in _DETERMINERS and sent.is_word(first + 1):
            first += 1
        if first > index + 1 and sent.low(first) in sent.lex.organisations and not self._goes_on(first + 1):
            return self._of_organisation(index, first, link)
        if sent.low(first) in _ARTICLES:
            return After(index, None, None, link)
        end = self.phrase(first, strict=link == "for")
        if end == first or sent.low(end).endswith(_DESCRIBED):
            return plain
        if sent.low(end) in _POSSESSIVE and sent.low(end - 1) in sent.lex.served:
            served = self.phrase(end + 1, strict=False)  # "director of children's services"
            if served > end + 1:
                return self._company_behind(After(served, (first, served), None, link))
        if sent.low(end) in _POSSESSIVE:
            return self._of_organisation(index, end - 1, link)
        end = self._with_region(end)
        return self._company_behind(After(end, (first, end), None, link))

    def _with_region(self, end: int) -> int:
        """Where a unit ends with the part of the world behind its comma: "head of wind power, Asia-Pacific"."""
        sent = self.sent
        if sent.low(end) != "," or sent.low(end + 1).split("-")[0] not in sent.lex.places:
            return end
        place = self.phrase(end + 1, strict=True)
        return place if place > end + 1 and self._ends(place) else end

    def _is_matter(self, index: int) -> bool:
        """Whether a word with a capital stands at ``index`` and no name of someone: "for Transboundary Waters"."""
        return self.sent.is_word(index) and self.sent.token(index).upper and not self.sent.named(index)

    def _is_dashed(self, index: int) -> bool:
        """Whether a dash joins a capitalised head and a capitalised unit: "Operations Manager – Breakbulk"."""
        sent = self.sent
        capitals = index > 0 and sent.token(index - 1).upper and sent.is_word(index + 1) and sent.token(index + 1).upper
        return sent.low(index) == "–" and capitals

    def _goes_on(self, index: int) -> bool:
        """Whether a unit goes on behind the word for an organisation: "the university hospital"."""
        sent = self.sent
        if sent.low(index) == "of":
            return sent.low(index - 1) in _SCHOOL
        return sent.is_word(index) and sent.is_area(index) and not sent.named(index)

    def _of_organisation(self, index: int, last: int, link: str) -> After:
        """ "of the company", "of the company's wine unit", "of Britain's Acme"; `last` ends the owner."""
        sent = self.sent
        if sent.low(last + 1) not in _POSSESSIVE:
            return After(index, None, None, link)
        if sent.named(last + 2):
            found = self.company_at(last + 2)
            return After(index, None, found[1] if found else None, link)
        end = self.phrase(last + 2, strict=False)
        if end == last + 2:
            return After(index, None, None, link)
        return After(end, (last + 2, end), None, link, inside=True)
