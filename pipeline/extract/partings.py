"""Who parts from a person, an edge, a race or a habit, and from no office: "bowed out in the final"."""

from __future__ import annotations

from pipeline.extract.candidates import Candidate

_OUT = frozenset({"depart.out", "resign.verb", "resign.phrase", "retire.verb", "depart.part"})
_CONTESTS = frozenset(
    "race match game tournament cup final finals semifinal semifinals quarterfinal quarterfinals semi quarter round "
    "playoff playoffs rally marathon championship championships lap laps puncture competition".split()
)
_LINKS = frozenset({"in", "from", "of", "on", "with", "at"})
_EDGES = frozenset(
    "edge brink ledge microphone mic podium lectern camera cameras crash wreck wreckage accident collision table door "
    "window rail kerb curb scene body stove fire easel piano keyboard".split()
)
_KIN = frozenset(
    "audience brother children crowd daughter dog family father friend friends guests husband mother parents senses "
    "sister son sons wife girlfriend boyfriend neighbours neighbors visitors".split()
)
_GOODBYES = frozenset({"farewell", "goodbye", "goodbyes", "adieu", "leave", "ties", "links", "connections"})
_HABITS = frozenset("media twitter facebook instagram tiktok smoking drinking drink alcohol sugar phone".split())
_BARRED_FOR = frozenset("match matches game games race races fixture fixtures rounds".split())
_REACH = 6  # words from the wording to the noun: "bowed out of the club's last European cup"
_ILL = frozenset("stroke surgery injuries illness crash fall heart treatment operation accident shooting".split())


def parts_from_no_office(candidate: Candidate) -> bool:
    """Whether a wording of loss, leave or move without an office tells of another parting."""
    rule = candidate.trigger.rule
    told = any(role.title is not None and role.title.first > candidate.trigger.head for role in candidate.roles)
    if told:
        return False
    if rule.action == "on_leave" and rule.kind == "verb":
        return _breaks_off(candidate)
    if rule.rule_id in ("join.move", "join.transfer"):
        return _is_taken_ill(candidate)
    if rule.rule_id == "reappoint.win":
        return not {"election", "elections", "voters", "polls"}.isdisjoint(_ahead(candidate))
    return rule.rule_id in _OUT and (_out_of_contest(candidate) or _from_edge(candidate) or _says_goodbye(candidate))


def _ahead(candidate: Candidate, reach: int = _REACH) -> list[str]:
    """The next words behind a trigger in its clause, in small letters, up to a comma or a name."""
    window, words = candidate.window, []
    last = candidate.window.sentences[candidate.sentence].last
    for index in range(candidate.trigger.last + 1, min(candidate.trigger.last + 1 + reach, last)):
        if window.words[index] in (",", ";") or index in window.name_at:
            break
        words.append(window.lows[index])
    return words


def _out_of_contest(candidate: Candidate) -> bool:
    """ "Bowed out of the cup", "retired with a puncture on lap nine"."""
    words = [candidate.window.lows[candidate.trigger.last], *_ahead(candidate)]
    found = next((i for i, word in enumerate(words) if i and word in _CONTESTS), None)
    if found is None:
        return False
    behind = candidate.trigger.last + found + 1
    if candidate.window.doc[behind].tag_ in ("NN", "NNS", "NNP", "NNPS") and words[found] not in ("semi", "quarter"):
        return False  # "the race committee", "the competition authority"
    return not _LINKS.isdisjoint(words[:found]) and "after" not in words[:found] and "season" not in words


def _from_edge(candidate: Candidate) -> bool:
    """ "Stepped back from the edge", "walked away from the crash"."""
    words = [candidate.window.lows[candidate.trigger.last], *_ahead(candidate, 4)]
    return "from" in words and any(word in _EDGES for word in words[words.index("from") :])


def _says_goodbye(candidate: Candidate) -> bool:
    """ "Said goodbye to his mother", "took leave of her senses", "cut ties with his brother"."""
    window, trigger = candidate.window, candidate.trigger
    phrase = window.lows[trigger.head : trigger.last + 1]
    return not _GOODBYES.isdisjoint(phrase) and not _KIN.isdisjoint(_ahead(candidate, 4))


def _breaks_off(candidate: Candidate) -> bool:
    """ "Took a break from social media", "was suspended for three matches", "hung suspended in mid-air"."""
    words = [candidate.window.lows[candidate.trigger.last], *_ahead(candidate)]
    if "from" in words and not _HABITS.isdisjoint(words):
        return True
    if "for" in words[:2] and not _BARRED_FOR.isdisjoint(words):
        return True
    return words[1:3] == ["in", "mid"] or words[1:3] == ["in", "midair"]


def _is_taken_ill(candidate: Candidate) -> bool:
    """ "Moved to Norwood Hospital after a stroke"."""
    window, sentence = candidate.window, candidate.window.sentences[candidate.sentence]
    words = window.lows[sentence.first : sentence.last]
    return "hospital" in words and not _ILL.isdisjoint(words)
