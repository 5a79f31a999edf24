"""Which title is gained or lost, with its unit, and which are other offices."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.extract.told import Case, Outcome, mismatch, params


@pytest.mark.parametrize("case", params("complements"))
def test_complements(case: Case, outcome: Callable[[Case], Outcome]) -> None:
    assert mismatch(case, outcome(case)) == ""
