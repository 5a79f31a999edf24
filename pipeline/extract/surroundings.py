"""What stands around an organisation's name in the sentence that tells an event."""

from __future__ import annotations

from pipeline.extract.mentions import Name, Sentence, Window
from pipeline.extract.name_runs import name_data


def is_at(window: Window, name: Name, sentence: Sentence) -> bool:
    """ "at Acme", "at the software maker Acme": nothing but a description between."""
    for index in range(name.first - 1, max(name.first - 6, sentence.first - 1), -1):
        token = window.doc[index]
        if token.lower_ == "at":
            return token.head.dep_ not in ("nsubj", "dobj", "pobj")  # "analysts at Acme said"
        if token.tag_ not in ("DT", "JJ", "NN", "HYPH", "RP", "PRP$", ",", "VBG"):
            return False
    return False


def says_we(window: Window, sentence: Sentence) -> bool:
    """Whether a sentence speaks for its writer's organisation, not in a quotation."""
    words = [token.lower_ for token in window.doc[sentence.first : sentence.last]]
    return bool({"we", "our", "us"} & set(words)) and not {'"', "“", "”"} & set(words)


def in_aside(window: Window, name: Name, trigger: int) -> bool:
    """Whether a name only tells of another firm: Bolt in "Acme, which had a bid from Bolt, said Roe would retire"."""
    for token in window.doc[name.last - 1].ancestors:
        if token.left_edge.i <= trigger <= token.right_edge.i:
            return False
        firm = window.name_at.get(token.head.i)
        if token.dep_ in ("relcl", "acl", "appos") and firm is not None and firm.kind == "org":
            return firm.entity != name.entity and window.words[token.left_edge.i - 1] == ","
    return False


def is_spell(window: Window, name: Name) -> bool:
    """Whether somebody's time at an organisation is told: "after 26 years at Acme", "having been at Acme"."""
    before = {window.lows[i] for i in range(max(name.first - _SPELL_REACH, 0), name.first)}
    behind = [token.lower_ for token in window.doc[name.last : name.last + 2]]
    return bool(before & name_data("spells") or "having" in before) and behind != [
        ",",
        "where",
    ]  # "years at Acme, where she rose"


def ends_spell(window: Window, at: int) -> bool:
    """Whether the "as" at a word tells what somebody was until then: "after six years as", "following a decade as"."""
    before = window.lows[max(at - _SPELL_REACH, window.sentence_of(at).first) : at]
    return before[-1:] != [] and before[-1] in name_data("spells") and not {"after", "following"}.isdisjoint(before)


def is_goal(window: Window, name: Name, trigger: int) -> bool:
    """Whether somebody leaves to take up a post there: "left to join Acme", "is leaving to become adviser to Acme"."""
    doc = window.doc
    for index in range(name.first - 1, max(name.first - _GOAL_REACH, trigger), -1):
        if window.lows[index] in name_data("gains") and window.lows[index - 1] == "to":
            return True
        if doc[index].tag_ in ("VBD", "VBZ", "MD") or window.words[index] in (",", ";"):
            return False
    return False


_SPELL_REACH = 6  # words from "years" to the name
_GOAL_REACH = 9  # words from "to become" to the name


def line_head(window: Window, sentence: Sentence) -> int | None:
    """The organisation that opens a bullet or a brief: "- Acme: CFO Jane Roe to leave", "- Jane Roe (Acme) retires"."""
    opening = [token.text for token in window.doc[sentence.first : sentence.first + 14]]
    if sentence.kind not in ("item", "row", "heading") and not {"--", "—"} & set(opening):
        return None
    for name in window.names_in(sentence.first, min(sentence.first + 8, sentence.last), "org"):
        if name.last < sentence.last and window.words[name.last] in (":", "-", "–", "—", "|", "("):
            return name.entity
        before = window.name_at.get(name.first - 2) if window.words[name.first - 1] == "(" else None
        if before is not None and before.kind == "person" and window.words[min(name.last, sentence.last - 1)] == ")":
            return name.entity
    return None
