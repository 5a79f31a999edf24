"""From a source to its articles, one at a time."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.ingest.build import build, failed
from pipeline.ingest.found import Found, Unreadable
from pipeline.ingest.markdown import read_markdown
from pipeline.ingest.settings import IngestSettings
from pipeline.ingest.sources import Source, open_source
from pipeline.records import Article


def read(source: Source, settings: IngestSettings) -> Iterator[Article]:
    """The articles of a source, in the order of the file; never raises for what the file holds."""
    try:
        with open_source(source) as stream:
            data = stream.read(settings.limits.record_bytes + 1)
        text = data.decode("utf-8", "replace")
        if source.uri.endswith((".md", ".markdown")) or text.startswith("---\n"):
            found = read_markdown(text, settings.limits.front_matter_bytes)
        else:
            found = Found(body=text)
        yield build(found, source.uri, settings)
    except OSError as err:
        yield failed(source.uri, f"cannot open: {err.strerror}")
    except Unreadable as err:
        yield failed(source.uri, str(err))
