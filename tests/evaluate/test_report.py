"""The error report: what the page says, and that a real browser runs it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path

import pytest

from pipeline.evaluate.mistakes import error_text, mistakes_of, sentences
from pipeline.evaluate.report import Span, marked, report_html
from pipeline.evaluate.run import EvaluationRun
from pipeline.records import Evidence, Rejection
from tests.evaluate.runs import Case, run_of
from tests.evaluate.samples import answer, wanted

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

ONE = "Acme named Ana Ruiz chief executive. Mr. B. Cole of Bolt resigned as chairman & quit <i>all</i> boards."
TWO = "Zed said Dana Fox left. It gave no reason."


def piece(text: str, words: str, trigger: str, rule: str) -> Evidence:
    start = text.index(words)
    return Evidence(start, start + len(words), words, trigger, rule)


@pytest.fixture
def run() -> EvaluationRun:
    """One wrong row, one missed, one spurious, one background row that differs and costs nothing."""
    first = piece(ONE, "Acme named Ana Ruiz chief executive.", "named", "appoint.name")
    second = piece(ONE, "Mr. B. Cole of Bolt resigned as chairman", "resigned", "resign.verb")
    gone = Rejection(
        "one.txt", "extract", ONE.index("quit"), ONE.index("quit") + 4, "quit", "resign.quit", "missing_slot"
    )
    return run_of(
        {
            "one.txt": Case(
                ONE,
                [
                    wanted(evidence="named Ana Ruiz chief executive"),
                    wanted("B. Cole", "chairman", "Bolt", "resigned", evidence="resigned as chairman"),
                    wanted("B. Cole", "director", "Zed", "resigned", scope="background"),
                ],
                [
                    answer(role="executive", evidence=[first]),
                    answer("B. Cole", "janitor", "Zed", "departed", evidence=[second]),
                ],
                [gone],
            ),
            "two.txt": Case(
                TWO,
                [],
                [
                    answer(
                        "Dana Fox",
                        None,
                        "Zed",
                        "departed",
                        evidence=[piece(TWO, TWO[:23], "left", "depart.leave")],
                    )
                ],
            ),
        }
    )


def test_every_row_that_is_not_right_is_listed(run: EvaluationRun) -> None:
    found = [(item.article, item.kind, item.slots, item.counted) for item in mistakes_of(run)]
    assert found == [
        ("one.txt", "wrong", ("role",), True),
        ("one.txt", "wrong", ("role", "action"), False),
        ("one.txt", "missed", (), True),
        ("two.txt", "spurious", (), True),
    ]


def test_the_listing_for_a_terminal(run: EvaluationRun) -> None:
    blocks = list(error_text(run))
    assert blocks[0] == (
        "== one.txt  WRONG: role\n"
        "  gold      Ana Ruiz ; chief executive ; Acme ; appointed ; - ; done ; news\n"
        "  predicted Ana Ruiz ; executive ; Acme ; appointed ; - ; done ; news\n"
        "    [appoint.name: named] Acme named Ana Ruiz chief executive.\n"
        "    evidence: named Ana Ruiz chief executive\n"
    )
    assert "(background, costs nothing)" in blocks[1]
    assert "    rejected resign.quit: missing_slot (quit)" in blocks[2]
    assert [line.split() for line in blocks[4:]] == [
        ["rule", "rows", "event", "right", "tuple", "right"],
        ["appoint.name", "1", "1", "0"],
        ["depart.leave", "1", "0", "0"],
        ["resign.verb", "1", "1", "0"],
        [],
    ]


def test_a_missed_row_without_evidence_shows_sentences_of_the_surname() -> None:
    found = run_of({"a": Case("Ms Ruiz left. Cole stayed.\nRuiz's aide spoke. Ruiz won.", [wanted()])})
    block = next(error_text(found))
    assert block.splitlines()[2:] == ["    text: Ms Ruiz left.", "    text: Ruiz's aide spoke."]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two!\nThree", ["One.", "Two!", "Three"]),
        ("J. P. Morgan Inc. named Mr. Fox. He left.", ["J. P. Morgan Inc. named Mr. Fox.", "He left."]),
        ("“Yes.” She went.\n\n- a list\n", ["“Yes.”", "She went.", "- a list"]),
        ("", []),
        ("  \n ", []),
    ],
)
def test_sentences(text: str, parts: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == parts


def test_overlapping_spans_share_a_mark() -> None:
    spans = [Span(0, 5, "gold", "gold role"), Span(3, 8, "pred", "predicted role")]
    assert marked("ab<de fgh i", 0, 11, spans) == (
        '<mark class="gold" title="gold role">ab&lt;</mark>'
        '<mark class="gold pred" title="gold role; predicted role">de</mark>'
        '<mark class="pred" title="predicted role"> fg</mark>h i'
    )


def test_the_page_needs_nothing_but_itself(run: EvaluationRun) -> None:
    page = report_html(run)
    assert not re.search(r"(?:src|href|url)\s*[=(]\s*[\"']?(?!data:)[a-z/.]", page)
    assert "://" not in page
    assert "<!--" not in page
    assert "&lt;i&gt;all" in page
    assert "<i>all" not in page


def in_browser(page: str, script: str, folder: Path) -> tuple[object, str]:
    """Open a page from disk without a network, run a script at its end, and give back what it returns.

    The script's value comes back through the title of the page; the second value is the console.
    """
    path = folder / "report.html"
    watch = (
        "<script>window.faults = [];"
        "window.addEventListener('error', (e) => window.faults.push(String(e.message)));"
        "document.addEventListener('securitypolicyviolation', (e) => window.faults.push(e.blockedURI));"
        "</script>"
    )
    ending = f"<script>document.title = JSON.stringify((() => {{ {script} }})());</script></body>"
    armed = page.replace("<style>", watch + "<style>", 1).replace("</body>", ending)
    path.write_text(armed, encoding="utf-8")
    options = [f"--user-data-dir={folder / 'profile'}", "--host-resolver-rules=MAP * ~NOTFOUND"]
    options += ["--headless=new", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", "--dump-dom"]
    command = [str(BROWSER), *options, path.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    title = re.search(r"<title>(.*?)</title>", done.stdout, re.DOTALL)
    assert title is not None
    console = "\n".join(line for line in done.stderr.splitlines() if "CONSOLE" in line)
    return json.loads(unescape(title.group(1))), console


_SCRIPT = """
const shown = () => rows.filter((row) => !row.hidden && row.offsetHeight > 0).length;
const set = (name, value) => {
  const field = form.elements[name];
  if (field.type === "checkbox") field.checked = value; else field.value = value;
  field.dispatchEvent(new Event("input", {bubbles: true}));
  const count = shown();
  if (field.type === "checkbox") field.checked = true; else field.value = "";
  field.dispatchEvent(new Event("input", {bubbles: true}));
  return count;
};
return {
  all: shown(),
  missed: set("kind", "missed"),
  wrong: set("kind", "wrong"),
  action_slot: set("slot", "action"),
  resigned: set("action", "resigned"),
  leave_rule: set("rule", "depart.leave"),
  rejected_rule: set("rule", "resign.quit"),
  text: set("text", "DANA"),
  counted: set("free", false),
  again: shown(),
  output: document.getElementById("shown").textContent,
  choices: Array.from(form.elements.rule.options).map((option) => option.value),
  trigger: document.querySelector("#rows mark.trigger").textContent,
  shaded: getComputedStyle(document.querySelector("mark.pred")).backgroundColor,
  faults: window.faults,
};
"""


@pytest.mark.skipif(BROWSER is None, reason="no Chromium here; CI installs one")
def test_the_page_runs_in_a_browser_and_its_filters_work(run: EvaluationRun, tmp_path: Path) -> None:
    found, console = in_browser(report_html(run), _SCRIPT, tmp_path)
    assert found == {
        "all": 4,
        "missed": 1,
        "wrong": 2,
        "action_slot": 1,
        "resigned": 2,
        "leave_rule": 1,
        "rejected_rule": 2,
        "text": 1,
        "counted": 3,
        "again": 4,
        "output": "4 of 4 rows",
        "choices": ["", "appoint.name", "depart.leave", "resign.quit", "resign.verb"],
        "trigger": "named",
        "shaded": "rgb(191, 219, 254)",
        "faults": [],
    }
    assert console == ""
