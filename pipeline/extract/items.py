"""Events told by a line and the list below it: "The new trustees are:", then a name on each line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.candidates import Candidate
from pipeline.extract.complements import complement_roles
from pipeline.extract.entries import is_entry, read_entry
from pipeline.extract.enumerations import coordinated_names
from pipeline.extract.hints import organisations_at, settle_hints, subject_organisations
from pipeline.extract.role_values import RoleValue
from pipeline.extract.triggers import Trigger, triggers_of
from pipeline.records import DIRECTIONS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from pipeline.extract.mentions import Name, Title, Window
    from pipeline.extract.mentions import Sentence as Parsed
    from pipeline.extract.sentences import Sentence
    from pipeline.extract.title_links import Link
    from pipeline.extract.view import View

_MOST_ITEMS = 40  # lines of one list; a longer one is a table of contents or an index
_HEADING_WORDS = 6  # of a heading that is nothing but the event: "New hires and promotions"
_NAME_OPENS = 4  # words of an item before its name: a bullet, a rank, "Dr."


_WHO = r"others?|rest|remaining \w+|two|three|four|five|six|seven|appointees|nominees|newcomers|recruits|hires|leavers"
_GOES_ON = re.compile(rf"(?:They|The (?:{_WHO})(?: \w+)?) (?:are|were|include|included)(?: also)?:? ")


def items_below(text: str, sentences: Sequence[Sentence], number: int) -> range:
    """The sentences of the list that a line ending in ":", or a short heading, stands over.

    Also the one sentence that goes on with names: "Two have left. They are Jane Roe, the treasurer, and Joe Kim."
    """
    line = sentences[number]
    if number + 1 < len(sentences) and _GOES_ON.match(text, sentences[number + 1].start):
        return range(number + 1, number + 2)
    told = text[line.start : line.end].rstrip("*_ ")
    if not told.endswith(":") and not (line.kind == "heading" and len(told.split()) <= _HEADING_WORDS):
        return range(0)
    last = number + 1
    while last < len(sentences) and last - number <= _MOST_ITEMS and _is_listed(text, sentences[last]):
        last += 1
    return range(number + 1, last)


def _is_listed(text: str, line: Sentence | Parsed) -> bool:
    """Whether a line is a bullet of a list or an entry of a column."""
    return line.kind == "item" or is_entry(text, line.start, line.end)


_LEAD_IN = 5  # words of "The other two directors are"
_NAME_REACH = 12  # words from "are" to the first name: "are the head of sales in Asia, Jane Roe"


def apply_next(window: Window, trigger: Trigger, links: list[Link], found: bool) -> list[Candidate]:
    """An event of each person that the next sentence names: "swore in two ministers. They are A, T, and B, U".

    Where the trigger's own sentence names somebody already (`found`), only "The others are ..." goes on with it.
    """
    number = window.sentence_at[trigger.head]
    if trigger.rule.weak or trigger.rule.kind == "modifier" or number + 1 >= len(window.sentences):
        return []
    if trigger.rule.action == "departed" and "by" in window.lows[trigger.last + 1 : window.sentences[number].last]:
        return []  # "have been replaced by two managers. They are": those who come
    if number + 1 in window.candidate:
        return []  # it tells a move of its own
    first = window.sentences[number + 1].first
    if found and not any(token.lower_ in _OTHERS for token in window.doc[first : first + 2]):
        return []
    line, following = window.sentences[number], window.sentences[number + 1]
    text = window.doc[following.first : following.last].text
    if following.start - line.end > _NEXT_GAP or not _GOES_ON.match(text):
        return []
    copula = next((i for i in range(following.first, following.last) if window.lows[i] in _COPULAS), None)
    if copula is None or copula - following.first > _LEAD_IN:
        return []
    ahead = range(copula + 1, min(copula + _NAME_REACH, following.last))
    opening = next(
        (window.name_at[i] for i in ahead if i in window.name_at and window.name_at[i].kind == "person"), None
    )
    above = _office_of_all(window, line)
    made: list[Candidate] = []
    for name in coordinated_names(window, opening, loose=True) if opening is not None else ():
        held = [link.title for link in links if link.person is name and not link.title.former]
        candidate = Candidate(trigger, window, number, name)
        if candidate.direction == "in":
            candidate.roles = _gained_by(held, above)
        candidate.how["person"] = "list"
        made.append(candidate)
    return made


_KINDS = frozenset("minister manager executive officer president deputy official head member".split())
_OTHERS = frozenset({"other", "others", "rest", "remaining"})
_COPULAS = frozenset("are were include included".split())
_NEXT_GAP = 8  # characters between a sentence and the next one of its paragraph


def _gained_by(held: Sequence[Title], above: RoleValue | None) -> list[RoleValue]:
    """The office of one of several: a full one of their own, "A, minister of trade", else the one told of all."""
    strong = [title for title in held if title.mention.strong]
    full = [title for title in strong if title.company is None and title.mention.unit]
    if above is not None and not full:
        return [above]
    return [RoleValue(title.text, title, title.company) for title in full or strong or held]


def _office_of_all(window: Window, line: Parsed) -> RoleValue | None:
    """The office that a line gives to several at once: "Three directors were elected", "elected three to its board"."""
    titles = [t for t in window.titles_in(line.first, line.last) if t.mention.plural and not t.former]
    for title in titles:
        if title.text.lower().split()[-1] not in _KINDS:
            return RoleValue(title.text, title, title.company)
    words = {token.lower_ for token in window.doc[line.first : line.last]}
    return RoleValue("director", None, None) if "board" in words and not titles else None


def apply_items(view: View, window: Window, trigger: Trigger, links: list[Link]) -> list[Candidate]:
    """An event of each person that opens an item below the trigger's line; the office is told above or in the item."""
    number = window.sentence_at[trigger.head]
    if trigger.rule.weak or not _stands_over(view, window, trigger, number):
        return []
    above = complement_roles(window, trigger, [], links, None)[0].roles or _offices(window, trigger)
    heading = window.sentences[number]
    if not _HONOURS.isdisjoint(window.lows[heading.first : heading.last]):
        return []
    employers = _employers(view, window, trigger, heading)
    made: list[Candidate] = []
    for sentence in window.sentences[number + 1 :]:
        if not _is_listed(view.text, sentence):
            break
        if _tells_itself(window, sentence):
            continue
        told = _entries(view, window, trigger, sentence, above, employers)
        if told or sentence.kind != "item":
            made += told
            continue
        name = _opening_name(window, sentence)
        if name is None or _is_clause(window, name.last, sentence.last):
            continue
        own = _own_offices(window, name, sentence, links, DIRECTIONS[trigger.rule.action])
        candidate = Candidate(trigger, window, number, name, _more_telling(above, own))
        candidate.how["person"] = "list"
        candidate.company_hints = [(employer, "subject") for employer in employers[:1]]
        if not employers:
            named = window.names_in(name.last, _aside(window, name.last, sentence.last), "org")
            candidate.company_hints = [(other, "preposition") for other in named if not other.weak][:1]
        made.append(candidate)
    settle_hints(view, window, made)
    return made


