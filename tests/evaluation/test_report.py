"""The report: one file, no network, everything escaped, and what changed since."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from ask_debbie.errors import AskDebbieError
from ask_debbie.evaluation.comparison import compare
from ask_debbie.evaluation.report import show, write_report
from ask_debbie.evaluation.results import Case, Figure, Results, Study
from tests.evaluation.studies import outcome, results_of

HOSTILE = '<script>alert(1)</script> $a$ & "quoted" \' </style>'


class Page(HTMLParser):
    """What a browser would load or run, and the answers with their data."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.loads: list[str] = []
        self.handlers: list[str] = []
        self.answers: list[dict[str, str | None]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name in {"src", "href", "xlink:href", "action"} and not (value or "").startswith("#"):
                self.loads.append(value or "")
            if name.startswith("on"):
                self.handlers.append(name)
        if "answer" in (dict(attrs).get("class") or "").split():
            self.answers.append(dict(attrs))


def written(results: Results, tmp_path: Path, earlier: Results | None = None) -> str:
    path = tmp_path / "new" / "report.html"
    write_report(results, path, earlier)
    return path.read_text(encoding="utf-8")


def test_it_is_one_file_that_loads_nothing_and_escapes_everything(tmp_path: Path) -> None:
    bad = outcome(
        HOSTILE, HOSTILE, category=HOSTILE, turns=(HOSTILE,), failures=(HOSTILE,), unsupported=(HOSTILE,)
    )
    study = Study(
        name=HOSTILE,
        run=HOSTILE,
        method=HOSTILE,
        figures=(Figure(name=HOSTILE, value=0.5, low=0.1, high=0.9, count=2, unit="share"),),
        cases=(Case(group=HOSTILE, question=HOSTILE, answer=HOSTILE, why=HOSTILE),),
    )
    results = results_of((HOSTILE, [bad]), machine=HOSTILE, studies=(study,))

    text = written(results, tmp_path)
    page = Page(text)

    assert page.tags.count("script") == 1
    assert page.loads == []
    assert page.handlers == []
    assert "alert(1)" in text
    assert not re.search(r"<script>alert", text)
    assert "url(http" not in text and "@import" not in text


def test_the_script_is_the_one_that_the_policy_allows(tmp_path: Path) -> None:
    import base64
    import hashlib

    text = written(results_of(("extractive", [outcome("a", "Yes [1].")])), tmp_path)
    match = re.search(r"<script>(.*?)</script>", text, re.DOTALL)

    assert match
    assert f"'sha256-{base64.b64encode(hashlib.sha256(match[1].encode()).digest()).decode()}'" in text


def test_every_question_shows_each_run_with_its_proof(tmp_path: Path) -> None:
    right = outcome("facts-001", "He trained 5 volunteers [1].")
    wrong = outcome("facts-001", "He trained nobody.", failures=("It doesn't say 5.",))
    results = results_of(("extractive", [right]), ("local:small", [wrong]))

    text = written(results, tmp_path)
    answers = Page(text).answers

    assert [(a["data-run"], a["data-right"]) for a in answers] == [("extractive", "1"), ("local:small", "0")]
    for shown in ("Trained 5 volunteers", "resume.md › Rhine Aquarium › Aquarist", "It doesn&#39;t say 5."):
        assert shown in text
    assert "Evidence found at 2, no place" in text
    assert "whole 8 ms" in text
    assert text.count("<svg") == 3


def test_what_changed_since_stands_beside_what_was(tmp_path: Path) -> None:
    earlier = results_of(
        (
            "extractive",
            [
                outcome("a", "Old a.", failures=("It is abstained.",)),
                outcome("b", "Old b."),
                outcome("c", "Old c."),
                outcome("d", "Same."),
            ],
        ),
        date="2026-10-01",
    )
    results = results_of(
        (
            "extractive",
            [
                outcome("a", "New a."),
                outcome("b", "New b.", failures=("It is declined.",)),
                outcome("c", "New c."),
                outcome("d", "Same."),
                outcome("e", "First asked now."),
            ],
        )
    )

    text = written(results, tmp_path, earlier)

    changes = [a["data-change"] for a in Page(text).answers]
    assert changes == ["newly right", "newly wrong", "other words", "", ""]
    assert "1 answers are newly right, 1 newly wrong, 1 only in other words." in text
    for old in ("Old a.", "Old b.", "Old c."):
        assert old in text
    assert text.count("Before:") == 3


def test_differences_and_figures_are_in_words(tmp_path: Path) -> None:
    base = [outcome("a", "A."), outcome("b", "B.", failures=("No.",))]
    other = [outcome("a", "A."), outcome("b", "B.")]
    results = results_of(("extractive", base), ("local:small", other))
    figure = Figure(name="evidence_at_5", value=0.842, low=0.801, high=0.876, count=225, unit="share")
    results = results.model_copy(
        update={
            "comparisons": (compare(*results.runs),),
            "figures": {"extractive": {"mateo": {"all": (figure,), "facts": (figure,)}}},
        }
    )

    text = written(results, tmp_path)

    assert "+50.0 points" in text
    assert "Only local:small has right: b" in text
    assert "84.2 % (80.1–87.6)" in text
    assert "evidence at 5" in text


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        (Figure(name="x", value=None, low=None, high=None, count=0, unit="share"), "–"),
        (Figure(name="x", value=1.0, low=0.9, high=1.0, count=9, unit="share"), "100.0 % (90.0–100.0)"),
        (Figure(name="x", value=12345.6, low=1.23, high=20.0, count=9, unit="ms"), "12,346 ms (1.2–20)"),
        (Figure(name="x", value=3.0, low=None, high=None, count=9, unit="count"), "3"),
    ],
)
def test_figures_are_shown_in_few_characters(figure: Figure, text: str) -> None:
    assert show(figure) == text


def test_results_without_runs_make_a_report_too(tmp_path: Path) -> None:
    assert "<svg" not in written(results_of(), tmp_path)


def test_a_place_that_cannot_be_written_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(AskDebbieError, match="can't be written"):
        write_report(results_of(), tmp_path / "file" / "report.html")
