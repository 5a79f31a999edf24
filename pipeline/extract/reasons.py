"""Plain English for the short words that say how a slot was filled or why a trigger was not kept."""

from __future__ import annotations

PERSON = {
    "parse": "the parse gives the verb this subject or object",
    "surface": "the words beside the verb; the parse gave no person",
    "passive_reading": "a headline's past form read as a passive",
    "linked": "joined to the trigger by the learned trees; the rule found nobody so",
    "implied": "capitalised words in a person's place that the model did not mark",
    "list": "listed behind the verb or after 'including'",
    "ellipsis": "a further pair of name and title behind the first",
    "noun": "possessor of the noun, or named after 'of'",
    "apposition": "in apposition to the noun",
    "row": "a cell of the table's row",
    "before": "the title stands right before the name",
    "before,": "the title stands before the name, a comma between",
    "after": "the title stands behind the name",
    "shared": "the title stands behind several names",
    "copula": "the name is what the title is said to be of",
    "remains": "the name is what the title is said to be of",
}
ROLE = {
    "sentence": "the title that the trigger gives or takes in the sentence",
    "here": "the office that the same sentence says the person holds",
    "affiliation": "the office that the article says the person holds elsewhere",
    "counterpart": "taken from the person succeeded or succeeding",
    "default": "the rule implies it",
    "held": "the office that the article says the person has",
    "none": "the article gives none",
}
STATUS = {
    "asserted": "told as a fact",
    "negated": "a negation governs the verb",
    "denied": "a verb of denial or refusal governs it",
    "rule": "the wording itself says so",
    "proposal": "a word of proposing, asking or trying governs it",
    "modal": "a modal or a word of hearsay governs it",
    "request": "the person is asked, told or invited to do it",
    "would": "'would' under a verb of saying, or on its own",
    "future": "'will', or a word of planning, governs it",
    "infinitive": "a bare 'to' with the verb lies ahead",
    "report": "told as what a report or rumour says",
    "report rejected": "told as what a report says, which somebody rejects",
    "unnamed source": "nobody with a name vouches for it",
    "contradicted": "the next sentence takes it back",
    "given up": "a plan that came to nothing",
    "resisted": "a call, a motion or an attempt that is rejected or survived",
    "failed": "an attempt that fails",
    "yielded": "a call that is heeded",
    "call": "somebody calls for it",
    "near": "a wording of what is close or weighed",
    "vote": "a vote is to decide it",
    "undecided": "it is weighed whether to",
    "approval": "it hangs on an approval",
    "condition": "it hangs on a condition",
}
COMPANY_NONE = "no organisation has enough evidence"

_REASONS = {
    "no_person": "no person stands where the wording needs one",
    "inside_name": "the word is part of a name",
    "excluded": "the rule excludes this wording",
    "not_a_verb": "the word is no verb here",
    "not_a_noun": "the word is a verb here",
    "auxiliary": "the word only helps another verb",
    "appoints": "who fills a vacancy names somebody for it",
    "past_of_find": "'found' is the past of 'find'",
    "decides": "the verb with an infinitive tells of a decision: 'has elected to retire'",
    "adjectival": "the participle only describes a noun",
    "other_voice": "the rule wants the verb in the other voice",
    "other_verb": "another verb stands inside the wording",
    "replaced_by_another": "who acts puts another in the place",
    "only_a_time": "the clause only says until when",
    "other_thing": "the verb is said of something else than the rule's nouns",
    "state": "the participle tells a state, not an event",
    "place_name": "the word belongs to the name of a place",
    "quoted_title": "the word is part of a title of a work or of a heading, in quotation marks",
    "inside_title": "the word is part of a title",
    "no_title": "no title follows",
    "not_a_modifier": "the participle is the sentence's verb, which has a rule of its own",
    "hypothetical": "a condition, told as no fact",
    "resolution": "a resolution or demand wants it: 'that Roe be appointed'",
    "question": "a question, told as no fact",
    "imagined": "dreamed, felt or joked, told as no fact",
    "no_job": "what is joined, left or founded is no employer, or nobody has died",
    "player": "a player of a sport changes club, retires or is banned",
    "outing": "somebody goes, is brought or takes part somewhere, and no job is told",
    "fiction": "the sentence tells of a play or a film",
    "one_of_a_row": "one of several who did the same, and no new office",
    "career": "the beginning of a working life, told without a date",
    "thing_named": "a thing or a child is given its name",
    "award": "an honour, no office",
    "party_member": "a member joins or leaves a party, and no office is named",
    "of_voters": "an office that voters give",
    "other_sense": "the wording is used of something else: put out of a place, a gun fired, a claim dismissed",
    "denied_gain": "what did not happen, and no office is named",
    "not_founded_yet": "a founding that has not happened",
    "headline_only": "named only in a headline in capitals, where names cannot be told",
    "uncertain_person": "a lone surname of whom nothing else is told",
    "sentence_too_long": "a run of more than 5,000 characters without an end is no sentence",
    "employer_in_doubt": "no role is told, and the employer is only one of those that the article names",
    "below_min_confidence": "the row is less certain than --min-confidence asks",
    "service": "a service to the company, no office",
    "not_in_office": "no office that was held",
    "not_english": "the text is not in English",
    "too_short": "the text is too short",
    "empty": "there is no text",
}
_SLOTS = {
    "as": "'as' with a title",
    "employer": "an employer or its board as the subject",
    "role|loss": "a title, or an office lost just before",
    "role|company": "a title or an organisation",
    "role|company|cue": "a title, an organisation, or an office held",
    "company": "an organisation",
    "role": "a title",
    "counterpart": "the other person",
}
_OBJECTS = {
    "none": "it has no object",
    "org": "its object is an organisation",
    "person": "its object is a person",
    "role": "its object is a title",
    "post": "its object is a post",
    "company_noun": "its object is a noun for a company",
    "other": "its object is neither post nor employer",
    "unit": "its object is a part of an organisation",
}


def in_words(reason: str) -> str:
    """A rejection's reason in plain English, with the short word itself behind it."""
    plain = _REASONS.get(reason)
    if plain is None and reason.startswith("missing_slot: "):
        needed = reason.removeprefix("missing_slot: ")
        plain = f"the rule needs {_SLOTS.get(needed, needed)}"
    if plain is None and reason.startswith("object_is_"):
        plain = _OBJECTS.get(reason.removeprefix("object_is_"))
    if plain is None and reason.startswith("subject_is_"):
        plain = _OBJECTS.get(reason.removeprefix("subject_is_"), "").replace("object", "subject")
    return f"{plain} ({reason})" if plain else reason.replace("_", " ")
