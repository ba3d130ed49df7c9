"""Reading order: a page's rows cut into columns where text flows down each of them, else read row by row."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from ask_debbie.corpus.dates import find_dates, find_ranges
from ask_debbie.corpus.readers.pdf.lines import Piece, Row
from ask_debbie.corpus.readers.plain import SECTION_WORDS

_ALIGNED = 0.4  # of the type size, between two baselines that count as one
_MOST_EDGES = 40
_MOST_PIECES = 600  # of a page that is looked through for columns: no resume has so many
_DEEPEST = 3
_FLOWING_WORDS = 4


@dataclass(frozen=True, slots=True)
class Line:
    """One line of one column.

    Attributes:
        cells: its pieces from the left; nearly always one.
        column: the number of its column; lines of one column follow each other.
        right: where the column's text ends.
    """

    cells: tuple[Piece, ...]
    column: int
    right: float = 0.0

    @property
    def first(self) -> Piece:
        return self.cells[0]

    @property
    def text(self) -> str:
        return " ".join(cell.text for cell in self.cells)


def reading_order(rows: Sequence[Row]) -> list[Line]:
    """The page's lines, each column's together."""
    columns = list(_cut([row for row in rows if row], 0))
    lines: list[Line] = []
    for number, column in enumerate(columns):
        right = max(piece.x1 for row in column for piece in row)
        lines += [Line(tuple(cells), number, right) for cells in _joined_cells(_margin_first(column))]
    return lines


def _cut(rows: list[Row], depth: int) -> Iterator[list[Row]]:
    """The columns of a block of rows, each a list of rows, in the order in which people read them."""
    pieces = sum(len(row) for row in rows)
    best = None if depth >= _DEEPEST or len(rows) < 3 or pieces > _MOST_PIECES else _best_cut(rows)
    if best is None:
        if rows:
            yield rows
        return
    start, end, edge = best
    yield from _cut(rows[:start], depth + 1) if start else ()
    inside = rows[start:end]
    left = [[p for p in row if _is_left(p, edge)] for row in inside]
    right = [[p for p in row if not _is_left(p, edge)] for row in inside]
    for side in (left, right):
        yield from _cut([row for row in side if row], depth + 1)
    yield from _cut(rows[end:], depth + 1) if end < len(rows) else ()


def _best_cut(rows: list[Row]) -> tuple[int, int, float] | None:
    """The rows ``[start:end]`` and the x at which most text flows in two columns."""
    edges = sorted({round(piece.left) for row in rows for piece in row})
    if len(edges) > _MOST_EDGES:
        edges = edges[:: len(edges) // _MOST_EDGES + 1]
    best: tuple[float, int, int, float] | None = None
    for edge in edges:
        for start, end in _free_runs(rows, edge - 1.0):
            left = [p for row in rows[start:end] for p in row if _is_left(p, edge - 1.0)]
            right = [p for row in rows[start:end] for p in row if not _is_left(p, edge - 1.0)]
            size = min(len(left), len(right)) + 0.2 * (end - start)
            better = best is None or size > best[0]
            if better and len(left) > 1 and len(right) > 1 and _flows(left, right):
                best = (size, start, end, edge - 1.0)
    return best[1:] if best else None


def _is_left(piece: Piece, edge: float) -> bool:
    return (piece.left + piece.x1) / 2 < edge


def _free_runs(rows: list[Row], edge: float) -> Iterator[tuple[int, int]]:
    """Where no piece crosses ``edge``: runs of rows that have text at both sides, somewhere."""
    start = 0
    for position, row in enumerate([*rows, None]):
        if row is not None and not any(p.left < edge < p.x1 for p in row):
            continue
        if position - start >= 2:
            yield from _trimmed(rows, start, position, edge)
        start = position + 1


def _trimmed(rows: list[Row], start: int, end: int, edge: float) -> Iterator[tuple[int, int]]:
    """Without what only happens to be short: a heading or two before text that goes over both columns."""
    sides = [{_is_left(piece, edge) for piece in row} for row in rows[start:end]]
    if end < len(rows):
        lefts = [place for place, side in enumerate(sides) if True in side]
        rights = [place for place, side in enumerate(sides) if False in side]
        if lefts and rights:
            shorter = min(lefts[-1], rights[-1]) + 1
            if len(sides) - shorter <= 2:
                end = start + shorter
    if end - start >= 2:
        yield start, end


def _flows(left: Sequence[Piece], right: Sequence[Piece]) -> bool:
    """Whether both sides are texts of their own, and not the two cells of each row."""
    if any(_is_name(piece) for piece in left) and any(_is_name(piece) for piece in right):
        return True
    for side, other in ((left, right), (right, left)):
        heads = [cell for cell in _cells(side) if len(cell) > 1 and _is_heading(cell)]
        bases = sorted((piece.base, piece.size) for piece in other)
        under = [piece for piece in side if not _is_name(piece)]
        loose = sum(not _is_beside(piece, bases) for piece in under) > 0.4 * len(under)
        if heads and len(side) >= 3 and loose:
            return True
        cells = _cells(under)
        if not cells:
            return False
        tied = sum(_is_beside(cell[0], bases) for cell in cells)
        short = median(len(cell) for cell in cells) <= (6 if all(p.all(1) for p in side) else 3)
        if tied >= 0.75 * len(cells) and short and not _is_prose(left, right):
            return False
    return True


def _cells(side: Sequence[Piece]) -> list[list[Piece]]:
    """Lines that follow each other without a gap."""
    cells: list[list[Piece]] = []
    for piece in side:
        last = cells[-1][-1] if cells else None
        pitch = piece.base - last.base if last else 0.0
        if last and pitch < 1.5 * max(piece.size, last.size) and abs(piece.size - last.size) < 0.5:
            cells[-1].append(piece)
        else:
            cells.append([piece])
    return cells


def _is_heading(cell: Sequence[Piece]) -> bool:
    """Whether a cell begins with a section's name, and goes on in other type."""
    first, second = cell[0], cell[1]
    named = _is_name(first)
    same = first.all(1) == second.all(1) and first.text.isupper() == second.text.isupper()
    return named and not same


