"""Ingest: raw files to articles. One module per format; cleaning, metadata and dates are shared."""

from pipeline.ingest.build import article_id, mark_exact_copies, text_sha256
from pipeline.ingest.reading import read
from pipeline.ingest.settings import IngestSettings, Limits
from pipeline.ingest.sources import Source, discover, fingerprint

__all__ = [
    "IngestSettings",
    "Limits",
    "Source",
    "article_id",
    "discover",
    "fingerprint",
    "mark_exact_copies",
    "read",
    "text_sha256",
]
