"""Finds job titles in a sentence: heads by look-up, then what stands before and after them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.records import Level
from pipeline.titles.board import board_mentions
from pipeline.titles.canonical import canonical_title
from pipeline.titles.left import Draft, drafts_of
from pipeline.titles.lexicon import Head, Lexicon, lexicon
from pipeline.titles.mention import Span, TitleMention
from pipeline.titles.sentence import Sentence
from pipeline.titles.tokens import lower_same_length
from pipeline.titles.units import After, UnitReader, plain_unit_word

_COMMA_LEVELS = frozenset({"partner", "president", "vice_president", "director", "head", "manager", "chief"})
_TO_LINKED = frozenset({"advisor", "assistant", "deputy", "ambassador", "envoy", "counsel", "secretary", "consultant"})
_ON_LINKED = frozenset({"advisor", "envoy", "spokesperson", "counsel"})
_ELECTED = frozenset({"mayor", "governor", "prime minister", "premier"})  # offices of a place, whatever its name
_WHOLE_FIRM = frozenset(
    {
        "chair",
        "vice chair",
        "president",
        "chief executive officer",
        "executive director",
        "founder",
        "co-founder",
    }
)
# Ranks that make a job of a trade: "chief pilot", "lead programmer"; "senior" alone would make one of any expert.
_CRAFT_RANKS = frozenset({"staff", "chief", "lead", "head", "principal", "senior", "assistant", "deputy"})
_UNIT_LIKE = frozenset({"unit", "subsidiary", "world", "house", "board", "bank"})  # parts of a firm as well
_BARE = frozenset({"general manager", "managing director", "executive director", "manager", "director"})
_SPREAD = frozenset({"former", "new", "incoming", "outgoing", "interim", "acting"})


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
    if need == "area":
        return has_area or bool(_CRAFT_RANKS & set(draft.modifiers))
    joined = any(
        other is not None and _joint(sent, *pair) is not None
        for other, pair in ((previous, (previous, draft)), (following, (draft, following)))
    )
    if need == "partner":
        return joined or sent.low(draft.end) == "of"
    if need == "pair":
        return _is_no_degree(sent, draft, previous, following)
    if after is not None and draft.entry.head.canonical == "head" and _is_top_of_thing(sent, draft, after):
        return False
    tied = after is not None and bool(after.unit or after.company or after.link)
    owned = draft.company is not None or sent.low(draft.left - 1) in ("'s", "’s", "its", "their")
    return has_area or tied or owned or bool(draft.modifiers) or joined


def _is_no_degree(sent: Sentence, draft: Draft, previous: Draft | None, following: Draft | None) -> bool:
    """Whether letters that are a degree as well are a post: "MD & CEO", "its MD", "MD of"; not "Jane Roe, MD, the"."""
    paired = any(
        other is not None and (_joint(sent, *pair) or "").strip() in _PAIRING
        for other, pair in ((previous, (previous, draft)), (following, (draft, following)))
    )
    before = sent.low(draft.left - 1)
    owned = draft.company is not None or bool(draft.modifiers) or before in _BEFORE_POST
    return paired or owned or sent.low(draft.end) in ("of", "at")


_PAIRING = ("and", "&", "/")
_BEFORE_POST = ("'s", "’s", "its", "their", "as", "the", "new")


def _is_top_of_thing(sent: Sentence, draft: Draft, after: After) -> bool:
    """Whether "head of the ..." is the top of something that no organisation has: "head of the queue"."""
    if after.unit is None or after.company or draft.areas or draft.modifiers or after.end - draft.end != 3:
        return False
    last = after.end - 1
    return sent.low(last - 1) == "the" and not sent.token(last).upper and not sent.is_area(last)


def _joint(sent: Sentence, first: Draft | None, second: Draft | None) -> str | None:
    """What joins two titles ("and", ",", "/"), or None where they stand apart."""
    if first is None or second is None or first.after is None:
        return None
    between = [sent.low(at) for at in range(first.after.end, second.left)]
    words = [word for word in between if word not in ("a", "an", "the", "also")]
    if words in ([","], ["and"], ["&"], ["/"], [";"], [",", "and"], ["as", "well", "as"]):
        return words[-1] if len(between) == len(words) else words[-1] + " "
    return None


def level_of(head: Head, modifiers: Sequence[str], unit: str | None) -> Level:
    """The level of a title; a director of nothing in particular sits on the board."""
    if head.canonical == "director" and unit is None and "senior" not in modifiers:
        return "board"
    return head.level


def _place_of_office(sent: Sentence, draft: Draft, after: After) -> After:
    """An office of a state: the place after "of" is the employer, not a unit ("governor of Texas")."""
    if not draft.entry.head.office or after.unit is None or after.inside or after.link != "of":
        return after
    first, last = after.unit
    if all(sent.token(at).upper and sent.low(at) in sent.lex.places for at in range(first, last)) or (
        draft.entry.head.canonical in _ELECTED and all(sent.token(at).upper for at in range(first, last))
    ):
        span = (sent.token(first).start, sent.token(last - 1).end)
        return After(draft.end, None, span, "of")
    return after


def _is_strong(draft: Draft, unit: str | None, capital: bool) -> bool:
    """A weak head becomes a title by its unit: "head of sales", "Product Leader", not "retail executives"."""
    head = draft.entry.head
    if not head.weak or head.needs in ("partner", "pair"):
        return True
    return unit is not None and not draft.entry.plural and (head.level != "other" or capital)


def _without_firm(sent: Sentence, draft: Draft, after: After) -> After:
    """ "chief executive of the drug company": an organisation that is only described is no unit of it."""
    if after.unit is None or after.inside or draft.entry.head.canonical not in _WHOLE_FIRM:
        return after
    first, last = after.unit
    word = sent.low(last - 1)
    described = word in sent.lex.organisations and word not in _UNIT_LIKE and not sent.token(last - 1).upper
    if word == "group" and draft.entry.head.canonical in ("president", "vice chair"):
        return after
    behind = sent.low(last)
    if sent.token(last - 1).upper and sent.low(first - 1) in ("the", "a") and behind[:1].islower():
        described = described or (sent.is_word(last) and plain_unit_word(sent, last) and not sent.is_area(last))
    if described and sent.low(first - 1) in ("the", "its", "this", "a"):
        return After(draft.end, None, after.company, "of")
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
            text = f"{sent.text[start : sent.token(draft.end - 1).end]} {after.link} the {unit}"
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
        level=level_of(draft.entry.head, draft.modifiers, unit),
        capitalised=first.upper and sent.token(draft.start).upper,
        strong=_is_strong(draft, unit, sent.token(draft.start).upper),
        plural=draft.entry.plural,
        company_span=after.company or draft.company,
    )


def _of_the_firm(after: After) -> bool:
    """Whether a title is one "of the company": of the organisation spoken of, not of the next title's."""
    return after.link in ("of", "at") and after.unit is None


