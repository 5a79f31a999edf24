"""Articles to event mentions: screen, annotate, match, resolve."""

from pipeline.extract.stage import Extractor, ExtractSettings, extract

__all__ = ["ExtractSettings", "Extractor", "extract"]
