"""Sections that are lists of entries: publications, talks, grants, courses, patents."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from ask_debbie.corpus.corpus import Corpus
from ask_debbie.corpus.document import Document, Passage
from ask_debbie.corpus.passages import is_dates, plain
from ask_debbie.corpus.references import Author, Reference, goes_on, read_reference, years_in

_YEAR = re.compile(r"\W*((?:19|20)\d\d)\W*")
_NUMBERED = re.compile(r"\s*(?:\[[A-Za-z]{0,3}(\d{1,3})\]|[A-Za-z]?(\d{1,3})[.)])\s")


@dataclass(frozen=True, slots=True)
class Listed:
    """One entry.

    Attributes:
        passage: all of it.
        text: without inline marks.
        reference: what it says as a reference; None where it is none.
        years: those that it may be of; none where it has no year.
        place: whether the candidate is the first of its authors, and the last; None where that can't be told.
    """

    passage: Passage
    text: str
    reference: Reference | None
    years: frozenset[int]
    open: bool
    place: tuple[bool, bool] | None


@dataclass(frozen=True, slots=True)
class Listing:
    """A section, or a part of one under a heading of its own, whose entries can be told apart."""

    title: str
    heading: Passage
    entries: tuple[Listed, ...]


def read_listings(corpus: Corpus) -> tuple[Listing, ...]:
    """All listings of all documents, outer ones before those inside them."""
    author = Author(corpus.profile.name)
    return tuple(
        listing
        for heading in corpus.passages
        if heading.kind == "heading"
        for listing in _listing(corpus.documents[heading.document], heading, author)
    )


def _listing(document: Document, heading: Passage, author: Author) -> list[Listing]:
    place = next((i for i, b in enumerate(document.blocks) if b.start == heading.start), None)
    if place is None or document.blocks[place].kind != "heading":
        return []
    level = document.blocks[place].level
    under = []
    for block in document.blocks[place + 1 :]:
        if block.kind == "heading" and block.level <= level:
            break
        under.append(block)
    headings = [b for b in under if b.kind == "heading"]
    if any(is_dates(document.text[b.start : b.end]) and b.kind != "heading" for b in under):
        return []  # roles, with their dates on lines of their own
    bullets = [b for b in under if b.kind == "bullet"]
    columns = {b.start: _column(document.text, b.start) for b in bullets}
    entries = [b for b in bullets if columns[b.start] == min(columns.values())]
    if not bullets:
        entries = [b for b in under if b.kind == "line"]
    if len(entries) < 2 or any(not any(h.end <= e.start for e in entries) for h in headings):
        return []
    listed = []
    year: int | None = None
    trail = (*heading.breadcrumb, plain(heading.text))
    for block in under:
        text = document.text[block.start : block.end]
        if block.kind == "heading":
            year = int(found[1]) if (found := _YEAR.fullmatch(plain(text))) else None
        if block in entries:
            passage = Passage(document.path, block.start, block.end, text, "sentence", trail)
            listed.append(_listed(passage, year, author))
    return [Listing(plain(heading.text), heading, tuple(listed))] if _is_complete(document, listed) else []


def _listed(passage: Passage, year: int | None, author: Author) -> Listed:
    text = plain(passage.text)
    reference = read_reference(text)
    years = frozenset({year}) if year else reference.years if reference else _years(text)
    place = author.place(reference.authors) if reference else None
    return Listed(passage, text, reference, years, goes_on(text) and reference is None, place)


def _years(text: str) -> frozenset[int]:
    """The years of an entry that is no reference: of the one part that only says when, if there is one."""
    parts = [part for part in re.split(r"[,;|·•()]|\s[–—-]\s", text) if is_dates(part)]
    return years_in(parts[0] if len(parts) == 1 else text)


def _is_complete(document: Document, entries: list[Listed]) -> bool:
    """Whether the entries' own numbers, where they have some, are as many as there are entries."""
    numbers = [
        m
        for e in entries
        if (m := _NUMBERED.match(document.text, _line_start(document.text, e.passage.start)))
    ]
    if len(numbers) < len(entries):
        return True
    found = [int(m[1] or m[2]) for m in numbers]
    return all(abs(after - before) <= 1 or 1 in (before, after) for before, after in pairwise(found))


def _line_start(text: str, place: int) -> int:
    return text.rfind("\n", 0, place) + 1


def _column(text: str, place: int) -> int:
    line = text[_line_start(text, place) : place]
    return len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
