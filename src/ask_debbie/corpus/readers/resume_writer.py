"""A resume that its format holds as data, written out as a person would write it: employer, role, dates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ask_debbie.corpus.readers.document_writer import DocumentWriter

_MONTHS = "January February March April May June July August September October November December".split()
_ISO = re.compile(r"((?:19|20)\d\d)-(\d{1,2})(?:-\d{1,2})?(?:[T ].*)?")
_SHORT_MONTH = re.compile(r"([A-Z][a-z]{2})\.? ((?:19|20)\d\d)")
_BULLET = re.compile(r"\s*(?:[-*•▪◦·‣–—]|\d{1,2}[.)])\s+")


def written_date(date: str) -> str:
    """``2013-12-01`` → ``December 2013``, ``Dec 2013`` → ``December 2013``; anything else as it is."""
    if iso := _ISO.fullmatch(date.strip()):
        month = int(iso[2])
        return f"{_MONTHS[month - 1]} {iso[1]}" if 1 <= month <= 12 else iso[1]
    if short := _SHORT_MONTH.fullmatch(date.strip()):
        full = next((month for month in _MONTHS if month.startswith(short[1])), short[1])
        return f"{full} {short[2]}"
    return "Present" if date.strip().lower() in {"present", "current", "now"} else date.strip()


def written_dates(start: str, end: str, *, goes_on: bool = False) -> str:
    """Both dates as one line: ``December 2013 – Present``.

    Args:
        goes_on: where there is a start alone, whether that means until today.
    """
    first, last = written_date(start), written_date(end)
    if first and not last:
        return f"{first} – Present" if goes_on else first
    return f"{first} – {last}" if first and first != last else last


class ResumeWriter:
    """Writes entries in the shape that passages and timeline read best.

    Every method takes texts that may be empty, and writes nothing for those.
    """

    def __init__(self) -> None:
        self.out = DocumentWriter()
        self._section = ""
        self._employer = ""

    def name(self, name: str, headline: str = "") -> None:
        self.out.heading(name, 1, "name")
        self.out.line(headline, "headline")

    def contact(self, label: str, value: str) -> None:
        """``Phone: 555 0182``: with its label, so that a private field can name it."""
        if value.strip():
            self.out.line(f"{label}: {_folded(value)}", "contact")

    def section(self, title: str) -> None:
        """Begins a section; its heading is written with the first of its entries."""
        self._section, self._employer = title, ""

    def role(self, employer: str, title: str, dates: str, facts: Iterable[str], where: str) -> None:
        """A job: roles that follow each other at one employer stand under one heading."""
        if not (employer or title):
            return
        self._begin()
        if not employer or not title:
            self.out.heading(employer or title, 3, where)
            self._employer = ""
        else:
            if employer != self._employer:
                self.out.heading(employer, 3, where)
            self.out.heading(title, 4, where)
            self._employer = employer
        self._facts([dates, *facts], where)

    def titled(self, title: str, facts: Iterable[str], where: str) -> None:
        """An entry of one title with lines under it: a school, a project."""
        if title:
            self._begin()
            self.out.heading(title, 3, where)
        self._facts(facts, where)

    def text(self, text: str, where: str) -> None:
        """Prose, line by line; lines that begin with a bullet's mark are bullets."""
        for line in text.splitlines():
            if line.strip():
                self._begin()
                mark = _BULLET.match(line)
                write = self.out.bullet if mark else self.out.line
                write(line[mark.end() :] if mark else line, where)

    def points(self, points: Iterable[str], where: str) -> None:
        """Bullets."""
        for point in points:
            if point.strip():
                self._begin()
                self.out.bullet(point, where)

    def listed(self, parts: Sequence[str], where: str) -> None:
        """An entry of one line: ``Diving Licence, CMAS, May 2016``."""
        self.points([", ".join(_folded(part) for part in parts if part.strip())], where)

    def labelled(self, label: str, values: Sequence[str], where: str) -> None:
        """A bullet ``Software: AutoCAD, Python``; without values, the label alone."""
        given = ", ".join(_folded(value) for value in values if value.strip())
        self.points([f"{_folded(label)}: {given}" if label.strip() and given else label or given], where)

    def skill(self, name: str, level: str, kinds: Sequence[str], where: str) -> None:
        """``Web (advanced): HTML, CSS``; ``German: B2`` where there is nothing but a level."""
        if kinds:
            self.labelled(f"{name} ({level})" if name and level else name or level, kinds, where)
        else:
            self.labelled(name, [level], where)

    def fact(self, label: str, values: Sequence[str], where: str) -> None:
        """A line ``Courses: Hydraulics, Statics``; nothing without values."""
        given = ", ".join(_folded(value) for value in values if value.strip())
        self.text(f"{label}: {given}" if given else "", where)

    def _facts(self, facts: Iterable[str], where: str) -> None:
        for fact in facts:
            self.text(fact, where)

    def _begin(self) -> None:
        if self._section:
            self.out.heading(self._section, 2, self._section.lower())
            self._section = ""


def _folded(text: str) -> str:
    return " ".join(text.split())
