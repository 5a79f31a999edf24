"""Applies the rules: from a trigger to its persons, roles and counterpart, by the parse first and the surface second."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.extract.affiliations import Link, coordinated_names, link_titles
from pipeline.extract.annotate import is_org_tail, looks_like_person
from pipeline.extract.complements import RoleValue, complement_roles
from pipeline.extract.grammar import Arguments, arguments, is_verb, prepositional
from pipeline.extract.mentions import Name, Title, Window
from pipeline.extract.persons import persons_at, pronoun, speaker
from pipeline.extract.rows import read_row
from pipeline.extract.triggers import Trigger, TriggerIndex
from pipeline.extract.view import View
from pipeline.names import is_given_name
from pipeline.records import DIRECTIONS

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(slots=True)
class Candidate:
    """A trigger with what filled its slots, before resolution. `how` says for each slot which evidence filled it."""

    trigger: Trigger
    window: Window
    sentence: int
    person: Name
    roles: list[RoleValue] = field(default_factory=list)
    counterpart: Name | None = None
    company_hints: list[tuple[Name, str]] = field(default_factory=list)
    other_company: Name | None = None
    passive: bool = False
    how: dict[str, str] = field(default_factory=dict)

    @property
    def direction(self) -> str:
        return DIRECTIONS[self.trigger.rule.action]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A trigger that made no event, and why."""

    window: Window
    trigger: Trigger
    reason: str


@dataclass(slots=True)
class Matches:
    candidates: list[Candidate]
    refusals: list[Refusal]
    links: list[tuple[Window, Link]]


def match_window(view: View, window: Window, index: TriggerIndex, links: list[Link]) -> tuple[list[Candidate], list[Refusal]]:
    """All candidates and refusals of one window."""
    words = [token.lower_ for token in window.doc]
    candidates: list[Candidate] = []
    refusals: list[Refusal] = []
    triggers = _longest(list(index.find(words)))
    for trigger in triggers:
        number = window.sentence_at[trigger.head]
        if number not in window.candidate or window.sentence_at[trigger.last] != number:
            continue
        found, reason = _apply(view, window, trigger, links)
        if found:
            candidates.extend(found)
        else:
            refusals.append(Refusal(window, trigger, reason))
    return candidates, refusals


def _longest(triggers: list[Trigger]) -> list[Trigger]:
    """Drop a trigger whose words lie inside a longer one of another rule; "retire from the board" beats "retire"."""
    kept = []
    for trigger in triggers:
        words = set(trigger.words)
        if not any(other is not trigger and words < set(other.words) and not trigger.rule.rule_id.startswith("modifier") for other in triggers):
            kept.append(trigger)
    return kept


def _apply(view: View, window: Window, trigger: Trigger, links: list[Link]) -> tuple[list[Candidate], str]:
    rule = trigger.rule
    token = window.doc[trigger.head]
    if trigger.head in window.name_at and rule.kind != "noun" and window.sentence_of(trigger.head).kind != "row":
        return [], "inside_name"
    if _excluded(window, trigger):
        return [], "excluded"
    if window.sentence_of(trigger.head).kind == "row":
        return _apply_row(view, window, trigger)
    if rule.kind == "modifier":
        return _apply_modifier(view, window, trigger, links)
    if rule.kind == "noun":
        return _apply_noun(view, window, trigger, links)
    if not is_verb(token) and not _verb_like(window, trigger):
        return [], "not_a_verb"
    if trigger.phrase.endswith(" be") and _participle_follows(window, trigger):
        return [], "auxiliary"
    if token.lower_ == "found" and rule.action == "founded" and token.tag_ != "VB":
        return [], "past_of_find"
    if (token.dep_ == "amod" and token.tag_ in ("VBN", "VBG", "JJ")) or _premodifier(window, trigger):
        return [], "adjectival"
    if rule.objects:
        kind = object_kind(view, window, trigger)
        if kind not in rule.objects:
            return [], f"object_is_{kind}"
    return _apply_verb(view, window, trigger, links)


def _apply_row(view: View, window: Window, trigger: Trigger) -> tuple[list[Candidate], str]:
    frame = read_row(view, window, trigger)
    if frame is None:
        return [], "no_person"
    if frame.role is None and trigger.rule.weak:
        return [], "missing_slot: role"
    candidate = Candidate(trigger, window, window.sentence_at[trigger.head], frame.person, [frame.role] if frame.role else [])
    candidate.how["person"] = "row"
    candidate.company_hints = [(frame.company, "object")] if frame.company is not None else []
    return [candidate], ""


