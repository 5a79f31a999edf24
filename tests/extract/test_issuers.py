"""Whom a document speaks for."""

from __future__ import annotations

import pytest

from pipeline.extract.issuers import find_issuer


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        (
            'On May 2, Jane Roe notified Norwood Bancorp, Inc. (the "Company") that she resigns.',
            "Norwood Bancorp, Inc.",
        ),
        ("Norwood Bank plc (“the Bank”) announces that its treasurer has left.", "Norwood Bank plc"),
        (
            "Vantor Systems names a chief.\n\nAbout Vantor Systems\nVantor Systems makes pumps.\n\nContact",
            "Vantor Systems",
        ),
        (
            "HALDEN TOOL & DIE CORPORATION\nNOTICE OF ANNUAL MEETING\n\nThe Board has seven members.",
            "Halden Tool & Die Corporation",
        ),
        ("Jane Roe has resigned from Norwood Bank.", None),
        (
            "Two met.\n\nAbout Vantor Systems\nVantor Systems makes pumps.\n\nAbout Halden Group\nHalden Group buys.",
            None,
        ),
        ("About this report\nThis report is read by many.", None),
        ("JANE ROE RESIGNS\nThe treasurer has left the company.", None),
        ('She called the firm (a "family") her home.', None),
    ],
)
def test_issuer(text: str, issuer: str | None) -> None:
    assert find_issuer(text) == issuer
