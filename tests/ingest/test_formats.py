"""Every format gives the same article, told by content and not only by ending."""

# ruff: noqa: E501 (tables of cases, one a line)

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pipeline.records import Article
from tests.ingest.conftest import STORY, Reader

TITLE = "Acme names Roe chief executive"
URL = "https://news.example.com/acme-roe"
DAY = datetime(2024, 3, 4, tzinfo=UTC)
FULL = f"{TITLE}\n\n{STORY}"
RECORD: dict[str, Any] = {
    "headline": TITLE,
    "maintext": STORY,
    "url": URL + "?utm_source=x",
    "date_publish": "2024-03-04",
    "authors": ["Ann Lee", "Bo Park"],
    "source": "Example News",
}
FIRST, SECOND = STORY.split("\n\n")
PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>{TITLE} | Example News</title>
<link rel="canonical" href="{URL}"><meta property="og:site_name" content="Example News">
<meta property="article:published_time" content="2024-03-04T00:00:00Z"><meta name="author" content="By Ann Lee and Bo Park">
</head><body><nav><ul><li><a href="/">Home</a></li></ul></nav><article><h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p>
<p>Read more: Bolt fires its finance chief</p></article><footer>About us</footer></body></html>"""
RSS = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Example News</title><link>https://news.example.com</link>
<item><title>{TITLE}</title><link>{URL}</link><pubDate>Mon, 04 Mar 2024 00:00:00 GMT</pubDate>
<dc:creator>Ann Lee and Bo Park</dc:creator><description>A teaser.</description>
<content:encoded><![CDATA[<p>{FIRST}</p><p>{SECOND}</p>]]></content:encoded></item>
<item><title>Second</title><link>{URL}-2</link><description>{FIRST}</description></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Example News</title><entry><title>{TITLE}</title>
<link href="{URL}"/><published>2024-03-04T00:00:00Z</published><author><name>Ann Lee</name></author>
<author><name>Bo Park</name></author><content type="html">&lt;p&gt;{FIRST}&lt;/p&gt;&lt;p&gt;{SECOND}&lt;/p&gt;</content>
</entry></feed>"""
MARKDOWN = f"""---
author: [Ann Lee, Bo Park]
canonical: {URL}
title: "{TITLE}"
publisher: Example News
datePublished: 2024-03-04
---

{FIRST}

{SECOND}
"""
MAIL = f"""From: Example News <news@example.com>
To: you@example.org
Subject: {TITLE}
Date: Mon, 04 Mar 2024 00:00:00 +0000
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

{STORY}
"""


def table(delimiter: str) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(RECORD)
    writer.writerow([" and ".join(value) if isinstance(value, list) else value for value in RECORD.values()])
    return out.getvalue()


def warc(page: str = PAGE) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    for url, status, kind, body in (
        (URL, "200 OK", "text/html; charset=utf-8", page.encode()),
        (URL + "/gone", "404 Not Found", "text/html", b"<html>gone</html>"),
        (URL + "/a.png", "200 OK", "image/png", b"\x89PNG"),
    ):
        headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        record = writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=headers)
        writer.write_record(record)
    return out.getvalue()


def parquet(path: Path) -> bytes:
    pq.write_table(pa.Table.from_pylist([RECORD]), path)
    return path.read_bytes()


def check(article: Article) -> None:
    assert (article.status, article.reason) == ("ok", None)
    assert article.text == FULL
    assert (article.title, article.url, article.publisher) == (TITLE, URL, "Example News")
    assert article.authors == ("Ann Lee", "Bo Park")
    assert (article.published_at, article.published_source) == (DAY, "metadata")
    assert article.language == "en"


MULTI = {
    "json-lines": json.dumps(RECORD) + "\n" + json.dumps(RECORD) + "\n",
    "json-array": json.dumps([RECORD, RECORD], indent=2),
    "json-service": json.dumps({"status": "ok", "articles": [RECORD]}),
    "csv": table(","),
    "tsv": table("\t"),
    "semicolons": table(";"),
    "rss": RSS,
    "atom": ATOM,
}
SINGLE = {"html": PAGE, "markdown": MARKDOWN, "json-object": json.dumps(RECORD, indent=1)}


@pytest.mark.parametrize("form", MULTI)
@pytest.mark.parametrize("name", ["data", "data.txt"])
def test_records_by_content(ingest: Reader, form: str, name: str) -> None:
    articles = ingest(name, MULTI[form])
    check(articles[0])
    assert articles[0].source_uri == f"{name}#1"


@pytest.mark.parametrize("form", SINGLE)
@pytest.mark.parametrize("name", ["data", "data.txt"])
def test_documents_by_content(ingest: Reader, form: str, name: str) -> None:
    (article,) = ingest(name, SINGLE[form])
    check(article)
    assert article.source_uri == name


def test_records_are_numbered_from_one(ingest: Reader) -> None:
    lines = "\n".join(json.dumps({"text": STORY, "id": number}) for number in range(3))
    assert [article.source_uri for article in ingest("d.jsonl", lines)] == [
        "d.jsonl#1",
        "d.jsonl#2",
        "d.jsonl#3",
    ]


def test_mail(ingest: Reader) -> None:
    (article,) = ingest("letter", MAIL)
    assert article.text == FULL
    assert (article.title, article.publisher, article.published_at) == (TITLE, "Example News", DAY)