def _premodifier(window: Window, trigger: Trigger) -> bool:
    """A participle before a title, "retiring chairman Roe", when no auxiliary makes it a verb."""
    token = window.doc[trigger.head]
    if token.tag_ not in ("VBG", "VBN") or trigger.head + 1 >= len(window.doc) or len(trigger.words) > 1:
        return False
    before = window.doc[trigger.head - 1].lower_ if trigger.head else ""
    following = window.title_at.get(trigger.head + 1)
    return following is not None and trigger.rule.frame["person"][0] == "subject" and before not in (
        "is", "are", "was", "were", "be", "been", "and", "from", "of", "by", "after", "before", "while", "until"
    )


def _participle_follows(window: Window, trigger: Trigger) -> bool:
    for index in range(trigger.last + 1, min(trigger.last + 3, len(window.doc))):
        if window.doc[index].tag_ in ("VBN", "VBG") and index not in window.title_at:
            return True
        if window.doc[index].tag_ != "RB":
            return False
    return False


_POSTS = frozenset("post posts position positions role roles job jobs office title board seat duties helm reins party cabinet government".split())
_COMPANY_NOUNS = frozenset(
    "company firm bank group business agency startup start-up rival carmaker automaker airline retailer newspaper paper "
    "magazine studio network brokerage fund club university school hospital charity ministry publisher lab institution "
    "partnership practice maker competitor organisation organization concern team".split()
)


def object_kind(view: View, window: Window, trigger: Trigger) -> str:
    """What kind of thing a verb's object is: none, org, post, role, company_noun, person or other."""
    token = window.doc[trigger.head]
    args = arguments(token)
    by_subject = trigger.rule.frame["person"][0] == "subject"
    target = args.object if by_subject or not args.passive else None
    if target is None or target.i in trigger.words:
        behind = [c for c in window.doc[trigger.last].children if c.dep_ in ("pobj", "dobj")]
        if not behind:
            nxt = window.name_at.get(trigger.last + 1)
            return "none" if nxt is None else ("org" if nxt.kind == "org" else "person")
        target = behind[0]
    name = window.name_at.get(target.i)
    if name is not None and name.kind == "person" and not is_given_name(name.text.split()[0]) and not name.honorific and target.i not in {
        p.first for people in view.described.values() for p in people
    }:
        return "org"  # no one's given name: the model took an organisation for a person
    if name is not None and looks_like_person(window, name):
        return "person"
    if name is not None:
        return "other" if name.weak else name.kind
    if target.i in window.title_at:
        return "role"
    if target.lower_ in _POSTS:
        return "post"
    if target.lower_ in _COMPANY_NOUNS:
        return "company_noun"
    if target.dep_ == "npadvmod" or target.ent_type_ in ("DATE", "TIME"):
        return "none"
    return "other"


def _excluded(window: Window, trigger: Trigger) -> bool:
    if not trigger.rule.unless:
        return False
    sentence = window.sentence_of(trigger.head)
    words = [t.lower_ for t in window.doc[trigger.head : min(sentence.last, trigger.head + 8)]]
    text = " ".join(words)
    return any(text.startswith(wording + " ") or text == wording for wording in trigger.rule.unless)


def _verb_like(window: Window, trigger: Trigger) -> bool:
    """Headlines drop what the tagger needs: there a trigger word counts as a verb whatever its tag."""
    token = window.doc[trigger.head]
    if token.lower_ in ("will", "to"):
        return True
    sentence = window.sentence_of(trigger.head)
    if len(trigger.words) > 1 and token.tag_ in ("NN", "NNS", "NNP", "MD", "JJ", "IN", "RP"):
        return True
    headline = sentence.kind in ("heading", "item") or sentence.start == 0
    return (headline or _all_caps(window, sentence.first, sentence.last)) and token.tag_ in ("NNS", "NN", "NNP", "NNPS", "JJ")


def _all_caps(window: Window, first: int, last: int) -> bool:
    letters = [t for t in window.doc[first:last] if t.is_alpha]
    return len(letters) > 3 and sum(t.is_upper for t in letters) > 0.8 * len(letters)


