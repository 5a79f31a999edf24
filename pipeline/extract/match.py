"""Applies the rules: from a trigger to its persons, roles and counterpart, by parse first, by surface second."""

from __future__ import annotations

from pipeline.extract.announced import holders_found, subject_of_main_clause
from pipeline.extract.apposed_persons import apposed_person
from pipeline.extract.candidates import Candidate, Matches, Refusal
from pipeline.extract.complements import complement_roles, predicate_roles, respectively
from pipeline.extract.employers import employer_acts, superior_acts
from pipeline.extract.exclusions import is_excluded
from pipeline.extract.gapping import persons_gapped, persons_tasked
from pipeline.extract.grammar import Arguments, arguments, is_verb
from pipeline.extract.guards import (
    acting_firm,
    is_gerund,
    is_premodifier,
    is_verb_like,
    participle_follows,
    phrase_verb,
    spans_infinitive,
)
from pipeline.extract.headlines import headline_arguments, is_gained_by
from pipeline.extract.held_roles import just_gained
from pipeline.extract.hints import company_hints, mark_acting, settle_hints
from pipeline.extract.infinitives import decides, is_head_of_title
from pipeline.extract.introduced import introduce_holders
from pipeline.extract.items import apply_items, apply_label, apply_next
from pipeline.extract.likewise import persons_likewise
from pipeline.extract.listed import (
    is_told_by_rank,
    office_of_several,
    own_office,
    persons_behind_participle,
    persons_told,
)
from pipeline.extract.mentions import Name, Window
from pipeline.extract.minutes import minuted
from pipeline.extract.modifiers import apply_modifier
from pipeline.extract.name_lines import employer_on_line, named_on_line_above
from pipeline.extract.nouns import apply_noun
from pipeline.extract.object_kinds import is_handing, object_kind, office_behind, subject_kind
from pipeline.extract.object_persons import named_by_person, object_persons
from pipeline.extract.office_links import links_of
from pipeline.extract.office_pairs import office_pairs, officers_gained, officers_told
from pipeline.extract.overlaps import BEHIND, inside_of, longest_of
from pipeline.extract.possessions import apply_possession
from pipeline.extract.put_out import is_other_sense
from pipeline.extract.quotes import is_quoted_title, quoted_arguments
from pipeline.extract.recipients import exchanged, exchanges, recipients
from pipeline.extract.role_values import RoleGroup
from pipeline.extract.rows import read_row
from pipeline.extract.same_posts import office_ahead
from pipeline.extract.seekers import (
    implied_person,
    persons_after,
    persons_inverted,
    persons_listed,
    relabel_ahead,
)
from pipeline.extract.shortened import describe, in_whole, shortened, to_shorten
from pipeline.extract.slots import counterpart_of, roles_of_phrase, roles_replaced, unmet_need
from pipeline.extract.states import fills_by_naming, goes_on, is_away, is_beside, is_pictured, ranks_holder
from pipeline.extract.subject_persons import named_apart, subject_persons
from pipeline.extract.title_links import Link
from pipeline.extract.triggers import Trigger, triggers_of
from pipeline.extract.view import View

_UNFILLED = ("missing_slot: role", "missing_slot: role|company", "missing_slot: role|company|cue")


