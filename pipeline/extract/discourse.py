"""What an article is about, sentence by sentence: subjects, section headings, units and sources."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.extract.anaphors import is_anaphor
from pipeline.extract.declared_names import declared_names
from pipeline.extract.formed_firms import formed_aliases
from pipeline.extract.grammar import is_finite, surface_subject
from pipeline.extract.mentions import Name, Sentence, Window
from pipeline.extract.name_runs import name_data
from pipeline.extract.name_words import is_area_name, is_board_or_rank
from pipeline.extract.organisation_kinds import is_left_behind, is_outside, kind_of_noun, kinds_beside, kinds_of_name
from pipeline.extract.roundup import Paragraphs, read_paragraphs
from pipeline.extract.side_names import meant_behind

if TYPE_CHECKING:
    from spacy.tokens import Token

    from pipeline.extract.entities import Organisations, People
    from pipeline.extract.standing import Standings

UNIT_NOUNS = frozenset(["unit", "subsidiary", "division", "affiliate", "venture", "arm"])
_REPORTING = frozenset(["reported", "reports", "told", "tells", "quoted"])
_BODIES = frozenset(
    "agm annual_general_meeting board ceo cfo chairman chief_accounting_officer chief_executive committee "
    "company coo council delegates directors egm executive management nomination_committee premier presidential "
    "registrant senate".split()
)
_DEGREES = frozenset("ph.d phd m.d md mba m.b.a j.d ll.b ll.m m.sc b.sc cpa cfa esq".split())
_PEOPLE_OF = frozenset(
    "shareholders stockholders holders members directors trustees owners investors employees workers staff executives "
    "officers partners managers most some many several half none two three four five six seven eight".split()
)
_SECURITIES = frozenset("shares stock stocks bonds cabinet year".split())
_COMMON_FIRST = frozenset(
    "american bank british central company department east european federal first general global great "
    "group international ministry national new north royal south standard the united university west world".split()
)
_SAY = frozenset(["said", "says", "say", "announced", "announces", "announce"])


@dataclass(slots=True)
class Discourse:
    """Organisations by what the article makes of them; indices of the article's registry.

    `subjects` and `sections` are keyed by window and sentence number: whom the sentence speaks of, and the
    organisation that stands alone in the heading above it. `aliases` are words that stand for one, `formed` those of
    them that are nouns ("the new company"), both by window and word. `bodies` are no names ("Board of Directors", a
    dateline, a person); `variants` maps a misspelt form to the usual one; `title_company` says by the article
    offset of a title whose it is, the unit before its owner; `issuer` is whom the document speaks for;
    `left` are named only as where somebody was before, `outsiders` are those, owners and what is only owned;
    `kinds` tells what an organisation is: a bank, an airline;
    `overseers` license others of their kind: a central bank.
    """

    subjects: dict[tuple[int, int], int] = field(default_factory=dict)
    sections: dict[tuple[int, int], int] = field(default_factory=dict)
    aliases: dict[tuple[int, int], int] = field(default_factory=dict)
    formed: dict[tuple[int, int], int] = field(default_factory=dict)
    headline: set[int] = field(default_factory=set)
    headline_first: int | None = None
    lead: set[int] = field(default_factory=set)
    lead_subject: int | None = None
    lead_subject_at: int = 0  # article offset of the sentence that it is the subject of
    issuer: int | None = None
    units: set[int] = field(default_factory=set)
    sources: set[int] = field(default_factory=set)
    left: set[int] = field(default_factory=set)
    outsiders: set[int] = field(default_factory=set)
    kinds: dict[int, set[str]] = field(default_factory=dict)
    overseers: set[int] = field(default_factory=set)
    bodies: set[int] = field(default_factory=set)
    variants: dict[int, int] = field(default_factory=dict)
    title_company: dict[int, int] = field(default_factory=dict)
    sayers: Counter[int] = field(default_factory=Counter)
    paragraphs: Paragraphs = field(default_factory=lambda: Paragraphs([]))
    standings: Standings | None = None  # read when the first company is decided

    def usual(self, entity: int) -> int:
        """The organisation itself, or the one it is a misspelling of."""
        return self.variants.get(entity, entity)

    def may_be(self, entity: int, kind: str | None) -> bool:
        """Whether a noun of some kind ("the bank"; none: "the company") may stand for an organisation."""
        if kind is None:
            return entity not in self.outsiders
        own = self.kinds.get(entity)
        return entity not in self.left and (not own or kind in own)

    def only_one(self, kind: str | None) -> int | None:
        """The one organisation known to be of a kind."""
        found = [index for index, kinds in self.kinds.items() if kind in kinds]
        return found[0] if len(found) == 1 else None

    def mention(self, window: Window, index: int) -> int | None:
        """The organisation that a word is part of, short forms without a mark of their own included."""
        name = window.name_at.get(index)
        if name is not None:
            return self.usual(name.entity) if name.kind == "org" and name.entity >= 0 else None
        return self.aliases.get((window.offset, index))

    def mentions(self, window: Window, first: int, last: int) -> list[int]:
        """Organisations of a token range in order, each once."""
        found: dict[int, None] = {}
        for index in range(first, last):
            entity = self.mention(window, index)
            if entity is not None and entity not in self.bodies:
                found.setdefault(entity)
        return list(found)


def read_discourse(
    windows: Sequence[Window], organisations: Organisations, people: People, text: str, headline_end: int
) -> Discourse:
    """Read an article's windows once, in order."""
    discourse = Discourse()
    registry = organisations.organisations
    _mark_bodies(discourse, windows, organisations, people)
    declared = declared_names(windows)
    _mark_variants(discourse, organisations, declared)
    _mark_aliases(discourse, windows, organisations, declared, {person.surname.lower() for person in people.persons})
    discourse.formed = formed_aliases(windows)
    discourse.aliases |= discourse.formed
    lead_end = text.find("\n", headline_end + 2)
    lead_end = lead_end if lead_end > 0 else 400
    focus: int | None = None
    places = {index for index, organisation in enumerate(registry) if organisation.weak}
    for index, organisation in enumerate(registry):
        discourse.kinds[index] = kinds_of_name(organisation.full)
        if any(words in organisation.full.lower() for words in name_data("overseers")):
            discourse.overseers.add(index)
        if is_left_behind(text, organisation.positions):
            discourse.left.add(index)
        strong = not organisation.weak
        if index in discourse.left or (strong and is_outside(text, organisation.full, organisation.positions)):
            discourse.outsiders.add(index)
    for window in windows:
        for sentence in window.sentences:
            _mark_kinds(discourse, window, sentence)
    section: int | None = None
    read_to = 0
    for window in windows:
        if _has_heading(text, read_to, window.offset):
            section = None
        read_to = window.offset + len(window.text)
        for number, sentence in enumerate(window.sentences):
            if sentence.first >= sentence.last:
                continue
            key_at = (window.offset, number)
            own = discourse.mentions(window, sentence.first, sentence.last)
            if sentence.start < headline_end:
                discourse.headline.update(own)
                if discourse.headline_first is None and own:
                    discourse.headline_first = own[0]
            elif sentence.start < lead_end:
                discourse.lead.update(own)
            section = _section(discourse, window, sentence, section)
            if section is not None:
                discourse.sections[key_at] = section
            subject = _sentence_subject(discourse, window, sentence, focus, places)
            if subject is None and sentence.kind == "heading":
                subject = _opens_heading(discourse, window, sentence, places)
            if subject is not None:
                discourse.subjects[key_at] = subject
                focus = subject if focus is None or subject not in discourse.outsiders else focus
                if headline_end <= sentence.start < lead_end and discourse.lead_subject is None:
                    discourse.lead_subject, discourse.lead_subject_at = subject, sentence.start
    discourse.paragraphs = read_paragraphs(
        text,
        headline_end,
        (
            (position, discourse.usual(index))
            for index, organisation in enumerate(registry)
            if not organisation.weak and index not in discourse.bodies
            for position in organisation.positions
        ),
        (window.sentences[number].start for window in windows for number in window.candidate),
    )
    if len(set(discourse.sections.values())) < 2:
        discourse.sections.clear()  # one heading alone is a headline or a label, not a round-up
    return discourse


