"""Fills and checks the slots of a candidate: counterpart, roles inside the object, what the rule needs."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.extract.bare_losses import is_bare_loss
from pipeline.extract.candidates import Candidate
from pipeline.extract.common_nouns import common_nouns
from pipeline.extract.complement_titles import GAINING, gain_behind
from pipeline.extract.grammar import Arguments, arguments
from pipeline.extract.mentions import Name, Window
from pipeline.extract.nominee_offices import fill_office_of_nominee
from pipeline.extract.persons import pronoun
from pipeline.extract.recipients import exchanged, recipients
from pipeline.extract.role_values import RoleValue
from pipeline.extract.same_posts import DUTIES, POST_WORDS, comes_after, same_post, without_post
from pipeline.extract.seekers import persons_after, persons_of
from pipeline.extract.surroundings import line_head
from pipeline.extract.triggers import Trigger
from pipeline.extract.view import View

if TYPE_CHECKING:
    from spacy.tokens import Token


def roles_of_phrase(view: View, window: Window, target: Token | None) -> tuple[list[RoleValue], Name | None]:
    """Roles in a verb's object or subject ("his duties as T will be assumed by Roe"), and whose duties they were."""
    if target is None:
        return [], None
    holder = None
    if target.lower_ in DUTIES:
        for child in target.children:
            if child.dep_ == "poss":
                found = persons_of(view, window, child)
                holder = found[0] if found else None
    inside = (window.title_at.get(word.i) for word in target.subtree if _of_phrase(word, target))
    titles = sorted({id(t): t for t in inside if t is not None}.values(), key=lambda t: t.first)
    if len(titles) > 1 and target.lower_ in DUTIES:
        titles = [title for title in titles if not title.first <= target.i < title.last]  # "her chair as treasurer"
    behind = window.title_at.get(target.i + 2)
    if not titles and behind is not None and window.lows[target.i + 1] in ("as", "of"):
        titles = [behind]
    described = {id(t) for t in titles if any(p.first == t.last for p in view.described.get(id(t), ()))}
    return [
        RoleValue(without_post(t.text), t, t.company) for t in titles if id(t) not in described and not t.former
    ], holder


def roles_replaced(window: Window, trigger: Trigger) -> list[RoleValue]:
    """Offices of "replaces its treasurer and chief counsel, naming Roe to succeed Kim"."""
    sentence = window.sentence_of(trigger.head)
    for index in range(sentence.first, trigger.head):
        if window.lows[index] not in ("replaced", "replaces", "replacing"):
            continue
        titles = [t for t in window.titles_in(index + 1, trigger.head) if t.first - index <= _REPLACED_REACH]
        return [RoleValue(t.text, t, t.company) for t in titles if not window.doc[t.first - 1].tag_.startswith("NNP")]
    return []


_REPLACED_REACH = 8  # words from "replaced" to the last office it names


def _of_phrase(token: Token, head: Token) -> bool:
    """Whether a word belongs to a noun phrase itself, not to a clause inside it."""
    while token != head and token.head != token:
        token = token.head
        if token.tag_.startswith("VB"):
            return False
    return True


