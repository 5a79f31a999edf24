"""A sentence as it is spelt, and whether a rule can match there: what the matcher refuses, told without a model.

Every test mirrors a refusal of the matcher and is derived from the rule it is made for: what the rule needs
must be there in spelling before the model is asked for it in earnest. A rule that needs less passes more.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from pipeline.extract.common_nouns import common_nouns
from pipeline.extract.guards import PARTICIPLES_OF_TITLES
from pipeline.extract.name_words import unit_words
from pipeline.extract.object_kinds import JOINS_IT
from pipeline.extract.sentences import Sentence
from pipeline.extract.triggers import Trigger
from pipeline.rulebook import read_data, remembered
from pipeline.titles.lexicon import lexicon

# The dot after an initial or a form of address is part of the word, as the model has it: "made Dr. J. Roe its head".
_WORD = re.compile(
    r"\b(?:[Rr]e|[Cc]o|RE|CO)-[^\W_]+|\b(?:[A-Z]\.){2,}(?=[\s,])"
    r"|\b(?:[A-Z]|Dr|Mr|Mrs|Ms|Prof|Rev|Hon|St|Msgr|Jr|Sr)\.(?=\s)"
    r"|[^\W_]+(?:['’.&][^\W_]+)*|[^\w\s]"
)
_TITLE_WORDS = 8  # from "new" to the head of the title: "new senior executive vice president"
_OBJECT_REACH = 50  # characters from "founded" to what was founded
_OFFICE_REACH = 60  # characters from "will be" to the office
_OWNER_WORDS = 5  # words between "departure" and what ties it to its person
_OBJECT_WORDS = 8  # words in which the object of a verb comes to its noun
SAME_PAST = frozenset("put let cut set become come run quit hit bring".split())
_LONG_WORD = 3  # letters of words that headlines give no capital
_UNLESS_WORDS = 8  # words that a rule's `unless` is compared with
_OWNERS = frozenset("'s ’s ' ’ his her my their our its your whose as of by from including like such : - –".split())
_BREAKS = frozenset('.;:!?"“”()')
_KEPT = ("died", "reappointed", "on_leave")  # their role may be the one held, named elsewhere
# Where the object of a verb has ended or there is none: "left after a year", "left.", "left and".
_OBJECT_ENDS = frozenset(
    '. , ; : ! ? ( ) " “ ” - – — and or but after before when while as at by for from in into on to under until with '
    "without amid because since that who which is was were has had will would".split()
)
# What begins an object that is no proper name: "leaving about $130 million", "left his car", "left it there".
_OBJECT_OPENS = frozenset(
    "a an the some any no its his her their my our your this these those more many most several such both all half "
    "about nearly almost only just $ £ €".split()
)
_PERSON_PRONOUNS = frozenset("her me us him himself herself themselves them you myself".split())
# Before the past of a verb they show that it says what its subject does: "it suspended flights".
_ACTIVE_BEHIND = frozenset("it he she they we i who which that has have had".split())
# What no title goes across: "a new low against", "next in".
_TITLE_STOPS = _BREAKS | frozenset(
    "against has have had is are was were will would to on at for from by that which who as with but after before "
    "than its his her their the a an".split()
)
_OBJECT_PRONOUNS = frozenset("it them me you us him himself herself itself themselves open".split())
_TIMES = frozenset(
    "day days week weeks month months year years quarter summer autumn fall spring winter morning night monday "
    "tuesday wednesday thursday friday saturday sunday today yesterday time".split()
)


def words_of(text: str) -> list[str]:
    """Lower-cased words and punctuation marks of a sentence."""
    return _in_small_letters(raw_words_of(text))


def raw_words_of(text: str) -> list[str]:
    """Words and punctuation marks of a sentence as they are spelt."""
    return _WORD.findall(text)


def _in_small_letters(words: list[str]) -> list[str]:
    return "\n".join(words).lower().split("\n") if words else []


@remembered()
def _listed(key: str) -> frozenset[str]:
    return frozenset(read_data("screen.toml")[key].split())


class Spelling:
    """A sentence with its words and titles; offsets are characters of the article."""

    def __init__(self, text: str, sentence: Sentence, opens: bool) -> None:
        self.start, self.end, self.kind = sentence.start, sentence.end, sentence.kind
        self.raw: list[str] = _WORD.findall(text, self.start, self.end)
        self.words = _in_small_letters(self.raw)
        self.styled = sentence.kind != "prose" or opens or text[self.start : self.end].isupper()
        self._text = text
        self._title_case: bool | None = None
        self._titles: list[tuple[int, str]] | None = None

    @cached_property
    def at(self) -> list[int]:
        """Where each word starts."""
        at, position = [], self.start
        for word in self.raw:
            position = self._text.find(word, position)
            at.append(position)
            position += len(word)
        return at

    @property
    def titles(self) -> list[tuple[int, str]]:
        """Where words of titles stand, and which."""
        if self._titles is None:
            lowered = self._text[self.start : self.end].lower()
            self._titles = [(self.start + m.start(), m.group()) for m in lexicon().gate.finditer(lowered)]
        return self._titles

    @property
    def title_case(self) -> bool:
        """Whether most longer words have a capital, as in headlines."""
        if self._title_case is None:
            long = [word for word in self.raw if len(word) > _LONG_WORD]
            self._title_case = sum(word[0].isupper() for word in long) * 2 > len(long)
        return self._title_case

    def title_in(self, start: int, end: int) -> bool:
        return any(start <= at < end for at, _ in self.titles)

    def capital_in(self, start: int, end: int) -> bool:
        return any(start <= at < end and word[0].isupper() for at, word in zip(self.at, self.raw, strict=True))


def fits(spelling: Spelling, trigger: Trigger) -> bool:
    """Whether the words around a trigger allow its rule to match: word class, role and organisation."""
    rule = trigger.rule
    if spelling.kind == "row":
        return True
    if _excluded(spelling, trigger) or (rule.kind != "noun" and _inside_name(spelling, trigger)):
        return False
    if rule.kind == "modifier":
        return _before_title(spelling, trigger)
    if rule.kind == "verb" and not (
        _may_be_verb(spelling, trigger) and _takes_object(spelling, trigger) and _takes_person(spelling, trigger)
    ):
        return False
    if not all(_tells_office(spelling, trigger, kinds) for kinds in (rule.objects, rule.subjects)):
        return False
    listed = "listed" in rule.frame["person"]  # "Roe was the leading candidate"
    if rule.kind == "noun" and not (spelling.styled or listed or _owned(spelling, trigger)):
        return False
    behind = spelling.at[trigger.last]
    needs = set(rule.needs)
    if "as" in needs and not any(
        word == "as" and (spelling.title_in(at, spelling.end) or not _FOR_ANOTHER.isdisjoint(spelling.words))
        for word, at in zip(spelling.words[trigger.last :], spelling.at[trigger.last :], strict=True)
    ):
        return False
    if "role" in needs and rule.action not in _KEPT:
        if trigger.phrase.endswith(" be"):
            if not spelling.title_in(behind, behind + _OFFICE_REACH):
                return False
        elif rule.weak:
            if not (spelling.title_in(behind, spelling.end) or _tells_same_post(spelling, trigger)):
                return False
        elif not (spelling.titles or _tells_any_role(spelling, trigger) or _tells_same_post(spelling, trigger)):
            return False
    if "counterpart" in needs and "replaces" in rule.frame["counterpart"] and not _tells_successor(spelling):
        return False
    return not ("company" in needs and rule.weak) or _may_name_organisation(spelling, trigger)


_ARTICLES = frozenset({"a", "an", "the"})


def _tells_any_role(spelling: Spelling, trigger: Trigger) -> bool:
    """Whether a wording is one that any word for a role may follow: "began as a teller"."""
    behind = spelling.words[trigger.last + 1 : trigger.last + 2]
    return trigger.phrase.endswith(" as") and not _ARTICLES.isdisjoint(behind)


_OF_ANOTHER = frozenset("the that those his her their both".split())
_SAME_POSTS = frozenset("post role job position seat vacancy gap posts roles jobs positions".split())
_FOR_ANOTHER = frozenset({"successor", "replacement", "stopgap", "caretaker"})
_POST_BEHIND = 5  # words from a promotion to "the post": not those that most verbs are followed by
_POST_REACH = 5  # words between a gain and the post spoken of before: "The post will soon be filled by"


def _tells_same_post(spelling: Spelling, trigger: Trigger) -> bool:
    """Whether a gain is told of a post spoken of before: "takes over her role", "The post will be filled by"."""
    if trigger.rule.action not in ("appointed", "promoted", "joined"):
        return False
    behind = _POST_BEHIND if trigger.rule.action == "promoted" or trigger.phrase == "assume" else 1
    near = spelling.words[max(trigger.head - _POST_REACH, 0) : trigger.last + behind]
    if any(word in _SAME_POSTS and before in _OF_ANOTHER for before, word in pairwise(near)):
        return True
    return not _FOR_ANOTHER.isdisjoint(spelling.words) and " as " in f" {' '.join(spelling.words)} "


def _tells_successor(spelling: Spelling) -> bool:
    """Whether a sentence has a word for who comes in another's place: "to succeed", "his replacement"."""
    return any(word.startswith(_SUCCESSION) for word in spelling.words)


