"""Inflected forms of trigger words, so that rule files list dictionary forms only.

The forms replace a lemmatizer at run time: a trigger is found by looking its forms up, which costs no model.
"""

from __future__ import annotations

from functools import cache

_VOWELS = "aeiou"

# Past tense, past participle; only verbs that English inflects irregularly.
_IRREGULAR = {
    "beat": ("beat", "beaten"),
    "become": ("became", "become"),
    "begin": ("began", "begun"),
    "be": ("was", "been"),
    "sweep": ("swept", "swept"),
    "swing": ("swung", "swung"),
    "spend": ("spent", "spent"),
    "do": ("did", "done"),
    "bid": ("bade", "bidden"),
    "meet": ("met", "met"),
    "bow": ("bowed", "bowed"),
    "break": ("broke", "broken"),
    "bring": ("brought", "brought"),
    "buy": ("bought", "bought"),
    "call": ("called", "called"),
    "cast": ("cast", "cast"),
    "catch": ("caught", "caught"),
    "choose": ("chose", "chosen"),
    "cling": ("clung", "clung"),
    "come": ("came", "come"),
    "cost": ("cost", "cost"),
    "cut": ("cut", "cut"),
    "draw": ("drew", "drawn"),
    "drive": ("drove", "driven"),
    "fall": ("fell", "fallen"),
    "fill": ("filled", "filled"),
    "find": ("found", "found"),
    "fly": ("flew", "flown"),
    "freeze": ("froze", "frozen"),
    "get": ("got", "got"),
    "give": ("gave", "given"),
    "go": ("went", "gone"),
    "hand": ("handed", "handed"),
    "hang": ("hung", "hung"),
    "have": ("had", "had"),
    "hit": ("hit", "hit"),
    "hold": ("held", "held"),
    "keep": ("kept", "kept"),
    "know": ("knew", "known"),
    "lay": ("laid", "laid"),
    "lead": ("led", "led"),
    "leave": ("left", "left"),
    "let": ("let", "let"),
    "lose": ("lost", "lost"),
    "mean": ("meant", "meant"),
    "make": ("made", "made"),
    "pick": ("picked", "picked"),
    "pay": ("paid", "paid"),
    "put": ("put", "put"),
    "quit": ("quit", "quit"),
    "ride": ("rode", "ridden"),
    "rise": ("rose", "risen"),
    "run": ("ran", "run"),
    "say": ("said", "said"),
    "see": ("saw", "seen"),
    "send": ("sent", "sent"),
    "set": ("set", "set"),
    "shoot": ("shot", "shot"),
    "show": ("showed", "shown"),
    "slide": ("slid", "slid"),
    "spin": ("spun", "spun"),
    "stand": ("stood", "stood"),
    "steal": ("stole", "stolen"),
    "step": ("stepped", "stepped"),
    "swear": ("swore", "sworn"),
    "take": ("took", "taken"),
    "tear": ("tore", "torn"),
    "tell": ("told", "told"),
    "throw": ("threw", "thrown"),
    "strike": ("struck", "struck"),
    "wave": ("waved", "waved"),
    "win": ("won", "won"),
    "wind": ("wound", "wound"),
    "forgo": ("forwent", "forgone"),
    "sit": ("sat", "sat"),
    "split": ("split", "split"),
    "withdraw": ("withdrew", "withdrawn"),
    "withstand": ("withstood", "withstood"),
}
# Verbs of more than one syllable that double the last consonant (stress on the last syllable).
_DOUBLING = frozenset(
    "transfer prefer refer commit submit quit permit omit rebel propel demit "
    "admit remit confer defer deter incur compel expel repel enrol fulfil annul instal".split()
)
_BRITISH = frozenset("cancel signal".split())  # that double it in Britain only: both forms are found


def _syllables(word: str) -> int:
    groups, inside = 0, False
    for char in word:
        vowel = char in _VOWELS or (char == "y" and groups > 0)
        groups += vowel and not inside
        inside = vowel
    return groups - (word.endswith("e") and groups > 1)


def _doubles(verb: str) -> bool:
    if verb in _DOUBLING:
        return True
    return (
        len(verb) > 2
        and _syllables(verb) == 1
        and verb[-1] not in _VOWELS + "wxy"
        and verb[-2] in _VOWELS
        and verb[-3] not in _VOWELS
    )


@cache
def verb_forms(verb: str) -> tuple[str, ...]:
    """All forms of a verb: base, -s, past, participle, -ing. A hyphenated prefix ("re-elect") is kept."""
    prefix, _, stem = verb.rpartition("-")
    if prefix:
        return tuple(f"{prefix}-{form}" for form in verb_forms(stem))
    if verb == "be":
        return ("be", "is", "are", "am", "was", "were", "been", "being", "'s", "’s")
    if verb == "have":
        third = "has"
    elif verb.endswith(("s", "x", "z", "ch", "sh", "go", "do")):
        third = verb + "es"
    elif verb.endswith("y") and verb[-2] not in _VOWELS:
        third = verb[:-1] + "ies"
    else:
        third = verb + "s"
    if verb.endswith("ie"):
        gerund = verb[:-2] + "ying"
    elif verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        gerund = verb[:-1] + "ing"
    elif _doubles(verb):
        gerund = verb + verb[-1] + "ing"
    else:
        gerund = verb + "ing"
    if verb in _IRREGULAR:
        past, participle = _IRREGULAR[verb]
    else:
        past, participle = _prefixed_past(verb) or (_regular_past(verb), _regular_past(verb))
    doubled = (f"{verb}{verb[-1]}ed", f"{verb}{verb[-1]}ing") if verb in _BRITISH else ()
    return tuple(dict.fromkeys((verb, third, past, participle, gerund, *doubled)))


def _prefixed_past(verb: str) -> tuple[str, str] | None:
    """Past tense and participle of an irregular verb behind a prefix ("overthrow", "retake")."""
    for prefix in ("re", "out", "over", "under"):
        if verb.startswith(prefix) and verb[len(prefix) :] in _IRREGULAR:
            past, participle = _IRREGULAR[verb[len(prefix) :]]
            return prefix + past, prefix + participle
    return None


def _regular_past(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb[:-1] + "ied"
    return verb + verb[-1] + "ed" if _doubles(verb) else verb + "ed"


@cache
def noun_forms(noun: str) -> tuple[str, ...]:
    """Singular and plural of a noun."""
    if noun.endswith(("s", "x", "ch", "sh")):
        return (noun, noun + "es")
    if noun.endswith("y") and noun[-2] not in _VOWELS:
        return (noun, noun[:-1] + "ies")
    return (noun, noun + "s")
