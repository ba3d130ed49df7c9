"""The owner edits the documents while the site is served: real files, a real index, a real server."""

from __future__ import annotations

import logging
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import httpx
import pytest

from ask_debbie.compose import Workshop
from ask_debbie.corpus.document import Document
from ask_debbie.corpus.readers import READERS, Hide, Reader
from ask_debbie.errors import DocumentError
from ask_debbie.following import Follower
from ask_debbie.settings import Settings
from tests.chroma_server import ChromaServer
from tests.retrieval.conftest import chroma_server  # noqa: F401 - a fixture
from tests.web.conftest import Site

UNREADABLE = b"no reader takes this"
SOON = 60.0  # seconds after which a test gives up waiting, on whatever machine
UNLIMITED: dict[str, Any] = {"quota_visitor": "", "quota_conversation": "", "quota_everyone": ""}
QUESTION = "How many species of fish did he care for, and how many volunteers did he train?"
FACTS = {"old": ("42", "5"), "new": ("57", "8")}
PROFILE = 'name = "Mateo Brunner"\npronouns = "he/him"\nstarters = ["Has he trained anybody?"]\n'
RESUME = """\
# Mateo Brunner

## Experience

### Rhine Aquarium

#### Aquarist

3/2018-6/2022

- Cared for {species} species of freshwater fish in an exhibit of 900,000 litres.
- Cleaned the filters.
- Trained {volunteers} volunteers to dive in the exhibit.
"""
NOTE = "# Eel Passage\n\nBuilt a passage of wet brushes by which eels climb past a weir.\n"


def resume(version: str) -> str:
    """Both facts differ, and so does every place after the first of them."""
    species, volunteers = FACTS[version]
    above = "- Fed the rays by hand.\n" if version == "new" else ""
    text = RESUME.format(species=species, volunteers=volunteers)
    return text.replace("- Cared", f"{above}- Cared")


def read_or_refuse(path: str, raw: bytes, hide: Hide, read: Reader = READERS[".md"]) -> Document:
    if raw == UNREADABLE:
        raise DocumentError("it is protected by a password")
    return read(path, raw, hide)


@dataclass
class Served:
    """A site over a folder that the test edits."""

    site: Site
    folder: Path

    def write(self, version: str) -> None:
        (self.folder / "resume.md").write_text(resume(version))

    def get(self, path: str) -> Any:
        return httpx.get(f"{self.site.url}{path}").raise_for_status().json()

    def ask(self, question: str = QUESTION, earlier: tuple[str, str] | None = None) -> Any:
        return ask(self.site.url, question, earlier)


def ask(url: str, question: str = QUESTION, earlier: tuple[str, str] | None = None) -> Any:
    past = zip(("user", "assistant"), earlier, strict=True) if earlier else ()
    messages = [{"role": role, "content": content} for role, content in (*past, ("user", question))]
    reply = httpx.post(f"{url}v1/chat/completions", json={"model": "any", "messages": messages}, timeout=60)
    return reply.raise_for_status().json()["choices"][0]["message"]


def version_of(message: Any) -> str:
    """Which version an answer was made from; it is all from that one."""
    found = [
        name for name, facts in FACTS.items() if all(f" {fact} " in message["content"] for fact in facts)
    ]
    assert len(found) == 1, message["content"]
    (version,) = found
    for annotation in message["annotations"]:
        c = annotation["citation"]
        assert resume(version)[c["start"] : c["end"]] == c["quote"], message
    return version


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SOON
    while not holds():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.05)


@contextmanager
def served(folder: Path, settings: Settings) -> Iterator[Served]:
    workshop = Workshop(settings)
    assistant = workshop.first()
    site = Site(assistant, settings, Follower(workshop, assistant).following)
    try:
        yield Served(site, folder)
    finally:
        site.stop()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "profile.toml").write_text(PROFILE)
    (folder / "eels.md").write_text(NOTE)
    (folder / "resume.md").write_text(resume("old"))
    return folder


