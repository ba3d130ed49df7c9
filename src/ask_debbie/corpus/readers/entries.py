"""Roles, schools and projects found in lines by their looks: what stands above the bullets and says when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ask_debbie.corpus.readers.document_writer import DocumentWriter
from ask_debbie.corpus.readers.marked_line import Line, dates_in, is_prose, write_plainly
from ask_debbie.corpus.role_names import Names, tell_names
from ask_debbie.corpus.role_words import OWN, role_among

_HEAD_LINES = 5
_SCHOOL = re.compile(
    r"universi|college|school|institut|academy|polytech|hochschule|\bgymnasium|lyc[eé]e|facult|escola|escuela|"
    r"\bETH\b|\bMIT\b|\bUC[A-Z]*\b",
    re.IGNORECASE,
)
_DEGREE = re.compile(
    r"(?:(?:b\.?\s?(?:a|s|sc|tech|eng|ed|com|des|arch|mus|fa|ba|sn)|m\.?\s?(?:a|s|sc|tech|eng|ed|phil|d|des|arch|res|fa|sw)|ph\.?\s?d|mba|llb|llm)\b|bachelor|"
    r"master|doctor|diplom|associate|degree|minor|major|licen[cs]|abitur|baccalaur|certificat)",
    re.IGNORECASE,
)
_SAYS_WHEN = (
    r"(?:\b(?:dates?|period|duration|expected|anticipated|graduated|graduation|completed)\b[: ]*(?:in )?)*"
)


@dataclass(slots=True)
class _Head:
    """What an entry's first lines say: its names, in order, and when."""

    names: list[Line] = field(default_factory=list)
    dates: Line | None = None
    aside: list[Line] = field(default_factory=list)  # what is set beside names, but is none by its words

    def take(self, place: int | None) -> Line | None:
        """The name at a place, taken out."""
        return None if place is None else self.names.pop(place)


def tells_of_schools(section: str) -> bool:
    """Whether a section's heading says that schools stand under it."""
    return re.search(r"educat|academic|studies|degree", section, re.IGNORECASE) is not None


def names_degree(line: str) -> bool:
    """Whether a line under a school begins with a degree."""
    return _DEGREE.match(line) is not None


def write_entries(section: str, lines: Sequence[Line], to: DocumentWriter) -> None:
    """Write a section's lines with a heading for each employer, role, school or project that they name."""
    is_education = tells_of_schools(section)
    is_project = re.search(r"project|portfolio", section, re.IGNORECASE)
    work = _Work(to)
    found = [(lead, body, _head(lead)) for lead, body in _entries(lines)]
    told = tell_names([_parts(head) for _, _, head in found])
    for (lead, body, head), names in zip(found, told, strict=True):
        if not head.names or not (head.dates or _is_title(lead, body)):
            for line in lead:
                write_plainly(line, to)
        elif is_education:
            _write_school(head, to)
        elif is_project:
            _write_titled(head, to)
        else:
            work.write(head, names, level=lead[0].level)
        for line in body:
            write_plainly(line, to)


def _entries(lines: Sequence[Line]) -> Iterator[tuple[list[Line], list[Line]]]:
    """Each entry's lines in two: those that name it and say when, and those under them."""
    head: list[Line] = []
    body: list[Line] = []
    for place, line in enumerate(lines):
        if _may_name(line) and (body or _is_full(head, line, lines[place + 1 :])):
            yield head, body
            head, body = [line], []
        else:
            (head if _may_name(line) else body).append(line)
    if head or body:
        yield head, body


def _may_name(line: Line) -> bool:
    _, *aside = line.text.split("\t")
    if line.level or any(dates_in(part) for part in aside):
        return True
    return not (line.bullet or is_prose(line) or re.match(r"[^\t:]{2,40}:(?:\s|$)", line.text))


def _is_full(head: Sequence[Line], line: Line, rest: Sequence[Line]) -> bool:
    """Whether a head needs nothing more, so that ``line`` begins the next one."""
    if not head:
        return False
    dated = next((place for place, one in enumerate(head) if dates_in(one.text)), None)
    only_dates = len(head) == 1 and dated == 0 and not _without(head[0].text, dates_in(head[0].text))
    if only_dates:
        return bool(dates_in(line.text))
    if line.level:
        return dated is not None or line.level <= (head[-1].level or line.level)
    if dated is None:
        return len(head) >= _HEAD_LINES
    if line.apart or line.strong or dates_in(line.text):
        return True
    if head[0].strong or head[0].level:
        return False
    # Without any mark, entries have as many lines before their dates as the first one has.
    following = rest[:dated]
    when = [place for place, one in enumerate(following, 1) if dates_in(one.text)]
    return all(_may_name(one) for one in following) and bool(when) and when[0] == dated


def _is_title(lead: Sequence[Line], body: Sequence[Line]) -> bool:
    first = lead[0]
    return bool(first.level or first.strong) or (
        len(lead) == 1 and bool(body) and body[0].bullet and len(first.text.split()) <= 10
    )


def _head(lines: Sequence[Line]) -> _Head:
    head = _Head()
    named = 0
    for line in lines:
        for place, part in enumerate(line.parts):
            dates = dates_in(part) if head.dates is None else ""
            name = replace(line, text=_without(part, dates) if dates else part)
            if dates:
                said = re.search(_SAYS_WHEN + re.escape(dates), part, re.IGNORECASE)
                head.dates = Line(said[0] if said else dates, line.where)
            if name.text:
                head.names.append(name)
                named += place == 0
                if place and "\t" in line.text and role_among([name.text]) is None:
                    head.aside.append(name)
    head.aside = head.aside if named > 1 else []
    return head


