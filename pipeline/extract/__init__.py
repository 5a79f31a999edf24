"""Articles to event mentions: screen, annotate, match, resolve."""

from pipeline.extract.explain import explain
from pipeline.extract.stage import Extractor, ExtractSettings, extract

__all__ = ["ExtractSettings", "Extractor", "explain", "extract"]
