"""Progress of long work, on stderr: a bar on a terminal, a plain line every tenth elsewhere."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TaskProgressColumn, TextColumn, TimeRemainingColumn

from ask_debbie.models.artifacts import Progress as Report

QUIET_SECONDS = 1.0  # what takes less isn't worth a line


@contextmanager
def terminal_progress(console: Console | None = None) -> Iterator[Report]:
    """Give a progress callable for the length of the block, one bar or series of lines for each label.

    Args:
        console: Where to; stderr if not given.
    """
    console = console or Console(stderr=True)
    if not console.is_terminal:
        yield _Lines(console)
        return
    with _bars(console) as bars:
        yield _Bars(bars)


def _bars(console: Console) -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    return Progress(*columns, console=console, transient=True)


class _Bars:
    def __init__(self, bars: Progress) -> None:
        self._bars = bars
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, done: int, total: int, label: str) -> None:
        if label not in self._tasks:
            for task in self._tasks.values():
                self._bars.update(task, visible=False)
            self._tasks[label] = self._bars.add_task(label, total=total)
        self._bars.update(self._tasks[label], completed=done, total=total, visible=True)


class _Lines:
    def __init__(self, console: Console) -> None:
        self._console = console
        self._told: dict[str, int] = {}
        self._began: dict[str, float] = {}

    def __call__(self, done: int, total: int, label: str) -> None:
        tenth = 10 * done // max(total, 1)
        if time.monotonic() - self._began.setdefault(label, time.monotonic()) < QUIET_SECONDS:
            return
        if tenth > self._told.get(label, -1):
            self._told[label] = tenth
            self._console.print(f"{label}: {10 * tenth}%", markup=False, highlight=False, soft_wrap=True)
