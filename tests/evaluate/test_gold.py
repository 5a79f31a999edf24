"""Reading, checking and writing gold files."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import InputError
from pipeline.evaluate.checking import check_folder
from pipeline.evaluate.gold import (
    GoldArticle,
    GoldEvent,
    check_against_text,
    gold_digest,
    read_gold,
    read_gold_folder,
)
from pipeline.evaluate.gold_writing import draft, gold_yaml
from pipeline.evaluate.reading import read_article
from pipeline.records import DIRECTIONS, STATUSES, Evidence
from tests.evaluate.samples import answer, article, labelled, wanted

GOOD = """\
article: a1.txt
published: 2024-10-15
events:
  - person: Ana Ruiz
    role: [Security expert, null]
    company: No
    action: appointed
    date: 2024-10
    status: done
    scope: news
    evidence: named Ana Ruiz
"""


def write(folder: Path, text: str, name: str = "a1.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_gold_file_is_read(tmp_path: Path) -> None:
    gold = read_gold(write(tmp_path, GOOD))
    assert (gold.article, gold.published) == ("a1.txt", date(2024, 10, 15))
    (event,) = gold.events
    assert event.person == ("Ana Ruiz",)
    assert event.role == ("Security expert", None)
    assert event.company == ("No",)  # YAML's own reading would be False
    assert event.date == ("2024-10",)
    assert (event.action, event.status, event.scope) == (("appointed",), ("done",), "news")
    assert (event.evidence, event.line) == ("named Ana Ruiz", 4)


def test_no_events_and_no_evidence_are_fine(tmp_path: Path) -> None:
    assert read_gold(write(tmp_path, "article: a\npublished: null\nevents: []\n")).events == ()
    without = GOOD.replace("    evidence: named Ana Ruiz\n", "")
    assert read_gold(write(tmp_path, without)).events[0].evidence is None


@pytest.mark.parametrize("value", ["2024", "2024-Q3", "2024-10", "2024-10-07", "[2024, null]", "'2024-02-29'"])
def test_dates_as_they_are_written(tmp_path: Path, value: str) -> None:
    assert read_gold(write(tmp_path, GOOD.replace("date: 2024-10", f"date: {value}"))).events[0].date


@pytest.mark.parametrize(
    ("before", "after", "line", "message"),
    [
        ("action: appointed", "action: hired", 7, "unknown action 'hired' (known: appointed, joined,"),
        ("status: done", "status: sure", 9, "unknown status 'sure' (known: done, planned,"),
        ("scope: news", "scope: old", 10, "unknown scope 'old' (known: news, background)"),
        (
            "role: [Security expert, null]",
            "title: chief",
            5,
            "unknown key 'title' in an event (known: person, role,",
        ),
        ("events:", "rows:", 3, "unknown key 'rows' in a gold file"),
        ("    company: No\n", "", 4, "an event lacks company; write null"),
        ("published: 2024-10-15\n", "", 1, "a gold file lacks published"),
        ("person: Ana Ruiz", "person: null", 4, "'person' is empty"),
        ("person: Ana Ruiz", "person: ''", 4, "empty text; write null"),
        ("date: 2024-10", "date: 2024-13", 8, "'date' is '2024-13'; write 2024-10-07"),
        ("date: 2024-10", "date: next week", 8, "'date' is 'next week'"),
        ("date: 2024-10", "date: 2024-Q5", 8, "'date' is '2024-Q5'"),
        ("published: 2024-10-15", "published: Tuesday", 2, "'published' is 'Tuesday'; write a day"),
        ("[Security expert, null]", "[]", 5, "'role' is an empty list"),
        ("[Security expert, null]", "[a, a]", 5, "'role' lists a value twice"),
        ("[Security expert, null]", "{a: b}", 5, "expected one value"),
        ("    status: done\n", "    status: done\n    status: planned\n", 10, "key 'status' stands twice"),
        ("evidence: named Ana Ruiz", "evidence: said: Ana Ruiz", 11, "put quotes around values"),
        ("scope: news", "scope: [news, background]", 10, "'scope' takes one value"),
    ],
)
def test_a_mistake_is_named_with_file_line_and_remedy(
    tmp_path: Path, before: str, after: str, line: int, message: str
) -> None:
    assert before in GOOD
    path = write(tmp_path, GOOD.replace(before, after))
    with pytest.raises(InputError, match=re.escape(f"{path}:{line}: ") + ".*" + re.escape(message)):
        read_gold(path)


@pytest.mark.parametrize("text", ["", "- a\n", "just words\n"])
def test_a_file_of_another_form(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError, match=r"a1\.yaml:1: a gold file is not"):
        read_gold(write(tmp_path, text))


def test_not_utf8(tmp_path: Path) -> None:
    path = tmp_path / "a1.yaml"
    path.write_bytes(b"article: caf\xe9\n")
    with pytest.raises(InputError, match="not UTF-8 at byte 12"):
        read_gold(path)


def test_one_article_twice(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    write(tmp_path, GOOD, "b.yaml")
    with pytest.raises(InputError, match=r"b\.yaml: answers for 'a1\.txt', as a1\.yaml does; keep one"):
        read_gold_folder(tmp_path)


def test_an_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no gold files"):
        read_gold_folder(tmp_path)


def test_people_and_quotations_must_be_in_the_article() -> None:
    gold = labelled(wanted("Ana Ruiz", evidence="named  Ana\nRuiz"), wanted("Ben Cole", evidence="Ben left"))
    problems = check_against_text(gold, "Acme named Ana Ruiz’s deputy.")
    assert problems == [
        "a1.yaml:1: person 'Ben Cole' does not occur in a1.txt; copy the name from the article",
        "a1.yaml:1: evidence 'Ben left' is not in a1.txt; copy it letter by letter",
    ]


def test_a_folder_is_checked_to_its_end(tmp_path: Path) -> None:
    answers, articles = tmp_path / "answers", tmp_path / "articles"
    answers.mkdir()
    articles.mkdir()
    write(answers, GOOD)
    write(answers, GOOD.replace("a1.txt", "a2.txt").replace("appointed", "hired"), "a2.yaml")
    write(answers, GOOD.replace("a1.txt", "gone.txt"), "a3.yaml")
    write(answers, GOOD.replace("a1.txt", "../a1.txt"), "a4.yaml")
    write(answers, "article: q.txt\npublished: null\nevents: []\n", "q.yaml")
    (articles / "a1.txt").write_text("Acme said on Monday that it had named Ana Ruiz as its chief executive.")
    (articles / "q.txt").write_text("The weather in the north of the country will stay dry and mild this week.")
    report = check_folder(answers, articles, read_article=read_article)
    assert (report.files, report.events, report.quiet) == (5, 3, 1)
    assert [problem.split(": ", 1)[0].removeprefix(f"{answers}/") for problem in report.problems] == [
        "a2.yaml:7",
        "a3.yaml",
        "a4.yaml",
    ]


def test_the_digest_tells_changed_answers_and_changed_articles(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD)
    (tmp_path / "a1.txt").write_text("one")
    digest = gold_digest([read_gold(path)], tmp_path)
    assert gold_digest([read_gold(path)], tmp_path) == digest
    (tmp_path / "a1.txt").write_text("two")
    changed = gold_digest([read_gold(path)], tmp_path)
    path.write_text(GOOD.replace("done", "planned"))
    assert len({digest, changed, gold_digest([read_gold(path)], tmp_path)}) == 3


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp", "Zs"]), min_size=1).filter(
    lambda text: text.strip() == text and "\ufeff" not in text
)
values = st.lists(st.none() | words, min_size=1, max_size=3, unique=True)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=words,
    published=st.none() | st.dates(),
    events=st.lists(
        st.builds(
            wanted,
            person=st.lists(words, min_size=1, max_size=2, unique=True),
            role=values,
            company=values,
            action=st.lists(st.sampled_from(sorted(DIRECTIONS)), min_size=1, max_size=2, unique=True),
            date=st.lists(st.sampled_from([None, "2024", "2024-Q3", "2024-10", "2024-10-07"]), min_size=1, unique=True),
            status=st.sampled_from(STATUSES),
            scope=st.sampled_from(["news", "background"]),
            evidence=st.none() | words,
        ),
        max_size=3,
    ),
)
def test_what_is_written_is_read_again(
    tmp_path: Path, name: str, published: date | None, events: list[GoldEvent]
) -> None:
    path = tmp_path / "a1.yaml"
    path.write_text(gold_yaml(GoldArticle(name, published, tuple(events), path)), encoding="utf-8")
    found = read_gold(path)
    assert (found.article, found.published) == (name, published)
    assert [fields(event) for event in found.events] == [fields(event) for event in events]


def fields(event: GoldEvent) -> tuple[object, ...]:
    return (
        event.person,
        event.role,
        event.company,
        event.action,
        event.date,
        event.status,
        event.scope,
        event.evidence,
    )


def test_a_draft_is_a_gold_file_in_the_order_of_the_article(tmp_path: Path) -> None:
    text = "Ben Cole left Bolt.\nAcme named Ana Ruiz."
    rows = [
        answer(evidence=[Evidence(20, 40, text[20:40], "named", "appoint.name")], date="2024-10"),
        answer(
            "Ben Cole",
            None,
            "Bolt",
            "departed",
            evidence=[Evidence(0, 19, text[:19], "left", "depart.leave")],
        ),
    ]
    path = write(tmp_path, draft(article(text), "a1.txt", rows))
    gold = read_gold(path)
    assert [(event.person, event.role, event.date) for event in gold.events] == [
        (("Ben Cole",), (None,), (None,)),
        (("Ana Ruiz",), ("chief executive",), ("2024-10",)),
    ]
    assert check_against_text(gold, text) == []
    assert path.read_text().startswith("# Draft")
