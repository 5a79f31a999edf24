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
        ('On May 2, 2024, Norwood Bancorp, Inc. (the "Company") named a treasurer.', "Norwood Bancorp, Inc."),
        (
            'Norwood Lithium Limited (ASX: NLT) ("Norwood" or "the Company") advises a change.',
            "Norwood Lithium Limited",
        ),
        ('Norwood Tools plc (AIM: NWT, "Norwood" or the "Company") announces a change.', "Norwood Tools plc"),
        ("LEEDS, May 2 - Norwood Tools (NYSE: NWT) today announced that Jane Roe joins.", "Norwood Tools"),
        ("Norwood (NYSE: NWT) and Halden (NYSE: HLD) today announced a merger.", None),
        ("The shares of Norwood (NYSE: NWT) fell as the treasurer left.", None),
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
        ("We're delighted to share that Tarnwell has raised money. Our pumps sell. We hire.", "Tarnwell"),
        ("It is May. Our team has grown. At Tarnwell, we make pumps, and we like it.", "Tarnwell"),
        (
            "Dear all,\n\nWe have news. Our treasurer leaves us.\n\nJane Roe\nChief Executive, Tarnwell Pumps",
            "Tarnwell Pumps",
        ),
        ("Dear all,\n\nI am leaving in June.\n\nJane Roe\nTreasurer, Tarnwell Pumps", "Tarnwell Pumps"),
        ("Dear all,\n\nI am leaving in June.\n\nJane Roe\nTreasurer", None),
        ("We have news. Our treasurer leaves us.\n\nJane Roe\nPresident", None),
        ("He left.\n\nJane Roe\nChief Executive, Tarnwell Pumps", None),
        ('"We like it," said Jane Roe of Tarnwell. "Our pumps sell and they tell us so."', None),
    ],
)
def test_issuer(text: str, issuer: str | None) -> None:
    assert find_issuer(text) == issuer
