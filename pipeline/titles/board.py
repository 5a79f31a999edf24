"""Seats on a board, which no head word names: "a seat on the board", "member of Acme's supervisory board"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.titles.mention import Span, TitleMention

_MASK = "\x01"
_KIND = (
    r"(?P<kind>(?:supervisory|management|managing|executive|advisory|editorial|main|corporate|holding|company|parent|"
    r"group|international|scientific|unitary|\d+-member|\w+-member) )?(?P<kind2>advisory )?"
)
_OF = r"(?: of (?P<of>directors|trustees|governors|regents|management|advisers|advisors|overseers))?"
_OWNER = r"(?:the |its |his |her |their |our |a )?(?:\x01+(?:['’]s?)? )?(?:new |own |newly formed )?"
_SEAT = re.compile(
    rf"(?<!\w)(?P<role>members?|seats?|places?|positions?|spots?|memberships?|role) (?:of|on|in) "
    rf"{_OWNER}{_KIND}(?P<board>boards?){_OF}(?!\w)"
)
_MEMBER = re.compile(rf"(?<!\w){_KIND}board (?P<role>members?|seats?|memberships?)(?!\w)")
# What a board gives: "with backing from the board" tells of no seat.
FROM_BOARDS = (
    "backing support approval pressure clearance consent calls criticism opposition response advice statement request "
    "invitation offer guidance permission blessing letter mandate"
).split()
_GIVEN = "".join(rf"(?<!{word} from)" for word in FROM_BOARDS)
_JOIN = re.compile(
    rf"(?<!\w)(?:join(?:s|ed|ing)?|to|onto|from|off|quits?|quitting|leav(?:e|es|ing)|left|on){_GIVEN} {_OWNER}{_KIND}"
    rf"(?P<board>boards?){_OF}(?!\w)"
    r"(?! (?:room|meeting|game|level|approval|that|who|for|said|a |about|certified))"
)
_COMPANY = re.compile(r"\x01+")
_OWNER_BEFORE = re.compile(r"(\x01+)(?:['’]s?)? $")
_LONGEST_NAME = 200  # characters; longer names of organisations are faults of tagging
_BEHIND = re.compile(r" (?:of|at) (?:the )?(?P<company>\x01+)")
_ROLE_OF = {"trustees": "trustee", "governors": "governor", "regents": "regent", "overseers": "overseer"}


def _role(match: re.Match[str]) -> tuple[str, str]:
    """The wording and the canonical title of the seat."""
    groups = match.groupdict()
    kind = ((groups.get("kind") or "") + (groups.get("kind2") or "")).strip()
    of = groups.get("of") or ""
    named = [
        word for word in kind.split() if word in ("supervisory", "management", "advisory", "editorial", "scientific")
    ]
    if not named and of in ("management", "advisers", "advisors"):
        named = ["management" if of == "management" else "advisory"]
    if named:
        role = " ".join([*named, "board member"])
        return role, role
    role = _ROLE_OF.get(of, "director")
    return role, role


def board_mentions(
    text: str, low: str, found: Sequence[TitleMention], blocked: Sequence[Span], persons: Sequence[Span]
) -> list[TitleMention]:
    """Seats on boards that no title in `found` covers; `low` is `text` in lower case, offsets kept."""
    if "board" not in low:
        return []
    known = set(persons)
    masked = list(low)
    for start, end in blocked:
        if (start, end) not in known:
            masked[start:end] = _MASK * (end - start)
    hidden = "".join(masked)
    taken = bytearray(len(low))
    for mention in found:
        taken[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
    mentions: list[TitleMention] = []
    for pattern, weak in ((_SEAT, False), (_MEMBER, False), (_JOIN, True)):
        for match in pattern.finditer(hidden):
            groups = match.groupdict()
            start = match.start("role") if groups.get("role") else match.start("board")
            if weak and match.group("kind"):
                start = match.start("kind")
            if pattern is _MEMBER:
                start = match.start()
            end = match.end()
            if 1 in taken[start:end]:
                continue
            taken[start:end] = b"\1" * (end - start)
            mentions.append(_mention(text, hidden, match, (start, end), weak))
    return mentions


def _mention(text: str, hidden: str, match: re.Match[str], span: Span, weak: bool) -> TitleMention:
    role, canonical = _role(match)
    company = _COMPANY.search(match.group())
    company_span = (match.start() + company.start(), match.start() + company.end()) if company else None
    if company_span is None and (behind := _BEHIND.match(hidden, match.end())):
        company_span = behind.span("company")
    if company_span is None and (before := _OWNER_BEFORE.search(hidden, max(0, span[0] - _LONGEST_NAME), span[0])):
        company_span = before.span(1)
    return TitleMention(
        start=span[0],
        end=span[1],
        text=role,
        head="board",
        unit=None,
        modifiers=("board",),
        canonical=canonical,
        level="board",
        capitalised=text[span[0]].isupper(),
        strong=not weak,
        plural=match.group().endswith(("members", "seats")),
        company_span=company_span,
    )
