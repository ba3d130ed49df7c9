"""The title and the employer among the parts of each entry's first lines, told by all entries of a section together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ask_debbie.corpus.readers.pdf.headers import Header
from ask_debbie.corpus.readers.pdf.parts import Part, cut, trimmed
from ask_debbie.corpus.role_names import Names, tell_names

_NAMING = ("role", "employer", "name")


def with_names(headers: Sequence[Header]) -> list[Header]:
    """The entries with one part at most that is the role, and one that is the employer; other names are places."""
    told = tell_names([_lines(header) for header in headers])
    return [
        replace(header, parts=tuple(_parts(header, names)))
        for header, names in zip(headers, told, strict=True)
    ]


def _lines(header: Header) -> list[list[str]]:
    """The naming parts of each line, those of one cell divided by a bar."""
    lines: list[list[str]] = []
    before: Part | None = None
    for part in header.parts:
        if part.kind not in _NAMING:
            continue
        if before is not None and _is_beside(before, part):
            if before.cell == part.cell:
                lines[-1][-1] += f" | {part.text}"
            else:
                lines[-1].append(part.text)
        else:
            lines.append(["", part.text] if part.cell and _has_front(header, part) else [part.text])
        before = part
    return lines


def _is_beside(one: Part, other: Part) -> bool:
    first, second = one.chars[0], other.chars[0]
    return first.page == second.page and abs(first.base - second.base) < 0.4 * min(first.size, second.size)


def _has_front(header: Header, part: Part) -> bool:
    return any(
        other.cell < part.cell and other.kind not in ("dates", "length") and _is_beside(other, part)
        for other in header.parts
    )


def _parts(header: Header, names: Names) -> Iterator[Part]:
    single = sum(part.kind in _NAMING for part in header.parts) == 1 and not names.employer
    for part in header.parts:
        if part.kind not in _NAMING or single:
            yield part
            continue
        found = sorted(
            (at, at + len(name), kind)
            for name, kind in ((names.title, "role"), (names.employer, "employer"))
            if name and (at := part.text.find(name)) >= 0
        )
        edge = 0
        for start, end, kind in found:
            yield from _rest(part, edge, start)
            yield part._replace(kind=kind, chars=cut(part.chars, start, end))  # type: ignore[arg-type]
            edge = end
        yield from _rest(part, edge, len(part.text))


def _rest(part: Part, start: int, end: int) -> Iterator[Part]:
    chars = trimmed(cut(part.chars, start, end))
    if any(char.text.isalnum() for char in chars):
        yield part._replace(kind="place", chars=chars)
