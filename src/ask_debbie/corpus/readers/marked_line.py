"""A line of a document with markup, as every such format gives it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ask_debbie.corpus.dates import find_dates, find_ranges
from ask_debbie.corpus.readers.document_writer import DocumentWriter

_PARTS = re.compile(r"\t+|\s+[|·•]\s+|\s{3,}")
PLACE = re.compile(
    r"(?:[A-ZÀ-Ý][\w.'’-]*(?: [\w.'’-]+){0,3}, ?(?:[A-Z]{2,3}|[A-ZÀ-Ý][\w.'’-]*(?: [A-ZÀ-Ý][\w.]*){0,2})"
    r"(?:, ?[A-ZÀ-Ý][\w. ]{1,25})?|remote|on-?site|hybrid)"
)
MOST_LINES = 10_000
_LONG = 110  # characters: a longer line is prose


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, heading, list item or table row.

    Attributes:
        text: its parts that stand apart (cells, what is set flush right) are divided by tabs.
        level: a heading's depth, as the format marks it; 0 for the rest.
        strong: all of it is in bold.
        apart: an empty line is before it.
    """

    text: str
    where: str = ""
    level: int = 0
    bullet: bool = False
    strong: bool = False
    apart: bool = False

    @property
    def parts(self) -> tuple[str, ...]:
        return tuple(part.strip() for part in _PARTS.split(self.text) if part.strip(" |·•–—-,"))


def write_plainly(line: Line, to: DocumentWriter) -> None:
    """A line as it is, its parts joined."""
    label, *rest = line.text.strip().split("\t")
    if (
        len(rest) == 1
        and len(label.split()) <= 4
        and not re.search(r"[\d,:]", label)
        and not find_dates(rest[0])
    ):
        label += ":"
    text = " ".join([label if label.endswith((":", ",", ";")) or not rest else f"{label},", ", ".join(rest)])
    if line.level:
        to.heading(text, line.level, line.where)
    elif line.bullet:
        to.bullet(text, line.where)
    else:
        to.line(text, line.where)


def dates_in(text: str) -> str:
    """The one range or date that a line begins or ends with; empty where it has none there, or several."""
    dates = find_ranges(text) or find_dates(text)
    if len(dates) != 1:
        return ""
    before, after = text[: dates[0].span[0]].strip(" ([\t"), text[dates[0].span[1] :].strip(" .)]")
    apart = not before or not after or (before[-1] in "|·•,;–—-\t" and after[0] in "|·•,;–—-\t")
    return dates[0].text.strip() if apart else ""


def is_prose(line: Line) -> bool:
    """Whether a line tells something rather than names it."""
    return len(line.text) > _LONG or bool(re.search(r"[a-z]{2}[.;]$", line.text.strip()))


def linked(shown: str, url: str) -> str:
    """A link as text: ``LinkedIn: https://…`` where what is shown only says what kind of link it is."""
    target = url.strip().removeprefix("mailto:").removeprefix("tel:")
    names = re.fullmatch(
        r"\W*(linked ?in|git(?:hub|lab)|web ?site|portfolio|homepage|blog|e-?mail|x|twitter)\W*", shown, re.I
    )
    return f"{names[1]}: {target}" if names and target and not target.startswith("#") else shown


def hidden_warning(texts: list[str]) -> list[str]:
    """What the owner is told of text that nobody sees, none where there is none."""
    words = " ".join(" ".join(texts).split())
    if not words:
        return []
    return [
        f"hidden text: {words[:60]!r}{'…' * (len(words) > 60)} isn't shown to a reader, so it isn't read."
    ]
