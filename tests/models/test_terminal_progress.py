"""A bar where somebody watches, a few lines where a log is written."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from ask_debbie import terminal_progress as terminal_progress_module
from ask_debbie.terminal_progress import terminal_progress


def test_a_line_every_tenth_in_a_log(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal_progress_module, "QUIET_SECONDS", -1.0)
    stream = io.StringIO()
    with terminal_progress(Console(file=stream)) as progress:
        for done in range(0, 1001, 7):
            progress(done, 1000, "model [1] from somewhere")
        progress(5, 10, "another")
    lines = stream.getvalue().splitlines()
    assert lines[:2] == ["model [1] from somewhere: 0%", "model [1] from somewhere: 10%"]
    assert len(lines) == 11
    assert lines[-1] == "another: 50%"


def test_what_is_over_at_once_leaves_no_lines() -> None:
    stream = io.StringIO()
    with terminal_progress(Console(file=stream)) as progress:
        progress(0, 10, "short")
        progress(10, 10, "short")
    assert stream.getvalue() == ""


def test_a_bar_on_a_terminal() -> None:
    stream = io.StringIO()
    with terminal_progress(Console(file=stream, force_terminal=True, width=100)) as progress:
        progress(0, 1000, "one")
        progress(500, 1000, "one")
        progress(10, 20, "other")
    assert "one" in stream.getvalue()
    assert "\n0%" not in stream.getvalue()


def test_nothing_to_do_is_no_trouble() -> None:
    with terminal_progress(Console(file=io.StringIO())) as progress:
        progress(0, 0, "empty")
