"""Large files to their parts, found once for each state of a file and kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import astuple, dataclass, replace
from typing import TYPE_CHECKING

from pipeline.engines import Engine, Work
from pipeline.flow.reading import New
from pipeline.places import AnyPath
from pipeline.store import digest, write_text

if TYPE_CHECKING:
    from pipeline.ingest import IngestSettings, Part, Source


@dataclass(frozen=True, slots=True)
class Parting:
    """The job of finding the parts of large files; it keeps them in `folder`, under the key of the source."""

    folder: AnyPath
    settings: IngestSettings

    def load(self) -> Work[New, list[Part]]:
        """Import what reads."""
        from pipeline.ingest import parts_of

        def work(new: New, tick: Callable[[], None]) -> list[Part]:
            return parts_of(new[1], self.settings, tick)

        return work

    def tasks(self, shard: New) -> list[New]:
        """One file."""
        return [shard]

    def split(self, task: New) -> list[New]:
        """One file."""
        return [task]

    def lost(self, _: New, __: str) -> list[Part]:
        """A file that cannot be parted is read as a whole, and what is wrong with it is met again there."""
        return []

    def commit(self, shard: New, results: Sequence[list[Part]]) -> str:
        """Keep the parts."""
        [parts] = results
        write_text(self.folder / f"{shard[0]}.json", json.dumps([astuple(part) for part in parts]))
        return shard[0]


def in_parts(new: Iterable[New], job: Parting, engine: Engine) -> list[New]:
    """These sources, the large ones in parts, each part with a key of its own."""
    from pipeline.ingest import may_have_parts

    sources = list(new)
    large = [(key, source) for key, source in sources if may_have_parts(source)]
    if not large:
        return sources
    names = {path.name for path in job.folder.iterdir()}
    for _ in engine.run(job, [item for item in large if f"{item[0]}.json" not in names]):
        pass
    found = {key: _kept(job.folder / f"{key}.json") for key, _ in large}
    for name in names - {f"{key}.json" for key in found}:
        (job.folder / name).unlink(missing_ok=True)
    return [item for key, source in sources for item in _apart(key, source, found.get(key, []))]


def _kept(path: AnyPath) -> list[Part]:
    from pipeline.ingest import Part

    return [Part(*values) for values in json.loads(path.read_bytes())]


def _apart(key: str, source: Source, parts: list[Part]) -> list[New]:
    if len(parts) < 2:
        return [(key, source)]
    size = source.size // len(parts)
    return [(digest(key, *map(str, astuple(part))), replace(source, part=part, size=size)) for part in parts]
