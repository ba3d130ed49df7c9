"""What somebody might have on her disk: a resume as plain text, a note, a file that is broken."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from ask_debbie.cli import app
from tests.corpus.conftest import read_files, write_corpus

__all__ = ["read_files", "write_corpus"]

Run = Callable[..., Result]

RESUME = """\
NINA OKAFOR, RN
Registered Nurse
Pronouns: she/her
nina.okafor@mail.example | (312) 555-0147 | linkedin.com/in/nina-okafor
1420 W Lake Street, Chicago, IL 60607
Date of birth: 12 March 1989

EXPERIENCE

Mercy General Hospital, Chicago
Charge Nurse, Cardiac ICU
June 2018 - Present
- Leads a team of 14 nurses on nights in a 24-bed cardiac ICU.
- Cut central-line infections by 40% in two years.

St. Anne Clinic
Staff Nurse
2012 - 2018
- Looked after 30 patients a day.

EDUCATION

University of Illinois
BSc in Nursing
2008 - 2012

SKILLS
Epic, ventilators, ECG, triage
"""
NOTE = """\
# Night Checklist

A checklist for night shifts that 60 nurses use. I wrote it in 2021 with two colleagues.
"""


@pytest.fixture
def resume(tmp_path: Path) -> Path:
    path = tmp_path / "mine" / "Nina's resume.txt"
    path.parent.mkdir(exist_ok=True)
    path.write_text(RESUME, "utf-8")
    return path


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "mine" / "notes" / "checklist.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(NOTE, "utf-8")
    return path


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "mine" / "scan.xyz"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"\x00\x01")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the corpus is to be; its parent isn't there either."""
    return tmp_path / "made" / "corpus"


@pytest.fixture
def run(models_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `init` as a script would: without a terminal."""
    monkeypatch.setenv("ASK_DEBBIE_MODELS_DIR", str(models_dir))
    monkeypatch.setenv("NO_COLOR", "1")
    return lambda *arguments: CliRunner().invoke(app, ["init", *map(str, arguments)])
