"""From raw text to the text that offsets refer to: characters, blanks, brackets, hard line breaks."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import pairwise
from typing import Any

# Zero-width characters, soft hyphen, bidi marks, object replacement, lone surrogates.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffc\ud800-\udfff]"
)
_CONTROL = re.compile("\x1b\\[[0-9;]{0,20}[A-Za-z]|[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_LINE_END = re.compile("\r\n?|[\x0b\u2028]")
_PARAGRAPH_END = re.compile("[\x0c\u2029]")
_ODD_BLANK = "\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_BLANKS = re.compile(f"[ {_ODD_BLANK}]{{2,}}|[{_ODD_BLANK}]")  # not the single plain blank: there are too many
# A full stop that lost its blank: "since May.Roe had"; not "Acme.Com", "U.S.Army", a file or an address.
_RUN_ON = re.compile(r"\.(?<=[a-z\d][a-z\d)’”]\.)(?=[“\"]?(?!(?:Com|Net|Org|Io|Ai|Js)\b)[A-Z][a-z]+[ ,’'](?! *\())")
_EMPTY_LINES = re.compile(r"\n{3,}")
_BULLETS = "•‣◦▪▫●○■□∙·⁃→►▶❖➔➢➤✓✔*"
_BULLET = re.compile(rf"[{_BULLETS}] +(?=\S)")
_RULER = re.compile(r"(?:[-_=~] ?){3,}|(?:\* ?){3,}")
_MARKS = frozenset(f"{_BULLETS}-_=~")  # how a bullet or ruler begins

# A ticker as wires print it: <OLN>, <SIEG.F>, <BRKa.N>; lower case only as a share class.
_TICKER = re.compile(r" ?<[A-Z]{1,8}[a-z]?(?:\.[A-Z]{1,3})?>")
# A company name as wires print it where it has no ticker: <Hambrecht and Quist Group>, <Siemens AG's>.
_ANGLED_NAME = re.compile(r"<([A-Z0-9][^<>\n=/]{1,80})>")
# A bracketed name left over from a link: two or more words, all capitalised but small ones.
_NAME_WORD = r"[A-Z][\w.'’&-]*"
_BRACKETED_NAME = re.compile(
    rf"\[ ?({_NAME_WORD}(?: (?:of|and|for|the|at|in|de|von|&|{_NAME_WORD})){{0,9}} {_NAME_WORD}) ?\](?!\()"
)
_HTML_TAG = re.compile(
    r"</?(?:a|abbr|article|aside|b|blockquote|br|cite|code|center|div|em|figcaption|figure|font|footer|h[1-6]|header|hr|i"
    r"|iframe|img|li|mark|nav|noscript|ol|p|picture|pre|q|s|section|small|source|span|strong|sub|sup|table|tbody|td"
    r"|tfoot|th|thead|time|tr|u|ul|video|wbr)(?:\s[^<>]{0,2000})?/?>"
)
_TICKED = re.compile(r"(?<=[^\W_])`(?=[^\W_])")
_BREAKING_TAG = re.compile(r"^</?(?:article|aside|blockquote|br|div|figure|figcaption|h|li|ol|p|section|table|tr|ul)\b")


@cache
def _ftfy() -> tuple[Any, Any]:
    import ftfy

    config = ftfy.TextFixerConfig(
        unescape_html=False,  # done by each format: in plain text &lt;p&gt; may be meant
        uncurl_quotes=False,
        fix_character_width=False,
        remove_terminal_escapes=True,
        normalization="NFC",
    )
    return ftfy.fix_text, config


def normalise(text: str) -> str:
    """Same words, orderly characters: mojibake mended, NFC, no control or zero-width characters, plain
    blanks, "\\n" for lines, at most one empty line in a row. Quotes and dashes stay as written, but for the marks
    that archives of newspapers have in their stead: "Acme`s", ``yes``, ″no″."""
    if "`" in text or "″" in text:
        text = _straight(text)
    if not _is_plain(text):
        text = _LINE_END.sub("\n", text)
        text = _PARAGRAPH_END.sub("\n\n", text)
    if not text.isascii():
        fix_text, config = _ftfy()
        text = fix_text(_INVISIBLE.sub("", text), config)
        text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    return tidy(text if _is_plain(text) else _CONTROL.sub("", text))


def _straight(text: str) -> str:
    """Backticks for apostrophes, doubled backticks and double primes for quotation marks: all straight."""
    text = _TICKED.sub("'", text).replace("″", '"')
    return text if "''" in text else text.replace("``", '"')  # ``yes'' has a pair of its own


def _is_plain(text: str) -> bool:
    """Whether a text has no control characters and no line ends but "\n"; a look that costs a tenth of a pattern."""
    return text.replace("\n", "").isprintable()


def tidy(text: str) -> str:
    """Single blanks, no blanks around lines, bullets as "- ", rulers and surplus empty lines gone."""
    if "  " in text or "\t" in text or not text.isascii():
        text = _BLANKS.sub(" ", text)
    text = _RUN_ON.sub(". ", text)
    lines = [line.strip() for line in text.split("\n")]
    for number, line in enumerate(lines):
        if line[:1] in _MARKS:
            lines[number] = _marked(line)
    text = "\n".join(lines)
    return (_EMPTY_LINES.sub("\n\n", text) if "\n\n\n" in text else text).strip()


def _marked(line: str) -> str:
    """A line that begins with a mark, tidied."""
    if _RULER.fullmatch(line):
        return ""
    bullet = _BULLET.match(line)
    return f"- {line[bullet.end() :]}" if bullet else line


def unbracket(text: str) -> str:
    """Remove wire tickers and left-over markup brackets; names in brackets keep their words."""
    if "<" in text:
        text = strip_tags(text)
        text = _TICKER.sub("", text)
        text = _ANGLED_NAME.sub(r"\1", text)
    if "[" in text:
        text = _BRACKETED_NAME.sub(r"\1", text)
    return text


def strip_tags(text: str) -> str:
    """Remove HTML tags by name from text that isn't HTML; anything else in angle brackets stays."""

    def blank(tag: re.Match[str]) -> str:
        return "\n" if _BREAKING_TAG.match(tag.group()) else ""

    return _HTML_TAG.sub(blank, text)


