"""Text out of HTML fragments, as feeds, mails and databases hold them."""

from __future__ import annotations

import re
from typing import Any

from pipeline.ingest.found import Unreadable
from pipeline.ingest.settings import Limits

_PAGE = re.compile(
    r"\A\s*(?:<\?xml[^>]{0,200}>\s*)?(?:(?><!--.{0,2000}?-->)\s*)*+<(?:!doctype html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_FRAGMENT = re.compile(
    r"</(?:p|div|a|b|i|em|strong|span|li|ul|ol|h[1-6]|section|article|blockquote|table|figure)>"
    r"|<br ?/?>|<p[ >]",
    re.IGNORECASE,
)
_ENTITY = re.compile(
    r"&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,6}|#x[0-9a-f]{1,5}|[lr][sd]quo|[mn]dash|hellip);", re.IGNORECASE
)

_TAG = re.compile(rb"<(/?)([a-z][a-z0-9]*)")
_VERBATIM = frozenset((b"script", b"style", b"textarea", b"title"))
# Elements that have no end or may leave it out don't nest.
_UNCOUNTED = frozenset(
    b"area base br col embed hr img input link meta param source track wbr p li dt dd tr td th thead tbody "
    b"tfoot option optgroup colgroup path rect circle use g line polygon".split()
)

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "ul",
    ]
)
_SPACE = re.compile(r"\s+")
_EMPTY_BULLET = re.compile(r"- \s*\n\s*(?=\S)")
_DROPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "svg",
        "button",
        "form",
        "select",
        "textarea",
        "figcaption",
        "nav",
        "head",
        "title",
        "audio",
        "video",
        "object",
    ]
)


def is_page(text: str) -> bool:
    """Whether a text is a whole HTML page."""
    return bool(_PAGE.match(text[:5000]))


def is_fragment(text: str) -> bool:
    """Whether a text has HTML markup."""
    return "<" in text and bool(_FRAGMENT.search(text))


def has_entities(text: str) -> bool:
    """Whether a text without tags still has HTML entities."""
    return "&" in text and bool(_ENTITY.search(text))


def check_size(data: bytes, depth_limit: int, element_limit: int) -> None:
    """Refuse HTML that nests too deeply or has too many elements, before a parser meets it.

    Raises:
        Unreadable: It does.
    """
    data = data.lower()
    depth = elements = position = 0
    while tag := _TAG.search(data, position):
        position = tag.end()
        name = tag[2]
        if not tag[1]:
            elements += 1
            if elements > element_limit:
                raise Unreadable(f"HTML has more than {element_limit} elements")
            if name in _VERBATIM:
                end = data.find(b"</" + name, position)
                if end < 0:
                    return
                position = end + 2
                continue
        if name in _UNCOUNTED:
            continue
        depth = max(depth - 1, 0) if tag[1] else depth + 1
        if depth > depth_limit:
            raise Unreadable(f"HTML nests deeper than {depth_limit}")


def fragment_text(markup: str, limits: Limits) -> str:
    """The words of an HTML fragment: blocks apart by an empty line, items as "- ", cells between "|".

    Raises:
        Unreadable: It nests too deeply or is too large.
    """
    from lxml import etree, html

    check_size(markup.encode("utf-8", "replace"), limits.html_depth, limits.html_elements)
    try:
        root = html.fragment_fromstring(markup.replace("\0", ""), create_parent="div")
    except (etree.ParserError, ValueError, AssertionError):
        return ""
    parts: list[str] = []
    walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walker:
        if event == "start":
            if element.tag in _DROPPED:
                walker.skip_subtree()
            else:
                parts += (_before(element), _SPACE.sub(" ", element.text or ""))
            continue
        if event == "end" and element.tag not in _DROPPED:
            parts.append(_after(element))
        if element is not root:
            parts.append(_SPACE.sub(" ", element.tail or ""))
    return _EMPTY_BULLET.sub("- ", "".join(parts))


def _before(element: Any) -> str:
    if element.tag == "li":
        return "\n- "
    if element.tag == "tr":
        return "\n| " if _is_row(element) else "\n\n"
    return "\n\n" if element.tag in _BLOCKS else ""


def _after(element: Any) -> str:
    if element.tag in ("td", "th"):
        return " | " if _is_row(element.getparent()) else "\n\n"
    if element.tag in ("li", "br"):
        return "\n"
    return "\n\n" if element.tag in _BLOCKS else ""


def _is_row(row: Any) -> bool:
    """Whether a table row holds data; newsletters lay out whole pages in tables."""
    cells = [cell for cell in row if cell.tag in ("td", "th")]
    return len(cells) > 1 and not any(part.tag in _BLOCKS for cell in cells for part in cell)