_HONOURS = frozenset("award awards prize prizes medal medals honour honours honor honors scholarship".split())


def _employers(view: View, window: Window, trigger: Trigger, heading: Parsed) -> list[Name]:
    """The organisations that the line over a list names for all: its subject, "at Acme", "Acme appointments:"."""
    subjects = [t for t in window.doc[heading.first : trigger.last] if t.dep_ in ("nsubj", "poss")]
    found = [employer for subject in subjects for employer in organisations_at(window, subject)]
    found += [name for name in window.names_in(trigger.last + 1, heading.last, "org") if not name.weak]
    acting = [t for t in subjects if t.head.i == trigger.head and t.tag_ == "NNP"] if not found else []
    return found or [employer for subject in acting for employer in subject_organisations(view, window, subject)]


def _more_telling(above: list[RoleValue], own: list[RoleValue]) -> list[RoleValue]:
    """The offices of an item: those told above, "the new trustees are", but for a mere "officers" its own."""
    general = any(role.text.lower().split()[-1] in _KINDS for role in above)
    outside = any(role.company is not None for role in own)  # "members of the board: Jane Roe, head of Bolt"
    return list(own) if own and ((general and not outside) or not above) else list(above)


_ASIDES = frozenset(
    "who which whose where previously formerly ex from most after having joined joins succeeding replacing".split()
)


def _aside(window: Window, first: int, last: int) -> int:
    """Where an item goes on with what its person did before: "Jane Roe, treasurer, who worked at Bolt"."""
    return next((index for index in range(first, last) if window.lows[index] in _ASIDES), last)


def _entries(
    view: View, window: Window, trigger: Trigger, line: Parsed, above: list[RoleValue], employers: list[Name]
) -> list[Candidate]:
    """An event of each person of a line without a verb: "A to president and B to treasurer, Acme"."""
    number = window.sentence_at[trigger.head]
    made: list[Candidate] = []
    for entry in read_entry(view, window, line, DIRECTIONS[trigger.rule.action]):
        roles = _more_telling(above, entry.roles)
        if not roles:
            return []  # nothing but a name
        candidate = Candidate(trigger, window, number, entry.person, roles)
        candidate.how["person"] = "list"
        if employers and (above or entry.company is None):
            candidate.company_hints = [(employers[0], "subject")]
        elif entry.company is not None and not above:
            candidate.company_hints = [(entry.company, "object")]
        made.append(candidate)
    return made


