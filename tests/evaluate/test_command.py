"""The commands `evaluate` and `gold`, with an extractor that gives prepared answers."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest
from click.testing import CliRunner, Result

from pipeline.cli import cli
from pipeline.errors import NewsmovesError
from pipeline.evaluate.gold import read_gold
from pipeline.records import EventMention
from pipeline.tables import EVENT_MENTIONS, REJECTIONS, articles_of, to_batch
from tests.evaluate.samples import answer

TEXT = "Acme said on Monday that it had named Ana Ruiz as its chief executive. Ben Cole resigned as chairman.\n"
QUIET = "The weather in the north of the country will stay dry and mild for the rest of the week.\n"
REST = "date: null, status: done, scope: news"
GOLD = f"""\
article: a1.txt
published: null
events:
- {{person: Ana Ruiz, role: chief executive, company: Acme, action: appointed, {REST}}}
- {{person: Ben Cole, role: chairman, company: Acme, action: resigned, {REST}}}
"""
RIGHT = answer(mention_id="m1")
ALSO_RIGHT = answer("Ben Cole", "chairman", "Acme", "resigned", mention_id="m2")
WRONG = answer("Ben Cole", "director", "Acme", "resigned", mention_id="m2")


class Prepared:
    """Gives the answers put into it for articles that name Ana Ruiz, and notes the dates it was given."""

    def __init__(self) -> None:
        self.answers: list[EventMention] = [RIGHT, WRONG]
        self.published: list[str | None] = []

    def run(self, batch: pa.RecordBatch) -> tuple[pa.RecordBatch, pa.RecordBatch]:
        rows = []
        for article in articles_of(batch):
            self.published.append(article.published_at.date().isoformat() if article.published_at else None)
            if "Ana Ruiz" in article.text:
                rows += [replace(row, article_id=article.article_id) for row in self.answers]
        return to_batch(rows, EVENT_MENTIONS), to_batch([], REJECTIONS)


@pytest.fixture(autouse=True)
def prepared(monkeypatch: pytest.MonkeyPatch) -> Prepared:
    extractor = Prepared()
    monkeypatch.setattr("pipeline.evaluate.command.extractor", lambda *_, **__: extractor)
    return extractor


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    folder = tmp_path / "gold" / "answers"
    folder.mkdir(parents=True)
    (folder / "a1.yaml").write_text(GOLD)
    (folder / "q.yaml").write_text("article: q.txt\npublished: null\nevents: []\n")
    articles = tmp_path / "gold" / "articles"
    articles.mkdir()
    (articles / "a1.txt").write_text(TEXT)
    (articles / "q.txt").write_text(QUIET)
    return folder


def call(*arguments: str | Path, fails: bool = False) -> Result:
    result = CliRunner().invoke(cli, [str(argument) for argument in arguments])
    if not fails:
        assert result.exit_code == 0, result.output
    return result


def test_scores_as_a_table_and_as_json(answers: Path) -> None:
    lines = call("evaluate", "--gold", answers).output.splitlines()
    assert lines[0] == (
        "2 articles, 2 gold rows, 2 predicted rows; 1 articles without events, 0.0 spurious rows per 100 of them"
    )
    assert lines[2].split()[:7] == ["event", "1.000", "1.000", "1.000", "2", "2", "2"]
    assert lines[3].split()[:7] == ["tuple", "0.500", "0.500", "0.500", "1", "2", "2"]
    data = json.loads(call("evaluate", "--gold", answers, "--json").stdout)
    assert data["levels"]["tuple"]["f1"] == 0.5
    assert data["by_slot"]["role"] == {
        "precision": 0.5, "recall": 0.5, "f1": 0.5, "correct": 1, "predicted": 2, "wanted": 2
    }  # fmt: skip


def test_errors_are_listed(answers: Path) -> None:
    output = call("evaluate", "--gold", answers, "--errors").output
    assert "== a1.txt  WRONG: role\n" in output
    assert "text: Ben Cole resigned as chairman." in output


def test_the_date_given_counts_where_the_article_has_none(prepared: Prepared, answers: Path, tmp_path: Path) -> None:
    call("evaluate", "--gold", answers, "--published", "1989-11-02")
    assert prepared.published == ["1989-11-02", "1989-11-02"]
    (tmp_path / "gold" / "articles" / "a1.txt").write_text(f"---\ndate: 2024-10-15\n---\n{TEXT}")
    prepared.published.clear()
    call("evaluate", "--gold", answers, "--published", "1989-11-02")
    assert prepared.published == ["2024-10-15", "1989-11-02"]


def test_the_date_of_a_gold_file_is_not_given_away(prepared: Prepared, answers: Path) -> None:
    (answers / "a1.yaml").write_text(GOLD.replace("published: null", "published: 2024-10-15"))
    call("evaluate", "--gold", answers)
    assert prepared.published == [None, None]


def test_a_run_is_saved_and_compared(prepared: Prepared, answers: Path, tmp_path: Path) -> None:
    saved = tmp_path / "run.json"
    call("evaluate", "--gold", answers, "--save", saved)
    prepared.answers = [RIGHT, ALSO_RIGHT]
    output = call("evaluate", "--gold", answers, "--against", saved).output
    assert "1 rows became right" in output
    assert "a1.txt: Ben Cole; chairman; Acme; resigned; -; done; news  [wrong: role -> right]" in output
    data = json.loads(call("evaluate", "--gold", answers, "--against", saved, "--json").stdout)
    assert data["against"]["levels"]["tuple"]["f1_before"] == 0.5
    assert len(data["against"]["became_right"]) == 1


def test_the_same_run_gives_the_same_bytes(prepared: Prepared, answers: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    call("evaluate", "--gold", answers, "--save", one, "--html", f"{one}.html")
    prepared.answers = [WRONG, RIGHT]
    call("evaluate", "--gold", answers, "--save", two, "--html", f"{two}.html")
    assert one.read_bytes() == two.read_bytes()
    assert Path(f"{one}.html").read_bytes() == Path(f"{two}.html").read_bytes()


def test_floors_are_set_held_and_lowered_with_a_reason(prepared: Prepared, answers: Path, tmp_path: Path) -> None:
    floors = tmp_path / "floors.json"
    base = ("evaluate", "--gold", answers, "--floors", floors)
    assert isinstance(call(*base, fails=True).exception, NewsmovesError)
    call(*base, "--raise-floors")
    call(*base)
    prepared.answers = [RIGHT]
    result = call(*base, fails=True)
    assert result.exit_code == 1
    assert "event_f1 is 0.666, below its floor 1" in result.stderr
    assert call(*base, "--lower-floors", fails=True).exit_code == 2
    call(*base, "--lower-floors", "--reason", "chairman rule was wrong")
    call(*base)
    noted = json.loads(floors.read_text())["lowered"]
    assert noted[0] == {
        "name": "event_f1", "before": 1.0, "after": 0.666, "reason": "chairman rule was wrong"
    }  # fmt: skip


def test_changed_gold_needs_a_new_pin(answers: Path, tmp_path: Path) -> None:
    floors = tmp_path / "floors.json"
    base = ("evaluate", "--gold", answers, "--floors", floors)
    call(*base, "--raise-floors")
    (answers / "q.yaml").write_text("article: q.txt\npublished: null\nevents: [] # still none\n")
    result = call(*base, fails=True)
    assert result.exit_code == 1
    assert "the gold files changed" in result.stderr
    assert "add --repin" in str(call(*base, "--raise-floors", fails=True).exception)
    call(*base, "--repin")
    call(*base)


@pytest.mark.parametrize(
    "options",
    [("--raise-floors",), ("--repin",), ("--reason", "because"), ("--lower-floors", "--reason", "x")],
)
def test_options_that_need_others(answers: Path, options: tuple[str, ...]) -> None:
    assert call("evaluate", "--gold", answers, *options, fails=True).exit_code == 2


def test_an_article_that_is_not_there(answers: Path) -> None:
    (answers / "b.yaml").write_text(GOLD.replace("a1.txt", "gone.txt"))
    error = call("evaluate", "--gold", answers, fails=True).exception
    assert isinstance(error, NewsmovesError)
    assert "article 'gone.txt' is not in" in str(error)


def test_an_article_that_is_not_read_is_named_and_scored(answers: Path, tmp_path: Path) -> None:
    (tmp_path / "gold" / "articles" / "a1.txt").write_text("   \n")
    result = call("evaluate", "--gold", answers)
    assert "not read: a1.txt: empty" in result.stderr
    assert "2 gold rows, 0 predicted rows" in result.stdout


def test_labels_at_odds_with_the_text_are_named(answers: Path) -> None:
    (answers / "a1.yaml").write_text(GOLD.replace("Ben Cole", "Bert Cole"))
    assert "a1.yaml:5: person 'Bert Cole' does not occur in a1.txt" in call("evaluate", "--gold", answers).stderr


def test_a_draft_is_written_once(answers: Path, tmp_path: Path) -> None:
    article, output = answers.parent / "articles" / "a1.txt", tmp_path / "draft.yaml"
    call("gold", "new", article, "-o", output)
    assert [event.person for event in read_gold(output).events] == [("Ana Ruiz",), ("Ben Cole",)]
    assert call("gold", "new", article).stdout == output.read_text()
    assert "exists" in str(call("gold", "new", article, "-o", output, fails=True).exception)


def test_check_tells_all_and_fails(answers: Path) -> None:
    assert call("gold", "check", answers).output == "2 gold files, 2 events, 1 without events, 0 problems\n"
    (answers / "a1.yaml").write_text(GOLD.replace("done", "sure"))
    result = call("gold", "check", answers, fails=True)
    assert result.exit_code == 1
    assert "a1.yaml:4: unknown status 'sure'" in result.stderr


def test_export_and_import(answers: Path, tmp_path: Path) -> None:
    out = tmp_path / "labels.jsonl"
    result = call("gold", "export", answers, "--format", "doccano", "-o", out)
    assert result.stdout == "2 articles, 2 events; 2 values not held\n"
    assert "a1.yaml:4: evidence null is not held by doccano" in result.stderr
    result = call("gold", "import", out, "--format", "doccano", "-o", tmp_path / "back")
    assert result.stdout == "2 articles, 2 events; 0 labels not understood\n"
    assert call("gold", "check", tmp_path / "back", "--articles", answers.parent / "articles").exit_code == 0