def unmet_need(view: View, candidate: Candidate) -> str:
    """What the rule needs and the candidate lacks; empty if nothing."""
    fill_office_of_nominee(view, candidate)
    known = any(row.person == candidate.person.entity for row in view.affiliations) or _is_succeeded(view, candidate)
    if candidate.direction == "out" and not candidate.roles and leaves_vacancy(candidate):
        candidate.how["role"] = "vacancy"
        known = True
    has_role = bool(candidate.roles) or candidate.trigger.rule.default_role is not None
    has_company = any(not name.weak for name, _ in candidate.company_hints) or _is_labelled(candidate)
    if candidate.direction == "in" and not candidate.roles and same_post(candidate):
        candidate.how["role"] = "anaphor"
        has_role = True
    if "counterpart" in candidate.trigger.rule.needs and not candidate.roles and _leaver_described(candidate):
        candidate.how["role"] = "anaphor"
        has_role = True
    employs = candidate.how.get("employer") == "subject"
    for need in candidate.trigger.rule.needs:
        met = {
            "person": True,
            "role": has_role
            or (known and candidate.trigger.rule.action in ("died", "reappointed", "on_leave"))
            or (known and employs)
            or (candidate.counterpart is not None and "replaces" in candidate.trigger.rule.frame.get("counterpart", ()))
            or (candidate.counterpart is not None and _by_noun(candidate)),
            "company": any(
                how in ("object", "preposition") and not name.weak and not _is_owner(candidate, name)
                for name, how in candidate.company_hints
            )
            or bool(candidate.roles and candidate.trigger.rule.rule_id == "depart.lose")
            or employs,
            "counterpart": candidate.counterpart is not None or (has_role and not _of_several(candidate)),
            "role|company": has_role
            or has_company
            or employs
            or (candidate.how.get("names") == "subject" and _is_to_act(candidate))
            or candidate.counterpart is not None
            or candidate.how.get("object") in ("unit", "company_noun"),
            "role|company|cue": has_role
            or has_company
            or known
            or (candidate.direction != "in" and candidate.person.entity in view.gained)  # "Roe, named CEO in May, left"
            or candidate.how.get("object") in ("company_noun", "post")
            or (candidate.direction == "out" and gain_behind(candidate.window, candidate.trigger))
            or _of_named_owner(view, candidate)
            or _told_by_firm(candidate)
            or is_bare_loss(view, candidate),
            "role|loss": True,
            "employer": employs,
            "as": any(role.marker == "as" for role in candidate.roles) or comes_after(candidate),
        }[need]
        if not met:
            return f"missing_slot: {need}"
    return ""


def _is_labelled(candidate: Candidate) -> bool:
    """Whether an item opens with its firm: "- Acme: Jane Roe leaves after 12 years"."""
    sentence = candidate.window.sentences[candidate.sentence]
    return sentence.kind == "item" and line_head(candidate.window, sentence) is not None


_LEAVER_NOUNS = frozenset({"veteran", "manager", "official", "minister", "bureaucrat", "he", "she"})


def _leaver_described(candidate: Candidate) -> bool:
    """Whether who is succeeded is told by a noun only: "The veteran banker will be replaced by his deputy, Roe"."""
    if candidate.counterpart is not None or candidate.trigger.rule.rule_id != "appoint.succeed":
        return False
    args = arguments(candidate.window.doc[candidate.trigger.head])
    other = args.object
    if other is None or other.lower_ not in common_nouns("person") | _LEAVER_NOUNS:
        return False
    return other.lower_ in ("he", "she") or any(c.lower_ in ("the", "this") for c in other.children)


def _by_noun(candidate: Candidate) -> bool:
    """Whether the role is told by the verb's subject or object, "his duties" for short."""
    return bool({"object", "subject"} & {*candidate.trigger.rule.frame.get("role", ())})


def _is_to_act(candidate: Candidate) -> bool:
    """Whether what somebody is named for is told as a task: "the board appointed Roe and Kim to run the co-op"."""
    window, limit = candidate.window, candidate.window.sentences[candidate.sentence].last
    for name in window.names_in(candidate.trigger.last, limit, "person"):
        near = range(name.last, min(name.last + _TASK_REACH, limit - 1))
        to = next((i for i in near if window.lows[i] == "to"), None)
        if to is not None and window.doc[to + 1].tag_ == "VB" and window.words[to - 1] != ",":
            return True
    return False


_TASK_REACH = 5  # words from a name to "to": "of Norwood Power"


def _is_owner(candidate: Candidate, name: Name) -> bool:
    """Whether a noun tells of a thing of an organisation's: "her move to Acme's new offices"."""
    window = candidate.window
    owner = name.last < len(window.doc) and window.doc[name.last].tag_ == "POS"
    return candidate.trigger.rule.kind == "noun" and owner


