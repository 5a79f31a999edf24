"""Title, authors, publisher, address and date from the keys that formats and sites use for them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from pipeline.ingest.dates import parse_timestamp
from pipeline.ingest.found import Found

# Our name -> theirs, compared without case, "_", "-", ":" and blanks; the first that holds a value wins.
KEYS: Mapping[str, tuple[str, ...]] = {
    name: tuple(keys.split())
    for name, keys in {
        "text": "text body content maintext articlebody fulltext articletext bodytext story",
        "title": "title headline name seotitle subject",
        "url": "canonical canonicalurl url link originalurl permalink uri sourceurl webpage href",
        "published": (
            "datepublished published publishedat datepublish publishdate publisheddate publicationdate"
            " publishedtime pubdate date firstpublished datetime timestamp created createdat datecreated"
        ),
        "authors": "authors author byline creator writers by",
        "publisher": "publisher sitename site source sourcename outlet publication domain sourcedomain",
    }.items()
}

_PLAIN = re.compile(r"[\W_]")
_TRACKING = re.compile(
    r"^(?:utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|twclid|igshid|mc_[ce]id|mkt_tok|_hs\w+|cmpid|cmp|ncid"
    r"|ocid|icid|ref|ref_src|ref_url|referrer|smid|smtyp|sr_share|taid|tpcc|trk|src|spm|xtor|sh|amp|outputtype|at_\w+|ns_\w+)$",
    re.IGNORECASE,
)
_AMP_HOST = re.compile(r"^amp[.-](?=[\w-]+\.)")
_AMP_PATH = re.compile(r"/amp(?:/|\.html)?$|^/amp(?=/)|(?<=\w)\.amp(?=\.html$|$)")
_BYLINE_START = re.compile(r"^(?:(?:written|reported|story|words) )?by[: ]\s*", re.IGNORECASE)
_AUTHOR_BREAK = re.compile(r"\s*(?:[;|\n]|,(?!\s*(?:Jr|Sr|II|III|IV|Ph\.?D|M\.?D)\b)|\band\b|&)\s*", re.IGNORECASE)
# A list that a table keeps as a string: ['Jane Roe', "John O'Neill"].
_LISTED = re.compile(r"\s*\[.*\]\s*$", re.DOTALL)
_QUOTED = re.compile(r"""(?<=["'])([^"'\[\],][^"\[\],]*?)(?=["']\s*[,\]])""")
_MAX_AUTHORS, _MAX_AUTHOR_CHARS = 50, 100


def column_for(names: Iterable[str], name: str) -> str | None:
    """Which of a record's keys usually holds our `name`."""
    plain: dict[str, str] = {}
    for key in names:
        plain.setdefault(_PLAIN.sub("", key).lower(), key)
    return next((plain[key] for key in KEYS[name] if key in plain), None)


def pick(fields: Mapping[str, Any], name: str, columns: Mapping[str, str] | None = None) -> Any:
    """The value of `fields` for our `name`: the column that the user named, else the first usual key that
    holds something."""
    if columns and name in columns:
        return fields.get(columns[name])
    filled = [key for key, value in fields.items() if value is not None and value != "" and value != []]
    key = column_for(filled, name)
    return fields[key] if key is not None else None


def from_mapping(fields: Mapping[str, Any], found: Found, columns: Mapping[str, str] | None = None) -> Found:
    """`found` with the metadata of a front matter or record filled in."""
    publisher = as_text(pick(fields, "publisher", columns))
    return replace(
        found,
        title=as_text(pick(fields, "title", columns)),
        url=canonical_url(as_text(pick(fields, "url", columns))),
        published=parse_timestamp(pick(fields, "published", columns)),
        authors=as_authors(pick(fields, "authors", columns)),
        publisher=domain_of(publisher) or publisher,
    )


def as_text(value: object) -> str | None:
    """One line of words; of a mapping its name, of a list its first item, of anything else nothing."""
    match value:
        case str():
            return " ".join(html.unescape(value).split()) or None
        case Mapping():
            return as_text(next((value[key] for key in ("name", "title", "@id", "url") if value.get(key)), None))
        case list() | tuple():
            return as_text(value[0]) if value else None
        case _:
            return None


def as_authors(value: object) -> tuple[str, ...]:
    """Names in the order given, each once, without "By" and without addresses."""
    if isinstance(value, str) and _LISTED.match(value):
        value = _QUOTED.findall(value)
    items: Iterable[object] = value if isinstance(value, list | tuple) else [value]
    names: list[str] = []
    for item in items:
        line = as_text(item)
        if line is None or "://" in line:
            continue
        parts = [line] if isinstance(item, Mapping) else _AUTHOR_BREAK.split(_BYLINE_START.sub("", line))
        names += [part.strip(" .,") for part in parts if part.strip(" .,") and len(part) <= _MAX_AUTHOR_CHARS]
    return tuple(dict.fromkeys(names))[:_MAX_AUTHORS]


def canonical_url(url: str | None) -> str | None:
    """The address without tracking parameters, AMP variants, fragment, user and default port; None where
    it isn't a web address."""
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or "." not in host:
        return None
    host = _AMP_HOST.sub("", host.rstrip("."))
    if port and port not in (80, 443):
        host += f":{port}"
    path = _AMP_PATH.sub("", parts.path)
    query = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(pair[0])]
    return urlunsplit((parts.scheme.lower(), host, path or "/", urlencode(query), ""))


def domain_of(url: str | None) -> str | None:
    """The site of a web address, without "www."; None where it isn't one."""
    if not url or not url.lower().startswith(("http://", "https://")):
        return None
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return None
    return host.removeprefix("www.") or None
