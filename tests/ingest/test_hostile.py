"""Hostile input meets a bound, and its article says which."""

# ruff: noqa: E501 (tables of cases, one a line)

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.ingest import IngestSettings, Limits, discover, read
from pipeline.ingest import reading as reading_module
from tests.ingest.conftest import STORY, Reader, only
from tests.ingest.test_formats import SINGLE, warc

MIB = 1024 * 1024
LINE = json.dumps({"text": STORY})


# ---- size and depth of records


def test_long_line_is_dropped_and_the_rest_read(ingest: Reader) -> None:
    content = f'{LINE}\n{{"text": "{"a" * 100_000}"}}\n{LINE}\n'
    articles = ingest("a.jsonl", content, limits=Limits(record_bytes=50_000))
    assert [article.status for article in articles] == ["ok", "failed", "ok"]
    assert articles[1].reason == "record is longer than 50000 bytes"


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.json", "a.csv", "a.jsonl"])
def test_line_of_100_mb(tmp_path: Path, name: str) -> None:
    starts = {"a.html": b"<p>", "a.json": b'{"text": "', "a.csv": b"title,text\n", "a.jsonl": b'{"text": "'}
    path = tmp_path / name
    with path.open("wb") as file:
        file.write(starts.get(name, b""))
        for _ in range(100):
            file.write(b"word " * (MIB // 5))
    (source,) = discover([str(path)])
    reason = only(list(read(source, IngestSettings())))
    path.unlink()
    assert "longer than 16777216 bytes" in reason


def test_text_beyond_what_can_be_read(ingest: Reader) -> None:
    reason = only(ingest("a.txt", "Acme named Roe. " * 70_000))
    assert reason == "text of 1119999 characters (at most 1000000)"


@pytest.mark.parametrize("depth", [101, 100_000])
@pytest.mark.parametrize("name", ["a.jsonl", "a.json"])
def test_deep_json(ingest: Reader, name: str, depth: int) -> None:
    reason = only(ingest(name, '{"text": ' + "[" * depth + "]" * depth + "}"))
    assert "nests deeper than 100" in reason or "recursion" in reason


def test_deep_json_array(ingest: Reader) -> None:
    articles = ingest("a.json", f"[{LINE}, " + "[" * 100_000)
    assert [article.status for article in articles] == ["ok", "failed"]


def test_number_of_many_digits(ingest: Reader) -> None:
    assert "broken JSON" in only(ingest("a.jsonl", '{"text": ' + "9" * 10_000 + "}"))


@pytest.mark.parametrize("tag", ["div", "span", "b", "table"])
def test_html_that_nests_forever(ingest: Reader, tag: str) -> None:
    page = "<html><body>" + f"<{tag}>" * 20_000 + STORY
    assert only(ingest("a.html", page)) == "HTML nests deeper than 500"
    assert only(ingest("a.jsonl", json.dumps({"text": page}))) == "HTML nests deeper than 500"
    assert only(ingest("b.jsonl", json.dumps({"text": f"<{tag}>" * 20_000 + "</p>"}))) == "HTML nests deeper than 500"


def test_html_that_nests_forever_in_utf16(ingest: Reader) -> None:
    page = "<html><body>" + "<div>" * 20_000 + STORY
    assert only(ingest("a.html", page.encode("utf-16"))) == "HTML nests deeper than 500"


def test_html_of_endless_elements(ingest: Reader) -> None:
    page = "<html><body>" + "<p>word</p>" * 60_000
    assert only(ingest("a.html", page)) == "HTML has more than 50000 elements"


def test_html_below_the_bound_is_read(ingest: Reader) -> None:
    (article,) = ingest("a.html", "<html><body>" + "<div>" * 200 + f"<p>{STORY}</p>" + "</div>" * 200)
    assert article.status == "ok"


def test_unclosed_scripts_and_comments(ingest: Reader) -> None:
    for content in ("<script>" * 20_000, "<!--" * 20_000, "<style " * 20_000, "<a b='" * 20_000):
        (article,) = ingest("a.html", f"<html><body><p>{STORY}</p>{content}")
        assert article.status in ("ok", "skipped", "failed")


def test_entities_that_multiply(ingest: Reader) -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e0 "lol">{entities}]><rss><channel><item><title>&e9;</title></item></channel></rss>'
    for article in ingest("feed.xml", bomb) + ingest("feed.rss", bomb):
        assert len(article.text) < 10_000


def test_external_entities_are_not_loaded(ingest: Reader, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the secret words of this test")
    feed = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}">]><rss><channel><item><title>T</title><description>{STORY} &x;</description></item></channel></rss>'
    page = f'<!DOCTYPE html [<!ENTITY x SYSTEM "file://{secret}">]><html><body><p>{STORY} &x;</p></body></html>'
    articles = ingest("feed.rss", feed) + ingest("page.html", page)
    assert articles
    assert not any("secret words" in article.text for article in articles)


def test_mail_that_nests_forever(ingest: Reader) -> None:
    head = "From: a@x.example\nSubject: S\nMIME-Version: 1.0\n"
    nested = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(3000))
    assert only(ingest("a.eml", head + nested + STORY))


