"""A post told of first and its holder named next: "The treasurer of Acme has quit. Jane Roe, 45, gave no reason." """

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extract.affiliations import Link
from pipeline.extract.mentions import Name, Sentence, Title, Window

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_OWNERS = frozenset({"the", "its", "their", "his", "her", "'s", "’s"})
_LOSING = frozenset(
    "suspended suspends fired fires sacked sacks dismissed dismisses ousted ousts removed removes replaced replaces "
    "lost loses dropped drops axed suspending firing sacking dismissing ousting removing replacing losing".split()
)
_NEARBY = 3  # words of the next sentence before which the name must start, an honorific included


def introduced_holders(window: Window, linked: set[int]) -> Iterator[Link]:
    """Links of a definite post without a name, the subject of its sentence, to who opens the next sentence.

    The person must not be named before, so that this sentence introduces them; `linked` are the ids of the
    titles that describe somebody already.
    """
    met: set[str] = set()
    for sentence, following in zip(window.sentences, window.sentences[1:], strict=False):
        persons = list(window.names_in(sentence.first, sentence.last, "person"))
        met.update(name.text.split()[-1].lower() for name in persons)
        holder = _opening(window, following)
        if persons or holder is None or holder.text.split()[-1].lower() in met:
            continue
        for title in window.titles_in(sentence.first, sentence.last):
            if id(title) not in linked and _is_definite_subject(window, title, sentence):
                yield Link(title, holder, "before,")


def _is_definite_subject(window: Window, title: Title, sentence: Sentence) -> bool:
    doc = window.doc
    before = {doc[index].lower_ for index in range(max(sentence.first, title.first - 2), title.first)}
    owned = title.company is not None and title.company.last <= title.first
    return (
        not title.mention.plural
        and not title.former
        and (bool(before & _OWNERS) or owned)
        and any(
            (doc[index].dep_ in _SUBJECTS and doc[index].head.tag_ != "VB")
            or (doc[index].dep_ == "dobj" and doc[index].head.lower_ in _LOSING)
            for index in range(title.first, title.last)
        )
    )


def _opening(window: Window, sentence: Sentence) -> Name | None:
    """The person of a full name with whom a sentence starts."""
    for name in window.names_in(sentence.first, min(sentence.first + _NEARBY + 4, sentence.last), "person"):
        if name.first - sentence.first < _NEARBY and name.last - name.first > 1 and name.last + 1 < sentence.last:
            return name if _tells_of_holder(window, name.last, sentence.last) else None
    return None


_SAYING = frozenset("said says told tells added noted praised thanked welcomed".split())
_FINITE = frozenset({"VBD", "VBZ", "MD"})  # who acts without a word on who they are has been told of before


def _tells_of_holder(window: Window, index: int, limit: int) -> bool:
    """Whether what follows a name fits the holder of a post: an age, "who", "gave no reason"; not "an analyst at"."""
    word = window.doc[index]
    if word.text != ",":
        return word.tag_ in _FINITE and word.lower_ not in _SAYING
    behind = window.doc[index + 1] if index + 1 < limit else None
    return behind is not None and (behind.like_num or behind.lower_ == "who")