def _phrase_arguments(window: Window, trigger: Trigger) -> Arguments:
    token = window.doc[trigger.head]
    if token.lower_ == "will" or token.tag_ == "MD" or token.lower_ == "to":
        for other in reversed(trigger.words[1:]):
            if is_verb(window.doc[other]) or window.doc[other].tag_ == "VB":
                return arguments(window.doc[other])
        return arguments(token.head)
    args = arguments(token)
    if args.object is not None and args.object.i in trigger.words:
        return Arguments(args.subject, None, args.passive, args.inherited)
    return args


def _apply_verb(view: View, window: Window, trigger: Trigger, links: list[Link]) -> tuple[list[Candidate], str]:
    rule = trigger.rule
    args = _phrase_arguments(window, trigger)
    token = window.doc[trigger.head]
    function = rule.frame["person"][0]
    if trigger.phrase.startswith("be ") and function == "object":
        args = Arguments(None, args.subject or args.object, True)
    persons: list[Name] = []
    how = "parse"
    passive = args.passive
    if function == "subject":
        if args.passive and not trigger.phrase.startswith("be "):
            holder = args.subject
            if rule.action in ("retired", "resigned", "departed") and args.object is not None and args.subject is None:
                holder = args.object
        else:
            holder = args.subject if not args.passive else (args.object or args.subject)
        persons = _persons(view, window, holder, window.doc[trigger.head])
        if not persons and (holder is None or _is_name_like(holder) or holder.i in window.title_at):
            persons, how = _before(view, window, trigger, links), "surface"
    else:
        persons = _persons(view, window, args.object, window.doc[trigger.head])
        if not persons and not args.passive:
            subject = _persons(view, window, args.subject) if args.object is None or args.object.i in window.title_at or args.object.i in trigger.words else []
            ahead = _after(window, trigger)
            if ahead and not _org_or_it(window, args.subject) and subject and _title_between(window, trigger.last, ahead[0].first):
                ahead = []
            if ahead and (args.object is None or args.object.i <= ahead[0].last or args.object.i in window.title_at):
                persons, how = ahead, "surface"
            elif subject and _reads_passive(window, trigger):
                persons, how, passive = subject, "passive_reading", True
            elif args.object is None and _reads_passive(window, trigger):
                persons, how, passive = _before(view, window, trigger, links), "surface", True
        elif not persons and args.passive:
            if args.object is None or _is_name_like(args.object) or args.object.i in window.title_at:
                persons, how = _before(view, window, trigger, links), "surface"
    if not persons:
        persons = _implied_person(view, window, trigger, args, function)
        how = "implied"
    if not persons and token.tag_ in ("VBG", "VBN", "VB"):
        persons, how = _inverted(window, trigger) or _listed_after(window, trigger, of=False), "list"
    if not persons:
        return [], "no_person"
    if rule.action == "retired" and passive and "surface" != how:
        return [], "state"
    if rule.voice is not None and rule.voice != ("passive" if passive else "active"):
        return [], "other_voice"
    return _candidates(view, window, trigger, links, persons, args, passive, how)


def _relabelled(view: View, window: Window, token: Token) -> list[Name]:
    """A person that the model took for an organisation or a place: a given name opens it, and a person is wanted."""
    name = window.name_at.get(token.i)
    if name is None or not looks_like_person(window, name):
        return []
    name.kind, name.weak = "person", False
    view.people.imply(name, window.span(name.first, name.last)[0])
    return coordinated_names(window, name)


def _enumerated(window: Window, name: Name) -> list[Name]:
    """All of the enumeration that a person is in: "A and B, who have left"."""
    sentence = window.sentence_of(name.first)
    for other in window.names_in(sentence.first, name.last, "person"):
        run = coordinated_names(window, other)
        if any(member is name for member in run):
            return run
    return [name]


def _implied_person(view: View, window: Window, trigger: Trigger, args: Arguments, function: str) -> list[Name]:
    """Two or three capitalised words in a person's place that the model missed, where a role follows."""
    target = args.object if function == "object" else (args.object if args.passive else args.subject)
    if target is None or target.tag_ != "NNP" or target.i in window.title_at or trigger.rule.action == "founded":
        return []
    taken = window.name_at.get(target.i)
    if taken is not None and (taken.kind == "person" or taken.weak):
        return []
    first = taken.first if taken is not None else target.i
    while taken is None and window.doc[first - 1].tag_ == "NNP" and first > window.sentence_of(target.i).first and first - 1 not in window.title_at and first - 1 not in window.name_at:
        first -= 1
    last = taken.last if taken is not None else target.i + 1
    words = [t.text for t in window.doc[first:last]]
    if not 2 <= len(words) <= 3 or is_org_tail(words[-1]) or any(not w[:1].isupper() or w.isupper() and len(w) > 2 for w in words):
        return []
    behind = range(trigger.last + 1, min(trigger.last + 8, window.sentence_of(target.i).last))
    if not any(i in window.title_at for i in behind) or (taken is not None and len(view.organisations.organisations[taken.entity].positions) > 1):
        return []
    name = taken if taken is not None else Name("person", first, last, " ".join(words))
    name.kind = "person"
    view.people.imply(name, window.span(first, last)[0])
    if taken is None:
        window.names.append(name)
        window.names.sort(key=lambda other: other.first)
        for index in range(first, last):
            window.name_at[index] = name
    return [name]