def test_csv_quote_that_never_ends(ingest: Reader) -> None:
    content = 'title,text\nA,"' + f"{STORY}\n" * 2000
    articles = ingest("a.csv", content, limits=Limits(record_bytes=100_000))
    assert articles[-1].status == "failed"


def test_warc_header_that_never_ends(ingest: Reader) -> None:
    assert "WARC header" in only(ingest("a.warc", b"WARC/1.0\r\nWARC-Type: " + b"a" * (4 * MIB)))


def test_broken_warc_keeps_what_came_before(ingest: Reader) -> None:
    articles = ingest("a.warc.gz", warc()[:-40])
    assert articles[-1].status == "failed"
    assert articles[0].status == "ok"


def test_parquet_value_repeated_without_end(ingest: Reader, tmp_path: Path) -> None:
    rows = pa.array(["a" * MIB]).dictionary_encode().take(pa.array([0] * 2000))
    path = tmp_path / "made"
    pq.write_table(pa.table({"text": rows}), path)
    articles = ingest("a.parquet", path.read_bytes(), limits=Limits(text_chars=1000))
    assert articles[-1].reason == "expands more than 200 times"
    assert len(articles) < 100


def test_broken_parquet(ingest: Reader) -> None:
    assert "broken Parquet" in only(ingest("a.parquet", b"PAR1" + b"\0" * 100 + b"PAR1"))


# Each made a pattern or parser run for minutes, or would without its bound.
ENDLESS = {
    "comments.html": "<!---->" * 3000 + "x",
    "comments.jsonl": json.dumps({"text": "<!-- -->" * 2000 + "x"}),
    "scripts.html": "<html>" + "<script></SCRIPT>" * 40_000,
    "reporting.txt": "Head\n" + ("Reporting by " + "A. " * 40 + "x\n") * 20 + "Reporting by " + "A.-/" * 60 + "!",
    "brackets.md": "[" * 50_000 + "[a](" * 20_000,
    "stars.md": "*a " * 20_000 + "**b " * 20_000,
    "quotes.md": ">" * 100_000,
    "names.txt": "[A" + " Bc of" * 20_000 + " <Abc" * 20_000,
    "blanks.txt": " " * 1_000_000 + "x" + "\n" * 1_000_000 + "x",
    "marks.txt": "a" + "\u0301" * 100_000,
    "dates.txt": ("LONDON " * 50 + "\n") * 8 + "2024-" * 50_000,
    "front.md": "---\na: " + "{a: " * 5000 + "\n---\nx",
}