@pytest.fixture
def site(folder: Path, tmp_path: Path, models_dir: Path) -> Iterator[Served]:
    settings = Settings(
        corpus=folder, engine="extractive", models_dir=models_dir, index_dir=tmp_path / "index", **UNLIMITED
    )
    with served(folder, settings) as site:
        yield site


class Visitors:
    """Ask without a pause, and note when each question was asked and which version answered it."""

    def __init__(self, url: str, count: int = 3) -> None:
        self.url = url
        self.answers: list[tuple[float, str]] = []
        self.failures: list[BaseException] = []
        self._leave = threading.Event()
        self._threads = [threading.Thread(target=self._ask) for _ in range(count)]

    def _ask(self) -> None:
        while not self._leave.is_set():
            asked = time.monotonic()
            try:
                self.answers.append((asked, version_of(ask(self.url))))
            except BaseException as error:
                self.failures.append(error)

    def __enter__(self) -> Visitors:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._leave.set()
        for thread in self._threads:
            thread.join()


@pytest.mark.slow
def test_no_request_fails_and_no_answer_mixes(site: Served) -> None:
    switched: list[tuple[float, str]] = []
    with Visitors(site.site.url) as visitors:
        for number in range(10):
            version = ("new", "old")[number % 2]
            site.write(version)
            until(lambda: version_of(site.ask()) == version)  # noqa: B023 - called here and now
            switched.append((time.monotonic(), version))
    assert visitors.failures == []
    assert len(visitors.answers) > 10
    ends = [*(when for when, _ in switched[1:]), time.monotonic()]
    for (since, version), until_next in zip(switched, ends, strict=True):
        after = [v for asked, v in visitors.answers if since <= asked < until_next]
        # once the new version has answered, the old one is back only when the next edit is
        changes = sum(one != other for one, other in pairwise(after))
        assert after[:1] in ([], [version])
        assert changes <= len(visitors._threads)


def test_a_conversation_goes_on(site: Served) -> None:
    first = site.ask("What did he do at Rhine Aquarium?")
    site.write("new")
    until(lambda: version_of(site.ask()) == "new")
    then = site.ask("How many volunteers?", ("What did he do at Rhine Aquarium?", first["content"]))
    assert " 8 volunteers" in then["content"]


def test_documents_come_and_go_and_the_profile_changes(site: Served) -> None:
    def paths() -> list[str]:
        return [document["path"] for document in site.get("v1/documents")["documents"]]

    (site.folder / "notes").mkdir()
    (site.folder / "notes" / "oboe.md").write_text("# Music\n\nPlays the oboe in a quartet of dentists.\n")
    until(lambda: "notes/oboe.md" in paths())
    assert "oboe" in site.ask("Does he play the oboe?")["content"]
    (site.folder / "eels.md").unlink()
    until(lambda: "eels.md" not in paths())
    (site.folder / "profile.toml").write_text(PROFILE.replace("Has he trained anybody?", "Can he dive?"))
    until(lambda: site.get("v1/profile")["starters"] == ["Can he dive?"])


