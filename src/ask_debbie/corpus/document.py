"""The corpus's own words: Document, Block, Section, Passage."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

BlockKind = Literal["heading", "bullet", "line"]
PassageKind = Literal["heading", "dates", "sentence", "field", "list", "item"]


@dataclass(frozen=True, slots=True)
class Block:
    """What a reader saw: a heading, a list item or a line of text, at its place in the document.

    Attributes:
        level: a heading's depth, 1 for the outermost; 0 for the rest.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the span that it governs, up to the next heading of its level or a higher one."""

    title: str
    level: int
    start: int
    end: int


class Box(NamedTuple):
    """A rectangle on a page (from 1), in fractions of its width and height from the top left corner."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Place:
    """Where a span of the text stands in a file whose own text it isn't.

    Attributes:
        where: as a person would say it: ``page 2``, ``paragraph 14``.
        page: from 1, where the file has pages that can be shown; else 0.
        top: of the line on its page, as a fraction of the page's height; ``bottom`` likewise.
        edges: the left edge of each character, and the right edge of the last, as fractions of the page's width.
    """

    start: int
    end: int
    where: str
    page: int = 0
    top: float = 0.0
    bottom: float = 0.0
    edges: tuple[float, ...] = ()

    def box(self, start: int, end: int) -> Box | None:
        """The rectangle of what the span shares with this place; None where it shares nothing."""
        first, last = max(start, self.start), min(end, self.end)
        if not self.edges or first >= last:
            return None
        return Box(
            self.page,
            min(self.edges[first - self.start : last - self.start + 1]),
            self.top,
            max(self.edges[first - self.start : last - self.start + 1]),
            self.bottom,
        )


@dataclass(frozen=True, slots=True)
class Facsimile:
    """The file as it was read, whose pages can be shown as pictures.

    Attributes:
        pages: each page's width and height, in points.
        covered: what is private on them, and is painted over.
    """

    raw: bytes = field(repr=False)
    pages: tuple[tuple[float, float], ...]
    covered: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One corpus file as text, with the blocks that its reader found, in order.

    Attributes:
        path: the file's path inside the corpus, with forward slashes.
        places: where the text stands in the file, in order; none where the file is this text.
        warnings: what the owner should know of parts that could not be read.
        facsimile: the file itself, where it has pages that can be shown.
    """

    path: str
    text: str
    blocks: tuple[Block, ...] = ()
    places: tuple[Place, ...] = ()
    warnings: tuple[str, ...] = ()
    facsimile: Facsimile | None = None

    def where(self, start: int, end: int) -> str:
        """The place in which a span begins, as a person would say it; empty where the file is this text."""
        return next((place.where for place in self.places if place.start < end and place.end > start), "")

    def boxes(self, start: int, end: int) -> tuple[Box, ...]:
        """Where a span stands on the file's pages, a rectangle a line."""
        return tuple(box for place in self.places if (box := place.box(start, end)))

    @property
    def sections(self) -> tuple[Section, ...]:
        """The headings with their spans, in order."""
        headings = [block for block in self.blocks if block.kind == "heading"]
        sections = []
        for position, heading in enumerate(headings):
            after = (later.start for later in headings[position + 1 :] if later.level <= heading.level)
            title = self.text[heading.start : heading.end]
            sections.append(Section(title, heading.level, heading.start, next(after, len(self.text))))
        return tuple(sections)


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit that is retrieved and cited. ``document.text[start:end] == text``, always.

    Attributes:
        breadcrumb: the headings above it, outermost first, then its role's dates.
        aliases: words that are searched with it and never quoted.
        place: where it begins in a file whose own text this isn't: ``page 2``.
    """

    document: str
    start: int
    end: int
    text: str
    kind: PassageKind
    breadcrumb: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    place: str = ""

    @property
    def key(self) -> tuple[str, int, int]:
        """Its place, which no other passage shares."""
        return self.document, self.start, self.end