_SUCCESSION = ("succe", "replac", "supplant", "follow")


def _may_name_organisation(spelling: Spelling, trigger: Trigger) -> bool:
    """Whether a name stands where a rule wants an organisation; for a verb of founding, in or behind its object."""
    words, at = spelling.words, trigger.last + 1
    near = spelling.at[trigger.head]
    if trigger.rule.action != "founded" or spelling.styled or len(trigger.words) > 1:
        return spelling.capital_in(near + 1, near + _OBJECT_REACH) or "by" in words[at:]
    if words[at : at + 1] in (["to"], ["up"], ["from"]) or words[trigger.head - 1 : trigger.head] == ["-"]:
        return False  # "started to build", "value-creating"
    if "by" in words[at : at + _OBJECT_WORDS]:
        return True
    last = next((i for i in range(at, min(at + _OBJECT_WORDS, len(words))) if _ends_object(spelling, i)), None)
    named = any(word[0].isupper() for word in spelling.raw[at:last])
    return named or not common_nouns("company").isdisjoint(words[at:last])


_OFFICES = frozenset({"post", "role"})


def _tells_office(spelling: Spelling, trigger: Trigger, kinds: Sequence[str]) -> bool:
    """Whether a sentence has a word for an office where nothing else can be what a verb's object or subject is.

    What goes to somebody is told before the "to": "the post went to Roe", "offered the post to Roe".
    """
    if not kinds or not _OFFICES.issuperset(kinds):
        return True
    to_whom = trigger.rule.frame["person"][0] == "to" and trigger.phrase.endswith(" to")
    last = trigger.last if to_whom else len(spelling.words) - 1
    if "role" in kinds and spelling.title_in(spelling.start, spelling.at[last] + 1):
        return True
    words = spelling.words[: last + 1]
    return any(word in common_nouns("post") or word in common_nouns("handed_on") for word in words)


