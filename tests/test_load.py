"""Many visitors at once, as locust plays them: nobody is refused, cut off or left without an answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.load import measure, served

pytestmark = pytest.mark.slow


def test_a_hundred_visitors_are_all_answered(models_dir: Path) -> None:
    with served("extractive") as address:
        load = measure(address, visitors=100, seconds=12)
    assert load.failed == 0
    assert list(load.answered) == ["extractive"]
    assert load.answered["extractive"] >= 100
    assert sum(load.answers.values()) == load.answered["extractive"]


def test_twenty_visitors_at_the_local_model_are_all_answered(models_dir: Path) -> None:
    with served("local") as address:
        load = measure(address, visitors=20, seconds=8)
    assert load.failed == 0
    assert set(load.answered) <= {"local", "extractive"}
    assert sum(load.answered.values()) >= 10
