"""Ingest: raw files to articles. One module per format; cleaning, metadata and dates are shared."""

from pipeline.ingest.build import article_id, mark_exact_copies, text_sha256
from pipeline.ingest.parts import may_have_parts, parts_of
from pipeline.ingest.reading import read
from pipeline.ingest.settings import IngestSettings, Limits
from pipeline.ingest.sources import Part, Source, discover, fingerprint

__all__ = [
    "IngestSettings",
    "Limits",
    "Part",
    "Source",
    "article_id",
    "discover",
    "fingerprint",
    "mark_exact_copies",
    "may_have_parts",
    "parts_of",
    "read",
    "text_sha256",
]