def _owned(spelling: Spelling, trigger: Trigger) -> bool:
    """Whether a noun has an owner, a preposition or a list beside it that can name its person."""
    low, high = max(0, trigger.head - _OWNER_WORDS), trigger.last + 1
    before, behind = spelling.words[low : trigger.head], spelling.words[high : high + _OWNER_WORDS]
    if any(_is_owner(word) for word in before):
        return True
    if any(word[0].isupper() for word in spelling.raw[low : trigger.head]):
        return True
    if behind[:1] == ["of"] and not _may_be_person(spelling, high + 1):
        return False  # "the suspension of trading"
    tied = {*trigger.rule.frame["person"], *trigger.rule.frame.get("counterpart", ())}
    tied |= {"to"} if "counterpart" in trigger.rule.frame else set()  # "a successor to Kim"
    return any(_is_owner(word) or word in tied for word in behind)


def _is_owner(word: str) -> bool:
    return word in _OWNERS or word.endswith(("'s", "’s", "s'", "s’"))


def _before_title(spelling: Spelling, trigger: Trigger) -> bool:
    last = trigger.last
    for index in range(trigger.last + 1, min(trigger.last + 1 + _TITLE_WORDS, len(spelling.words))):
        word = spelling.words[index]
        if (word in _TITLE_STOPS and spelling.words[index + 1 : index + 2] != ["-"]) or word in _TIMES:
            break
        last = index
    return spelling.title_in(spelling.at[trigger.words[0]], spelling.at[last] + 1)


def _may_be_verb(spelling: Spelling, trigger: Trigger) -> bool:
    """False where the words around a trigger show that it is a noun, an auxiliary or the past of "find"."""
    words, head = spelling.words, trigger.head
    before = words[head - 1] if head else ""
    word = words[head]
    if (
        len(trigger.words) == 1
        and before in _listed("noun_before")
        and not word.endswith("ing")
        and not (before == "her" and word.endswith("ed"))  # "wants her replaced"
        and not spelling.styled
    ):
        return False
    if word == "going" and trigger.phrase == "go to":  # "is going to expand", but "is going to Jane Roe"
        return "".join(spelling.raw[trigger.last + 1 : trigger.last + 2])[:1].isupper()
    if word == "found" and trigger.rule.action == "founded" and before not in _listed("infinitive_before"):
        return False
    if trigger.phrase.endswith(" be"):
        behind = [w for w in words[trigger.last + 1 : trigger.last + 3] if not w.endswith("ly")][:1]
        return not any(w.endswith(("ed", "ing")) and w not in PARTICIPLES_OF_TITLES for w in behind)
    return True


def _excluded(spelling: Spelling, trigger: Trigger) -> bool:
    """Whether the wording is one that the rule leaves out."""
    if not trigger.rule.unless:
        return False
    said = " ".join(spelling.words[trigger.head : trigger.head + _UNLESS_WORDS])
    return any(said == wording or said.startswith(wording + " ") for wording in trigger.rule.unless)


