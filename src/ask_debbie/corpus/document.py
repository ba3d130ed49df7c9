"""The corpus's own words: Document, Block, Section, Passage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

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


@dataclass(frozen=True, slots=True)
class Place:
    """Where a span of the text stands in a file whose own text it isn't.

    Attributes:
        where: as a person would say it: ``page 2``, ``paragraph 14``.
    """

    start: int
    end: int
    where: str


@dataclass(frozen=True, slots=True)
class Document:
    """One corpus file as text, with the blocks that its reader found, in order.

    Attributes:
        path: the file's path inside the corpus, with forward slashes.
        places: where the text stands in the file, in order; none where the file is this text.
        warnings: what the owner should know of parts that could not be read.
    """

    path: str
    text: str
    blocks: tuple[Block, ...] = ()
    places: tuple[Place, ...] = ()
    warnings: tuple[str, ...] = ()

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
    """

    document: str
    start: int
    end: int
    text: str
    kind: PassageKind
    breadcrumb: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, int, int]:
        """Its place, which no other passage shares."""
        return self.document, self.start, self.end
