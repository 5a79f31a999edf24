"""What keeps a trigger word from being a trigger: no verb, an adjective, the wrong kind of object."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.grammar import is_verb
from pipeline.extract.mentions import Window
from pipeline.extract.triggers import Trigger

if TYPE_CHECKING:
    from spacy.tokens import Token


_HELPERS = frozenset("is are was were be been being get gets got has have had having 've ’ve 'd ’d".split())
_NO_MODIFIER_BEHIND = _HELPERS | frozenset("and from of by after before while until".split())


def is_premodifier(window: Window, trigger: Trigger) -> bool:
    """A participle before a title, "retiring chairman Roe", if no auxiliary makes it a verb: "has become chairman"."""
    token = window.doc[trigger.head]
    if token.tag_ not in ("VBG", "VBN") or trigger.head + 1 >= len(window.doc) or len(trigger.words) > 1:
        return False
    if token.lower_ == "becoming":
        return False  # "is not interested in becoming chairman"
    before = window.lows[trigger.head - 1] if trigger.head else ""
    far = window.lows[trigger.head - 2] if trigger.head > 1 and window.doc[trigger.head - 1].tag_ == "RB" else ""
    following = window.title_at.get(trigger.head + 1)
    subject = trigger.rule.frame["person"][0] == "subject"
    told = before in _NO_MODIFIER_BEHIND or far in _HELPERS  # "has since become president"
    return following is not None and subject and not told


def acting_firm(window: Window, trigger: Trigger) -> Token | None:
    """The word for the firm that a verb read as a participle has for its subject.

    "Acme named treasurer Jane Roe president", "Acme, a chain owned by Bolt, named Jane Roe its president": it opens
    the sentence, the verb hangs on it or stands right behind it, and a person or a title comes next.
    """
    doc, token, sentence = window.doc, window.doc[trigger.head], window.sentence_of(trigger.head)
    first = _opening(window, sentence.first, token.i)
    first += window.lows[first] == "the"
    behind = trigger.last + 1
    if window.lows[behind : behind + 1] == ["as"]:  # "Acme named as its president Jane Roe"
        behind += 2 if window.lows[behind + 1 : behind + 2] in (["its"], ["the"]) else 1
        if behind not in window.title_at or not _person_next(window, window.title_at[behind].last, sentence.last):
            return None
    if token.tag_ != "VBN" or not _person_next(window, behind, sentence.last):
        return None
    opening = window.name_at.get(first)
    if opening is not None and opening.kind == "org":
        hangs = token.dep_ == "acl" and opening.first <= token.head.i < opening.last
        apposed = window.words[opening.last] == window.words[token.i - 1] == ","  # "Acme, a chain, named founder Roe T"
        root = next(iter([*token.ancestors][-1:]), token)
        if hangs or (token.dep_ == "amod" and (token.i == opening.last or (apposed and root.tag_ in ("NN", "NNP")))):
            return doc[opening.last - 1]
    last = opening.last - 1 if opening is not None else first
    verbless = doc[last].dep_ == "ROOT" and doc[last].tag_ == "NNP" and (opening is None or opening.kind == "org")
    return doc[last] if verbless and token.dep_ == "acl" and window.words[token.i - 1] == "," else None


_GOVERNING = frozenset({"of", "by", "for", "after", "before"})
_TITLE_WORDS = frozenset({"hiring", "recruiting"})  # "of hiring manager Jane Roe"


def is_gerund(window: Window, trigger: Trigger) -> bool:
    """Whether a participle is what a preposition governs: "took the step of suspending its chief and two others"."""
    acts = window.tag(trigger.head) == "VBG" and "object" in trigger.rule.frame["person"]
    before = window.lows[trigger.head - 1] if trigger.head else ""
    return acts and before in _GOVERNING and window.lows[trigger.head] not in _TITLE_WORDS


_DATELINE = 14  # words of "SAN DIEGO, Calif., Oct. 15 (Dow Jones) --"
_DASHES = frozenset({"-", "–", "—", "--", "_", "*", "•", "·"})


def _opening(window: Window, first: int, limit: int) -> int:
    """Where a sentence begins behind a bullet or a dateline."""
    for index in range(first, min(first + _DATELINE, limit)):
        spaced = window.doc[index].whitespace_ and (index == first or window.doc[index - 1].whitespace_)
        if window.words[index] in _DASHES and (index == first or spaced):
            return index + 1
    return first


_BEFORE_NAMES = 6  # words such as "former Bolt executive" between a verb and the name


def _person_next(window: Window, index: int, limit: int) -> bool:
    """Whether a title comes next, or a person with nothing but a description before the name."""
    if index in window.title_at:
        return True
    for at in range(index, min(index + _BEFORE_NAMES, limit)):
        name = window.name_at.get(at)
        if name is not None and name.kind == "person":
            return True
        tag = window.doc[at].tag_
        describing = tag in ("JJ", "NN", "NNP", "POS", "DT") or is_hyphened(window, at)
        if name is None and at not in window.title_at and not describing:
            return False
    return False


def is_hyphened(window: Window, index: int) -> bool:
    """Whether a word is a hyphen or beside one: "long-serving"."""
    return "-" in window.words[max(index - 1, 0) : index + 2]


def spans_infinitive(window: Window, trigger: Trigger) -> bool:
    """Whether the gap of a wording holds another verb: "called on Roe to resign as", "got Roe removed as"."""
    doc, own = window.doc, set(trigger.words)
    gap = [index for index in range(trigger.head + 1, trigger.last) if index not in own and index - 1 not in own]
    if trigger.phrase.startswith("get ") and any(
        doc[index].tag_ == "VBN" and (name := window.name_at.get(index - 1)) is not None and name.kind == "person"
        for index in gap
    ):
        return True
    return any(doc[index].tag_ == "VB" and window.lows[index - 1] == "to" for index in gap)


def phrase_verb(window: Window, trigger: Trigger) -> Token:
    """The verb whose arguments a trigger's are: of "will be led" not the auxiliary."""
    token = window.doc[trigger.head]
    if token.lower_ in ("will", "to", "not") or token.tag_ == "MD" or token.dep_ in ("aux", "auxpass"):
        verbs = (window.doc[other] for other in reversed(trigger.words[1:]))
        verb = next((verb for verb in verbs if is_verb(verb)), token.head)
        # Of "will be managing director" the parse makes "managing" the verb.
        return verb.head if verb.dep_ in ("aux", "auxpass") and verb.head.i in window.title_at else verb
    return token