@pytest.mark.parametrize("broken", ["profile", "folder", "document", "no profile", "emptied"])
def test_what_is_broken_leaves_the_earlier_state_and_one_line(
    site: Served,
    broken: str,
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(READERS, ".md", read_or_refuse)
    caplog.set_level(logging.WARNING, "ask_debbie.following")
    match broken:
        case "profile":
            (site.folder / "profile.toml").write_text('name = "Mateo\n')
        case "no profile":
            (site.folder / "profile.toml").unlink()
        case "folder":
            shutil.move(site.folder, tmp_path / "elsewhere")
        case "document":
            (site.folder / "resume.md").write_bytes(UNREADABLE)
        case "emptied":
            (site.folder / "resume.md").write_bytes(b"")
    until(lambda: bool(caplog.records))
    time.sleep(1.0)  # as long as three looks
    assert version_of(site.ask()) == "old"
    (line,) = caplog.messages
    assert "the earlier documents go on serving" in line
    assert "\n" not in line
    assert "Traceback" not in caplog.text
    if broken == "folder":
        shutil.move(tmp_path / "elsewhere", site.folder)
    (site.folder / "profile.toml").write_text(PROFILE)
    site.write("new")
    until(lambda: version_of(site.ask()) == "new")


@pytest.mark.parametrize(
    "name", [".resume.md.swp", "resume.md~", "#resume.md#", "~$resume.md", "resume.md.tmp", ".git/x.md"]
)
def test_what_editors_leave_beside_a_file_changes_nothing(
    site: Served, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "ask_debbie.following")
    path = site.folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(resume("new"))
    time.sleep(1.0)
    assert caplog.messages == []
    assert version_of(site.ask()) == "old"


@pytest.mark.parametrize("way", ["in place", "replaced", "in pieces"])
def test_however_a_file_is_saved(site: Served, way: str, tmp_path: Path) -> None:
    path = site.folder / "resume.md"
    match way:
        case "in place":
            path.write_text(resume("new"))
        case "replaced":
            (site.folder / ".new").write_text(resume("new"))
            (site.folder / ".new").replace(path)
        case "in pieces":
            with path.open("w") as file:
                for line in resume("new").splitlines(keepends=True):
                    file.write(line)
                    file.flush()
                    time.sleep(0.02)
    until(lambda: version_of(site.ask()) == "new")


def test_a_touch_makes_nothing_anew(site: Served, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "ask_debbie.following")
    (site.folder / "resume.md").write_text(resume("old"))
    time.sleep(1.0)
    assert caplog.messages == []


@pytest.mark.slow
def test_two_processes_follow_over_one_chroma_server(
    folder: Path,
    tmp_path: Path,
    models_dir: Path,
    chroma_server: ChromaServer,  # noqa: F811
) -> None:
    command = [sys.executable, "-m", "ask_debbie.cli", "serve", "--corpus", str(folder), "--port", "0"]
    environment = {
        "ASK_DEBBIE_ENGINE": "extractive",
        "ASK_DEBBIE_MODELS_DIR": str(models_dir),
        "ASK_DEBBIE_QUOTA_VISITOR": "",
        "ASK_DEBBIE_QUOTA_CONVERSATION": "",
        "CHROMA_URL": chroma_server.url,
    }
    with ExitStack() as stack:
        urls = []
        for name in ("one", "other"):
            home = {"ASK_DEBBIE_INDEX_DIR": str(tmp_path / name)}
            urls.append(stack.enter_context(process(command, {**environment, **home}, tmp_path / name)))
        everybody = [stack.enter_context(Visitors(url, 1)) for url in urls]
        for version in ("new", "old", "new", "old"):
            (folder / "resume.md").write_text(resume(version))
            for url in urls:
                until(lambda: version_of(ask(url)) == version)  # noqa: B023 - called here and now
    assert [visitors.failures for visitors in everybody] == [[], []]
    logs = "".join((tmp_path / f"{name}.log").read_text() for name in ("one", "other"))
    assert "error" not in logs
    assert "searching by keywords alone" not in logs


@contextmanager
def process(command: list[str], environment: dict[str, str], name: Path) -> Iterator[str]:
    """A server of its own, by its address."""
    import os

    log = name.with_suffix(".log")
    with log.open("w") as output:
        running = subprocess.Popen(
            command,
            env={**os.environ, "PYTHONUNBUFFERED": "1", **environment},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            until(lambda: running.poll() is not None or "The page is at" in log.read_text())
            found = re.search(r"http://[\d.:]+", log.read_text())
            assert found, log.read_text()
            yield f"{found[0]}/"
        finally:
            running.terminate()
            running.wait(20)
