"""Marks names and titles in parsed windows, with the model's errors repaired."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

from pipeline.extract.mentions import Name, Sentence, Title, Window
from pipeline.names import is_given_name
from pipeline.rulebook import read_data, remembered
from pipeline.titles import find_titles

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from pipeline.titles import TitleMention

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
_GENERIC = frozenset(
    "company board group senate council committee bank firm the corporation registrant government parliament cabinet "
    "congress house court ministry department editor staff team management office union party egm agm ceo cfo coo cto "
    "ph.d. m.d. phd md mba cpa esq dr chairman president street ipo ai hr pr it".split()
)
_NO_GIVEN_NAMES = frozenset(
    "replacing succeeding joining following former outgoing incoming new retired meanwhile separately also while when after but and".split()
)
_CLUBS = frozenset("united rovers athletic wanderers fc albion hotspur".split())
_CAMEL = re.compile(r"[a-z][A-Z]")
_SUFFIX = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
_CAPITAL = re.compile(r"^[A-Z][\w.'’&-]*$")
_INITIAL = re.compile(r"^[A-Z]\.?$|^[A-Z]\.[A-Z]\.?$")


def is_org_tail(word: str) -> bool:
    """Whether a word is one that organisations' names end in: a legal form, "Bank", "University"."""
    return word.lower().rstrip(".") in _ORG_TAIL


def _trim(doc: Doc, first: int, last: int) -> tuple[int, int, str | None]:
    """Cut what the model swallowed: possessive, honorific, markup, digits, a line break."""
    honorific = None
    for index in range(first, last):
        if "\n" in doc[index].text or (
            index > first and doc[index].text in ("-", "–", "—", "--") and doc[index - 1].whitespace_
        ):
            last = index
            break
    while first < last:
        word = doc[first].lower_.rstrip(".")
        if word in _HONORIFICS and last - first > 1:
            honorific = word
            first += 1
        elif (
            word in {"the", "a", "an", "'", '"', "“", "[", "(", "-", "–", "—", "|", "*", "its", "his", "her"}
            or doc[first].is_space
        ):
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
        if label == "person":
            while first < last - 1 and (
                doc[first].lower_ in _NO_GIVEN_NAMES
                or (
                    doc[first].lower_ == "will"
                    and last - first > 2
                    and window.sentence_of(first).first == first
                )
            ):
                first += 1
            first = _behind_title(doc, first, last)
        if first >= last or not any(char.isalpha() for char in doc[first:last].text):
            continue
        found.append((first, last, label, honorific))
    return found


def _behind_title(doc: Doc, first: int, last: int) -> int:
    """Where a person's name starts when the model took the title before it along; `last` if all of it is title."""
    if last - first == 1 and doc[first].lower_ in _GENERIC:
        return last
    base = doc[first].idx
    for mention in find_titles(doc[first:last].text):
        if mention.start == 0 and (mention.strong or mention.end == len(doc[first:last].text)):
            while first < last and doc[first].idx - base < mention.end:
                first += 1
            break
    return first


