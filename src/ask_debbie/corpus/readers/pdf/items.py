"""An item: a line as it was meant, and the stretches of characters that it is made of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from ask_debbie.corpus.readers.pdf.lines import BOLD, ITALIC, Piece
from ask_debbie.corpus.readers.pdf.process import Char

Cell = tuple[Char, ...]


@dataclass(frozen=True)
class Item:
    """A line as it was meant: wrapped lines are one.

    Attributes:
        cells: its parts from the left, where a gap parts them: a role and its dates, a label and its values.
        marks: whether a bullet or number stands before each of them.
        gap: space above it, in lines; large at the top of a column.
        lines: how many lines it was set in.
    """

    cells: tuple[Cell, ...]
    marks: tuple[bool, ...]
    left: float
    column: int
    gap: float
    lines: int = 1

    @cached_property
    def text(self) -> str:
        return " ".join(text_of(cell) for cell in self.cells)

    @property
    def marked(self) -> bool:
        return self.marks[0]

    @property
    def page(self) -> int:
        return self.cells[0][0].page

    @cached_property
    def size(self) -> float:
        return Piece(0, self.cells[0]).size

    @cached_property
    def colour(self) -> int:
        return Piece(0, self.cells[0]).colour

    @cached_property
    def bold(self) -> bool:
        return Piece(0, self.cells[0]).all(BOLD)

    @cached_property
    def italic(self) -> bool:
        return Piece(0, self.cells[0]).all(ITALIC)


def text_of(cell: Iterable[Char]) -> str:
    return "".join(char.text for char in cell)


def parted_at(cell: Cell, pattern: re.Pattern[str]) -> list[Cell]:
    """A text cut where a pattern matches."""
    text, at = text_of(cell), 0
    if len(text) != len(cell):
        return [cell]
    cuts = [*(match.span() for match in pattern.finditer(text)), (len(text), len(text))]
    parts = []
    for start, end in cuts:
        if text[at:start].strip():
            parts.append(cell[at:start])
        at = end
    return parts or [cell]


def joined(cells: Sequence[Cell], between: str) -> Cell:
    """Several stretches of text as one."""
    chars = list(cells[0])
    for cell in cells[1:]:
        last = chars[-1]
        chars += [last._replace(text=mark, x0=last.x1) for mark in between]
        chars += cell
    return tuple(chars)
