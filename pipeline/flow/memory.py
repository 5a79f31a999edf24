"""Whether a run fits: what does not is said before the work, not by the kernel in the middle of it."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from pipeline.errors import InputError

# Measured: 0.7 kB for each article in the catalogue and as much again for its copies; 3.2 kB for each short mention.
BYTES_PER_ARTICLE = 2_000
BYTES_PER_MENTION = 5_000
# Of a mention of which only names are here; measured: 1.7 kB.
BYTES_PER_NAMED = 2_000
_CGROUP = Path("/sys/fs/cgroup")


def memory_left() -> int:
    """Bytes that this process can still get; where the system does not tell, more than anyone has."""
    left = [1 << 62]
    with suppress(OSError, ValueError, IndexError):
        lines = Path("/proc/meminfo").read_text().splitlines()
        left += [int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:")]
    with suppress(OSError, ValueError):
        bound, used = ((_CGROUP / name).read_text() for name in ("memory.max", "memory.current"))
        left.append(int(bound) - int(used))
    if len(left) == 1 and hasattr(os, "sysconf") and "SC_AVPHYS_PAGES" in os.sysconf_names:
        left.append(os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"))
    return min(left)


def check_room(articles: int, mentions: int, names_only: bool = False) -> None:
    """Refuse to merge what will not fit; with `names_only`, mentions are merged elsewhere.

    Raises:
        InputError: It needs more memory than there is.
    """
    each = BYTES_PER_NAMED if names_only else BYTES_PER_MENTION
    needed, left = articles * BYTES_PER_ARTICLE + mentions * each, memory_left()
    if needed > left:
        raise InputError(
            f"merging {mentions:,} event mentions of {articles:,} articles needs about {needed / 1e9:.1f} GB of "
            f"memory, and {left / 1e9:.1f} GB are free here; what is extracted is kept: run the same command on a "
            "machine with more, or split the input by time, an output for each"
        )
