"""The state of a prompt's unchanging front, kept on disk so that only one process ever has to read it.

All questions share the system message: the rules and the documents. Reading it takes the local model about 20
seconds on 2 cores; restoring the state that it left takes milliseconds.
"""

from __future__ import annotations

import hashlib
import logging
import secrets
from itertools import takewhile
from pathlib import Path
from typing import Literal

from ask_debbie.errors import EngineError
from ask_debbie.models.artifacts import Progress, silent
from ask_debbie.models.llama import LlamaServer

log = logging.getLogger(__name__)

PATTERN = "prefix-*.state"
HALF = 32  # digits of each of the two hashes in a name, which some file systems limit


def warm(
    server: LlamaServer, system_prompt: str, progress: Progress = silent
) -> Literal["restored", "computed"]:
    """Bring the server to where a chat with this system message starts, and say how.

    A state is only used for the very same model, engine, settings and text, and only if its file is whole:
    all that is in the file's name. Other states in the folder are deleted. If the new state can't be saved,
    that is logged, and the next process reads again.

    Raises:
        EngineError: The system message doesn't fit into the context, or the server is gone.
    """
    front = shared_front(server, system_prompt)
    key = hashlib.sha256(f"{server.fingerprint}\n{front}".encode()).hexdigest()[:HALF]
    if (state := _restore(server, key)) is not None:
        _tidy(server.states, keep=state)
        return "restored"
    server.read(front, progress)
    try:
        _tidy(server.states, keep=_save(server, key))
    except (EngineError, OSError) as error:
        log.warning("The model's state couldn't be kept in %s: %s", server.states, error)
    return "computed"


def shared_front(server: LlamaServer, system_prompt: str) -> str:
    """The text that the model is given before the user's first word, whatever that is."""
    system = {"role": "system", "content": system_prompt}
    one, other = (server.apply_template([system, {"role": "user", "content": word}]) for word in ("A", "z"))
    same = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return "".join(character for character, _ in same)


def _restore(server: LlamaServer, key: str) -> Path | None:
    for path in server.states.glob(f"prefix-{key}-*.state"):
        # llama.cpp aborts the whole process on a truncated file, so it only gets to see whole ones
        if path.stem.rpartition("-")[2] == _digest(path) and server.restore_prefix(path.name):
            return path
    return None


def _save(server: LlamaServer, key: str) -> Path:
    unfinished = server.states / f"prefix-{secrets.token_hex(8)}.unfinished"
    try:
        written = server.save_prefix(unfinished.name)
        if unfinished.stat().st_size != written:
            raise OSError("it was written only in part")
        path = server.states / f"prefix-{key}-{_digest(unfinished)}.state"
        return unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _digest(path: Path) -> str:
    with path.open("rb") as state:
        return hashlib.file_digest(state, "sha256").hexdigest()[:HALF]


def _tidy(folder: Path, *, keep: Path) -> None:
    for path in folder.glob(PATTERN):
        if path != keep:
            path.unlink(missing_ok=True)
