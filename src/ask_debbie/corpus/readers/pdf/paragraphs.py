"""Lines to items: wrapped lines joined, hyphens of line ends taken out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from ask_debbie.corpus.readers.pdf.columns import Line
from ask_debbie.corpus.readers.pdf.items import Cell, Item, text_of
from ask_debbie.corpus.readers.pdf.lines import BOLD, ITALIC, Piece

_NEAR = 60  # lines before and after one that tell how wide its column is
_LONGEST = 4000  # characters of a paragraph
_ENDS = re.compile(r"[.!?:;][\"'”’)\]]*$")
_GOES_ON = re.compile(r"(?:[,&/(–—]|\b(?:and|or|of|in|for|with|the|to|at|by|und|de|y))$", re.IGNORECASE)
_CONTACT = re.compile(r"@[\w-]+\.|\d{3}[ .-]?\d{3,4}|https?:|www\.|linkedin|github", re.IGNORECASE)


def items_of(pages: Sequence[Sequence[Line]]) -> list[Item]:
    """The items of a document."""
    lines = [line for page in pages for line in page]
    words = {word.casefold() for line in lines for word in re.findall(r"[\w-]{4,}", line.text)}
    pitch = _usual_pitch(lines)
    items: list[Item] = []
    before: Line | None = None
    for place, line in enumerate(lines):
        gap = _gap(before, line)
        near = lines[max(0, place - _NEAR) : place + _NEAR]
        if before and items and _continues(items[-1], before, line, gap, pitch, near):
            items[-1] = _joined(items[-1], line, words)
        else:
            items.append(_item(line, gap))
        before = line
    return items


def _item(line: Line, gap: float) -> Item:
    cells = tuple(cell.chars for cell in line.cells)
    marks = tuple(cell.mark is not None for cell in line.cells)
    return Item(cells, marks, line.first.left, line.column, gap)


def _gap(before: Line | None, line: Line) -> float:
    if before is None or before.first.page != line.first.page or before.column != line.column:
        return 9.0
    return (line.first.base - before.first.base) / max(line.first.size, 1.0)


def _usual_pitch(lines: Sequence[Line]) -> float:
    """How far apart the lines of one paragraph stand: the least distance that full lines have more than once."""
    gaps = [
        gap
        for before, line in pairwise(lines)
        if len(before.text.split()) > 6
        and before.column == line.column
        and before.first.x1 > 0.85 * before.right
        and line.first.mark is None
        and 0.8 < (gap := _gap(before, line)) < 2.6
    ]
    ordered = sorted(gaps)
    close = (gap for gap, after in pairwise(ordered) if after < 1.05 * gap)
    return next(close, ordered[0] if ordered else 1.3)


def _continues(item: Item, before: Line, line: Line, gap: float, pitch: float, lines: Sequence[Line]) -> bool:
    """Whether a line goes on with the item that the line before it belongs to."""
    first = line.first
    if first.mark is not None or len(line.cells) > 1 or len(item.text) > _LONGEST:
        return False
    starts_low = first.text[:1].islower()
    if before.first.page != first.page or before.column != line.column:
        same = abs(first.size - before.first.size) < 0.4 and len(before.cells) == 1
        return same and starts_low and not _ENDS.search(item.text) and len(item.text.split()) > 5
    last = _goes_on_from(before, first)
    if last is None or gap > 1.22 * pitch or abs(first.size - last.size) > 0.6:
        return False
    said = text_of(item.cells[before.cells.index(last)])
    if (first.all(BOLD) != last.all(BOLD) or first.colour != last.colour) and not said.endswith((",", "-")):
        return False
    if _CONTACT.search(first.text) and len(first.text.split()) < 9 and not said.endswith("-"):
        return False
    hangs = abs(first.x0 - last.x0) < 2.5 or (last.mark is not None and abs(first.x0 - last.left) < 2.5)
    indented = item.lines == 1 and last.x0 > first.x0 and last.mark is None and len(said.split()) > 6
    centred = abs((first.x0 + first.x1) - (last.x0 + last.x1)) < 5
    if not (hangs or indented or (centred and starts_low)):
        return False
    right = before.right if _ENDS.search(said) else _right_of(last, before, lines)
    full = last.x1 + _first_word(first) + 0.2 * first.size > right - 0.6 * first.size
    if starts_low or _GOES_ON.search(said) or said.endswith("-"):
        return full or len(said.split()) >= 4 or said.endswith("-") or len(before.cells) > 1
    look = last.chars[-1].style & (BOLD | ITALIC)
    alike = look > 0 and look == first.chars[0].style & (BOLD | ITALIC)
    if len(before.cells) > 1 and last.chars[0].style & BOLD and not last.all(BOLD) and not alike:
        return False  # a title beside its dates: what follows describes it
    if item.marked and last.mark is not None and first.x0 - last.left > 2:
        return full or len(said.split()) >= 5
    wide = right - last.x0 > 22 * first.size and len(last.text.split()) >= 5
    if full and (wide or (item.lines > 1 and len(said.split()) > 8)):
        return True
    return full and gap < _usual_gap(before, lines) - 0.08


def _goes_on_from(before: Line, first: Piece) -> Piece | None:
    """The cell under which a line stands."""
    if len(before.cells) == 1:
        return before.first
    if abs(first.x0 - before.cells[-1].x0) < 2.5:
        return before.cells[-1]
    title = len(before.cells) == 2 and abs(first.x0 - before.first.x0) < 2.5
    return before.first if title and _GOES_ON.search(before.first.text) else None


def _right_of(last: Piece, line: Line, lines: Sequence[Line]) -> float:
    """Where lines that begin at one place end at most."""
    group = [
        other.cells[-1].x1
        for other in lines
        if other.column == line.column
        and other.first.page == last.page
        and len(other.cells) == 1
        and abs(other.first.x0 - last.x0) < 2.5
    ]
    return max(group) if len(group) >= 3 else line.right


def _usual_gap(line: Line, lines: Sequence[Line]) -> float:
    """The pitch of lines like one in its column: in a list, those that go on stand closer."""
    column = [
        other
        for other in lines
        if other.column == line.column
        and other.first.page == line.first.page
        and abs(other.first.x0 - line.first.x0) < 2.5
        and abs(other.first.size - line.first.size) < 0.4
    ]
    gaps = [gap for before, after in pairwise(column) if 0.8 < (gap := _gap(before, after)) < 2.6]
    return median(gaps) if len(gaps) >= 3 else 0.0


def _first_word(piece: Piece) -> float:
    end = next((char.x0 for char in piece.chars if char.text == " "), piece.x1)
    return end - piece.x0


def _joined(item: Item, line: Line, words: set[str]) -> Item:
    position = len(item.cells) - 1
    if len(item.cells) > 1 and abs(line.first.x0 - item.cells[0][0].x0) < 2.5:
        position = 0
    cell, more = item.cells[position], line.first.chars
    whole = (*_before_break(cell, more, words), *more)
    cells = (*item.cells[:position], whole, *item.cells[position + 1 :])
    return replace(item, cells=cells, lines=item.lines + 1)


def _before_break(cell: Cell, more: Cell, words: set[str]) -> Cell:
    """The end of a line that goes on: with a blank, or without the hyphen that only the line's end asked for."""
    last = cell[-1]
    word = text_of(cell).rsplit(" ", 1)[-1]
    if re.search(r"://|www\.|@|\.\w+/", word) and not text_of(more)[:1].isupper():
        return cell
    if last.text in ("-", "\u00ad", "‐") and len(cell) > 1 and cell[-2].text.isalpha():
        left = re.split(r"[^\w]", text_of(cell[:-1]))[-1]
        right = re.match(r"\w*", text_of(more))
        after = right[0] if right else ""
        if f"{left}-{after}".casefold() in words or not after[:1].islower():
            return cell
        if f"{left}{after}".casefold() in words or not _are_words(left, after):
            return cell[:-1]
        return cell
    return (*cell, last._replace(text=" ", x0=last.x1))


_PREFIXES = frozenset(
    "real cross self well long short high low full part end multi open e non co anti so follow".split()
)


def _are_words(left: str, right: str) -> bool:
    """Whether a hyphen between two parts is likely the writer's own: real-time, cross-functional."""
    return left.casefold() in _PREFIXES and len(right) > 2