def _of_named_owner(view: View, candidate: Candidate) -> bool:
    """Whether a loss is told as somebody's who is named right there, and in full somewhere: "Roe's departure".

    Not "her departure from custom", "his resignation letter": what follows tells of another thing.
    """
    window, trigger, person = candidate.window, candidate.trigger, candidate.person
    if window.lows[trigger.head] not in _LOST:
        return False
    if window.lows[trigger.head : trigger.head + 2] == ["resignation", "of"] and person.first == trigger.head + 2:
        definite = any(child.lower_ == "the" for child in window.doc[trigger.head].children)
        return definite and bool(view.people.persons[person.entity].given)  # "the resignation of Jane Roe"
    if not 0 < person.last < trigger.head:
        return False
    between, behind = window.doc[person.last : trigger.head], trigger.last + 1
    close = between[0].tag_ == "POS" and all(word.tag_ in ("JJ", "VBN", "NN", "VBG") for word in between[1:])
    ends = window.tag(behind) not in ("NN", "NNS") and window.low(behind) not in _WHERE
    return close and ends and bool(view.people.persons[person.entity].given)


_TELLS = frozenset("said says confirmed confirms announced announces disclosed discloses".split())
_FORCES = frozenset("police fire coastguard army navy hospital hotel airport court embassy consulate".split())


def _told_by_firm(candidate: Candidate) -> bool:
    """Whether an organisation tells that somebody "has left", and no more: "Acme confirmed that Roe has left".

    Not "police said that Roe had left": what has no staff to lose, or knows more of others than of its own.
    """
    window, trigger = candidate.window, candidate.trigger
    verb = window.doc[trigger.head]
    helpers = {child.lower_ for child in verb.children if child.dep_ == "aux"}
    above = verb.head
    if candidate.direction != "out" or verb.dep_ != "ccomp" or above.lower_ not in _TELLS or not helpers & _HAVE:
        return False
    subject = next((child for child in above.children if child.dep_ == "nsubj"), None)
    if subject is not None and subject.lower_ in _SPEAKERS:  # "a spokesman for Acme"
        subject = next((c for link in subject.children if link.dep_ == "prep" for c in link.children), None)
    name = window.name_at.get(subject.i) if subject is not None else None
    firm = name is not None and name.kind == "org" and not name.weak and not _FORCES & {*name.text.lower().split()}
    closed = window.words[trigger.last + 1 : trigger.last + 2] in (["."], [","], [";"])
    return firm and (closed or window.lows[trigger.last + 1 : trigger.last + 3] in (["to", "join"], ["for", "a"]))


_SPEAKERS = frozenset("spokesman spokeswoman spokesperson representative".split())
_HAVE = frozenset({"has", "had", "is", "was"})
_LOST = frozenset({"departure", "resignation"})
_WHERE = frozenset("from for to into at in".split())


def _held_before(window: Window, person: Name) -> bool:
    """ "Her predecessor, Kim, quit"; "Kim, who had held the post since 2010, was dismissed"."""
    if person.first < 0:
        return False
    words = window.lows
    if "predecessor" in words[max(person.first - 3, 0) : person.first]:
        return True
    behind = words[person.last : person.last + 7]
    return behind[:2] == [",", "who"] and "held" in behind and bool(POST_WORDS & {*behind})


def _died_before(candidate: Candidate) -> bool:
    """Whether another succeeds one who died: "was named treasurer to succeed Kim, who died last month"."""
    words, person = candidate.window.lows, candidate.person
    behind = words[person.last : min(person.last + _ASIDE, candidate.trigger.head)]
    told = behind[:1] == [","] and any(pair == (",", "who") for pair in pairwise(behind))
    if candidate.trigger.rule.action != "died" or not told:
        return False
    return not _SUCCEEDS.isdisjoint(words[max(person.first - 3, 0) : max(person.first, 0)])


