"""Gold files to labelling tools and back."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import InputError
from pipeline.evaluate.gold import GoldArticle, GoldEvent, read_gold_folder
from pipeline.evaluate.gold_writing import gold_yaml
from pipeline.evaluate.labels import FORMS, export_folder, import_labels
from pipeline.evaluate.labels.tasks import Region, losses_of, to_gold, to_task
from pipeline.evaluate.reading import read_article
from pipeline.records import DIRECTIONS, STATUSES
from tests.evaluate.samples import labelled, wanted

TEXT = (
    "Acme said Monday it named Ana Ruiz chief executive and chairman.\n\n"
    "Ben Cole, head of sales at Bolt Inc., left in October. “Ben was the best,” said Ms. Ruiz of Acme.\n"
)
EVENTS = (
    wanted("Ana Ruiz", "chief executive", "Acme", date="2024-10-14", evidence="named Ana Ruiz chief executive"),
    wanted("Ana Ruiz", "chairman", "Acme", date="2024-10-14", evidence="named Ana Ruiz chief executive"),
    wanted("Ben Cole", ["head of sales", None], "Bolt Inc.", ["departed", "resigned"], status="planned"),
    wanted("Cole Ruiz", None, None, "died", scope="background", evidence="left in October. “Ben was"),
    wanted("Ben Cole", "head of sales", "Acme", "promoted", evidence="chairman. Ben Cole"),
)
LOSSLESS = sorted(form for form, held in ((name, FORMS[name].held) for name in FORMS) if "notes" in held)


def gold_of(*events: GoldEvent, published: date | None = date(2024, 10, 15)) -> GoldArticle:
    return GoldArticle("a1.txt", published, events, Path("a1.yaml"))


def there_and_back(gold: GoldArticle, text: str, form: str, folder: Path) -> tuple[GoldArticle, list[str], list[str]]:
    """The gold that comes back, the losses announced on the way out, and those on the way in."""
    task = to_task(gold, text)
    output = folder / ("out" if form == "brat" else "out.json")
    FORMS[form].write([task], output)
    (found,), problems = FORMS[form].read(output)
    assert found.text == text
    back, more = to_gold(found)
    return back, list(losses_of(task, FORMS[form].held, form)), problems + more


def plain(events: tuple[GoldEvent, ...]) -> list[GoldEvent]:
    return [replace(event, line=0) for event in events]


@pytest.mark.parametrize("form", LOSSLESS)
def test_a_round_trip_keeps_every_row(tmp_path: Path, form: str) -> None:
    back, losses, problems = there_and_back(gold_of(*EVENTS), TEXT, form, tmp_path)
    assert plain(back.events) == plain(EVENTS)
    assert problems == []
    if form == "brat":
        assert (back.published, losses) == (None, ["a1.yaml: published 2024-10-15 is not held by brat"])
    else:
        assert (back.published, losses) == (date(2024, 10, 15), [])


def test_what_doccano_cannot_hold_is_said(tmp_path: Path) -> None:
    back, losses, problems = there_and_back(gold_of(*EVENTS), TEXT, "doccano", tmp_path)
    assert losses == [
        "a1.yaml:1: evidence null is not held by doccano",
        "a1.yaml:1: role head of sales | null is not held by doccano",
        "a1.yaml:1: action departed | resigned is not held by doccano",
        "a1.yaml:1: person Cole Ruiz is not held by doccano",
    ]
    assert len(problems) == 1
    assert "event at 104-129 has no person" in problems[0]
    kept = [
        EVENTS[0],
        EVENTS[1],
        replace(EVENTS[2], role=("head of sales",), action=("departed",), evidence="Ben Cole"),
        EVENTS[4],
    ]
    assert plain(back.events) == plain(tuple(kept))


words = st.sampled_from(["Ana Ruiz", "Ben Cole", "Acme", "head of sales", "chief executive", "Nobody", "a\tb"])
events = st.builds(
    wanted,
    person=words,
    role=st.lists(st.none() | words, min_size=1, max_size=2, unique=True),
    company=st.none() | words,
    action=st.sampled_from(sorted(DIRECTIONS)),
    date=st.sampled_from([None, "2024", "2024-10-07"]),
    status=st.sampled_from(STATUSES),
    scope=st.sampled_from(["news", "background"]),
    evidence=st.none() | st.sampled_from(["named Ana Ruiz", "left in October", "not there", "chairman. Ben"]),
)


def numbered(rows: list[GoldEvent]) -> list[GoldEvent]:
    """Rows with a line each, so that a loss can be told from its neighbours'."""
    return [replace(row, line=line) for line, row in enumerate(rows, start=1)]


@pytest.mark.parametrize("form", sorted(FORMS))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(rows=st.lists(events, max_size=4).map(numbered))
def test_rows_come_back_unless_said_otherwise(tmp_path: Path, form: str, rows: list[GoldEvent]) -> None:
    back, losses, problems = there_and_back(gold_of(*rows, published=None), TEXT, form, tmp_path)
    said = {int(loss.split(":")[1]) for loss in losses}
    assert (said == set()) or form == "doccano"
    unhurt = [replace(row, line=0) for row in rows if row.line not in said]
    if not said:
        assert problems == []
        assert plain(back.events) == unhurt
    else:
        assert all(row in plain(back.events) for row in unhurt)


