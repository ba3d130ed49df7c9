"""What all tests share: an environment of their own, the model files, and somebody to ask about."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from ask_debbie.models.artifacts import ModelStore
from ask_debbie.models.catalog import EMBEDDINGS, TOKENIZER
from ask_debbie.settings import Settings

OURS = ("ASK_DEBBIE_", "OPENAI_", "CHROMA_", "REDIS_")

PROFILE = """\
name = "Mateo Brunner"
pronouns = "he/him"
headline = "Aquarist · Basel"
accent = "#2b5d73"
starters = ["Has he trained anybody?"]

[contact]
email = "mateo@example.org"

[private]
fields = ["phone"]
lines = ["Left the Lake Institute after a reorganisation."]
"""
RESUME = """\
# Mateo Brunner

- Email: mateo@example.org
- Phone: +41 61 555 01 23

## Experience

### Rhine Aquarium

#### Aquarist

3/2018-6/2022

- Cared for 42 species of freshwater fish in an exhibit of 900,000 litres.
- Trained 5 volunteers to dive in the exhibit.

### Lake Institute

#### Field Assistant

5/2015-2/2018

- Sampled plankton on Lake Thun every week, from a rowing boat.
- Left the Lake Institute after a reorganisation.

## Education

### University of Bern

B.Sc. in Biology

Graduated: 6/2015
"""
PROJECT = """\
# Eel Passage

Built a passage of wet brushes by which eels climb past the weir at Birsfelden; 1,300 were counted in its
first summer.
"""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--engine", default="extractive", choices=("extractive", "local"), help="who answers fixed questions"
    )


@pytest.fixture(scope="session", autouse=True)
def own_environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No key, server or index of whoever runs the tests is used; their model files are."""
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name.startswith(OURS) and name != "ASK_DEBBIE_MODELS_DIR":
                patch.delenv(name)
        patch.setenv("ASK_DEBBIE_INDEX_DIR", str(tmp_path_factory.mktemp("index")))
        yield


@pytest.fixture(scope="session", autouse=True)
def interruptible() -> Iterator[None]:
    """What the tests start can be interrupted, even where they run in the background of a script."""
    before = signal.getsignal(signal.SIGINT)
    if before is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(scope="session")
def models_dir() -> Path:
    """The user's own models folder, so that no test run fetches what is there already."""
    store = ModelStore(Settings().models_dir)
    for file in (EMBEDDINGS, TOKENIZER):
        store.ensure(file.name)
    return store.folder


@pytest.fixture
def candidate_corpus(tmp_path: Path) -> Path:
    """A small corpus about a fictional person, the test's own to change. His phone number is private."""
    folder = tmp_path / "candidate"
    (folder / "projects").mkdir(parents=True)
    (folder / "profile.toml").write_text(PROFILE, encoding="utf-8")
    (folder / "resume.md").write_text(RESUME, encoding="utf-8")
    (folder / "projects" / "eel-passage.md").write_text(PROJECT, encoding="utf-8")
    return folder