def _extend(
    window: Window, names: list[tuple[int, int, str, str | None]]
) -> list[tuple[int, int, str, str | None]]:
    """Join a legal suffix or a Jr. that the model left outside, and split titles off persons."""
    doc, extended = window.doc, []
    for first, last, label, honorific in names:
        sentence = window.sentence_of(first)
        if label != "person":
            while last < sentence.last and is_org_tail(doc[last].text) and _CAPITAL.match(doc[last].text):
                last += 1
        while label == "person" and first > sentence.first and _INITIAL.match(doc[first - 1].text):
            first -= 1
        if label == "person":
            after = last + 1 if last < sentence.last and doc[last].text == "," else last
            if after < sentence.last and doc[after].lower_ in _SUFFIX:
                last = after + 1
            if any(token.text == "&" for token in doc[first:last]) or (
                is_org_tail(doc[last - 1].text) and last - first > 1
            ):
                label = "org"
            elif last < sentence.last and is_org_tail(doc[last].text) and doc[last].text[:1].isupper():
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
        if token.i in taken or not is_org_tail(token.text) or not _CAPITAL.match(token.text):
            continue
        first, sentence = token.i, window.sentence_of(token.i)
        while (
            first > sentence.first
            and first - 1 not in taken
            and (
                _CAPITAL.match(doc[first - 1].text)
                or (
                    doc[first - 1].text in {"&", "and", "of", "-"}
                    and first - 2 >= sentence.first
                    and _CAPITAL.match(doc[first - 2].text)
                    and doc[first - 1].text != "and"
                )
            )
            and doc[first - 1].lower_ not in {"the", "a", "said"}
        ):
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
    known = _known(windows, raw, votes)
    for window, names in zip(windows, raw, strict=True):
        _relabel(window, names, known.surnames)
    for window, names in zip(windows, raw, strict=True):
        for first, last, label, honorific in names:
            if _styled(window, first) and not known.supports(window, first, last):
                continue
            best = (
                label
                if last - first == 1 and label == "person"
                else _vote(votes[_key(window.doc, first, last)], label)
            )
            if best == "place" and last - first > 1 and window.doc[last - 1].lower_ in _CLUBS:
                best = "org"
            if best == "place" and last - first > 1 and known.extends(window, first, last):
                best = "org"
            if best == "place" and any(_CAMEL.search(t.text) for t in window.doc[first:last]):
                best = "org"
            if best != "person" and window.doc[first].lower_ in ("item", "section", "exhibit", "rule", "form", "schedule"):
                continue
            if best == "place" and _dateline(window, first, last):
                continue
            if best != "person" and all(
                t.lower_ in _GENERIC or t.is_punct or t.lower_ in ("of", "directors", "governors", "trustees")
                for t in window.doc[first:last]
            ):
                continue
            kind: Literal["person", "org"] = "person" if best == "person" else "org"
            name = Name(
                kind,
                first,
                last,
                window.doc[first:last].text.replace("\n", " "),
                honorific=honorific,
                weak=best == "place",
            )
            window.names.append(name)
            for index in range(first, last):
                window.name_at[index] = name
        known.mark(window)
        window.names.sort(key=lambda name: name.first)
    mark_surnames(windows)


def mark_surnames(windows: Sequence[Window]) -> None:
    """Make every mention of a known person's surname that person, whatever the model took it for."""
    surnames, org_words = set(), set()
    for window in windows:
        for name in window.names:
            words = [
                t.lower_
                for t in window.doc[name.first : name.last]
                if t.lower_.rstrip(".") not in _SUFFIX and t.text != ","
            ]
            if name.kind == "org" and len(words) > 1:
                org_words.update(words)
            elif name.kind == "person" and len(words) > 1 and len(words[-1]) > 2:
                surnames.add(words[-1])
    surnames -= org_words
    openings = {
        window.doc[name.first].lower_
        for window in windows
        for name in window.names
        if name.kind == "org" and name.last - name.first > 1 and not name.weak
    }
    for window in windows:
        for name in window.names:
            word = window.doc[name.first].lower_
            if (
                name.kind == "person"
                and name.last - name.first == 1
                and not name.honorific
                and word in openings
                and word not in surnames
            ):
                name.kind = "org"  # "Marsh" for "Marsh & McLennan"
            if (
                name.kind == "org"
                and name.last - name.first == 1
                and window.doc[name.first].lower_ in surnames
            ):
                name.kind, name.weak = "person", False
            if name.kind == "org" and window.doc[name.last - 1].lower_ in surnames:
                _cut_at_comma(window, name)
        for token in window.doc:
            if _short_form(window, token, openings):
                _place(window, "org", token.i, token.i + 1)
            if (
                token.lower_ in surnames
                and token.text[0].isupper()
                and token.i not in window.name_at
                and not _continues(window, token.i)
            ):
                _place(window, "person", token.i, token.i + 1)
        window.names.sort(key=lambda name: name.first)


