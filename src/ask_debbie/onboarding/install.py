"""Files into a folder: all of them, or none."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from ask_debbie.errors import AskDebbieError


def install(files: Mapping[str, bytes], folder: Path) -> None:
    """Write the files into a folder, which is made where it isn't there; those of the same names are replaced.

    Whatever goes wrong on the way, the folder is then as it was.

    Raises:
        AskDebbieError: they can't be written.
    """
    made: list[Path] = []
    written: list[tuple[Path, Path]] = []
    replaced: list[tuple[Path, bytes | None]] = []
    try:
        for name, raw in files.items():
            target = folder / name
            _make(target.parent, made)
            aside = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
            written.append((aside, target))
            aside.write_bytes(raw)
        for aside, target in written:
            replaced.append((target, target.read_bytes() if target.exists() else None))
            aside.replace(target)
    except BaseException as error:
        _undo(made, written, replaced)
        if isinstance(error, OSError):
            raise AskDebbieError(
                f"{error.filename or folder} can't be written: {error.strerror}. Nothing was changed."
            ) from error
        raise


def _make(folder: Path, made: list[Path]) -> None:
    if folder.is_dir():
        return
    _make(folder.parent, made)
    folder.mkdir()
    made.append(folder)


def _undo(
    made: list[Path], written: list[tuple[Path, Path]], replaced: list[tuple[Path, bytes | None]]
) -> None:
    with suppress(OSError):
        for target, before in replaced:
            if before is not None:
                target.write_bytes(before)
            else:
                target.unlink(missing_ok=True)
    for aside, _ in written:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
    for folder in reversed(made):
        with suppress(OSError):
            folder.rmdir()
