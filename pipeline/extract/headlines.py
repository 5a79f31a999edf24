"""Headlines whose words the tagger or the parser misreads: who acts, and upon whom, told by the order of the names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.grammar import Arguments

if TYPE_CHECKING:
    from pipeline.extract.mentions import Window
    from pipeline.extract.triggers import Trigger


_MISREAD = frozenset({"NNS", "NNPS", "NN", "NNP", "VBZ"})


def headline_arguments(window: Window, trigger: Trigger) -> Arguments | None:
    """What a headline's verb that the tagger takes for a noun acts with: "Acme poaches Jane Roe from Bolt"."""
    token, sentence = window.doc[trigger.head], window.sentence_of(trigger.head)
    subject = token.tag_ == "VBZ" and any(child.dep_ == "nsubj" for child in token.children)
    if sentence.kind != "heading" or token.tag_ not in _MISREAD or subject or len(trigger.words) > 1:
        return None
    firm, name = window.name_at.get(trigger.head - 1), window.name_at.get(trigger.head + 1)
    between = firm is not None and firm.kind == "org" and name is not None and name.kind == "person"
    if not between or firm is None or name is None or firm.first != sentence.first:
        return None
    return Arguments(window.doc[firm.last - 1], window.doc[name.last - 1], False)


def is_gained_by(window: Window, trigger: Trigger) -> bool:
    """Whether a headline's participle stands between a person and an office: "Jane Roe elected chair of Acme"."""
    name = window.name_at.get(trigger.head - 1)
    sentence = window.sentence_of(trigger.head)
    if sentence.kind != "heading" or name is None or name.kind != "person" or window.doc[trigger.head].tag_ != "VBN":
        return False
    return trigger.last + 1 in window.title_at
