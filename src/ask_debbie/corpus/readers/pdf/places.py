"""Blocks written with the place of each of their lines on the pages, and what is private there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from ask_debbie.corpus.document import Box, Document, Place
from ask_debbie.corpus.readers.document_writer import CONTROL, DocumentWriter
from ask_debbie.corpus.readers.pdf.entries import Written
from ask_debbie.corpus.readers.pdf.process import Char

Sizes = Sequence[tuple[float, float]]
_MARGIN = 0.15  # of the type size, painted over around private text


def write(writer: DocumentWriter, block: Written, sizes: Sizes) -> None:
    """Write a block; its lines on the pages become places."""
    chars = list(_clean(block.chars))
    text = "".join(char.text for char in chars)
    if block.kind == "heading":
        start = writer.heading(text, block.level)
    elif block.kind == "bullet":
        start = writer.bullet(text)
    else:
        start = writer.line(text)
    for (page, _), line in groupby(chars, key=lambda char: (char.page, round(char.base))):
        part = list(line)
        place = _place(part, start, sizes[page])
        if place.end > place.start:
            writer.place(place)
        start = place.end


def _clean(chars: Iterable[Char]) -> Iterator[Char]:
    """The characters as the writer writes them: single blanks between words, nothing that can't be seen."""
    blank: Char | None = None
    begun = False
    for char in chars:
        text = CONTROL.sub("", char.text)
        if text.isspace():
            blank = char
        elif text:
            if blank is not None and begun:
                yield blank._replace(text=" ")
            blank, begun = None, True
            yield char._replace(text="".join(text.split()))


def _place(line: Sequence[Char], start: int, size: tuple[float, float]) -> Place:
    width, height = size
    edges: list[float] = []
    for char in line:
        letters = len(char.text)
        edges += [(char.x0 + (char.x1 - char.x0) * at / letters) / width for at in range(letters)]
    edges.append(line[-1].x1 / width)
    page = line[0].page + 1
    top, bottom = min(char.y0 for char in line), max(char.y1 for char in line)
    return Place(
        start,
        start + len(edges) - 1,
        f"page {page}",
        page,
        _fraction(top / height),
        _fraction(bottom / height),
        tuple(_fraction(edge) for edge in edges),
    )


def _fraction(value: float) -> float:
    return round(min(max(value, 0.0), 1.0), 5)


def covered_in(document: Document, written: str) -> Iterator[Box]:
    """Where what was written isn't in the document any more."""
    for place in document.places:
        differs = [document.text[at] != written[at] for at in range(place.start, place.end)]
        at = place.start
        for gone, run in groupby(differs):
            end = at + len(list(run))
            box = place.box(at, end) if gone else None
            if box:
                yield _wider(box)
            at = end


def left_out(lines: Iterable[Sequence[Char]], hide: Callable[[str], str], sizes: Sizes) -> Iterator[Box]:
    """What is private in lines that aren't in the document: running heads, sideways text."""
    for line in lines:
        chars = [char for char in line if char.text]
        text = "".join(char.text for char in chars)
        hidden = hide(text)
        at = 0
        for char in chars:
            width, height = sizes[char.page]
            if hidden[at : at + len(char.text)] != char.text and not char.text.isspace():
                box = (char.x0 / width, char.y0 / height, char.x1 / width, char.y1 / height)
                yield _wider(Box(char.page + 1, *map(_fraction, box)))
            at += len(char.text)


def _wider(box: Box) -> Box:
    margin = (box.bottom - box.top) * _MARGIN
    return Box(
        box.page,
        _fraction(box.left - margin),
        _fraction(box.top - margin),
        _fraction(box.right + margin),
        _fraction(box.bottom + margin),
    )
