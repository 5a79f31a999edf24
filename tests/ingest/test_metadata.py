"""Addresses, authors, publishers, front matter, page metadata."""

# ruff: noqa: E501 (tables of cases, one a line)

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from pipeline.ingest.metadata import as_authors, as_text, canonical_url, column_for, domain_of, pick
from tests.ingest.conftest import STORY, Reader


@pytest.mark.parametrize(
    ("raw", "url"),
    [
        ("https://x.example/a?utm_source=b&id=7&fbclid=c#top", "https://x.example/a?id=7"),
        ("HTTPS://X.Example:443/A", "https://x.example/A"),
        ("http://x.example", "http://x.example/"),
        ("https://amp.x.example/a", "https://x.example/a"),
        ("https://x.example/a/amp/", "https://x.example/a"),
        ("https://x.example/amp/a", "https://x.example/a"),
        ("https://x.example/a.amp.html", "https://x.example/a.html"),
        ("https://user:secret@x.example:8080/a", "https://x.example:8080/a"),
        ("https://x.example/amplifier/campaign?page=2", "https://x.example/amplifier/campaign?page=2"),
        ("https://x.example/a?b=", "https://x.example/a?b="),
        ("ftp://x.example/a", None),
        ("/relative", None),
        ("javascript:alert(1)", None),
        ("https://[broken", None),
        ("https://x.example:port/", None),
        ("http://localhost/a", None),
        ("", None),
        (None, None),
    ],
)
def test_canonical_url(raw: str | None, url: str | None) -> None:
    assert canonical_url(raw) == url


def test_canonical_url_is_stable() -> None:
    once = canonical_url("https://amp.x.example/a/amp?utm_id=1&q=%20b")
    assert canonical_url(once) == once


@pytest.mark.parametrize(
    ("raw", "authors"),
    [
        ("By Jane Roe and John Doe", ("Jane Roe", "John Doe")),
        ("Jane Roe, John Doe", ("Jane Roe", "John Doe")),
        ("Jane Roe, Jr., John Doe", ("Jane Roe, Jr", "John Doe")),
        (["Jane Roe", "Jane Roe", "https://x.example/roe"], ("Jane Roe",)),
        (
            [{"@type": "Person", "name": "Jane Roe"}, {"name": "Anders and Sons"}],
            ("Jane Roe", "Anders and Sons"),
        ),
        ("Alexandra Sandhu", ("Alexandra Sandhu",)),
        ("['Jane Roe', \"John O'Neill\"]", ("Jane Roe", "John O'Neill")),
        ('["Jane Roe"]', ("Jane Roe",)),
        ("[]", ()),
        (None, ()),
        (7, ()),
        ({}, ()),
    ],
)
def test_authors(raw: object, authors: tuple[str, ...]) -> None:
    assert as_authors(raw) == authors


def test_as_text_takes_one_line_of_anything() -> None:
    assert as_text("  A&amp;B \n c ") == "A&B c"
    assert as_text([{"name": "x"}]) == "x"
    assert as_text(7) is None
    assert as_text("  ") is None


def test_domain() -> None:
    assert domain_of("https://www.x.example/a") == "x.example"
    assert domain_of("x.example") is None


def test_column_guesses() -> None:
    assert column_for(["Title", "Main_Text", "x"], "text") == "Main_Text"
    assert column_for(["datePublished", "date_modified"], "published") == "datePublished"
    assert column_for(["date_modified", "context"], "published") is None
    assert pick({"text": None, "body": "x"}, "text") == "x"
    assert pick({"text": "x", "mine": "y"}, "text", {"text": "mine"}) == "y"


def front(block: str) -> str:
    return f"---\n{block}\n---\n\n{STORY}\n"


def test_front_matter_variants(ingest: Reader) -> None:
    block = "tags: [a]\nheadline: 'Roe: a profile'\nbyline: By Ann Lee\nlink: https://x.example/roe?utm_medium=m\ndate: 2024-03-05 10:00"
    (article,) = ingest("a.md", front(block))
    assert (article.title, article.authors, article.url) == (
        "Roe: a profile",
        ("Ann Lee",),
        "https://x.example/roe",
    )
    assert article.published_at == datetime(2024, 3, 5, 10, tzinfo=UTC)
    assert article.publisher == "x.example"


