"""Lines of a byte stream, each within a bound."""

from __future__ import annotations

import io
from collections.abc import Iterator

_PIECE = 64 * 1024


def bounded_lines(stream: io.BufferedReader, max_bytes: int) -> Iterator[bytes | None]:
    """The lines with their ends; None stands for a line longer than `max_bytes`, read past and dropped."""
    while line := stream.readline(max_bytes + 1):
        if len(line) <= max_bytes or line.endswith(b"\n"):
            yield line
            continue
        while (piece := stream.readline(_PIECE)) and not piece.endswith(b"\n"):
            pass
        yield None
