"""Headlines in title case: which words running text would write in small letters, and that no offset moves."""

from __future__ import annotations

import pytest

from pipeline.extract import Extractor
from pipeline.extract.sentences import split_sentences
from pipeline.extract.title_case import in_running_style
from tests.extract.told import article

READ = [
    ("Norwood Bank Taps Jane Roe for Chairman", "Norwood Bank taps Jane Roe for chairman"),
    ("Ngozi Achebe Named Cordell & Lane Editor", "Ngozi Achebe named Cordell & Lane editor"),
    (
        "Mark Grant to Step Down as Norwood Insurance Chief Executive",
        "Mark Grant to step down as Norwood Insurance chief executive",
    ),
    (
        "Tilbury Motors Board Elects Dean Bishop President and CEO",
        "Tilbury Motors board elects Dean Bishop president and CEO",
    ),
    ("Grace Chase Joins Marlow University Press as Editor", "Grace Chase joins Marlow University Press as editor"),
    ("New Treasurer at First National Bank of Marlow", "New treasurer at First National Bank of Marlow"),
    ("Halden Group Head of Wealth Quits May 18", "Halden Group head of wealth quits May 18"),
    ("Vantor Hires Finance Head From Bexley Foods", "Vantor hires finance head from Bexley Foods"),
    # what the article writes elsewhere
    ("Halden Council Leader Quits Over Perks\nThe perks cost little.", "Halden Council leader quits over perks"),
    ("Halden Leader Quits Good Board\nHe left Good Board.", "Halden leader quits Good Board"),
    # not in title case, or names only
    ("Norwood Bank names Jane Roe chairman of Halden", "Norwood Bank names Jane Roe chairman of Halden"),
    ("NORWOOD BANK NAMES JANE ROE CHAIRMAN", "NORWOOD BANK NAMES JANE ROE CHAIRMAN"),
    ("Jane Roe Norwood Bank Marlow", "Jane Roe Norwood Bank Marlow"),
    ("Norwood Bank Names Jane Roe Chairman. It Did So in May.", "Norwood Bank Names Jane Roe Chairman."),
]


@pytest.mark.parametrize(("text", "read"), READ)
def test_spelling(text: str, read: str) -> None:
    Extractor()
    sentences = split_sentences(text)
    styled = in_running_style(text, sentences)
    assert len(styled) == len(text)
    assert styled[sentences[0].start : sentences[0].end] == read


@pytest.mark.parametrize(
    ("headline", "row"),
    [
        ("Vantor Hires Kestrel Air's Jean-Luc Moreau as Editor", ("Jean-Luc Moreau", "Editor", "Vantor")),
        ("Ngozi Achebe Named Cordell & Lane Editor", ("Ngozi Achebe", "Editor", "Cordell & Lane")),
        ("NBX Suspends Head of Wealth Ngozi Achebe", ("Ngozi Achebe", "Head of Wealth", "NBX")),
    ],
)
def test_rows(headline: str, row: tuple[str, str, str]) -> None:
    mentions, _ = Extractor().read([article(f"{headline}\n\n{row[2]} has offices in nine towns.\n")])
    assert [(m.person, m.role, m.company) for m in mentions] == [row]
    assert mentions[0].evidence[0].sentence == headline
    assert mentions[0].evidence[0].trigger in headline
