"""The wheel holds what the command needs and nobody's documents, and works where it is installed."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "ask_debbie"
DATA = {".toml", ".csv", ".md", ".html", ".css", ".js", ".typed"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = folder.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def command(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The installed command, in an environment of its own that borrows this one's dependencies."""
    folder = tmp_path_factory.mktemp("venv")
    venv.create(folder, with_pip=False)
    pip = [sys.executable, "-m", "pip", "--python", str(folder / "bin" / "python")]
    done = subprocess.run(
        [*pip, "install", "--quiet", "--no-deps", wheel], capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    (site,) = folder.glob("lib/python*/site-packages")
    # on the path, but without reading its .pth files, which would bring this checkout along
    (site / "borrowed.pth").write_text(f"{sysconfig.get_path('purelib')}\n{sysconfig.get_path('platlib')}\n")
    return folder / "bin" / "ask-debbie"


def test_all_data_is_in_the_wheel(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        f"ask_debbie/{path.relative_to(SOURCE).as_posix()}"
        for path in SOURCE.rglob("*")
        if path.suffix in {*DATA, ".py"}
    }
    assert wanted - names == set()
    assert any(name.startswith("ask_debbie/web/static/") for name in wanted)
    assert {"scope.toml", "general.toml", "vocabulary.toml", "words.csv", "system.md"} <= {
        Path(name).name for name in names
    }


def test_no_candidate_is_in_the_wheel(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    tops = {name.partition("/")[0] for name in archive.namelist()}
    assert len(tops) == 2
    assert not [name for name in archive.namelist() if "corpus/" in name and not name.endswith(".py")]
    for name in archive.namelist():
        if name.startswith("ask_debbie/"):
            assert b"Debbie Pao" not in archive.read(name), name


Run = Callable[..., str]


@pytest.fixture
def run(command: Path, tmp_path: Path, models_dir: Path) -> Run:
    """Runs something of the new environment, from a folder with nothing in it."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    own = {"ASK_DEBBIE_INDEX_DIR": str(tmp_path / "index"), "ASK_DEBBIE_MODELS_DIR": str(models_dir)}

    def run(program: str, *arguments: str | Path) -> str:
        done = subprocess.run(
            [command.with_name(program), *arguments],
            cwd=elsewhere,
            env=inherited | own,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        assert list(elsewhere.iterdir()) == []
        return done.stdout

    return run


def test_the_version(run: Run, wheel: Path) -> None:
    assert run("ask-debbie", "--version").strip() == wheel.name.split("-")[1]


def test_it_answers_from_any_folder(run: Run, candidate_corpus: Path) -> None:
    question = ["--engine", "extractive", "ask", "Has he trained volunteers?"]
    assert "5 volunteers" in run("ask-debbie", "--corpus", candidate_corpus, *question)


def test_it_is_the_installed_code_that_runs(run: Run, command: Path) -> None:
    where = run("python", "-c", "import ask_debbie; print(ask_debbie.__file__)")
    assert Path(where.strip()).is_relative_to(command.parent.parent)
