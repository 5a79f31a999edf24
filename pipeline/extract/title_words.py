"""Words of titles that the model takes for names: areas of work, ranks and the words of an office itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.mentions import Name, Sentence, Title, Window
from pipeline.extract.name_runs import name_data
from pipeline.extract.name_words import is_area_name, is_area_word, is_org_tail
from pipeline.rulebook import remembered
from pipeline.titles.lexicon import lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

_HEADS = frozenset("president director head manager officer vp svp evp partner lead leader chief".split())
_OFFICES = frozenset({"secretary", "minister", "commissioner"})
_RULERS = frozenset({"minister", "ministers", "secretary", "undersecretary", "commissioner"})
_AND = frozenset({"and", "&", ","})
_INSTITUTIONS = frozenset(
    "agency bank board bureau chamber city college commission committee council court department exchange federal "
    "foundation fund house institute justice ministry office school state university".split()
)


def free_units(window: Window, sentence: Sentence) -> None:
    """Drop names that are areas of work in a unit's place: "vice president, Operations", "head of its Sales Group"."""
    kept = []
    for name in window.names:
        here = sentence.first <= name.first and name.last <= sentence.last
        inside = here and name.kind == "org"
        strong = inside and not name.weak
        placed = strong and (_in_unit_place(window, name, sentence.first) or _heads_office(window, name))
        field = placed and (_is_area(name) or _is_field(window, name))
        bare = here and name.kind == "person" and name.last - name.first == 1 and not name.honorific
        area = bare and _is_area(name) and _in_unit_place(window, name, sentence.first)
        free = field or area or (strong and _is_ruled(window, name))
        if not (free or (inside and _opens_title(window, name, sentence))):
            kept.append(name)
            continue
        for index in range(name.first, name.last):
            window.name_at.pop(index, None)
    window.names[:] = kept


def free_title_words(window: Window, title: Title) -> None:
    """Drop names that lie inside a title and are not its organisation: "Constable" of "the Deputy Chief Constable"."""
    inside = {id(name) for name in window.names_in(title.first, title.last) if name is not title.company}
    if not inside or title.mention.text != window.piece(title.first, title.last):
        return
    for index in range(title.first, title.last):
        if id(window.name_at.get(index)) in inside:
            del window.name_at[index]
    window.names[:] = [name for name in window.names if id(name) not in inside]


# Words for a body that many places have: before a post they say of what kind it is, "City Manager", "School Nurse".
_CIVIC = frozenset("city county town village borough parish township state district school police fire cabinet".split())
# Posts that a capitalised field stands before: "Facilities Director Ann Roe"; not "Post Editor", "Energy Chairman".
_FIELD_HEADS = frozenset("director manager officer coordinator supervisor administrator superintendent".split())
_BEFORE_HEAD = 3  # words between the first of an office and its head: "Group Human Resources Director"


def _opens_title(window: Window, name: Name, sentence: Sentence) -> bool:
    """Whether what the model takes for a name opens an office: "Plant manager Ann Roe", "Temporary Chief Constable"."""
    lex, words = lexicon(), window.lows[name.first : name.last]
    ranked = all((word,) in lex.modifiers or (word,) in lex.status or word in _CIVIC for word in words)
    head = _head_behind(window, name.last, sentence.last)
    if not head or name.settled or not (ranked or (len(words) == 1 and is_area_word(words[0]))):
        return False
    if any(
        other.kind == "org" and other.last - other.first > 1 and _ends_in(window, other, words)
        for other in window.names
    ):
        return False  # "City manager Roe" of an article on Norwood City
    small = window.words[name.last].islower()
    if "&" in words[0]:
        return True  # "A&R manager"
    if not window.words[name.first][:1].isupper():
        return ranked  # "its new county" executive
    if ranked and (not small or words[-1] not in _CIVIC):
        return True
    if not small and head in _FIELD_HEADS and not is_org_tail(words[0]) and words[0] not in name_data("heads"):
        return True
    return small and name.first == sentence.first and head not in name_data("chiefs") and head != "executive"


def _ends_in(window: Window, name: Name, words: list[str]) -> bool:
    return name.last - name.first > len(words) and window.lows[name.last - len(words) : name.last] == words


def _head_behind(window: Window, index: int, limit: int) -> str:
    """The first word of the head of the title that a word opens, ranks and areas between; empty if none does."""
    lex = lexicon()
    for at in range(index, min(index + _BEFORE_HEAD + 1, limit)):
        low = window.lows[at]
        rank = (low,) in lex.modifiers
        if _is_head(window, at, limit) and not (rank and _is_head(window, at + 1, limit)):
            return low
        if not (rank or low in lex.areas or low == "-"):
            return ""
    return ""


