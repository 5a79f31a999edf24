"""The order of the stages, and the table each one reads and writes.

    inputs -> articles -> event_mentions -> events -> output

Stages have no files, clock or printing; reading, keeping and writing is done here.
"""

from __future__ import annotations

from pipeline.flow.run import RunResult, run_dedupe, run_extract, run_ingest
from pipeline.flow.settings import RunSettings

__all__ = ["RunResult", "RunSettings", "run_dedupe", "run_extract", "run_ingest"]
