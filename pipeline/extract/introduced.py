"""A post told of first and its holder named next: "The treasurer of Acme has quit. Jane Roe, 45, gave no reason."

So do local papers and trade journals open their news, of a loss ("A head teacher is to retire. Jane Roe, right, has
led") as of a gain ("Acme has appointed a new treasurer. Jane Roe, currently at Bolt, takes over in May").
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from pipeline.extract.common_nouns import common_nouns
from pipeline.extract.enumerations import coordinated_names
from pipeline.extract.grammar import governing_verbs, is_finite
from pipeline.extract.mentions import Name, Sentence, Title, Window
from pipeline.extract.name_words import HONORIFICS
from pipeline.extract.title_links import Link
from pipeline.extract.triggers import Trigger, triggers_of
from pipeline.extract.view import View
from pipeline.inflect import verb_forms
from pipeline.records import DIRECTIONS
from pipeline.rulebook import read_data, remembered

if TYPE_CHECKING:
    from spacy.tokens import Token

Told = Literal["gain", "loss", "none"]

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_OWNERS = frozenset({"the", "its", "their", "his", "her", "'s", "’s"})
_LOSING = frozenset(
    "suspended suspends fired fires sacked sacks dismissed dismisses ousted ousts removed removes replaced replaces "
    "lost loses dropped drops axed relieved relieves relieving suspending firing sacking dismissing "
    "ousting removing replacing losing".split()
)
_LEAD = 4  # first sentences, the headline included, in which "a head teacher" is one that is named next
_NEARBY = 3  # words of the next sentence before which the name must start, an honorific included
_RANK = 5  # the same where the post is told again: "Chief Fire Officer Jane Roe"


def introduce_holders(view: View, window: Window, linked: set[int]) -> Iterator[Link]:
    """Links of a post without a name to who opens the next sentence, and in the view nouns that stand for them.

    The person must not be named before, so that this sentence introduces them; `linked` are the ids of the
    titles that describe somebody already.
    """
    for number, (sentence, following) in enumerate(zip(window.sentences, window.sentences[1:], strict=False)):
        if any(window.names_in(sentence.first, sentence.last, "person")):
            continue
        titles = [t for t in window.titles_in(sentence.first, sentence.last) if id(t) not in linked]
        told = _told_of(window, sentence, triggers_of(window))
        lost = [title for title in titles if _loss_is_named(window, title)]
        told = "loss" if lost else told
        if told == "loss" and (replaced := _replaced(window, number, titles)) is not None:
            lost += [title for title in titles if _is_holders(window, title, sentence, told, lead=False)]
            yield from (Link(title, replaced, "before,") for title in lost)
            continue
        identified = _identified(window, following)
        holder = identified or _opening(window, following, titles)
        if holder is None or _met_before(view, window, holder):
            continue
        run = coordinated_names(window, holder) if identified is None else [holder]
        if identified is None and not _tells_of_holder(window, run[-1].last, following.last, told):
            continue
        lead = number < _LEAD and window.offset == 0
        for title in titles:
            if title.mention.plural and _are_holders(window, title, told, len(run)):
                yield from (Link(title, person, "before,") for person in run)
            elif len(run) == 1 and (title in lost or (not lost and _is_holders(window, title, sentence, told, lead))):
                yield Link(title, holder, "before,")
                view.introduced[window.offset, window.doc[title.last - 1].i] = holder
        for token in window.doc[sentence.first : sentence.last]:
            known = token.lower_ in common_nouns("person") or window.lows[token.i : token.i + 2] == ["one", "of"]
            acts = told != "none" and token.dep_ in _SUBJECTS
            if len(run) == 1 and known and (acts or (told == "gain" and _is_hired(window, token, sentence.last))):
                view.introduced[window.offset, token.i] = holder


def _is_hired(window: Window, noun: Token, limit: int) -> bool:
    """Whether somebody without a name is hired for an office: "has hired a banker to be its head of research"."""
    if noun.dep_ != "dobj" or noun.head.lower_ not in _gaining() or noun.i in window.title_at:
        return False
    return any(
        not title.mention.plural and not {"as", "to"}.isdisjoint(window.lows[noun.i + 1 : title.first])
        for title in window.titles_in(noun.i + 1, limit)
    )


def _loss_is_named(window: Window, title: Title) -> bool:
    """Whether a noun tells that who holds an office has lost it: "the resignation of its treasurer"."""
    if title.mention.plural or title.former or "new" in title.mention.modifiers:
        return False
    head = window.doc[title.last - 1]
    noun = head.head.head if head.dep_ == "pobj" and head.head.lower_ == "of" else head.head
    return head.dep_ in ("poss", "pobj") and any(
        trigger.head <= noun.i <= trigger.last
        for trigger in triggers_of(window)
        if trigger.rule.kind == "noun" and DIRECTIONS[trigger.rule.action] == "out" and not trigger.rule.weak
    )


def _replaced(window: Window, number: int, titles: list[Title]) -> Name | None:
    """Who is told next to be followed in an office that somebody lost: "ousted its treasurer. Roe will replace Kim"."""
    heads = {title.mention.head.lower() for title in titles}
    for sentence in window.sentences[number + 1 : number + 3]:
        for index in range(sentence.first, sentence.last - 1):
            if window.lows[index] not in _REPLACING:
                continue
            behind = index + 1 + (window.lows[index + 1].rstrip(".") in HONORIFICS)
            name = window.name_at.get(behind)
            told = {title.mention.head.lower() for title in window.titles_in(sentence.first, sentence.last)}
            if name is not None and name.kind == "person" and (not told or told & heads):
                return name
    return None


_REPLACING = frozenset("replacing succeeding replaces succeeds replace succeed".split())


def _met_before(view: View, window: Window, holder: Name) -> bool:
    """Whether the article names a person before, its headline aside."""
    here = window.span(holder.first, holder.last)[0]
    return any(view.headline_end < at < here for at in view.people.persons[holder.entity].positions)


def _told_of(window: Window, sentence: Sentence, triggers: list[Trigger]) -> Told:
    """What the wordings of a sentence tell; a loss before a gain: "is leaving to become treasurer of Bolt"."""
    told = {
        DIRECTIONS[trigger.rule.action]
        for trigger in triggers
        if sentence.first <= trigger.head < sentence.last
        and not trigger.rule.weak
        and (trigger.rule.kind != "verb" or window.doc[trigger.head].tag_.startswith("VB"))
        and (trigger.rule.kind != "noun" or DIRECTIONS[trigger.rule.action] == "in")
    }
    return "loss" if told & {"out", "pause"} else "gain" if "in" in told else "none"


def _is_holders(window: Window, title: Title, sentence: Sentence, told: Told, lead: bool) -> bool:
    """Whether a title is that of the person named next: who acts or goes, or the new one that has been found."""
    if title.mention.plural or title.former:
        return False
    words = [window.doc[index] for index in range(title.first, title.last)]
    if "new" in title.mention.modifiers:
        return told == "gain" and any(_is_gained(word) for word in words)
    before = {window.lows[index] for index in range(max(sentence.first, title.first - 2), title.first)}
    owned = title.company is not None and title.company.last <= title.first
    definite = bool(before & _OWNERS) or owned or words[0].lower_ in _OWNERS
    if not definite and not (lead and told == "loss" and before & {"a", "an"}):
        return False
    return any(
        (word.dep_ in _SUBJECTS and is_finite(word.head) and not _removes_another(window, word.head))
        or (word.dep_ == "dobj" and word.head.lower_ in _LOSING)
        or (word.dep_ == "pobj" and word.head.lower_ == "with" and window.lows[word.head.i - 1] in _PARTED)
        for word in words
    )


def _removes_another(window: Window, verb: Token) -> bool:
    """Whether a verb tells whom its subject removes: "the president fired the treasurer"."""
    return verb.lower_ in _LOSING and any(c.dep_ == "dobj" and c.i in window.title_at for c in verb.children)


_PARTED = frozenset({"ways", "company", "dispensed"})  # "has parted ways with its treasurer"
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "pair": 2, "duo": 2, "trio": 3}


_COUNTED_REACH = 7  # words from "two of the firm's four" to "directors"


def _are_holders(window: Window, title: Title, told: Told, count: int) -> bool:
    """Whether those named next are the ones told of by number: "Two partners have left. Ann Roe and Joe Kim have"."""
    opening = window.sentence_of(title.first).first
    of_firm = "of" in window.lows[opening : title.first]  # "Two of Bolt's directors"
    before = window.lows[max(title.first - (_COUNTED_REACH if of_firm else 3), opening) : title.first + 1]
    counted = next((_NUMBERS[word] for word in before if word in _NUMBERS), None)
    if counted != count:
        return False
    words = [window.doc[index] for index in range(title.first, title.last)]
    if told == "gain":
        return any(_is_gained(word) for word in words)
    if words[-1].dep_ == "pobj" and words[-1].head.lower_ == "of":
        words = [words[-1].head.head]  # "two of its directors have resigned"
    return told == "loss" and any(word.dep_ in _SUBJECTS and is_finite(word.head) for word in words)


@remembered()
def _gaining() -> frozenset[str]:
    """Forms of the verbs whose object is a new holder of an office."""
    return frozenset(form for verb in read_data("cues.toml")["gaining"] for form in verb_forms(verb))


def _is_gained(word: Token) -> bool:
    """ "Has appointed a new treasurer", "a new treasurer has been named"; not "is to name a new treasurer"."""
    if word.dep_ == "pobj" and word.head.lower_ == "of":
        return word.head.head.lower_ in common_nouns("gain")
    verb = next(governing_verbs(word), None)
    going_on = verb is not None and verb.tag_ == "VBG" and any(c.lower_ in ("is", "are") for c in verb.children)
    found = verb is not None and (verb.tag_ not in ("VB", "VBG") or going_on) and verb.lower_ in _gaining()
    return found and word.dep_ in ("dobj", "nsubjpass")


def _opening(window: Window, sentence: Sentence, titles: list[Title]) -> Name | None:
    """The person of a full name with whom a sentence starts, behind an honorific or the post told before."""
    heads = {title.mention.head.lower() for title in titles}
    any_leader = any(title.text.lower() in _ANY_LEADER and "new" not in title.mention.modifiers for title in titles)
    for name in window.names_in(sentence.first, min(sentence.first + _RANK + 5, sentence.last), "person"):
        before = range(sentence.first, name.first)
        ranked = len(before) <= _RANK and any(
            title.first == sentence.first
            and title.last == name.first
            and (title.mention.head.lower() in heads or (any_leader and title.mention.head.lower() not in _NO_LEADER))
            for title in (window.title_at[i] for i in before if i in window.title_at)
        )
        addressed = len(before) < _NEARBY and all(
            window.lows[i].rstrip(".") in HONORIFICS or window.lows[i] in _OPENERS for i in before
        )
        another = window.lows[sentence.first] in _NO_LEADER - heads  # the judge of the case, not the one sacked
        long = name.last - name.first > 1 and name.last + 1 < sentence.last
        return name if (ranked or addressed) and long and not another else None
    return None


def _identified(window: Window, sentence: Sentence) -> Name | None:
    """Who "She is Jane Roe, who has run Bolt", "He is former captain David Keller" name."""
    first = sentence.first
    if window.lows[first : first + 2] not in (["he", "is"], ["she", "is"], ["he", "'s"], ["she", "'s"]):
        return None
    for index in range(first + 2, min(first + 2 + _DESCRIBED, sentence.last)):
        name = window.name_at.get(index)
        if name is not None and name.kind == "person":
            behind = window.words[name.last : name.last + 1]
            return name if name.last - name.first > 1 and behind in ([], ["."], [","], ["("]) else None
        if name is None and window.doc[index].tag_ not in ("NN", "NNP", "JJ", "DT", "POS", "IN", "PRP$"):
            return None
    return None


_DESCRIBED = 8  # words of "is the former Bolt captain"
_ANY_LEADER = frozenset({"head", "boss", "chief", "leader"})  # short for whatever the top office is called
_NO_LEADER = frozenset("judge justice magistrate prosecutor detective inspector sergeant constable officer".split())
_OPENERS = frozenset({"but", "and", "now", "-", "–", "—", "•", "*", '"', "“"})
_SAYING = frozenset(
    "said says told tells added noted praised thanked welcomed confirmed announced explained warned wrote".split()
)
_GRIEVING = frozenset("sad sorry saddened disappointed surprised grateful thanked sorely missed tribute".split())
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})  # who acts without a word on who they are has been told of before
_DESCRIBING = frozenset("who whose currently formerly previously presently now from".split())
_SHOWN = frozenset("aged pictured right left above centre center".split())  # whom an article is on, it shows
_SUCCEEDING = frozenset(
    "succeed succeeds replace replaces take takes steps step stepped fill fills become becomes interim acting assume "
    "assumes run lead oversee head serve act joins arrives".split()
)
_GONE = frozenset("resigned retired retires retiring resigns quit sacked fired dismissed ousted died stepped".split())
_AHEAD = 6  # words behind the name, or what is put in about the person, that tell what the sentence is about
_ASIDE = 30


def _tells_of_holder(window: Window, index: int, limit: int, told: Told) -> bool:
    """Whether what follows a name fits who was told of: an age, "who", "gave no reason"; not "an analyst at"."""
    doc, aside, shown = window.doc, range(index, index), False
    if index >= limit:
        return False
    if window.words[index] in (",", "(") and index + 1 < limit:
        opening = window.lows[index + 1]
        described = opening in _DESCRIBING or (told == "gain" and opening in ("a", "an"))
        if opening == "who" and told != "gain" and index + 2 < limit and not _looks_back(window, index + 2):
            return False  # "The minister has resigned. Jane Roe, who leads the opposition, ..."
        shown = doc[index + 1].like_num or opening in _SHOWN
        if not (described or shown):
            return False
        closing = ")" if window.words[index] == "(" else ","
        ends = [i for i in range(index + 2, min(index + _ASIDE, limit)) if window.words[i] == closing]
        if not ends:
            return told != "gain"
        last = next((i for i in ends if doc[min(i + 1, limit - 1)].tag_ in (*_FINITE, "RB")), ends[0])
        aside = range(index + 1, last)
        index = last + 1
    if index >= limit or (doc[index].tag_ not in (*_FINITE, "RB") and not aside):
        return False
    words = window.lows[index : min(index + _AHEAD, limit)]
    if told == "gain":
        gone = _GONE & {*words, *(window.lows[i] for i in aside)}
        left = words[:1] == ["left"] and "to" not in window.lows[index:limit]
        told_of_another = words[0] in _SAYING and any(window.names_in(index, limit, "person"))
        return not (gone or left or told_of_another or (not shown and _speaks_of_others(window, index, limit)))
    if told == "loss" and (_succeeds(words) or _takes_office(window, index, limit)):
        return False
    return shown or not _speaks_of_others(window, index, limit)


def _looks_back(window: Window, index: int) -> bool:
    """Whether a clause tells what somebody has done, an age or pay: "who joined in 2011", "is 54"; not "who lives"."""
    return window.doc[index].tag_ == "VBD" or window.lows[index] in ("has", "is", "will", "also", "earns")


def _succeeds(words: list[str]) -> bool:
    """Whether the words behind a name are those of who follows the one that went."""
    words = [word for word in words if word not in _PASSED_OVER]
    if not words or words[0] not in _TURNING:
        return words[:1] in (["becomes"], ["joins"], ["succeeds"], ["replaces"], ["assumes"], ["fills"])
    if words[1:3] in (["take", "up"], ["take", "on"]) and words[3:4] in (["a"], ["an"], ["another"]):
        return False  # "will take up a post abroad"
    taking = _SUCCEEDING.intersection(words[:4]) or words[:3] in (["has", "been", verb] for verb in _CHOSEN)
    return bool(taking) and not _STEPPING_OUT.intersection(words)


def _takes_office(window: Window, index: int, limit: int) -> bool:
    """Whether a sentence tells on that its subject follows another: "is the new T", "will be T, replacing Kim"."""
    behind = window.lows[index:limit]
    comes = behind[:1] == ["is"] and any("new" in t.mention.modifiers for t in window.titles_in(index, index + _AHEAD))
    return comes or any(word in _FOLLOWING and behind[at - 1] != "be" for at, word in enumerate(behind))


_FOLLOWING = frozenset("replacing succeeding replaces succeeds resume resumes".split())
_PASSED_OVER = frozenset("now also temporarily immediately formally".split())
_TURNING = frozenset("will would is has takes steps stepped took".split())
_CHOSEN = ("appointed", "named", "chosen", "elected")
_STEPPING_OUT = frozenset({"down", "aside", "back", "leave"})


def _speaks_of_others(window: Window, index: int, limit: int) -> bool:
    """Whether somebody says what need not be on themselves: "said the board was sad", "said: 'We'"."""
    if window.lows[index] not in _SAYING:
        return False
    said = window.lows[index + 1 : limit]
    own = not {"he", "she", "his", "her", "they", "their", "time"}.isdisjoint(said)
    return not own or not (_GRIEVING | _SUCCEEDING).isdisjoint(said)