# Participles that open a title: "will be managing director", "would be acting publisher".
PARTICIPLES_OF_TITLES = frozenset(
    "managing acting presiding supervising founding commanding coordinating contributing consulting operating "
    "incoming returning assisting associated attending visiting".split()
)


def participle_follows(window: Window, trigger: Trigger) -> bool:
    for index in range(trigger.last + 1, min(trigger.last + 3, len(window.doc))):
        if window.doc[index].tag_ in ("VBN", "VBG") and index not in window.title_at:
            return True
        if window.doc[index].tag_ != "RB":
            return False
    return False


def is_given_a_thing(window: Window, trigger: Trigger) -> bool:
    """ "Sent Roe a letter as chairman": the verb's object is a thing, the person only gets it."""
    objects = [child for child in window.doc[trigger.head].children if child.dep_ == "dobj"]
    return any(
        child.tag_ in ("NN", "NNS")
        and child.i not in window.title_at
        and child.i not in trigger.words
        and any(other.dep_ == "det" for other in child.children)
        and any(other.dep_ in ("dative", "nsubjpass") for other in window.doc[trigger.head].children)
        for child in objects
    )


def is_verb_like(window: Window, trigger: Trigger) -> bool:
    """Headlines drop what the tagger needs: there a trigger word counts as a verb whatever its tag."""
    token = window.doc[trigger.head]
    if token.lower_ in ("will", "would", "shall", "to", "not"):
        return True
    sentence = window.sentence_of(trigger.head)
    hyphen = trigger.head > sentence.first and window.doc[trigger.head - 1]
    if hyphen and hyphen.text_with_ws == "-" and not is_verb(token):
        return False  # "under-fire boss"; but "- Names Roe chairman"
    helped = trigger.head > sentence.first and window.lows[trigger.head - 1] in _HELPERS
    if helped and token.lower_.endswith("ed"):
        return True  # "was upped to president", whatever the tagger makes of it
    if token.tag_ == "NNS" and token.lower_ in _GOES and _follows_aside(window, trigger.head):
        return True  # "Roe, its chairman, departs in June"
    if token.tag_ == "NNS" and _stands_between_names(window, token.i):
        return True  # "Acme names Jane Roe head of sales"
    if token.lower_ == "trade" and token.tag_ == "NN":
        return False  # "a trade expert at the institute for", "a pilot by trade"
    before = trigger.head - 1
    while before > sentence.first and window.doc[before].tag_ == "JJ":
        before -= 1
    if token.tag_ in ("NN", "NNS") and before >= 0 and window.doc[before].tag_ in ("PRP$", "POS", "DT"):
        return False  # "her post as treasurer", "the sudden exit of Kim"
    if len(trigger.words) > 1 and token.tag_ in ("NN", "NNS", "NNP", "MD", "JJ", "IN", "RP", "RB"):
        return token.dep_ != "compound" or sentence.kind in ("heading", "item")  # not "insider trading charges for"
    headline = sentence.kind in ("heading", "item") or sentence.start == 0 or _runs_in(window, trigger)
    return (headline or _all_caps(window, sentence.first, sentence.last)) and token.tag_ in (
        "NNS",
        "NN",
        "NNP",
        "NNPS",
        "JJ",
    )


