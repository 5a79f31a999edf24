"""What words of names look like: legal forms, honorifics, initials, headlines in capitals."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from pipeline.extract.mentions import Name, Window
from pipeline.names import is_given_name
from pipeline.rulebook import read_data, remembered
from pipeline.titles.lexicon import lexicon

HONORIFICS = frozenset(
    "mr mrs ms miss dr sir lord lady dame prof professor messrs rev hon judge justice sen rep gen lt "
    "cllr coun councillor col capt maj baroness baron mx shri smt madam alhaji alhaja hajia datuk dato".split()
)
_ORG_TAIL = frozenset(
    "inc corp co ltd plc llc llp lp ag sa nv spa ab asa oyj gmbh pty bhd kk bank bancorp group holdings "
    "company corporation limited industries technologies university college institute foundation "
    "association agency ministry department commission committee council partners ventures capital "
    "airlines airways motors pharmaceuticals systems laboratories labs enterprises international "
    "bancshares insurance trust fund society museum hospital times journal press news records studios "
    "entertainment energy petroleum herald tribune gazette chronicle courier examiner sentinel inquirer telegraph "
    "police constabulary academy school federation authority county district diocese cathedral symphony orchestra "
    "borough township brewery infirmary newspapers rovers wanderers fc afc athletic union league alliance archive "
    "archives library gallery theatre theater zoo centre center bureau tribunal chapel priory seminary conservatory "
    "conservatoire ballet opera philharmonic sinfonia hospice clinic polytechnic observatory aquarium charity "
    "coalition confederation guild directorate secretariat inspectorate cooperative consortium television broadcasting "
    "schools colleges hospitals universities a/s k/s p/s s/a".split()
)
# No place's name ends in these, though the model may call it one: "Ferris Stores said in London".
FIRM_PLURALS = frozenset("brothers bros stores foods sons chemicals products motors supermarkets breweries".split())
GENERIC_WORDS = frozenset(
    "company board group senate council committee bank firm the corporation registrant government "
    "parliament cabinet congress house court ministry department editor staff team management office "
    "union party egm agm ceo cfo coo cto ph.d. m.d. phd md mba cpa esq dr chairman president street ipo "
    "ai hr pr it fintech biotech edtech insurtech proptech startup start-up nonprofit".split()
)
# Degrees, honours and memberships behind a name: "Jane Roe MP", "Jane Roe PhD".
LETTERS = frozenset(
    "mp msp mep mla tds qc kc sc phd ph.d m.d edd ed.d jd dnp msn rn bsn mba cpa obe cbe mbe kbe dbe frs fba frsa "
    "facs faan fache mha mph dds dvm esq cfa frcp frcs cbim faia ria ias ips".split()
)
# What princes of state and church are called, behind "His" and "Her".
STYLES = frozenset("grace eminence excellency holiness highness majesty lordship ladyship reverence".split())
SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
CAPITALISED = re.compile(r"^[A-Z][\w.'’&/-]*$")
INITIAL = re.compile(r"^[A-Z]\.?$|^[A-Z]\.[A-Z]\.?$")


@lru_cache(maxsize=20_000)
def is_org_tail(word: str) -> bool:
    """Whether a word is one that organisations' names end in: a legal form, "Bank", "University"."""
    return word.lower().rstrip(".") in _ORG_TAIL


def mark_name(window: Window, kind: Literal["person", "org"], first: int, last: int) -> None:
    before = window.lows[first - 1].rstrip(".") if first else ""
    name = Name(kind, first, last, window.piece(first, last), honorific=before if before in HONORIFICS else None)
    window.names.append(name)
    for index in range(first, last):
        window.name_at[index] = name


def all_upper(window: Window, index: int) -> bool:
    sentence = window.sentence_of(index)
    letters = [word for word in window.words[sentence.first : sentence.last] if word.isalpha()]
    return len(letters) > 2 and sum(text.isupper() for text in letters) > 0.8 * len(letters)


def styled_as_headline(window: Window, index: int) -> bool:
    """Whether a sentence is a headline in capitals or in title case, where capitals tell the model nothing."""
    sentence = window.sentence_of(index)
    if sentence.kind not in ("heading",) and sentence.start > 0:
        return False
    words = [word for word in window.words[sentence.first : sentence.last] if word.isalpha() and len(word) > 3]
    if len(words) < 3 or sum(word[0].isupper() for word in words) <= 0.8 * len(words):
        return False
    tokens = window.doc[sentence.first : sentence.last]
    # Such a headline writes its verbs with capitals too.
    return not any(t.is_lower and t.tag_ in ("VBD", "VBZ", "VBN", "VBP") for t in tokens)