_ASIDE = 8  # words of ", 61, the founder, who"
_EMPTY = frozenset({"vacant", "vacancy", "vacated", "unfilled"})
_SINCE = frozenset("since by when after following follows followed on upon through with from".split())
_SINCE_REACH = 5  # words between "on" and the noun: "on the unexpected early retirement of"


def leaves_vacancy(candidate: Candidate) -> bool:
    """Whether a loss is told as what made a post free.

    "the post has been vacant since Kim left", "becomes treasurer on the retirement of Kim", "the appointment of Roe
    as treasurer follows the departure of Kim".
    """
    window, trigger = candidate.window, candidate.trigger
    doc, first = window.doc, window.sentence_of(trigger.head).first
    for index in range(first, trigger.head):
        if window.lows[index] in _EMPTY and any(window.lows[i] in _SINCE for i in range(index + 1, trigger.head)):
            return True
    if _held_before(window, candidate.person) or _died_before(candidate):
        return True
    if trigger.rule.kind != "noun":
        return False
    near = max(trigger.head - _SINCE_REACH, first)
    since = next((i for i in range(trigger.head - 1, near, -1) if window.lows[i] in _SINCE), None)
    if since is None or any(doc[i].tag_.startswith("VB") for i in range(since + 1, trigger.head)):
        return False
    gained = [i for i in range(first, since) if _tells_gain(doc[i])]
    return bool(gained) and any(True for _ in window.titles_in(gained[0], since))


def _tells_gain(token: Token) -> bool:
    """Whether a word tells that somebody gains an office: "named", "the appointment"."""
    if token.tag_.startswith("VB") and token.lower_ in GAINING:
        return True
    return token.lower_ in common_nouns("gain")


def _of_several(candidate: Candidate) -> bool:
    """Whether the offices are those of several: "has replaced seven of the ministers"."""
    titles = [role.title for role in candidate.roles if role.title is not None]
    return bool(titles) and all(title.mention.plural for title in titles)


def _is_succeeded(view: View, candidate: Candidate) -> bool:
    """Whether the person is one that another succeeds: "He replaces Jane Roe, who is leaving"."""
    if candidate.person.entity in view.succeeded:
        return True
    doc, first = candidate.window.doc, candidate.person.first
    before = [token.lower_ for token in doc[max(first - 5, 0) : first] if token.lower_ not in _LEAVERS][-3:]
    if before[-1:] == ["from"] and "over" in candidate.window.lows[max(first - _TAKEN_FROM, 0) : first]:
        return True  # "takes over as treasurer of Acme from the ousted Kim"
    return bool(_SUCCEEDS & {*before}) or before[-2:] in (["successor", "to"], ["place", "of"], ["seat", "of"])


_TAKEN_FROM = 12  # words from "over" to the name
_LEAVERS = frozenset("the retiring departing outgoing ousted sacked fired dismissed deposed axed mr. mr ms. ms".split())


def counterpart_of(view: View, window: Window, trigger: Trigger, args: Arguments, passive: bool) -> Name | None:
    functions = trigger.rule.frame.get("counterpart", ())
    token = None
    if "object" in functions:
        token = args.object
        if token is None:
            ahead = persons_after(window, trigger)
            return ahead[0] if ahead else None
    elif ("by" in functions and passive) or ("subject" in functions and not passive):
        token = args.subject
    elif "to" in functions:
        found, _ = recipients(view, window, trigger, "to")
        return found[0] if found else None
    elif "with" in functions and not passive:
        comes = exchanged(view, window, trigger)[1]
        return comes[0] if comes else None
    if token is not None:
        verb = window.doc[trigger.head]
        if token.lower_ in ("him", "her") and verb.tag_ == "VB" and verb.dep_ in ("xcomp", "advcl"):
            named = _last_named(view, window, verb.head)
            if named is not None:
                return named
        found = persons_of(view, window, token)
        if found:
            return found[0]
    if "replaces" in functions:
        return replaced_person(view, window, trigger)
    return _taken_over_from(window, trigger) if trigger.phrase.startswith("take over") else None


