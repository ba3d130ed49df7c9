"""`ask-debbie models`: results on stdout, progress and failures on stderr."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from ask_debbie import terminal_progress
from ask_debbie.models.catalog import CATALOG, EMBEDDINGS
from ask_debbie.models_cli import app


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ASK_DEBBIE_MODELS_DIR", str(tmp_path / "models"))
    monkeypatch.setenv("ASK_DEBBIE_ENGINE", "extractive")
    return tmp_path / "models"


@pytest.fixture
def filled(folder: Path, models_dir: Path) -> Path:
    folder.mkdir()
    for file in CATALOG:
        if file.role != "chat":
            (folder / file.filename).symlink_to(models_dir / file.filename)
    return folder


def test_list_names_every_file_and_the_folder(folder: Path) -> None:
    result = CliRunner().invoke(app, ["list"])
    assert result.exit_code == 0
    for file in CATALOG:
        assert file.name in result.stdout
    assert result.stdout.count("not here") == len(CATALOG)
    assert str(folder) in result.stdout


def test_fetch_takes_what_the_settings_need(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal_progress, "QUIET_SECONDS", -1.0)
    result = CliRunner().invoke(app, ["fetch"])
    assert result.exit_code == 0, result.stderr
    assert result.stdout.splitlines() == [
        f"{filled / file.filename} (found in the folder)" for file in CATALOG if file.role != "chat"
    ]
    assert "checking all-minilm-l6-v2: 100%" in result.stderr
    assert CliRunner().invoke(app, ["list"]).stdout.count("here (found in the folder)") == 2


def test_verify_reads_every_file_and_fails_on_a_wrong_one(filled: Path) -> None:
    assert CliRunner().invoke(app, ["verify"]).exit_code == 0
    (filled / EMBEDDINGS.filename).unlink()
    (filled / EMBEDDINGS.filename).write_bytes(b"tampered")
    result = CliRunner().invoke(app, ["verify"])
    assert result.exit_code == 1
    assert "isn't the file that was pinned" in result.stderr
    assert "tokenizer.json: right" in result.stdout


def test_verify_with_nothing_there(folder: Path) -> None:
    result = CliRunner().invoke(app, ["verify"])
    assert (result.exit_code, result.stdout) == (0, f"No model files in {folder}.\n")


def test_remove(filled: Path) -> None:
    assert CliRunner().invoke(app, ["remove", EMBEDDINGS.name]).stdout == f"{EMBEDDINGS.name} removed.\n"
    assert CliRunner().invoke(app, ["remove", EMBEDDINGS.name]).stdout == f"{EMBEDDINGS.name} wasn't there.\n"


@pytest.mark.parametrize("command", ["fetch", "remove"])
def test_unknown_name_is_one_line_and_exit_code_1(folder: Path, command: str) -> None:
    result = CliRunner().invoke(app, [command, "gpt-9"])
    assert result.exit_code == 1
    assert result.stderr.startswith("There is no model called gpt-9.")
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""
