"""Where a person came from or goes to, and the role held before."""

from __future__ import annotations

import pytest

from pipeline.extract import Extractor
from tests.extract.told import article

CASES = [
    # article, (person, company) of the row, previous role, other company
    (
        "Norwood Bank promoted Karen Whitfield from finance director to chief executive.",
        "Norwood Bank",
        "finance director",
        None,
    ),
    (
        "Karen Whitfield joins Norwood Bank as treasurer from Carrow Energy, where she was controller.",
        "Norwood Bank",
        "controller",
        "Carrow Energy",
    ),
    (
        "Karen Whitfield, finance director of Carrow Energy, will join Norwood Bank as chief executive in May.",
        "Norwood Bank",
        "finance director",
        "Carrow Energy",
    ),
    (
        "Karen Whitfield left Carrow Energy to become chief executive of Norwood Bank.",
        "Norwood Bank",
        None,
        "Carrow Energy",
    ),
    (
        "Karen Whitfield left Carrow Energy to become chief executive of Norwood Bank.",
        "Carrow Energy",
        None,
        "Norwood Bank",
    ),
    (
        "Norwood Bank named Karen Whitfield chief executive. She was previously finance director of Carrow Energy.",
        "Norwood Bank",
        "finance director",
        "Carrow Energy",
    ),
    (
        "Norwood Bank named treasurer Karen Whitfield chief executive, succeeding Daniel Foster.",
        "Norwood Bank",
        "treasurer",
        None,
    ),
    (
        "Norwood Bank hired Karen Whitfield from the rival lender Tilbury Credit.",
        "Norwood Bank",
        None,
        "Tilbury Credit",
    ),
    ("Norwood Bank has poached Tilbury Credit's Karen Whitfield.", "Norwood Bank", None, "Tilbury Credit"),
    (
        "Karen Whitfield, formerly of Tilbury Credit, has been hired by Norwood Bank as treasurer.",
        "Norwood Bank",
        None,
        "Tilbury Credit",
    ),
    # look-alikes: somebody else's employer, an office kept, two titles gained at once
    (
        "Norwood Bank, which gets most of its funds from Carrow Energy, named Karen Whitfield chief executive.",
        "Norwood Bank",
        None,
        None,
    ),
    (
        "Daniel Foster, chairman of Carrow Energy, said Norwood Bank had hired Karen Whitfield as treasurer.",
        "Norwood Bank",
        None,
        None,
    ),
    (
        "Karen Whitfield remains chairwoman of Carrow Energy and joins Norwood Bank's board.",
        "Norwood Bank",
        None,
        None,
    ),
    ("Karen Whitfield was named chairwoman and chief executive of Norwood Bank.", "Norwood Bank", None, None),
    ("Karen Whitfield resigned as treasurer of Norwood Bank.", "Norwood Bank", None, None),
]


@pytest.mark.parametrize(("text", "company", "previous", "other"), CASES)
def test_career(extractor: Extractor, text: str, company: str, previous: str | None, other: str | None) -> None:
    mentions, _ = extractor.read([article(text)])
    rows = [row for row in mentions if row.company == company and row.person == "Karen Whitfield"]
    assert rows
    assert {(row.previous_role, row.other_company) for row in rows} == {(previous, other)}