@pytest.mark.parametrize("name", ENDLESS)
def test_what_could_go_on_for_minutes_ends(ingest: Reader, name: str) -> None:
    (article,) = ingest(name, ENDLESS[name])
    assert article.status in ("ok", "skipped", "failed")


# ---- characters


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (bytes(range(256)) * 40, "binary file"),
        (b"%PDF-1.7\n" + b"x" * 100, "binary file: PDF"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "binary file: PNG image"),
        (b"\x7fELF" + b"\0" * 50, "binary file: program"),
        (b"SQLite format 3\0", "binary file: SQLite database"),
        (
            b"<?xml version='1.0'?><urlset><url/></urlset>",
            "XML with root 'urlset'; feeds and XHTML can be read",
        ),
    ],
)
def test_what_is_no_text(ingest: Reader, content: bytes, reason: str) -> None:
    assert only(ingest("a.txt", content)) == reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.csv", "a.md"])
def test_encodings(ingest: Reader, encoding: str, name: str) -> None:
    flat = STORY.replace("\n\n", " ") + " “Déjà vu,” said Zoë Çelik – of Nestlé."
    forms = {"a.jsonl": json.dumps({"text": flat}, ensure_ascii=False), "a.csv": f'title,text\n,"{flat}"\n'}
    (article,) = ingest(name, forms.get(name, flat).encode(encoding))
    assert article.text == flat


def test_odd_bytes_in_utf8_do_not_stop_the_article(ingest: Reader) -> None:
    (article,) = ingest("a.txt", STORY.encode() + b" \xff\xfe\x00 end")
    assert article.status == "ok"
    assert article.text.startswith(STORY)


def test_one_odd_record_among_utf8(ingest: Reader) -> None:
    lines = [
        json.dumps({"text": STORY + " Zoë"}, ensure_ascii=False).encode(code) for code in ("utf-8", "cp1252", "utf-8")
    ]
    articles = ingest("a.jsonl", b"\n".join(lines))
    assert [article.text for article in articles] == [STORY + " Zoë"] * 3


def test_control_characters(ingest: Reader) -> None:
    (article,) = ingest("a.txt", STORY.replace(" ", " \x07\x1b[0m") + "\x08")
    assert article.text == STORY


# ---- whatever else


@pytest.mark.parametrize("form", SINGLE)
def test_cut_anywhere_nothing_raises(ingest: Reader, form: str) -> None:
    content = SINGLE[form].encode()
    for end in range(0, len(content), 97):
        for article in ingest("a", content[:end]):
            assert article.status in ("ok", "skipped", "failed")


NAMES = [
    "a.txt",
    "a.md",
    "a.html",
    "a.jsonl",
    "a.json",
    "a.csv",
    "a.eml",
    "a.rss",
    "a.warc",
    "a.gz",
    "a.zip",
    "a.tar",
]
STARTS = [
    b"",
    b"---\n",
    b"<html>",
    b"{",
    b"[{",
    b"PK\x03\x04",
    b"PAR1",
    b"WARC/1.0\r\n",
    b"\x1f\x8b\x08",
    b"<rss>",
    b"From: a\nTo: b\nDate: c\n",
]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(NAMES),
    start=st.sampled_from(STARTS),
    rest=st.binary(max_size=300) | st.text().map(str.encode),
)
def test_nothing_raises(tmp_path: Path, name: str, start: bytes, rest: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(start + rest)
    (source,) = discover([str(path)])
    articles = list(read(source, IngestSettings()))
    assert all((article.status == "ok") == (article.reason is None) for article in articles)
    uris = [article.source_uri for article in articles]
    assert len(uris) == len(set(uris))


def test_a_parser_that_fails_is_a_failed_article(ingest: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    def explode(*_: object) -> None:
        raise MemoryError("no room")

    monkeypatch.setattr(reading_module, "_parse", explode)
    assert only(ingest("a.txt", STORY)) == "cannot read: MemoryError: no room"
