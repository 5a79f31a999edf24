"""Finds job titles in a sentence: heads by look-up, then what stands before and after them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.records import Level
from pipeline.titles.board import board_mentions
from pipeline.titles.canonical import canonical_title
from pipeline.titles.lexicon import Entry, Head, Lexicon, lexicon
from pipeline.titles.mention import Span, TitleMention
from pipeline.titles.sentence import Sentence
from pipeline.titles.tokens import lower_same_length
from pipeline.titles.units import After, UnitReader

_POSSESSIVE = ("'s", "’s")
_COMMA_LEVELS = frozenset({"president", "vice_president", "director", "head", "manager", "chief"})
_WHOLE_FIRM = frozenset({"chief", "board", "president", "founder"})
_TO_LINKED = frozenset({"advisor", "assistant", "deputy", "ambassador", "envoy", "counsel", "secretary", "consultant"})
_ORDINALS = frozenset({"first", "second", "third"})
_AFTER_ORDINAL = frozenset({"vice", "deputy", "secretary", "executive", "minister", "assistant"})
_NATION_FREE = frozenset(
    {"president", "minister", "prime minister", "premier", "chancellor", "governor", "mayor"}
)
_MINISTRIES = frozenset(
    {"treasury", "interior", "defense", "defence", "justice", "commerce", "energy", "state", "labor"}
)
_SPREAD = frozenset({"former", "new", "incoming", "outgoing", "interim", "acting"})
_AREA_LIKE = frozenset({"global", "international", "national", "group", "corporate"})
_AFTER_NEW = frozenset({"york", "england", "zealand", "jersey", "delhi", "orleans", "mexico"})
_MAX_LEFT = 8  # words before a head that can belong to it
_MAX_UNKNOWN = 3  # capitalised words before a capitalised head that no list knows ("ChatGPT Architect")


@dataclass(slots=True)
class Draft:
    """A head on its way to a mention; indexes are token indexes."""

    entry: Entry
    start: int
    end: int
    left: int
    modifiers: list[str] = field(default_factory=list)
    areas: list[int] = field(default_factory=list)
    company: Span | None = None
    after: After | None = None


def _head(sent: Sentence, index: int) -> Entry | None:
    """The head at `index`, "chief ... officer" with any area in between included."""
    lex = sent.lex
    entry = sent.head_at(index)
    if sent.low(index) != "chief" or (entry is not None and len(entry.tokens) > 1):
        return entry
    for end in range(index + 1, min(index + 7, len(sent.tokens))):
        low = sent.low(end)
        if low in ("officer", "officers"):
            words = tuple(sent.low(at) for at in range(index, end)) + ("officer",)
            head = Head(" ".join(words), "chief", False, "", False)
            return Entry(words, head, low == "officers")
        if not (sent.is_area(end) or low in ("and", "&") or (sent.is_word(end) and low not in lex.stops)):
            break
        if sent.head_at(end) is not None and low != "executive":
            break
    return entry


def _is_verb(sent: Sentence, index: int, end: int) -> bool:
    """Whether a head whose form is also a verb's is used as one: "to head", "chairs the", "who heads"."""
    low = sent.low(index)
    lex = sent.lex
    if end - index > 1 or low not in lex.verbs:
        return False
    if sent.low(end) in lex.verb_after:
        return True
    before = sent.low(index - 1)
    if before in lex.verb_before and not sent.token(index).upper:
        return True
    return low.endswith("s") and sent.is_person(index - 1)


def _in_name(sent: Sentence, index: int, end: int, left: int) -> bool:
    """Whether the head is part of a longer name ("Council of Economic Advisers"), and so no title."""
    if not any(sent.named(at) for at in range(index, end)):
        return False
    number = max(sent.name[at] for at in range(index, end))
    span = sent.spans[number]
    return not (sent.token(left).start <= span[0] and span[1] <= sent.token(end - 1).end)


def _organ(sent: Sentence, index: int) -> bool:
    """Whether a plural head names an organ: "board of directors", "court of auditors"."""
    at = index - 1
    while sent.is_area(at) and sent.low(at) not in sent.lex.organs:
        at -= 1
    return sent.low(at) == "of" and sent.low(at - 1) in sent.lex.organs


