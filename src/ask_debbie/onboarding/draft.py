"""A corpus folder in the making: written aside, read as the assistant will read it, put in place at the end."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ask_debbie.corpus.corpus import Corpus, read_corpus
from ask_debbie.corpus.profile import FILE_NAME, Contact, Private, Profile, read_profile
from ask_debbie.corpus.readers import read_document
from ask_debbie.onboarding.found import Found, find_name
from ask_debbie.onboarding.profile_file import profile_text

NOBODY = "—"


class CorpusDraft:
    """The documents of a corpus to be, and what has been decided of its profile.

    Args:
        room: an empty folder that is thrown away afterwards.
        files: by path inside the corpus.
    """

    def __init__(self, room: Path, files: Mapping[str, bytes]) -> None:
        self.room = room
        documents = []
        for name, raw in sorted(files.items(), key=lambda item: (item[0].count("/"), item[0])):
            path = room / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(raw)
            documents.append(read_document(name, raw))
        self.name = find_name(documents)

    def read(self, profile: Profile | None = None) -> Corpus:
        """The corpus with this profile; without one, with the name that was found."""
        text = profile_text(profile or Profile(name=self.name or NOBODY))
        (self.room / FILE_NAME).write_text(text, encoding="utf-8")
        return read_corpus(self.room)


def proposed_profile(name: str, found: Found, earlier: Profile | None) -> Profile:
    """The profile that the documents suggest; what an earlier one says goes before."""
    fields = dict.fromkeys(fact.field for fact in found.private if fact.field)
    lines = dict.fromkeys(fact.line for fact in found.private if not fact.field)
    suggested = Profile(
        name=name or NOBODY,
        pronouns=found.pronouns or "they/them",
        headline=found.headline,
        contact=Contact(email=found.email or None),
        links=found.links,
        private=Private(fields=tuple(filter(None, fields)), lines=tuple(lines)),
    )
    if earlier is None:
        return suggested
    return suggested.model_copy(update={key: getattr(earlier, key) for key in earlier.model_fields_set})


def earlier_profile(folder: Path) -> Profile | None:
    """The profile of a folder that is a corpus already.

    Raises:
        CorpusError: there is one, with a mistake in it.
    """
    return read_profile(folder) if (folder / FILE_NAME).exists() else None