def _mark_bodies(discourse: Discourse, windows: Sequence[Window], organisations: Organisations, people: People) -> None:
    """What the model took for an organisation: a body's common name, a person, a dateline."""
    persons = {p.full.lower() for p in people.persons if p.given and not is_area_name(p.surname)}
    datelines = {
        window.span(name.first, name.last)[0]: name.entity
        for window in windows
        for name in window.names
        if name.kind == "org" and name.entity >= 0 and _dateline(window, name)
    }
    clauses = {
        name.entity
        for window in windows
        for name in window.names
        if name.kind == "org" and any(_breaks(window.doc[i]) for i in range(name.first, name.last))
    }
    for index, organisation in enumerate(organisations.organisations):
        if organisation.full.lower() in _SECURITIES or organisation.full.lower().rstrip(".") in _DEGREES:
            discourse.bodies.add(index)
        key = organisation.key.replace(" ", "_")
        if kind_of_noun(organisation.full) is not None:  # in small letters: "the drugmaker"
            discourse.bodies.add(index)
        placed = bool(organisation.positions) and all(at in datelines for at in organisation.positions)
        person = organisation.full.lower() in persons and not (organisation.acts or kinds_of_name(key.split("_")[0]))
        if key in _BODIES or is_board_or_rank(organisation.full) or person or placed or index in clauses:
            discourse.bodies.add(index)