@remembered()
def unit_words() -> frozenset[str]:
    """Last words of parts of a company that are no company themselves: "engineering", "operations"."""
    return frozenset(read_data("cues.toml")["unit_words"])


def is_unit_name(text: str) -> bool:
    """Whether a name ends like a unit of an organisation ("B2B Applications"), not like an organisation."""
    words = text.lower().split()
    if words[0] in ("school", "faculty") and len(words) > 2:
        return True
    return words[-1] in unit_words() and not any(is_org_tail(word) for word in words)


_JOINTS = frozenset("and of & for".split())
_NOT_FIRST = frozenset("new other".split())  # "Power and New Energy"


def is_area_name(text: str) -> bool:
    """Whether a name has none but words of areas of work and parts of the world: "Treasury Services", "Asia Sales"."""
    lex = lexicon()
    words = text.lower().replace(",", " ").split()
    return bool(words) and all(
        is_area_word(word) or word in lex.places or word in _JOINTS or (word in _NOT_FIRST and number > 0)
        for number, word in enumerate(words)
    )


def is_area_word(word: str) -> bool:
    """Whether a word in small letters is one for an area of work, or its plural: "pipelines"."""
    areas = lexicon().areas
    return word in areas or (word.endswith("s") and word[:-1] in areas)


_PARTICLES = frozenset("de van von der den del della di da dos du la le bin ibn al el ter ten af av y".split())
_ARTICLE = re.compile(r"^(?:al|el|ul|ad|an|ar|as|at|az|ash)-")  # "Adel al-Rashid"


def looks_like_person(window: Window, name: Name) -> bool:
    """Whether a name of an organisation or place could be a person's: two or three plain words, a given name first."""
    words = [word for word in window.piece(name.first, name.last).split() if word not in _PARTICLES]
    return (
        name.kind == "org"
        and 2 <= len(words) <= 3
        and is_given_name(words[0])
        and all(
            _ARTICLE.sub("", word)[:1].isupper()
            and not (word.isupper() and len(word) > 2)
            and word[-1].isalpha() | word.endswith(".")
            for word in words
        )
        and not is_org_tail(words[-1])
        and words[-1].lower() not in lexicon().places  # "Swim England"
        and not is_unit_name(name.text)
    )


_BOARD_OR_RANK = re.compile(
    r"(?:Board of (?:Directors|Trustees|Governors|Managers|Regents|Overseers|Visitors)(?: of (?:the|our) \w+)?|"
    r"Board of (?:his|her|its|our|their)|"
    r"(?:Supervisory|Management|Executive|Advisory|Governing|National|Editorial|Global|General) (?:Board|Council|Body)|"
    r"Board (?:at|with|on|from) .*|"
    r"Non-?\s?Executives?|Independent|Deputy|Interim|Acting|Temporary|Caretaker|Incoming|Outgoing|Permanent|Provisional)$",
    re.IGNORECASE,
)


def is_board_or_rank(text: str) -> bool:
    """Whether capitals mark a part that every organisation has, or a rank: "Board of Trustees", "Interim"."""
    return _BOARD_OR_RANK.match(text) is not None


_EXCHANGE = re.compile(
    r"(?:NASDAQ|NYSE|AMEX|LSE|LON|AIM|ASX|NZX|TSXV?|CSE|OTC\w*|JSE|NSE|BSE|SGX|HKEX|SEHK|SIX|Euronext|XETRA|FWB|OMX|"
    r"OSE|STO|EPA|ETR|ISE|KLSE|MYX|PSE|IDX|NGX|GSE|BIT|BME|TSE|TYO|KRX|TADAWUL|ADX|DFM)(?:$|[:-])",
    re.IGNORECASE,
)


def is_listed_at(window: Window, index: int) -> bool:
    """Whether an exchange in brackets stands at a word: "(NASDAQ: ACME)", "(LSE:ACM)"."""
    if window.words[index : index + 1] != ["("] or index + 2 >= len(window.words):
        return False
    inside = window.words[index + 1]
    colon = ":" in inside or ":" in window.words[index + 2 : index + 5]
    return colon and _EXCHANGE.match(inside) is not None


def is_built(text: str) -> bool:
    """Whether a name is that of an aircraft or the like, which employs nobody: "the F-35 Lightning"."""
    return _BUILT.match(text) is not None


_BUILT = re.compile(r"(?:the )?[A-Z]{1,3}-\d{1,3}\b")
