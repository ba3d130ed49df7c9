"""Runs put together: their figures, how they compare, and where they were made."""

from __future__ import annotations

import datetime as dt
import os
import platform
from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import ValidationError

from ask_debbie.errors import AskDebbieError
from ask_debbie.evaluation.comparison import compare
from ask_debbie.evaluation.figures import figures_by_category
from ask_debbie.evaluation.results import Comparison, Figure, Results, Run, Study


def summarise(runs: Sequence[Run], studies: Sequence[Study] = ()) -> Results:
    """All of one evaluation. Of each question set, every run is compared with the set's first."""
    figures: dict[str, dict[str, dict[str, tuple[Figure, ...]]]] = {}
    first: dict[str, Run] = {}
    comparisons = []
    for run in runs:
        figures.setdefault(run.name, {})[run.questions] = figures_by_category(run)
        base = first.setdefault(run.questions, run)
        if base is not run:
            comparisons.append(compare(base, run))
    return Results(
        date=dt.date.today().isoformat(),
        machine=machine(),
        runs=tuple(runs),
        figures=figures,
        comparisons=tuple(comparisons),
        studies=tuple(studies),
    )


def changes(earlier: Results, results: Results) -> tuple[Comparison, ...]:
    """How each run compares with the same engine's run of the same set in earlier results, where there is one."""
    before = {(run.name, run.questions): run for run in earlier.runs}
    return tuple(
        compare(was.model_copy(update={"name": f"{was.name} of {earlier.date}"}), run)
        for run in results.runs
        if (was := before.get((run.name, run.questions)))
    )


def read_results(path: Path) -> Results:
    """Read what ``--json`` wrote.

    Raises:
        AskDebbieError: where it can't be read, or isn't that.
    """
    try:
        return Results.model_validate_json(path.read_bytes())
    except OSError as error:
        raise AskDebbieError(f"{path} can't be read: {error.strerror}.") from error
    except ValidationError:
        raise AskDebbieError(
            f"{path} isn't the JSON of an evaluation. `ask-debbie eval --json` writes one."
        ) from None


def machine() -> str:
    """What the times were measured on: "Linux x86_64, AMD EPYC 7B13, 2 cores"."""
    model = next(_lines_after("model name", Path("/proc/cpuinfo")), "") or platform.processor()
    parts = [f"{platform.system()} {platform.machine()}", model, f"{os.cpu_count()} cores"]
    return ", ".join(part for part in parts if part and part != platform.machine())


def _lines_after(key: str, path: Path) -> Iterator[str]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    return iter([line.partition(":")[2].strip() for line in lines if line.startswith(key)])
