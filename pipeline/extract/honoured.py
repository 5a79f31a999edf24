"""Whom "his" and "her" mean behind thanks and praise: "paid tribute to Roe's service following her resignation"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.name_words import HONORIFICS

if TYPE_CHECKING:
    from spacy.tokens import Token

    from pipeline.extract.mentions import Name, Window

_HONOURING = frozenset(
    "thank thanks thanked thanking praise praises praised praising congratulate congratulates congratulated "
    "congratulating commend commends commended hail hails hailed salute salutes saluted applaud applauds applauded "
    "toast toasts toasted wish wishes wished wishing laud lauds lauded tell tells told remind reminds reminded inform "
    "informs informed notify notifies notified".split()
)
_TRIBUTE = frozenset("tribute homage farewell goodbye thanks respects".split())
_LINKS = frozenset("following after on upon for in about of over before at since and with".split())


def honoured(window: Window, token: Token) -> Name | None:
    """The person named behind a verb or noun of thanks, if no other verb stands between the name and the pronoun."""
    if token.dep_ != "poss" or token.i < 1 or window.lows[token.i - 1] not in _LINKS:
        return None
    before = list(window.names_in(window.sentence_of(token.i).first, token.i, "person"))
    if len(before) < 2:
        return None
    name = before[-1]
    if any(each.tag_ in ("VBD", "VBZ", "VBP", "MD") for each in window.doc[name.last : token.i]):
        return None
    index = name.first - 1
    while index > 0 and (
        index in window.title_at or window.lows[index].rstrip(".") in HONORIFICS | {"the", "its", "former"}
    ):
        index -= 1
    if window.lows[index] in ("to", "of"):
        return name if not _TRIBUTE.isdisjoint(window.lows[index - 1 : index]) else None
    return name if window.lows[index] in _HONOURING else None
