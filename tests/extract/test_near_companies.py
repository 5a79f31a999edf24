"""Companies that an article only happens to name near an event, and those it is about."""

from __future__ import annotations

import pytest

from pipeline.extract import Extractor
from tests.extract.told import PUBLISHED, article

# The article, and the company of each row; no row where there is none.
CASES = [
    (
        "a prison is nobody's employer",
        "Crowds cheer in Maro\n\nCrowds cheered in Maro on Sunday. Families waited outside Mile Nine Prison.\n\n"
        "Omar Haddad has ruled for twenty years. Haddad is no longer in power.",
        set(),
    ),
    (
        "a paper that tells it",
        "Actor misses the stage\n\nJohn Kim has not been seen in a film since 2010.\n\nA friend told Varietas so.\n\n"
        "He was thought to have retired. He lives in Maro.",
        set(),
    ),
    (
        "a street",
        "A quarrel on Larch Lane\n\nDoors were shut on Larch Lane.\n\nJohn Kim drank too much. "
        "He had fallen out with his brother. Kim was asked to leave.",
        set(),
    ),
    (
        "the firm of the headline",
        "Norwood Bank posts a loss\n\nNorwood Bank said it lost two million dollars. Jane Roe, who ran its branches, "
        "was unhappy.\n\nThe shares fell. Roe left in May.",
        {"Norwood Bank"},
    ),
    (
        "the firm that acts",
        "Tarnfield Tools sells its mill\n\nTarnfield Tools sold its mill on Monday. Tarnfield Tools has 300 workers."
        "\n\nHe takes over from Jane Roe, who retires in June after thirty years with the company.",
        {"Tarnfield Tools"},
    ),
    (
        "an office of a firm, said apart from it",
        "Norwood Bank shares fall\n\nNorwood Bank shares fell on Monday.\n\n"
        "Jane Roe resigned as treasurer. A search has begun.",
        {"Norwood Bank"},
    ),
    (
        "an embassy, of a country's vice president",
        "Passports of the Larch Embassy\n\nThe Larch Embassy sold passports, papers show. The Larch Embassy was silent."
        "\n\nOne of the papers names Omar Haddad, who became vice president of Venezuela in January.",
        {None},
    ),
    (
        "a court, of a president in news of politics",
        "Larch Court upholds the impeachment\n\nThe Larch Court upheld the impeachment on Friday. Lawmakers had voted "
        "for it, and protesters filled the square.\n\nPresident Omar Haddad was ousted in the aftermath of a scandal.",
        {None},
    ),
    (
        "a firm, of its president, though the news has a word of politics",
        "Tarnfield Tools loses its president\n\nTarnfield Tools hopes that Congress lifts the sanctions.\n\n"
        "President Jane Roe was ousted in May after the shares fell. Tarnfield Tools seeks a successor.",
        {"Tarnfield Tools"},
    ),
    (
        "a president of the country's branch of a firm",
        "Tarnfield Tools loses its head in Kenya\n\nTarnfield Tools lost two million dollars.\n\n"
        "Jane Roe resigned as president of Kenya operations in May.",
        {"Tarnfield Tools"},
    ),
]


@pytest.mark.parametrize(("text", "companies"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_companies_near_an_event(extractor: Extractor, text: str, companies: set[str]) -> None:
    mentions, _ = extractor.read([article(text, PUBLISHED)])
    assert {mention.company for mention in mentions} == companies