def _parts(head: _Head) -> list[list[str]]:
    return [["", name.text] if name in head.aside else [name.text] for name in head.names]


def _without(part: str, dates: str) -> str:
    bare = re.sub(_SAYS_WHEN + re.escape(dates), "", part, count=1, flags=re.IGNORECASE)
    return re.sub(r"\(\s*\)|\[\s*\]", "", bare).strip(" ,;:|·•–—-")


def _write_school(head: _Head, to: DocumentWriter) -> None:
    school = head.take(next((at for at, name in enumerate(head.names) if _SCHOOL.search(name.text)), None))
    if school is None:
        _write_titled(head, to)
        return
    name, degree = _school_and_degree(school.text)
    to.heading(name, 3, school.where)
    to.line(degree, school.where)
    degrees = [one for one in head.names if _DEGREE.match(one.text)]
    rest = [one for one in head.names if one not in degrees]
    _write_lines([*degrees, head.dates, *rest], to)


def _school_and_degree(text: str) -> tuple[str, str]:
    """Both halves of "BSc Physics, University of Porto", in whatever order; the text alone where it has one."""
    pieces = re.split(r",\s+|\s+[–—-]\s+", text)
    schools = [place for place, piece in enumerate(pieces) if _SCHOOL.search(piece)]
    degrees = [place for place, piece in enumerate(pieces) if _DEGREE.match(piece)]
    if not schools or not degrees or set(schools) & set(degrees):
        return text, ""
    edge = max(schools[0], degrees[0])
    halves = ", ".join(pieces[:edge]), ", ".join(pieces[edge:])
    return halves if schools[0] < degrees[0] else (halves[1], halves[0])


def _write_titled(head: _Head, to: DocumentWriter) -> None:
    title, *rest = head.names
    to.heading(title.text, 3, title.where)
    _write_lines([head.dates, *rest], to)


def _write_lines(lines: Sequence[Line | None], to: DocumentWriter) -> None:
    for line in lines:
        if line:
            to.line(line.text, line.where)


def _left(name: Line, is_role: bool, is_employer: bool, names: Names) -> Line | None:
    """What a line says beside the title and the employer."""
    text = name.text
    for told, said in ((is_role, names.title), (is_employer, names.employer)):
        text = text.replace(said, "", 1) if told else text
    text = re.sub(r"^\s*(?:at|@)\b", "", text).strip(" ,;:|·•–—-/") if text != name.text else text
    return replace(name, text=text) if re.search(r"\w", text) else None


class _Work:
    """Writes jobs; roles that follow each other at one employer stand under one heading."""

    def __init__(self, to: DocumentWriter) -> None:
        self._to = to
        self._employer = ""
        self._group = (
            0  # the level under which deeper headings are roles there; -1 where its line says no more
        )
        self._strong = False
        self._employers: set[str] = set()

    def write(self, head: _Head, names: Names, level: int) -> None:
        if not names.employer and len(head.names) == 1:
            self._write_one(head.names.pop(), dated=head.dates is not None, level=level)
            _write_lines([head.dates], self._to)
            return
        first = head.names[0]
        role = next((name for name in head.names if names.title in name.text), first)
        employer = next((name for name in head.names if names.employer in name.text), None)
        if not names.employer or employer is None:
            head.names.remove(role)
            self._write_one(role, dated=head.dates is not None, level=level)
        else:
            above = (
                not level
                and first is employer is not role
                and head.dates is not None
                and head.dates.where != first.where
            )
            self._at(
                replace(employer, text=names.employer),
                replace(role, text=names.title),
                -1 if above else level,
            )
            head.names = [
                rest for name in head.names if (rest := _left(name, name is role, name is employer, names))
            ]
        _write_lines([head.dates, *head.names], self._to)

    def _write_one(self, name: Line, *, dated: bool, level: int) -> None:
        role, employer = self._halves(name.text)
        if employer:
            self._at(Line(employer, name.where), Line(role, name.where), level)
        elif not dated and role_among([name.text]) is None:
            self._open(name, level or -1)
        elif self._is_inside(name, level):
            self._to.heading(name.text, 4, name.where)
        else:
            self._to.heading(name.text, 3, name.where)
            self._employer = ""

    def _open(self, employer: Line, group: int) -> None:
        self._to.heading(employer.text, 3, employer.where)
        self._employer, self._group, self._strong = employer.text, group, employer.strong
        self._employers.add(employer.text)

    def _is_inside(self, role: Line, level: int) -> bool:
        if not self._employer or OWN.search(role.text):
            return False
        return level > self._group and not (self._group < 0 and self._strong and role.strong)

    def _at(self, employer: Line, role: Line, level: int) -> None:
        if employer.text != self._employer:
            self._open(employer, level or 3)
        self._to.heading(role.text, 4, role.where)

    def _halves(self, text: str) -> tuple[str, str]:
        """Role and employer of "Site Manager at Acme", "Acme, Site Manager"; the text alone where unclear."""
        halves = re.split(r"\s+(?:at|@)\s+", text, maxsplit=1)
        if len(halves) == 2:
            return halves[0], halves[1]
        for divider in (r"\s+[–—-]\s+", r",\s+"):
            halves = re.split(divider, text, maxsplit=1)
            place = role_among(halves) if len(halves) == 2 else None
            if place is not None:
                return halves[place], halves[1 - place]
        return text, ""