def _is_name(piece: Piece) -> bool:
    return bool(SECTION_WORDS.fullmatch(piece.text.strip(" :")))


def _is_beside(piece: Piece, bases: Sequence[tuple[float, float]]) -> bool:
    """Whether a piece stands on the line of any of others, given by baseline and size in order."""
    at = bisect_left(bases, (piece.base, 0.0))
    near = bases[max(0, at - 1) : at + 1]
    return any(abs(piece.base - base) < _ALIGNED * min(piece.size, size) for base, size in near)


def _is_prose(left: Sequence[Piece], right: Sequence[Piece]) -> bool:
    def words(side: Sequence[Piece]) -> float:
        return median(len(piece.text.split()) for piece in side)

    return min(len(left), len(right)) >= 6 and min(words(left), words(right)) >= _FLOWING_WORDS


def _margin_first(rows: list[Row]) -> list[Row]:
    """A narrow cell of several lines at the left (dates, a heading) put before the row that it stands beside."""
    texts = [row for row in rows if row]
    edge = _margin_edge(texts)
    if edge is None:
        return texts
    done: list[Row] = []
    anchor: int | None = None
    last: Piece | None = None
    for row in texts:
        margin = [p for p in row if p.x1 <= edge]
        rest = [p for p in row if p.x1 > edge]
        goes_on = (
            last is not None
            and bool(margin)
            and anchor is not None
            and margin[0].base - last.base < 1.5 * last.size
            and last.all(1) == margin[0].all(1)
            and (
                _is_cut(last)
                or (last.text.isupper() and margin[0].text.isupper())
                or not rest
                or abs(rest[0].base - margin[0].base) > 0.12 * last.size
            )
        )
        if goes_on and anchor is not None and last is not None:
            done[anchor] = [_glued(done[anchor][0], margin[0]), *done[anchor][1:]]
            if rest:
                done.append(rest)
        else:
            done.append(row)
            anchor = len(done) - 1 if margin else None
        last = margin[0] if margin else None
    return done


def _is_cut(piece: Piece) -> bool:
    return bool(re.search(r"(?:[–—-]|\bto|&)$", piece.text))


def _margin_edge(rows: list[Row]) -> float | None:
    """The x that parts a margin's cells from the text, where there is such a margin."""
    starts = Counter(round(row[1].left) for row in rows if len(row) > 1)
    for edge in sorted(start for start, _ in starts.most_common(_MOST_EDGES // 2)):
        margin = [row for row in rows if row[0].x1 <= edge]
        text = [row for row in rows if row[-1].left >= edge - 1.5]
        crossing = sum(any(p.left < edge - 1.5 and p.x1 > edge for p in row) for row in rows)
        paired = sum(len(row) > 1 and row[0].x1 <= edge and abs(row[1].left - edge) < 16 for row in rows)
        wide = max((row[0].x1 - row[0].left for row in margin), default=0.0)
        total = max(p.x1 for row in rows for p in row) - min(row[0].left for row in rows)
        narrow = wide < 0.3 * total
        if (
            paired >= 2
            and paired >= 0.5 * len(margin)
            and len(text) > len(margin)
            and narrow
            and crossing <= 0.4 * len(rows)
        ):
            return float(edge)
    return None


def _glued(before: Piece, after: Piece) -> Piece:
    last = before.chars[-1]
    space = last._replace(text=" ", x0=last.x1)
    return replace(before, chars=(*before.chars, space, *after.chars))


def _joined_cells(rows: list[Row]) -> Iterator[Row]:
    """Pieces that a stretched line was torn into, together again; what begins a column stays by itself."""
    starts = Counter(round(piece.left) for row in rows for piece in row[1:])
    for row in rows:
        cells = [row[0]]
        for piece in row[1:]:
            gap = piece.x0 - cells[-1].x1
            size = max(piece.size, cells[-1].size)
            shared = sum(starts[round(piece.left) + step] for step in (-1, 0, 1)) >= 3
            dated = (
                bool(re.fullmatch(r"[\W\d]*", piece.text)) or _is_when(piece.text) or _is_when(cells[-1].text)
            )
            if gap < 1.3 * size and not shared and not dated and piece.mark is None:
                cells[-1] = _glued(cells[-1], piece)
            else:
                cells.append(piece)
        yield cells


def _is_when(text: str) -> bool:
    found = find_ranges(text) or find_dates(text)
    return bool(found) and len(text) - len(found[0].text) < 12
