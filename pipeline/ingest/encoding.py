"""From bytes to text: byte order marks, UTF-8, and a guess for the rest."""

from __future__ import annotations

import codecs
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE_BYTES = 64 * 1024
_FALLBACK = "cp1252"


def guess_encoding(head: bytes) -> str:
    """Encoding of a text that starts with `head`; a character cut at its end doesn't count."""
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    if wide := _wide(head):
        return wide
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
        return "utf-8"
    except UnicodeDecodeError:
        pass
    from charset_normalizer import from_bytes

    # Candidates for English text; among hundreds the guess falls on exotic ones for a few odd bytes.
    best = from_bytes(head[:_SAMPLE_BYTES], cp_isolation=["cp1252", "mac_roman", "cp850"]).best()
    return best.encoding if best else _FALLBACK


def decode(data: bytes, encoding: str | None = None) -> str:
    """Text of `data`; bytes that don't fit become U+FFFD, a byte order mark goes."""
    if encoding is None:
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:
            encoding = guess_encoding(data)
    try:
        text = data.decode(encoding, "replace")
    except LookupError:
        text = data.decode(_FALLBACK, "replace")
    return text.removeprefix("\ufeff")


def as_utf8(stream: io.BufferedReader, encoding: str) -> io.BufferedReader:
    """The same text in UTF-8 without a mark, converted piece by piece; a UTF-8 stream stays as it is."""
    if encoding == "utf-8":
        if stream.peek(3)[:3] == codecs.BOM_UTF8:
            stream.read(3)
        return stream
    return io.BufferedReader(_Recoded(stream, encoding))


def _wide(head: bytes) -> str | None:
    """UTF-16 without a mark: in English text every other byte is zero."""
    sample = head[:1024]
    half = len(sample) // 2
    if half < 8:
        return None
    if sample[1::2].count(0) > 0.8 * half and sample[::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if sample[::2].count(0) > 0.8 * half and sample[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    return None


class _Recoded(io.RawIOBase):
    def __init__(self, inner: io.BufferedReader, encoding: str) -> None:
        self._inner = inner
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._ready = b""
        self._first = True

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer)
        while not self._ready:
            piece = self._inner.read(len(view))
            text = self._decoder.decode(piece, final=not piece)
            if self._first and text:
                text, self._first = text.removeprefix("\ufeff"), False
            self._ready = text.encode("utf-8", "replace")
            if not piece:
                break
        count = min(len(view), len(self._ready))
        view[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count
