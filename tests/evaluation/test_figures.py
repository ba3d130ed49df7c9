"""What outcomes add up to, how runs compare, and floors."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ask_debbie.answering.answer import Status
from ask_debbie.errors import AskDebbieError
from ask_debbie.evaluation.comparison import compare, in_words
from ask_debbie.evaluation.figures import figure, figures
from ask_debbie.evaluation.floors import below, read_floors
from ask_debbie.evaluation.intervals import bootstrap, wilson
from ask_debbie.evaluation.results import Outcome, Run
from ask_debbie.evaluation.summary import changes, summarise


def outcome(
    name: str,
    *expected: Status,
    status: Status = "answered",
    right: bool = True,
    ms: float = 10.0,
    **more: Any,
) -> Outcome:
    usage = {
        "prompt_tokens": more.pop("tokens", 0),
        "completion_tokens": 7,
        "cost_usd": more.pop("cost", None),
    }
    timings = {"retrieval_ms": 1.0, "first_token_ms": None, "first_text_ms": ms, "total_ms": ms}
    return Outcome(
        id=name,
        category=more.pop("category", "facts"),
        turns=("?",),
        expected=expected or ("answered",),
        answer={"status": status, "answer": "", "timings": timings, "usage": usage},
        failures=() if right else ("wrong",),
        **more,
    )


def run_of(*outcomes: Outcome, name: str = "fake", questions: str = "set") -> Run:
    return Run(name=name, questions=questions, outcomes=outcomes)


def value(outcomes: list[Outcome], name: str) -> tuple[float | None, int]:
    found = figure(figures(outcomes), name)
    assert (
        found.value is None
        or found.low is None
        or found.high is None
        or found.low <= found.value <= found.high
    )
    return found.value, found.count


def test_shares_of_answering_and_keeping_silent() -> None:
    outcomes = [
        outcome("a"),
        outcome("b", status="abstained", right=False),
        outcome("c", status="error", right=False),
        outcome("d", "abstained", status="abstained"),
        outcome("e", "abstained", status="answered", right=False),
        outcome("f", "declined", status="declined"),
        outcome("g", "declined", "abstained", status="abstained"),
        outcome("h", "abstained", "answered", status="abstained"),
        outcome("i", "declined", status="error", right=False),
    ]
    assert value(outcomes, "correct") == (5 / 9, 9)
    assert value(outcomes, "wrongly_unanswered") == (2 / 3, 3)
    assert value(outcomes, "abstention_precision") == (3 / 4, 4)  # b, d, f, g; h may do either
    assert value(outcomes, "abstention_recall") == (3 / 5, 5)
    assert value(outcomes, "declined") == (1 / 2, 2)


def test_evidence_and_citations() -> None:
    entries: dict[str, Any] = {"evidence": (("x",), ("y",))}
    outcomes = [
        outcome("a", **entries, ranks=(1, 2), cited=(True, True), apt=(True, False)),
        outcome("b", **entries, ranks=(None, 5), cited=(True, False), apt=(True,)),
        outcome("c", **entries, ranks=(None, None)),
        outcome("d", "answered", "abstained", **entries, ranks=(1, 1)),
        outcome("e", ranks=()),
    ]
    assert value(outcomes, "evidence_at_1") == (0, 3)
    assert value(outcomes, "evidence_at_3") == (1 / 3, 3)
    assert value(outcomes, "evidence_at_8") == (1 / 3, 3)
    assert value(outcomes, "evidence_mrr")[0] == pytest.approx((1 + 1 / 5) / 3)
    assert value(outcomes, "citation_recall") == (3 / 4, 4)
    assert value(outcomes, "citation_precision") == (2 / 3, 3)


def test_effort() -> None:
    outcomes = [
        outcome("a", ms=10, tokens=100, cost=0.5, unsupported=("x", "y")),
        outcome("b", ms=30, tokens=300),
        outcome("c", ms=1000),
    ]
    assert value(outcomes, "whole") == (30, 3)
    assert value(outcomes, "first_token") == (None, 0)
    assert value(outcomes, "prompt_tokens") == (200, 2)
    assert value(outcomes, "cost") == (0.5, 1)
    assert value(outcomes, "unsupported") == (2, 3)


def test_no_outcomes_have_no_figures() -> None:
    assert all(f.value is f.low is f.high is None and f.count == 0 for f in figures([]))


def test_intervals() -> None:
    assert wilson(8, 10) == pytest.approx((0.4902, 0.9433), abs=1e-4)  # Newcombe 1998's formula, by hand
    assert wilson(0, 5)[0] == 0
    import numpy as np

    assert bootstrap([1, 2, 3, 4], np.mean) == bootstrap([1, 2, 3, 4], np.mean)
    assert bootstrap([7, 7, 7], np.median) == (7, 7)


def test_paired_comparison() -> None:
    base = run_of(*(outcome(f"q{i}", right=i < 5) for i in range(12)), name="base")
    other = run_of(*(outcome(f"q{i}", right=i > 0) for i in range(11)), name="other")
    found = compare(base, other)
    assert found.gained == tuple(f"q{i}" for i in range(5, 11))
    assert found.lost == ("q0",)
    assert found.difference == pytest.approx(5 / 11)
    assert found.p == pytest.approx(2 * (1 + 7) / 2**7)
    assert found.low < found.difference < found.high
    assert "no more than noise" in in_words(found)
    assert "p = 0.125" in in_words(found)
    same = compare(base, base)
    assert (same.difference, same.low, same.high, same.p) == (0, 0, 0, 1)
    assert "same questions right" in in_words(same)
    assert compare(base, run_of(name="empty")).difference == 0


def test_results_hold_every_run_and_compare_with_the_first() -> None:
    runs = [
        run_of(outcome("a"), outcome("b", category="dates"), name=engine, questions=questions)
        for engine in ("one", "two")
        for questions in ("x", "y")
    ]
    results = summarise(runs)
    assert list(results.figures) == ["one", "two"]
    assert list(results.figures["two"]["y"]) == ["all", "facts", "dates"]
    assert [(c.base, c.other, c.questions) for c in results.comparisons] == [
        ("one", "two", "x"),
        ("one", "two", "y"),
    ]
    assert [c.other for c in changes(results, summarise(runs[2:]))] == ["two", "two"]
    assert changes(summarise([]), results) == ()


def test_floors(tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    path.write_text(
        '[fake.set]\ncorrect = 0.5\nwhole = 20\ncost = 1\n[local.set]\ncorrect = 0.9\n["local:b".set]\ncorrect = 0\n'
        "[fake.other]\ncorrect = 1\n"
    )
    floors = read_floors(path)
    good = run_of(outcome("a", cost=0.5, tokens=1))
    bad = run_of(outcome("a", right=False, ms=50))
    wrong = [run_of(outcome("a", right=False), name=f"local:{name}") for name in "ab"]
    assert below(floors, summarise([good])) == []
    assert below(floors, summarise([bad])) == [
        "fake · set: correct is 0, under its floor of 0.5.",
        "fake · set: whole is 50, and should be at most 20.",
        "fake · set: cost has nothing to count, and its floor is 1.",
    ]
    assert below(floors, summarise(wrong)) == ["local:a · set: correct is 0, under its floor of 0.9."]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[a.b]\ncorect = 1", "no figure has this name"),
        ("[a.b]\ncorrect = 'high'", "has to be a number"),
        ("a = 1", "a has to be a table"),
        ("[a", "isn't valid TOML"),
    ],
)
def test_floors_that_are_none(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "floors.toml"
    path.write_text(text)
    with pytest.raises(AskDebbieError, match=told):
        read_floors(path)


def test_our_floors_can_be_read() -> None:
    assert {"extractive", "local"} <= set(read_floors(Path(__file__).parent / "floors.toml"))