def _is_name_like(token: Token | None) -> bool:
    return token is not None and token.tag_ in ("NNP", "NNPS", "WP", "CD", "FW")


def _org_or_it(window: Window, token: Token | None) -> bool:
    if token is None:
        return False
    name = window.name_at.get(token.i)
    return (name is not None and name.kind == "org") or token.lower_ in ("it", "which", "that", "company", "board", "directors", "group", "firm")


def _title_between(window: Window, first: int, last: int) -> bool:
    return any(i in window.title_at for i in range(first, last))


def _reads_passive(window: Window, trigger: Trigger) -> bool:
    """Headline or reduced style, "Roe named chief executive": a past form without an object, a title behind it."""
    token = window.doc[trigger.head]
    return token.tag_ in ("VBN", "VBD", "NNP", "NN", "JJ") and token.lower_.endswith(("ed", "en", "t", "d", "n"))


def _persons(view: View, window: Window, token: Token | None, verb: Token | None = None) -> list[Name]:
    if token is None:
        return []
    if token.lower_ in ("i", "me", "my"):
        named = speaker(view, window, token)
        return [named] if named else []
    found = persons_at(view, window, token) or _relabelled(view, window, token)
    if verb is not None and found and token in verb.ancestors and verb.dep_ != "conj":
        if verb.tag_ == "VBP" or any(c.lower_ in ("have", "are", "were") for c in verb.children if c.dep_ in ("aux", "auxpass")):
            return _enumerated(window, found[0])
        return found[:1]  # "A, recruited to run X, and B": the clause speaks of A alone
    return found


_SKIP_BACK = frozenset(
    "has have had will would may might could should is are was were be been being also not n't formally officially "
    "immediately recently just now today yesterday then to , ( ) - – — who \" “ ” ' reportedly abruptly suddenly "
    "unexpectedly quietly previously".split()
)
_REACH_BACK = 30


def _before(view: View, window: Window, trigger: Trigger, links: list[Link]) -> list[Name]:
    """The person before a trigger with nothing but auxiliaries, titles, ages and organisations between."""
    doc, sentence = window.doc, window.sentence_of(trigger.head)
    index = trigger.head - 1
    steps = 0
    aside = _before_aside(window, trigger, sentence.first)
    if aside is not None:
        return [aside]
    while index >= sentence.first and steps < _REACH_BACK:
        name = window.name_at.get(index)
        if name is not None:
            if name.kind == "person":
                first = _enumeration_start(window, name, sentence.first)
                return _run(window, first, name)
            index, steps = name.first - 1, steps + 1
            continue
        title = window.title_at.get(index)
        token = doc[index]
        if title is not None:
            index, steps = title.first - 1, steps + 1
            continue
        if token.lower_ in ("he", "she"):
            found = pronoun(view, window, token)
            return [found] if found else []
        if not (token.lower_ in _SKIP_BACK or token.like_num or token.tag_ in ("RB", "DT", "JJ", "IN", "NN", "NNP", "NNS", "CC", "POS", "PRP$", "CD", "HYPH")):
            return []
        index -= 1
        steps += 1
    return []


_AUXILIARIES = frozenset("has have had will would is was were are also not n't since recently abruptly suddenly unexpectedly today yesterday been be".split())


def _before_aside(window: Window, trigger: Trigger, first: int) -> Name | None:
    """The person before an apposition or clause between commas: "Roe, who built the team that won, resigned"."""
    doc, index = window.doc, trigger.head - 1
    while index > first and (doc[index].lower_ in _AUXILIARIES or doc[index].tag_ == "RB"):
        index -= 1
    if doc[index].text not in (",", "-", "–", "—", "--", ")"):
        return None
    opening = {")": "("}.get(doc[index].text, doc[index].text)
    for position in range(index - 1, max(first, index - _REACH_BACK), -1):
        if doc[position].text in (";", '"', "“", "”"):
            return None
        name = window.name_at.get(position)
        if name is not None and name.kind == "person":
            behind = name.last < index and doc[name.last].text == opening
            subject = any(doc[i].dep_ in ("nsubj", "nsubjpass", "ROOT", "dep") for i in range(name.first, name.last))
            return name if behind and subject else None
    return None


