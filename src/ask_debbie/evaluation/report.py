"""The evaluation as one HTML file: figures, plots, and every question with its answers. Needs no network."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import Any

from ask_debbie.errors import AskDebbieError
from ask_debbie.evaluation.comparison import in_words
from ask_debbie.evaluation.plots import RUN_COLOURS, correct_plot, recall_plot, time_plot
from ask_debbie.evaluation.results import Figure, Outcome, Results

_ASSETS = "ask_debbie.evaluation"


def write_report(results: Results, path: Path, earlier: Results | None = None) -> None:
    """Write the report; with earlier results, it shows what changed since.

    Raises:
        AskDebbieError: where the file can't be written.
    """
    from jinja2 import Environment
    from markupsafe import Markup

    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.filters["figure"] = show
    script = _asset("report.js")
    runs = list(dict.fromkeys(run.name for run in results.runs))
    cards = _cards(results, earlier)
    text = environment.from_string(_asset("report.html")).render(
        results=results,
        earlier=earlier,
        runs=runs,
        colours=RUN_COLOURS,
        sets=list(dict.fromkeys(run.questions for run in results.runs)),
        categories=list(dict.fromkeys(card["category"] for card in cards)),
        cards=cards,
        changes=_changes(cards),
        tables=_tables(results, runs),
        comparisons=[(comparison, in_words(comparison)) for comparison in results.comparisons],
        # the only markup that isn't the template's: the plots, the style sheet and the script
        plots=[
            (title, Markup(plot(results.runs)))  # noqa: S704 - matplotlib's own output
            for title, plot in _PLOTS
            if results.runs
        ],
        style=Markup(_asset("report.css")),  # noqa: S704 - a file of this package
        script=Markup(script),  # noqa: S704 - a file of this package
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise AskDebbieError(f"The report can't be written to {path}: {error.strerror}.") from error


def show(figure: Figure) -> str:
    """A figure in few characters, with its interval: ``84.2 % (80.1–87.6)``."""
    if figure.value is None:
        return "–"
    parts = [_number(v, figure.unit) for v in (figure.value, figure.low, figure.high) if v is not None]
    unit = {"share": " %", "ms": " ms", "tokens": "", "usd": " $", "count": ""}[figure.unit]
    interval = f" ({parts[1]}–{parts[2]})" if len(parts) == 3 else ""
    return f"{parts[0]}{unit}{interval}"


def _number(value: float, unit: str) -> str:
    if unit == "share":
        return f"{100 * value:.1f}"
    if unit == "usd":
        return f"{value:.5f}"
    return f"{value:,.0f}" if abs(value) >= 10 else f"{value:.2g}"


_PLOTS = (
    ("Right, by category", correct_plot),
    ("Time to the whole answer", time_plot),
    ("Evidence found", recall_plot),
)


def _asset(name: str) -> str:
    return (resources.files(_ASSETS) / "templates" / name).read_text(encoding="utf-8")


def _cards(results: Results, earlier: Results | None) -> list[dict[str, Any]]:
    """One entry for each question, with the answer of each run."""
    before = {
        (run.name, run.questions, outcome.id): outcome
        for run in (earlier.runs if earlier else ())
        for outcome in run.outcomes
    }
    cards: dict[tuple[str, str], dict[str, Any]] = {}
    for run in results.runs:
        for outcome in run.outcomes:
            card = cards.setdefault(
                (run.questions, outcome.id),
                {"set": run.questions, "category": outcome.category, "key": outcome, "answers": []},
            )
            was = before.get((run.name, run.questions, outcome.id))
            card["answers"].append(
                {"run": run.name, "outcome": outcome, "was": was, "change": _change(outcome, was)}
            )
    return list(cards.values())


def _change(now: Outcome, was: Outcome | None) -> str:
    if was is None:
        return ""
    if now.right != was.right:
        return "newly right" if now.right else "newly wrong"
    return "" if now.answer.get("answer") == was.answer.get("answer") else "other words"


def _changes(cards: Sequence[dict[str, Any]]) -> dict[str, int]:
    counts = dict.fromkeys(("newly right", "newly wrong", "other words"), 0)
    for card in cards:
        for answer in card["answers"]:
            if answer["change"]:
                counts[answer["change"]] += 1
    return counts


def _tables(results: Results, runs: Sequence[str]) -> list[dict[str, Any]]:
    """For each question set and category: rows of one figure, a column for each run."""
    tables: dict[tuple[str, str], dict[str, dict[str, Figure]]] = {}
    for run in runs:
        for questions, categories in results.figures.get(run, {}).items():
            for category, figures in categories.items():
                rows = tables.setdefault((questions, category), {})
                for figure in figures:
                    rows.setdefault(figure.name, {})[run] = figure
    return [
        {"set": questions, "category": category, "rows": rows}
        for (questions, category), rows in tables.items()
    ]
