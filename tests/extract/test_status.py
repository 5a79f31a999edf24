"""How sure the article is: plans, proposals, rumours, denials, and what states no event at all."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.extract.told import Case, Outcome, mismatch, params


@pytest.mark.parametrize("case", params("status"))
def test_status(case: Case, outcome: Callable[[Case], Outcome]) -> None:
    assert mismatch(case, outcome(case)) == ""
