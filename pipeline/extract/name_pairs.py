"""Two persons of one family named with the surname once: "Ana and Lucas Ruiz have left"."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.mentions import Name, Window
from pipeline.extract.name_runs import name_data
from pipeline.extract.name_words import SUFFIXES
from pipeline.names import is_given_name


def share_surnames(windows: Sequence[Window]) -> None:
    """Mark a given name that is joined to a full name as a person of that surname, in place."""
    fulls = [name for window in windows for name in window.names if name.kind == "person" and " " in name.text]
    surnames, written = {_surname(name) for name in fulls}, {name.text for name in fulls}
    for window in windows:
        made = [one for name in list(window.names) if (one := _joined(window, name, surnames, written)) is not None]
        for name in made:
            before = window.name_at.get(name.first)
            if before is not None:
                window.names.remove(before)
            window.names.append(name)
            window.name_at[name.first] = name
        if made:
            window.names.sort(key=lambda name: name.first)


def _surname(name: Name) -> str:
    words = [word for word in name.text.split() if word.lower().rstrip(".") not in SUFFIXES]
    return words[-1] if words else name.text


def _joined(window: Window, name: Name, surnames: set[str], written: set[str]) -> Name | None:
    """Who stands before "and" with a given name alone; nobody whom the article knows by that name as a surname."""
    at = name.first - 2
    words = name.text.split()
    if name.kind != "person" or len(words) < 2 or name.honorific is not None or not is_given_name(words[0]):
        return None
    if at < window.sentence_of(name.first).first or window.lows[at + 1] not in ("and", "&"):
        return None
    given, held = window.words[at], window.name_at.get(at)
    whole = f"{given} {_surname(name)}"
    known = is_given_name(given) or whole in written or (held is not None and held.kind == "person")
    if not given.istitle() or given in surnames or at in window.title_at or not known:
        return None
    if given.lower() in name_data("calendar"):
        return None  # "Roe will leave in May and Mark Lund in June"
    alone = held is None or (held.last - held.first == 1 and (held.kind == "person" or held.weak))
    before = window.words[at - 1] if at > window.sentence_of(at).first else ""
    follows = before[:1].isupper() and at - 1 not in window.title_at
    follows = follows or before in ("and", "&", "-", "—", "–", "(", "’s", "'s", ".")
    if not alone or follows or (held is not None and held.honorific is not None):
        return None
    return Name("person", at, at + 1, whole)
