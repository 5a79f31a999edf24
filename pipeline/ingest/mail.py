"""E-mail newsletters: one article per message."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr

from pipeline.ingest.dates import parse_timestamp
from pipeline.ingest.found import Found, Unreadable
from pipeline.ingest.markup import fragment_text
from pipeline.ingest.metadata import canonical_url
from pipeline.ingest.settings import Limits

# The plain part is the better text unless it is a stub ("view this mail in your browser").
_PLAIN_SHARE = 0.5


def read_mail(data: bytes, limits: Limits) -> Found:
    """The text of a message, its subject, sender and date; attachments are not read.

    Raises:
        Unreadable: Its parts nest too deeply, or none is text.
    """
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    _check_depth(message, limits.nesting)
    plain, markup = _part(message, "plain"), _part(message, "html")
    if plain is None and markup is None:
        raise Unreadable("mail without a text part")
    body, kind = plain or "", "plain"
    if markup is not None:
        words = fragment_text(markup, limits)
        if len(body.split()) < _PLAIN_SHARE * len(words.split()):
            body, kind = words, "clean"
    name, address = parseaddr(_header(message, "from"))
    return Found(
        body=body,
        markup="plain" if kind == "plain" else "clean",
        title=" ".join(_header(message, "subject").split()) or None,
        url=canonical_url(_header(message, "archived-at").strip("<> ")),
        published=parse_timestamp(_header(message, "date")),
        publisher=name or address.partition("@")[2] or None,
    )


def _header(message: EmailMessage, name: str) -> str:
    try:
        return str(message.get(name) or "")
    except (ValueError, IndexError, AttributeError, TypeError):  # the header parser fails on mangled ones
        return ""


def _part(message: EmailMessage, subtype: str) -> str | None:
    for part in message.walk():
        if part.get_content_type() == f"text/{subtype}" and part.get_content_disposition() != "attachment":
            try:
                content = part.get_content()
            except (LookupError, UnicodeError, ValueError):  # unknown or wrong charset
                payload = part.get_payload(decode=True)
                content = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
            return str(content)
    return None


def _check_depth(message: EmailMessage, limit: int) -> None:
    level, depth = [message], 0
    while level:
        if depth > limit:
            raise Unreadable(f"mail parts nest deeper than {limit}")
        level = [part for parent in level if parent.is_multipart() for part in parent.iter_parts()]  # type: ignore[misc]
        depth += 1
