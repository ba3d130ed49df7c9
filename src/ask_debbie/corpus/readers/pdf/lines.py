"""Characters to rows: a row's pieces are runs of words without a wide gap between them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from statistics import median

from ask_debbie.corpus.readers.pdf.process import Char, RawPage

BOLD, ITALIC, SIDEWAYS, SYMBOL = 1, 2, 4, 8
_WORD_GAP = 0.27  # of the type size
_PIECE_GAP = 0.62
_ACCENTS = {
    "´": "\u0301",
    "`": "\u0300",
    "¨": "\u0308",
    "ˆ": "\u0302",
    "˜": "\u0303",
    "¸": "\u0327",
    "ˇ": "\u030c",
}
_ACCENTS |= {"¯": "\u0304", "˘": "\u0306", "˙": "\u0307", "˚": "\u030a", "˝": "\u030b", "˛": "\u0328"}
_MARKS = frozenset("•◦▪▫■□●○‣⁃∙·–—-*➢➤►▶▸▹❖✓✔✦✧◆◇⦁❑❒⁌◾◼➔→»›∗⋄")
_LETTER_MARKS = frozenset("oOvqlnuFüØ§Ÿàtw")  # what a symbol font's bullet is called where its name got lost
_NUMBER = re.compile(r"(?:\[\d{1,4}\]|\(\d{1,3}\)|\d{1,3}[.)])$")


@dataclass(frozen=True)
class Piece:
    """A run of words on one row. Spaces between the words are characters too.

    Attributes:
        page: from 0.
        mark: the x at which its bullet or number stands; None where it has none.
    """

    page: int
    chars: tuple[Char, ...]
    mark: float | None = None

    @cached_property
    def text(self) -> str:
        return "".join(char.text for char in self.chars)

    @property
    def x0(self) -> float:
        return self.chars[0].x0

    @property
    def x1(self) -> float:
        return self.chars[-1].x1

    @cached_property
    def y0(self) -> float:
        return min(char.y0 for char in self.chars)

    @cached_property
    def y1(self) -> float:
        return max(char.y1 for char in self.chars)

    @cached_property
    def base(self) -> float:
        return median(char.base for char in self.chars)

    @cached_property
    def size(self) -> float:
        return median(char.size for char in self.chars)

    @property
    def left(self) -> float:
        """Where it begins, its bullet included."""
        return self.x0 if self.mark is None else self.mark

    @cached_property
    def colour(self) -> int:
        """That of most of its characters."""
        return Counter(char.colour for char in self.chars).most_common(1)[0][0]

    def all(self, style: int) -> bool:
        """Whether nearly all of its letters have a style."""
        letters = [char for char in self.chars if char.text.isalnum()] or list(self.chars)
        return sum(bool(char.style & style) for char in letters) >= 0.9 * len(letters)


Row = list[Piece]


def rows_of(page: RawPage, number: int) -> list[Row]:
    """The page's rows from the top, each with its pieces from the left. Unseen and sideways text is left out."""
    rows: list[list[tuple[Char, bool]]] = []
    anchor = 0.0
    ordered = sorted(_with_breaks(page.chars), key=lambda pair: (pair[0].base, pair[0].x0))
    for char, broken in ordered:
        if not rows or char.base - anchor > 0.5 * max(char.size, 4.0):
            rows.append([])
            anchor = char.base
        rows[-1].append((char, broken))
    found = [_pieces(row, number) for row in rows]
    return [_with_marks(row) for row in found if row]


def _with_breaks(chars: Iterable[Char]) -> list[tuple[Char, bool]]:
    """The seen characters, each with whether a space comes before it in the file.

    Some programs make letters bold by drawing them twice: the second ones are left out.
    """
    found: list[tuple[Char, bool]] = []
    drawn: dict[tuple[str, int, int], int] = {}
    broken = False
    for position, char in enumerate(chars):
        if char.text.isspace():
            broken = True
            continue
        if not char.seen or char.style & SIDEWAYS:
            continue
        place = (char.text, round(char.x0 / 1.5), round(char.base / 1.5))
        if position - drawn.setdefault(place, position) < 3:  # the parts of one ligature share its place
            found.append((char, broken))
            broken = False
    return found


def _pieces(row: list[tuple[Char, bool]], number: int) -> Row:
    row = sorted(row, key=lambda pair: pair[0].x0)
    pieces: list[list[Char]] = []
    for char, broken in _accented(row):
        last = pieces[-1][-1] if pieces else None
        size = max(char.size, last.size if last else 0.0)
        gap = char.x0 - last.x1 if last else 0.0
        icon = last is not None and bool(char.style & SYMBOL) and len(pieces[-1]) > 0
        if last is None or gap > _PIECE_GAP * size or icon:
            pieces.append([char])
            continue
        if (broken and gap > 0.05 * size) or gap > _WORD_GAP * size:
            style = last.style & char.style
            pieces[-1].append(last._replace(text=" ", x0=last.x1, x1=max(char.x0, last.x1), style=style))
        pieces[-1].append(char)
    return [_unspaced(Piece(number, tuple(piece))) for piece in _rejoin(pieces)]