def _stands_between_names(window: Window, index: int) -> bool:
    """Whether a capitalised word, or an organisation's name, and a person's name stand right around a word."""
    behind = window.name_at.get(index + 1)
    if behind is None or behind.kind != "person" or behind.first != index + 1 or not index:
        return False
    before = window.name_at.get(index - 1)
    return (before is not None and before.kind == "org") or (
        window.words[index - 1][:1].isupper() and window.doc[index - 1].tag_ in ("NNP", "NNPS", "JJ")
    )


_GOES = frozenset({"departs", "exits", "retires", "resigns", "quits", "leaves", "joins", "returns"})


def _follows_aside(window: Window, head: int) -> bool:
    """Whether a comma that closes an aside, or a person's name, stands right before a word."""
    name = window.name_at.get(head - 1)
    return window.words[head - 1] in (",", ")", "—") or (name is not None and name.kind == "person")


def _runs_in(window: Window, trigger: Trigger) -> bool:
    """Whether a headline runs into the paragraph: "Roe Named Host at Radio Six. The presenter, who ..."."""
    sentence = window.sentence_of(trigger.head)
    if trigger.head == sentence.first or not window.words[trigger.head][:1].isupper():
        return False
    long = [word for word in window.words[sentence.first : sentence.last] if word.isalpha() and len(word) > _LONG_WORD]
    return sum(word[0].isupper() for word in long) * _HEADLINE_SHARE >= len(long) * (_HEADLINE_SHARE - 1)


_LONG_WORD = 3  # letters of words that headlines give no capital
_HEADLINE_SHARE = 6  # of so many longer words one may be in small letters


def _all_caps(window: Window, first: int, last: int) -> bool:
    letters = [t for t in window.doc[first:last] if t.is_alpha]
    return len(letters) > 3 and sum(t.is_upper for t in letters) > 0.8 * len(letters)