def _cut_at_comma(window: Window, name: Name) -> None:
    """ "Acme, Boatwright" is an organisation and, behind the comma, a person."""
    for index in range(name.first + 1, name.last):
        if window.doc[index].text == ",":
            for position in range(index, name.last):
                del window.name_at[position]
            name.last, name.text = index, window.doc[name.first : index].text
            return


_COMMON_OPENINGS = frozenset(
    "american first new united international general national federal royal british european central u.s. us north south "
    "east west great state public home global world bank university college department ministry institute city county "
    "board house society museum office council court church old big best fresh red blue green black white golden".split()
)


def _short_form(window: Window, token: Token, openings: set[str]) -> bool:
    """Whether an unmarked word is the first word of a known organisation's name, used alone."""
    if (
        token.i in window.name_at
        or token.tag_ != "NNP"
        or token.lower_ not in openings
        or token.lower_ in _COMMON_OPENINGS
    ):
        return False
    after = window.doc[token.i + 1] if token.i + 1 < len(window.doc) else None
    before = window.doc[token.i - 1] if token.i else None
    return (after is None or not after.text[:1].isupper() or _all_upper(window, token.i)) and (
        before is None or before.tag_ != "NNP"
    )


def _dateline(window: Window, first: int, last: int) -> bool:
    """Whether a place opens a report in capitals: "MILLBROOK - ", "LONDON, March 3 (Wire) - "."""
    doc, sentence = window.doc, window.sentence_of(first)
    return (
        first <= sentence.first + 1
        and all(t.is_upper or not t.is_alpha for t in doc[first:last])
        and any(t.text in ("-", "–", "—", "--", "(", ":") for t in doc[last : min(last + 10, sentence.last)])
    )


def _relabel(window: Window, names: list[tuple[int, int, str, str | None]], surnames: set[str]) -> None:
    """Single-word organisations that are surnames of persons of the article are these persons."""
    for number, (first, last, label, honorific) in enumerate(names):
        if label != "person" and last - first == 1 and window.doc[first].lower_ in surnames:
            names[number] = (first, last, "person", honorific)


class _Known:
    """Names seen in running text: they vouch for names in headlines, and are found again where the model missed them."""

    def __init__(self, surnames: set[str], forms: Mapping[str, Literal["person", "org"]]) -> None:
        self.surnames = surnames
        self.forms = forms
        self.words = {word for form in forms for word in form.split()}
        self._first: dict[str, list[tuple[list[str], Literal["person", "org"]]]] = {}
        for form, kind in sorted(forms.items(), key=lambda item: (-len(item[0].split()), item[0])):
            self._first.setdefault(form.split()[0], []).append((form.split(), kind))

    def supports(self, window: Window, first: int, last: int) -> bool:
        """Whether a name in a headline is short, or one that the running text names."""
        words = [token.lower_ for token in window.doc[first:last]]
        if " ".join(words) in self.forms or (words[-1] in self.surnames and len(words) <= 3):
            return True
        if _all_upper(window, first):
            return False
        return last - first <= 2 and not any(word in self.words for word in words)

    def extends(self, window: Window, first: int, last: int) -> bool:
        """Whether a name is a known organisation's and more: "Acme North America"."""
        words = [token.lower_ for token in window.doc[first:last]]
        return any(self.forms.get(" ".join(words[:size])) == "org" for size in range(1, len(words)))

    def mark(self, window: Window) -> None:
        """Mark known names that carry no mark yet: whole forms, then surnames alone."""
        doc = window.doc
        for token in doc:
            if token.i in window.name_at or not token.text[0].isupper():
                continue
            for words, kind in self._first.get(token.lower_, ()):
                last = token.i + len(words)
                if (
                    last <= len(doc)
                    and [t.lower_ for t in doc[token.i : last]] == words
                    and not any(i in window.name_at for i in range(token.i, last))
                ):
                    _place(window, kind, token.i, last)
                    break


