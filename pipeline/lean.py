"""Keeps pandas out of the processes of a run."""

from __future__ import annotations

import sys


class _NoPandas:
    def find_spec(self, name: str, *_: object) -> None:
        """Refuse it; leave all other modules to those who know them."""
        if name == "pandas":
            raise ModuleNotFoundError(name)


def without_pandas() -> None:
    """Have this process go without pandas, which only those who read the tables use.

    Arrow imports it to learn whether a list of values is a Series: 0.2 s and 40 MB in every process.
    """
    if "pandas" not in sys.modules:
        sys.meta_path.insert(0, _NoPandas())
