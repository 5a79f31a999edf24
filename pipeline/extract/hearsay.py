"""Who vouches for an event: sources without a name, reports, rumours, questions, those who reject them, approval."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.grammar import is_verb
from pipeline.extract.mentions import Sentence, Window
from pipeline.records import Status

if TYPE_CHECKING:
    from spacy.tokens import Token

    from pipeline.extract.status import Cues

_REPORT_REACH = 16  # words between "reports that" and the trigger
_PLAN_REACH = 5  # words between "plan" and the trigger: "a plan to bring back"
_REJECT_REACH = 8  # words between "dismissed" and "reports": 'dismissed as "fantasy" a newspaper report'
_TAIL_WORDS = 5  # words behind "sources said" at the end of a sentence: "two people told us on Monday"
_HEAD_WORDS = 4  # words ahead of "sources said" at its start: "But on Monday"


def doubted(window: Window, head: int, chain: list[Token], cues: Cues) -> tuple[Status, str] | None:
    """Rumored or denied, with the reason, where the event is told as what others say; None where it is not.

    Args:
        window: Holds the trigger.
        head: Token index of the trigger.
        chain: The verbs that govern it, nearest first.
        cues: The word lists.
    """
    sentence = window.sentence_of(head)
    if _contradicted(window, sentence):
        return "denied", "contradicted"
    if _said_untrue(chain, cues):
        return "denied", "untrue"
    report = _report_before(window, sentence, head, cues)
    if report is not None:
        return (
            ("denied", "report rejected") if _rejected(window, sentence, report, head, cues) else ("rumored", "report")
        )
    if _without_name(window, sentence, head, chain) or _credited(window, sentence):
        return "rumored", "unnamed source"
    return None


# --- "reports that Roe has quit" --------------------------------------------------------------------------------


_SOURCE_REACH = 9  # words from "a report" to its "that": "a report in the daily El Faro that"


def _opening_of(window: Window, report: int, head: int) -> str:
    """The word that opens what a report says, its source passed over: "a report in El Faro that"."""
    doc = window.doc
    if doc[report + 1].tag_[:2] == "VB":  # "speculation is mounting that"
        opening = next((t.lower_ for t in doc[report + 1 : report + 5] if t.tag_[:2] not in ("VB", "RB")), "")
        return "that" if opening == "that" else window.lows[report + 1]
    opens = window.lows[report + 1]
    if opens in ("in", "by", "on", "from"):
        behind = range(report + 2, min(report + _SOURCE_REACH, head))
        return "that" if any(window.lows[i] == "that" and doc[i - 1].tag_ != "IN" for i in behind) else opens
    return opens


def _report_before(window: Window, sentence: Sentence, head: int, cues: Cues) -> int | None:
    """The noun whose content the trigger's clause is: "rumours that", "speculation about"."""
    doc = window.doc
    commas = 0
    for index in range(head - 1, max(sentence.first, head - _REPORT_REACH) - 1, -1):
        token = doc[index]
        if token.text in (";", ":"):
            return None
        commas += token.text == ","
        opens_sentence = index == sentence.first  # where the tagger takes "Talk that" for a verb
        if token.lower_ not in cues.hearsay_nouns or not (token.tag_.startswith("NN") or opens_sentence):
            continue
        opens = _opening_of(window, index, head)
        nominal = not is_verb(doc[head]) or doc[head].tag_ == "VBG"
        if commas % 2 or not (opens in ("that", "suggesting", "claiming") or (opens in ("of", "about") and nominal)):
            return None
        return None if _is_own_report(window, sentence, index) else index
    return None


def _is_own_report(window: Window, sentence: Sentence, report: int) -> bool:
    """Whether it is a firm's account of itself: "said in its annual report that", "in its Q2 2023 earnings report"."""
    if not window.lows[report].startswith(("report", "stor")) or "truth" in window.lows[sentence.first : report]:
        return False  # "there is no truth in talk of", "in reports that"
    before = range(report - 1, max(report - _LONGEST_ACCOUNT, sentence.first) - 1, -1)
    return next((window.lows[i] == "in" for i in before if window.doc[i].tag_ in ("IN", "TO", "VBD", "VBZ")), False)


_LONGEST_ACCOUNT = 8  # words from "in" to "report"


