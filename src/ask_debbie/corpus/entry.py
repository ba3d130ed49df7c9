"""One thing with dates: a role, a project, a degree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ask_debbie.corpus.dates import DateRange
from ask_debbie.corpus.document import Passage

EntryKind = Literal["work", "education", "project", "volunteering", "other"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing with dates.

    Attributes:
        title: what it is, without its dates: a role, a project's name, a degree.
        organisation: the heading above it that groups roles, such as the employer; None where there is none.
        dates: when.
        passage: the passage that says when; its text holds the dates.
        headings: the passages of the headings that name it, outermost first, without the section's.
    """

    kind: EntryKind
    title: str
    organisation: str | None
    dates: DateRange
    passage: Passage
    headings: tuple[Passage, ...]

    @property
    def names(self) -> str:
        """All that names it, for matching: organisation and title."""
        return " ".join(filter(None, (self.organisation, self.title)))
