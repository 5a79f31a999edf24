"""One event told twice, successions, the company in focus, and which date belongs to what."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.extract.told import Case, Outcome, mismatch, params


@pytest.mark.parametrize("case", params("resolve"))
def test_resolve(case: Case, outcome: Callable[[Case], Outcome]) -> None:
    assert mismatch(case, outcome(case)) == ""