def _rejected(window: Window, sentence: Sentence, report: int, head: int, cues: Cues) -> bool:
    """Whether somebody rejects a report: "dismissed reports that", "reports that ... are false"."""
    doc = window.doc
    before = {t.lower_ for t in doc[max(report - _REJECT_REACH, sentence.first) : report]}
    if before & cues.rejecting or before >= {"no", "truth"}:
        return True
    behind = [t.lower_ for t in doc[head + 1 : sentence.last]]
    return any(
        word in ("is", "are", "was", "were") and not cues.false_words.isdisjoint(behind[number + 1 : number + 5])
        for number, word in enumerate(behind)
    )


_NOT_SO = re.compile(
    r"(?:But |In fact,? )?(?:"
    r"(?:He|She|They) (?:has|had|have|did|is|was|are|were|does|will)\s?(?:n['’]t|not)(?: done so)?"
    r"|(?:It|That|This) (?:is|was)\s?(?:n['’]t|not) (?:so|true|the case))\."
)


def _contradicted(window: Window, sentence: Sentence) -> bool:
    """Whether the next sentence takes it back: "We wrote that Roe had quit. She has not." """
    number = window.sentences.index(sentence) + 1
    if number >= len(window.sentences):
        return False
    doc, follows = window.doc, window.sentences[number]
    text = doc[follows.first : follows.last].text if follows.last > follows.first else ""
    return _NOT_SO.match(text) is not None


_TRUE = frozenset({"true", "right", "correct", "accurate", "case"})


def _said_untrue(chain: list[Token], cues: Cues) -> bool:
    """Whether the clause is what somebody calls false: "it is untrue that Roe had quit", "it is not true that"."""
    for token in chain[1:]:
        for word in (token, *(child for child in token.children if child.dep_ in ("acomp", "attr"))):
            negated = any(child.dep_ == "neg" for child in (*token.children, *token.head.children, *word.children))
            if (word.lower_ in cues.false_words and not negated) or (word.lower_ in _TRUE and negated):
                return word.dep_ in ("acomp", "attr")
    return False


def given_up(window: Window, chain: list[Token], cues: Cues) -> bool:
    """Whether a plan of which the trigger's clause tells has come to nothing: "a plan to name Roe was dropped".

    `chain` is the trigger's verb and what governs it.
    """
    doc, head = window.doc, chain[0].i
    sentence = window.sentence_of(head)
    near = doc[max(head - _PLAN_REACH, sentence.first) : head]
    if not any(t.lower_ in cues.plan_nouns and t.tag_.startswith("NN") for t in (*chain[1:], *near)):
        return False
    behind = [t.lower_ for t in doc[head + 1 : sentence.last]]
    return any(
        word in ("was", "were", "been", "being")
        and (
            not cues.given_up.isdisjoint(behind[number + 1 : number + 3])
            or (
                behind[number + 1 : number + 2] == ["not"]
                and not cues.granted.isdisjoint(behind[number + 2 : number + 3])
            )
        )
        for number, word in enumerate(behind)
    )


# --- "people familiar with the matter said" ---------------------------------------------------------------------

_WHO = (
    r"(?:sources?\b(?: (?:close to|familiar with|with knowledge of|at|in|inside|within|near)\b[^,.;\"“”]{0,60}?)?"
    r"|(?:people|persons?|insiders?|individuals?|executives?) (?:who (?:were|was|are|is) )?"
    r"(?:familiar with|close to|briefed on|with (?:direct )?knowledge of|at|in|inside)\b[^,.;\"“”]{0,60}?|insiders)"
)
_SAYS = r"(?:(?:has|have|had) )?(?:said|says?|tells?|told|claim(?:s|ed)?|confirmed)\b"
_UNNAMED = "|".join(("unnamed", "unidentified", "anonymous", "undisclosed", "industry", "several", "multiple"))
_SOURCES = re.compile(
    rf"(?i)\b(?:{_WHO},? {_SAYS}"
    rf"|according to (?:(?:the|a|an|one|two|three|four|some|{_UNNAMED}) )*(?:\w+ )?"
    rf"(?:{_WHO}|(?:media |press )?reports\b)"
    rf"|citing (?:(?:{_UNNAMED}) )*(?:sources|people)\b"
    r"|rumou?r has it|word has it|gossip has it|(?:the )?(?:word|talk|buzz|whisper)(?: in [^,.;]{2,20}?)? is that)"
)


