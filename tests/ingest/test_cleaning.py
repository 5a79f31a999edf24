"""What cleaning changes, and above all what it must leave alone."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest import Limits
from pipeline.ingest.cleaning import normalise, tidy, unbracket, unwrap
from pipeline.ingest.lead import headline_of, split_byline, with_headline, without_trail
from pipeline.ingest.markdown import strip_markdown
from pipeline.ingest.markup import fragment_text


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("SociÃ©tÃ© GÃ©nÃ©rale", "Société Générale"),
        ("theyâ€™re", "they’re"),
        ("e\u0301lan", "élan"),
        ("a\u00a0b\u2009c\td", "a b c d"),
        ("zero\u200bwidth\ufeff soft\u00adhyphen \u202ebidi", "zerowidth softhyphen bidi"),
        ("bell\x07 null\x00 escape\x1b[31m", "bell null escape"),
        ("one\r\ntwo\rthree\x0bfour\u2028five", "one\ntwo\nthree\nfour\nfive"),
        ("page\x0cbreak", "page\n\nbreak"),
        ("a\n\n\n \n\nb", "a\n\nb"),
        ("lone \ud800 surrogate", "lone surrogate"),
        ("• one\n* two\n– three", "- one\n- two\n– three"),
        ("→ one\n► two", "- one\n- two"),
        ("Acme`s chief can`t go, ``ever`` ″now″", 'Acme\'s chief can\'t go, "ever" "now"'),
        ("a\n-----\nb\n* * *\nc", "a\n\nb\n\nc"),
    ],
)
def test_normalise(raw: str, clean: str) -> None:
    assert normalise(raw) == clean


@pytest.mark.parametrize(
    "text",
    [
        "“Curly” ‘quotes’ – and — dashes… stay",
        "''Old wire'' quotes, Inc. 's odd $ 5 tokens",
        "``Old pairs'' and `code` stay",
        "Ørsted A/S, Škoda, Nestlé, L'Oréal, 株式会社",
        "one line\nnext line\n\nnext paragraph",
        "5 * 3 and a_b_c and #1 and 2 < 3 > 1",
        "| cell | cell |",
    ],
)
def test_normalise_leaves_alone(text: str) -> None:
    assert normalise(text) == text


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("OLIN <OLN> NAMES CHIEF", "OLIN NAMES CHIEF"),
        ("Acme Inc's <ACM.O> unit and Bolt <BLTa.N>, it said", "Acme Inc's unit and Bolt, it said"),
        ("<Hambrook and Quill Group> said", "Hambrook and Quill Group said"),
        ("its <Acme AG's> unit", "its Acme AG's unit"),
        (
            "the [Head of Post-Training Jane Roe] and [Jane Roe] left",
            "the Head of Post-Training Jane Roe and Jane Roe left",
        ),
        ("[ Jane Roe ]", "Jane Roe"),
        ("a <b>bold</b> word<br/>and <a href='x'>a link</a>", "a bold word\nand a link"),
    ],
)
def test_unbracket(raw: str, clean: str) -> None:
    assert unbracket(raw) == clean


@pytest.mark.parametrize(
    "text",
    [
        "he said [the dollar] fell",
        "if 2 < 3 and 4 > 1",
        "[But] it rose",
        "[You can do this]",
        "see [1] and [sic]",
    ],
)
def test_unbracket_leaves_alone(text: str) -> None:
    assert unbracket(text) == text


@pytest.mark.parametrize("width", [60, 65, 72, 78])
def test_unwrap_joins_lines_broken_at_a_width(width: int) -> None:
    paragraphs = [
        "The maker of garden tools said on Monday that its finance chief would take over as chief executive on the "
        "first day of May, when the founder of the company retires after thirty-one years in the same small office.",
        "Shares of the company were little changed in the afternoon, as investors had long expected the change.",
    ]
    wrapped = "\n\n".join(textwrap.fill(paragraph, width) for paragraph in paragraphs)
    assert unwrap(wrapped) == "\n\n".join(paragraphs)


def test_unwrap_joins_lines_broken_anywhere() -> None:
    broken = (
        "May 3 Norwood Bank said its U.S. head of retail banking\nwas leaving as the bank\nmoves its seat.\n\n"
        "Karen Whitfield, who had held the post since 2010, was\nreplaced by David Keller, according to\n"
        "Laura Bennett.\n\nThe bank gave no reason for the change, nor did it say what\nthe two will do next."
    )
    assert unwrap(broken).split("\n\n") == [
        "May 3 Norwood Bank said its U.S. head of retail banking was leaving as the bank moves its seat.",
        "Karen Whitfield, who had held the post since 2010, was replaced by David Keller, according to Laura Bennett.",
        "The bank gave no reason for the change, nor did it say what the two will do next.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Karen Whitfield\nhead of retail banking\nNorwood Bank\n\nDavid Keller\nchief of staff\nCarrow Energy",
        "The bank has new heads of two of its three large units\niOS and web\nKaren Whitfield runs both of them.",
        "One sentence on a line of its own that is quite long.\na) and an item\nb) and another one\nc) and the last",
        "Short line.\nA sentence that is quite a bit longer than the first one.\nAnother one.\nAnd one more of them.",
        "- first item of a list that goes on\n- second\n- third item\n- fourth item of the list here",
        "Jane Roe\nChief Executive\nAcme Corp.\n1 Main Street\nSpringfield",
    ],
)
def test_unwrap_leaves_alone(text: str) -> None:
    assert unwrap(text) == text


MARKDOWN = [
    ("[Jane Roe](https://example.com/a_(b)) left", "Jane Roe left"),
    (
        '[Jane Roe](https://example.com "her page"), [Bolt][2] and [Acme][]\n\n[2]: https://x.example\n',
        "Jane Roe, Bolt and Acme",
    ),
    ("[ [Jane Roe](https://example.com) ] left", "Jane Roe left"),
    ("![a picture of her](x.png)\n\nText", "Text"),
    ("## **New chief** at _Acme_ ##\n\nText", "New chief at Acme\n\nText"),
    ("Title\n=====\nText", "Title\n\nText"),
    ("- one\n- **two**\n  - three\n\nText", "- one\n- two\n\n- three\n\nText"),
    ("1. Jane Roe, CEO\n2. John Doe, CFO", "- Jane Roe, CEO\n- John Doe, CFO"),
    ("> quoted `code` and ~~gone~~ \\* text", "quoted code and gone * text"),
    ("| Name | Role |\n|---|---|\n| Jane | CEO |", "| Name | Role |\n| Jane | CEO |"),
    ("Bolt <BLT.N> &amp; <Acme Group> at <https://x.example>", "Bolt & Acme Group at https://x.example"),
    ("    indented text is no code", "indented text is no code"),
    ("snake_case_name and 2 * 3 * 4 stay", "snake_case_name and 2 * 3 * 4 stay"),
    ("one line\nand the next", "one line\nand the next"),
]


@pytest.mark.parametrize(("raw", "clean"), MARKDOWN)
def test_markdown(raw: str, clean: str) -> None:
    assert tidy(unbracket(normalise(strip_markdown(raw)))) == clean


def test_markdown_quote_and_nested_markup_keep_their_words() -> None:
    raw = "> **[Jane *Roe*](x)**, chief\n> of staff\n"
    assert tidy(strip_markdown(raw)) == "Jane Roe, chief\nof staff"


HTML = [
    ("<p>One <b>two</b>\n three</p><p>Four</p>", "One two three\n\nFour"),
    ("<h2>Head</h2>text<ul><li>a</li><li><p>b</p></li></ul>", "Head\n\ntext\n\n- a\n\n- b"),
    ("a<br>b<br/>c", "a\nb\nc"),
    (
        "<table><tr><th>Name</th><th>Role</th></tr><tr><td>Jane</td><td>CEO</td></tr></table>",
        "| Name | Role |\n| Jane | CEO |",
    ),
    ("<script>x()</script><style>p{}</style><p>Text</p><nav><a>Home</a></nav>tail", "Text\n\ntail"),
    ("<figure><img><figcaption>Roe at home</figcaption></figure><p>Text</p>", "Text"),
    ("AT&amp;T &lt;T&gt; &#8217;x&#8217; <!-- no -->yes", "AT&T <T> ’x’ yes"),
    ("<p>unclosed <b>bold <i>both</p><p>next", "unclosed bold both\n\nnext"),
    ("", ""),
]


@pytest.mark.parametrize(("raw", "clean"), HTML)
def test_fragment(raw: str, clean: str) -> None:
    assert tidy(fragment_text(raw, Limits())) == clean


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        ("Roe named chief of Acme\n\nText.", "Roe named chief of Acme"),
        ("Will Roe stay?\nText.", "Will Roe stay?"),
        ("Acme Names Roe Chief of Bolt Inc.\nText.", "Acme Names Roe Chief of Bolt Inc."),
        (
            "Acme said that Jane Roe, its president, will resign and move away to Charlotte, N.C.\n\nText.",
            None,
        ),
        ("Jane Roe was named chief executive.\nText.", None),
        ('She called it a "good year."\nText.', None),
        ("- An item\nText.", None),
        ("Key Takeaways\nText.", None),
        ("March 3, 2024\nText.", None),
        ("Only one line", None),
        (" ".join(["word"] * 26) + "\nText.", None),
    ],
)
def test_headline(text: str, headline: str | None) -> None:
    assert headline_of(text) == headline


def test_title_is_put_first_unless_it_is_there() -> None:
    assert with_headline("Roe’s new job", "Text.") == "Roe’s new job\n\nText."
    assert with_headline("ROE’S NEW JOB!", "Roe’s new job\nText.") == "Roe’s new job\nText."
    assert with_headline(None, "Text.") == "Text."


def test_breadcrumbs_go_only_where_they_lead_to_the_headline() -> None:
    assert without_trail("- Home\n- News\n- Roe named chief\nRoe Named Chief\nText.") == "Roe Named Chief\nText."
    listing = "- Jane Roe joins\n- John Doe leaves\nMore changes\nText."
    assert without_trail(listing) == listing


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("By Jane Roe", ("Jane Roe",)),
        ("BY JANE ROE AND JOHN DOE", ("JANE ROE", "JOHN DOE")),
        ("By Jane Roe, Ann Lee and Bo O'Neil-Park", ("Jane Roe", "Ann Lee", "Bo O'Neil-Park")),
        ("By Jane Roe, Chief Business Correspondent", ("Jane Roe",)),
        ("Written by Jane Roe | The Daily", ("Jane Roe",)),
    ],
)
def test_byline(line: str, authors: tuple[str, ...]) -> None:
    assert split_byline(f"Headline\n\n{line}\n\nText.") == ("Headline\n\nText.", authors)


@pytest.mark.parametrize("line", ["By Monday the shares had recovered.", "By May Acme had a new chief", "By 2024"])
def test_byline_look_alikes_stay(line: str) -> None:
    text = f"Headline\n\n{line}\n\nText."
    assert split_byline(text) == (text, ())


def test_byline_deep_in_the_text_stays() -> None:
    text = "\n".join(["Line."] * 8 + ["By Jane Roe"])
    assert split_byline(text) == (text, ())


@given(st.text())
def test_cleaning_is_stable(text: str) -> None:
    once = tidy(unbracket(normalise(text)))
    assert once == once.strip()
    assert "\n\n\n" not in once
    assert not set(once) & {"\r", "\x00", "\u200b", "\u00a0", "\ufeff"}
    assert tidy(once) == once
