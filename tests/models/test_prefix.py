"""A saved state is used for its very own prompt, if it is whole, and for nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import cast

import pytest

from ask_debbie.errors import EngineError
from ask_debbie.models.artifacts import Progress, silent
from ask_debbie.models.llama import LlamaServer
from ask_debbie.models.prefix import shared_front, warm


class Server:
    """Keeps the prompt that it read, as a llama.cpp slot does, and saves it as text."""

    def __init__(self, states: Path, fingerprint: str = "f") -> None:
        self.states = states
        self.fingerprint = fingerprint
        self.slot = ""
        self.read_count = 0
        self.full = False

    def apply_template(self, messages: Sequence[Mapping[str, str]]) -> str:
        system, user = (message["content"] for message in messages)
        return f"<s>{system}</s><u>{user}</u><a>"

    def read(self, prompt: str, progress: Progress = silent) -> None:
        self.read_count += 1
        self.slot = prompt

    def save_prefix(self, filename: str) -> int:
        content = self.slot.encode()
        (self.states / filename).write_bytes(content[:5] if self.full else content)
        return len(content)

    def restore_prefix(self, filename: str) -> bool:
        self.slot = (self.states / filename).read_text()
        return True


def warmed(server: Server, system_prompt: str = "Rules.") -> str:
    return warm(cast(LlamaServer, server), system_prompt)


def states(folder: Path) -> list[Path]:
    return list(folder.iterdir())


def test_front_ends_where_the_question_starts(tmp_path: Path) -> None:
    server = Server(tmp_path)
    assert shared_front(cast(LlamaServer, server), "Rules.") == "<s>Rules.</s><u>"


def test_computed_once_then_restored(tmp_path: Path) -> None:
    assert warmed(Server(tmp_path)) == "computed"
    later = Server(tmp_path)
    assert warmed(later) == "restored"
    assert later.slot == "<s>Rules.</s><u>"
    assert later.read_count == 0
    assert len(states(tmp_path)) == 1


@pytest.mark.parametrize("change", ["prompt", "model or engine"])
def test_other_prompt_or_engine_is_computed_and_the_stale_state_goes(tmp_path: Path, change: str) -> None:
    warmed(Server(tmp_path))
    stale = states(tmp_path)
    server = Server(tmp_path, fingerprint="other" if change == "model or engine" else "f")
    assert warmed(server, "Other rules." if change == "prompt" else "Rules.") == "computed"
    assert len(states(tmp_path)) == 1
    assert states(tmp_path) != stale


@pytest.mark.parametrize("damage", ["truncated", "empty", "flipped"])
def test_damaged_state_never_reaches_the_engine(tmp_path: Path, damage: str) -> None:
    warmed(Server(tmp_path))
    (path,) = states(tmp_path)
    content = path.read_bytes()
    harm = {"truncated": content[:7], "empty": b"", "flipped": b"\xff" + content[1:]}
    path.write_bytes(harm[damage])
    server = Server(tmp_path)
    assert warmed(server) == "computed"
    assert server.read_count == 1
    assert warmed(Server(tmp_path)) == "restored"


def test_state_saved_in_part_is_not_kept(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    server = Server(tmp_path)
    server.full = True
    assert warmed(server) == "computed"
    assert "couldn't be kept" in caplog.text
    assert states(tmp_path) == []


def test_prompt_that_is_too_long_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(prompt: str, progress: Progress) -> None:
        raise EngineError("too long")

    server = Server(tmp_path)
    monkeypatch.setattr(server, "read", refuse)
    with pytest.raises(EngineError, match="too long"):
        warmed(server)
    assert states(tmp_path) == []
