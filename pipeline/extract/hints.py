"""Organisations in the grammatical functions that a rule names for the company."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.apposed_firms import apposed_firm
from pipeline.extract.common_nouns import common_nouns
from pipeline.extract.grammar import Arguments, prepositional
from pipeline.extract.mentions import Name, Window
from pipeline.extract.occurrences import count
from pipeline.extract.quotes import past_mark
from pipeline.extract.triggers import Trigger
from pipeline.extract.view import View
from pipeline.names import is_given_name
from pipeline.records import DIRECTIONS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from pipeline.extract.candidates import Candidate


def company_hints(
    view: View,
    window: Window,
    trigger: Trigger,
    args: Arguments,
    persons: list[Name],
    functions: tuple[str, ...],
) -> list[tuple[Name, str]]:
    """Organisations in the functions that the rule's frame names for the company, best first.

    One that only its place shows to be an organisation is registered by `settle_hints`, once the event is kept.
    """
    hints: list[tuple[Name, str]] = []
    for function in functions:
        if function == "subject":
            found = subject_organisations(view, window, args.subject)
            if not found and args.subject is None:
                found = _right_ahead(view, window, trigger, persons)
            hints += [(name, "subject") for name in found]
        elif function == "object":
            taken = {i for p in persons for i in range(p.first, p.last)}
            target = args.object if args.object is not None and args.object.i not in taken else None
            found = _objects(view, window, trigger, target)
            if target is None:
                found = [*found, *_org_next(window, trigger)]
            elif not hints and not found:
                found = [
                    name
                    for child in target.children
                    if child.dep_ in ("appos", "oprd")
                    for name in _implied(window, child)
                ]
            hints += [(name, "object") for name in found]
        elif function in ("of", "by") and trigger.rule.kind == "verb":
            following = window.lows[trigger.last + 1] if trigger.last + 1 < len(window.doc) else ""
            if following == function and (function == "by" or window.doc[trigger.last].tag_.startswith("NN")):
                hints += [(name, "preposition") for name in _org_next(window, trigger, 1)]
        elif function not in ("of", "possessor", "head", "complement"):
            found = _behind_preposition(view, window, trigger, function)
            if not found and trigger.rule.kind == "noun":
                found = _behind_persons(window, persons, function)
            hints += [(name, "preposition") for name in found]
    hints = [(name, how) for name, how in hints if not _is_newcomers(window, trigger, name, persons)]
    if hints and DIRECTIONS[trigger.rule.action] == "out" and (own := _office_of_last(window, trigger, persons)):
        hints = [(own, "object"), *(hint for hint in hints if hint[1] != "subject")]
    return hints or [(name, "subject") for name in _labels(window, trigger)]


def _office_of_last(window: Window, trigger: Trigger, persons: list[Name]) -> Name | None:
    """Of whose office another body rids a person: "the court removed chairman Ann Roe and chief Bo Kim of Acme"."""
    last = max(persons, key=lambda person: person.last, default=None)
    if last is None or last.first <= trigger.last or window.lows[last.last : last.last + 1] != ["of"]:
        return None
    behind = last.last + 1
    behind += window.lows[behind : behind + 1] == ["the"]
    name = window.name_at.get(behind)
    titled = any(title.last == last.first for title in window.titles_in(trigger.last, last.first))
    return name if name is not None and name.kind == "org" and not name.weak and titled else None


def _labels(window: Window, trigger: Trigger) -> list[Name]:
    """The organisation that stands as a label over its news: "Acme: Jane Roe joins", "**Acme** Jane Roe joins"."""
    sentence = window.sentence_of(trigger.head)
    index = sentence.first
    while index < sentence.last and (window.words[index] in _STARS or window.words[index] == "•"):
        index += 1
    name = window.name_at.get(index)
    if name is None or name.kind != "org" or name.weak or name.first != index or name.text.isupper():
        return []  # "FAQ: ", "UPDATE - "
    mark = window.words[name.last] if name.last < sentence.last else ""
    bold = index > sentence.first and mark in _STARS
    loose = mark in _DASHES and window.doc[name.last - 1].whitespace_ != ""
    return [name] if trigger.words[0] > name.last and (bold or mark in (":", "|") or loose) else []


_STARS = frozenset({"*", "**", "_", "__"})
_DASHES = frozenset({"-", "–", "—", "--"})


def settle_hints(view: View, window: Window, candidates: Sequence[Candidate]) -> None:
    """Register the organisations that only their place in kept candidates shows to be some."""
    for candidate in candidates:
        settled = [(_registered(view, window, name), how) for name, how in candidate.company_hints]
        candidate.company_hints = [(name, how) for name, how in settled if name is not None]
        if candidate.other_company is not None:
            candidate.other_company = _registered(view, window, candidate.other_company)


def _registered(view: View, window: Window, name: Name) -> Name | None:
    """A name that the article's registry knows, registered now if it does not; none for an empty one."""
    if name.entity >= 0:
        return name
    known = window.name_at.get(name.first)
    if known is not None and known.kind == "org" and (known.first, known.last) == (name.first, name.last):
        return known
    if not view.organisations.imply(name, window.span(name.first, name.last)[0]):
        return None
    window.mark(name)
    return name