def test_toml_front_matter(ingest: Reader) -> None:
    (article,) = ingest("a.md", f'+++\ntitle = "Roe"\ndate = 2024-03-05\n+++\n{STORY}')
    assert (article.title, article.published_at) == ("Roe", datetime(2024, 3, 5, tzinfo=UTC))


@pytest.mark.parametrize(
    ("block", "reason"),
    [
        ("title: Roe: a profile", "broken front matter, line 2: mapping values are not allowed here"),
        ("title: [open", "broken front matter"),
        ("a: &a [x]\nb: *a", "aliases"),
        ("a: " + "[" * 5000, "broken front matter"),
        ("a: x\n" * 20000, "longer than"),
        ("a: !!python/object/apply:os.system [id]", "broken front matter"),
        ("a: 2024-99-99", "broken front matter"),
    ],
)
def test_broken_front_matter_is_a_reason(ingest: Reader, block: str, reason: str) -> None:
    (article,) = ingest("a.md", front(block))
    assert article.status == "failed"
    assert reason in (article.reason or "")


def test_front_matter_without_end_is_a_reason(ingest: Reader) -> None:
    (article,) = ingest("a.md", f"---\ntitle: Roe\n\n{STORY}")
    assert (article.status, article.reason) == ("failed", "front matter has no closing line")


def test_ruler_at_the_top_is_no_front_matter(ingest: Reader) -> None:
    (article,) = ingest("a.md", f"---\n\nJane Roe leaves\n\n---\n\n{STORY}")
    assert (article.status, article.text) == ("ok", f"Jane Roe leaves\n\n{STORY}")


def page(head: str, title: str = "Acme names Roe chief executive") -> str:
    first, second = STORY.split("\n\n")
    return (
        f"<html><head>{head}</head><body><article><h1>{title}</h1><p>{first}</p><p>{second}</p></article></body></html>"
    )


