"""Compressed files and archives as streams of their members, within bounds; nothing is unpacked to a path."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING, Any, Literal, Protocol

from pipeline.ingest.found import Unreadable
from pipeline.ingest.settings import MIB, Limits

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

Compression = Literal["gz", "bz2", "xz", "zst"]
Archive = Literal["zip", "tar"]

_BUFFER = 64 * 1024
# Decompressors allocate what the header asks for; `xz -9` needs 65 MiB, `zstd --ultra --long=27` 128 MiB.
_DECODER_BYTES = 256 * MIB
# Input handed to a decoder at once: what comes out can be 30,000 times as much.
_PIECE = 2048
_TAR_HEADER_BYTES = MIB
_SPOOL_IN_MEMORY = 8 * MIB
_OFFICE_PARTS = ("[Content_Types].xml", "mimetype")


class BoundExceeded(Unreadable):
    """A bound that holds for the whole file, so that the rest of it is not read either."""


class Readable(Protocol):
    """What gives bytes piece by piece."""

    def read(self, size: int, /) -> bytes: ...


class Budget:
    """What one source may still expand to and hold."""

    def __init__(self, limits: Limits, compressed_bytes: int) -> None:
        self._limits = limits
        self._compressed = max(compressed_bytes, 1)
        self._expanded = 0
        self._members = 0

    def spend(self, count: int) -> None:
        """Count expanded bytes."""
        self._expanded += count
        if self._expanded > self._limits.expanded_bytes:
            raise BoundExceeded(f"expands to more than {self._limits.expanded_bytes} bytes")
        ratio = self._expanded / self._compressed
        if self._expanded > self._limits.expansion_grace_bytes and ratio > self._limits.expansion_ratio:
            raise BoundExceeded(f"expands more than {self._limits.expansion_ratio} times")

    def count_member(self) -> None:
        """Count a file in an archive."""
        self._members += 1
        if self._members > self._limits.members:
            raise BoundExceeded(f"holds more than {self._limits.members} files")


class _Metered(io.RawIOBase):
    """Bytes of another stream, charged to a budget."""

    def __init__(self, inner: Readable, budget: Budget) -> None:
        # read1 gives what is there; read would lose it where the file breaks before its buffer is full.
        self._read: Callable[[int], bytes] = getattr(inner, "read1", inner.read)
        self._budget = budget

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer)
        piece = self._read(len(view))
        self._budget.spend(len(piece))
        view[: len(piece)] = piece
        return len(piece)


class _Decoded:
    """An xz or zstandard stream, with the bound on the decoder's memory and the check for an early end that
    their file objects lack."""

    def __init__(self, inner: Readable, new_decoder: Callable[[], Any]) -> None:
        self._inner = inner
        self._new_decoder = new_decoder
        self._decoder = new_decoder()
        self._ready = memoryview(b"")
        self._started = False

    def read(self, size: int, /) -> bytes:
        while not self._ready:
            data = self._decoder.unused_data.lstrip(b"\0") if self._decoder.eof else b""
            data = data or self._inner.read(_PIECE)
            if self._decoder.eof:
                data = data.lstrip(b"\0")  # padding between the parts of a file
                self._decoder, self._started = self._new_decoder(), False
            if not data:
                if self._started:
                    raise EOFError("compressed file ends too early")
                return b""
            self._started = True
            self._ready = memoryview(self._decoder.decompress(data))
        piece, self._ready = self._ready[:size], self._ready[size:]
        return bytes(piece)


def decompress(stream: Readable, kind: Compression, budget: Budget) -> io.BufferedReader:
    """The content of a compressed stream, charged to the budget."""
    inner: Readable
    match kind:
        case "gz":
            inner = gzip.GzipFile(fileobj=_as_file(stream))
        case "bz2":
            inner = bz2.BZ2File(_as_file(stream))
        case "xz":
            inner = _Decoded(stream, lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_DECODER_BYTES))
        case "zst":
            import zstandard

            inner = _Decoded(stream, zstandard.ZstdDecompressor(max_window_size=_DECODER_BYTES).decompressobj)
    return io.BufferedReader(_Metered(inner, budget), _BUFFER)


def members(
    stream: io.BufferedReader, kind: Archive, budget: Budget
) -> Iterator[tuple[str, io.BufferedReader | Unreadable]]:
    """Name and content of each file of an archive, in its order; no hidden files, folders and links.

    A name that leaves the archive, a file that is encrypted or sparse come with the reason instead of
    the content. A stream is valid until the next member is asked for. A name met again gets "~2".
    """
    seen: dict[str, int] = {}
    for number, (name, content) in enumerate(_MEMBERS[kind](stream, budget), start=1):
        budget.count_member()
        if _leaves(name):
            yield f"member-{number}", Unreadable(f"path leaves the archive: {name[:200]}")
            continue
        path = PurePosixPath(name.replace("\\", "/"))
        if any(part.startswith(".") or part == "__MACOSX" for part in path.parts):
            continue
        seen[str(path)] = seen.get(str(path), 0) + 1
        unique = f"{path}~{seen[str(path)]}" if seen[str(path)] > 1 else str(path)
        yield unique, content


def spooled(stream: io.BufferedReader, budget: Budget) -> IO[bytes]:
    """The stream itself where it can seek, else a temporary copy of it."""
    if stream.seekable():
        return stream
    copy: Any = tempfile.SpooledTemporaryFile(max_size=_SPOOL_IN_MEMORY)  # noqa: SIM115 (the caller's)
    while piece := stream.read(_BUFFER):
        budget.spend(len(piece))
        copy.write(piece)
    copy.seek(0)
    return copy  # type: ignore[no-any-return]


def _zip_members(stream: io.BufferedReader, budget: Budget) -> Iterator[tuple[str, io.BufferedReader | Unreadable]]:
    with zipfile.ZipFile(spooled(stream, budget)) as archive:
        names = archive.namelist()
        if names and names[0] in _OFFICE_PARTS:
            raise Unreadable("office document; save it as text, HTML or Markdown")
        for info in archive.infolist():
            if info.is_dir():
                continue
            try:
                member = archive.open(info)
            except (
                RuntimeError,
                NotImplementedError,
                zipfile.BadZipFile,
            ) as err:  # encrypted, exotic, broken
                yield info.filename, Unreadable(f"cannot unpack: {err}")
                continue
            with member:
                yield info.filename, io.BufferedReader(_Metered(member, budget), _BUFFER)


class _BoundedTarInfo(tarfile.TarInfo):
    """Refuses long-name and extension headers that tarfile would read into memory whatever their size."""

    _EXTENSIONS = (b"L", b"K", b"x", b"g", b"X")

    @classmethod
    def frombuf(cls, buf: Any, encoding: str, errors: str) -> _BoundedTarInfo:
        info = super().frombuf(buf, encoding, errors)
        if info.type in cls._EXTENSIONS and info.size > _TAR_HEADER_BYTES:
            raise BoundExceeded(f"tar header of {info.size} bytes")
        return info


def _tar_members(stream: io.BufferedReader, budget: Budget) -> Iterator[tuple[str, io.BufferedReader | Unreadable]]:
    with tarfile.open(fileobj=_as_file(stream), mode="r|", tarinfo=_BoundedTarInfo) as archive:
        while (info := archive.next()) is not None:
            archive.members = []  # type: ignore[attr-defined]  # tarfile would keep them all
            if info.issparse():
                yield info.name, Unreadable("sparse file")
            elif info.isfile() and (content := archive.extractfile(info)) is not None:
                yield info.name, io.BufferedReader(_Metered(content, budget), _BUFFER)


_MEMBERS = {"zip": _zip_members, "tar": _tar_members}


def _leaves(name: str) -> bool:
    path = name.replace("\\", "/")
    return path.startswith("/") or path[1:2] == ":" or ".." in path.split("/") or "\0" in path


def _as_file(stream: Readable) -> Any:
    return stream
