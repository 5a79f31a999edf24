"""Builds that real pages have and invented stories lack: offices told before their holder, owners, rulers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.extract.told import Case, Outcome, mismatch, params


@pytest.mark.parametrize("case", params("archive"))
def test_archive(case: Case, outcome: Callable[[Case], Outcome]) -> None:
    assert mismatch(case, outcome(case)) == ""
