"""Plain text, with or without a header of "Title: ..." lines."""

from __future__ import annotations

import re

from pipeline.ingest.found import Found
from pipeline.ingest.metadata import from_mapping

_FIELD = re.compile(
    r"^(title|headline|date|published|authors?|by|byline|source|publisher|url|link):[ \t]+(\S.*)$",
    re.IGNORECASE,
)
_HEADER_LINES = 12


def read_plain(text: str) -> Found:
    """The text; two or more "Key: value" lines at its top, up to the first empty line, are its metadata."""
    lines = text.lstrip("\ufeff\r\n").splitlines()
    fields: dict[str, str] = {}
    for line in lines[:_HEADER_LINES]:
        field = _FIELD.match(line.strip())
        if field is None or field[1].lower() in fields:
            break
        fields[field[1].lower()] = field[2]
    if len(fields) < 2:
        return Found(body=text)
    return from_mapping(fields, Found(body="\n".join(lines[len(fields) :])))