def mark_acting(view: View, args: Arguments, candidate: Candidate) -> None:
    """Note what engages others and never goes by a surname: "Halden Moore has appointed", "Halden Moore said"."""
    if args.subject is None or args.subject.dep_ != "nsubj":
        return
    for name in (name for name, how in candidate.company_hints if how == "subject"):
        last = name.text.split()[-1]
        whole = count(view.text, name.text) == count(view.text, last)
        if " " in name.text and whole and candidate.person.text != name.text:
            view.organisations.organisations[name.entity].acts = True


def subject_organisations(view: View, window: Window, subject: Token | None) -> list[Name]:
    """The organisations at a verb's subject, one that the model took for nothing or for a person included."""
    found = _implied(window, subject) if _has_aside(window, subject) else []
    found = found or organisations_at(window, subject)
    return found or _implied(window, subject, _nobody(view, window, subject))


def _right_ahead(view: View, window: Window, trigger: Trigger, persons: list[Name]) -> list[Name]:
    """The organisation right ahead of a verb that the parser reads as a noun: "Brightwater names Jane Roe chairman"."""
    index = trigger.head - 1
    if index < window.sentence_of(trigger.head).first or not persons or persons[0].first < trigger.head:
        return []
    token, name = window.doc[index], window.name_at.get(index)
    if name is not None and not _nobody(view, window, token):
        return [name] if name.kind == "org" and name.last == trigger.head else []
    read_as_noun = window.doc[trigger.head].tag_ in ("NNS", "NN", "NNP", "NNPS")
    if not read_as_noun or token.tag_ not in ("NNP", "NNPS") or index in window.title_at or _is_amount(token):
        return []
    first = name.first if name is not None else _first_capital(window, index)
    return [Name("org", first, index + 1, window.piece(first, index + 1))]


def _first_capital(window: Window, index: int) -> int:
    """Where the run of capitalised words starts that ends at one."""
    first, start = index, window.sentence_of(index).first
    while first > start and window.doc[first - 1].tag_ in ("NNP", "NNPS") and first - 1 not in window.name_at:
        first -= 1
    return first


def _has_aside(window: Window, subject: Token | None) -> bool:
    """Whether another firm may stand in an aside on the subject: "Acme, a chain that Bolt owns, named"; no dateline."""
    if subject is None or subject.is_upper or subject.i + 1 >= len(window.doc):
        return False
    return window.words[subject.i + 1] == "," and any(c.dep_ in ("appos", "relcl") for c in subject.children)


def _objects(view: View, window: Window, trigger: Trigger, target: Token | None) -> list[Name]:
    """The organisation that is the verb's object."""
    if trigger.rule.action == "founded":
        own = (child for child in window.doc[trigger.head].children if child.dep_ == "dobj")
        target = target or next(own, None)  # "set up his own shop": the object is part of the wording
        return _new_company(window, target) or _implied(window, target, True)
    return organisations_at(window, target) or _implied(window, target, _nobody(view, window, target))


