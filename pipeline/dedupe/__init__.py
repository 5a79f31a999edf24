"""Event mentions -> events: near-duplicate articles, names, blocks, clusters, canonical values."""

from pipeline.dedupe.result import DedupeResult
from pipeline.dedupe.stage import dedupe

__all__ = ["DedupeResult", "dedupe"]
