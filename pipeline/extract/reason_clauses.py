"""What happens meanwhile, told behind "as": in "resigned as a row over pay split the board" the row is no office."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.extract.mentions import Window

_OF_PERSONS = ("er", "or", "ist", "ant", "ent", "ian", "ee", "man", "eer", "ic", "ess")


def opens_clause(window: Window, index: int, head: int, last: int) -> bool:
    """Whether what stands behind "as" is the subject of a clause: "resigned as a row over pay split the board"."""
    article = window.lows[index + 1] in ("a", "an") and not window.lows[head].endswith(_OF_PERSONS)
    if not article or window.words[head][:1].isupper():
        return False
    for token in window.doc[head + 1 : last]:
        if token.text in (",", ";", ":", "(") or token.lower_ in ("who", "which", "that", "when", "and", "but"):
            return False
        if token.tag_ in ("VBD", "VBZ", "VBP", "MD") or (
            token.tag_ in ("VBN", "NNS") and token.dep_ in ("acl", "ROOT")
        ):
            return True
    return False