def unwrap(text: str) -> str:
    """Join lines that were broken at a fixed width; text with one sentence or item a line stays.

    A text is taken as hard-wrapped where at least nine in ten of its inner line ends stand where the
    next word would not have fitted into the longest line. Of another text the lines are joined that break off
    within a sentence, where there are several.
    """
    blocks = [block.split("\n") for block in text.split("\n\n")]
    inner = [(line, after) for block in blocks for line, after in pairwise(block)]
    widths = [len(line) for line, _ in inner if "://" not in line]
    width = max(widths, default=0)
    if len(inner) < _FEWEST_BREAKS:
        return text
    full = sum(len(line) + 1 + len(after.split(" ", 1)[0]) > width or line.endswith("-") for line, after in inner)
    if 50 <= width <= 100 and full >= 0.9 * len(inner):
        return "\n\n".join(_join(block) for block in blocks)
    if sum(_breaks_off(line, after) for line, after in inner) < _FEWEST_BREAKS:
        return text
    return "\n\n".join(_mended(block) for block in blocks)


_FEWEST_BREAKS = 3  # from which on line ends are no accident
_UNFINISHED = re.compile(r"[\w,'’]$")
_CONTINUES = re.compile(r"[a-z]+(?:[ ,.;'’-]|$)(?!\))")
_SHORTEST_BROKEN = 40  # characters of a line that breaks off within a sentence; a shorter one may be a label
_SHORTEST_BESIDE = 25  # the same in a paragraph where another line does


def _breaks_off(line: str, after: str) -> bool:
    """Whether a sentence goes on in the next line."""
    return len(line) >= _SHORTEST_BROKEN and bool(_UNFINISHED.search(line) and _CONTINUES.match(after))


def _mended(lines: list[str]) -> str:
    """The lines of a paragraph, joined where they break off; a finished sentence ends its line."""
    if not any(_breaks_off(line, after) for line, after in pairwise(lines)):
        return "\n".join(lines)
    joined, last = lines[0], lines[0]
    for line in lines[1:]:
        open_end = bool(_UNFINISHED.search(last)) and not line.startswith(("- ", "|"))
        goes_on = open_end and (len(last) >= _SHORTEST_BESIDE or bool(_CONTINUES.match(line)))
        joined += (" " if goes_on else "\n") + line
        last = line
    return joined


def _join(lines: list[str]) -> str:
    joined = lines[0]
    for line in lines[1:]:
        if line.startswith(("- ", "|")):
            joined += "\n" + line
        elif joined.endswith("-") and not joined.endswith((" -", "--")):
            joined += line
        else:
            joined += " " + line
    return joined
