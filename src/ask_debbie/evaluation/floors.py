"""What the figures must not fall below."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from ask_debbie.errors import AskDebbieError
from ask_debbie.evaluation.figures import ALL, LESS_IS_BETTER, figures
from ask_debbie.evaluation.results import Results

Floors = dict[str, dict[str, dict[str, float]]]
"""By engine (or a run's whole name), question set and figure. Of a figure that is better the less it is, the most."""


def read_floors(path: Path) -> Floors:
    """Read a TOML file of floors.

    Raises:
        AskDebbieError: where it can't be read, or names a figure that there isn't.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise AskDebbieError(f"{path} can't be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise AskDebbieError(f"{path} isn't valid TOML: {error}.") from None
    known = {figure.name for figure in figures(())}
    for engine, sets in data.items():
        for name, floors in _table(sets, path, engine).items():
            for key, floor in _table(floors, path, f"{engine}.{name}").items():
                if key not in known:
                    raise AskDebbieError(
                        f"{path}: [{engine}.{name}] {key}: no figure has this name. There are: "
                        f"{', '.join(sorted(known))}."
                    )
                if not isinstance(floor, int | float) or isinstance(floor, bool):
                    raise AskDebbieError(f"{path}: [{engine}.{name}] {key} has to be a number.")
    return data


def below(floors: Floors, results: Results) -> list[str]:
    """The figures of whole sets that don't keep to their floor, a plain line each."""
    lines = []
    for run in results.runs:
        sets = floors.get(run.name) or floors.get(run.name.partition(":")[0]) or {}
        found = {figure.name: figure.value for figure in results.figures[run.name][run.questions][ALL]}
        for name, floor in sets.get(run.questions, {}).items():
            value = found[name]
            where = f"{run.name} · {run.questions}: {name}"
            if value is None:
                lines.append(f"{where} has nothing to count, and its floor is {floor:g}.")
            elif name in LESS_IS_BETTER and value > floor:
                lines.append(f"{where} is {value:.4g}, and should be at most {floor:g}.")
            elif name not in LESS_IS_BETTER and value < floor:
                lines.append(f"{where} is {value:.4g}, under its floor of {floor:g}.")
    return lines


def _table(value: Any, path: Path, name: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise AskDebbieError(f"{path}: {name} has to be a table such as [extractive.candidate].")
    return value
