"""The glossary: what stands for what, and what doesn't."""

from __future__ import annotations

import tomllib
from importlib import resources

import pytest

from ask_debbie.retrieval.terms import Glossary, default_glossary, stems

GLOSSARY = Glossary(
    [["find their feet", "onboarding"], ["marketing budget", "ad spend"], ["budget", "funds"]],
    [(["database"], ["MySQL", "Redis"])],
)


def bridged(glossary: Glossary, question: str, passage: str) -> bool:
    asked = {c.name for c in glossary.in_question(stems(question))}
    return bool(asked & {c.name for c in glossary.in_passage(stems(passage))})


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("Did she help people find your feet?", "Revamped onboarding."),
        ("Any funds to manage?", "Held the marketing budget."),
        ("Which databases?", "Tuned MySQL."),
        ("What ad spend?", "Held the marketing team's budget."),
    ],
)
def test_bridges(question: str, passage: str) -> None:
    assert bridged(GLOSSARY, question, passage)


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("Any Redis?", "Tuned MySQL."),
        ("What ad spend?", "Held the training budget."),
        ("Her feet?", "Onboarding."),
    ],
)
def test_near_misses_stay_misses(question: str, passage: str) -> None:
    assert not bridged(GLOSSARY, question, passage)


def test_every_file_of_the_glossary_is_well_formed() -> None:
    folder = resources.files("ask_debbie.retrieval") / "glossary"
    for file in folder.iterdir():
        data = tomllib.loads(file.read_text(encoding="utf-8"))
        assert set(data) <= {"same", "kind"}
        for group in data.get("same", ()):
            assert len(group["words"]) > 1, (file.name, group)
            assert all(1 <= len(stems(phrase)) <= 6 for phrase in group["words"]), (file.name, group)
        for group in data.get("kind", ()):
            assert group["of"], (file.name, group)
            assert group["members"], (file.name, group)


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("does she know French?", "Speaks fluent German."),
        ("has she used React?", "Built it in Angular."),
        ("did she do a PhD?", "Master of Science in Biology."),
        ("any surgery experience?", "Taught surfing to beginners."),
        ("Was she fired?", "Hired 12 engineers."),
    ],
)
def test_the_packages_own_glossary_keeps_neighbours_apart(question: str, passage: str) -> None:
    assert not bridged(default_glossary(), question, passage)