def _accented(row: Sequence[tuple[Char, bool]]) -> list[tuple[Char, bool]]:
    """Accents that are drawn over a letter become one character with it."""
    kept: list[tuple[Char, bool]] = []
    pending: tuple[Char, bool] | None = None
    for char, broken in row:
        if pending and char.text.isalpha() and char.x0 - 0.1 * char.size <= _middle(pending[0]) <= char.x1:
            whole = unicodedata.normalize("NFC", char.text + _ACCENTS[pending[0].text])
            kept.append((char._replace(text=whole), broken or pending[1]))
            pending = None
            continue
        if pending:
            kept.append(pending)
            pending = None
        last = kept[-1][0] if kept else None
        if char.text in _ACCENTS and last and last.text.isalpha() and last.x0 < _middle(char) < last.x1:
            whole = unicodedata.normalize("NFC", last.text + _ACCENTS[char.text])
            kept[-1] = (last._replace(text=whole), kept[-1][1])
        elif char.text in _ACCENTS:
            pending = (char, broken)
        else:
            kept.append((char, broken))
    return [*kept, pending] if pending else kept


def _middle(char: Char) -> float:
    return (char.x0 + char.x1) / 2


def _rejoin(pieces: list[list[Char]]) -> list[list[Char]]:
    """L E T T E R S set wide apart are one piece: their gaps are even."""
    joined: list[list[Char]] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if (
            last
            and len(piece) == 1
            and piece[0].text.isalpha()
            and all(c.text.isalpha() or c.text == " " for c in last)
        ):
            gap = piece[0].x0 - last[-1].x1
            singles = len(last) == 1 or all(c.text == " " for c in last[1::2])
            if singles and gap < 1.6 * piece[0].size:
                before = last[-1]
                last.append(before._replace(text=" ", x0=before.x1, x1=piece[0].x0))
                last.extend(piece)
                continue
        joined.append(list(piece))
    return joined


def _unspaced(piece: Piece) -> Piece:
    """Letters that are set apart, "E X P E R I E N C E", closed up; wider gaps part the words."""
    letters = [char for char in piece.chars if char.text != " "]
    spaces = len(piece.chars) - len(letters)
    if not 4 <= len(letters) <= 40 or not all(c.text.isalpha() or c.text in "&-/" for c in letters):
        return piece
    if spaces < 0.4 * (len(letters) - 1) or not _is_regular(piece.text):
        return piece
    gaps = [after.x0 - before.x1 for before, after in pairwise(letters)]
    wide = 1.8 * median(gaps)
    closed = [letters[0]]
    for gap, before, char in zip(gaps, letters, letters[1:], strict=False):
        if gap > wide and gap > 0.3 * char.size:
            closed.append(before._replace(text=" ", x0=before.x1, x1=char.x0))
        closed.append(char)
    return replace(piece, chars=tuple(closed))


def _is_regular(text: str) -> bool:
    words = text.split()
    single = sum(len(word) == 1 for word in words)
    return single >= (0.5 if text.isupper() and single > 2 else 0.8) * len(words)


def _with_marks(row: Row) -> Row:
    """Bullets and numbers taken off the text that they stand before."""
    done: Row = []
    waiting: Piece | None = None
    for piece in row:
        if waiting is not None:
            near = piece.x0 - waiting.x1 < 4 * piece.size
            done.append(replace(piece, mark=waiting.x0) if near else piece)
            waiting = None
            continue
        head = piece.text.split(" ", 1)[0]
        if piece.chars[0].style & SYMBOL:
            rest = tuple(char for char in piece.chars if not char.style & SYMBOL or char.text == " ")
            rest = rest[1:] if rest and rest[0].text == " " else rest
            if rest:
                done.append(replace(piece, chars=rest, mark=piece.x0))
            else:
                waiting = piece
        elif _is_mark(head) and head == piece.text:
            waiting = piece
        elif _is_mark(head) and " " in piece.text and head not in _LETTER_MARKS:
            rest = piece.chars[[char.text for char in piece.chars].index(" ") + 1 :]
            done.append(replace(piece, chars=rest, mark=piece.x0) if rest else piece)
        elif piece.text[0] in "•▪■●◦" and len(piece.chars) > 1:
            done.append(replace(piece, chars=piece.chars[1:], mark=piece.x0))
        else:
            done.append(piece)
    if waiting is not None and not done and _NUMBER.match(waiting.text):
        done.append(waiting)
    return done


def _is_mark(word: str) -> bool:
    if len(word) == 1:
        private = "\ue000" <= word <= "\uf8ff" or word == "\ufffd"
        return word in _MARKS or word in _LETTER_MARKS or private or unicodedata.category(word) == "So"
    return bool(_NUMBER.match(word))
