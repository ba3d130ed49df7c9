"""Figures on a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ask_debbie.evaluation.comparison import in_words
from ask_debbie.evaluation.figures import ALL, figure
from ask_debbie.evaluation.results import Comparison, Figure, Results, Run

_PIPE = 140  # columns where there is no terminal
_SHOWN = {
    "correct": "correct",
    "wrongly_unanswered": "wrongly\nunanswered",
    "abstention_recall": "rightly\nunanswered",
    "evidence_at_5": "evidence\n@5",
    "evidence_at_8": "\n@8",
    "citation_recall": "citation\nrecall",
    "citation_precision": "\nprecision",
    "unsupported": "unsup-\nported",
    "first_token": "first\ntoken",
    "whole": "whole\nanswer",
}


def print_results(results: Results, changes: Sequence[Comparison] = ()) -> None:
    """Print a table for each run, then the runs of each question set side by side, on standard output."""
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=_PIPE)
    for run in results.runs:
        console.print(_run_table(run, results.figures[run.name][run.questions]), "")
    for name in dict.fromkeys(run.questions for run in results.runs):
        runs = [run for run in results.runs if run.questions == name]
        if len(runs) > 1:
            console.print(_side_by_side(name, runs, results), "")
    for comparison in (*results.comparisons, *changes):
        console.print(Text(f"{comparison.questions}: {in_words(comparison)}"), soft_wrap=True)


def _run_table(run: Run, figures: Mapping[str, Sequence[Figure]]) -> Table:
    table = _table(f"{run.questions} · {run.name}", ["", *_SHOWN.values()])
    for category, found in figures.items():
        cells = [_cell(figure(found, name), interval=name == "correct") for name in _SHOWN]
        table.add_row(category, *cells, style="bold" if category == ALL else None)
    return table


def _side_by_side(name: str, runs: Sequence[Run], results: Results) -> Table:
    table = _table(f"{name} · correct", ["", *(run.name for run in runs)])
    tables = [results.figures[run.name][run.questions] for run in runs]
    for category in dict.fromkeys(category for figures in tables for category in figures):
        cells = [
            _cell(figure(figures[category], "correct"), interval=True) if category in figures else "–"
            for figures in tables
        ]
        table.add_row(category, *cells, style="bold" if category == ALL else None)
    return table


def _table(title: str, headers: Sequence[str]) -> Table:
    table = Table(title=Text(title), title_justify="left", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for place, header in enumerate(headers):
        table.add_column(Text(header), justify="right" if place else "left", vertical="bottom", no_wrap=True)
    return table


def _cell(found: Figure, *, interval: bool = False) -> str:
    if found.value is None:
        return "–"
    match found.unit:
        case "share":
            share = f"{round(found.value * found.count)}/{found.count} {100 * found.value:.0f}%"
            if not interval or found.low is None or found.high is None:
                return share
            return f"{share} ({100 * found.low:.0f}–{100 * found.high:.0f})"
        case "ms":
            return f"{found.value:.0f} ms" if found.value < 1000 else f"{found.value / 1000:.1f} s"
        case "usd":
            return f"${found.value:.4f}"
        case _:
            return f"{found.value:.0f}"
