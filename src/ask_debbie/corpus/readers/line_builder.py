"""Text as it flows out of markup, gathered into lines."""

from __future__ import annotations

from ask_debbie.corpus.readers.document_writer import TOO_MUCH
from ask_debbie.corpus.readers.marked_line import MOST_LINES, Line
from ask_debbie.errors import DocumentError


class LineBuilder:
    """Gathers runs of text; a line ends where its format breaks one.

    Attributes:
        lines: what has been gathered.
        hidden: text that nobody sees.
        bullet: whether the next line is a list's item.
    """

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.hidden: list[str] = []
        self.bullet = False
        self._runs: list[str] = []
        self._seen = self._bold = 0
        self._where = ""
        self._apart = False

    def add(self, text: str, *, bold: bool = False, where: str = "") -> None:
        """Text of the present line; a line's place is that of its first text."""
        self._runs.append(text)
        if size := len("".join(text.split())):
            self._where = self._where or where
            self._seen += size
            self._bold += size * bold

    def end(self, level: int = 0) -> None:
        """Ends the present line; of a heading's with its depth."""
        if self._seen:
            parts = ("".join(self._runs)).split("\t")
            text = "\t".join(" ".join(part.split()).replace(" ,", ",") for part in parts).strip("\t")
            where = self._where or f"paragraph {len(self.lines) + 1}"
            strong = self._bold == self._seen
            if len(self.lines) >= MOST_LINES:
                raise DocumentError(TOO_MUCH)
            self.lines.append(Line(text, where, level, self.bullet and not level, strong, self._apart))
            self._apart = self.bullet = False
        self._runs, self._seen, self._bold, self._where = [], 0, 0, ""

    def part(self) -> None:
        """What follows stands apart in the same line."""
        self._runs.append("\t")

    def gap(self) -> None:
        """Ends the present line, and leaves an empty one."""
        self.end()
        self._apart = True

    def row(self, start: int) -> None:
        """Makes one line of those from ``start`` on, its cells apart, where they are short."""
        self.end()
        cells = self.lines[start:]
        if len(cells) > 1 and all(len(cell.text) < 100 and not cell.bullet for cell in cells):
            first = cells[0]
            text = "\t".join(cell.text for cell in cells)
            self.lines[start:] = [Line(text, first.where, first.level, False, first.strong, first.apart)]
