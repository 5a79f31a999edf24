"""What a user may set about reading, and the bounds that hostile input meets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from pipeline.errors import InputError

MIB = 1024 * 1024
COLUMNS = ("text", "title", "url", "published", "authors", "publisher")


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one input file. What exceeds one is a failed article with the bound in its reason.

    Attributes:
        record_bytes: One document, or one record of a JSONL, CSV, WARC or Parquet file.
        expanded_bytes: All that one compressed file or archive may expand to.
        expansion_ratio: Expanded over compressed bytes, checked from `expansion_grace_bytes` on. News as
            JSONL compresses 3 to 12 times, its most repetitive parts 50 times; gzip bombs reach 1,000.
        members: Files in one archive, nested archives included.
        archive_depth: Compressions and archives inside each other; `a.tar.gz` has two.
        nesting: Depth of JSON values and of e-mail parts.
        html_depth: Open elements at a time; real pages stay below 100.
        html_elements: Elements of one page; real pages have 1,000 to 10,000, and 50,000 take ten seconds.
        text_chars: Cleaned text of one article; also the longest text that spaCy accepts.
        front_matter_bytes: Front matter of one Markdown file.
        min_words: Articles with fewer are skipped; the shortest real wire brief seen had 19.
    """

    record_bytes: int = 16 * MIB
    expanded_bytes: int = 64 * 1024 * MIB
    expansion_ratio: int = 200
    expansion_grace_bytes: int = 16 * MIB
    members: int = 1_000_000
    archive_depth: int = 4
    nesting: int = 100
    html_depth: int = 500
    html_elements: int = 50_000
    text_chars: int = 1_000_000
    front_matter_bytes: int = 64 * 1024
    min_words: int = 5


@dataclass(frozen=True, slots=True)
class IngestSettings:
    """Settings of one run.

    Attributes:
        published: Publication date of articles that give none themselves.
        columns: Where records keep the article: our name to theirs, such as `{"text": "maintext"}`. Ours
            are those of `COLUMNS`.
        limits: Bounds against hostile input.
    """

    published: date | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        """Check the column names.

        Raises:
            InputError: One of ours is unknown.
        """
        unknown = sorted(set(self.columns) - set(COLUMNS))
        if unknown:
            raise InputError(f"unknown column {unknown[0]!r}; name one of {', '.join(COLUMNS)}")
