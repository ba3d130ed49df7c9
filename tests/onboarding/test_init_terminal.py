"""`ask-debbie init` at a real terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ask_debbie.corpus.corpus import read_corpus

pexpect = pytest.importorskip("pexpect", reason="terminals are a Unix thing")

SECONDS = 60
Terminal = Callable[..., Any]


@pytest.fixture
def terminal(models_dir: Path, tmp_path: Path) -> Iterator[Terminal]:
    started = []

    def start(*arguments: str | Path) -> Any:
        environment = {
            **os.environ,
            "ASK_DEBBIE_MODELS_DIR": str(models_dir),
            "NO_COLOR": "1",
            "TERM": "dumb",
        }
        command = ["-m", "ask_debbie.cli", "init", *map(str, arguments)]
        process = pexpect.spawn(
            sys.executable, command, encoding="utf-8", timeout=SECONDS, env=environment, cwd=tmp_path
        )
        process.setwinsize(40, 140)
        started.append(process)
        return process

    yield start
    for process in started:
        process.close(force=True)


def test_a_conversation(terminal: Terminal, folder: Path, resume: Path, note: Path) -> None:
    process = terminal(folder, resume, note, "--email", "nina@example.org")
    for question, answer in [
        (r"Your name \[Nina Okafor\]: ", "Nina A. Okafor"),
        (r"Pronouns: she, he or they \[she/her\]: ", "xe"),
        ("Error: write she, he or they", None),
        (r"Pronouns: .*: ", ""),
        (r"Line under your name \[Registered Nurse · Chicago, IL\]: ", "-"),
        (r"Colour of the page \[#1f5f8b\]: ", "red"),
        ("Error: write a colour such as #0f6f78", None),
        (r"Colour of the page .*: ", "#7a3e9d"),
        (r"Hide your phone number, \(312\) 555-0147\? \[Y/n\]: ", ""),
        (r"Hide your address, 1420 W Lake Street\? \[Y/n\]: ", "n"),
        (r"Hide your date of birth, .*1989\? \[Y/n\]: ", "y"),
        (r"Which of them, such as 1 3 \[all\]: ", "9"),
        ("Error: write numbers from 1 to 4", None),
        (r"Which of them, such as 1 3 \[all\]: ", "2 1"),
    ]:
        process.expect(question)
        if answer is not None:
            process.sendline(answer)
    process.expect("Next")
    process.expect(pexpect.EOF)
    process.close()
    assert process.exitstatus == 0
    profile = read_corpus(folder).profile
    assert (profile.name, profile.pronouns, profile.headline) == ("Nina A. Okafor", "she/her", "")
    assert (profile.accent, profile.contact.email) == ("#7a3e9d", "nina@example.org")
    assert (profile.private.fields, profile.private.lines) == (("phone", "birth"), ())
    assert len(profile.starters) == 2


@pytest.mark.parametrize("leave", ["\x03", "\x04"], ids=["ctrl-c", "ctrl-d"])
def test_leaving_in_the_middle_makes_nothing(
    terminal: Terminal, folder: Path, resume: Path, leave: str
) -> None:
    process = terminal(folder, resume)
    process.expect("Your name .*: ")
    process.sendline("")
    process.expect("Pronouns.*: ")
    for _ in range(10):  # a key that comes between the prompt and the reading of it is lost
        process.send(leave)
        if process.expect(["Aborted", pexpect.TIMEOUT], timeout=3) == 0:
            break
    process.expect(pexpect.EOF)
    process.close()
    assert process.exitstatus in {1, 130}
    assert not folder.parent.exists()


def test_a_name_that_is_needed(terminal: Terminal, folder: Path, note: Path) -> None:
    note.write_text("just a line of text about the sea and ships\n", "utf-8")
    process = terminal(folder, note)
    process.expect("Your name: ")
    process.sendline("")
    process.sendline("Ines Vale")
    for question in ("Pronouns.*: ", "Line.*: ", "Email.*: ", "Colour.*: "):
        process.expect(question)
        process.sendline("")
    process.expect(pexpect.EOF)
    process.close()
    assert process.exitstatus == 0
    assert read_corpus(folder).profile.name == "Ines Vale"