def _continues(window: Window, index: int) -> bool:
    """Whether a capitalised word touches another one that is part of some other, longer name."""
    doc = window.doc
    after = doc[index + 1] if index + 1 < len(doc) else None
    before = doc[index - 1] if index else None
    if (
        after is not None
        and (is_org_tail(after.text) or after.text == "&")
        and after.text[:1].isupper() | (after.text == "&")
    ):
        return True
    return (
        before is not None
        and before.tag_ == "NNP"
        and index - 1 not in window.name_at
        and not _all_upper(window, index)
        and before.lower_.rstrip(".") not in _HONORIFICS
    )


def _place(window: Window, kind: Literal["person", "org"], first: int, last: int) -> None:
    before = window.doc[first - 1].lower_.rstrip(".") if first else ""
    name = Name(
        kind, first, last, window.doc[first:last].text, honorific=before if before in _HONORIFICS else None
    )
    window.names.append(name)
    for index in range(first, last):
        window.name_at[index] = name


def _known(
    windows: Sequence[Window],
    raw: list[list[tuple[int, int, str, str | None]]],
    votes: Mapping[str, Counter[str]],
) -> _Known:
    surnames: set[str] = set()
    forms: dict[str, Literal["person", "org"]] = {}
    org_words: set[str] = set()
    for window, names in zip(windows, raw, strict=True):
        for first, last, label, _ in names:
            if _styled(window, first):
                continue
            key = _key(window.doc, first, last)
            best = _vote(votes[key], label)
            words = [token.lower_ for token in window.doc[first:last]]
            if best == "person":
                forms[" ".join(words)] = "person"
                stem = [word for word in words if word.rstrip(".") not in _SUFFIX and word != ","]
                if len(stem) > 1 and len(stem[-1]) > 2 and stem[-1].isalpha():
                    surnames.add(stem[-1])
            elif best == "org":
                forms[" ".join(words)] = "org"
                org_words.update(words if len(words) > 1 else ())
                while len(words) > 1 and is_org_tail(words[-1]):
                    words = words[:-1]
                    forms.setdefault(" ".join(words), "org")
    return _Known(
        surnames - org_words, {k: v for k, v in forms.items() if (len(k) > 2 and k.islower()) or " " in k}
    )


def _all_upper(window: Window, index: int) -> bool:
    sentence = window.sentence_of(index)
    letters = [t.text for t in window.doc[sentence.first : sentence.last] if t.is_alpha]
    return len(letters) > 2 and sum(text.isupper() for text in letters) > 0.8 * len(letters)


def _styled(window: Window, index: int) -> bool:
    """Whether a sentence is a headline in capitals or in title case, where capitals tell the model nothing."""
    sentence = window.sentence_of(index)
    if sentence.kind not in ("heading",) and sentence.start > 0:
        return False
    words = [t.text for t in window.doc[sentence.first : sentence.last] if t.is_alpha and len(t.text) > 3]
    return len(words) > 2 and sum(text[0].isupper() for text in words) > 0.8 * len(words)


def _key(doc: Doc, first: int, last: int) -> str:
    return str(doc[first:last].text).lower()


def _vote(counter: Counter[str], label: str) -> str:
    top = max(counter.values())
    return label if counter[label] == top else max(sorted(counter), key=lambda key: counter[key])


def _without_overlaps(names: list[Any]) -> list[Any]:
    kept: list[Any] = []
    for name in sorted(names, key=lambda item: (item[0], -item[1])):
        if not kept or name[0] >= kept[-1][1]:
            kept.append(name)
    return kept