def _breaks(token: Token) -> bool:
    """Whether a word of a name shows that the name is a stretch of a clause ("Acme names new")."""
    return token.text.islower() and token.tag_ in ("VBZ", "VBD", "VBP", "MD", "PRP")


def _dateline(window: Window, name: Name) -> bool:
    """Whether a name in capitals opens a sentence and a date and a dash follow."""
    sentence = window.sentence_of(name.first)
    if name.first != sentence.first or not name.text.isupper():
        return False
    ahead = window.doc[name.last : min(name.last + 10, sentence.last)]
    return any(token.text in ("-", "–", "—", "--") for token in ahead) and any(token.like_num for token in ahead)


def _mark_variants(discourse: Discourse, organisations: Organisations, declared: Mapping[str, int]) -> None:
    """Acronyms, and misspelt forms: one long word differs by a slip or two from a name that occurs more often."""
    registry = organisations.organisations
    for index, one in enumerate(registry):
        if declared.get(one.full, index) != index:
            discourse.variants[index] = declared[one.full]
        for other_index, other in enumerate(registry):
            if len(one.positions) < len(other.positions) and _one_slip(one.key.split(), other.key.split()):
                discourse.variants.setdefault(index, other_index)


def _one_slip(one: list[str], other: list[str]) -> bool:
    apart = [(a, b) for a, b in zip(one, other, strict=False) if a != b]
    if len(one) > len(other) or len(apart) != 1:
        return False
    a, b = apart[0]
    return a[0] == b[0] and min(len(a), len(b)) > 6 and abs(len(a) - len(b)) < 2 and _close(a, b)


def _close(a: str, b: str) -> bool:
    from rapidfuzz.distance import OSA

    return OSA.distance(a, b) <= 1


