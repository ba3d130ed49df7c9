"""What the evaluation asks beside its fixed questions: attacks, and public sets of questions."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ask_debbie.evaluation.attacks import read_attacks
from ask_debbie.evaluation.canard import read_canard, run_canard
from ask_debbie.evaluation.injection import run_injection
from ask_debbie.evaluation.report import show
from ask_debbie.evaluation.results import Study
from ask_debbie.evaluation.squad import read_squad, run_squad
from ask_debbie.evaluation.throwaway import Throwaway
from ask_debbie.models.artifacts import Progress, silent
from ask_debbie.settings import Settings

OWN_ATTACKS = Path("tests/evaluation/injection/own.yaml")
_CASES = 5


def run_studies(
    settings: Sequence[Settings],
    *,
    injection: str | None = None,
    squad: Path | None = None,
    canard: Path | None = None,
    limit: int | None = None,
    progress: Progress = silent,
) -> list[Study]:
    """The studies that are asked for, for each of the settings.

    Args:
        injection: "own", or a folder or file as :func:`read_attacks` takes it; put into the settings' corpus.
        limit: at most so many attacks of a group, or questions of a set.

    Raises:
        AskDebbieError: where a file can't be read, or an engine can't be had.
    """
    attacks = read_attacks(OWN_ATTACKS if injection == "own" else Path(injection)) if injection else ()
    questions = read_squad(squad) if squad else ()
    follow_ups = read_canard(canard) if canard else ()
    studies: list[Study] = []
    for chosen in settings:
        with Throwaway(chosen) as make:
            if attacks:
                studies.append(run_injection(make, chosen.corpus, attacks, limit=limit, progress=progress))
            if questions:
                studies.append(run_squad(make, questions, limit=limit, progress=progress))
            if follow_ups and chosen is settings[0]:  # no engine has a part in it
                studies.append(run_canard(make, follow_ups, limit=limit, progress=progress))
    return studies


def print_studies(studies: Sequence[Study]) -> None:
    """Print a table for each, and the first few cases that went wrong, on standard output."""
    console = Console(highlight=False)
    for study in studies:
        table = Table("", "", "of", title=Text(f"{study.name} · {study.run}"), title_justify="left", box=None)
        for figure in study.figures:
            table.add_row(Text(figure.name), show(figure), str(figure.count))
        console.print(table)
        for case in study.cases[:_CASES]:
            console.print(Text(f"  {case.group}: {_short(case.question)}", style="dim"), soft_wrap=True)
            console.print(
                Text(f"    {_short(case.answer)} — {_short(case.why)}", style="dim"), soft_wrap=True
            )
        if len(study.cases) > _CASES:
            console.print(Text(f"  … {len(study.cases) - _CASES} more: see --report or --json", style="dim"))
        console.print()


def _short(text: str) -> str:
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= 160 else f"{line[:159]}…"