def _inside_name(spelling: Spelling, trigger: Trigger) -> bool:
    """Whether a capital inside running text shows that a word is part of a name: "Advanced Micro", "New York"."""
    head = trigger.head
    if spelling.styled or not head or not spelling.raw[head][0].isupper() or not spelling.raw[head - 1][-1].isalnum():
        return False
    neighbours = (spelling.raw[head - 1], *spelling.raw[trigger.last + 1 : trigger.last + 2])
    return any(word[0].isupper() for word in neighbours) and not spelling.title_case


def _takes_object(spelling: Spelling, trigger: Trigger) -> bool:
    """Whether what follows a verb can be what its rule wants for an object: nothing, an organisation, a post, a title.

    "left $2 million to", "leaving a gap", "joined them", "returned to profit": an object of another kind.
    """
    objects = set(trigger.rule.objects)
    if not objects or "other" in objects or trigger.rule.frame["person"][0] != "subject":
        return True
    index = trigger.last + 1
    index, words = _phrase_at(spelling, index)
    if not words or words[0] in _OBJECT_ENDS:
        return True
    if words[0] in _OBJECT_PRONOUNS:
        if trigger.head == 0 and spelling.words[0].endswith("ing"):
            return True  # "Joining him are Jane Roe and Tom Kim"
        return "person" in objects or (words[0] == "it" and spelling.words[trigger.head] in JOINS_IT)
    if "none" in objects and words[0] not in _OBJECT_OPENS and not words[0].isdigit():
        return True
    last = next((number for number in range(1, len(words)) if _ends_object(spelling, index + number)), len(words))
    if any(word[0].isupper() for word in spelling.raw[index : index + last]):
        return True
    if spelling.title_in(spelling.at[index], spelling.at[index + last - 1] + 1):
        return True
    if words[last - 1] in common_nouns("related") and spelling.words[index + last : index + last + 1] == [","]:
        return any(word[0].isupper() for word in spelling.raw[index + last + 1 : index + last + 2])
    nouns = (
        common_nouns("post")
        | common_nouns("company")
        | common_nouns("workplace")
        | (common_nouns("unit") | unit_words() if "unit" in objects else frozenset())
    )
    return any(word in nouns or ("none" in objects and word in _TIMES) for word in words[:last])


def _takes_person(spelling: Spelling, trigger: Trigger) -> bool:
    """Whether a verb whose object is a person has one where its form shows that the object follows.

    "to suspend flights", "it added that": an object of another kind.
    """
    words, head = spelling.words, trigger.head
    if trigger.rule.frame["person"][0] != "object" or len(trigger.words) > 1 or spelling.styled:
        return True
    lemma, word = trigger.phrase.lower(), words[head]
    if word not in (lemma, lemma + "s", lemma + "es") and not word.endswith("ing"):
        if not head or words[head - 1] not in _ACTIVE_BEHIND:
            return True
    elif lemma in SAME_PAST:
        return True
    return _may_be_person(spelling, head + 1)


def _phrase_at(spelling: Spelling, index: int) -> tuple[int, list[str]]:
    """Where a phrase starts behind adverbs, and the words in which it comes to its noun."""
    while index < len(spelling.words) and spelling.words[index].endswith("ly"):
        index += 1
    return index, spelling.words[index : index + _OBJECT_WORDS]


def _may_be_person(spelling: Spelling, index: int) -> bool:
    """Whether the phrase at a word can name somebody or stand for him: it has a capital, a title or a pronoun."""
    index, words = _phrase_at(spelling, index)
    if not words or words[0] in _OBJECT_ENDS or not _PERSON_PRONOUNS.isdisjoint(words[:2]):
        return True
    last = next((number for number in range(1, len(words)) if _ends_object(spelling, index + number)), len(words))
    if any(word in _TIMES for word in words[:last]):
        return True  # "whom it appointed last year"
    if any(word[0].isupper() for word in spelling.raw[index : index + last + 2]):
        return True  # one behind a comma or a colon too: "hired a banker, Jane Roe"
    return spelling.title_in(spelling.at[index], spelling.at[index + last - 1] + 1)


def _ends_object(spelling: Spelling, index: int) -> bool:
    """Whether a word ends an object; those of "day-to-day" do not."""
    text, at = spelling.words, spelling.at
    joined = any(
        text[hyphen] == "-" and at[hyphen] - at[hyphen - 1] == len(text[hyphen - 1])
        for hyphen in range(index, min(index + 2, len(text)))
    )
    return text[index] in _OBJECT_ENDS and not (joined or text[index - 1] == "-")