def _taken_over_from(window: Window, trigger: Trigger) -> Name | None:
    """Whose office it was that is named before them: "take over as treasurer of Acme from Kim, who is leaving"."""
    for index in range(trigger.last + 1, min(trigger.last + _TAKEN_FROM, window.sentence_of(trigger.head).last - 1)):
        if window.words[index] in (",", ";") or window.doc[index].tag_ in ("VBD", "VBZ", "MD"):
            return None
        if window.lows[index] == "from":
            name = window.name_at.get(index + 1) or window.name_at.get(index + 2)
            return name if name is not None and name.kind == "person" else None
    return None


def _last_named(view: View, window: Window, verb: Token) -> Name | None:
    """Whom "to replace him" means where somebody is named between the subject and the verb.

    "Roe accepted the resignation of Kim and named Lee to replace him": Kim, not Roe.
    """
    subject = arguments(verb).subject
    acting = persons_of(view, window, subject) if subject is not None else []
    if not acting:
        return None
    first = window.sentence_of(verb.i).first
    named = [name for name in window.names_in(first, verb.i, "person") if name.first > acting[0].last]
    return named[-1] if named else None


def _told_before(window: Window, trigger: Trigger, gained: Name) -> Name | None:
    """Whom "nominate Roe as his successor" means: the last person named before the trigger."""
    named = [n for n in window.names_in(0, trigger.head, "person") if n.entity != gained.entity]
    return named[-1] if named else None


_AS_SUCCESSOR = 2  # words from "named" to "successor"


def _told_first(window: Window, trigger: Trigger) -> Name | None:
    """Whom "Roe to leave, Kim named successor" means: the last person named before the one who is gained."""
    sentence = window.sentence_of(trigger.head)
    before = list(window.names_in(max(sentence.first - _SENTENCE, 0), trigger.head, "person"))
    gained = before[-1:]
    others = [name for name in before if name.entity != gained[0].entity]
    return others[-1] if others and gained[0].first >= sentence.first else None


_SENTENCE = 40  # words of the sentence before


_SUCCEEDS = frozenset("succeed succeeding succeeds replace replacing replaces follow".split())
_REPLACING = frozenset({"replace", "succeed"})
_HIM = frozenset({"him", "her", "them"})
_SUCCESSORS = frozenset(("successor", "replacement"))


def replaced_person(view: View, window: Window, trigger: Trigger) -> Name | None:
    """Whom the person gained replaces: "named Roe to succeed Kim", "named Roe chairman, replacing Kim"."""
    sentence = window.sentence_of(trigger.head)
    for index in range(trigger.head + 1, sentence.last):
        if window.lows[index] in _SUCCESSORS and index > 1:
            owner = window.doc[index - 1]
            if owner.lower_ in ("his", "her"):
                meant = pronoun(view, window, owner)
                if meant is None or meant.first < trigger.head:
                    return meant
                return _told_before(window, trigger, meant)
            name = window.name_at.get(index - 2) if owner.tag_ == "POS" else None
            if name is None and window.lows[min(index + 1, sentence.last - 1)] in ("to", "of"):
                ahead = range(index + 2, min(index + 5, sentence.last))
                name = next((window.name_at[i] for i in ahead if i in window.name_at), None)
            elif name is None and index - trigger.last <= _AS_SUCCESSOR:
                return _told_first(window, trigger)
            return name if name is not None and name.kind == "person" else None
        if window.lows[index] in _SUCCEEDS:
            for other in range(index + 1, min(index + 12, sentence.last)):
                if window.lows[other] in ("him", "her", "them"):
                    return _last_named(view, window, window.doc[trigger.head]) or pronoun(
                        view, window, window.doc[other]
                    )
                name = window.name_at.get(other)
                if name is not None and name.kind == "person":
                    return name
    return None
