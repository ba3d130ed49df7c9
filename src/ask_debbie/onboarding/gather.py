"""The files that somebody has, read, and given their places in a corpus folder."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ask_debbie.corpus.document import Document
from ask_debbie.corpus.profile import FILE_NAME
from ask_debbie.corpus.readers import READERS, read_document
from ask_debbie.corpus.timeline import kind_of
from ask_debbie.errors import AskDebbieError, DocumentError

PROJECTS = "projects"
_NOTES = {".md", ".markdown", ".txt", ".html", ".htm", ".docx", ".tex"}  # formats that people write notes in
_NO_PROJECT = re.compile(
    r"resume|résumé|lebenslauf|\bcv\b|curriculum|letter|reference|recommend|publication|about|profile|certificat|skills",
    re.IGNORECASE,
)
_RESUME_SECTION = re.compile(
    r"experience|employment|education|skills|career|work history|certificat|publications|qualifications|languages|"
    r"references|objective|summary|contact",
    re.IGNORECASE,
)
_FROM_RESUME = 2  # sections of a resume's that a file has to have to be taken for one


@dataclass(frozen=True, slots=True)
class Gathered:
    """What there is to make a corpus of.

    Attributes:
        new: files to be written, by their path inside the corpus.
        kept: files that are there already.
        refused: what could not be used, each with its cause, as a line for the person at the keyboard.
    """

    new: Mapping[str, bytes]
    kept: Mapping[str, bytes]
    refused: tuple[str, ...]


def gather(given: Sequence[Path], folder: Path, *, replace: bool = False) -> Gathered:
    """Read what is given, and what stands in the folder already.

    Args:
        given: files, folders and patterns such as ``notes/*.md``.
        replace: whether files of the folder may give way to those of the same name.

    Raises:
        AskDebbieError: a file of the folder would be overwritten, or nothing at all can be read.
    """
    refused: list[str] = []
    kept = dict(_inside(folder, refused))
    new: dict[str, bytes] = {}
    for path in dict.fromkeys(_expanded(given)):
        if path.resolve().is_relative_to(folder.resolve()):
            continue  # it is there
        try:
            raw = path.read_bytes()
            document = read_document(path.name, raw)
        except (OSError, DocumentError) as error:
            refused.append(f"{path}: {_cause(error)}.")
            continue
        if not document.blocks:
            refused.append(f"{path}: there is no text in it.")
            continue
        if raw in new.values() or raw in kept.values():
            continue  # one file under two names
        new[_free(_place(path.name, document), new)] = raw
    if not new and not kept:
        raise AskDebbieError("\n".join([*refused, _NOTHING.format(kinds=", ".join(READERS))]))
    if (there := next((name for name in new if (folder / name).exists()), None)) and not replace:
        raise AskDebbieError(
            f"{folder / there} is there already, and says something else. Rename yours, or replace it with --force."
        )
    return Gathered(new, {name: raw for name, raw in kept.items() if name not in new}, tuple(refused))


_NOTHING = "There is nothing to make a corpus of: name a resume and notes ({kinds})."


def _expanded(given: Sequence[Path]) -> Iterator[Path]:
    for path in given:
        if path.is_dir():
            yield from _files_of(path)
        elif not path.exists() and re.search(r"[*?]", path.name) and path.parent.is_dir():
            yield from sorted(path.parent.glob(path.name)) or [path]
        else:
            yield path


def _files_of(folder: Path) -> Iterator[Path]:
    """The readable files of a folder, without hidden ones and those in hidden folders."""
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if not hidden and path.suffix.lower() in READERS and path.is_file():
            yield path


def _inside(folder: Path, refused: list[str]) -> Iterator[tuple[str, bytes]]:
    """The documents that a folder has already."""
    for path in _files_of(folder) if folder.is_dir() else ():
        name = path.relative_to(folder).as_posix()
        try:
            raw = path.read_bytes()
            read_document(name, raw)
        except (OSError, DocumentError) as error:
            refused.append(f"{path}: {_cause(error)}.")
        else:
            yield name, raw


def _cause(error: OSError | DocumentError) -> str:
    return str(error) if isinstance(error, DocumentError) else (error.strerror or str(error)).lower()


def _place(name: str, document: Document) -> str:
    """A note on one project goes under projects/, where its title names it; the rest at the top."""
    titles = [document.text[block.start : block.end] for block in document.blocks if block.kind == "heading"]
    sections = sum(_RESUME_SECTION.search(title) is not None for title in titles)
    is_note = (
        PurePosixPath(name).suffix.lower() in _NOTES
        and not _NO_PROJECT.search(PurePosixPath(name).stem.replace("_", " "))
        and bool(titles)
        and sections < _FROM_RESUME
        and not any(kind_of(name, (title,)) in {"work", "education"} for title in titles[1:])
    )
    return f"{PROJECTS}/{name}" if is_note else name


def _free(name: str, taken: Mapping[str, bytes]) -> str:
    path, number = PurePosixPath(name), 2
    while name in taken or name == FILE_NAME:
        name, number = str(path.with_name(f"{path.stem}-{number}{path.suffix}")), number + 1
    return name