def _area_before(sent: Sentence, at: int, draft: Draft, unknown: int) -> bool:
    """Whether the word at `at` is an area that belongs to the head: "retail chief", "Policy Research Head"."""
    token = sent.token(at)
    low = token.low
    capital = sent.token(draft.start).upper
    if not token.word or sent.low(at + 1) in _POSSESSIVE:
        return False
    if sent.named(at):
        return draft.entry.head.office and low in _MINISTRIES
    if low in sent.lex.places and token.upper:
        return not (draft.entry.head.canonical in _NATION_FREE and at + 1 == draft.left)
    if low in sent.lex.stops:
        return False
    if sent.is_area(at):
        return token.upper == capital or at == 0 or token.shout or (token.upper and sent.is_area(at + 1))
    if not token.upper or sent.headline:
        return False
    if capital:
        return unknown < _MAX_UNKNOWN and draft.entry.head.level not in _WHOLE_FIRM
    return sent.low(at + 1) in sent.lex.groups and not sent.is_person(at)


def _conjoined(sent: Sentence, at: int, draft: Draft) -> bool:
    """Whether "and" at `at` joins two areas before a head: "sales and marketing director"."""
    if sent.low(at) not in ("and", "&", "/") or draft.left not in draft.areas or not sent.is_area(at - 1):
        return False
    if sent.named(at - 1) or sent.low(at - 1) in sent.lex.stops:
        return False
    first = at - 1
    while first > 0 and sent.is_area(first - 1):
        first -= 1
    like = sent.token(at - 1).upper == sent.token(at + 1).upper or first == 0
    return like and sent.low(first - 1) not in ("of", "for", ",")


def _expand_left(sent: Sentence, draft: Draft) -> None:
    """Take in the modifiers and areas before the head."""
    lex = sent.lex
    unknown = 0
    modifiers = lex.modifiers
    while draft.left > 0 and draft.start - draft.left < _MAX_LEFT:
        at = draft.left - 1
        found = sent.match(modifiers, at, backwards=True)
        if found is not None and not sent.named(at):
            value, size = found
            if sent.low(at) in _ORDINALS and sent.low(at + 1) not in _AFTER_ORDINAL:
                break
            draft.left -= size
            area_like = value in _AREA_LIKE or (value == "executive" and sent.low(at + 1) == "committee")
            if area_like and draft.areas:
                draft.areas.insert(0, at)
            elif value not in draft.modifiers:
                draft.modifiers.insert(0, value)
            continue
        if (
            sent.low(at) == "new"
            and sent.low(at + 1) in _AFTER_NEW
            and sent.token(at).upper
            and not sent.named(at)
        ):
            draft.left -= 1
            draft.areas.insert(0, at)
            continue
        if sent.match(lex.status, at, backwards=True) is not None:
            break
        if _area_before(sent, at, draft, unknown):
            unknown += 0 if sent.is_area(at) else 1
            draft.areas.insert(0, at)
            draft.left -= 1
            continue
        if _conjoined(sent, at, draft):
            draft.areas[:0] = [at - 1, at]
            draft.left -= 2
            continue
        break


def _look_before(sent: Sentence, draft: Draft) -> None:
    """Note the status words before the title ("former", "its new") and an organisation ("Acme's")."""
    status = sent.lex.status
    at = draft.left - 1
    for _ in range(5):
        if at < 0:
            return
        found = sent.match(status, at, backwards=True)
        if found is not None and not sent.named(at):
            value, size = found
            if value not in draft.modifiers:
                draft.modifiers.append(value)
            at -= size
        elif (sent.low(at) in ("-", "–") and sent.is_word(at - 1)) or (
            draft.company is None and sent.low(at) in (*_POSSESSIVE, "'", "’") and sent.named(at - 1)
        ):
            at -= 1
        elif draft.company is None and sent.named(at) and not sent.is_person(at):
            draft.company = sent.spans[sent.name[at]]
            at -= 1
            while at >= 0 and sent.name[at] == sent.name[at + 1]:
                at -= 1
        else:
            return


