"""What a name must be from where it stands: who hires is an organisation, who has a title and resigns a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from pipeline.extract.mentions import Sentence, Title, Window
from pipeline.extract.name_runs import Run, name_data, title_end
from pipeline.extract.name_words import HONORIFICS, is_area_name
from pipeline.extract.triggers import Trigger

Kind = Literal["person", "org"]
SURE, LIKELY, SLIGHT = 3, 2, 1
_PERSONAL_ACTIONS = frozenset({"resigned", "retired", "died"})
_SAYS = frozenset("said says announced announces confirmed confirms".split())
_NO_OBJECT = frozenset(
    "as from in on at after following to with over amid last this yesterday today earlier early late and , . ; when "
    "because".split()
) | {""}
_POSSESSIVE = ("'s", "’s", "'", "’")
_LABEL_ENDS = frozenset({":", "-", "–", "—", "--", "|"})


@dataclass(frozen=True, slots=True)
class Vote:
    """What the place of a run speaks for. `placed` if a place would do as well: "moved to Norwood"."""

    run: Run
    kind: Kind
    weight: int
    why: str
    placed: bool = False


@dataclass(slots=True)
class Places:
    """A sentence with its runs, titles and triggers by the tokens they start and end at."""

    window: Window
    sentence: Sentence
    runs: Sequence[Run]
    triggers: Sequence[Trigger]
    starts: dict[int, Run] = field(default_factory=dict)
    ends: dict[int, Run] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.starts = {run.first: run for run in self.runs}
        self.ends = {run.last: run for run in self.runs}

    def word(self, index: int) -> str:
        """A word of the sentence in lower case; empty outside of it."""
        return self.window.doc[index].lower_ if self.sentence.first <= index < self.sentence.last else ""

    def title_at(self, index: int) -> Title | None:
        """The title that a phrase opens with, behind articles and "as", "to be", "its new"."""
        for position in range(index, min(index + 5, self.sentence.last)):
            title = self.window.title_at.get(position)
            if title is not None:
                return title
            if self.word(position) not in _TITLE_OPENERS:
                return None
        return None


_TITLE_OPENERS = frozenset(
    "as to be become its the a an their our new next , interim acting permanent first group global deputy "
    "co - executive senior vice".split()
)


def place_votes(places: Places) -> Iterator[Vote]:
    """All that the sentence tells of the kinds of its names."""
    for vote in _votes(places):
        if not (
            places.word(vote.run.last).isdigit() or _opens_report(places, vote.run) or _is_people(places, vote.run)
        ):
            yield vote


def _is_people(places: Places, run: Run) -> bool:
    """Whether a run is what the model takes for a nation or a creed: "the Danish dairy group"."""
    return run.last - run.first == 1 and places.window.doc[run.first].ent_type_ == "NORP"


def _opens_report(places: Places, run: Run) -> bool:
    """Whether a run is a dateline: "WELLINGTON BAY - ", "PUNE, May 3"."""
    if run.first > places.sentence.first + 1 or not run.text.isupper() or len(run.text) < _SHORTEST_DATELINE:
        return False
    return places.word(run.last) in ("-", "–", "—", "--", "(", ",")


_SHORTEST_DATELINE = 4  # letters; what is shorter is an acronym


def _votes(places: Places) -> Iterator[Vote]:
    for trigger in places.triggers:
        if trigger.rule.kind == "verb":
            yield from _of_verb(places, trigger)
    for title in places.window.titles_in(places.sentence.first, places.sentence.last):
        yield from _of_title(places, title)
    for run in places.runs:
        yield from _of_run(places, run)


def _before(places: Places, index: int) -> Run | None:
    """The run that ends before a word, helping verbs and adverbs between."""
    while index > places.sentence.first:
        if index in places.ends:
            return places.ends[index]
        word = places.word(index - 1)
        if word not in name_data("auxiliaries") and not word.endswith("ly"):
            return None
        index -= 1
    return None


def _person_slot(places: Places, index: int) -> Run | None:
    """The run at a word, an honorific before it passed over."""
    if places.word(index).rstrip(".") in HONORIFICS:
        index += 1
    return places.starts.get(index)


def _of_verb(places: Places, trigger: Trigger) -> Iterator[Vote]:
    rule = trigger.rule
    company = rule.frame.get("company", ())
    head = trigger.words[0]
    if rule.frame["person"][0] == "object" and "subject" in company:
        yield from _hired(places, trigger, head)
    elif rule.frame["person"][0] == "subject":
        subject = _before(places, head)
        if subject is None and places.word(head - 1) in ("has", "had", "will") and places.word(head - 2) == ",":
            subject = places.ends.get(head - 2)  # "The treasurer, Jane Roe, has resigned"
        if rule.action in _PERSONAL_ACTIONS and subject is not None and len(subject.words) > 1:
            alone = places.word(trigger.last + 1) in _NO_OBJECT
            plain = not any(is_area_name(word) for word in subject.words)
            yield Vote(subject, "person", SURE if alone and plain else LIKELY, rule.rule_id)
        ahead = trigger.last + 1
        if places.word(ahead) == "the":
            ahead += 1
        target = places.starts.get(ahead)
        if target is not None and "object" in company and rule.action in ("joined", "founded", "returned", "departed"):
            placed = rule.action != "joined" or rule.weak
            yield Vote(target, "org", LIKELY if placed and rule.action != "founded" else SURE, rule.rule_id, placed)
        elif target is None and places.word(ahead) in company and places.word(ahead) in ("at", "for", "with"):
            behind = places.starts.get(ahead + 1)
            if behind is not None:
                yield Vote(behind, "org", LIKELY, rule.rule_id, placed=True)


def _hired(places: Places, trigger: Trigger, head: int) -> Iterator[Vote]:
    """ "R has named P chief executive"; "P named chief executive" where nothing stands between."""
    subject, who = _before(places, head), _person_slot(places, trigger.last + 1)
    passive = any(places.word(i) in ("was", "were", "been", "is", "be", "being", "are") for i in range(head - 2, head))
    if who is None or passive:
        title = places.title_at(trigger.last + 1)
        if subject is None or title is None:
            return
        if not passive and _person_slot(places, title_end(places.window, title)) is not None:
            if not trigger.rule.weak:
                yield Vote(subject, "org", LIKELY, trigger.rule.rule_id)  # "Acme sacked head coach Jane Roe"
        elif len(subject.words) > 1 and places.word(head).endswith(("ed", "en", "d")):
            close = title.first == trigger.last + 1
            yield Vote(subject, "person", LIKELY if passive or close else SLIGHT, trigger.rule.rule_id)
        return
    title = places.title_at(who.last)
    to_board = places.word(who.last) in ("to", "as", "and", ",")
    if title is not None and not title.mention.plural:
        yield Vote(who, "person", SURE, trigger.rule.rule_id)
    elif not to_board:
        return
    if subject is not None and not trigger.rule.weak | (title is None and trigger.rule.action == "departed"):
        yield Vote(subject, "org", LIKELY, trigger.rule.rule_id)


def _of_title(places: Places, title: Title) -> Iterator[Vote]:
    window, head = places.window, title.mention.head.lower()
    end = title_end(window, title)
    behind = _person_slot(places, end)
    trade = head.split()[-1] in name_data("trades")
    if behind is not None and not title.mention.plural and not trade and len(behind.words) > 1:
        yield Vote(behind, "person", SURE, "title before")
    yield from _owner(places, title, behind)
    link = places.word(end)
    if link in ("of", "at", "with", "for"):
        at = end + 1 + (places.word(end + 1) == "the")
        owner = places.starts.get(at)
        if owner is not None:
            sure = link == "at" or _is_chief(title)
            if sure or not is_area_name(owner.text):
                yield Vote(owner, "org", SURE if sure else SLIGHT, "title of", placed=not _is_chief(title))
            end, link = owner.last, places.word(owner.last)
    if link == "," and title.mention.strong and not title.mention.plural:
        yield from _behind_comma(places, title, end)
    yield from _described_before(places, title)


def _is_chief(title: Title) -> bool:
    """Whether an office is one of a whole organisation."""
    words = title.mention.head.lower().split()
    return (
        words[0] == "chief"
        or words[-1] in name_data("chiefs")
        or title.mention.head.lower()
        in (
            "general counsel",
            "managing director",
            "general manager",
        )
    )


def _of_firms(title: Title) -> bool:
    """Whether an office is one that no town or state has."""
    return title.mention.head.lower() in name_data("firm_offices")


def _owner(places: Places, title: Title, behind: Run | None) -> Iterator[Vote]:
    """The run before a title: "Acme chairman Jane Roe", "Acme's chairman"."""
    index = title.first
    while places.word(index - 1) in (
        "new",
        "former",
        "outgoing",
        "incoming",
        "interim",
        "acting",
        "ex",
        "-",
        "current",
    ):
        index -= 1
    possessive = places.word(index - 1) in _POSSESSIVE
    owner = places.ends.get(index - 1 if possessive else index)
    if owner is None or is_area_name(owner.text):
        return
    head = title.mention.head.lower()
    if possessive:
        if title.mention.strong and head.split()[-1] not in name_data("personal"):
            yield Vote(owner, "org", LIKELY, "owner of title", placed=True)
    elif behind is not None and title.mention.strong:
        yield Vote(owner, "org", LIKELY, "before title", placed=not _of_firms(title))


def _described_before(places: Places, title: Title) -> Iterator[Vote]:
    """ "Erlend Moe, the head of sales": a name, a comma and its title."""
    index = title.first
    while places.word(index - 1) in ("its", "the", "a", "an", "their", "former", "current", "new", "company", "group"):
        index -= 1
    if places.word(index - 1) != "," or not title.mention.strong or title.mention.plural:
        return
    who = places.ends.get(index - 1)
    if who is not None and 2 <= len(who.words) <= 4 and title.mention.head.lower() not in name_data("trades"):
        yield Vote(who, "person", LIKELY, "title behind")


def _behind_comma(places: Places, title: Title, end: int) -> Iterator[Vote]:
    """ "its chief executive, Tane Rewi, has left"; but "Jane Roe, chairman, Acme Bank"."""
    run = places.starts.get(end + 1)
    if run is None or len(run.words) < 2 or places.word(run.last) not in (",", ""):
        return
    before = places.word(title.first - 1)
    if before == ",":
        yield Vote(run, "org", SLIGHT, "behind title")
    elif before in ("its", "the", "their", *_POSSESSIVE) or title.first == places.sentence.first:
        yield Vote(run, "person", LIKELY, "title before comma")


def _of_run(places: Places, run: Run) -> Iterator[Vote]:
    before, after = places.word(run.first - 1), places.word(run.last)
    doc, sentence = places.window.doc, places.sentence
    if before.rstrip(".") in HONORIFICS and doc[run.first - 1].text[:1].isupper():
        yield Vote(run, "person", SURE, "honorific")
    if _age_follows(places, run):
        yield Vote(run, "person", SURE, "age")
    if before == "at" and run.first - 2 <= sentence.first and after == ",":
        yield Vote(run, "org", SURE, "at, opening")
    if after in _SAYS and any(places.word(i) in ("it", "its") for i in range(run.last + 1, run.last + 8)):
        yield Vote(run, "org", LIKELY, "says it")
    if before == "about" and (sentence.first + 1, sentence.last) == (run.first, run.last):
        yield Vote(run, "org", SURE, "about, heading")
    yield from _label(places, run)
    yield from _kind(places, run)


def _age_follows(places: Places, run: Run) -> bool:
    """ "Jane Roe, 52, will retire"."""
    if len(run.words) < 2 or places.word(run.last) != "," or places.word(run.last + 2) not in (",", "."):
        return False
    age = places.word(run.last + 1)
    return age.isdecimal() and 18 <= int(age) <= 99


def _label(places: Places, run: Run) -> Iterator[Vote]:
    """ "Acme: Jane Roe appointed treasurer", "Acme - Jane Roe joins": the label of an item that tells a move."""
    if run.first > places.sentence.first + 1 or not places.triggers or places.sentence.kind == "row":
        return
    doc, at = places.window.doc, run.last
    if (
        at >= places.sentence.last
        or doc[at].text not in _LABEL_ENDS
        or (doc[at].text != ":" and not doc[at - 1].whitespace_)
    ):
        return
    if run.text.isupper() and (doc[at].text != ":" or len(run.text) > _LONGEST_ACRONYM):
        return  # "UPDATE: ", "LONDON - "
    if any(other.first > at for other in places.runs):
        yield Vote(run, "org", LIKELY, "label")


_LONGEST_ACRONYM = 5  # letters


def _kind(places: Places, run: Run) -> Iterator[Vote]:
    """ "the software maker Acme", "Acme, a chain of noodle bars"; "its rival Kim" may be a person."""
    kinds = name_data("kinds")
    before = places.word(run.first - 1)
    if before in kinds or (before == "up" and places.word(run.first - 3) == "start"):
        yield Vote(run, "org", LIKELY, "kind before")
    if places.word(run.last) == "," and places.word(run.last + 1) in ("a", "an", "the"):
        ahead = [places.word(i) for i in range(run.last + 2, min(run.last + 7, places.sentence.last))]
        number = next((n for n, word in enumerate(ahead) if word in kinds), None)
        if number is not None and ahead[number + 1 : number + 2] in (
            [","],
            ["of"],
            ["that"],
            ["which"],
            ["based"],
            ["in"],
            ["with"],
            ["behind"],
        ):
            yield Vote(run, "org", LIKELY, "kind behind")
