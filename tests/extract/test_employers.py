"""Whose job it is: articles in a table, below each the persons with the organisation their rows must give.

    Norcliff sold Brightwater, which said it had appointed Anna Teller chief executive.
        Anna Teller | Brightwater

`-` is no organisation, `\\n` in an article starts a new line; persons that are not listed may have any. `todo` and a
reason stand before an article that is not read rightly yet.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.extract import Extractor
from tests.extract.told import PUBLISHED, article

_LINES = (Path(__file__).parent / "employers.txt").read_text(encoding="utf-8").splitlines()


def _cases() -> list[tuple[str, set[tuple[str, str | None]]]]:
    found: list[tuple[str, set[tuple[str, str | None]]]] = []
    for line in _LINES:
        if line.startswith("    "):
            person, company = (part.strip() for part in line.split("|"))
            found[-1][1].add((person, None if company == "-" else company))
        elif line and not line.startswith("#"):
            found.append((line, set()))
    return found


@pytest.mark.parametrize(("text", "companies"), _cases())
def test_employer_of_each_person(
    extractor: Extractor, text: str, companies: set[tuple[str, str | None]], request: pytest.FixtureRequest
) -> None:
    if text.startswith("todo "):
        reason, _, text = text.removeprefix("todo ").partition(": ")
        request.applymarker(pytest.mark.xfail(reason=reason, strict=True))
    mentions, _ = extractor.read([article(text.replace("\\n", "\n"), PUBLISHED)])
    persons = {person for person, _ in companies}
    assert {(mention.person, mention.company) for mention in mentions if mention.person in persons} == companies
