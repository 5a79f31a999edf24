"""Made-up mentions in any number, with the frequencies of real names: a few names are everywhere.

For measuring how merging grows. `measure_apart(1_000_000)` runs in a process of its own, so that the peak
memory is that of the merge.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from pipeline.errors import StageError
from pipeline.records import DIRECTIONS, Action, Article, EventMention, Evidence, Level, Status

_GIVEN = (
    "James", "Mary", "Robert", "Patricia", "John", "Jennifer", "Michael", "Linda", "David", "Elizabeth",
    "William", "Barbara", "Richard", "Susan", "Joseph", "Jessica", "Thomas", "Sarah", "Charles", "Karen",
    "Christopher", "Lisa", "Daniel", "Nancy", "Matthew", "Betty", "Anthony", "Margaret", "Mark",
    "Sandra", "Donald", "Ashley", "Steven", "Kimberly", "Paul", "Emily", "Andrew", "Donna", "Joshua",
    "Michelle", "Kenneth", "Carol",
)  # fmt: skip
_SYLLABLES = (
    "an", "bar", "cal", "den", "el", "far", "gor", "hal", "in", "jor", "kel", "lin", "mor", "nor", "os",
    "per", "quin", "ros", "sel", "tor", "ul", "van", "wes", "yor", "zim",
)  # fmt: skip
_ENDS = ("son", "man", "berg", "ton", "ley", "ski", "ez", "er", "field", "wood", "strom", "ini")
_TRADES = (
    "Systems", "Foods", "Energy", "Bank", "Labs", "Motors", "Media", "Health", "Capital", "Steel", "Air",
    "Software", "Retail", "Pharma",
)  # fmt: skip
_ROLES: tuple[tuple[str, Level], ...] = (
    ("chief executive officer", "chief"),
    ("chief financial officer", "chief"),
    ("chief operating officer", "chief"),
    ("president", "president"),
    ("chair", "board"),
    ("director", "board"),
    ("general counsel", "chief"),
    ("vice president sales", "vice_president"),
    ("vice president engineering", "vice_president"),
    ("head research", "head"),
)
_IN: tuple[Action, ...] = ("appointed", "joined", "promoted")
_OUT: tuple[Action, ...] = ("departed", "resigned", "retired", "dismissed")
_STATUSES: tuple[Status, ...] = ("done", "done", "done", "planned", "rumored")
_FIRST_DAY = date(2020, 1, 1)
_DAYS = 1500
_LONGEST_TAIL = 60  # most reports of one event; the mean is about four


@dataclass(frozen=True)
class Measure:
    """What merging so many mentions took: CPU seconds, and the highest resident size, mentions included."""

    mentions: int
    events: int
    persons: int
    seconds: float
    peak_mb: float
    bounds: dict[str, int]


@dataclass(frozen=True)
class _Move:
    person: str
    company: str
    role: tuple[str, Level]
    action: Action
    day: date


def synthetic_news(count: int, seed: int = 1) -> tuple[Iterator[Article], list[EventMention], dict[str, str]]:
    """So many mentions, the articles they come from, and the event each was made for.

    Names are drawn by rank, the n-th with a chance that falls as 1/n, so that a few hundred names bear most
    moves and namesakes work at many companies.
    """
    rng = random.Random(seed)
    surnames = _surnames(20_000)
    companies = [f"{surnames[-1 - rank % len(surnames)]} {rng.choice(_TRADES)}" for rank in range(max(50, count // 25))]
    mentions: list[EventMention] = []
    gold: dict[str, str] = {}
    number = 0
    while len(mentions) < count:
        move = _Move(
            person=f"{_ranked(rng, _GIVEN)} {_ranked(rng, surnames)}",
            company=_ranked(rng, companies),
            role=rng.choice(_ROLES),
            action=rng.choice((*_IN, *_OUT)),
            day=_FIRST_DAY + timedelta(days=rng.randrange(_DAYS)),
        )
        reports = min(_LONGEST_TAIL, count - len(mentions), int(rng.paretovariate(1.3)))
        for _ in range(reports):
            mention = _report(rng, move, len(mentions))
            mentions.append(mention)
            gold[mention.mention_id] = f"{move.person}|{move.company}|{move.role[0]}|{move.day}|{number}"
        number += 1
    return _articles(mentions), mentions, gold


def _surnames(count: int) -> list[str]:
    rng = random.Random(0)
    found: dict[str, None] = {}
    while len(found) < count:
        found["".join(rng.choices(_SYLLABLES, k=rng.choice((1, 2, 2, 3)))).title() + rng.choice(_ENDS)] = None
    return list(found)


def _ranked(rng: random.Random, items: Sequence[str]) -> str:
    """One item, the n-th with a chance that falls as 1/n."""
    return items[int((len(items) + 1) ** rng.random()) - 1]


def _report(rng: random.Random, move: _Move, number: int) -> EventMention:
    """A report of a move within three weeks, with slots left out and names shortened as newsrooms do."""
    given, surname = move.person.split()
    middle = "ABCDEFG"[len(move.company) % 7]
    person = f"{given} {middle}. {surname}" if rng.random() < 0.05 else move.person
    role = move.role if rng.random() > 0.2 else None
    dated = rng.random() < 0.4
    published = move.day + timedelta(days=min(20, int(rng.expovariate(0.4))))
    status = rng.choice(_STATUSES) if not dated else "done"
    leaves = DIRECTIONS[move.action] == "out"
    action = rng.choice((move.action, "departed" if leaves else "appointed"))
    return EventMention(
        mention_id=f"m{number:08d}",
        article_id=f"{published.isoformat()}-{number:08d}",
        event_id=None,
        person=person,
        role=role[0] if role else None,
        company=None if rng.random() < 0.1 else move.company + rng.choice(("", "", " Inc.")),
        action=action,
        direction=DIRECTIONS[action],
        date=move.day if dated else None,
        date_precision="day" if dated else None,
        date_text=None,
        date_source="text" if dated else None,
        status=status,
        scope="news",
        person_id=None,
        company_id=None,
        role_canonical=role[0] if role else None,
        role_level=role[1] if role else None,
        interim=False,
        previous_role=None,
        other_company=None,
        counterpart=None,
        confidence=0.5 + rng.random() / 2,
        evidence=(Evidence(0, 20, "", "said", "synthetic"),),
    )


def _articles(mentions: Sequence[EventMention]) -> Iterator[Article]:
    """One article per mention, of a few words, published on the day its id begins with."""
    for number, mention in enumerate(mentions):
        when = datetime.fromisoformat(mention.article_id[:10]).replace(tzinfo=UTC)
        yield Article(
            article_id=mention.article_id,
            source_uri=mention.article_id,
            url=f"https://news{number % 500}.example/{number}",
            publisher=f"news{number % 500}.example",
            title=None,
            authors=(),
            language="en",
            published_at=when,
            published_source="metadata",
            text=f"{mention.person} {mention.action}",
            text_sha256=f"{number:064x}",
            word_count=3,
            status="ok",
            reason=None,
        )


def measure(count: int, seed: int = 1) -> Measure:
    """Merge so many synthetic mentions in this process."""
    from pipeline.dedupe.stage import dedupe

    articles, mentions, _ = synthetic_news(count, seed)
    start = time.process_time()
    result = dedupe(articles, mentions)
    seconds = time.process_time() - start
    bounds = {name: number for name, number in result.counts.items() if name.endswith(("_cut", "_full"))}
    return Measure(
        mentions=count,
        events=len(result.events),
        persons=result.counts["persons"],
        seconds=round(seconds, 2),
        peak_mb=round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        bounds=bounds,
    )


def measure_apart(count: int, seed: int = 1) -> Measure:
    """Merge so many synthetic mentions in a process of their own.

    Raises:
        StageError: The process failed, for want of memory for example.
    """
    script = (
        "import json, sys; from dataclasses import asdict; from pipeline.dedupe.synthetic import measure; "
        f"json.dump(asdict(measure({count}, {seed})), sys.stdout)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    if done.returncode:
        reason = done.stderr.strip().splitlines()[-1:] or [f"exit {done.returncode}"]
        raise StageError(f"merging {count} synthetic mentions failed: {reason[0]}")
    found: dict[str, Any] = json.loads(done.stdout)
    return Measure(**found)