def match_window(view: View, window: Window, links: list[Link]) -> tuple[list[Candidate], list[Refusal]]:
    """All candidates and refusals of one window."""
    candidates: list[Candidate] = []
    refusals: list[Refusal] = []
    triggers: list[Trigger] = []
    for trigger in triggers_of(window):
        if not is_head_of_title(window, trigger):
            triggers.append(trigger)
        elif window.sentence_at[trigger.head] in window.candidate:
            refusals.append(Refusal(window, trigger, "inside_title"))
    longest = longest_of(triggers)
    for trigger in longest:
        number = window.sentence_at[trigger.head]
        if number not in window.candidate or window.sentence_at[trigger.last] != number:
            continue
        found, reason = _apply(view, window, trigger, links)
        if not found and reason in ("no_person", "object_is_person", *_UNFILLED):
            found = apply_items(view, window, trigger, links) or apply_label(view, window, trigger)
        closing = not any(other.head > trigger.last and window.sentence_at[other.head] == number for other in triggers)
        if (found and closing) or (not found and reason in ("no_person", *_UNFILLED)):
            found = found + apply_next(window, trigger, links, bool(found))
        if found:
            candidates.extend(found)
            view.gained.update(one.person.entity for one in found if one.direction == "in" and one.roles)
            view.gained_at.update(at for one in found for at in just_gained(one))
            view.lost.update(one.person.entity for one in found if one.direction == "out")
            continue
        refusals.append(Refusal(window, trigger, reason))
        # "Acme announced her departure": not by her; "Ann Grant will leave", where a name is spelt like a verb
        nobody = reason in ("no_person", "inside_name") and trigger.rule.kind == "verb"
        worded = reason == "adjectival" and len(trigger.words) > 1  # "Roe's announced exit": the noun's own rule
        if reason.startswith(_NOT_MEANT) or nobody or worded:
            longest += [other for other in longest_of(inside_of(trigger, triggers)) if other not in longest]
    return candidates, refusals


# A wording of other things: "left the bank to", where no post is left; "recently named Roe", where nothing is modified.
_NOT_MEANT = ("object_is", "subject_is", "not_a_modifier", "not_a_verb")


def _apply(view: View, window: Window, trigger: Trigger, links: list[Link]) -> tuple[list[Candidate], str]:
    rule = trigger.rule
    token = window.doc[trigger.head]
    if trigger.head in window.name_at and rule.kind != "noun" and window.sentence_of(trigger.head).kind != "row":
        return [], "inside_name"
    if is_excluded(window, trigger):
        return [], "excluded"
    if is_other_sense(window, trigger):
        return [], "other_sense"
    if is_quoted_title(window, trigger):
        return [], "quoted_title"
    if window.sentence_of(trigger.head).kind == "row":
        return _apply_row(view, window, trigger)
    if rule.kind == "modifier":
        officers = officers_gained(window, trigger)
        return (officers, "") if officers else apply_modifier(view, window, trigger, links)
    if rule.kind == "noun":
        return apply_noun(view, window, trigger, links)
    if not (is_verb(token) or is_verb_like(window, trigger) or named_on_line_above(window, trigger)):
        return [], "not_a_verb"
    title = window.title_at.get(trigger.head)
    if title is not None and title.first == trigger.head and trigger.last < title.last - 1 and not rule.things:
        return [], "inside_title"  # "Fire Chief Jane Roe"; but "cost chief executive Roe her job"
    if "..." in trigger.phrase and spans_infinitive(window, trigger):
        return [], "other_verb"
    if decides(window, trigger):
        return [], "decides"
    if trigger.phrase.endswith(" be") and participle_follows(window, trigger):
        return [], "auxiliary"
    if (
        trigger.phrase == "be no longer"
        and window.tag(trigger.last + 1) == "JJ"
        and trigger.last + 1 not in window.title_at
    ):
        return [], "state"  # "is no longer worried about"
    if any(told(window, trigger) for told in (ranks_holder, goes_on, is_away, is_beside, is_pictured)):
        return [], "state"
    replaces = rule.rule_id == "appoint.succeed" and superior_acts(view, window, trigger, arguments(token))
    if replaces or fills_by_naming(window, trigger):
        return [], "appoints"
    if token.lower_ == "found" and rule.action == "founded" and token.tag_ != "VB":
        return [], "past_of_find"
    opening: list[Name] = []
    if token.dep_ == "amod":
        alone = named_on_line_above(window, trigger)  # "Jane Roe, Acme", and below it "Appointed head of sales"
        opening = [alone] if alone is not None else subject_of_main_clause(view, window, trigger)
    adjectival = token.dep_ == "amod" and token.tag_ in ("VBN", "VBG", "JJ") and not opening
    adjectival = adjectival and not is_gerund(window, trigger)
    adjectival = adjectival and minuted(window, trigger) is None
    adjectival = adjectival and quoted_arguments(window, trigger) is None and not is_gained_by(window, trigger)
    listed = adjectival and bool(persons_inverted(window, trigger))  # "Appointed directors were A and B"
    if (adjectival and not listed and acting_firm(window, trigger) is None) or is_premodifier(window, trigger):
        return [], "adjectival"
    if rule.things:
        return apply_possession(view, window, trigger)
    if rule.objects:
        kind = object_kind(view, window, trigger)
        inverted = kind in ("person", "other") and rule.action == "joined" and persons_inverted(window, trigger)
        if kind not in rule.objects and not inverted:  # "Joining her at Acme are A and B"
            return [], f"object_is_{kind}"
    if rule.subjects:
        kind = subject_kind(view, window, trigger)
        if kind not in rule.subjects:
            return [], f"subject_is_{kind}"
    return _apply_verb(view, window, trigger, links)