def _enumeration_start(window: Window, name: Name, start: int) -> Name:
    return name


def _run(window: Window, first: Name, last: Name) -> list[Name]:
    return [first] if first is last else [first, last]


_SKIP_AHEAD = frozenset(
    "mr. mr ms. mrs. dr. sir its their the a an his her former veteran current longtime senior new , as own two three four "
    "five six to directors director: - – “ \" ex chief executive".split()
)


def _after(window: Window, trigger: Trigger) -> list[Name]:
    """The person behind a trigger with nothing but titles, articles, adjectives and organisations between."""
    doc, sentence = window.doc, window.sentence_of(trigger.head)
    index = trigger.head + 1
    words = set(trigger.words)
    while index < sentence.last and index < trigger.head + _REACH_BACK:
        name = window.name_at.get(index)
        if name is not None:
            if name.kind == "person":
                return coordinated_names(window, name)
            index = name.last
            continue
        title = window.title_at.get(index)
        if title is not None:
            index = max(title.last, index + 1)
            continue
        token = doc[index]
        if index not in words and token.lower_ not in _SKIP_AHEAD and token.tag_ not in ("JJ", "NN", "NNP", "POS", "CD", "NNS", "HYPH", "VBN"):
            return []
        index += 1
    return []


def _candidates(
    view: View,
    window: Window,
    trigger: Trigger,
    links: list[Link],
    persons: list[Name],
    args: Arguments,
    passive: bool,
    how: str,
) -> tuple[list[Candidate], str]:
    rule = trigger.rule
    number = window.sentence_at[trigger.head]
    counterpart = _counterpart(view, window, trigger, args, passive)
    groups = complement_roles(window, trigger, persons, links, counterpart)
    if not groups[0].roles and "object" in rule.frame.get("role", ()):
        groups[0].roles, duties_of = _roles_of_object(view, window, trigger, args)
        counterpart = counterpart or duties_of
    made: list[Candidate] = []
    for group in groups:
        for person in group.persons or persons:
            candidate = Candidate(trigger, window, number, person, list(group.roles), counterpart, passive=passive)
            candidate.how["person"] = how if not group.persons else "ellipsis"
            candidate.company_hints = _company_hints(view, window, trigger, args, passive, persons, rule.frame.get("company", ()))
            made.append(candidate)
    for candidate in made:
        if candidate.counterpart is not None and candidate.counterpart.entity == candidate.person.entity:
            candidate.counterpart = None
    reason = _unmet(view, made[0]) if made else "no_person"
    return ([], reason) if reason else (made, "")


_DUTIES = frozenset("duties responsibilities responsibility role post job position functions function office offices title titles mantle shoes chair seat".split())


def _roles_of_object(view: View, window: Window, trigger: Trigger, args: Arguments) -> tuple[list[RoleValue], Name | None]:
    """Roles inside a verb's object ("his duties as T will be assumed by Roe"), and whose duties they were."""
    target = args.object
    if target is None:
        return [], None
    holder = None
    if target.lower_ in _DUTIES:
        for child in target.children:
            if child.dep_ == "poss":
                found = _persons(view, window, child)
                holder = found[0] if found else None
    titles = sorted({id(t): t for t in (window.title_at.get(w.i) for w in target.subtree) if t is not None}.values(), key=lambda t: t.first)
    described = {id(t) for t in titles if any(p.first == t.last for p in view.described.get(id(t), ()))}
    return [RoleValue(t.text, t, t.company) for t in titles if id(t) not in described and not t.former], holder