def drafts_of(sent: Sentence, low: str, whole: bool = False) -> list[Draft]:
    """All heads of the sentence with what stands before them."""
    lex = sent.lex
    looks = [match.span() for match in lex.lookalikes.finditer(low)]
    drafts: list[Draft] = []
    index = 0
    while index < len(sent.tokens):
        entry = _head(sent, index)
        if entry is None:
            index += 1
            continue
        end = index + len(entry.tokens)
        if len(entry.tokens) == 1 and (sent.low(index),) in lex.modifiers and _head_follows(sent, end):
            index += 1
            continue
        draft = Draft(entry, index, end, index)
        begin, stop = sent.token(index).start, sent.token(end - 1).end
        if any(first <= begin and stop <= last for first, last in looks) or (
            not whole and _is_verb(sent, index, end)
        ):
            index = end
            continue
        _expand_left(sent, draft)
        if _in_name(sent, index, end, draft.left) or (entry.plural and _organ(sent, index)):
            index = end
            continue
        _look_before(sent, draft)
        drafts.append(draft)
        index = end
    owned = {at for draft in drafts for at in range(draft.left, draft.start)}
    return [draft for draft in drafts if draft.start not in owned]


def _head_follows(sent: Sentence, index: int) -> bool:
    """Whether another head comes next, areas and modifiers passed over: "deputy finance minister"."""
    for at in range(index, min(index + 4, len(sent.tokens))):
        if sent.head_at(at) is not None:
            return True
        if not (sent.is_area(at) or (sent.low(at),) in sent.lex.modifiers):
            return False
    return False


def take_postfix(sent: Sentence, draft: Draft) -> int:
    """Take in "-elect", "designate", "emeritus"; return the index behind them."""
    found = sent.match(sent.lex.postfixes, draft.end)
    if found is None:
        return draft.end
    draft.modifiers.append(found[0])
    return draft.end + found[1]


def _linked(sent: Sentence, draft: Draft, previous: Draft | None, following: Draft | None) -> bool:
    """Whether a head that needs something beside it has it."""
    need = draft.entry.head.needs
    after = draft.after
    has_area = bool(draft.areas)
    if need == "":
        return True
    if need == "alone":
        return False
    if need == "area":
        return has_area
    joined = any(
        other is not None and _joint(sent, *pair) is not None
        for other, pair in ((previous, (previous, draft)), (following, (draft, following)))
    )
    if need == "partner":
        return joined or sent.low(draft.end) == "of"
    tied = after is not None and (after.unit is not None or after.company is not None)
    return has_area or tied or draft.company is not None or bool(draft.modifiers) or joined


def _joint(sent: Sentence, first: Draft | None, second: Draft | None) -> str | None:
    """What joins two titles ("and", ",", "/"), or None where they stand apart."""
    if first is None or second is None or first.after is None:
        return None
    between = [sent.low(at) for at in range(first.after.end, second.left)]
    words = [word for word in between if word not in ("a", "the", "also")]
    if words in ([","], ["and"], ["&"], ["/"], [";"], [",", "and"], ["as", "well", "as"]):
        return words[-1] if len(between) == len(words) else words[-1] + " "
    return None


def level_of(draft: Draft) -> Level:
    bare = not draft.areas and (draft.after is None or draft.after.unit is None)
    if draft.entry.head.canonical == "director" and bare and "senior" not in draft.modifiers:
        return "board"
    return draft.entry.head.level


def _place_of_office(sent: Sentence, draft: Draft, after: After) -> After:
    """An office of a state: the place after "of" is the employer, not a unit ("governor of Texas")."""
    if not draft.entry.head.office or after.unit is None or after.link != "of":
        return after
    first, last = after.unit
    if all(sent.token(at).upper and sent.low(at) in sent.lex.places for at in range(first, last)) or (
        draft.entry.head.canonical in ("mayor", "governor", "prime minister", "premier")
        and all(sent.token(at).upper for at in range(first, last))
    ):
        span = (sent.token(first).start, sent.token(last - 1).end)
        return After(draft.end, None, span, "of")
    return after


def _mention(sent: Sentence, draft: Draft) -> TitleMention:
    after = draft.after
    assert after is not None
    start, end = sent.token(draft.left).start, sent.token(after.end - 1).end
    text = sent.text[start:end]
    unit: str | None = None
    if after.unit is not None:
        unit = sent.text[sent.token(after.unit[0]).start : sent.token(after.unit[1] - 1).end]
        if after.inside:
            head = sent.text[start : sent.token(draft.end - 1).end]
            text = f"{head} {after.link} the {unit}"
    if draft.areas:
        area = sent.text[sent.token(draft.areas[0]).start : sent.token(draft.areas[-1]).end]
        unit = f"{area} {unit}" if unit else area
    head_word = sent.text[sent.token(draft.start).start : sent.token(draft.end - 1).end]
    first = sent.token(draft.left)
    return TitleMention(
        start=start,
        end=end,
        text=text,
        head=head_word,
        unit=unit,
        modifiers=tuple(draft.modifiers),
        canonical=canonical_title(draft.entry.head.canonical, draft.modifiers, unit, sent.lex),
        level=level_of(draft),
        capitalised=first.upper and sent.token(draft.start).upper,
        strong=not draft.entry.head.weak or bool(unit) or draft.entry.head.needs == "partner",
        plural=draft.entry.plural,
        company_span=after.company or draft.company,
    )