def apply_label(view: View, window: Window, trigger: Trigger) -> list[Candidate]:
    """An event told by a label: "Appointed: Jane Roe, head of sales, Acme"."""
    line = window.sentence_of(trigger.head)
    behind = trigger.last + 1
    if behind >= line.last or window.words[behind] != ":" or trigger.words[0] > line.first + _LABEL_WORDS:
        return []
    made: list[Candidate] = []
    for entry in read_entry(view, window, line, DIRECTIONS[trigger.rule.action], behind + 1):
        candidate = Candidate(trigger, window, window.sentence_at[trigger.head], entry.person, entry.roles)
        candidate.how["person"] = "list"
        candidate.company_hints = [(entry.company, "object")] if entry.company is not None else []
        if entry.roles or entry.company is not None:
            made.append(candidate)
    return made


_LABEL_WORDS = 2  # before a label's own word: "Also appointed:"


def _tells_itself(window: Window, line: Parsed) -> bool:
    """Whether a label says what befalls the persons of a line, whatever stands over the list: "Leaving: Jane Roe"."""
    return any(
        line.first <= other.head <= line.first + 1 and window.words[other.last + 1 : other.last + 2] == [":"]
        for other in triggers_of(window)
    )


def _is_clause(window: Window, first: int, last: int) -> bool:
    """Whether an item tells something of its own, "Jane Roe, CFO, left in May": it has a finite verb of its own."""
    for token in window.doc[first:last]:
        if token.lower_ in ("who", "which", "whose", "where"):
            return False
        if token.tag_ in ("VBD", "VBZ", "VBP", "MD"):
            return True
    return False


def _own_offices(window: Window, name: Name, item: Parsed, links: list[Link], direction: str) -> list[RoleValue]:
    """The office that an item gives its person: "Jane Roe, head of design"; of "from A to B" the second.

    Of a loss only the one right beside the name.
    """
    titles: list[tuple[bool, Title]] = []
    for title in window.titles_in(name.last, item.last):
        before = {token.lower_ for token in window.doc[name.last : title.first]}
        if direction != "in" and not before <= _MARKS:
            continue
        linked = any(link.title is title and link.person is name for link in links) or before <= _MARKS
        linked = linked or "as" in before or "to" in before
        if linked and not title.former and not ("from" in before and "to" not in before):
            titles.append((bool({"as", "to"} & before), title))
    marked = any(gained for gained, _ in titles)  # "Jane Roe, counsel; to general counsel"
    return [RoleValue(title.text, title, title.company) for gained, title in titles if gained == marked]


_MARKS = frozenset({",", "*", "**", "_", "-", "–", "—", ":", "(", "the", "its"})


def _stands_over(view: View, window: Window, trigger: Trigger, number: int) -> bool:
    """Whether the trigger's line leads to a list: it ends in ":", or is a heading with the event's noun at its end."""
    line = window.sentences[number]
    if number + 1 >= len(window.sentences) or not _is_listed(view.text, window.sentences[number + 1]):
        return False
    words = [token for token in window.doc[line.first : line.last] if not token.is_space and token.text not in "*_#"]
    if not words:
        return False
    if window.doc[trigger.head].tag_.startswith("N") and {"for", "to"} & {
        *window.lows[max(line.first, trigger.head - 2) : trigger.head]
    }:
        return False  # "Contacts for new recruits:"
    section = "section" in trigger.rule.rule_id and not trigger.phrase.startswith("following")
    bullets = window.sentences[number + 1].kind == "item"
    section = section and "following" not in window.lows[line.first : trigger.head]  # "the following new members:"
    if words[-1].text == ":" and not section and (bullets or _leads(window, trigger, words)):
        return True
    if trigger.rule.kind != "noun" or len(words) > _HEADING_WORDS or (line.kind == "prose" and words[-1].text != ":"):
        return False
    of_others = any(token.lower_ in ("for", "of", "from", "to") for token in words if token.i < trigger.head)
    behind = [token for token in words if token.i > trigger.last and token.i not in window.name_at]
    closes = all(token.lower_ in _CLOSING for token in behind)  # "New appointments at Acme"
    return closes if not section else not of_others


_CLOSING = frozenset("at in the for : are is were was include includes included as follows below".split())


def _leads(window: Window, trigger: Trigger, words: Sequence[Token]) -> bool:
    """Whether a line with a colon speaks of the lines below: "the following", "listed below", an event at its end."""
    if any(token.lower_ in ("following", "follows", "below") for token in words):
        return True
    return words[-1].i - trigger.last <= _LEAD_IN or bool(_offices(window, trigger))


def _offices(window: Window, trigger: Trigger) -> list[RoleValue]:
    """The office that the line itself names for all: "The new trustees are:"."""
    line = window.sentence_of(trigger.head)
    titles = [title for title in window.titles_in(trigger.head, line.last) if title.mention.plural]
    return [RoleValue(title.text, title, title.company) for title in titles[:1]]


def _opening_name(window: Window, item: Parsed) -> Name | None:
    """The person that an item opens with."""
    for index in range(item.first, min(item.first + _NAME_OPENS, item.last)):
        name = window.name_at.get(index)
        if name is not None:
            return name if name.kind == "person" else None
        if window.doc[index].tag_.startswith(("VB", "PRP", "MD")):  # "He succeeds Jane Roe": a sentence of its own
            return None
    return None
