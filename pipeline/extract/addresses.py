"""Forms of address that the model does not know, spelt as ones that it knows: no offset moves.

Of "Engr. Bashir Gumel" it makes two sentences' worth of words, of "Dato' Rashid Omar" a quotation; "Prof. Bashir
Gumel" and "Datuk Rashid Omar" it reads. The names themselves stay as they are.
"""

from __future__ import annotations

import re

_BY_LENGTH = {3: "Dr.", 4: "Rev.", 5: "Prof."}
_ADDRESS = re.compile(
    r"(?<![\w.])(?:(?P<dato>Dato['’])|(?:Engr|Barr|Surv|Arch|Adv|Alh|Arc|Amb|Pst|Hon|Bro|Cde|Ir|Ts|Er|Ar|Fr|Br)\.|H\.[EH]\.)"
    r"(?= (?:Dr\.? |\(?[A-Z]))"
)


def with_known_addresses(text: str) -> str:
    """A text with its forms of address spelt as the model knows them, as long as before."""
    return _ADDRESS.sub(lambda found: "Datuk" if found["dato"] else _BY_LENGTH[len(found[0])], text)
