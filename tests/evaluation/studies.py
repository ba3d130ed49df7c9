"""A candidate, results and throwaway assistants for the tests of reports and studies."""

from __future__ import annotations

from typing import Any

from ask_debbie.evaluation.results import Outcome, Results, Run


def outcome(name: str, text: str, **changes: Any) -> Outcome:
    """An outcome with every field that a report shows."""
    answer = {
        "question": "Has he trained anybody?",
        "status": "answered",
        "answer": text,
        "citations": [
            {
                "marker": 1,
                "document": "resume.md",
                "breadcrumb": ["Rhine Aquarium", "Aquarist"],
                "quote": "Trained 5 volunteers",
                "start": 0,
                "end": 20,
            }
        ],
        "engine": "extractive",
        "timings": {"retrieval_ms": 4.0, "first_token_ms": None, "first_text_ms": 5.0, "total_ms": 7.5},
        "usage": {"prompt_tokens": 0, "completion_tokens": 0, "cost_usd": None},
    }
    given: dict[str, Any] = {
        "id": name,
        "category": "facts",
        "turns": ("Has he trained anybody?",),
        "expected": ("answered",),
        "answer": answer,
        "ranks": (2, None),
    }
    return Outcome(**{**given, **changes})


def results_of(*runs: tuple[str, list[Outcome]], **changes: Any) -> Results:
    """Results of runs over one question set."""
    made = tuple(Run(name=name, questions="mateo", outcomes=tuple(found)) for name, found in runs)
    given: dict[str, Any] = {"date": "2026-11-01", "machine": "a test", "runs": made, "figures": {}}
    return Results(**{**given, **changes})
