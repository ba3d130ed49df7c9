"""SQuAD's adapter, on two paragraphs of our own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ask_debbie.errors import AskDebbieError
from ask_debbie.evaluation.squad import SquadItem, read_squad, run_squad
from ask_debbie.evaluation.throwaway import Throwaway
from ask_debbie.settings import Settings

CONTEXT = "The lighthouse at Kvalnes was built in 1871. Its lamp burns whale oil, and two keepers tend it."


def item(question: str, *answers: str) -> SquadItem:
    return SquadItem(
        id=question,
        title="Kvalnes_Light",
        question=question,
        context=CONTEXT,
        answers=answers,
        is_impossible=not answers,
    )


def test_right_answers_and_right_silence_are_counted_apart(models_dir: Path) -> None:
    items = (
        item("When was the lighthouse at Kvalnes built?", "1871"),
        item("What does the lamp burn?", "coal gas"),
        item("Which helicopter company supplies Kvalnes with Kubernetes?"),
    )
    with Throwaway(Settings(engine="extractive", models_dir=models_dir)) as make:
        study = run_squad(make, items)

    figures = {figure.name: (figure.value, figure.count) for figure in study.figures}
    assert figures == {
        "answers rightly": (0.5, 2),
        "abstains rightly": (1.0, 1),
        "right, all": (pytest.approx(2 / 3), 3),
        "declined as off its subject": (0.0, 3),
    }
    assert [(case.question, case.why) for case in study.cases] == [
        ("What does the lamp burn?", "the answer is coal gas; it answered")
    ]
    assert study.run == "extractive"


def test_a_file_is_read_and_a_bad_one_told_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "squad.jsonl"
    path.write_text(json.dumps(item("Who?", "they").model_dump() | {"para": 3}) + "\n\n")
    assert read_squad(path) == (item("Who?", "they"),)
    path.write_text('{"id": "x"}')
    with pytest.raises(AskDebbieError, match="isn't JSON lines of SQuAD"):
        read_squad(path)
    with pytest.raises(AskDebbieError, match="can't be read"):
        read_squad(tmp_path / "absent.jsonl")