def _apply_row(view: View, window: Window, trigger: Trigger) -> tuple[list[Candidate], str]:
    frame = read_row(view, window, trigger)
    if frame is None:
        return [], "no_person"
    if frame.role is None and trigger.rule.weak:
        return [], "missing_slot: role"
    candidate = Candidate(
        trigger, window, window.sentence_at[trigger.head], frame.person, [frame.role] if frame.role else []
    )
    candidate.how["person"] = "row"
    candidate.company_hints = [(frame.company, "object")] if frame.company is not None else []
    return [candidate], ""


def _phrase_arguments(window: Window, trigger: Trigger) -> Arguments:
    quoted = quoted_arguments(window, trigger)
    if quoted is not None:
        return quoted
    if (done_to := minuted(window, trigger)) is not None:
        return Arguments(None, window.doc[done_to.last - 1], False)
    token = phrase_verb(window, trigger)
    if token.i != trigger.head:
        return arguments(token)
    if (beside := headline_arguments(window, trigger)) is not None:
        return beside
    args = arguments(token)
    firm = acting_firm(window, trigger) if args.passive else None
    if firm is not None:
        return Arguments(firm, None, False)
    if (named := named_by_person(window, trigger, args)) is not None:
        return Arguments(args.object, token.doc[named.last - 1], False)
    if args.object is not None and args.object.i in trigger.words and not is_handing(trigger):
        return Arguments(args.subject, None, args.passive, args.inherited)
    return args