def _spread(sent: Sentence, drafts: list[Draft]) -> None:
    """Let joined titles share their organisation and their "former", "new" or "interim"."""
    pairs = [(a, b) for a, b in zip(drafts, drafts[1:], strict=False)]
    for first, second in pairs:
        joint = _joint(sent, first, second)
        if joint is None or second.after is None or first.after is None:
            continue
        if second.company is None and second.after.company is None:
            second.company = first.company or (first.after.company if joint != "," else None)
        if not joint.endswith(" "):
            second.modifiers += [
                word for word in first.modifiers if word in _SPREAD and word not in second.modifiers
            ]
    for first, second in reversed(pairs):
        if _joint(sent, first, second) and first.company is None and first.after and second.after:
            if first.after.company is None:
                first.company = second.after.company or second.company


def _served(sent: Sentence, draft: Draft, drafts: Sequence[Draft]) -> After | None:
    """ "adviser to the president", "ambassador to France", "adviser to Acme": what "to" adds to the title."""
    at = draft.end
    if draft.entry.head.canonical not in _TO_LINKED or sent.low(at) != "to":
        return None
    at += 1
    while sent.low(at) in ("the", "its", "his", "her", "their"):
        at += 1
    if sent.named(at):
        return None if sent.is_person(at) else After(draft.end, None, sent.spans[sent.name[at]], "to")
    boss = next((other for other in drafts if other.left == at), None)
    if boss is not None:
        return After(boss.end, None, boss.company, "to")
    end = at
    while sent.is_word(end) and sent.token(end).upper and sent.low(end) in sent.lex.places:
        end += 1
    return After(end, (at, end), None, "to") if end > at else None


def _read_right(sent: Sentence, drafts: Sequence[Draft], reader: UnitReader) -> list[Draft]:
    """Read what follows each head; heads inside the wording of an earlier title fall out."""
    kept: list[Draft] = []
    reach = -1
    for draft in drafts:
        if draft.left < reach:
            continue
        draft.end = take_postfix(sent, draft)
        head = draft.entry.head
        bare = draft.entry.tokens[0] in sent.lex.acronyms or head.level == "vice_president"
        after = _served(sent, draft, drafts) or reader.read(draft.end, head.level in _COMMA_LEVELS, bare)
        draft.after = _place_of_office(sent, draft, after)
        kept.append(draft)
        reach = draft.after.end
    return kept


def find_titles(
    text: str,
    blocked: Sequence[Span] = (),
    *,
    persons: Sequence[Span] = (),
    lex: Lexicon | None = None,
) -> list[TitleMention]:
    """Find the job titles of a sentence.

    Args:
        text: One sentence; offsets of the result refer to it.
        blocked: Spans of names of organisations (and persons, where not told apart). No title or unit takes in any of
            it; one tied to a title ("Acme's CEO", "CEO of Acme") becomes its `company_span`.
        persons: Spans known to be persons; they are blocked and never a company.
        lex: Title words; the packaged ones by default.

    Returns:
        Mentions in order of their start, not overlapping; one per title, so "chairman and CEO" gives two.
    """
    lex = lex or lexicon()
    low = lower_same_length(text)
    if lex.gate.search(low) is None:
        return []
    sent = Sentence(text, lex, blocked, persons)
    drafts = drafts_of(sent, low)
    starts = {at for draft in drafts for at in range(draft.left, draft.end)}
    reader = UnitReader(sent, starts.__contains__)
    kept = _read_right(sent, drafts, reader)
    linked = [
        draft
        for number, draft in enumerate(kept)
        if _linked(
            sent,
            draft,
            kept[number - 1] if number else None,
            kept[number + 1] if number + 1 < len(kept) else None,
        )
    ]
    _spread(sent, linked)
    found = [_mention(sent, draft) for draft in linked]
    found += board_mentions(text, low, found, blocked, persons)
    return sorted(found, key=lambda mention: mention.start)
