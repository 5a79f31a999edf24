"""From what the user typed to the files to read."""

from __future__ import annotations

import glob
import hashlib
import io
import os
import shutil
import stat
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Literal

from pipeline.errors import InputError
from pipeline.places import AnyPath, RemotePath, is_remote, opened, place

STDIN = "-"
_CHUNK = 1024 * 1024


PartKind = Literal["jsonl", "parquet", "warc"]


@dataclass(frozen=True, slots=True)
class Part:
    """Consecutive records of a large file.

    Attributes:
        kind: What the file is.
        start: First byte, or first row group of a Parquet file.
        stop: Byte or row group after the last.
        before: Records of the file that come before.
    """

    kind: PartKind
    start: int
    stop: int
    before: int


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read, or a part of one.

    Attributes:
        uri: Path relative to the input it was found under, with "/"; unique in one `discover`.
        path: The file, here or in an object store; None is standard input, which only this process can read.
        size: Bytes; 0 for standard input.
        mtime_ns: Time of the last change; 0 for standard input.
        part: What of it to read; all when absent.
    """

    uri: str
    path: AnyPath | None
    size: int
    mtime_ns: int
    part: Part | None = None


def discover(inputs: Sequence[str]) -> list[Source]:
    """Find the files behind files, folders (recursive), globs and "-", sorted by uri.

    Hidden files, links that lead out of their folder, and whatever isn't a regular file are left out of
    folders and globs. A file found twice counts once, under its longest uri. Different files with the
    same uri all get the path of their input in front.

    Raises:
        InputError: An input doesn't exist, can't be listed, or holds no files.
    """
    if not inputs:
        raise InputError("no input given; name a file, a folder, a pattern such as 'raw/*.txt', or '-'")
    found: dict[AnyPath | None, tuple[Source, AnyPath]] = {}
    for given in inputs:
        for source, base in _expand(given):
            key = source.path.resolve() if source.path else None
            known = found.get(key)
            if known is None or _rank(source) < _rank(known[0]):
                found[key] = (source, base)
    return sorted(_apart(list(found.values())), key=lambda source: source.uri)


def fingerprint(source: Source) -> str:
    """Hash of the content (blake2b, 32 hex digits), read in pieces; of size and time in an object store.

    Raises:
        OSError: The file can't be read.
    """
    digest = hashlib.blake2b(digest_size=16)
    if isinstance(source.path, RemotePath):  # a read would cost as much as the run, and every write sets the time
        digest.update(f"{source.size} {source.mtime_ns}".encode())
        return digest.hexdigest()
    with open_source(source) as stream:
        while piece := stream.read(_CHUNK):
            digest.update(piece)
    return digest.hexdigest()


def open_source(source: Source) -> io.BufferedReader:
    """The content from its start; standard input is kept in a temporary file so that it can be read twice."""
    if source.path is not None:
        return opened(source.path)
    return open(_stdin_copy().name, "rb")


@cache
def _stdin_copy() -> tempfile._TemporaryFileWrapper[bytes]:
    """A file that lives as long as the program."""
    copy = tempfile.NamedTemporaryFile(prefix="newsmoves-stdin-")  # noqa: SIM115
    shutil.copyfileobj(sys.stdin.buffer, copy, _CHUNK)
    copy.flush()
    return copy


def _rank(source: Source) -> tuple[int, str]:
    return -len(source.uri), source.uri


def _expand(given: str) -> Iterator[tuple[Source, AnyPath]]:
    """Sources of one input, each with the folder its uri is relative to."""
    if given == STDIN:
        yield Source(STDIN, None, 0, 0), Path()
        return
    if is_remote(given):
        yield from _expand_remote(given)
        return
    path = Path(given)
    if path.is_dir():
        files, base = _walk(path), path
    elif path.exists():
        files, base = [path], path.parent
    elif glob.has_magic(given):
        files, base = _match(given)
    else:
        raise InputError(f"{given}: no such file or folder; check the spelling, or quote a pattern")
    empty = True
    for file in files:
        try:
            info = file.stat()
        except OSError:
            info = None
        if info is not None and not stat.S_ISREG(info.st_mode):
            if file == path:
                raise InputError(f"{given}: not a regular file; pipe it in and name '-' instead")
            continue
        empty = False
        uri = file.relative_to(base).as_posix()
        yield Source(uri, file, info.st_size if info else 0, info.st_mtime_ns if info else 0), base
    if empty:
        raise InputError(f"{given}: holds no files to read (hidden files don't count); name another input")


def _expand_remote(given: str) -> Iterator[tuple[Source, AnyPath]]:
    """One object, or all below a prefix; hidden ones are left out as they are of folders."""
    path = place(given)
    assert isinstance(path, RemotePath)
    try:
        info = path.info()
        if info.is_file:
            yield Source(path.name, path, info.size, info.mtime_ns or 0), path.parent
            return
        files = [info for info in path.listed(recursive=True) if info.is_file]
    except OSError as err:
        raise InputError(f"{given}: cannot be listed: {err}") from err
    empty = True
    for info in files:
        file = path.below(info)
        uri = str(file).removeprefix(f"{path}/")
        if not any(part.startswith(".") for part in uri.split("/")):
            empty = False
            yield Source(uri, file, info.size, info.mtime_ns or 0), path
    if empty:
        raise InputError(f"{given}: holds no objects to read (hidden ones don't count); name another input")


def _walk(folder: Path) -> list[Path]:
    root = folder.resolve()
    files: list[Path] = []
    for here, folders, names in os.walk(folder, onerror=_unlisted):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        files.extend(Path(here, name) for name in names if not name.startswith("."))
    # Folders behind links are not walked, so only a file that is itself a link can lead out.
    return sorted(file for file in files if not file.is_symlink() or file.resolve().is_relative_to(root))


def _unlisted(err: OSError) -> None:
    raise InputError(f"{err.filename}: cannot list the folder: {err.strerror}; allow it, or name other inputs") from err


def _match(pattern: str) -> tuple[list[Path], Path]:
    parts = Path(pattern).parts
    fixed = next(index for index, part in enumerate(parts) if glob.has_magic(part))
    base = Path(*parts[:fixed])
    root = base.resolve()
    files = [Path(name) for name in glob.glob(pattern, recursive=True)]  # noqa: PTH207 (absolute patterns)
    return sorted(file for file in files if file.is_file() and file.resolve().is_relative_to(root)), base


def _apart(found: list[tuple[Source, AnyPath]]) -> list[Source]:
    """Give different files different uris: first the input's path in front, then the full path."""
    sources = [source for source, _ in found]
    for full in (False, True):
        counts = Counter(source.uri for source in sources)
        sources = [
            replace(now, uri=_prefixed(was, base, full)) if counts[now.uri] > 1 else now
            for now, (was, base) in zip(sources, found, strict=True)
        ]
    return sources


def _prefixed(source: Source, base: AnyPath, full: bool) -> str:
    if isinstance(base, RemotePath):
        return f"{base}/{source.uri}"
    folder = (base.resolve() if full else base).as_posix().lstrip("/")
    return f"{folder}/{source.uri}"
