"""The corpus's own words: Document, Section, Passage."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

PassageKind = Literal["text", "bullet", "heading", "contact", "list", "item", "dates"]


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit that is retrieved and cited. ``document.text[start:end] == text``, always.

    Attributes:
        document: path of the file inside the corpus, with forward slashes.
        start, end: character offsets into the document's text.
        breadcrumb: the headings above it, outermost first.
        aliases: words that are searched with it and never quoted.
    """

    document: str
    start: int
    end: int
    text: str
    kind: PassageKind
    breadcrumb: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the span that it governs, up to the next heading of its level or a higher one."""

    title: str
    level: int
    start: int
    end: int
    breadcrumb: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One corpus file as text, with its sections."""

    path: str
    text: str
    sections: tuple[Section, ...] = field(default=())