def _behind_preposition(view: View, window: Window, trigger: Trigger, preposition: str) -> list[Name]:
    """Organisations behind a preposition that hangs on the trigger, is its last word or comes next."""
    found: list[Name] = []
    for pobj in prepositional(window.doc[trigger.head], preposition):
        if pobj.head.i < trigger.head and window.lows[pobj.head.i - 1] in _ONCE:
            continue  # "Roe, previously at Bolt, has been named"
        found += organisations_at(window, pobj) or _implied(window, pobj, _nobody(view, window, pobj))
        if not found and pobj.lower_ in common_nouns("company"):  # "left for a rival, Acme"
            found += [name for child in pobj.children if child.dep_ == "appos" for name in _implied(window, child)]
    last = window.doc[trigger.last]
    if not found and last.lower_ == preposition:
        firms = (apposed_firm(window, noun) for noun in last.children if noun.dep_ == "pobj")
        found += [firm for firm in firms if firm is not None]
    if not found and preposition == "to":
        found += _behind_rival(window, trigger)
    behind = past_mark(window, trigger.last + 1)
    if behind < len(window.doc) and (last.lower_ == preposition or window.lows[behind] == preposition):
        found += _org_next(window, trigger, 1 if last.lower_ != preposition else 0)
    return found


_RIVAL_REACH = 20  # words from a verb to "to rival"


def _behind_rival(window: Window, trigger: Trigger) -> list[Name]:
    """The firm behind "to rival lender", which the parse may take for a verb: "lost its head, Roe, to rival Acme"."""
    limit = min(trigger.last + _RIVAL_REACH, window.sentence_of(trigger.head).last - 2)
    for index in range(trigger.last + 1, limit):
        if window.lows[index] == "to" and window.lows[index + 1] in ("rival", "competitor"):
            name = window.name_at.get(index + 2) or window.name_at.get(index + 3)
            return [name] if name is not None and name.kind == "org" and not name.weak else []
    return []


def _is_newcomers(window: Window, trigger: Trigger, firm: Name, persons: list[Name]) -> bool:
    """Whether a firm is only where the one who comes has been: "hired a partner at Acme, Roe, as chairman"."""
    told = window.words[firm.last : firm.last + 1] == [","] and any(p.first == firm.last + 1 for p in persons)
    if not told or DIRECTIONS[trigger.rule.action] != "in":
        return False
    titles = window.titles_in(window.sentence_of(firm.first).first, firm.first)
    own = [title for title in titles if title.company is firm]
    return any(title.first > trigger.last or window.low(title.first - 1) in ("a", "an") for title in own)


def _behind_persons(window: Window, persons: list[Name], preposition: str) -> list[Name]:
    """The organisation right behind whom a noun is said of: "the exit of Roe from Acme", "of Roe and Kim from Acme"."""
    behind = max((name.last for name in persons), default=0)
    name = window.name_at.get(behind + 1) if window.lows[behind : behind + 1] == [preposition] else None
    return [name] if name is not None and name.kind == "org" and not name.weak else []


_ONCE = frozenset({"previously", "formerly", "recently", "lately", "late", "earlier", "once", "originally"})


def _new_company(window: Window, target: Token | None) -> list[Name]:
    """What was founded: the object itself, or the name given to it ("a start-up, Acme", "a lab called Acme")."""
    if target is None:
        return []
    direct = window.name_at.get(target.i)
    if direct is not None:
        return [direct] if direct.kind == "org" else []
    for child in target.children:
        if child.dep_ in ("appos", "compound", "nmod", "acl", "relcl"):
            for inner in (child, *child.children):
                name = window.name_at.get(inner.i)
                if (
                    name is not None
                    and name.kind == "org"
                    and (child.dep_ == "appos" or inner is not child or name.last > target.i)
                ):
                    return [name]
    for word in target.subtree:
        name = window.name_at.get(word.i)
        called = name is not None and window.lows[name.first - 1] in ("called", "named", "dubbed", "christened")
        if name is not None and called and name.kind == "org" and word.i > target.i:
            return [name]
    return []