def _without_name(window: Window, sentence: Sentence, head: int, chain: list[Token]) -> bool:
    """Whether the clause of a trigger is told by sources without a name, and by nobody else."""
    doc = window.doc
    span = doc[sentence.first : sentence.last]
    match = _SOURCES.search(span.text)
    if match is None or _in_relative(doc[head]):
        return False
    start, end = match.start() + span.start_char, match.end() + span.start_char
    teller = next((t for t in chain[1:] if t.lower_ in _TELLING), None)
    if teller is not None and not start <= teller.idx < end:
        return False  # "told colleagues that she is leaving, according to people who were there"
    if doc[head].idx < start:
        return len(span.text[match.end() :].split()) <= _TAIL_WORDS or match[0].lower().startswith(
            ("according", "citing")
        )
    return doc[head].idx >= end and len(span.text[: match.start()].split()) <= _HEAD_WORDS


_CREDIT = re.compile(
    r"(?i)(?::| [-–—]) (?:(?:media |press |newspaper )?reports?|sources?|insiders?|sources? sa(?:y|ys|id)|rumou?rs?)$"
)


def _credited(window: Window, sentence: Sentence) -> bool:
    """Whether a headline ends in those who say so: "Acme to name Roe chairman: sources"."""
    if sentence.kind != "heading" and sentence.start > 0:
        return False
    return _CREDIT.search(window.piece(sentence.first, sentence.last).rstrip()) is not None


_TELLING = frozenset("said say says told tells announced announces confirmed informed wrote disclosed".split())


_TIME = frozenset({"when", "after", "before", "since", "while", "until"})


def _in_relative(token: Token) -> bool:
    """Whether a word stands in a clause that is told beside the point: "who joined in 2019", "when named chairman"."""
    for _ in range(6):
        if token.dep_ == "relcl" or (token.dep_ == "advcl" and any(c.lower_ in _TIME for c in token.children)):
            return True
        if token.head == token:
            return False
        token = token.head
    return False


# --- approval still to come -------------------------------------------------------------------------------------

_SUBJECT_TO = re.compile(
    r"(?i)\b(?:subject to|pending|awaiting|conditional on) (?:[\w'’-]+ ){0,3}?"
    r"(?:approval|confirmation|ratification|consent)\b"
    r"(?! (?:of|by|from) (?:the |its |our )?(?:share|stock)holders)"
)
_STILL_NEEDS = re.compile(
    r"(?:The|His|Her|Their|Its|This|[A-Z][\w'’]+['’]s) (?:[a-z]+ )?"
    r"(?:appointment|nomination|election|selection|choice|hiring|promotion)s? (?:still )?"
    r"(?:must be|needs?|has to be|have to be|requires?|awaits?|(?:is|are) subject to|is awaiting|will (?:need|require)"
    r"|will be put to|goes to|(?:has|have|had|needs?|is|are|must|will) (?:still )?(?:to )?go before"
    r"|goes before)\b[^.;]{0,60}?(?:approv|confirm|ratif|\bvote)"
)


_STARTS_SUBJECT = re.compile(
    r"(?:He|She|They|(?:Mr\.|Ms\.|Mrs\.|Dr\.)? ?[A-Z][\w'’-]+) (?:will|is to|would) "
    r"(?:start|begin|take|join|assume|succeed|become|serve|lead|replace)\b"
)


def awaits_approval(window: Window, number: int) -> bool:
    """Whether a gain told in a sentence still needs somebody's approval, by its own words or those of the next."""
    sentences = window.sentences[number : number + 2]
    texts = [window.piece(s.first, s.last) for s in sentences]
    if _SUBJECT_TO.search(texts[0]) is not None:
        return True
    return any(
        _STILL_NEEDS.match(text) or (_STARTS_SUBJECT.match(text) and _SUBJECT_TO.search(text)) for text in texts[1:]
    )


def is_asked(window: Window, first: int, last: int) -> bool:
    """Whether a sentence is a yes-or-no question: "Will Roe leave?"; "Why did Roe leave?" presumes that he did."""
    words = [token.text for token in window.doc[first:last] if not token.is_space]
    if not words or words[-1] not in ("?", '"', "”") or "?" not in words[-2:]:
        return False
    opening = next((word.lower() for word in words if word.isalpha()), "")
    return opening in _ASKING


_ASKING = frozenset("will would could can should is are does do did has might if may was".split())
