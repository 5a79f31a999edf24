"""Whose board is cleared: "Acme completed the purchase of Bolt. Roe, Kim and Lee resigned as directors"."""

from __future__ import annotations

from pipeline.extract.candidates import Candidate
from pipeline.extract.discourse import Discourse
from pipeline.extract.evidence_notes import Note
from pipeline.extract.mentions import Name, Sentence, Window

_BOUGHT = frozenset("acquired bought purchased".split())
_DEALS = frozenset("acquisition purchase takeover buyout".split())
_DONE = frozenset("completed concluded closed finished finalised finalized consummated".split())
_TAKEN = frozenset("took taken gained won acquired assumed seized obtained".split())
_HELD = frozenset("hold holds held own owns owned received bought acquired purchased tendered".split())
_UNCERTAIN = frozenset("not would could may might if agreed plans plan seeking seeks offered hopes wants".split())
_OPENERS = ("following the", "after the", "as part of", "as a result of the", "on completion of", "upon completion of")
_EVENTS = _DEALS | frozenset("deal merger transaction agreement sale completion closing".split())
_OPENING_REACH = 7  # words in which an opener names the deal
_REACH = 8  # words from "control of", "bought", "shares of" to the name of who was taken over
_HALF = 50  # per cent of the shares
_MANY = 2  # persons who leave one board at once


def note_takeover(discourse: Discourse, candidate: Candidate, note: Note) -> None:
    """Directors who leave together after a takeover, or anybody "as part of the deal", leave who was taken over.

    Only where the sentence names no employer, and the one before tells the takeover as done.
    """
    window, at = candidate.window, candidate.sentence
    if not at:
        return
    here, before = window.sentences[at], window.sentences[at - 1]
    if _names_employer(window, here, candidate.trigger.head):
        return
    together = candidate.direction == "out" and _leave_together(window, here, min(candidate.trigger.words))
    if not together and not _opens_with_deal(window, here):
        return
    bought = _taken_over(window, before)
    if bought is not None and bought.entity in discourse.mentions(window, before.first, before.last):
        note(bought.entity, "taken_over")


def _names_employer(window: Window, sentence: Sentence, head: int) -> bool:
    return any(not name.weak for name in window.names_in(sentence.first, head, "org"))


def _leave_together(window: Window, sentence: Sentence, trigger: int) -> bool:
    """Whether several persons stand before the loss: "Roe, Kim and Lee resigned", "Roe and three other directors"."""
    persons = {name.entity for name in window.names_in(sentence.first, trigger, "person")}
    others = "other" in window.lows[sentence.first : trigger] and "directors" in window.lows[sentence.first : trigger]
    return len(persons) >= _MANY or (bool(persons) and others)


def _opens_with_deal(window: Window, sentence: Sentence) -> bool:
    opening = window.lows[sentence.first : sentence.first + _OPENING_REACH]
    return " ".join(opening).startswith(_OPENERS) and not _EVENTS.isdisjoint(opening)


def _taken_over(window: Window, sentence: Sentence) -> Name | None:
    """The organisation that a sentence tells to have come under another's control."""
    lows = window.lows
    words = frozenset(lows[sentence.first : sentence.last])
    if not _UNCERTAIN.isdisjoint(words) or "will" in words:
        return None
    for index in range(sentence.first, sentence.last - 1):
        low, after = lows[index], lows[index + 1]
        if low in _BOUGHT:
            passive = after == "by" and index > sentence.first and lows[index - 1] in ("was", "been", "were")
            if passive:
                return _name(window, sentence.first, index)
            found = _name(window, index + 1, min(index + _REACH, sentence.last))
            if found is not None and found.first - index <= 1 + (after in ("the", "all", "rival")):
                return found
        of_deal = low in _DEALS and not _DONE.isdisjoint(lows[max(index - 3, sentence.first) : index])
        of_control = low == "control" and not _TAKEN.isdisjoint(lows[max(index - 2, sentence.first) : index])
        of_most = low == "majority" and not (_HELD | _TAKEN).isdisjoint(words)
        of_shares = low in ("shares", "stock") and _most_shares(words) and not _HELD.isdisjoint(words)
        if of_most or ((of_deal or of_control or of_shares) and after == "of"):
            found = _name(window, index + 2, min(index + _REACH, sentence.last))
            if found is not None:
                return found
    return None


def _most_shares(words: frozenset[str]) -> bool:
    """Whether a sentence tells of more than half the shares, or of a bid for all of them."""
    numbers = [float(word) for word in words if word.replace(".", "", 1).isdecimal()]
    return any(_HALF < number <= 2 * _HALF for number in numbers) or "tender" in words or "all" in words


def _name(window: Window, first: int, last: int) -> Name | None:
    """The first organisation named in a range of words."""
    names = [name for name in window.names_in(first, last, "org") if not name.weak and name.entity >= 0]
    return names[0] if names else None
