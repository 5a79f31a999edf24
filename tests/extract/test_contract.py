"""What every engine relies on: a pure function, rows of the fixed schema, and nothing lost on the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract import Extractor, ExtractSettings, extract
from pipeline.records import Article
from pipeline.tables import ARTICLES, EVENT_MENTIONS, REJECTIONS, mentions_of, rejections_of, to_batch
from tests.extract.told import Case, Outcome, all_cases, article

CASES = list(all_cases())
NEWS = [
    "Norwood Bank named Karen Whitfield CEO.\nShe succeeds Robert Dalton, who retired in January.",
    "Halden Group said on Monday that Thomas Berger had resigned. Mr. Berger was finance director.",
    "It rained in Oslo.",
    "Michael Osborne left Tilbury Motors for Vantor Systems. A bullet was fired.",
    "If Thomas Berger resigns as chairman of Halden Group, the shares fall.",
]


def batch_of(articles: Sequence[Article]) -> pa.RecordBatch:
    return to_batch(articles, ARTICLES)


@pytest.fixture(scope="module")
def news() -> list[Article]:
    return [article(text) for text in NEWS]


def by_article(table: pa.RecordBatch) -> dict[str, list[Any]]:
    rows: dict[str, list[Any]] = {}
    for row in table.to_pylist():
        rows.setdefault(row["article_id"], []).append(row)
    return rows


def test_schemas_are_those_of_the_tables(news: list[Article]) -> None:
    mentions, rejections = extract(batch_of(news))
    assert mentions.schema.equals(EVENT_MENTIONS, check_metadata=True)
    assert rejections.schema.equals(REJECTIONS, check_metadata=True)
    assert mentions.num_rows > 3
    assert rejections.num_rows > 0


def test_an_empty_batch_gives_empty_tables() -> None:
    mentions, rejections = extract(batch_of([]))
    assert (mentions.num_rows, rejections.num_rows) == (0, 0)
    assert mentions.schema.equals(EVENT_MENTIONS, check_metadata=True)
    assert rejections.schema.equals(REJECTIONS, check_metadata=True)


def test_the_same_batch_gives_the_same_bytes(news: list[Article]) -> None:
    def written(batches: Sequence[pa.RecordBatch]) -> list[bytes]:
        return [batch.serialize().to_pybytes() for batch in batches]

    first = written(extract(batch_of(news)))
    assert written(extract(batch_of(news))) == first
    extractor = Extractor()
    assert written(extractor.run(batch_of(news))) == first
    assert written(extractor.run(batch_of(news))) == first  # nothing is remembered


def test_neighbours_in_the_batch_change_nothing(extractor: Extractor, news: list[Article]) -> None:
    together = [by_article(table) for table in extractor.run(batch_of(news))]
    backwards = [by_article(table) for table in extractor.run(batch_of(news[::-1]))]
    alone: list[dict[str, list[Any]]] = [{}, {}]
    for one in news:
        for found, table in zip(alone, extractor.run(batch_of([one])), strict=True):
            found.update(by_article(table))
    assert together == backwards == alone


def test_the_order_of_tables_does_not_change_what_they_tell(extractor: Extractor) -> None:
    """Windows are parsed in batches that cut through articles."""
    some = [case.article for case in CASES[::4]]
    forth, back = extractor.read(some)[0], extractor.read(some[::-1])[0]
    assert sorted(forth, key=lambda m: m.mention_id) == sorted(back, key=lambda m: m.mention_id)
    assert len(forth) > 30


@pytest.mark.parametrize("status", ["skipped", "failed"])
def test_articles_that_are_not_ok_yield_nothing(extractor: Extractor, status: str) -> None:
    assert extractor.read([article(NEWS[0], status=status, reason="not_english")]) == ([], [])


def test_a_passed_over_article_does_not_shift_the_others(extractor: Extractor, news: list[Article]) -> None:
    skipped = article(NEWS[1], article_id="skipped", status="skipped", reason="not_english")
    assert extractor.read([skipped, *news]) == extractor.read(news)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.where)
def test_every_row_can_be_checked_in_the_article(case: Case, outcome: Callable[[Case], Outcome]) -> None:
    for mention in outcome(case).mentions:
        assert mention.article_id == case.article.article_id
        assert mention.evidence
        for one in mention.evidence:
            assert case.text[one.start : one.end] == one.sentence
            assert one.trigger in one.sentence
        assert 0 < mention.confidence <= 1
        assert mention.person.split()[-1].lower() in case.text.lower()
        assert mention.company is None or mention.company.split()[0].lower() in case.text.lower()
        assert mention.date_text is None or mention.date_text.lower() in case.text.lower()
        assert (mention.date is None) == (mention.date_precision is None) == (mention.date_source is None)
    for rejection in outcome(case).rejections:
        assert rejection.start is not None
        assert rejection.end is not None
        assert case.text[rejection.start : rejection.end] == rejection.text
        assert rejection.reason
        assert rejection.stage == "extract"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.where)
def test_no_row_is_told_twice(case: Case, outcome: Callable[[Case], Outcome]) -> None:
    keys = [(m.person, m.role, m.company, m.action, m.date, m.counterpart) for m in outcome(case).mentions]
    assert len(set(keys)) == len(keys)


def test_mention_ids_are_unique(outcomes: Mapping[str, Outcome]) -> None:
    ids = [mention.mention_id for outcome in outcomes.values() for mention in outcome.mentions]
    assert len(set(ids)) == len(ids) > 200


def test_ids_do_not_depend_on_where_the_article_was_found(extractor: Extractor) -> None:
    here, there = (
        article(NEWS[0], article_id="a1"),
        article(NEWS[0], article_id="a1", source_uri="other.txt#7"),
    )
    assert extractor.read([here]) == extractor.read([there])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.where)
def test_every_trigger_is_kept_or_rejected(
    case: Case, extractor: Extractor, outcome: Callable[[Case], Outcome]
) -> None:
    """What the screen lets through for a trigger must appear as evidence or as a rejection."""
    sentences = [
        case.text[stretch.sentences[i].start : stretch.sentences[i].end]
        for stretch in extractor.screen.stretches(case.text)
        for i in sorted(stretch.candidates)
    ]
    told = {e.sentence for m in outcome(case).mentions for e in m.evidence}
    refused = [r.start or 0 for r in outcome(case).rejections]
    for sentence in sentences:
        start = case.text.index(sentence)
        assert sentence in told or any(start <= at < start + len(sentence) for at in refused), sentence


def test_min_confidence_drops_rows_and_accounts_for_them(news: list[Article]) -> None:
    every, refused = Extractor().read(news)
    floor = sorted({m.confidence for m in every})[-1]
    kept, more = Extractor(ExtractSettings(min_confidence=floor)).read(news)
    assert [m.mention_id for m in kept] == [m.mention_id for m in every if m.confidence >= floor]
    assert 0 < len(kept) < len(every)
    assert len(more) == len(refused) + len(every) - len(kept)


STRANGE = {
    "empty": "",
    "spaces": " \n\t \r\n ",
    "no-break spaces": "\u00a0\u2003\u200b",
    "control characters": "Norwood Bank\x00 named\x07 Karen\x1b[31m Whitfield\x7f chief executive.\x00",
    "line separators": "Karen Whitfield\u2028resigned\u2029as\x85chief executive\x0bof\x0cNorwood Bank.",
    "emoji": "🎉 Karen Whitfield 👩‍💼 joined 🚀 Norwood Bank as CEO 🎊!!! 🇳🇴",
    "right to left": "\u202eKaren Whitfield\u202c resigned \u200fשלום\u200f as chief of Norwood Bank.",
    "combining marks": "Kar" + "e\u0301" * 50 + "n resigned as chief executive of Norwood Bank.",
    "all capitals": "KAREN WHITFIELD RESIGNED AS CHIEF EXECUTIVE OF NORWOOD BANK ON MONDAY. SHE IS 51.",
    "no capitals": "karen whitfield resigned as chief executive of norwood bank on monday.",
    "only triggers": "resigned quit fired named appointed " * 40,
    "only commas": "resigned" + "," * 1000,
    "only brackets": "(" * 400 + "resigned" + ")" * 400,
    "one long word": "resigned" * 20_000,
    "only titles": "chief executive officer and " * 200 + "resigned.",
    "only names": "Karen Whitfield, " * 100 + "resigned.",
    "letters that grow when lowered": "İİİİ Karen Whitfield resigned from Norwood Bank. ßẞ İ",
    "many lines": "Karen Whitfield\n" * 400 + "resigned",
    "many cells": "Karen Whitfield | resigned | " * 50,
}


@pytest.mark.parametrize("name", STRANGE)
def test_strange_text_is_read_without_harm(extractor: Extractor, name: str) -> None:
    text = STRANGE[name]
    mentions, rejections = extractor.read([article(text)])
    for mention in mentions:
        assert all(text[e.start : e.end] == e.sentence for e in mention.evidence)
    assert all(text[r.start or 0 : r.end or 0] == r.text for r in rejections)


def test_rows_of_strange_text_reach_the_tables(extractor: Extractor) -> None:
    some = [article(text, article_id=name) for name, text in STRANGE.items()]
    mentions, rejections = extractor.run(batch_of(some))
    assert {m.article_id for m in mentions_of(mentions)} >= {"emoji"}
    assert all(r.reason for r in rejections_of(rejections))


@pytest.mark.parametrize(
    "text",
    [
        "Roe told staff on Monday he would go. Norwood Bank fired the editor,",
        "Norwood Bank named Jane Roe, director of the port since",
        "Jane Roe named chairman of Norwood Bank, says Astor Trust treasurer",
        "Jane Roe has joined Norwood Bank, said Astor Trust treasurer",
        "Norwood Bank's new chairman of the",
        "Jane Roe left to",
        "Norwood Bank named Jane Roe special envoy for",
    ],
)
def test_a_text_cut_off_in_a_sentence(extractor: Extractor, text: str) -> None:
    extractor.read([article(text)])


@pytest.mark.parametrize("share", [0.4, 0.6, 0.8])
def test_sentences_cut_off_anywhere(extractor: Extractor, share: float) -> None:
    """Feeds cut their teasers at any word."""
    for case in CASES[::5]:
        words = case.text.split(" ")
        extractor.read([article(" ".join(words[: int(len(words) * share)]))])


def test_a_line_of_a_million_letters(extractor: Extractor) -> None:
    """One endless line is no sentence; the sentences beside it are read all the same."""
    words = "word resigned " * 75_000
    text = f"{words}\nKaren Whitfield resigned as chief executive of Norwood Bank.\n{words}"
    mentions, _ = extractor.read([article(text)])
    assert [m.person for m in mentions] == ["Karen Whitfield"]
    assert all(text[e.start : e.end] == e.sentence for m in mentions for e in m.evidence)


def test_offsets_hold_behind_letters_outside_the_basic_plane(extractor: Extractor) -> None:
    text = "😀" * 30 + "\n\nKaren Whitfield resigned as chief executive of Norwood Bank. 😀"
    (mention,), _ = extractor.read([article(text)])
    (evidence,) = mention.evidence
    assert text[evidence.start : evidence.end] == evidence.sentence
    assert evidence.sentence.startswith("Karen Whitfield resigned")


WORDS = st.sampled_from(
    [
        *(
            "Karen Whitfield",
            "Berger",
            "Norwood Bank",
            "Halden Group plc",
            "chief executive",
            "CFO",
            "resigned",
        ),
        *(
            "named",
            "was fired",
            "will join",
            "as",
            "of",
            "and",
            ",",
            "(",
            ")",
            "who",
            "she",
            "his",
            "not",
            "'s",
        ),
        *(
            "\n",
            ". ",
            "| ",
            "- ",
            "on Monday",
            "in 2023",
            "board",
            "new",
            "“",
            "”",
            "I",
            "said",
            "after",
            "\t",
        ),
    ]
)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.lists(WORDS, max_size=30))
def test_any_words_in_any_order(extractor: Extractor, words: list[str]) -> None:
    text = " ".join(words)
    mentions, rejections = extractor.read([article(text)])
    assert len({m.mention_id for m in mentions}) == len(mentions)
    assert all(text[e.start : e.end] == e.sentence for m in mentions for e in m.evidence)
    assert all(text[r.start or 0 : r.end or 0] == r.text for r in rejections)


def test_a_run_of_words_without_an_end_is_told_apart_from_a_sentence() -> None:
    sentence = "Norwood Bank said on Friday that Jane Roe resigned as chief executive."
    text = sentence + "\n\n" + "Norwood Bank said Jane Roe resigned as chair and John Doe was named chair , " * 100
    mentions, rejections = Extractor().read([article(text)])
    assert [mention.role for mention in mentions] == ["chief executive"]
    [refused] = [r for r in rejections if r.reason == "sentence_too_long"]
    assert refused.start is not None
    assert refused.start >= len(sentence)


@pytest.mark.parametrize(("again", "same"), [("Stephan", True), ("Stephen", True), ("Thomas", False)])
def test_a_given_name_with_one_letter_changed_is_the_same_person(again: str, same: bool) -> None:
    text = (
        "Norwood Bank is hiring Stephen Vance, who is leaving his role as vice president at Calder Trust.\n\n"
        f'"{again} has decided to leave Calder Trust for a new challenge," a spokesperson said.'
    )
    mentions, _ = Extractor(ExtractSettings(screened=False)).read([article(text)])
    assert {m.person for m in mentions} == {"Stephen Vance"}
    assert any("decided to leave" in e.sentence for m in mentions for e in m.evidence) == same
