"""How evidence is noted: an organisation of the article, or none, and the name of what speaks for it."""

from __future__ import annotations

from collections.abc import Callable

Found = dict[int, dict[str, float]]
Note = Callable[[int | None, str], None]

NONE = -1  # stands for "no organisation" among the indices
