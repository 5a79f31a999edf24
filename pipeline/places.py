"""Where files lie: in a folder of this machine, or in an object store that pyarrow knows (s3://, gs://).

A file of an object store is there when it is complete, or it is not there; there is no renaming, no locking and
no folder. `RemotePath` has what the program uses of `pathlib.Path`, under the same names.
"""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from errno import EACCES
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from pipeline.errors import InputError, StageError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer
    from pyarrow.fs import FileInfo, FileSystem

SCHEMES = ("s3", "gs")
# Requests of an object store take some ten milliseconds each, whatever they ask for.
_REQUESTS = 16
_BUFFER_BYTES = 4 * 1024 * 1024

T = TypeVar("T")


@dataclass(frozen=True, order=True, slots=True)
class RemotePath:
    """A file of an object store, or what stands for a folder there.

    Attributes:
        uri: As "s3://bucket/some/name", without a slash at the end.
    """

    uri: str

    def __str__(self) -> str:
        return self.uri

    def __truediv__(self, name: str) -> RemotePath:
        return RemotePath(f"{self.uri}/{name}")

    @property
    def name(self) -> str:
        """The last part."""
        return self.uri.rsplit("/", 1)[1]

    @property
    def parent(self) -> RemotePath:
        """All but the last part."""
        return RemotePath(self.uri.rsplit("/", 1)[0])

    @property
    def _at(self) -> tuple[FileSystem, str]:
        scheme, rest = self.uri.split("://", 1)
        bucket = rest.split("/", 1)[0]
        return _filesystem(f"{scheme}://{bucket}"), rest

    def resolve(self) -> RemotePath:
        """Itself: there are no links."""
        return self

    def mkdir(self, **_: bool) -> None:
        """Nothing: there are no folders."""

    def listed(self, recursive: bool = False) -> list[FileInfo]:
        """What lies below, sorted by path."""
        from pyarrow.fs import FileSelector

        filesystem, path = self._at
        return sorted(
            filesystem.get_file_info(FileSelector(path, allow_not_found=True, recursive=recursive)),
            key=lambda info: str(info.path),
        )

    def below(self, info: FileInfo) -> RemotePath:
        """The path of something listed."""
        return RemotePath(f"{self.uri.split('://', 1)[0]}://{info.path}")

    def glob(self, pattern: str) -> Iterator[RemotePath]:
        """Files directly below, by name."""
        return (self.below(info) for info in self.listed() if info.is_file and fnmatchcase(info.base_name, pattern))

    def iterdir(self) -> Iterator[RemotePath]:
        """All that is directly below."""
        return map(self.below, self.listed())

    def info(self) -> FileInfo:
        """Size and kind."""
        filesystem, path = self._at
        [info] = filesystem.get_file_info([path])
        return info

    def open(self) -> Any:
        """The content as a file of Arrow, which can be read anywhere."""
        filesystem, path = self._at
        return filesystem.open_input_file(path)

    def read_bytes(self) -> bytes:
        """The content."""
        with self.open() as stream:
            return cast(bytes, stream.read())

    def write_bytes(self, content: bytes) -> None:
        """Put a small file in place, whole or not at all."""
        filesystem, path = self._at
        with filesystem.open_output_stream(path) as stream:
            stream.write(content)

    def put(self, local: Path) -> None:
        """Copy a file of this machine here."""
        from pyarrow.fs import LocalFileSystem, copy_files

        filesystem, path = self._at
        copy_files(
            str(local), path, source_filesystem=LocalFileSystem(), destination_filesystem=filesystem, use_threads=False
        )

    def remove_below(self) -> None:
        """Remove all that lies below."""
        filesystem, path = self._at
        with suppress(FileNotFoundError):
            filesystem.delete_dir(path)

    def unlink(self, missing_ok: bool = False) -> None:
        """Remove the file."""
        filesystem, path = self._at
        try:
            filesystem.delete_file(path)
        except FileNotFoundError:
            if not missing_ok:
                raise


AnyPath = Path | RemotePath


@cache
def _filesystem(root: str) -> FileSystem:
    from pyarrow.fs import FileSystem

    try:
        filesystem, _ = FileSystem.from_uri(root)
    except (OSError, ValueError, NotImplementedError) as err:
        raise InputError(f"{root}: cannot be reached: {err}") from err
    return filesystem


def is_remote(text: str) -> bool:
    """Whether this names something that is not on this machine."""
    return "://" in text


def place(text: str) -> AnyPath:
    """A path, wherever it leads.

    Raises:
        InputError: No such object store is known, or it has no bucket.
    """
    if not is_remote(text):
        return Path(text)
    scheme, rest = text.split("://", 1)
    if scheme not in SCHEMES or not rest.strip("/"):
        known = ", ".join(f"{name}://bucket/..." for name in SCHEMES)
        raise InputError(f"{text}: not a place to read or write; name a path of this machine, or {known}")
    return RemotePath(f"{scheme}://{rest.strip('/')}")


def readable(path: AnyPath) -> Any:
    """What pyarrow reads this file from."""
    return path if isinstance(path, Path) else path.open()


def opened(path: AnyPath) -> io.BufferedReader:
    """The file from its start.

    Raises:
        OSError: There is none, or it may not be read.
        StageError: The object store does not answer, now or in the middle; that is no fault of the file.
    """
    if isinstance(path, Path):
        return open(path, "rb")
    return io.BufferedReader(_Stream(path), _BUFFER_BYTES)


class _Stream(io.RawIOBase):
    """An object as Python reads files."""

    def __init__(self, path: RemotePath) -> None:
        self._path = path
        try:
            self._inner = path.open()
        except FileNotFoundError:
            raise
        except OSError as err:
            if "ACCESS_DENIED" in str(err):
                raise PermissionError(EACCES, "not allowed") from err
            raise self._silent(err) from err

    def _silent(self, err: OSError) -> StageError:
        return StageError(f"{self._path}: the object store does not answer: {err}; run the same command again")

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer)
        try:
            piece = self._inner.read(len(view))
        except OSError as err:
            raise self._silent(err) from err
        view[: len(piece)] = piece
        return len(piece)

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        return int(self._inner.seek(offset, whence))

    def tell(self) -> int:
        return int(self._inner.tell())

    def close(self) -> None:
        if not self.closed:
            self._inner.close()
        super().close()


def parquet_files(folder: AnyPath) -> list[AnyPath]:
    """The tables directly below a folder, sorted by name."""
    found: list[AnyPath] = list(folder.glob("*.parquet"))
    return sorted(found, key=str)


def remove_folder(path: AnyPath) -> None:
    """Remove a folder with all that is in it."""
    if isinstance(path, Path):
        shutil.rmtree(path, ignore_errors=True)
        return
    path.remove_below()


def for_each(paths: Iterable[AnyPath], read: Callable[[AnyPath], T]) -> Iterator[T]:
    """`read` of each path, in their order; several requests are under way at a time where that helps."""
    paths = list(paths)
    if all(isinstance(path, Path) for path in paths):
        yield from map(read, paths)
        return
    with ThreadPoolExecutor(_REQUESTS) as threads:
        for start in range(0, len(paths), 4 * _REQUESTS):
            yield from threads.map(read, paths[start : start + 4 * _REQUESTS])