def _unmet(view: View, candidate: Candidate) -> str:
    known = any(row.person == candidate.person.entity for row in view.affiliations)
    has_role = bool(candidate.roles) or candidate.trigger.rule.default_role is not None
    has_company = any(not name.weak for name, _ in candidate.company_hints)
    for need in candidate.trigger.rule.needs:
        met = {
            "person": True,
            "role": has_role or (known and candidate.trigger.rule.action in ("died", "reappointed", "on_leave")) or (candidate.counterpart is not None and "object" in candidate.trigger.rule.frame.get("role", ())),
            "company": any(how in ("object", "preposition") and not name.weak for name, how in candidate.company_hints) or bool(candidate.roles and candidate.trigger.rule.rule_id == "depart.lose"),
            "counterpart": candidate.counterpart is not None or has_role,
            "role|company": has_role or has_company or candidate.counterpart is not None,
            "role|company|cue": has_role or has_company or known,
            "role|loss": True,
            "as": any(role.marker == "as" for role in candidate.roles),
        }[need]
        if not met:
            return f"missing_slot: {need}"
    return ""


def _counterpart(view: View, window: Window, trigger: Trigger, args: Arguments, passive: bool) -> Name | None:
    functions = trigger.rule.frame.get("counterpart", ())
    token = None
    if "object" in functions:
        token = args.object
        if token is None:
            ahead = _after(window, trigger)
            return ahead[0] if ahead else None
    elif "by" in functions and passive:
        token = args.subject
    if token is not None:
        found = _persons(view, window, token)
        if found:
            return found[0]
    if "replaces" in functions:
        return _replaced(view, window, trigger)
    return None


def _replaced(view: View, window: Window, trigger: Trigger) -> Name | None:
    """Whom the person gained replaces: "named Roe to succeed Kim", "named Roe chairman, replacing Kim"."""
    sentence = window.sentence_of(trigger.head)
    for index in range(trigger.last + 1, sentence.last):
        if window.doc[index].lower_ in ("succeed", "succeeding", "succeeds", "replace", "replacing", "replaces", "follow"):
            for other in range(index + 1, min(index + 12, sentence.last)):
                if window.doc[other].lower_ in ("him", "her", "them"):
                    return pronoun(view, window, window.doc[other])
                name = window.name_at.get(other)
                if name is not None and name.kind == "person":
                    return name
    return None


def _company_hints(
    view: View,
    window: Window,
    trigger: Trigger,
    args: Arguments,
    passive: bool,
    persons: list[Name],
    functions: tuple[str, ...],
) -> list[tuple[Name, str]]:
    """Organisations in the functions that the rule's frame names for the company, best first."""
    hints: list[tuple[Name, str]] = []
    token = window.doc[trigger.head]
    for function in functions:
        if function == "subject":
            subject = args.subject
            hints += [(name, "subject") for name in _orgs(window, subject) or _implied(view, window, subject, _nobody(view, window, subject))]
        elif function == "object":
            target = args.object if args.object is not None and args.object.i not in {i for p in persons for i in range(p.first, p.last)} else None
            hints += [(name, "object") for name in (_new_company(window, target) if trigger.rule.action == "founded" else _orgs(window, target)) or _implied(view, window, target, trigger.rule.action == "founded" or _nobody(view, window, target))]
            if target is None:
                hints += [(name, "object") for name in _org_next(window, trigger)]
            elif not hints:
                for child in target.children:
                    if child.dep_ in ("appos", "oprd"):
                        hints += [(name, "object") for name in _implied(view, window, child)]
        elif function in ("of", "possessor", "by", "head", "complement"):
            continue
        else:
            for pobj in prepositional(token, function):
                hints += [(name, "preposition") for name in _orgs(window, pobj) or (_implied(view, window, pobj, _nobody(view, window, pobj)) if function != "by" else [])]
            last = window.doc[trigger.last]
            if trigger.last + 1 < len(window.doc) and (last.lower_ == function or window.doc[trigger.last + 1].lower_ == function):
                hints += [(name, "preposition") for name in _org_next(window, trigger, 1 if last.lower_ != function else 0)]
    return hints


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
                if name is not None and name.kind == "org" and (child.dep_ == "appos" or inner is not child or name.last > target.i):
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


def _implied(view: View, window: Window, token: Token | None, even_person: bool = False) -> list[Name]:
    """A capitalised phrase in an employer's place that the model gave no label: it is taken for an organisation."""
    if token is None or token.tag_ not in ("NNP", "NNPS") or token.i in window.title_at or token.ent_type_ in ("DATE", "TIME", "CARDINAL", "MONEY"):
        return []
    taken = window.name_at.get(token.i)
    if taken is not None and not (even_person and taken.kind == "person"):
        return []
    first = token.i
    while first - 1 >= window.sentence_of(token.i).first and window.doc[first - 1].tag_ in ("NNP", "NNPS") and (first - 1 not in window.name_at or taken is not None) and first - 1 not in window.title_at:
        first -= 1
    if taken is not None:
        first, name = taken.first, Name("org", taken.first, taken.last, taken.text)
    else:
        name = Name("org", first, token.i + 1, window.doc[first : token.i + 1].text)
    if not view.organisations.imply(name, window.span(name.first, name.last)[0]):
        return []
    if taken is None:
        window.names.append(name)
        window.names.sort(key=lambda other: other.first)
        for index in range(name.first, name.last):
            window.name_at[index] = name
    return [name]


