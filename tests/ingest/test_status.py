"""ok, skipped, failed; language; ids; exact copies."""

# ruff: noqa: E501 (tables of cases, one a line)

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime

import pytest

from pipeline.errors import InputError
from pipeline.ingest import IngestSettings, article_id, mark_exact_copies
from pipeline.ingest.language import detect_language
from tests.ingest.conftest import STORY, Reader

FOREIGN = {
    "de": "Der Vorstand des Unternehmens hat am Montag beschlossen, dass die bisherige Finanzchefin im Mai die Leitung "
    "übernimmt. Ihr Vorgänger geht nach neun Jahren in den Ruhestand, wie die Gesellschaft mitteilte.",
    "fr": "Le conseil d'administration a décidé lundi que la directrice financière prendrait la tête de l'entreprise en "
    "mai. Son prédécesseur part à la retraite après neuf ans, a indiqué la société dans un communiqué.",
    "es": "El consejo de administración decidió el lunes que la directora financiera asumirá la dirección de la empresa "
    "en mayo. Su predecesor se jubila después de nueve años, según informó la compañía en un comunicado.",
}


@pytest.mark.parametrize("code", FOREIGN)
def test_other_languages_are_skipped(ingest: Reader, code: str) -> None:
    (article,) = ingest("a.txt", FOREIGN[code])
    assert (article.status, article.reason, article.language) == ("skipped", f"language {code}", code)
    assert article.text == FOREIGN[code]


@pytest.mark.parametrize(
    "text",
    [
        "BOLT NAMES DE LA CRUZ, VAN DER BERG, O'NEILL VPS",
        "Roe, Doe, Poe quit Acme S.p.A.",
        "Société Générale names François Dubois head of Banque de Paris",
        "Nomura's Takahashi, Mitsubishi UFJ's Watanabe named to Keidanren board, Nikkei says",
        "Siemens AG, Bayerische Motoren Werke AG and Deutsche Bank AG name new supervisory board chairmen, the companies said",
        "Petróleo Brasileiro SA said Paulo Roberto da Silva resigned.",
    ],
)
def test_short_english_full_of_names_is_english(text: str) -> None:
    assert detect_language(text) == "en"


@pytest.mark.parametrize(
    "text",
    [
        "BOLT INC 4TH QTR NET. Shr 31 cts vs 28 cts. Net 1,204,000 vs 1,102,000. Revs 18.2 mln vs 17.1 mln. Year shr 1.12 dlrs",
        "Acme Corp said it named Jane Roe president and chief executive. She is the head of its unit in Milan, a company spokesman said.",
    ],
)
def test_plain_english_does_not_load_the_model(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("pipeline.ingest.language._identifier", None)
    assert detect_language(text) == "en"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "empty"),
        ("  \n\n \u200b", "empty"),
        ("Roe\n\nresigned", "too short (2 words)"),
        ("Gone", "too short (1 word)"),
        ("---\ntitle: A title of more than five words\n---\n", "empty"),
        ("<html><body></body></html>", "empty"),
    ],
)
def test_short_and_empty_are_skipped(ingest: Reader, content: str, reason: str) -> None:
    (article,) = ingest("a.txt", content)
    assert (article.status, article.reason) == ("skipped", reason)


def test_short_brief_is_read(ingest: Reader) -> None:
    (article,) = ingest("a.txt", "Jane Roe was named chairman.")
    assert (article.status, article.word_count) == ("ok", 5)


def test_record_without_text_column_is_failed_with_its_columns(ingest: Reader) -> None:
    (article,) = ingest("a.jsonl", '{"id": 1, "story_text_v2": "x"}')
    assert article.status == "failed"
    assert "columns: id, story_text_v2" in (article.reason or "")


def test_record_with_null_text_is_empty(ingest: Reader) -> None:
    (article,) = ingest("a.jsonl", '{"title": "Roe", "text": null}')
    assert (article.status, article.reason) == ("skipped", "empty")


def test_unknown_column_is_an_error_before_any_work() -> None:
    with pytest.raises(InputError, match="unknown column 'txt'; name one of text, title"):
        IngestSettings(columns={"txt": "maintext"})


def test_ingest_is_light_to_import() -> None:
    code = "import sys, pipeline.ingest; print([m for m in ('lxml', 'yaml', 'trafilatura', 'pyarrow', 'numpy', 'dateparser', 'ftfy') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_bad_records_stand_between_good_ones(ingest: Reader) -> None:
    lines = f'{{"text": "{STORY.replace(chr(10), " ")}"}}'
    articles = ingest("a.jsonl", f"{lines}\n{{broken\n[1]\n\n{lines}\n")
    assert [article.status for article in articles] == ["ok", "failed", "failed", "ok"]
    assert [article.source_uri for article in articles] == [
        "a.jsonl#1",
        "a.jsonl#2",
        "a.jsonl#3",
        "a.jsonl#4",
    ]


def test_row_with_too_many_fields_is_failed(ingest: Reader) -> None:
    flat = STORY.replace("\n", " ")
    articles = ingest("a.csv", f'title,text\nA,"{flat}"\nB,"{flat}",extra\n')
    assert [article.status for article in articles] == ["ok", "failed"]
    assert articles[1].reason == "row has 3 fields, the header 2"


def test_id_follows_the_url_and_else_the_path() -> None:
    assert article_id("https://x.example/a", "one") == article_id("https://x.example/a", "two")
    assert article_id(None, "one") != article_id(None, "two")
    assert article_id("https://x.example/", "one") != article_id("https://x.example/", "two")
    assert article_id("https://x.example/?id=1", "one") == article_id("https://x.example/?id=1", "two")
    assert article_id(None, "one") == "a588f7416afe58f8f"


def test_id_ignores_tracking(ingest: Reader) -> None:
    body = '{"url": "https://x.example/a?utm_source=%s", "text": "x"}'
    first, second = ingest("a.jsonl", body % "b" + "\n" + body % "c")
    assert first.article_id == second.article_id


def test_exact_copies() -> None:
    early, late = datetime(2024, 1, 1, tzinfo=UTC), datetime(2024, 1, 2, tzinfo=UTC)
    articles = [
        ("d", "1", None),
        ("c", "1", late),
        ("b", "1", early),
        ("a", "1", late),
        ("x", "2", None),
        ("y", "3", late),
    ]
    expected = {"a": "b", "c": "b", "d": "b"}
    assert mark_exact_copies(articles) == expected
    assert mark_exact_copies(reversed(articles)) == expected
    assert mark_exact_copies([("b", "1", None), ("a", "1", None)]) == {"b": "a"}


def test_copies_in_different_formats_have_one_hash(ingest: Reader) -> None:
    (plain,) = ingest("a.txt", f"Roe named chief of Acme\n\n{STORY}")
    (marked,) = ingest(
        "b.md", f"# Roe named chief of Acme\n\n{STORY.replace('Jane Roe', '[Jane Roe](https://x.example)')}"
    )
    assert plain.text_sha256 == marked.text_sha256
    assert plain.article_id != marked.article_id
