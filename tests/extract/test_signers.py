"""Who says "I" in a letter."""

from __future__ import annotations

import pytest

from pipeline.extract.signers import find_signer


@pytest.mark.parametrize(
    ("text", "signer"),
    [
        ("Dear colleagues,\n\nI am leaving Norwood Bank in June.\n\nAna Duarte", "Ana Duarte"),
        ("Hi all,\n\nI'm leaving Norwood Bank.\n\nAll the best,\nAna Duarte", "Ana Duarte"),
        ("Team —\n\nI have decided to go.\n\nAna Duarte\nTreasurer", "Ana Duarte"),
        ("I am leaving. My last day is Friday.\n\nAna Duarte", "Ana Duarte"),
        ("I am leaving, said the treasurer.\n\nAna Duarte", None),
        ('Dear Acme shareholders,\n\nThe firm said: "I am leaving".\n\nAna Duarte', None),
        ("Dear colleagues,\n\nThe treasurer has left.\n\nAna Duarte", None),
    ],
)
def test_signer(text: str, signer: str | None) -> None:
    assert find_signer(text) == signer