def _apply_verb(view: View, window: Window, trigger: Trigger, links: list[Link]) -> tuple[list[Candidate], str]:
    rule = trigger.rule
    args = _phrase_arguments(window, trigger)
    function = rule.frame["person"][0]
    goes, comes = exchanged(view, window, trigger)
    if function == "with" and exchanges(rule):
        persons, how, passive = comes, "surface", args.passive
    elif "with" in rule.frame.get("counterpart", ()) and rule.voice != "passive":
        persons, how, passive = goes, "surface", args.passive
    elif comes and function == "subject":
        return [], "replaced_by_another"
    elif function == "subject":
        passive = args.passive
        persons, how = subject_persons(view, window, trigger, args)
    elif function in BEHIND:
        passive = args.passive
        persons, how = recipients(view, window, trigger, function)
    elif function == "appos":
        passive = args.passive
        persons, how = holders_found(window, trigger), "apposition"
    else:
        if trigger.phrase.startswith("be ") and function == "object":
            args = Arguments(None, args.subject or args.object, True)
        if not args.passive:
            relabel_ahead(view, window, trigger)
        persons, how, passive = persons_behind_participle(window, trigger), "list", True
        if not persons:
            persons, how, passive = object_persons(view, window, trigger, args)
    if not persons and trigger.phrase.endswith((" is", " are")):
        persons, how = persons_after(window, trigger), "surface"
    if not persons and rule.rule_id == "appoint.will_be":
        persons, how = [name for name, _ in officers_told(window, trigger)], "list"
    if not persons and function == "object" and not args.passive:
        persons, how = apposed_person(window, trigger, args.object), "surface"
    if not persons and function in ("subject", "object"):
        persons, how = named_apart(view, window, trigger, args, function), "apart"
        passive = passive or (bool(persons) and function == "object" and window.doc[trigger.head].tag_ == "VBN")
    if not persons and function != "with":
        persons = implied_person(view, window, trigger, args, function)
        how = "implied"
    among = window.lows[window.sentence_of(trigger.head).first] == "among"
    opens = trigger.head == window.sentence_of(trigger.head).first
    token = window.doc[trigger.head]
    listing = token.dep_ == "relcl" and token.head.head.lower_ in ("include", "includes", "included")
    active = function == "object" and token.tag_ == "VBG"  # "Replacing Kim is Roe": Roe is who replaces
    if not persons and not active and (among or opens or listing or token.tag_ in ("VBG", "VBN", "VB")):
        persons, how = persons_inverted(window, trigger) or persons_listed(window, trigger, of=False), "list"
    if not persons and is_told_by_rank(window, trigger):
        persons, how = persons_told(window, trigger), "list"
    above = named_on_line_above(window, trigger) if not persons and function in ("subject", "object") else None
    if above is not None:
        persons, how, passive = [above], "above", function == "object"
    persons += [name for name in persons_likewise(view, window, trigger, persons) if name not in persons]
    if not persons:
        return [], "no_person"
    if rule.action == "retired" and passive and how != "surface":
        return [], "state"
    if rule.voice is not None and rule.voice != ("passive" if passive else "active"):
        return [], "other_voice"
    return _candidates(view, window, trigger, links, persons, args, passive, how)


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
    counterpart = counterpart_of(view, window, trigger, args, passive)
    groups = _groups(window, trigger, links, persons, counterpart)
    holds = args.subject if "subject" in rule.frame.get("role", ()) else args.object
    if holds is None and is_handing(trigger):
        holds = office_behind(window, trigger)
    if not groups[0].roles and {"object", "subject"} & {*rule.frame.get("role", ())}:
        groups[0].roles, duties_of = roles_of_phrase(view, window, holds)
        counterpart = counterpart or duties_of
        groups = respectively(window, trigger, groups[0].roles, persons) or groups
    if not groups[0].roles:
        groups[0].roles = office_ahead(window, trigger) or (roles_replaced(window, trigger) if counterpart else [])
    told_next = how in ("list", "apart", "parse") and "role" in rule.needs and rule.action != "promoted"
    if not groups[0].roles and told_next:  # not "promoted two lawyers: A and B"
        several = args.object if rule.frame["person"][0] == "object" else args.subject
        groups[0].roles = office_of_several(window, several)
    gapped = persons_gapped(window, trigger, persons)
    told = [name for group in groups for name in group.persons]
    tasked = persons_tasked(window, trigger, persons)
    groups += [RoleGroup([], [name]) for name in (*gapped, *tasked) if name not in told]
    made: list[Candidate] = []
    for group in groups:
        for person in group.persons or persons:
            roles = own_office(trigger, links, person) if len(persons) > 1 and group.roles else []
            roles = roles or list(group.roles)
            candidate = Candidate(trigger, window, number, person, roles, counterpart, passive=passive)
            candidate.how["person"] = how if not group.persons else "ellipsis"
            if group.persons and person in gapped:
                candidate.how["person"] = "gapped"
            acts = employer_acts(window, trigger, args) or superior_acts(view, window, trigger, args)
            if acts and ("employer" in rule.needs or rule.rule_id == "join.hire"):
                candidate.how["employer"] = "subject"
            if rule.rule_id == "appoint.name" and employer_acts(window, trigger, args):
                candidate.how["names"] = "subject"
            if rule.objects:
                candidate.how["object"] = object_kind(view, window, trigger)
            candidate.company_hints = company_hints(view, window, trigger, args, persons, rule.frame.get("company", ()))
            if how == "above" and not candidate.company_hints and (firm := employer_on_line(window, person)):
                candidate.company_hints = [(firm, "preposition")]
            elsewhere = company_hints(view, window, trigger, args, persons, rule.frame.get("other_company", ()))
            candidate.other_company = elsewhere[0][0] if elsewhere else None
            made.append(candidate)
    for candidate in made:
        if candidate.counterpart is not None and candidate.counterpart.entity == candidate.person.entity:
            candidate.counterpart = None
        elif candidate.counterpart is not None and candidate.direction == "in":
            view.succeeded.add(candidate.counterpart.entity)
    reason = unmet_need(view, max(made, key=lambda one: bool(one.roles))) if made else "no_person"
    if reason:
        return [], reason
    settle_hints(view, window, made)
    if "subject" in rule.frame.get("company", ()):
        for candidate in made:
            mark_acting(view, args, candidate)
    return made, ""