def mark_titles(window: Window) -> None:
    """Fill `titles`: job titles by sentence, with the organisation each belongs to where the wording says it."""
    doc, whole = window.doc, window.doc.text  # put together from its words at each look-up
    for sentence in window.sentences:
        if sentence.first >= sentence.last:
            continue
        base = doc[sentence.first].idx
        end = doc[sentence.last - 1].idx + len(doc[sentence.last - 1].text)
        text = whole[base:end]
        names = [n for n in window.names_in(sentence.first, sentence.last) if not n.weak or _owns(doc, n)]
        spans = [
            (doc[n.first].idx - base, doc[n.last - 1].idx + len(doc[n.last - 1].text) - base) for n in names
        ]
        blocked = [span for span, name in zip(spans, names, strict=True) if name.kind == "org"]
        persons = [span for span, name in zip(spans, names, strict=True) if name.kind == "person"]
        names = [name for name in names if name.kind == "org"]
        at = {start: name for (start, _), name in zip(blocked, names, strict=True)}
        mentions = find_titles(text, blocked, persons=persons)
        mentions += _board_offices(text, blocked, mentions)
        for mention in mentions:
            span = doc.char_span(base + mention.start, base + mention.end, alignment_mode="expand")
            if span is None:
                continue
            if mention.head.lower() in ("maker", "makers"):
                continue
            if (
                len(span) == 1
                and span[0].tag_ == "JJ"
                and span.end < sentence.last
                and doc[span.end].tag_ in ("NN", "NNS", "VBG")
            ):
                continue  # "its principal operating unit"
            title = Title(span.start, span.end, mention)
            if mention.company_span is not None:
                owner = at.get(mention.company_span[0])
                title.company = _owned(window, owner) if owner is not None and owner.kind == "org" else None
            _settle_owner(window, title, sentence)
            window.titles.append(title)
            for index in range(span.start, span.end):
                window.title_at.setdefault(index, title)


def _board_offices(text: str, blocked: list[tuple[int, int]], found: list[TitleMention]) -> list[TitleMention]:
    """Titles behind an organisation that is called a board: "Federal Reserve Board chairman"."""
    extra = []
    for start, end in blocked:
        if not text[start:end].endswith("Board") or any(mention.start >= end and mention.start <= end + 1 for mention in found):
            continue
        for mention in find_titles(text[end : end + 60]):
            if mention.start == 1:
                extra.append(
                    replace(mention, start=end + mention.start, end=end + mention.end, company_span=(start, end))
                )
    return extra


def _owned(window: Window, owner: Name) -> Name:
    """Of "Acme's Bolt unit" the unit: the name behind the possessive."""
    if owner.last < len(window.doc) and window.doc[owner.last].lower_ in ("'s", "’s", "'", "’"):
        part = window.name_at.get(owner.last + 1)
        if part is not None and part.kind == "org" and not part.weak and not is_unit_name(part.text):
            return part
    return owner


def _owns(doc: Doc, name: Name) -> bool:
    """Whether a place stands where an employer would: "of Brazil", "Brazil's"; in "UK chief executive" it is an area."""
    before = doc[name.first - 1].lower_ if name.first else ""
    after = doc[name.last].lower_ if name.last < len(doc) else ""
    noun_follows = name.last < len(doc) and doc[name.last].tag_ in ("NN", "NNS", "JJ")
    return (before in ("of", "for", "at") and not noun_follows) or after in ("'s", "’s", "'", "’")


@remembered()
def _unit_words() -> frozenset[str]:
    return frozenset(read_data("cues.toml")["unit_words"])


def is_unit_name(text: str) -> bool:
    """Whether a name ends like a unit of an organisation ("B2B Applications"), not like an organisation."""
    words = text.lower().split()
    if words[0] in ("school", "faculty") and len(words) > 2:
        return True
    return words[-1] in _unit_words() and not any(is_org_tail(word) for word in words)