def _mark_aliases(
    discourse: Discourse,
    windows: Sequence[Window],
    organisations: Organisations,
    declared: Mapping[str, int],
    surnames: Set[str],
) -> None:
    """Short forms that carry no mark: the first word of exactly one organisation's name, and nobody's surname."""
    first_words: dict[str, list[int]] = {}
    for index, organisation in enumerate(organisations.organisations):
        words = organisation.key.split()
        if not organisation.weak and len(words) > 1 and len(words[0]) > 3 and index not in discourse.bodies:
            first_words.setdefault(words[0], []).append(index)
    singles = {organisation.key for organisation in organisations.organisations}
    known = {
        word: found[0] for word, found in first_words.items() if len(found) == 1 and word not in singles | surnames
    }
    for window in windows:
        for index, (word, low) in enumerate(zip(window.words, window.lows, strict=True)):
            if word in declared and index not in window.name_at:
                discourse.aliases[window.offset, index] = declared[word]
                continue
            entity = known.get(low)
            if entity is None or index in window.name_at or not word[0].isupper():
                continue
            if low in _COMMON_FIRST and _SAY.isdisjoint(window.lows[index + 1 : index + 2]):
                continue
            discourse.aliases[window.offset, index] = entity


_HEADING = re.compile(r"^[^\n]{1,100}(?<![.!?:;,\"”’')])\s*$", re.MULTILINE)


def _has_heading(text: str, start: int, end: int) -> bool:
    """Whether a part of the text that is not parsed holds a line that may be a heading."""
    return any(start <= found.start() and found.end() <= end for found in _HEADING.finditer(text, start, end))


_LONGEST_HEADING = 8  # words


def _section(discourse: Discourse, window: Window, sentence: Sentence, current: int | None) -> int | None:
    """The organisation of the heading above a sentence; a line with nothing but a name is a heading."""
    own = discourse.mentions(window, sentence.first, sentence.last)
    words = [i for i in range(sentence.first, sentence.last) if window.words[i].isalpha()] if own else []
    covered = sum(discourse.mention(window, i) is not None for i in words[:_LONGEST_HEADING])
    named = bool(words) and len(words) < _LONGEST_HEADING and covered >= len(words) - 1
    if sentence.kind in ("heading", "prose") and named:
        return own[0]
    return None if sentence.kind == "heading" else current


def _sentence_subject(
    discourse: Discourse, window: Window, sentence: Sentence, focus: int | None, places: set[int]
) -> int | None:
    """Whom a sentence speaks of: the subject of its main verb; "it" and "the company" keep the focus."""
    span = window.doc[sentence.first : sentence.last]
    for token in span:
        if token.tag_.startswith("VB") and (token.head == token or not span.start <= token.head.i < span.end):
            subject = subject_entity(discourse, window, token, focus, places)
            if subject is not None and subject not in discourse.sources:
                return subject
            inner = _told_first(discourse, window, token, places)
            return inner if inner is not None else subject
    for token in span:
        if token.tag_ in ("VBD", "VBZ") and is_finite(token):
            return subject_entity(discourse, window, token, focus, places)
    return None


def _opens_heading(discourse: Discourse, window: Window, sentence: Sentence, places: set[int]) -> int | None:
    """The organisation that opens a headline whose verb the parser takes for a noun: "Acme names new chief"."""
    name = window.name_at.get(sentence.first)
    if name is None or name.kind != "org" or window.lows[name.last : name.last + 1] in (["'s"], ["’s"], ["'"], ["’"]):
        return None
    entity = owned(discourse, window, sentence.first)
    return entity if entity not in discourse.bodies and entity not in places else None


_QUOTES = frozenset('"“”')


def _told_first(discourse: Discourse, window: Window, verb: Token, places: set[int]) -> int | None:
    """Whom a report speaks of that stands before its source: "Acme has closed a plant, the Courier reported"."""
    told = next((child for child in verb.children if child.dep_ == "ccomp" and child.i < verb.i), None)
    subject = surface_subject(told)[0] if told is not None else None
    if subject is not None and not _QUOTES.isdisjoint(window.words[window.sentence_of(verb.i).first : subject.i]):
        return None  # what somebody says is not what the article goes on to speak of
    entity = owned(discourse, window, subject.i) if subject is not None else None
    return entity if entity not in discourse.bodies and entity not in places else None