def completed(view: View, window: Window, trigger: Trigger, links: list[Link], person: Name) -> Candidate:
    """A candidate for a person whom something else than the rule's frame found; the frame fills its other slots."""
    args = _phrase_arguments(window, trigger) if trigger.rule.kind == "verb" else Arguments(None, None, False)
    roles = _groups(window, trigger, links, [person], None)[0].roles
    candidate = Candidate(trigger, window, window.sentence_at[trigger.head], person, list(roles), passive=args.passive)
    candidate.company_hints = company_hints(
        view, window, trigger, args, [person], trigger.rule.frame.get("company", ())
    )
    settle_hints(view, window, [candidate])
    return candidate


def _groups(
    window: Window, trigger: Trigger, links: list[Link], persons: list[Name], counterpart: Name | None
) -> list[RoleGroup]:
    """The roles that the words behind a trigger give; none where an office that changes hands tells them."""
    if {"to", "for"} & {*trigger.rule.frame["person"]}:
        return [RoleGroup([])]
    if "predicate" in trigger.rule.frame.get("role", ()):
        return office_pairs(window, trigger) or [RoleGroup(predicate_roles(window, trigger, persons))]
    return complement_roles(window, trigger, persons, links, counterpart)


def collect(view: View) -> Matches:
    """Link titles, then match all windows of an article."""
    from pipeline.extract.affiliations import affiliate

    links: list[tuple[Window, Link]] = []
    by_window: list[list[Link]] = []
    for window in view.windows:
        own = links_of(view, window)
        own += introduce_holders(view, window, {id(link.title) for link in own})
        by_window.append(own)
        links += [(window, link) for link in own]
    view.affiliations = affiliate(links)
    for _, link in links:
        if link.how in ("before", "before,", "after"):
            view.described.setdefault(id(link.title), []).append(link.person)
    candidates: list[Candidate] = []
    refusals: list[Refusal] = []
    for window, own in zip(view.windows, by_window, strict=True):
        found, refused = match_window(view, window, own)
        candidates += found
        refusals += refused
    candidates, refusals = _read_again(view, candidates, refusals)
    return Matches(candidates, refusals, links)


def _read_again(
    view: View, candidates: list[Candidate], refusals: list[Refusal]
) -> tuple[list[Candidate], list[Refusal]]:
    """With what sentences tell when their asides are left out: moves, and the offices of moves that had none."""
    wanted = to_shorten(candidates, refusals)
    known = {(id(one.window), one.trigger.head) for one in candidates}
    for short in shortened(wanted) if wanted else ():
        heads = wanted[id(short.whole), short.sentence][1]
        links = links_of(view, short.window)
        describe(view, short, links)
        found, _ = match_window(view, short.window, links)
        for one in found:
            told = in_whole(short, one) if short.tokens[one.trigger.head] in heads else None
            if told is None:
                continue
            same = [c for c in candidates if c.window is short.whole and c.trigger.head == told.trigger.head]
            same = [c for c in same if c.person is told.person]
            if not same and (told.roles or (id(told.window), told.trigger.head) not in known):
                candidates.append(told)
            for other in same:
                if not other.roles and other.direction == told.direction:
                    other.roles, other.how["office"] = list(told.roles), "shortened"
    read = {(id(one.window), one.trigger.head) for one in candidates if one.how.get("read") == "shortened"}
    return candidates, [r for r in refusals if (id(r.window), r.trigger.head) not in read]