def _nobody(view: View, window: Window, token: Token | None) -> bool:
    """Whether a supposed person has nothing of one: no given name that anyone bears, no honorific, no title."""
    name = window.name_at.get(token.i) if token is not None else None
    if name is None or name.kind != "person" or name.honorific:
        return False
    if any(person.entity == name.entity for people in view.described.values() for person in people):
        return False
    if " " in name.text:
        return not is_given_name(name.text.split()[0])
    person = view.people.persons[name.entity]
    return not person.given and person.gender is None


_CALENDAR = frozenset(
    "january february march april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday christmas easter thanksgiving ramadan spring summer autumn fall winter".split()
)


def _is_amount(token: Token) -> bool:
    """Whether the model rightly took a capitalised word for a date, number or sum; not of "Acme two weeks ago"."""
    if token.ent_type_ == "DATE":
        return token.lower_ in _CALENDAR or token.tag_ not in ("NNP", "NNPS") or token.ent_iob_ != "B"
    return token.ent_type_ in ("TIME", "CARDINAL", "MONEY")


def _implied(window: Window, token: Token | None, even_person: bool = False) -> list[Name]:
    """A capitalised phrase in an employer's place that the model gave no label: it is taken for an organisation."""
    if token is None or token.tag_ not in ("NNP", "NNPS") or token.i in window.title_at or _is_amount(token):
        return []
    sentence = window.sentence_of(token.i)
    if token.i == sentence.first and token.i + 1 < sentence.last and window.doc[token.i + 1].tag_ in ("NN", "NNS"):
        return []  # capital only because it opens the sentence: "Wealth management"
    taken = window.name_at.get(token.i)
    if taken is not None and not (even_person and taken.kind == "person"):
        return []
    first = token.i
    while (
        first - 1 >= window.sentence_of(token.i).first
        and window.doc[first - 1].tag_ in ("NNP", "NNPS")
        and (first - 1 not in window.name_at or taken is not None)
        and first - 1 not in window.title_at
    ):
        first -= 1
    if taken is not None:
        return [Name("org", taken.first, taken.last, taken.text)]
    return [Name("org", first, token.i + 1, window.doc[first : token.i + 1].text)]


def organisations_at(window: Window, token: Token | None) -> list[Name]:
    if token is None:
        return []
    name = window.name_at.get(token.i)
    if name is not None:
        return [name] if name.kind == "org" else []
    found = []
    for child in token.subtree:
        if (
            child.dep_ in ("poss", "compound", "appos", "nmod", "pobj")
            and child.head.lower_ not in ("from", "by")  # "join the firm from Acme", "the firm owned by Acme"
            and child.i in window.name_at
            and abs(child.i - token.i) < 8
        ):
            other = window.name_at[child.i]
            if window.doc[other.last - 1].head.lower_ in ("from", "by"):
                continue  # "Roe joins the bank from Bolt Motors"
            if other.kind == "org" and other not in found:
                found.append(other)
    named = [other for other in found if window.doc[other.last - 1].dep_ == "appos" and other.first > token.i]
    return (
        named if named and token.lower_ in common_nouns("company") else found
    )  # "the Premier League club Ashby United"


def _org_next(window: Window, trigger: Trigger, skip: int = 0) -> list[Name]:
    """An organisation right behind the trigger, articles and adjectives between."""
    sentence = window.sentence_of(trigger.head)
    index = past_mark(window, trigger.last + 1) + skip
    for _ in range(5):
        if index >= sentence.last:
            return []
        name = window.name_at.get(index)
        if name is not None:
            return [name] if name.kind == "org" else []
        if window.doc[index].tag_ not in ("DT", "JJ", "NN", "PRP$", "NNP", "HYPH", "CD", "VBG"):
            return []
        index += 1
    return []