def _spread(sent: Sentence, drafts: list[Draft]) -> None:
    """Let joined titles share their organisation and their "former", "new" or "interim"."""
    pairs = list(pairwise(drafts))
    for number, (first, second) in enumerate(pairs):
        joint = _joint(sent, first, second)
        if joint is None or second.after is None or first.after is None:
            continue
        if second.company is None and second.after.company is None:
            second.company = first.company or (first.after.company if joint.strip() != "," else None)
        listed = joint != "," or (number + 1 < len(pairs) and _joint(sent, *pairs[number + 1]) is not None)
        if listed and not joint.endswith(" "):  # "a former banker, chairman" is a list of two only with "and"
            second.modifiers += [word for word in first.modifiers if word in _SPREAD and word not in second.modifiers]
    for first, second in reversed(pairs):
        owned = first.company or (first.after is not None and (first.after.company or _of_the_firm(first.after)))
        if second.after is not None and not owned and _joint(sent, first, second):
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
        bare = draft.entry.tokens[0] in sent.lex.acronyms or head.level == "vice_president" or head.canonical in _BARE
        listed = sent.low(draft.left - 1) in (",", "(", "-", "–", "—", "and", "&", "")
        comma = head.level in _COMMA_LEVELS or head.canonical == "chair"
        after = _served(sent, draft, drafts) or reader.read(
            draft.end, comma, bare, listed, head.canonical in _ON_LINKED, head.canonical
        )
        draft.after = _without_firm(sent, draft, _place_of_office(sent, draft, after))
        kept.append(draft)
        reach = draft.after.end
    return kept


def find_titles(
    text: str,
    blocked: Sequence[Span] = (),
    *,
    persons: Sequence[Span] = (),
    crafts: Callable[[], Collection[int]] | None = None,
    verbs: Callable[[], Collection[int]] | None = None,
    lex: Lexicon | None = None,
) -> list[TitleMention]:
    """Find the job titles of a sentence.

    Args:
        text: One sentence; offsets of the result refer to it.
        blocked: Spans of names of organisations (and persons, where not told apart). No title or unit takes
            in any of it; one tied to a title ("Acme's CEO", "CEO of Acme") becomes its `company_span`.
        persons: Spans known to be persons; they are blocked and never a company.
        crafts: Gives the offsets of nouns that modify the next noun, which may be areas though no list has them.
        verbs: Gives the offsets of words that are verbs of clauses, so that no unit takes them in.
        lex: Title words; the packaged ones by default.

    Returns:
        Mentions in order of their start, not overlapping; one per title, so "chairman and CEO" gives two.
    """
    lex = lex or lexicon()
    low = lower_same_length(text)
    if lex.gate.search(low) is None:
        return []
    nouns, clauses = (read() if read is not None else () for read in (crafts, verbs))
    sent = Sentence(text, lex, blocked, persons, nouns, clauses)
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
    found = _ranks_with_work(text, found)
    found += board_mentions(text, low, found, blocked, persons)
    return sorted(found, key=lambda mention: mention.start)


_WORK = frozenset({"other", "manager", "director"})  # levels of what somebody of a rank does


def _ranks_with_work(text: str, found: list[TitleMention]) -> list[TitleMention]:
    """Join a rank and the work behind its comma: "SVP, group account director" is one role, not "VP, treasurer"."""
    kept: list[TitleMention] = []
    for number, mention in enumerate(found):
        before = kept[-1] if kept else None
        if before is None or not _is_work_of(text, before, mention):
            kept.append(mention)
            continue
        after = found[number + 1] if number + 1 < len(found) else None
        if after is not None and text[mention.end : after.start].strip() in (",", "and", ", and", "&"):
            kept.append(mention)  # "vice president, loan officer and director"
            continue
        kept[-1] = replace(
            before,
            end=mention.end,
            text=text[before.start : mention.end],
            unit=mention.text,
            canonical=f"{before.canonical} {mention.canonical}",
            strong=True,
            company_span=mention.company_span or before.company_span,
        )
    return kept


def _is_work_of(text: str, rank: TitleMention, work: TitleMention) -> bool:
    """Whether a title with an area of its own stands right behind a rank's comma."""
    plain = rank.level == "vice_president" and rank.unit is None and not rank.plural and not work.plural
    named = work.unit is not None and work.level in _WORK and work.text == text[work.start : work.end]
    return plain and named and text[rank.end : work.start] == ", "