def subject_entity(
    discourse: Discourse, window: Window, verb: Token, focus: int | None, places: set[int]
) -> int | None:
    """The organisation that is, owns or is meant by a verb's subject."""
    subject, _ = surface_subject(verb)
    if subject is None:
        return None
    entity = owned(discourse, window, subject.i)
    if entity is not None and entity not in discourse.bodies:
        return entity if entity not in places else None
    for child in subject.children:
        if child.dep_ in ("poss", "compound", "nmod"):
            entity = owned(discourse, window, child.i)
            if entity is not None and entity not in discourse.bodies and entity not in places:
                return entity
    if subject.lower_ in _PEOPLE_OF:  # "Shareholders of Acme elected", "most of Acme's partners have gone"
        for index in range(subject.i + 2, min(subject.i + 4, len(window.doc))):
            entity = discourse.mention(window, index) if window.lows[subject.i + 1] in ("of", "at", "in") else None
            if entity is not None and entity not in discourse.bodies and entity not in places:
                return entity
    if is_anaphor(discourse.mention(window, subject.i), discourse.bodies, subject):
        kind = kind_of_noun(subject.lower_)
        return focus if focus is None or discourse.may_be(focus, kind) else discourse.only_one(kind)
    return None


def owned(discourse: Discourse, window: Window, index: int) -> int | None:
    """The organisation at a word; of "Acme's Bolt Corp unit" the owned one, of "Acme subsidiary Bolt" the second."""
    entity = discourse.mention(window, index)
    name = window.name_at.get(index)
    if entity is None or name is None:
        return entity
    inner = meant_behind(window, name)
    return discourse.usual(inner.entity) if inner is not None else entity


def _mark_kinds(discourse: Discourse, window: Window, sentence: Sentence) -> None:
    for title in window.titles_in(sentence.first, sentence.last):
        if title.company is not None and title.company.entity >= 0:
            entity = owned(discourse, window, title.company.first)
            if entity is not None:
                discourse.title_company[window.span(title.first, title.last)[0]] = entity
    for name in window.names_in(sentence.first, sentence.last, "org"):
        if name.entity < 0:
            continue
        around = [window.lows[i] for i in range(max(name.first - 2, sentence.first), name.first)]
        behind = [window.lows[i] for i in range(name.last, min(name.last + 4, sentence.last))]
        if (
            any(word in UNIT_NOUNS for word in around)
            or UNIT_NOUNS & set(behind[:2])
            or (behind[:2] and behind[0] == "," and UNIT_NOUNS & set(behind))
        ):
            discourse.units.add(name.entity)
        if is_source(window, name):
            discourse.sources.add(name.entity)
        discourse.kinds.setdefault(name.entity, set()).update(kinds_beside(window, name, sentence))
        if behind and behind[0] in _SAY:
            discourse.sayers[name.entity] += 1


def is_source(window: Window, name: Name) -> bool:
    """Whether an organisation only tells the news: "told Acme Press", "Acme Press reported that"."""
    doc = window.doc
    before = [window.lows[i] for i in range(max(name.first - 2, 0), name.first)]
    after = window.lows[name.last] if name.last < len(doc) else ""
    if before and (before[-1] in _REPORTING or (before[-1] in ("the", "to") and before[0] in _REPORTING)):
        return before[-1] != "reports"
    ahead = [window.lows[i] for i in range(name.last, min(name.last + 8, len(doc)))]
    if ahead[:1] in (["reported"], ["reports"]) or ahead[:2] in (["had", "reported"], ["has", "reported"]):
        closing = before[-2:-1] == [","] or before[-1:] == [","]
        return "that" in ahead or (closing and ahead[1:2] in (["."], ["on"]))  # "reported a loss" is what firms do
    bracketed = name.last + 1 < len(doc) and after == ")" and bool(re.match(r"[-–—]", window.words[name.last + 1]))
    return bracketed and bool(before) and before[-1] == "("