def _is_head(window: Window, index: int, limit: int) -> bool:
    """Whether a whole head of a title starts at a word: not the "clerk" of "clerk of the court" alone."""
    return index < limit and any(
        tuple(window.lows[index : index + len(entry.tokens)]) == entry.tokens
        for entry in lexicon().heads.get(window.lows[index], ())
    )


def _heads_office(window: Window, name: Name) -> bool:
    """Whether a name is the field of a state office behind it: "Power Secretary", "Tourism Minister"."""
    nxt = window.lows[name.last] if name.last < len(window.doc) else ""
    return nxt in _OFFICES and name.text.lower() not in lexicon().ministries


def _is_field(window: Window, name: Name) -> bool:
    """Whether a word before "Minister" is a field though no known one, "Mines Minister"; parties write "minister"."""
    nxt = window.words[name.last] if name.last < len(window.doc) else ""
    return nxt == "Minister" and name.last - name.first == 1 and not name.text.isupper()


def _is_ruled(window: Window, name: Name) -> bool:
    """Whether a name is what a minister has charge of: "Minister of Mines", "secretary of commerce"."""
    ahead = window.lows[max(name.first - 2, 0) : name.first]
    ruled = len(ahead) == 2 and ahead[0] in _RULERS and ahead[1] in ("of", "for")
    return ruled and all(
        word in name_data("state_areas") or word in _AND for word in window.lows[name.first : name.last]
    )


def _is_area(name: Name) -> bool:
    """Whether a name is all words of areas of work and parts of the world, and opens like no institution."""
    return is_area_name(name.text) and name.text.split()[0].lower() not in _INSTITUTIONS


def _in_unit_place(window: Window, name: Name, first: int) -> bool:
    """Whether a name stands behind a title's head, a comma or "of its" between; a firm's last word needs these."""
    index = name.first - 1
    its = window.lows[index] in ("its", "their")
    index -= its
    comma = window.words[index] == ","
    if index <= first or not (comma or window.lows[index] in ("of", "for")):
        return False
    sure = its or comma or not is_org_tail(window.words[name.last - 1])
    return sure and window.lows[index - 1] in _HEADS


_NO_CRAFT = frozenset(
    "fellow veteran star team family career celebrity dozen pair trio week month year woman man women men female male "
    "rookie newcomer outsider insider".split()
)


@remembered()
def _no_crafts() -> frozenset[str]:
    lex = lexicon()
    return lex.organisations | _NO_CRAFT | (lex.stops - lex.areas)


def crafts(window: Window, sentence: Sentence) -> set[int]:
    """Where in a sentence nouns start that modify the next: "reservoir" engineer, "town" manager."""
    base, avoided = window.starts[sentence.first], _no_crafts()
    tags = ("NN",) if sentence.kind == "heading" else ("NN", "NNS")  # "board fires director"
    found = {
        window.starts[token.i] - base
        for token in window.doc[sentence.first : sentence.last - 1]
        if token.tag_ in tags
        and _modifies_next(token)
        and (token.is_lower or token.i == sentence.first)
        and token.i not in window.name_at
        and token.lower_ not in avoided
    }
    opening, behind = window.doc[sentence.first], window.doc[min(sentence.first + 1, sentence.last - 1)]
    spelt = opening.text.istitle() and behind.is_lower and opening.tag_ in ("NNP", "NN") and opening.dep_ == "compound"
    if spelt and sentence.first not in window.name_at and opening.lower_ not in avoided:
        found.add(0)  # "Choir director Tom Okafor", whatever the tagger makes of a capital there
    return found


def clause_verbs(window: Window, sentence: Sentence) -> set[int]:
    """Where in a sentence finite verbs start: "her move as head of retail sent the shares down"."""
    base = window.starts[sentence.first]
    return {
        window.starts[token.i] - base
        for token in window.doc[sentence.first : sentence.last]
        if token.tag_ in ("VBD", "VBZ") and token.is_lower and token.i not in window.name_at and _has_subject(token)
    }


def _has_subject(verb: Token) -> bool:
    return any(child.dep_ in ("nsubj", "nsubjpass", "csubj") for child in verb.children)


def _modifies_next(token: Token) -> bool:
    noun = token.head if token.dep_ == "conj" else token  # "parks and recreation director"
    behind = noun.head.i > token.i and noun.dep_ in ("compound", "nmod")
    return behind and noun.head.i - token.i <= _LONGEST_CRAFT


_LONGEST_CRAFT = 5  # words from a noun to the one that it modifies


def with_field(window: Window, title: Title) -> Title:
    """Take in the field before "Minister", though no list has it: "Mines Minister"."""
    doc, first = window.doc, title.first
    if window.words[first] == "Minister" and first:
        before = doc[first - 1]
        known = first - 1 in window.name_at or first - 1 in window.title_at or before.lower_ in lexicon().places
        if before.tag_ in ("NNP", "NNPS") and before.text.istitle() and not known:
            title.wording, title.first = doc[first - 1 : title.last].text, first - 1
    return title
