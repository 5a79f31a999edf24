"""Who it is: fullest forms, surnames, pronouns, short forms of companies, names that look like others."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.extract.told import Case, Outcome, mismatch, params


@pytest.mark.parametrize("case", params("names"))
def test_names(case: Case, outcome: Callable[[Case], Outcome]) -> None:
    assert mismatch(case, outcome(case)) == ""
