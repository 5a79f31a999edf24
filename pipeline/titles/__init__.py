"""Job titles: found in sentences, taken apart, brought to one spelling."""

from pipeline.titles.mention import TitleMention
from pipeline.titles.parse import ParsedTitle, canonical_role, parse_title, role_matches
from pipeline.titles.scan import find_titles

__all__ = ["ParsedTitle", "TitleMention", "canonical_role", "find_titles", "parse_title", "role_matches"]
