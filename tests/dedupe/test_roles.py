"""Whether two titles can be one job."""

from __future__ import annotations

import pytest

from pipeline.dedupe.roles import compare_roles, read_role
from pipeline.titles import canonical_role

CASES = """
same     | CEO | chief executive officer
same     | VP of engineering | vice president, engineering
same     | chairman | chair
same     | board member | director
same     | member of the board of directors | board director
same     | sole chief executive | CEO
narrower | vice president | vice president of engineering
narrower | executive | chief technology officer
narrower | co-founder | chief scientist
narrower | boss | chief executive
narrower | head | chair
narrower | chief financial officer | chief financial officer of the retail unit
related  | chief product officer | head of product
related  | finance director | chief financial officer
apart    | CEO | CFO
apart    | president | chief executive
apart    | president | vice president
apart    | chair | vice chair
apart    | chairman | chair of the audit committee
apart    | director | director of research
apart    | deputy chief executive | chief executive
apart    | head of Europe | head of Asia
apart    | president of the tire division | president of the belts division
apart    | executive | chairman
apart    | boss | head of sales
apart    | managing editor | editor
apart    | chief executive | chief executive, North America
"""


@pytest.mark.parametrize("case", CASES.strip().splitlines())
def test_titles(case: str) -> None:
    wanted, one, other = (cell.strip() for cell in case.split("|"))
    for read in (lambda text: text, canonical_role):
        first, second = read_role(read(one), None), read_role(read(other), None)
        assert first is not None
        assert second is not None
        assert compare_roles(first, second) == wanted, (read(one), read(other))
        assert compare_roles(second, first) == wanted


def test_a_title_without_words_is_none() -> None:
    assert read_role("—", None) is None