def test_mail_takes_html_where_the_plain_part_is_a_stub(ingest: Reader) -> None:
    mail = (
        "From: a@example.com\nSubject: S\nDate: Mon, 04 Mar 2024 00:00:00 +0000\nMIME-Version: 1.0\n"
        'Content-Type: multipart/alternative; boundary="b"\n\n--b\nContent-Type: text/plain\n\nSee it online.\n'
        f"--b\nContent-Type: text/html; charset=utf-8\n\n<table><tr><td><p>{FIRST}</p><p>{SECOND}</p></td></tr></table>\n--b--\n"
    )
    (article,) = ingest("letter.eml", mail)
    assert article.text == f"S\n\n{STORY}"


def test_warc_gives_html_responses_and_counts_all_records(ingest: Reader) -> None:
    for name in ("crawl.warc.gz", "crawl"):
        (article,) = ingest(name, warc())
        check(article)
        assert article.source_uri == f"{name}#1"


def test_date_of_a_crawl_is_no_publication_date(ingest: Reader) -> None:
    (article,) = ingest("crawl-20240309.warc.gz", warc(PAGE.replace("2024-03-04T00:00:00Z", "")))
    assert (article.published_at, article.published_source) == (None, None)


def test_parquet(ingest: Reader, tmp_path: Path) -> None:
    for name in ("d.parquet", "d"):
        (article,) = ingest(name, parquet(tmp_path / "made"))
        check(article)


def test_plain_text_with_header_lines(ingest: Reader) -> None:
    text = f"Title: {TITLE}\nAuthors: Ann Lee and Bo Park\nDate: March 4, 2024\nSource: Example News\nURL: {URL}\n\n{STORY}"
    (article,) = ingest("a.txt", text)
    check(article)


def test_plain_text_first_line_is_the_headline(ingest: Reader) -> None:
    (article,) = ingest("a.txt", FULL)
    assert (article.title, article.text) == (TITLE, FULL)


def test_plain_text_without_headline(ingest: Reader) -> None:
    (article,) = ingest("a.txt", STORY)
    assert (article.title, article.text) == (None, STORY)


def test_column_mapping(ingest: Reader) -> None:
    record = {"col_a": STORY, "text": "not this one", "when": "2024-03-04", "head": TITLE}
    columns = {"text": "col_a", "published": "when", "title": "head"}
    (article,) = ingest("d.jsonl", json.dumps(record), columns=columns)
    assert (article.text, article.published_at) == (FULL, DAY)


def test_html_in_a_record_is_taken_out(ingest: Reader) -> None:
    (article,) = ingest("d.jsonl", json.dumps({**RECORD, "maintext": f"<p>{FIRST}</p>\n<p>{SECOND}</p>"}))
    check(article)


def test_whole_page_in_a_record(ingest: Reader) -> None:
    (article,) = ingest("d.jsonl", json.dumps({"html": PAGE}))
    check(article)


def test_published_option_comes_last(ingest: Reader) -> None:
    (dated,) = ingest("2023-01-02-a.txt", STORY, published=date(2020, 1, 1))
    (undated,) = ingest("a.txt", STORY, published=date(2020, 1, 1))
    assert (dated.published_at, dated.published_source) == (datetime(2023, 1, 2, tzinfo=UTC), "name")
    assert (undated.published_at, undated.published_source) == (datetime(2020, 1, 1, tzinfo=UTC), "option")


# ---- compressed and in archives


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def tarred(mode: str, **members: bytes) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "zst": zstandard.compress,
}


@pytest.mark.parametrize("packer", PACKERS)
@pytest.mark.parametrize("form", ["json-lines", "html", "markdown", "csv"])
def test_compressed(ingest: Reader, packer: str, form: str) -> None:
    content = (MULTI | SINGLE)[form].encode()
    check(ingest(f"data.{packer}", PACKERS[packer](content))[0])


@pytest.mark.parametrize("packer", PACKERS)
def test_compressed_in_several_parts(ingest: Reader, packer: str) -> None:
    pack = PACKERS[packer]
    lines = json.dumps(RECORD).encode() + b"\n"
    assert len(ingest(f"d.jsonl.{packer}", pack(lines) + pack(lines))) == 2


@pytest.mark.parametrize("kind", ["zip", "tar", "tar.gz", "tar.bz2", "tar.xz"])
def test_archives_keep_the_order_and_names_of_their_members(ingest: Reader, kind: str, tmp_path: Path) -> None:
    members = {
        "b/page.html": PAGE.encode(),
        "a.jsonl.gz": gzip.compress(MULTI["json-lines"].encode()),
        "c.parquet": parquet(tmp_path / "made"),
        ".hidden": b"x",
        "__MACOSX/a": b"x",
    }
    mode = "w:" + kind.partition(".")[2]
    content = zipped(**members) if kind == "zip" else tarred(mode, **members)
    articles = ingest("all.bin", content)
    assert [article.source_uri for article in articles] == [
        "all.bin/b/page.html",
        "all.bin/a.jsonl.gz#1",
        "all.bin/a.jsonl.gz#2",
        "all.bin/c.parquet#1",
    ]
    for article in articles:
        check(article)


def test_archive_in_an_archive(ingest: Reader) -> None:
    (article,) = ingest("outer.zip", zipped(**{"inner.tar": tarred("w", **{"page.html": PAGE.encode()})}))
    check(article)
    assert article.source_uri == "outer.zip/inner.tar/page.html"
    (article,) = ingest("outer.tar", tarred("w", **{"inner.zip": zipped(**{"page.html": PAGE.encode()})}))
    check(article)


def test_a_name_met_twice_gets_a_number(ingest: Reader) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for _ in range(2):
            info = tarfile.TarInfo("a.txt")
            info.size = len(STORY)
            archive.addfile(info, io.BytesIO(STORY.encode()))
    first, second = ingest("t.tar", out.getvalue())
    assert (first.source_uri, second.source_uri) == ("t.tar/a.txt", "t.tar/a.txt~2")
    assert first.article_id != second.article_id
