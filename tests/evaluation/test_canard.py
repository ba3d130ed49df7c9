"""CANARD's adapter, on a dialogue of our own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from ask_debbie.errors import AskDebbieError
from ask_debbie.evaluation.canard import CanardItem, complete, read_canard, rouge_1, run_canard
from ask_debbie.evaluation.throwaway import Throwaway
from ask_debbie.settings import Settings

HISTORY = (
    "Ida Lund",
    "Boats",
    "What did she build?",
    "She built a pinnace called Skarv for the pilots of Bodø.",
)


def item(question: str, rewrite: str, history: tuple[str, ...] = HISTORY) -> CanardItem:
    return CanardItem.model_validate({"History": history, "Question": question, "Rewrite": rewrite})


@pytest.fixture
def make() -> Iterator[Throwaway]:
    with Throwaway(Settings(engine="extractive")) as made:
        yield made


def test_what_points_back_goes_on_from_the_answer_before(make: Throwaway) -> None:
    completed = complete(make, item("Who was that for?", "Who did Ida Lund build the pinnace for?"))
    assert completed.text == "Who was that for?"
    assert "pinnace" in completed.passages


def test_additions_are_counted_without_the_subjects_name(make: Throwaway) -> None:
    study = run_canard(
        make,
        [
            item("What did she build?", "What did Ida Lund build?", HISTORY[:2]),  # no follow-up
            item("Where did she sail?", "Where did Ida Lund sail?"),  # adds only the name
            item("Who was that for?", "Who was the pinnace Skarv for?"),
        ],
    )
    figures = {figure.name: figure for figure in study.figures}

    assert figures["exactly the same content"].count == 2
    assert figures["additions recalled"].count == 2
    assert figures["additions recalled, with the passages it goes on from"].value == 1.0
    assert figures["ROUGE-1 F"].count == 1
    assert study.cases == ()


def test_rouge_counts_stems_as_often_as_they_stand() -> None:
    assert rouge_1("built boats", "build boats boats") == pytest.approx(2 / 5)
    assert rouge_1("boats", "boat") == 1.0
    assert rouge_1("Ida sails", "Ida rows", without="Ida") == 0.0


def test_a_file_is_read_and_a_bad_one_told_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "canard.json"
    path.write_text(
        json.dumps([{"History": HISTORY, "Question": "Why?", "Rewrite": "Why Skarv?", "Question_no": 2}])
    )
    assert read_canard(path) == (item("Why?", "Why Skarv?"),)
    for text in ("{}", "[{}]", "["):
        path.write_text(text)
        with pytest.raises(AskDebbieError, match="isn't a JSON list"):
            read_canard(path)
    with pytest.raises(AskDebbieError, match="can't be read"):
        read_canard(tmp_path / "absent.json")