def _orgs(window: Window, token: Token | None) -> list[Name]:
    if token is None:
        return []
    name = window.name_at.get(token.i)
    if name is not None:
        return [name] if name.kind == "org" else []
    found = []
    for child in token.subtree:
        if child.dep_ in ("poss", "compound", "appos", "nmod", "pobj") and child.i in window.name_at and abs(child.i - token.i) < 8:
            other = window.name_at[child.i]
            if other.kind == "org" and other not in found:
                found.append(other)
    return found


def _org_next(window: Window, trigger: Trigger, skip: int = 0) -> list[Name]:
    """An organisation right behind the trigger, articles and adjectives between."""
    sentence = window.sentence_of(trigger.head)
    index = trigger.last + 1 + skip
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


_NEW_PLACES = frozenset("York Zealand Jersey Orleans Delhi England Mexico Hampshire South Brunswick Haven Guinea Caledonia Bedford".split())


def _apply_modifier(view: View, window: Window, trigger: Trigger, links: list[Link]) -> tuple[list[Candidate], str]:
    """"its new chief executive, Ana Ruiz": the modifier right before a title that is linked to a person."""
    sentence = window.sentence_of(trigger.head)
    nxt = window.doc[trigger.last + 1] if trigger.last + 1 < len(window.doc) else None
    if nxt is not None and nxt.text in _NEW_PLACES and window.doc[trigger.last].text[0].isupper():
        return [], "place_name"
    title = None
    for index in range(trigger.last + 1, min(trigger.last + 4, sentence.last)):
        title = window.title_at.get(index)
        if title is not None:
            break
        if index in window.name_at and window.name_at[index].kind == "person":
            break
    if title is not None and title.first < trigger.head:
        return [], "inside_title"
    if title is None:
        covering = window.title_at.get(trigger.last)
        title = covering if covering is not None and trigger.last == covering.first else None
    if title is None:
        return [], "no_title"
    linked = [link for link in links if link.title is title]
    if not linked or title.former:
        return [], "no_person"
    chain = [title, *[other.title for other in links if other.person is linked[0].person and other.title is not title and other.how == linked[0].how and other.title.first > title.first and other.title.first - title.last <= 3]]
    made = []
    for link in linked:
        roles = [RoleValue(t.text, t, t.company) for t in chain]
        candidate = Candidate(trigger, window, window.sentence_at[trigger.head], link.person, roles)
        candidate.how["person"] = link.how
        made.append(candidate)
    return made, ""


def _apply_noun(view: View, window: Window, trigger: Trigger, links: list[Link]) -> tuple[list[Candidate], str]:
    """"the departure of Kim", "Kim's exit", "his appointment as T"."""
    rule = trigger.rule
    token = window.doc[trigger.last]
    if "appos" in rule.frame["person"]:
        return _apply_successor(view, window, trigger)
    persons: list[Name] = []
    org: list[Name] = []
    for child in token.children:
        if child.dep_ in ("poss", "compound", "nmod") or (child.i < token.i and child.dep_ in ("appos", "amod", "npadvmod")):
            org += [n for n in _orgs(window, child)]
            if not persons and child.dep_ == "poss" or child.i in window.name_at:
                persons = _persons(view, window, child)
    if not persons and trigger.head > 1:
        previous = trigger.head - 1
        while previous > 0 and window.doc[previous].tag_ in ("JJ", "POS", "VBN", "NN", "RB") and previous not in window.name_at and previous not in window.title_at and trigger.head - previous < 4:
            previous -= 1
        name = window.name_at.get(previous)
        if name is not None and name.kind == "person" and window.doc[name.last].lower_ in ("'s", "’s", "'", "’"):
            persons = [name]
    if not persons:
        for preposition in ("of", "by", "from"):
            if preposition not in rule.frame.get("person", ()) and preposition != "of":
                continue
            for pobj in prepositional(token, preposition):
                persons = persons or _persons(view, window, pobj)
        if not persons:
            persons = _listed_after(window, trigger)
    if not persons:
        return [], "no_person"
    args = Arguments(None, None, False)
    number = window.sentence_at[trigger.head]
    groups = complement_roles(window, trigger, persons, links, None)
    made = []
    for group in groups:
        for person in group.persons or persons:
            candidate = Candidate(trigger, window, number, person, list(group.roles))
            candidate.how["person"] = "noun"
            if candidate.direction == "in":
                candidate.counterpart = _replaced(view, window, trigger)
            candidate.company_hints = [(name, "preposition") for name in org] + _company_hints(view, window, trigger, args, False, persons, rule.frame.get("company", ()))
            made.append(candidate)
    reason = _unmet(view, made[0]) if made else "no_person"
    return ([], reason) if reason else (made, "")


