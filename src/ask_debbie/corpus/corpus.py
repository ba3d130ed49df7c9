"""A folder of documents about one candidate, read whole."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from ask_debbie.corpus.document import Document, Passage
from ask_debbie.corpus.passages import split
from ask_debbie.corpus.privacy import missing_lines, unknown_fields, without_private
from ask_debbie.corpus.profile import FILE_NAME, Profile, read_profile
from ask_debbie.corpus.readers import READERS
from ask_debbie.corpus.timeline import Timeline, read_timeline
from ask_debbie.errors import CorpusError


@dataclass(frozen=True, slots=True)
class Corpus:
    """All that may be said of the candidate. Private text is in none of it.

    Attributes:
        warnings: what the owner should know of files that were passed over or read with damage.
    """

    profile: Profile
    documents: Mapping[str, Document]
    passages: tuple[Passage, ...]
    timeline: Timeline
    warnings: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """SHA-256 of all document texts and the profile: the same corpus, the same digest."""
        digest = hashlib.sha256(self.profile.model_dump_json().encode())
        for path in sorted(self.documents):
            digest.update(f"\0{path}\0{self.documents[path].text}".encode("utf-8", "surrogatepass"))
        return digest.hexdigest()


def read_corpus(folder: Path) -> Corpus:
    """Read every document of a folder, and its profile.

    Raises:
        CorpusError: where the folder, its profile or any readable document is absent.
    """
    if not folder.is_dir():
        raise CorpusError(
            f"There is no corpus folder at {folder}. Run this beside one, or name it with --corpus DIR: "
            "a folder with profile.toml and documents such as resume.md."
        )
    profile = read_profile(folder)
    warnings: list[str] = []
    documents: dict[str, Document] = {}
    for path in sorted(folder.rglob("*"), key=lambda path: (len(path.parts), path)):
        name = path.relative_to(folder).as_posix()
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if hidden or name == FILE_NAME or not path.is_file():
            continue
        reader = READERS.get(path.suffix.lower())
        if reader is None:
            warnings.append(f"{name} was passed over: only {', '.join(READERS)} files are read.")
            continue
        text = _read_text(path, name, warnings)
        if text is None:
            continue
        documents[name] = reader(name, without_private(text, profile.private))
    if not any(document.blocks for document in documents.values()):
        raise CorpusError(f"{folder} has no document with text in it. Put a resume there, such as resume.md.")
    everything = "\n".join(_read_text(folder / name, name, []) or "" for name in documents)
    warnings += [
        f"profile.toml: the private line {line!r} is in no document."
        for line in missing_lines(everything, profile.private)
    ]
    warnings += [
        f"profile.toml: {field!r} names no known private field; lines labelled so are kept private."
        for field in unknown_fields(profile.private)
    ]
    passages = tuple(p for name in documents for p in split(documents[name], profile.name))
    return Corpus(profile, MappingProxyType(documents), passages, read_timeline(passages), tuple(warnings))


def _read_text(path: Path, name: str, warnings: list[str]) -> str | None:
    try:
        raw = path.read_bytes()
    except OSError as error:
        warnings.append(f"{name} was passed over: {error.strerror}.")
        return None
    text = raw.decode("utf-8", errors="replace")
    if "\ufffd" in text and b"\xef\xbf\xbd" not in raw:
        line = text.count("\n", 0, text.index("\ufffd")) + 1
        warnings.append(
            f"{name}, line {line}: bytes that aren't UTF-8. Save the file as UTF-8 to have them read."
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")