def _settle_owner(window: Window, title: Title, sentence: Sentence) -> None:
    """ "Acme's head of Applied AI": with an owner before the title, the name after "of" is its unit."""
    unit = title.company
    if unit is None:
        return
    if is_unit_name(unit.text):
        if title.last <= unit.first <= title.last + 2:
            title.wording = f"{title.mention.text} of {unit.text}"
        elif unit.last == title.first:
            title.wording = f"{unit.text} {title.mention.text}"
        title.company, unit.weak = None, True
    if unit.first < title.last:
        return
    index = title.first - 1
    while index >= sentence.first and window.doc[index].lower_ in ("'s", "’s", "'", "’"):
        index -= 1
    owner = window.name_at.get(index)
    if title.company is None:
        title.company = owner if owner is not None and owner.kind == "org" and not owner.weak else None
        return
    if owner is None or owner.kind != "org" or owner.weak or is_org_tail(window.doc[unit.last - 1].text):
        return
    title.wording = title.mention.text + " " + window.doc[title.last : unit.last].text
    title.company = owner


def looks_like_person(window: Window, name: Name) -> bool:
    """Whether a name of an organisation or place could be a person's: two or three plain words, a given name first."""
    words = [token.text for token in window.doc[name.first : name.last]]
    return (
        name.kind == "org"
        and 2 <= len(words) <= 3
        and is_given_name(words[0])
        and all(
            word[:1].isupper()
            and not (word.isupper() and len(word) > 2)
            and word[-1].isalpha() | word.endswith(".")
            for word in words
        )
        and not is_org_tail(words[-1])
        and not is_unit_name(name.text)
    )


def mark_described_persons(window: Window) -> None:
    """Make a name beside its title a person: "Dominic Strand, its creative director", "editor Rex Munday"."""
    for title in window.titles:
        before = title.first - 1
        while before > 0 and window.doc[before].lower_ in (
            "its",
            "the",
            "a",
            "an",
            "their",
            "'s",
            "’s",
            "company",
        ):
            before -= 1
        name = window.name_at.get(before - 1) if window.doc[before].text == "," and before else None
        behind = window.name_at.get(title.last)
        if behind is None and title.last + 1 < len(window.doc) and window.doc[title.last].text == ",":
            behind = window.name_at.get(title.last + 1)
        for candidate in (name, behind):
            if (
                candidate is not None
                and looks_like_person(window, candidate)
                and candidate is not title.company
            ):
                candidate.kind, candidate.weak = "person", False


def mark_titled_persons(window: Window) -> None:
    """Mark capitalised words right behind a title as a person where the model saw no name ("chairman C Perkins")."""
    doc = window.doc
    for title in window.titles:
        first = title.last
        sentence = window.sentence_of(title.first)
        taken = window.name_at.get(first)
        if (
            taken is not None
            and taken.kind == "org"
            and taken.first == first
            and not title.mention.plural
            and 2 <= taken.last - first <= 3
            and not is_org_tail(window.doc[taken.last - 1].text)
            and not window.doc[first].is_upper | (len(window.doc[first].text) == 1)
        ) or (
            taken is not None
            and taken.kind == "org"
            and taken.first == first
            and _INITIAL.match(window.doc[first].text)
            and taken.last - first == 2
        ):
            taken.kind, taken.weak = "person", False
            continue
        if (
            title.mention.plural
            or first >= sentence.last
            or first in window.name_at
            or _styled(window, first)
        ):
            continue
        last = first
        while (
            last < sentence.last
            and last - first < 4
            and last not in window.name_at
            and last not in window.title_at
            and doc[last].tag_ == "NNP"
            and (_CAPITAL.match(doc[last].text) or _INITIAL.match(doc[last].text))
        ):
            last += 1
        if 2 <= last - first <= 4 and doc[last - 1].is_alpha and len(doc[last - 1].text) > 1:
            _place(window, "person", first, last)
    window.names.sort(key=lambda name: name.first)


def is_verb(token: Token) -> bool:
    return token.tag_.startswith(("VB", "MD"))