def test_folders_of_gold_go_out_and_come_in(tmp_path: Path) -> None:
    answers, articles = tmp_path / "answers", tmp_path / "articles"
    answers.mkdir()
    articles.mkdir()
    (articles / "a1.txt").write_text(TEXT, encoding="utf-8")
    (articles / "q.txt").write_text("The weather in the north will stay dry and mild for the rest of the week.\n")
    (answers / "a1.yaml").write_text(gold_yaml(gold_of(*EVENTS)), encoding="utf-8")
    quiet = GoldArticle("q.txt", None, (), Path("q.yaml"))
    (answers / "q.yaml").write_text(gold_yaml(quiet), encoding="utf-8")
    for form in LOSSLESS:
        out = tmp_path / form
        sent = export_folder(answers, articles, form, out, read_article=read_article)
        came = import_labels(out, form, tmp_path / f"{form}-back")
        assert (sent.articles, sent.events) == (came.articles, came.events) == (2, 5)
        assert came.losses == ()
        found = read_gold_folder(tmp_path / f"{form}-back")
        assert [gold.article for gold in found] == ["a1.txt", "q.txt"]
        assert plain(found[0].events) == plain(EVENTS)
        with pytest.raises(InputError, match="exists; labels are never replaced"):
            import_labels(out, form, tmp_path / f"{form}-back")


def test_a_trigger_with_two_roles_is_two_rows(tmp_path: Path) -> None:
    path = tmp_path / "export.json"
    FORMS["label-studio"].write([to_task(labelled(EVENTS[0]), TEXT)], path)
    (item,) = json.loads(path.read_text())
    start = TEXT.index("chairman")
    item["annotations"][0]["result"] += [
        {"id": "x", "type": "labels", "value": {"start": start, "end": start + 8, "labels": ["role"]}},
        {"type": "relation", "from_id": "e0", "to_id": "x", "labels": ["role"]},
    ]
    path.write_text(json.dumps([item]))
    (task,), _ = FORMS["label-studio"].read(path)
    gold, losses = to_gold(task)
    assert [event.role for event in gold.events] == [("chief executive",), ("chairman",)]
    assert losses == []


def test_what_a_person_drew_anew_beats_the_note() -> None:
    """The note says the person is "Cole Ruiz"; the labeller ties "Ben Cole" to the trigger instead."""
    task = to_task(labelled(EVENTS[3]), TEXT)
    start = TEXT.index("Ben Cole")
    drawn = replace(task.events[0], arguments=(Region(start, start + 8, "person"),))
    gold, _ = to_gold(replace(task, events=(drawn,)))
    assert gold.events[0].person == ("Ben Cole",)


@pytest.mark.parametrize(
    ("form", "change", "message"),
    [
        ("label-studio", ('"appointed"', '"hired"'), "has unknown action 'hired' (known: appointed,"),
        (
            "label-studio",
            ('"article": "a1.txt"', '"article": null'),
            "names no article; it becomes task_1.txt",
        ),
        ("label-studio", ('"labels": ["person"]', '"labels": ["nobody"]'), "unknown action 'nobody'"),
        ("doccano", ('"type": "person"', '"type": "who"'), None),
        ("prodigy", ('"answer": "accept"', '"answer": "reject"'), "answered 'reject'; left out"),
        ("prodigy", ('"status": "done"', '"status": "sure"'), "has unknown status 'sure'"),
    ],
)
def test_labels_that_make_no_row_are_named(
    tmp_path: Path, form: str, change: tuple[str, str], message: str | None
) -> None:
    path = tmp_path / "export.json"
    FORMS[form].write([to_task(labelled(EVENTS[0]), TEXT)], path)
    text = re.sub(r"\s*\n\s*(?=[\"\]])", "", path.read_text())
    assert change[0] in text
    path.write_text(text.replace(*change))
    report = import_labels(path, form, tmp_path / "answers")
    if message is None:
        assert report.events == 1
    else:
        assert any(message in loss for loss in report.losses), report.losses


@pytest.mark.parametrize("form", sorted(set(FORMS) - {"brat"}))
@pytest.mark.parametrize("text", ["not json", "[1]", '{"text": 1}', '[{"data": {}}]'])
def test_a_file_of_another_form_is_refused(tmp_path: Path, form: str, text: str) -> None:
    path = tmp_path / "export.json"
    path.write_text(text)
    with pytest.raises(InputError, match="export"):
        import_labels(path, form, tmp_path / "answers")
    assert not (tmp_path / "answers").exists()


def test_brat_spans_are_cut_at_line_breaks(tmp_path: Path) -> None:
    task = to_task(labelled(EVENTS[4]), TEXT)
    FORMS["brat"].write([task], tmp_path)
    lines = (tmp_path / "a1.txt.ann").read_text().splitlines()
    assert lines[0].split("\t")[1].count(";") == 1
    assert lines[0].endswith("\tchairman. Ben Cole")
    assert "appointed\tperson*:person" in (tmp_path / "annotation.conf").read_text()


def test_brat_names_what_it_does_not_understand(tmp_path: Path) -> None:
    (tmp_path / "a1.txt.txt").write_text(TEXT)
    (tmp_path / "a1.txt.ann").write_text(
        "T1\tappointed 20 25\tnamed\nT2\tperson 26 34\tAna Ruiz\nE1\tappointed:T1 person:T2\n"
        "#1\tAnnotatorNotes E1\tsure about this?\nA1\tstatus E9 done\nE2\tappointed:T7\n"
        "R1\tgets Arg1:T1 Arg2:T2\n"
    )
    report = import_labels(tmp_path, "brat", tmp_path / "answers")
    assert report.events == 1
    assert [loss.split(": ", 1)[1] for loss in report.losses] == [
        "event names a span that is not there",
        "note is not understood: 'sure about this?'",
        "status belongs to no event",
        "gets belongs to no event",
    ]