def json_ld(**values: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@context": "https://schema.org", **values})}</script>'


def test_json_ld_beats_meta(ingest: Reader) -> None:
    head = (
        "<title>T</title><meta property='og:title' content='Other'>"
        "<meta property='article:published_time' content='2020-01-01'>"
        + json_ld(**{"@graph": [{"@type": "WebSite", "name": "x"}, {
            "@type": ["NewsArticle"], "headline": "Acme names Roe &amp; Doe", "datePublished": "2024-03-05T10:00:00Z",
            "author": [{"name": "Ann Lee"}], "publisher": {"@type": "Organization", "name": "Example News"},
        }]})
    )  # fmt: skip
    (article,) = ingest("p.html", page(head))
    assert (article.title, article.authors, article.publisher) == (
        "Acme names Roe & Doe",
        ("Ann Lee",),
        "Example News",
    )
    assert article.published_at == datetime(2024, 3, 5, 10, tzinfo=UTC)


def test_page_that_declares_all_is_not_searched(monkeypatch: pytest.MonkeyPatch, ingest: Reader) -> None:
    def never(*_: object) -> None:
        raise AssertionError("searched")

    monkeypatch.setattr("trafilatura.metadata.extract_metadata", never)
    node = {
        "@type": "NewsArticle",
        "headline": "Acme names Roe",
        "datePublished": "2024-03-05",
        "author": "Ann Lee",
        "publisher": "The Daily",
        "url": "https://daily.example/roe",
    }
    (article,) = ingest("p.html", page(json_ld(**node)))
    assert (article.status, article.title, article.authors) == ("ok", "Acme names Roe", ("Ann Lee",))


def test_what_a_page_does_not_declare_is_searched(ingest: Reader) -> None:
    (article,) = ingest("p.html", page("", title="Acme names Roe chief executive"))
    assert article.title == "Acme names Roe chief executive"


def test_broken_json_ld_falls_back_to_meta(ingest: Reader) -> None:
    head = '<meta property="og:title" content="Acme names Roe"><script type="application/ld+json">{"@type": </script>'
    (article,) = ingest("p.html", page(head))
    assert (article.status, article.title) == ("ok", "Acme names Roe")


def test_teaser_in_json_ld_does_not_replace_the_body(ingest: Reader) -> None:
    (article,) = ingest("p.html", page(json_ld(**{"@type": "NewsArticle", "articleBody": "Acme Corp. said on Monday"})))
    assert "garden tools" in article.text


def test_longer_body_in_json_ld_replaces_a_teaser_page(ingest: Reader) -> None:
    first = STORY.split("\n\n")[0]
    head = json_ld(**{"@type": "NewsArticle", "articleBody": STORY + "\n\nShares rose. " * 20})
    markup = f"<html><head>{head}</head><body><article><h1>Acme names Roe</h1><p>{first}</p></article></body></html>"
    (article,) = ingest("p.html", markup)
    assert "Shares rose." in article.text


@pytest.mark.parametrize(
    "title",
    [
        "Acme names Roe chief executive | Example News",
        "Acme names Roe chief executive - Example News",
        "Example News: Acme names Roe chief executive",
        "Acme names Roe chief executive — news.example",
    ],
)
def test_site_name_leaves_the_title(ingest: Reader, title: str) -> None:
    head = f"<title>{title}</title><meta property='og:site_name' content='Example News'><link rel=canonical href='https://news.example/a'>"
    (article,) = ingest("p.html", page(head))
    assert article.title == "Acme names Roe chief executive"


def test_dash_within_a_title_stays(ingest: Reader) -> None:
    (article,) = ingest(
        "p.html", page("<meta property='og:title' content='Roe - the new chief'>", "Other heading here")
    )
    assert article.title == "Roe - the new chief"


BOXES = [
    '<figure><img src="a.png"><figcaption>Sam Poe, who joined Bolt as chairman last year, at home</figcaption></figure>',
    '<div class="image__caption">Sam Poe, who joined Bolt as chairman last year, at home</div>',
    '<div class="inline-article-recirc"><p>Bolt names Sam Poe as its new chairman and finance chief</p></div>',
    '<aside id="related-stories"><p>Bolt names Sam Poe as its new chairman and finance chief</p></aside>',
    '<div class="author-bio"><p>Sam Poe joined Example News as a reporter.</p></div>',
]


@pytest.mark.parametrize("box", BOXES)
def test_boxes_of_a_page_are_left_out(ingest: Reader, box: str) -> None:
    (article,) = ingest("p.html", page("").replace("</h1>", f"</h1>{box}"))
    assert "Roe would become" in article.text
    assert "Poe" not in article.text


@pytest.mark.parametrize("name", ["paywall", "advert-content-wrap", "captioned", "related-to-none newsroom"])
def test_box_names_on_the_text_itself_do_no_harm(ingest: Reader, name: str) -> None:
    (article,) = ingest("p.html", page("").replace("<p>", f'<p class="{name}">'))
    assert "Roe would become" in article.text
    assert "garden tools" in article.text


def test_whole_text_in_a_box_stays(ingest: Reader) -> None:
    (article,) = ingest(
        "p.html",
        page("")
        .replace("<article>", '<article><div class="related-content">')
        .replace("</article>", "</div></article>"),
    )
    assert "garden tools" in article.text


def test_line_ends_of_the_source_are_no_line_ends(ingest: Reader) -> None:
    (article,) = ingest("p.html", page("").replace("Jane Roe", "Jane\n   Roe"))
    assert "Jane Roe would become" in article.text


def test_brief_page_keeps_to_its_text(ingest: Reader) -> None:
    markup = (
        '<html><head><title>T</title></head><body><header><nav><ul><li><a href="/">Home</a></li><li><a href="/b">Business'
        "</a></li></ul></nav></header><main><article><h1>Acme names Roe chief</h1><p>Acme Corp. named Jane Roe chief "
        "executive on Monday.</p><p>She succeeds John Doe.</p></article></main><aside><p>Never miss a story</p></aside>"
        "<footer><p>About us. Contact.</p></footer></body></html>"
    )
    (article,) = ingest("p.html", markup)
    assert (
        article.text
        == "Acme names Roe chief\n\nAcme Corp. named Jane Roe chief executive on Monday.\n\nShe succeeds John Doe."
    )
