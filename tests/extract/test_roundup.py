"""Round-ups: each paragraph has a firm of its own, and no article about one firm is taken for one."""

from __future__ import annotations

import pytest

from pipeline.extract import Extractor
from tests.extract.told import article

MOVES = """People on the move this week

Halden Group has hired Karen Whitfield from Norwood Bank as treasurer. She starts in May.

Tilbury Motors lost its chairman. George Hammond retired after nine years, and Laura Bennett was named chairman.

Rachel Simmons, head of research at Vantor Systems, has resigned. Thomas Berger will take over.
"""

HEADED = """Executive changes

Banking
Norwood Bank appointed Karen Whitfield treasurer.

Shipping
Halden Group elected two directors, George Hammond and Laura Bennett.

Software
Vantor Systems named Thomas Berger chairman.
"""

ABOUT_ONE = """Norwood Bank names Karen Whitfield treasurer

Norwood Bank said Karen Whitfield was appointed treasurer. She was with Halden Group before.

George Hammond, formerly of Tilbury Motors, was elected chairman.

Laura Bennett, who ran Vantor Systems until May, was named chief economist.

Norwood Bank has branches in nine towns.
"""


LEANING = """Hill tea growers name a chief

Dunholm Plantations has picked Karen Whitfield, once of Norwood Bank, to run it.

The board also named George Hammond, formerly of Tilbury Motors, as a director.

The company said Laura Bennett, who ran Vantor Systems until May, was appointed chief economist.
"""


def companies(text: str, extractor: Extractor) -> dict[str, str | None]:
    mentions, _ = extractor.read([article(text)])
    return {mention.person: mention.company for mention in mentions}


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def test_each_paragraph_has_a_firm_of_its_own(extractor: Extractor) -> None:
    found = companies(MOVES, extractor)
    assert found["Karen Whitfield"] == "Halden Group"
    assert found["Laura Bennett"] == found["George Hammond"] == "Tilbury Motors"
    assert found["Rachel Simmons"] == "Vantor Systems"


def test_a_heading_of_one_word_is_no_firm(extractor: Extractor) -> None:
    assert companies(HEADED, extractor) == {
        "Karen Whitfield": "Norwood Bank",
        "George Hammond": "Halden Group",
        "Laura Bennett": "Halden Group",
        "Thomas Berger": "Vantor Systems",
    }


def test_an_article_about_one_firm_is_no_round_up(extractor: Extractor) -> None:
    found = companies(ABOUT_ONE, extractor)
    assert found["George Hammond"] == found["Laura Bennett"] == "Norwood Bank"


def test_paragraphs_that_go_on_with_the_company_are_no_round_up(extractor: Extractor) -> None:
    found = companies(LEANING, extractor)
    assert found["George Hammond"] == found["Laura Bennett"] == "Dunholm Plantations"
