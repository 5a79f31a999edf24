"""Wordings of dismissal said of something else: put out of a pub or a game, a gun fired, a claim dismissed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.common_nouns import common_nouns
from pipeline.extract.grammar import is_passive, is_verb
from pipeline.extract.mentions import Window
from pipeline.extract.things_done import is_done_to_thing
from pipeline.extract.triggers import Trigger

if TYPE_CHECKING:
    from spacy.tokens import Token

# Verbs that put somebody out of a place as well as out of an office.
_PUT_OUT = frozenset(
    "remove eject throw kick boot toss bundle usher turf expel removal ejection drive push force vote shove chase "
    "topple".split()
)
# Places, matters, means and games that one is put out of, and holds no office in.
_NO_EMPLOYERS = frozenset(
    "aircraft apartment area auditorium ballot bar bed bicycle bike balcony building bus camp car carriage case "
    "chamber class classroom club concert country court courtroom custody debate event field flat flight forest "
    "gallery game hall helicopter home horse hotel house inquiry investigation island jail ladder land list match "
    "meeting nightclub park pitch plane platform plot premises prison probe property pub race restaurant road roof "
    "room scene shop show site stadium stage stands store street talks temple tent territory tournament town train "
    "tree trial truck vehicle venue village water window world wreck wreckage".split()
)
_WITH_GAP = frozenset({"appoint.get_seat", "appoint.give_unit", "appoint.adds_office", "appoint.take_office"})
_APART = frozenset("from under during before after without against since".split())
_SOUGHT = frozenset({"successor", "successors", "replacement", "replacements"})
_OVERTHROW = frozenset({"topple", "overthrow"})
_ITSELF = frozenset({"himself", "herself", "themselves", "itself"})
_ON_FOOT = frozenset("among into through onto along alone midway hand across past".split())


def is_other_sense(window: Window, trigger: Trigger) -> bool:
    """Whether a loss is none by what it is said of, or of what it puts somebody out."""
    rule = trigger.rule
    gap = window.lows[trigger.head + 1 : trigger.last]
    if rule.rule_id == "appoint.find":
        return not _SOUGHT.isdisjoint(gap)  # "is finding a successor for its chief, Roe"
    if rule.rule_id in _WITH_GAP:
        apart = not _APART.isdisjoint(gap)  # "got up from a chair", "taking action during his presidency"
        return apart or (rule.rule_id == "appoint.give_unit" and gap == ["it"])  # "place it over the fire"
    if rule.action == "resigned":
        return rule.kind == "verb" and (_walks(window, trigger) or _is_resigned_to(window, trigger))
    if rule.action != "dismissed":
        return False
    token = window.doc[trigger.head]
    if trigger.phrase.split()[0] in _PUT_OUT and _out_of_place(window, trigger):
        return True
    if is_done_to_thing(window, trigger):
        return True
    if rule.kind != "verb":
        return False
    before = window.lows[trigger.head - 1] if trigger.head else ""
    if trigger.phrase in _OVERTHROW and token.tag_ == "VB" and before == "to":
        return True  # "a plot to overthrow him": what is willed by force
    if any(child.dep_ == "dobj" and child.lower_ in _ITSELF for child in token.children):
        return True  # "removed himself from the inquiry"
    if trigger.phrase == "fire" and token.tag_ in ("NN", "NNS") and window.doc[token.i - 1].tag_ == "IN" and token.i:
        return True  # "under fire"
    return _at_play(window, trigger) or _is_judged(window, trigger) or _acts_on_thing(window, trigger)


def _out_of_place(window: Window, trigger: Trigger) -> bool:
    """ "Removed from the probe", "thrown out of a plane", "ordered removed from the country"."""
    doc, last = window.doc, window.sentence_of(trigger.head).last
    for index in range(trigger.last, min(trigger.last + _OUT_REACH, last)):
        if window.lows[index] in ("from", "of", "off"):
            noun = _noun_behind(window, index, last)
            if noun is None:
                continue
            name = window.name_at.get(noun.i)
            land = noun.ent_type_ in ("GPE", "LOC") and (name is None or name.weak)
            place = name is None and noun.lower_ in _NO_EMPLOYERS and noun.i not in window.title_at
            if land or place:
                return window.lows[index] in ("from", "off") or window.lows[index - 1] == "out"
        if doc[index].tag_ in ("VBD", "VBZ") and index > trigger.last:
            return False
    return False


_OUT_REACH = 7  # words from the verb to "from": "removed Roe and Kim from the pub"


def _noun_behind(window: Window, index: int, last: int) -> Token | None:
    """The head of the noun phrase behind a preposition, by its words: determiners, adjectives, nouns."""
    found: Token | None = None
    for at in range(index + 1, min(index + 7, last)):
        token = window.doc[at]
        if token.tag_ in ("NN", "NNS", "NNP", "NNPS"):
            found = token
        elif token.tag_ not in ("DT", "JJ", "PRP$", "POS", "VBN", "CD"):
            break
    return found


def _is_judged(window: Window, trigger: Trigger) -> bool:
    """ "Dismissed by some as a clown": what one is called, where no office is told."""
    if trigger.phrase != "dismiss":
        return False
    last = window.sentence_of(trigger.head).last
    place = next((i for i in range(trigger.last + 1, min(trigger.last + 6, last)) if window.lows[i] == "as"), None)
    if place is None or window.lows[place + 1 : place + 2] not in (["a"], ["an"], ["being"]):
        return False
    titles = (window.title_at.get(i) for i in range(place + 2, min(place + 6, last)))
    return not any(title is not None for title in titles)


def _at_play(window: Window, trigger: Trigger) -> bool:
    """ "Dismissed for 42", "was dismissed on 42"; a red card that is shown to nobody in office."""
    sentence = window.sentence_of(trigger.head)
    if trigger.phrase.endswith("red card"):
        return not any(index in window.title_at for index in range(sentence.first, sentence.last))
    behind = window.doc[trigger.last + 1 : trigger.last + 3]
    scored = len(behind) == 2 and behind[0].lower_ in ("for", "on") and behind[1].text.isdigit()
    return trigger.phrase == "dismiss" and scored


def _acts_on_thing(window: Window, trigger: Trigger) -> bool:
    """Whether a verb is active and its object a thing: "got rid of a shirt", "dismissing concerns", "fires the gun"."""
    token = window.doc[trigger.head]
    if not is_verb(token) or is_passive(token) or (token.tag_ == "VBN" and token.dep_ in ("acl", "amod")):
        return False
    source = window.doc[trigger.last] if window.doc[trigger.last].tag_ == "IN" else token
    objects = [child for child in source.children if child.dep_ in ("dobj", "pobj") and child.i > trigger.last]
    if not objects:
        return _goes_off(window, trigger, token)
    return all(_is_thing(window, noun) for noun in objects)


def _goes_off(window: Window, trigger: Trigger, token: Token) -> bool:
    """Whether somebody fires, and nobody is fired: "he burst in and fired again"."""
    if trigger.phrase != "fire" or token.tag_ not in ("VBD", "VBZ", "VBP"):
        return False
    verbs = [token]
    while verbs[-1].dep_ == "conj" and verbs[-1].head.i < verbs[-1].i:
        verbs.append(verbs[-1].head)  # "burst in, shouted and fired again"
    subjects = [c.lower_ for verb in verbs for c in verb.children if c.dep_ == "nsubj"]
    behind = window.lows[trigger.last + 1 : trigger.last + 2]
    return bool({"he", "she", "they", "who"} & {*subjects}) and behind != ["him"] and behind != ["her"]


# Things that are fired, dismissed, removed or got rid of, and stand for no one.
_NO_PERSONS = frozenset(
    "accusation accusations allegation allegations appeal arrow arrows barrage barrages body bullet bullets cannon "
    "case cases charge charges claim claims clothes comment comments complaint complaints concern concerns "
    "criticism fear fears gas gun guns idea lawsuit missile missiles motion name names notion objection objections "
    "petition pistol plea question questions report reports rifle rifles rocket rockets round rounds rumor rumors "
    "rumour rumours salvo shell shells shirt shot shotgun shots suggestion suggestions suit t-shirt talk warning "
    "warnings weapon weapons worries".split()
)


def _is_thing(window: Window, noun: Token) -> bool:
    named = any(word.i in window.name_at for word in noun.subtree if word.dep_ == "appos")
    return noun.lower_ in _NO_PERSONS and noun.i not in window.title_at and not named


def _walks(window: Window, trigger: Trigger) -> bool:
    """ "Walked out among the graves", "walked out midway through the meeting": on foot."""
    on_foot = trigger.phrase == "walk out" and window.lows[trigger.last + 1 : trigger.last + 2]
    if on_foot and on_foot[0] in _ON_FOOT:
        return True
    if trigger.phrase != "walk out of":
        return False
    noun = _noun_behind(window, trigger.last, window.sentence_of(trigger.head).last)
    return noun is not None and noun.lower_ in _NO_EMPLOYERS and noun.i not in window.name_at


def _is_resigned_to(window: Window, trigger: Trigger) -> bool:
    """ "Is resigned to leaving it alone", "quit caring for others": no office is laid down."""
    token = window.doc[trigger.head]
    behind = window.doc[trigger.last + 1] if trigger.last + 1 < len(window.doc) else None
    if behind is None or len(trigger.words) > 1:
        return False
    if trigger.phrase == "resign" and behind.lower_ == "to":
        return token.tag_ in ("VBN", "JJ") and any(c.lower_ in _BEING for c in token.children)
    work = common_nouns("post") | _AS_WORK
    return trigger.phrase == "quit" and behind.tag_ == "VBG" and behind.lower_ not in work and behind.dep_ == "xcomp"


_BEING = frozenset("is are was were be been being".split())
_AS_WORK = frozenset("working being acting serving running leading heading managing coaching teaching editing".split())