def _apply_successor(view: View, window: Window, trigger: Trigger) -> tuple[list[Candidate], str]:
    """"Kim's successor, Roe": the gain of the one in apposition, in the place of the possessor."""
    sentence = window.sentence_of(trigger.head)
    ahead = trigger.last + 1
    while ahead < sentence.last and (window.doc[ahead].text in (",", ":", "-") or window.doc[ahead].lower_ in ("as", "mr.", "ms.") or ahead in window.title_at):
        ahead += 1
    name = window.name_at.get(ahead)
    holders: list[Name] = []
    for child in window.doc[trigger.last].children:
        if child.dep_ == "poss":
            holders = _persons(view, window, child)
    if name is None or name.kind != "person" or not holders or holders[0].entity == name.entity:
        return [], "no_person"
    candidate = Candidate(trigger, window, window.sentence_at[trigger.head], name, counterpart=holders[0])
    candidate.how["person"] = "apposition"
    return [candidate], ""


def _inverted(window: Window, trigger: Trigger) -> list[Name]:
    """"Succeeding her is Roe", "Elected directors were A and B": the subject behind the verb."""
    sentence = window.sentence_of(trigger.head)
    if trigger.head > sentence.first + 2:
        return []
    for index in range(trigger.last + 1, min(sentence.last, trigger.last + 25)):
        if window.doc[index].lower_ in ("is", "are", "was", "were", "be"):
            for ahead in range(index + 1, min(index + 12, sentence.last)):
                name = window.name_at.get(ahead)
                if name is not None and name.kind == "person":
                    return coordinated_names(window, name)
                if window.doc[ahead].tag_ in ("VBN", "VBD", "IN") and name is None:
                    return []
            return []
        if window.doc[index].text in (",", ";"):
            return []
    return []


def _listed_after(window: Window, trigger: Trigger, of: bool = True) -> list[Name]:
    """"departures, including A, B and C"; "exits of key figures such as A and B"."""
    sentence = window.sentence_of(trigger.head)
    for index in range(trigger.last + 1, min(trigger.last + 12, sentence.last)):
        lowered = window.doc[index].lower_
        if lowered in ("including", "include", "includes", "included", "namely", "like", ":") or (lowered == "as" and window.doc[index - 1].lower_ == "such"):
            for other in range(index + 1, min(index + 15, sentence.last)):
                name = window.name_at.get(other)
                if name is not None and name.kind == "person":
                    return coordinated_names(window, name, loose=True)
            return []
        if lowered == "of" and of:
            name_index = index + 1
            while name_index < min(index + 10, sentence.last):
                name = window.name_at.get(name_index)
                if name is not None and name.kind == "person":
                    return coordinated_names(window, name, loose=True)
                if window.doc[name_index].tag_.startswith("VB"):
                    break
                name_index += 1
    return []


def collect(view: View, index: TriggerIndex) -> Matches:
    """Link titles, then match all windows of an article."""
    from pipeline.extract.affiliations import affiliate

    links: list[tuple[Window, Link]] = []
    by_window: list[list[Link]] = []
    for window in view.windows:
        own = link_titles(window)
        by_window.append(own)
        links += [(window, link) for link in own]
    view.affiliations = affiliate(view, links)
    for _, link in links:
        if link.how in ("before", "before,", "after"):
            view.described.setdefault(id(link.title), []).append(link.person)
    candidates: list[Candidate] = []
    refusals: list[Refusal] = []
    for window, own in zip(view.windows, by_window, strict=True):
        found, refused = match_window(view, window, index, own)
        candidates += found
        refusals += refused
    return Matches(candidates, refusals, links)


__all__ = ["Candidate", "Matches", "Refusal", "Title", "collect"]
