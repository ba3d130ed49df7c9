"""A folder of documents about one candidate, read whole."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from types import MappingProxyType

from ask_debbie.corpus.document import Document, Passage
from ask_debbie.corpus.milestones import read_milestones
from ask_debbie.corpus.passages import split
from ask_debbie.corpus.privacy import missing_lines, unknown_fields, without_private
from ask_debbie.corpus.profile import FILE_NAME, Profile, read_profile
from ask_debbie.corpus.readers import read_document
from ask_debbie.corpus.repeats import without_repeats
from ask_debbie.corpus.timeline import Timeline, read_timeline
from ask_debbie.errors import CorpusError, DocumentError

_BESIDE = re.compile(r"\..*|~\$.*|#.*#|.*~|.*\.(?:tmp|temp|swp|bak|part|crdownload)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Corpus:
    """All that may be said of the candidate. Private text is in none of it.

    Attributes:
        warnings: what the owner should know of files that were passed over or read with damage.
        passed_over: the files that could not be read, by path, and why.
    """

    profile: Profile
    documents: Mapping[str, Document]
    passages: tuple[Passage, ...]
    timeline: Timeline
    warnings: tuple[str, ...] = ()
    passed_over: Mapping[str, str] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """SHA-256 of all document texts and the profile: the same corpus, the same digest."""
        digest = hashlib.sha256(self.profile.model_dump_json().encode())
        for path in sorted(self.documents):
            digest.update(f"\0{path}\0{self.documents[path].text}".encode("utf-8", "surrogatepass"))
        return digest.hexdigest()


def corpus_files(folder: Path) -> list[Path]:
    """The files of a corpus folder, its profile included: none that is hidden, nor what programs leave beside
    the one that they have open."""
    return [
        path
        for path in sorted(folder.rglob("*"), key=lambda path: (len(path.parts), path))
        if not any(_BESIDE.fullmatch(part) for part in path.relative_to(folder).parts) and path.is_file()
    ]


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
    unhidden: list[str] = []
    passed_over: dict[str, str] = {}
    for path in corpus_files(folder):
        name = path.relative_to(folder).as_posix()
        if name == FILE_NAME:
            continue
        try:
            raw = path.read_bytes()
            document = read_document(name, raw, partial(without_private, private=profile.private))
        except (OSError, DocumentError) as error:
            passed_over[name] = str(error.strerror if isinstance(error, OSError) else error)
            warnings.append(f"{name} was passed over: {passed_over[name]}.")
            continue
        documents[name] = document
        warnings += [f"{name}, {warning}" for warning in document.warnings]
        if profile.private.lines:
            unhidden.append(read_document(name, raw).text)
    if not any(document.blocks for document in documents.values()):
        raise CorpusError(f"{folder} has no document with text in it. Put a resume there, such as resume.md.")
    warnings += [
        f"profile.toml: the private line {line!r} is in no document."
        for line in missing_lines("\n".join(unhidden), profile.private)
    ]
    warnings += [
        f"profile.toml: {field!r} names no known private field; lines labelled so are kept private."
        for field in unknown_fields(profile.private)
    ]
    passages = without_repeats([p for name in documents for p in split(documents[name], profile.name)])
    timeline = read_timeline(passages)
    return Corpus(
        profile,
        MappingProxyType(documents),
        passages,
        replace(timeline, milestones=read_milestones(passages, timeline.entries)),
        tuple(warnings),
        MappingProxyType(passed_over),
    )
